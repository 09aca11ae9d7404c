"""The courier costs memory: it is there while there is something to do, and only then."""
import os
import pathlib
import subprocess
import time

import pytest

from kith import KITH
from letters import courier_of, memory_of

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:Li Si\r\nEMAIL:lisi@example.com\r\nEND:VCARD\r\n"
RESTS_AFTER, AGAIN_WITHIN, SENT_WITHIN = 10, 2, 3


def courier(kith, wanted, seconds):
    """Waits until there is one, or none; says how long that took."""
    began = time.monotonic()
    while bool(courier_of(kith.process.pid)) != wanted:
        assert time.monotonic() - began < seconds, "no courier" if wanted else "still a courier"
        time.sleep(0.01)
    return time.monotonic() - began


def ask(kith):
    return kith.json("ask", "lisi@example.com", "--by", "email")["ask"]


@pytest.fixture
def begun(kith):
    kith.start()
    kith.add_user("zhangsan", name="Zhang San")
    kith.import_cards("zhangsan", CARD, CARD.replace("UID:a", "UID:b").replace("lisi", "wangwu"))
    kith.login("zhangsan")
    courier(kith, True, AGAIN_WITHIN)
    return kith


def test_the_courier_goes_when_idle_and_comes_for_what_is_written(begun):
    courier(begun, False, 4 * RESTS_AFTER)
    resting = memory_of(begun.process.pid)
    began = time.monotonic()
    begun.wait_state(ask(begun), "sent", seconds=SENT_WITHIN)
    assert time.monotonic() - began < SENT_WITHIN
    assert courier_of(begun.process.pid)
    assert resting < memory_of(begun.process.pid)
    courier(begun, False, 4 * RESTS_AFTER)
    # By another process, too.
    begun.import_cards("zhangsan", CARD.replace("UID:a", "UID:c"))
    courier(begun, True, AGAIN_WITHIN)


def test_a_courier_that_is_killed_comes_again(begun):
    first = courier_of(begun.process.pid)
    os.kill(first, 9)
    while courier_of(begun.process.pid) == first:
        time.sleep(0.01)
    courier(begun, True, AGAIN_WITHIN)
    # And goes as any other.
    courier(begun, False, 4 * RESTS_AFTER)


def test_there_are_never_two_couriers_at_work(begun):
    first = courier_of(begun.process.pid)
    lock(begun, first)
    by_hand = subprocess.Popen([KITH, "courier", *begun.place, "--url", begun.url])
    try:
        time.sleep(0.5)
        assert by_hand.poll() is None and not locked(begun, by_hand.pid) and locked(begun, first)
        os.kill(first, 9)
        lock(begun, by_hand.pid)  # it waits in turns shorter than the keeper's
        courier(begun, True, AGAIN_WITHIN)
        second = courier_of(begun.process.pid)
        begun.wait_state(ask(begun), "sent", seconds=SENT_WITHIN)
        assert locked(begun, by_hand.pid) and not locked(begun, second)
        by_hand.kill()
        lock(begun, second)
    finally:
        by_hand.kill()
        by_hand.wait()


def lock(kith, pid, seconds=3):
    for _ in range(seconds * 50):
        if locked(kith, pid):
            return
        time.sleep(0.02)
    raise AssertionError(f"{pid} does not get the lock")


def locked(kith, pid):
    """Whether that process has the couriers' lock (proc_locks(5): inode last of the third)."""
    path = kith.data / "courier.lock"
    inode = path.stat().st_ino if path.exists() else -1
    return any("FLOCK" in line and f":{inode} " in line and line.split()[4] == str(pid) and "->" not in line
               for line in pathlib.Path("/proc/locks").read_text().splitlines())


def test_the_courier_ends_with_a_server_that_is_killed(begun):
    ask(begun)
    courier(begun, True, AGAIN_WITHIN)
    pid = courier_of(begun.process.pid)
    begun.kill()
    for _ in range(100):
        if not pathlib.Path(f"/proc/{pid}").exists():
            return
        time.sleep(0.05)
    raise AssertionError("it is still there")

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
    by_hand = subprocess.Popen([KITH, "courier", *begun.place, "--url", begun.url])
    try:
        for _ in range(100):
            if (begun.data / "courier.lock").exists() and locked(begun, by_hand.pid):
                break
            time.sleep(0.05)
        letter = ask(begun)
        begun.wait_state(letter, "sent", seconds=SENT_WITHIN)
        courier(begun, True, AGAIN_WITHIN)  # the keeper's own stands and waits
        second = courier_of(begun.process.pid)
        assert locked(begun, by_hand.pid) and not locked(begun, second)
        by_hand.kill()
        by_hand.wait()
        for _ in range(40):
            if locked(begun, second):
                return
            time.sleep(0.05)
        raise AssertionError("the one that waited did not take over")
    finally:
        by_hand.kill()
        by_hand.wait()


def locked(kith, pid):
    """Whether that process has the couriers' lock (proc_locks(5): inode last of the third)."""
    inode = (kith.data / "courier.lock").stat().st_ino
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

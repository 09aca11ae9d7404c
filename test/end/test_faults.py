"""What goes wrong: said in one line, and nothing half-written."""
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time

from example import ONLY_A_NUMBER, assert_filled, fill_in
from kith import KITH, PASSWORD, Browser
from test_clients import Device

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:x\r\nFN:x\r\nEND:VCARD\r\n"


def refusal(kith, *args):
    done = subprocess.run([KITH, *map(str, args)], env=kith.env, text=True, capture_output=True,
                          timeout=60, input=PASSWORD + "\n")
    assert done.returncode == 1, done
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, lines
    return lines[0]


def test_an_unknown_setting(kith):
    kith.write_conf("[server]\nlisten = 127.0.0.1:0\nlisen = x\n")
    said = refusal(kith, "serve", *kith.place)
    assert "lisen" in said and "line 3" in said


def test_a_port_in_use(kith):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = refusal(kith, "serve", *kith.place, "--listen", f"127.0.0.1:{other.getsockname()[1]}")
    assert "in use" in said


def test_data_of_a_newer_version(kith):
    kith.add_user("zhangsan")
    with open(kith.data / "kith.db", "r+b") as file:
        file.seek(60)  # SQLite's user_version
        file.write((99).to_bytes(4, "big"))
    assert "newer" in refusal(kith, "serve", *kith.place)
    assert "newer" in refusal(kith, "user", "add", "lisi", *kith.place, "--password-stdin")


def test_wrong_usage_is_exit_2(kith):
    for args in (["serve", "--no-such-option"], ["ask"], ["no-such-verb"], ["user", "explode"]):
        done = subprocess.run([KITH, *args], env=kith.env, capture_output=True, text=True)
        assert done.returncode == 2 and done.stderr, args


def test_import_tells_the_line_and_takes_the_rest(kith):
    kith.add_user("zhangsan")
    path = kith.folder / "mixed.vcf"
    path.write_bytes((ONLY_A_NUMBER + "BEGIN:VCARD\r\nVERSION:3.0\r\nnonsense\r\nEND:VCARD\r\n"
                      + ONLY_A_NUMBER.replace("lisi-1", "lisi-2")).encode())
    done = subprocess.run([KITH, "import", "zhangsan", path, *kith.place], env=kith.env, text=True,
                          capture_output=True)
    assert done.returncode == 1 and "2 new" in done.stdout and "1 could not be read" in done.stdout
    assert "line" in done.stderr
    assert kith.export("zhangsan").count("BEGIN:VCARD") == 2


def test_old_and_foreign_cards_are_imported(kith):
    kith.add_user("zhangsan")
    path = kith.folder / "old.vcf"
    path.write_bytes("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=GBK:".encode() + "李;四".encode("gbk")
                     + b"\r\nTEL;CELL:18988888888\r\n"
                     b"NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E4=BD=A0=\r\n=E5=A5=BD\r\n"
                     b"END:VCARD\r\n")
    kith.run("import", "zhangsan", path, *kith.place)
    card = kith.export("zhangsan")
    assert "李;四" in card and "NOTE:你好" in card and "VERSION:3.0" in card


def test_check_finds_a_damaged_index(kith):
    kith.add_user("zhangsan")
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    assert kith.json("check", *kith.place)["bad_cards"] == 0
    subprocess.run(["sqlite3", kith.data / "kith.db", "DELETE FROM card_key WHERE kind = 2"],
                   check=True)
    done = subprocess.run([KITH, "check", *kith.place], capture_output=True, text=True)
    assert done.returncode == 1 and "1 index entries" in done.stdout


def test_kill_nine_of_the_server_loses_no_answer(kith):
    kith.start()
    kith.add_user("zhangsan", name="张三", phone="13800000000")
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")
    link = kith.json("ask", "18988888888", "--by", "self")["link"]
    fill_in(Browser(), link)
    kith.kill()
    assert_filled(kith.export("zhangsan"))


def courier_of(kith):
    """The courier is the keeper's child, the keeper the server's."""
    def children(pid):
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return [int(child) for child in file.read().split()]
    return [c for keeper in children(kith.process.pid) for c in children(keeper)]


def test_kill_nine_of_the_courier_loses_no_notice(kith):
    kith.start()
    kith.add_user("zhangsan", name="张三", phone="13800000000")
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")
    for _ in range(100):
        if courier_of(kith):
            break
        time.sleep(0.05)
    os.kill(courier_of(kith)[0], signal.SIGKILL)
    asked = kith.json("ask", "18988888888", "--by", "sms")
    kith.wait_state(asked["ask"], "sent")
    tray = Browser().get(f"{kith.url}/tray")[1]
    assert len(re.findall(r'href="http[^"]+/a/', tray)) == 1


def test_limits_are_answered_in_words(kith):
    kith.start()
    browser = Browser()
    assert browser.request("GET", kith.url + "/", headers={"X-Long": "x" * 40000})[0] == 431
    assert browser.get(kith.url + "/" + "x" * 9000)[0] == 414
    status, _ = browser.request("POST", kith.url + "/login", None,
                                {"Content-Length": str(1 << 30)})
    assert status == 413


def test_the_server_cannot_connect_out(kith):
    kith.start()
    with open(f"/proc/{kith.process.pid}/status") as file:
        assert re.search(r"^Seccomp:\s+2$", file.read(), re.M)


def test_a_store_that_is_held_is_a_503(kith):
    """Another process keeps the database: who writes is told to come again, who reads is served."""
    kith.start()
    kith.add_user("ada")
    phone = Device(kith, "DAVx5/4.5")
    home = phone.home()
    assert phone.ask("PUT", home + "contacts/a.vcf", CARD.encode()) == 201
    held = sqlite3.connect(kith.data / "kith.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    try:
        assert phone.ask("PUT", home + "contacts/b.vcf", CARD.replace("UID:x", "UID:y").encode()) == 503
        assert int(phone.fields["Retry-After"]) > 0
        assert phone.ask("PROPFIND", home, Depth="1") == 207
        assert phone.ask("GET", home + "contacts/a.vcf") == 200
    finally:
        held.execute("ROLLBACK")
        held.close()
    assert phone.ask("PUT", home + "contacts/b.vcf", CARD.replace("UID:x", "UID:y").encode()) == 201

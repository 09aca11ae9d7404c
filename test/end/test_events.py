"""GET /api/v1/events: what happens to asks and books, told while one listens."""
import base64
import http.client
import json
import pathlib
import queue
import re
import socket
import sqlite3
import threading
import time
import urllib.parse

from example import ANSWER, ONLY_A_NUMBER, fill_in
from kith import PASSWORD, Browser
from test_webapp import WANG, Owner, begin, dav, home

SOON_S = 30
EACH = 16  # API_LISTENERS_EACH


class Listener:
    """A connection that stays, and the events that came: (name, data, id)."""

    def __init__(self, kith, login="zhangsan", password=PASSWORD, last=None, query="", fields=None):
        self.connection = http.client.HTTPConnection(*urllib.parse.urlsplit(kith.url).netloc.split(":"), timeout=120)
        plain = base64.b64encode(f"{login}:{password}".encode()).decode()
        fields = (fields or {"Authorization": f"Basic {plain}"}) | {"Accept": "text/event-stream", "Accept-Encoding": "gzip"}
        self.connection.request("GET", "/api/v1/events" + query, headers=fields | ({"Last-Event-ID": last} if last else {}))
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.came, self.ended = queue.Queue(), threading.Event()
        if self.status == 200:
            assert self.answer.getheader("Content-Type") == "text/event-stream"
            assert not self.answer.getheader("Content-Encoding")
            threading.Thread(target=self.read, daemon=True).start()
            assert self.next()[0] == "greeting"

    def read(self):
        event = {}
        try:
            for line in self.answer:
                line = line.decode().rstrip("\n")
                name, _, value = line.partition(": ")
                if line:
                    event[name] = value
                    continue
                if "retry" in event:
                    self.came.put(("greeting", None, None))
                elif "data" in event:
                    self.came.put((event["event"], json.loads(event["data"]), event["id"]))
                event = {}
        except (OSError, http.client.HTTPException, ValueError, AttributeError):
            pass
        self.ended.set()

    def next(self, seconds=SOON_S):
        return self.came.get(timeout=seconds)

    def until(self, name, **wanted):
        while True:
            event = self.next()
            if event[0] == name and wanted.items() <= event[1].items():
                return event

    def nothing(self, seconds=3):
        try:
            return f"something: {self.next(seconds)}"
        except queue.Empty:
            return None

    def close(self):
        if self.status == 200:  # the reading thread holds the file
            self.connection.sock.shutdown(socket.SHUT_RDWR)
            assert self.ended.wait(SOON_S)
        self.connection.close()


def put(kith, login="zhangsan", name="wang.vcf", text=WANG):
    assert dav(kith, login, "PUT", f"{home(kith, login)}/contacts/{name}", text.encode(),
               **{"Content-Type": "text/vcard"})[0] in (201, 204)


def test_an_answer_and_an_upload_are_told(kith):
    begin(kith, ONLY_A_NUMBER)
    kith.login("zhangsan")
    listener = Listener(kith)
    asked = kith.json("ask", "18988888888", "--by", "self")
    fill_in(Browser(), asked["link"])
    answered = time.monotonic()
    assert listener.until("ask", ask=asked["ask"], state="merged")
    book = listener.until("book", book="contacts")[1]
    assert time.monotonic() - answered < SOON_S and book["token"].startswith("urn:kith:sync:")
    assert not any(value in json.dumps(list(listener.came.queue)) for value in ANSWER.values())
    put(kith)
    later = listener.until("book", book="contacts")[1]
    assert later["token"] != book["token"]
    listener.close()


def test_who_comes_back_misses_nothing(kith):
    begin(kith, ONLY_A_NUMBER)
    kith.login("zhangsan")
    listener = Listener(kith)
    put(kith)
    last = listener.until("book")[2]
    listener.close()
    asked = kith.json("ask", "18988888888", "--by", "self")
    kith.run("revoke", asked["ask"])
    again = Listener(kith, last=last)
    event = again.until("ask", ask=asked["ask"], state="revoked")
    assert again.nothing() is None  # the book is as it was told
    again.close()
    put(kith, name="wang2.vcf", text=WANG.replace("wang-5", "wang-6"))
    third = Listener(kith, last=event[2])
    assert third.until("book", book="contacts") and third.nothing() is None
    third.close()
    for odd in ("nonsense", "-5.zz", "9" * 40, "."):
        listener = Listener(kith, last=odd)
        assert listener.status == 200
        listener.close()


def test_each_hears_of_his_own(kith):
    begin(kith, ONLY_A_NUMBER)
    kith.add_user("lisi", name="李四")
    theirs = Listener(kith, "lisi")
    mine = Listener(kith)
    put(kith)
    assert mine.until("book", book="contacts")
    assert theirs.nothing() is None
    assert Listener(kith, password="wrong").status == 401
    mine.close()
    theirs.close()


def test_that_a_door_was_shut_is_not_heard(kith):
    """A blocked address looks sent: no event and no missing number tells of it."""
    begin(kith, ONLY_A_NUMBER)
    kith.login("zhangsan")
    asked = kith.json("ask", "18988888888", "--by", "self")
    listener = Listener(kith)
    assert Browser().post(asked["link"], {"step": "block-owner"})[0] == 200
    assert listener.nothing() is None
    kith.run("revoke", asked["ask"])
    event = listener.until("ask", ask=asked["ask"], state="revoked")
    assert event[2].split(".")[0] == "1"
    listener.close()


def test_only_so_many_listen(kith):
    begin(kith)
    listeners = [Listener(kith) for _ in range(EACH)]
    late = Listener(kith)
    assert late.status == 503 and int(late.answer.getheader("Retry-After")) > 0
    late.close()
    # They cost no worker: other requests are answered, a log-in's slow hash too.
    kith.add_user("lisi", name="李四")
    assert Listener(kith, "lisi").status == 200
    listeners[0].close()
    deadline = time.monotonic() + SOON_S
    while (fresh := Listener(kith)).status != 200:
        assert fresh.status == 503 and time.monotonic() < deadline
        fresh.close()
    put(kith)
    for listener in [*listeners[1:], fresh]:
        assert listener.until("book", book="contacts")
        listener.close()


def memory_kb(kith):
    status = (pathlib.Path("/proc") / str(kith.process.pid) / "status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1])


def test_who_does_not_read_holds_up_nobody(kith):
    """Four listeners with 100,000 events (9 MB) each to hear of who take none: the server makes no more
    than a piece ahead of each, has its only worker free, and whoever reads at last gets it all.
    (That one who never does is cut: serve/test_flow.)"""
    many, most_kb = 100000, 12 * 1024
    kith.write_conf("[server]\nworkers = 1\nloops = 1\n")
    # A sanitizer keeps what was given back, to catch who still uses it: not here.
    kith.env["ASAN_OPTIONS"] = f"{kith.env.get('ASAN_OPTIONS', '')}:quarantine_size_mb=0:thread_local_quarantine_size_kb=0"
    begin(kith, ONLY_A_NUMBER)
    kith.login("zhangsan")
    asked = kith.json("ask", "18988888888", "--by", "self")["ask"]
    with sqlite3.connect(kith.data / "kith.db", timeout=60) as db:
        account, = db.execute("SELECT account FROM ask").fetchone()
        db.executemany("INSERT INTO ask_event VALUES (?, ?, ?, ?, 1, 'seen', 'again')",
                       ((account, asked, n, n) for n in range(1000, 1000 + many)))
    db.close()
    plain = base64.b64encode(f"zhangsan:{PASSWORD}".encode()).decode()
    host, port = urllib.parse.urlsplit(kith.url).netloc.split(":")
    deadline = time.monotonic() + 2 * SOON_S
    Listener(kith).close()  # the password is known from here on: hashing it costs memory, too
    put(kith)
    quiet, before = [], memory_kb(kith)
    while len(quiet) < EACH:
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.settimeout(SOON_S * 2)
        one.connect((host, int(port)))
        one.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: a\r\nAuthorization: Basic {plain}\r\n"
                    "Last-Event-ID: 0.0\r\n\r\n".encode())
        status = one.recv(12)
        assert status in (b"HTTP/1.1 200", b"HTTP/1.1 503") and time.monotonic() < deadline
        if status.endswith(b"200"):
            quiet.append(one)
        else:
            one.close()  # the first listener's place is not free yet
    for _ in range(3):
        put(kith)  # through the worker, while they sleep
    assert memory_kb(kith) - before < most_kb, (before, memory_kb(kith))
    quiet[0].setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    last = f'"ask":{asked},"state":"seen"}}\nid: {999 + many}.'.encode()
    heard = bytearray()
    while last not in heard[-(2 << 20):]:
        part = quiet[0].recv(1 << 20)
        assert part
        heard += part
    assert heard.count(b'"state":"seen"') == many
    assert memory_kb(kith) - before < most_kb, (before, memory_kb(kith))
    for one in quiet:
        one.close()


def test_the_server_goes_though_somebody_listens(kith):
    begin(kith)
    listener = Listener(kith)
    began = time.monotonic()
    kith.stop()
    assert listener.ended.wait(SOON_S)
    assert time.monotonic() - began < 25  # it does not wait for one who never ends


def session_of(owner, **more):
    return {"Cookie": owner.cookie} | more


def test_a_page_listens_by_its_session(kith):
    begin(kith, ONLY_A_NUMBER)
    kith.login("zhangsan")
    owner = Owner(kith)
    same = session_of(owner, **{"Sec-Fetch-Site": "same-origin"})
    listener = Listener(kith, fields=same)
    asked = kith.json("ask", "18988888888", "--by", "self")
    assert Browser().post(asked["link"], {"step": "open"})[0] == 200
    event = listener.until("ask", ask=asked["ask"], state="seen")
    listener.close()
    # What came while the page was hidden is told when it comes back; a page knows the number alone.
    kith.run("revoke", asked["ask"])
    for since in (event[2], event[2].split(".")[0]):
        again = Listener(kith, fields=same, query=f"?since={since}")
        assert again.until("ask", ask=asked["ask"], state="revoked")
        again.close()
    # Only to read, only pages of ours, and never with a window that asks for a password.
    for site in ("same-site", "cross-site", "none"):
        assert Listener(kith, fields=session_of(owner, **{"Sec-Fetch-Site": site})).status == 403
    none = Listener(kith, fields={"Cookie": "kith=nobody"})
    assert none.status == 403 and not none.answer.getheader("WWW-Authenticate")
    for path in ("/api/v1/me", "/api/v1/asks"):
        assert owner.get(kith.url + path)[0] == 401
    assert owner.post(kith.url + "/api/v1/events", {})[0] == 403


def test_a_session_that_ends_hears_no_more(kith):
    begin(kith)
    owner = Owner(kith)
    listener = Listener(kith, fields=session_of(owner))
    owner.see("/account")
    owner.send("/logout")
    assert listener.ended.wait(SOON_S)
    put(kith)
    assert listener.came.empty()


def test_a_notice_to_oneself_is_told(kith):
    begin(kith, ONLY_A_NUMBER)
    kith.login("zhangsan")
    kith.add_user("lisi", name="李四", phone="18988888888")
    listener = Listener(kith, "lisi")
    asked = kith.json("ask", "18988888888", "--kind", "id")
    event = listener.until("inbox", open=1)
    kith.run("revoke", asked["ask"])
    assert listener.until("inbox", open=0)
    listener.close()
    back = Listener(kith, "lisi", last=event[2])
    assert back.until("inbox", open=0) and back.nothing() is None
    back.close()

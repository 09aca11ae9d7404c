"""Many letters while everything on their way is killed: half by mail to a sink of our own, half
by SMS through Kannel; the sinks count what arrives.

    letters.py sink PORT FILE     the mail sink, a process of its own: it is to be killed
"""
import base64
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import socket
import socketserver
import sqlite3
import subprocess
import sys
import threading
import time

from kith import PASSWORD, Browser
from ports import free_port
from smsgateway import CONF as KANNEL_CONF
from smsgateway import SmsGateway

CONF = """\
[kannel]
url = {sendsms}
username = kith
password = sekret
from = +8610690000
[smtp]
url = smtp://127.0.0.1:{smtp}
from = ask@kith.test
tls = no
[gates]
secret = gatesecret
[people]
language = en
[ask]
per_day = 1000000
per_day_at_first = 1000000
sms_per_day = 1000000
sms_per_prefix = 0
"""


# --- the mail sink ---

class Conversation(socketserver.StreamRequestHandler):
    """One mail: on disk before it is answered for."""

    def handle(self):
        self.say("220 sink")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.take()
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line)
        else:
            return  # broken off: not taken
        head = b"".join(lines).split(b"\r\n\r\n", 1)[0].decode("utf-8", "replace")
        about = [re.search(rf"^{name}:\s*(.*)$", head, re.M | re.I)[1].strip()
                 for name in ("Message-ID", "To")]
        os.write(self.server.file, (" ".join(about) + "\n").encode())
        self.say("250 taken")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64


def run_sink(port, path):
    with Sink(("127.0.0.1", port), Conversation) as server:
        server.file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        server.serve_forever()


class MailSink:
    def __init__(self, folder):
        self.port, self.file = free_port(), pathlib.Path(folder) / "mails"
        self.file.touch()
        self.process = None

    def start(self):
        self.process = subprocess.Popen([sys.executable, __file__, "sink", str(self.port), str(self.file)])
        SmsGateway.wait_port(self.port)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def mails(self):
        """[(Message-ID, To)] in the order of their arrival."""
        return [tuple(line.split(" ", 1)) for line in self.file.read_text().splitlines()]


# --- the SMS gateway ---

class Kannel(SmsGateway):
    """One that is killed and comes back with what its spool still has."""

    def start(self, hook):
        self.hook = hook
        conf = self.dir / "kannel.conf"
        conf.write_text(KANNEL_CONF.format(dir=self.dir, admin=self.admin, box=self.box, fake=self.fake,
                                           send=self.send, hook=hook))
        self.running = [self.spawn("bearerbox", "-v", "4", conf)]
        self.join_network()
        self.wait_port(self.box)
        self.running.append(self.spawn("smsbox", "-v", "4", conf))
        self.wait_port(self.send)
        return self

    def join_network(self):
        """The first connection gets what waits in the spool: there is no probing before it."""
        for _ in range(400):
            try:
                self.network = socket.create_connection(("127.0.0.1", self.fake), timeout=600)
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        self.listener = threading.Thread(target=self.listen, args=(self.network,), daemon=True)
        self.listener.start()

    def kill(self):
        for process in self.running:
            process.kill()
            process.wait()
        self.listener.join(10)  # what it had sent is still read
        self.network.close()

    def again(self):
        self.start(self.hook)

    def arrivals(self):
        return collections.Counter(line.split(" ")[1] for line in self.lines)

    def asked(self):
        """How often the courier handed each number over."""
        log = (self.dir / "smsbox.log").read_text("utf-8", "replace")
        return collections.Counter(re.findall(r"sendsms sender:.*? to:<([+\d]+)>", log))


# --- the run ---

def family(server):
    """A process and all below it."""
    below = [server]
    for pid in below:
        try:
            below += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
        except OSError:
            continue  # it has just gone
    return below


def courier_of(server):
    """The courier's process, None while there is none."""
    for pid in family(server):
        try:
            if pathlib.Path(f"/proc/{pid}/comm").read_text().strip() == "kith-courier":
                return pid
        except OSError:
            continue
    return None


def memory_of(server):
    """MiB of all its processes, what they share counted once."""
    rollups = (pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in family(server))
    return sum(int(re.search(r"^Pss:\s+(\d+)", text, re.M)[1]) for text in rollups) / 1024


class Run:
    def __init__(self, kith, folder, letters, kills):
        self.kith, self.letters, self.kills = kith, letters, kills
        self.folder = pathlib.Path(folder)
        self.sms, self.mail = Kannel(self.folder), MailSink(self.folder)
        self.killed = collections.Counter()

    def begin(self):
        self.kith.write_conf(CONF.format(sendsms=self.sms.sendsms, smtp=self.mail.port))
        self.mail.start()
        self.kith.start()
        self.sms.start(f"{self.kith.url}/gate/sms/kannel/gatesecret")
        self.kith.add_user("zhangsan", name="Zhang San", email="zhangsan@example.com")
        self.kith.import_cards("zhangsan", *map(self.card, range(self.letters)))

    def number(self, n):
        return f"+86138{n:08d}"

    def address(self, n):
        return f"person{n}@example.com"

    def card(self, n):
        way = f"EMAIL:{self.address(n)}" if n % 2 else f"TEL;TYPE=CELL:{self.number(n)}"
        return f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:p{n}\r\nFN:Person {n}\r\n{way}\r\nEND:VCARD\r\n"

    def post(self, numbers):
        browser = Browser()
        proof = base64.b64encode(f"zhangsan:{PASSWORD}".encode()).decode()
        for n in numbers:
            body = {"whom": self.address(n) if n % 2 else self.number(n), "by": "email" if n % 2 else "sms"}
            status, text = browser.request("POST", self.kith.url + "/api/v1/asks", json.dumps(body),
                                           {"Authorization": f"Basic {proof}",
                                            "Content-Type": "application/json"})
            assert status == 201, text

    def post_all(self):
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            list(pool.map(self.post, (range(k, self.letters, 4) for k in range(4))))

    def arrived(self):
        return len(self.mail.mails()) + len(self.sms.lines)

    def kill_something(self, turn):
        """The courier always; with it the mail sink, the gateway or nothing."""
        pid = courier_of(self.kith.process.pid)
        if pid:
            os.kill(pid, 9)
            self.killed["courier"] += 1
        other = (self.mail, self.sms, None)[turn % 3]
        if other:
            other.kill()
            self.killed["sink" if other is self.mail else "gateway"] += 1
            other.again() if other is self.sms else other.start()

    def waiting(self):
        with sqlite3.connect(f"file:{self.kith.data}/kith.db?mode=ro", uri=True, timeout=30) as db:
            rows = db.execute("SELECT state, count(*) FROM letter GROUP BY state")
            states = dict(rows.fetchall())
        db.close()
        return states.get("due", 0) + states.get("sending", 0)

    def work(self, seconds):
        began = time.monotonic()
        posting = threading.Thread(target=self.post_all)
        posting.start()
        for turn in range(self.kills):
            while self.arrived() < self.letters * (turn + 1) // (self.kills + 2):
                assert time.monotonic() - began < seconds, self.told()
                time.sleep(0.01)
            self.kill_something(turn)
        posting.join()
        while self.waiting() or self.arrived() < self.letters:
            if time.monotonic() - began > seconds:
                break
            time.sleep(0.1)
        self.seconds = time.monotonic() - began
        time.sleep(1)  # what comes twice may come late

    def told(self):
        """What the sinks counted, beside what the courier did."""
        mails, sms, asked = self.mail.mails(), self.sms.arrivals(), self.sms.asked()
        ids = collections.Counter(mails)
        people = collections.Counter(to for _, to in ids)
        wanted_mail = {self.address(n) for n in range(1, self.letters, 2)}
        wanted_sms = {self.number(n) for n in range(0, self.letters, 2)}
        twice = [number for number, count in sms.items() if count > 1]
        return {"letters": self.letters, "killed": dict(self.killed), "waiting": self.waiting(),
                "mail lost": len(wanted_mail - set(people)),
                "mail doubled": sum(count - 1 for count in people.values()),
                "mail again, same Message-ID": sum(count - 1 for count in ids.values()),
                "SMS lost": len(wanted_sms - set(sms)),
                "SMS doubled": sum(count - 1 for count in sms.values()),
                "SMS doubled by the gateway": sum(sms[n] - 1 for n in twice if asked[n] == 1),
                "SMS handed over again": sum(count - 1 for count in asked.values())}

    def end(self):
        self.sms.stop()
        self.mail.kill()


if __name__ == "__main__" and sys.argv[1] == "sink":
    run_sink(int(sys.argv[2]), sys.argv[3])

"""A real SMS gateway of the test's own: Kannel's bearerbox and smsbox with its fake SMSC, from
Debian, on high ports of loopback, everything they write in one temporary folder."""
import pathlib
import socket
import subprocess
import threading
import time
import urllib.parse

from ports import free_port

CONF = """\
group = core
admin-port = {admin}
admin-password = adminpw
status-password = statpw
admin-deny-ip = "*.*.*.*"
admin-allow-ip = "127.0.0.1"
admin-interface = 127.0.0.1
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
log-file = "{dir}/bearerbox.log"
log-level = 1
store-type = spool
store-location = "{dir}/spool"
dlr-storage = internal
sms-resend-freq = 2

group = smsc
smsc = fake
smsc-id = FAKE
port = {fake}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
sendsms-interface = 127.0.0.1
global-sender = "+8610690000"
log-file = "{dir}/smsbox.log"
log-level = 1
mo-recode = true
http-request-retry = 3
http-queue-delay = 1

group = sendsms-user
username = kith
password = sekret
user-allow-ip = "127.0.0.1"
max-messages = 10
concatenation = true

group = sms-service
keyword = default
catch-all = true
max-messages = 0
post-url = "{hook}?from=%p&to=%P&charset=%C&coding=%c&id=%I"
"""

OUR_NUMBER = "+8610690000"


class SmsGateway:
    """start(hook): the URL an incoming SMS is posted to; only known once the server runs."""

    def __init__(self, folder):
        self.dir = pathlib.Path(folder)
        self.admin, self.box, self.fake, self.send = (free_port() for _ in range(4))
        self.running, self.network, self.lines = [], None, []
        (self.dir / "spool").mkdir()
        self.log = (self.dir / "network.log").open("wb")

    @property
    def sendsms(self):
        return f"http://127.0.0.1:{self.send}/cgi-bin/sendsms"

    def start(self, hook):
        conf = self.dir / "kannel.conf"
        conf.write_text(CONF.format(dir=self.dir, admin=self.admin, box=self.box,
                                    fake=self.fake, send=self.send, hook=hook))
        self.running.append(self.spawn("bearerbox", "-v", "4", conf))
        self.connect()
        self.wait_port(self.box)
        self.running.append(self.spawn("smsbox", "-v", "4", conf))
        self.wait_port(self.send)
        return self

    def spawn(self, *command):
        return subprocess.Popen([*map(str, command)], stdout=self.log, stderr=self.log,
                                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})

    def connect(self):
        """The far network: one line per SMS either way, as Kannel's own fakesmsc speaks. (That
        program says only what it was started with, and the gateway's fake SMSC loses what is
        said on a second connection; a talk needs one that stays, and is the first.)"""
        self.network = self.reach(self.fake)
        self.network.settimeout(None)  # a network may be silent for long
        threading.Thread(target=self.listen, args=(self.network,), daemon=True).start()

    @staticmethod
    def reach(port, seconds=60):
        """A connection to a server that may still be starting."""
        for _ in range(seconds * 20):
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=seconds)
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise AssertionError(f"nothing listens on {port}")

    def listen(self, network):
        try:
            for line in network.makefile("rb"):
                self.lines.append(line.decode("ascii").rstrip("\n"))
        except OSError:
            pass  # hung up

    def hang_up(self):
        if self.network:
            self.network.shutdown(socket.SHUT_RDWR)
            self.network.close()
            self.network = None

    def say(self, sender, text):
        """Somebody sends us an SMS from his phone."""
        self.network.sendall(f"{sender} {OUR_NUMBER} data {urllib.parse.quote(text)}\n".encode())

    def received(self, number):
        """The texts of all SMS that reached that number, oldest first."""
        texts = []
        for line in self.lines:
            _, to, kind, *_, data = line.split(" ")
            if to == number:
                raw = urllib.parse.unquote_to_bytes(data.replace("+", " "))
                texts.append(raw.decode("utf-16-be" if kind == "ucs-2" else "utf-8"))
        return texts

    def wait_for(self, number, count, seconds=60):
        for _ in range(seconds * 10):
            if len(self.received(number)) >= count:
                return self.received(number)
            time.sleep(0.1)
        raise AssertionError(f"{number} has only {self.received(number)} of {self.lines}\n"
                             + self.logs())

    def logs(self):
        """What the gateway says went wrong, or right: the end of each of its logs."""
        files = [self.dir / "bearerbox.log", self.dir / "smsbox.log"]
        return "\n".join(file.read_text("utf-8", "replace")[-3000:] for file in files
                         if file.exists())

    @classmethod
    def wait_port(cls, port):
        cls.reach(port).close()

    def stop(self):
        self.hang_up()
        for process in reversed(self.running):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.log.close()

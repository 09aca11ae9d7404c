"""A real SMS gateway of the test's own: Kannel's bearerbox and smsbox and its fake SMSC, from
Debian, on high ports of loopback, everything they write in one temporary folder."""
import pathlib
import re
import socket
import subprocess
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

FAKESMSC = "/usr/lib/kannel/test/fakesmsc"
OUR_NUMBER = "+8610690000"
GOT = re.compile(r"Got message \d+: <(\S+) (\S+) (\S+) (.*)>")


class SmsGateway:
    """start(hook): the URL an incoming SMS is posted to; only known once the server runs."""

    def __init__(self, folder):
        self.dir = pathlib.Path(folder)
        self.admin, self.box, self.fake, self.send = (free_port() for _ in range(4))
        self.running, self.network = [], None
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
        self.wait_port(self.fake)
        self.wait_port(self.box)
        self.running.append(self.spawn("smsbox", "-v", "4", conf))
        self.wait_port(self.send)
        self.connect()
        return self

    def spawn(self, *command):
        return subprocess.Popen([*map(str, command)], stdout=self.log, stderr=self.log,
                                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"})

    def connect(self, *message):
        """The far network: fakesmsc sends one SMS when it has one, then takes what comes.
        The gateway talks to one network at a time, so the former one hangs up first."""
        self.hang_up()
        count = "1" if message else "0"
        self.network = self.spawn(FAKESMSC, "-H", "127.0.0.1", "-r", self.fake, "-i", "0.1",
                                  "-m", count, *(message or ["0 0 text nothing"]))

    def hang_up(self):
        if self.network:
            self.network.terminate()
            self.network.wait(10)

    def say(self, sender, text):
        """Somebody sends us an SMS from his phone."""
        self.connect(f"{sender} {OUR_NUMBER} data {urllib.parse.quote(text)}")

    def received(self, number):
        """The texts of all SMS that reached that number, oldest first."""
        texts = []
        for _, to, kind, data in GOT.findall((self.dir / "network.log").read_text("utf-8", "replace")):
            if to == number:
                raw = urllib.parse.unquote_to_bytes(data.replace("+", " "))
                texts.append(raw.decode("utf-16-be" if kind == "ucs-2" else "utf-8"))
        return texts

    def wait_for(self, number, count, seconds=30):
        for _ in range(seconds * 10):
            if len(self.received(number)) >= count:
                return self.received(number)
            time.sleep(0.1)
        raise AssertionError(f"{number} has only {self.received(number)}\n"
                             + (self.dir / "network.log").read_text("utf-8", "replace")[-3000:])

    @staticmethod
    def wait_port(port, seconds=20):
        for _ in range(seconds * 20):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError(f"nothing listens on {port}")

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

"""The servers: each set up in a folder of its own, on loopback, at free ports, started and
ended by process id.  What cannot be set up says why (Skip)."""
import base64
import hashlib
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import time

import cards
from client import Client, XML

USER, PASSWORD = "ada", "bench-password"
WORKERS = 8


class Skip(Exception):
    """This server cannot be measured here, and why."""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def family(pid):
    """The process and all it started."""
    try:
        children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid] + [one for child in children for one in family(int(child))]


def pss_mib(pids):
    total = 0
    for pid in pids:
        try:
            total += int(re.search(r"^Pss:\s+(\d+)", pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)[1])
        except OSError:
            pass
    return total / 1024


def needed(*programs):
    for program in programs:
        if not (shutil.which(program) or os.path.exists(program)):
            raise Skip(f"{program} is not installed (tools/deps peers)")


def version_of(package):
    said = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return re.sub(r"^\d+:|[-+].*", "", said.stdout) or "?"


def as_root():
    if os.getuid():
        raise Skip("needs root: its daemons take accounts of their own")


class Server:
    name = ""
    package = ""
    quickack = False  # acknowledge at once: the server leaves Nagle's algorithm on
    slow = False
    lacks = ()  # workloads it has no means for
    needs_mkcol = False

    def __init__(self, folder, build):
        self.folder, self.build = folder / self.name, build
        self.folder.mkdir()
        self.folder.chmod(0o755)
        self.port, self.started = free_port(), []

    def version(self):
        return version_of(self.package)

    def run(self, *words, **more):
        done = subprocess.run([*map(str, words)], capture_output=True, text=True, **more)
        if done.returncode:
            raise Skip(f"{words[0]}: {(done.stderr or done.stdout).strip()[-200:]}")
        return done.stdout

    def spawn(self, *words, **more):
        log = open(self.folder / "log", "ab")
        one = subprocess.Popen([*map(str, words)], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                               start_new_session=True, **more)
        self.started.append(one)
        return one

    def wait_for(self, port, process=None, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if process and process.poll() is not None:
                break
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.05)
        text = (self.folder / "log").read_bytes()[-300:].decode(errors="replace")
        raise Skip(f"does not start: {text.strip()}")

    def client(self, wait=120):
        return Client(self.port, USER, PASSWORD, self.quickack, wait)

    def pids(self):
        return [pid for one in self.started for pid in family(one.pid)]

    def stop(self):
        """Children outlive some masters: remembered first, ended last."""
        pids = self.pids()
        for one in reversed(self.started):
            if one.poll() is None:
                one.terminate()
                try:
                    one.wait(10)
                except subprocess.TimeoutExpired:
                    one.kill()
                    one.wait(10)
        for pid in pids:
            try:
                if str(self.folder) in pathlib.Path(f"/proc/{pid}/cmdline").read_text():
                    os.kill(pid, signal.SIGKILL)
            except OSError:
                pass
        self.started = []

    def make_book(self):
        body = ('<D:mkcol xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:set><D:prop>'
                "<D:resourcetype><D:collection/><C:addressbook/></D:resourcetype>"
                "<D:displayname>bench</D:displayname></D:prop></D:set></D:mkcol>")
        said = self.client().ask("MKCOL", self.book, body, XML)
        if said.status != 201:
            raise Skip(f"MKCOL: {said.status} {said.body[:200]!r}")

    def fill(self, count):
        """True when the cards were put into the store itself."""
        return False


class Kith(Server):
    name = "kith"

    def version(self):
        said = subprocess.run(["git", "-C", pathlib.Path(__file__).parent, "rev-parse", "--short", "HEAD"],
                              capture_output=True, text=True)
        return said.stdout.strip() or "of this tree"

    def start(self):
        self.data = self.folder / "data"
        one = subprocess.Popen([self.build / "kith", "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"],
                               stdout=subprocess.PIPE, stderr=open(self.folder / "log", "ab"), text=True)
        self.started.append(one)
        one.stdout.readline()
        self.wait_for(self.port, one)
        self.run(self.build / "kith", "user", "add", USER, "--data", self.data, "--password-stdin",
                 input=PASSWORD + "\n")
        self.book = self.book_of(self.client())

    def book_of(self, client):
        said = client.ask("PROPFIND", "/dav/", '<D:propfind xmlns:D="DAV:"><D:prop><D:current-user-principal/>'
                          "</D:prop></D:propfind>", XML + ("Depth: 0",))
        return f"/dav/b/{re.search(rb'/dav/p/([0-9a-f]+)/', said.body)[1].decode()}/contacts/"


class Cyrus(Server):
    name, package = "cyrus", "cyrus-imapd"
    quickack = True

    def start(self):
        as_root()
        needed("/usr/sbin/cyrmaster", "/usr/lib/cyrus/bin/httpd", "saslpasswd2")
        imap, here = free_port(), self.folder
        for one in ("var", "spool", "run/proc", "run/lock", *(f"var/{sub}" for sub in (
                "db", "socket", "log", "msg", "proc", "lock", "user", "quota", "sync"))):
            (here / one).mkdir(parents=True, exist_ok=True)
        (here / "imapd.conf").write_text("".join(f"{key}: {value}\n" for key, value in {
            "configdirectory": here / "var", "defaultpartition": "default",
            "partition-default": here / "spool", "proc_path": here / "run/proc",
            "mboxname_lockpath": here / "run/lock", "lmtpsocket": here / "run/lmtp",
            "idlesocket": here / "run/idle", "notifysocket": here / "run/notify",
            "servername": "localhost", "admins": "cyrus", "altnamespace": "yes",
            "unixhierarchysep": "yes", "allowplaintext": "yes", "sasl_mech_list": "PLAIN",
            "sasl_pwcheck_method": "auxprop", "sasl_auxprop_plugin": "sasldb",
            "sasl_sasldb_path": here / "sasldb2", "httpmodules": "carddav", "httpkeepalive": 60,
            "popminpoll": 0, "autocreate_quota": -1}.items()))
        conf = here / "imapd.conf"
        (here / "cyrus.conf").write_text(
            f'START {{\n recover cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C {conf} -r"\n}}\nSERVICES {{\n'
            f' imap cmd="/usr/lib/cyrus/bin/imapd -C {conf}" listen="127.0.0.1:{imap}" prefork=0\n'
            f' http cmd="/usr/lib/cyrus/bin/httpd -C {conf}" listen="127.0.0.1:{self.port}"'
            f' prefork={WORKERS} maxchild=200\n}}\nEVENTS {{\n'
            f' checkpoint cmd="/usr/lib/cyrus/bin/ctl_cyrusdb -C {conf} -c" period=30\n}}\n')
        for who in (USER, "cyrus"):
            self.run("saslpasswd2", "-p", "-c", "-f", here / "sasldb2", "-u", "localhost", who, input=PASSWORD)
        self.run("chown", "-R", "cyrus:mail", here / "var", here / "spool", here / "run", here / "sasldb2")
        master = self.spawn("/usr/sbin/cyrmaster", "-C", conf, "-M", here / "cyrus.conf",
                            "-p", here / "master.pid", "-D")
        self.wait_for(self.port, master)
        self.wait_for(imap, master)
        import imaplib
        with imaplib.IMAP4("127.0.0.1", imap) as admin:
            admin.login("cyrus", PASSWORD)
            if admin.create(f"user/{USER}")[0] != "OK":
                raise Skip("cannot make the account")
        self.book = f"/dav/addressbooks/user/{USER}/Default/"
        self.client().ask("PROPFIND", f"/dav/addressbooks/user/{USER}/", b"", ("Depth: 1",))


class Sabre(Server):
    name, package = "sabre", "php-sabre-dav"


ALL = [Kith, Cyrus]

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
    environment = None

    def version(self):
        said = subprocess.run(["git", "-C", pathlib.Path(__file__).parent, "rev-parse", "--short", "HEAD"],
                              capture_output=True, text=True)
        return said.stdout.strip() or "of this tree"

    def start(self):
        self.data = self.folder / "data"
        one = subprocess.Popen([self.build / "kith", "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}"],
                               stdout=subprocess.PIPE, stderr=open(self.folder / "log", "ab"), text=True,
                               env=self.environment)
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
    """The sabre/dav that Debian packages (1.8: no sync-collection), under nginx and php-fpm, SQLite."""
    name, package = "sabre", "php-sabre-dav"

    CODE = r"""<?php
error_reporting(E_ALL & ~E_DEPRECATED);
date_default_timezone_set('UTC');
require_once 'Sabre/autoload.php';
class One extends Sabre\DAV\Auth\Backend\AbstractBasic {
	protected function validateUserPass($user, $password) { return $user === '@USER@' && $password === '@PASSWORD@'; }
}
$pdo = new PDO('sqlite:@HERE@/store/db.sqlite');
$pdo->setAttribute(PDO::ATTR_ERRMODE, PDO::ERRMODE_EXCEPTION);
$principals = new Sabre\DAVACL\PrincipalBackend\PDO($pdo);
$server = new Sabre\DAV\Server(array(new Sabre\DAVACL\PrincipalCollection($principals),
	new Sabre\CardDAV\AddressBookRoot($principals, new Sabre\CardDAV\Backend\PDO($pdo))));
$server->setBaseUri('/');
$server->addPlugin(new Sabre\DAV\Auth\Plugin(new One(), 'bench'));
$server->addPlugin(new Sabre\CardDAV\Plugin());
$server->addPlugin(new Sabre\DAVACL\Plugin());
if (class_exists('Sabre\\DAV\\Sync\\Plugin')) $server->addPlugin(new Sabre\DAV\Sync\Plugin());
$server->exec();
"""
    SCHEMA = pathlib.Path("/usr/share/doc/php-sabre-dav/examples/sql")

    def start(self):
        as_root()
        fpm = next(iter(sorted(pathlib.Path("/usr/sbin").glob("php-fpm*"))), "php-fpm")
        needed(fpm, "/usr/sbin/nginx", "/usr/share/php/Sabre/autoload.php")
        here = self.folder
        (here / "store").mkdir()
        (here / "index.php").write_text(self.CODE.replace("@USER@", USER).replace("@PASSWORD@", PASSWORD)
                                        .replace("@HERE@", str(here)))
        self.make_store(here / "store/db.sqlite")
        self.run("chown", "-R", "www-data:www-data", here / "store")
        (here / "fpm.conf").write_text(
            f"[global]\nerror_log = {here}/log\ndaemonize = no\n[sabre]\nuser = www-data\ngroup = www-data\n"
            f"listen = {here}/fpm.sock\nlisten.mode = 0666\npm = static\npm.max_children = {WORKERS}\n"
            "php_admin_value[memory_limit] = 1G\nphp_admin_value[opcache.enable] = 1\n"
            "php_admin_value[max_execution_time] = 600\n")
        temps = "".join(f" {kind}_temp_path {here}/t-{kind};" for kind in
                        ("client_body", "fastcgi", "proxy", "uwsgi", "scgi"))
        (here / "nginx.conf").write_text(
            f"user www-data; daemon off; worker_processes 2; pid {here}/pid; error_log {here}/log;\n"
            "events { worker_connections 512; }\nhttp { access_log off; client_max_body_size 64m; "
            f"client_body_buffer_size 256k; keepalive_requests 1000000;{temps}\n"
            f" server {{ listen 127.0.0.1:{self.port}; location / {{\n"
            "  include /etc/nginx/fastcgi_params; fastcgi_param SCRIPT_NAME /index.php;\n"
            f"  fastcgi_param SCRIPT_FILENAME {here}/index.php; fastcgi_pass unix:{here}/fpm.sock;\n"
            "  fastcgi_read_timeout 600; fastcgi_buffers 64 16k; fastcgi_buffer_size 32k;\n"
            "  fastcgi_max_temp_file_size 0; } } }\n")
        self.spawn(fpm, "-y", here / "fpm.conf")
        self.wait_for(self.port, self.spawn("/usr/sbin/nginx", "-c", here / "nginx.conf"))
        time.sleep(1)
        self.book = f"/addressbooks/{USER}/bench/"
        said = self.client().ask("PROPFIND", self.book, b"", ("Depth: 0",))
        if said.status != 207:
            raise Skip(f"PROPFIND: {said.status} {said.body[:200]!r}")

    def make_store(self, path):
        """The package's schema, and the index its every look-up of a card wants."""
        import sqlite3
        store = sqlite3.connect(path)
        for file in ("sqlite.principals.sql", "sqlite.addressbooks.sql"):
            store.executescript((self.SCHEMA / file).read_text())
        store.execute("CREATE INDEX one ON cards(addressbookid, uri)")
        store.execute("INSERT INTO principals(uri, email, displayname) VALUES (?, ?, ?)",
                      (f"principals/{USER}", f"{USER}@example.com", USER))
        store.execute("INSERT INTO addressbooks(principaluri, displayname, uri, ctag) VALUES (?, 'bench', 'bench', 1)",
                      (f"principals/{USER}",))
        store.commit()
        store.close()
        self.lacks = ("etags", "full", "cycles")  # sync-collection came with 2.0


class Sogo(Server):
    """sogod itself on loopback (no Apache before it), memcached, a PostgreSQL of its own."""
    name, package = "sogo", "sogo"

    def start(self):
        as_root()
        binaries = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"))
        needed("/usr/sbin/sogod", "memcached", binaries[-1] / "postgres" if binaries else "postgres")
        self.start_postgres(binaries[-1])
        cache = free_port()
        self.spawn("memcached", "-u", "memcache", "-l", "127.0.0.1", "-p", cache, "-m", "64")
        home = self.folder / "home"
        home.mkdir()
        self.run("chown", "sogo", home)
        store = f"postgresql://sogo:x@127.0.0.1:{self.sql}/sogo"
        tables = {"SOGoProfileURL": "user_profile", "OCSFolderInfoURL": "folder_info",
                  "OCSSessionsFolderURL": "sessions_folder", "OCSEMailAlarmsFolderURL": "alarms_folder",
                  "OCSStoreURL": "store", "OCSAclURL": "acl", "OCSCacheFolderURL": "cache_folder",
                  "OCSAdminURL": "admin"}
        wishes = {name: f"{store}/sogo_{table}" for name, table in tables.items()} | {
            "SOGoUserSources": f'({{type = sql; id = directory; viewURL = "{store}/sogo_view"; canAuthenticate = YES; '
                               "isAddressBook = NO; userPasswordAlgorithm = ssha;})",
            "SOGoMemcachedHost": f"127.0.0.1:{cache}", "WOPort": f"127.0.0.1:{self.port}",
            "WOWorkersCount": WORKERS, "WOListenQueueSize": 64, "SxVMemLimit": 2048, "WONoDetach": "YES",
            "WOPidFile": home / "pid", "WOLogFile": home / "log", "WOWatchDogRequestTimeout": 60,
            "SOGoTimeZone": "UTC", "SOGoCalendarDAVAccessEnabled": "NO", "SOGoMailDomain": "example.com"}
        words = [word for name, value in wishes.items() for word in (f"-{name}", value)]
        one = self.spawn("/usr/sbin/sogod", *words, user="sogo", group="sogo", extra_groups=[], cwd=home,
                         env=os.environ | {"HOME": str(home)})
        self.wait_for(self.port, one)
        self.book = f"/SOGo/dav/{USER}/Contacts/personal/"
        for _ in range(20):  # its workers come up after the port
            said = self.client().ask("PROPFIND", self.book, b"", ("Depth: 0",))
            if said.status == 207:
                return
            time.sleep(0.5)
        raise Skip(f"PROPFIND: {said.status} {said.body[:200]!r}")

    def start_postgres(self, binaries):
        here = self.folder / "postgres"
        here.mkdir()
        self.run("chown", "postgres", here)
        self.sql = free_port()
        me = {"user": "postgres", "group": "postgres", "extra_groups": [], "cwd": here}
        self.run(binaries / "initdb", "-D", here / "data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", **me)
        one = self.spawn(binaries / "postgres", "-D", here / "data", "-p", self.sql, "-h", "127.0.0.1",
                         "-k", here, **me)
        self.wait_for(self.sql, one)
        psql = ("psql", "-q", "-h", "127.0.0.1", "-p", self.sql, "-U")
        time.sleep(1)
        self.run(*psql, "postgres", "-c", "CREATE ROLE sogo LOGIN SUPERUSER", "-c", "CREATE DATABASE sogo OWNER sogo")
        digest = base64.b64encode(hashlib.sha1(PASSWORD.encode() + b"saltsalt").digest() + b"saltsalt").decode()
        self.run(*psql, "sogo", "-d", "sogo", "-c",
                 "CREATE TABLE sogo_view (c_uid varchar(128) primary key, c_name varchar(128), c_password varchar(256), "
                 "c_cn varchar(128), mail varchar(128)); INSERT INTO sogo_view VALUES "
                 f"('{USER}', '{USER}', '{{SSHA}}{digest}', '{USER}', '{USER}@example.com')")


class Radicale(Server):
    """Its own threaded server; the cards are put into its folder before it starts to answer."""
    name, package, slow = "radicale", "radicale", True
    lacks = ("put64",)

    def start(self):
        needed("/usr/bin/radicale")
        here = self.folder
        (here / "users").write_text(f"{USER}:{PASSWORD}\n")
        (here / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\nmax_connections = 100\ntimeout = 300\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {here}/users\nhtpasswd_encryption = plain\ndelay = 0\n"
            f"[rights]\ntype = owner_only\n[storage]\nfilesystem_folder = {here}/store\n[web]\ntype = none\n"
            "[logging]\nlevel = warning\n")
        self.book = f"/{USER}/bench/"
        self.at = here / f"store/collection-root/{USER}/bench"
        self.wait_for(self.port, self.spawn("/usr/bin/radicale", "--config", here / "config"))
        self.client().ask("PROPFIND", f"/{USER}/", b"", ("Depth: 0",))

    def fill(self, count):
        self.at.mkdir(parents=True)
        for number in range(count):
            (self.at / cards.name(number)).write_bytes(cards.card(number))
        (self.at / ".Radicale.props").write_text('{"tag": "VADDRESSBOOK"}')
        said = self.client(300).ask("PROPFIND", self.book, b"", ("Depth: 1",))  # builds what it keeps of each
        if said.status != 207:
            raise Skip(f"PROPFIND: {said.status}")
        return True


class Xandikos(Server):
    """Its own aiohttp server, a git store; it asks for no password.  The cards are one commit."""
    name, package, slow = "xandikos", "xandikos", True
    lacks = ("put64", "full")  # its sync-collection leaves address-data out

    def start(self):
        needed("/usr/bin/xandikos", "git")
        self.book = "/user/contacts/bench/"
        self.open()
        self.make_book()

    def open(self):
        store = self.folder / "store"
        store.mkdir(exist_ok=True)
        self.wait_for(self.port, self.spawn("/usr/bin/xandikos", "-d", store, "--current-user-principal", "/user/",
                                            "--defaults", "-l", "127.0.0.1", "-p", self.port))

    def fill(self, count):
        self.stop()
        at = self.folder / "store/user/contacts/bench"
        for number in range(count):
            (at / cards.name(number)).write_bytes(cards.card(number))
        git = ("git", "-c", "user.name=bench", "-c", "user.email=bench@example.com", "-C", at)
        self.run(*git, "add", "-A", ".")
        self.run(*git, "commit", "-qm", "cards")
        self.open()
        return True


ALL = [Kith, Cyrus, Sabre, Sogo, Xandikos, Radicale]

"""One server under test, and the people around it: owner's terminal, target's browser."""
import html
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import time
import urllib.parse

KITH = os.environ.get("KITH") or str(pathlib.Path(__file__).resolve().parents[2] / "build/kith")
PASSWORD = "correct horse"
BOUNDARY = "----kith-end-to-end"


class Kith:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        self.data = self.folder / "data"
        self.conf = self.folder / "kith.conf"
        self.process = None
        self.url = None
        self.env = os.environ | {"XDG_CONFIG_HOME": str(self.folder / "config")}

    def write_conf(self, text):
        self.conf.write_text(text)

    @property
    def place(self):
        conf = ["--conf", str(self.conf)] if self.conf.exists() else []
        return [*conf, "--data", str(self.data)]

    def start(self, listen="127.0.0.1:0"):
        self.log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen([KITH, "serve", *self.place, "--listen", listen],
                                        stdout=subprocess.PIPE, stderr=self.log, env=self.env)
        ready = self.process.stdout.readline().decode()
        assert ready, "the server did not start:\n" + self.errors()
        self.url = re.search(r"http://[^\s]*?(?=/\s|\s)", ready)[0]
        return self

    def errors(self):
        return (self.folder / "server.log").read_text("utf-8", "replace")

    def stop(self):
        if not self.process:
            return
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        self.process = None
        self.log.close()
        assert status == 0, f"the server ended with {status}:\n" + self.errors()
        assert "ERROR: " not in self.errors(), self.errors()

    def kill(self):
        """As a power cut: no good-byes."""
        self.process.kill()
        self.process.wait()
        self.process = None
        self.log.close()

    def run(self, *args, stdin=None, status=0):
        done = subprocess.run([KITH, *map(str, args)], env=self.env, input=stdin, text=True,
                              capture_output=True, timeout=120)
        assert done.returncode == status, (args, done.returncode, done.stdout, done.stderr)
        return done.stdout if status == 0 else done.stderr

    def json(self, *args, **options):
        return json.loads(self.run(*args, "--json", **options))

    def add_user(self, login, **about):
        options = [word for key, value in about.items() for word in (f"--{key}", value)]
        self.run("user", "add", login, *options, *self.place, "--password-stdin",
                 stdin=PASSWORD + "\n")

    def import_cards(self, login, *cards):
        path = self.folder / "import.vcf"
        path.write_bytes("".join(cards).encode())
        return self.run("import", login, path, *self.place)

    def export(self, login):
        return self.run("export", login, *self.place)

    def login(self, login):
        self.run("login", self.url, "--user", login, "--password-stdin", stdin=PASSWORD + "\n")

    def state(self, ask):
        return self.json("asks", ask)["state"]

    def wait_state(self, ask, *states, seconds=20):
        for _ in range(seconds * 10):
            if self.state(ask) in states:
                return
            time.sleep(0.1)
        raise AssertionError(f"ask {ask} is {self.state(ask)}, not {states}")


class Browser:
    """A browser without script, on one address."""

    def __init__(self, language="zh", peer=None):
        self.language = language
        self.cookie = None

    def request(self, method, url, body=None, headers=None):
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=30)
        fields = {"Accept-Language": self.language} | (headers or {})
        if self.cookie:
            fields["Cookie"] = self.cookie
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        if answer.getheader("Set-Cookie"):
            self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        self.fields = dict((k.lower(), v) for k, v in answer.getheaders())
        return answer.status, text.decode("utf-8", "replace")

    def get(self, url):
        return self.request("GET", url)

    def post(self, url, fields):
        return self.request("POST", url, urllib.parse.urlencode(fields, doseq=True),
                            {"Content-Type": "application/x-www-form-urlencoded"})

    def post_form(self, url, fields, files=()):
        parts = []
        for name, value in fields.items():
            parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
                         f'{value}\r\n'.encode())
        for name, (file_name, media_type, data) in dict(files).items():
            parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; '
                         f'filename="{file_name}"\r\nContent-Type: {media_type}\r\n\r\n'.encode()
                         + data + b"\r\n")
        parts.append(f"--{BOUNDARY}--\r\n".encode())
        return self.request("POST", url, b"".join(parts),
                            {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"})


def words(page):
    """What a person reads."""
    text = re.sub(r"<(style|head|title).*?</\1>", " ", page, flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def unfolded(card):
    return re.sub(r"\r?\n[ \t]", "", card)

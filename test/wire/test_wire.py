"""Wire tests: *.wire beside this file, one behaviour each, against the real server.

    # RFC 6352 6.3.2.1: why
    as ada                       who speaks (default: ada; nobody: no credentials)
    PUT $book/a.vcf  < ada.vcf   a request; $home, $book, $principal stand for ada's, $other for
                                 bob's home, $server for "http://..."; the body comes from data/, or from lines with "|"
    | <D:propfind/>
    > If-None-Match: *           a request field
    = 201                        the status
    ~ text                       somewhere in the fields or the body
    ! text                       nowhere in them
    $etag = ETag                 keeps a field for later
    $token = <D:sync-token>      keeps an element's text
    $name = /shared-[0-9a-f]+/   keeps what the pattern finds in the body

A step that fails prints the whole exchange.
"""
import base64
import http.client
import os
import pathlib
import re
import subprocess
import urllib.parse

import pytest

HERE = pathlib.Path(__file__).parent
KITH = os.environ.get("KITH") or str(HERE.parents[1] / "build/kith")
PASSWORDS = {"ada": "ada's password", "bob": "bob's password"}


class Server:
    def __init__(self, folder):
        self.folder = folder
        self.log = open(folder / "log", "wb")
        self.process = subprocess.Popen(
            [KITH, "serve", "--data", folder / "data", "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self.log)
        ready = self.process.stdout.readline().decode()
        assert ready, (folder / "log").read_text()
        url = urllib.parse.urlsplit(re.search(r"http://[^\s/]+", ready)[0])
        self.address = (url.hostname, url.port)
        self.homes = {}
        for login, password in PASSWORDS.items():
            subprocess.run([KITH, "user", "add", login, "--data", folder / "data",
                            "--password-stdin"], input=password + "\n", text=True, check=True,
                           stdout=subprocess.DEVNULL)
            self.homes[login] = self.home_of(login)

    def home_of(self, login):
        body = ('<D:propfind xmlns:D="DAV:"><D:prop><D:current-user-principal/></D:prop>'
                "</D:propfind>")
        _, _, text = self.ask(login, "PROPFIND", "/dav/", {"Depth": "0"}, body.encode())
        principal = re.search(r"/dav/p/([0-9a-f]+)/", text)[1]
        return principal

    def ask(self, login, method, path, fields, body=None):
        connection = http.client.HTTPConnection(*self.address, timeout=60)
        if login != "nobody":
            proof = base64.b64encode(f"{login}:{PASSWORDS[login]}".encode()).decode()
            fields = {"Authorization": f"Basic {proof}"} | fields
        connection.request(method, path, body, fields)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        status, fields = answer.status, answer.getheaders()
        connection.close()
        return status, fields, text

    def stop(self):
        self.process.terminate()
        status = self.process.wait(30)
        self.log.close()
        log = (self.folder / "log").read_text("utf-8", "replace")
        assert status == 0 and "ERROR: " not in log, log


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("wire"))
    yield running
    running.stop()


class Talk:
    """One file: its own book, so that files do not meet."""

    def __init__(self, server, name):
        self.server, self.login, self.names = server, "ada", {}
        ada, bob = server.homes["ada"], server.homes["bob"]
        self.names |= {"server": "http://%s:%d" % server.address, "home": f"/dav/b/{ada}", "other": f"/dav/b/{bob}",
                       "principal": f"/dav/p/{ada}/", "bob": f"/dav/p/{bob}/",
                       "book": f"/dav/b/{ada}/{name}"}
        status, _, text = server.ask("ada", "MKCOL", self.names["book"] + "/", {})
        assert status == 201, text
        self.request, self.exchange = None, ""

    def fill(self, text):
        return re.sub(r"\$(\w+)", lambda m: self.names.get(m[1], m[0]), text)

    def send(self):
        if not self.request:
            return
        method, path, fields, body = self.request
        self.request = None
        data = "\n".join(body).encode() if isinstance(body, list) and body else body or None
        self.status, self.fields, self.body = self.server.ask(self.login, method, path, fields, data)
        self.whole = "".join(f"{k}: {v}\n" for k, v in self.fields) + "\n" + self.body
        self.exchange = (f"{method} {path} {fields}\n{data!r}\n\n{self.status}\n{self.whole}")[:6000]

    def step(self, line):
        mark, _, rest = line.partition(" ")
        if mark in ("|", ">") and self.request:
            if mark == "|":
                self.request[3].append(self.fill(rest))
            else:
                name, _, value = self.fill(rest).partition(":")
                self.request[2][name.strip()] = value.strip()
            return
        self.send()
        if mark == "as":
            self.login = rest.strip()
        elif mark == "=":
            assert str(self.status) == rest.strip(), f"{line}\n{self.exchange}"
        elif mark == "~":
            assert self.fill(rest) in self.whole, f"{line}\n{self.exchange}"
        elif mark == "!":
            assert self.fill(rest) not in self.whole, f"{line}\n{self.exchange}"
        elif mark.startswith("$"):
            self.keep(mark[1:], rest.split("=", 1)[1].strip())
        else:
            self.begin(line)

    def keep(self, name, what):
        if what.startswith("/"):
            found = re.search(what.strip("/"), self.body)
            assert found, f"no {what}\n{self.exchange}"
            self.names[name] = found[0]
            return
        if what.startswith("<"):
            found = re.search(re.escape(what) + r"\s*(?:<[^>]*>)*([^<]*)</", self.body)
            assert found, f"no {what}\n{self.exchange}"
            self.names[name] = found[1]
        else:
            self.names[name] = dict((k.lower(), v) for k, v in self.fields)[what.lower()]

    def begin(self, line):
        line, _, file = line.partition("<<") if "<<" in line else line.partition(" < ")
        method, path = self.fill(line).split()
        body = (HERE / "data" / file.strip()).read_bytes() if file else []
        self.request = (method, path, {}, body)


@pytest.mark.parametrize("file", sorted(HERE.glob("*.wire")), ids=lambda f: f.stem)
def test(server, file):
    talk = Talk(server, file.stem)
    for line in file.read_text().splitlines():
        if line.strip() and not line.startswith("#"):
            talk.step(line)
    talk.send()

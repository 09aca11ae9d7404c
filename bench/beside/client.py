"""A keep-alive HTTP client that times itself: from the first byte sent to the last received."""
import base64
import re
import socket
import time

XML = ("Content-Type: application/xml; charset=utf-8",)
VCARD = ("Content-Type: text/vcard; charset=utf-8",)
RECEIVE_BYTES = 1 << 20


class Late(Exception):
    """The answer was not there within the time given."""


class Answer:
    def __init__(self, status, head, body, seconds):
        self.status, self.head, self.body, self.seconds = status, head, body, seconds

    def responses(self):
        """(href, the response's XML) of a multistatus."""
        found = re.findall(rb"<(?:[\w-]+:)?response\b[^>]*>(.*?)</(?:[\w-]+:)?response>", self.body, re.S)
        hrefs = (re.search(rb"<(?:[\w-]+:)?href[^>]*>\s*([^<\s]+)\s*<", one) for one in found)
        return [(href[1].decode(), one) for href, one in zip(hrefs, found) if href]

    def text_of(self, tag):
        found = re.findall(rb"<(?:[\w-]+:)?" + tag.encode() + rb"\b[^>]*>\s*([^<]+?)\s*<", self.body)
        return found[-1].decode() if found else None


class Client:
    def __init__(self, port, user=None, password="", quickack=False, wait=120):
        self.port, self.quickack, self.wait, self.socket = port, quickack, wait, None
        self.auth = ("Authorization: Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
                     if user else None)

    def raw(self, method, path, body=b"", headers=()):
        body = body.encode() if isinstance(body, str) else body
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *headers]
        if self.auth:
            lines.append(self.auth)
        if body or method not in ("GET", "DELETE"):
            lines.append(f"Content-Length: {len(body)}")
        return "\r\n".join(lines + ["", ""]).encode() + body

    def ask(self, method, path, body=b"", headers=(), wait=None):
        request = self.raw(method, path, body, headers)
        for fresh in (False, True):
            if self.socket is None:
                self.dial()
            self.socket.settimeout(wait or self.wait)
            start = time.perf_counter()
            try:
                self.socket.sendall(request)
                return self.read(start)
            except TimeoutError:
                self.close()
                raise Late(f"{method} {path}") from None
            except (ConnectionError, EOFError):
                self.close()
                if fresh:
                    raise

    def dial(self):
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.wait)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None

    def receive(self, into):
        data = self.socket.recv(RECEIVE_BYTES)
        if self.quickack:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        into += data
        return bool(data)

    def read(self, start):
        data = bytearray()
        while (end := data.find(b"\r\n\r\n")) < 0:
            if not self.receive(data):
                raise EOFError
        lines = bytes(data[:end]).decode("latin1").split("\r\n")
        head = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
        status, kept = int(lines[0].split()[1]), head.get("connection", "").lower()
        del data[:end + 4]
        closing = kept == "close" or (lines[0].startswith("HTTP/1.0") and kept != "keep-alive")
        chunked = "chunked" in head.get("transfer-encoding", "").lower()
        if status in (204, 304):
            pass
        elif chunked:
            while not data.endswith(b"0\r\n\r\n"):
                if not self.receive(data):
                    raise EOFError
        elif "content-length" in head:
            while len(data) < int(head["content-length"]):
                if not self.receive(data):
                    raise EOFError
        else:
            closing = True
            while self.receive(data):
                pass
        seconds = time.perf_counter() - start
        if closing:
            self.close()
        return Answer(status, head, dechunk(data) if chunked else bytes(data), seconds)


def dechunk(data):
    parts, at = [], 0
    while True:
        line = data.index(b"\r\n", at)
        size = int(bytes(data[at:line]).split(b";")[0], 16)
        if not size:
            return b"".join(parts)
        parts.append(bytes(data[line + 2:line + 2 + size]))
        at = line + size + 4

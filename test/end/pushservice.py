"""A push service of the tests' own: takes messages, checks who signed them, decrypts them."""
import base64
import http.server
import json
import re
import struct
import threading
import time

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def letters(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def mac(key, text):
    h = hmac.HMAC(key, hashes.SHA256())
    h.update(text)
    return h.finalize()


class Reader:
    """What a client keeps: its key pair and the secret it shares with the sender."""

    def __init__(self, auth=b"0123456789abcdef"):
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.public = self.private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint)
        self.auth = auth

    def open(self, body):
        """RFC 8188 and 8291, written down again from the RFCs."""
        salt, size, key_bytes = body[:16], struct.unpack(">I", body[16:20])[0], body[20]
        sender, sealed = body[21:21 + key_bytes], body[21 + key_bytes:]
        assert size == 4096 and key_bytes == 65 and len(body) <= 4096
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        prk = mac(self.auth, self.private.exchange(ec.ECDH(), point))
        ikm = mac(prk, b"WebPush: info\0" + self.public + sender + b"\1")
        prk = mac(salt, ikm)
        key = mac(prk, b"Content-Encoding: aes128gcm\0\1")[:16]
        nonce = mac(prk, b"Content-Encoding: nonce\0\1")[:12]
        text = AESGCM(key).decrypt(nonce, sealed, None)
        assert text.endswith(b"\2")
        return text[:-1].decode()


def check_vapid(value, origin, now):
    token, key = re.fullmatch(r"vapid t=([\w.-]+), k=([\w-]+)", value).groups()
    signed, _, signature = token.rpartition(".")
    head, claims = (json.loads(raw(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"}
    assert claims["aud"] == origin and now < claims["exp"] <= now + 24 * 3600
    assert claims["sub"].startswith(("mailto:", "https:"))
    r, s = (int.from_bytes(raw(signature)[i:i + 32], "big") for i in (0, 32))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(key))
    point.verify(utils.encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
    return key


class PushService:
    """Every path is a subscription; `answers` says what is answered there (default 201)."""

    def __init__(self):
        service = self
        self.heard, self.answers = [], {}

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.heard.append((time.monotonic(), self.path, self.headers, body))
                status, fields = service.answers.get(self.path, (201, {}))
                self.send_response(status)
                for name, value in ({"Content-Length": "0"} | fields).items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def at(self, path):
        return [heard for heard in list(self.heard) if heard[1] == path]

    def wait(self, path, count=1, seconds=3.0):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if len(self.at(path)) >= count:
                return self.at(path)
            time.sleep(0.02)
        raise AssertionError(f"{len(self.at(path))} of {count} pushes at {path}")

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

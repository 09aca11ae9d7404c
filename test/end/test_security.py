"""Signing in: codes beside the password, passkeys, a phone let in by browser, what one is known by, leaving."""
import base64
import hashlib
import hmac
import html
import io
import json
import pathlib
import re
import secrets
import shutil
import sqlite3
import struct
import subprocess
import time
import urllib.parse
import urllib.request
import zipfile

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from filled import npm_modules
from kith import PASSWORD, Browser, words
from ports import free_port
from test_threats import GATE, answer, insert, link_to, settled_tray, sms_from, wait_tray
from test_webapp import RICH, WANG, Owner, begin

STEP_S = 30


def totp(secret, at=None):
    """RFC 6238, as an authenticator does it."""
    step = int((at or time.time()) // STEP_S)
    mac = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    place = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[place:place + 4])[0] & 0x7fffffff) % 1000000:06}"


def basic(password, login="zhangsan"):
    return {"Authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


def app_password(owner, label="phone"):
    owner.see("/setup")
    page = owner.send("/setup", {"label": label}, status=200)
    return re.search(r'<code class="secret">([a-z2-9-]+)</code>', page)[1]


def turn_codes_on(owner):
    """The secret and the codes for recovery; the step used is the one before this."""
    owner.see("/security")
    page = owner.send("/security", status=200)
    secret = re.search(r'<code class="secret">([A-Z2-7]{32})</code>', page)[1]
    page = owner.send("/security", {"code": totp(secret, time.time() - STEP_S)}, status=200)
    return secret, re.findall(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</code>", page)


def password_only(kith, language="en"):
    """Up to the question for the code."""
    browser = Browser(language)
    status, page = browser.post(f"{kith.url}/login", {"login": "zhangsan", "password": PASSWORD})
    assert status == 200 and not browser.cookie
    return browser, re.search(r'name="ticket" value="([^"]+)"', page)[1], page


# --- codes ---

def test_a_code_is_the_second_step(kith):
    owner = begin(kith)
    owner.see("/security")
    page = owner.send("/security", status=200)
    secret = re.search(r'<code class="secret">([A-Z2-7]{32})</code>', page)[1]
    assert "<svg" in page
    assert "not right" in words(owner.send("/security", {"code": "000000x"}, status=422))
    assert secret in owner.page
    page = owner.send("/security", {"code": totp(secret, time.time() - STEP_S)}, status=200)
    codes = re.findall(r"<code>([a-z2-9]{4}(?:-[a-z2-9]{4}){3})</code>", page)
    assert len(set(codes)) == 10
    assert codes[0] not in owner.see("/security") and secret not in owner.page

    browser, ticket, page = password_only(kith)
    assert "Second step" in words(page)
    assert browser.get(f"{kith.url}/")[0] == 303
    status, page = browser.post(f"{kith.url}/login/code", {"ticket": ticket, "code": "000000x"})
    assert status == 403 and "not right" in words(page) and not browser.cookie
    code = totp(secret)
    status, _ = browser.post(f"{kith.url}/login/code", {"ticket": ticket, "code": f"{code[:3]} {code[3:]}"})
    assert status == 303 and browser.get(f"{kith.url}/")[0] == 200
    # Sent twice, by the one who is in: his book; by another: from the start.
    assert browser.post(f"{kith.url}/login/code", {"ticket": ticket, "code": code})[0] == 303
    assert Browser().post(f"{kith.url}/login/code", {"ticket": ticket, "code": code})[0] == 410

    browser, ticket, _ = password_only(kith, "zh")
    status, page = browser.post(f"{kith.url}/login/code", {"ticket": ticket, "code": code})
    assert status == 403 and "验证码不对" in words(page)
    assert browser.post(f"{kith.url}/login/code", {"ticket": ticket, "code": codes[4]})[0] == 303
    assert "Recovery codes left: 9." in words(owner.see("/security"))


def test_programs_want_app_passwords_then(kith):
    owner = begin(kith)
    device = app_password(owner)
    for path, method in (("/dav/", "PROPFIND"), ("/api/v1/me", "GET")):
        status, _ = Browser().request(method, kith.url + path, None, basic(PASSWORD) | {"Depth": "0"})
        assert status in (200, 207)
    turn_codes_on(owner)
    for path, method in (("/dav/", "PROPFIND"), ("/api/v1/me", "GET")):
        program = Browser()
        status, text = program.request(method, kith.url + path, None, basic(PASSWORD) | {"Depth": "0"})
        assert status == 401 and "app password" in text and "www-authenticate" in program.fields
        status, _ = program.request(method, kith.url + path, None, basic(device) | {"Depth": "0"})
        assert status in (200, 207)
    # Who only guesses is told nothing of it.
    assert "app password" not in Browser().request("GET", f"{kith.url}/api/v1/me", None, basic("a guess"))[1]


def test_codes_go_with_password_and_code(kith):
    owner = begin(kith)
    secret, codes = turn_codes_on(owner)
    owner.see("/security")
    assert "Nothing was changed" in words(
        owner.send("/security", {"password": "wrong one", "code": totp(secret)}, status=422))
    assert "Nothing was changed" in words(
        owner.send("/security", {"password": PASSWORD, "code": "000000x"}, status=422))
    before = owner.form("/security")
    assert "signs you in again" in words(
        owner.send("/security", {"password": PASSWORD, "code": totp(secret)}, status=200))
    # The back button, and once more.
    assert owner.post(f"{kith.url}/security", before | {"password": PASSWORD, "code": codes[0]})[0] == 303
    Owner(kith)


def test_the_operator_helps_who_lost_his_phone(kith):
    owner = begin(kith)
    turn_codes_on(owner)
    kith.run("user", "codes-off", "zhangsan", *kith.place)
    assert "zhangsan" in kith.run("user", "codes-off", "zhangsan", *kith.place, status=1)  # they are off
    Owner(kith)


def test_nothing_secret_of_codes_can_be_read_in_the_store(kith):
    owner = begin(kith)
    _, codes = turn_codes_on(owner)
    kith.stop()
    stored = b"".join(path.read_bytes() for path in kith.data.iterdir() if path.is_file())
    for code in codes:
        assert code.encode() not in stored and code.replace("-", "").encode() not in stored


# --- passkeys ---

BROWSER = pathlib.Path(__file__).resolve().parents[1] / "browser"
PRESENT, VERIFIED, WITH_KEY = 1, 4, 0x40


def letters(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def cbor(value):
    """What CTAP2 writes: canonical, short things only."""
    if isinstance(value, int):
        major, number, rest = (0, value, b"") if value >= 0 else (1, -1 - value, b"")
    elif isinstance(value, bytes):
        major, number, rest = 2, len(value), value
    elif isinstance(value, str):
        major, number, rest = 3, len(value), value.encode()
    else:
        major, number = 5, len(value)
        rest = b"".join(cbor(k) + cbor(v) for k, v in value.items())
    head = bytes([major << 5 | number]) if number < 24 else bytes([major << 5 | 24, number]) \
        if number < 256 else bytes([major << 5 | 25]) + struct.pack(">H", number)
    return head + rest


class Key:
    """An authenticator with one key, that says whatever the test wants."""

    def __init__(self, kith, kind="es256"):
        self.site, self.host = kith.url, urllib.parse.urlsplit(kith.url).hostname
        self.id, self.counter, self.kind = secrets.token_bytes(20), 1, kind
        self.private = (ec.generate_private_key(ec.SECP256R1()) if kind == "es256"
                        else ed25519.Ed25519PrivateKey.generate())

    def client(self, kind, challenge, site=None):
        return json.dumps({"type": kind, "challenge": letters(challenge.encode()), "origin": site or self.site,
                           "crossOrigin": False}).encode()

    def about(self, flags=PRESENT | VERIFIED, host=None):
        return (hashlib.sha256((host or self.host).encode()).digest() + bytes([flags])
                + struct.pack(">I", self.counter))

    def cose(self):
        if self.kind == "es256":
            point = self.private.public_key().public_numbers()
            return {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {1: 1, 3: -8, -1: 6, -2: raw}

    def made(self, challenge, flags=PRESENT | VERIFIED | WITH_KEY, kind="webauthn.create", site=None, host=None,
             cose=None):
        data = (self.about(flags, host) + bytes(16) + struct.pack(">H", len(self.id)) + self.id
                + cbor(cose or self.cose()))
        return {"client": letters(self.client(kind, challenge, site)),
                "data": letters(cbor({"fmt": "none", "attStmt": {}, "authData": data}))}

    def used(self, challenge, flags=PRESENT | VERIFIED, kind="webauthn.get", site=None, host=None):
        self.counter += 1
        client, data = self.client(kind, challenge, site), self.about(flags, host)
        signed = data + hashlib.sha256(client).digest()
        signature = (self.private.sign(signed, ec.ECDSA(hashes.SHA256())) if self.kind == "es256"
                     else self.private.sign(signed))
        return {"client": letters(client), "data": letters(data), "signature": letters(signature),
                "id": letters(self.id), "user": ""}


def challenge_for(owner):
    owner.see("/passkeys")
    status, text = owner.post(f"{owner.kith.url}/passkeys/begin", {"csrf": owner.form("/passkeys")["csrf"]})
    assert status == 200
    return text


def keep(owner, key, label="phone", status=200, **lie):
    return make(owner, key.made(challenge_for(owner), **lie), label, status)


def make(owner, said, label="phone", status=200):
    csrf = re.search(r'name="csrf" value="([^"]+)"', owner.see("/passkeys"))[1]
    got, owner.page = owner.post(f"{owner.kith.url}/passkeys", said | {"csrf": csrf, "do": "make", "label": label})
    assert got == status, words(owner.page)
    return owner.page


def challenge_to_sign_in(kith, browser):
    return browser.post(f"{kith.url}/login/passkey/begin", {})[1]


def sign_in(kith, key, **lie):
    browser = Browser("en")
    status, page = browser.post(f"{kith.url}/login/passkey",
                                key.used(challenge_to_sign_in(kith, browser), **lie))
    return status, browser, page


@pytest.mark.parametrize("kind", ["es256", "ed25519"])
def test_a_passkey_alone_signs_in(kith, kind):
    owner = begin(kith)
    key = Key(kith, kind)
    assert "can sign in with it" in words(keep(owner, key))
    assert "phone" in owner.page and "never" in words(owner.page)
    turn_codes_on(owner)  # it is both factors
    status, browser, _ = sign_in(kith, key)
    assert status == 303 and browser.get(f"{kith.url}/")[0] == 200
    assert "never" not in words(owner.see("/passkeys")[owner.page.index("<ul class=\"rows\""):])
    owner.send("/passkeys", {"do": "remove", "id": letters(key.id)})
    status, browser, page = sign_in(kith, key)
    assert status == 403 and "not known here" in words(page) and not browser.cookie


@pytest.mark.parametrize("lie", [
    {"site": "http://evil.example"}, {"host": "evil.example"}, {"kind": "webauthn.create"},
    {"flags": PRESENT}, {"flags": VERIFIED}, {"flags": PRESENT | VERIFIED | 0x80}])
def test_what_is_not_right_signs_nobody_in(kith, lie):
    owner = begin(kith)
    key = Key(kith)
    keep(owner, key)
    status, browser, _ = sign_in(kith, key, **lie)
    assert status == 403 and not browser.cookie
    assert sign_in(kith, key)[0] == 303


def test_challenges_are_used_once_and_counters_move_on(kith):
    owner = begin(kith)
    key, other = Key(kith), Key(kith)
    keep(owner, key)
    browser = Browser("en")
    challenge = challenge_to_sign_in(kith, browser)
    assert browser.post(f"{kith.url}/login/passkey", key.used(challenge))[0] == 303
    assert Browser().post(f"{kith.url}/login/passkey", key.used(challenge))[0] == 410
    assert Browser().post(f"{kith.url}/login/passkey", key.used("made up"))[0] == 410
    # One the owner was given to make a key with is for that alone, and he is no stranger.
    assert Browser().post(f"{kith.url}/login/passkey", key.used(challenge_for(owner)))[0] == 410
    assert "too long" in words(make(owner, key.made(challenge_to_sign_in(kith, browser)), status=422))
    key.counter = 1  # a copy of it
    assert sign_in(kith, key)[0] == 403
    key.counter += 5
    assert sign_in(kith, key)[0] == 303
    # Another key's signature under this one's name.
    other.id = key.id
    other.counter = 100
    assert sign_in(kith, other)[0] == 403
    said = key.used(challenge_to_sign_in(kith, browser)) | {"user": letters(b"somebody else...")}
    assert Browser().post(f"{kith.url}/login/passkey", said)[0] == 403


@pytest.mark.parametrize("lie", [
    {"site": "http://evil.example"}, {"host": "evil.example"}, {"kind": "webauthn.get"},
    {"flags": PRESENT | WITH_KEY}, {"flags": PRESENT | VERIFIED}, {"cose": {1: 3, 3: -257}},
    {"cose": {1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)}}, {"cose": {3: -7, 1: 2}}])
def test_what_is_not_right_is_not_kept(kith, lie):
    owner = begin(kith)
    assert "could not be kept" in words(keep(owner, Key(kith), status=422, **lie))
    assert "name of up to" in words(keep(owner, Key(kith), label=" ", status=422))
    key = Key(kith)
    keep(owner, key)
    assert "kept already" in words(keep(owner, key, status=422))


def test_twenty_passkeys_are_enough(kith):
    owner = begin(kith)
    for number in range(20):
        keep(owner, Key(kith), f"key {number}")
    assert "as many passkeys" in words(owner.see("/passkeys")) and "data-passkey" not in owner.page
    assert len(owner.page.encode()) < 60_000
    csrf = re.search(r'name="csrf" value="([^"]+)"', owner.page)[1]
    assert owner.post(f"{kith.url}/passkeys/begin", {"csrf": csrf})[0] == 429
    assert owner.post(f"{kith.url}/passkeys/begin", {"csrf": "guessed"})[0] == 403


def test_strangers_begin_only_so_often(kith):
    begin(kith)
    browser = Browser()
    answers = [browser.post(f"{kith.url}/login/passkey/begin", {})[0] for _ in range(61)]
    assert answers == [200] * 60 + [429]


def test_a_passkey_in_chromium(kith):
    npm_modules()
    port = free_port()
    kith.write_conf(f"[server]\nurl = http://localhost:{port}\n")
    kith.start(f"127.0.0.1:{port}")
    kith.add_user("zhangsan", name="张三", phone="13800000000")
    done = subprocess.run(["node", "passkey.mjs", f"http://localhost:{port}", "zhangsan", PASSWORD], cwd=BROWSER,
                          text=True, capture_output=True, timeout=180)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["kept"] == "Chromium" and seen["resident"] == ["localhost"]
    assert seen["round1"] == seen["round2"] == "/" and seen["unverified"] == "/login"
    assert seen["refused"] == [] and not seen["offered"] and "JavaScript" in seen["words"]


# --- a phone is let in by browser ---

AGENT = {"User-Agent": "DAVx5/4.5.19-ose (2026/11/02; dav4jvm; okhttp) Android/16"}


def begin_flow(kith):
    program = Browser()
    status, text = program.request("POST", f"{kith.url}/index.php/login/v2", b"", AGENT)
    assert status == 200 and program.fields["content-type"].startswith("application/json")
    said = json.loads(text)
    assert said["poll"]["endpoint"] == f"{kith.url}/login/v2/poll"
    return program, said["poll"]["token"], said["login"]


def poll(kith, program, token):
    status, text = program.post(f"{kith.url}/login/v2/poll", {"token": token})
    return status, json.loads(text)


@pytest.mark.parametrize("with_codes", [False, True])
def test_a_phone_is_let_in_by_browser(kith, with_codes):
    owner = begin(kith)
    secret = turn_codes_on(owner)[0] if with_codes else ""
    program, token, page = begin_flow(kith)
    assert poll(kith, program, token)[0] == 404

    browser = Owner.__new__(Owner)
    Browser.__init__(browser, "en")
    browser.kith = kith
    path = page.removeprefix(kith.url)
    assert "sign in first" in words(browser.see(path))
    answer = browser.send("/login", {"login": "zhangsan", "password": "a guess"}, status=403)
    assert "wrong" in words(answer)
    if with_codes:
        browser.send("/login", {"login": "zhangsan", "password": PASSWORD}, status=200)
        browser.send("/login/code", {"code": "000000x"}, status=403)
        browser.send("/login/code", {"code": totp(secret)})
    else:
        browser.send("/login", {"login": "zhangsan", "password": PASSWORD})
    assert browser.at == path
    assert "DAVx5/4.5.19-ose wants to read" in words(browser.page) and "127.0.0.1" in browser.page
    assert poll(kith, program, token)[0] == 404
    form = browser.form(path)
    assert browser.post(page, form | {"do": "grant", "csrf": "guessed"})[0] == 403
    assert "Allowed" in words(browser.send(path, {"do": "grant"}, status=200))
    assert browser.post(page, form | {"do": "grant"})[0] == 200  # sent twice
    assert "Allowed" in words(browser.see(path))
    # Somebody else's browser cannot take it over.
    kith.add_user("lisi", name="李四")
    other = Owner(kith, login="lisi")
    other_csrf = re.search(r'name="csrf" value="([^"]+)"', other.see("/account"))[1]
    assert other.post(page, {"csrf": other_csrf, "do": "grant"})[0] == 410

    status, said = poll(kith, program, token)
    assert status == 200 and said["server"] == kith.url and said["loginName"] == "zhangsan"
    assert poll(kith, program, token)[0] == 404
    assert browser.get(page)[0] == 410
    for way in ("/remote.php/dav", "/dav/"):
        program.request("PROPFIND", kith.url + way, None, basic(said["appPassword"]) | {"Depth": "0"})
    status, _ = program.request("PROPFIND", f"{kith.url}/dav/", None, basic(said["appPassword"]) | {"Depth": "0"})
    assert status == 207
    assert "DAVx5/4.5.19-ose" in browser.see("/setup")


def test_a_phone_that_is_not_let_in_gets_nothing(kith):
    owner = begin(kith)
    program, token, page = begin_flow(kith)
    path = page.removeprefix(kith.url)
    owner.see(path)
    form = owner.form(path)
    assert "got nothing" in words(owner.send(path, {"do": "deny"}, status=200))
    assert owner.post(page, form | {"do": "grant"})[0] == 410
    assert poll(kith, program, token)[0] == 404
    assert poll(kith, program, "made up")[0] == 404
    assert "DAVx5" not in owner.see("/setup")


def test_a_phone_that_calls_itself_something_evil_is_shown_as_text(kith):
    owner = begin(kith)
    status, text = Browser().request("POST", f"{kith.url}/index.php/login/v2", b"",
                                     {"User-Agent": '"><script>alert(1)</script>'})
    assert status == 200
    assert "<script>alert" not in owner.see(json.loads(text)["login"].removeprefix(kith.url))
    status, text = Browser().request("POST", f"{kith.url}/index.php/login/v2", b"", {"User-Agent": "("})
    assert "does not give its name" in words(owner.see(json.loads(text)["login"].removeprefix(kith.url)))


def test_phones_begin_only_so_often(kith):
    begin(kith)
    answers = [Browser().request("POST", f"{kith.url}/index.php/login/v2", b"", AGENT)[0] for _ in range(61)]
    assert answers == [200] * 60 + [429]


# --- what an account is known by ---

def code_on_its_way(kith, to):
    """The newest letter of the tray, once it is to that address."""
    for _ in range(100):
        page = words(Browser("en").get(f"{kith.url}/tray")[1])
        found = re.search(rf"{re.escape(to)}.*?\b(\d{{6}})\b", page)
        if found:
            return found[1]
        time.sleep(0.1)
    raise AssertionError(page)


def reach(owner, deed, kind, value, status=200, **more):
    csrf = re.search(r'name="csrf" value="([^"]+)"', owner.see("/reach"))[1]
    fields = {"csrf": csrf, "do": deed, "kind": kind, "value": value} | more
    got, owner.page = owner.post(f"{owner.kith.url}/reach", fields)
    assert got == status, words(owner.page)
    return words(owner.page)


@pytest.mark.parametrize("kind, typed, value", [
    ("tel", "189 1234 5678", "+8618912345678"), ("email", " me@example.org ", "me@example.org")])
def test_an_address_is_added_by_a_code_and_removed(kith, kind, typed, value):
    owner = begin(kith)
    assert f"on its way to {value}" in reach(owner, "begin", kind, typed)
    assert value not in owner.see("/account")
    assert "not right" in reach(owner, "confirm", kind, value, 422, code="0000000")
    code = code_on_its_way(kith, value)
    assert "Added" in reach(owner, "confirm", kind, value, code=code)
    assert "Added" in reach(owner, "confirm", kind, value, code=code)  # sent twice
    assert value in owner.see("/account")
    assert "yours already" in reach(owner, "begin", kind, typed, 422)
    assert "Removed" in reach(owner, "remove", kind, value)
    assert "Removed" in reach(owner, "remove", kind, value)
    assert value not in owner.see("/account")


def test_codes_prove_only_what_they_were_sent_to(kith):
    owner = begin(kith)
    kith.add_user("lisi", name="李四", email="li@example.org")
    other = Owner(kith, login="lisi")
    reach(owner, "begin", "email", "me@example.org")
    code = code_on_its_way(kith, "me@example.org")
    assert "No code waits" in reach(owner, "confirm", "email", "you@example.org", 422, code=code)
    assert "No code waits" in reach(other, "confirm", "email", "me@example.org", 422, code=code)
    for _ in range(5):
        reach(owner, "confirm", "email", "me@example.org", 422, code="0000000")
    assert "No code waits" in reach(owner, "confirm", "email", "me@example.org", 422, code=code)
    # Another's: told only to who reads the mail there, and never given away.
    assert "on its way" in reach(owner, "begin", "email", "li@example.org")
    code = code_on_its_way(kith, "li@example.org")
    assert "another account" in reach(owner, "confirm", "email", "li@example.org", 422, code=code).lower()
    assert "li@example.org" in other.see("/reach")


def test_addresses_that_are_none_and_too_many_codes(kith):
    owner = begin(kith)
    for kind, typed in (("tel", "abc"), ("tel", ""), ("email", "nobody"), ("email", "a@b"), ("email", "a b@example.org"),
                        ("email", "a@b@example.org"), ("email", "a@.org"), ("email", "x" * 250 + "@example.org"),
                        ("qq", "123456")):
        assert "no number or address" in reach(owner, "begin", kind, typed, 422)
    assert "Nothing can be sent there" in reach(owner, "begin", "tel", "110", 422) or "no number" in words(owner.page)
    for number in range(5):
        reach(owner, "begin", "email", f"me{number}@example.org")
    assert "Enough codes for today" in reach(owner, "begin", "email", "me5@example.org", 429)


def test_an_address_that_said_stop_gets_no_code(kith):
    kith.write_conf(GATE)
    owner = begin(kith)
    sms_from(kith, "+8613911112222", "STOP")
    before = len(wait_tray(kith, 1))  # its one confirmation
    assert "once asked for silence" in reach(owner, "begin", "tel", "139 1111 2222")
    reach(owner, "begin", "tel", "139 1111 3333")
    code_on_its_way(kith, "+8613911113333")
    assert len(settled_tray(kith)) == before + 1


def test_ten_are_enough(kith):
    owner = begin(kith)
    kith.stop()
    with sqlite3.connect(kith.data / "kith.db") as db:
        account = db.execute("SELECT id FROM account").fetchone()[0]
        db.executemany("INSERT INTO identifier VALUES (?, 'email', ?, 'operator', 1)",
                       [(account, f"me{n}@example.org") for n in range(9)])
    kith.start()
    owner = Owner(kith)
    assert "known by ten" in reach(owner, "begin", "email", "more@example.org", 422)
    assert len(owner.page.encode()) < 60_000


# --- taking along, leaving ---

def everything_in(data):
    """The .zip's files; Python's reader checks every sum."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def download(owner):
    request = urllib.request.Request(f"{owner.kith.url}/data/kith.zip", headers={"Cookie": owner.cookie})
    with urllib.request.urlopen(request, timeout=60) as answer:
        assert answer.headers["Content-Disposition"] == "attachment; filename=kith.zip"
        return answer.read()


def test_everything_can_be_taken_along(kith):
    many = [f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:p{i}\r\nFN:Person {i:04}\r\nEND:VCARD\r\n" for i in range(250)]
    owner = begin(kith, RICH, WANG, *many)
    kith.login("zhangsan")
    answer(kith, link_to(kith, "13911112222"), insert("email", "wang@example.org"))
    for name in ("Person 0000", "Person 0249"):
        answer(kith, link_to(kith, name), insert("email", "me@example.org"))
    turn_codes_on(owner)
    assert "app password" in kith.run("login", kith.url, "--user", "zhangsan", "--password-stdin",
                                      stdin=PASSWORD + "\n", status=1)
    device = app_password(owner, "my phone")
    data = download(owner)
    files = everything_in(data)
    assert list(files) == ["account.json", "books/contacts.vcf", "books/contacts.said.json", "asks.json", "given.json"]
    cards = files["books/contacts.vcf"].decode()
    assert cards.count("BEGIN:VCARD") == 252 and RICH in cards and "wang@example.org" in cards
    about = json.loads(files["account.json"])
    assert about["login"] == "zhangsan" and about["name"] == "张三" and about["books"][0]["name"] == "contacts"
    assert about["identifiers"][0]["value"] == "+8613800000000"
    assert "my phone" in [one["label"] for one in about["devices"]]
    asks = json.loads(files["asks.json"])
    assert len(asks) == 3 and asks[2]["name"] == "王小明" and asks[2]["events"]
    assert asks[2]["items"][0]["after"] == "wang@example.org"
    said = {one["name"]: one["values"][0]["text"] for one in json.loads(files["books/contacts.said.json"])}
    assert said == {"王小明": "wang@example.org", "Person 0000": "me@example.org", "Person 0249": "me@example.org"}
    assert json.loads(files["given.json"]) == []
    for secret in (device, device.replace("-", ""), PASSWORD):
        assert secret.encode() not in data
    path = kith.folder / "kith.zip"
    path.write_bytes(data)
    if shutil.which("unzip"):
        assert "No errors" in subprocess.run(["unzip", "-t", path], capture_output=True, text=True).stdout
    assert Browser().get(f"{kith.url}/data/kith.zip")[0] == 303  # to the log-in


def left_of(kith, account, *words_of_his):
    """Where an account's id, or one of these, still stands: every column of every table."""
    found = []
    with sqlite3.connect(f"file:{kith.data / 'kith.db'}?mode=ro", uri=True) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        assert len(tables) > 30
        for table in tables:
            for column in [row[1] for row in db.execute(f"PRAGMA table_info({table})")]:
                for (value,) in db.execute(f'SELECT "{column}" FROM {table}'):
                    text = value if isinstance(value, bytes) else str(value).encode()
                    if value == account or any(word.encode() in text for word in words_of_his):
                        found.append((table, column, value))
    return found


def test_nothing_of_an_account_is_left(kith):
    owner = begin(kith, RICH, WANG)
    kith.add_user("lisi", name="李四")
    kith.run("user", "admin", "lisi", "on", *kith.place)  # somebody is to look after the server
    kith.import_cards("lisi", WANG.replace("wang-5", "li-1"))
    secret, _ = turn_codes_on(owner)
    device = app_password(owner)
    keep(owner, Key(kith))
    reach(owner, "begin", "email", "zhang@example.org")
    begin_flow(kith)
    for path in ("/dav/", "/api/v1/me"):
        Browser().request("PROPFIND" if "dav" in path else "GET", kith.url + path, None, basic(device) | {"Depth": "0"})
    with sqlite3.connect(f"file:{kith.data / 'kith.db'}?mode=ro", uri=True) as db:
        account, = db.execute("SELECT id FROM account WHERE login = 'zhangsan'").fetchone()
        other, = db.execute("SELECT id FROM account WHERE login = 'lisi'").fetchone()
        book, = db.execute("SELECT id FROM book WHERE account = ?", (other,)).fetchone()
    kith.stop()
    # Rows that this account has in the other's tables, and what is to stay of others.
    with sqlite3.connect(kith.data / "kith.db") as db:
        db.execute("UPDATE card SET who = ? WHERE account = ?", (account, other))
        db.execute("INSERT INTO share VALUES (?, ?, ?, 1, 1)", (other, book, account))
        db.execute("INSERT INTO given VALUES (?, ?, 'mobile', 'k', '张三', 1, 1)", (other, account))
        db.execute("INSERT INTO lock VALUES (?, ?, '', 'token', 0, 1, 'zhangsan', ?, 1)", (other, book, account))
        db.execute("INSERT INTO block VALUES (?, 'his own', 1)", (account,))
        db.execute("INSERT INTO block VALUES (0, 'for all', 1)")
        for table in [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]:
            fill_row(db, table, account)
    assert len({table for table, _, _ in left_of(kith, account)}) > 30
    kith.start()
    owner = Owner.__new__(Owner)
    Browser.__init__(owner, "en")
    owner.kith = kith
    status, page = owner.post(f"{kith.url}/login", {"login": "zhangsan", "password": PASSWORD})
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]
    assert owner.post(f"{kith.url}/login/code", {"ticket": ticket, "code": totp(secret)})[0] == 303

    owner.see("/data")
    wrong = owner.send("/data", {"typed": "lisi", "password": PASSWORD, "code": "1"}, status=422)
    assert "Nothing was deleted" in words(wrong)
    for fields in ({"password": "a guess", "code": totp(secret)}, {"password": PASSWORD, "code": "000000x"}):
        assert "not right" in words(owner.send("/data", fields | {"typed": "zhangsan"}, status=422))
    code = totp(secret, time.time() + STEP_S)
    assert "account is gone" in words(
        owner.send("/data", {"typed": "zhangsan", "password": PASSWORD, "code": code}, status=200))
    assert owner.cookie == "kith="
    for password in (PASSWORD, device):
        assert Browser().request("GET", f"{kith.url}/api/v1/me", None, basic(password))[0] == 401
    kith.stop()
    assert left_of(kith, account, "zhangsan", "张三", "Lovelace") == []
    with sqlite3.connect(kith.data / "kith.db") as db:
        assert db.execute("SELECT hash FROM block").fetchall() == [("for all",)]
        assert db.execute("SELECT count(*) FROM card").fetchone() == (1,)
    kith.run("check", *kith.place)


def fill_row(db, table, account):
    """A row of the account's in a table that has none, with whatever its columns take."""
    columns = list(db.execute(f"PRAGMA table_info({table})"))
    names = [row[1] for row in columns]
    if "account" not in names or db.execute(f"SELECT 1 FROM {table} WHERE account = ?", (account,)).fetchone():
        return
    values = [account if name == "account" else 987654321 if "INT" in kind else "left" if kind == "TEXT" else b"left"
              for _, name, kind, *_ in columns]
    db.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def test_leaving_takes_no_code_where_none_is_wanted(kith):
    owner = begin(kith, RICH)
    assert "Code" not in words(owner.see("/data"))
    assert "account is gone" in words(owner.send("/data", {"typed": "zhangsan", "password": PASSWORD}, status=200))
    kith.add_user("zhangsan", name="另一个")
    assert "Ada" not in Owner(kith).see("/")

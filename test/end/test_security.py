"""Signing in: codes beside the password, passkeys, a phone let in by browser, what one is known by, leaving."""
import base64
import hashlib
import hmac
import html
import re
import struct
import time

from kith import PASSWORD, Browser, words
from test_webapp import Owner, begin

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


def test_nothing_secret_of_codes_can_be_read_in_the_store(kith):
    owner = begin(kith)
    _, codes = turn_codes_on(owner)
    kith.stop()
    stored = b"".join(path.read_bytes() for path in kith.data.iterdir() if path.is_file())
    for code in codes:
        assert code.encode() not in stored and code.replace("-", "").encode() not in stored

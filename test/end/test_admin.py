"""The first start, administrators and their pages, invitations, the log, the doctor."""
import html
import http.client
import re
import socket
import sqlite3
import ssl
import time
import urllib.parse

import pytest

from kith import PASSWORD, Browser, words
from mailserver import is_installed
from ports import free_port
from test_security import app_password, basic
from test_webapp import Owner, begin

PATIENCE_S = 60
PAGE_MAX_BYTES = 60 * 1024
SECTIONS = ["", "/accounts", "/invitations", "/gateways", "/outbox", "/log"]
NEWCOMER = {"login": "wang", "name": "王小明", "password": "good morning", "again": "good morning", "lang": "zh"}
PROPFIND = '<propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>'


def start_code(kith):
    """What the terminal shows; the last one counts."""
    end = time.time() + PATIENCE_S
    while time.time() < end:
        found = re.findall(r"/start\D*? ([a-z2-9]{4}(?:-[a-z2-9]{4}){3})", kith.errors())
        if found:
            return found[-1]
        time.sleep(0.05)
    raise AssertionError("no code:\n" + kith.errors())


def begin_of_two(kith):
    """An administrator, and somebody who is none."""
    admin = begin(kith)
    kith.add_user("lisi", name="李四")
    return admin, Owner(kith, login="lisi")


def do(admin, path, deed, status=303, **fields):
    """Presses a button of a page of administrators."""
    csrf = re.search(r'name="csrf" value="([^"]+)"', admin.see("/admin" + path))[1]
    got, admin.page = admin.post(admin.kith.url + "/admin" + path, {"csrf": csrf, "do": deed} | fields)
    assert got == status, (path, deed, got, words(admin.page))
    return admin.page


def member(admin, login):
    """The row of an account, and its id."""
    page = admin.see("/admin/accounts")
    row = next(r for r in page.split('<li class="row">') if f"<small>{login} ·" in r)
    return row, re.search(r'name="id" value="(\d+)"', row)[1]


def link_on(page, first):
    return urllib.parse.urlsplit(html.unescape(re.search(r'<code class="link">([^<]+)</code>', page)[1])).path


def dav(kith, method="PROPFIND", path="/dav/", headers=None, body=PROPFIND, agent="Example/1.0"):
    connection = http.client.HTTPConnection(*urllib.parse.urlsplit(kith.url).netloc.split(":"), timeout=PATIENCE_S)
    connection.request(method, path, body, {"Depth": "0", "User-Agent": agent} | (headers or {}))
    status = connection.getresponse().status
    connection.close()
    return status


# --- the first start ---

def test_the_first_account_is_made_with_the_code_of_the_terminal(kith):
    kith.start()
    code = start_code(kith)
    visitor = Browser("en")
    assert 'href="/start"' in visitor.get(f"{kith.url}/login")[1]
    status, page = visitor.get(f"{kith.url}/start")
    assert status == 200 and 'name="code"' in page
    form = NEWCOMER | {"code": "aaaa-aaaa-aaaa-aaaa"}
    status, page = visitor.post(f"{kith.url}/start", form)
    assert status == 403 and "not right" in words(page) and 'value="王小明"' in html.unescape(page)
    status, page = visitor.post(f"{kith.url}/start", form | {"code": code, "again": "other words"})
    assert status == 422
    status, page = visitor.post(f"{kith.url}/start", form | {"code": code, "login": "a b"})
    assert status == 422 and "login cannot be used" in words(page)
    # Typed as people type: capitals, blanks.
    status, _ = visitor.post(f"{kith.url}/start", form | {"code": code.upper().replace("-", " ")})
    assert status == 303 and visitor.fields["location"] == "/"
    assert visitor.get(f"{kith.url}/admin")[0] == 200
    # The form sent twice; the code used again; the page afterwards.
    assert visitor.post(f"{kith.url}/start", form | {"code": code})[0] == 303
    stranger = Browser("en")
    assert stranger.post(f"{kith.url}/start", form | {"code": code, "login": "eve"})[0] == 303
    assert stranger.get(f"{kith.url}/start")[0] == 303 and stranger.fields["location"] == "/login"
    assert 'href="/start"' not in stranger.get(f"{kith.url}/login")[1]
    assert [u["login"] for u in kith.json("user", "list", *kith.place)] == ["wang"]
    assert kith.json("user", "list", *kith.place)[0]["admin"]
    assert code not in "".join(p.read_bytes().decode("latin1") for p in kith.data.glob("kith.db*"))


def test_the_code_is_made_anew_at_each_start_and_said_in_the_language_of_the_terminal(kith):
    kith.env = kith.env | {"LC_ALL": "zh_CN.UTF-8"}
    kith.start()
    former = start_code(kith)
    assert "还没有账户" in kith.errors()
    kith.stop()
    kith.env = kith.env | {"LC_ALL": "en_GB.UTF-8"}
    (kith.folder / "server.log").unlink()
    kith.start()
    assert start_code(kith) != former and "There is no account yet" in kith.errors()
    assert Browser().post(f"{kith.url}/start", NEWCOMER | {"code": former})[0] == 403
    kith.stop()
    kith.add_user("zhangsan")
    (kith.folder / "server.log").unlink()
    kith.start()
    assert Browser().get(f"{kith.url}/start")[0] == 303
    assert "/start" not in kith.errors()


def test_guessing_the_code_is_throttled(kith):
    kith.start()
    start_code(kith)
    answers = [Browser().post(f"{kith.url}/start", NEWCOMER | {"code": f"aaaa-aaaa-aaaa-{n:04}"})[0] for n in range(12)]
    assert answers[:10] == [403] * 10 and 429 in answers[10:]
    assert kith.json("user", "list", *kith.place) == []


# --- who may ---

def test_to_others_there_is_no_administration(kith):
    admin, other = begin_of_two(kith)
    _, theirs = member(admin, "zhangsan")
    csrf = re.search(r'name="csrf" value="([^"]+)"', other.see("/account"))[1]
    assert 'href="/admin"' not in other.page and 'href="/admin"' in admin.see("/account")
    for section in SECTIONS + ["/nothing"]:
        assert other.get(kith.url + "/admin" + section)[0] == 404
        nobody = Browser()
        assert nobody.get(kith.url + "/admin" + section)[0] == 303 and nobody.fields["location"] == "/login"
        assert nobody.post(kith.url + "/admin" + section, {"do": "make"})[0] == 404
        for deed in ("disable", "reset", "make", "no-admin"):
            fields = {"csrf": csrf, "do": deed, "id": theirs, "way": "sms", "to": "13800000000"}
            assert other.post(kith.url + "/admin" + section, fields)[0] == 404
    for section in SECTIONS:
        admin.see("/admin" + section)
    for section in ("/accounts", "/invitations", "/gateways"):  # without the form's secret
        assert admin.post(kith.url + "/admin" + section, {"do": "disable", "id": theirs})[0] == 403
    assert admin.see("/admin/nothing", status=404)


def test_the_last_administrator_stays(kith):
    admin, _ = begin_of_two(kith)
    _, own = member(admin, "zhangsan")
    _, theirs = member(admin, "lisi")
    for deed in ("no-admin", "disable"):
        assert "last administrator" in words(do(admin, "/accounts", deed, 422, id=own))
    assert "last administrator" in kith.run("user", "admin", "zhangsan", "off", *kith.place, status=1)
    assert "last administrator" in kith.run("user", "remove", "zhangsan", *kith.place, status=1)
    admin.see("/data")
    page = admin.send("/data", {"typed": "zhangsan", "password": PASSWORD}, status=422)
    assert "last administrator" in words(page)
    do(admin, "/accounts", "admin", id=theirs)
    do(admin, "/accounts", "disable", id=theirs)  # one who cannot sign in does not count
    assert "last administrator" in kith.run("user", "admin", "zhangsan", "off", *kith.place, status=1)
    do(admin, "/accounts", "enable", id=theirs)
    kith.run("user", "admin", "zhangsan", "off", *kith.place)
    assert admin.get(f"{kith.url}/admin")[0] == 404
    assert Owner(kith, login="lisi").see("/admin")


def test_the_flag_is_given_at_the_terminal(kith):
    begin(kith)
    kith.add_user("lisi")
    kith.run("user", "add", "wang", "--admin", *kith.place, "--password-stdin", stdin=PASSWORD + "\n")
    assert {u["login"]: u["admin"] for u in kith.json("user", "list", *kith.place)} == {
        "zhangsan": True, "lisi": False, "wang": True}
    kith.run("user", "admin", "lisi", "perhaps", *kith.place, status=2)


# --- accounts ---

def test_a_disabled_account_is_shut_out_by_every_door(kith):
    admin, other = begin_of_two(kith)
    password = app_password(other)
    assert dav(kith, headers=basic(password, "lisi")) == 207
    _, theirs = member(admin, "lisi")
    do(admin, "/accounts", "disable", id=theirs)
    assert ">disabled</span>" in member(admin, "lisi")[0]
    assert dav(kith, headers=basic(password, "lisi")) == 401
    assert dav(kith, headers=basic(PASSWORD, "lisi")) == 401
    assert other.get(f"{kith.url}/account")[0] == 303  # to the log-in
    wrong = [Browser("en").post(f"{kith.url}/login", {"login": "lisi", "password": p}) for p in (PASSWORD, "wrong")]
    assert wrong[0] == wrong[1] and wrong[0][0] == 403
    do(admin, "/accounts", "enable", id=theirs)
    assert dav(kith, headers=basic(password, "lisi")) == 207
    Owner(kith, login="lisi").see("/")


def test_a_password_is_set_by_a_link_that_works_once(kith):
    admin, other = begin_of_two(kith)
    _, theirs = member(admin, "lisi")
    first = link_on(do(admin, "/accounts", "reset", 200, id=theirs), "reset")
    path = link_on(do(admin, "/accounts", "reset", 200, id=theirs), "reset")
    visitor = Browser("en")
    assert visitor.get(kith.url + first)[0] == 410  # the later one counts
    assert "lisi" in visitor.get(kith.url + path)[1]
    assert visitor.post(kith.url + path, {"password": "short", "again": "short"})[0] == 422
    assert visitor.post(kith.url + path, {"password": "new password", "again": "other"})[0] == 422
    assert visitor.post(kith.url + path, {"password": "new password", "again": "new password"})[0] == 303
    assert visitor.post(kith.url + path, {"password": "evil password", "again": "evil password"})[0] == 410
    assert visitor.get(kith.url + path)[0] == 410
    assert other.get(f"{kith.url}/account")[0] == 303  # its sessions are over
    assert Browser().post(f"{kith.url}/login", {"login": "lisi", "password": PASSWORD})[0] == 403
    assert Browser().post(f"{kith.url}/login", {"login": "lisi", "password": "new password"})[0] == 303


def test_a_thousand_accounts_are_paged(kith):
    admin = begin(kith)
    with sqlite3.connect(kith.data / "kith.db", timeout=PATIENCE_S) as db:
        db.executemany("INSERT INTO account VALUES (?, ?, ?, 'en', 'CN', 'fill', 1, 0, 0)",
                       [(n, f"user{n:04}", "Somebody with a rather long name " + "名" * 20) for n in range(1, 1001)])
        db.executemany("INSERT INTO deed VALUES (?, ?, 0, 'login', ?, '203.0.113.x', 0, ?, 1)",
                       [(n, n, "Firefox, Linux " + "x" * 100, n) for n in range(1, 1001)])
    db.close()
    seen, at = [], "/admin/accounts"
    while at:
        page = admin.see(at)
        assert len(page.encode()) <= PAGE_MAX_BYTES
        seen += re.findall(r"<small>(\w+) ·", page)
        more = re.search(r'href="(/admin/accounts\?behind=[^"]+)"', page)
        at = more and html.unescape(more[1])
    assert seen == sorted(["zhangsan"] + [f"user{n:04}" for n in range(1, 1001)])
    rows, at = 0, "/admin/log"
    while at:
        page = admin.see(at)
        assert len(page.encode()) <= PAGE_MAX_BYTES
        rows += page.count('<li class="row">')
        more = re.search(r'href="(/admin/log\?at=[^"]+)"', page)
        at = more and html.unescape(more[1])
    assert rows >= 1000


# --- invitations ---

def test_an_invitation_makes_one_account(kith):
    admin = begin(kith)
    page = do(admin, "/invitations", "make", 200, note="王小明")
    path = link_on(page, "invite")
    assert "王小明" in admin.see("/admin/invitations")
    guest = Browser("zh")
    assert "收到了邀请" in words(guest.get(kith.url + path)[1])
    status, page = guest.post(kith.url + path, NEWCOMER | {"login": "zhangsan"})
    assert status == 422 and "已被使用" in words(page)
    assert guest.post(kith.url + path, NEWCOMER)[0] == 303
    assert guest.get(f"{kith.url}/")[0] == 200 and guest.get(f"{kith.url}/admin")[0] == 404
    assert guest.post(kith.url + path, NEWCOMER)[0] == 303  # sent twice
    stranger = Browser("en")
    assert stranger.get(kith.url + path)[0] == 410
    status, page = stranger.post(kith.url + path, NEWCOMER | {"login": "eve"})
    assert status == 410 and "has been used" in words(page)
    assert {u["login"] for u in kith.json("user", "list", *kith.place)} == {"zhangsan", "wang"}
    assert "王小明" not in admin.see("/admin/invitations")
    kept = kith.data / "kith.db"
    assert path.rsplit("/", 1)[1].encode() not in kept.read_bytes() + (kith.data / "kith.db-wal").read_bytes()


def test_an_invitation_is_withdrawn_and_ends_by_itself(kith):
    admin = begin(kith)
    path = link_on(do(admin, "/invitations", "make", 200, note="one"), "invite")
    late = link_on(do(admin, "/invitations", "make", 200, note="two"), "invite")
    ids = re.findall(r'name="id" value="([^"]+)"', admin.see("/admin/invitations"))
    row = next(r for r in admin.page.split('<li class="row">') if "<b>one</b>" in r)
    one = html.unescape(re.search(r'name="id" value="([^"]+)"', row)[1])
    assert len(ids) == 2 and Browser().get(f"{kith.url}/invite/{one}")[0] == 410  # the id opens nothing
    do(admin, "/invitations", "withdraw", id=one)
    do(admin, "/invitations", "withdraw", id=one)
    assert Browser().post(kith.url + path, NEWCOMER)[0] == 410
    with sqlite3.connect(kith.data / "kith.db", timeout=PATIENCE_S) as db:
        until = db.execute("SELECT max(expires_ms) FROM ticket WHERE kind = 'invite'").fetchone()[0]
        assert abs(until / 1000 - time.time() - 7 * 86400) < 3600
        db.execute("UPDATE ticket SET expires_ms = 1 WHERE kind = 'invite'")
    db.close()
    assert Browser().get(kith.url + late)[0] == 410 and Browser().post(kith.url + late, NEWCOMER)[0] == 410
    do(admin, "/invitations", "make", 422, note="x" * 101)


# --- gateways, the outbox ---

def await_letter(admin, *wanted):
    """Looks again until the letter's state is one of these."""
    end = time.time() + PATIENCE_S
    while time.time() < end:
        page = admin.see(admin.at)
        state = words(re.search(r'role="status">.*?<span class="tag">(.*?)</span>', page, re.S)[1])
        if state in wanted:
            return words(re.search(r'role="status">(.*?)</div>\s*<', page, re.S)[1])
        time.sleep(0.2)
    raise AssertionError(state)


def press_test(admin, way, to):
    do(admin, "/gateways", "test", way=way, to=to)
    admin.at = admin.fields["location"]


def test_a_test_goes_through_the_gateway_of_sms(kith, sms):
    kith.write_conf(f"[kannel]\nurl = {sms.sendsms}\nusername = kith\npassword = sekret\nfrom = +8610690000\n")
    admin, other = begin_of_two(kith)
    sms.start(f"{kith.url}/gate/sms/kannel/{kith.json('check', *kith.place)['gate_secret']}")
    page = admin.see("/admin/gateways")
    assert 'id="to-sms"' in page and 'id="to-email"' not in page
    admin.language = "zh"
    press_test(admin, "sms", "139 1111 2222")
    admin.language = "en"
    told = await_letter(admin, "taken by the gateway", "delivered")
    assert "+86" in told and "13911112222" not in admin.page
    assert "测试消息" in sms.wait_for("+8613911112222", 1)[0]
    assert other.get(kith.url + admin.at)[0] == 404
    assert "+86…22" in words(admin.see("/admin/log")) and "13911112222" not in admin.page
    for to, sentence in (("nonsense", "no such number"), ("110", "no such number|Nothing can be sent")):
        assert re.search(sentence, words(do(admin, "/gateways", "test", 422, way="sms", to=to)))
    assert "Nothing can be sent" in words(do(admin, "/gateways", "test", 422, way="email", to="a@example.com"))
    do(admin, "/gateways", "test", 422, way="pigeon", to="home")
    for _ in range(4):
        press_test(admin, "sms", "139 1111 2222")
    assert "Enough tests" in words(do(admin, "/gateways", "test", 429, way="sms", to="13911112222"))
    sms.say("+8613733334444", "TD")
    sms.wait_for("+8613733334444", 1)
    assert "does not want" in words(do(admin, "/gateways", "test", 422, way="sms", to="13733334444"))


@pytest.mark.skipif(not is_installed(), reason="no mail server")
def test_a_test_goes_through_the_mail_server(kith, mail):
    kith.write_conf(f"[smtp]\nurl = smtp://127.0.0.1:{mail.port}\nfrom = ask@kith.test\ntls = no\n")
    admin = begin(kith)
    press_test(admin, "email", "lisi@example.com")
    await_letter(admin, "taken by the gateway", "delivered")
    assert "lisi@example.com" not in admin.page
    assert "test message" in str(mail.wait_for_mail()[0]).lower()


def test_the_outbox_tells_what_failed_and_why_and_no_more(kith):
    kith.write_conf(f"[smtp]\nurl = smtp://127.0.0.1:{free_port()}\nfrom = ask@kith.test\n")
    admin = begin(kith)
    press_test(admin, "email", "somebody@example.org")
    end = time.time() + PATIENCE_S
    while "Tried again later" not in admin.see("/admin/outbox") and time.time() < end:
        time.sleep(0.2)
    page = words(admin.page)
    assert "Messages waiting 1" in page and "Tried before 1" in page and "s…@example.org" in page
    assert "somebody" not in admin.page and "test message" not in admin.page.lower()
    with sqlite3.connect(kith.data / "kith.db", timeout=PATIENCE_S) as db:
        row = list(db.execute("SELECT * FROM letter").fetchone())
        names = [c[1] for c in db.execute("PRAGMA table_info(letter)")]
        about = dict(zip(names, row)) | {"state": "failed", "trouble": "550 <somebody@example.org> unknown", "body": "SECRET" * 9}
        for n in range(1, 200):
            about["id"] = n
            db.execute(f"INSERT INTO letter ({','.join(names)}) VALUES ({','.join('?' * len(names))})", [about[k] for k in names])
    db.close()
    page = admin.see("/admin/outbox")
    assert "Failed messages 199" in words(page) and page.count("550 ") == 50
    assert "somebody" not in page and "SECRET" not in page and len(page.encode()) <= PAGE_MAX_BYTES


def test_what_has_no_gateway_is_in_the_tray(kith):
    admin = begin(kith)
    press_test(admin, "sms", "13911112222")
    assert "in the tray" in await_letter(admin, "in the tray")
    assert Browser("en").get(f"{kith.url}/tray")[1].count("test message") == 1


def test_the_house_is_told(kith):
    admin = begin(kith, "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:A\r\nEND:VCARD\r\n")
    end = time.time() + PATIENCE_S
    page = words(admin.see("/admin"))
    assert "Contacts 1" in page and "Accounts 1" in page and "Store last checked not known" in page
    while not re.search(r"Courier last at work \d.*just now", page) and time.time() < end:
        time.sleep(0.2)
        page = words(admin.see("/admin"))
    assert re.search(r"Courier last at work \d.*just now", page)
    assert re.search(r"Store \d+\.\d kB|MB", page) and re.search(r"Free on the disk [\d.]+ [MGT]B", page)
    kith.run("check", *kith.place)
    assert re.search(r"Store last checked \d.*? · just now", words(admin.see("/admin")))


# --- the log ---

def test_the_log_tells_who_did_what_from_where(kith):
    admin, other = begin_of_two(kith)
    app_password(other, label="Lis Telefon")
    other.see("/setup")
    other.send("/setup", {"do": "withdraw", "id": re.search(r'name="id" value="(\d+)"', other.page)[1]})
    for _ in range(3):
        Browser().post(f"{kith.url}/login", {"login": "lisi", "password": "wrong"})
    Browser().post(f"{kith.url}/login", {"login": "nobody-here", "password": "wrong"})
    _, theirs = member(admin, "lisi")
    do(admin, "/accounts", "reset", 200, id=theirs)
    do(admin, "/invitations", "make", 200, note="王小明")
    page = words(admin.see("/admin/log"))
    for sentence in ("Password for a device made · Lis Telefon lisi", "Password of a device withdrawn · Lis Telefon",
                     "Sign-in failed lisi", "3 times", "Link for a new password made lisi", "by zhangsan",
                     "Invitation made · 王小明", "Account made · lisi", "by the operator", "127.0.0.x"):
        assert sentence in page, (sentence, page)
    assert "nobody-here" not in admin.page and "127.0.0.1" not in admin.page
    own = words(other.see("/log"))
    for sentence in ("Password for a device made · Lis Telefon", "Sign-in failed", "3 times",
                     "Link for a new password made", "by zhangsan", "Signed in"):
        assert sentence in own
    assert "Invitation" not in own and "zhangsan" not in own.replace("by zhangsan", "")
    assert "withdrawn" not in words(admin.see("/log"))
    assert other.get(f"{kith.url}/log?at=x")[0] == 400


def test_what_an_account_leaves_behind_in_the_log(kith):
    admin, other = begin_of_two(kith)
    app_password(other, label="canary-label")
    other.see("/data")
    other.send("/data", {"typed": "lisi", "password": PASSWORD}, status=200)
    page = words(admin.see("/admin/log"))
    assert "Account removed · l…" in page and "by an account that is gone" in page
    assert "canary-label" not in page


def test_the_log_is_kept_for_400_days(kith):
    admin = begin(kith)
    day = 86400_000
    now = int(time.time() * 1000)
    with sqlite3.connect(kith.data / "kith.db", timeout=PATIENCE_S) as db:
        db.execute("INSERT INTO deed VALUES (1, 0, 0, 'invite-made', 'too-old', '', 0, ?, 1)", [now - 401 * day])
        db.execute("INSERT INTO deed VALUES (2, 0, 0, 'invite-made', 'old-enough', '', 0, ?, 1)", [now - 399 * day])
    db.close()
    do(admin, "/invitations", "make", 200, note="now")
    page = admin.see("/admin/log")
    assert "too-old" not in page and "old-enough" in page


# --- the doctor ---

def test_the_doctor_tells_what_is_wrong(kith):
    owner = begin(kith)
    assert "No device has been heard of" in words(owner.see("/doctor"))
    password = app_password(owner)
    assert "never been used" in words(owner.see("/doctor"))
    assert dav(kith, headers=basic("wrong"), agent="Phone/2") == 401
    assert dav(kith, headers=basic(password, "zhangsanfeng"), agent="Phone/3") == 401
    assert dav(kith, path="/carddav/nowhere", agent="Phone/4") in (404, 405)
    assert dav(kith, path="/.well-known/carddav", agent="Phone/5") in (301, 302, 308)
    assert dav(kith, agent="Phone/6") == 401
    with socket.create_connection(urllib.parse.urlsplit(kith.url).netloc.split(":"), PATIENCE_S) as plain:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            ssl.create_default_context().wrap_socket(plain, server_hostname="localhost")
    page = words(owner.see("/doctor"))
    for sentence in ("Your login came with a wrong password", "withdrawn", "A login was sent that this server does not know",
                     "Type zhangsan as the user name", "It looked for an address book at /carddav",
                     f"Type {kith.url} as the server", "It found this server", "It spoke https to a port",
                     "asked once without a password",
                     "Phone/2", "Phone/4", "PROPFIND the account → 401"):
        assert sentence in page, (sentence, page)
    assert "zhangsanfeng" not in page and "nowhere" not in page
    # Let in: what was wrong before is settled, and nobody waits any more.
    assert dav(kith, headers=basic(password), agent="Phone/2") == 207
    page = words(owner.see("/doctor"))
    assert "never been used" not in page and "phone last seen: just now All is well." in page
    assert "PROPFIND the account → 207" in page


def test_the_doctor_knows_conflicts_and_what_is_gone(kith):
    owner = begin(kith, "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:A\r\nEND:VCARD\r\n")
    password = app_password(owner)
    known = basic(password)
    with sqlite3.connect(kith.data / "kith.db", timeout=PATIENCE_S) as db:
        account = db.execute("SELECT id FROM account").fetchone()[0]
    db.close()
    book = f"/dav/b/{account:x}/contacts/"
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:b\r\nFN:B\r\nEND:VCARD\r\n"
    vcard = known | {"Content-Type": "text/vcard"}
    assert dav(kith, "PUT", book + "b.vcf", vcard, card) == 201
    assert dav(kith, "PUT", book + "b.vcf", vcard | {"If-Match": '"other"'}, card.replace("FN:B", "FN:C")) == 412
    assert dav(kith, "GET", book + "gone.vcf", known, None) == 404
    assert dav(kith, "PUT", book + "c.vcf", vcard, "no card at all") in (400, 403, 415)
    page = words(owner.see("/doctor"))
    assert "What the device sent was not lost" in page and "history" in page
    assert "PUT a contact → 412" in page and "GET a contact → 404" in page
    assert "nothing of yours" not in page  # a contact that is gone is no wrong address
    assert dav(kith, "PROPFIND", "/dav/elsewhere/", known) == 404
    assert "It asked at an address where there is nothing of yours" in words(owner.see("/doctor"))


def test_the_doctor_knows_codes_and_silence_and_clear_text(kith):
    kith.write_conf("[server]\nurl = https://kith.example\n")
    owner = begin(kith)
    password = app_password(owner, label="Tablet")
    assert dav(kith, headers=basic(password)) == 207
    page = words(owner.see("/doctor"))
    assert "travelled without encryption" in page and "https://kith.example" in page
    kith.stop()
    long_ago = int(time.time() * 1000) - 9 * 86400_000 - 3600_000
    with sqlite3.connect(kith.data / "kith.db", timeout=PATIENCE_S) as db:
        db.execute("UPDATE credential SET seen_ms = ? WHERE kind = 2", [long_ago])
        db.execute("INSERT INTO totp SELECT id, 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 0, 1 FROM account")
    db.close()
    kith.start()
    page = words(owner.see("/doctor"))
    assert "Not heard of for 9 days" in page
    assert dav(kith, headers=basic(PASSWORD)) == 401
    assert "your account asks for a code" in words(owner.see("/doctor"))


def test_the_doctor_shows_nobody_elses_devices(kith):
    admin, other = begin_of_two(kith)
    password = app_password(other, label="canary")
    dav(kith, headers=basic(password, "lisi"), agent="Canary/1")
    dav(kith, headers=basic("wrong", "lisi"), agent="Canary/2")
    assert "Canary" not in admin.see("/doctor") and "canary" not in admin.page
    assert "Canary/1" in other.see("/doctor") and "Canary/2" in other.page
    assert Browser().get(f"{kith.url}/doctor")[0] == 303


def test_polling_does_not_push_out_what_went_wrong(kith):
    owner = begin(kith)
    known = basic(app_password(owner))
    dav(kith, headers=basic("wrong"), agent="Old/1")
    for n in range(300):
        dav(kith, headers=known, agent="Poller/1")
    for n in range(80):
        dav(kith, headers=known, agent=f"Many/{n}")
    page = owner.see("/doctor")
    assert len(page.encode()) <= PAGE_MAX_BYTES and page.count("<section") <= 3
    assert "Many/79" in page and "Many/10" not in page

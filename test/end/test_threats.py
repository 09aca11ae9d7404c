"""The table of threats, row by row: what the server itself has to see to. Rows that want a
clock are in src/ask/test_threats.c; docs/requirements.md lists both."""
import base64
import concurrent.futures
import csv
import html
import http.server
import io
import json
import re
import socket
import sqlite3
import statistics
import struct
import subprocess
import threading
import time
import urllib.parse
import zlib

import pytest

from example import ANSWER, LI_PHONE, ONLY_A_NUMBER, PRIVATE, ZHANG_PHONE, fill_in, png
from kith import KITH, PASSWORD, Browser, unfolded, words

EVIL = '"><script>alert(1)</script>'
WANG = ONLY_A_NUMBER.replace("lisi-1", "wang-1").replace("李;四", "王;五").replace("李四", "王五").replace(
    "18988888888", "13911112222")
LOOSE = "[ask]\nper_day = 0\nper_day_at_first = 0\nagain_after = 0\nper_target_week = 0\nper_target_quarter = 0\nsms_per_prefix = 0\n"
MAIL = "[mail]\naddress = ask@kith.test\ntrusted = mail.test\n"
GATE = "[gates]\nsecret = gatesecret\n"
PROVEN = "mail.test; dmarc=pass header.from=example.com"


def begin(kith, *cards, conf=LOOSE, name="张三"):
    """张三 with his book; notices lie in the tray."""
    if conf:
        kith.write_conf(conf)
    kith.start()
    kith.add_user("zhangsan", name=name, phone=ZHANG_PHONE, email="zhangsan@example.com")
    kith.import_cards("zhangsan", *(cards or (ONLY_A_NUMBER,)))
    kith.login("zhangsan")


def link_to(kith, whom="18988888888", *more):
    return kith.json("ask", whom, "--by", "self", *more)["link"]


def tray(kith):
    """[(to, text)] of what would have gone out, newest first."""
    page = Browser().get(f"{kith.url}/tray")[1]
    return [(re.search(r"→ (\S+)", sheet)[1], words(sheet.split('class="msg"', 1)[1].split(">", 1)[1]))
            for sheet in page.split('<div class="sheet">')[1:]]


def wait_tray(kith, count, seconds=10):
    for _ in range(seconds * 20):
        if len(tray(kith)) >= count:
            return tray(kith)
        time.sleep(0.05)
    raise AssertionError(f"only {tray(kith)}")


def settled_tray(kith):
    """What lies there when the courier, who looks five times a second, has had time."""
    time.sleep(1)
    return tray(kith)


def answer(kith, link, *ops, status=200, note=""):
    token = link.rsplit("/", 1)[1]
    got, text = Browser().request("POST", f"{kith.url}/api/v1/answers/{token}",
                                  json.dumps({"ops": list(ops), "note": note}).encode(),
                                  {"Content-Type": "application/json"})
    assert got == status, text
    return json.loads(text)


def insert(field, value):
    return {"op": "insert", "field": field, "value": value}


def change(kith, link, field, value):
    token = link.rsplit("/", 1)[1]
    offers = json.loads(Browser().request("POST", f"{kith.url}/api/v1/answers/{token}/open")[1])["items"]
    item = next(offer["item"] for offer in offers if offer["field"] == field)
    return {"op": "change", "item": item, "value": value}


def sms_from(kith, sender, text):
    status, _ = Browser().post(f"{kith.url}/gate/sms/http/gatesecret", {"from": sender, "text": text})
    assert status == 200


def mail_in(kith, *lines, body=""):
    """One mail, piped in as the mail server does."""
    raw = "\r\n".join(["Message-ID: <%d@example.com>" % time.monotonic_ns(), *lines, "", body])
    done = subprocess.run([KITH, "deliver", *kith.place], input=raw.encode(), env=kith.env, capture_output=True,
                          timeout=60)
    assert done.returncode == 0, done.stderr


def properties(card):
    return {re.split("[:;]", line)[0] for line in re.split("\r?\n", unfolded(card)) if line}


class Owner(Browser):
    """张三 in his browser."""

    def __init__(self, kith):
        super().__init__("en")
        assert self.post(f"{kith.url}/login", {"login": "zhangsan", "password": PASSWORD})[0] == 303


def test_row_01_tokens_cannot_be_guessed(kith):
    """20 letters of 120 random bits; never was, revoked and run out are one answer; the store
    knows digests only. (One letter off: ask/test_threats.)"""
    begin(kith)
    links = [link_to(kith) for _ in range(4)]
    tokens = [link.rsplit("/", 1)[1] for link in links]
    assert len(set(tokens)) == 4 and all(re.fullmatch(r"[\w-]{20}", token) for token in tokens)
    assert not set.intersection(*[set(enumerate(token)) for token in tokens])
    kith.run("revoke", kith.json("asks")["asks"][-1]["ask"])  # the first
    with sqlite3.connect(kith.data / "kith.db") as db:
        second = sorted(a["ask"] for a in kith.json("asks")["asks"] if a["state"] != "revoked")
        late = [a["ask"] for a in kith.json("asks")["asks"]][-2]
        assert late in second
        db.execute("UPDATE ask SET expires_ms = 1 WHERE id = ?", (late,))
    db.close()

    def seen(token, step):
        browser = Browser()
        url = f"{kith.url}/a/{urllib.parse.quote(token)}"
        answered = browser.post(url, {"step": step}) if step else browser.get(url)
        return answered, {k: v for k, v in browser.fields.items() if k != "date"}

    for step in ("", "open", "check", "send", "decline"):
        never = seen("A" * 20, step)
        assert never[0][0] == 410
        assert seen(tokens[0], step) == never, step
        assert seen(tokens[1], step) == never, step
        for odd in ("x", "A" * 19, "A" * 21, "A" * 5000, "%00", "..", tokens[2].swapcase(), tokens[2] + "/x"):
            assert seen(odd, step) == never, (step, odd)
    assert seen(tokens[2], "")[0][0] == 200
    stored = b"".join(p.read_bytes() for p in kith.data.glob("kith.db*"))
    assert "李四".encode() in stored and not any(token.encode() in stored for token in tokens)


def test_row_02_the_entrys_own_address_is_no_key(kith):
    """The capability is one per ask; the entry's own URL needs its owner."""
    begin(kith, ONLY_A_NUMBER, WANG)
    one, two = link_to(kith), link_to(kith)
    for path in ("/card/contacts/lisi-1.vcf", "/"):
        assert Browser().get(kith.url + path)[0] == 303
    for path in ("/dav/b/zhangsan/contacts/lisi-1.vcf", "/api/v1/find?q=18988888888"):
        assert Browser().get(kith.url + path)[0] == 401
    kith.run("revoke", kith.json("asks")["asks"][-1]["ask"])
    assert (Browser().get(one)[0], Browser().get(two)[0]) == (410, 200)
    page = Browser().post(two, {"step": "open"})[1]
    assert "8888" in page and "2222" not in page


def test_row_03_scanners_change_nothing(kith):
    begin(kith)
    asked = kith.json("ask", "18988888888", "--by", "self")
    before = kith.export("zhangsan"), kith.json("asks", asked["ask"])
    for query in ("", "?step=open", "?step=send", "?step=block-all", "?List-Unsubscribe=One-Click"):
        for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PROPFIND"):
            browser = Browser()
            status, page = browser.request(method, asked["link"] + query)
            assert method != "HEAD" or (status, page) == (200, "")
            assert "8888" not in page and not any(secret in page for secret in PRIVATE)
    assert (kith.export("zhangsan"), kith.json("asks", asked["ask"])) == before
    assert Browser().get(asked["link"])[0] == 200


def test_row_04_nothing_leaks_by_the_way(kith):
    """Referrer, caches, crawlers, frames, other sites; and the log of requests."""
    begin(kith, conf=LOOSE + "[server]\naccess_log = yes\n")
    link = link_to(kith)
    visits = [("GET", None), ("POST", {"step": "open"}), ("POST", {"step": "check", "qq": "x" * 5}),
              ("POST", {"step": "nonsense"}), ("POST", {"step": "decline"}), ("GET", None)]
    for method, fields in visits:
        browser = Browser()
        _, page = browser.post(link, fields) if fields else browser.get(link)
        assert browser.fields["referrer-policy"] == "no-referrer"
        assert browser.fields["cache-control"] == "no-store"
        assert "noindex" in browser.fields["x-robots-tag"]
        assert browser.fields["x-content-type-options"] == "nosniff"
        policy = browser.fields["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy
        # One small file of ours cuts a picture, where one is asked for; it may fetch nothing.
        assert policy.count("script") == ("; script-src 'self'" in policy) == ("data-crop" in page)
        assert "unsafe" not in policy and "connect" not in policy
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//(?!127\.0\.0\.1)', page)
        assert "set-cookie" not in browser.fields
    assert "Disallow: /\n" in Browser().get(f"{kith.url}/robots.txt")[1]
    log = kith.errors()
    assert "GET /#" in log and link.rsplit("/", 1)[1] not in log


def test_row_05_whoever_holds_the_number_now_learns_nothing(kith):
    """Masked unless the owner says otherwise; the name and the notes never at all. (Old values
    are masked whatever he says: ask/test_threats.)"""
    begin(kith, ONLY_A_NUMBER.replace("NOTE:", "EMAIL:lisi.private@example.com\r\nIMPP:qq:987654321\r\nNOTE:"))
    link = link_to(kith)
    pages = [Browser().get(link)[1], Browser().post(link, {"step": "open"})[1],
             Browser().post_form(link, {"step": "check", "org": "x"})[1]]
    for page in pages:
        for secret in ("1898888", "lisi.private", "987654321", "李四", *PRIVATE):
            assert secret not in page
    assert "•••• 8888" in pages[1] and "l***@e**.com" in pages[1]
    opened = Browser().post(link_to(kith, "18988888888", "--open"), {"step": "open"})[1]
    assert "18988888888" in opened and "李四" not in opened and not any(secret in opened for secret in PRIVATE)


def test_row_06_nobody_learns_who_has_an_account(kith):
    """One with an account, one without, one who shut the door: the owner cannot tell."""
    begin(kith, ONLY_A_NUMBER, WANG, WANG.replace("wang-1", "zhao-1").replace("13911112222", "13911113333"),
          conf=LOOSE + GATE)
    kith.add_user("lisi", name="李四", phone=LI_PHONE)
    sms_from(kith, "+8613911113333", "TD")
    wait_tray(kith, 1)
    told, took = {}, {}
    for number in ("18988888888", "13911112222", "13911113333"):
        took[number] = []
        for _ in range(7):
            start = time.monotonic()
            one = kith.json("ask", number, "--by", "sms", "--kind", "link")
            took[number].append(time.monotonic() - start)
        told[number] = {k: v for k, v in one.items() if k not in ("ask", "to", "name")}
        told[number]["text"] = one["text"]
    for number, one in told.items():
        assert one == told["13911112222"], number
    middle = {number: statistics.median(times) for number, times in took.items()}
    assert max(middle.values()) < 3 * min(middle.values()) + 0.05, middle
    for _ in range(100):
        states = {a["state"] for a in kith.json("asks")["asks"]}
        if states == {"sent"}:
            break
        time.sleep(0.1)
    assert states == {"sent"}  # the blocked ones, too
    assert not any(to == "+8613911113333" and "/a/" in text for to, text in tray(kith))
    # At the doors: an account that is there and one that is not.
    wrong = [Browser().post(f"{kith.url}/login", {"login": login, "password": "wrong"}) for login in ("lisi", "nobody")]
    assert wrong[0][0] == wrong[1][0] == 403 and wrong[0][1].replace("lisi", "nobody") == wrong[1][1]
    basic = [Browser().request("GET", f"{kith.url}/api/v1/me", None, {
        "Authorization": "Basic " + base64.b64encode(f"{login}:wrong".encode()).decode()}) for login in ("lisi", "nobody")]
    assert basic[0] == basic[1] and basic[0][0] == 401
    assert "李四" not in kith.run("find", "13911114444", status=1)


def test_row_07_many_owners_cannot_harass_one(kith):
    """Over all owners two notices a week; the same owner asks once; a block ends it for all
    and outlives the account of him who was blocked."""
    begin(kith, conf=GATE)
    for login in ("a", "b", "c"):
        kith.add_user(login, name=f"Owner {login}", phone=f"+861380000001{ord(login) - 97}")
        kith.import_cards(login, ONLY_A_NUMBER)
        kith.login(login)
        assert kith.json("ask", "18988888888", "--by", "sms")["state"] == "queued"
        assert "not long ago" in kith.run("ask", "18988888888", "--by", "sms", status=1)
    assert len([to for to, _ in settled_tray(kith) if to == LI_PHONE]) == 2
    assert kith.json("asks")["asks"][0]["state"] == "sent"  # the third owner cannot tell

    kith.import_cards("zhangsan", WANG)
    kith.login("zhangsan")
    kith.json("ask", "13911112222", "--by", "sms")
    first = next(text for to, text in wait_tray(kith, 3) if to == "+8613911112222")
    Browser().post(re.search(r"http://\S+?/a/[\w-]{20}", first)[0], {"step": "block-all"})
    assert "last administrator" in kith.run("user", "remove", "zhangsan", *kith.place, status=1)
    kith.run("user", "admin", "a", "on", *kith.place)
    kith.run("user", "remove", "zhangsan", *kith.place)
    kith.import_cards("a", WANG)
    kith.login("a")
    assert kith.json("ask", "13911112222", "--by", "sms")["state"] == "queued"
    assert "+8613911112222" not in [to for to, _ in settled_tray(kith)]  # the first went with its account


def test_row_08_nobody_asks_as_somebody_else(kith):
    """Beside the name he chose stands what is verified; his sentence carries no link, no number
    and no trick of direction."""
    begin(kith, name="你的老板\u202e\u200b")
    link = link_to(kith, "18988888888", "--say",
                   "我换号了１３９１１１１１１１１ 加 evil.example/x 或 http://evil.example\u202e " + "长" * 200)
    page = html.unescape(Browser().get(link)[1])
    assert "你的老板" in page and ZHANG_PHONE in page and "zhangsan@example.com" in page
    said = re.search(r"<blockquote>(.*?)</blockquote>", page, re.S)[1]
    assert "我换号了" in said and len(said) <= 80
    for trick in ("evil", "http", "1391111", "１３９１", "\u202e", "\u200b"):
        assert trick not in page
    assert "+8613911111111" not in page


def test_row_09_a_forged_sender_changes_nothing(kith):
    """A message that merely says who it is from waits for the owner; one from another number is
    no answer at all."""
    begin(kith, ONLY_A_NUMBER.replace("NOTE:", "EMAIL:lisi@example.com\r\nNOTE:"), conf=LOOSE + GATE + MAIL)
    asked = kith.json("ask", "18988888888", "--by", "sms", "--kind", "form", "--for", "org,title")
    wait_tray(kith, 1)
    before = kith.export("zhangsan")
    sms_from(kith, "+8613911111111", "1 假公司 2 假职务")
    sms_from(kith, LI_PHONE, "1 假公司 2 假职务")
    one = kith.json("asks", asked["ask"])
    decided = {item["field"]: item["decision"] for item in one["items"]}
    assert one["evidence"] == 1 and decided == {"org": "waiting", "title": "waiting", "mobile": "verified"}
    assert kith.export("zhangsan") == before
    # By mail: who is said to be forged is not heard, and who is not proven commands nothing.
    mail_in(kith, "From: lisi@example.com", "To: ask@kith.test", "Subject: Re: x",
            "Authentication-Results: mail.test; dmarc=fail header.from=example.com", body="公司：假公司")
    mail_in(kith, "From: zhangsan@example.com", "To: " + kith.json("me")["ask_address"], "Subject: ask lisi@example.com")
    letters = settled_tray(kith)
    assert kith.export("zhangsan") == before and len(kith.json("asks")["asks"]) == 1
    assert [to for to, _ in letters].count("lisi@example.com") == 0
    assert any(to == "zhangsan@example.com" and re.search(r"\b\d{4}\b", text) for to, text in letters)


def test_row_10_hi_mum_this_is_my_new_number(kith):
    """Even in auto, a number somebody is reached by is replaced by the owner's word only."""
    begin(kith)
    link = link_to(kith, "18988888888", "--mode", "auto")
    said = answer(kith, link, change(kith, link, "mobile", "13900000000"), insert("qq", "12345678"))
    assert said["waiting"] == 1 and said["applied"] == 1
    card = kith.export("zhangsan")
    assert "18988888888" in card and "13900000000" not in card and "12345678" in card
    kith.run("accept", kith.json("asks")["asks"][0]["ask"])
    assert "13900000000" in kith.export("zhangsan")
    kith.run("undo", "13900000000")
    assert "18988888888" in kith.export("zhangsan") and "13900000000" not in kith.export("zhangsan")


@pytest.mark.parametrize("number", ["*#06#", "*21*13900000000#", "110,,1#", "tel:+8613900000000;phone-context=x", "p1w2"])
def test_row_11_codes_that_dial_are_no_numbers(kith, number):
    begin(kith)
    answer(kith, link_to(kith), insert("work-tel", number), status=400)
    assert "13900000000" not in kith.export("zhangsan") and "WORK" not in kith.export("zhangsan")


def test_row_11_numbers_that_cost_wait(kith):
    begin(kith)
    said = answer(kith, link_to(kith, "18988888888", "--mode", "auto"), insert("work-tel", "+1 900 555 0123"),
                  insert("home-tel", "+881 612 345 678"))
    assert said["waiting"] == 2 and "900" not in kith.export("zhangsan")


def test_row_12_sms_cannot_be_pumped(kith):
    """Countries, a ceiling for the day, and no door that sends for a stranger."""
    begin(kith, ONLY_A_NUMBER, WANG, WANG.replace("wang-1", "us-1").replace("13911112222", "+14155550123"),
          conf=LOOSE + "sms_countries = CN\nsms_per_day = 1\n" + GATE)
    assert "country" in kith.run("ask", "+14155550123", "--by", "sms", status=1)
    kith.run("ask", "18988888888", "--by", "sms")
    assert "today" in kith.run("ask", "13911112222", "--by", "sms", status=1)
    wait_tray(kith, 1)
    for sender in ("+14155550199", "+8613911119999"):
        for text in ("更新 18988888888", "ASK 13911112222", "帮助", "1234", "hello"):
            sms_from(kith, sender, text)
    assert Browser().post(f"{kith.url}/gate/sms/http/wrong", {"from": ZHANG_PHONE, "text": "帮助"})[0] == 404
    assert len(settled_tray(kith)) == 1


def test_row_13_nothing_becomes_a_header(kith, mail):
    """Names, sentences and subjects with line breaks, through a real mail server."""
    import email
    import email.policy

    kith.write_conf(f"[smtp]\nurl = smtp://127.0.0.1:{mail.port}\nfrom = ask@kith.test\ntls = no\n" + LOOSE + MAIL)
    kith.start()
    evil = "张三\r\nBcc: lisi@example.com\r\n\r\n<b>x</b>"
    done = subprocess.run([KITH, "user", "add", "zhangsan", "--name", evil, "--email", "zhangsan@example.com",
                           *kith.place, "--password-stdin"], input=PASSWORD + "\n", text=True, env=kith.env)
    if done.returncode:  # refused outright is as good
        kith.add_user("zhangsan", name="张三", email="zhangsan@example.com")
    kith.import_cards("zhangsan", "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:l\r\nFN:李四\\nBcc: lisi@example.com\r\n"
                      "EMAIL:lisi@example.com\r\nEND:VCARD\r\n")
    kith.login("zhangsan")
    kith.run("ask", "lisi@example.com", "--say", "你好\r\nBcc: zhangsan@example.com\r\n.\r\nQUIT")
    notice = email.message_from_bytes(mail.wait_for_mail()[0], policy=email.policy.default)
    subject = "=?utf-8?Q?ask_lisi=40example=2Ecom=0D=0ABcc=3A_lisi=40example=2Ecom?="
    mail_in(kith, "From: zhangsan@example.com", "To: ask@kith.test", f"Subject: {subject}")
    reply = email.message_from_bytes(mail.wait_for_mail(box="zhangsan")[0], policy=email.policy.default)
    for message in (notice, reply):
        assert message["Bcc"] is None and message["Cc"] is None
        assert len(message.get_all("Subject")) == len(message.get_all("From")) == len(message.get_all("To")) == 1
    assert "\r" not in notice["From"] and "\n" not in notice["Subject"]
    time.sleep(1)
    assert len(mail.messages()) == 1 and len(mail.messages("zhangsan")) == 1


def test_row_14_no_answer_makes_a_property(kith):
    """Line breaks, folds, separators and whole cards inside a value stay inside it."""
    begin(kith, conf=LOOSE + MAIL)
    link = link_to(kith)
    hostile = "x\r\nNOTE:injected\r\n TEL:1\nEND:VCARD\r\nBEGIN:VCARD;,:\\n\x00\x1b"
    answer(kith, link, insert("org", hostile), insert("work-address", hostile), insert("title", hostile), status=200)
    card = unfolded(kith.export("zhangsan"))
    assert properties(card) == properties(ONLY_A_NUMBER) | {"ORG", "ADR", "TITLE"}
    assert card.count("\nNOTE:") == 1 and card.count("BEGIN:VCARD\n") == 1 and card.count("\nEND:") == 1
    assert "\x00" not in card and "\x1b" not in card
    # A returned card: its other properties, groups and tricks of folding are not ours.
    kith.import_cards("zhangsan", WANG.replace("NOTE:", "EMAIL:wang@example.com\r\nNOTE:"))
    asked = kith.json("ask", "wang@example.com", "--by", "email", "--for", "org,url")
    wait_tray(kith, 1)
    returned = ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Evil\r\nORG:新公司\r\n NOTE:folded\r\nUID:lisi-1\r\nNOTE:theirs\r\n"
                "KEY:data:,x\r\nCATEGORIES:evil\r\nX-ABLabel:evil\r\nURL:javascript:alert(1)\r\nEND:VCARD\r\n")
    mail_in(kith, "From: wang@example.com", "To: ask@kith.test", "Subject: card", "MIME-Version: 1.0",
            "Content-Type: text/vcard; charset=utf-8", f"Authentication-Results: {PROVEN}", body=returned)
    kith.wait_state(asked["ask"], "answered", "partly", "merged")
    if kith.state(asked["ask"]) != "merged":
        kith.run("accept", asked["ask"])
    card = next(c for c in unfolded(kith.export("zhangsan")).split("BEGIN:VCARD") if "wang-1" in c)
    for theirs in ("Evil", "theirs", "KEY", "evil", "javascript"):
        assert theirs not in card
    assert card.count("\nNOTE:") == 1 and "\nORG:新公司" in card


def test_row_15_what_they_say_is_no_markup(kith):
    begin(kith)
    link = link_to(kith)
    status, page = Browser().post_form(link, {"step": "check", "org": EVIL, "title": EVIL, "work-address": EVIL,
                                              "note": EVIL, "wechat": "evil"})
    assert status == 200 and "<script>alert" not in page
    for url in ("javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", " java\tscript:x"):
        assert Browser().post_form(link, {"step": "check", "url": url})[0] == 422, url
    status, page = Browser().post_form(link, {"step": "check"}, {"photo": ("x.svg", "image/svg+xml", (
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>').encode())})
    assert status == 422
    assert Browser().post(link, {"step": "send"})[0] == 200
    owner = Owner(kith)
    pages = ["/", "/asks", "/find?q=script", "/card/contacts/lisi-1.vcf", "/edit/contacts/lisi-1.vcf",
             "/history/contacts/lisi-1.vcf", f"/asks/{kith.json('asks')['asks'][0]['ask']}"]
    card = html.unescape(re.search(r'href="/card/([^"]+)"', owner.get(kith.url + "/")[1])[1])
    for path in pages:
        status, page = owner.get(kith.url + path.replace("contacts/lisi-1.vcf", card))
        assert status == 200, path
        assert "<script>alert" not in page, path
        assert owner.fields["content-security-policy"].startswith("default-src 'none'")
        assert owner.fields["x-content-type-options"] == "nosniff"


def test_row_16_no_picture_is_fetched(kith):
    """A listener waits for the beacon; nothing ever comes, and no such address is kept."""
    visits = []

    class Beacon(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            visits.append(self.path)
            self.send_response(404)
            self.end_headers()

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Beacon) as beacon:
        threading.Thread(target=beacon.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{beacon.server_port}/me.jpg"
        begin(kith, WANG.replace("NOTE:", f"EMAIL:wang@example.com\r\nPHOTO;VALUE=uri:{url}?owner\r\nNOTE:"),
              ONLY_A_NUMBER, conf=LOOSE + MAIL)
        link = link_to(kith, "13911112222")
        pages = Browser().get(link)[1] + Browser().post(link, {"step": "open"})[1]
        assert "beacon" not in pages and url not in pages  # the owner's is not passed on
        answer(kith, link, insert("photo", base64.b64encode(url.encode()).decode()), status=400)
        answer(kith, link, insert("photo", url), status=400)
        asked = kith.json("ask", "wang@example.com", "--by", "email", "--for", "org,photo")
        wait_tray(kith, 1)
        mail_in(kith, "From: wang@example.com", "To: ask@kith.test", "Subject: card", "MIME-Version: 1.0",
                "Content-Type: text/vcard; charset=utf-8", f"Authentication-Results: {PROVEN}",
                body="BEGIN:VCARD\r\nVERSION:3.0\r\nFN:W\r\nORG:新公司\r\n"
                     f"PHOTO;VALUE=uri:{url}?theirs\r\nLOGO;VALUE=uri:{url}?logo\r\nEND:VCARD\r\n")
        kith.wait_state(asked["ask"], "answered", "partly", "merged")
        if kith.state(asked["ask"]) != "merged":
            kith.run("accept", asked["ask"])
        time.sleep(0.5)
        card = unfolded(kith.export("zhangsan"))
        assert "新公司" in card and "?theirs" not in card and "?logo" not in card and "?owner" in card
        beacon.shutdown()
    assert visits == []


def test_row_17_no_cell_is_a_formula(kith):
    begin(kith)
    answer(kith, link_to(kith), insert("org", '=HYPERLINK("http://evil.example")'), insert("title", "@SUM(1)"),
           insert("work-tel", "+86 10 65521234"), insert("work-address", "-1+2"))
    status, table = Owner(kith).get(f"{kith.url}/export/contacts?form=csv")
    cells = [cell for row in csv.reader(io.StringIO(table.removeprefix("\ufeff"))) for cell in row if cell]
    assert status == 200 and any("HYPERLINK" in cell for cell in cells) and any("@SUM" in cell for cell in cells)
    assert not any(cell[0] in "=+-@\t\r" for cell in cells)


def test_row_18_the_log_names_nobody(kith):
    """A whole life of asks, with the log of requests on: no number, address, name, word or token."""
    begin(kith, ONLY_A_NUMBER, WANG.replace("NOTE:", "EMAIL:wang@example.com\r\nNOTE:"),
          conf=LOOSE + GATE + MAIL + "[server]\naccess_log = yes\n")
    kith.add_user("lisi", name="李四", phone=LI_PHONE)
    link = link_to(kith)
    fill_in(Browser(), link)
    sms_from(kith, ZHANG_PHONE, "更新 18988888888")
    code = next(re.search(r"\b(\d{4})\b", text)[1] for to, text in wait_tray(kith, 1) if to == ZHANG_PHONE)
    sms_from(kith, ZHANG_PHONE, code)
    sms_from(kith, "+8613911117777", "TD")
    kith.run("ask", "18988888888", "--by", "sms", "--kind", "form", "--say", "一句话")
    kith.run("ask", "wang@example.com", "--by", "email")
    wait_tray(kith, 4)
    secret = kith.json("me")["ask_address"]
    sms_from(kith, LI_PHONE, "1 示例单位")
    mail_in(kith, "From: wang@example.com", "To: ask@kith.test", "Subject: hello", body="公司：示例单位")
    Browser().post(f"{kith.url}/login", {"login": "zhangsan", "password": "wrong-secret"})
    Browser().get(f"{kith.url}/gate/sms/http/gatesecret?from=%2B8613911117777&text=x")
    Owner(kith).get(f"{kith.url}/find?q=18988888888")
    kith.run("find", "18988888888")
    Browser().post(link_to(kith), {"step": "not-me"})
    tokens = set(re.findall(r"/a/([\w-]{20})", Browser().get(f"{kith.url}/tray")[1])) | {link.rsplit("/", 1)[1]}
    log = kith.errors()
    assert log.count("\n") > 20 and "POST /#" in log
    secrets = [ZHANG_PHONE, LI_PHONE, "18988888888", "13911117777", "wang@example.com", "zhangsan@example.com", "张三", "李四",
               "王五", "zhangsan", "gatesecret", "wrong-secret", PASSWORD, code + " ", "一句话", "示例单位", secret, secret.split("@")[0],
               *PRIVATE, *ANSWER.values(), *tokens]
    for one in secrets:
        for written in (one, urllib.parse.quote(one)):
            assert written not in log, [line for line in log.splitlines() if written in line]


def test_row_18_what_was_not_accepted_goes(kith):
    """30 days after the last decision (ask.keep_refused): refused values and remarks are nowhere
    in the store, the pages say so, and what was accepted can be taken back as before."""
    begin(kith)
    link = link_to(kith)
    answer(kith, link, insert("qq", "12345678"), change(kith, link, "mobile", "13900000000"), note="周末勿扰")
    asked = kith.json("asks")["asks"][0]["ask"]
    kith.run("refuse", asked)
    page = f"/asks/{asked}"
    assert "13900000000" in Owner(kith).get(kith.url + page)[1]
    kith.stop()
    with sqlite3.connect(kith.data / "kith.db") as db:
        db.execute("UPDATE answer SET decided_ms = decided_ms - 31 * 86400000 WHERE decided_ms > 0")
    db.close()
    kith.start()  # and with it its courier, who looks once an hour
    kith.login("zhangsan")
    deadline = time.monotonic() + 60
    while "forgotten" not in (one := kith.json("asks", asked)):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    items = {item["field"]: item for item in one["items"]}
    assert items["mobile"]["forgotten"] and items["mobile"]["after"] == "" and items["mobile"]["decision"] == "refused"
    assert items["qq"]["after"] == "12345678" and "forgotten" not in items["qq"] and "note" not in one
    assert "no longer kept" in kith.run("asks", asked)
    for language, value, rest in (("en", "no longer kept", "only what was accepted"), ("zh", "已不再保留", "只保留被接受的内容")):
        owner = Owner(kith)
        owner.language = language
        text = words(owner.get(kith.url + page)[1])
        assert value in text and rest in text and "13900000000" not in text and "周末勿扰" not in text
    with sqlite3.connect(f"file:{kith.data / 'kith.db'}?mode=ro", uri=True) as db:
        rows = repr(db.execute("SELECT * FROM answer").fetchall())
    db.close()
    assert base64.b64encode(b"13900000000").decode().rstrip("=") not in rows and "周末勿扰" not in rows
    assert "12345678" in kith.export("zhangsan")
    kith.run("undo", "12345678")
    assert "12345678" not in kith.export("zhangsan")


def test_row_19_the_same_answer_twice_is_one(kith):
    begin(kith)
    link = link_to(kith)
    ops = [insert("qq", "12345678"), change(kith, link, "mobile", "13900000000")]
    first, again = answer(kith, link, *ops), answer(kith, link, *ops)
    assert first == again and first["state"] == "partly"
    events = [event["state"] for event in kith.json("asks", kith.json("asks")["asks"][0]["ask"])["events"]]
    assert events.count("partly") == 1
    assert kith.export("zhangsan").count("12345678") == ONLY_A_NUMBER.count("12345678") + kith.export(
        "zhangsan").count("qq:12345678")
    assert unfolded(kith.export("zhangsan")).count("IMPP") == 1
    assert len(kith.json("history", "18988888888")["versions"]) == 1
    browser = Browser()
    other = link_to(kith)
    browser.post_form(other, {"step": "check", "org": "示例"})
    assert browser.post(other, {"step": "send"})[0] == 200
    card = kith.export("zhangsan")
    assert browser.post(other, {"step": "send"})[0] == 200  # pressed twice
    assert kith.export("zhangsan") == card


def test_row_20_two_answers_at_once(kith):
    """Two of the family at the same link, eight times over: one whole answer or the other,
    never half of each, and nobody is told thanks for what was lost."""
    begin(kith, ONLY_A_NUMBER)
    for round in range(8):
        link = link_to(kith)
        both = [[insert("org", f"甲{round}"), insert("title", f"甲{round}")],
                [insert("org", f"乙{round}"), insert("title", f"乙{round}")]]
        before = kith.export("zhangsan")
        with concurrent.futures.ThreadPoolExecutor(2) as two:
            def go(ops):
                token = link.rsplit("/", 1)[1]
                return Browser().request("POST", f"{kith.url}/api/v1/answers/{token}", json.dumps({"ops": ops}).encode(),
                                         {"Content-Type": "application/json"})[0]
            got = list(two.map(go, both))
        items = kith.json("asks", kith.json("asks")["asks"][0]["ask"])["items"]
        assert set(got) <= {200, 410} and 200 in got, got
        whose = {item["after"][0] for item in items}
        assert len(whose) == 1 and len(items) == 2, items
        if got.count(200) == 1:
            assert whose == {"甲乙"[got.index(200)]}
        card = kith.export("zhangsan")
        assert card == before or card.count(f"{whose.pop()}{round}") >= 1
    assert card.count("\nORG:") == 1


def test_row_21_a_forwarded_link(kith):
    """Whom it was sent to stands on the page; "not me" closes it and tells the owner."""
    begin(kith)
    asked = kith.json("ask", "18988888888", "--by", "sms", "--kind", "link")
    link = re.search(r"http://\S+?/a/[\w-]{20}", wait_tray(kith, 1)[0][1])[0]
    page = Browser().get(link)[1]
    assert "这个链接发给 8888" in words(page) and 'value="not-me"' in page
    assert Browser().post(link, {"step": "not-me"})[0] == 200
    assert kith.state(asked["ask"]) == "not_me"
    before = kith.export("zhangsan")
    answer(kith, link, insert("org", "x"), status=410)
    assert Browser().post(link, {"step": "open"})[0] == 410 and kith.export("zhangsan") == before


def test_row_22_only_what_is_in_the_catalogue(kith):
    """The owner makes up no question, and the page has none that is no field."""
    begin(kith)
    for question in ("id-card", "password", "bank", "身份证", "x-secret", "note"):
        assert "no such field" in kith.run("ask", "18988888888", "--by", "self", "--for", question, status=1)
    link = link_to(kith)
    page = Browser().post(link, {"step": "open"})[1]
    names = set(re.findall(r'name="([a-z-]+)(?:-?\d*)"', page)) - {"viewport", "robots", "color-scheme", "referrer"}
    known = {"name", "mobile", "work-tel", "home-tel", "fax", "tel", "email", "work-email", "org", "title", "work-address",
             "home-address", "qq", "wechat", "weibo", "url", "bday", "photo", "note", "step", "photo-drop", "own-card"}
    assert {"qq", "email", "org"} <= names
    assert {name for name in names if not re.match(r"(says?|item|value|radio|i|v|o)-?", name)} <= known, names
    answer(kith, link, insert("id-card", "x"), status=400)
    answer(kith, link, insert("note", "x"), status=400)
    assert "NOTE:只有我知道" in kith.export("zhangsan")


def bomb(side):
    """A picture of 12 KB that says it is `side` pixels wide and high."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(10_000_000), 9)) + chunk(b"IEND", b""))


def photo_of(kith):
    return base64.b64decode(re.search(r"PHOTO[^:]*:(?:data:[^,]*,)?(\S+)", unfolded(kith.export("zhangsan")))[1])


def test_row_23_pictures_that_burst_or_tell(kith):
    """Bombs and large files are refused at once; what is taken has neither place nor time in it."""
    begin(kith)
    link = link_to(kith)
    files = [bomb(60000), bomb(9000), b"\xff\xd8\xff\xe0" + bytes(100), b"GIF89a" + bytes(50), png()[:-20],
             b"\x89PNG\r\n\x1a\n" + bytes(4_000_000)]
    for data in files:
        start = time.monotonic()
        assert Browser().post_form(link, {"step": "check"}, {"photo": ("x.png", "image/png", data)})[0] == 422
        assert time.monotonic() - start < 12
    try:
        huge = Browser().post_form(link, {"step": "check"}, {"photo": ("x.png", "image/png", bytes(20 << 20))})[0]
    except (BrokenPipeError, ConnectionResetError):
        huge = 413  # refused while it was still being sent
    assert huge == 413
    assert Browser().get(link)[0] == 200 and "PHOTO" not in kith.export("zhangsan")

    assert Browser().post_form(link, {"step": "check"}, {"photo": ("x.png", "image/png", png())})[0] == 200
    assert Browser().post(link, {"step": "send"})[0] == 200
    jpeg = photo_of(kith)
    assert jpeg[:2] == b"\xff\xd8" and len(jpeg) <= 100 * 1024
    tells = b"Exif\0\0GPS-CANARY 39.9 116.4"
    told = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(tells) + 2) + tells + jpeg[2:]
    asked = kith.json("ask", "18988888888", "--by", "self")
    answer(kith, asked["link"], insert("photo", base64.b64encode(told).decode()))
    if kith.state(asked["ask"]) != "merged":
        kith.run("accept", asked["ask"])
    assert photo_of(kith)[:2] == b"\xff\xd8" and b"CANARY" not in photo_of(kith) and b"Exif" not in photo_of(kith)


def test_row_24_who_said_what_is_kept_and_secrets_are_not(kith):
    """Every change names its door and its ask; no password, token or code of a device lies in
    the store as it is."""
    begin(kith)
    asked = kith.json("ask", "18988888888", "--by", "self")
    answer(kith, asked["link"], insert("org", "示例公司"))
    said = {one["field"]: one for one in kith.json("said", "18988888888")["values"]}
    assert said["org"]["evidence"] == 2 and said["org"]["ask"] == asked["ask"] and "said" not in said["mobile"]
    assert kith.json("history", "18988888888")["now"]["by"]
    device = kith.run("user", "app-password", "zhangsan", "phone", *kith.place).split()[-1]
    stored = b"".join(p.read_bytes() for p in kith.data.glob("kith.db*"))
    for secret in (PASSWORD, device, asked["link"].rsplit("/", 1)[1]):
        assert secret.encode() not in stored


@pytest.mark.parametrize("mark", ["Auto-Submitted: auto-replied", "Auto-Submitted: auto-generated", "Precedence: bulk",
                                  "Precedence: junk", "List-Id: <a.example.com>", "List-Unsubscribe: <mailto:x@example.com>",
                                  "X-Auto-Response-Suppress: All", "Return-Path: <>"])
def test_row_25_machines_are_not_answered(kith, mark):
    begin(kith, ONLY_A_NUMBER.replace("NOTE:", "EMAIL:lisi@example.com\r\nNOTE:"), conf=LOOSE + MAIL)
    asked = kith.json("ask", "lisi@example.com", "--by", "email", "--for", "org")
    wait_tray(kith, 1)
    for sender, subject in (("lisi@example.com", "Re: away"), ("zhangsan@example.com", "ask lisi@example.com")):
        mail_in(kith, f"From: {sender}", "To: ask@kith.test", f"Subject: {subject}", mark,
                f"Authentication-Results: {PROVEN}", body="公司：示例公司")
    assert len(settled_tray(kith)) == 1 and "示例公司" not in kith.export("zhangsan")
    assert kith.state(asked["ask"]) in ("queued", "sent")


def test_row_25_one_automatic_answer_a_day(kith):
    begin(kith, ONLY_A_NUMBER.replace("NOTE:", "EMAIL:lisi@example.com\r\nNOTE:"), conf=LOOSE + MAIL)
    kith.json("ask", "lisi@example.com", "--by", "email", "--for", "org,title")
    wait_tray(kith, 1)
    for number in range(4):
        mail_in(kith, "From: lisi@example.com", "To: ask@kith.test", "Subject: Re: x", body=f"公司：示例公司{number}")
    assert [to for to, _ in settled_tray(kith)].count("lisi@example.com") <= 2

"""What asking has to stand before anything else is built on it: twelve tests, each short, each
through the real server. Where a unit test goes through every case, it is named here."""
import base64
import concurrent.futures
import email
import email.policy
import json
import random
import re
import shutil
import subprocess
import time

import pytest

from example import LI_PHONE, ONLY_A_NUMBER, PRIVATE, ZHANG_PHONE, fill_in, png
from kith import PASSWORD, Browser, unfolded, words
from test_clients import Device
from test_threats import (GATE, LOOSE, MAIL, WANG, answer, begin, bomb, change, insert, link_to, photo_of, settled_tray,
                          sms_from, tray, wait_tray)

KANNEL = "[kannel]\nurl = {sendsms}\nusername = kith\npassword = sekret\nfrom = +8610690000\n"
SMTP = "[smtp]\nurl = smtp://127.0.0.1:{port}\nfrom = ask@kith.test\ntls = no\n"


def test_acceptance_01_a_hundred_scanners(kith):
    begin(kith)
    asked = kith.json("ask", "18988888888", "--by", "self")
    before = kith.export("zhangsan"), kith.json("asks", asked["ask"])
    for visit in range(100):
        status, page = Browser().request("HEAD" if visit % 2 else "GET", asked["link"])
        assert status == 200 and "8888" not in page and not any(secret in page for secret in PRIVATE)
    assert (kith.export("zhangsan"), kith.json("asks", asked["ask"])) == before


def test_acceptance_02_one_click_needs_no_cookie(kith):
    """RFC 8058: one POST, from a program that has seen nothing of us, and it is over."""
    begin(kith)
    kith.json("ask", "18988888888", "--by", "sms", "--kind", "link")
    link = re.search(r"http://\S+?/a/[\w-]{20}", wait_tray(kith, 1)[0][1])[0]
    browser = Browser()
    status, _ = browser.request("POST", link, b"List-Unsubscribe=One-Click",
                                {"Content-Type": "application/x-www-form-urlencoded"})
    assert status == 200 and browser.cookie is None
    kith.json("ask", "18988888888", "--by", "sms")
    assert len(settled_tray(kith)) == 1


def test_acceptance_03_the_owner_cannot_tell_who_is_there(kith):
    """A user, no user, one who blocked: the same words, and later the same state."""
    begin(kith, ONLY_A_NUMBER, WANG, WANG.replace("wang-1", "zhao-1").replace("13911112222", "13911113333"),
          conf=LOOSE + GATE)
    kith.add_user("lisi", name="李四", phone=LI_PHONE)
    sms_from(kith, "+8613911113333", "退订")
    told = []
    for number in ("18988888888", "13911112222", "13911113333"):
        plain = kith.run("ask", number, "--by", "sms", "--kind", "link")
        told.append(re.sub(r"李四|王五|\+?\d{6,}", "X", plain))
    assert told[0] == told[1] == told[2]
    for asked in kith.json("asks")["asks"]:
        kith.wait_state(asked["ask"], "sent")
        assert [event["state"] for event in kith.json("asks", asked["ask"])["events"]] == ["queued", "sent"]


# --- 04: canaries ---

HIS = ["TEL;TYPE=CELL:{number}", "EMAIL;TYPE=INTERNET:{address}"]  # masked; whole where the owner says so
HIS_TOO = ["ADR;TYPE=WORK:;;masked{c} 1;北京;;;", "IMPP;X-SERVICE-TYPE=QQ:qq:masked{c}",
           "X-SOCIALPROFILE;type=sinaweibo;x-user=masked{c}:http://weibo.com/n/masked{c}"]
CORNERS = ["NOTE:{c}", "NOTE;LANGUAGE=zh:{c}\\, {c}", "CATEGORIES:{c},x", "NICKNAME:{c}", "item1.X-ABLabel:{c}",
           "item2.TEL;TYPE=WORK:010-8765{n}\r\nitem2.X-ABLabel:{c}", "item3.URL:https://public.example/\r\nitem3.X-ABLabel:_$!<{c}>!$_",
           "X-CUSTOM;X-P={c}:{c}", "RELATED;TYPE=spouse:{c}", "GENDER:O;{c}", "KEY:data:,{c}", "X-PHONETIC-FIRST-NAME:{c}",
           "ORG;X-SORT={c}:Example", "TITLE;X-SORT={c}:Boss", "ADR;TYPE=HOME;LABEL={c}:;;1;北京;;;",
           "PHOTO;VALUE=uri:https://{c}.example/p.jpg", "IMPP;X-SERVICE-TYPE={c}:x-apple:{c}",
           "GEO:geo:1.5;{c}", "TZ:{c}", "AGENT:{c}", "X-ABADR:{c}", "REV:{c}", "PRODID:{c}", "SOURCE:https://{c}.example/", "MEMBER:{c}"]


def marked_card(dice, number):
    """A card with a mark in every corner that is the owner's own, some corners left out."""
    canary = "canary" + "".join(dice.choices("bcdfghjk", k=8))
    lines = [f"UID:{canary}", f"FN:{canary} 老板娘", f"N:{canary};{canary};;;"]
    lines += [line.format(number=number, address=f"person{number[-4:]}@example.com") for line in HIS]
    lines += [line.format(c=canary[6:]) for line in HIS_TOO]
    lines += [line.format(c=canary, n="4321") for line in CORNERS if dice.random() < 0.8]
    dice.shuffle(lines)
    return canary, "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])


def everything_he_sees(link):
    """All that the page and the interface ever say to whoever has that link."""
    seen = []

    def page(method, fields=None, form=None, language="zh"):
        browser = Browser(language)
        got = browser.post_form(link, form) if form else browser.post(link, fields) if fields else browser.request(method, link)
        seen.append(got[1] + str(browser.fields))

    for language in ("zh", "en"):
        for method in ("GET", "HEAD", "OPTIONS", "PROPFIND"):
            page(method, language=language)
        page("POST", {"step": "open"}, language=language)
    page("POST", {"step": "nonsense"})
    page("POST", form={"step": "check", "email": "wrong", "note": "hello"})
    page("POST", form={"step": "check", "title": "Chief"})
    api = link.replace("/a/", "/api/v1/answers/")
    for method, where, body in (("GET", "", None), ("POST", "/open", {}), ("POST", "", {"ops": [{"op": "gone", "item": 99}]}),
                                ("POST", "", {"ops": [{"op": "insert", "field": "note", "value": "x"}]})):
        browser = Browser()
        got = browser.request(method, api + where, None if body is None else json.dumps(body).encode(),
                              {"Content-Type": "application/json"})
        seen.append(got[1] + str(browser.fields))
    page("POST", {"step": "send"})
    page("GET")
    page("POST", {"step": "decline"})
    return "\n".join(seen)


def test_acceptance_04_no_private_byte_reaches_the_target(kith, sms, mail):
    """Marks in NOTE, FN, X-ABLabel, CATEGORIES and every other corner of cards made by dice, looked
    for in all that goes out: page, interface, SMS over a real gateway, mail over a real mail server.
    (ask/test_private goes through eighty more cards.)"""
    kith.write_conf(LOOSE + GATE + MAIL + KANNEL.format(sendsms=sms.sendsms) + SMTP.format(port=mail.port))
    kith.start()
    sms.start(f"{kith.url}/gate/sms/kannel/gatesecret")
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.login("zhangsan")
    dice = random.Random(20261123)
    marks = []
    for number in range(4):
        canary, text = marked_card(dice, f"1390000{number:04}")
        kith.import_cards("zhangsan", text)
        marks.append((canary, f"1390000{number:04}"))
    # lisi@ is the one box the mail server has.
    mailed, text = marked_card(dice, "13900009999")
    kith.import_cards("zhangsan", text.replace("person9999@", "lisi@"))
    seen = []
    for canary, number in marks:
        opened = kith.json("ask", number, "--by", "self", "--open")
        for link in (link_to(kith, number), opened["link"]):
            seen.append(everything_he_sees(link) + opened["text"])
        assert "masked" + canary[6:] in seen[-1] and "masked" not in seen[-2]
        assert "public.example" in seen[-1] or "Chief" in seen[-1]
        for kind in ("id", "link", "form"):
            kith.run("ask", number, "--by", "sms", "--kind", kind)
        seen += sms.wait_for(f"+86{number}", 3)
        sms.say(f"+86{number}", "你是谁")
        sms.say(f"+86{number}", "TD")
        seen += sms.wait_for(f"+86{number}", 4)
    for kind in ("id", "link", "form"):
        kith.run("ask", "lisi@example.com", "--by", "email", "--kind", kind)
    for raw in mail.wait_for_mail(3):
        message = email.message_from_bytes(raw, policy=email.policy.default)
        seen.append(raw.decode("utf-8", "replace") + str(message.items()))
        seen += [part.get_content() if isinstance(part.get_content(), str) else part.get_content().decode()
                 for part in message.walk() if not part.is_multipart()]
    assert any("contact.vcf" in one or "BEGIN:VCARD" in one for one in seen)
    for one in seen:
        assert "canary" not in one, one[max(0, one.index("canary") - 300):][:600]
        assert "老板娘" not in one and mailed not in one
        assert "canary".encode().hex() not in one and base64.b64encode(b"canary").decode().rstrip("=") not in one
    assert kith.export("zhangsan").count("canary") > 100  # and they are all still there


# --- 05: the twelve cells ---

URL = "https://old.example/"
OWNERS = {"left it": [f"URL:{URL}"], "changed it": ["URL:https://his.example/"], "removed it": []}
CELLS = {
    ("confirm", "left it"): ("verified", [URL]), ("confirm", "changed it"): ("waiting", ["https://his.example/"]),
    ("confirm", "removed it"): ("waiting", []),
    ("change", "left it"): ("applied", ["https://new.example/"]),
    ("change", "changed it"): ("waiting", ["https://his.example/"]), ("change", "removed it"): ("waiting", []),
    ("gone", "left it"): ("waiting", [URL]), ("gone", "changed it"): ("waiting", ["https://his.example/"]),
    ("gone", "removed it"): ("nothing", []),
    ("insert", "left it"): ("applied", [URL, "https://new.example/"]),
    ("insert", "changed it"): ("applied", ["https://his.example/", "https://new.example/"]),
    ("insert", "removed it"): ("applied", ["https://new.example/"]),
}


@pytest.fixture
def ada(kith):
    kith.write_conf(LOOSE)
    kith.start()
    kith.add_user("ada", name="张三", phone=ZHANG_PHONE)
    kith.login("ada")
    return kith


def card(*lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "UID:u1", "FN:Li", *lines, "END:VCARD", ""]).encode()


def put(device, place, body, status=204, **fields):
    assert device.ask("PUT", place, body, Content_Type="text/vcard", **fields) == status, device.text
    return device.fields.get("ETag")


def test_acceptance_05_all_twelve_cells(ada):
    """What the target says, against what its owner did between snapshot and answer; in auto, by
    a link the owner sent himself. (ask/test_cells has them for every policy.)"""
    device = Device(ada, "curl/8")
    place = device.home() + "contacts/u1.vcf"
    for (op, owner), (decision, urls) in CELLS.items():
        device.ask("DELETE", place)
        put(device, place, card("TEL:18988888888", f"URL:{URL}", "NOTE:a"), 201)
        asked = ada.json("ask", "18988888888", "--by", "self", "--mode", "auto")
        said = insert("url", "https://new.example/") if op == "insert" else change(
            ada, asked["link"], "url", "https://new.example/") | {"op": op}
        device.ask("GET", place)
        put(device, place, card("TEL:18988888888", *OWNERS[owner], "NOTE:b"), If_Match=device.fields["ETag"])
        answer(ada, asked["link"], {k: v for k, v in said.items() if op in ("change", "insert") or k != "value"})
        item = ada.json("asks", asked["ask"])["items"][0]
        got = re.findall(r"\nURL[^:]*:(\S+)", unfolded(ada.export("ada")))
        assert (item["decision"], got) == (decision, urls), (op, owner)
        assert "NOTE:b" in ada.export("ada")


def test_acceptance_06_a_stale_upload_keeps_both_edits(ada):
    """DAVx5 edits what an answer has changed meanwhile: 412, and both are there when it fetches."""
    phone = Device(ada, "DAVx5/4.5.19-ose (dav4jvm; ktor) Android/15")
    place = phone.home() + "contacts/u1.vcf"
    etag = put(phone, place, card("TEL:18988888888", "NOTE:a"), 201)
    answer(ada, link_to(ada), insert("qq", "12345678"))
    put(phone, place, card("TEL:18988888888", "NOTE:on the train"), 412, If_Match=etag)
    assert phone.ask("GET", place) == 200
    assert b"NOTE:on the train" in phone.text and b"12345678" in phone.text and b"NOTE:a\r" not in phone.text


def test_acceptance_07_a_group_and_its_label_survive_a_change(ada):
    device = Device(ada, "curl/8")
    place = device.home() + "contacts/u1.vcf"
    put(device, place, card("item1.TEL;TYPE=CELL;TYPE=PREF;X-MINE=1:18988888888", "item1.X-ABLabel:暗号",
                            "item2.URL:https://b.example/", "item2.X-ABLabel:_$!<HomePage>!$_"), 201)
    asked = ada.json("ask", "18988888888", "--by", "self")
    answer(ada, asked["link"], change(ada, asked["link"], "mobile", "13900000000"))
    ada.run("accept", asked["ask"])
    assert device.ask("GET", place) == 200
    assert device.text == card("item1.TEL;TYPE=CELL;TYPE=PREF;X-MINE=1:13900000000", "item1.X-ABLabel:暗号",
                               "item2.URL:https://b.example/", "item2.X-ABLabel:_$!<HomePage>!$_")


def test_acceptance_08_hostile_inputs(kith):
    """Line breaks, directions, ten megabytes, SVG, places in pictures, codes that dial, scripts."""
    begin(kith)
    link = link_to(kith)
    for field, value in (("work-tel", "tel:*#06#"), ("work-tel", "*#06#"), ("url", "javascript:alert(1)"),
                         ("url", "JAVASCRIPT:alert(1)"), ("email", "a@b.c\r\nBcc: x@y.z"), ("email", "a@b.c,d@e.f"),
                         ("qq", "123<script>"), ("bday", "2000-13-45"), ("org", "x" * 3000), ("org", "x" * (1 << 20))):
        status, page = Browser().post_form(link, {"step": "check", field: value})
        assert status == 422, (field, value)
    for data in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", bomb(60000), b"\xff\xd8\xff<script>"):
        assert Browser().post_form(link, {"step": "check"}, {"photo": ("x.jpg", "image/jpeg", data)})[0] == 422
    try:
        assert Browser().post_form(link, {"step": "check", "org": "x" * (10 << 20)})[0] in (413, 422)
    except (BrokenPipeError, ConnectionResetError):
        pass  # refused while it was still being sent
    answer(kith, link, insert("org", "甲\u202e乙\r\nTEL:999\u200b"), insert("title", "a\u2066b\x07"))
    text = unfolded(kith.export("zhangsan"))
    assert "ORG:甲乙\\nTEL:999\n" in text and "TITLE:ab\n" in text and "\nTEL:999" not in text
    assert text.count("TEL") == 2  # one of them inside the company's name

    other = link_to(kith)
    assert Browser().post_form(other, {"step": "check"}, {"photo": ("me.png", "image/png", png())})[0] == 200
    Browser().post(other, {"step": "send"})
    assert b"Exif" not in photo_of(kith) and photo_of(kith)[:2] == b"\xff\xd8"


def test_acceptance_09_two_answers_at_once(kith):
    begin(kith)
    link = link_to(kith)
    with concurrent.futures.ThreadPoolExecutor(2) as two:
        def go(who):
            return Browser().request("POST", link.replace("/a/", "/api/v1/answers/"), json.dumps(
                {"ops": [insert("org", who), insert("title", who), insert("qq", "12345678")]}).encode(),
                {"Content-Type": "application/json"})[0]
        got = sorted(two.map(go, ["甲", "乙"]))
    text = unfolded(kith.export("zhangsan"))
    assert got[0] == 200 and got[1] in (200, 410)
    assert ("ORG:甲" in text and "TITLE:甲" in text) != ("ORG:乙" in text and "TITLE:乙" in text)
    assert text.count("\nORG:") == text.count("\nTITLE:") == text.count("\nIMPP") == 1


def test_acceptance_10_a_notice_is_one_sms(kith, sms):
    """The notice with a short server name is one SMS of 70; a longer one goes as two of 67 at the
    most, and a real gateway takes it. (The counting itself: courier/test_parts.)"""
    kith.write_conf(LOOSE + GATE + KANNEL.format(sendsms=sms.sendsms) + "[server]\nurl = https://kith.cn\n")
    kith.start()
    sms.start(f"{kith.url}/gate/sms/kannel/gatesecret")
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")
    kith.run("ask", "18988888888", "--by", "sms", "--kind", "link")
    notice = sms.wait_for(LI_PHONE, 1)[0]
    assert notice.startswith("张三请你核对") and notice.endswith("拒收回TD") and len(notice) <= 70
    fields = "mobile,work-tel,home-tel,work-email,work-address,home-address"
    kith.run("ask", "18988888888", "--by", "sms", "--kind", "form", "--for", fields)
    parts = sms.wait_for(LI_PHONE, 2)[1:]
    time.sleep(1)
    parts = sms.received(LI_PHONE)[1:]
    assert len(parts) <= 2 and all(len(part) <= 70 for part in parts), parts


def test_acceptance_11_undo_takes_back_an_answer_and_loses_no_edit(ada):
    """An answer is undone whole; where its owner has edited since, his edit is a version of its own,
    and every one of them can be had again."""
    device = Device(ada, "curl/8")
    place = device.home() + "contacts/u1.vcf"
    before = card("TEL:18988888888", "NOTE:a")
    put(device, place, before, 201)
    answer(ada, link_to(ada), insert("qq", "12345678"))
    device.ask("GET", place)
    answered, etag = device.text, device.fields["ETag"]
    assert b"12345678" in answered
    ada.run("undo", "18988888888")
    assert device.ask("GET", place) == 200 and device.text == before

    ada.run("undo", "18988888888")  # and back
    device.ask("GET", place)
    assert device.text == answered and device.fields["ETag"] == etag
    edited = answered.replace(b"NOTE:a", b"NOTE:edited")
    put(device, place, edited, If_Match=etag)
    told = ada.json("history", "18988888888")["versions"]
    ada.run("undo", "18988888888", told[-1]["rev"])
    device.ask("GET", place)
    assert device.text == before
    ada.run("undo", "18988888888")
    device.ask("GET", place)
    assert device.text == edited


@pytest.mark.skipif(not shutil.which("w3m"), reason="w3m is not installed")
def test_acceptance_12_the_page_works_in_a_browser_of_text(kith):
    """w3m: no script, no style, no pictures; from the link to the thanks."""
    begin(kith)
    link = link_to(kith)
    env = {"PATH": "/usr/bin:/bin", "HOME": str(kith.folder), "LANG": "C.UTF-8", "TERM": "dumb"}

    def w3m(fields=""):
        post = kith.folder / "post"
        post.write_text(fields)
        more = ["-post", str(post)] if fields else []
        done = subprocess.run(["w3m", "-dump", "-O", "UTF-8", "-o", "accept_language=zh", *more, link], env=env, text=True,
                              capture_output=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout

    first = w3m()
    assert "张三" in first and ZHANG_PHONE in first and "继续" in first and "8888" not in first.replace(ZHANG_PHONE, "")
    form = w3m("step=open")
    assert "•••• 8888" in form and "QQ" in form and "没变" in form
    confirm = w3m("step=check&qq=12345678&org=Example")
    assert "12345678" in confirm and "还没有发送" in confirm
    assert "12345678" not in kith.export("zhangsan")
    assert "谢谢" in w3m("step=send") and "12345678" in kith.export("zhangsan")
    for step in ({}, {"step": "open"}):
        browser = Browser()
        page = (browser.post(link_to(kith), step) if step else browser.get(link_to(kith)))[1]
        # The form's own file cuts a picture where there is script; nothing waits for it.
        scripts = re.findall(r"<script.*?>", page)
        assert all(re.fullmatch(r'<script src="/script-[0-9a-f]+\.js" defer>', one) for one in scripts)
        assert len(scripts) == (1 if step else 0) and "onclick" not in page and len(page.encode()) < 20_000

"""The page of somebody asked who has no account: his own card instead of typing, the other
language, what is wrong and where; with w3m too."""
import base64
import html
import re
import shutil
import sqlite3
import struct
import subprocess
import zlib

import pytest

from example import ONLY_A_NUMBER, ZHANG_PHONE
from kith import Browser, words
from test_threats import WANG, begin, link_to

CANARY = '"><script>alert(1)</script>'
OWN = """BEGIN:VCARD
VERSION:{version}
FN:李四
N:李;四;;;
TEL;TYPE=CELL:+8618988888888
TEL;TYPE=CELL:13911112222
EMAIL;TYPE=INTERNET:li@example.com
ORG:示例公司
TITLE:工程师
X-SECRET:nobody-asked
END:VCARD
"""
OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=9D=8E;=E5=9B=9B
TEL;CELL:13911112222
EMAIL;INTERNET:old@example.com
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=A4=BA=E4=BE=8B
END:VCARD
"""
LARGEST = 2 << 20
LANGUAGES = {"zh": ("或者从你自己的名片", "English", "名片里还有"), "en": ("Or take it from your own card", "中文", "From your card, too")}


def vcf(text):
    return {"own-card": ("me.vcf", "text/vcard", text.replace("\n", "\r\n").encode() if isinstance(text, str) else text)}


def check(browser, link, fields=None, card=None, status=200, **files):
    got, page = browser.post_form(link, {"step": "check", **(fields or {})}, {**(vcf(card) if card is not None else {}), **files})
    assert got == status, (got, words(page))
    return page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card, says", [(OWN.format(version="3.0"), ["li@example.com", "示例公司", "工程师", "13911112222"]),
                                        (OWN.format(version="4.0"), ["li@example.com", "示例公司", "工程师", "13911112222"]),
                                        (OLD, ["old@example.com", "示例", "13911112222"])], ids=["3.0", "4.0", "2.1"])
def test_his_own_card_is_read_and_shown_before_it_is_sent(kith, language, card, says):
    begin(kith)
    link, browser = link_to(kith), Browser(language)
    form = browser.post(link, {"step": "open"})[1]
    assert LANGUAGES[language][0] in words(form)
    page = words(check(browser, link, card=card))
    assert all(value in page for value in says), page
    assert "nobody-asked" not in page and "李四" not in page
    assert not any(value in kith.export("zhangsan") for value in says)
    assert browser.post(link, {"step": "send"})[0] == 200
    shown = kith.json("asks", str(kith.json("asks")["asks"][0]["ask"]))
    assert all(any(value in str(item) for item in shown["items"]) for value in says)


def test_what_is_typed_counts_before_the_card(kith):
    begin(kith)
    link, browser = link_to(kith), Browser()
    page = words(check(browser, link, {"org": "新公司"}, OWN.format(version="3.0")))
    assert "新公司" in page and "示例公司" not in page and "工程师" in page


def test_what_has_no_input_stays_until_it_is_left_out(kith):
    begin(kith)
    link, browser = link_to(kith, "18988888888", "--for", "email"), Browser()
    check(browser, link, card=OWN.format(version="3.0"))
    form = browser.post(link, {"step": "open"})[1]
    assert LANGUAGES["zh"][2] in words(form) and "示例公司" in form and 'value="li@example.com"' in form
    kept = dict.fromkeys(re.findall(r'name="(own-kept-\d+)"[^>]* checked', form), "1")
    assert len(kept) == 3  # a second number, company, title
    again = words(check(browser, link, {"email": "li@example.com", **kept}))
    assert "示例公司" in again and "工程师" in again
    less = words(check(browser, link, {"email": "li@example.com"}))
    assert "示例公司" not in less and "li@example.com" in less


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card, zh, en", [
    ("hello", "这不是名片文件", "no contact card"),
    ("BEGIN:VCARD\nVERSION:3.0\nFN:x\n", "这不是名片文件", "no contact card"),
    ("BEGIN:VCARD\nVERSION:9.0\nFN:x\nEND:VCARD\n", "这不是名片文件", "no contact card"),
    (b"\x00\xff" * 99, "这不是名片文件", "no contact card"),
    (OWN.format(version="3.0") * 2, "多位联系人", "several contacts"),
    ("BEGIN:VCARD\nVERSION:3.0\nFN:x\nEND:VCARD\n", "没有可以转告的内容", "nothing in this card"),
    (OWN.format(version="3.0") + "\n" * (LARGEST + 1), "不能超过 2 MB", "At most 2 MB"),
], ids=["text", "cut", "version", "bytes", "several", "empty", "large"])
def test_a_card_that_cannot_be_taken(kith, language, card, zh, en):
    begin(kith)
    link, browser = link_to(kith), Browser(language)
    page = check(browser, link, {"org": "Typed & kept"}, card, status=422) if "FN:x\nEND" not in str(card) or "9.0" in str(card) \
        else check(browser, link, {}, card, status=422)
    assert (zh if language == "zh" else en) in words(page)
    assert 'href="#own-card"' in page and 'aria-describedby="own-card-wrong"' in page and 'id="own-card-wrong"' in page
    if "Typed" in page:
        assert 'value="Typed &amp; kept"' in page
    assert kith.json("asks")["asks"][0]["state"] == "seen"


def test_the_largest_card_is_taken(kith):
    begin(kith)
    card = OWN.format(version="3.0").replace("\n", "\r\n").encode()
    page = check(Browser(), link_to(kith), card=card + b"\n" * (LARGEST - len(card)))
    assert "示例公司" in page


def scriptless(page):
    """But for our own, which cuts a picture where one is asked for."""
    return page.count("<script") == len(re.findall(r'<script src="/script-\w+\.js" defer></script>', page)) == page.count("data-crop")


def test_nothing_in_a_card_becomes_markup(kith):
    begin(kith)
    lines = ["TEL;TYPE=CELL:{c}", "EMAIL:{c}", "ORG:{c}", "TITLE:{c}", "ADR;TYPE=WORK:;;{c};;;;", "ADR;TYPE=HOME:;;{c};;;;",
             "URL:{c}", "URL:javascript:alert(1)", "BDAY:{c}", "NOTE:{c}", "FN:{c}", "N:{c};{c};;;", "NICKNAME:{c}",
             "IMPP;X-SERVICE-TYPE=QQ:qq:{c}", "IMPP;X-SERVICE-TYPE=WeChat:weixin:{c}", "CATEGORIES:{c}",
             "X-SOCIALPROFILE;type=sinaweibo:{c}", "item1.TEL:{c}", "item1.X-ABLabel:{c}", "PHOTO;ENCODING=b;TYPE=JPEG:{c}"]
    link, browser = link_to(kith), Browser()
    card = "BEGIN:VCARD\nVERSION:3.0\n" + "\n".join(lines).format(c=CANARY).replace('";', "") + "\nEND:VCARD\n"
    pages = [check(browser, link, card=card), browser.post(link, {"step": "open"})[1],
             browser.post(link, {"step": "lang-en-form"})[1], browser.post(link, {"step": "lang-zh-confirm"})[1]]
    assert html.escape(CANARY, quote=False)[2:] in pages[0].replace("&#39;", "'") or "&lt;script&gt;" in pages[0]
    for page in pages:
        assert scriptless(page) and 'href="javascript' not in page
    assert browser.post(link, {"step": "send"})[0] == 200


def test_a_picture_is_cut_square_and_shown(kith):
    begin(kith)
    link, browser = link_to(kith, "18988888888", "--for", "photo"), Browser()
    page = check(browser, link, photo=("x.png", "image/png", wide_png()))
    assert '<img class="face large"' in page and "data:image/jpeg;base64," in page
    jpeg = photo_of_page(page)
    assert b"Exif" not in jpeg
    width, height = size_of(jpeg)
    assert width == height == 40


def wide_png():
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 90, 40, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress((b"\0" + b"\x50" * 270) * 40)) + chunk(b"IEND", b""))


def photo_of_page(page):
    return base64.b64decode(re.search(r'data:image/jpeg;base64,([\w+/=]+)', html.unescape(page))[1])


def size_of(jpeg):
    """Of its frame header (T.81 B.2.2)."""
    at = 2
    while not 0xC0 <= jpeg[at + 1] <= 0xC2:
        at += 2 + int.from_bytes(jpeg[at + 2:at + 4], "big")
    return int.from_bytes(jpeg[at + 7:at + 9], "big"), int.from_bytes(jpeg[at + 5:at + 7], "big")


@pytest.mark.parametrize("language, other", [("zh", "en"), ("en", "zh")])
def test_the_other_language_keeps_what_was_typed(kith, language, other):
    begin(kith)
    link, browser = link_to(kith), Browser(language)
    pages = [browser.get(link)[1], browser.post(link, {"step": "open"})[1]]
    item = re.search(r'name="(item-\d+)" value="confirm"', pages[1])[1]
    typed = {"org": "半句话", "note": "Hello", item: "gone", "email": "not yet an address"}
    status, page = browser.post_form(link, {"step": f"lang-{other}-form", **typed})
    assert status == 200 and f'<html lang="{other}"' in page
    assert 'value="半句话"' in page and ">Hello</textarea>" in page and 'value="not yet an address"' in page
    assert re.search(rf'name="{item}" value="gone"[^>]* checked', page)
    assert browser.cookie == f"kith-lang={other}"
    assert "HttpOnly" in browser.fields["set-cookie"] and "SameSite" in browser.fields["set-cookie"]
    assert f'<html lang="{other}"' in browser.get(link)[1]  # from now on
    check(browser, link, {"org": "半句话"})
    status, page = browser.post(link, {"step": f"lang-{language}-confirm"})
    assert status == 200 and f'<html lang="{language}"' in page and "半句话" in page
    status, page = browser.post(link, {"step": f"lang-{other}-ask"})
    assert f'<html lang="{other}"' in page and "半句话" not in page
    assert "半句话" not in kith.export("zhangsan")
    done = browser.post(link, {"step": "send"})[1]
    back = re.search(r'<a href="(\?lang=\w\w)"', done)[1]
    status, page = browser.get(link + html.unescape(back))
    assert f'<html lang="{language}"' in page and browser.cookie == f"kith-lang={language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_small_private_and_says_who_asks(kith, language):
    begin(kith)
    link, browser = link_to(kith), Browser(language)

    def look(page, who=True):
        assert len(page.encode()) <= 30 * 1024 and page.count("<h1") == 1
        assert scriptless(page) and " style=" not in page and "http-equiv" not in page
        assert browser.fields["referrer-policy"] == "no-referrer" and browser.fields["cache-control"] == "no-store"
        assert "set-cookie" not in browser.fields and LANGUAGES[language][1] in words(page)
        if who:
            assert "张三" in page and ZHANG_PHONE in page
            assert ("只写入 张三" if language == "zh" else "own address book and nowhere else") in words(page)
    look(browser.get(link)[1])
    look(browser.post(link, {"step": "open"})[1])
    look(check(browser, link, {"url": "javascript:x"}, status=422))
    look(check(browser, link, {"org": "示例"}))
    look(browser.post(link, {"step": "send"})[1], who=False)
    look(browser.get(link)[1], who=False)
    look(browser.get(link[:-20] + "A" * 20)[1], who=False)


def test_what_is_wrong_leads_to_its_input(kith):
    begin(kith)
    page = check(Browser("en"), link_to(kith), {"email": "nonsense", "org": "Kept"}, status=422)
    summary = re.search(r'<div class="notice warn" role="alert">.*?</div>', page, re.S)[0]
    assert '<a href="#email">' in summary
    field = re.search(r'<input id="email"[^>]*>', page)[0]
    assert 'aria-invalid="true"' in field and 'aria-describedby="email-wrong"' in field and 'id="email-wrong"' in page
    assert 'value="nonsense"' in field and 'value="Kept"' in page
    assert page.index('role="alert"') < page.index('id="email"')
    for name, inputmode, autocomplete in (("email", "email", "home email"), ("work-tel", "tel", "work tel"),
                                          ("org", "text", "organization"), ("qq", "numeric", "off"), ("bday", "text", "bday")):
        row = re.search(rf'<input id="{name}"[^>]*>', page)
        assert row is None or (f'inputmode="{inputmode}"' in row[0] and f'autocomplete="{autocomplete}"' in row[0])


def test_pressed_twice_and_gone_back(kith):
    begin(kith)
    link, browser = link_to(kith), Browser()
    form = browser.post(link, {"step": "open"})
    check(browser, link, card=OWN.format(version="3.0"))
    check(browser, link, card=OWN.format(version="3.0"))  # the same, again: nothing twice
    confirm = words(browser.post(link, {"step": "lang-zh-confirm"})[1])
    assert confirm.count("li@example.com") == 1 and confirm.count("13911112222") == 1
    assert browser.post(link, {"step": "open"})[0] == form[0] == 200  # back
    assert "示例公司" in check(browser, link, {"org": "示例公司", "email": "li@example.com"})
    assert browser.post(link, {"step": "send"})[0] == 200
    before = kith.export("zhangsan")
    assert browser.post(link, {"step": "send"})[0] == 200  # pressed twice
    assert kith.export("zhangsan") == before and before.count("li@example.com") == 1


@pytest.mark.skipif(not shutil.which("w3m"), reason="w3m is not installed")
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_works_in_a_browser_of_text(kith, language):
    begin(kith)
    link = link_to(kith)
    env = {"PATH": "/usr/bin:/bin", "HOME": str(kith.folder), "LANG": "C.UTF-8", "TERM": "dumb"}

    def w3m(fields):
        post = kith.folder / "post"
        post.write_text(fields)
        done = subprocess.run(["w3m", "-dump", "-O", "UTF-8", "-o", f"accept_language={language}", "-post", str(post), link],
                              env=env, text=True, capture_output=True, timeout=30)
        assert done.returncode == 0, done.stderr
        return done.stdout
    first, button, _ = LANGUAGES[language]
    form = w3m("step=open")
    assert first in form.replace("\n", " ") and button in form and ".vcf" in form
    assert "示例" in w3m("step=check&org=%E7%A4%BA%E4%BE%8B") and "示例" in w3m("step=lang-en-confirm")


def keep(kith, link, browser, **fields):
    """Answers, ticks that the answers be kept; his own link."""
    confirm = check(browser, link, fields)
    keep_as = re.search(r'name="keep-as" value="([\w-]{20})"', confirm)[1]
    done = browser.post(link, {"step": "send", "keep": "1", "keep-as": keep_as})[1]
    assert re.search(r'<a href="([^"]+)/k/', done), words(done)
    return kith.url + re.search(r'<a href="[^"]+(/k/[\w-]{20})"', done)[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_kept_answers_fill_the_next_form_of_who_brings_his_link(kith, language):
    begin(kith, ONLY_A_NUMBER, WANG)
    own = keep(kith, link_to(kith), Browser(language), org="示例公司", qq="12345678")
    him = Browser(language)
    next_link = link_to(kith, "13911112222")
    assert "示例公司" not in him.post(next_link, {"step": "open"})[1]  # who merely holds the link
    first = him.get(own)[1]
    assert "示例公司" not in first and him.fields["referrer-policy"] == "no-referrer" and him.cookie is None
    assert "示例公司" in him.post(own, {"step": "open"})[1] and him.fields["cache-control"] == "no-store"
    assert him.post(own, {"step": "use"})[0] == 200
    cookie = him.fields["set-cookie"]
    assert all(part in cookie for part in ("Path=/a", "HttpOnly", "SameSite=Strict", "Max-Age=3600"))
    page = him.post(next_link, {"step": "open"})[1]
    assert 'value="示例公司"' in page and 'value="12345678"' in page
    assert "示例公司" not in kith.json("asks")["asks"][0].get("note", "")
    assert kith.json("asks")["asks"][0]["state"] == "seen"  # nothing is sent unasked
    assert him.post(own, {"step": "wipe"})[0] == 200
    assert "示例公司" not in him.post(own, {"step": "open"})[1]
    assert "示例公司" not in him.post(next_link, {"step": "open"})[1]


def test_nothing_is_kept_unless_it_is_ticked(kith):
    begin(kith)
    link, browser = link_to(kith), Browser()
    confirm = check(browser, link, {"org": "示例公司"})
    assert not re.search(r'name="keep"[^>]* checked', confirm)
    keep_as = re.search(r'name="keep-as" value="([\w-]{20})"', confirm)[1]
    assert "/k/" not in browser.post(link, {"step": "send", "keep-as": keep_as})[1]
    assert "示例公司" not in browser.post(f"{kith.url}/k/{keep_as}", {"step": "open"})[1]


def test_a_stolen_store_has_no_kept_answer_in_it(kith):
    """Nor the token: what lies there is a digest and a sealed box."""
    begin(kith)
    own = keep(kith, link_to(kith), Browser(), org="Sealed Example", wechat="sealed-handle")
    with sqlite3.connect(next(kith.folder.rglob("kith.db"))) as store:
        (digest, box), = store.execute("SELECT hash, box FROM kept").fetchall()
    assert own[-20:] not in digest and b"Sealed" not in box and b"sealed-handle" not in box

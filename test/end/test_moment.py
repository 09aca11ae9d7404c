"""A book back to a moment: what would come back, what would go, what would change; then it is done."""
import html
import re
import time
import urllib.parse

from kith import words
from test_people_pages import ADA, BOB, card, start, stored, submit
from test_webapp import EVIL, dav, home

PATIENCE_S = 60


def moment_now():
    """A whole second that nothing happened in yet, and none of what follows happens in."""
    began = int(time.time())
    deadline = time.monotonic() + PATIENCE_S
    while int(time.time()) == began:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    # Not the time strftime() has by itself: that one is some milliseconds behind.
    moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.localtime(int(time.time())))
    time.sleep(0.02)
    return moment


def preview(owner, moment, book="contacts", status=200):
    return owner.see("/trash/moment?" + urllib.parse.urlencode({"book": book, "at": moment}), status)


def kinds_of(page):
    """Title of each kind: the names below it."""
    return {words(title): [html.unescape(name) for name in re.findall(r"<div><b>(.*?)</b>", rows)]
            for title, rows in re.findall(r"<h2>(.*?)</h2>(.*?)(?=<h2>|<button)", page, re.S)}


def put(kith, name, text):
    assert dav(kith, "zhangsan", "PUT", f"{home(kith, 'zhangsan')}/contacts/{name}.vcf", text.encode(),
               **{"Content-Type": "text/vcard"})[0] in (201, 204)


def remove(kith, name):
    assert dav(kith, "zhangsan", "DELETE", f"{home(kith, 'zhangsan')}/contacts/{name}.vcf")[0] == 204


def test_a_preview_names_who_comes_goes_and_changes(kith):
    owner = start(kith, ADA, BOB, card("li", "李四"))
    moment = moment_now()
    put(kith, "ada", ADA.replace("TITLE:Analyst", "TITLE:Countess"))
    remove(kith, "bob")
    put(kith, "eve", card("eve", EVIL))
    before = kith.export("zhangsan")
    page = preview(owner, moment)
    assert kinds_of(page) == {"1 become as they were": ["Ada Lovelace"], "1 come back": ["Bob"], "1 go to the trash": [EVIL]}
    assert "<del>Countess</del>" in page and "<ins>Analyst</ins>" in page and "<script>alert" not in page
    assert "李四" not in page and kith.export("zhangsan") == before
    fields = owner.form("/trash")
    owner.send("/trash")
    assert stored(kith, "ada.vcf") == ADA and stored(kith, "bob.vcf") == BOB and stored(kith, "eve.vcf") is None
    submit(owner, "/trash", fields)  # sent twice
    assert stored(kith, "ada.vcf") == ADA and stored(kith, "eve.vcf") is None
    page = preview(owner, moment)
    assert "Nothing has changed since then." in words(page) and "<button" not in page.split('action="/trash"')[1].split("</form>")[0]


def test_a_long_preview_is_a_short_page(kith):
    owner = start(kith, ADA)
    moment = moment_now()
    kith.import_cards("zhangsan", *(card(f"n{i}", f"Newcomer {i:03} of a name that is rather long", f"NOTE:{'x' * 900}") for i in range(120)))
    long = ADA.replace("TITLE:Analyst", f"TITLE:{'y' * 30000}")
    put(kith, "ada", long)
    page = preview(owner, moment)
    kinds = kinds_of(page)
    assert len(kinds["120 go to the trash"]) == 100 and "and 20 more" in words(page)
    assert kinds["1 become as they were"] == ["Ada Lovelace"] and "yyyy" not in page  # its name alone
    assert len(page.encode()) <= 60_000
    owner.send("/trash")
    assert kith.export("zhangsan").count("BEGIN:VCARD") == 1 and stored(kith, "ada.vcf") == ADA


def test_who_may_not_write_may_not_put_back(kith):
    owner = start(kith, ADA)
    moment = moment_now()
    put(kith, "eve", card("eve", "Eve"))
    preview(owner, moment, book="nothing", status=404)
    assert owner.post(kith.url + "/trash", {"do": "restore", "book": "contacts", "at": moment})[0] == 403
    for wrong in ("", "never", "2999-01-01T00:00:00"):
        assert "no moment in the past" in words(preview(owner, wrong, status=422))
    assert stored(kith, "eve.vcf")

"""The owner's pages: the list, a contact, his form, his history; all of it without script."""
import base64
import csv
import html
import io
import json
import plistlib
import re
import time
import urllib.parse

import pytest

from example import png
from kith import PASSWORD, Browser, unfolded, words

EVIL = '"><script>alert(1)</script>'
RICH = "\r\n".join([
    "BEGIN:VCARD", "VERSION:3.0", "UID:ada-1", "N:Lovelace;Ada;;Lady;", "FN:Lady Ada Lovelace",
    "item1.TEL;TYPE=CELL;TYPE=PREF:+44 20 7946 0958", "item1.X-ABLabel:Secret line",
    "TEL;TYPE=WORK,VOICE:020 7946 0000", "EMAIL;TYPE=INTERNET,HOME:ada@example.org",
    "ADR;TYPE=HOME:box 1;flat 2;St James's Square 12;London;;SW1Y;UK", "ORG:Engine Works;Research;Cell 3",
    "TITLE:Analyst", "IMPP;X-SERVICE-TYPE=Skype:skype:ada.l", "X-SECRET;X-P=1:kept", "NOTE:first\\nsecond",
    "BDAY:1815-12-10", "CATEGORIES:Friends,Maths", "END:VCARD", ""])
WANG = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "UID:wang-5", "FN:王小明", "N:王;小明;;;",
                     "TEL;TYPE=CELL:13911112222", "ORG:北京示例", "END:VCARD", ""])


class Owner(Browser):
    """Logged in, with the forms of the page he looks at."""

    def __init__(self, kith, language="en", login="zhangsan"):
        super().__init__(language)
        self.kith = kith
        status, _ = self.post(f"{kith.url}/login", {"login": login, "password": PASSWORD})
        assert status == 303

    def see(self, path, status=200):
        got, self.page = self.get(self.kith.url + path)
        assert got == status, (path, got, self.page)
        return self.page

    def form(self, action):
        """What a browser would send of that form, untouched."""
        body = re.search(rf'<form[^>]*action="{re.escape(html.escape(action))}"[^>]*>(.*?)</form>', self.page, re.S)[1]
        fields = {}
        for name, value in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>', body, re.S):
            fields[name] = html.unescape(value)
        for tag in re.findall(r"<input[^>]*>", body):
            about = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            kind = about.get("type")
            if "name" not in about or kind == "file" or (kind in ("checkbox", "radio") and " checked" not in tag):
                continue
            fields[about["name"]] = html.unescape(about.get("value", ""))
        for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', body, re.S):
            chosen = re.search(r'<option value="([^"]*)" selected', options)
            fields[name] = html.unescape((chosen or re.search(r'<option value="([^"]*)"', options))[1])
        return fields

    def send(self, action, changes=(), files=None, status=303):
        """Sends the form as it is but for the changes; follows where it leads."""
        fields = self.form(action) | dict(changes)
        if files is None:
            got, self.page = self.post(self.kith.url + action, fields)
        else:
            got, self.page = self.post_form(self.kith.url + action, fields, files)
        assert got == status, (action, got, words(self.page))
        if status == 303:
            self.at = self.fields["location"]
            return self.see(self.at)
        return self.page

    def path_to(self, name):
        """The page of a contact of that name, by a search."""
        page = self.see("/find?part=1&q=" + urllib.parse.quote(name))
        return html.unescape(re.search(r'href="(/card/[^"]+)"', page)[1])


def begin(kith, *cards):
    kith.start()
    kith.add_user("zhangsan", name="张三", phone="13800000000")
    if cards:
        kith.import_cards("zhangsan", *cards)
    return Owner(kith)


def card_of(kith, uid):
    text = unfolded(kith.export("zhangsan")).replace("\r\n", "\n")
    return next(c for c in text.split("BEGIN:VCARD") if f"UID:{uid}\n" in c)


def lines_of(card):
    return card.replace("\r\n", "\n").strip().split("\n")


def is_rich(kith):
    return lines_of(kith.export("zhangsan")) == lines_of(RICH)


def names_in(page):
    return [html.unescape(n) for n in re.findall(r"<b>(.*?)</b>", page)]


# --- the list ---

def test_the_list_is_in_order_with_letters_and_pages(kith):
    people = [f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:p{i}\r\nFN:{n}\r\nEND:VCARD\r\n" for i, n in enumerate(
        ["Zoe", "bob", "Ada", "李四", "张三", "陈伟", *[f"Many {i:03}" for i in range(120)]])]
    owner = begin(kith, *people)
    page = owner.see("/")
    assert names_in(page)[:4] == ["Ada", "bob", "Many 000", "Many 001"] and len(names_in(page)) == 100
    assert re.findall(r'class="letter">(.)<', page) == ["A", "B", "M"]
    following = html.unescape(re.findall(r'href="(/\?after=[^"]+)"', page)[-1])
    assert names_in(owner.see(following))[-4:] == ["Zoe", "陈伟", "李四", "张三"]
    assert names_in(owner.see("/?letter=Z")) == ["Zoe", "张三"]
    assert names_in(owner.see("/?letter=L")) == ["李四"]
    assert "Nobody is filed under Q." in words(owner.see("/?letter=Q"))
    assert len(owner.see("/").encode()) < 60_000


@pytest.mark.parametrize("typed, found", [
    ("ada", "Lady Ada Lovelace"), ("lovelace ada", "Lady Ada Lovelace"), ("engine", "Lady Ada Lovelace"),
    ("example.org", "Lady Ada Lovelace"), ("79460958", "Lady Ada Lovelace"), ("7946 0958", "Lady Ada Lovelace"),
    ("first", "Lady Ada Lovelace"), ("wangxiao", "王小明"), ("wxm", "王小明"), ("小明", "王小明"),
    ("+86 139 1111 2222", "王小明"), ("北京", "王小明")])
def test_search_by_whatever_one_remembers(kith, typed, found):
    owner = begin(kith, RICH, WANG)
    assert names_in(owner.see("/find?part=1&q=" + urllib.parse.quote(typed))) == [found]


def test_search_without_script_is_a_page(kith):
    owner = begin(kith, RICH, WANG)
    assert "Nobody has nobody." in words(owner.see("/find?q=nobody"))
    assert "<html" in owner.see("/find?q=ada") and names_in(owner.page) == ["Lady Ada Lovelace"]
    assert "<html" not in owner.see("/find?part=1&q=ada")
    owner.see("/find?q=13911112222", status=303)


def test_ten_thousand_contacts_are_listed_and_found_at_once(kith):
    people = [f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:p{i}\r\nFN:Person {i:05}\r\nTEL:+4420{i:08}\r\nEND:VCARD\r\n"
              for i in range(10_000)]
    owner = begin(kith, *people)
    owner.see("/find?part=1&q=05000")  # reads the book into the index
    for path in ("/", "/?letter=P", "/find?part=1&q=Person%2005000", "/find?part=1&q=4420000077"):
        took = []
        for _ in range(5):
            start = time.monotonic()
            owner.see(path)
            took.append(time.monotonic() - start)
        assert min(took) < 0.05, (path, took)


def dav(kith, login, method, path, body=b"", password=PASSWORD, **fields):
    plain = base64.b64encode(f"{login}:{password}".encode()).decode()
    browser = Browser()
    status, text = browser.request(method, kith.url + path, body, fields | {"Authorization": f"Basic {plain}"})
    return status, text, browser


def home(kith, login):
    body = b'<propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>'
    _, text, _ = dav(kith, login, "PROPFIND", "/dav/", body, Depth="0")
    return f"/dav/b/{re.search(r'/dav/p/([^/]+)/', text)[1]}"


def test_several_books_and_what_others_share(kith):
    owner = begin(kith, RICH)
    kith.add_user("lisi", name="李四")
    mine = home(kith, "zhangsan")
    assert dav(kith, "zhangsan", "MKCOL", f"{mine}/work/")[0] == 201
    assert dav(kith, "zhangsan", "PUT", f"{mine}/work/w.vcf", WANG.encode())[0] == 201
    grant = ('<D:acl xmlns:D="DAV:"><D:ace><D:principal><D:href>/dav/p/%s/</D:href></D:principal><D:grant><D:privilege>'
             "<D:read/></D:privilege></D:grant></D:ace></D:acl>" % home(kith, "lisi").rsplit("/", 1)[1])
    assert dav(kith, "zhangsan", "ACL", f"{mine}/work/", grant.encode())[0] == 200
    assert names_in(owner.see("/")) == ["Lady Ada Lovelace"]
    assert names_in(owner.see("/?book=work")) == ["王小明"]
    assert 'href="/new/work"' in owner.page and 'aria-current="true">work' in owner.page
    assert names_in(owner.see("/find?part=1&q=a")) == ["Lady Ada Lovelace", "王小明"]
    other = Owner(kith, login="lisi")
    assert names_in(other.see("/")) == [] and "read only" in words(other.page)
    shared = re.search(r'href="(/\?book=shared-[^"]+)"', other.page)[1]
    assert names_in(other.see(shared)) == ["王小明"] and "/new/" not in other.page
    card = html.unescape(re.search(r'href="(/card/[^"]+)"', other.page)[1])
    assert "/edit/" not in other.see(card)
    csrf = re.search(r'name="csrf" value="([^"]+)"', other.page)[1]
    other.see(card.replace("/card/", "/edit/"))
    status, _ = other.post_form(kith.url + card.replace("/card/", "/edit/"),
                                other.form(card.replace("/card/", "/edit/")) | {"fn": "Mine now"})
    assert status == 403
    assert other.post(kith.url + card.replace("/card/", "/remove/"), {"csrf": csrf, "etag": "x"})[0] in (403, 409)
    other.see("/card/contacts/ada-1.vcf", status=404)
    assert "王小明" in owner.see("/?book=work")


def test_an_upload_that_came_too_late_is_in_the_history(kith):
    owner = begin(kith, RICH)
    owner.see("/setup")
    password = re.search(r'class="secret">([^<]+)<', owner.send("/setup", {"label": "Old phone"}, status=200))[1]
    card = owner.path_to("Ada")
    place = f"{home(kith, 'zhangsan')}/{card.removeprefix('/card/')}"
    stale = dav(kith, "zhangsan", "GET", place)[2].fields["etag"]
    owner.see(card.replace("/card/", "/edit/"))
    owner.send(card.replace("/card/", "/edit/"), {"title": "Countess"}, files={})
    late = RICH.replace("Analyst", "Mathematician").encode()
    assert dav(kith, "zhangsan", "PUT", place, late, password, **{"If-Match": stale})[0] == 412
    page = owner.see(card.replace("/card/", "/history/"))
    text = words(page)
    assert "came too late, kept here" in text and "Mathematician" in text and "Old phone" in text
    refused = re.search(r'value="(-\d+)"', page)[1]
    owner.send(card.replace("/card/", "/history/"), {"rev": refused})
    assert "Mathematician" in owner.page


# --- a contact ---

def test_a_contact_as_an_address_book_shows_it(kith):
    owner = begin(kith, RICH)
    page = owner.see(owner.path_to("Ada"))
    text = words(page)
    for seen in ("Lady Ada Lovelace", "Secret line", "+44 20 7946 0958", "Engine Works", "Analyst", "Friends",
                 "St James's Square 12", "London", "ada.l", "1815-12-10", "first"):
        assert seen in text, seen
    square = owner.see(html.unescape(re.search(r'href="([^"]+)">QR code', page)[1]))
    assert re.search(r'<svg class="qr[^>]*><path d="M', square)
    assert 'href="tel:+442079460958"' in page and 'href="mailto:ada@example.org"' in page
    vcf = html.unescape(re.search(r'href="(/vcf/[^"]+)"', page)[1])
    status, card = owner.get(kith.url + vcf)
    assert status == 200 and lines_of(card) == lines_of(RICH) and "attachment" in owner.fields["content-disposition"]
    assert len(page.encode()) < 60_000


def test_a_group_shows_who_is_in_it(kith):
    group = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "UID:g1", "FN:Choir", "N:Choir;;;;",
                         "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:WANG-5",
                         "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:nobody", "END:VCARD", ""])
    owner = begin(kith, RICH, WANG, group)
    assert "Group" in words(owner.see("/"))
    assert names_in(owner.see(owner.path_to("Choir"))) == ["王小明"]
    assert "Choir" in words(owner.see(owner.path_to("小明")))
    assert names_in(owner.see("/find?part=1&q=Choir")) == ["Choir", "王小明"]


def test_nothing_of_a_card_becomes_markup(kith):
    fields = ["FN", "N", "NICKNAME", "ORG", "TITLE", "ROLE", "TEL", "EMAIL", "ADR", "URL", "NOTE", "BDAY",
              "ANNIVERSARY", "CATEGORIES", "IMPP", "X-SKYPE", "X-SOCIALPROFILE", "X-QQ", "X-UNKNOWN", "UID", "PHOTO"]
    lines = [f"item{i}.{f}:{EVIL}\r\nitem{i}.X-ABLabel:{EVIL}" for i, f in enumerate(fields)]
    evil = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "URL:javascript:alert(1)", "END:VCARD", ""])
    owner = begin(kith, evil)
    card = html.unescape(re.search(r'href="(/card/[^"]+)"', owner.see("/"))[1])
    kind = card.removeprefix("/card")
    for path in ("/", "/find?part=1&q=script", "/find?q=%22%3E%3Cscript%3E", card, "/edit" + kind, "/remove" + kind,
                 "/history" + kind):
        page = owner.see(path)
        assert "<script>alert" not in page, path
        assert not re.search(r'(href|src)="javascript', page), path
        assert owner.fields["content-security-policy"].startswith("default-src 'none'"), path
        assert "unsafe" not in owner.fields["content-security-policy"], path
        assert not re.search(r'(?:src|href)="(?:https?:)?//', page), path


# --- his form ---

def test_an_edit_changes_its_line_and_no_other(kith):
    owner = begin(kith, RICH)
    card = owner.path_to("Ada")
    edit = card.replace("/card/", "/edit/")
    owner.see(edit)
    assert owner.send(edit, files={}) and owner.at == card
    assert is_rich(kith)  # nothing touched: nothing written
    owner.see(edit)
    owner.send(edit, {"tel-0": "+44 20 7946 1111", "note": "third"}, files={})
    after, before = lines_of(kith.export("zhangsan")), lines_of(RICH)
    assert [line for line in after if line not in before] == [
        "item1.TEL;TYPE=CELL;TYPE=PREF:+44 20 7946 1111", "NOTE:third"]
    assert len(before) == len(after)


def test_rows_come_go_and_change_their_kind(kith):
    owner = begin(kith, RICH)
    edit = owner.path_to("Ada").replace("/card/", "/edit/")
    owner.see(edit)
    form = owner.form(edit)
    fresh = max(name for name in form if re.fullmatch(r"tel-\d+", name))
    owner.send(edit, {"tel-1": "", fresh: "020 7946 3333", fresh.replace("tel-", "tel-type-"): "fax",
                      "email-type-0": "work", "adr-city-0": "Oxford"}, files={})
    card = card_of(kith, "ada-1")
    assert "7946 0000" not in card and re.search(r"TEL;TYPE=WORK,FAX:.*3333", card)
    assert re.search(r"EMAIL;.*work:ada@example.org", card, re.I)
    assert "ADR;TYPE=HOME:box 1;flat 2;St James's Square 12;Oxford;;SW1Y;UK" in card
    assert "X-SECRET;X-P=1:kept" in card and "ORG:Engine Works;Research;Cell 3" in card


def test_a_picture_goes_in_and_out(kith):
    owner = begin(kith, RICH)
    card = owner.path_to("Ada")
    edit = card.replace("/card/", "/edit/")
    owner.see(edit)
    page = owner.send(edit, files={"photo": ("me.png", "image/png", png())})
    photo = html.unescape(re.search(r'src="(/photo/[^"]+)"', page)[1])
    status, _ = owner.get(kith.url + photo)
    assert status == 200 and owner.fields["content-type"] == "image/jpeg"
    assert "immutable" in owner.fields["cache-control"]
    assert 'src="/photo/' in owner.see("/")
    owner.see(edit)
    page = owner.send(edit, files={"photo": ("me.svg", "image/svg+xml", b"<svg/>")}, status=422)
    assert "This picture cannot be read" in words(page)
    owner.send(edit, {"photo-gone": "1"}, files={})
    assert "PHOTO" not in kith.export("zhangsan") and 'src="/photo/' not in owner.see("/")


def test_wrong_values_are_told_and_what_was_typed_stays(kith):
    owner = begin(kith, RICH)
    edit = owner.path_to("Ada").replace("/card/", "/edit/")
    owner.see(edit)
    page = owner.send(edit, {"email-0": "nobody", "note": "my text"}, files={}, status=422)
    assert "This is no e-mail address." in words(page) and "my text" in page and 'value="nobody"' in page
    assert is_rich(kith)


def test_a_new_contact(kith):
    owner = begin(kith)
    owner.see("/new/contacts")
    page = owner.send("/new/contacts", {}, files={}, status=422)
    assert "A contact wants a name" in words(page)
    owner.send("/new/contacts", {"family": "李", "given": "四", "tel-0": "18988888888", "email-0": "li@example.com",
                                 "im-0": "lisi_88"}, files={})
    card = unfolded(kith.export("zhangsan"))
    for line in ("FN:李四", "N:李;四;;;", "TEL;TYPE=CELL:18988888888", "weixin:lisi_88"):
        assert line in card, card
    assert "18988888888" in owner.page and kith.run("check", *kith.place)


def test_two_edits_at_once_lose_nothing(kith):
    owner = begin(kith, RICH)
    card = owner.path_to("Ada")
    edit = card.replace("/card/", "/edit/")
    second = Owner(kith)
    owner.see(edit)
    second.see(edit)
    second.send(edit, {"title": "Countess", "note": "theirs"}, files={})
    page = owner.send(edit, {"tel-0": "+44 20 7946 2222", "note": "mine", "nickname": EVIL},
                      {"photo": ("me.png", "image/png", png())}, status=409)
    text = words(page)
    assert "Countess" in text and "+44 20 7946 2222" in text and "theirs" in text and "mine" in text
    assert "<script>alert" not in page
    assert "Countess" in kith.export("zhangsan") and "2222" not in kith.export("zhangsan")
    owner.send(edit, {})
    after = card_of(kith, "ada-1")
    assert "TITLE:Countess" in after and "7946 2222" in after and "NOTE:mine" in after and "PHOTO" in after


def test_without_the_forms_secret_nothing_happens(kith):
    owner = begin(kith, RICH)
    card = owner.path_to("Ada")
    for path, fields in ((card.replace("/card/", "/edit/"), {"fn": "X"}), (card.replace("/card/", "/remove/"), {}),
                         (card.replace("/card/", "/history/"), {"rev": "1"}), ("/new/contacts", {"fn": "X"})):
        status, _ = owner.post(kith.url + path, fields)
        assert status == 403, path
        status, _ = Browser().post(kith.url + path, fields)
        assert status == 403, path
    assert is_rich(kith)


# --- what was ---

def test_removing_asks_first_and_history_brings_back(kith):
    owner = begin(kith, RICH)
    card = owner.path_to("Ada")
    remove, history, edit = (card.replace("/card/", f"/{w}/") for w in ("remove", "history", "edit"))
    owner.see(edit)
    owner.send(edit, {"tel-0": "+44 20 7946 1111"}, files={})
    page = owner.see(history)
    assert "+44 20 7946 0958" in page and "+44 20 7946 1111" in page and "on this site" in words(page)
    assert "by an import" in words(page)
    assert "trash" in words(owner.see(remove)) and kith.export("zhangsan")
    owner.send(remove)
    assert "BEGIN" not in kith.export("zhangsan")
    owner.see(card, status=404)
    page = owner.see(history)
    assert "the last one before it was removed" in words(page)
    oldest = re.findall(r'name="rev" value="(-?\d+)"', page)[-1]
    owner.send(history, {"rev": oldest})
    assert owner.at == card and is_rich(kith)
    owner.see(history)
    status, _ = owner.post(kith.url + history, owner.form(history) | {"rev": "999999"})
    assert status == 404


def test_looking_changes_nothing(kith):
    owner = begin(kith, RICH, WANG)
    before = kith.export("zhangsan")
    card = owner.path_to("Ada")
    for path in ("/", "/?letter=A", "/find?q=x", "/new/contacts",
                 *(card.replace("/card/", f"/{w}/") for w in ("card", "edit", "remove", "history", "vcf"))):
        owner.see(path)
        owner.request("HEAD", kith.url + path)
    assert kith.export("zhangsan") == before
    assert owner.see(card.replace("/card/", "/history/")).count('class="version"') == 1


def test_the_trash_gives_cards_and_books_back(kith):
    owner = begin(kith, RICH, WANG)
    card = owner.path_to("Ada")
    assert "Nothing has been removed." in words(owner.see("/trash"))
    owner.see(card.replace("/card/", "/remove/"))
    owner.send(card.replace("/card/", "/remove/"))
    page = owner.see("/trash")
    assert names_in(page) == ["Lady Ada Lovelace"]
    history = card.replace("/card/", "/history/")
    owner.send(history, {"rev": re.search(r'name="rev" value="(\d+)"', page)[1]})
    assert owner.at == card and "Nothing has been removed." in words(owner.see("/trash"))


def test_a_book_goes_back_to_a_moment_after_a_preview(kith):
    owner = begin(kith, RICH, WANG)
    time.sleep(1.1)
    moment = time.strftime("%Y-%m-%dT%H:%M:%S")
    time.sleep(1.1)
    ada, wang = owner.path_to("Ada"), owner.path_to("小明")
    owner.see(ada.replace("/card/", "/edit/"))
    owner.send(ada.replace("/card/", "/edit/"), {"title": "Countess"}, files={})
    owner.see(wang.replace("/card/", "/remove/"))
    owner.send(wang.replace("/card/", "/remove/"))
    owner.see("/new/contacts")
    owner.send("/new/contacts", {"fn": "Newcomer"}, files={})
    before = kith.export("zhangsan")
    asked = "/trash/moment?" + urllib.parse.urlencode({"book": "contacts", "at": moment})
    text = words(owner.see(asked))
    assert "1 become as they were" in text and "1 come back" in text and "1 go to the trash" in text
    assert kith.export("zhangsan") == before
    owner.send("/trash")
    after = kith.export("zhangsan")
    assert "Countess" not in after and "王小明" in after and "Newcomer" not in after
    for wrong in ("", "yesterday", "2999-01-01T00:00"):
        owner.see("/trash/moment?book=contacts&at=" + wrong, status=422)
        assert "no moment in the past" in words(owner.page)
    assert owner.post(kith.url + "/trash", {"do": "restore", "at": moment})[0] == 403


# --- files ---

def upload(owner, name, data, status=200):
    owner.see("/files/contacts")
    return owner.send("/files/contacts", {}, {"file": (name, "application/octet-stream", data)}, status=status)


def export(owner, form):
    status, text = owner.get(f"{owner.kith.url}/export/contacts?form={form}")
    assert status == 200 and "attachment" in owner.fields["content-disposition"]
    return text


def test_a_file_is_looked_at_first_and_then_taken_in(kith):
    owner = begin(kith, RICH, WANG)
    before = kith.export("zhangsan")
    old = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=B5=B5;=E5=85=AD\r\nTEL;CELL:13700000001\r\nEND:VCARD\r\n"
    new = "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:n4\r\nFN:New Four\r\nEND:VCARD\r\n"
    twin = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:other\r\nFN:Wang again\r\nTEL:+86 139 1111 2222\r\nEND:VCARD\r\n"
    bad = "BEGIN:VCARD\r\nVERSION:9.9\r\nFN:x\r\nEND:VCARD\r\n"
    text = words(upload(owner, "many.vcf", (old + new + twin + RICH.replace("Analyst", "Countess") + bad).encode()))
    for said in ("2 new", "1 that are here already", "1 with a number or an e-mail", "1 could not be read"):
        assert said in text, (said, text)
    assert kith.export("zhangsan") == before
    number = re.search(r'name="number" value="(\d+)"', owner.page)[1]
    text = words(owner.send("/files/contacts", {"number": number}, status=200))
    for said in ("2 added", "1 brought up to date", "1 left out", "1 could not be read"):
        assert said in text, (said, text)
    after = kith.export("zhangsan")
    assert "赵六" in unfolded(after) and "New Four" in after and "Countess" in after and "Wang again" not in after
    owner.see("/files/contacts")
    status, page = owner.post(kith.url + "/files/contacts", owner.form("/files/contacts") | {"number": number})
    assert status == 410 and "choose it again" in words(page)
    upload(owner, "twin.vcf", twin.encode())
    number = re.search(r'name="number" value="(\d+)"', owner.page)[1]
    owner.send("/files/contacts", {"number": number, "twins": "1"}, status=200)
    assert "Wang again" in kith.export("zhangsan") and kith.run("check", *kith.place)


def test_what_is_no_address_book_is_told(kith):
    owner = begin(kith, RICH)
    for data in (b"", b"hello", b"\xff\xfe\x00", b"a,b\n1,2\n", b"BEGIN:VCARD\r\nFN:cut", png()):
        assert "notice warn" in upload(owner, EVIL, data, status=422)
    assert is_rich(kith)
    status, _ = owner.post_form(kith.url + "/files/contacts", {}, {"file": ("a.vcf", "text/vcard", WANG.encode())})
    assert status == 403 and is_rich(kith)
    huge = {"file": ("a.vcf", "text/vcard", b"x" * (12 << 20))}
    status, page = owner.post_form(kith.url + "/files/contacts", {}, huge)
    assert status == 413 and "too large" in words(page) and '<html lang="en"' in page
    status, page = Browser("zh").post_form(kith.url + "/files/contacts", {}, huge)
    assert status == 413 and "内容太大了" in page


def test_a_directory_and_jcards_come_in(kith):
    owner = begin(kith, RICH)
    ldif = ("dn: cn=Grace Hopper\nobjectclass: inetOrgPerson\ncn: Grace Hopper\nmobile: +1 202 555 0134\n"
            "mail: grace@example.org\n\ndn: cn=Navy\nobjectclass: groupOfNames\nmember: cn=Grace Hopper\n")
    page = words(upload(owner, "abook.ldif", ldif.encode()))
    assert "1 new" in page and "line 7: a list of people" in page
    number = re.search(r'name="number" value="(\d+)"', owner.page)[1]
    owner.send("/files/contacts", {"number": number}, status=200)
    card = kith.export("zhangsan")
    assert "FN:Grace Hopper" in card and "grace@example.org" in card and "0134" in card
    jcard = json.dumps([["vcard", [["version", {}, "text", "4.0"], ["uid", {}, "text", f"j-{n}"],
                                   ["fn", {}, "text", f"Jay {n}"]]] for n in (1, 2)])
    assert "2 new" in words(upload(owner, "book.json", jcard.encode()))
    number = re.search(r'name="number" value="(\d+)"', owner.page)[1]
    owner.send("/files/contacts", {"number": number}, status=200)
    assert "FN:Jay 1" in kith.export("zhangsan") and "FN:Jay 2" in kith.export("zhangsan")
    for broken in (b"[[\"vcard\",[", b"[7]", b"dn: cn=\xff\xfe\ncn: x\n"):
        assert "notice warn" in upload(owner, "x.json", broken, status=422)
    assert "FN:Jay 2" in kith.export("zhangsan") and kith.run("check", *kith.place)


def test_exports_come_back_whole(kith):
    owner = begin(kith, RICH, WANG)
    assert lines_of(export(owner, "vcard3")) == lines_of(RICH + WANG)
    four = export(owner, "vcard4")
    assert four.count("VERSION:4.0") == 2
    cards = json.loads(export(owner, "jcard"))
    assert [card[0] for card in cards] == ["vcard", "vcard"] and len(cards[0][1]) > 10
    table = list(csv.DictReader(io.StringIO(export(owner, "csv").removeprefix("\ufeff"))))
    assert table[0]["Name"] == "Lady Ada Lovelace" and table[0]["Phone 1 - Value"] == "'+44 20 7946 0958"
    assert owner.get(kith.url + "/export/contacts?form=pdf")[0] == 404
    assert Browser().get(kith.url + "/export/contacts?form=csv")[0] == 303


def test_tables_go_out_harmless_and_come_back(kith):
    formula = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "UID:f", "FN:=cmd()", "NOTE:@SUM(1)", "ORG:-1", "END:VCARD", ""])
    owner = begin(kith, formula)
    table = export(owner, "csv")
    cells = [cell for row in csv.reader(io.StringIO(table.removeprefix("\ufeff"))) for cell in row]
    assert "'=cmd()" in cells and not any(cell[:1] in set("=+-@\t\r") for cell in cells if cell)
    remove = owner.path_to("cmd").replace("/card/", "/remove/")
    owner.see(remove)
    owner.send(remove)
    upload(owner, "back.csv", table.encode())
    number = re.search(r'name="number" value="(\d+)"', owner.page)[1]
    owner.send("/files/contacts", {"number": number}, status=200)
    card = kith.export("zhangsan")
    assert "FN:=cmd()" in card and "NOTE:@SUM(1)" in card and "ORG:-1" in card


def test_a_large_file_goes_in_at_once(kith):
    owner = begin(kith)
    many = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:m{i}\r\nFN:Many {i}\r\nTEL:+4420{i:08}\r\nEND:VCARD\r\n"
                   for i in range(3000))
    many += many.split("END:VCARD\r\n")[0].replace("Many 0", "Many zero") + "END:VCARD\r\n"  # the first one again
    assert "3001 new" in words(upload(owner, "many.vcf", many.encode()))
    number = re.search(r'name="number" value="(\d+)"', owner.page)[1]
    text = words(owner.send("/files/contacts", {"number": number}, status=200))
    assert "3000 added" in text and "1 brought up to date" in text
    assert "3000 contacts" in words(owner.see("/"))


# --- devices and the account ---

def may_read(kith, password):
    return dav(kith, "zhangsan", "PROPFIND", "/dav/", password=password, Depth="0")[0]


def test_a_device_gets_its_password_and_loses_it(kith):
    owner = begin(kith)
    owner.see("/setup")
    assert "A device wants a name" in words(owner.send("/setup", {"label": " "}, status=422))
    page = owner.send("/setup", {"label": EVIL}, status=200)
    assert "<script>alert" not in page and "<svg" in page
    password = re.search(r'class="secret">([^<]+)<', page)[1]
    assert may_read(kith, password) == 207
    fields = owner.form("/setup/kith.mobileconfig")
    status, profile = owner.post(kith.url + "/setup/kith.mobileconfig", fields)
    assert status == 200 and owner.fields["content-type"] == "application/x-apple-aspen-config"
    content = plistlib.loads(profile.encode())["PayloadContent"][0]
    assert content["CardDAVUsername"] == "zhangsan" and content["CardDAVPassword"] == password
    assert content["PayloadType"] == "com.apple.carddav.account" and content["CardDAVUseSSL"] is False
    page = owner.see("/setup")
    assert password not in page and "last seen" in words(page) and "never" not in words(page)
    bare = owner.see("/setup/kith.mobileconfig")
    assert "CardDAVPassword" not in plistlib.loads(bare.encode())["PayloadContent"][0]
    number = re.search(r'name="id" value="(\d+)"', owner.see("/setup"))[1]
    csrf = re.search(r'name="csrf" value="([^"]+)"', owner.page)[1]
    status, _ = owner.post(kith.url + "/setup", {"do": "withdraw", "id": number})
    assert status == 403 and may_read(kith, password) == 207
    status, _ = owner.post(kith.url + "/setup", {"do": "withdraw", "id": number, "csrf": csrf})
    assert status == 303 and may_read(kith, password) == 401


def account_form(owner, do):
    """The account page has several forms of one action."""
    page = owner.see("/account")
    return {"csrf": re.search(r'name="csrf" value="([^"]+)"', page)[1], "do": do}


def test_a_new_password_ends_the_other_sessions(kith):
    owner = begin(kith)
    other = Owner(kith)
    here = kith.url + "/account"
    fresh = "battery staple"
    for fields, said in (({"former": "wrong one", "fresh": fresh, "again": fresh}, "The password now is not that"),
                         ({"former": PASSWORD, "fresh": fresh, "again": "battery stable"}, "passwords differ"),
                         ({"former": PASSWORD, "fresh": "short", "again": "short"}, "too short")):
        status, page = owner.post(here, account_form(owner, "password") | fields)
        assert status == 422 and said in words(page)
    status, _ = owner.post(here, {"do": "password", "former": PASSWORD, "fresh": fresh, "again": fresh})
    assert status == 403
    status, page = owner.post(here, account_form(owner, "password")
                              | {"former": PASSWORD, "fresh": fresh, "again": fresh})
    assert status == 200 and "The password is changed." in words(page)
    owner.see("/")
    other.see("/", status=303)
    assert Browser().post(f"{kith.url}/login", {"login": "zhangsan", "password": PASSWORD})[0] == 403
    assert Browser().post(f"{kith.url}/login", {"login": "zhangsan", "password": fresh})[0] == 303


def test_sessions_are_seen_and_ended(kith):
    owner = begin(kith)
    other = Owner(kith)
    page = owner.see("/account")
    sessions = re.findall(r'name="id" value="([^"]+)"', page)
    assert len(sessions) == 2 and page.count("this browser") == 1
    assert "+8613800000000" in words(page)
    own = re.search(r'this browser.*?name="id" value="([^"]+)"', page, re.S)[1]
    theirs = next(s for s in sessions if s != own)
    assert owner.post(kith.url + "/account", account_form(owner, "end") | {"id": theirs})[0] == 303
    other.see("/", status=303)
    owner.see("/")
    kith.add_user("lisi", name="李四")
    stranger = Owner(kith, login="lisi")
    assert stranger.post(kith.url + "/account", account_form(stranger, "end") | {"id": own})[0] == 404
    owner.see("/")


def test_language_and_policy_are_kept(kith):
    owner = begin(kith)
    assert "Account" in words(owner.see("/account"))
    keep = owner.cookie
    status, _ = owner.post(kith.url + "/account", account_form(owner, "set") | {"lang": "zh", "policy": "review"})
    assert status == 303 and owner.cookie == "kith-lang=zh"
    owner.cookie = f"{keep}; kith-lang=zh"
    page = owner.see("/account")
    assert "账户" in words(page) and 'value="review" checked' in page
    owner.cookie = f"{keep}; kith-lang=nonsense"
    assert "Account" in words(owner.see("/account"))
    status, _ = owner.post(kith.url + "/account", account_form(owner, "set") | {"lang": "xx", "policy": "review"})
    assert status == 400


def test_every_page_is_small_in_both_languages_and_asks_nobody_else(kith):
    owner = begin(kith, RICH, WANG)
    card = owner.path_to("Ada")
    for language in ("en", "zh"):
        owner.language = language
        for path in ("/", card, *(card.replace("/card/", f"/{w}/") for w in ("edit", "history", "remove")), "/trash",
                     "/setup", "/account", "/files/contacts", "/new/contacts", "/asks"):
            page = owner.see(path)
            assert f'<html lang="{language}">' in page and len(page.encode()) <= 60_000, path
            assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page), path
            assert not re.search(r"<[^>]+ (?:style|on\w+)=", page), path
            policy = owner.fields["content-security-policy"]
            assert "script-src 'self'" in policy and "unsafe" not in policy and "http" not in policy
            assert owner.fields["referrer-policy"] == "no-referrer" and owner.fields["cache-control"] == "no-store"
    files = re.findall(r'(?:href|src)="(/(?:style|script)-[^"]+)"', owner.page)
    assert len(files) == 2 and sum(len(owner.get(kith.url + f)[1].encode()) for f in files) <= 60_000

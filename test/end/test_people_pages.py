"""Duplicates and merging, groups, books, acts on many contacts, print, QR codes: all through HTTP."""
import base64
import html
import re
import time
import urllib.parse

import pytest

from filled import portrait
from kith import Browser, unfolded, words
from test_webapp import EVIL, Owner, begin, dav, home, names_in


def card(uid, name, *lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", *lines, "END:VCARD", ""])


ADA = card("ada", "Ada Lovelace", "N:Lovelace;Ada;;;", "TEL;TYPE=CELL:+86 138 0000 0001", "X-OWN;X-P=1:kept",
           "TITLE:Analyst")
ADA_TOO = card("ada-2", "Ada", "TEL;TYPE=HOME:13800000001", "EMAIL:ada@example.org", "TITLE:Countess",
               "item1.URL:http://example.org/ada", "item1.X-ABLabel:Blog", "BDAY:1815-12-10")
BOB = card("bob", "Bob", "TEL:13800000009")


def stored(kith, path, login="zhangsan", book="contacts"):
    """The card's bytes as a device gets them; None when it is gone."""
    status, text, _ = dav(kith, login, "GET", f"{home(kith, login)}/{book}/{path}")
    return text if status == 200 else None


def submit(owner, path, fields, status=303):
    """A form of our own making with this session's secret."""
    got, owner.page = owner.post(owner.kith.url + path, {"csrf": owner.csrf} | fields)
    assert got == status, (path, fields, got, words(owner.page))
    owner.at = owner.fields.get("location", "")
    return owner.page


def start(kith, *cards, login="zhangsan"):
    owner = begin(kith, *cards)
    owner.see("/")
    owner.csrf = re.search(r'name="csrf" value="([^"]+)"', owner.page)[1]
    return owner


def other(kith, login="lisi", name="李四"):
    kith.add_user(login, name=name)
    owner = Owner(kith, login=login)
    owner.see("/")
    owner.csrf = re.search(r'name="csrf" value="([^"]+)"', owner.page)[1]
    return owner


def compare(owner):
    """The page of the first pair of duplicates."""
    owner.see("/twins")
    return owner.see(html.unescape(re.search(r'href="(/unite\?[^"]+)"', owner.page)[1]))


def unite_fields(owner, **more):
    """What a browser sends of the page that compares, repeated fields and all."""
    body = re.search(r'<form method="post" action="/unite"(.*?)</form>', owner.page, re.S)[1]
    fields = {"card": [], "etag": []}
    for tag in re.findall(r"<input[^>]*>", body):
        about = {k: html.unescape(v) for k, v in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if about["name"] in ("card", "etag"):
            fields[about["name"]].append(about["value"])
        elif about.get("type") != "radio" or " checked" in tag:
            fields[about["name"]] = about["value"]
    return fields | more


# --- duplicates ---

def test_duplicates_are_found_with_their_reasons(kith):
    owner = start(kith, ADA, ADA_TOO, BOB, card("c1", "Carl", "EMAIL:c@x.cn"), card("c2", "carl"), card("d1", "Dan", "EMAIL:D@x.cn"),
                  card("d2", "Daniel", "EMAIL;TYPE=WORK:D@X.CN"), card("e1", "Eve", "BDAY:1990-01-01"), card("e2", "Eve", "BDAY:1991-01-01"))
    page = owner.see("/twins")
    assert "Probably the same person: 3" in words(page)
    assert "Same phone number +8613800000001" in words(page) and "Same name, and nothing speaks against it" in words(page)
    assert "Same e-mail address d@x.cn" in words(page) and "Eve" not in words(page) and "Bob" not in words(page)
    assert "Perhaps the same person as Ada Same phone number" in words(owner.see("/card/contacts/ada.vcf"))
    assert "Perhaps" not in words(owner.see("/card/contacts/bob.vcf"))
    zh = Owner(kith, "zh")
    assert "电话相同" in words(zh.see("/twins")) and len(zh.page.encode()) < 60_000


def test_not_the_same_is_remembered(kith):
    owner = start(kith, ADA, ADA_TOO)
    owner.see("/twins")
    ids = re.findall(r'name="card" value="([^"]+)"', owner.page)
    assert ids == ["contacts/ada-2.vcf", "contacts/ada.vcf"]
    fields = {"do": "apart", "card": ids}
    submit(owner, "/twins", fields)
    submit(owner, "/twins", fields)
    assert "Nobody seems to be here twice." in words(owner.see("/twins"))
    path = f"{home(kith, 'zhangsan')}/contacts/ada.vcf"
    assert dav(kith, "zhangsan", "PUT", path, ADA.replace("Analyst", "Poet").encode())[0] == 204
    assert "Nobody seems to be here twice." in words(owner.see("/twins"))
    assert "Perhaps" not in words(owner.see("/card/contacts/ada.vcf"))


def test_ten_thousand_are_compared_at_once(kith):
    people = [card(f"p{i}", f"Person {i:05}", f"TEL;TYPE=CELL:+4420{i % 9990:08}", f"EMAIL:p{i}@example.com",
                   "CATEGORIES:All" if i % 2 else "CATEGORIES:Even") for i in range(10_000)]
    owner = start(kith, *people)
    for path, most_s in (("/twins", 0.9), ("/", 0.05), ("/?letter=P", 0.05), ("/groups", 0.3), ("/groups/All", 0.3), ("/print", 0.9),
                         ("/card/contacts/p1.vcf", 0.05)):
        took = []
        for _ in range(4):
            begun = time.monotonic()
            owner.see(path)
            took.append(time.monotonic() - begun)
        print(path, min(took))
        assert min(took) < most_s, (path, took)
    assert "Probably the same person: 10" in words(owner.see("/twins"))
    assert "Contacts: 5000" in words(owner.see("/groups"))
    assert "Only the first 500 are here" in words(owner.see("/print"))


# --- merge ---

def test_merge_keeps_what_both_have_and_undo_gives_it_back(kith):
    friends = card("g", "Friends", "X-ADDRESSBOOKSERVER-KIND:group", "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:ada-2")
    owner = start(kith, ADA, ADA_TOO, friends)
    before = {name: stored(kith, name) for name in ("ada.vcf", "ada-2.vcf", "g.vcf")}
    page = compare(owner)
    assert "Where they differ" in words(page) and "Countess" in page and "Analyst" in page
    fields = unite_fields(owner)
    keep = fields["card"].index("contacts/ada.vcf")
    fields = unite_fields(owner, keep=str(keep), **{"take-TITLE": str(1 - keep), "take-FN": str(keep)})
    submit(owner, "/unite", fields)
    assert owner.at == "/card/contacts/ada.vcf"
    merged = stored(kith, "ada.vcf")
    for line in ("FN:Ada Lovelace", "N:Lovelace;Ada;;;", "TEL;TYPE=CELL:+86 138 0000 0001", "X-OWN;X-P=1:kept", "TITLE:Countess",
                 "EMAIL:ada@example.org", "BDAY:1815-12-10", "CATEGORIES:Friends"):
        assert f"\r\n{line}\r\n" in merged
    assert merged.count("TEL") == 1 and "X-ABLabel:Blog" in merged and stored(kith, "ada-2.vcf") is None
    assert "urn:uuid:ada\r" in stored(kith, "g.vcf") and "ada-2" not in stored(kith, "g.vcf")
    submit(owner, "/unite", fields)  # sent twice
    assert owner.at == "/card/contacts/ada.vcf" and stored(kith, "ada.vcf") == merged
    assert "merged from several" in words(owner.see("/card/contacts/ada.vcf"))
    owner.send("/twins")
    assert {name: stored(kith, name) for name in before} == before
    submit(owner, "/twins", {"do": "undo", "card": "contacts/ada.vcf"}, status=409)
    assert {name: stored(kith, name) for name in before} == before
    assert "merged from" not in words(owner.see("/card/contacts/ada.vcf"))


def test_merge_of_the_very_same_can_be_undone(kith):
    owner = start(kith, ADA, ADA.replace("UID:ada", "UID:twin"))
    compare(owner)
    assert "do not contradict" in words(owner.page)
    submit(owner, "/unite", unite_fields(owner))
    assert [stored(kith, "ada.vcf") is None, stored(kith, "twin.vcf") is None].count(True) == 1
    owner.see(owner.at)
    owner.send("/twins")
    assert stored(kith, "ada.vcf") == ADA and stored(kith, "twin.vcf") == ADA.replace("UID:ada", "UID:twin")


def test_a_picture_comes_along(kith):
    picture = base64.b64encode(portrait(3)).decode()
    photo = "PHOTO;ENCODING=b;TYPE=PNG:" + "\r\n ".join(picture[i:i + 70] for i in range(0, len(picture), 70))
    with_picture = ADA_TOO.replace("END:", photo + "\r\nEND:")
    owner = start(kith, ADA, with_picture)
    compare(owner)
    fields = unite_fields(owner)
    submit(owner, "/unite", fields | {"keep": str(fields["card"].index("contacts/ada.vcf"))})
    assert picture in unfolded(stored(kith, "ada.vcf")) and 'src="/photo/contacts/ada.vcf' in owner.see(owner.at)
    owner.send("/twins")
    assert (stored(kith, "ada.vcf"), stored(kith, "ada-2.vcf")) == (ADA, with_picture)
    kith.run("check", *kith.place)


def test_cards_of_two_books_are_made_one(kith):
    owner = start(kith, ADA)
    submit(owner, "/books", {"do": "make", "title": "Work"})
    assert dav(kith, "zhangsan", "PUT", f"{home(kith, 'zhangsan')}/work/ada-2.vcf", ADA_TOO.encode())[0] == 201
    compare(owner)
    fields = unite_fields(owner)
    submit(owner, "/unite", fields | {"keep": str(fields["card"].index("contacts/ada.vcf"))})
    assert "ada@example.org" in stored(kith, "ada.vcf") and stored(kith, "ada-2.vcf", book="work") is None
    owner.see(owner.at)
    owner.send("/twins")
    assert (stored(kith, "ada.vcf"), stored(kith, "ada-2.vcf", book="work")) == (ADA, ADA_TOO)


def test_an_edit_after_the_merge_is_not_undone(kith):
    owner = start(kith, ADA, ADA_TOO)
    compare(owner)
    fields = unite_fields(owner)
    submit(owner, "/unite", fields | {"keep": str(fields["card"].index("contacts/ada.vcf"))})
    newer = stored(kith, "ada.vcf").replace("END:", "NOTE:later\r\nEND:")
    assert dav(kith, "zhangsan", "PUT", f"{home(kith, 'zhangsan')}/contacts/ada.vcf", newer.encode())[0] == 204
    assert "merged from" not in words(owner.see("/card/contacts/ada.vcf"))
    submit(owner, "/twins", {"do": "undo", "card": "contacts/ada.vcf"}, status=409)
    assert stored(kith, "ada.vcf") == newer and stored(kith, "ada-2.vcf") is None
    assert "Ada" in words(owner.see("/trash"))


def test_only_so_many_duplicates_are_listed(kith):
    owner = start(kith, *[card(f"d{i}", f"Double {i % 31:02}") for i in range(62)])
    page = owner.see("/twins")
    assert "the first 30 are shown" in words(page) and page.count("/unite?") == 30 and len(page.encode()) < 60_000


def test_a_merge_that_came_too_late_changes_nothing(kith):
    owner = start(kith, ADA, ADA_TOO)
    compare(owner)
    fields = unite_fields(owner)
    path = f"{home(kith, 'zhangsan')}/contacts/ada-2.vcf"
    newer = ADA_TOO.replace("Countess", "Poet")
    assert dav(kith, "zhangsan", "PUT", path, newer.encode())[0] == 204
    submit(owner, "/unite", fields, status=409)
    assert stored(kith, "ada.vcf") == ADA and stored(kith, "ada-2.vcf") == newer


def test_a_device_sees_one_changed_and_one_gone(kith):
    owner = start(kith, ADA, ADA_TOO)
    book = f"{home(kith, 'zhangsan')}/contacts/"

    def sync(token):
        body = (f'<sync-collection xmlns="DAV:"><sync-token>{token}</sync-token><sync-level>1</sync-level>'
                "<prop><getetag/></prop></sync-collection>")
        status, text, _ = dav(kith, "zhangsan", "REPORT", book, body.encode(), Depth="0")
        assert status == 207
        gone = re.findall(r"<(?:\w+:)?response>\s*<(?:\w+:)?href>([^<]+)</(?:\w+:)?href>\s*<(?:\w+:)?status>HTTP/1.1 404", text)
        there = [h for h in re.findall(r"<(?:\w+:)?href>([^<]+)</", text) if h not in gone and h.endswith(".vcf")]
        names = [[h.rsplit("/", 1)[1] for h in hrefs] for hrefs in (there, gone)]
        return re.search(r"sync-token>([^<]+)</", text)[1], *names

    token, there, _ = sync("")
    assert sorted(there) == ["ada-2.vcf", "ada.vcf"]
    compare(owner)
    fields = unite_fields(owner)
    submit(owner, "/unite", fields | {"keep": str(fields["card"].index("contacts/ada.vcf"))})
    token, changed, gone = sync(token)
    assert (changed, gone) == (["ada.vcf"], ["ada-2.vcf"])
    owner.see(owner.at)
    owner.send("/twins")
    _, changed, gone = sync(token)
    assert (sorted(changed), gone) == (["ada-2.vcf", "ada.vcf"], [])


@pytest.mark.parametrize("query, status", [
    ("", 400), ("card=contacts/ada.vcf", 400), ("card=contacts/ada.vcf&card=contacts/ada.vcf", 400),
    ("card=contacts/ada.vcf&card=contacts/none.vcf", 404), ("card=none/ada.vcf&card=contacts/ada-2.vcf", 404),
    ("card=contacts/ada.vcf&card=contacts/g.vcf", 400),
    ("&".join(f"card=contacts/{i}.vcf" for i in range(11)), 400)])
def test_what_cannot_be_merged(kith, query, status):
    owner = start(kith, ADA, ADA_TOO, card("g", "G", "X-ADDRESSBOOKSERVER-KIND:group"))
    owner.see(f"/unite?{query}", status=status)
    stranger = other(kith)
    stranger.see("/unite?card=contacts/ada.vcf&card=contacts/ada-2.vcf", status=404)
    submit(stranger, "/unite", {"card": ["contacts/ada.vcf", "contacts/ada-2.vcf"], "keep": "0"}, status=404)
    for path in ("/unite", "/twins"):
        assert owner.post(kith.url + path, {"card": ["contacts/ada.vcf", "contacts/ada-2.vcf"], "keep": "0"})[0] == 403
    assert stored(kith, "ada.vcf") == ADA and stored(kith, "ada-2.vcf") == ADA_TOO


def test_merge_at_a_terminal(kith):
    start(kith, ADA, ADA_TOO)
    kith.login("zhangsan")
    assert "contacts/ada.vcf\tAda Lovelace" in kith.run("twins") and "same phone +8613800000001" in kith.run("twins")
    kith.run("merge", "contacts/ada.vcf", status=2)
    kith.run("twins", "--apart", "contacts/ada.vcf", status=2)
    assert "has it all" in kith.run("merge", "contacts/ada.vcf", "contacts/ada-2.vcf", "--take", "FN,TITLE")
    assert "FN:Ada\r\n" in stored(kith, "ada.vcf") and "TITLE:Countess" in stored(kith, "ada.vcf")
    assert "as they were" in kith.run("merge", "--undo", "contacts/ada.vcf")
    assert (stored(kith, "ada.vcf"), stored(kith, "ada-2.vcf")) == (ADA, ADA_TOO)
    kith.run("twins", "--apart", "contacts/ada.vcf", "contacts/ada-2.vcf")
    assert kith.run("twins") == ""


# --- groups ---

def people_of(owner, name, query=""):
    return names_in(owner.see(f"/groups/{urllib.parse.quote(name, safe='')}{query}"))


def test_groups_are_made_filled_renamed_and_removed(kith):
    owner = start(kith, ADA, BOB, card("li", "李四", "CATEGORIES:同学"))
    assert "同学" in words(owner.see("/groups"))
    owner.send("/groups?book=contacts", {"name": "Friends & co/1", "do": "make"})
    assert owner.at == "/groups/Friends%20%26%20co%2F1"
    submit(owner, "/groups", {"do": "make", "name": "Friends & co/1"}, status=422)
    assert "There is a group of that name." in words(owner.page)
    submit(owner, "/groups", {"do": "make", "name": " "}, status=422)
    submit(owner, "/groups", {"do": "make", "name": "x" * 256}, status=422)
    for _ in range(2):
        submit(owner, "/bulk/contacts", {"do": "in", "to": "Friends & co/1", "card": ["ada.vcf", "bob.vcf", "gone.vcf"]})
    assert people_of(owner, "Friends & co/1") == ["Ada Lovelace", "Bob"]
    assert "CATEGORIES:Friends & co/1" in stored(kith, "ada.vcf")
    submit(owner, "/bulk/contacts", {"do": "in", "to": "同学", "card": "ada.vcf"})
    assert people_of(owner, "同学") == ["Ada Lovelace", "李四"]
    submit(owner, owner_path := "/groups/Friends%20%26%20co%2F1", {"do": "rename", "name": "同学"}, status=422)
    submit(owner, owner_path, {"do": "rename", "name": "球友"})
    assert people_of(owner, "球友") == ["Ada Lovelace", "Bob"]
    owner.see(owner_path, status=404)
    submit(owner, "/bulk/contacts", {"do": "out", "group": "球友", "card": "ada.vcf"})
    assert people_of(owner, "球友") == ["Bob"] and "球友" not in stored(kith, "ada.vcf")
    quoted = "/groups/" + urllib.parse.quote("球友")
    assert "Delete the group 球友?" in words(submit(owner, quoted, {"do": "ask-remove"}, status=200))
    submit(owner, quoted, {"do": "remove"})
    submit(owner, quoted, {"do": "remove"})  # sent twice
    assert stored(kith, "bob.vcf") == BOB and "球友" not in words(owner.see("/groups"))
    same = "/groups/" + urllib.parse.quote("同学")
    submit(owner, same, {"do": "remove"})
    assert "CATEGORIES" not in stored(kith, "li.vcf") and "同学" not in words(owner.see("/groups"))


def test_a_device_sees_a_group_made_here(kith):
    owner = start(kith, ADA, BOB)
    submit(owner, "/bulk/contacts", {"do": "in", "fresh": "New", "card": ["ada.vcf", "bob.vcf"]})
    body = b'<propfind xmlns="DAV:"><prop><getetag/></prop></propfind>'
    text = dav(kith, "zhangsan", "PROPFIND", f"{home(kith, 'zhangsan')}/contacts/", body, Depth="1")[1]
    name = next(n for n in re.findall(r"/contacts/([^<]+\.vcf)<", text) if n not in ("ada.vcf", "bob.vcf"))
    group = stored(kith, name)
    assert "KIND:group" in group and "urn:uuid:ada\r" in group and "urn:uuid:bob\r" in group


# --- many at once ---

def test_many_go_to_the_trash_and_come_back(kith):
    owner = start(kith, ADA, BOB, card("li", "李四"))
    page = owner.see("/")
    assert page.count('type="checkbox"') == 3 and 'id="many"' in page and 'form="many"' in page
    page = submit(owner, "/bulk/contacts", {"do": "remove", "card": ["ada.vcf", "bob.vcf"]}, status=200)
    assert "Delete 2 contacts?" in words(page) and stored(kith, "ada.vcf") == ADA
    sure = {"do": "removed", "card": ["ada.vcf", "bob.vcf"]}
    submit(owner, "/bulk/contacts", sure)
    undo = owner.at
    assert names_in(owner.see("/")) == ["李四"]
    submit(owner, "/bulk/contacts", sure)  # sent twice
    assert "Contacts in the trash: 2" in words(owner.see(undo))
    owner.send("/bulk/contacts", {"do": "undo"})
    assert stored(kith, "ada.vcf") == ADA and stored(kith, "bob.vcf") == BOB
    at = re.search(r"at=(\d+)", undo)[1]
    submit(owner, "/bulk/contacts", {"do": "undo", "at": at})  # once more
    assert stored(kith, "ada.vcf") == ADA


def test_many_are_exported_and_printed(kith):
    owner = start(kith, ADA, BOB, card("li", "李四"))
    status, text = owner.post(f"{kith.url}/bulk/contacts", {"csrf": owner.csrf, "do": "export", "card": ["ada.vcf", "bob.vcf"]})
    assert status == 200 and text == ADA + BOB and "attachment" in owner.fields["content-disposition"]
    page = submit(owner, "/bulk/contacts", {"do": "print", "card": ["ada.vcf", "li.vcf"]}, status=200)
    assert "Ada Lovelace" in page and "李四" in page and "Bob" not in page and "+86 138 0000 0001" in page


def test_many_move_and_are_copied(kith):
    owner = start(kith, ADA, BOB)
    owner.see("/books")
    owner.send("/books", {"title": "Work Place", "about": "colleagues", "do": "make"})
    assert owner.at == "/books/work-place"
    page = submit(owner, "/bulk/contacts", {"do": "book", "card": ["ada.vcf", "bob.vcf"]}, status=200)
    assert '<option value="work-place">Work Place' in page
    submit(owner, "/bulk/contacts", {"do": "copy", "to": "work-place", "card": "ada.vcf"})
    assert stored(kith, "ada.vcf") == ADA == stored(kith, "ada.vcf", book="work-place")
    page = submit(owner, "/bulk/contacts", {"do": "move", "to": "work-place", "card": ["ada.vcf", "bob.vcf"]}, status=200)
    assert "left where they are: 1" in words(page)
    assert stored(kith, "ada.vcf") == ADA and stored(kith, "bob.vcf") is None and stored(kith, "bob.vcf", book="work-place") == BOB
    submit(owner, "/bulk/contacts", {"do": "move", "to": "contacts", "card": "ada.vcf"}, status=400)
    submit(owner, "/bulk/contacts", {"do": "move", "to": "none", "card": "ada.vcf"}, status=404)
    assert "copy" in words(owner.see("/twins")) or "Nobody seems" in words(owner.page)  # a copy in another book is no duplicate


def test_limits_of_acts_on_many(kith):
    owner = start(kith, ADA)
    assert "Nobody was selected" in words(submit(owner, "/bulk/contacts", {"do": "remove"}, status=422))
    page = submit(owner, "/bulk/contacts", {"do": "removed", "card": [f"{i}.vcf" for i in range(300)] + ["ada.vcf"]}, status=422)
    assert "At most 300 contacts at once. Nothing was changed." in words(page) and stored(kith, "ada.vcf") == ADA
    submit(owner, "/bulk/contacts", {"do": "dance", "card": "ada.vcf"}, status=400)
    assert owner.post(f"{kith.url}/bulk/contacts", {"do": "removed", "card": "ada.vcf"})[0] == 403
    submit(owner, "/bulk/contacts", {"do": "removed", "card": [f"{i}.vcf" for i in range(401)]}, status=413)
    submit(other(kith), "/bulk/contacts", {"do": "removed", "card": "ada.vcf"})  # his own book: there is no such card
    assert stored(kith, "ada.vcf") == ADA


# --- books ---

def test_books_are_made_described_and_removed(kith):
    owner = start(kith, ADA)
    owner.see("/books")
    assert "default" in words(owner.page)
    submit(owner, "/books", {"do": "make", "title": " "}, status=422)
    submit(owner, "/books", {"do": "make", "title": "x" * 1025}, status=422)
    submit(owner, "/books", {"do": "make", "title": "家人"})
    place = owner.at
    submit(owner, place, {"do": "describe", "title": "Family", "about": "close", "plain": "1"})
    page = owner.see(place)
    assert 'value="Family"' in page and 'value="close"' in page and re.search(r'name="plain"[^>]*checked', page)
    submit(owner, place, {"do": "describe", "title": "", "about": ""}, status=422)
    submit(owner, place, {"do": "describe", "title": "Family", "about": ""})
    assert not re.search(r'name="plain"[^>]*checked', owner.see(place))
    assert "Delete the book Family?" in words(submit(owner, place, {"do": "ask-remove"}, status=200))
    submit(owner, place, {"do": "remove"})
    submit(owner, place, {"do": "remove"})  # sent twice
    owner.see(place, status=404)
    assert "Family" in words(owner.see("/trash"))
    submit(owner, "/books/contacts", {"do": "remove"}, status=422)
    assert "default book cannot be deleted" in words(owner.page)
    assert owner.post(kith.url + "/books", {"do": "make", "title": "x"})[0] == 403


def test_books_are_lent_and_taken_back(kith):
    owner = start(kith, ADA, BOB)
    friend = other(kith)
    submit(owner, "/books/contacts", {"do": "lend", "login": "nobody", "access": "read"}, status=422)
    assert "No other account here has that login." in words(owner.page)
    submit(owner, "/books/contacts", {"do": "lend", "login": "zhangsan", "access": "read"}, status=422)
    for _ in range(2):
        submit(owner, "/books/contacts", {"do": "lend", "login": "lisi", "access": "read"})
    assert "李四 read only" in words(owner.see("/books/contacts")) and words(owner.page).count("Withdraw") == 1
    assert "from 张三 · read only" in words(friend.see("/books"))
    shared = re.search(r'href="/books/(shared-[^"]+)"', friend.page)[1]
    page = friend.see(f"/?book={shared}")
    assert names_in(page) == ["Ada Lovelace", "Bob"] and "/new/" not in page and 'value="remove"' not in page and 'value="export"' in page
    for path, fields in ((f"/bulk/{shared}", {"do": "removed", "card": "ada.vcf"}), (f"/bulk/{shared}", {"do": "remove", "card": "ada.vcf"}),
                         (f"/bulk/{shared}", {"do": "in", "fresh": "G", "card": "ada.vcf"}),
                         (f"/groups?book={shared}", {"do": "make", "name": "G"}),
                         (f"/books/{shared}", {"do": "describe", "title": "Mine"}),
                         (f"/books/{shared}", {"do": "lend", "login": "lisi"}), (f"/books/{shared}", {"do": "withdraw", "who": "1"}),
                         (f"/new/{shared}", {"fn": "New"}), (f"/remove/{shared}/ada.vcf", {"etag": "x"}),
                         ("/unite", {"card": [f"{shared}/ada.vcf", f"{shared}/bob.vcf"], "keep": "0"})):
        page = submit(friend, path, fields, status=403)
        assert "shared with you to read only" in words(page), path
    assert stored(kith, "ada.vcf") == ADA
    submit(friend, f"/bulk/{shared}", {"do": "copy", "to": "contacts", "card": "ada.vcf"})
    assert names_in(friend.see("/")) == ["Ada Lovelace"]
    submit(owner, "/books/contacts", {"do": "lend", "login": "lisi", "access": "write"})
    submit(friend, f"/bulk/{shared}", {"do": "removed", "card": "bob.vcf"})
    assert stored(kith, "bob.vcf") is None
    assert "Leave Contacts?" in words(submit(friend, f"/books/{shared}", {"do": "ask-remove"}, status=200))
    submit(friend, f"/books/{shared}", {"do": "remove"})
    friend.see(f"/books/{shared}", status=404)
    assert stored(kith, "ada.vcf") == ADA and "Nobody else sees this book." in words(owner.see("/books/contacts"))
    submit(owner, "/books/contacts", {"do": "lend", "login": "lisi", "access": "read"})
    who = re.search(r'name="who" value="(\d+)"', owner.see("/books/contacts"))[1]
    for _ in range(2):
        submit(owner, "/books/contacts", {"do": "withdraw", "who": who})
    friend.see(f"/books/{shared}", status=404)


# --- on paper, and to a camera ---

def test_print_of_one_a_group_and_a_book(kith):
    owner = start(kith, ADA, BOB.replace("TEL", "CATEGORIES:Ring\r\nTEL"))
    assert "Ada Lovelace" in owner.see("/print") and "Bob" in owner.page and "13800000009" in owner.page
    assert "Bob" in owner.see("/print?group=Ring") and "Ada" not in owner.page
    assert "Ada" in owner.see("/print?book=contacts&card=ada.vcf") and "Bob" not in owner.page
    for query in ("group=none", "card=none.vcf", "book=none"):
        owner.see(f"/print?{query}", status=404)


def test_a_square_says_what_it_leaves_out(kith):
    picture = "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 4000
    owner = start(kith, BOB, card("pic", "Pic", picture, "TEL:1"), card("note", "Note", picture, "NOTE:" + "long " * 400),
                  card("own", "Own", "X-OWN:" + "y" * 2000), card("all", "All", *[f"EMAIL:{'x' * 60}{i}@example.com" for i in range(40)]))
    for name, said in (("bob", "The whole contact is in it."), ("pic", "Without pictures: they do not fit."),
                       ("note", "Without pictures and long notes"), ("own", "what only programs read")):
        assert said in words(owner.see(f"/card/contacts/{name}.vcf/qr")) and "<path d=" in owner.page
    assert "too large for a QR code" in words(owner.see("/card/contacts/all.vcf/qr", status=422)) and "<path" not in owner.page
    owner.see("/card/contacts/none.vcf/qr", status=404)
    assert 'href="/card/contacts/bob.vcf/qr"' in owner.see("/card/contacts/bob.vcf")


# --- others, and what others write ---

def test_strangers_see_nothing(kith):
    owner = start(kith, ADA, ADA_TOO)
    submit(owner, "/books", {"do": "make", "title": "Secret"})
    stranger = other(kith)
    for path in ("/books/secret", "/print?book=secret", "/groups?book=secret", "/groups/Any?book=secret", "/bulk/secret?count=1&at=1",
                 "/card/secret/ada.vcf/qr"):
        stranger.see(path, status=404)
    assert "Ada" not in stranger.see("/twins") and "Secret" not in stranger.see("/books")
    submit(stranger, "/twins", {"do": "undo", "card": "contacts/ada.vcf"}, status=404)
    submit(stranger, "/twins", {"do": "apart", "card": ["contacts/ada.vcf", "contacts/ada-2.vcf"]}, status=404)
    submit(stranger, "/books/secret", {"do": "lend", "login": "lisi"}, status=404)
    for path in ("/twins", "/groups", "/books", "/print", "/unite", "/bulk/contacts"):
        assert Browser().get(kith.url + path)[0] == 303


def test_nothing_that_is_written_becomes_markup(kith):
    evil = EVIL.replace(";", "\\;").replace(",", "\\,")
    lines = [f"CATEGORIES:{evil}", f"TITLE:{evil}", f"ORG:{evil}", f"NOTE:{evil}", f"NICKNAME:{evil}", f"item1.X-ABLabel:{evil}",
             "item1.TEL:13800000001"]
    owner = start(kith, card("a", evil, *lines), card("b", "b" + evil, "TITLE:x", "item1.TEL:13800000001"))
    submit(owner, "/books", {"do": "make", "title": EVIL, "about": EVIL})
    book = owner.at
    submit(owner, "/books", {"do": "make", "title": EVIL * 100, "about": EVIL}, status=422)
    pages = [owner.page]
    group = "/groups/" + urllib.parse.quote(EVIL, safe="")
    for path in ("/", "/twins", "/groups", group, "/books", book, "/print", "/print?group=" + urllib.parse.quote(EVIL),
                 "/card/contacts/a.vcf", "/card/contacts/a.vcf/qr", "/unite?card=contacts/a.vcf&card=contacts/b.vcf"):
        pages.append(owner.see(path))
    for what in ("group", "book", "remove", "print"):
        pages.append(submit(owner, "/bulk/contacts", {"do": what, "group": EVIL, "card": ["a.vcf", EVIL]}, status=200))
    pages.append(submit(owner, group, {"do": "rename", "name": EVIL * 100}, status=422))
    pages.append(submit(owner, group, {"do": "ask-remove"}, status=200))
    for page in pages:
        assert "<script>alert" not in page and 'value=""><' not in page and len(page.encode()) < 60_000
    assert sum("&lt;script&gt;alert" in page for page in pages) >= len(pages) - 2


def test_cards_that_are_too_long_do_not_break_a_page(kith):
    long = [card(f"l{i}", f"Long {i}", "TEL:13800000001", *[f"NOTE:{'<&>' * 20_000}{n}" for n in range(3)]) for i in range(4)]
    tags = [card(f"t{i}", f"Tags {i}", "CATEGORIES:" + ",".join(f"{'<&>' * 60} {i} {n:04}" for n in range(180))) for i in range(3)]
    owner = start(kith, *long, *tags)
    assert "…" in owner.see("/print") and len(owner.page.encode()) < 500_000
    assert "…" in owner.see("/unite?" + "&".join(f"card=contacts/l{i}.vcf" for i in range(4))) and len(owner.page.encode()) < 500_000
    for page in (owner.see("/groups"), submit(owner, "/bulk/contacts", {"do": "group", "card": "l1.vcf"}, status=200)):
        assert len(page.encode()) < 500_000
    assert re.search(r"The first \d+ are shown", words(owner.see("/groups")))


def test_who_was_asked_answers_into_the_merged_card(kith):
    kith.write_conf("[ask]\nagain_after = 0\n")
    owner = start(kith, ADA, ADA_TOO)
    kith.login("zhangsan")
    ask = kith.json("ask", "ada@example.org", "--by", "self")
    kith.run("merge", "contacts/ada.vcf", "contacts/ada-2.vcf")
    assert f'href="/asks/{ask["ask"]}"' in owner.see("/card/contacts/ada.vcf")
    kith.run("answer", ask["link"], "qq=12345678")
    assert "12345678" in stored(kith, "ada.vcf") and stored(kith, "ada-2.vcf") is None
    assert kith.state(ask["ask"]) == "merged"


def test_asks_go_back_when_a_merge_is_undone(kith):
    kith.write_conf("[ask]\nagain_after = 0\n")
    start(kith, ADA, ADA_TOO)
    kith.login("zhangsan")
    ask = kith.json("ask", "ada@example.org", "--by", "self")
    kith.run("merge", "contacts/ada.vcf", "contacts/ada-2.vcf")
    kith.run("merge", "--undo", "contacts/ada.vcf")
    kith.run("answer", ask["link"], "qq=12345678")
    assert "12345678" in stored(kith, "ada-2.vcf") and stored(kith, "ada.vcf") == ADA

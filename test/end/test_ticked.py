"""Contacts ticked in what a search found: one act, in the book they are of."""
import html
import re
import urllib.parse

from kith import words
from test_people_pages import ADA, BOB, card, start, stored, submit
from test_webapp import names_in

EVIL = '"><script>alert(1)</script>'


def ticks_of(page):
    return [html.unescape(value) for value in re.findall(r'form="many" name="card" value="([^"]*)"', page)]


def found(owner, typed, part=""):
    return owner.see(f"/find?q={urllib.parse.quote(typed)}{part}")


def second_book(owner, *names):
    """A book "Work" with copies of those cards; its name."""
    submit(owner, "/books", {"do": "make", "title": "Work"})
    book = re.search(r'href="/books/([^"]+)"[^>]*>[^<]*<span class="unseen"> Work<', owner.see("/books"))[1]
    if names:
        submit(owner, "/bulk/contacts", {"do": "copy", "to": book, "card": list(names)})
    return book


def test_what_was_found_is_ticked_and_removed(kith):
    owner = start(kith, card("one", "Anna One"), card("two", "Anna Two"), card("three", "Anna Three"), BOB)
    for part in ("", "&part=1"):
        page = found(owner, "anna", part)
        assert sorted(ticks_of(page)) == ["contacts/one.vcf", "contacts/three.vcf", "contacts/two.vcf"]
        assert '<input type="hidden" form="many" name="find" value="anna">' in page
    assert 'id="many"' in found(owner, "anna") and 'id="many"' not in found(owner, "nobody")
    ticked = {"card": ["contacts/one.vcf", "contacts/two.vcf"], "find": "anna"}
    page = submit(owner, "/bulk", {"do": "remove"} | ticked, status=200)
    assert "Delete 2 contacts?" in words(page) and 'href="/find?q=anna"' in page
    sure = {"do": "removed", "card": ["one.vcf", "two.vcf"], "find": owner.form("/bulk/contacts")["find"]}
    submit(owner, "/bulk/contacts", sure)
    assert 'href="/find?q=anna"' in owner.see(owner.at) and names_in(found(owner, "anna")) == ["Anna Three"]
    submit(owner, "/bulk/contacts", sure)  # sent twice
    assert owner.at == "/find?q=anna" and names_in(owner.see("/")) == ["Anna Three", "Bob"]


def test_the_list_of_a_book_ticks_in_the_same_way(kith):
    owner = start(kith, ADA, BOB)
    assert ticks_of(owner.see("/")) == ["contacts/ada.vcf", "contacts/bob.vcf"]
    submit(owner, "/bulk", {"do": "group", "card": "contacts/ada.vcf"}, status=200)
    owner.send("/bulk/contacts", {"fresh": "Friends", "do": "in"})
    assert ticks_of(owner.page) == ["contacts/ada.vcf"]
    submit(owner, "/bulk", {"do": "out", "group": "Friends", "card": "contacts/ada.vcf"})
    assert "Friends" not in stored(kith, "ada.vcf")


def test_of_several_books_one_is_chosen(kith):
    owner = start(kith, ADA, BOB)
    work = second_book(owner, "ada.vcf", "bob.vcf")
    ticks = ticks_of(found(owner, "ada"))
    assert len(ticks) == 2 and {tick.split("/")[0] for tick in ticks} == {"contacts", work}
    page = submit(owner, "/bulk", {"do": "remove", "card": [*ticks, "contacts/bob.vcf"], "find": EVIL}, status=200)
    assert "These contacts are in several books" in words(page) and "<script>alert" not in page
    assert "Contacts: 2" in words(page) and "Contacts: 1" in words(page)
    page = owner.send(f"/bulk/{work}", {"do": "remove"}, status=200)
    assert "Delete 1 contact" in words(page)
    owner.send(f"/bulk/{work}")
    assert names_in(owner.see("/")) == ["Ada Lovelace", "Bob"]
    assert names_in(owner.see(f"/?book={work}")) == ["Bob"]


def test_what_cannot_be_done_is_told(kith):
    owner = start(kith, ADA)
    page = submit(owner, "/bulk", {"do": "remove", "find": "ada"}, status=422)
    assert "Nobody was selected" in words(page) and 'href="/find?q=ada"' in page
    assert "Nobody was selected" in words(submit(owner, "/bulk", {"do": "remove", "card": "nothing/ada.vcf"}, status=422))
    assert "Nobody was selected" in words(submit(owner, "/bulk", {"do": "remove", "card": "ada.vcf"}, status=422))
    submit(owner, "/bulk", {"do": "undo", "at": "1"}, status=400)
    submit(owner, "/bulk", {"do": "dance", "card": "contacts/ada.vcf"}, status=400)
    page = submit(owner, "/bulk", {"do": "removed", "card": ["contacts/ada.vcf"] * 301}, status=422)
    assert "300" in words(page) and stored(kith, "ada.vcf") == ADA
    assert owner.post(kith.url + "/bulk", {"do": "removed", "card": "contacts/ada.vcf"})[0] == 403

"""The default book, as the owner chooses it, and a book's colour, as pages and devices choose it."""
import html
import re

from kith import words
from test_people_pages import ADA, other, start, submit
from test_ticked import second_book
from test_webapp import dav, home, names_in

COLOUR = "http://inf-it.com/ns/ab/"
TYPE = {"Content-Type": "application/xml"}


def default_of(owner):
    return html.unescape(re.search(r'<b>([^<]*)</b></a> <span class="tag">', owner.see("/books"))[1])


def first_in_home(kith, login="zhangsan"):
    """The book that a client which shows one only shows."""
    body = b'<propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
    text = dav(kith, login, "PROPFIND", home(kith, login) + "/", body, Depth="1", **TYPE)[1]
    response = next(r for r in text.split("response>") if "addressbook" in r)
    return re.search(r"/([^/<]+)/</", response)[1]


def test_another_book_becomes_the_default_one(kith):
    owner = start(kith, ADA)
    work = second_book(owner)
    assert default_of(owner) == "Contacts" and first_in_home(kith) == "contacts"
    for _ in range(2):  # sent twice
        submit(owner, f"/books/{work}", {"do": "first"})
    assert default_of(owner) == "Work" and first_in_home(kith) == work
    # A contact without a book, from a page and from a terminal's file, goes there.
    assert 'href="/new/work"' in owner.see("/")
    kith.import_cards("zhangsan", ADA.replace("ada", "eve").replace("Ada Lovelace", "Eve"))
    assert "Eve" in words(owner.see("/")) and "Eve" not in words(owner.see("/?book=contacts"))
    assert 'href="/?book=contacts"' in owner.see("/") and "Ada Lovelace" in words(owner.see("/?book=contacts"))
    # It stays; the one an account began with may go, and does not come back by itself.
    assert "ask-remove" not in owner.see(f"/books/{work}") and "do\" value=\"first" not in owner.page
    submit(owner, f"/books/{work}", {"do": "remove"}, status=422)
    assert dav(kith, "zhangsan", "DELETE", f"{home(kith, 'zhangsan')}/{work}/")[0] == 403
    submit(owner, "/books/contacts", {"do": "remove"})
    assert owner.at == "/books" and "Contacts" not in re.findall(r"<b>([^<]*)</b>", owner.see("/books"))
    assert owner.get(kith.url + "/books/contacts")[0] == 404
    assert dav(kith, "zhangsan", "PROPFIND", f"{home(kith, 'zhangsan')}/contacts/", Depth="0")[0] == 404
    owner.see("/trash")
    kith.stop()
    kith.start()
    assert first_in_home(kith) == work


def test_an_own_card_that_is_new_goes_into_the_default_book(kith):
    owner = start(kith)
    submit(owner, f"/books/{second_book(owner)}", {"do": "first"})
    owner.see("/me")
    owner.send("/me", {"qq": "12345", "do": "save"}, files={})
    assert names_in(owner.see("/?book=work")) and not names_in(owner.see("/?book=contacts"))


def test_only_his_own_can_be_the_default_one(kith):
    owner = start(kith, ADA)
    friend = other(kith)
    submit(owner, "/books/contacts", {"do": "lend", "login": "lisi", "access": "write"})
    shared = re.search(r'href="/books/(shared-[^"]+)"', friend.see("/books"))[1]
    submit(friend, f"/books/{shared}", {"do": "first"}, status=403)
    assert default_of(friend) == "Contacts" and "first" not in re.findall(r'name="do" value="(\w+)"', friend.see(f"/books/{shared}"))


def colour_of(kith, login="zhangsan", book="contacts"):
    body = f'<propfind xmlns="DAV:"><prop><C:addressbook-color xmlns:C="{COLOUR}"/></prop></propfind>'.encode()
    text = dav(kith, login, "PROPFIND", f"{home(kith, login)}/{book}/", body, Depth="0", **TYPE)[1]
    found = re.search(r"addressbook-color[^>]*>([^<]+)<", text)
    return found and found[1]


def paint(kith, colour):
    body = (f'<propertyupdate xmlns="DAV:"><set><prop><C:addressbook-color xmlns:C="{COLOUR}">{colour}</C:addressbook-color>'
            "</prop></set></propertyupdate>").encode()
    assert dav(kith, "zhangsan", "PROPPATCH", f"{home(kith, 'zhangsan')}/contacts/", body, **TYPE)[0] == 207


def chosen(owner):
    return re.search(r'name="colour" value="([^"]*)" checked', owner.see("/books/contacts"))[1]


def test_a_colour_is_one_value_here_and_on_devices(kith):
    owner = start(kith, ADA)
    second_book(owner)
    assert chosen(owner) == "" and colour_of(kith) is None and "<circle" not in owner.see("/books")
    owner.see("/books/contacts")
    owner.send("/books/contacts", {"colour": "#1f8a7a", "do": "describe"})
    assert colour_of(kith) == "#1f8a7a" and chosen(owner) == "#1f8a7a"
    for page in ("/", "/books", "/books/contacts"):
        assert 'fill="#1f8a7a"' in owner.see(page), page
    paint(kith, "#FF8000C0")  # a device's, and how transparent it is
    assert chosen(owner) == "#ff8000" and "From a device: #ff8000" in words(owner.page)
    owner.send("/books/contacts", {"title": "Mine", "do": "describe"})
    assert colour_of(kith) == "#FF8000C0"  # what was not touched stays as the device wrote it
    for nothing in ("red", "#12345", "#12345g", '"&gt;&lt;script&gt;', "#1234567890", ""):
        paint(kith, nothing)
        assert chosen(owner) == "" and "<circle" not in owner.see("/")
    for wrong in ("red", '#12345"', "#1234567", "x" * 5000):
        submit(owner, "/books/contacts", {"do": "describe", "title": "Mine", "colour": wrong}, status=422)
        assert "That is no colour" in words(owner.page)
    owner.see("/books/contacts")
    owner.send("/books/contacts", {"colour": "#b8527d", "do": "describe"})
    owner.send("/books/contacts", {"colour": "", "do": "describe"})
    assert colour_of(kith) is None and chosen(owner) == ""


def test_who_is_lent_a_book_sees_its_colour(kith):
    owner = start(kith, ADA)
    friend = other(kith)
    submit(owner, "/books/contacts", {"do": "describe", "title": "Mine", "colour": "#3b7fc4"})
    submit(owner, "/books/contacts", {"do": "lend", "login": "lisi", "access": "write"})
    assert 'fill="#3b7fc4"' in friend.see("/books")
    shared = re.search(r'href="/books/(shared-[^"]+)"', friend.page)[1]
    submit(friend, f"/books/{shared}", {"do": "describe", "title": "Mine", "colour": "#b8527d"}, status=403)
    assert colour_of(kith) == "#3b7fc4"

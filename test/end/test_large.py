"""Books of large cards, and files of many: what goes in comes out, and what cannot is refused whole."""
import pytest

from test_clients import C, D, NAMES, Device, card, multiget, sync

LARGE = "&" * (9 << 20)  # as XML five times as much
LARGE_CARDS = 3


@pytest.fixture
def ada(kith):
    kith.start()
    kith.add_user("ada", name="Ada")
    return Device(kith, "")


@pytest.fixture
def book(ada):
    """More in three cards than one piece of an answer may hold."""
    place = ada.home() + "contacts/"
    for n in range(LARGE_CARDS):
        assert ada.ask("PUT", f"{place}{n}.vcf", card(f"l{n}", f"Large {n}", line=f"NOTE:{LARGE}\r\n"),
                       Content_Type="text/vcard") == 201
    return place


def notes(found):
    return [r.find(f".//{C}address-data").text.count("&") for r in found.values() if r.find(f".//{C}address-data") is not None]


def test_a_book_of_large_cards_comes_whole(ada, book):
    whole = [len(LARGE)] * LARGE_CARDS
    found, _ = sync(ada, book, "", "<D:getetag/><C:address-data/>")
    assert notes(found) == whole
    del found
    assert notes(multiget(ada, book, [f"{book}{n}.vcf" for n in range(LARGE_CARDS)])) == whole
    query = (f'<C:addressbook-query {NAMES}><D:prop><C:address-data/></D:prop><C:filter><C:prop-filter name="FN">'
             "<C:text-match>Large</C:text-match></C:prop-filter></C:filter></C:addressbook-query>")
    assert notes(ada.multi("REPORT", book, query, Depth="1")) == whole
    assert ada.ask("GET", book) == 200
    assert ada.text.count(b"&") == len(LARGE) * LARGE_CARDS


def test_a_home_of_very_many_books_is_listed(ada):
    ada.props(ada.home(), "<D:displayname/>", depth="1")  # makes the one every home has
    own = "".join(f"<x:p{n} xmlns:x='urn:x'>{'y' * 1000}</x:p{n}>" for n in range(8))
    for n in range(249):
        assert ada.ask("MKCOL", f"{ada.home()}b{n}/") == 201
        if n < 200:
            ada.multi("PROPPATCH", f"{ada.home()}b{n}/",
                      f'<D:propertyupdate xmlns:D="DAV:"><D:set><D:prop>{own}</D:prop></D:set></D:propertyupdate>')
    assert ada.ask("MKCOL", ada.home() + "one-more/") == 507
    found = ada.multi("PROPFIND", ada.home(), '<D:propfind xmlns:D="DAV:"><D:allprop/></D:propfind>', Depth="1")
    assert len(found) == 251 and len(ada.text) > 1 << 20


def file_of(count):
    return b"".join(card(f"m{n}", f"Many {n}") for n in range(count))


def test_a_file_of_very_many_goes_in_or_is_refused_whole(ada):
    book = ada.home() + "contacts/"
    assert ada.ask("POST", book, file_of(10001), Content_Type="text/vcard") == 507
    assert b"10000 cards" in ada.text
    assert len(ada.props(book, "<D:getetag/>", depth="1")) == 1  # the book alone
    found = ada.multi("POST", book, file_of(9000).decode(), Content_Type="text/vcard")
    assert {r.find(D + "status").text for r in found.values()} == {"HTTP/1.1 201 Created"}
    assert len(found) == 9000
    assert len(ada.props(book, "<D:getetag/>", depth="1")) == 9001


def test_a_card_that_is_too_large_is_told_so(ada):
    """RFC 6352 6.3.2.1: just above the limit, and so far above it that nobody reads it."""
    place = ada.home() + "contacts/huge.vcf"
    for mib, status in ((10.5, 403), (12, 413)):
        note = "NOTE:" + "x" * int(mib * 1024 * 1024)
        body = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:huge\r\nFN:Huge\r\n{note}\r\nEND:VCARD\r\n".encode()
        assert ada.ask("PUT", place, body, Content_Type="text/vcard") == status
        assert b"max-resource-size/>" in ada.text
    assert ada.ask("GET", place) == 404

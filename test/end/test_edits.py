"""An edit of one device, and what others changed meanwhile: neither is lost."""
import base64
import random
import re
import struct
import zlib

import pytest

from example import fill_in
from kith import PASSWORD, Browser
from test_clients import C, D, Device, multiget, sync

BIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0"
PHONE = "DAVx5/4.5.19-ose (dav4jvm; ktor) Android/15"


def card(*lines, version="3.0"):
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", "UID:u1", *lines, "END:VCARD", ""]).encode()


@pytest.fixture
def ada(kith):
    kith.start()
    kith.add_user("ada", name="Ada")
    kith.login("ada")
    return kith


def put(device, place, body, status=204, **fields):
    assert device.ask("PUT", place, body, Content_Type="text/vcard", **fields) == status, device.text
    return device.fields.get("ETag")


def get(device, place):
    assert device.ask("GET", place) == 200
    return device.text.decode()


def versions(kith):
    return kith.json("history", "contacts/u1.vcf")


def bird_that_has_seen(kith, *lines):
    """A Thunderbird with one card, as it says by its sync token."""
    bird = Device(kith, BIRD)
    book = bird.home() + "contacts/"
    put(bird, book + "u1.vcf", card(*lines), 201)
    token = bird.props(book, "<D:sync-token/>")[book].find(f".//{D}sync-token").text
    sync(bird, book, token, "<D:getetag/><C:address-data/>", depth="1")
    return bird, book, token


def test_an_unconditional_upload_is_merged(ada):
    bird, book, _ = bird_that_has_seen(ada, "FN:Li", "TEL;TYPE=CELL:+8613800000001", "NOTE:a")
    phone = Device(ada, PHONE)
    put(phone, book + "u1.vcf", card("FN:Li", "TEL;TYPE=CELL:+8613800000002", "NOTE:a", "EMAIL:li@example.com"))
    assert put(bird, book + "u1.vcf", card("FN:Li Si", "TEL;TYPE=CELL:+8613800000001", "NOTE:b")) is None
    both = get(bird, book + "u1.vcf")
    for line in ("FN:Li Si", "TEL;TYPE=CELL:+8613800000002", "NOTE:b", "EMAIL:li@example.com"):
        assert line + "\r\n" in both
    # What it has read again it may overwrite: the ETag is the bytes'.
    assert put(bird, book + "u1.vcf", card("FN:Li Si", "TEL;TYPE=CELL:+8613800000002", "NOTE:b")) is not None
    assert "EMAIL" not in get(bird, book + "u1.vcf")
    told = versions(ada)
    assert told["now"]["device"] == "Thunderbird"
    assert [v["device"] for v in told["versions"]] == ["Thunderbird", "DAVx5", "Thunderbird"]


def test_what_it_saw_outlives_the_server(ada):
    bird, book, token = bird_that_has_seen(ada, "FN:Li", "NOTE:a")
    ada.stop()
    ada.start()
    for device in (bird, Device(ada, PHONE)):
        device.url = Device(ada, "").url
        if device is bird:
            continue
        put(device, book + "u1.vcf", card("FN:Li", "NOTE:a", "TEL:1234567"))
    assert put(bird, book + "u1.vcf", card("FN:Li Si", "NOTE:a")) is None
    assert "FN:Li Si\r\nNOTE:a\r\nTEL:1234567" in get(bird, book + "u1.vcf")


def test_two_edits_of_one_thing(ada):
    """The upload stands, the other number is kept beside it, and the upload in the history."""
    bird, book, _ = bird_that_has_seen(ada, "FN:Li", "TEL;TYPE=CELL:1111111")
    put(Device(ada, PHONE), book + "u1.vcf", card("FN:Li", "TEL;TYPE=CELL:2222222"))
    put(bird, book + "u1.vcf", card("FN:Li", "TEL;TYPE=CELL:3333333"))
    both = get(bird, book + "u1.vcf")
    assert "TEL;TYPE=CELL:3333333\r\nTEL;TYPE=CELL:2222222\r\n" in both
    refused = [v for v in versions(ada)["versions"] if v["state"] == "refused"]
    assert len(refused) == 1 and refused[0]["rev"] < 0


def test_who_was_never_given_the_card_overwrites_it(ada):
    bird, book, _ = bird_that_has_seen(ada, "FN:Li", "NOTE:a")
    other = Device(ada, "curl/8.5")
    assert put(other, book + "u1.vcf", card("FN:Wang")) is not None
    assert get(other, book + "u1.vcf") == card("FN:Wang").decode()
    ada.run("undo", "contacts/u1.vcf")
    assert "NOTE:a" in get(other, book + "u1.vcf")
    # For a program nobody knows PUT means what RFC 9110 says: replace.
    assert put(other, book + "u1.vcf", card("FN:Wang")) is not None
    assert "NOTE" not in get(other, book + "u1.vcf")


LOSSY = ("FN:Li", "SOURCE:https://example.com/li.vcf", "SORT-STRING:li",
         "IMPP;X-SERVICE-TYPE=QQ;TYPE=HOME:qq:10001",
         "ADR;TYPE=WORK:;;1 Main St;Town;;;", "LABEL;TYPE=WORK:1 Main St\\nTown", "X-OWN:1", "NOTE:a")


def test_what_a_phone_cannot_express_comes_back(ada):
    phone = Device(ada, PHONE)
    place = phone.home() + "contacts/u1.vcf"
    etag = put(phone, place, card(*LOSSY), 201)
    lost = card("NOTE:b", "FN:Li", "IMPP;TYPE=home:qq:10001", "ADR;TYPE=work:;;1 Main St;Town;;;")
    assert put(phone, place, lost, If_Match=etag) is None
    now = get(phone, place)
    for line in ("SOURCE:https://example.com/li.vcf", "SORT-STRING:li", "NOTE:b",
                 "IMPP;TYPE=home;X-SERVICE-TYPE=QQ:qq:10001", "LABEL;TYPE=WORK:1 Main St\\nTown"):
        assert line + "\r\n" in now
    assert "X-OWN" not in now  # DAVx5 keeps what it does not know: this its user removed
    assert phone.ask("PUT", place, lost, If_Match=etag) == 412


def test_a_phone_of_version_4_meets_a_card_of_version_3(ada):
    phone = Device(ada, PHONE)
    place = phone.home() + "contacts/u1.vcf"
    put(Device(ada, "vdirsyncer/0.19"), place, card(*LOSSY, "X-ABDATE:2001-02-03"), 201)
    found = multiget(phone, phone.home() + "contacts/", [place],
                     '<C:address-data content-type="text/vcard" version="4.0"/>', Depth="0")[place]
    etag, shown = found.find(f".//{D}getetag").text, found.find(f".//{C}address-data").text
    edited = re.sub(r";X-SERVICE-TYPE=QQ|;SERVICE-TYPE=QQ", "", shown).replace("NOTE:a", "NOTE:b")
    assert edited != shown and "VERSION:4.0" in edited
    put(phone, place, edited.encode(), If_Match=etag)
    now = get(Device(ada, "vdirsyncer/0.19"), place)
    assert "NOTE:b" in now and "QQ:qq:10001" in now


def answered_meanwhile(kith, device):
    """The etag a device has, before an answer fills the card."""
    place = device.home() + "contacts/u1.vcf"
    etag = put(device, place, card("FN:Li", "TEL;TYPE=CELL:+8618988888888", "NOTE:a"), 201)
    ask = kith.json("ask", "18988888888", "--by", "self")
    fill_in(Browser(), ask["link"], picture=False)
    now = get(device, place)
    assert "NOTE:a" in now and now != card("FN:Li", "TEL;TYPE=CELL:+8618988888888", "NOTE:a").decode()
    return place, etag, now


@pytest.mark.parametrize("quietly", [False, True])
def test_an_edit_that_an_answer_overtook_is_rescued(ada, quietly):
    phone = Device(ada, PHONE)
    place, etag, answered = answered_meanwhile(ada, phone)
    fields = {"Push_Dont_Notify": "*"} if quietly else {}
    # RFC 9110 forbids to do it: 412, which DAVx5 takes for "the server's is better" and fetches.
    put(phone, place, card("FN:Li Laoshi", "TEL;TYPE=CELL:+8618988888888", "NOTE:a"), 412,
        If_Match=etag, **fields)
    both = get(phone, place)
    assert "FN:Li Laoshi\r\n" in both and both != answered
    assert sorted(both.replace("Li Laoshi", "Li").split("\r\n")) == sorted(answered.split("\r\n"))
    told = versions(ada)
    assert told["now"]["by"] == "rescue" and told["now"]["device"] == "DAVx5"
    assert "rescue, DAVx5" in ada.run("history", "contacts/u1.vcf")
    assert "refused" in [v["state"] for v in told["versions"]]


def test_an_edit_against_another_device_is_only_kept(ada):
    phone, bird = Device(ada, PHONE), Device(ada, BIRD)
    place = phone.home() + "contacts/u1.vcf"
    etag = put(phone, place, card("FN:Li", "NOTE:a"), 201)
    put(bird, place, card("FN:Li", "NOTE:b"))
    put(phone, place, card("FN:Wang", "NOTE:a"), 412, If_Match=etag)
    assert "FN:Li\r\nNOTE:b" in get(phone, place)
    assert "refused" in [v["state"] for v in versions(ada)["versions"]]


def kept(kith):
    return [v["state"] for v in versions(kith)["versions"]].count("refused")


def test_whatever_keeps_an_upload_out_it_is_kept(ada):
    """A phone that is refused forgets what it had: a name that is taken, an If, a lock."""
    phone = Device(ada, PHONE)
    place = phone.home() + "contacts/u1.vcf"
    first = card("FN:Li", "NOTE:a")
    put(phone, place, first, 201, If_None_Match="*")
    put(phone, place, first, 412, If_None_Match="*")  # the answer was lost: nothing to keep
    assert kept(ada) == 0
    put(phone, place, card("FN:Li", "NOTE:b"), 412, If_None_Match="*")
    assert kept(ada) == 1
    put(phone, place, card("FN:Li", "NOTE:c"), 412, If='(["old"])')
    assert kept(ada) == 2
    lock = ('<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:exclusive/></D:lockscope>'
            "<D:locktype><D:write/></D:locktype></D:lockinfo>")
    assert phone.ask("LOCK", place, lock) == 200
    put(phone, place, card("FN:Li", "NOTE:d"), 423)
    assert kept(ada) == 3
    assert "NOTE:a" in get(phone, place)


def noise(side):
    """A picture that cannot be packed: larger than what devices are shown."""
    rows = b"".join(b"\0" + random.Random(y).randbytes(3 * side) for y in range(side))

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def alike(a, b):
    """Without pytest's minutes of telling two megabytes apart."""
    return a == b


def folded(line):
    return "\r\n ".join(line[i:i + 74] for i in range(0, len(line), 74))


def test_a_large_picture_is_shown_smaller_and_comes_back_whole(ada):
    phone = Device(ada, PHONE)
    book = phone.home() + "contacts/"
    place = book + "u1.vcf"
    picture = folded("PHOTO;ENCODING=b;TYPE=PNG:" + base64.b64encode(noise(500)).decode())
    whole = card("FN:Li", picture, "NOTE:a")
    assert put(phone, place, whole, 201) is None  # what is shown is not what was sent
    shown = get(phone, place)
    etag = phone.fields["ETag"]
    assert len(shown) < 200_000 < len(whole)
    assert "PHOTO;ENCODING=b;TYPE=JPEG:/9j/" in shown and "FN:Li\r\n" in shown
    found = multiget(phone, book, [place], Depth="0")[place]
    assert found.find(f".//{D}getetag").text == etag
    assert alike(found.find(f".//{C}address-data").text, shown)
    assert alike(ada.export("ada").replace("\n", "\r\n").encode(), whole)
    # It comes back with an edit: the original stays.
    assert put(phone, place, shown.replace("NOTE:a", "NOTE:b").encode(), If_Match=etag) is None
    assert alike(get(phone, place), shown.replace("NOTE:a", "NOTE:b"))
    kept = ada.export("ada").replace("\n ", "")
    assert alike(picture.replace("\r\n ", "") in kept, True) and alike("NOTE:b" in kept, True)
    # In the other version, too; and a new one is a new one.
    etag = phone.fields["ETag"]
    found = multiget(phone, book, [place], '<C:address-data content-type="text/vcard" version="4.0"/>',
                     Depth="0")[place]
    four = found.find(f".//{C}address-data").text
    assert "PHOTO:data:image/jpeg;base64,/9j/" in four
    put(phone, place, four.replace("NOTE:b", "NOTE:c").encode(), If_Match=found.find(f".//{D}getetag").text)
    assert alike(base64.b64encode(noise(500)).decode() in ada.export("ada").replace("\n ", ""), True)
    get(phone, place)
    put(phone, place, card("FN:Li", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/AAAA"), If_Match=phone.fields["ETag"])
    assert "/9j/AAAA" in ada.export("ada")


def test_a_small_picture_that_comes_back_from_whoever_is_the_original(ada):
    """Programs that say neither what they saw nor who they are, among them some web-mails."""
    unknown = Device(ada, "")
    place = unknown.home() + "contacts/u1.vcf"
    whole = card("FN:Li", folded("PHOTO;ENCODING=b;TYPE=PNG:" + base64.b64encode(noise(500)).decode()))
    put(unknown, place, whole, 201)
    shown = get(unknown, place)
    assert len(shown) < 200_000 < len(whole)
    assert put(unknown, place, shown.replace("FN:Li", "FN:Wang").encode()) is None
    kept = ada.export("ada").replace("\n ", "")
    assert alike(base64.b64encode(noise(500)).decode() in kept, True) and alike("FN:Wang" in kept, True)
    put(unknown, place, card("FN:Wang"))  # without one it has none
    assert "PHOTO" not in ada.export("ada")


def test_a_large_picture_copied_from_a_lent_book_is_shown_smaller(ada):
    ada.add_user("bob")
    phone, other = Device(ada, PHONE), Device(ada, PHONE)
    other.login = base64.b64encode(f"bob:{PASSWORD}".encode()).decode()
    picture = folded("PHOTO;ENCODING=b;TYPE=PNG:" + base64.b64encode(noise(500)).decode())
    put(phone, phone.home() + "contacts/u1.vcf", card("FN:Li", picture), 201)
    assert phone.ask("ACL", phone.home() + "contacts/", '<D:acl xmlns:D="DAV:"><D:ace><D:principal><D:href>'
                     f"{other.principal()}</D:href></D:principal><D:grant><D:privilege><D:read/></D:privilege>"
                     "</D:grant></D:ace></D:acl>") == 200
    home = other.home()
    lent = next(href for href in other.props(home, "<D:owner/>", depth="1") if "shared-" in href)
    assert other.ask("COPY", lent + "u1.vcf", Destination=home + "contacts/u1.vcf") == 201
    assert alike(get(other, home + "contacts/u1.vcf"), get(phone, phone.home() + "contacts/u1.vcf"))
    assert other.ask("COPY", lent, Destination=home + "all/") == 201
    assert len(get(other, home + "all/u1.vcf")) < 200_000
    assert alike(picture.replace("\r\n ", "") in ada.export("bob").replace("\n ", ""), True)


def test_a_picture_is_kept_once(ada):
    phone = Device(ada, PHONE)
    book = phone.home() + "contacts/"
    picture = folded("PHOTO;ENCODING=b;TYPE=PNG:" + base64.b64encode(noise(300)).decode())
    for n in range(20):
        body = card(f"FN:Li {n}", picture).replace(b"UID:u1", b"UID:u%d" % n)
        assert put(phone, f"{book}u{n}.vcf", body, 201) is not None
        assert alike(get(phone, f"{book}u{n}.vcf").encode(), body)
    for n in range(10):
        put(phone, book + "u1.vcf", card(f"FN:Li {n}", picture), If_Match="*")
    ada.stop()
    assert sum(f.stat().st_size for f in ada.data.iterdir()) < 10 * len(picture)
    ada.run("check", *ada.place)
    ada.start()


def test_a_book_may_take_uploads_as_they_come(ada):
    assert "uploads as-sent" in ada.run("books", "contacts", "--uploads", "as-sent")
    assert ada.json("books")["books"][0]["uploads"] == "as-sent"
    phone = Device(ada, PHONE)
    place = phone.home() + "contacts/u1.vcf"
    etag = put(phone, place, card(*LOSSY), 201)
    assert put(phone, place, card("FN:Li"), If_Match=etag) is not None
    assert get(phone, place) == card("FN:Li").decode()
    assert "uploads merged" in ada.run("books", "contacts", "--uploads", "merged")
    ada.run("books", "contacts", "--uploads", "sideways", status=1)
    ada.run("books", "contacts", status=2)

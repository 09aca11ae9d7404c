"""Groups are one thing: a card that lists its members, and a category of each of them."""
import re

import pytest

from test_clients import C, D, Device, multiget, sync
from test_edits import BIRD, PHONE, get, put

APPLE = "iOS/18.1 (22B83) dataaccessd/1.0"
DESK = "Evolution/3.56.0"


def person(uid, *lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{uid}", *lines, "END:VCARD", ""]).encode()


def group(name, *members, version=3):
    kind, member = (("X-ADDRESSBOOKSERVER-KIND", "X-ADDRESSBOOKSERVER-MEMBER") if version == 3
                    else ("KIND", "MEMBER"))
    return "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}.0", "UID:G1", f"FN:{name}", f"N:{name};;;;",
                        f"{kind}:group", *(f"{member}:urn:uuid:{uid}" for uid in members),
                        "END:VCARD", ""]).encode()


@pytest.fixture
def ada(kith):
    kith.start()
    kith.add_user("ada", name="Ada")
    kith.login("ada")
    return kith


@pytest.fixture
def book(ada):
    """Three people, as the phone made them."""
    phone = Device(ada, APPLE)
    place = phone.home() + "contacts/"
    for uid in ("P1", "P2", "P3"):
        put(phone, f"{place}{uid}.vcf", person(uid), 201)
    return place


def categories(device, place):
    return sorted(c for line in re.findall(r"^CATEGORIES:(.*)\r$", get(device, place), re.M)
                  for c in line.split(","))


def members(device, place):
    return sorted(re.findall(r"MEMBER:urn:uuid:(\S+)\r$", get(device, place), re.M))


def changed(found):
    """What a sync gives, without what it says is gone."""
    return sorted(href for href, response in found.items() if response.find(D + "status") is None)


def test_a_group_of_the_phone_is_a_category_at_the_desk(ada, book):
    phone, desk = Device(ada, APPLE), Device(ada, DESK)
    _, token = sync(desk, book, "", "<D:getetag/>")
    put(phone, book + "g.vcf", group("Family", "P1", "P2"), 201)
    found, token = sync(desk, book, token, "<D:getetag/>")
    assert changed(found) == [book + "P1.vcf", book + "P2.vcf"]  # and no contact called Family
    assert categories(desk, book + "P1.vcf") == ["Family"]
    etag = phone.ask("GET", book + "g.vcf") and phone.fields["ETag"]
    put(phone, book + "g.vcf", group("Family", "P2", "P3"), If_Match=etag)
    found, token = sync(desk, book, token, "<D:getetag/>")
    assert changed(found) == [book + "P1.vcf", book + "P3.vcf"]
    assert categories(desk, book + "P1.vcf") == []
    assert categories(desk, book + "P3.vcf") == ["Family"]
    # Renamed; and the same in version 4, as DAVx5 says it.
    put(Device(ada, PHONE), book + "g.vcf", group("Kin", "P2", "P3", version=4))
    assert categories(desk, book + "P2.vcf") == categories(desk, book + "P3.vcf") == ["Kin"]
    # Removing it takes the category away and no member.
    assert phone.ask("DELETE", book + "g.vcf") == 204
    for uid in ("P1", "P2", "P3"):
        assert categories(desk, f"{book}{uid}.vcf") == []
    # And it comes back with all of them.
    ada.run("undo", "contacts/g.vcf")
    assert categories(desk, book + "P2.vcf") == categories(desk, book + "P3.vcf") == ["Kin"]


def test_a_category_of_the_desk_is_a_group_on_the_phone(ada, book):
    phone, desk = Device(ada, APPLE), Device(ada, DESK)
    put(phone, book + "g.vcf", group("Family", "P1"), 201)
    etag = put(desk, book + "P2.vcf", person("P2", "CATEGORIES:Family,Chess\\, mostly"))
    assert members(phone, book + "g.vcf") == ["P1", "P2"]
    # A category of its own makes a group.
    found, _ = sync(phone, book, "", "<D:getetag/>")
    cards = {href: get(phone, href) for href in found}
    (made,) = [h for h, text in cards.items() if "FN:Chess\\, mostly" in text]
    assert "X-ADDRESSBOOKSERVER-KIND:group" in cards[made] and members(phone, made) == ["P2"]
    put(desk, book + "P2.vcf", person("P2", "CATEGORIES:Chess\\, mostly"), If_Match=etag)
    assert members(phone, book + "g.vcf") == ["P1"]
    assert members(phone, made) == ["P2"]


def test_a_phone_that_drops_categories_changes_no_group(ada, book):
    phone, desk = Device(ada, PHONE), Device(ada, DESK)
    put(phone, book + "g.vcf", group("Family", "P1"), 201)
    assert phone.ask("GET", book + "P1.vcf") == 200
    etag = phone.fields["ETag"]
    assert put(phone, book + "P1.vcf", person("P1", "NOTE:x"), If_Match=etag) is None
    assert categories(desk, book + "P1.vcf") == ["Family"] and "NOTE:x" in get(desk, book + "P1.vcf")
    assert members(phone, book + "g.vcf") == ["P1"]


def test_who_reads_both_may_write_both(ada, book):
    script = Device(ada, "vdirsyncer/0.19.0")
    put(script, book + "g.vcf", group("Family", "P1"), 201)
    found, _ = sync(script, book, "", "<D:getetag/>")
    assert book + "g.vcf" in found
    put(script, book + "P2.vcf", person("P2", "CATEGORIES:Family,Own"))
    assert members(script, book + "g.vcf") == ["P1", "P2"]
    assert len(sync(script, book, "", "<D:getetag/>")[0]) == len(found)  # "Own" made no card
    put(script, book + "P1.vcf", person("P1"))
    assert members(script, book + "g.vcf") == ["P2"]


def test_a_member_that_comes_after_its_group(ada, book):
    phone = Device(ada, APPLE)
    put(phone, book + "g.vcf", group("Family", "P4"), 201)
    assert put(phone, book + "P4.vcf", person("P4"), 201) is None
    assert categories(phone, book + "P4.vcf") == ["Family"]


def test_its_owner_says_how_a_device_sees_groups(ada, book):
    made = ada.json("devices")["devices"][0]
    assert made["groups"] == "auto"
    password = ada.run("user", "app-password", "ada", "tablet", *ada.place).split()[-1]
    tablet = Device(ada, DESK, password)
    put(Device(ada, APPLE), book + "g.vcf", group("Family", "P1"), 201)
    assert book + "g.vcf" not in tablet.props(book, "<D:getetag/>", depth="1")
    one = next(d for d in ada.json("devices")["devices"] if d["label"] == "tablet")
    ada.run("devices", one["id"], "--groups", "cards")
    assert book + "g.vcf" in tablet.props(book, "<D:getetag/>", depth="1")
    assert book + "g.vcf" in multiget(tablet, book, [book + "g.vcf"])
    ada.run("devices", one["id"], "--withdraw")
    assert tablet.ask("GET", book + "g.vcf") == 401


def test_a_large_group(ada, book):
    """As large as the largest a user was seen with: 2,500."""
    phone, desk = Device(ada, APPLE), Device(ada, DESK)
    names = [f"M{n}" for n in range(2500)]
    cards = b"".join(person(uid) for uid in names)
    assert phone.ask("POST", book, cards, Content_Type="text/vcard") in (200, 201, 207)
    assert put(phone, book + "g.vcf", group("All", *names), 201) is not None
    found, _ = sync(desk, book, "", "<D:getetag/><C:address-data/>")
    texts = [r.find(f".//{C}address-data").text for r in found.values()]
    assert sum("CATEGORIES:All" in text for text in texts) == 2500
    assert members(phone, book + "g.vcf") == sorted(names)


def test_bird_sees_no_group_as_a_person(ada, book):
    bird = Device(ada, BIRD)
    put(Device(ada, APPLE), book + "g.vcf", group("Family", "P1"), 201)
    query = ('<C:addressbook-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"><D:prop>'
             '<D:getetag/></D:prop><C:filter><C:prop-filter name="FN"><C:text-match>{}</C:text-match>'
             '</C:prop-filter></C:filter></C:addressbook-query>')
    assert bird.multi("REPORT", book, query.format("Family"), Depth="1") == {}
    assert list(bird.multi("REPORT", book, query.format("P1"), Depth="1")) == [book + "P1.vcf"]


def test_a_group_that_moves_away_or_is_overwritten_is_no_category_any_more(ada, book):
    phone, desk = Device(ada, APPLE), Device(ada, DESK)
    other = phone.home() + "other/"
    assert phone.ask("MKCOL", other) == 201
    put(phone, book + "g.vcf", group("Family", "P1", "P2"), 201)
    assert categories(desk, book + "P1.vcf") == ["Family"]
    assert phone.ask("MOVE", book + "g.vcf", Destination=other + "g.vcf") == 201
    assert categories(desk, book + "P1.vcf") == []
    assert phone.ask("MOVE", other + "g.vcf", Destination=book + "g.vcf") == 201
    assert categories(desk, book + "P1.vcf") == ["Family"]
    put(phone, other + "x.vcf", person("X"), 201)
    assert phone.ask("COPY", other + "x.vcf", Destination=book + "g.vcf") == 204
    assert categories(desk, book + "P1.vcf") == []


def test_a_group_under_another_name_keeps_its_members(ada, book):
    phone, desk = Device(ada, APPLE), Device(ada, DESK)
    put(phone, book + "g.vcf", group("Family", "P1", "P2"), 201)
    assert phone.ask("MOVE", book + "g.vcf", Destination=book + "h.vcf") == 201
    assert categories(desk, book + "P1.vcf") == ["Family"]
    assert members(phone, book + "h.vcf") == ["P1", "P2"]

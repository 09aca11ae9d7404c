"""Asking from a stock contacts program: a question mark, a group, a word in the note."""
import re
import time

import pytest

from example import ZHANG_PHONE
from test_clients import Device
from test_threats import LOOSE, settled_tray, tray, wait_tray

PHONE = "DAVx5/4.5.19-ose (dav4jvm; ktor) Android/15"
IPHONE = "iOS/18.1 (22B83) Contacts/1.0"


def card(uid, *lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{uid}", *lines, "END:VCARD", ""]).encode()


def begin(kith, grace):
    kith.write_conf(LOOSE + f"wish_grace = {grace}\n")
    kith.start()
    kith.add_user("ada", name="张三", phone=ZHANG_PHONE)
    kith.login("ada")


def put(device, name, body):
    place = device.home() + f"contacts/{name}.vcf"
    assert device.ask("PUT", place, body, Content_Type="text/vcard") in (201, 204), device.text
    return place


def fields_of(text):
    """Which fields a notice's page asks for."""
    from kith import Browser
    link = re.search(r"http://\S+?/a/[\w-]{20}", text)[0]
    return re.findall(r"<li>(.*?)</li>", Browser("zh").get(link)[1])


@pytest.mark.parametrize("lines, left, asked", [
    (["TEL;TYPE=CELL:18988888888", "EMAIL:?", "ORG:？"], ["TEL;TYPE=CELL:18988888888"], {"电子邮箱", "公司"}),
    (["TEL;TYPE=CELL:18988888888", "CATEGORIES:球友,请更新"], ["TEL;TYPE=CELL:18988888888", "CATEGORIES:球友"], None),
    (["TEL;TYPE=CELL:18988888888", "CATEGORIES:Ask to update"], ["TEL;TYPE=CELL:18988888888"], None),
    (["TEL;TYPE=CELL:18988888888", "NOTE:#更新 邮箱 公司\\n只有我知道"], ["TEL;TYPE=CELL:18988888888", "NOTE:只有我知道"],
     {"电子邮箱", "公司"}),
    (["TEL;TYPE=CELL:18988888888", "NOTE:#ask email\\nmine"], ["TEL;TYPE=CELL:18988888888", "NOTE:mine"], {"电子邮箱"}),
])
def test_a_mark_asks_and_goes(kith, lines, left, asked):
    """The mark is what the owner types; the card without it is how he sees that it was done."""
    begin(kith, grace=0)
    device = Device(kith, PHONE)
    place = put(device, "li", card("li", *lines))
    (to, text), = wait_tray(kith, 1)
    assert to == "+8618988888888" and "只有我知道" not in text and "mine" not in text
    if asked:
        assert set(fields_of(text)) == asked
    assert device.ask("GET", place) == 200 and device.text == card("li", *left)
    assert len(settled_tray(kith)) == 1  # once


def test_a_group_made_on_an_iphone_asks_its_members(kith):
    begin(kith, grace=0)
    device = Device(kith, IPHONE)
    put(device, "li", card("li", "TEL;TYPE=CELL:18988888888"))
    put(device, "wang", card("wang", "TEL;TYPE=CELL:13911112222"))
    put(device, "g", b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:g\r\nFN:\xe8\xaf\xb7\xe6\x9b\xb4\xe6\x96\xb0\r\n"
        b"N:\xe8\xaf\xb7\xe6\x9b\xb4\xe6\x96\xb0;;;;\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n"
        b"X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:li\r\nEND:VCARD\r\n")
    assert [to for to, _ in wait_tray(kith, 1)] == ["+8618988888888"]
    assert len(settled_tray(kith)) == 1


def test_a_mark_can_be_taken_back(kith):
    begin(kith, grace=3)
    device = Device(kith, PHONE)
    put(device, "li", card("li", "TEL;TYPE=CELL:18988888888", "EMAIL:?"))
    time.sleep(1)
    put(device, "li", card("li", "TEL;TYPE=CELL:18988888888"))
    time.sleep(3.5)
    assert tray(kith) == [] and kith.json("asks")["asks"] == []


def test_who_selects_everybody_asks_five(kith):
    begin(kith, grace=0)
    device = Device(kith, PHONE)
    many = b"".join(card(f"p{person}", f"TEL;TYPE=CELL:1391111222{person}", "CATEGORIES:请更新") for person in range(9))
    kith.import_cards("ada", many.decode())
    assert len(wait_tray(kith, 5)) == 5 and len(settled_tray(kith)) == 5


def test_who_cannot_be_asked_keeps_his_mark(kith):
    begin(kith, grace=0)
    device = Device(kith, PHONE)
    place = put(device, "li", card("li", "EMAIL:?", "NOTE:a"))
    time.sleep(1.5)
    assert tray(kith) == []
    assert device.ask("GET", place) == 200 and device.text == card("li", "EMAIL:?", "NOTE:a")

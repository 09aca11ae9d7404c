"""B7: a stock contacts app asks: a question mark, a group, a word in the note."""
import base64
import re
import time

from example import ONLY_A_NUMBER, ZHANG_PHONE
from kith import PASSWORD, Browser


def begin(kith):
    kith.write_conf("[ask]\nwish_grace = 0\n")
    kith.start()
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")


def dav(kith, method, path, body=None):
    fields = {"Authorization": "Basic " + base64.b64encode(f"zhangsan:{PASSWORD}".encode()).decode(),
              "Content-Type": "text/vcard", "Depth": "1"}
    return Browser().request(method, kith.url + path, body, fields)


def home_of(kith):
    _, text = dav(kith, "PROPFIND", "/dav/", b'<propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>')
    return re.search(r"/dav/p/\w+/", text)[0].replace("/p/", "/b/") + "contacts/"


def card_of(kith, home):
    path = re.search(home + r"[^<]+\.vcf", dav(kith, "PROPFIND", home)[1])[0]
    return path, dav(kith, "GET", path)[1]


def wait_for_asks(kith, count):
    for _ in range(100):
        asks = kith.json("asks")["asks"]
        if len(asks) >= count:
            return asks
        time.sleep(0.1)
    raise AssertionError("nobody was asked")


def test_a_question_mark_for_a_value(kith):
    begin(kith)
    home = home_of(kith)
    path, card = card_of(kith, home)
    marked = card.replace("END:VCARD", "EMAIL;TYPE=HOME:?\r\nEND:VCARD")
    assert dav(kith, "PUT", path, marked.encode())[0] == 204
    ask = wait_for_asks(kith, 1)[0]
    assert ask["name"] == "李四"
    assert "EMAIL" not in dav(kith, "GET", path)[1]  # the device sees that it was taken
    assert "NOTE:只有我知道" in dav(kith, "GET", path)[1]


def test_a_group_as_an_iphone_makes_it(kith):
    begin(kith)
    home = home_of(kith)
    _, card = card_of(kith, home)
    uid = re.search(r"UID:(.*?)\r?\n", card)[1]
    group = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:group-1\r\nN:请更新\r\nFN:请更新\r\n"
             "X-ADDRESSBOOKSERVER-KIND:group\r\n"
             f"X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:{uid}\r\nEND:VCARD\r\n")
    assert dav(kith, "PUT", home + "group-1.vcf", group.encode())[0] == 201
    assert wait_for_asks(kith, 1)[0]["name"] == "李四"
    assert uid not in dav(kith, "GET", home + "group-1.vcf")[1]  # he has left the group

"""Rows of the requirements that no other test goes through from end to end. Which test shows which
row stands in docs/requirements.md."""
import email
import email.policy
import re

import pytest

from example import LI_PHONE, ONLY_A_NUMBER, ZHANG_PHONE
from kith import Browser
from test_acceptance import KANNEL, SMTP
from test_clients import Device
from test_threats import GATE, LOOSE, begin

MM7 = ("[mms]\nurl = {relay}\nusername = kith\npassword = sekret\nvaspid = vasp-1\nvasid = kith-1\n"
       "service_code = cards\nfrom = 10690000\n")
WHOLE = ONLY_A_NUMBER.replace("NOTE:", "TEL;TYPE=WORK,VOICE:010-65521234\r\nADR;TYPE=WORK:;;北京市建国路 88 号;;;;\r\n"
                              "ADR;TYPE=HOME:;;学院路 30 号;北京市;;;\r\nIMPP;X-SERVICE-TYPE=QQ;TYPE=QQ:qq:12345678\r\n"
                              "X-SOCIALPROFILE;type=sinaweibo;x-user=李四同学:http://weibo.com/n/李四同学\r\n"
                              "EMAIL;TYPE=INTERNET:lisi@example.com\r\nNOTE:")


@pytest.mark.parametrize("typed", ["18988888888", "+86 189 8888 8888", "010-65521234", "北京市建国路88号", "学院路 30 号 北京市", "12345678",
                                   "李四同学", "lisi@example.com"])
def test_a1_a4_any_identifier_names_the_card(kith, typed):
    """The seven kinds: mobile, office phone, company address, home address, QQ, Weibo, e-mail."""
    begin(kith, WHOLE, ONLY_A_NUMBER.replace("lisi-1", "other-1").replace("李四", "王五").replace("18988888888", "13911112222"))
    found = kith.json("find", typed)["cards"]
    assert [one["name"] for one in found] == ["李四"]
    assert kith.json("ask", typed, "--by", "self")["name"] == "李四"


@pytest.mark.parametrize("typed", ["学院路30号", "学院路 ３０ 号", "北京学院路30号", "建国路88号", "北京市，建国路88號", "address:学院路30号"])
def test_a4_an_address_is_found_by_its_street(kith, typed):
    """With or without its town, as it is written in either; never one of another town."""
    begin(kith, WHOLE, WHOLE.replace("lisi-1", "other-1").replace("李四", "王五").replace("北京", "上海").replace("学院", "书院"))
    if typed == "建国路88号":  # both have it: which one is for the owner to say
        assert {one["name"] for one in kith.json("find", typed)["cards"]} == {"李四", "王五"}
        assert kith.run("ask", typed, "--by", "self", status=1)
    else:
        assert kith.json("ask", typed, "--by", "self")["name"] == "李四"
    assert kith.run("ask", "广州市学院路30号", "--by", "self", status=1)


def test_a1_books_are_apart_and_every_card_has_its_address(kith):
    begin(kith)
    kith.add_user("ada", name="Ada", phone="+8613800000009")
    device = Device(kith, "curl/8")
    for uid in ("one", "two"):
        body = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{uid}\r\nTEL:18988888888\r\nEND:VCARD\r\n".encode()
        assert device.ask("PUT", device.home() + f"contacts/{uid}.vcf", body, Content_Type="text/vcard") == 201
        assert device.ask("GET", device.home() + f"contacts/{uid}.vcf") == 200 and device.text == body
    assert [card["name"] for card in kith.json("find", "18988888888")["cards"]] == ["李四"]  # 张三's
    theirs = device.home()
    kith.login("ada")
    assert len(kith.json("find", "18988888888")["cards"]) == 2
    assert Browser().get(kith.url + theirs + "contacts/one.vcf")[0] == 401


def test_a5_a6_three_kinds_by_three_ways(kith, sms, mms, mail):
    """id, link and form, each by SMS, MMS and mail, over a gateway, a relay and a mail server."""
    kith.write_conf(LOOSE + GATE + KANNEL.format(sendsms=sms.sendsms) + MM7.format(relay=mms.url) + SMTP.format(port=mail.port)
                    + "[mail]\naddress = ask@kith.test\n")
    kith.start()
    sms.start(f"{kith.url}/gate/sms/kannel/gatesecret")
    mms.start(f"{kith.url}/gate/mms/mm7/gatesecret")
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.import_cards("zhangsan", WHOLE)
    kith.login("zhangsan")
    for kind in ("id", "link", "form"):
        for count, way in enumerate(("sms", "mms", "email"), 1):
            asked = kith.json("ask", "李四", "--by", way, "--kind", kind, "--for", "org,title")
            kith.wait_state(asked["ask"], "sent", "delivered")
            done = {"id": 1, "link": 2, "form": 3}[kind]
            if way == "sms":
                text = sms.wait_for(LI_PHONE, done)[-1]
            elif way == "mms":
                text = mms.wait_for(LI_PHONE, done)[-1].text
                assert (kind == "form") == any("VCARD" in str(part) for part in mms.received(LI_PHONE)[-1].parts)
            else:
                message = email.message_from_bytes(mail.wait_for_mail(done)[-1], policy=email.policy.default)
                text = message.get_body(("plain",)).get_content()
                assert (kind == "form") == any(part.get_filename() == "contact.vcf" for part in message.walk())
            assert "张三" in text
            assert ("/a/" in text.replace("拒收", "").split("不想再收到")[0]) == (kind == "link" or (kind == "form" and way == "email"))
            assert bool(re.search(r"1[.]? ?公司", text)) == (kind == "form")

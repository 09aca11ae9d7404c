"""[0042]-[0045] over a real SMS gateway: the ask itself is an SMS."""
import re

from example import (ANSWER, LI_PHONE, ONLY_A_NUMBER, PRIVATE, ZHANG_PHONE, assert_filled,
                     fill_in)
from kith import Browser

CONF = """\
[kannel]
url = {sendsms}
username = kith
password = sekret
from = +8610690000
[gates]
secret = gatesecret
[people]
language = zh
"""


def begin(kith, sms):
    kith.write_conf(CONF.format(sendsms=sms.sendsms))
    kith.start()
    sms.start(f"{kith.url}/gate/sms/kannel/gatesecret")
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")


def test_the_whole_example_by_sms(kith, sms):
    begin(kith, sms)

    # 张三 asks by SMS; before anything is looked up he is challenged, by SMS.
    sms.say(ZHANG_PHONE, "更新 18988888888")
    challenge = sms.wait_for(ZHANG_PHONE, 1)[0]
    code = re.search(r"\b(\d{4})\b", challenge)[1]
    assert kith.json("asks")["asks"] == []
    assert sms.received(LI_PHONE) == []

    # The right code: now the notice goes to 李四, one SMS with a link.
    sms.say(ZHANG_PHONE, code)
    notice = sms.wait_for(LI_PHONE, 1)[0]
    assert "张三" in notice and "拒收回TD" in notice
    link = re.search(r"http://\S+/a/[\w-]{20}", notice)[0]
    ask = kith.json("asks")["asks"][0]["ask"]
    kith.wait_state(ask, "delivered")

    # He sees who asks, with the verified number, and nothing of the card; fills in, confirms.
    first, form, confirm, _ = fill_in(Browser(), link)
    assert "张三" in first and ZHANG_PHONE in first
    for page in (first, form, confirm):
        assert "18988888888" not in page and LI_PHONE not in page
        assert not any(secret in page for secret in PRIVATE)
    assert "8888" in form

    # 张三's book on the server holds it, and so does his phone's copy.
    kith.wait_state(ask, "merged")
    kith.run("sync", kith.folder / "phone")
    card = next((kith.folder / "phone").glob("*.vcf")).read_text("utf-8")
    assert_filled(card)
    assert "TEL;TYPE=CELL:18988888888" in card and "NOTE:只有我知道" in card
    assert "FN:李四" in card and "item1.X-CANARY:不给人看" in card
    assert "applied" in {item["decision"] for item in kith.json("asks", ask)["items"]}
    assert len(ANSWER) + 1 == len(kith.json("asks", ask)["items"])


def test_a_wrong_code_asks_nobody(kith, sms):
    begin(kith, sms)
    sms.say(ZHANG_PHONE, "更新 18988888888")
    code = re.search(r"\b(\d{4})\b", sms.wait_for(ZHANG_PHONE, 1)[0])[1]
    sms.say(ZHANG_PHONE, f"{(int(code) + 1) % 10000:04d}")
    sms.wait_for(ZHANG_PHONE, 2)
    assert kith.json("asks")["asks"] == []
    assert sms.received(LI_PHONE) == []


def test_a_stranger_who_commands_hears_nothing(kith, sms):
    begin(kith, sms)
    sms.say("+8613911111111", "更新 18988888888")
    sms.say(ZHANG_PHONE, "帮助")
    sms.wait_for(ZHANG_PHONE, 1)
    assert sms.received("+8613911111111") == []
    assert kith.json("asks")["asks"] == []


def test_a_blocked_number_gets_no_notice_and_the_owner_cannot_tell(kith, sms):
    begin(kith, sms)
    sms.say(LI_PHONE, "TD")
    assert len(sms.wait_for(LI_PHONE, 1)) == 1
    asked = kith.json("ask", "18988888888")
    assert asked["state"] == "queued"
    sms.say(ZHANG_PHONE, "帮助")  # something that surely comes after the notice would have
    sms.wait_for(ZHANG_PHONE, 1)
    assert len(sms.received(LI_PHONE)) == 1
    assert kith.state(asked["ask"]) in ("queued", "sent")


def test_the_network_is_away_and_comes_back(kith, sms):
    begin(kith, sms)
    sms.hang_up()
    asked = kith.json("ask", "18988888888")
    kith.wait_state(asked["ask"], "sent", "delivered")
    sms.connect()
    assert len(sms.wait_for(LI_PHONE, 1)) == 1


def test_a_form_by_sms_is_answered_by_sms(kith, sms):
    """[0026] [0044]: the form is in the message, and the answer is a message."""
    begin(kith, sms)
    asked = kith.json("ask", "18988888888", "--kind", "form", "--for", "org,email,qq")
    form = sms.wait_for(LI_PHONE, 1)[0]
    assert "1公司 2电子邮箱 3QQ" in form and "/a/" not in form
    kith.wait_state(asked["ask"], "delivered")
    code = re.search(r"\b(\d{4}) 1内容", form)[1]
    sms.say(LI_PHONE, f"{code} １．北京示例科技 ２．lisi@example.com 3 没有")
    kith.wait_state(asked["ask"], "merged")
    assert "张三" in sms.wait_for(LI_PHONE, 2)[1]  # told that it arrived
    card = kith.export("zhangsan")
    assert "ORG:北京示例科技" in card and "lisi@example.com" in card
    assert "NOTE:只有我知道" in card


def test_a_reply_without_its_code_waits_for_the_owner(kith, sms):
    begin(kith, sms)
    asked = kith.json("ask", "18988888888", "--kind", "form", "--for", "org")
    sms.wait_for(LI_PHONE, 1)
    sms.say(LI_PHONE, "北京示例科技")
    kith.wait_state(asked["ask"], "partly")
    assert "北京示例科技" not in kith.export("zhangsan")
    kith.run("accept", asked["ask"])
    assert "ORG:北京示例科技" in kith.export("zhangsan")


def test_an_id_notice_says_who_asks_and_no_more(kith, sms):
    begin(kith, sms)
    kith.json("ask", "18988888888", "--kind", "id")
    notice = sms.wait_for(LI_PHONE, 1)[0]
    assert "张三" in notice and ZHANG_PHONE in notice and "拒收回TD" in notice
    assert "/a/" not in notice and "8888" not in notice.replace(ZHANG_PHONE, "")

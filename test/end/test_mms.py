"""Asking by MMS, over an operator's MM7 interface: there, back, and when it does not go well."""
import re
import time

from example import LI_PHONE, ONLY_A_NUMBER, PRIVATE, ZHANG_PHONE, assert_filled, fill_in, png
from kith import Browser

CONF = """\
[mms]
url = {relay}
username = kith
password = {password}
vaspid = vasp-1
vasid = kith-1
service_code = cards & co
from = 10690000
[gates]
secret = gatesecret
[people]
language = zh
"""


def begin(kith, mms, password="sekret"):
    kith.write_conf(CONF.format(relay=mms.url, password=password))
    kith.start()
    mms.start(f"{kith.url}/gate/mms/mm7/gatesecret")
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")


def ask(kith):
    return kith.json("ask", "18988888888", "--by", "mms")["ask"]


def test_an_ask_by_mms_is_delivered_and_answered(kith, mms):
    begin(kith, mms)
    asked = kith.json("ask", "18988888888", "--by", "mms")
    assert asked["by"] == "mms" and asked["state"] == "queued"
    notice = mms.wait_for(LI_PHONE, 1)[0]
    assert "张三" in notice.text and "张三" in notice.subject
    assert notice.report and notice.parts == []
    assert not any(secret in notice.text for secret in PRIVATE)
    kith.wait_state(asked["ask"], "sent")

    assert mms.report(notice, "Retrieved") == (200, "DeliveryReportRsp", "1000")
    assert kith.state(asked["ask"]) == "delivered"

    link = re.search(r"http://\S+/a/[\w-]{20}", notice.text)[0]
    fill_in(Browser(), link)
    kith.wait_state(asked["ask"], "merged")
    kith.run("sync", kith.folder / "phone")
    assert_filled(next((kith.folder / "phone").glob("*.vcf")).read_text("utf-8"))
    assert len(mms.received(LI_PHONE)) == 1 and mms.asked == 1


def test_the_whole_example_by_mms(kith, mms):
    """The command, the code and the notice: where only MMS leads out, all of it goes so."""
    begin(kith, mms)
    picture = [("image/png", png()), ("text/x-vcard; charset=utf-8", ONLY_A_NUMBER.encode())]
    assert mms.say(ZHANG_PHONE, "更新 18988888888", picture) == (200, "DeliverRsp", "1000")
    code = re.search(r"\b(\d{4})\b", mms.wait_for(ZHANG_PHONE, 1)[0].text)[1]
    assert kith.json("asks")["asks"] == []
    assert mms.say(f"{ZHANG_PHONE}/TYPE=PLMN", code) == (200, "DeliverRsp", "1000")
    notice = mms.wait_for(LI_PHONE, 1)[0]
    link = re.search(r"http://\S+/a/[\w-]{20}", notice.text)[0]
    fill_in(Browser(), link)
    kith.wait_state(kith.json("asks")["asks"][0]["ask"], "merged")


def test_a_shared_contact_by_mms_waits_for_a_code(kith, mms):
    begin(kith, mms)
    assert mms.say(ZHANG_PHONE, "", [("text/x-vcard; charset=utf-8", ONLY_A_NUMBER.encode())]) == (200, "DeliverRsp", "1000")
    code = re.search(r"\b(\d{4})\b", mms.wait_for(ZHANG_PHONE, 1)[0].text)[1]
    assert kith.json("asks")["asks"] == []
    assert mms.say(ZHANG_PHONE, code) == (200, "DeliverRsp", "1000")
    assert "张三" in mms.wait_for(LI_PHONE, 1)[0].text


def test_a_number_the_relay_refuses_is_told_to_the_owner(kith, mms):
    mms.code = 2002
    begin(kith, mms)
    asked = ask(kith)
    kith.wait_state(asked, "bounced")
    assert "cannot reach this number" in str(kith.json("asks", asked))


def test_reports_of_failure_and_reports_of_others(kith, mms):
    begin(kith, mms)
    asked = ask(kith)
    notice = mms.wait_for(LI_PHONE, 1)[0]
    kith.wait_state(asked, "sent")
    mine, notice.id = notice.id, "somebody else's"
    assert mms.report(notice, "Retrieved") == (200, "DeliveryReportRsp", "2005")
    assert kith.state(asked) == "sent"
    notice.id = mine
    assert mms.report(notice, "Indeterminate") == (200, "DeliveryReportRsp", "1000")
    assert kith.state(asked) == "sent"
    assert mms.report(notice, "Expired") == (200, "DeliveryReportRsp", "1000")
    assert kith.state(asked) == "bounced"


def test_the_relay_is_down_and_comes_back(kith, mms):
    begin(kith, mms)
    mms.stop()
    asked = ask(kith)
    time.sleep(1)
    assert kith.state(asked) == "queued"
    mms.start()
    mms.wait_for(LI_PHONE, 1, seconds=60)
    kith.wait_state(asked, "sent")
    assert len(mms.received(LI_PHONE)) == 1


def test_a_late_answer_is_waited_for(kith, mms):
    mms.late = 3
    begin(kith, mms)
    asked = ask(kith)
    time.sleep(1)
    assert kith.state(asked) == "queued" and mms.asked == 1
    kith.wait_state(asked, "sent")
    assert len(mms.wait_for(LI_PHONE, 1)) == 1 and mms.asked == 1


def test_a_fault_is_tried_again_as_the_same_message(kith, mms):
    mms.code = None
    begin(kith, mms)
    asked = ask(kith)
    for _ in range(50):
        if mms.asked:
            break
        time.sleep(0.1)
    assert mms.asked == 1 and kith.state(asked) == "queued"
    mms.code = 1000
    assert mms.wait_for(LI_PHONE, 1, seconds=60)
    kith.wait_state(asked, "sent")
    assert mms.asked == 2


def test_a_wrong_password_loses_no_letter(kith, mms):
    begin(kith, mms, password="wrong")
    asked = ask(kith)
    for _ in range(50):
        if mms.asked:
            break
        time.sleep(0.1)
    assert mms.wrong == ["who?"] and mms.taken == []
    assert kith.state(asked) == "queued"


def test_a_stop_word_by_mms_blocks(kith, mms):
    begin(kith, mms)
    assert mms.say(LI_PHONE, "TD") == (200, "DeliverRsp", "1000")
    assert len(mms.wait_for(LI_PHONE, 1)) == 1
    asked = ask(kith)
    mms.say(ZHANG_PHONE, "帮助")  # something that surely comes after the notice would have
    mms.wait_for(ZHANG_PHONE, 1)
    assert len(mms.received(LI_PHONE)) == 1
    assert kith.state(asked) in ("queued", "sent")


def test_what_a_relay_must_not_send(kith, mms):
    begin(kith, mms)
    wrong = mms.hook.replace("gatesecret", "guessed")
    assert mms.say(ZHANG_PHONE, "帮助", hook=wrong) == (404, None, None)
    assert mms.post("text/xml", b"<hello/>")[:2] == (500, "Fault")
    assert mms.post("text/xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")[:2] == (500, "Fault")
    huge = [("image/jpeg", b"x" * 1024 * 1024)]
    assert mms.say(ZHANG_PHONE, "帮助", huge)[0] == 413
    many = [("image/jpeg", b"x")] * 16
    assert mms.say(ZHANG_PHONE, "帮助", many) == (200, "DeliverRsp", "2004")
    large = [("image/jpeg", b"x" * 900 * 1024)]
    assert mms.say(ZHANG_PHONE, "帮助", large) == (200, "DeliverRsp", "1000")
    assert len(mms.wait_for(ZHANG_PHONE, 1)) == 1


def test_without_a_relay_the_tray_shows_it(kith):
    kith.start()
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")
    asked = ask(kith)
    kith.wait_state(asked, "sent")
    _, page = Browser().get(f"{kith.url}/tray")
    assert f"mms → {LI_PHONE}" in page and "/a/" in page


def test_a_setup_that_cannot_work_is_refused(kith, mms):
    kith.write_conf(CONF.format(relay=mms.url, password="x") + "[mms]\nversion =\n")
    assert "[mms] version" in kith.run("courier", *kith.place, status=1)

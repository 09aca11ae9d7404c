"""What comes back by mail: a real mail server with kith deliver as its delivery agent."""
import email
import email.message
import email.policy
import re
import smtplib
import time

from example import ONLY_AN_ADDRESS, png
from kith import KITH

CONF = """\
[smtp]
url = smtp://127.0.0.1:{port}
from = ask@kith.test
tls = no
[ask]
again_after = 0
[mail]
address = ask@kith.test
trusted = mail.test
"""
PROVEN = "mail.test; dmarc=pass header.from=example.com"
OWN_CARD = ("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Li Si\r\nEMAIL:lisi@example.com\r\n"
            "ORG:示例公司\r\nTEL;TYPE=CELL:18988888888\r\nNOTE:为自己写的\r\nEND:VCARD\r\n")


def begin(kith, mail, card=ONLY_AN_ADDRESS):
    kith.write_conf(CONF.format(port=mail.port))
    kith.start()
    kith.add_user("zhangsan", name="张三", email="zhangsan@example.com")
    kith.import_cards("zhangsan", card)
    kith.login("zhangsan")
    mail.deliver_to(kith, KITH)


def read(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def text_of(message):
    return message.get_body(("plain",)).get_content()


def send(mail, sender, to, text, subject="", answers=None, proof=None, headers=(), files=()):
    message = email.message.EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Message-ID"] = f"<{time.monotonic_ns()}@example.com>"
    if answers:
        message["In-Reply-To"] = answers["Message-ID"]
    if proof:
        message["Authentication-Results"] = proof
    for name, value in headers:
        message[name] = value
    message.set_content(text)
    for kind, name, data in files:
        main, sub = kind.split("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    with smtplib.SMTP("127.0.0.1", mail.port) as server:
        server.send_message(message, sender, [to])


def reply(mail, form, text, **more):
    quoted = "".join(f"> {line}\n" for line in text_of(form).splitlines())
    send(mail, more.pop("sender", "lisi@example.com"), form["Reply-To"],
         f"{text}\n\n在 2026年11月23日，张三 <ask@kith.test> 写道：\n\n{quoted}", "Re: " + form["Subject"],
         answers=form, **more)


def test_a_form_by_mail_is_answered_by_replying(kith, mail):
    """[0026] [0046]: the numbered form in the mail, filled in by a reply."""
    begin(kith, mail)
    asked = kith.json("ask", "lisi@example.com", "--for", "org,mobile,qq")
    form = read(mail.wait_for_mail()[0])
    assert "1. 公司：\n2. 手机：\n3. QQ：" in text_of(form)
    assert re.fullmatch(r"ask\+[\w-]{20}@kith\.test", form["Reply-To"])
    reply(mail, form, "1. 示例公司\n2. 18988888888\n\n发自我的iPhone", proof=PROVEN)
    kith.wait_state(asked["ask"], "merged")
    card = kith.export("zhangsan")
    assert "ORG:示例公司" in card and "18988888888" in card
    assert "iPhone" not in card and "1." not in card
    thanks = read(mail.wait_for_mail(2)[1])
    assert "张三" in text_of(thanks) and thanks["Auto-Submitted"] == "auto-generated"


def test_a_returned_card_is_an_answer(kith, mail):
    begin(kith, mail)
    asked = kith.json("ask", "lisi@example.com")
    form = read(mail.wait_for_mail()[0])
    reply(mail, form, "我的名片见附件",
          files=[("text/vcard", "li.vcf", OWN_CARD.encode()), ("image/png", "me.png", png())])
    kith.wait_state(asked["ask"], "merged")
    card = kith.export("zhangsan")
    assert "ORG:示例公司" in card and "18988888888" in card and "PHOTO" in card
    assert "为自己写的" not in card and "FN:李四" in card
    assert kith.json("asks", asked["ask"])["note"] == "我的名片见附件"


def test_machines_are_not_answered(kith, mail):
    """Row 25 of the threats: no loops."""
    begin(kith, mail)
    asked = kith.json("ask", "lisi@example.com", "--for", "org")
    form = read(mail.wait_for_mail()[0])
    for headers in ([("Auto-Submitted", "auto-replied")], [("Precedence", "bulk")],
                    [("List-Id", "<a.example.com>")]):
        reply(mail, form, "我在休假", headers=headers)
    reply(mail, form, "示例公司")
    kith.wait_state(asked["ask"], "merged")
    assert kith.json("asks", asked["ask"]).get("note", "") == ""
    assert len(mail.wait_for_mail(2)) == 2


def test_a_bounce_marks_the_address(kith, mail):
    begin(kith, mail)
    asked = kith.json("ask", "lisi@example.com")
    sent = read(mail.wait_for_mail()[0])
    kith.wait_state(asked["ask"], "sent")
    report = ("Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\nMIME-Version: 1.0\r\n"
              "From: MAILER-DAEMON@example.com\r\nTo: ask@kith.test\r\nSubject: Undelivered Mail\r\n"
              "Auto-Submitted: auto-replied\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
              "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; example.com\r\n\r\n"
              "Final-Recipient: rfc822; lisi@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n"
              "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
              f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {sent['Message-ID']}\r\n\r\n--b--\r\n")
    with smtplib.SMTP("127.0.0.1", mail.port) as server:
        server.sendmail("", ["ask@kith.test"], report.encode())
    kith.wait_state(asked["ask"], "bounced")


def test_an_owner_asks_by_mail_and_proves_himself_by_a_code(kith, mail):
    """[0042] by mail: the challenge goes to the address, and nothing is looked up before."""
    begin(kith, mail, ONLY_AN_ADDRESS)
    send(mail, "zhangsan@example.com", "ask@kith.test", "", "ask lisi@example.com")
    challenge = read(mail.wait_for_mail(box="zhangsan")[0])
    code = re.search(r"\b(\d{4})\b", text_of(challenge))[1]
    assert kith.json("asks")["asks"] == [] and mail.messages() == []
    send(mail, "zhangsan@example.com", challenge["Reply-To"], code, "Re: " + challenge["Subject"],
         answers=challenge)
    told = read(mail.wait_for_mail(2, box="zhangsan")[1])
    assert "李四" in text_of(told)
    form = read(mail.wait_for_mail()[0])
    assert "张三" in form["Subject"]
    assert kith.url + "/a/" in text_of(form)


def test_the_secret_address_needs_no_code_but_a_proven_sender(kith, mail):
    begin(kith, mail)
    secret = kith.json("me")["ask_address"]
    send(mail, "zhangsan@example.com", secret, "", "更新 lisi@example.com")  # nobody vouches: a code
    mail.wait_for_mail(box="zhangsan")
    assert mail.messages() == []
    send(mail, "zhangsan@example.com", secret, "", "更新 lisi@example.com", proof=PROVEN)
    assert "张三" in read(mail.wait_for_mail()[0])["Subject"]
    send(mail, "lisi@example.com", secret, "", "更新 lisi@example.com", proof=PROVEN)
    send(mail, "zhangsan@example.com", "ask+me.AAAAAAAAAAAAAAAA@kith.test", "", "更新 lisi@example.com",
         proof=PROVEN)
    mail.wait_for_mail(2, box="zhangsan")
    assert len(kith.json("asks")["asks"]) == 1


def test_a_contact_shared_with_the_secret_address_is_asked(kith, mail):
    """"Share contact" of a contacts program, to the address that his server made for him."""
    begin(kith, mail)
    secret = kith.json("me")["ask_address"]
    shared = [("text/vcard", "li.vcf", ONLY_AN_ADDRESS.encode())]
    stranger = [("text/vcard", "wu.vcf", b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Wu\r\nTEL:13900009999\r\nEND:VCARD\r\n")]
    send(mail, "zhangsan@example.com", secret, "", files=stranger, proof=PROVEN)
    assert "13900009999" in text_of(read(mail.wait_for_mail(box="zhangsan")[0]))  # not in his book: he is told
    assert kith.json("asks")["asks"] == []
    send(mail, "zhangsan@example.com", secret, "", files=shared, proof=PROVEN)
    assert "张三" in read(mail.wait_for_mail()[0])["Subject"]
    send(mail, "zhangsan@example.com", secret, "", files=shared)  # nobody vouches: a code, and no ask
    mail.wait_for_mail(3, box="zhangsan")
    send(mail, "lisi@example.com", "ask@kith.test", "", files=shared, proof=PROVEN)  # he has no account
    time.sleep(1)
    assert len(kith.json("asks")["asks"]) == 1


def test_stop_by_mail(kith, mail):
    begin(kith, mail)
    kith.json("ask", "lisi@example.com")
    reply(mail, read(mail.wait_for_mail()[0]), "退订")
    for _ in range(100):
        if kith.json("ask", "lisi@example.com", "--by", "self")["link"] and len(kith.json("asks")["asks"]) > 2:
            break
        time.sleep(0.1)
    kith.json("ask", "lisi@example.com")
    time.sleep(1)
    assert len(mail.messages()) == 1

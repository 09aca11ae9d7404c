"""[0046]: an entry with only an e-mail address, asked from the computer, over a real mail
server."""
import email
import email.policy
import re

from example import ANSWER, ONLY_AN_ADDRESS, assert_filled, fill_in
from kith import Browser

CONF = """\
[smtp]
url = smtp://127.0.0.1:{port}
from = ask@kith.test
tls = no
[ask]
again_after = 0
"""


def begin(kith, port, card=ONLY_AN_ADDRESS):
    kith.write_conf(CONF.format(port=port))
    kith.start()
    kith.add_user("zhangsan", name="张三", email="zhangsan@example.com")
    kith.import_cards("zhangsan", card)
    kith.login("zhangsan")


def test_the_example_by_mail(kith, mail):
    begin(kith, mail.port)
    asked = kith.json("ask", "lisi@example.com")
    assert asked["by"] == "email"

    raw = mail.wait_for_mail()[0]
    message = email.message_from_bytes(raw, policy=email.policy.default)
    text = message.get_body(("plain",)).get_content()
    link = re.search(r"http://\S+/a/[\w-]{20}", text)[0]
    assert "张三" in message["Subject"] and "张三" in message["From"]
    assert "ask@kith.test" in message["From"]
    assert message["Reply-To"] == "zhangsan@example.com"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe=One-Click" in message["List-Unsubscribe-Post"]
    assert message["Message-ID"] and message["Date"]
    kith.wait_state(asked["ask"], "sent")

    answer = {k: v for k, v in ANSWER.items() if k != "email"} | {"mobile": "18988888888"}
    fill_in(Browser(), link, answer)
    kith.wait_state(asked["ask"], "merged")
    kith.run("sync", kith.folder / "computer")
    card = next((kith.folder / "computer").glob("*.vcf")).read_text("utf-8")
    assert_filled(card, answer)
    assert "EMAIL;TYPE=INTERNET:lisi@example.com" in card


def test_an_address_the_mail_server_refuses_is_told_to_the_owner(kith, mail):
    begin(kith, mail.port, ONLY_AN_ADDRESS.replace("lisi@", "nobody@"))
    asked = kith.json("ask", "nobody@example.com")
    kith.wait_state(asked["ask"], "bounced")


def test_one_click_unsubscribe_blocks(kith, mail):
    begin(kith, mail.port)
    kith.json("ask", "lisi@example.com")
    message = email.message_from_bytes(mail.wait_for_mail()[0], policy=email.policy.default)
    stop = re.search(r"<(http\S+)>", message["List-Unsubscribe"])[1]
    browser = Browser()
    status, _ = browser.post(stop, {"List-Unsubscribe": "One-Click"})
    assert status == 200
    kith.json("ask", "lisi@example.com")
    kith.json("ask", "lisi@example.com", "--by", "self")
    assert len(mail.messages()) == 1

"""A12 and row 10 of the threats: who is told of an answer, and who can take it back."""
import hashlib
import hmac
import http.server
import json
import re
import threading
import time

import pytest
from example import LI_PHONE, ONLY_A_NUMBER, ZHANG_PHONE, fill_in
from kith import Browser


@pytest.fixture
def hook():
    """A receiver that is away for the first call, and then keeps what it gets."""
    calls = []

    class Receiver(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            calls.append((dict(self.headers), body))
            self.send_response(503 if len(calls) == 1 else 204)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    server.calls = calls
    yield server
    server.shutdown()
    server.server_close()


def begin(kith, conf=""):
    kith.write_conf(conf)
    kith.start()
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE, email="zhang@example.com")
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")


def tray(kith):
    return Browser().get(f"{kith.url}/tray")[1]


def wait_for(what, seconds=20):
    for _ in range(seconds * 10):
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come")


def test_an_owner_is_told_by_mail(kith):
    begin(kith)
    kith.run("me", "--tell", "email")  # by itself only where no device fetches the book
    link = kith.json("ask", "18988888888", "--by", "self")["link"]
    fill_in(Browser(), link, {"org": "示例公司"}, picture=False)
    page = wait_for(lambda: "zhang@example.com" in tray(kith) and tray(kith))
    assert "示例公司" in page and "李四 答复了" in page


def test_a_webhook_is_signed_and_tried_again(kith, hook):
    begin(kith, "[hooks]\ninner = yes\n")
    url = f"http://127.0.0.1:{hook.server_address[1]}/kith"
    secret = kith.json("me", "--hook", url, "--tell", "none")["secret"]
    link = kith.json("ask", "18988888888", "--by", "self")["link"]
    fill_in(Browser(), link, {"org": "示例公司"}, picture=False)
    wait_for(lambda: len(hook.calls) >= 2, 60)
    headers, body = hook.calls[1]
    stamp, mac = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Kith-Signature"]).groups()
    assert hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest() == mac
    assert headers["Kith-Delivery"] == hook.calls[0][0]["Kith-Delivery"]
    said = json.loads(body)
    assert said["event"] == "answered" and said["name"] == "李四"
    assert {"field": "org", "before": "", "after": "示例公司", "decision": "a"} in said["items"]


def test_webhooks_do_not_reach_inside_unless_told(kith, hook):
    begin(kith)
    kith.run("me", "--hook", f"http://127.0.0.1:{hook.server_address[1]}/", "--tell", "none")
    link = kith.json("ask", "18988888888", "--by", "self")["link"]
    fill_in(Browser(), link, {"org": "示例公司"}, picture=False)
    time.sleep(4)
    assert hook.calls == []
    assert "an https URL" in kith.run("me", "--hook", "ftp://x", status=1)


def test_the_old_number_is_told_and_takes_it_back(kith):
    begin(kith)
    asked = kith.json("ask", "18988888888", "--by", "self")
    browser = Browser()
    browser.get(asked["link"])
    _, page = browser.post(asked["link"], {"step": "open"})
    radio = re.search(r'name="([^"]+)" value="change"', page)
    assert radio, page
    item = kith.json("answer", asked["link"])["items"][0]["item"]
    kith.run("answer", asked["link"], f"{item}=13900000000")
    kith.run("accept", asked["ask"])
    assert "13900000000" in kith.export("zhangsan")
    link = wait_for(lambda: re.search(r'href="(http[^"]+/r/[\w-]{20})"', tray(kith)) or
                    re.search(r"(http\S+/r/[\w-]{20})", tray(kith)))[1]
    assert LI_PHONE in tray(kith)
    for _ in range(3):  # a scanner's look changes nothing
        status, page = Browser().get(link)
        assert status == 200 and "0000" in page and "13900000000" not in page
    assert "13900000000" in kith.export("zhangsan")
    status, page = Browser().post(link, {})
    assert status == 200
    card = kith.export("zhangsan")
    assert "13900000000" not in card and "18988888888" in card
    assert Browser().get(f"{kith.url}/r/{'A' * 20}")[0] == 404

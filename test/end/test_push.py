"""WebDAV-Push: a device registers, another one writes, the first is told within seconds."""
import base64
import email.utils
import re
import time

import pytest

from example import ONLY_A_NUMBER, fill_in
from kith import PASSWORD, Browser
from pushservice import PushService, Reader, check_vapid, letters

CONF = "[push]\ninner = yes\n"
SPACES = 'xmlns:P="https://bitfire.at/webdav-push" xmlns:D="DAV:"'
PROPS = (f"<D:propfind {SPACES}><D:prop><P:transports/><P:topic/><P:supported-triggers/>"
         "<D:sync-token/></D:prop></D:propfind>")


def card(name):
    return f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{name}\r\nFN:{name}\r\nEND:VCARD\r\n".encode()


class Device:
    def __init__(self, kith):
        self.url = kith.url
        self.browser = Browser()
        proof = base64.b64encode(f"zhangsan:{PASSWORD}".encode()).decode()
        self.proof = {"Authorization": f"Basic {proof}"}
        text = self.ask("PROPFIND", "/dav/", f"<D:propfind {SPACES}><D:prop>"
                        "<D:current-user-principal/></D:prop></D:propfind>", {"Depth": "0"})[1]
        self.home = f"/dav/b/{re.search('/dav/p/([0-9a-f]+)/', text)[1]}/"
        self.book = self.home + "contacts/"

    def ask(self, method, path, body=None, fields=None):
        url = path if path.startswith("http") else self.url + path
        body = body.encode() if isinstance(body, str) else body
        return self.browser.request(method, url, body, self.proof | (fields or {}))

    def put(self, name, fields=None):
        status, text = self.ask("PUT", f"{self.book}{name}.vcf", card(name),
                                {"Content-Type": "text/vcard"} | (fields or {}))
        assert status in (201, 204), text

    def props(self, path):
        """Waits until the courier has made the key: a server of a second's age has one."""
        for _ in range(100):
            text = self.ask("PROPFIND", path, PROPS, {"Depth": "0"})[1]
            if "<P:vapid-public-key" in text:
                return {name: re.search(f"<{name}(?: [^>]*)?>([^<]*)<", text)[1]
                        for name in ("P:vapid-public-key", "P:topic", "D:sync-token")
                        if f"<{name}>" in text or f"<{name} " in text}
            time.sleep(0.05)
        raise AssertionError(text)

    def register(self, path, resource, reader, expires="", trigger=""):
        body = (f"<P:push-register {SPACES}><P:subscription><P:web-push-subscription>"
                f"<P:push-resource>{resource}</P:push-resource>"
                "<P:subscription-public-key type=\"p256dh\">"
                f"{letters(reader.public)}</P:subscription-public-key>"
                f"<P:auth-secret>{letters(reader.auth)}</P:auth-secret>"
                f"</P:web-push-subscription></P:subscription>{trigger}{expires}"
                "</P:push-register>")
        status, text = self.ask("POST", path, body, {"Content-Type": "application/xml"})
        assert status in (201, 204), text
        assert self.browser.fields["expires"]
        return self.browser.fields["location"]

    def changes(self, token):
        body = (f"<D:sync-collection {SPACES}><D:sync-token>{token}</D:sync-token>"
                "<D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>")
        status, text = self.ask("REPORT", self.book, body)
        assert status == 207, text
        return re.findall(r"<D:href>[^<]*/([^/<]+)\.vcf</D:href>", text)


@pytest.fixture
def service():
    running = PushService()
    yield running
    running.stop()


def begin(kith, conf=CONF):
    kith.write_conf(conf)
    kith.start()
    kith.add_user("zhangsan", name="张三", phone="13800000000")
    device = Device(kith)
    device.props(device.book)
    return device


def test_a_card_put_by_one_device_is_told_to_the_other(kith, service):
    phone = begin(kith)
    computer, reader = Device(kith), Reader()
    known = phone.props(phone.book)
    phone.register(phone.book, service.origin + "/phone", reader)

    start = time.monotonic()
    computer.put("ada")
    at, _, fields, body = service.wait("/phone")[0]
    assert at - start < 3
    assert fields["TTL"] == "86400" and fields["Content-Encoding"] == "aes128gcm"
    assert fields["Urgency"] == "normal" and re.fullmatch(r"[\w-]{1,32}", fields["Topic"])
    key = check_vapid(fields["Authorization"], service.origin, time.time())
    assert key == known["P:vapid-public-key"]
    message = reader.open(body)
    assert re.search("<P:topic>(.*)</P:topic>", message)[1] == known["P:topic"]
    token = re.search("<D:sync-token>(.*)</D:sync-token>", message)[1]
    assert token == phone.props(phone.book)["D:sync-token"] != known["D:sync-token"]
    assert "property-update" not in message
    assert phone.changes(known["D:sync-token"]) == ["ada"]
    assert phone.changes(token) == []


def test_changes_that_follow_at_once_are_merged(kith, service):
    phone, reader = begin(kith), Reader()
    phone.register(phone.book, service.origin + "/phone", reader)
    phone.put("first")
    first = service.wait("/phone")[0]
    for i in range(5):
        phone.put(f"more-{i}")
    second = service.wait("/phone", 2, seconds=5)[1]
    assert second[0] - first[0] > 1.5
    token = re.search("<D:sync-token>(.*)</D:sync-token>", reader.open(second[3]))[1]
    assert token == phone.props(phone.book)["D:sync-token"]
    time.sleep(1)
    assert len(service.at("/phone")) == 2


def test_who_made_the_change_is_spared_but_not_of_the_next(kith, service):
    phone = begin(kith)
    mine = phone.register(phone.book, service.origin + "/mine", Reader())
    phone.register(phone.book, service.origin + "/other", Reader())
    phone.put("a", {"Push-Dont-Notify": f'"https://else.where/1", "{mine}"'})
    service.wait("/other")
    time.sleep(0.5)
    assert not service.at("/mine")
    assert phone.ask("DELETE", phone.book + "a.vcf",
                     fields={"Push-Dont-Notify": "*"})[0] == 204
    time.sleep(3)
    assert not service.at("/mine") and len(service.at("/other")) == 1
    phone.put("b")
    service.wait("/mine", seconds=5)


def test_a_copy_a_move_and_a_file_spare_who_made_them(kith, service):
    phone = begin(kith)
    phone.put("a")
    mine = phone.register(phone.book, service.origin + "/mine", Reader())
    phone.register(phone.book, service.origin + "/other", Reader())
    quiet = {"Push-Dont-Notify": f'"{mine}"'}
    file = "".join(f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:f{n}\r\nFN:F\r\nEND:VCARD\r\n" for n in range(3))
    assert phone.ask("MOVE", phone.book + "a.vcf", fields=quiet | {"Destination": phone.book + "b.vcf"})[0] == 201
    service.wait("/other")
    assert phone.ask("POST", phone.book, file, fields=quiet | {"Content-Type": "text/vcard"})[0] == 207
    service.wait("/other", 2, seconds=15)
    assert not service.at("/mine")
    phone.put("c")
    service.wait("/mine", seconds=15)


def test_a_title_is_told_as_a_property_and_a_book_to_the_home(kith, service):
    phone, reader = begin(kith), Reader()
    phone.register(phone.book, service.origin + "/title", reader,
                   trigger="<P:trigger><P:property-update/></P:trigger>")
    phone.register(phone.home, service.origin + "/home", reader)
    phone.put("a")
    body = (f"<D:propertyupdate {SPACES}><D:set><D:prop><D:displayname>新</D:displayname>"
            "</D:prop></D:set></D:propertyupdate>")
    assert phone.ask("PROPPATCH", phone.book, body)[0] == 207
    message = reader.open(service.wait("/title")[0][3])
    assert "<P:property-update/>" in message and "content-update" not in message
    assert not service.at("/home")

    assert phone.ask("MKCOL", phone.home + "work/")[0] == 201
    message = reader.open(service.wait("/home")[0][3])
    assert phone.props(phone.home)["P:topic"] in message and "<P:content-update/>" in message
    assert len(service.at("/title")) == 1

    phone.register(phone.home + "work/", service.origin + "/work", reader)
    assert phone.ask("DELETE", phone.home + "work/")[0] == 204
    assert "<P:content-update/>" in reader.open(service.wait("/work")[0][3])


def test_changes_of_books_spare_who_made_them(kith, service):
    phone, reader = begin(kith), Reader()
    only = "<P:trigger><P:property-update/></P:trigger>"
    mine = [phone.register(phone.home, service.origin + "/my-home", reader),
            phone.register(phone.book, service.origin + "/my-title", reader, trigger=only)]
    phone.register(phone.home, service.origin + "/home", reader)
    phone.register(phone.book, service.origin + "/title", reader, trigger=only)

    def quiet():
        return {"Push-Dont-Notify": ", ".join(f'"{url}"' for url in mine)}

    phone.put("a")
    body = (f"<D:propertyupdate {SPACES}><D:set><D:prop><D:displayname>%s</D:displayname>"
            "</D:prop></D:set></D:propertyupdate>")
    assert phone.ask("PROPPATCH", phone.book, body % "新", quiet())[0] == 207
    service.wait("/title")
    assert phone.ask("MKCOL", phone.home + "work/", fields=quiet())[0] == 201
    service.wait("/home")
    mine.append(phone.register(phone.home + "work/", service.origin + "/my-work", reader))
    phone.register(phone.home + "work/", service.origin + "/work", reader)
    assert phone.ask("DELETE", phone.home + "work/", fields=quiet())[0] == 204
    service.wait("/work")
    service.wait("/home", 2, seconds=5)
    assert not [heard for heard in service.heard if heard[1].startswith("/my-")]
    assert phone.ask("DELETE", mine[2])[0] == 404
    assert phone.ask("PROPPATCH", phone.book, body % "旧")[0] == 207
    service.wait("/my-title")
    assert not service.at("/my-home")


def test_what_the_service_says_is_gone_is_forgotten(kith, service):
    phone = begin(kith)
    service.answers |= {"/gone": (410, {}), "/missing": (404, {}),
                        "/busy": (429, {"Retry-After": "2"}), "/large": (413, {}),
                        "/away": (302, {"Location": service.origin + "/elsewhere"})}
    at = {path: phone.register(phone.book, service.origin + path, Reader())
          for path in service.answers}
    phone.put("a")
    for path in at:
        service.wait(path)
    service.wait("/large", 2)  # again, without the token
    time.sleep(0.5)
    assert phone.ask("DELETE", at["/gone"])[0] == 404
    assert phone.ask("DELETE", at["/missing"])[0] == 204  # one 404 is not believed
    service.answers["/busy"] = (201, {})
    first, second = service.wait("/busy", 2, seconds=5)[:2]
    assert second[0] - first[0] >= 1.9
    assert not service.at("/elsewhere")
    assert [len(service.at(path)) for path in ("/gone", "/missing", "/away")] == [1, 1, 1]


def test_an_expired_registration_is_told_nothing(kith, service):
    phone = begin(kith)
    soon = email.utils.formatdate(time.time() + 3, usegmt=True)
    at = phone.register(phone.book, service.origin + "/short", Reader(),
                        expires=f"<P:expires>{soon}</P:expires>")
    assert phone.browser.fields["expires"] == soon
    time.sleep(3.5)
    phone.register(phone.book, service.origin + "/long", Reader())
    phone.put("a")
    service.wait("/long")
    time.sleep(0.5)
    assert not service.at("/short")
    assert phone.ask("DELETE", at)[0] == 404


def test_plain_http_and_inner_addresses_are_refused(kith, service):
    """Registered while the operator allowed it; then he does not."""
    phone = begin(kith)
    phone.register(phone.book, service.origin + "/plain", Reader())
    phone.register(phone.book, service.origin.replace("http:", "https:") + "/inner", Reader())
    kith.stop()
    kith.write_conf("[push]\ninner = no\n")
    kith.start()
    phone = Device(kith)
    connections = []
    accept = service.server.get_request
    service.server.get_request = lambda: (connections.append(1), accept())[1]
    status, text = phone.ask(
        "POST", phone.book, f"<P:push-register {SPACES}><P:subscription>"
        "<P:web-push-subscription><P:push-resource>http://push.example.org/1</P:push-resource>"
        f"<P:subscription-public-key>{letters(Reader().public)}</P:subscription-public-key>"
        f"<P:auth-secret>{letters(b'0' * 16)}</P:auth-secret></P:web-push-subscription>"
        "</P:subscription></P:push-register>", {"Content-Type": "application/xml"})
    assert status == 403 and "<P:invalid-subscription/>" in text
    phone.put("a")
    time.sleep(2)
    assert not service.heard and not connections
    assert "push service http://127.0.0.1" in kith.errors()


def test_a_hundred_registrations_and_no_more(kith):
    phone, reader = begin(kith), Reader()
    for i in range(100):
        last = phone.register(phone.book, f"https://push.example.org/{i}", reader)
    with pytest.raises(AssertionError, match="push-not-available"):
        phone.register(phone.book, "https://push.example.org/100", reader)
    assert phone.register(phone.book, "https://push.example.org/99", reader) == last
    assert phone.ask("DELETE", last)[0] == 204
    phone.register(phone.book, "https://push.example.org/100", reader)


def test_an_answer_from_the_page_is_told_to_the_phone(kith, service):
    phone, reader = begin(kith), Reader()
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    kith.login("zhangsan")
    known = phone.props(phone.book)
    phone.register(phone.book, service.origin + "/phone", reader)
    kith.run("ask", "18988888888")
    link = None
    for _ in range(50):
        found = re.search(r"http://[^\s\"<]+/a/[\w-]{20}", Browser().get(kith.url + "/tray")[1])
        if found:
            link = found[0]
            break
        time.sleep(0.1)
    fill_in(Browser(), link)
    message = reader.open(service.wait("/phone")[0][3])
    assert known["P:topic"] in message
    assert phone.changes(known["D:sync-token"]) == ["lisi-1"]

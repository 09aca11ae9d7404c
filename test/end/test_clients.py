"""Clients as they speak: the request sequences of DAVx5, Thunderbird, Evolution and Apple's
Contacts, with what each of them insists on. The real vdirsyncer is in test_stock_client.py."""
import base64
import http.client
import re
import urllib.parse
import xml.etree.ElementTree as ET

import pytest

from kith import PASSWORD

D, C, CS = "{DAV:}", "{urn:ietf:params:xml:ns:carddav}", "{http://calendarserver.org/ns/}"
P = "{https://bitfire.at/webdav-push}"
NAMES = ('xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav" '
         'xmlns:CS="http://calendarserver.org/ns/" xmlns:P="https://bitfire.at/webdav-push"')


def card(uid, name, version="3.0", line=""):
    return (f"BEGIN:VCARD\r\nVERSION:{version}\r\nUID:{uid}\r\nFN:{name}\r\nN:{name};;;;\r\n"
            f"{line}END:VCARD\r\n").encode()


class Device:
    """One client: its User-Agent, its login, one connection at a time."""

    def __init__(self, kith, agent, password=PASSWORD):
        self.url = urllib.parse.urlsplit(kith.url)
        self.agent = agent
        self.login = base64.b64encode(f"ada:{password}".encode()).decode()

    def ask(self, method, path, body=None, login=True, **fields):
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=30)
        headers = {"User-Agent": self.agent} | {k.replace("_", "-"): v for k, v in fields.items()}
        if login:
            headers["Authorization"] = f"Basic {self.login}"
        if isinstance(body, str):
            body = body.encode()
            headers.setdefault("Content-Type", 'application/xml; charset="utf-8"')
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        self.status, self.fields, self.text = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return self.status

    def multi(self, method, path, body, **fields):
        assert self.ask(method, path, body, **fields) == 207, (self.status, self.text)
        assert self.fields["Content-Type"].lower() == "application/xml; charset=utf-8"
        assert self.text.startswith(b'<?xml version="1.0" encoding="utf-8"')
        self.tree = ET.fromstring(self.text)
        return {r.find(D + "href").text: r for r in self.tree.findall(D + "response")}

    def props(self, path, names, depth="0", **fields):
        return self.multi("PROPFIND", path, f"<D:propfind {NAMES}><D:prop>{names}</D:prop></D:propfind>",
                          Depth=depth, **fields)

    def principal(self):
        (one,) = self.props("/dav/", "<D:current-user-principal/>").values()
        return one.find(f".//{D}current-user-principal/{D}href").text

    def home(self):
        (one,) = self.props(self.principal(), "<C:addressbook-home-set/>").values()
        return one.find(f".//{C}addressbook-home-set/{D}href").text


@pytest.fixture
def ada(kith):
    kith.start()
    kith.add_user("ada", name="Ada")
    return kith


def sync(device, book, token, props, depth="0"):
    found = device.multi("REPORT", book, f"<D:sync-collection {NAMES}><D:sync-token>{token}</D:sync-token>"
                         f"<D:sync-level>1</D:sync-level><D:prop>{props}</D:prop></D:sync-collection>",
                         **({"Depth": depth} if depth else {}))
    return found, device.tree.find(D + "sync-token").text


def multiget(device, book, hrefs, data="<C:address-data/>", **fields):
    return device.multi("REPORT", book, f"<C:addressbook-multiget {NAMES}><D:prop><D:getetag/>{data}</D:prop>"
                        + "".join(f"<D:href>{h}</D:href>" for h in hrefs)
                        + "</C:addressbook-multiget>", **fields)


def etag_of(response):
    return response.find(f".//{D}getetag").text


def test_davx5(ada):
    phone = Device(ada, "DAVx5/4.5.19-ose (dav4jvm; ktor) Android/15")
    assert phone.ask("PROPFIND", "/.well-known/carddav", Depth="0") in (301, 302, 307, 308)
    principal = phone.principal()
    assert phone.ask("OPTIONS", principal, Content_Length="0") == 200
    assert "addressbook" in phone.fields["DAV"] and "webdav-push" in phone.fields["DAV"]
    home = phone.home()
    assert home != principal
    books = phone.props(home, "<D:current-user-privilege-set/><D:displayname/><D:owner/><D:resourcetype/>"
                        "<P:transports/><P:topic/><C:addressbook-description/>", depth="1")
    book = next(h for h, r in books.items() if r.find(f".//{C}addressbook") is not None)
    known = phone.props(book, "<D:supported-report-set/><D:sync-token/><CS:getctag/><C:max-resource-size/>"
                        "<C:supported-address-data/>")[book]
    types = known.findall(f".//{C}address-data-type")
    assert {"content-type": "text/vcard", "version": "4.0"} in [t.attrib for t in types]
    _, token = sync(phone, book, "", "<D:getetag/><D:resourcetype/>")
    # New cards: If-None-Match; the ETag is quoted, and the one a sync tells.
    assert phone.ask("PUT", book + "u1.vcf", card("u1", "One", "4.0"), If_None_Match="*",
                     Content_Type="text/vcard;version=4.0") == 201
    etag = phone.fields["ETag"]
    assert re.fullmatch(r'"[^"]+"', etag)
    found, token = sync(phone, book, token, "<D:getetag/><D:resourcetype/>")
    assert etag_of(found[book + "u1.vcf"]) == etag
    # Ten hrefs a request, in the version it reads.
    for n in range(10):
        phone.ask("PUT", f"{book}m{n}.vcf", card(f"m{n}", f"M{n}"), If_None_Match="*",
                  Content_Type="text/vcard;charset=utf-8")
    got = multiget(phone, book, [f"{book}m{n}.vcf" for n in range(10)],
                   '<C:address-data content-type="text/vcard" version="4.0"/>', Depth="0")
    assert len(got) == 10
    assert all("VERSION:4.0" in r.find(f".//{C}address-data").text for r in got.values())
    # A change with the wrong ETag is a true 412; a removal is told as a 404.
    assert phone.ask("PUT", book + "u1.vcf", card("u1", "Two", "4.0"), If_Match='"other"') == 412
    assert phone.ask("PUT", book + "u1.vcf", card("u1", "Two", "4.0"), If_Match=etag) == 204
    assert phone.ask("DELETE", book + "m0.vcf", If_Match=etag_of(got[book + "m0.vcf"])) == 204
    found, _ = sync(phone, book, token, "<D:getetag/><D:resourcetype/>")
    assert found[book + "m0.vcf"].find(D + "status").text.startswith("HTTP/1.1 404")
    # A token of nobody's: 403 with its precondition, and it begins anew.
    assert phone.ask("REPORT", book, f"<D:sync-collection {NAMES}><D:sync-token>urn:x:1</D:sync-token>"
                     "<D:sync-level>1</D:sync-level><D:prop/></D:sync-collection>", Depth="0") == 403
    assert b"valid-sync-token" in phone.text


def test_thunderbird(ada):
    bird = Device(ada, "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.0")
    home = bird.home()
    books = bird.props(home, "<D:resourcetype/><D:displayname/><D:current-user-privilege-set/>", depth="1")
    for response in books.values():  # it reads the first status, word for word
        assert response.find(f".//{D}status").text == "HTTP/1.1 200 OK"
    book = next(h for h, r in books.items() if r.find(f".//{C}addressbook") is not None)
    assert books[book].find(f".//{D}current-user-privilege-set//{D}write") is not None
    # It writes without any condition, reads back at once, and compares hrefs as strings.
    assert bird.ask("PUT", book + "a%20b%40c.vcf", card("t1", "Tim", "4.0"), Content_Type="text/vcard") == 201
    got = multiget(bird, book, [book + "a%20b%40c.vcf"], Depth="1")
    assert list(got) == [book + "a%20b%40c.vcf"]
    listed = bird.props(book, "<D:resourcetype/><D:getetag/><CS:getctag/>", depth="1")
    assert book + "a%20b%40c.vcf" in listed
    # Depth 1 for a sync, with the cards inline.
    token = bird.props(book, "<D:sync-token/>")[book].find(f".//{D}sync-token").text
    bird.ask("PUT", book + "t2.vcf", card("t2", "Tom", "4.0"), Content_Type="text/vcard")
    found, _ = sync(bird, book, token, "<D:getetag/><C:address-data/>", depth="1")
    assert "FN:Tom" in found[book + "t2.vcf"].find(f".//{C}address-data").text
    # At a 400 it begins anew; at the 403 of the RFC it stops for good.
    assert bird.ask("REPORT", book, f"<D:sync-collection {NAMES}><D:sync-token>urn:x:1</D:sync-token>"
                    "<D:sync-level>1</D:sync-level><D:prop/></D:sync-collection>", Depth="1") == 400


def test_evolution(ada):
    desk = Device(ada, "Evolution/3.56.0")
    book = desk.home() + "contacts/"
    desk.props(desk.home(), "<D:resourcetype/>", depth="1")
    assert desk.ask("OPTIONS", book) == 200
    assert "addressbook" in desk.fields["DAV"]
    assert {"PUT", "POST", "DELETE"} <= set(desk.fields["Allow"].split(", "))
    known = desk.props(book, "<CS:getctag/><C:supported-address-data/><D:supported-report-set/>"
                       "<D:current-user-privilege-set/>")[book]
    assert known.find(f".//{CS}getctag").text
    _, token = sync(desk, book, "", "<D:getetag/>")
    assert ":" in token or "/" in token  # it takes nothing else for a token
    assert desk.ask("PUT", book + "e1.vcf", card("e1", "Eve"), If_None_Match="*",
                    Content_Type="text/vcard; charset=utf-8") == 201
    etag = desk.fields["ETag"]  # spares it a GET
    assert desk.ask("GET", book + "e1.vcf") == 200 and desk.fields["ETag"] == etag
    assert desk.ask("PUT", book + "e1.vcf", card("e1", "Eva"), If_Match=etag) == 204
    got = multiget(desk, book, [book + "e1.vcf", book + "none.vcf"])  # without Depth
    assert "FN:Eva" in got[book + "e1.vcf"].find(f".//{C}address-data").text
    assert got[book + "none.vcf"].find(D + "status").text.startswith("HTTP/1.1 404")


def test_apple(ada):
    phone = Device(ada, "iOS/18.1 (22B83) dataaccessd/1.0")
    # On every fresh connection: a challenge first.
    assert phone.ask("PROPFIND", "/dav/", f"<D:propfind {NAMES}/>", login=False, Depth="0") == 401
    assert phone.fields["WWW-Authenticate"].startswith("Basic realm=")
    quiet = {"Prefer": "return=minimal", "Brief": "t"}
    principal = phone.principal()
    (one,) = phone.props(principal, "<D:principal-collection-set/><D:supported-report-set/><D:resource-id/>"
                         "<D:displayname/><CS:email-address-set/><C:addressbook-home-set/>"
                         "<C:directory-gateway/>", **quiet).values()
    home = one.find(f".//{C}addressbook-home-set/{D}href").text
    assert home != principal and "404" not in ET.tostring(one).decode()
    books = phone.props(home, "<D:add-member/><D:current-user-privilege-set/><D:displayname/>"
                        "<C:max-image-size/><C:max-resource-size/><CS:me-card/><D:owner/><CS:pushkey/>"
                        "<D:quota-available-bytes/><D:quota-used-bytes/><D:resource-id/><D:resourcetype/>"
                        "<D:supported-report-set/><D:sync-token/>", depth="1", **quiet)
    shown = [h for h, r in books.items() if r.find(f".//{C}addressbook") is not None]
    assert shown[0].endswith("/contacts/")  # macOS shows the first one only
    book = shown[0]
    assert phone.multi("PROPPATCH", home, f"<D:propertyupdate {NAMES}><D:set><D:prop><CS:me-card><D:href>"
                       f"{book}me.vcf</D:href></CS:me-card></D:prop></D:set></D:propertyupdate>")
    known = phone.props(book, "<CS:getctag/><D:sync-token/>")[book]
    assert known.find(f".//{CS}getctag").text
    group = ("X-ADDRESSBOOKSERVER-KIND:group\r\n"
             "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r\n")
    assert phone.ask("PUT", book + "g.vcf", card("g1", "Friends", line=group), If_None_Match="*",
                     Content_Type="text/vcard") == 201
    other = Device(ada, "DAVx5/4.5.19-ose")
    other.ask("PUT", book + "v4.vcf", card("v4", "Vier", "4.0", "KIND:individual\r\n"))
    # Another token of macOS's making does no harm, and 3.0 is what it gets.
    assert phone.ask("REPORT", book, f"<D:sync-collection {NAMES}><D:sync-token>"
                     "3d2f7a0c-0000-4000-8000-000000000000</D:sync-token><D:sync-level>1</D:sync-level>"
                     "<D:prop><D:getetag/></D:prop></D:sync-collection>") == 403
    got = multiget(phone, book, [book + "g.vcf", book + "v4.vcf"], **quiet)
    for response in got.values():
        assert "VERSION:3.0" in response.find(f".//{C}address-data").text
    assert "X-ADDRESSBOOKSERVER-MEMBER" in got[book + "g.vcf"].find(f".//{C}address-data").text


def test_one_bad_card_stops_nobody(ada):
    """Control characters, no FN, no N: stored as they came, shown so that every client reads on."""
    phone = Device(ada, "iOS/18.1 (22B83) dataaccessd/1.0")
    book = phone.home() + "contacts/"
    phone.props(phone.home(), "<D:resourcetype/>", depth="1")
    bad = b"BEGIN:VCARD\nVERSION:3.0\nUID:bad\nNOTE:one\x01\x0btwo\nREV:1\nREV:2\nEND:VCARD\n"
    assert phone.ask("PUT", book + "bad.vcf", bad, Content_Type="text/vcard") == 201
    assert phone.ask("GET", book + "bad.vcf", Accept="*/*", User_Agent="curl/8") == 200
    found, _ = sync(phone, book, "", "<D:getetag/><C:address-data/>")
    text = found[book + "bad.vcf"].find(f".//{C}address-data").text
    assert "onetwo" in text and "FN:" in text

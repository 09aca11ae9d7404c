"""The JSON interface, checked against share/openapi.json, and asks without a gateway."""
import base64
import json
import pathlib
import re
import time

from example import ANSWER, ONLY_A_NUMBER, PRIVATE, assert_filled, fill_in, png
from kith import PASSWORD, Browser, words

WANG = "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", "UID:wang-5", "FN:王五", "N:王;五;;;",
                     "TEL;TYPE=CELL:13911112222", "END:VCARD", ""])
OPENAPI = json.loads((pathlib.Path(__file__).resolve().parents[2] / "share/openapi.json").read_text())


def fits(schema, value, where="answer"):
    """A small JSON Schema: what openapi.json uses and no more."""
    if "$ref" in schema:
        return fits(resolve(schema["$ref"]), value, where)
    for part in schema.get("allOf", ()):
        fits(part, value, where)
    if "enum" in schema:
        assert value in schema["enum"], where
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
    if "type" in schema:
        assert isinstance(value, kinds[schema["type"]]), (where, value)
    for name in schema.get("required", ()):
        assert name in value, (where, name)
    if schema.get("type") == "object":
        for name, part in schema.get("properties", {}).items():
            if name in value:
                fits(part, value[name], f"{where}.{name}")
    if schema.get("type") == "array":
        for at, item in enumerate(value):
            fits(schema["items"], item, f"{where}[{at}]")


def resolve(ref):
    node = OPENAPI
    for name in ref.removeprefix("#/").split("/"):
        node = node[name]
    return node


class Interface:
    def __init__(self, kith, login="zhangsan"):
        self.kith, self.browser = kith, Browser()
        self.login = base64.b64encode(f"{login}:{PASSWORD}".encode()).decode()
        self.seen = set()

    def call(self, method, shape, body=None, status=200, query="", **holes):
        """Calls /api/v1 + shape with its holes filled, and checks the answer's schema."""
        path = shape.format(**holes)
        fields = {"Content-Type": "application/json"}
        operation = OPENAPI["paths"][shape][method.lower()]
        if operation.get("security") != []:
            fields["Authorization"] = f"Basic {self.login}"
        data = json.dumps(body).encode() if body is not None else None
        got, text = self.browser.request(method, f"{self.kith.url}/api/v1{path}{query}", data, fields)
        assert got == status, (method, path, got, text)
        described = operation["responses"][str(status)]
        if "$ref" in described:
            described = resolve(described["$ref"])
        if "content" in described:
            fits(described["content"]["application/json"]["schema"], json.loads(text))
        self.seen.add((method.lower(), shape))
        return json.loads(text)


def begin(kith, *cards):
    kith.start()
    kith.add_user("zhangsan", name="张三", phone="13800000000", email="zhangsan@example.com")
    kith.import_cards("zhangsan", *(cards or (ONLY_A_NUMBER,)))
    return Interface(kith)


def token(link):
    return link.rsplit("/", 1)[1]


def dav(kith, api, method, path, body=None):
    fields = {"Authorization": f"Basic {api.login}", "Content-Type": "text/vcard", "Depth": "0"}
    return Browser().request(method, kith.url + path, body, fields)


def ways_back(kith, api):
    """Former versions, removed cards, a removed book and a moment: nothing is gone."""
    kith.import_cards("zhangsan", WANG)
    kith.login("zhangsan")
    one = api.call("GET", "/devices")["devices"][0]
    assert one["groups"] == "auto"
    api.call("POST", "/devices/{id}", {"groups": "cards"}, id=one["id"])
    assert "groups cards" in kith.run("devices")
    kith.run("devices", one["id"], "--groups", "auto")
    api.call("POST", "/devices/{id}", {"groups": "heaps"}, 400, id=one["id"])
    api.call("POST", "/devices/{id}", {"groups": "both"}, 404, id=5)
    kith.run("devices", "--groups", "both", status=2)
    assert api.call("GET", "/books")["books"][0]["uploads"] == "merged"
    assert api.call("POST", "/books", {"book": "contacts", "uploads": "merged"})["writable"]
    api.call("POST", "/books", {"book": "contacts", "uploads": "never"}, 400)
    api.call("POST", "/books", {"book": "none", "uploads": "merged"}, 404)
    home = re.search(r"/dav/p/(\w+)/", dav(kith, api, "PROPFIND", "/dav/",
                     b'<propfind xmlns="DAV:"><prop><current-user-principal/></prop></propfind>')[1])
    home = f"/dav/b/{home[1]}"
    name = api.call("GET", "/find", query="?q=13911112222")["cards"][0]["card"]
    place = f"{home}/contacts/{name}"
    changed = WANG.replace("FN:王五", "FN:王六").encode()
    time.sleep(0.01)
    before = int(time.time() * 1000)
    time.sleep(0.01)
    assert dav(kith, api, "PUT", place, changed)[0] == 204
    versions = api.call("GET", "/history", query="?q=13911112222")["versions"]
    assert [v["state"] for v in versions] == ["former"]
    assert "is as it was" in kith.run("undo", "13911112222")
    assert "FN:王五" in kith.export("zhangsan")
    assert dav(kith, api, "DELETE", place)[0] == 204
    assert api.call("GET", "/removed")["cards"][0]["name"] == "王五"
    assert name in kith.run("removed")
    kith.run("undo", f"contacts/{name}")
    assert "FN:王五" in kith.export("zhangsan")
    assert dav(kith, api, "PUT", place, changed)[0] == 204
    told = api.call("POST", "/restore", {"book": "contacts", "at": before, "preview": True})
    assert told["changed"] >= 1 and "FN:王六" in kith.export("zhangsan")
    assert api.call("POST", "/restore", {"book": "contacts", "at": before}) == told
    assert "FN:王六" not in kith.export("zhangsan")
    assert dav(kith, api, "MKCOL", f"{home}/work/")[0] == 201
    assert dav(kith, api, "DELETE", f"{home}/work/")[0] == 204
    gone = api.call("GET", "/removed")["books"]
    assert api.call("POST", "/revive", {"id": gone[0]["id"]})["book"] == "work"
    assert "former" in kith.run("history", "13911112222")
    assert api.call("POST", "/undo", {"whom": "13911112222"})["card"] == name
    assert "a moment is" in kith.run("restore", "contacts", "yesterday", status=2)
    assert "would be: " in kith.run("restore", "contacts", "2020-01-01 00:00", "--preview")
    api.call("POST", "/restore", {"book": "contacts", "at": 1 << 60}, 400)


def test_nothing_is_gone(kith):
    ways_back(kith, begin(kith))


def as_a_target(api):
    """The caller asks himself: his own card has the number he verified."""
    api.call("GET", "/me/card")
    items = api.call("POST", "/me/card", {"changes": [{"field": "org", "value": "示例公司"}]})["items"]
    assert {"mobile", "org"} <= {i["field"] for i in items}
    api.call("POST", "/me/card", {"changes": [{"field": "shoe-size", "value": "1"}]}, 400)
    asked = api.call("POST", "/asks", {"whom": "+8613800000000", "by": "sms", "for": ["org"]}, 201)["ask"]
    api.call("POST", "/asks/{id}/remind", {}, 409, id=asked)
    assert api.call("GET", "/notices")["notices"][0]["id"] == asked
    page = api.call("POST", "/notices/{id}/open", {}, id=asked)
    assert [i["field"] for i in page["items"] if i["wanted"]] == ["org"]
    api.call("POST", "/notices/{id}", {"items": [99]}, 400, id=asked)
    assert api.call("POST", "/notices/{id}", {"note": "好"}, id=asked)["verified"] == 1
    assert api.call("GET", "/me/telling") == {"by": "auto", "hook": ""}
    hooked = api.call("POST", "/me/telling", {"by": "none", "hook": "https://example.com/kith"})
    assert len(hooked["secret"]) == 20 and api.call("GET", "/me/telling") == hooked
    api.call("POST", "/me/telling", {"by": "pigeon"}, 400)
    api.call("POST", "/me/telling", {"hook": "gopher://x"}, 400)
    assert api.call("POST", "/me/telling", {"by": "auto", "hook": ""})["hook"] == ""
    given = api.call("GET", "/given")["given"]
    assert given[0]["field"] == "org"
    api.call("DELETE", "/given/{id}", id=given[0]["owner"])
    api.call("POST", "/notices/{id}/leave", {"how": "decline"}, 410, id=asked)
    values = api.call("GET", "/said", query="?book=contacts&card=me.vcf")["values"]
    assert [v["evidence"] for v in values if v["field"] == "org"] == [4]
    api.call("GET", "/plan", query="?limit=3")
    lacking = {"title": "邮箱", "missing": "email", "for": ["email"]}
    seen = api.call("POST", "/campaigns/preview", lacking)
    assert seen["people"] == 1 and seen["waiting"] == 1 and "/a/…" in seen["text"]
    api.call("POST", "/campaigns/preview", {"title": "x", "missing": "shoe-size"}, 400)
    api.call("POST", "/campaigns", {"title": "", "missing": "email"}, 400)
    campaign = api.call("POST", "/campaigns", lacking, 201)["id"]
    assert [c["id"] for c in api.call("GET", "/campaigns")["campaigns"]] == [campaign]
    assert api.call("GET", "/campaigns/{id}", id=campaign)["list"][0]["name"] == "李四"
    api.call("DELETE", "/campaigns/{id}", id=campaign)
    assert api.call("GET", "/campaigns/{id}", id=campaign)["over"]
    api.call("GET", "/plan", query="?limit=no", status=400)


def test_every_call_is_as_the_description_says(kith):
    api = begin(kith)
    as_a_target(api)
    assert api.call("GET", "/me")["phone"] == "+8613800000000"
    device = api.call("POST", "/devices", {"label": "test"}, 201)
    assert len(device["password"]) >= 20
    devices = api.call("GET", "/devices")["devices"]
    api.call("DELETE", "/devices/{id}", id=devices[0]["id"])
    assert api.call("GET", "/devices")["devices"] == []
    assert len(api.call("GET", "/find", query="?q=18988888888")["cards"]) == 1
    opened = api.call("POST", "/asks", {"whom": "李四", "by": "self"}, 201)
    place = {"token": token(opened["link"])}
    assert api.call("GET", "/answers/{token}", **place)["asker"] == "张三"
    offer = api.call("POST", "/answers/{token}/open", **place)
    assert [item["field"] for item in offer["items"]] == ["mobile"]
    api.call("POST", "/answers/{token}", {"ops": [{"op": "insert", "field": "qq", "value": "12345678"}],
                                          "until": "tomorrow"}, 400, **place)
    answered = api.call("POST", "/answers/{token}", {"ops": [
        {"op": "confirm", "item": offer["items"][0]["item"]},
        {"op": "insert", "field": "qq", "value": "12345678"}]}, **place)
    assert answered == {"state": "merged", "applied": 1, "verified": 1, "waiting": 0}
    api.call("GET", "/asks")
    whole = api.call("GET", "/asks/{id}", id=opened["ask"])
    assert {item["decision"] for item in whole["items"]} == {"applied", "verified"}
    other = api.call("POST", "/asks", {"whom": "18988888888", "by": "self"}, 201)
    api.call("POST", "/answers/{token}/leave", {"how": "decline"}, token=token(other["link"]))
    third = api.call("POST", "/asks", {"whom": "qq:12345678", "by": "self"}, 201)
    api.call("DELETE", "/asks/{id}", id=third["ask"])
    fourth = api.call("POST", "/asks", {"whom": "18988888888", "by": "self"}, 201)
    change = api.call("POST", "/answers/{token}/open", token=token(fourth["link"]))["items"]
    mobile = next(item for item in change if item["field"] == "mobile")
    waits = api.call("POST", "/answers/{token}", {"ops": [
        {"op": "change", "item": mobile["item"], "value": "13900000000"}]},
        token=token(fourth["link"]))
    assert waits["waiting"] == 1 and "13900000000" not in kith.export("zhangsan")
    api.call("POST", "/asks/{id}/decide", {"accept": True}, id=fourth["ask"])
    assert "13900000000" in kith.export("zhangsan")
    api.call("POST", "/asks/{id}/undo", {"item": 9}, 409, id=fourth["ask"])
    api.call("POST", "/asks/{id}/undo", {}, id=fourth["ask"])
    assert "13900000000" not in kith.export("zhangsan") and "18988888888" in kith.export("zhangsan")
    api.call("POST", "/asks/{id}/undo", {}, 409, id=fourth["ask"])
    ways_back(kith, api)
    made_one(kith, api)
    api.seen.add(("get", "/events"))  # has no end: test_events.py
    described = {(method, path) for path, methods in OPENAPI["paths"].items() for method in methods}
    assert api.seen == described


def made_one(kith, api):
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{0}\r\nFN:{0}\r\nTEL:13700000001\r\nNOTE:of {0}\r\nEND:VCARD\r\n"
    kith.import_cards("zhangsan", card.format("one"), card.format("two"))
    (twins,) = api.call("GET", "/twins")["twins"]
    assert {c["name"] for c in twins["cards"]} == {"one", "two"}
    assert twins["reasons"] == [{"same": "phone", "value": "+8613700000001"}]
    cards = ["contacts/one.vcf", "contacts/two.vcf"]
    api.call("POST", "/merge", {"cards": cards[:1]}, 400)
    api.call("POST", "/merge", {"cards": cards, "take": ["TITLE"]}, 400)
    api.call("POST", "/merge", {"cards": cards * 6}, 400)
    api.call("POST", "/merge", {"cards": [*cards, "contacts/none.vcf"]}, 404)
    api.call("POST", "/merge", {"cards": cards, "take": ["fn"]})
    assert "FN:two" in kith.export("zhangsan") and "FN:one" not in kith.export("zhangsan")
    api.call("POST", "/merge/undo", {"whom": cards[0]})
    api.call("POST", "/merge/undo", {"whom": cards[0]}, 409)
    assert "FN:one" in kith.export("zhangsan")
    api.call("POST", "/twins/apart", {"cards": cards})
    assert api.call("GET", "/twins") == {"twins": [], "more": False}


def test_refusals_are_in_the_words_of_the_domain(kith):
    api = begin(kith, ONLY_A_NUMBER, ONLY_A_NUMBER.replace("lisi-1", "lisi-9"))
    several = api.call("POST", "/asks", {"whom": "18988888888"}, 409)
    assert several["error"] == "several" and len(several["candidates"]) == 2
    assert api.call("POST", "/asks", {"whom": "13711111111"}, 404)["error"] == "not-found"
    assert api.call("POST", "/asks", {"whom": "x", "by": "pigeon"}, 400)["name"] == "pigeon"
    assert api.call("POST", "/asks", {"whom": "x", "for": ["shoe-size"]}, 400)["name"] == "shoe-size"
    unknown = api.call("GET", "/answers/{token}", status=404, token="A" * 20)
    assert unknown["error"] == "not-found"
    browser = Browser()
    status, _ = browser.get(f"{kith.url}/api/v1/me")
    assert status == 401 and "Basic" in browser.fields["www-authenticate"]


def test_scanners_change_nothing_and_learn_nothing(kith):
    begin(kith)
    kith.login("zhangsan")
    asked = kith.json("ask", "18988888888", "--by", "self")
    for _ in range(100):
        browser = Browser()
        status, page = browser.get(asked["link"])
        assert status == 200 and "8888888" not in page and not any(s in page for s in PRIVATE)
        assert "script" not in browser.fields["content-security-policy"]
        assert browser.fields["referrer-policy"] == "no-referrer"
        assert browser.fields["cache-control"] == "no-store"
        assert "noindex" in browser.fields["x-robots-tag"]
        assert len(page.encode()) < 30_000
        browser.request("HEAD", asked["link"])
    assert kith.state(asked["ask"]) == "sent" or kith.state(asked["ask"]) == "queued"
    assert [e["state"] for e in kith.json("asks", asked["ask"])["events"]].count("seen") == 0


def test_an_answer_comes_once(kith):
    begin(kith)
    kith.login("zhangsan")
    link = kith.json("ask", "18988888888", "--by", "self")["link"]
    fill_in(Browser(), link)
    before = kith.export("zhangsan")
    status, page = Browser().post(link, {"step": "send"})
    assert status == 200 and "已经回答过" in words(page)
    status, page = Browser().post(link, {"step": "open"})
    assert "<form" not in page and kith.export("zhangsan") == before


def test_a_revoked_link_and_one_that_never_was_look_the_same(kith):
    begin(kith)
    kith.login("zhangsan")
    asked = kith.json("ask", "18988888888", "--by", "self")
    kith.run("revoke", asked["ask"])
    revoked = Browser().get(asked["link"])
    never = Browser().get(f"{kith.url}/a/{'B' * 20}")
    assert revoked == never and revoked[0] == 410


def test_wrong_values_are_marked_and_what_was_typed_stays(kith):
    begin(kith)
    kith.login("zhangsan")
    link = kith.json("ask", "18988888888", "--by", "self")["link"]
    browser = Browser("en")
    status, page = browser.post_form(link, {"step": "check", "email": "not an address", "qq": "12345678"})
    assert status == 422 and "This is no e-mail address." in words(page)
    assert 'value="not an address"' in page and 'value="12345678"' in page
    status, page = browser.post_form(link, {"step": "check", "work-tel": "*#06#"})
    assert status == 422 and "no telephone number" in words(page)
    status, page = browser.post_form(link, {"step": "check", "url": "javascript:alert(1)"})
    assert status == 422
    status, page = browser.post_form(link, {"step": "check"},
                                     {"photo": ("x.svg", "image/svg+xml", b"<svg/>")})
    assert status == 422 and "picture" in words(page)
    status, page = browser.post_form(link, {"step": "check"},
                                     {"photo": ("x.png", "image/png", png()[:200])})
    assert status == 422
    assert kith.export("zhangsan").count("EMAIL") == 0


def test_hostile_text_stays_text(kith):
    begin(kith)
    kith.login("zhangsan")
    link = kith.json("ask", "18988888888", "--by", "self")["link"]
    evil = '<script>alert(1)</script>"\r\nNOTE:injected\r\nEND:VCARD'
    browser = Browser()
    status, page = browser.post_form(link, {"step": "check", "org": evil})
    assert status == 200 and "<script>alert" not in page
    browser.post(link, {"step": "send"})
    card = kith.export("zhangsan")
    assert card.splitlines().count("NOTE:injected") == 0 and card.splitlines().count("END:VCARD") == 1


def test_the_owner_does_it_all_in_the_browser(kith):
    begin(kith)
    owner, target = Browser("en"), Browser("en")
    status, _ = owner.get(f"{kith.url}/")
    assert status == 303
    status, page = owner.post(f"{kith.url}/login", {"login": "zhangsan", "password": "wrong"})
    assert status == 403
    status, _ = owner.post(f"{kith.url}/login", {"login": "zhangsan", "password": PASSWORD})
    assert status == 303
    status, page = owner.get(f"{kith.url}/")
    assert "李四" in page
    card = re.search(r'href="(/card/[^"]+)"', page)[1]
    status, page = owner.get(kith.url + card)
    assert "18988888888" in page
    ask = re.search(r'href="(/ask/[^"]+)"', page)[1]
    status, page = owner.get(kith.url + ask)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    status, _ = owner.post(kith.url + ask, {"by": "self"})
    assert status == 403  # without the form's secret nothing happens
    status, page = owner.post(kith.url + ask, {"by": "self", "do": "send", "csrf": csrf, "field": ["qq", "photo"]})
    assert status == 200, page
    link = re.search(r"http://\S+?/a/[\w-]{20}", page)[0]
    _, first = target.get(link)
    assert "QQ" in first and "Work" not in words(first).split("Continue")[0]
    target.post(link, {"step": "open"})
    target.post_form(link, {"step": "check", "qq": "12345678", "mobile": "13900000000"})
    target.post(link, {"step": "send"})
    status, page = owner.get(f"{kith.url}/asks")
    one = re.search(r'href="(/asks/\d+)"', page)[1]
    status, page = owner.get(kith.url + one)
    assert "13900000000" in page and "Accept" in page
    status, _ = owner.post(kith.url + one, {"do": "accept", "csrf": csrf})
    assert status == 303
    status, page = owner.get(kith.url + card)
    assert "13900000000" in page and "12345678" in page and "18988888888" not in page
    status, _ = owner.post(f"{kith.url}/logout", {"csrf": csrf})
    status, _ = owner.get(f"{kith.url}/")
    assert status == 303


def test_declining_not_me_and_never_again(kith):
    kith.write_conf("[ask]\nagain_after = 0\n")
    begin(kith)
    kith.login("zhangsan")
    for step, state in (("decline", "declined"), ("not-me", "not_me")):
        asked = kith.json("ask", "18988888888", "--by", "self")
        status, page = Browser().post(asked["link"], {"step": step})
        assert status == 200
        assert kith.state(asked["ask"]) == state
    asked = kith.json("ask", "18988888888", "--by", "sms")
    tray = Browser().get(f"{kith.url}/tray")
    for _ in range(50):
        if "/a/" in tray[1]:
            break
        time.sleep(0.1)
        tray = Browser().get(f"{kith.url}/tray")
    link = re.search(r'href="(http[^"]+/a/[\w-]+)"', tray[1])[1]
    Browser().post(link, {"step": "block-owner"})
    before = Browser().get(f"{kith.url}/tray")[1].count("/a/")
    again = kith.json("ask", "18988888888", "--by", "sms")
    assert again["state"] == "queued"
    time.sleep(1)
    assert Browser().get(f"{kith.url}/tray")[1].count("/a/") == before


def test_an_old_link_still_blocks(kith):
    begin(kith)
    kith.login("zhangsan")
    asked = kith.json("ask", "18988888888", "--by", "self")
    kith.run("revoke", asked["ask"])
    status, _ = Browser().post(asked["link"], {"step": "decline"})
    assert status == 410
    status, _ = Browser().post(asked["link"], {"List-Unsubscribe": "One-Click"})
    assert status == 200
    before = Browser().get(f"{kith.url}/tray")[1].count("/a/")
    assert kith.json("ask", "18988888888", "--by", "sms")["state"] == "queued"
    time.sleep(1)
    assert Browser().get(f"{kith.url}/tray")[1].count("/a/") == before


def test_the_target_answers_at_a_terminal(kith, tmp_path):
    begin(kith)
    kith.login("zhangsan")
    link = kith.json("ask", "18988888888", "--by", "self")["link"]
    shown = kith.run("answer", link)
    assert "张三" in shown and "18988888888" not in shown
    words_ = [f"{k}={v}" for k, v in ANSWER.items()]
    said = kith.run("answer", link, *words_, "--note", "你好")
    assert "7 taken in" in said
    assert_filled(kith.export("zhangsan"), picture=False)
    assert "你好" not in kith.export("zhangsan")

"""A server as one finds it after a year: thirty cards, Chinese and English, pictures, a card of
nothing but canaries, a former version, one removed, asks in every state. For the tests in a real
browser and for tools/screens. What scripts have to know of it is one JSON object."""
import base64
import colorsys
import html
import json
import pathlib
import re
import sqlite3
import struct
import subprocess
import time
import urllib.parse
import zlib

from kith import PASSWORD, Browser

SCRIPTS = pathlib.Path(__file__).resolve().parents[1] / "browser"
CONF = ("[ask]\nfollow = yes\nper_day = 0\nper_day_at_first = 0\nagain_after = 0\nper_target_week = 0\n"
        "per_target_quarter = 0\nsms_per_prefix = 0\n")
LOGIN = "zhangsan"
CHINESE = ["陈伟", "黄丽华", "李四", "林晓峰", "刘洋", "欧阳娜娜", "王小明", "吴建国", "徐静", "杨帆", "赵敏", "周杰",
           "朱莉", "孙悦", "马超", "何雨"]
ENGLISH = ["Ada Lovelace", "Grace Hopper", "Karen Spärck Jones", "Edsger Dijkstra", "Barbara Liskov", "Radia Perlman",
           "Niklaus Wirth", "Jean Bartik", "Ken Thompson", "Frances Allen", "Hedy Lamarr", "Mary Shaw"]
FIRMS = ["北京示例科技有限公司", "上海样板贸易行", "Engine Works", "Harbour & Sons"]
CANARY = '"><img src=x onerror="window.__hit=1"><script>window.__hit=1</script>'
CANARY_FIELDS = ["TEL;TYPE=CELL:13977777777", "NICKNAME:{c}", "ORG:{c};{c}", "TITLE:{c}", "ROLE:{c}", "NOTE:{c}", "CATEGORIES:{c}",
                 "item1.TEL:{c}", "item1.X-ABLabel:{c}", "EMAIL;TYPE=HOME:{c}", "ADR;TYPE=HOME:;;{c};{c};{c};{c};{c}",
                 "item2.URL:javascript:window.__hit=1", "item2.X-ABLabel:{c}", "URL:data:text/html,{c}",
                 "IMPP;X-SERVICE-TYPE=QQ:qq:{c}", "IMPP:javascript:window.__hit=1", "X-SOCIALPROFILE;type=sinaweibo;x-user=k:{c}",
                 "BDAY:{c}", "item3.X-ABDATE:{c}", "item3.X-ABLabel:{c}", "X-CUSTOM:{c}", "RELATED:{c}", "GEO:{c}", "KEY:{c}",
                 "PHOTO;VALUE=uri:javascript:window.__hit=1"]


def portrait(seed, side=160):
    """A small PNG: a face on a plain ground, each in its colours."""
    back, coat = (tuple(int(255 * part) for part in colorsys.hls_to_rgb(seed * 0.37 % 1, light, 0.35)) for light in (0.85, 0.42))
    rows = bytearray()
    for y in range(side):
        rows.append(0)
        for x in range(side):
            u, v = (x - side / 2) / side, (y - side / 2) / side
            face = u * u + (v + 0.08) ** 2 < 0.045
            body = u * u / 0.16 + (v - 0.42) ** 2 / 0.05 < 1
            rows += bytes((236, 200, 170) if face else coat if body else back)

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(bytes(rows))) + chunk(b"IEND", b""))


def card(uid, name, *lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", *lines, "END:VCARD", ""])


def person(number, name):
    lines = [f"TEL;TYPE=CELL:+86139{number:08}", f"EMAIL;TYPE=INTERNET,HOME:person{number}@example.com"]
    if number % 2:
        lines += [f"ORG:{FIRMS[number % 4]}", "TITLE:工程师" if number % 4 == 1 else "TITLE:Analyst"]
    if number % 3 == 0:
        lines += [f"PHOTO;ENCODING=b;TYPE=PNG:{base64.b64encode(portrait(number)).decode()}"]
    if number % 5 == 0:
        lines += ["ADR;TYPE=HOME:;;建国路 88 号;北京市;;100020;中国", "BDAY:1984-05-17", "CATEGORIES:球友,同学",
                  "NOTE:羽毛球，周三晚上"]
    return card(f"p{number}", name, *lines)


def all_cards():
    names = [name for pair in zip(CHINESE, ENGLISH) for name in pair] + CHINESE[len(ENGLISH):]
    cards = [person(number, name) for number, name in enumerate(names)]
    cards.append(card("canary", "Canary " + CANARY, f"N:{CANARY};Canary;;;", *(f.format(c=CANARY) for f in CANARY_FIELDS)))
    cards.append(card("long", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenhersteller" * 2,
                      "EMAIL:" + "a" * 120 + "@" + "b" * 60 + ".example", "TEL:+44 20 7946 0958", "NOTE:" + "w" * 300))
    cards.append(card("twin", "Ada L.", "TEL;TYPE=HOME:139 0000 0001", "TITLE:Countess", "EMAIL:ada@example.org", "BDAY:1815-12-10"))
    return cards


class Owner(Browser):
    """A session, for what has to be so before the tests begin."""

    def __init__(self, kith, login=LOGIN):
        super().__init__("en")
        self.url = kith.url
        assert self.post(f"{kith.url}/login", {"login": login, "password": PASSWORD})[0] == 303

    def send(self, at, **fields):
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.get(self.url + "/")[1])[1]
        status, page = self.post(self.url + at, {"csrf": csrf} | fields)
        assert status == 303, page

    def path_to(self, name):
        page = self.get(f"{self.url}/find?part=1&q={urllib.parse.quote(name)}")[1]
        return html.unescape(re.search(r'href="/card(/[^"]+)"', page)[1])

    def remove(self, name):
        at = f"/remove{self.path_to(name)}"
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', self.get(self.url + at)[1])
        status, page = self.post(self.url + at, {name: html.unescape(value) for name, value in hidden})
        assert status == 303, page


def answered(kith, name):
    """An ask that was answered and waits for the owner's word."""
    asked = kith.json("ask", name, "--by", "self")
    item = kith.json("answer", asked["link"])["items"][0]["item"]
    kith.run("answer", asked["link"], f"{item}=13900004321", "org=新公司")
    return asked


def revoked(kith, name):
    """An ask that was taken back: what can be done instead is offered."""
    asked = kith.json("ask", name, "--by", "sms")["ask"]
    kith.run("revoke", asked)
    return asked


def forgotten(kith, name):
    """An answer decided long ago, in part: what was not accepted is not kept any more. The courier
    looks for such when it starts."""
    asked = answered(kith, name)["ask"]
    kith.run("refuse", asked)
    kith.stop()
    with sqlite3.connect(kith.data / "kith.db") as db:
        db.execute("UPDATE answer SET decided_ms = decided_ms - 31 * 86400000 WHERE decided_ms > 0")
    db.close()
    kith.start()
    kith.login(LOGIN)
    deadline = time.monotonic() + 60
    while "forgotten" not in kith.json("asks", asked):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return asked


def recall_link(kith, name, number):
    """What the old number is told once a new one was accepted."""
    kith.run("accept", answered(kith, name)["ask"])
    for _ in range(200):
        for letter in Browser().get(f"{kith.url}/tray")[1].split('<div class="sheet">'):
            link = re.search(r"http\S+?(/r/[\w-]{20})", letter)
            if link and number in letter:
                return link[1]
        time.sleep(0.05)
    raise AssertionError("the old number was not told")


def asked_of(kith):
    """What an owner with another account asks this one: one that is open, one that is answered."""
    kith.add_user("lili", name="李丽", phone="13700000000")
    kith.import_cards("lili", card("zhang", "老张", "TEL;TYPE=CELL:13800000000"))
    kith.run("me", "org=示例科技有限公司", "email=zhangsan@example.com", "title=工程师",
             "home-address=建国路 88 号\n北京市", "qq=12345678")
    mine, theirs = kith.env, kith.env | {"XDG_CONFIG_HOME": str(kith.folder / "lili")}
    asks = []
    try:
        for fields in ("org,title", "email,work-address,home-address"):
            kith.env = theirs
            kith.login("lili")
            asks.append(kith.json("ask", "13800000000", "--kind", "id", "--for", fields, "--say", "搬家了，想把通讯录理一理")["ask"])
            kith.env = mine
            if len(asks) == 1:
                kith.run("notices", asks[0], "--give")
    finally:
        kith.env = mine
    return asks


def ask_dav(kith, login, password, agent, path="/dav/", method="PROPFIND"):
    """A device's question, as the doctor sees it."""
    token = base64.b64encode(f"{login}:{password}".encode()).decode()
    Browser().request(method, kith.url + path, "", {"Authorization": f"Basic {token}", "Depth": "0", "User-Agent": agent})


def house(kith, owner):
    """What administrators see, and devices that are well and not so well."""
    def press(path, **fields):
        csrf = re.search(r'name="csrf" value="([^"]+)"', owner.get(kith.url + path)[1])[1]
        return owner.post(kith.url + path, {"csrf": csrf} | fields)[1]

    def link(page):
        return html.unescape(re.search(r'<code class="link">([^<]+)</code>', page)[1]).replace(kith.url, "")

    page = owner.get(f"{kith.url}/admin/accounts")[1]
    row = next(row for row in page.split('<li class="row">') if "<small>lisi ·" in row)
    press("/admin/gateways", way="email", to="someone@example.com")
    tested = owner.fields["location"]
    phone = re.search(r'<code class="secret">([a-z2-9-]+)</code>', press("/setup", do="make", label="手机 phone"))[1]
    press("/setup", do="make", label="Thunderbird")
    ask_dav(kith, LOGIN, phone, "DAVx5/4.5 (2026/11/01; okhttp/5.0.0) Android/16")
    ask_dav(kith, LOGIN, "wrong password", "iOS/26.1 (23B85) dataaccessd/1.0")
    ask_dav(kith, LOGIN, phone, "DAVx5/4.5 (2026/11/01; okhttp/5.0.0) Android/16", "/dav/b/nothing/")
    ask_dav(kith, "zhang", "wrong", "Thunderbird/140.5", "/carddav/zhang/")
    return {
        "invite": link(press("/admin/invitations", do="make", note="王小明")), "tested": tested,
        "reset": link(press("/admin/accounts", do="reset", id=re.search(r'name="id" value="(\d+)"', row)[1])),
    }


def lent_book(kith):
    """A book of somebody else's that zhangsan may read; its name in his home. One of his that is lent."""
    kith.add_user("lisi", name="李四", phone="13800000001")
    kith.import_cards("lisi", person(77, "Barbara Liskov"))
    Owner(kith, "lisi").send("/books/contacts", do="lend", login=LOGIN, access="read")
    owner = Owner(kith)
    owner.send("/books/contacts", do="lend", login="lisi", access="write")
    return re.search(r'href="/books/(shared-[^"]+)"', owner.get(kith.url + "/books")[1])[1]


def fill(kith):
    """Starts that server; the object scripts are given."""
    kith.write_conf(CONF)
    kith.start()
    kith.add_user(LOGIN, name="张三", phone="13800000000", email="zhangsan@example.com")
    kith.import_cards(LOGIN, *all_cards())
    kith.login(LOGIN)
    gone = forgotten(kith, "赵敏")
    time.sleep(1.05 - time.time() % 1)
    moment = time.strftime("%Y-%m-%dT%H:%M:%S")
    owner = Owner(kith)
    owner.remove("吴建国")
    lent = lent_book(kith)
    recall = recall_link(kith, "林晓峰", "+8613900000006")
    over, notice = asked_of(kith)
    waits = [answered(kith, name)["ask"] for name in ("何雨", "Mary Shaw")]

    def link(name, *more):
        return kith.json("ask", name, "--by", "self", "--say", "换了手机，想把通讯录补全", *more)["link"].replace(kith.url, "")

    people = [*ENGLISH[:3], *ENGLISH[4:], "陈伟", "徐静", "杨帆"]
    return {
        "url": kith.url, "login": LOGIN, "password": PASSWORD,
        "card": owner.path_to("李四"), "rich": owner.path_to("Edsger"), "canary": owner.path_to("Canary"),
        "long": owner.path_to("Donau"), "changed": owner.path_to("林晓峰"),
        "over": over, "notice": notice, "waits": waits, "said": owner.path_to("林晓峰"),
        "campaign": kith.json("campaign", "--group", "同学", "--title", "同学录", "--for", "org")["id"],
        "forgotten": gone, "revoked": revoked(kith, "赵敏"),
        "twin": owner.path_to("Ada L."), "ada": owner.path_to("Ada Lovelace"), "lent": lent,
        "recall": recall, "answered": answered(kith, "刘洋")["ask"], "canary_link": link("13977777777"),
        "moment": moment, "photo_link": link("朱莉", "--for", "photo,org"),
        "links": [link(name) for name in people],
    } | house(kith, owner)


def npm_modules():
    """What package-lock.json names, once; nothing of it is run while it is installed."""
    if not (SCRIPTS / "node_modules/.package-lock.json").exists():
        subprocess.run(["npm", "ci", "--prefix", SCRIPTS, "--ignore-scripts", "--no-audit", "--no-fund"], check=True)


def write(world, path):
    path.write_text(json.dumps(world, ensure_ascii=False))

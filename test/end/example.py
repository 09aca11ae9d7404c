"""The application's own example [0042]-[0046]: 张三 asks 李四."""
import struct
import zlib

ZHANG_PHONE = "+8613800000000"
LI_PHONE = "+8618988888888"

ONLY_A_NUMBER = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:lisi-1\r\nN:李;四;;;\r\nFN:李四\r\n"
                 "TEL;TYPE=CELL:18988888888\r\nNOTE:只有我知道\r\nCATEGORIES:球友\r\n"
                 "item1.X-ABLabel:暗号\r\nitem1.X-CANARY:不给人看\r\nEND:VCARD\r\n")
ONLY_AN_ADDRESS = ("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:lisi-2\r\nFN:李四\r\n"
                   "EMAIL;TYPE=INTERNET:lisi@example.com\r\nEND:VCARD\r\n")
PRIVATE = ("只有我知道", "球友", "暗号", "不给人看")

ANSWER = {
    "work-tel": "010-65521234",
    "org": "北京示例科技有限公司",
    "work-address": "北京市朝阳区建国路 88 号",
    "home-address": "北京市海淀区学院路 30 号",
    "qq": "12345678",
    "weibo": "李四同学",
    "email": "lisi@example.com",
}


def png(side=64):
    rows = b"".join(b"\0" + b"".join(bytes((x * 3 % 256, y * 3 % 256, 120)) for x in range(side))
                    for y in range(side))

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def fill_in(browser, link, answer=ANSWER, picture=True):
    """李四 on his phone: opens, fills in, looks it over, confirms. Returns the last page."""
    status, first = browser.get(link)
    assert status == 200, first
    status, form = browser.post(link, {"step": "open"})
    assert status == 200, form
    files = {"photo": ("me.png", "image/png", png())} if picture else {}
    status, confirm = browser.post_form(link, answer | {"step": "check"}, files)
    assert status == 200, confirm
    status, thanks = browser.post(link, {"step": "send"})
    assert status == 200, thanks
    return first, form, confirm, thanks


def assert_filled(card, answer=ANSWER, picture=True):
    flat = card.replace("\r\n ", "").replace("\n ", "")
    bare = flat.replace("-", "").replace(" ", "")
    for field, value in answer.items():
        assert value.replace("-", "").replace(" ", "") in bare, (field, flat)
    assert ("PHOTO" in flat) == picture

"""The cards of the comparison: the same N, the same bytes.  A tenth carry a photo."""
import base64
import hashlib
import random

NEEDLES = 20  # words each found in exactly HITS cards' FN
HITS = 5
PHOTO_BYTES = (9_000, 26_000)
FAMILIES = ["Smith", "Müller", "García", "Иванов", "Nguyễn", "O'Connor", "Åström", "佐藤", "김"]
GIVENS = ["Anna", "Jürgen", "María", "Сергей", "Thảo", "Siobhán", "Elsa", "花子", "민준", "Li"]
CHINESE = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
CITIES = ["北京市朝阳区建国路", "上海市浦东新区世纪大道", "Hauptstraße", "Main Street", "Rua Augusta"]


def needle(number):
    """A word no other card holds: five letters from a digest."""
    digest = hashlib.sha256(b"needle %d" % number).digest()
    return "Q" + "".join(chr(ord("a") + byte % 26) for byte in digest[:6]) + "x"


def fold(line):
    """RFC 6350, 3.2: at most 75 octets, never inside a character."""
    data, out = line.encode(), []
    while len(data) > 75:
        cut = 74 if out else 75
        while data[cut] & 0xC0 == 0x80:
            cut -= 1
        out.append(data[:cut])
        data = data[cut:]
    return b"\r\n ".join(out + [data])


def names(chance, number):
    if chance.random() < 0.4:
        family, given = chance.choice(CHINESE), chance.choice(CHINESE) + chance.choice(CHINESE)
        shown = family + given
    else:
        family, given = chance.choice(FAMILIES), chance.choice(GIVENS)
        shown = f"{given} {family}"
    if number is not None and number % 97 == 5 and number // 97 < NEEDLES * HITS:
        word = needle(number // 97 // HITS)
        family, shown = word, shown + " " + word
    return family, given, shown


def card(number, kind="c", photo=None, needles=True, note=""):
    chance = random.Random(f"{kind} {number}")
    family, given, shown = names(chance, number if needles else None)
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"UID:{kind}-{number:08d}", f"N:{family};{given};;;",
             f"FN:{shown}", f"TEL;TYPE=CELL:+86138{chance.randrange(10**8):08d}"]
    if chance.random() < 0.5:
        lines.append(f"TEL;TYPE=WORK:+8610{chance.randrange(10**8):08d}")
    lines += [f"EMAIL;TYPE=INTERNET:{kind}{number}.{chance.randrange(10**6)}@example.com",
              f"ORG:Example {chance.randrange(500)} 科技有限公司;研发部",
              f"ADR;TYPE=WORK:;;{chance.choice(CITIES)} {chance.randrange(999)} 号;;;100022;中国",
              "NOTE:" + (note or "一二三四五六七八九十 met at the fair; call back in spring. ") * 3]
    if photo if photo is not None else number % 10 == 3:
        jpeg = b"\xff\xd8\xff\xe0" + chance.randbytes(chance.randrange(*PHOTO_BYTES))
        lines.append("PHOTO;ENCODING=b;TYPE=JPEG:" + base64.b64encode(jpeg).decode())
    lines.append("END:VCARD")
    return b"\r\n".join(fold(line) for line in lines) + b"\r\n"


def name(number, kind="c"):
    return f"{kind}-{number:08d}.vcf"

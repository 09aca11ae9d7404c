"""A stock client: vdirsyncer discovers the book and syncs 500 cards both ways; khard reads."""
import shutil
import subprocess

from example import ONLY_A_NUMBER, assert_filled, fill_in
from kith import PASSWORD, Browser

CONFIG = """\
[general]
status_path = "{dir}/status/"

[pair contacts]
a = "local"
b = "remote"
collections = ["from b"]
conflict_resolution = "b wins"

[storage local]
type = "filesystem"
path = "{dir}/local/"
fileext = ".vcf"

[storage remote]
type = "carddav"
url = "{url}/"
username = "zhangsan"
password = "{password}"
"""

KHARD = """\
[addressbooks]
[[book]]
path = {path}

[general]
debug = no
default_action = list

[vcard]
preferred_version = 3.0
"""


def card(number):
    return (f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:card-{number}\r\nFN:联系人 {number}\r\n"
            f"N:联系人;{number};;;\r\nTEL;TYPE=CELL:139{number:08d}\r\n"
            f"item1.EMAIL:p{number}@example.com\r\nitem1.X-ABLabel:私人\r\nEND:VCARD\r\n")


class Client:
    def __init__(self, folder, url):
        self.dir = folder
        folder.mkdir()
        (folder / "config").write_text(CONFIG.format(dir=folder, url=url, password=PASSWORD))
        self.run("discover", stdin="y\ny\n")

    @property
    def book(self):
        return self.dir / "local/contacts"

    def run(self, *args, stdin=None):
        program = shutil.which("vdirsyncer", path="/usr/bin") or "vdirsyncer"
        done = subprocess.run([program, "-c", self.dir / "config", *args], input=stdin, text=True,
                              capture_output=True, timeout=300,
                              env={"PATH": "/usr/bin:/bin", "HOME": str(self.dir),
                                   "LANG": "C.UTF-8"})
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stderr

    def sync(self):
        log = self.run("sync")
        assert "error" not in log.lower(), log

    def files(self):
        return {p.name: p.read_text("utf-8") for p in self.book.glob("*.vcf")}


def test_vdirsyncer_syncs_500_cards_both_ways(kith, tmp_path):
    kith.start()
    kith.add_user("zhangsan", name="张三", phone="13800000000")
    kith.import_cards("zhangsan", ONLY_A_NUMBER, *(card(n) for n in range(250)))
    client = Client(tmp_path / "client", kith.url)

    # 250 and one come down; 250 more go up.
    client.sync()
    assert len(client.files()) == 251
    for n in range(250, 500):
        (client.book / f"card-{n}.vcf").write_bytes(card(n).encode())
    client.sync()
    exported = kith.export("zhangsan")
    assert exported.count("BEGIN:VCARD") == 501

    # Bytes are what they were.
    assert card(7).replace("\r\n", "\n") in exported.replace("\r\n", "\n")
    assert card(407).replace("\r\n", "\n") in exported.replace("\r\n", "\n")

    # An edit and a removal on either side.
    (client.book / "card-300.vcf").write_bytes(card(300).replace("私人", "家里").encode())
    (client.book / "card-301.vcf").unlink()
    client.sync()
    exported = kith.export("zhangsan")
    assert exported.count("BEGIN:VCARD") == 500
    assert exported.count("家里") == 1 and "UID:card-301\n" not in exported.replace("\r\n", "\n")

    # The answered card reaches the client.
    kith.login("zhangsan")
    asked = kith.json("ask", "18988888888", "--by", "self")
    fill_in(Browser(), asked["link"])
    client.sync()
    answered = [text for text in client.files().values() if "FN:李四" in text]
    assert len(answered) == 1
    assert_filled(answered[0])

    # khard shows it.
    (tmp_path / "khard.conf").write_text(KHARD.format(path=client.book))
    shown = subprocess.run(["/usr/bin/khard", "-c", tmp_path / "khard.conf", "show", "李四"],
                           text=True, capture_output=True, timeout=120,
                           env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"})
    assert shown.returncode == 0, shown.stderr
    assert "18988888888" in shown.stdout and "北京示例科技有限公司" in shown.stdout

    # And nothing more to do.
    before = client.files()
    client.sync()
    assert client.files() == before

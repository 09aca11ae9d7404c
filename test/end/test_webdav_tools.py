"""cadaver and curl, as people at a terminal use them."""
import os
import subprocess

import pytest

from kith import PASSWORD
from test_clients import Device

CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li-1\r\nFN:Li\r\nN:Li;;;;\r\nNOTE:a\r\nEND:VCARD\r\n"


@pytest.fixture
def book(kith, tmp_path):
    kith.start()
    kith.add_user("ada", name="Ada")
    (tmp_path / "li.vcf").write_bytes(CARD.encode())
    return kith.url + Device(kith, "cadaver").home() + "contacts/"


def cadaver(folder, url, *commands):
    netrc = folder / ".netrc"
    netrc.write_text(f'machine 127.0.0.1 login ada password "{PASSWORD}"\n')
    netrc.chmod(0o600)
    done = subprocess.run(["cadaver", url], input="\n".join([*commands, "quit", ""]), cwd=folder, text=True,
                          env=os.environ | {"HOME": str(folder)}, capture_output=True, timeout=60)
    return done.stdout + done.stderr


def test_cadaver(book, tmp_path):
    said = cadaver(tmp_path, book, "put li.vcf", "ls", "propset li.vcf colour green", "propget li.vcf colour",
                   "lock li.vcf", "discover li.vcf", "unlock li.vcf", "copy li.vcf twin.vcf",
                   "move li.vcf lisi.vcf", "get lisi.vcf back.vcf", "cat lisi.vcf", "mkcol inner", "ls")
    assert "Uploading li.vcf" in said and "succeeded" in said
    assert "green" in said
    assert "locktoken" in said.lower() or "Lock token" in said, said
    # One UID, one card: a copy in the same book is refused, a move is not.
    assert "Copying `" in said and "403 Forbidden" in said
    assert (tmp_path / "back.vcf").read_bytes() == CARD.encode()
    said = cadaver(tmp_path, book, "ls", "delete lisi.vcf", "ls")
    assert "lisi.vcf" in said and "li.vcf " not in said.split("Deleting")[0].replace("lisi.vcf", "")
    assert "lisi.vcf" not in said.split("Deleting")[1].split("\n", 1)[1]
    home = book.removesuffix("contacts/")
    said = cadaver(tmp_path, home, "ls", "mkcol work", "cd work", "put li.vcf", "ls", "cd ..", "rmcol work", "ls")
    assert "contacts" in said and "li.vcf" in said
    assert "Coll:   work" not in said.split("Deleting collection")[1]


def curl(*args):
    done = subprocess.run(["curl", "-sS", "-u", f"ada:{PASSWORD}", *args], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


def test_curl(book, tmp_path):
    status = ["-o", "/dev/null", "-w", "%{http_code}"]
    assert curl("-T", str(tmp_path / "li.vcf"), *status, book) == "201"
    assert curl(book + "li.vcf") == CARD
    # A large one asks first: Expect: 100-continue.
    large = tmp_path / "large.vcf"
    large.write_text(CARD.replace("li-1", "li-2").replace("NOTE:a", "NOTE:" + "a" * 2_000_000))
    assert curl("-T", str(large), "-H", "Expect: 100-continue", *status, book) == "201"
    assert len(curl("--compressed", book)) > 2_000_000
    assert curl("-X", "DELETE", *status, book + "large.vcf") == "204"
    assert curl("-X", "PROPFIND", "-H", "Depth: 1", *status, book) == "207"
    assert curl("-L", "-X", "PROPFIND", "-H", "Depth: 0", *status, book.split("/dav/")[0] + "/.well-known/carddav") == "207"
    assert curl("--http1.0", book + "li.vcf") == CARD

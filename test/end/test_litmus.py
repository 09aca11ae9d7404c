"""litmus, the WebDAV test suite, against a home: its collection is an address book there.

Address books hold cards only (RFC 6352 5.1, 5.2), so what litmus puts is a card where it takes
its bytes from a file, and what it must fail at is listed with the reason. A test that fails
and is not listed, or is listed and passes, fails here."""
import pathlib
import re
import subprocess

import pytest

from kith import PASSWORD
from test_clients import Device

SUITES = next((p for p in (pathlib.Path("/usr/libexec/litmus"), pathlib.Path("/usr/lib/litmus"))
               if p.is_dir()), None)

NO_CARD = "it puts a text that is no vCard: 403 valid-address-data (6352 5.3.2.1)"
NO_COLLECTION = "a book holds no collections (6352 5.2)"
NO_EMPTY = "a lock on nothing would make an empty card (4918 7.3)"
BEFORE = "litmus leaves it out after the one before"
EXPECTED = {
    "basic": {
        "put_get": NO_CARD,
        "put_get_utf8_segment": NO_CARD,
        "mkcol_over_plain": BEFORE,
        "delete": BEFORE,
        "delete_fragment": NO_COLLECTION,
        "mkcol": NO_COLLECTION,
        "mkcol_again": BEFORE,
        "delete_coll": BEFORE,
    },
    "copymove": {
        "copy_init": NO_COLLECTION,
        "copy_simple": BEFORE,
        "copy_overwrite": BEFORE,
        "copy_nodestcoll": BEFORE,
        "copy_coll": NO_COLLECTION,
        "copy_shallow": NO_COLLECTION,
        "move": NO_COLLECTION,
        "move_coll": NO_COLLECTION,
    },
    "props": {},
    "locks": {
        "prep_collection": NO_COLLECTION,
        "lock_collection": NO_COLLECTION,
        "owner_modify": BEFORE,
        "notowner_modify": BEFORE,
        "refresh": BEFORE,
        "indirect_refresh": BEFORE,
        "unlock": BEFORE,
        "unmapped_lock": NO_EMPTY,
    },
    "http": {},
}
LEAST = {"basic": 8, "copymove": 5, "props": 30, "locks": 32, "http": 4}  # that pass


@pytest.fixture
def home(kith, tmp_path):
    kith.start()
    kith.add_user("ada", name="Ada")
    (tmp_path / "foo").write_bytes(
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Foo\r\nN:Foo;;;;\r\nEND:VCARD\r\n")
    return kith.url + Device(kith, "litmus").home()


@pytest.mark.parametrize("suite", EXPECTED)
def test_litmus(suite, home, tmp_path):
    assert SUITES, "litmus is not installed"
    done = subprocess.run([SUITES / suite, f"--htdocs={tmp_path}", home, "ada", PASSWORD], cwd=tmp_path,
                          capture_output=True, timeout=120)
    said = re.sub(r"[^\n]*\r", "", done.stdout.decode("utf-8", "replace"))
    results = re.findall(r"^ *\d+\. (\w+)\.* (pass|FAIL|SKIPPED|WARNING)(.*)$", said, re.M)
    assert results, said + done.stderr.decode()
    bad = {name: (how, why) for name, how, why in results if how in ("FAIL", "SKIPPED")}
    assert {name: v for name, v in bad.items() if name not in EXPECTED[suite]} == {}
    assert sorted(set(EXPECTED[suite]) - set(bad)) == [], "it passes by now"
    assert "warning" not in said.lower()
    assert sum(how == "pass" for _, how, _ in results) >= LEAST[suite], said

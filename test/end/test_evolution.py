"""The real evolution-data-server, GNOME's address book without its windows."""
import json
import os
import pathlib
import signal
import subprocess
import urllib.parse

import pytest

from kith import PASSWORD
from test_clients import Device

DRIVER = pathlib.Path(__file__).with_name("evolution.py")
SOURCE = """[Data Source]
DisplayName=Kith
Enabled=true
Parent=carddav-stub

[Authentication]
Host={host}
Port={port}
Method=plain/password
ProxyId=system-proxy
RememberPassword=false
User=ada

[Security]
Method=none

[WebDAV Backend]
ResourcePath={path}

[Refresh]
Enabled=false

[Address Book]
BackendName=carddav
"""


class Evolution:
    def __init__(self, folder, book):
        url = urllib.parse.urlsplit(book)
        places = {name: folder / name for name in ("config", "data", "cache", "run")}
        for place in places.values():
            place.mkdir(mode=0o700)
        sources = places["config"] / "evolution/sources"
        sources.mkdir(parents=True)
        (sources / "kith.source").write_text(SOURCE.format(host=url.hostname, port=url.port, path=url.path))
        env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
        env |= {"HOME": str(folder), "GSETTINGS_BACKEND": "memory", "NO_AT_BRIDGE": "1",
                "XDG_CONFIG_HOME": str(places["config"]), "XDG_DATA_HOME": str(places["data"]),
                "XDG_CACHE_HOME": str(places["cache"]), "XDG_RUNTIME_DIR": str(places["run"])}
        self.log = (folder / "log").open("w")
        self.process = subprocess.Popen(["dbus-run-session", "--", "/usr/bin/python3", DRIVER, "ada", PASSWORD],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, env=env,
                                        text=True, start_new_session=True)

    def tell(self, do, **about):
        self.process.stdin.write(json.dumps({"do": do} | about) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, pathlib.Path(self.log.name).read_text()
        answer = json.loads(line)
        assert "error" not in answer, answer
        return answer["said"]

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        finally:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)  # what the session's bus has started
            except ProcessLookupError:
                pass
            self.log.close()


def card(uid, *lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{uid}", f"N:{uid};;;;", *lines,
                        "END:VCARD", ""])


@pytest.fixture
def book(kith):
    kith.start()
    kith.add_user("ada", name="Ada")
    return kith.url + Device(kith, "test").home() + "contacts/"


def test_evolution_both_ways(kith, book, tmp_path):
    other = Device(kith, "vdirsyncer/0.19")
    place = urllib.parse.urlsplit(book).path
    for n in range(30):
        other.ask("PUT", f"{place}p{n}.vcf", card(f"p{n}", "item1.X-OWN;X-P=1:kept", "item1.X-ABLabel:mine").encode())
    desk = Evolution(tmp_path, book)
    try:
        assert len(desk.tell("list")) == 30
        # A contact made at the desk, and one changed: what the desk does not know stays.
        made = desk.tell("add", card="BEGIN:VCARD\nVERSION:3.0\nFN:New One\nN:One;New;;;\nEND:VCARD\n")
        assert made
        assert desk.tell("note", uid="p1", text="hello")
        assert desk.tell("remove", uid="p2")
        cards = kith.export("ada")
        assert "FN:New One" in cards and "UID:p2\n" not in cards
        (changed,) = [c for c in cards.split("BEGIN:VCARD") if "UID:p1\n" in c]
        assert "NOTE:hello" in changed and "item1.X-OWN;X-P=1:kept" in changed and "X-ABLabel:mine" in changed
        # And the other way.
        assert other.ask("GET", place + "p3.vcf") == 200
        assert other.ask("PUT", place + "p3.vcf", card("p3", "NOTE:from the phone").encode(),
                         If_Match=other.fields["ETag"]) == 204
        assert other.ask("DELETE", place + "p4.vcf") == 204
        seen = "\n".join(desk.tell("list"))
        assert "from the phone" in seen and "UID:p4\r" not in seen and seen.count("BEGIN:VCARD") == 29
    finally:
        desk.end()

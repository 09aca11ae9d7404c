#!/usr/bin/python3
"""evolution USER PASSWORD - drives evolution-data-server's book "kith" by a JSON line a command.

Run by test_evolution.py inside a D-Bus session of its own: list, add, note, remove."""
import json
import sys

import gi

gi.require_version("EBook", "1.2")
gi.require_version("EBookContacts", "1.2")
gi.require_version("EDataServer", "1.2")
from gi.repository import EBook, EBookContacts, EDataServer, GLib  # noqa: E402

WAIT_S = 60


class Desk:
    def __init__(self, user, password):
        self.loop, self.client = GLib.MainLoop(), None
        self.user, self.password = user, password
        self.registry = EDataServer.SourceRegistry.new_sync(None)
        self.source = self.registry.ref_source("kith")
        self.source.connect("credentials-required", self.log_in)
        EBook.BookClient.connect(self.source, WAIT_S, None, self.connected)
        GLib.timeout_add_seconds(WAIT_S, self.loop.quit)
        self.loop.run()

    def log_in(self, source, *_):
        words = EDataServer.NamedParameters.new()
        words.set("username", self.user)
        words.set("password", self.password)
        source.invoke_authenticate(words, None, lambda s, result: s.invoke_authenticate_finish(result))

    def connected(self, _, result):
        self.client = EBook.BookClient.connect_finish(result)
        self.loop.quit()

    def list(self, _):
        self.client.refresh_sync(None)
        GLib.timeout_add(1500, self.loop.quit)  # the refresh runs in the factory
        self.loop.run()
        _, contacts = self.client.get_contacts_sync('(contains "x-evolution-any-field" "")', None)
        return [c.to_string(EBookContacts.VCardFormat(1)) for c in contacts]

    def add(self, said):
        return self.client.add_contact_sync(EBookContacts.Contact.new_from_vcard(said["card"]), 0, None)[1]

    def note(self, said):
        _, contact = self.client.get_contact_sync(said["uid"], None)
        contact.set_property("note", said["text"])
        return self.client.modify_contact_sync(contact, 0, None)

    def remove(self, said):
        return self.client.remove_contact_by_uid_sync(said["uid"], 0, None)


desk = Desk(*sys.argv[1:3])
for line in sys.stdin:
    command = json.loads(line)
    try:
        print(json.dumps({"said": getattr(desk, command["do"])(command)}), flush=True)
    except GLib.Error as e:
        print(json.dumps({"error": e.message}), flush=True)

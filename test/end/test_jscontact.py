"""JSContact comes in by the page and by the verb, and goes out by both."""
import json
import re

from kith import words
from test_webapp import RICH, WANG, begin, export, upload

ADA = {
    "@type": "Card", "version": "1.0", "uid": "js-1", "created": "2020-01-31T12:00:00Z",
    "name": {"full": "Ada King", "components": [{"kind": "given", "value": "Ada"}, {"kind": "surname", "value": "King"}],
             "isOrdered": True},
    "emails": {"e1": {"address": "ada@example.org", "contexts": {"private": True}, "pref": 1}},
    "phones": {"p1": {"number": "+44 20 7946 0958", "features": {"mobile": True}}},
    "organizations": {"o1": {"name": "Engine Works", "units": [{"name": "Research"}]}},
    "anniversaries": {"a1": {"kind": "birth", "date": {"year": 1815, "month": 12, "day": 10}}},
    "keywords": {"Maths": True}, "localizations": {"zh": {"name/full": "艾达"}}, "example.org:colour": ["green", 2.50],
}
LI = {"@type": "Card", "version": "1.0", "uid": "js-2", "name": {"full": "李四"}}


def take_in(owner, name, data, said):
    assert said in words(upload(owner, name, data.encode()))
    number = re.search(r'name="number" value="(\d+)"', owner.page)[1]
    owner.send("/files/contacts", {"number": number}, status=200)


def exported(text):
    return {card["uid"]: card for card in json.loads(text)}


def test_cards_come_in_by_the_page_and_go_out_whole(kith):
    owner = begin(kith)
    take_in(owner, "book.json", json.dumps([ADA, LI], indent=1), "2 new")
    stored = kith.export("zhangsan")
    assert "FN:Ada King" in stored and "TEL;TYPE=cell" in stored and "FN:李四" in stored
    for text in (export(owner, "jscontact"), kith.run("export", "zhangsan", "--form", "jscontact", *kith.place)):
        assert exported(text) == {"js-1": ADA, "js-2": LI}
    assert kith.run("check", *kith.place)


def test_lines_of_cards_and_what_is_none_among_them(kith):
    owner = begin(kith)
    broken = '{"@type":"Card",\n"uid":"x"\n"name":7}'
    page = words(upload(owner, "lines.json", "\n".join([json.dumps(ADA), broken, json.dumps(LI), '{"@type":"Group"}']).encode()))
    assert "2 new" in page and "2 could not be read" in page and "line 4" in page and "no JSContact Card" in page
    assert "notice warn" in upload(owner, "x.json", b'{"hello":"world"}', status=422)
    assert "notice warn" in upload(owner, "x.json", b'[{"@type":"Card"', status=422)
    assert kith.export("zhangsan") == ""


def test_the_verb_takes_every_form_and_writes_it(kith):
    owner = begin(kith, RICH, WANG)
    for form in ("vcard3", "vcard4", "jcard", "jscontact", "csv"):
        path = kith.folder / f"book.{form}"
        kith.run("export", "zhangsan", "--form", form, "-o", path, *kith.place)
        assert path.read_text("utf-8").replace("\r\n", "\n") == export(owner, form).replace("\r\n", "\n")
        said = kith.run("import", "zhangsan", path, *kith.place)
        assert "0 could not be read" in said and ("2 new" in said) == (form == "csv"), (form, said)
    assert "no such form" in kith.run("export", "zhangsan", "--form", "pdf", *kith.place, status=2)


def test_a_card_of_the_book_survives_the_way_there_and_back(kith):
    owner = begin(kith, RICH)
    before = export(owner, "vcard4")
    kith.add_user("lisi")
    path = kith.folder / "book.json"
    path.write_text(export(owner, "jscontact"), "utf-8")
    kith.run("import", "lisi", path, *kith.place)
    after = kith.run("export", "lisi", "--form", "vcard4", *kith.place)

    def lines(text):
        text = re.sub(r"\r?\n ", "", text)
        return sorted(line.upper() for line in re.split(r"\r?\n", text) if line)
    assert lines(after) == lines(before)

"""Answers, on both sides, through the pages: what an owner does with what he was told, and what a
target with an account sees, gives and withdraws.  All of it without script."""
import html
import re

import pytest
from example import LI_PHONE, ONLY_A_NUMBER, ZHANG_PHONE, png
from kith import PASSWORD, Browser, words
from test_interface import Interface
from test_two_terminals import Terminal
from test_webapp import Owner

EVIL = '"><script>alert(1)</script>'
LOOSE = ("[ask]\nagain_after = 0\nper_day = 0\nper_day_at_first = 0\nper_target_week = 0\n"
         "per_target_quarter = 0\nsms_per_prefix = 0\n")
MOBILE = "TEL;TYPE=CELL:13900000000"


class People:
    """张三 asks, 李四 is asked; both have an account, a browser and a terminal."""

    def __init__(self, kith, language="en", conf=""):
        kith.write_conf(LOOSE + conf)
        kith.start()
        kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
        kith.add_user("lisi", name="李四", phone=LI_PHONE)
        kith.add_user("wangwu", name="王五", phone="+8613700000000")
        kith.import_cards("zhangsan", ONLY_A_NUMBER)
        self.kith = kith
        self.zhang = Terminal(kith.folder / "zhang", kith.url, "zhangsan")
        self.li = Terminal(kith.folder / "li", kith.url, "lisi")
        self.owner = Owner(kith, language)
        self.target = Owner(kith, language, login="lisi")

    def asked(self, *more):
        """A notice to him; its number, which is the ask's."""
        return self.zhang.json("ask", "18988888888", "--kind", "id", *more)["ask"]

    def answered(self, *answer, more=()):
        """An ask answered through its link; its number."""
        asked = self.zhang.json("ask", "18988888888", "--by", "self", *more)
        items = {i["field"]: i["item"] for i in self.zhang.json("answer", asked["link"])["items"]}
        said = [str(items["mobile"]) + word.removeprefix("@mobile") if word.startswith("@") else word for word in answer]
        self.zhang.run("answer", asked["link"], *said)
        return asked["ask"]

    def waiting(self):
        """Another number and two values to go with it: all three wait."""
        return self.answered("@mobile=13900000000", "org=示例公司", "title=经理", more=("--mode", "review"))

    def card(self):
        return self.kith.export("zhangsan")


@pytest.fixture
def people(kith):
    return People(kith)


def csrf_of(person):
    return re.search(r'name="csrf" value="([^"]+)"', person.see("/account"))[1]


def press(person, path, status=303, **fields):
    """One button of a form, with the session's secret."""
    got, person.page = person.post(person.kith.url + path, {"csrf": csrf_of(person)} | fields)
    assert got == status, (path, got, words(person.page))
    return person.see(person.fields["location"]) if status == 303 else person.page


def badge(person, path):
    found = re.search(rf'<a href="{path}"[^>]*>[^<]*<span>(\d*)</span>', person.see("/account"))
    return found[1]


def items_of(page):
    """Field, decision and the three columns of every item on a page of answers."""
    for article in re.findall(r'<article class="item"(.*?)</article>', page, re.S):
        heading = words(re.search(r"<h3.*?</h3>", article, re.S)[0])
        yield heading, [words(dd) for dd in re.findall(r"<dd>(.*?)</dd>", article, re.S)], article


def picked(page):
    return {html.unescape(label): "checked" in tag for tag, label in re.findall(
        r'<input type="checkbox" name="item" ([^>]*)><span><small>(.*?)</small>', page)}


# --- the inbox ---

def test_an_empty_inbox_says_why(kith):
    people = People(kith)
    assert "Nobody has asked you anything" in words(people.target.see("/inbox"))
    assert "Nobody who asks can tell" in words(people.target.page)
    kith.add_user("nobody", name="无名")
    lone = Owner(kith, login="nobody")
    assert "You have not shown any yet." in words(lone.see("/inbox"))
    assert 'href="/reach"' in lone.page
    assert badge(people.target, "/inbox") == badge(people.target, "/review") == ""


def test_a_notice_is_answered_from_ones_own_card(people):
    target = people.target
    people.li.run("me", "org=示例公司", "email=lisi@example.com", "home-address=某街 1 号")
    ask = people.asked("--for", "org,email", "--say", "换了手机")
    page = target.see("/inbox")
    assert "张三" in words(page) and "asks for Company, Email " in words(page)
    assert "· open until " in words(page) and badge(target, "/inbox") == "1"
    page = target.see(f"/inbox/{ask}")
    assert "换了手机" in page and ZHANG_PHONE in page
    assert people.zhang.json("asks", ask)["state"] == "seen"
    assert sorted(label for label, on in picked(page).items() if on) == ["Company", "Email"]
    assert picked(page)["Home address"] is False
    numbers = re.findall(r'name="item" value="(\d+)" checked', page)
    page = press(target, f"/inbox/{ask}", do="give", item=numbers, note="好久不见")
    assert target.fields and "张三 has your answer." in words(page)
    card = people.card()
    assert "ORG:示例公司" in card and "lisi@example.com" in card and "某街" not in card
    whole = people.zhang.json("asks", ask)
    assert whole["state"] == "merged" and whole["door"] == "account" and whole["note"] == "好久不见"
    assert badge(target, "/inbox") == ""
    assert "you have answered" in words(target.see("/inbox"))
    # pressed twice, or come back to: the same page, and nothing more happens
    before = people.card()
    assert "has your answer." in words(press(target, f"/inbox/{ask}", do="give", item=numbers, note="好久不见"))
    assert people.card() == before


def test_nothing_picked_keeps_the_note_and_says_so(people):
    people.li.run("me", "org=示例公司")
    ask = people.asked("--for", "org")
    page = press(people.target, f"/inbox/{ask}", status=422, do="give", note=EVIL)
    assert "Pick something of your card" in words(page)
    assert html.escape(EVIL, quote=True).replace("&#x27;", "&#39;") in page.replace("&#34;", "&quot;")
    assert "<script>alert" not in page and not any(picked(page).values())
    assert press(people.target, f"/inbox/{ask}", status=422, do="give", item="99")
    assert people.zhang.json("asks", ask)["state"] == "seen"


def test_without_a_card_there_is_a_way_to_one(people):
    ask = people.asked()
    page = people.target.see(f"/inbox/{ask}")
    assert "Your own card is empty" in words(page) and 'href="/me"' in page


@pytest.mark.parametrize("how, state, told", [
    ("decline", "declined", "gets no answer"),
    ("not-me", "not_me", "reached somebody else"),
    ("block-owner", None, "You will get no more of these"),
    ("block-all", None, "You will get no more of these")])
def test_the_ways_out(people, how, state, told):
    ask = people.asked()
    before = people.zhang.json("asks", ask)["state"]
    page = press(people.target, f"/inbox/{ask}", do=how)
    assert told in words(page) and 'value="give"' not in page
    assert people.zhang.json("asks", ask)["state"] in ((state,) if state else (before, "seen", "sent", "queued"))
    page = press(people.target, f"/inbox/{ask}", do=how)  # twice is once
    assert 'value="give"' not in page
    if not state:
        people.zhang.run("ask", "18988888888", "--kind", "id")  # the owner cannot tell
    else:
        press(people.target, f"/inbox/{ask}", do="block-owner")  # still to be had when it is over


def test_a_notice_is_nobody_elses(people):
    ask = people.asked()
    other = Owner(people.kith, login="wangwu")
    for person in (other, people.owner):
        assert person.get(f"{people.kith.url}/inbox/{ask}")[0] == 404
        assert press(person, f"/inbox/{ask}", status=404, do="decline")
    for path in (f"/asks/{ask}", f"/asks/{ask}/photo"):
        assert other.get(people.kith.url + path)[0] == 404
    for deed in ("accept", "refuse", "undo", "revoke"):
        assert press(other, f"/asks/{ask}", status=404, do=deed)
    assert press(other, f"/asks/{ask}", status=404, do="as", item="0", value="x")
    assert other.get(f"{people.kith.url}/inbox/none")[0] == other.get(f"{people.kith.url}/inbox/1/2")[0] == 404
    assert people.zhang.json("asks", ask)["state"] in ("queued", "sent")


def test_no_form_works_without_its_secret(people):
    ask = people.asked()
    waiting = people.waiting()
    people.li.run("me", "org=示例公司")
    before = people.card()
    for person, path, fields in (
            (people.target, f"/inbox/{ask}", {"do": "decline"}), (people.target, "/me", {"do": "save", "org": "x"}),
            (people.target, "/me", {"do": "withdraw", "owner": "1"}), (people.owner, f"/asks/{waiting}", {"do": "accept"}),
            (people.owner, f"/asks/{waiting}", {"do": "as", "item": "1", "value": "x"})):
        for secret in ({}, {"csrf": "A" * 20}, {"csrf": ""}):
            assert person.post(people.kith.url + path, fields | secret)[0] == 403, path
        assert Browser().post(people.kith.url + path, fields)[0] in (303, 403)
        assert press(person, path, status=400, do="nonsense")
    assert people.card() == before and people.zhang.json("asks", waiting)["state"] == "answered"
    for path in ("/inbox", f"/inbox/{ask}", "/me", "/review"):
        stranger = Browser()
        assert stranger.get(people.kith.url + path)[0] == 303 and stranger.fields["location"] == "/login"


# --- the own card ---

def fields_of(page):
    return {name: html.unescape(value) for name, value in re.findall(
        r'<input id="[^"]*" name="([^"]+)" type="(?:text|tel|email|url)"[^>]* value="([^"]*)"', page)}


def test_the_own_card_is_made_and_changed(people):
    target = people.target
    page = target.see("/me")
    assert "You have no card of your own yet" in words(page) and 'href="/edit' not in page
    target.send("/me", {"do": "save", "org": "示例公司", "email": "lisi@example.com"}, files={})
    assert "Your card is saved." in words(target.page)
    assert fields_of(target.page)["mobile"] == LI_PHONE and fields_of(target.page)["org"] == "示例公司"
    card = people.kith.export("lisi")
    assert "FN:李四" in card and f"TEL;TYPE=CELL:{LI_PHONE}" in card
    # one changed, one emptied, one added; what was not touched stays as it is
    target.send("/me", {"do": "save", "org": "另一家", "email": "", "qq": "12345678",
                        "home-address": "某街 1 号\r\n北京"}, files={})
    after = people.kith.export("lisi")
    assert "ORG:另一家" in after and "lisi@example.com" not in after and "12345678" in after and "某街 1 号" in after
    assert f"TEL;TYPE=CELL:{LI_PHONE}" in after
    target.see("/me")
    target.send("/me", {"do": "save"}, files={})
    assert people.kith.export("lisi") == after  # saved as it is
    assert "/edit/" in target.page
    history = target.see("/history" + re.search(r'href="/edit([^"]+)"', target.page)[1])
    assert "on this site" in words(history)


def test_the_own_card_sent_twice_is_saved_once(people):
    target = people.target
    people.li.run("me", "org=示例公司", "email=a@example.com", "work-email=b@example.com")
    target.see("/me")
    stale = target.form("/me") | {"do": "save", "email": "", "title": "经理"}
    for _ in range(2):
        status, page = target.post_form(people.kith.url + "/me", stale)
        assert status == 303, words(page)
        card = people.kith.export("lisi")
        assert "a@example.com" not in card and "b@example.com" in card and card.count("TITLE:") == 1
    people.li.run("me", "qq=12345678")  # another terminal, meanwhile
    assert target.post_form(people.kith.url + "/me", stale | {"org": "新公司"})[0] == 303
    card = people.kith.export("lisi")
    assert "12345678" in card and "ORG:新公司" in card
    status, page = target.post_form(people.kith.url + "/me", stale | {"etag": '"never"', "org": "还要新"})
    assert status == 409 and "was changed elsewhere" in words(page) and fields_of(page)["org"] == "还要新"
    assert people.kith.export("lisi") == card


def test_what_the_own_card_cannot_take_is_said_and_kept(people):
    target = people.target
    people.li.run("me", "org=示例公司")
    before = people.kith.export("lisi")
    target.see("/me")
    page = target.send("/me", {"do": "save", "email": "no address", "title": EVIL}, files={}, status=422)
    assert "This is no e-mail address." in words(page)
    assert fields_of(page)["email"] == "no address" and fields_of(page)["title"] == EVIL
    assert "<script>alert" not in page and people.kith.export("lisi") == before
    page = target.send("/me", {"do": "save", "email": ""}, files={"photo": ("me.png", "image/png", b"no picture")},
                       status=422)
    assert "This picture cannot be read." in words(page)
    target.see("/me")
    target.send("/me", {"do": "save"}, files={"photo": ("me.png", "image/png", png())})
    assert re.search(r'<img class="face large" alt="" src="(/photo/[^"]+)"', target.page)


def test_who_has_what_of_me_and_withdrawing(people):
    people.li.run("me", "org=示例公司", "qq=12345678")
    ask = people.asked("--for", "org")
    people.li.run("notices", ask, "--all")
    page = people.target.see("/me")
    assert "张三" in words(page).split("Who has what of you")[1]
    assert {"Company", "QQ", "Mobile"} <= set(re.findall(r"<dt>(.*?)</dt><dd>", page))
    assert "What they already have stays" in words(page)
    owner = re.search(r'name="owner" value="(\d+)"', page)[1]
    page = press(people.target, "/me", do="withdraw", owner=owner)
    assert "Withdrawn." in words(page) and "You have not given anything" in words(page)
    assert "ORG:示例公司" in people.card()  # that is the truth
    assert press(people.target, "/me", do="withdraw", owner=owner)  # twice is once
    assert press(people.target, "/me", status=400, do="withdraw", owner="none")
    again = people.asked("--for", "org")
    marked = picked(people.target.see(f"/inbox/{again}"))
    assert marked["Company"] and not marked["QQ"]  # asked for; not given by itself


def test_what_comes_by_itself_is_ticked_per_person(kith):
    people = People(kith, conf="follow = yes\n")
    people.li.run("me", "org=示例公司", "qq=12345678")
    people.li.run("notices", people.asked("--for", "org"), "--all")
    page = people.target.see("/me")
    assert "Comes to 张三 by itself" in words(page) and "Nobody can ask for it" in words(page)
    owner = re.search(r'name="owner" value="(\d+)"', page)[1]
    ticked = lambda page: set(re.findall(r'name="field" value="([\w-]+)" checked', page))
    assert not ticked(page)  # by his own act only
    page = press(people.target, "/me", do="follow", owner=owner, field="qq")
    assert ticked(page) == {"qq"} and "Saved." in words(page)
    assert ticked(press(people.target, "/me", do="follow", owner=owner, field="qq")) == {"qq"}  # twice is once
    assert not ticked(press(people.target, "/me", do="follow", owner=owner))
    press(people.target, "/me", status=400, do="follow", owner="none")


# --- the owner's review ---

def test_all_that_waits_is_on_one_page(people):
    owner = people.owner
    assert "Nothing waits for you." in words(owner.see("/review"))
    ask = people.waiting()
    assert badge(owner, "/review") == "1"
    page = owner.see("/review")
    shown = {heading.split()[0]: columns for heading, columns, _ in items_of(page)}
    assert shown["Mobile"][0] == "18988888888" and shown["Mobile"][1] == "13900000000"
    assert shown["Company"][:2] == ["nothing", "示例公司"]
    assert "Through the link, by a program" in shown["Job"][2]
    assert "whoever has the link" in shown["Job"][2]
    page = press(owner, f"/asks/{ask}", do="accept", item="1", **{"from": "review"}, place="1")
    assert owner.fields and "Taken in." in words(page) and f'href="/asks/{ask}"' in page
    assert len(list(items_of(page))) == 2 and "ORG:示例公司" in people.card()
    assert 'autofocus' in list(items_of(page))[1][2]  # the eye stays where it was
    page = press(owner, f"/asks/{ask}", do="refuse", item="2", **{"from": "review"}, place="1")
    assert "Refused." in words(page) and "TITLE" not in people.card()
    page = press(owner, f"/asks/{ask}", do="accept", **{"from": "review"})
    assert "Nothing waits for you." in words(page) and MOBILE in people.card()
    assert badge(owner, "/review") == ""


def test_a_decision_pressed_twice_is_no_error(people):
    ask = people.waiting()
    press(people.owner, f"/asks/{ask}", do="accept", item="1")
    card = people.card()
    for deed in ({"do": "accept"}, {"do": "refuse"}, {"do": "as", "value": "别的"}):
        assert "decided already" in words(press(people.owner, f"/asks/{ask}", item="1", **deed))
    assert people.card() == card
    for deed in ({"do": "as", "item": "9", "value": "x"}, {"do": "accept", "item": "9"}):
        assert "decided already" in words(press(people.owner, f"/asks/{ask}", **deed))
    assert press(people.owner, f"/asks/{ask}", status=400, do="accept", item="none")


def test_edited_then_accepted(people):
    owner = people.owner
    ask = people.waiting()
    page = press(owner, f"/asks/{ask}", status=422, do="as", item="0", value="no number" + EVIL)
    assert "This is no telephone number." in words(page) and "<script>alert" not in page
    assert 'value="no number' in page and "<details class=\"mend\" open>" in page
    page = press(owner, f"/asks/{ask}", status=422, do="as", item="0", value="no number",
                 **{"from": "review"}, place="0")
    assert "Answers that wait for you" in words(page) and "This is no telephone number." in words(page)
    assert press(owner, f"/asks/{ask}", status=422, do="as", item="1", value="  ")
    assert press(owner, f"/asks/{ask}", status=422, do="as", item="1", value="x" * 3000)
    assert press(owner, f"/asks/{ask}", status=422, do="as", value="all of it")
    assert people.zhang.json("asks", ask)["state"] == "answered"
    page = press(owner, f"/asks/{ask}", do="as", item="1", value="示例（北京）公司")
    assert "Taken in, in your words." in words(page)
    assert "ORG:示例（北京）公司" in people.card()
    assert "They said: 示例公司" in words(page) and "accepted in your own words" in words(page)
    whole = people.zhang.json("asks", ask)
    assert whole["items"][1]["said"] == "示例公司" and whole["items"][1]["after"] == "示例（北京）公司"
    assert whole["events"][-1]["note"] == "worded" and "said" not in whole["items"][0]
    history = owner.see("/history" + owner.path_to("李四").removeprefix("/card"))
    assert "by an answer, in your words" in words(history)
    card = owner.see(owner.path_to("李四"))
    assert "Never confirmed by the contact" in words(card)  # nobody but the owner said that


def test_edited_at_a_terminal(people):
    ask = people.waiting()
    assert "mobile" in people.zhang.run("accept", ask, 0, "--as", "nonsense", status=1)
    assert people.zhang.json("asks", ask)["state"] == "answered"
    people.zhang.run("accept", ask, "--as", "x", status=2)
    people.zhang.run("refuse", ask, 1, "--as", "x", status=2)
    assert "accepted" in people.zhang.run("accept", ask, 1, "--as", "别的公司")
    assert "ORG:别的公司" in people.card()
    assert "proof    2 of 4, by" in people.zhang.run("asks", ask)


def test_edited_through_the_interface(people):
    api = Interface(people.kith)
    ask = people.waiting()
    for body in ({"accept": False, "item": 1, "value": "x"}, {"accept": True, "value": "x"},
                 {"accept": True, "item": 1, "value": 7}, {"accept": True, "item": 1, "value": ""},
                 {"accept": True, "item": 0, "value": "nonsense"}):
        api.call("POST", "/asks/{id}/decide", body, 400, id=ask)
    api.call("POST", "/asks/{id}/decide", {"accept": True, "item": 1, "value": "x" * 3000}, 413, id=ask)
    api.call("POST", "/asks/{id}/decide", {"accept": True, "item": 1, "value": "别的公司"}, id=ask)
    api.call("POST", "/asks/{id}/decide", {"accept": True, "item": 1, "value": "别的公司"}, 409, id=ask)
    whole = api.call("GET", "/asks/{id}", id=ask)
    assert whole["door"] == "api" and whole["evidence"] == 2 and whole["items"][1]["said"] == "示例公司"
    assert "ORG:别的公司" in people.card()


def test_values_and_answers_are_taken_back(people):
    owner = people.owner
    before = people.card()
    ask = people.waiting()
    page = press(owner, f"/asks/{ask}", do="accept")
    assert "can be taken back until" in words(page)
    page = press(owner, f"/asks/{ask}", do="undo", item="1")
    assert "Taken back." in words(page) and "ORG" not in people.card() and MOBILE in people.card()
    assert "was taken back already" in words(press(owner, f"/asks/{ask}", do="undo", item="1"))
    people.zhang.run("undo", "18988888888", status=1)
    page = press(owner, f"/asks/{ask}", do="undo")
    assert "Taken back." in words(page) and people.card() == before
    assert "nothing to take back" in words(press(owner, f"/asks/{ask}", do="undo"))
    assert 'value="undo"' not in owner.page


def test_what_was_changed_since_is_not_taken_back(people):
    ask = people.waiting()
    press(people.owner, f"/asks/{ask}", do="accept")
    path = people.owner.path_to("李四").replace("/card/", "/edit/")
    people.owner.see(path)
    org = next(name for name, value in people.owner.form(path).items() if value == "示例公司")
    people.owner.send(path, {org: "又一家"}, files={})
    page = press(people.owner, f"/asks/{ask}", do="undo", item="1")
    assert "changed since, so it stays" in words(page) and "ORG:又一家" in people.card()


def test_what_holds_for_a_time_says_so(people):
    ask = people.answered("home-address=某街 1 号", "--until", "2099-12-31", more=("--mode", "review"))
    page = people.owner.see(f"/asks/{ask}")
    assert re.search("holds until (31 Dec 2099|1 Jan 2100), then goes back by itself", words(page))
    assert people.zhang.json("asks", ask)["until"] == "2100-01-01T00:00:00Z"
    assert ", until 2100-01-01T00:00:00Z" in people.zhang.run("asks", ask)


def test_a_picture_is_looked_at_before_it_goes_in(people):
    asked = people.zhang.json("ask", "18988888888", "--by", "self", "--for", "photo", "--mode", "review")
    link = asked["link"]
    friend = Browser()
    friend.post(link, {"step": "open"})
    assert friend.post_form(link, {"step": "check"}, {"photo": ("me.png", "image/png", png())})[0] == 200
    assert friend.post(link, {"step": "send"})[0] == 200
    for path in ("/review", f"/asks/{asked['ask']}"):
        page = people.owner.see(path)
        assert f'src="/asks/{asked["ask"]}/photo"' in page and len(page) < 60_000
    status, _ = people.owner.get(f"{people.kith.url}/asks/{asked['ask']}/photo")
    assert status == 200 and people.owner.fields["content-type"] == "image/jpeg"
    assert "sandbox" in people.owner.fields["content-security-policy"]
    assert press(people.owner, f"/asks/{asked['ask']}", status=422, do="as", item="0", value="words")
    press(people.owner, f"/asks/{asked['ask']}", do="accept")
    assert "PHOTO" in people.card()


def test_the_card_is_gone_meanwhile(people):
    ask = people.waiting()
    path = people.owner.path_to("李四").replace("/card/", "/remove/")
    people.owner.see(path)
    people.owner.send(path)
    assert "no longer in your book" in words(press(people.owner, f"/asks/{ask}", do="accept", item="1"))
    assert "Nothing waits for you." in words(people.owner.see("/review"))


# --- who said what ---

def test_a_contact_says_who_confirmed_it(people):
    owner = people.owner
    path = owner.path_to("李四")
    assert "Never confirmed by the contact" in words(owner.see(path))
    people.answered("@mobile=confirm", "org=示例公司")
    page = owner.see(path)
    assert words(page).count("confirmed by the contact, ") == 2
    assert "by a link from you (proof: link)" in words(page)
    assert "Last confirmed by the contact:" in words(page)
    people.li.run("me", "org=另一家")
    ask = people.asked("--for", "org")
    people.li.run("notices", ask, "--give")
    page = owner.see(path)
    assert "An answer of theirs waits for you." in words(page) and f'href="/asks/{ask}"' in page
    press(owner, f"/asks/{ask}", do="accept")
    assert "by SMS to …8888 (proof: signed in)" in words(owner.see(path))
    assert "waits for you" not in words(owner.page)


def test_a_number_that_reached_somebody_else(people):
    ask = people.asked()
    press(people.target, f"/inbox/{ask}", do="not-me")
    page = people.owner.see(people.owner.path_to("李四"))
    assert "probably dead: a message reached somebody else" in words(page)
    assert 'class="said dead"' in page


# --- all of it ---

def test_what_others_write_is_no_markup(people):
    people.li.run("me", f"org={EVIL}", f"title={EVIL}", f"wechat=evil")
    ask = people.asked("--for", "org,title", "--say", EVIL, "--mode", "review")
    people.li.run("notices", ask, "--all", "--note", EVIL)
    people.answered(f"title={EVIL}", "--note", EVIL, more=("--mode", "review"))
    people.owner.see("/review")
    pages = [(people.owner, path) for path in ("/review", f"/asks/{ask}", people.owner.path_to("李四"))]
    pages += [(people.target, path) for path in ("/inbox", f"/inbox/{ask}", "/me")]
    for person, path in pages:
        page = person.see(path)
        assert "<script>alert" not in page, path
        assert person.fields["content-security-policy"].startswith("default-src 'none'")
        assert person.fields["cache-control"] == "no-store"
    for query in ("/review?told=%22%3E%3Cscript%3E", f"/inbox/{ask}?left=%3Cscript%3E", "/me?told=x&told=y",
                  "/review?told=accept&ask=-1&at=99999999999999999999", "/review?told=accept&ask=x&at=-3"):
        person = people.target if "inbox" in query else people.owner
        assert "<script>" not in person.see(query)


def test_a_full_inbox_and_a_long_list_of_whom_was_given(people):
    """Limits: 80 notices, 10 owners a page; what is behind them is said and to be had."""
    for _ in range(82):
        people.asked()
    page = people.target.see("/inbox")
    assert page.count('href="/inbox/') == 80 and "Only the newest are listed." in words(page)
    assert len(page.encode()) < 60_000 and badge(people.target, "/inbox") == "82"
    people.li.run("me", "org=示例公司")
    for n in range(11):
        login = f"owner{n}"
        people.kith.add_user(login, name=f"Owner {n}", phone=f"+861360000{n:04}")
        people.kith.import_cards(login, ONLY_A_NUMBER)
        owner = Terminal(people.kith.folder / login, people.kith.url, login)
        people.li.run("notices", owner.json("ask", "18988888888", "--kind", "id", "--for", "org")["ask"], "--give")
    page = people.target.see("/me")
    assert page.count('value="withdraw"') == 10 and len(page.encode()) < 60_000
    page = people.target.see(re.search(r'href="(/me\?from=10)#given"', page)[1])
    assert page.count('value="withdraw"') == 1 and "from=20" not in page
    for odd in ("-1", "99999", "x"):
        assert people.target.see(f"/me?from={odd}").count('value="withdraw"') == 10


@pytest.mark.parametrize("language, wanted", [("en", ["Review", "Inbox", "My card"]), ("zh", ["待审", "收件箱", "我的名片"])])
def test_every_page_is_small_in_both_languages(kith, language, wanted):
    people = People(kith, language)
    people.li.run("me", "org=示例公司")
    ask = people.asked()
    for _ in range(9):
        people.waiting()
    seen = ""
    for person, path in ((people.owner, "/review"), (people.target, "/inbox"), (people.target, f"/inbox/{ask}"),
                         (people.target, "/me")):
        page = person.see(path)
        assert len(page.encode()) < 60_000, path
        assert "<h1" in page and page.count("<h1") == 1 and "style=" not in page
        seen += words(page)
    assert all(word in seen for word in wanted)
    review = people.owner.see("/review")
    assert ("More wait" if language == "en" else "还有更多") in words(review)
    for section in review.split('<section class="asked"')[1:]:
        shown = section.count("<article")  # who does not see all of them cannot accept all of them
        assert 1 <= shown <= 3 and (shown == 3) == ('class="two all"' in section)
    assert 3 < len(list(items_of(review))) < 27

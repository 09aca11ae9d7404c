"""Requirement B12: a target lets an owner have a field of his card by itself, and ends that."""
import time

import pytest

from example import LI_PHONE, ONLY_A_NUMBER, ZHANG_PHONE
from test_threats import LOOSE
from test_two_terminals import Terminal

SECONDS = 60


@pytest.fixture
def people(kith, request):
    kith.write_conf(LOOSE + "wish_grace = 0\n" + getattr(request, "param", "follow = yes\n"))
    kith.start()
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.add_user("lisi", name="李四", phone=LI_PHONE)
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    zhang, li = Terminal(kith.folder / "zhang", kith.url, "zhangsan"), Terminal(kith.folder / "li", kith.url, "lisi")
    li.run("me", "org=示例公司", "email=lisi@example.com")
    zhang.run("ask", "18988888888")
    li.run("notices", li.json("notices")["notices"][0]["id"], "--all")
    return zhang, li


def owner_of(li):
    return li.json("me", "--given")["given"][0]["owner"]


def item(li, field):
    return next(line.split()[0] for line in li.run("me").splitlines() if f"{field}:" in line)


def asks(zhang):
    return len(zhang.json("asks")["asks"])


def wait_asks(zhang, count):
    for _ in range(SECONDS * 10):
        if asks(zhang) == count:
            return True
        time.sleep(0.1)
    return False


def test_what_is_followed_comes_by_itself_and_nothing_else(kith, people):
    zhang, li = people
    assert "follows" not in li.run("me", "--given")
    assert "email" in li.run("me", "--follow", owner_of(li), "email")
    assert [g["field"] for g in li.json("me", "--given")["given"] if g["follows"]] == ["email"]
    before = asks(zhang)
    li.run("me", f"{item(li, 'org')}=别的公司")  # not followed
    li.run("me", f"{item(li, 'email')}=new@example.com")
    assert wait_asks(zhang, before + 1)
    newest = zhang.json("asks")["asks"][0]["ask"]
    found = zhang.json("asks", newest)
    assert [i["field"] for i in found["items"]] == ["email"]
    assert found["items"][0]["after"] == "new@example.com" and found["evidence"] == 4
    assert "别的公司" not in kith.export("zhangsan")
    # Ended: the next change is his own.
    li.run("me", "--follow", owner_of(li))
    assert "follows" not in li.run("me", "--given")
    li.run("me", f"{item(li, 'email')}=third@example.com")
    li.run("me", "--follow", owner_of(li), "org")
    li.run("me", f"{item(li, 'org')}=第三家")
    assert wait_asks(zhang, before + 2)
    newest = zhang.json("asks")["asks"][0]["ask"]
    assert [i["field"] for i in zhang.json("asks", newest)["items"]] == ["org"]
    assert "third@example.com" not in kith.export("zhangsan")


def test_only_what_was_given_can_be_followed(people):
    _, li = people
    li.run("me", "qq=12345678")
    li.run("me", "--follow", owner_of(li), "qq", "email")
    assert [g["field"] for g in li.json("me", "--given")["given"] if g["follows"]] == ["email"]
    assert "no such field" in li.run("me", "--follow", owner_of(li), "shoe-size", status=1)
    li.run("me", "--follow", "999999")  # nobody was given anything: nothing to do


@pytest.mark.parametrize("people", [""], indirect=True)
def test_it_is_off_where_nobody_says_otherwise(people):
    _, li = people
    li.run("me", "--follow", owner_of(li), "email", status=1)
    assert "follows" not in li.run("me", "--given")

"""C10 [0019]-[0023], [0027]: three parts that run: the owner's terminal, the server, and the
terminal of a target who has an account of his own."""
import json
import os
import subprocess
import time

import pytest
from example import LI_PHONE, ONLY_A_NUMBER, ZHANG_PHONE
from kith import KITH, PASSWORD


class Terminal:
    """A computer of its own: another home, another log-in."""

    def __init__(self, folder, url, login):
        self.env = os.environ | {"XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
        folder.mkdir()
        self.run("login", url, "--user", login, "--password-stdin", stdin=PASSWORD + "\n")

    def run(self, *words, stdin=None, status=0):
        done = subprocess.run([KITH, *map(str, words)], env=self.env, input=stdin, text=True,
                              capture_output=True, timeout=60)
        assert done.returncode == status, (words, done.stdout, done.stderr)
        return done.stdout if status == 0 else done.stderr

    def json(self, *words):
        return json.loads(self.run(*words, "--json"))


@pytest.fixture
def people(kith):
    kith.start()
    kith.add_user("zhangsan", name="张三", phone=ZHANG_PHONE)
    kith.add_user("lisi", name="李四", phone=LI_PHONE)
    kith.import_cards("zhangsan", ONLY_A_NUMBER)
    return Terminal(kith.folder / "zhang", kith.url, "zhangsan"), Terminal(kith.folder / "li", kith.url, "lisi")


def test_a_target_answers_from_his_own_card(kith, people):
    zhang, li = people
    li.run("me", "org=示例公司", "email=lisi@example.com", "home-address=某街 1 号")
    asked = zhang.json("ask", "18988888888", "--kind", "id", "--for", "org,email")

    notice = li.json("notices")["notices"][0]
    assert notice["asker"] == "张三" and notice["phone"] == ZHANG_PHONE
    assert "张三" in li.run("notices")
    shown = li.run("notices", notice["id"])
    assert "* org: 示例公司" in shown and "* home-address" not in shown and "home-address" in shown
    assert zhang.json("asks", asked["ask"])["state"] == "seen"

    li.run("notices", notice["id"], "--give", "--note", "好久不见")
    merged = zhang.json("asks", asked["ask"])
    assert merged["state"] == "merged" and merged["evidence"] == 4 and merged["note"] == "好久不见"
    card = kith.export("zhangsan")
    assert "ORG:示例公司" in card and "lisi@example.com" in card and "某街" not in card
    assert "NOTE:只有我知道" in card and "FN:李四" in card

    item = next(n for n, i in enumerate(merged["items"]) if i["field"] == "email")
    zhang.run("undo", "--ask", asked["ask"], item)  # one value back ...
    assert "lisi@example.com" not in kith.export("zhangsan") and "ORG:示例公司" in kith.export("zhangsan")
    assert "not in the card" in zhang.run("undo", "--ask", asked["ask"], item, status=1)

    said = {v["field"]: v for v in zhang.json("said", "18988888888")["values"]}
    assert said["org"]["evidence"] == 4 and "said" not in said["mobile"]
    assert "he said so" in zhang.run("said", "18988888888")


def test_all_of_the_card_and_what_was_given(people):
    zhang, li = people
    li.run("me", "org=示例公司", "qq=12345678")
    zhang.run("ask", "18988888888")
    notice = li.json("notices")["notices"][0]["id"]
    li.run("notices", notice, "--all")
    given = li.json("me", "--given")["given"]
    assert {g["field"] for g in given} == {"mobile", "org", "qq"} and given[0]["name"] == "张三"
    li.run("me", "--forget", given[0]["owner"])
    assert li.json("me", "--given")["given"] == []
    li.run("notices", notice, "--all", status=1)  # it is over


def test_items_can_be_picked_and_refused(people):
    zhang, li = people
    li.run("me", "org=示例公司", "qq=12345678")
    zhang.run("ask", "18988888888", "--for", "qq")
    notice = li.json("notices")["notices"][0]["id"]
    assert "no such item" in li.run("notices", notice, "99", status=1)
    li.run("notices", notice, "--leave", "decline")
    assert zhang.json("asks")["asks"][0]["state"] == "declined"


def test_the_own_card_is_changed_item_by_item(people):
    _, li = people
    assert "mobile" in li.run("me", "email=a@example.com")  # made with what he verified
    shown = li.run("me")
    number = next(line.split()[0] for line in shown.splitlines() if "email:" in line)
    li.run("me", f"{number}=b@example.com")
    assert "b@example.com" in li.run("me") and "a@example.com" not in li.run("me")
    li.run("me", f"{number}=")
    assert "example.com" not in li.run("me")
    assert "email" in li.run("me", "email=nonsense", status=1)


def test_nobody_sees_anothers_notices(people):
    zhang, li = people
    asked = zhang.json("ask", "18988888888")
    assert zhang.json("notices")["notices"] == []
    zhang.run("notices", asked["ask"], status=1)


def test_the_planner_and_the_reminder(kith, people):
    zhang, _ = people
    kith.login("zhangsan")
    person = zhang.json("plan")["people"][0]
    assert person["name"] == "李四" and "email" in person["missing"]
    asked = zhang.json("ask", "18988888888")
    assert zhang.json("plan")["people"] == []  # not again for a while
    kith.wait_state(asked["ask"], "sent")
    assert "less than a week" in zhang.run("remind", asked["ask"], status=1)
    assert "not long ago" in zhang.run("ask", "18988888888", status=1)


def test_a_campaign(kith, people):
    zhang, _ = people
    zhang.run("campaign", "--missing", "email", "--title", "邮箱", "--preview")
    assert zhang.json("asks")["asks"] == []
    shown = zhang.json("campaign", "--missing", "email", "--title", "邮箱", "--for", "email", "--by", "sms")
    for _ in range(100):
        at = zhang.json("campaign", shown["id"])
        if at["asked"]:
            break
        time.sleep(0.1)
    assert at["list"][0]["name"] == "李四" and at["asked"] == 1
    assert "1 asked" in zhang.run("campaign")
    zhang.run("campaign", "--cancel", shown["id"])
    assert zhang.json("campaign", shown["id"])["over"]
    assert "nobody" in zhang.run("campaign", "--group", "none", "--title", "x", status=1)

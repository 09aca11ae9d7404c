"""The pages of asking: a look at the text before it goes, the owner's own link, what happened,
whom to ask next, many at once; all of it without script."""
import html
import re
import time
import urllib.parse

import pytest

from example import ONLY_A_NUMBER
from kith import words
from test_webapp import EVIL, Owner

UNLIMITED = ("[ask]\nper_day = 0\nper_day_at_first = 0\nagain_after = 0\nper_target_week = 0\n"
             "per_target_quarter = 0\nsms_per_prefix = 0\n")
CARD = "/ask/contacts/lisi-1.vcf"


def card(uid, name, *lines):
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", f"UID:{uid}", f"FN:{name}", *lines, "END:VCARD", ""])


def fields_of(page, action):
    """What a browser would send of that form, in order; several of one name stay several."""
    body = re.search(rf'<form[^>]*action="{re.escape(html.escape(action))}"[^>]*>(.*?)</form>', page, re.S)[1]
    out = []
    for tag in re.findall(r"<input[^>]*>", body):
        about = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if about.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        out.append((about["name"], html.unescape(about.get("value", ""))))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', body, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        out.append((name, html.unescape(chosen[1] if chosen else "")))
    return out


def send(owner, action, do=None, status=200, **changes):
    """Presses that button of the form, changed so; the answer's page."""
    fields = [(n, v) for n, v in fields_of(owner.page, action) if n not in changes]
    for name, value in changes.items():
        fields += [(name, v) for v in (value if isinstance(value, list) else [value])]
    body = urllib.parse.urlencode(fields + ([("do", do)] if do else []))
    got, owner.page = owner.request("POST", owner.kith.url + action, body,
                                    {"Content-Type": "application/x-www-form-urlencoded"})
    assert got == status, (action, got, words(owner.page))
    owner.sent = body
    return owner.page


def again(owner, action):
    """The same form once more, as a second press or the back button sends it."""
    return owner.request("POST", owner.kith.url + action, owner.sent,
                         {"Content-Type": "application/x-www-form-urlencoded"})


def begin(kith, *cards, conf=UNLIMITED, language="en"):
    kith.write_conf(conf)
    kith.start()
    kith.add_user("zhangsan", name="张三", phone="13800000000", email="zhangsan@example.com")
    kith.import_cards("zhangsan", ONLY_A_NUMBER, *cards)
    kith.login("zhangsan")
    return Owner(kith, language)


def letters(kith, to):
    return [l for l in Owner(kith).see("/tray").split('class="sheet"') if to in l]


def wait(what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


def asks(kith):
    return kith.json("asks")["asks"]


# --- the form ---

def test_what_the_entry_lacks_is_ticked_and_ways_that_lead_nowhere_are_shut(kith):
    owner = begin(kith)
    page = owner.see(CARD)
    ticked = {v for n, v in fields_of(page, CARD) if n == "field"}
    assert {"email", "org", "photo"} <= ticked and "mobile" not in ticked and "bday" not in ticked
    assert re.search(r'value="email" disabled', page) and "no e-mail address in this entry" in words(page)
    assert re.search(r'value="auto" checked', page) and "+8618988888888" in words(page)
    assert re.search(r'value="self" checked', owner.see(CARD + "?by=self"))
    assert re.search(r'value="auto" checked', owner.see(CARD + "?by=email")), "a shut way is not chosen"
    owner.see(CARD + "?by=pigeon", status=400)


def test_without_a_gateway_only_the_owner_himself_sends(kith):
    owner = begin(kith, conf=UNLIMITED + "[tray]\non = no\n", language="zh")
    page = owner.see(CARD)
    assert len(re.findall(r'value="(?:auto|sms|mms|email)" disabled', page)) == 4
    assert re.search(r'value="self" checked', page) and "本服务器不发送这一种" in words(page)
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    status, page = owner.post(kith.url + CARD, {"csrf": csrf, "by": "sms"})
    assert status == 422 and "本服务器不发送这一种" in words(page)


def test_the_text_is_shown_before_it_goes(kith):
    owner = begin(kith, card("mail-1", "Ada", "EMAIL:ada@example.org"))
    owner.see(CARD)
    page = send(owner, CARD, "preview", by="sms", kind="link", field=["qq", "org"], open="1", mode="review")
    seen = words(page)
    assert "/a/…" in seen and "+8618988888888" in seen and "QQ" in seen and re.search(r"[12] SMS", seen)
    assert "Everything waits for me" in seen and "Whole values" in seen and asks(kith) == []
    page = send(owner, CARD, "change")
    kept = fields_of(page, CARD)
    assert [v for n, v in kept if n == "field"] == ["org", "qq"] and ("by", "sms") in kept
    assert ("open", "1") in kept and ("mode", "review") in kept and ("kind", "link") in kept
    send(owner, CARD, "preview")
    text = html.unescape(re.search(r'<blockquote class="msg">(.*?)</blockquote>', owner.page, re.S)[1])
    assert "Asked. It goes to +8618988888888" in words(send(owner, CARD, "send"))
    wait(lambda: letters(kith, "+8618988888888"))
    letter = words(letters(kith, "+8618988888888")[0]).replace(" ", "")
    before, after = text.replace(" ", "").split("…")
    assert before in letter and after in letter
    assert re.search(r"/a/[\w-]{20}", letter) and not re.search(r"/a/[\w-]{20}", owner.page)


def test_the_length_and_the_price_are_of_the_whole_link(kith):
    owner = begin(kith)
    owner.see(CARD)
    page = send(owner, CARD, "preview", by="sms", kind="link")
    chars = int(re.search(r"(\d+) characters", words(page))[1])
    text = html.unescape(re.search(r'<blockquote class="msg">(.*?)</blockquote>', page, re.S)[1])
    assert chars == len(text) - 1 + 20
    parts = int(re.search(r"(\d+) SMS", words(page))[1])
    assert parts == (1 if chars <= 70 else -(-chars // 67)) and "70 in one, 67" in words(page)
    opened = kith.json("ask", "18988888888", "--by", "sms", "--kind", "link")
    assert opened["sms_parts"] == parts


def test_a_form_sent_twice_asks_once(kith):
    owner = begin(kith)
    owner.see(CARD)
    send(owner, CARD, "preview", by="sms")
    first = send(owner, CARD, "send")
    for _ in range(3):
        status, page = again(owner, CARD)
        assert status == 200 and words(page) == words(first)
    assert len(asks(kith)) == 1
    wait(lambda: letters(kith, "+8618988888888"))
    kith.wait_state(asks(kith)[0]["ask"], "sent", "delivered", seconds=60)
    assert len(letters(kith, "+8618988888888")) == 1


def test_a_link_shown_to_its_owner_is_never_one_that_the_server_sends(kith):
    owner = begin(kith)
    owner.see(CARD)
    send(owner, CARD, "preview", by="sms")
    send(owner, CARD, "send")
    owner.sent = owner.sent.replace("by=sms", "by=self")
    status, page = again(owner, CARD)
    assert status == 409 and not re.search(r"/a/[\w-]{20}", page)


def test_the_limits_are_told_in_words(kith):
    owner = begin(kith, card("ada-1", "Ada", "TEL;TYPE=CELL:13911112222"),
                  conf="[ask]\nper_day = 1\nper_day_at_first = 1\n")
    kith.run("ask", "18988888888", "--by", "sms")
    ada = owner.path_to("Ada").replace("/card/", "/ask/")
    owner.see(ada)
    send(owner, ada, "preview", by="sms")
    assert "enough for today" in words(send(owner, ada, "send", status=429))
    owner.language = "zh"
    send(owner, ada, "preview", by="sms")
    assert "今天问得够多了" in words(send(owner, ada, "send", status=429))
    assert len(asks(kith)) == 1


def test_asked_again_too_soon(kith):
    owner = begin(kith, conf="[ask]\nper_day = 0\nper_day_at_first = 0\n")
    for status in (200, 429):
        owner.see(CARD)
        send(owner, CARD, "preview", by="sms")
        page = send(owner, CARD, "send", status=status)
    assert "asked not long ago" in words(page)


def test_foreign_forms_and_foreign_accounts(kith):
    owner = begin(kith)
    kith.add_user("lisi", name="李四")
    kith.run("ask", "18988888888", "--by", "self")
    kith.run("campaign", "--missing", "email", "--title", "x")
    mine = asks(kith)[0]["ask"]
    campaign = kith.json("campaign")["campaigns"][0]["id"]
    stranger = Owner(kith, login="lisi")
    for path in (f"/asks/{mine}", f"/campaigns/{campaign}", CARD, "/campaigns/nonsense", "/plan/x"):
        stranger.see(path, status=404)
    csrf = re.search(r'name="csrf" value="([^"]+)"', stranger.see("/plan"))[1]
    for path, do in ((f"/asks/{mine}", "remind"), (f"/asks/{mine}", "revoke"), (f"/campaigns/{campaign}", "cancel"),
                     (CARD, "send")):
        assert stranger.post(kith.url + path, {"csrf": csrf, "do": do, "by": "self"})[0] == 404
    for path in (CARD, "/plan", "/campaigns/new", f"/campaigns/{campaign}", f"/asks/{mine}"):
        assert owner.post(kith.url + path, {"do": "send", "by": "self"})[0] == 403, "without the form's secret"
    assert asks(kith)[0]["state"] == "queued" and not kith.json("campaign", campaign)["over"]
    page = owner.see("/plan")
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    for changes in ({"by": "pigeon"}, {"kind": "song"}, {"mode": "never"}, {"field": "shoe-size"}):
        assert owner.post(kith.url + CARD, {"csrf": csrf} | changes)[0] == 400


# --- the owner's own link ---

def test_what_the_owner_sends_himself(kith):
    owner = begin(kith, card("both", "Both & Ada", "TEL;TYPE=CELL:13911112222", "EMAIL:a+b@example.org"))
    at = owner.path_to("Both").replace("/card/", "/ask/")
    owner.see(at)
    assert "In place of" in words(send(owner, at, "preview", by="self"))
    page = send(owner, at, "send")
    link = re.search(r"http://\S+?/a/[\w-]{20}", page)[0]
    sms = html.unescape(re.search(r'href="(sms:[^"]+)"', page)[1])
    text = html.unescape(re.search(r'id="text">(.*?)</p>', page, re.S)[1])
    assert sms.startswith("sms:+8613911112222?&body=") and " " not in sms and "+" not in sms.split("body=")[1]
    assert urllib.parse.unquote(sms.split("body=")[1]) == text and link in text
    mail = urllib.parse.urlsplit(html.unescape(re.search(r'href="(mailto:[^"]+)"', page)[1]))
    assert urllib.parse.unquote(mail.path) == "a+b@example.org" and "+" not in mail.path
    about = {n: urllib.parse.unquote(v) for n, v in (p.split("=", 1) for p in mail.query.split("&"))}
    assert about["body"] == text and about["subject"]
    assert '<svg class="qr"' in page and re.search(r'<button type="button"[^>]* data-copy="text"[^>]* hidden>', page)
    status, same = again(owner, at)
    assert status == 200 and link in same, "pressed twice, the link is still there"
    assert len(asks(kith)) == 1
    assert owner.get(link)[0] == 200


def test_a_link_for_somebody_without_number_or_address(kith):
    owner = begin(kith, card("bare", "Bare"))
    at = owner.path_to("Bare").replace("/card/", "/ask/")
    assert re.search(r'value="self" checked', owner.see(at))
    send(owner, at, "preview")
    page = send(owner, at, "send")
    assert 'href="sms:?&amp;body=' in page and 'href="mailto:?subject=' in page


# --- what happened ---

def test_the_timeline_reminder_and_revoking(kith):
    owner = begin(kith)
    kith.run("ask", "18988888888", "--by", "sms")
    ask = asks(kith)[0]["ask"]
    kith.wait_state(ask, "sent", "delivered", seconds=60)
    page = words(owner.see(f"/asks/{ask}"))
    assert "The ask was written" in page and "The notice left" in page and re.search(r"\d\d:\d\d", page)
    assert "A reminder is possible from" in page and "Can be answered until" in page
    assert "Remind them once" not in page
    owner.see(f"/asks/{ask}")
    csrf = re.search(r'name="csrf" value="([^"]+)"', owner.page)[1]
    assert owner.post(kith.url + f"/asks/{ask}", {"csrf": csrf, "do": "remind"})[0] == 303
    assert len(letters(kith, "+8618988888888")) == 1, "it is too early"
    for _ in range(2):
        assert owner.post(kith.url + f"/asks/{ask}", {"csrf": csrf, "do": "revoke"})[0] == 303
    page = owner.see(f"/asks/{ask}")
    assert words(page).count("You took it back") == 1 and 'value="revoke"' not in page
    assert f'{CARD}?by=sms' in page and "Ask anew" in words(page)


def test_after_not_me_another_way_is_offered(kith):
    owner = begin(kith, card("both", "Ada", "TEL;TYPE=CELL:13911112222", "EMAIL:ada@example.org"))
    opened = kith.json("ask", "13911112222", "--by", "sms")
    wait(lambda: letters(kith, "+8613911112222"))
    link = re.search(r"http://\S+?/a/[\w-]{20}", letters(kith, "+8613911112222")[0])[0]
    assert owner.post(link, {"step": "not-me"})[0] in (200, 303)
    kith.wait_state(opened["ask"], "not_me", seconds=60)
    page = owner.see(f"/asks/{opened['ask']}")
    ways = re.findall(r'href="(/ask/[^"]+\?by=(\w+))"', page)
    assert {way for _, way in ways} == {"email", "self"} and "somebody else" in words(page)
    assert re.search(r'value="email" checked', owner.see(html.unescape(next(p for p, w in ways if w == "email"))))


# --- whom to ask next ---

def test_five_people_this_week_and_all_at_once(kith):
    people = [card(f"p{n}", f"Person {n}", f"TEL;TYPE=CELL:1391111000{n}") for n in range(7)]
    owner = begin(kith, *people, conf="[ask]\nper_day = 4\nper_day_at_first = 4\n")
    page = owner.see("/plan")
    assert page.count('name="who"') == 5 and "Missing: E-mail" in words(page).replace("Email", "E-mail")
    assert page.count('href="/ask/contacts/') == 5
    page = send(owner, "/plan")
    seen = words(page)
    assert seen.count("Asked: By SMS, +86") == 4 and seen.count("Not asked: that is enough for today") == 1
    assert len(asks(kith)) == 4
    status, same = again(owner, "/plan")
    assert status == 200 and words(same).count("Asked: By SMS") == 4 and len(asks(kith)) == 4
    assert "Nobody was ticked" in words(owner.post(kith.url + "/plan", {
        "csrf": re.search(r'name="csrf" value="([^"]+)"', owner.see("/plan"))[1]})[1])
    csrf = re.search(r'name="csrf" value="([^"]+)"', owner.page)[1]
    assert owner.post(kith.url + "/plan", {"csrf": csrf, "who": "nonsense"})[0] == 400
    assert owner.post(kith.url + "/plan", {"csrf": csrf, "who": [f"{n}/contacts/lisi-1.vcf" for n in range(6)]})[0] == 400
    page = owner.post(kith.url + "/plan", {"csrf": csrf, "who": "x/contacts/none.vcf"})[1]
    assert "the entry is gone" in words(page)


def test_nobody_needs_to_be_asked(kith):
    owner = begin(kith, language="zh")
    kith.run("ask", "18988888888", "--by", "self")
    assert "这周没有需要问的人" in words(owner.see("/plan"))
    assert "/plan" in owner.see("/asks") and "/campaigns" in owner.page


# --- many at once ---

NEW = "/campaigns/new"


def test_a_campaign_from_its_form_to_its_report(kith):
    people = [card(f"p{n}", f"Person {n}", f"TEL;TYPE=CELL:1391111000{n}", "CATEGORIES:球队") for n in range(3)]
    owner = begin(kith, *people, card("mute", "Mute", "CATEGORIES:球队"), conf=UNLIMITED + "campaign_every = 1\n")
    page = owner.see(NEW)
    assert '<option value="球队"' in page and 'value="self"' not in page
    send(owner, NEW, "preview", title="Team", group="球队", by="sms", kind="link", field=["org"])
    seen = words(owner.page)
    parts = int(re.search(r"(\d+) SMS", seen)[1])
    assert "3 people" in seen and "1 person" in seen and parts >= 3 and parts % 3 == 0 and "/a/…" in seen
    assert "no number or address" in seen and kith.json("campaign")["campaigns"] == []
    shown = kith.json("campaign", "--group", "球队", "--title", "x", "--by", "sms", "--kind", "link", "--for", "org",
                      "--preview")
    assert shown["sms_parts"] == parts and shown["waiting"] == 3
    assert f"{parts} SMS" in kith.run("campaign", "--group", "球队", "--title", "x", "--by", "sms", "--kind", "link",
                                      "--for", "org", "--preview")
    send(owner, NEW, "start", status=303)
    at = owner.fields["location"]
    assert again(owner, NEW)[0] == 303 and owner.fields["location"] == at, "the same campaign"
    assert len(kith.json("campaign")["campaigns"]) == 1
    wait(lambda: "<b>" in owner.see(at) and "4 of 4 dealt with" in words(owner.page))
    page = owner.see(at)
    assert re.search(r'<label for="bar">.*?<progress id="bar" max="4" value="4">', page, re.S)
    assert "We don’t track whether mails are opened" in words(page) and "Could not be asked 1" in words(page)
    assert len(asks(kith)) == 3
    assert "Team" in words(owner.see("/campaigns")) and "3 of 4 asked, 0 answered" in words(owner.page)


def test_what_a_campaign_wants(kith):
    owner = begin(kith)
    for changes, said in (({"title": " "}, "wants a title"), ({"title": "x" * 201, "missing": "email"}, "200 bytes"),
                          ({"title": "x"}, "Say whom"), ({"title": "x", "group": "none"}, "Nobody is meant"),
                          ({"title": "x", "stale": "1"}, "Nobody is meant")):
        for do in ("preview", "start"):
            owner.see(NEW)
            assert said in words(send(owner, NEW, do, status=422, **changes))
    for changes in ({"missing": "shoe-size"}, {"by": "self"}, {"field": "x"}):
        owner.see(NEW)
        send(owner, NEW, "preview", status=400, **({"title": "x", "missing": "email"} | changes))
    assert kith.json("campaign")["campaigns"] == []


def test_more_campaigns_than_are_kept(kith):
    owner = begin(kith)
    for _ in range(50):
        kith.run("campaign", "--missing", "email", "--title", "x")
    owner.see(NEW)
    assert "50 campaigns already" in words(send(owner, NEW, "start", status=422, title="one more", missing="email"))


def test_a_campaign_is_cancelled_once_and_for_all(kith):
    people = [card(f"p{n}", f"Person {n:03}", f"TEL;TYPE=CELL:139111{n:05}") for n in range(250)]
    owner = begin(kith, *people, conf=UNLIMITED + "campaign_every = 86400\n")
    owner.see(NEW)
    page = send(owner, NEW, "preview", title="Many", missing="email", by="sms")
    assert "251 people" in words(page) and "and 151 more" in words(page) and len(page.encode()) <= 60_000
    send(owner, NEW, "start", status=303)
    at = owner.fields["location"]
    page = owner.see(at)
    assert len(re.findall(r'<li><a href="/(?:card|asks)/', page)) == 100 and len(page.encode()) <= 60_000
    last = owner.see(f"{at}?from=200")
    assert len(re.findall(r'<li><a href="/(?:card|asks)/', last)) == 51 and "?from=100" in last
    csrf = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    for _ in range(2):
        assert owner.post(kith.url + at, {"csrf": csrf, "do": "cancel"})[0] == 303
    page = owner.see(at)
    assert "cancelled" in words(page) and "not asked any more" in words(page) and 'value="cancel"' not in page
    assert owner.post(kith.url + at, {"csrf": csrf, "do": "explode"})[0] == 400


# --- canaries ---

@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_others_wrote_stays_text(kith, language):
    owner = begin(kith, card("evil", EVIL, "TEL;TYPE=CELL:13911112222", f"CATEGORIES:{EVIL}"), language=language)
    at = owner.path_to("script").replace("/card/", "/ask/")
    pages = [owner.see(at)]
    pages.append(send(owner, at, "preview", by="self", say=EVIL))
    pages.append(send(owner, at, "change"))
    assert ("say", EVIL) in fields_of(owner.page, at)
    send(owner, at, "preview")
    pages.append(send(owner, at, "send"))
    pages.append(owner.see(NEW))
    pages.append(send(owner, NEW, "preview", title=EVIL, group=EVIL, say=EVIL))
    send(owner, NEW, "start", status=303)
    pages += [owner.see(owner.fields["location"]), owner.see("/campaigns"), owner.see("/asks"), owner.see("/plan")]
    pages.append(owner.see(f"/asks/{asks(kith)[0]['ask']}"))
    for page in pages:
        assert "<script>alert" not in page and f'<html lang="{language}">' in page and len(page.encode()) <= 60_000
        assert not re.search(r"<[^>]+ (?:style|on\w+)=", page) and page.count("<h1") == 1

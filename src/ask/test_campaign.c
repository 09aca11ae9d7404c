/* test_campaign.c - many people asked, one after another. */
#include "ask/campaign.h"
#include "ask/fixture_int.h"

static void
fill(struct house *h, int count)
{
	for (int i = 0; i < count; i++) {
		str name = arena_printf(h->arena, "n%d.vcf", i);

		put_card(h, arena_copy(h->arena, name).at,
		    arena_printf(h->arena,
			"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:n%d\r\nFN:N %d\r\n"
			"TEL;TYPE=CELL:1390000%04d\r\nCATEGORIES:%s\r\n%sEND:VCARD\r\n",
			i, i, i, i % 2 ? "odd" : "even", i == 0 ? "ORG:X\r\n" : ""));
	}
	put_card(h, "silent.vcf", /* no way to reach her */
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Silent\r\nCATEGORIES:even\r\nEND:"
		"VCARD"
		"\r\n"));
}

static struct ask_campaign_draft
evens(void)
{
	return (struct ask_campaign_draft){ .title = STR("Evens"),
		.group = STR("even"),
		.ask = { .wanted = { CARD_F_ORG }, .wanted_count = 1 } };
}

static struct ask_campaign
campaign_of(struct house *h, int64_t id)
{
	struct call call = call_of(h, ZHANG);
	struct ask_campaign out;

	must(ask_campaign_find(&call, id, &out) == OK);
	return out;
}

static void
rounds(struct house *h, int count)
{
	while (count--) {
		struct call call = call_of(h, CALL_NOBODY);

		CHECK_OK(ask_campaigns(&call, &h->rules));
		h->now_ms += h->rules.campaign_every_ms;
	}
}

static void
preview(void)
{
	struct house h = house_open();
	struct call zhang;
	struct ask_campaign_draft draft = evens();
	struct ask_campaign out;
	struct why why = { 0 };
	str text;

	fill(&h, 5);
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_campaign_preview(&zhang, &h.rules, &draft, &out, &text, &why));
	CHECK_INT(out.count, 4);
	CHECK_INT(out.waiting, 3);
	CHECK_INT(out.failed, 1);
	CHECK(has(text, "/a/…"));
	CHECK_INT(posted(&h).count, 0); /* a look asks nobody */
	draft.missing = CARD_F_ORG;
	draft.has_missing = true;
	CHECK_OK(ask_campaign_preview(&zhang, &h.rules, &draft, &out, &text, &why));
	CHECK_INT(out.count, 3);
	draft = (struct ask_campaign_draft){ .title = STR("x") };
	CHECK_ERR(ask_campaign_preview(&zhang, &h.rules, &draft, &out, &text, &why),
	    ERR_BAD_INPUT);
	draft.group = STR("nobody's");
	CHECK_ERR(ask_campaign_preview(&zhang, &h.rules, &draft, &out, &text, &why),
	    ERR_NOT_FOUND);
	draft = (struct ask_campaign_draft){ .title = STR("x"), .stale = true };
	CHECK_ERR(ask_campaign_preview(&zhang, &h.rules, &draft, &out, &text, &why),
	    ERR_NOT_FOUND);
	h.now_ms += 3 * 365 * WHEN_DAY_MS;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_campaign_preview(&zhang, &h.rules, &draft, &out, &text, &why));
	CHECK_INT(out.count, 6);
	house_close(&h);
}

static void
one_after_another(void)
{
	struct house h = house_open();
	struct ask_campaign_draft draft = evens();
	struct why why = { 0 };
	struct call zhang;
	struct ask_campaign at;
	int64_t id;

	fill(&h, 5);
	h.rules.campaign_every_ms = 60000;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_campaign_open(&zhang, &h.rules, &draft, &id, &why));
	rounds(&h, 1);
	CHECK_INT(posted(&h).count, 1);
	rounds(&h, 5);
	CHECK_INT(posted(&h).count, 2);
	at = campaign_of(&h, id);
	CHECK(at.over);
	CHECK_INT(at.asked, 3);
	CHECK_INT(at.failed, 1);
	CHECK_INT(at.waiting, 0);
	CHECK(has(at.people[3].outcome, "no number"));
	house_close(&h);
}

/* The budget of the day holds it up; it goes on tomorrow. */
static void
held_by_the_budget(void)
{
	struct house h = house_open();
	struct ask_campaign_draft draft = evens();
	struct why why = { 0 };
	struct call zhang;
	int64_t id;

	fill(&h, 9);
	h.rules.budget.per_day = 2;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_campaign_open(&zhang, &h.rules, &draft, &id, &why));
	rounds(&h, 10);
	CHECK_INT(campaign_of(&h, id).asked, 2);
	CHECK_INT(campaign_of(&h, id).waiting, 4);
	h.now_ms += WHEN_DAY_MS;
	rounds(&h, 10);
	CHECK_INT(campaign_of(&h, id).asked, 4);
	CHECK_INT(campaign_of(&h, id).failed, 0);
	house_close(&h);
}

static void
cancelled(void)
{
	struct house h = house_open();
	struct ask_campaign_draft draft = evens();
	struct why why = { 0 };
	struct call zhang;
	struct ask_campaign at;
	int64_t id;

	fill(&h, 5);
	h.rules.campaign_every_ms = 60000;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_campaign_open(&zhang, &h.rules, &draft, &id, &why));
	rounds(&h, 1);
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_campaign_cancel(&zhang, id));
	CHECK_INT(posted(&h).count, 0); /* what was queued is killed */
	rounds(&h, 5);
	at = campaign_of(&h, id);
	CHECK(at.over);
	CHECK_INT(at.asked, 1);
	CHECK_INT(at.people[0].state, ASK_REVOKED);
	CHECK_ERR(ask_campaign_cancel(&zhang, id + 1), ERR_NOT_FOUND);
	house_close(&h);
}

static void
refusals(void)
{
	struct house h = house_open();
	struct ask_campaign_draft draft = evens();
	struct why why = { 0 };
	struct call zhang;
	int64_t id;

	fill(&h, 1);
	zhang = call_of(&h, ZHANG);
	draft.title = STR("  ");
	CHECK_ERR(
	    ask_campaign_open(&zhang, &h.rules, &draft, &id, &why), ERR_BAD_INPUT);
	draft = evens();
	draft.ask.by = ASK_BY_SELF;
	CHECK_ERR(
	    ask_campaign_open(&zhang, &h.rules, &draft, &id, &why), ERR_BAD_INPUT);
	draft = evens();
	for (int i = 0; i < ASK_MAX_CAMPAIGNS; i++)
		CHECK_OK(ask_campaign_open(&zhang, &h.rules, &draft, &id, &why));
	CHECK_ERR(ask_campaign_open(&zhang, &h.rules, &draft, &id, &why), ERR_LIMIT);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "whom it would ask", preview },
	    { "one after another", one_after_another },
	    { "held by the budget", held_by_the_budget }, { "cancelled", cancelled },
	    { "refusals", refusals });
}

/* test_asking.c - one form, one ask; what a notice costs; when a reminder may go. */
#include "ask/campaign.h"
#include "ask/fixture_int.h"
#include "card/group.h"

#define ADA_NUMBER "+8613900000001"

static void
fill(struct house *h)
{
	put_card(h, "ada.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:ada\r\nFN:Ada\r\n"
		"TEL;TYPE=CELL:13900000001\r\nEMAIL:ada@example.org\r\n"
		"CATEGORIES:Friends,Maths\r\nEND:VCARD\r\n"));
	put_card(h, "bob.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:bob\r\nFN:Bob\r\n"
		"TEL;TYPE=CELL:13900000002\r\nCATEGORIES:Friends\r\nEND:VCARD\r\n"));
}

static struct ask_draft
draft_by(enum ask_by by, str once)
{
	return (struct ask_draft){
		.whom = STR("Ada"), .kind = ASK_LINK, .by = by, .once = once
	};
}

static void
one_form_is_one_ask(void)
{
	struct house h = house_open();
	struct ask_opened first;
	struct ask_opened second;
	struct why why = { 0 };
	struct call call;
	struct ask_draft draft;

	fill(&h);
	call = call_of(&h, ZHANG);
	draft = draft_by(ASK_BY_SMS, ask_once(&call));
	CHECK_OK(ask_open(&call, &h.rules, &draft, &first, &why));
	CHECK(!first.again);
	CHECK_OK(ask_open(&call, &h.rules, &draft, &second, &why));
	CHECK(second.again);
	CHECK(first.id == second.id);
	CHECK_INT(posted(&h).count, 1);
	draft.once = ask_once(&call);
	CHECK_OK(ask_open(&call, &h.rules, &draft, &second, &why));
	CHECK(!second.again && first.id != second.id);
	house_close(&h);
}

/* Or a link that proves who answered it could be had by its owner. */
static void
a_way_is_part_of_it(void)
{
	struct house h = house_open();
	struct ask_opened own;
	struct ask_opened sent;
	struct ask_opened again;
	struct why why = { 0 };
	struct call call;
	struct ask_draft draft;

	fill(&h);
	call = call_of(&h, ZHANG);
	draft = draft_by(ASK_BY_SELF, STR("the same"));
	CHECK_OK(ask_open(&call, &h.rules, &draft, &own, &why));
	CHECK_OK(ask_open(&call, &h.rules, &draft, &again, &why));
	CHECK_STR(own.link, again.link);
	draft.by = ASK_BY_SMS;
	CHECK_ERR(ask_open(&call, &h.rules, &draft, &sent, &why), ERR_EXISTS);
	CHECK_INT(posted(&h).count, 0);
	draft = draft_by(ASK_BY_SMS, STR("another"));
	CHECK_OK(ask_open(&call, &h.rules, &draft, &sent, &why));
	CHECK(!sent.link.len);
	draft.by = ASK_BY_SELF;
	CHECK_ERR(ask_open(&call, &h.rules, &draft, &again, &why), ERR_EXISTS);
	CHECK(!again.link.len);
	house_close(&h);
}

/* What the preview says it takes is what the letter takes, its link being longer than it
 * shows. */
static void
what_it_takes(void)
{
	struct house h = house_open();
	struct ask_opened would;
	struct ask_opened out;
	struct why why = { 0 };
	struct call call;
	struct ask_draft draft = draft_by(ASK_BY_SMS, (str){ 0 });

	fill(&h);
	for (size_t i = 0; i < 60; i++) {
		struct courier_parts parts;
		struct letters letters;

		/* the server's address grows until one part is two */
		h.rules.origin =
		    arena_printf(h.arena, "https://%0*d.example", (int)i + 1, 0);
		call = call_of(&h, ZHANG);
		CHECK_OK(ask_preview(&call, &h.rules, &draft, &would, &why));
		CHECK_OK(ask_open(&call, &h.rules, &draft, &out, &why));
		letters = posted(&h);
		CHECK_INT(letters.count, 1);
		parts = courier_sms_parts(letters.list[0].body);
		CHECK_INT(would.sms_parts, parts.parts);
		CHECK_INT(out.sms_parts, parts.parts);
		CHECK_INT(
		    would.runes, parts.units); /* hanzi and ASCII: one unit each */
		CHECK_INT(parts.parts, parts.units <= 70 ? 1 : (parts.units + 66) / 67);
		CHECK(would.sms_ucs2);
	}
	draft.by = ASK_BY_MAIL;
	CHECK_OK(ask_preview(&call, &h.rules, &draft, &would, &why));
	CHECK_INT(would.sms_parts, 0);
	CHECK(would.subject.len);
	CHECK(would.wanted_count > 5);
	house_close(&h);
}

static void
no_sms_for_that_country(void)
{
	struct house h = house_open();
	struct ask_opened would;
	struct why why = { 0 };
	struct call call;
	struct ask_draft draft = draft_by(ASK_BY_SMS, (str){ 0 });

	fill(&h);
	call = call_of(&h, ZHANG);
	h.rules.budget.sms_countries = STR("HK");
	CHECK_ERR(ask_preview(&call, &h.rules, &draft, &would, &why), ERR_LIMIT);
	CHECK_STR(str_of(why.what), STR(ASK_WHY_COUNTRY));
	draft.by = ASK_BY_SELF;
	CHECK_OK(ask_preview(&call, &h.rules, &draft, &would, &why));
	house_close(&h);
}

static void
check_no(struct house *h, int64_t id, const char *which)
{
	struct call call = call_of(h, ZHANG);
	struct why why = { 0 };

	CHECK_ERR(ask_may_remind(&call, id, &why), ERR_CONDITION);
	CHECK_STR(why.name, str_of(which));
}

static void
when_to_remind(void)
{
	struct house h = house_open();
	struct ask_opened out;
	struct ask_opened own;
	struct ask_view view;
	struct why why = { 0 };
	struct call call;
	struct ask_draft draft = draft_by(ASK_BY_SMS, (str){ 0 });

	fill(&h);
	call = call_of(&h, ZHANG);
	CHECK_OK(ask_open(&call, &h.rules, &draft, &out, &why));
	draft.by = ASK_BY_SELF;
	CHECK_OK(ask_open(&call, &h.rules, &draft, &own, &why));
	check_no(&h, own.id, "self");
	check_no(&h, out.id, "over"); /* it has not left yet */
	CHECK_OK(travel(&h, out.id, ASK_SENT, ""));
	check_no(&h, out.id, "early");
	h.now_ms += ASK_REMIND_AFTER_MS;
	call = call_of(&h, ZHANG);
	CHECK_OK(ask_may_remind(&call, out.id, &why));
	CHECK_OK(ask_remind(&call, &h.rules, out.id, &why));
	check_no(&h, out.id, "once");
	CHECK_OK(ask_find(&call, out.id, &view));
	CHECK_INT(view.event_count, 3);
	CHECK_STR(view.events[2].note, STR(ASK_REMINDED));
	CHECK_INT(view.state, ASK_SENT);
	call = call_of(&h, ZHANG + 1);
	CHECK_ERR(ask_may_remind(&call, out.id, &why), ERR_NOT_FOUND);
	house_close(&h);
}

static void
campaigns(void)
{
	struct house h = house_open();
	struct ask_campaign_draft draft = { .title = STR("Friends"),
		.group = STR("Friends"),
		.ask = { .by = ASK_BY_SMS, .kind = ASK_LINK, .once = STR("once") } };
	struct ask_campaign would;
	struct card_names groups;
	struct why why = { 0 };
	struct call call;
	int64_t first;
	int64_t second;
	str text;

	fill(&h);
	call = call_of(&h, ZHANG);
	CHECK_OK(ask_campaign_groups(&call, &groups));
	CHECK_INT(groups.count, 2);
	CHECK_STR(groups.list[0], STR("Friends"));
	CHECK_OK(ask_campaign_preview(&call, &h.rules, &draft, &would, &text, &why));
	CHECK_INT(would.sms_parts, 2 * would.first.sms_parts);
	CHECK_STR(would.first.to, STR(ADA_NUMBER));
	CHECK_OK(ask_campaign_open(&call, &h.rules, &draft, &first, &why));
	CHECK_OK(ask_campaign_open(&call, &h.rules, &draft, &second, &why));
	CHECK(first == second);
	draft.ask.once = (str){ 0 };
	CHECK_OK(ask_campaign_open(&call, &h.rules, &draft, &second, &why));
	CHECK(first != second);
	house_close(&h);
}

/* Who is known to read another language is asked in it, by whatever name it goes. */
static void
in_his_language(void)
{
	static const struct {
		const char *lines, *lang;
	} rows[] = {
		{ "", "zh" },
		{ "LANG:en\r\n", "en" },
		{ "LANG;TYPE=work:EN-gb\r\n", "en" },
		{ "LANG:fr\r\nLANG:en\r\n", "en" },
		{ "LANG:fr\r\n", "zh" },
		{ "LANG:cmn-Hans\r\nLANG:en\r\n", "zh" },
		{ "LANG:english\r\n", "zh" },
	};
	struct house h = house_open();

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct ask_opened out;
		struct letters letters;

		check_about(rows[i].lines);
		put_card(&h, "li.vcf",
		    arena_printf(h.arena,
			"BEGIN:VCARD\r\nVERSION:4.0\r\nUID:li\r\nFN:Li\r\n"
			"TEL:18988888888\r\n%sEND:VCARD\r\n",
			rows[i].lines));
		CHECK_OK(ask_whom(&h, "18988888888", ASK_BY_SMS, &out));
		letters = posted(&h);
		CHECK_INT(letters.count, 1);
		CHECK_STR(letters.list[0].lang, str_of(rows[i].lang));
		CHECK_INT(has(letters.list[0].body, "asks"),
		    str_same(str_of(rows[i].lang), STR("en")));
	}
	check_about(NULL);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "in his language", in_his_language },
	    { "one form is one ask", one_form_is_one_ask },
	    { "a way is part of it", a_way_is_part_of_it },
	    { "what it takes", what_it_takes },
	    { "no SMS for that country", no_sms_for_that_country },
	    { "when to remind", when_to_remind }, { "campaigns", campaigns });
}

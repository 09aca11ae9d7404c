/* test_budget.c - how much asking there may be, row by row; and the one reminder. */
#include "ask/fixture_int.h"

#define WEEK_MS (7 * WHEN_DAY_MS)

static str
card_of(struct house *h, int number)
{
	return arena_printf(h->arena,
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:n%d\r\nFN:N "
	    "%d\r\nTEL;TYPE=CELL:1390000%04d"
	    "\r\nEND:VCARD\r\n",
	    number, number, number);
}

static void
fill(struct house *h, int count)
{
	for (int i = 0; i < count; i++)
		put_card(h,
		    arena_copy(h->arena, arena_printf(h->arena, "n%d.vcf", i)).at,
		    card_of(h, i));
}

static enum err
ask_as(struct house *h, int64_t who, int number, enum ask_by by, struct why *why)
{
	struct call call = call_of(h, who);
	struct ask_draft draft = { .book = STR(BOOK_DEFAULT_NAME),
		.card = arena_printf(h->arena, "n%d.vcf", number),
		.by = by };
	struct ask_opened out;

	*why = (struct why){ 0 };
	return ask_open(&call, &h->rules, &draft, &out, why);
}

static void
of_one_owner(void)
{
	struct house h = house_open();
	struct why why;

	h.rules.budget = (struct ask_budget){ .per_day = 3 };
	fill(&h, 5);
	for (int i = 0; i < 3; i++)
		CHECK_OK(ask_as(&h, ZHANG, i, ASK_BY_AUTO, &why));
	CHECK_ERR(ask_as(&h, ZHANG, 3, ASK_BY_AUTO, &why), ERR_LIMIT);
	CHECK(has(str_of(why.what), "today"));
	CHECK_OK(
	    ask_as(&h, ZHANG, 3, ASK_BY_SELF, &why)); /* his own phone, his own way */
	CHECK_INT(posted(&h).count, 3); /* nothing was queued for the refused one */
	h.now_ms += WHEN_DAY_MS;
	CHECK_OK(ask_as(&h, ZHANG, 4, ASK_BY_AUTO, &why));
	house_close(&h);
}

static void
of_a_new_owner(void)
{
	struct house h = house_open();
	struct why why;

	h.rules.budget = (struct ask_budget){ .per_day = 3, .per_day_at_first = 1 };
	h.now_ms =
	    2 * WHEN_DAY_MS; /* 张三's account was made on the first day of all */
	fill(&h, 3);
	CHECK_OK(ask_as(&h, ZHANG, 0, ASK_BY_AUTO, &why));
	CHECK_ERR(ask_as(&h, ZHANG, 1, ASK_BY_AUTO, &why), ERR_LIMIT);
	h.now_ms += WEEK_MS;
	for (int i = 0; i < 2; i++)
		CHECK_OK(ask_as(&h, ZHANG, i + 1, ASK_BY_AUTO, &why));
	house_close(&h);
}

static void
of_a_pair(void)
{
	struct house h = house_open();
	struct why why;

	h.rules.budget = (struct ask_budget){ .again_after_ms = 90 * WHEN_DAY_MS };
	fill(&h, 1);
	CHECK_OK(ask_as(&h, ZHANG, 0, ASK_BY_AUTO, &why));
	h.now_ms += 89 * WHEN_DAY_MS;
	CHECK_ERR(ask_as(&h, ZHANG, 0, ASK_BY_AUTO, &why), ERR_LIMIT);
	CHECK_OK(ask_as(&h, ZHANG, 0, ASK_BY_SELF, &why));
	h.now_ms += 2 * WHEN_DAY_MS;
	CHECK_OK(ask_as(&h, ZHANG, 0, ASK_BY_AUTO, &why));
	house_close(&h);
}

static void
by_sms(void)
{
	struct house h = house_open();
	struct why why;

	h.rules.budget =
	    (struct ask_budget){ .sms_per_day = 1, .sms_countries = STR("HK, CN") };
	fill(&h, 2);
	CHECK_OK(ask_as(&h, ZHANG, 0, ASK_BY_AUTO, &why));
	CHECK_ERR(ask_as(&h, ZHANG, 1, ASK_BY_AUTO, &why), ERR_LIMIT);
	h.rules.budget = (struct ask_budget){ .sms_per_prefix_day = 1 };
	CHECK_ERR(ask_as(&h, ZHANG, 1, ASK_BY_AUTO, &why), ERR_LIMIT);
	CHECK_STR(why.name, STR("prefix"));
	h.now_ms += WHEN_DAY_MS;
	CHECK_OK(ask_as(&h, ZHANG, 1, ASK_BY_AUTO, &why));
	put_card(&h, "n7.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:far\r\nFN:Far\r\n"
		"TEL;TYPE=CELL:+8613712345678\r\nEND:VCARD\r\n"));
	CHECK_OK(ask_as(&h, ZHANG, 7, ASK_BY_AUTO, &why));
	h.rules.budget = (struct ask_budget){ .sms_countries = STR("DE") };
	CHECK_ERR(ask_as(&h, ZHANG, 1, ASK_BY_AUTO, &why), ERR_LIMIT);
	CHECK(has(str_of(why.what), "country"));
	house_close(&h);
}

static enum err
owners_in(struct store_tx *tx, void *arg)
{
	(void)arg;
	for (int64_t id = 20; id < 24; id++) {
		const struct store_account owner = { .id = id,
			.login = (str){ &"abcdefgh"[id - 20], 1 },
			.name = STR("O"),
			.lang = STR("zh"),
			.region = STR("CN"),
			.policy = STR("fill"),
			.made_ms = 1 };

		TRY(store_account_add(tx, &owner));
	}
	return OK;
}

/* Row 7 of the threats: many owners and one victim. */
static void
of_a_target(void)
{
	struct house h = house_open();
	struct why why;
	struct letters letters;

	h.rules.budget = (struct ask_budget){ .per_target_week = 2 };
	must(store_write(h.store, owners_in, NULL) == OK);
	for (int64_t id = 20; id < 24; id++) {
		struct call call = call_of(&h, id);
		struct books books;
		struct book_put put = { .name = STR("n0.vcf"),
			.bytes = card_of(&h, 0) };
		struct book_put_done done;

		must(book_list(&call, id, &books) == OK);
		must(book_put(&call, &books.list[0], &put, &done, &why) == OK);
		CHECK_OK(ask_as(&h, id, 0, ASK_BY_AUTO, &why)); /* nobody is told */
	}
	letters = posted(&h);
	CHECK_INT(letters.count, 2);
	h.now_ms += WEEK_MS + WHEN_DAY_MS;
	letters = posted(&h);
	CHECK_INT(letters.count, 2); /* the others, a week later */
	house_close(&h);
}

static void
reminding(void)
{
	struct house h = house_open();
	struct why why = { 0 };
	struct ask_opened out;
	struct call call;
	struct letters letters;
	struct ask_peek peek;
	str first;

	fill(&h, 1);
	call = call_of(&h, ZHANG);
	CHECK_OK(ask_open(
	    &call, &h.rules, &(struct ask_draft){ .whom = STR("N 0") }, &out, &why));
	first = token_in(posted(&h).list[0].body);
	CHECK_ERR(ask_remind(&call, &h.rules, out.id, &why), ERR_CONDITION);
	h.now_ms += 8 * WHEN_DAY_MS;
	call = call_of(&h, ZHANG);
	CHECK_ERR(
	    ask_remind(&call, &h.rules, out.id, &why), ERR_CONDITION); /* not sent */
	CHECK_OK(travel(&h, out.id, ASK_SENT, ""));
	CHECK_OK(ask_remind(&call, &h.rules, out.id, &why));
	letters = posted(&h);
	CHECK_INT(letters.count, 1);
	CHECK_ERR(ask_remind(&call, &h.rules, out.id, &why), ERR_CONDITION); /* once */
	/* Either link opens the same ask. */
	CHECK_OK(ask_peek(&call, first, &peek));
	CHECK(peek.open);
	CHECK(!str_same(token_in(letters.list[0].body), first));
	CHECK_OK(ask_peek(&call, token_in(letters.list[0].body), &peek));
	CHECK(peek.open);
	house_close(&h);
}

/* To the owner it looks as if he had been reminded. */
static void
reminding_who_shut_the_door(void)
{
	struct house h = house_open();
	struct why why = { 0 };
	struct ask_opened out;
	struct call call;
	struct ask_view view;
	str token;

	fill(&h, 1);
	call = call_of(&h, ZHANG);
	CHECK_OK(ask_open(
	    &call, &h.rules, &(struct ask_draft){ .whom = STR("N 0") }, &out, &why));
	token = token_in(posted(&h).list[0].body);
	CHECK_OK(travel(&h, out.id, ASK_SENT, ""));
	CHECK_OK(ask_leave(&call, &h.rules, token, ASK_EXIT_BLOCK_OWNER));
	h.now_ms += 8 * WHEN_DAY_MS;
	call = call_of(&h, ZHANG);
	CHECK_OK(ask_remind(&call, &h.rules, out.id, &why));
	CHECK_INT(leaving_letters(&h), 0);
	CHECK_OK(ask_find(&call, out.id, &view));
	CHECK_STR(view.events[view.event_count - 1].note, STR(ASK_REMINDED));
	CHECK_INT(view.state, ASK_SENT);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "of one owner in a day", of_one_owner },
	    { "of a new owner", of_a_new_owner }, { "of a pair", of_a_pair },
	    { "by SMS", by_sms }, { "of a target, over all owners", of_a_target },
	    { "one reminder", reminding },
	    { "a reminder at a shut door", reminding_who_shut_the_door });
}

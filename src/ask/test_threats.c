/* Rows of the table of threats that want a clock: years, days, an hour too late. */
#include <string.h>

#include "ask/fixture_int.h"
#include "store/fault.h"

#define LI_CARD                                                 \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\n" \
	"TEL;TYPE=CELL:18988888888\r\nEMAIL:li@example.com\r\nEND:VCARD\r\n"
#define GUESSES 500

static str
link_of(struct house *h, bool open_values)
{
	struct call zhang = call_of(h, ZHANG);
	struct ask_draft draft = { .whom = STR(LI_NUMBER),
		.by = ASK_BY_SELF,
		.mode = ASK_AUTO,
		.open_values = open_values };
	struct ask_opened out;
	struct why why = { 0 };

	must(ask_open(&zhang, &h->rules, &draft, &out, &why) == OK);
	return token_in(out.link);
}

/* A token that is one letter off opens nothing, and what ran out is as good as that. */
static void
row_01_token_guessing(void)
{
	struct house h = house_open();
	struct call nobody;
	struct ask_peek peek;
	str token;

	put_card(&h, "li.vcf", STR(LI_CARD));
	token = link_of(&h, false);
	CHECK_INT(token.len, 20);
	nobody = call_of(&h, CALL_NOBODY);
	for (size_t i = 0; i < token.len; i++) {
		char *other = arena_get(h.arena, token.len);

		memcpy(other, token.at, token.len);
		other[i] = other[i] == 'A' ? 'B' : 'A';
		CHECK_ERR(
		    ask_peek(&nobody, (str){ other, token.len }, &peek), ERR_NOT_FOUND);
	}
	for (size_t i = 0; i < GUESSES; i++)
		CHECK_ERR(ask_peek(&nobody, seal_token(h.arena), &peek), ERR_NOT_FOUND);
	CHECK_OK(ask_peek(&nobody, token, &peek));
	CHECK(peek.open);
	h.now_ms += h.rules.expire_ms + WHEN_DAY_MS;
	nobody = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_peek(&nobody, token, &peek));
	CHECK(!peek.open);
	CHECK_INT(peek.state, ASK_EXPIRED);
	house_close(&h);
}

static enum err
account_in(struct store_tx *tx, void *arg)
{
	static const struct store_account li = { .id = 12,
		.login = STR_CONST("li"),
		.lang = STR_CONST("zh"),
		.region = STR_CONST("CN"),
		.policy = STR_CONST("fill"),
		.made_ms = 1 };
	static const struct store_identifier number = { 12, STR_CONST("tel"),
		STR_CONST(LI_NUMBER), STR_CONST("code"), 1 };

	(void)arg;
	TRY(store_account_add(tx, &li));
	return store_identifier_add(tx, &number);
}

/* He shuts the door to this owner only. */
static enum err
block_in(struct store_tx *tx, void *arg)
{
	const struct call *call = arg;
	const struct ask_rules rules = { .block_key =
					     STR("0123456789abcdef0123456789abcdef") };

	return store_block_put(
	    tx, ZHANG, ask_address_hash(call, &rules, STR("+8613911113333")), 1);
}

struct work {
	int64_t calls;
	uint64_t trail;
};

/* What the database does for one ask, and for its reminder. */
static struct work
work_of(struct house *h, const char *whom, struct work *reminding)
{
	struct work work;
	struct ask_opened opened;
	struct why why = { 0 };
	struct call zhang;

	store_fault_at(0, OK);
	CHECK_OK(ask_whom(h, whom, ASK_BY_SMS, &opened));
	work = (struct work){ store_fault_calls(), store_fault_trail() };
	CHECK_OK(travel(h, opened.id, ASK_SENT, ""));
	h->now_ms += ASK_REMIND_AFTER_MS;
	zhang = call_of(h, ZHANG);
	store_fault_at(0, OK);
	CHECK_OK(ask_remind(&zhang, &h->rules, opened.id, &why));
	*reminding = (struct work){ store_fault_calls(), store_fault_trail() };
	h->now_ms -= ASK_REMIND_AFTER_MS;
	return work;
}

/* One with an account, one who has shut the door to all or to this owner, one nobody knows
 * of: the same statements in the same order, and as many rows. */
static void
row_06_the_same_work(void)
{
	static const char *const numbers[] = { "18988888888", "13911112222",
		"13911113333", "13911114444" };
	struct house h = house_open();
	struct work first = { 0 }, reminded = { 0 };
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct why why;

	store_close(&h.store);
	must(store_open_faulty(str_of(h.folder), &h.store, &why) == OK);
	nobody.store = h.store;
	must(store_write(h.store, account_in, NULL) == OK);
	for (size_t i = 0; i < ASK_COUNT(numbers); i++) {
		char *name = arena_get(h.arena, 32);

		(void)snprintf(name, 32, "%s.vcf", numbers[i]);
		put_card(&h, name,
		    arena_printf(h.arena,
			"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:%s\r\nFN:%s\r\n"
			"TEL;TYPE=CELL:%s\r\nEND:VCARD\r\n",
			numbers[i], numbers[i], numbers[i]));
	}
	must(ask_block_address(&nobody, &h.rules, STR("+8613911112222")) == OK);
	must(store_write(h.store, block_in, &nobody) == OK);
	for (size_t i = 0; i < ASK_COUNT(numbers); i++) {
		struct work again, work = work_of(&h, numbers[i], &again);

		check_about(numbers[i]);
		CHECK(work.calls > 10 && again.calls > 5);
		if (i) {
			CHECK_INT(work.calls, first.calls);
			CHECK(work.trail == first.trail);
			CHECK_INT(again.calls, reminded.calls);
			CHECK(again.trail == reminded.trail);
		}
		first = work;
		reminded = again;
	}
	check_about(NULL);
	h.now_ms += ASK_REMIND_AFTER_MS;
	CHECK_INT(leaving_letters(&h), 4); /* notice and reminder of two of them */
	house_close(&h);
}

/* Whole values, where the owner says so; of a card of which nothing was heard for years
 * the number may be another's by now, and it stays masked until it was confirmed. */
static void
row_05_old_values_are_masked(void)
{
	struct house h = house_open();
	struct card_op confirm = { .kind = CARD_CONFIRM };
	struct ask_answered answered;
	str token;

	put_card(&h, "li.vcf", STR(LI_CARD));
	token = link_of(&h, true);
	CHECK(has(offer_of(&h, token, CARD_F_MOBILE).shown, "18988888888"));
	CHECK(has(offer_of(&h, token, CARD_F_EMAIL).shown, "li@example.com"));

	h.now_ms += ASK_OLD_MS;
	token = link_of(&h, true);
	CHECK(!has(offer_of(&h, token, CARD_F_MOBILE).shown, "1898888"));
	CHECK(has(offer_of(&h, token, CARD_F_MOBILE).shown, "8888"));
	CHECK(!has(offer_of(&h, token, CARD_F_EMAIL).shown, "li@example.com"));

	confirm.field = CARD_F_MOBILE;
	confirm.item = offer_of(&h, token, CARD_F_MOBILE).item;
	CHECK_OK(answer_with(&h, token, &confirm, 1, &answered));
	CHECK_INT(answered.verified, 1);
	token = link_of(&h, true);
	CHECK(has(offer_of(&h, token, CARD_F_MOBILE).shown, "18988888888"));
	house_close(&h);
}

/* One notice, one reminder a week later, and never a third; then a quarter of silence. */
static void
row_07_reminders_end(void)
{
	struct house h = house_open();
	struct ask_opened asked, again;
	struct why why = { 0 };
	struct call zhang;

	h.rules.budget.again_after_ms = 90 * WHEN_DAY_MS;
	put_card(&h, "li.vcf", STR(LI_CARD));
	CHECK_OK(ask_whom(&h, LI_NUMBER, ASK_BY_SMS, &asked));
	CHECK_OK(travel(&h, asked.id, ASK_SENT, ""));
	CHECK_INT(posted(&h).count, 1);
	zhang = call_of(&h, ZHANG);
	CHECK_ERR(ask_remind(&zhang, &h.rules, asked.id, &why), ERR_CONDITION);
	h.now_ms += ASK_REMIND_AFTER_MS;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_remind(&zhang, &h.rules, asked.id, &why));
	CHECK_INT(posted(&h).count, 1);
	h.now_ms += WHEN_DAY_MS;
	zhang = call_of(&h, ZHANG);
	CHECK_ERR(ask_remind(&zhang, &h.rules, asked.id, &why), ERR_CONDITION);
	CHECK_ERR(ask_whom(&h, LI_NUMBER, ASK_BY_SMS, &again), ERR_LIMIT);
	h.now_ms += 90 * WHEN_DAY_MS;
	CHECK_OK(ask_whom(&h, LI_NUMBER, ASK_BY_SMS, &again));
	house_close(&h);
}

/* Auto, and a link that was delivered to a number of an hour ago: whoever put the number
 * there may hold it, so the address that was there stays until the owner has looked. */
static void
row_10_a_fresh_number_takes_nothing_away(void)
{
	static const struct {
		int64_t age_ms;
		char decision;
	} rows[] = { { WHEN_DAY_MS / 24, 'w' }, { 2 * WHEN_DAY_MS, 'a' } };

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct house h = house_open();
		struct call zhang;
		struct ask_draft draft = {
			.whom = STR(LI_NUMBER), .by = ASK_BY_SMS, .mode = ASK_AUTO
		};
		struct card_op change = { .kind = CARD_CHANGE,
			.field = CARD_F_EMAIL,
			.value = STR("mum@example.org") };
		struct ask_opened opened;
		struct ask_answered answered;
		struct ask_view view;
		struct why why = { 0 };
		str token;

		put_card(&h, "li.vcf", STR(LI_CARD));
		h.now_ms += rows[i].age_ms;
		zhang = call_of(&h, ZHANG);
		CHECK_OK(ask_open(&zhang, &h.rules, &draft, &opened, &why));
		token = token_in(posted(&h).list[0].body);
		CHECK_OK(travel(&h, opened.id, ASK_SENT, ""));
		change.item = offer_of(&h, token, CARD_F_EMAIL).item;
		CHECK_OK(answer_with(&h, token, &change, 1, &answered));
		zhang = call_of(&h, ZHANG);
		CHECK_OK(ask_find(&zhang, opened.id, &view));
		CHECK_INT(view.items[0].decision, rows[i].decision);
		CHECK_INT(has(card_bytes(&h, "li.vcf"), "li@example.com"),
		    rows[i].decision == 'w');
		house_close(&h);
	}
}

int
main(void)
{
	return CHECK_RUN({ "row 01: token guessing", row_01_token_guessing },
	    { "row 05: old values are masked", row_05_old_values_are_masked },
	    { "row 06: the same work", row_06_the_same_work },
	    { "row 07: reminders end", row_07_reminders_end },
	    { "row 10: a fresh number takes nothing away",
		row_10_a_fresh_number_takes_nothing_away });
}

/* Rows of the table of threats that want a clock: years, days, an hour too late. */
#include <string.h>

#include "ask/fixture_int.h"

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
	    { "row 07: reminders end", row_07_reminders_end },
	    { "row 10: a fresh number takes nothing away",
		row_10_a_fresh_number_takes_nothing_away });
}

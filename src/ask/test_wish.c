/* test_wish.c - asks made in a contacts program: grace, caps, what goes and what stays. */
#include "ask/fixture_int.h"

#define CARD(number, lines)                                             \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u" number "\r\nFN:N " number \
	"\r\nTEL;TYPE=CELL:1390000000" number "\r\n" lines "END:VCARD\r\n"

static void
round_of(struct house *h)
{
	struct call call = call_of(h, CALL_NOBODY);

	CHECK_OK(ask_wishes(&call, &h->rules));
}

static size_t
asks_of(struct house *h, struct ask_view **out)
{
	struct call call = call_of(h, ZHANG);
	size_t count;

	must(ask_list(&call, 0, 100, out, &count) == OK);
	return count;
}

static void
a_question_mark(void)
{
	struct house h = house_open();
	struct ask_view *asks;
	struct letters letters;

	h.rules.wish_grace_ms = 600000;
	put_card(&h, "a.vcf", STR(CARD("1", "EMAIL:?\r\nNOTE:mine\r\n")));
	put_card(&h, "b.vcf", STR(CARD("2", "NOTE:why?\r\n")));
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 0); /* it may still be taken back */
	h.now_ms += 700000;
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1);
	CHECK_STR(asks[0].card, STR("a.vcf"));
	CHECK_STR(card_bytes(&h, "a.vcf"), STR(CARD("1", "NOTE:mine\r\n")));
	letters = posted(&h);
	CHECK_INT(letters.count, 1);
	round_of(&h);
	h.now_ms += 700000;
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1); /* once */
	house_close(&h);
}

static void
taken_back(void)
{
	struct house h = house_open();
	struct ask_view *asks;

	h.rules.wish_grace_ms = 600000;
	put_card(&h, "a.vcf", STR(CARD("1", "CATEGORIES:请更新\r\n")));
	round_of(&h);
	h.now_ms += 300000;
	put_card(&h, "a.vcf", STR(CARD("1", "")));
	h.now_ms += 700000;
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 0);
	house_close(&h);
}

/* Group, tag and mark together: these fields, and the rest of the note is nobody's. */
static void
which_fields(void)
{
	struct house h = house_open();
	struct ask_view *asks;
	struct call nobody;
	struct ask_peek peek;

	put_card(&h, "a.vcf",
	    STR(CARD("1", "ORG:?\r\nNOTE:#更新 邮箱 qq whatever\\n秘密\r\n")));
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1);
	nobody = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_peek(&nobody, token_in(posted(&h).list[0].body), &peek));
	CHECK_INT(peek.wanted_count, 3);
	CHECK_INT(peek.wanted[0], CARD_F_ORG);
	CHECK_INT(peek.wanted[1], CARD_F_EMAIL);
	CHECK_INT(peek.wanted[2], CARD_F_QQ);
	CHECK_STR(card_bytes(&h, "a.vcf"), STR(CARD("1", "NOTE:秘密\r\n")));
	house_close(&h);
}

/* Who cannot be asked keeps his mark: nothing is lost. */
static void
nobody_to_reach(void)
{
	struct house h = house_open();
	struct ask_view *asks;
	str card =
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:X\r\nEMAIL:?\r\nEND:VCARD\r\n");

	put_card(&h, "x.vcf", card);
	round_of(&h);
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 0);
	CHECK_STR(card_bytes(&h, "x.vcf"), card);
	house_close(&h);
}

/* Select all, and a finger slips. */
static void
all_at_once(void)
{
	struct house h = house_open();
	struct ask_view *asks;

	for (int i = 0; i < 9; i++)
		put_card(&h,
		    arena_copy(h.arena, arena_printf(h.arena, "n%d.vcf", i)).at,
		    arena_printf(h.arena,
			"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:n%d\r\nFN:N\r\n"
			"TEL;TYPE=CELL:1390000000%d\r\nCATEGORIES:Ask to update\r\n"
			"END:VCARD\r\n",
			i, i));
	round_of(&h);
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 5);
	h.now_ms += 2 * WHEN_HOUR_MS;
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 9);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "a question mark", a_question_mark },
	    { "taken back in time", taken_back }, { "which fields", which_fields },
	    { "nobody to reach", nobody_to_reach }, { "all at once", all_at_once });
}

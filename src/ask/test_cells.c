/*
 * test_cells.c - the owner edits his card between asking and the answer: every cell of
 * card/merge.h, on the card's own bytes, before and after the owner's word.
 */
#include "ask/fixture_int.h"

#define HEAD                                                              \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Own//EN\r\nUID:li-1\r\n" \
	"N:李;四;;;\r\nFN:李四\r\nTEL;TYPE=CELL:18988888888\r\n"
#define WORK \
	"item1.TEL;TYPE=WORK;X-OWN=\"a,b\":010-65521234\r\nitem1.X-ABLabel:暗号\r\n"
#define OTHER \
	"item1.TEL;TYPE=WORK;X-OWN=\"a,b\":010-65520000\r\nitem1.X-ABLabel:暗号\r\n"
#define SAID \
	"item1.TEL;TYPE=WORK;X-OWN=\"a,b\":010-65529999\r\nitem1.X-ABLabel:暗号\r\n"
#define TAIL                                                                          \
	"NOTE:只有我知道\\, und das ist ein sehr langer Satz der gefaltet\r\n  " \
	"wurde\r\nCATEGORIES:球友\r\nX-UNKNOWN;A=b:c\r\nEND:VCARD\r\n"

struct cell {
	const char *why;
	const char *now; /* the owner's lines when the answer comes */
	enum card_op_kind op;
	enum card_field field; /* of an insert */
	const char *value;
	char decision;
	const char *in, *out;             /* after the answer: stands, does not */
	const char *in_after, *out_after; /* after the owner has accepted */
	bool same;                        /* the answer alone changed no byte */
};

/* In mode auto with evidence 3: only the cells' own nature makes anything wait. */
static const struct cell cells[] = {
	{ "confirm, unchanged", WORK, CARD_CONFIRM, 0, "", 'v', "65521234", NULL, NULL,
	    NULL, true },
	{ "confirm, changed", OTHER, CARD_CONFIRM, 0, "", 'w', "65520000", "65521234",
	    "65521234", NULL, true },
	{ "confirm, gone", "", CARD_CONFIRM, 0, "", 'w', NULL, "65521234", "65521234",
	    NULL, true },
	{ "change, unchanged", WORK, CARD_CHANGE, 0, "010-65529999", 'a', SAID,
	    "65521234", NULL, NULL, false },
	{ "change, changed alike", SAID, CARD_CHANGE, 0, "010 6552 9999", 'v', SAID,
	    NULL, NULL, NULL, true },
	{ "change, changed", OTHER, CARD_CHANGE, 0, "010-65529999", 'w', OTHER,
	    "65529999", "65529999", NULL, true },
	{ "change, gone", "", CARD_CHANGE, 0, "010-65529999", 'w', NULL, "65529999",
	    "65529999", "65521234", true },
	{ "gone, unchanged", WORK, CARD_GONE, 0, "", 'a', NULL, "65521234", NULL, NULL,
	    false },
	{ "gone, changed", OTHER, CARD_GONE, 0, "", 'w', "65520000", NULL, NULL,
	    "65520000", true },
	{ "gone, gone", "", CARD_GONE, 0, "", 'n', NULL, "65521234", NULL, NULL, true },
	{ "insert, there already", WORK, CARD_INSERT, CARD_F_WORK_TEL, "01065521234",
	    'v', "65521234", NULL, NULL, NULL, true },
	{ "insert, empty", WORK, CARD_INSERT, CARD_F_EMAIL, "li@example.com", 'a',
	    "li@example.com", NULL, NULL, NULL, false },
	{ "insert, a second", WORK, CARD_INSERT, CARD_F_WORK_TEL, "010-65527777", 'a',
	    "65527777", NULL, NULL, NULL, false },
};

/* What no answer may touch, whatever it says. */
static void
private_bytes_stand(str card)
{
	CHECK(has(card, HEAD));
	CHECK(has(card, "NOTE:只有我知道\\, und das ist ein sehr langer Satz der"));
	CHECK(
	    has(card, "gefaltet\r\n  wurde\r\nCATEGORIES:球友\r\nX-UNKNOWN;A=b:c\r\n"));
}

static str
text_of(struct house *h, const char *lines)
{
	return arena_printf(h->arena, "%s%s%s", HEAD, lines, TAIL);
}

static void
stands(str card, const char *in, const char *out)
{
	if (in)
		CHECK(has(card, in));
	if (out)
		CHECK(!has(card, out));
}

static void
accept(struct house *h, int64_t id, const struct cell *cell)
{
	struct call zhang = call_of(h, ZHANG);
	struct why why = { 0 };
	str card;

	CHECK_OK(ask_decide(&zhang, id, SIZE_MAX, true, &why));
	card = card_bytes(h, "li.vcf");
	stands(card, cell->in_after, cell->out_after);
	private_bytes_stand(card);
	CHECK_INT(state_of(h, id), ASK_MERGED);
}

static void
play(const struct cell *cell)
{
	struct house h = house_open();
	struct call zhang = call_of(&h, ZHANG);
	struct ask_draft draft = { .whom = STR("18988888888"), .mode = ASK_AUTO };
	struct ask_opened opened;
	struct ask_answered answered;
	struct ask_view view;
	struct card_op op = {
		.kind = cell->op, .field = cell->field, .value = str_of(cell->value)
	};
	struct why why = { 0 };
	str token;
	str card;

	put_card(&h, "li.vcf", text_of(&h, WORK));
	h.now_ms += 2 * WHEN_DAY_MS;
	zhang.now_ms = h.now_ms;
	CHECK_OK(ask_open(&zhang, &h.rules, &draft, &opened, &why));
	token = token_in(posted(&h).list[0].body);
	if (op.kind != CARD_INSERT)
		op.item = offer_of(&h, token, CARD_F_WORK_TEL).item;
	put_card(&h, "li.vcf", text_of(&h, cell->now)); /* the owner edits */
	CHECK_OK(answer_with(&h, token, &op, 1, &answered));
	card = card_bytes(&h, "li.vcf");
	stands(card, cell->in, cell->out);
	if (cell->same)
		CHECK_STR(card, text_of(&h, cell->now));
	private_bytes_stand(card);
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_find(&zhang, opened.id, &view));
	CHECK_INT(view.item_count, 1);
	CHECK_INT(view.items[0].decision, cell->decision);
	CHECK_INT(view.state, cell->decision == 'w' ? ASK_ANSWERED : ASK_MERGED);
	if (cell->decision == 'w')
		accept(&h, opened.id, cell);
	house_close(&h);
}

static void
all_cells(void)
{
	for (size_t i = 0; i < ASK_COUNT(cells); i++) {
		check_about(cells[i].why);
		play(&cells[i]);
	}
	check_about(NULL);
}

/* The default: what would take something away waits, what only adds does not. */
static void
fill(void)
{
	struct house h = house_open();
	int64_t id;
	str token;
	struct card_op ops[4];
	struct ask_answered answered;

	put_card(&h, "li.vcf", text_of(&h, WORK));
	token = ask_self(&h, "李四", ASK_MODE_ACCOUNT, &id);
	ops[0] = (struct card_op){ .kind = CARD_CHANGE,
		.item = offer_of(&h, token, CARD_F_WORK_TEL).item,
		.value = STR("010-65529999") };
	ops[1] = (struct card_op){ .kind = CARD_CONFIRM,
		.item = offer_of(&h, token, CARD_F_MOBILE).item };
	ops[2] = insert(CARD_F_EMAIL, "li@example.com");
	ops[3] = insert(CARD_F_MOBILE, "13900000001");
	CHECK_OK(answer_with(&h, token, ops, 4, &answered));
	CHECK_INT(answered.state, ASK_PARTLY);
	CHECK_INT(answered.applied, 1);
	CHECK_INT(answered.verified, 1);
	CHECK_INT(answered.waiting, 2);
	CHECK(has(card_bytes(&h, "li.vcf"), WORK));
	CHECK(has(card_bytes(&h, "li.vcf"), "li@example.com"));
	CHECK(!has(card_bytes(&h, "li.vcf"), "13900000001"));
	house_close(&h);
}

/* Auto, but by a link the owner sent himself: the ways he is reached by stay. */
static void
floor_under_auto(void)
{
	struct house h = house_open();
	int64_t id;
	str token;
	struct card_op ops[3];
	struct ask_answered answered;
	struct ask_view view;
	struct call zhang;

	put_card(&h, "li.vcf",
	    text_of(&h, WORK "EMAIL:li@example.com\r\nURL:http://a.cn/\r\n"));
	token = ask_self(&h, "李四", ASK_AUTO, &id);
	ops[0] = (struct card_op){ .kind = CARD_CHANGE,
		.item = offer_of(&h, token, CARD_F_EMAIL).item,
		.value = STR("mum@example.org") };
	ops[1] = (struct card_op){ .kind = CARD_CHANGE,
		.item = offer_of(&h, token, CARD_F_URL).item,
		.value = STR("https://b.cn/") };
	ops[2] = insert(CARD_F_MOBILE, "+1 900 555 0123"); /* it costs */
	CHECK_OK(answer_with(&h, token, ops, 3, &answered));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_find(&zhang, id, &view));
	CHECK_INT(view.items[0].decision, 'w');
	CHECK_INT(view.items[1].decision, 'a');
	CHECK_INT(view.items[2].decision, 'w');
	CHECK(has(card_bytes(&h, "li.vcf"), "EMAIL:li@example.com\r\n"));
	CHECK(!has(card_bytes(&h, "li.vcf"), "mum@"));
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "every cell", all_cells }, { "fill", fill },
	    { "the floor under auto", floor_under_auto });
}

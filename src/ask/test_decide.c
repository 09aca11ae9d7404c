/* test_decide.c - the owner's own wording in the place of the target's, and what waits. */
#include "ask/fixture_int.h"
#include "ask/said.h"
#include "book/book.h"

#define LI                                                                      \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\nN:李;四;;;\r\n" \
	"TEL;TYPE=CELL:18988888888\r\nEMAIL:old@b.cn\r\nEND:VCARD\r\n"

enum { ORG, MOBILE, EMAIL, SAYS };

/* He has a firm, another number, and his old address is his no more; all of it waits. */
static int64_t
answered(struct house *h)
{
	int64_t id;
	str token;
	struct card_op ops[SAYS] = { insert(CARD_F_ORG, "示例公司"),
		{ .kind = CARD_CHANGE, .value = STR("13900000000") },
		{ .kind = CARD_GONE } };
	struct ask_answered out;

	put_card(h, "li.vcf", STR(LI));
	token = ask_self(h, "李四", ASK_REVIEW, &id);
	ops[MOBILE].item = offer_of(h, token, CARD_F_MOBILE).item;
	ops[EMAIL].item = offer_of(h, token, CARD_F_EMAIL).item;
	CHECK_OK(answer_with(h, token, ops, SAYS, &out));
	CHECK_INT(out.waiting, SAYS);
	return id;
}

static enum err
decide_as(struct house *h, int64_t id, size_t at, const char *value, struct why *why)
{
	struct call zhang = call_of(h, ZHANG);

	*why = (struct why){ 0 };
	return ask_decide_as(&zhang, id, at, str_of(value), why);
}

static struct ask_view
view_of(struct house *h, int64_t id)
{
	struct call zhang = call_of(h, ZHANG);
	struct ask_view view;

	must(ask_find(&zhang, id, &view) == OK);
	return view;
}

static struct ask_said
said_of(struct house *h, enum card_field field)
{
	struct call zhang = call_of(h, ZHANG);
	struct book book = book_of(h);
	struct ask_said *rows;
	size_t count;

	must(ask_said_of_card(&zhang, book.name, STR("li.vcf"), &rows, &count) == OK);
	for (size_t i = 0; i < count; i++)
		if (rows[i].field == field)
			return rows[i];
	return (struct ask_said){ 0 };
}

static void
in_his_own_words(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	struct ask_view view;
	struct why why;

	CHECK_OK(decide_as(&h, id, ORG, "  示例（北京）公司 ", &why));
	CHECK(has(card_bytes(&h, "li.vcf"), "ORG:示例（北京）公司\r\n"));
	view = view_of(&h, id);
	CHECK_INT(view.state, ASK_PARTLY);
	CHECK_INT(view.items[ORG].decision, 'a');
	CHECK(view.items[ORG].worded);
	CHECK_STR(view.items[ORG].after, STR("示例（北京）公司"));
	CHECK_STR(view.items[ORG].said, STR("示例公司")); /* kept beside it */
	CHECK(!view.items[MOBILE].worded && !view.items[EMAIL].worded);
	CHECK_STR(view.events[view.event_count - 1].note, STR(ASK_NOTE_WORDED));
	CHECK_INT(said_of(&h, CARD_F_ORG).at_ms, 0); /* nobody else said that */
	CHECK_ERR(decide_as(&h, id, ORG, "again", &why), ERR_CONDITION);
	CHECK_ERR(decide_as(&h, id, SAYS, "none", &why), ERR_CONDITION);
	house_close(&h);
}

/* The version it made says by whom; one accepted as it came does not. */
static void
the_history_says_so(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	int64_t ask;
	bool worded;
	struct book book = book_of(&h);
	struct book_version now;
	struct why why = { 0 };
	struct call zhang;

	CHECK_OK(decide_as(&h, id, ORG, "别的公司", &why));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(book_version_now(&zhang, &book, STR("li.vcf"), &now));
	CHECK(ask_version_of(now.door, now.note, &ask, &worded));
	CHECK_INT(ask, id);
	CHECK(worded);
	CHECK_OK(ask_decide(&zhang, id, MOBILE, true, &why));
	CHECK_OK(book_version_now(&zhang, &book, STR("li.vcf"), &now));
	CHECK(ask_version_of(now.door, now.note, &ask, &worded));
	CHECK_INT(ask, id);
	CHECK(!worded);
	house_close(&h);
}

/* A number written otherwise is the target's word all the same. */
static void
the_same_written_otherwise(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	struct why why;

	CHECK_OK(decide_as(&h, id, MOBILE, "+86 139 0000 0000", &why));
	CHECK(has(card_bytes(&h, "li.vcf"), "+86 139 0000 0000"));
	CHECK(said_of(&h, CARD_F_MOBILE).at_ms > 0);
	CHECK_INT(said_of(&h, CARD_F_MOBILE).ask, id);
	house_close(&h);
}

/* "Not mine any more": the owner knows what it is instead. */
static void
instead_of_gone(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	struct why why;
	str card;

	CHECK_OK(decide_as(&h, id, EMAIL, "new@b.cn", &why));
	card = card_bytes(&h, "li.vcf");
	CHECK(has(card, "EMAIL:new@b.cn\r\n") && !has(card, "old@b.cn"));
	CHECK_INT(said_of(&h, CARD_F_EMAIL).at_ms, 0);
	CHECK_OK(decide_as(&h, id, MOBILE, "13700000000", &why));
	CHECK(has(card_bytes(&h, "li.vcf"), "new@b.cn")); /* the first one stays */
	house_close(&h);
}

/* Judged by the rule of its field; nothing is decided by a bad one. */
static void
held_to_the_field(void)
{
	static char long_value[CARD_VALUE_MAX_BYTES + 2];
	static const struct {
		size_t at;
		const char *value;
		enum err outcome;
		str name;
	} rows[] = {
		{ MOBILE, "nonsense", ERR_BAD_INPUT, STR_CONST("mobile") },
		{ EMAIL, "no address", ERR_BAD_INPUT, STR_CONST("email") },
		{ ORG, "   ", ERR_BAD_INPUT, STR_CONST("value") },
		{ SIZE_MAX, "all", ERR_BAD_INPUT, STR_CONST("value") },
		{ ORG, long_value, ERR_TOO_LARGE, STR_CONST("org") },
	};
	struct house h = house_open();
	int64_t id = answered(&h);
	struct why why;

	for (size_t i = 0; i + 1 < sizeof long_value; i++)
		long_value[i] = 'x';
	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		check_about(rows[i].value);
		CHECK_ERR(decide_as(&h, id, rows[i].at, rows[i].value, &why),
		    rows[i].outcome);
		CHECK_STR(why.name, rows[i].name);
	}
	CHECK_STR(card_bytes(&h, "li.vcf"), STR(LI));
	CHECK_INT(state_of(&h, id), ASK_ANSWERED);
	house_close(&h);
}

/* Item by item and as a whole, as any answer. */
static void
taken_back(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	struct why why;
	struct call zhang;

	CHECK_OK(decide_as(&h, id, ORG, "别的公司", &why));
	CHECK_OK(decide_as(&h, id, MOBILE, "13700000000", &why));
	CHECK_OK(decide_as(&h, id, EMAIL, "new@b.cn", &why));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_undo(&zhang, id, MOBILE, &why));
	CHECK(has(card_bytes(&h, "li.vcf"), "18988888888"));
	CHECK(has(card_bytes(&h, "li.vcf"), "new@b.cn"));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_undo(&zhang, id, SIZE_MAX, &why));
	CHECK_STR(card_bytes(&h, "li.vcf"), STR(LI));
	CHECK_ERR(ask_undo(&zhang, id, SIZE_MAX, &why), ERR_CONDITION);
	CHECK_STR(ask_undo_word(&why), STR("nothing"));
	house_close(&h);
}

static void
what_waits(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	int64_t other, count;
	struct ask_view *views;
	size_t n;
	struct why why = { 0 };
	struct call zhang;

	(void)ask_self(&h, "李四", ASK_REVIEW, &other); /* nobody answered that */
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_waiting(&zhang, 0, 10, &views, &n));
	CHECK_INT(n, 1);
	CHECK_INT(views[0].id, id);
	CHECK_INT(views[0].item_count, SAYS);
	CHECK_STR(views[0].door, STR("web"));
	CHECK(views[0].answered_ms > 0 && !views[0].until_ms);
	CHECK_OK(ask_count_waiting(&zhang, &count));
	CHECK_INT(count, 1);
	CHECK_OK(ask_waiting(&zhang, views[0].made_ms, 10, &views, &n));
	CHECK_INT(n, 0);
	CHECK_OK(ask_decide(&zhang, id, ORG, true, &why));
	CHECK_OK(ask_count_waiting(&zhang, &count)); /* the rest does */
	CHECK_INT(count, 1);
	CHECK_OK(ask_decide(&zhang, id, SIZE_MAX, false, &why));
	CHECK_OK(ask_count_waiting(&zhang, &count));
	CHECK_INT(count, 0);
	CHECK_OK(ask_waiting(&zhang, 0, 10, &views, &n));
	CHECK_INT(n, 0);
	zhang.who = ZHANG + 1;
	CHECK_ERR(ask_decide_as(&zhang, id, ORG, STR("x"), &why), ERR_NOT_FOUND);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "in his own words", in_his_own_words },
	    { "the history says so", the_history_says_so },
	    { "the same written otherwise", the_same_written_otherwise },
	    { "instead of gone", instead_of_gone },
	    { "held to the field", held_to_the_field }, { "taken back", taken_back },
	    { "what waits", what_waits });
}

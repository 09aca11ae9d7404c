/* test_undo.c - answers taken back. */
#include "ask/fixture_int.h"

#define LI                                                                      \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\nN:李;四;;;\r\n" \
	"TEL;TYPE=CELL:18988888888\r\nNOTE:只有我知道\r\nEND:VCARD\r\n"

/* He adds company and mail, and changes his number; all of it is merged. */
static int64_t
answered(struct house *h)
{
	int64_t id;
	str token;
	struct card_op ops[] = { insert(CARD_F_ORG, "示例公司"),
		insert(CARD_F_EMAIL, "a@b.cn"),
		{ .kind = CARD_CHANGE, .value = STR("13900000000") } };
	struct ask_answered out;
	struct why why = { 0 };
	struct call zhang;

	put_card(h, "li.vcf", STR(LI));
	token = ask_self(h, "李四", ASK_AUTO, &id);
	ops[2].item = offer_of(h, token, CARD_F_MOBILE).item;
	CHECK_OK(answer_with(h, token, ops, 3, &out));
	zhang = call_of(h, ZHANG);
	if (out.waiting)
		CHECK_OK(ask_decide(&zhang, id, SIZE_MAX, true, &why));
	CHECK(has(card_bytes(h, "li.vcf"), "13900000000"));
	return id;
}

static enum err
undo(struct house *h, int64_t id, size_t at)
{
	struct call zhang = call_of(h, ZHANG);
	struct why why = { 0 };

	return ask_undo(&zhang, id, at, &why);
}

static void
all_of_it(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	struct call zhang;
	struct ask_view view;

	CHECK_OK(undo(&h, id, SIZE_MAX));
	CHECK_STR(card_bytes(&h, "li.vcf"), STR(LI)); /* byte for byte */
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_find(&zhang, id, &view));
	for (size_t i = 0; i < view.item_count; i++)
		CHECK_INT(view.items[i].decision, 'u');
	CHECK_ERR(undo(&h, id, SIZE_MAX), ERR_CONDITION); /* once is once */
	house_close(&h);
}

static void
what_the_owner_did_since_stays(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	str card = card_bytes(&h, "li.vcf");
	struct buf edited = buf_in(h.arena, 4096);

	buf_add(&edited, str_part(card, 0, card.len - 11)); /* END:VCARD */
	buf_add(&edited, STR("TITLE:经理\r\nEND:VCARD\r\n"));
	put_card(&h, "li.vcf", buf_str(&edited));
	CHECK_OK(undo(&h, id, SIZE_MAX));
	card = card_bytes(&h, "li.vcf");
	CHECK(has(card, "TITLE:经理"));
	CHECK(has(card, "18988888888") && !has(card, "13900000000"));
	CHECK(!has(card, "示例公司"));
	house_close(&h);
}

static void
one_value(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	str card;

	CHECK_OK(undo(&h, id, 2)); /* the number */
	card = card_bytes(&h, "li.vcf");
	CHECK(has(card, "TEL;TYPE=CELL:18988888888") && !has(card, "13900000000"));
	CHECK(has(card, "示例公司") && has(card, "a@b.cn"));
	CHECK_OK(undo(&h, id, 1));
	CHECK(!has(card_bytes(&h, "li.vcf"), "a@b.cn"));
	CHECK_ERR(undo(&h, id, 1), ERR_CONDITION);
	CHECK_ERR(undo(&h, id, 99), ERR_CONDITION);
	house_close(&h);
}

/* Acceptance 11: undo after a later edit of the same value refuses. */
static void
changed_since(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);

	put_card(&h, "li.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\nN:李;四;;;\r\n"
		"TEL;TYPE=CELL:13700000000\r\nORG:另一家\r\nEND:VCARD\r\n"));
	CHECK_ERR(undo(&h, id, 2), ERR_CONDITION);
	CHECK_ERR(undo(&h, id, 0), ERR_CONDITION);
	CHECK(has(card_bytes(&h, "li.vcf"), "13700000000"));
	house_close(&h);
}

static void
too_late(void)
{
	struct house h = house_open();
	int64_t id = answered(&h);
	struct call zhang;
	struct why why = { 0 };

	h.now_ms += ASK_UNDO_MS + WHEN_DAY_MS;
	CHECK_ERR(undo(&h, id, SIZE_MAX), ERR_CONDITION);
	CHECK_ERR(undo(&h, id + 1, SIZE_MAX), ERR_NOT_FOUND);
	zhang = call_of(&h, ZHANG);
	CHECK_ERR(ask_undo(&zhang, id, SIZE_MAX, &why), ERR_CONDITION);
	CHECK_STR(ask_undo_word(&why), STR("late"));
	CHECK_STR(ask_undo_word(&(struct why){ .what = "else" }), STR(""));
	house_close(&h);
}

/* "Until the end of the year write to me there." */
static void
for_a_time(void)
{
	struct house h = house_open();
	int64_t id;
	str token;
	struct card_op op = insert(CARD_F_HOME_ADDRESS, "某街 1 号");
	struct ask_reply reply = { .ops = { &op, 1 }, .by = ASK_DOOR_WEB };
	struct ask_answered out;
	struct why why = { 0 };
	struct call call;

	put_card(&h, "li.vcf", STR(LI));
	token = ask_self(&h, "李四", ASK_FILL, &id);
	call = call_of(&h, CALL_NOBODY);
	reply.until_ms = h.now_ms - 1;
	CHECK_ERR(ask_answer(&call, token, &reply, &out, &why), ERR_BAD_INPUT);
	CHECK_STR(why.name, STR("until"));
	reply.until_ms = h.now_ms + 30 * WHEN_DAY_MS;
	CHECK_OK(ask_answer(&call, token, &reply, &out, &why));
	CHECK(has(card_bytes(&h, "li.vcf"), "某街"));
	call = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_revert(&call, 10));
	CHECK(has(card_bytes(&h, "li.vcf"), "某街")); /* not yet */
	h.now_ms += 31 * WHEN_DAY_MS;
	call = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_revert(&call, 10));
	CHECK_STR(card_bytes(&h, "li.vcf"), STR(LI));
	CHECK_OK(ask_revert(&call, 10)); /* once */
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "all of an answer", all_of_it },
	    { "what the owner did since stays", what_the_owner_did_since_stays },
	    { "one value", one_value }, { "changed since", changed_since },
	    { "too late", too_late }, { "for a time", for_a_time });
}

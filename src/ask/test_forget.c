/* test_forget.c - what was not accepted is not kept for ever. */
#include "ask/fixture_int.h"

#define LI                                                                      \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\nN:李;四;;;\r\n" \
	"TEL;TYPE=CELL:18988888888\r\nEND:VCARD\r\n"

enum { ORG, EMAIL, MOBILE };

/* He adds his company, and says another mail and number; all of it waits. */
static int64_t
answered(struct house *h, str *token)
{
	struct card_op ops[] = { insert(CARD_F_ORG, "示例公司"),
		insert(CARD_F_EMAIL, "li@example.cn"),
		{ .kind = CARD_CHANGE, .value = STR("13900000000") } };
	struct ask_reply reply = { .ops = { ops, ASK_COUNT(ops) },
		.note = STR("周末勿扰"),
		.by = ASK_DOOR_WEB };
	struct ask_answered out;
	struct why why = { 0 };
	struct call call;
	int64_t id;

	put_card(h, "li.vcf", STR(LI));
	*token = ask_self(h, "李四", ASK_REVIEW, &id);
	ops[MOBILE].item = offer_of(h, *token, CARD_F_MOBILE).item;
	call = call_of(h, CALL_NOBODY);
	CHECK_OK(ask_answer(&call, *token, &reply, &out, &why));
	CHECK_INT(out.waiting, ASK_COUNT(ops));
	return id;
}

static void
decide(struct house *h, int64_t id, size_t at, bool accept)
{
	struct call zhang = call_of(h, ZHANG);
	struct why why = { 0 };

	CHECK_OK(ask_decide(&zhang, id, at, accept, &why));
}

static void
forget(struct house *h, int64_t days)
{
	struct call call;

	h->now_ms += days * WHEN_DAY_MS;
	call = call_of(h, CALL_NOBODY);
	CHECK_OK(ask_forget(&call, &h->rules));
}

static struct ask_view
view_of(struct house *h, int64_t id)
{
	struct call zhang = call_of(h, ZHANG);
	struct ask_view view;

	CHECK_OK(ask_find(&zhang, id, &view));
	return view;
}

static enum err
row_in(struct store_tx *tx, void *arg)
{
	struct house *h = arg;
	struct store_ask *asks;
	struct store_answer row;
	size_t count;
	str kept;

	TRY(store_ask_list(tx, h->arena, ZHANG, INT64_MAX, 1, &asks, &count));
	TRY(store_answer_find(tx, h->arena, ZHANG, asks[0].id, true, &row));
	kept = ARENA_JOIN(h->arena, row.ops, row.worded, row.note);
	CHECK(!has(kept, "bGlAZXhhbXBsZS5jbg")); /* li@example.cn, in base64 */
	CHECK(!has(kept, "周末勿扰"));
	return OK;
}

/* 30 days after the last word: what was refused goes, from the store itself; what was
 * accepted stays and can be taken back. */
static void
what_was_refused(void)
{
	struct house h = house_open();
	str token;
	int64_t id = answered(&h, &token);
	struct ask_view view;
	struct call zhang;
	struct why why = { 0 };

	h.rules.keep_refused_ms = 30 * WHEN_DAY_MS;
	decide(&h, id, ORG, true);
	decide(&h, id, MOBILE, true);
	forget(&h, 31); /* the mail waits: nothing is decided yet */
	view = view_of(&h, id);
	CHECK_STR(view.items[EMAIL].after, STR("li@example.cn"));
	decide(&h, id, EMAIL, false);
	forget(&h, 29);
	view = view_of(&h, id);
	CHECK_STR(view.items[EMAIL].after, STR("li@example.cn"));
	CHECK_STR(view.note, STR("周末勿扰"));
	CHECK_INT(view.forgot_ms, 0);
	forget(&h, 1);
	view = view_of(&h, id);
	CHECK_INT(view.item_count, 3);
	CHECK(view.items[EMAIL].forgotten && !view.items[EMAIL].worded);
	CHECK_STR(view.items[EMAIL].after, STR(""));
	CHECK_INT(view.items[EMAIL].decision, 'r');
	CHECK_INT(view.items[EMAIL].op.field, CARD_F_EMAIL);
	CHECK_STR(view.items[ORG].after, STR("示例公司"));
	CHECK(!view.items[ORG].forgotten && !view.items[MOBILE].forgotten);
	CHECK_STR(view.note, STR(""));
	CHECK(view.forgot_ms > 0);
	CHECK_OK(store_write(h.store, row_in, &h));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_undo(&zhang, id, MOBILE, &why));
	CHECK(has(card_bytes(&h, "li.vcf"), "18988888888"));
	CHECK_OK(ask_undo(&zhang, id, SIZE_MAX, &why));
	CHECK(!has(card_bytes(&h, "li.vcf"), "示例公司"));
	forget(&h, 31); /* and what was taken back goes in its turn */
	view = view_of(&h, id);
	CHECK(view.items[ORG].forgotten && view.items[MOBILE].forgotten);
	house_close(&h);
}

static void
what_nobody_decided(void)
{
	struct house h = house_open();
	str token;
	int64_t id = answered(&h, &token);
	struct ask_view view;
	struct call zhang;

	h.rules.keep_refused_ms = 30 * WHEN_DAY_MS;
	forget(&h, 400);
	view = view_of(&h, id);
	CHECK_STR(view.items[MOBILE].after, STR("13900000000"));
	CHECK_STR(view.note, STR("周末勿扰"));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_revoke(&zhang, id));
	forget(&h, 31); /* a closed ask is decided: none of it was accepted */
	view = view_of(&h, id);
	CHECK_INT(view.item_count, 3);
	for (size_t i = 0; i < view.item_count; i++) {
		CHECK(view.items[i].forgotten);
		CHECK_INT(view.items[i].decision, 'r');
	}
	house_close(&h);
}

static void
what_the_owner_worded(void)
{
	struct house h = house_open();
	str token;
	int64_t id = answered(&h, &token);
	struct ask_view view;
	struct call zhang = call_of(&h, ZHANG);
	struct why why = { 0 };

	h.rules.keep_refused_ms = 30 * WHEN_DAY_MS;
	CHECK_OK(ask_decide_as(&zhang, id, EMAIL, STR("si@example.cn"), &why));
	decide(&h, id, SIZE_MAX, false);
	forget(&h, 31);
	view = view_of(&h, id);
	CHECK(view.items[EMAIL].worded && view.items[EMAIL].forgotten);
	CHECK_STR(view.items[EMAIL].after, STR("si@example.cn"));
	CHECK_STR(view.items[EMAIL].said, STR(""));
	CHECK_OK(store_write(h.store, row_in, &h));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_undo(&zhang, id, EMAIL, &why));
	CHECK(!has(card_bytes(&h, "li.vcf"), "si@example.cn"));
	house_close(&h);
}

static void
for_ever(void)
{
	struct house h = house_open();
	str token;
	int64_t id = answered(&h, &token);

	decide(&h, id, SIZE_MAX, false);
	forget(&h, 4000); /* keep_refused_ms is 0 */
	CHECK_STR(view_of(&h, id).items[EMAIL].after, STR("li@example.cn"));
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "what was refused", what_was_refused },
	    { "what nobody decided", what_nobody_decided },
	    { "what the owner worded", what_the_owner_worded },
	    { "for ever", for_ever });
}

/* test_kept.c - answers kept for the next who asks. */
#include "ask/fixture_int.h"
#include "ask/kept.h"
#include "store/kept.h"

static const struct card_op said[] = {
	{ .kind = CARD_INSERT, .field = CARD_F_ORG, .value = STR_CONST("示例公司") },
	{ .kind = CARD_CHANGE,
	    .field = CARD_F_MOBILE,
	    .value = STR_CONST("13911112222") },
	{ .kind = CARD_CONFIRM, .field = CARD_F_EMAIL, .value = STR_CONST("l@b.cn") },
	{ .kind = CARD_INSERT, .field = CARD_F_PHOTO, .value = STR_CONST("jpeg") },
	{ .kind = CARD_GONE, .field = CARD_F_FAX },
};

static str
kept(struct house *h)
{
	struct call call = call_of(h, CALL_NOBODY);
	struct card_ops ops = { (struct card_op *)(uintptr_t)said, ASK_COUNT(said) };
	str token = ask_kept_token(&call);

	must(ask_kept_put(&call, &ops, token) == OK);
	return token;
}

static void
only_what_he_typed(void)
{
	struct house h = house_open();
	str token = kept(&h);
	struct call call = call_of(&h, CALL_NOBODY);
	struct card_ops out;
	int64_t until_ms;

	if (CHECK_OK(ask_kept_find(&call, token, &out, &until_ms)) &&
	    CHECK_INT(out.count, 2)) {
		CHECK_STR(out.list[0].value, STR("示例公司"));
		CHECK_INT(out.list[1].kind, CARD_INSERT);
		CHECK_STR(out.list[1].value, STR("13911112222"));
	}
	CHECK_ERR(
	    ask_kept_find(&call, seal_token(h.arena), &out, &until_ms), ERR_NOT_FOUND);
	house_close(&h);
}

static void
unreadable_in_the_store(void)
{
	struct house h = house_open();
	str token = kept(&h);
	SCOPED(store_tx) tx = NULL;
	struct store_kept row;

	must(store_look(h.store, &tx) == OK);
	if (CHECK_OK(
		store_kept_find(tx, h.arena, seal_token_hash(h.arena, token), &row))) {
		CHECK(!has(row.box, "示例公司"));
		CHECK(!has(row.box, "13911112222"));
	}
	CHECK_ERR(store_kept_find(tx, h.arena, token, &row), ERR_NOT_FOUND);
	store_tx_close(&tx);
	house_close(&h);
}

static void
said_anew(void)
{
	struct house h = house_open();
	str token = kept(&h);
	struct call call = call_of(&h, CALL_NOBODY);
	struct card_op op = {
		.kind = CARD_INSERT, .field = CARD_F_ORG, .value = STR("新公司")
	};
	struct card_ops one = { &op, 1 }, none = { 0 }, out;
	int64_t until_ms;

	CHECK_OK(ask_kept_put(&call, &one, token));
	CHECK_OK(ask_kept_put(&call, &one, token));
	if (CHECK_OK(ask_kept_find(&call, token, &out, &until_ms)) &&
	    CHECK_INT(out.count, 2))
		CHECK_STR(out.list[0].value, STR("新公司"));
	CHECK_ERR(ask_kept_put(&call, &none, token), ERR_NOT_FOUND);
	CHECK_OK(ask_kept_wipe(&call, token));
	CHECK_ERR(ask_kept_find(&call, token, &out, &until_ms), ERR_NOT_FOUND);
	CHECK_ERR(ask_kept_put(&call, &one, STR("short")), ERR_BAD_INPUT);
	CHECK_OK(ask_kept_put(&call, &one, token));
	if (CHECK_OK(ask_kept_find(&call, token, &out, &until_ms)))
		CHECK_INT(out.count, 1); /* what was wiped does not come back */
	house_close(&h);
}

static void
for_a_year(void)
{
	struct house h = house_open();
	str token = kept(&h);
	struct call call = call_of(&h, CALL_NOBODY);
	struct card_ops out;
	int64_t until_ms;
	SCOPED(store_tx) tx = NULL;
	struct store_kept row;

	call.now_ms += ASK_KEPT_MS - WHEN_DAY_MS;
	CHECK_OK(ask_sweep(&call, 1));
	CHECK_OK(ask_kept_find(&call, token, &out, &until_ms));
	call.now_ms += WHEN_DAY_MS;
	CHECK_ERR(ask_kept_find(&call, token, &out, &until_ms), ERR_NOT_FOUND);
	CHECK_OK(ask_sweep(&call, 1));
	must(store_look(h.store, &tx) == OK);
	CHECK_ERR(store_kept_find(tx, h.arena, seal_token_hash(h.arena, token), &row),
	    ERR_NOT_FOUND);
	store_tx_close(&tx);
	house_close(&h);
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "only what he typed", only_what_he_typed },
	    { "unreadable in the store", unreadable_in_the_store },
	    { "said anew, and wiped", said_anew }, { "for a year", for_a_year });
}

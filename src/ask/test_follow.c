/* test_follow.c - who is let have a field of somebody's own card by himself. */
#include "ask/fixture_int.h"
#include "ask/follow.h"
#include "store/said.h"

#define LI ((int64_t)12)
#define WU ((int64_t)13)
#define ENTRY                                                   \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:老李\r\n" \
	"TEL;TYPE=CELL:18988888888\r\nEND:VCARD\r\n"

static enum err
gave_in(struct store_tx *tx, void *arg)
{
	const struct store_given *given = arg;

	return store_given_put(tx, given);
}

static void
gave(struct house *h, int64_t owner, str field)
{
	struct store_given given = { .account = LI,
		.owner = owner,
		.owner_name = STR("张三"),
		.field = field,
		.key = STR("k"),
		.ask = 1,
		.at_ms = 1 };

	must(store_write(h->store, gave_in, &given) == OK);
}

static size_t
count_of(struct house *h, int64_t who)
{
	struct call call = call_of(h, who);
	struct ask_follow *list;
	size_t count;

	CHECK_OK(ask_follow_list(&call, &list, &count));
	return count;
}

static enum err
allow(struct house *h, int64_t owner, enum card_field field)
{
	struct call li = call_of(h, LI);
	struct why why = { 0 };

	return ask_follow_allow(&li, &h->rules, owner, field, &why);
}

static void
allowed(void)
{
	struct house h = house_open();
	struct call li = call_of(&h, LI), zhang = call_of(&h, ZHANG);

	gave(&h, ZHANG, STR("email"));
	gave(&h, WU, STR("email"));
	CHECK(!h.rules.follow); /* off, where nobody says otherwise */
	CHECK_ERR(allow(&h, ZHANG, CARD_F_EMAIL), ERR_UNSUPPORTED);
	CHECK_INT(count_of(&h, LI), 0);
	h.rules.follow = true;
	CHECK_ERR(allow(&h, ZHANG, CARD_F_ORG), ERR_NOT_FOUND); /* never given */
	CHECK_OK(allow(&h, ZHANG, CARD_F_EMAIL));
	CHECK_OK(allow(&h, ZHANG, CARD_F_EMAIL));
	CHECK_OK(allow(&h, WU, CARD_F_EMAIL));
	CHECK_INT(count_of(&h, LI), 2);
	CHECK_INT(count_of(&h, ZHANG), 0); /* the owner sees nothing of it */
	CHECK_OK(ask_follow_withdraw(&zhang, ZHANG, CARD_F_EMAIL)); /* nor ends it */
	CHECK_INT(count_of(&h, LI), 2);
	h.rules.follow = false;
	CHECK_OK(ask_follow_withdraw(&li, ZHANG, CARD_F_EMAIL));
	CHECK_OK(ask_follow_withdraw(&li, ZHANG, CARD_F_EMAIL));
	CHECK_INT(count_of(&h, LI), 1);
	house_close(&h);
}

/* What is taken back is followed no more; the other owner's stays. */
static void
forgotten(void)
{
	struct house h = house_open();
	struct call li = call_of(&h, LI);

	h.rules.follow = true;
	gave(&h, ZHANG, STR("email"));
	gave(&h, WU, STR("email"));
	CHECK_OK(allow(&h, ZHANG, CARD_F_EMAIL));
	CHECK_OK(allow(&h, WU, CARD_F_EMAIL));
	CHECK_OK(ask_given_forget(&li, ZHANG));
	CHECK_INT(count_of(&h, LI), 1);
	CHECK_ERR(allow(&h, ZHANG, CARD_F_EMAIL), ERR_NOT_FOUND);
	house_close(&h);
}

static enum err
li_in(struct store_tx *tx, void *arg)
{
	const struct store_account li = { .id = LI, .login = STR("li"), .made_ms = 1 };
	const struct store_identifier phone = { LI, STR("tel"), STR(LI_NUMBER),
		STR("operator"), 1 };

	(void)arg;
	TRY(store_account_add(tx, &li));
	return store_identifier_add(tx, &phone);
}

/* Blocking one ends what he follows; blocking all, what anybody does; declining, nothing. */
static void
blocked(void)
{
	static const struct {
		enum ask_exit how;
		size_t left;
	} rows[] = { { ASK_EXIT_DECLINE, 2 }, { ASK_EXIT_BLOCK_OWNER, 1 },
		{ ASK_EXIT_BLOCK_ALL, 0 } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct house h = house_open();
		struct call li = call_of(&h, LI), zhang = call_of(&h, ZHANG);
		struct ask_draft draft = { .whom = STR(LI_NUMBER), .kind = ASK_ID };
		struct ask_opened asked;
		struct why why = { 0 };

		h.rules.follow = true;
		must(store_write(h.store, li_in, NULL) == OK);
		put_card(&h, "li.vcf", STR(ENTRY));
		CHECK_OK(ask_open(&zhang, &h.rules, &draft, &asked, &why));
		gave(&h, ZHANG, STR("email"));
		gave(&h, WU, STR("email"));
		CHECK_OK(allow(&h, ZHANG, CARD_F_EMAIL));
		CHECK_OK(allow(&h, WU, CARD_F_EMAIL));
		CHECK_OK(ask_notice_leave(&li, &h.rules, asked.id, rows[i].how));
		CHECK_INT(count_of(&h, LI), rows[i].left);
		house_close(&h);
	}
}

/* --- what comes by itself --- */

static void
round_of(struct house *h)
{
	struct call call = call_of(h, CALL_NOBODY);

	CHECK_OK(ask_wishes(&call, &h->rules));
	CHECK_OK(ask_follow_round(&call, &h->rules));
}

static void
says(struct house *h, enum card_field field, const char *value)
{
	struct call li = call_of(h, LI);
	struct ask_own_item *items;
	struct card_op op = insert(field, value);
	struct why why = { 0 };
	size_t count;

	must(ask_own_card(&li, &items, &count) == OK);
	for (size_t i = 0; i < count; i++)
		if (items[i].field == field) {
			op.kind = CARD_CHANGE;
			op.item = items[i].item;
		}
	CHECK_OK(ask_own_change(&li, &(struct card_ops){ &op, 1 }, &why));
}

/* 李四 was asked by 张三, has answered from his own card, and lets him have his phone and his
 * address of mail. */
static struct house
followed(void)
{
	struct house h = house_open();
	struct call li;
	struct call zhang;
	struct ask_draft draft = { .whom = STR(LI_NUMBER), .kind = ASK_ID };
	struct ask_own_item *items;
	struct ask_opened asked;
	struct ask_answered answered;
	struct why why = { 0 };
	size_t picked[8];
	size_t count;

	h.rules.follow = true;
	must(store_write(h.store, li_in, NULL) == OK);
	put_card(&h, "li.vcf", STR(ENTRY));
	says(&h, CARD_F_EMAIL, "li@example.com");
	says(&h, CARD_F_ORG, "示例公司");
	round_of(&h); /* as it stands, nobody follows it */
	h.now_ms += 2 * WHEN_DAY_MS;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_open(&zhang, &h.rules, &draft, &asked, &why));
	li = call_of(&h, LI);
	CHECK_OK(ask_own_card(&li, &items, &count));
	for (size_t i = 0; i < count; i++)
		picked[i] = items[i].item;
	CHECK_OK(ask_notice_answer(
	    &li, &h.rules, asked.id, picked, count, STR(""), &answered, &why));
	CHECK_OK(allow(&h, ZHANG, CARD_F_EMAIL));
	CHECK_OK(allow(&h, ZHANG, CARD_F_MOBILE));
	round_of(&h);
	return h;
}

static size_t
asks_of(struct house *h, struct ask_view **out)
{
	struct call call = call_of(h, ZHANG);
	size_t count;

	must(ask_list(&call, 0, 100, out, &count) == OK);
	return count;
}

static bool
zhang_has(struct house *h, const char *text)
{
	return str_find(card_bytes(h, "li.vcf"), str_of(text)) != SIZE_MAX;
}

/* How many values the newest ask brought, and whether that one is among them. */
static bool
brought(struct house *h, const char *text, size_t *count)
{
	struct call zhang;
	struct ask_view *asks;
	struct ask_view newest;
	bool found = false;

	CHECK(asks_of(h, &asks) > 0);
	zhang = call_of(h, ZHANG);
	CHECK_OK(ask_find(&zhang, asks[0].id, &newest));
	for (size_t i = 0; i < newest.item_count; i++)
		found |= str_same(newest.items[i].after, str_of(text));
	*count = newest.item_count;
	return found;
}

static void
comes_by_itself(void)
{
	struct house h = followed();
	struct ask_view *asks;
	size_t count;

	CHECK_INT(asks_of(&h, &asks), 1);
	says(&h, CARD_F_ORG, "别的公司"); /* not followed */
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1);
	says(&h, CARD_F_EMAIL, "new@example.com");
	says(&h, CARD_F_ORG, "再别的公司");
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 2);
	CHECK(brought(&h, "new@example.com", &count));
	CHECK_INT(count, 1); /* and nothing that stayed as it was */
	CHECK(!zhang_has(&h, "再别的公司"));
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 2); /* once */
	house_close(&h);
}

static void
many_changes_are_one(void)
{
	struct house h = followed();
	struct ask_view *asks;
	size_t count;

	h.rules.wish_grace_ms = 600000;
	says(&h, CARD_F_EMAIL, "a@example.com");
	round_of(&h);
	says(&h, CARD_F_EMAIL, "b@example.com");
	says(&h, CARD_F_MOBILE, "13900000001");
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1); /* not yet */
	h.now_ms += 700000;
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 2);
	CHECK(brought(&h, "b@example.com", &count));
	CHECK(!brought(&h, "a@example.com", &count));
	house_close(&h);
}

static void
withdrawn(void)
{
	struct house h = followed();
	struct call li = call_of(&h, LI);
	struct ask_view *asks;

	says(&h, CARD_F_EMAIL, "new@example.com");
	CHECK_OK(ask_follow_withdraw(&li, ZHANG, CARD_F_EMAIL));
	CHECK_OK(ask_follow_withdraw(&li, ZHANG, CARD_F_MOBILE));
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1);
	CHECK(!zhang_has(&h, "new@example.com"));
	house_close(&h);
}

/* Off: nothing is noted and nothing brought; what was allowed waits for nobody. */
static void
switched_off(void)
{
	struct house h = followed();
	struct ask_view *asks;

	h.rules.follow = false;
	says(&h, CARD_F_EMAIL, "new@example.com");
	round_of(&h);
	h.rules.follow = true;
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1);
	house_close(&h);
}

/* The owner removed the entry: there is nowhere to bring it, and nothing stays due. */
static void
no_entry(void)
{
	struct house h = followed();
	struct ask_view *asks;

	remove_card(&h, "li.vcf");
	says(&h, CARD_F_EMAIL, "new@example.com");
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1);
	round_of(&h);
	CHECK_INT(asks_of(&h, &asks), 1);
	house_close(&h);
}

static void
limited(void)
{
	struct house h = house_open();

	h.rules.follow = true;
	for (int64_t i = 0; i <= ASK_FOLLOW_MAX; i++)
		gave(&h, 1000 + i, STR("email"));
	for (int64_t i = 0; i < ASK_FOLLOW_MAX; i++)
		CHECK_OK(allow(&h, 1000 + i, CARD_F_EMAIL));
	CHECK_ERR(allow(&h, 1000 + ASK_FOLLOW_MAX, CARD_F_EMAIL), ERR_LIMIT);
	CHECK_OK(allow(&h, 1000, CARD_F_EMAIL)); /* it is one of them */
	CHECK_INT(count_of(&h, LI), ASK_FOLLOW_MAX);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "by his own act, per owner and field", allowed },
	    { "what is taken back is followed no more", forgotten },
	    { "who is blocked follows no more", blocked },
	    { "what is followed comes by itself, and nothing else", comes_by_itself },
	    { "many changes are one", many_changes_are_one },
	    { "withdrawn while it is coming", withdrawn },
	    { "switched off", switched_off }, { "no entry any more", no_entry },
	    { "so many and no more", limited });
}

/* own.c - a target who has an account answers from his own card. */
#include "ask/own.h"

#include "ask/own_int.h"
#include "base/when.h"
#include "book/book_in.h"
#include "store/account.h"
#include "store/follow.h"
#include "store/said.h"

#define NOTICES_MAX 200

/* --- which asks are his --- */

struct notices {
	const struct call *call;
	const struct ask_rules *rules;
	struct ask_case *list; /* at most NOTICES_MAX */
	size_t count;
};

static bool
is_listed(const struct notices *n, const struct store_ask *ask)
{
	for (size_t i = 0; i < n->count; i++)
		if (n->list[i].row.id == ask->id &&
		    n->list[i].row.account == ask->account)
			return true;
	return false;
}

static enum err
add_asks_to(struct store_tx *tx, struct notices *n, str address)
{
	struct store_ask *asks;
	size_t count;
	int64_t since_ms = n->call->now_ms - ASK_EXPIRE_MAX_DAYS * WHEN_DAY_MS;

	TRY(store_ask_to(tx, n->call->arena,
	    ask_address_hash(n->call, n->rules, address), since_ms,
	    NOTICES_MAX - n->count, &asks, &count));
	for (size_t i = 0; i < count; i++)
		if (!is_listed(n, &asks[i]))
			TRY(ask_case_of(tx, n->call, &asks[i], &n->list[n->count++]));
	return OK;
}

static bool
newer(const struct ask_case *a, const struct ask_case *b)
{
	return a->row.made_ms > b->row.made_ms;
}

static void
sort(struct notices *n)
{
	for (size_t i = 1; i < n->count; i++)
		for (size_t j = i; j && newer(&n->list[j], &n->list[j - 1]); j--) {
			struct ask_case swap = n->list[j];

			n->list[j] = n->list[j - 1];
			n->list[j - 1] = swap;
		}
}

static bool
is_way(const struct store_identifier *his)
{
	return str_same(his->kind, STR("tel")) || str_same(his->kind, STR("email"));
}

static enum err
find_notices(struct store_tx *tx, struct notices *n)
{
	struct store_identifier *his;
	size_t count;

	if (n->call->who == CALL_NOBODY)
		return ERR_FORBIDDEN;
	TRY(store_identifier_list(tx, n->call->arena, n->call->who, &his, &count));
	for (size_t i = 0; i < count; i++)
		if (is_way(&his[i]))
			TRY(add_asks_to(tx, n, his[i].value));
	sort(n);
	return OK;
}

static struct notices *
notices_of(const struct call *call, const struct ask_rules *rules)
{
	struct notices *n = ARENA_NEW(call->arena, struct notices);

	n->call = call;
	n->rules = rules;
	n->list = ARENA_ARRAY(call->arena, struct ask_case, NOTICES_MAX);
	return n;
}

static enum err
view_of(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    struct ask_notice_view *out)
{
	*out = (struct ask_notice_view){ .id = it->row.id, .made_ms = it->row.made_ms };
	return ask_peek_in(tx, call, it, &out->who);
}

enum err
ask_notices(const struct call *call, const struct ask_rules *rules,
    struct ask_notice_view **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct notices *n = notices_of(call, rules);

	TRY(store_look(call->store, &tx));
	TRY(find_notices(tx, n));
	*out = ARENA_ARRAY(call->arena, struct ask_notice_view, n->count);
	*count = n->count;
	for (size_t i = 0; i < n->count; i++)
		TRY(view_of(tx, call, &n->list[i], &(*out)[i]));
	return OK;
}

static enum err
count_open_to(struct store_tx *tx, const struct notices *n, str address, size_t *count)
{
	struct store_ask *asks;
	size_t found;
	int64_t now_ms = n->call->now_ms;

	TRY(store_ask_to(tx, n->call->arena,
	    ask_address_hash(n->call, n->rules, address),
	    now_ms - ASK_EXPIRE_MAX_DAYS * WHEN_DAY_MS, NOTICES_MAX, &asks, &found));
	for (size_t i = 0; i < found; i++) {
		struct ask_standing at;

		if (!ask_standing_read(asks[i].state, &at))
			return ERR_STORE;
		*count += ask_state_open(at.state) && !at.blocked &&
			  now_ms < asks[i].expires_ms;
	}
	return OK;
}

/* Counted with every page: the rows alone, without who asks. */
enum err
ask_notices_open(const struct call *call, const struct ask_rules *rules, size_t *out)
{
	SCOPED(store_tx) tx = NULL;
	const struct notices n = { .call = call, .rules = rules };
	struct store_identifier *his;
	size_t count;

	*out = 0;
	TRY(store_look(call->store, &tx));
	TRY(store_identifier_list(tx, call->arena, call->who, &his, &count));
	for (size_t i = 0; i < count; i++)
		if (is_way(&his[i]))
			TRY(count_open_to(tx, &n, his[i].value, out));
	return OK;
}

/* The whole case, its snapshot too. */
static enum err
find_one(struct store_tx *tx, const struct call *call, const struct ask_rules *rules,
    int64_t id, struct ask_case *out)
{
	struct notices *n = notices_of(call, rules);

	TRY(find_notices(tx, n));
	for (size_t i = 0; i < n->count; i++)
		if (n->list[i].row.id == id) {
			TRY(ask_case_find(tx, call, n->list[i].row.account, id, out));
			return ask_case_base(call, out);
		}
	return ERR_NOT_FOUND;
}

/* --- one notice --- */

static bool
is_wanted(const struct ask_peek *who, enum card_field field)
{
	for (size_t i = 0; i < who->wanted_count; i++)
		if (who->wanted[i] == field)
			return true;
	return false;
}

static enum err
mark_given(struct store_tx *tx, const struct call *call, int64_t owner,
    struct ask_own_page *page)
{
	struct store_given *given;
	size_t count;

	TRY(store_given_list(tx, call->arena, call->who, &given, &count));
	for (size_t i = 0; i < page->count; i++)
		for (size_t g = 0; g < count; g++)
			if (given[g].owner == owner &&
			    str_same(
				given[g].field, card_field_name(page->items[i].field)))
				page->items[i].wanted = true;
	return OK;
}

struct seeing {
	const struct call *call;
	struct ask_case it;
};

static enum err
seen_in(struct store_tx *tx, void *arg)
{
	const struct seeing *s = arg;
	struct ask_case it;

	TRY(ask_case_find(tx, s->call, s->it.row.account, s->it.row.id, &it));
	if (!ask_may_become(it.at.state, ASK_SEEN))
		return OK;
	return ask_move_in(tx, s->call, &it, ASK_SEEN, (str){ 0 });
}

static enum err
look(const struct call *call, const struct ask_rules *rules, int64_t id,
    struct seeing *seeing, struct ask_own_page *out)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	TRY(find_one(tx, call, rules, id, &seeing->it));
	TRY(view_of(tx, call, &seeing->it, &out->notice));
	for (size_t i = 0; i < out->count; i++)
		out->items[i].wanted = is_wanted(&out->notice.who, out->items[i].field);
	return mark_given(tx, call, seeing->it.row.account, out);
}

enum err
ask_notice_see(const struct call *call, const struct ask_rules *rules, int64_t id,
    struct ask_own_page *out)
{
	struct seeing seeing = { .call = call };

	*out = (struct ask_own_page){ 0 };
	TRY(ask_own_card(call, &out->items, &out->count));
	TRY(look(call, rules, id, &seeing, out));
	if (!seeing.it.open)
		return ERR_GONE;
	return store_write(call->store, seen_in, &seeing);
}

/* --- answering --- */

static bool
names(const size_t *items, size_t count, size_t item)
{
	for (size_t i = 0; i < count; i++)
		if (items[i] == item)
			return true;
	return false;
}

/* The own card with nothing in it but the items he picks. */
static enum err
pick(const struct call *call, const struct ask_own *own, const size_t *items,
    size_t count, struct card_items *out, struct why *why)
{
	why->what = "there is no such item on your card";
	out->list = ARENA_ARRAY(call->arena, struct card_item, count);
	out->count = 0;
	for (size_t i = 0; i < count; i++)
		if (items[i] >= own->items.count ||
		    !ask_given_field(own->items.list[items[i]].field))
			return ERR_BAD_INPUT;
	for (size_t i = 0; i < own->items.count; i++)
		if (names(items, count, i))
			out->list[out->count++] = own->items.list[i];
	why->what = "pick something of your card";
	return out->count ? OK : ERR_BAD_INPUT;
}

struct giving {
	const struct call *call;
	const struct ask_case *it;
	const struct card_items *picked;
	str owner_name;
};

static enum err
give_in(struct store_tx *tx, void *arg)
{
	const struct giving *g = arg;

	for (size_t i = 0; i < g->picked->count; i++)
		TRY(store_given_put(
		    tx, &(struct store_given){ .account = g->call->who,
			    .owner = g->it->row.account,
			    .owner_name = g->owner_name,
			    .field = card_field_name(g->picked->list[i].field),
			    .key = g->picked->list[i].key,
			    .ask = g->it->row.id,
			    .at_ms = g->call->now_ms }));
	return OK;
}

static enum err
find_for_answer(const struct call *call, const struct ask_rules *rules, int64_t id,
    struct ask_case *it, struct ask_peek *who)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	TRY(find_one(tx, call, rules, id, it));
	return ask_peek_in(tx, call, it, who);
}

enum err
ask_notice_answer(const struct call *call, const struct ask_rules *rules, int64_t id,
    const size_t *items, size_t count, str note, struct ask_answered *out,
    struct why *why)
{
	struct ask_reply reply = { .note = note, .by = ASK_DOOR_ACCOUNT };
	struct ask_case it;
	struct ask_peek who;
	struct ask_own own;
	struct card_items picked;
	struct giving giving = { call, &it, &picked, { 0 } };

	TRY(ask_own_read(call, &own));
	TRY(pick(call, &own, items, count, &picked, why));
	TRY(find_for_answer(call, rules, id, &it, &who));
	if (!it.open)
		return ERR_GONE;
	reply.ops = ask_ops_of_items(call->arena, &it.items, own.card, &picked);
	TRY(ask_answer_to(call, it.row.account, it.row.id, &reply, out, why));
	giving.owner_name = who.asker;
	return store_write(call->store, give_in, &giving);
}

enum err
ask_notice_leave(const struct call *call, const struct ask_rules *rules, int64_t id,
    enum ask_exit how)
{
	struct ask_case it;
	struct ask_peek who;

	TRY(find_for_answer(call, rules, id, &it, &who));
	return ask_leave_to(call, rules, it.row.account, it.row.id, how);
}

/* --- what was given --- */

static bool
is_followed(
    const struct store_follow *list, size_t count, const struct store_given *given)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].owner == given->owner &&
		    str_same(list[i].field, given->field))
			return true;
	return false;
}

enum err
ask_given_list(const struct call *call, struct ask_given **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_given *rows;
	struct store_follow *follows;
	size_t follow_count;
	size_t n;

	TRY(store_look(call->store, &tx));
	TRY(store_given_list(tx, call->arena, call->who, &rows, &n));
	TRY(store_follow_list(tx, call->arena, call->who, &follows, &follow_count));
	*out = ARENA_ARRAY(call->arena, struct ask_given, n);
	*count = 0;
	for (size_t i = 0; i < n; i++) {
		struct ask_given *given = &(*out)[*count];

		given->owner = rows[i].owner;
		given->owner_name = rows[i].owner_name;
		given->at_ms = rows[i].at_ms;
		given->follows = is_followed(follows, follow_count, &rows[i]);
		*count += card_field_read(rows[i].field, &given->field);
	}
	return OK;
}

struct forgetting {
	const struct call *call;
	int64_t owner;
};

static enum err
forget_in(struct store_tx *tx, void *arg)
{
	const struct forgetting *f = arg;

	TRY(store_follow_drop(tx, f->call->who, f->owner, (str){ 0 }));
	return store_given_drop(tx, f->call->who, f->owner);
}

enum err
ask_given_forget(const struct call *call, int64_t owner)
{
	struct forgetting forgetting = { call, owner };

	return store_write(call->store, forget_in, &forgetting);
}

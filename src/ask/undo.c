/*
 * undo.c - an answer taken back: all of it, or one value.
 *
 * All of it is a rebase of its own: what the answer made of the card is the base, what stood
 * before is what is wanted, and whatever the owner did since stays.  One value is an
 * operation the other way round.  Where the value was changed since there is nothing to
 * take back, and that is said.
 */
#include "ask/ask_int.h"
#include "book/book_in.h"
#include "card/rebase.h"

struct undoing {
	const struct call *call;
	int64_t id;
	size_t at; /* SIZE_MAX: all of the answer */
	struct why *why;

	struct ask_case it;
	struct store_answer answer;
	struct book book;
	struct book_card stands;
	str bytes; /* what the card becomes */
};

enum trouble { UNANSWERED, NOTHING, LATE, VALUES, UNKEPT, ITEM, PICTURE, CHANGED };

static const struct {
	str word;
	const char *what;
} troubles[] = {
	[UNANSWERED] = { STR_CONST("unanswered"), "nothing was answered" },
	[NOTHING] = { STR_CONST("nothing"), "nothing of it is in the card" },
	[LATE] = { STR_CONST("late"), "that is more than a year ago" },
	[VALUES] = { STR_CONST("values"),
	    "it was changed since: undo the values one by one" },
	[UNKEPT] = { STR_CONST("unkept"),
	    "the versions it made are not kept any more" },
	[ITEM] = { STR_CONST("item"), "that value is not in the card by this answer" },
	[PICTURE] = { STR_CONST("picture"), "a picture goes with the whole answer" },
	[CHANGED] = { STR_CONST("changed"), "it was changed since" },
};

str
ask_undo_word(const struct why *why)
{
	for (size_t i = 0; i < ASK_COUNT(troubles); i++)
		if (why->what && str_same(str_of(why->what), str_of(troubles[i].what)))
			return troubles[i].word;
	return (str){ 0 };
}

static enum err
refuse(struct undoing *u, enum trouble trouble)
{
	*u->why = (struct why){ .what = troubles[trouble].what };
	return ERR_CONDITION;
}

/* --- what there is --- */

static enum err
find_book(struct undoing *u)
{
	struct books books;

	TRY(book_list(u->call, u->call->who, &books));
	for (size_t i = 0; i < books.count; i++)
		if (books.list[i].id == u->it.row.book && !books.list[i].shared) {
			u->book = books.list[i];
			return book_card(
			    u->call, &u->book, u->it.row.card, BOOK_WHOLE, &u->stands);
		}
	return ERR_NOT_FOUND;
}

static enum err
find_answer(struct undoing *u)
{
	SCOPED(store_tx) tx = NULL;
	enum err e;

	TRY(store_look(u->call->store, &tx));
	TRY(ask_case_find(tx, u->call, u->call->who, u->id, &u->it));
	TRY(ask_case_base(u->call, &u->it));
	e = store_answer_find(
	    tx, u->call->arena, u->it.row.account, u->it.row.id, true, &u->answer);
	if (e == ERR_NOT_FOUND)
		return refuse(u, UNANSWERED);
	TRY(e);
	if (!str_has(u->answer.decisions, 'a'))
		return refuse(u, NOTHING);
	if (u->call->now_ms - u->answer.at_ms > ASK_UNDO_MS)
		return refuse(u, LATE);
	return OK;
}

/* --- all of it --- */

static bool
is_of_answer(const struct undoing *u, const struct book_version *version)
{
	int64_t ask;
	bool worded;

	return ask_version_of(version->door, version->note, &ask, &worded) &&
	       ask == u->id;
}

/* Takes one step of the card's history out of what stands. */
static enum err
take_out(struct undoing *u, str after, str before)
{
	struct card *base, *sent, *now;
	struct card_rebase rebase = { 0 };
	struct card_rebased rebased;

	TRY(card_read(u->call->arena, after, &base, u->why));
	TRY(card_read(u->call->arena, before, &sent, u->why));
	TRY(card_read(u->call->arena, u->bytes, &now, u->why));
	rebase.base = base;
	rebase.sent = sent;
	rebase.now = now;
	TRY(card_rebase(u->call->arena, &rebase, &rebased));
	if (rebased.clash)
		return refuse(u, VALUES);
	u->bytes = rebased.text;
	return OK;
}

static enum err
version_bytes(struct undoing *u, const struct book_version *at, str *out)
{
	struct book_version version;

	if (!at->until_ms) {
		*out = u->stands.bytes;
		return OK;
	}
	TRY(book_version(u->call, &u->book, u->stands.name, at->rev, &version));
	*out = version.bytes;
	return OK;
}

/* Newest first: an answer that was accepted item by item made several steps. */
static enum err
take_out_all(struct undoing *u)
{
	struct book_version *former;
	struct book_version newer;
	size_t count;
	bool any = false;

	TRY(book_version_now(u->call, &u->book, u->stands.name, &newer));
	TRY(book_history(u->call, &u->book, u->stands.name, &former, &count));
	for (size_t i = 0; i < count; i++) {
		str after, before;

		if (former[i].refused)
			continue;
		if (is_of_answer(u, &newer)) {
			TRY(version_bytes(u, &newer, &after));
			TRY(version_bytes(u, &former[i], &before));
			TRY(take_out(u, after, before));
			any = true;
		}
		newer = former[i];
	}
	return any ? OK : refuse(u, UNKEPT);
}

/* --- one value --- */

static size_t
item_of(const struct card_items *items, enum card_field field, str key)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].field == field && str_same(items->list[i].key, key))
			return i;
	return SIZE_MAX;
}

static str
key_of(const struct undoing *u, enum card_field field, str value)
{
	return card_field_key(u->call->arena, field, value, u->it.region);
}

/* The operation the other way round; false when what it made is not there any more. */
static bool
turn(const struct undoing *u, const struct card_items *items,
    const struct card_verdict *v, struct card_op *op)
{
	*op = (struct card_op){ .field = v->op.field };
	if (v->op.kind == CARD_GONE) {
		op->kind = CARD_INSERT;
		op->value = v->before;
		return item_of(items, op->field, key_of(u, op->field, v->before)) ==
		       SIZE_MAX;
	}
	op->item = item_of(items, op->field, key_of(u, op->field, v->after));
	op->kind = v->before.len ? CARD_CHANGE : CARD_GONE;
	op->value = v->before;
	return op->item != SIZE_MAX;
}

static enum err
take_out_one(struct undoing *u)
{
	struct arena *arena = u->call->arena;
	struct card_ops ops;
	struct card_verdicts then, back;
	struct card_op op;
	struct card *now;
	struct card_items items;
	bool chosen = true;

	if (u->at >= u->answer.decisions.len || u->answer.decisions.at[u->at] != 'a')
		return refuse(u, ITEM);
	TRY(ask_answer_ops(arena, &u->answer, &ops));
	TRY(card_merge(
	    arena, u->it.base, &ops, u->it.base, u->it.region, &then, u->why));
	if (ops.list[u->at].field == CARD_F_PHOTO)
		return refuse(u, PICTURE);
	TRY(card_read(arena, u->bytes, &now, u->why));
	items = card_items(arena, now, u->it.region);
	if (!turn(u, &items, &then.list[u->at], &op))
		return refuse(u, CHANGED);
	TRY(card_merge(arena, now, &(struct card_ops){ &op, 1 }, now, u->it.region,
	    &back, u->why));
	return card_merge_write(arena, now, &back, &chosen, u->call->now_ms, &u->bytes);
}

/* --- written down --- */

static str
letters_after(const struct undoing *u)
{
	char *letters = arena_get(u->call->arena, u->answer.decisions.len + 1);

	for (size_t i = 0; i < u->answer.decisions.len; i++) {
		char letter = u->answer.decisions.at[i];

		letters[i] =
		    letter == 'a' && (u->at == SIZE_MAX || u->at == i) ? 'u' : letter;
	}
	return (str){ letters, u->answer.decisions.len };
}

static enum err
undo_in(struct store_tx *tx, void *arg)
{
	struct undoing *u = arg;
	struct book_put put = { .name = u->stands.name,
		.when = { BOOK_IF_ETAG, &u->stands.etag, 1 },
		.bytes = u->bytes,
		.by = BOOK_BY_UNDO,
		.note = arena_printf(u->call->arena, "%lld", (long long)u->id) };
	struct book_put_done done;

	TRY(book_put_in(tx, u->call, &u->book, &put, &done, u->why));
	u->answer.decisions = letters_after(u);
	if (u->answer.decided_ms) /* what was taken back goes in its turn */
		u->answer.decided_ms = u->call->now_ms;
	TRY(store_answer_put(tx, &u->answer));
	return store_ask_state(tx, u->it.row.account, u->id, u->it.row.state,
	    STR("undone"), u->call->now_ms);
}

enum err
ask_undo(const struct call *call, int64_t id, size_t at, struct why *why)
{
	struct undoing u = { .call = call, .id = id, .at = at, .why = why };

	TRY(find_answer(&u));
	TRY(find_book(&u));
	u.bytes = u.stands.bytes;
	TRY(at == SIZE_MAX ? take_out_all(&u) : take_out_one(&u));
	return store_write(call->store, undo_in, &u);
}

/* --- what held for a time --- */

struct reverting {
	const struct call *call;
	int64_t account, ask;
};

/* Whatever came of it, it is not tried again. */
static enum err
forget_until_in(struct store_tx *tx, void *arg)
{
	const struct reverting *r = arg;
	struct store_answer answer;

	TRY(store_answer_find(tx, r->call->arena, r->account, r->ask, true, &answer));
	answer.until_ms = 0;
	return store_answer_put(tx, &answer);
}

static enum err
find_over(
    const struct call *call, size_t limit, struct store_answer **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_answer_due(tx, call->arena, call->now_ms, limit, out, count);
}

enum err
ask_revert(const struct call *call, size_t limit)
{
	struct store_answer *over;
	size_t count;

	TRY(find_over(call, limit, &over, &count));
	for (size_t i = 0; i < count; i++) {
		struct call owner = *call;
		struct reverting reverting = { call, over[i].account, over[i].ask };
		struct why why = { 0 };
		enum err e;

		owner.who = over[i].account;
		e = ask_undo(&owner, over[i].ask, SIZE_MAX, &why);
		if (e == ERR_STORE || e == ERR_BUSY)
			return e;
		TRY(store_write(call->store, forget_until_in, &reverting));
	}
	return OK;
}

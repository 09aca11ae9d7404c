/*
 * follow_round.c - what somebody changed on his own card, brought to whom he lets have it.
 *
 * Two steps, each by the courier.  While it looks through what changed (wish.c), the fields
 * that have a value they had not are noted in the rows of who follows them.  Then each owner
 * gets one answer of those fields: an ask of his own, answered with the own card, so that
 * his policy, history and undo are those of every answer.  The ask is named by what it
 * brings: a round that was cut off goes on with the very ask it had made.
 */
#include "ask/follow_int.h"
#include "ask/own_int.h"
#include "base/log.h"
#include "store/card.h"
#include "store/follow.h"
#include "store/said.h"

#define ROWS_PER_ROUND 200

/* --- which fields changed --- */

struct looking {
	const struct call *call;
	const struct book *book;
	int64_t since;
	struct card_items before, now;
};

static enum err
read_before(struct store_tx *tx, struct looking *l)
{
	struct store_book row;
	struct store_version version;
	struct card *card;
	struct why why;
	enum err e;

	TRY(store_book_by_id(tx, l->call->arena, l->book->account, l->book->id, &row));
	e = store_version_as_of(
	    tx, l->call->arena, &row, ASK_OWN_CARD, l->since, STORE_WHOLE, &version);
	if (e == ERR_NOT_FOUND)
		return OK; /* a first one: all of it is new */
	TRY(e);
	if (card_read(l->call->arena, version.bytes, &card, &why) == OK)
		l->before = card_items(l->call->arena, card, l->book->region);
	return OK;
}

static bool
has(const struct card_items *items, const struct card_item *wanted)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].field == wanted->field &&
		    str_same(items->list[i].key, wanted->key))
			return true;
	return false;
}

static enum err
note_in(struct store_tx *tx, void *arg)
{
	struct looking *l = arg;
	bool noted[CARD_F_COUNT] = { false };

	l->before = (struct card_items){ 0 };
	TRY(read_before(tx, l));
	for (size_t i = 0; i < l->now.count; i++) {
		const struct card_item *item = &l->now.list[i];

		if (noted[item->field] || !ask_given_field(item->field) ||
		    has(&l->before, item))
			continue;
		noted[item->field] = true;
		TRY(store_follow_changed(tx, l->book->account,
		    card_field_name(item->field), l->call->now_ms));
	}
	return OK;
}

enum err
ask_follow_look(const struct call *call, const struct book *book, int64_t since,
    const struct card *own)
{
	struct looking l = { .call = call, .book = book, .since = since };

	l.now = card_items(call->arena, own, book->region);
	return store_write(call->store, note_in, &l);
}

/* --- bringing them --- */

struct bringing {
	struct call person, owner;
	const struct ask_rules *rules;
	const struct store_follow *list; /* all that is due */
	size_t count;
	const struct store_follow *first; /* of this person and owner */
	struct ask_own own;
	struct card_items picked;
	struct ask_case it;
};

static bool
is_of(const struct bringing *b, const struct store_follow *row)
{
	return row->account == b->first->account && row->owner == b->first->owner;
}

static bool
follows(const struct bringing *b, enum card_field field)
{
	for (size_t i = 0; i < b->count; i++)
		if (is_of(b, &b->list[i]) &&
		    str_same(b->list[i].field, card_field_name(field)))
			return true;
	return false;
}

static void
pick(struct bringing *b)
{
	const struct card_items *all = &b->own.items;

	b->picked.list = ARENA_ARRAY(b->person.arena, struct card_item, all->count);
	b->picked.count = 0;
	for (size_t i = 0; i < all->count; i++)
		if (ask_given_field(all->list[i].field) &&
		    follows(b, all->list[i].field))
			b->picked.list[b->picked.count++] = all->list[i];
}

/* The owner's entry is that of the ask by which he was given the field. */
static enum err
find_entry(const struct bringing *b, struct ask_draft *draft)
{
	SCOPED(store_tx) tx = NULL;
	struct ask_case it;
	struct store_book book;

	TRY(store_look(b->owner.store, &tx));
	TRY(ask_case_find(tx, &b->owner, b->first->owner, b->first->ask, &it));
	TRY(store_book_by_id(tx, b->owner.arena, b->first->owner, it.row.book, &book));
	draft->book = book.name;
	draft->card = it.row.card;
	return OK;
}

static void
name_draft(const struct bringing *b, struct ask_draft *draft)
{
	int64_t last_ms = 0;

	for (size_t i = 0; i < b->count; i++)
		if (is_of(b, &b->list[i]) && b->list[i].changed_ms > last_ms)
			last_ms = b->list[i].changed_ms;
	draft->once = arena_printf(b->owner.arena, "follow %llx %llx",
	    (unsigned long long)b->first->account, (unsigned long long)last_ms);
}

static enum err
open_ask(struct bringing *b, struct why *why)
{
	SCOPED(store_tx) tx = NULL;
	struct ask_draft draft = { .by = ASK_BY_SELF };
	struct ask_opened opened;

	TRY(find_entry(b, &draft));
	name_draft(b, &draft);
	for (size_t i = 0; i < b->picked.count && draft.wanted_count < ASK_MAX_FIELDS;
	     i++)
		draft.wanted[draft.wanted_count++] = b->picked.list[i].field;
	TRY(ask_open(&b->owner, b->rules, &draft, &opened, why));
	TRY(store_look(b->owner.store, &tx));
	TRY(ask_case_find(tx, &b->owner, b->first->owner, opened.id, &b->it));
	return ask_case_base(&b->owner, &b->it);
}

/* As if he had answered: the owner has it now, and he can see that. */
static enum err
done_in(struct store_tx *tx, void *arg)
{
	const struct bringing *b = arg;

	for (size_t i = 0; i < b->count; i++) {
		enum err e =
		    is_of(b, &b->list[i]) ? store_follow_done(tx, &b->list[i]) : OK;

		if (e != OK && e != ERR_NOT_FOUND) /* withdrawn, or changed again */
			return e;
	}
	for (size_t i = 0; b->it.row.id && i < b->picked.count; i++)
		TRY(store_given_put(
		    tx, &(struct store_given){ .account = b->first->account,
			    .owner = b->first->owner,
			    .owner_name = b->first->owner_name,
			    .field = card_field_name(b->picked.list[i].field),
			    .key = b->picked.list[i].key,
			    .ask = b->it.row.id,
			    .at_ms = b->person.now_ms }));
	return OK;
}

static enum err
answer(struct bringing *b, struct why *why)
{
	struct ask_reply reply = { .by = ASK_DOOR_ACCOUNT };
	struct ask_answered answered;

	TRY(ask_own_read(&b->person, &b->own));
	pick(b);
	if (!b->picked.count) /* he has it no more */
		return OK;
	TRY(open_ask(b, why));
	if (!b->it.open) /* answered by the round that was cut off */
		return OK;
	reply.ops =
	    ask_ops_of_items(b->person.arena, &b->it.items, b->own.card, &b->picked);
	return ask_answer_to(
	    &b->person, b->first->owner, b->it.row.id, &reply, &answered, why);
}

/* What this owner cannot be brought now he is not brought later: the next change comes. */
static enum err
bring(struct bringing *b)
{
	struct why why = { 0 };
	enum err e = answer(b, &why);

	if (e == ERR_STORE || e == ERR_BUSY || e == ERR_FULL)
		return e;
	if (e != OK)
		log_line(LOG_INFO, "a change that is followed: %s",
		    why.what ? why.what : err_word(e));
	return store_write(b->person.store, done_in, b);
}

static bool
is_first(const struct store_follow *list, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (list[i].account == list[at].account &&
		    list[i].owner == list[at].owner)
			return false;
	return true;
}

static enum err
find_due(const struct call *call, struct store_follow **list, size_t *count)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_follow_due(tx, call->arena, ROWS_PER_ROUND, list, count);
}

enum err
ask_follow_round(const struct call *call, const struct ask_rules *rules)
{
	struct store_follow *list;
	size_t count;

	if (!rules->follow)
		return OK;
	TRY(find_due(call, &list, &count));
	for (size_t i = 0; i < count; i++) {
		struct bringing b = { .person = *call,
			.owner = *call,
			.rules = rules,
			.list = list,
			.count = count,
			.first = &list[i] };

		if (!is_first(list, i))
			continue;
		b.person.who = list[i].account;
		b.owner.who = list[i].owner;
		TRY(bring(&b));
	}
	return OK;
}

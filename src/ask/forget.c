/*
 * forget.c - what was not accepted is not kept for ever: some time after all of an answer was
 * decided, or its ask closed, the values refused and the target's remark go.
 *
 * The operations themselves stay, each at its place: what was accepted can be taken back by
 * its number for a year.
 */
#include "ask/ask_int.h"

#define FORGET_AT_ONCE 100 /* answers in one write */

struct forgetting {
	const struct call *call;
	int64_t before_ms; /* decided by then */
	size_t done;
};

static bool
is_accepted(char letter)
{
	return letter == 'a' || letter == 'v';
}

static void
forget_value(struct card_op *op)
{
	if (op->kind == CARD_CHANGE || op->kind == CARD_INSERT)
		*op = (struct card_op){ .kind = CARD_FORGOTTEN, .field = op->field };
}

/* Where the owner worded it, what he accepted is his; what the target said is not. */
static enum err
forget_ops(struct arena *arena, struct store_answer *answer)
{
	struct card_ops said, done;

	TRY(card_ops_read(arena, answer->ops, &said));
	TRY(ask_answer_ops(arena, answer, &done));
	for (size_t i = 0; i < said.count && i < answer->decisions.len; i++) {
		bool accepted = is_accepted(answer->decisions.at[i]);

		if (!accepted || ask_is_worded(&said.list[i], &done.list[i]))
			forget_value(&said.list[i]);
		if (!accepted)
			forget_value(&done.list[i]);
	}
	answer->ops = card_ops_write(arena, &said);
	if (answer->worded.len)
		answer->worded = card_ops_write(arena, &done);
	return OK;
}

/* What still waited when the ask was closed was never accepted. */
static str
close_waiting(struct arena *arena, str decisions)
{
	char *letters = arena_get(arena, decisions.len + 1);

	for (size_t i = 0; i < decisions.len; i++)
		letters[i] = decisions.at[i] == 'w' ? 'r' : decisions.at[i];
	return (str){ letters, decisions.len };
}

static enum err
forget_one(struct store_tx *tx, const struct call *call, int64_t account, int64_t ask)
{
	struct store_answer answer;

	TRY(store_answer_find(tx, call->arena, account, ask, true, &answer));
	TRY(forget_ops(call->arena, &answer));
	answer.decisions = close_waiting(call->arena, answer.decisions);
	answer.note = (str){ 0 };
	answer.forgot_ms = call->now_ms;
	return store_answer_put(tx, &answer);
}

static enum err
forget_in(struct store_tx *tx, void *arg)
{
	struct forgetting *f = arg;
	struct store_answer *list;

	TRY(store_answer_stale(
	    tx, f->call->arena, f->before_ms, FORGET_AT_ONCE, &list, &f->done));
	for (size_t i = 0; i < f->done; i++)
		TRY(forget_one(tx, f->call, list[i].account, list[i].ask));
	return OK;
}

/* In an arena of its own: an answer may have a picture in it. */
static enum err
forget_some(const struct call *call, int64_t before_ms, size_t *done)
{
	SCOPED(arena) arena = arena_open();
	struct call own = *call;
	struct forgetting forgetting = { .call = &own, .before_ms = before_ms };

	own.arena = arena;
	TRY(store_write(call->store, forget_in, &forgetting));
	*done = forgetting.done;
	return OK;
}

enum err
ask_forget(const struct call *call, const struct ask_rules *rules)
{
	int64_t before_ms = call->now_ms - rules->keep_refused_ms;
	size_t done;

	if (!rules->keep_refused_ms)
		return OK;
	do
		TRY(forget_some(call, before_ms, &done));
	while (done == FORGET_AT_ONCE);
	return OK;
}

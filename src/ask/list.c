/* list.c - the owner's asks, and one of them with all that happened to it. */
#include <string.h>

#include "ask/ask_int.h"
#include "book/book_in.h"
#include "store/book.h"

static enum err
book_name(
    struct store_tx *tx, const struct call *call, const struct store_ask *row, str *out)
{
	struct store_book book;
	enum err e = store_book_by_id(tx, call->arena, row->account, row->book, &book);

	*out = e == OK ? book.name : (str){ 0 };
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
view_of(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    struct ask_view *out)
{
	*out = (struct ask_view){
		.id = it->row.id,
		.state = it->at.state,
		.card = it->row.card,
		.fn = it->row.fn,
		.to = it->row.to,
		.made_ms = it->row.made_ms,
		.expires_ms = it->row.expires_ms,
		.evidence = -1,
	};
	if (!ask_by_read(it->row.channel, &out->by))
		return ERR_STORE;
	return book_name(tx, call, &it->row, &out->book);
}

static enum err
views_of(struct store_tx *tx, const struct call *call, const struct store_ask *rows,
    size_t count, struct ask_view **out)
{
	*out = ARENA_ARRAY(call->arena, struct ask_view, count);
	for (size_t i = 0; i < count; i++) {
		struct ask_case it;

		TRY(ask_case_of(tx, call, &rows[i], &it));
		TRY(view_of(tx, call, &it, &(*out)[i]));
	}
	return OK;
}

enum err
ask_list(const struct call *call, int64_t before_ms, size_t limit,
    struct ask_view **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_ask *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_ask_list(tx, call->arena, call->who, before_ms, limit, &rows, count));
	return views_of(tx, call, rows, *count, out);
}

enum err
ask_of_card(const struct call *call, str book, str card, size_t limit,
    struct ask_view **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book at;
	struct store_ask *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_book_find(tx, call->arena, call->who, book, &at));
	TRY(store_ask_of_card(
	    tx, call->arena, call->who, at.id, card, limit, &rows, count));
	return views_of(tx, call, rows, *count, out);
}

enum err
ask_moved_since(const struct call *call, int64_t seq, size_t limit,
    struct ask_moved **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_moved *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_ask_moved(tx, call->arena, call->who, seq, limit, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct ask_moved, *count);
	for (size_t i = 0; i < *count; i++) {
		struct ask_standing at;

		if (!ask_standing_read(rows[i].state, &at))
			return ERR_STORE;
		(*out)[i] = (struct ask_moved){ rows[i].seq, rows[i].ask, at.state };
	}
	return OK;
}

enum err
ask_moved_last(const struct call *call, int64_t *seq)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_ask_moved_last(tx, call->who, seq);
}

/* --- one of them --- */

/* What happened within one millisecond happened in the order of life. */
static bool
is_before(const struct ask_event *a, const struct ask_event *b)
{
	return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : a->state < b->state;
}

/* A line that only says that the door was shut is not for the owner: it repeats the state
 * before it, and has no words. */
static void
add_event(struct ask_view *out, struct ask_event event, bool blocked)
{
	size_t at = out->event_count;

	while (at > 1 && is_before(&event, &out->events[at - 1]))
		at--;
	if (blocked && !event.note.len && out->events[at - 1].state == event.state)
		return;
	memmove(&out->events[at + 1], &out->events[at],
	    (out->event_count - at) * sizeof event);
	out->events[at] = event;
	out->event_count++;
}

static enum err
read_events(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    struct ask_view *out)
{
	struct store_event *rows;
	size_t count;

	TRY(store_ask_events(
	    tx, call->arena, it->row.account, it->row.id, &rows, &count));
	out->events = ARENA_ARRAY(call->arena, struct ask_event, count + 1);
	out->events[out->event_count++] =
	    (struct ask_event){ .at_ms = it->row.made_ms, .state = ASK_QUEUED };
	for (size_t i = 0; i < count; i++) {
		struct ask_standing at;

		if (!ask_standing_read(rows[i].state, &at))
			return ERR_STORE;
		add_event(out,
		    (struct ask_event){ rows[i].at_ms, at.state, rows[i].note },
		    at.blocked);
	}
	return OK;
}

struct spoken {
	struct card_ops said; /* by the target */
	struct card_ops done; /* as the owner worded it */
};

/* What is decided is shown as it was to the target; what waits, as it would be now. */
static void
fill_items(const struct card_verdicts *then, const struct card_verdicts *now,
    const struct spoken *spoken, str decisions, struct ask_view *out)
{
	for (size_t i = 0; i < then->count && i < decisions.len; i++) {
		const struct card_op *said = &spoken->said.list[i];
		bool waits = decisions.at[i] == 'w';
		const struct card_verdict *v =
		    waits && now->count ? &now->list[i] : &then->list[i];

		out->items[out->item_count++] = (struct ask_item){
			.op = v->op,
			.before = v->before,
			.after = v->after,
			.cell = v->cell,
			.decision = decisions.at[i],
			.worded = ask_is_worded(said, &spoken->done.list[i]),
			.said = said->value,
			.forgotten = said->kind == CARD_FORGOTTEN,
		};
	}
}

static enum err
read_items(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    const struct store_answer *answer, struct ask_view *out)
{
	struct spoken spoken;
	const struct card_ops *ops = &spoken.done;
	struct card_verdicts then;
	struct ask_judged now = { 0 };
	struct why why;
	enum err e;

	TRY(card_ops_read(call->arena, answer->ops, &spoken.said));
	TRY(ask_answer_ops(call->arena, answer, &spoken.done));
	TRY(card_merge(call->arena, it->base, ops, it->base, it->region, &then, &why));
	e = ask_judge_in(tx, call, it, ops, &now, &why);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND)
		now.verdicts.count = 0;
	out->items = ARENA_ARRAY(call->arena, struct ask_item, then.count);
	fill_items(&then, &now.verdicts, &spoken, answer->decisions, out);
	return OK;
}

static enum err
read_answer(struct store_tx *tx, const struct call *call, struct ask_case *it,
    struct ask_view *out)
{
	struct store_answer answer;
	enum err e = store_answer_find(
	    tx, call->arena, it->row.account, it->row.id, true, &answer);

	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	TRY(ask_case_base(call, it));
	out->evidence = (int)answer.evidence;
	out->door = answer.door;
	out->answered_ms = answer.at_ms;
	out->until_ms = answer.until_ms;
	out->forgot_ms = answer.forgot_ms;
	out->note = answer.note;
	return read_items(tx, call, it, &answer, out);
}

static enum err
whole_view(
    struct store_tx *tx, const struct call *call, int64_t id, struct ask_view *out)
{
	struct ask_case it;

	TRY(ask_case_find(tx, call, call->who, id, &it));
	TRY(view_of(tx, call, &it, out));
	TRY(read_events(tx, call, &it, out));
	return read_answer(tx, call, &it, out);
}

enum err
ask_find(const struct call *call, int64_t id, struct ask_view *out)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return whole_view(tx, call, id, out);
}

/* --- what waits --- */

enum err
ask_waiting(const struct call *call, int64_t before_ms, size_t limit,
    struct ask_view **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_ask *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_ask_waiting(
	    tx, call->arena, call->who, before_ms, limit, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct ask_view, *count);
	for (size_t i = 0; i < *count; i++)
		TRY(whole_view(tx, call, rows[i].id, &(*out)[i]));
	return OK;
}

enum err
ask_count_waiting(const struct call *call, int64_t *out)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_ask_count_waiting(tx, call->who, out);
}

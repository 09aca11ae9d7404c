#include "store/ask.h"

#include "store/driver_int.h"

enum { ASK_COLUMNS = 22 };

static void
read_ask(struct store_tx *tx, struct arena *arena, struct store_ask *out)
{
	*out = (struct store_ask){
		.account = tx_number(tx, 0),
		.id = tx_number(tx, 1),
		.book = tx_number(tx, 2),
		.card = tx_text(tx, arena, 3),
		.uid = tx_text(tx, arena, 4),
		.fn = tx_text(tx, arena, 5),
		.stored_ms = tx_number(tx, 6),
		.kind = tx_text(tx, arena, 7),
		.channel = tx_text(tx, arena, 8),
		.to = tx_text(tx, arena, 9),
		.fields = tx_text(tx, arena, 10),
		.say = tx_text(tx, arena, 11),
		.lang = tx_text(tx, arena, 12),
		.mode = tx_text(tx, arena, 13),
		.open_values = tx_number(tx, 14) != 0,
		.state = tx_text(tx, arena, 15),
		.made_ms = tx_number(tx, 16),
		.expires_ms = tx_number(tx, 17),
		.token_hash = tx_text(tx, arena, 18),
		.reminder_hash = tx_text(tx, arena, 19),
		.to_hash = tx_text(tx, arena, 20),
		.code = tx_text(tx, arena, 21),
	};
}

enum err
store_ask_add(struct store_tx *tx, const struct store_ask *a)
{
	return tx_do(tx, SQL_ASK_ADD,
	    CELLS(CELL_I(a->account), CELL_I(a->id), CELL_I(a->book), CELL_T(a->card),
		CELL_T(a->uid), CELL_T(a->fn), CELL_I(a->stored_ms), CELL_T(a->kind),
		CELL_T(a->channel), CELL_T(a->to), CELL_T(a->fields), CELL_T(a->say),
		CELL_T(a->lang), CELL_T(a->mode), CELL_I(a->open_values),
		CELL_T(a->state), CELL_I(a->made_ms), CELL_I(a->expires_ms),
		CELL_T(a->token_hash), CELL_T(a->reminder_hash), CELL_T(a->to_hash),
		CELL_T(a->code), CELL_B(a->snapshot)));
}

enum err
store_ask_find(struct store_tx *tx, struct arena *arena, int64_t account, int64_t id,
    struct store_ask *out)
{
	TRY(tx_first(tx, SQL_ASK_FIND, CELLS(CELL_I(account), CELL_I(id))));
	read_ask(tx, arena, out);
	out->snapshot = tx_text(tx, arena, ASK_COLUMNS);
	tx_done(tx);
	return OK;
}

enum err
store_ask_by_token(
    struct store_tx *tx, struct arena *arena, str token_hash, struct store_ask *out)
{
	TRY(tx_first(tx, SQL_ASK_BY_TOKEN, CELLS(CELL_T(token_hash))));
	read_ask(tx, arena, out);
	out->snapshot = tx_text(tx, arena, ASK_COLUMNS);
	tx_done(tx);
	return OK;
}

static enum err
read_asks(
    struct store_tx *tx, struct arena *arena, struct store_ask **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_step(tx, &more));
	while (more) {
		read_ask(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_ask *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_ask_list(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t before_made_ms, size_t limit, struct store_ask **out, size_t *count)
{
	TRY(tx_start(tx, SQL_ASK_LIST,
	    CELLS(CELL_I(account), CELL_I(before_made_ms ? before_made_ms : INT64_MAX),
		CELL_I(limit))));
	return read_asks(tx, arena, out, count);
}

enum err
store_ask_of_card(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t book, str card, size_t limit, struct store_ask **out, size_t *count)
{
	TRY(tx_start(tx, SQL_ASK_OF_CARD,
	    CELLS(CELL_I(account), CELL_I(book), CELL_T(card), CELL_I(limit))));
	return read_asks(tx, arena, out, count);
}

enum err
store_ask_waiting(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t before_made_ms, size_t limit, struct store_ask **out, size_t *count)
{
	TRY(tx_start(tx, SQL_ASK_WAITING,
	    CELLS(CELL_I(account), CELL_I(before_made_ms ? before_made_ms : INT64_MAX),
		CELL_I(limit))));
	return read_asks(tx, arena, out, count);
}

enum err
store_ask_to(struct store_tx *tx, struct arena *arena, str to_hash, int64_t since_ms,
    size_t limit, struct store_ask **out, size_t *count)
{
	TRY(tx_start(
	    tx, SQL_ASK_TO, CELLS(CELL_T(to_hash), CELL_I(since_ms), CELL_I(limit))));
	return read_asks(tx, arena, out, count);
}

static enum err
one_number(struct store_tx *tx, int64_t *out)
{
	*out = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

enum err
store_ask_count_by(struct store_tx *tx, int64_t account, int64_t since_ms, int64_t *out)
{
	TRY(tx_first(tx, SQL_ASK_COUNT_BY, CELLS(CELL_I(account), CELL_I(since_ms))));
	return one_number(tx, out);
}

enum err
store_ask_count_way(struct store_tx *tx, int64_t since_ms, str channel, int64_t *out)
{
	TRY(tx_first(tx, SQL_ASK_COUNT_WAY, CELLS(CELL_I(since_ms), CELL_T(channel))));
	return one_number(tx, out);
}

enum err
store_ask_count_head(
    struct store_tx *tx, int64_t since_ms, str channel, str head, int64_t *out)
{
	TRY(tx_first(tx, SQL_ASK_COUNT_HEAD,
	    CELLS(CELL_I(since_ms), CELL_T(channel), CELL_T(head))));
	return one_number(tx, out);
}

enum err
store_ask_count_waiting(struct store_tx *tx, int64_t account, int64_t *out)
{
	TRY(tx_first(tx, SQL_ASK_COUNT_WAITING, CELLS(CELL_I(account))));
	return one_number(tx, out);
}

enum err
store_ask_code(struct store_tx *tx, int64_t account, int64_t id, str code)
{
	return tx_do(
	    tx, SQL_ASK_CODE, CELLS(CELL_I(account), CELL_I(id), CELL_T(code)));
}

enum err
store_ask_remind(struct store_tx *tx, int64_t account, int64_t id, str hash)
{
	return tx_do(
	    tx, SQL_ASK_REMIND, CELLS(CELL_I(account), CELL_I(id), CELL_T(hash)));
}

enum err
store_ask_overdue(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    size_t limit, struct store_ask **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_ASK_OVERDUE, CELLS(CELL_I(now_ms), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_ask *ask = rows_add(&rows, arena);

		*ask = (struct store_ask){ .account = tx_number(tx, 0),
			.id = tx_number(tx, 1) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_ask *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_ask_state(struct store_tx *tx, int64_t account, int64_t id, str state, str note,
    int64_t at_ms)
{
	TRY(tx_do(
	    tx, SQL_ASK_STATE, CELLS(CELL_I(account), CELL_I(id), CELL_T(state))));
	return tx_do(tx, SQL_EVENT_ADD,
	    CELLS(CELL_I(account), CELL_I(id), CELL_I(at_ms), CELL_T(state),
		CELL_T(note)));
}

enum err
store_ask_events(struct store_tx *tx, struct arena *arena, int64_t account, int64_t id,
    struct store_event **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_EVENT_LIST, CELLS(CELL_I(account), CELL_I(id))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_event *event = rows_add(&rows, arena);

		*event = (struct store_event){ tx_number(tx, 0), tx_text(tx, arena, 1),
			tx_text(tx, arena, 2) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_event *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_ask_moved(struct store_tx *tx, struct arena *arena, int64_t account, int64_t seq,
    size_t limit, struct store_moved **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_EVENT_SINCE,
	    CELLS(CELL_I(account), CELL_I(seq), CELL_I((int64_t)limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_moved *moved = rows_add(&rows, arena);

		*moved = (struct store_moved){ tx_number(tx, 0), tx_number(tx, 1),
			tx_text(tx, arena, 2) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_moved *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_ask_moved_last(struct store_tx *tx, int64_t account, int64_t *out)
{
	TRY(tx_first(tx, SQL_EVENT_LAST, CELLS(CELL_I(account))));
	return one_number(tx, out);
}

/* --- answers --- */

enum err
store_answer_put(struct store_tx *tx, const struct store_answer *a)
{
	return tx_do(tx, SQL_ANSWER_PUT,
	    CELLS(CELL_I(a->account), CELL_I(a->ask), CELL_I(a->sent), CELL_B(a->ops),
		CELL_T(a->decisions), CELL_T(a->note), CELL_I(a->evidence),
		CELL_T(a->door), CELL_I(a->at_ms), CELL_I(a->until_ms),
		CELL_B(a->worded), CELL_I(a->decided_ms), CELL_I(a->forgot_ms)));
}

enum err
store_answer_find(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t ask, bool sent, struct store_answer *out)
{
	TRY(tx_first(
	    tx, SQL_ANSWER_FIND, CELLS(CELL_I(account), CELL_I(ask), CELL_I(sent))));
	*out = (struct store_answer){
		.account = tx_number(tx, 0),
		.ask = tx_number(tx, 1),
		.sent = tx_number(tx, 2) != 0,
		.ops = tx_text(tx, arena, 3),
		.decisions = tx_text(tx, arena, 4),
		.note = tx_text(tx, arena, 5),
		.evidence = tx_number(tx, 6),
		.door = tx_text(tx, arena, 7),
		.at_ms = tx_number(tx, 8),
		.until_ms = tx_number(tx, 9),
		.worded = tx_text(tx, arena, 10),
		.decided_ms = tx_number(tx, 11),
		.forgot_ms = tx_number(tx, 12),
	};
	tx_done(tx);
	return OK;
}

static enum err
read_which(
    struct store_tx *tx, struct arena *arena, struct store_answer **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_step(tx, &more));
	while (more) {
		struct store_answer *answer = rows_add(&rows, arena);

		*answer = (struct store_answer){ .account = tx_number(tx, 0),
			.ask = tx_number(tx, 1) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_answer *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_answer_due(struct store_tx *tx, struct arena *arena, int64_t now_ms, size_t limit,
    struct store_answer **out, size_t *count)
{
	TRY(tx_start(tx, SQL_ANSWER_DUE, CELLS(CELL_I(now_ms), CELL_I(limit))));
	return read_which(tx, arena, out, count);
}

enum err
store_answer_stale(struct store_tx *tx, struct arena *arena, int64_t decided_ms,
    size_t limit, struct store_answer **out, size_t *count)
{
	TRY(tx_start(tx, SQL_ANSWER_STALE, CELLS(CELL_I(decided_ms), CELL_I(limit))));
	return read_which(tx, arena, out, count);
}

enum err
store_answer_decided(struct store_tx *tx, int64_t account, int64_t ask, int64_t at_ms)
{
	return tx_do(
	    tx, SQL_ANSWER_DECIDED, CELLS(CELL_I(account), CELL_I(ask), CELL_I(at_ms)));
}

enum err
store_answer_drop(struct store_tx *tx, int64_t account, int64_t ask, bool sent)
{
	return tx_do(
	    tx, SQL_ANSWER_DROP, CELLS(CELL_I(account), CELL_I(ask), CELL_I(sent)));
}

/* --- blocks --- */

enum err
store_block_put(struct store_tx *tx, int64_t scope, str hash, int64_t at_ms)
{
	return tx_do(
	    tx, SQL_BLOCK_PUT, CELLS(CELL_I(scope), CELL_T(hash), CELL_I(at_ms)));
}

enum err
store_block_has(struct store_tx *tx, int64_t scope, str hash, bool *out)
{
	enum err e = tx_first(tx, SQL_BLOCK_HAS, CELLS(CELL_I(scope), CELL_T(hash)));

	*out = e == OK;
	if (e == OK)
		tx_done(tx);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
store_ask_place(
    struct store_tx *tx, int64_t account, int64_t id, int64_t book, str card, str uid)
{
	return tx_do(tx, SQL_ASK_PLACE,
	    CELLS(
		CELL_I(account), CELL_I(id), CELL_I(book), CELL_T(card), CELL_T(uid)));
}

#include "store/letter.h"

#include "store/driver_int.h"

static void
read_letter(struct store_tx *tx, struct arena *arena, struct store_letter *out)
{
	*out = (struct store_letter){
		.id = tx_number(tx, 0),
		.account = tx_number(tx, 1),
		.ask = tx_number(tx, 2),
		.channel = tx_text(tx, arena, 3),
		.to = tx_text(tx, arena, 4),
		.subject = tx_text(tx, arena, 5),
		.body = tx_text(tx, arena, 6),
		.reply_to = tx_text(tx, arena, 7),
		.from_name = tx_text(tx, arena, 8),
		.stop_link = tx_text(tx, arena, 9),
		.lang = tx_text(tx, arena, 10),
		.state = tx_text(tx, arena, 11),
		.gate = tx_text(tx, arena, 12),
		.receipt = tx_text(tx, arena, 13),
		.trouble = tx_text(tx, arena, 14),
		.attempts = tx_number(tx, 15),
		.made_ms = tx_number(tx, 16),
		.due_ms = tx_number(tx, 17),
		.lease_ms = tx_number(tx, 18),
		.parts = tx_text(tx, arena, 19),
	};
}

enum err
store_letter_add(struct store_tx *tx, struct store_letter *l)
{
	if (!l->id)
		l->id = store_fresh_id();
	return tx_do(tx, SQL_LETTER_ADD,
	    CELLS(CELL_I(l->id), CELL_I(l->account), CELL_I(l->ask), CELL_T(l->channel),
		CELL_T(l->to), CELL_T(l->subject), CELL_T(l->body), CELL_T(l->reply_to),
		CELL_T(l->from_name), CELL_T(l->stop_link), CELL_T(l->lang),
		CELL_T(l->state), CELL_T(l->gate), CELL_T(l->receipt),
		CELL_T(l->trouble), CELL_I(l->attempts), CELL_I(l->made_ms),
		CELL_I(l->due_ms), CELL_I(l->lease_ms), CELL_B(l->parts)));
}

enum err
store_letter_find(
    struct store_tx *tx, struct arena *arena, int64_t id, struct store_letter *out)
{
	TRY(tx_first(tx, SQL_LETTER_FIND, CELLS(CELL_I(id))));
	read_letter(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_letter_by_receipt(struct store_tx *tx, struct arena *arena, str gate, str receipt,
    struct store_letter *out)
{
	if (!receipt.len)
		return ERR_NOT_FOUND;
	TRY(tx_first(tx, SQL_LETTER_BY_RECEIPT, CELLS(CELL_T(receipt), CELL_T(gate))));
	read_letter(tx, arena, out);
	tx_done(tx);
	return OK;
}

static enum err
read_letters(
    struct store_tx *tx, struct arena *arena, struct store_letter **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_step(tx, &more));
	while (more) {
		read_letter(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_letter *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_letter_claim(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    int64_t lease_ms, const str *spared, size_t spared_count, size_t limit,
    struct store_letter **out, size_t *count)
{
	str not_of[STORE_LETTER_SPARED_MAX] = { { 0 } };

	must(spared_count <= STORE_LETTER_SPARED_MAX);
	for (size_t i = 0; i < spared_count; i++)
		not_of[i] = spared[i];
	TRY(tx_start(tx, SQL_LETTER_CLAIM,
	    CELLS(CELL_I(now_ms), CELL_I(lease_ms), CELL_I(limit), CELL_T(not_of[0]),
		CELL_T(not_of[1]), CELL_T(not_of[2]), CELL_T(not_of[3]))));
	return read_letters(tx, arena, out, count);
}

enum err
store_letter_shorten(struct store_tx *tx, int64_t lease_ms)
{
	return tx_do(tx, SQL_LETTER_SHORTEN, CELLS(CELL_I(lease_ms)));
}

enum err
store_letter_update(struct store_tx *tx, const struct store_letter *l)
{
	return tx_do(tx, SQL_LETTER_UPDATE,
	    CELLS(CELL_I(l->id), CELL_T(l->state), CELL_T(l->gate), CELL_T(l->receipt),
		CELL_T(l->trouble), CELL_I(l->attempts), CELL_I(l->due_ms),
		CELL_I(l->lease_ms), CELL_T(l->body), CELL_B(l->parts)));
}

enum err
store_letter_count_to(
    struct store_tx *tx, str channel, str to, int64_t since_ms, int64_t *out)
{
	TRY(tx_first(tx, SQL_LETTER_COUNT_TO,
	    CELLS(CELL_T(to), CELL_I(since_ms), CELL_T(channel))));
	*out = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

enum err
store_letter_cancel(struct store_tx *tx, int64_t account, int64_t ask)
{
	return tx_do(tx, SQL_LETTER_CANCEL, CELLS(CELL_I(account), CELL_I(ask)));
}

enum err
store_letter_next(struct store_tx *tx, int64_t *out_ms)
{
	TRY(tx_first(tx, SQL_LETTER_NEXT, NULL, 0));
	*out_ms = tx_number(tx, 0); /* NULL, read as 0: none waits */
	tx_done(tx);
	if (!*out_ms)
		*out_ms = INT64_MAX;
	return OK;
}

enum err
store_letter_list(struct store_tx *tx, struct arena *arena, str gate, size_t limit,
    struct store_letter **out, size_t *count)
{
	TRY(tx_start(tx, SQL_LETTER_LIST, CELLS(CELL_T(gate), CELL_I(limit))));
	return read_letters(tx, arena, out, count);
}

enum err
store_letter_counts(struct store_tx *tx, struct store_letter_counts *out)
{
	TRY(tx_first(tx, SQL_LETTER_COUNTS, NULL, 0));
	*out = (struct store_letter_counts){ tx_number(tx, 0), tx_number(tx, 1),
		tx_number(tx, 2) };
	tx_done(tx);
	return OK;
}

/* --- for who looks after the outbox --- */

static void
read_brief(struct store_tx *tx, struct arena *arena, struct store_letter_brief *out)
{
	*out = (struct store_letter_brief){
		.id = tx_number(tx, 0),
		.account = tx_number(tx, 1),
		.channel = tx_text(tx, arena, 2),
		.to = tx_text(tx, arena, 3),
		.state = tx_text(tx, arena, 4),
		.trouble = tx_text(tx, arena, 5),
		.attempts = tx_number(tx, 6),
		.made_ms = tx_number(tx, 7),
		.due_ms = tx_number(tx, 8),
	};
}

enum err
store_letter_in(struct store_tx *tx, struct arena *arena, str state, int64_t attempts,
    size_t limit, struct store_letter_brief **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(
	    tx, SQL_LETTER_IN, CELLS(CELL_T(state), CELL_I(attempts), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_brief(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_letter_brief *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_letter_queue(struct store_tx *tx, struct store_letter_queue *out)
{
	TRY(tx_first(tx, SQL_LETTER_WAITING, NULL, 0));
	*out = (struct store_letter_queue){ .waiting = tx_number(tx, 0),
		.oldest_ms = tx_number(tx, 1),
		.retried = tx_number(tx, 2) };
	tx_done(tx);
	TRY(tx_first(tx, SQL_LETTER_FAILED, NULL, 0));
	out->failed = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

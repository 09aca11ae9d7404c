#include "store/deed.h"

#include "store/driver_int.h"

static void
read_deed(struct store_tx *tx, struct arena *arena, struct store_deed *out)
{
	*out = (struct store_deed){
		.id = tx_number(tx, 0),
		.account = tx_number(tx, 1),
		.actor = tx_number(tx, 2),
		.what = tx_text(tx, arena, 3),
		.about = tx_text(tx, arena, 4),
		.peer = tx_text(tx, arena, 5),
		.hour = tx_number(tx, 6),
		.at_ms = tx_number(tx, 7),
		.count = tx_number(tx, 8),
	};
}

enum err
store_deed_add(struct store_tx *tx, const struct store_deed *d)
{
	TRY(store_deed_sweep(tx, d->at_ms));
	return tx_do(tx, SQL_DEED_ADD,
	    CELLS(CELL_I(store_fresh_id()), CELL_I(d->account), CELL_I(d->actor),
		CELL_T(d->what), CELL_T(d->about), CELL_T(d->peer), CELL_I(d->hour),
		CELL_I(d->at_ms)));
}

static enum err
start(
    struct store_tx *tx, int64_t account, struct store_deed_place behind, size_t limit)
{
	if (account)
		return tx_start(tx, SQL_DEED_OF,
		    CELLS(CELL_I(account), CELL_I(behind.at_ms), CELL_I(behind.id),
			CELL_I(limit)));
	return tx_start(tx, SQL_DEED_LIST,
	    CELLS(CELL_I(behind.at_ms), CELL_I(behind.id), CELL_I(limit)));
}

enum err
store_deed_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_deed_place behind, size_t limit, struct store_deed **out,
    size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(start(tx, account, behind, limit));
	TRY(tx_step(tx, &more));
	while (more) {
		read_deed(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_deed *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_deed_last(
    struct store_tx *tx, struct arena *arena, str what, struct store_deed *out)
{
	TRY(tx_first(tx, SQL_DEED_LAST, CELLS(CELL_T(what))));
	read_deed(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_deed_sweep(struct store_tx *tx, int64_t now_ms)
{
	return tx_do(tx, SQL_DEED_SWEEP, CELLS(CELL_I(now_ms - STORE_DEED_KEPT_MS)));
}

/* wish.c - how far books were looked through. */
#include "store/wish.h"

#include "store/driver_int.h"

enum err
store_wish_due(struct store_tx *tx, struct arena *arena, int64_t now_ms, size_t limit,
    struct store_wish **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_WISH_DUE, CELLS(CELL_I(now_ms), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_wish *wish = rows_add(&rows, arena);

		*wish = (struct store_wish){ tx_number(tx, 0), tx_number(tx, 1),
			tx_number(tx, 2), tx_number(tx, 3) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_wish *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_wish_put(
    struct store_tx *tx, int64_t account, int64_t book, int64_t rev, int64_t next_ms)
{
	return tx_do(tx, SQL_WISH_PUT,
	    CELLS(CELL_I(account), CELL_I(book), CELL_I(rev), CELL_I(next_ms)));
}

enum err
store_wish_next(struct store_tx *tx, int64_t *out_ms)
{
	TRY(tx_first(tx, SQL_WISH_NEXT, NULL, 0));
	*out_ms = tx_number(tx, 0) ? tx_number(tx, 1) : INT64_MAX;
	tx_done(tx);
	return OK;
}

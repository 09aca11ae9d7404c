/* seen.c - what devices have seen. */
#include "store/seen.h"

#include "store/driver_int.h"

enum err
store_seen_find(struct store_tx *tx, struct arena *arena, int64_t account, int64_t book,
    int64_t device, struct store_seen *out)
{
	TRY(tx_first(
	    tx, SQL_SEEN_FIND, CELLS(CELL_I(account), CELL_I(book), CELL_I(device))));
	*out = (struct store_seen){ .account = account,
		.book = book,
		.device = device,
		.rev = tx_number(tx, 0),
		.cards = tx_text(tx, arena, 1) };
	tx_done(tx);
	return OK;
}

enum err
store_seen_put(struct store_tx *tx, const struct store_seen *row)
{
	return tx_do(tx, SQL_SEEN_PUT,
	    CELLS(CELL_I(row->account), CELL_I(row->book), CELL_I(row->device),
		CELL_I(row->rev), CELL_B(row->cards), CELL_I(row->at_ms)));
}

enum err
store_seen_sweep(struct store_tx *tx, int64_t before_ms)
{
	return tx_do(tx, SQL_SEEN_SWEEP, CELLS(CELL_I(before_ms)));
}

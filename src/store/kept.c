/* kept.c - sealed answers. */
#include "store/kept.h"

#include "store/driver_int.h"

enum err
store_kept_put(struct store_tx *tx, const struct store_kept *kept)
{
	return tx_do(tx, SQL_KEPT_PUT,
	    CELLS(CELL_T(kept->hash), CELL_B(kept->box), CELL_I(kept->until_ms)));
}

enum err
store_kept_find(
    struct store_tx *tx, struct arena *arena, str hash, struct store_kept *out)
{
	TRY(tx_first(tx, SQL_KEPT_FIND, CELLS(CELL_T(hash))));
	*out = (struct store_kept){
		.hash = hash, .box = tx_text(tx, arena, 0), .until_ms = tx_number(tx, 1)
	};
	tx_done(tx);
	return OK;
}

enum err
store_kept_drop(struct store_tx *tx, str hash)
{
	return tx_do(tx, SQL_KEPT_DROP, CELLS(CELL_T(hash)));
}

enum err
store_kept_sweep(struct store_tx *tx, int64_t now_ms)
{
	return tx_do(tx, SQL_KEPT_SWEEP, CELLS(CELL_I(now_ms)));
}

/* follow.c - who follows which field, and what is coming to him. */
#include "store/follow.h"

#include "store/driver_int.h"

enum err
store_follow_put(struct store_tx *tx, const struct store_follow *f)
{
	return tx_do(tx, SQL_FOLLOW_PUT,
	    CELLS(CELL_I(f->account), CELL_I(f->owner), CELL_T(f->field),
		CELL_T(f->owner_name), CELL_I(f->ask), CELL_I(f->made_ms)));
}

static enum err
read_rows(
    struct store_tx *tx, struct arena *arena, struct store_follow **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_step(tx, &more));
	while (more) {
		struct store_follow *follow = rows_add(&rows, arena);

		*follow = (struct store_follow){ .account = tx_number(tx, 0),
			.owner = tx_number(tx, 1),
			.field = tx_text(tx, arena, 2),
			.owner_name = tx_text(tx, arena, 3),
			.ask = tx_number(tx, 4),
			.made_ms = tx_number(tx, 5),
			.changed_ms = tx_number(tx, 6) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_follow *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_follow_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_follow **out, size_t *count)
{
	TRY(tx_start(tx, SQL_FOLLOW_LIST, CELLS(CELL_I(account))));
	return read_rows(tx, arena, out, count);
}

enum err
store_follow_drop(struct store_tx *tx, int64_t account, int64_t owner, str field)
{
	if (!field.len)
		return tx_do(
		    tx, SQL_FOLLOW_DROP_ALL, CELLS(CELL_I(account), CELL_I(owner)));
	return tx_do(
	    tx, SQL_FOLLOW_DROP, CELLS(CELL_I(account), CELL_I(owner), CELL_T(field)));
}

enum err
store_follow_changed(struct store_tx *tx, int64_t account, str field, int64_t now_ms)
{
	return tx_do(tx, SQL_FOLLOW_CHANGED,
	    CELLS(CELL_I(account), CELL_T(field), CELL_I(now_ms)));
}

enum err
store_follow_due(struct store_tx *tx, struct arena *arena, size_t limit,
    struct store_follow **out, size_t *count)
{
	TRY(tx_start(tx, SQL_FOLLOW_DUE, CELLS(CELL_I((int64_t)limit))));
	return read_rows(tx, arena, out, count);
}

enum err
store_follow_done(struct store_tx *tx, const struct store_follow *f)
{
	TRY(tx_first(tx, SQL_FOLLOW_DONE,
	    CELLS(CELL_I(f->account), CELL_I(f->owner), CELL_T(f->field),
		CELL_I(f->changed_ms))));
	tx_done(tx);
	return OK;
}

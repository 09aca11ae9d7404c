/* twin.c - cards that may be of one person; groups by name. */
#include "store/twin.h"

#include "store/driver_int.h"

enum err
store_twin_keys(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t first, int64_t last, size_t limit, struct store_hit **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_TWIN_KEYS,
	    CELLS(CELL_I(account), CELL_I(first), CELL_I(last), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_hit *hit = rows_add(&rows, arena);

		*hit = (struct store_hit){ .card = tx_number(tx, 0),
			.book = tx_number(tx, 1),
			.kind = tx_number(tx, 2),
			.value = tx_text(tx, arena, 3) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_hit *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_named_list(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, int64_t kind, int64_t other_kind, size_t limit,
    struct store_named **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_NAMED_LIST,
	    CELLS(CELL_I(book->account), CELL_I(kind), CELL_I(other_kind),
		CELL_I(book->id), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_named *named = rows_add(&rows, arena);

		*named = (struct store_named){ tx_text(tx, arena, 0), tx_number(tx, 1),
			tx_number(tx, 2) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_named *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

/* --- not the same --- */

enum err
store_apart_put(struct store_tx *tx, int64_t account, const struct store_apart *pair,
    int64_t now_ms)
{
	return tx_do(tx, SQL_APART_PUT,
	    CELLS(CELL_I(account), CELL_T(pair->one), CELL_T(pair->other),
		CELL_I(now_ms)));
}

enum err
store_apart_remove(struct store_tx *tx, int64_t account, const struct store_apart *pair)
{
	return tx_do(tx, SQL_APART_REMOVE,
	    CELLS(CELL_I(account), CELL_T(pair->one), CELL_T(pair->other)));
}

enum err
store_apart_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_apart **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_APART_LIST, CELLS(CELL_I(account))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_apart *pair = rows_add(&rows, arena);

		*pair = (struct store_apart){ tx_text(tx, arena, 0),
			tx_text(tx, arena, 1) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_apart *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

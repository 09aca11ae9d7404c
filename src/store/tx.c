/* tx.c - statements and rows as the typed files use them. */
#include <string.h>

#include "store/driver_int.h"

#define ROWS_FIRST 16

enum err
tx_start(struct store_tx *tx, enum statement statement, const struct cell *cells,
    size_t count)
{
	return tx->driver->run(tx->session, statement, cells, count);
}

enum err
tx_step(struct store_tx *tx, bool *more)
{
	enum err e = tx->driver->step(tx->session, more);

	if (e != OK || !*more)
		tx->driver->done(tx->session);
	return e;
}

void
tx_done(struct store_tx *tx)
{
	tx->driver->done(tx->session);
}

enum err
tx_first(struct store_tx *tx, enum statement statement, const struct cell *cells,
    size_t count)
{
	bool more;

	TRY(tx_start(tx, statement, cells, count));
	TRY(tx_step(tx, &more));
	return more ? OK : ERR_NOT_FOUND;
}

enum err
tx_do(struct store_tx *tx, enum statement statement, const struct cell *cells,
    size_t count)
{
	bool more = true;

	TRY(tx_start(tx, statement, cells, count));
	while (more)
		TRY(tx_step(tx, &more));
	return OK;
}

int64_t
tx_number(struct store_tx *tx, int column)
{
	return tx->driver->number(tx->session, column);
}

str
tx_text(struct store_tx *tx, struct arena *arena, int column)
{
	return arena_copy(arena, tx->driver->text(tx->session, column));
}

void *
rows_add(struct rows *rows, struct arena *arena)
{
	if (rows->count == rows->room) {
		size_t room = rows->room ? rows->room * 2 : ROWS_FIRST;
		char *list = arena_get(arena, arena_array_bytes(room, rows->each));

		if (rows->count)
			memcpy(list, rows->list, rows->count * rows->each);
		rows->list = list;
		rows->room = room;
	}
	return rows->list + rows->count++ * rows->each;
}

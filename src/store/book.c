#include "store/book.h"

#include "store/driver_int.h"

#define BOOK_ID_BITS 39 /* so that id << 24 | n is a positive 63-bit number */
#define TRIES        8  /* at a fresh id */

enum { GONE_COLUMN = 13 };

static void
read_book(struct store_tx *tx, struct arena *arena, struct store_book *out)
{
	*out = (struct store_book){
		.account = tx_number(tx, 0),
		.id = tx_number(tx, 1),
		.name = tx_text(tx, arena, 2),
		.title = tx_text(tx, arena, 3),
		.description = tx_text(tx, arena, 4),
		.epoch = tx_text(tx, arena, 5),
		.region = tx_text(tx, arena, 6),
		.rev = tx_number(tx, 7),
		.cards = tx_number(tx, 8),
		.bytes = tx_number(tx, 9),
		.made_ms = tx_number(tx, 10),
		.plain = tx_number(tx, 11) != 0,
		.first = tx_number(tx, 12) != 0,
	};
}

enum err
store_book_find(struct store_tx *tx, struct arena *arena, int64_t account, str name,
    struct store_book *out)
{
	TRY(tx_first(tx, SQL_BOOK_FIND, CELLS(CELL_I(account), CELL_T(name))));
	read_book(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_book_by_id(struct store_tx *tx, struct arena *arena, int64_t account, int64_t id,
    struct store_book *out)
{
	TRY(tx_first(tx, SQL_BOOK_BY_ID, CELLS(CELL_I(account), CELL_I(id))));
	read_book(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_book_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_book **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_BOOK_LIST, CELLS(CELL_I(account))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_book(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_book *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

/* A taken id is a matter of chance and tried again; a taken name is the caller's. */
enum err
store_book_add(struct store_tx *tx, struct arena *arena, struct store_book *book)
{
	struct store_book twin;
	enum err e = store_book_find(tx, arena, book->account, book->name, &twin);

	if (e == OK)
		return ERR_EXISTS;
	if (e != ERR_NOT_FOUND)
		return e;
	book->epoch = arena_printf(arena, "%llx", (unsigned long long)store_fresh_id());
	book->rev = 1;
	for (int i = 0; i < TRIES; i++) {
		book->id = store_fresh_id() & (((int64_t)1 << BOOK_ID_BITS) - 1);
		TRY(tx_do(tx, SQL_BOOK_ADD,
		    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(book->name),
			CELL_T(book->title), CELL_T(book->description),
			CELL_T(book->epoch), CELL_I(book->made_ms))));
		if (tx->driver->changed(tx->session))
			return OK;
	}
	return ERR_EXISTS;
}

enum err
store_book_update(struct store_tx *tx, const struct store_book *book)
{
	return tx_do(tx, SQL_BOOK_UPDATE,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(book->title),
		CELL_T(book->description)));
}

enum err
store_book_bytes(struct store_tx *tx, int64_t account, int64_t *out)
{
	TRY(tx_first(tx, SQL_BOOK_BYTES, CELLS(CELL_I(account))));
	*out = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

enum err
store_book_set_plain(struct store_tx *tx, int64_t account, int64_t id, bool plain)
{
	return tx_do(
	    tx, SQL_BOOK_PLAIN, CELLS(CELL_I(account), CELL_I(id), CELL_I(plain)));
}

enum err
store_book_set_first(struct store_tx *tx, int64_t account, int64_t id)
{
	return tx_do(tx, SQL_BOOK_FIRST, CELLS(CELL_I(account), CELL_I(id)));
}

enum err
store_book_rename(struct store_tx *tx, int64_t account, int64_t id, str name)
{
	return tx_do(
	    tx, SQL_BOOK_RENAME, CELLS(CELL_I(account), CELL_I(id), CELL_T(name)));
}

enum err
store_book_remove(struct store_tx *tx, const struct store_book *book, int64_t now_ms)
{
	return tx_do(tx, SQL_BOOK_REMOVE,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_I(now_ms)));
}

enum err
store_book_removed(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_book **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_BOOK_REMOVED, CELLS(CELL_I(account))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_book *book = rows_add(&rows, arena);

		read_book(tx, arena, book);
		book->gone_ms = tx_number(tx, GONE_COLUMN);
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_book *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_book_revive(struct store_tx *tx, int64_t account, int64_t id, str name)
{
	return tx_do(
	    tx, SQL_BOOK_REVIVE, CELLS(CELL_I(account), CELL_I(id), CELL_T(name)));
}

#include "store/place.h"

#include "store/driver_int.h"

#define PLACE_CELLS(p) CELL_I((p)->account), CELL_I((p)->book), CELL_T((p)->name)

/* Starts the statement and reads all its rows into *out. */
static enum err
read_rows(struct store_tx *tx, struct arena *arena, size_t each, void **out,
    size_t *count, void (*read)(struct store_tx *tx, struct arena *arena, void *row))
{
	struct rows rows = { .each = each };
	bool more;

	TRY(tx_step(tx, &more));
	while (more) {
		read(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = rows.list;
	*count = rows.count;
	return OK;
}

/* --- properties --- */

static void
read_prop(struct store_tx *tx, struct arena *arena, void *row)
{
	*(struct store_prop *)row = (struct store_prop){
		.space = tx_text(tx, arena, 0),
		.local = tx_text(tx, arena, 1),
		.xml = tx_text(tx, arena, 2),
	};
}

enum err
store_prop_list(struct store_tx *tx, struct arena *arena,
    const struct store_place *place, struct store_prop **out, size_t *count)
{
	void *list;

	TRY(tx_start(tx, SQL_PROP_LIST, CELLS(PLACE_CELLS(place))));
	TRY(read_rows(tx, arena, sizeof **out, &list, count, read_prop));
	*out = list;
	return OK;
}

enum err
store_prop_put(
    struct store_tx *tx, const struct store_place *place, const struct store_prop *prop)
{
	return tx_do(tx, SQL_PROP_PUT,
	    CELLS(PLACE_CELLS(place), CELL_T(prop->space), CELL_T(prop->local),
		CELL_T(prop->xml)));
}

enum err
store_prop_remove(
    struct store_tx *tx, const struct store_place *place, const struct store_prop *prop)
{
	return tx_do(tx, SQL_PROP_REMOVE,
	    CELLS(PLACE_CELLS(place), CELL_T(prop->space), CELL_T(prop->local)));
}

enum err
store_prop_copy(
    struct store_tx *tx, const struct store_place *from, const struct store_place *to)
{
	return tx_do(tx, SQL_PROP_COPY, CELLS(PLACE_CELLS(from), PLACE_CELLS(to)));
}

/* --- locks --- */

static void
read_lock(struct store_tx *tx, struct arena *arena, void *row)
{
	*(struct store_lock *)row = (struct store_lock){
		.at = { tx_number(tx, 0), tx_number(tx, 1), tx_text(tx, arena, 2) },
		.token = tx_text(tx, arena, 3),
		.deep = tx_number(tx, 4) != 0,
		.exclusive = tx_number(tx, 5) != 0,
		.owner = tx_text(tx, arena, 6),
		.who = tx_number(tx, 7),
		.until_ms = tx_number(tx, 8),
	};
}

enum err
store_lock_list(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t now_ms, struct store_lock **out, size_t *count)
{
	void *list;

	TRY(tx_start(tx, SQL_LOCK_LIST, CELLS(CELL_I(account), CELL_I(now_ms))));
	TRY(read_rows(tx, arena, sizeof **out, &list, count, read_lock));
	*out = list;
	return OK;
}

enum err
store_lock_any(struct store_tx *tx, int64_t account, int64_t now_ms, bool *any)
{
	enum err e = tx_first(tx, SQL_LOCK_ANY, CELLS(CELL_I(account), CELL_I(now_ms)));

	*any = e == OK;
	if (e == OK)
		tx_done(tx);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
store_lock_add(struct store_tx *tx, const struct store_lock *lock, int64_t now_ms)
{
	TRY(tx_do(tx, SQL_LOCK_SWEEP, CELLS(CELL_I(lock->at.account), CELL_I(now_ms))));
	return tx_do(tx, SQL_LOCK_ADD,
	    CELLS(PLACE_CELLS(&lock->at), CELL_T(lock->token), CELL_I(lock->deep),
		CELL_I(lock->exclusive), CELL_T(lock->owner), CELL_I(lock->who),
		CELL_I(lock->until_ms)));
}

enum err
store_lock_extend(struct store_tx *tx, int64_t account, str token, int64_t until_ms)
{
	return tx_do(tx, SQL_LOCK_EXTEND,
	    CELLS(CELL_I(account), CELL_T(token), CELL_I(until_ms)));
}

enum err
store_lock_remove(struct store_tx *tx, int64_t account, str token)
{
	return tx_do(tx, SQL_LOCK_REMOVE, CELLS(CELL_I(account), CELL_T(token)));
}

enum err
store_lock_drop(struct store_tx *tx, const struct store_place *place)
{
	return tx_do(tx, SQL_LOCK_DROP, CELLS(PLACE_CELLS(place)));
}

enum err
store_place_drop(struct store_tx *tx, const struct store_place *place)
{
	TRY(tx_do(tx, SQL_PROP_DROP, CELLS(PLACE_CELLS(place))));
	return store_lock_drop(tx, place);
}

/* --- shares --- */

static void
read_share(struct store_tx *tx, struct arena *arena, void *row)
{
	(void)arena;
	*(struct store_share *)row = (struct store_share){
		.account = tx_number(tx, 0),
		.book = tx_number(tx, 1),
		.grantee = tx_number(tx, 2),
		.may_write = tx_number(tx, 3) != 0,
	};
}

enum err
store_share_list(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t book, struct store_share **out, size_t *count)
{
	void *list;

	TRY(tx_start(tx, SQL_SHARE_LIST, CELLS(CELL_I(account), CELL_I(book))));
	TRY(read_rows(tx, arena, sizeof **out, &list, count, read_share));
	*out = list;
	return OK;
}

enum err
store_share_find(
    struct store_tx *tx, int64_t book, int64_t grantee, struct store_share *out)
{
	TRY(tx_first(tx, SQL_SHARE_FIND, CELLS(CELL_I(book), CELL_I(grantee))));
	read_share(tx, NULL, out);
	tx_done(tx);
	return OK;
}

enum err
store_shared_with(struct store_tx *tx, struct arena *arena, int64_t grantee,
    struct store_share **out, size_t *count)
{
	void *list;

	TRY(tx_start(tx, SQL_SHARED_WITH, CELLS(CELL_I(grantee))));
	TRY(read_rows(tx, arena, sizeof **out, &list, count, read_share));
	*out = list;
	return OK;
}

enum err
store_share_put(struct store_tx *tx, const struct store_share *share, int64_t now_ms)
{
	return tx_do(tx, SQL_SHARE_PUT,
	    CELLS(CELL_I(share->account), CELL_I(share->book), CELL_I(share->grantee),
		CELL_I(share->may_write), CELL_I(now_ms)));
}

enum err
store_share_leave(struct store_tx *tx, int64_t book, int64_t grantee)
{
	return tx_do(tx, SQL_SHARE_LEAVE, CELLS(CELL_I(book), CELL_I(grantee)));
}

enum err
store_share_drop(struct store_tx *tx, int64_t account, int64_t book)
{
	return tx_do(tx, SQL_SHARE_DROP, CELLS(CELL_I(account), CELL_I(book)));
}

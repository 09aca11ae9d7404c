#include "store/push.h"

#include "store/driver_int.h"

#define PUSH_COLUMNS 15

static void
read_push(struct store_tx *tx, struct arena *arena, struct store_push *out)
{
	*out = (struct store_push){
		.account = tx_number(tx, 0),
		.id = tx_number(tx, 1),
		.book = tx_number(tx, 2),
		.topic = tx_text(tx, arena, 3),
		.resource = tx_text(tx, arena, 4),
		.key = tx_text(tx, arena, 5),
		.auth = tx_text(tx, arena, 6),
		.content = tx_number(tx, 7) != 0,
		.property = tx_number(tx, 8) != 0,
		.expires_ms = tx_number(tx, 9),
		.pushed_rev = tx_number(tx, 10),
		.next_ms = tx_number(tx, 11),
		.step = tx_number(tx, 12),
		.failures = tx_number(tx, 13),
		.failing_ms = tx_number(tx, 14),
		.made_ms = tx_number(tx, PUSH_COLUMNS),
	};
}

static enum err
find_twin(struct store_tx *tx, struct store_push *p)
{
	TRY(tx_first(tx, SQL_PUSH_TWIN,
	    CELLS(CELL_I(p->account), CELL_I(p->book), CELL_T(p->resource))));
	p->id = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

static enum err
renew(struct store_tx *tx, const struct store_push *p)
{
	return tx_do(tx, SQL_PUSH_RENEW,
	    CELLS(CELL_I(p->account), CELL_I(p->id), CELL_B(p->key), CELL_B(p->auth),
		CELL_I(p->content), CELL_I(p->property), CELL_I(p->expires_ms)));
}

enum err
store_push_put(struct store_tx *tx, struct store_push *p, bool *created)
{
	enum err e = find_twin(tx, p);

	*created = e == ERR_NOT_FOUND;
	if (e == OK)
		return renew(tx, p);
	if (e != ERR_NOT_FOUND)
		return e;
	p->id = store_fresh_id();
	TRY(store_push_rev(tx, p->account, p->book, &p->pushed_rev));
	return tx_do(tx, SQL_PUSH_ADD,
	    CELLS(CELL_I(p->account), CELL_I(p->id), CELL_I(p->book), CELL_T(p->topic),
		CELL_T(p->resource), CELL_B(p->key), CELL_B(p->auth),
		CELL_I(p->content), CELL_I(p->property), CELL_I(p->expires_ms),
		CELL_I(p->pushed_rev), CELL_I(p->made_ms)));
}

enum err
store_push_find(struct store_tx *tx, struct arena *arena, int64_t account, int64_t id,
    struct store_push *out)
{
	TRY(tx_first(tx, SQL_PUSH_FIND, CELLS(CELL_I(account), CELL_I(id))));
	read_push(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_push_remove(struct store_tx *tx, int64_t account, int64_t id)
{
	return tx_do(tx, SQL_PUSH_REMOVE, CELLS(CELL_I(account), CELL_I(id)));
}

static enum err
one_number(struct store_tx *tx, enum statement statement, const struct cell *cells,
    size_t count, int64_t *out)
{
	TRY(tx_first(tx, statement, cells, count));
	*out = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

enum err
store_push_count(struct store_tx *tx, int64_t account, int64_t *out)
{
	return one_number(tx, SQL_PUSH_COUNT, CELLS(CELL_I(account)), out);
}

enum err
store_push_sweep(struct store_tx *tx, int64_t now_ms)
{
	return tx_do(tx, SQL_PUSH_SWEEP, CELLS(CELL_I(now_ms)));
}

enum err
store_push_rev(struct store_tx *tx, int64_t account, int64_t book, int64_t *out)
{
	if (!book)
		return one_number(tx, SQL_PUSH_HOME_REV, CELLS(CELL_I(account)), out);
	return one_number(
	    tx, SQL_PUSH_BOOK_REV, CELLS(CELL_I(account), CELL_I(book)), out);
}

enum err
store_push_hush(struct store_tx *tx, int64_t account, int64_t book, int64_t id,
    int64_t before, int64_t after)
{
	return tx_do(tx, SQL_PUSH_HUSH,
	    CELLS(CELL_I(account), CELL_I(book), CELL_I(id), CELL_I(before),
		CELL_I(after)));
}

enum err
store_push_level(struct store_tx *tx, int64_t account, int64_t book, int64_t rev)
{
	return tx_do(
	    tx, SQL_PUSH_LEVEL, CELLS(CELL_I(account), CELL_I(book), CELL_I(rev)));
}

enum err
store_push_drop(struct store_tx *tx, int64_t account, int64_t book, int64_t id)
{
	return tx_do(
	    tx, SQL_PUSH_DROP, CELLS(CELL_I(account), CELL_I(book), CELL_I(id)));
}

enum err
store_push_list_due(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    size_t limit, struct store_push_due **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_PUSH_DUE, CELLS(CELL_I(now_ms), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_push_due *due = rows_add(&rows, arena);

		*due = (struct store_push_due){
			.rev = tx_number(tx, PUSH_COLUMNS + 1),
			.described = tx_number(tx, PUSH_COLUMNS + 2),
			.epoch = tx_text(tx, arena, PUSH_COLUMNS + 3),
			.gone = tx_number(tx, PUSH_COLUMNS + 4) != 0,
		};
		read_push(tx, arena, &due->push);
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_push_due *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_push_update(struct store_tx *tx, const struct store_push *p)
{
	return tx_do(tx, SQL_PUSH_UPDATE,
	    CELLS(CELL_I(p->account), CELL_I(p->id), CELL_I(p->pushed_rev),
		CELL_I(p->next_ms), CELL_I(p->step), CELL_I(p->failures),
		CELL_I(p->failing_ms)));
}

enum err
store_push_lease(
    struct store_tx *tx, const struct store_push *p, int64_t lease_ms, bool *taken)
{
	TRY(tx_do(tx, SQL_PUSH_LEASE,
	    CELLS(CELL_I(p->account), CELL_I(p->id), CELL_I(p->next_ms),
		CELL_I(lease_ms))));
	*taken = tx->driver->changed(tx->session) != 0;
	return OK;
}

enum err
store_push_health(struct store_tx *tx, struct store_push_health *out)
{
	TRY(tx_first(tx, SQL_PUSH_HEALTH, NULL, 0));
	*out = (struct store_push_health){ tx_number(tx, 0), tx_number(tx, 1) };
	tx_done(tx);
	return OK;
}

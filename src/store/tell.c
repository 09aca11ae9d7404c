/* tell.c - what is to be told, and to whom. */
#include "store/tell.h"

#include "store/driver_int.h"

enum err
store_news_add(struct store_tx *tx, struct store_news *n)
{
	if (!n->id)
		n->id = store_fresh_id();
	return tx_do(tx, SQL_NEWS_ADD,
	    CELLS(CELL_I(n->id), CELL_I(n->account), CELL_I(n->ask), CELL_I(n->at_ms),
		CELL_T(n->items)));
}

/* The rows of a statement that has been started. */
static enum err
read_news(
    struct store_tx *tx, struct arena *arena, struct store_news **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_step(tx, &more));
	while (more) {
		struct store_news *news = rows_add(&rows, arena);

		*news = (struct store_news){ tx_number(tx, 0), tx_number(tx, 1),
			tx_number(tx, 2), tx_number(tx, 3), tx_text(tx, arena, 4) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_news *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_news_due(struct store_tx *tx, struct arena *arena, size_t limit,
    struct store_news **out, size_t *count)
{
	TRY(tx_start(tx, SQL_NEWS_DUE, CELLS(CELL_I(limit))));
	return read_news(tx, arena, out, count);
}

enum err
store_news_of(struct store_tx *tx, struct arena *arena, int64_t account, int64_t ask,
    size_t limit, struct store_news **out, size_t *count)
{
	TRY(tx_start(
	    tx, SQL_NEWS_OF, CELLS(CELL_I(account), CELL_I(ask), CELL_I(limit))));
	return read_news(tx, arena, out, count);
}

enum err
store_news_done(struct store_tx *tx, int64_t id)
{
	return tx_do(tx, SQL_NEWS_DONE, CELLS(CELL_I(id)));
}

enum err
store_tell_find(
    struct store_tx *tx, struct arena *arena, int64_t account, struct store_tell *out)
{
	TRY(tx_first(tx, SQL_TELL_FIND, CELLS(CELL_I(account))));
	*out = (struct store_tell){ account, tx_text(tx, arena, 0),
		tx_text(tx, arena, 1), tx_text(tx, arena, 2) };
	tx_done(tx);
	return OK;
}

enum err
store_tell_put(struct store_tx *tx, const struct store_tell *t)
{
	return tx_do(tx, SQL_TELL_PUT,
	    CELLS(
		CELL_I(t->account), CELL_T(t->by), CELL_T(t->hook), CELL_T(t->secret)));
}

enum err
store_recall_add(struct store_tx *tx, const struct store_recall *r)
{
	return tx_do(tx, SQL_RECALL_ADD,
	    CELLS(CELL_T(r->hash), CELL_I(r->account), CELL_I(r->ask), CELL_I(r->item),
		CELL_I(r->until_ms)));
}

enum err
store_recall_find(
    struct store_tx *tx, struct arena *arena, str hash, struct store_recall *out)
{
	(void)arena;
	TRY(tx_first(tx, SQL_RECALL_FIND, CELLS(CELL_T(hash))));
	*out = (struct store_recall){ hash, tx_number(tx, 0), tx_number(tx, 1),
		tx_number(tx, 2), tx_number(tx, 3) };
	tx_done(tx);
	return OK;
}

enum err
store_recall_nth(struct store_tx *tx, int64_t account, int64_t n, int64_t *until_ms)
{
	enum err e = tx_first(tx, SQL_RECALL_NTH, CELLS(CELL_I(account), CELL_I(n)));

	*until_ms = e == OK ? tx_number(tx, 0) : 0;
	if (e == OK)
		tx_done(tx);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
store_recall_sweep(struct store_tx *tx, int64_t now_ms)
{
	return tx_do(tx, SQL_RECALL_SWEEP, CELLS(CELL_I(now_ms)));
}

/*
 * wish.h - rows about how far each book was looked through for people to be asked.
 */
#ifndef KITH_STORE_WISH_H
#define KITH_STORE_WISH_H

#include "store/store.h"

struct store_wish {
	int64_t account, book;
	int64_t rev;      /* looked through up to here */
	int64_t book_rev; /* how far it has come by now */
};

/* Books with changes that nobody looked at, and whose time has come. */
enum err store_wish_due(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    size_t limit, struct store_wish **out, size_t *count);

/* Looked through up to rev; not again before next_ms. */
enum err store_wish_put(
    struct store_tx *tx, int64_t account, int64_t book, int64_t rev, int64_t next_ms);

/* When the next book's time comes, INT64_MAX when nothing is to be looked at. */
enum err store_wish_next(struct store_tx *tx, int64_t *out_ms);

#endif

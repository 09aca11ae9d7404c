/*
 * seen.h - rows about what devices have seen of books.
 */
#ifndef KITH_STORE_SEEN_H
#define KITH_STORE_SEEN_H

#include "store/store.h"

struct store_seen {
	int64_t account, book, device;
	int64_t rev; /* it has all there was then */
	str cards;   /* book/'s own writing: what it has of later */
	int64_t at_ms;
};

/* ERR_NOT_FOUND: nothing is known. */
enum err store_seen_find(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t book, int64_t device, struct store_seen *out);
enum err store_seen_put(struct store_tx *tx, const struct store_seen *row);

/* Forgets devices that were not heard of since a moment. */
enum err store_seen_sweep(struct store_tx *tx, int64_t before_ms);

#endif

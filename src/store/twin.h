/*
 * twin.h - rows about cards that may be of one person, and of pairs that are not; and what
 * the cards of a book name as groups.  All results live in the given arena.
 */
#ifndef KITH_STORE_TWIN_H
#define KITH_STORE_TWIN_H

#include "store/card.h"

/* The keys of these kinds (`first` through `last`) that more than one card of the account
 * has, each with each of its cards; by value, then kind.  `limit` rows at most. */
enum err store_twin_keys(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t first, int64_t last, size_t limit, struct store_hit **out, size_t *count);

/* Two names of cards (book/twins.h makes them), the lesser one first. */
struct store_apart {
	str one, other;
};

/* Takes down that the two are not the same person; once more is no error. */
enum err store_apart_put(struct store_tx *tx, int64_t account,
    const struct store_apart *pair, int64_t now_ms);

/* In order. */
enum err store_apart_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_apart **out, size_t *count);
enum err store_apart_remove(
    struct store_tx *tx, int64_t account, const struct store_apart *pair);

/* A value that cards of a book have as a key of that kind, and how many have. */
struct store_named {
	str value;
	int64_t kind, cards;
};

/* All of two kinds; by value. */
enum err store_named_list(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, int64_t kind, int64_t other_kind, size_t limit,
    struct store_named **out, size_t *count);

#endif

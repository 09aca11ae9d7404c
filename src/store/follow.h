/*
 * follow.h - rows of who is let have a field of somebody's own card by itself, and which of
 * them has a change coming.
 *
 * A follow is one row: its change is a time in it, so that many changes before the next
 * round are one delivery.  All results live in the given arena.
 */
#ifndef KITH_STORE_FOLLOW_H
#define KITH_STORE_FOLLOW_H

#include "store/store.h"

struct store_follow {
	int64_t account, owner; /* whose card; who follows it */
	str field;              /* "email" */
	str owner_name;         /* as it was when it was allowed */
	int64_t ask;            /* the owner's, by whose answer it came about */
	int64_t made_ms;
	int64_t changed_ms; /* not delivered yet since then; 0: nothing is */
};

/* Allowed anew: name and ask become the new ones; what is coming still comes. */
enum err store_follow_put(struct store_tx *tx, const struct store_follow *follow);

/* Those of an account, by owner and field. */
enum err store_follow_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_follow **out, size_t *count);

/* Of one field, or, of an empty one, all that the owner follows of the account. */
enum err store_follow_drop(
    struct store_tx *tx, int64_t account, int64_t owner, str field);

/* The field was changed: each of its followers has that coming. */
enum err store_follow_changed(
    struct store_tx *tx, int64_t account, str field, int64_t now_ms);

/* What is coming, longest waiting first, at most `limit`. */
enum err store_follow_due(struct store_tx *tx, struct arena *arena, size_t limit,
    struct store_follow **out, size_t *count);

/* Delivered, in the write that does it.  ERR_NOT_FOUND: it was before, was withdrawn, or
 * has changed once more since it was read; nothing may be delivered then. */
enum err store_follow_done(struct store_tx *tx, const struct store_follow *follow);

#endif

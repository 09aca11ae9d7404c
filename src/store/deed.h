/*
 * deed.h - rows about what was done with accounts and with the server: the log of its
 * administrators, and what each account is told happened in it.
 *
 * Says who, what, when and from where, in words of other rooms; never a value of a card.
 * All results live in the given arena.
 */
#ifndef KITH_STORE_DEED_H
#define KITH_STORE_DEED_H

#include "store/store.h"

#define STORE_DEED_KEPT_MS ((int64_t)400 * 24 * 3600 * 1000)

#define STORE_DEED_REMOVED (-1) /* for the actor: an account there is no longer */

struct store_deed {
	int64_t id;
	int64_t account; /* to whom it happened; 0: to the server */
	int64_t actor;   /* who did it; 0: nobody with an account */
	str what;        /* "password", "login-failed" ... */
	str about;       /* which one: a device's label, a login; may be empty */
	str peer;        /* from where, masked by the caller; may be empty */
	int64_t hour;    /* not 0: all of a kind in this hour from there are one row */
	int64_t at_ms;   /* the last time */
	int64_t count;
};

/* Fills in the id; what is older than STORE_DEED_KEPT_MS goes. */
enum err store_deed_add(struct store_tx *tx, const struct store_deed *deed);

/* Where a list goes on: behind this row. */
struct store_deed_place {
	int64_t at_ms, id;
};

/* The latest first: of one account, or (0) all there are. */
enum err store_deed_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_deed_place behind, size_t limit, struct store_deed **out,
    size_t *count);

/* The last one of a kind.  ERR_NOT_FOUND. */
enum err store_deed_last(
    struct store_tx *tx, struct arena *arena, str what, struct store_deed *out);

enum err store_deed_sweep(struct store_tx *tx, int64_t now_ms);

#endif

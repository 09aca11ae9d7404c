/*
 * push.h - rows about push registrations: whom to tell when a book or a home changes.
 * All results live in the given arena.
 *
 * Nobody who writes a card writes here.  A registration remembers up to which rev its owner
 * was told; the courier compares that with the book's.
 */
#ifndef KITH_STORE_PUSH_H
#define KITH_STORE_PUSH_H

#include "store/store.h"

/* Names of the store's secrets.  The courier makes all three at its start, the public key
 * last; until that is there nothing can be registered. */
#define STORE_PUSH_PRIVATE STR("push-private") /* 32 bytes: ours, RFC 8292 */
#define STORE_PUSH_PUBLIC  STR("push-public")  /* its point of P-256, 65 bytes */
#define STORE_PUSH_TOPICS  STR("push-topics")  /* 32 bytes: what topics are made with */

struct store_push {
	int64_t account, id;
	int64_t book;           /* 0: the home, that is: which books there are */
	str topic;              /* how the resource is named to whoever registered */
	str resource;           /* the push service's URL */
	str key, auth;          /* the reader's, raw bytes */
	bool content, property; /* what is to be told */
	int64_t expires_ms;
	int64_t pushed_rev; /* told up to there */
	int64_t next_ms;    /* not before: merging, a lease, or backing off */
	int64_t step;       /* how often in a row changes came while merging */
	int64_t failures;   /* in a row */
	int64_t failing_ms; /* since when; 0: it does not */
	int64_t made_ms;
};

/*
 * Adds a registration, or renews the one of the same account, book and resource: keys,
 * triggers and expiry, no more.  Fills in the id that stands, and pushed_rev of a new one:
 * what was before is not told.  `rev` is that of store_push_rev().
 */
enum err store_push_put(struct store_tx *tx, struct store_push *push, bool *created);
enum err store_push_find(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t id, struct store_push *out);
enum err store_push_remove(struct store_tx *tx, int64_t account, int64_t id);
enum err store_push_count(struct store_tx *tx, int64_t account, int64_t *out);

/* Drops what expired by then. */
enum err store_push_sweep(struct store_tx *tx, int64_t now_ms);

/* The rev of a book, also of a removed one, or of a home (book 0), which grows with every
 * book made or removed. */
enum err store_push_rev(
    struct store_tx *tx, int64_t account, int64_t book, int64_t *out);

/* Counts a change from `before` to `after` as told to those who knew all before it; `id` 0:
 * to all of the book. */
enum err store_push_hush(struct store_tx *tx, int64_t account, int64_t book, int64_t id,
    int64_t before, int64_t after);

/* Before such a change: those who only want to hear of properties, and have, know the rev of
 * the book, too. */
enum err store_push_level(
    struct store_tx *tx, int64_t account, int64_t book, int64_t rev);

/* Removes a book's registration; `id` 0: all of them. */
enum err store_push_drop(
    struct store_tx *tx, int64_t account, int64_t book, int64_t id);

struct store_push_health {
	int64_t all,
	    failing; /* registrations; those whose service refused the last push */
};

enum err store_push_health(struct store_tx *tx, struct store_push_health *out);

/* --- for the courier --- */

struct store_push_due {
	struct store_push push;
	str epoch;         /* of the book; empty of a home, or of a removed book */
	int64_t rev;       /* the book's or the home's */
	int64_t described; /* the rev of the last change of title or description */
	bool gone;         /* the book was removed */
};

/* Those with something to tell, the earliest first; also those whose moment is still to
 * come, for the caller to know when. */
enum err store_push_list_due(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    size_t limit, struct store_push_due **out, size_t *count);

/* Writes pushed_rev, next_ms, step, failures and failing_ms back. */
enum err store_push_update(struct store_tx *tx, const struct store_push *push);

/* Puts next_ms to lease_ms where it still is what it was; *taken says whether it was. */
enum err store_push_lease(
    struct store_tx *tx, const struct store_push *push, int64_t lease_ms, bool *taken);

#endif

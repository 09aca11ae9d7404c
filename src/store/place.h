/*
 * place.h - rows about what stands beside books and cards: properties of the clients' own,
 * locks, shares.  All results live in the given arena.
 */
#ifndef KITH_STORE_PLACE_H
#define KITH_STORE_PLACE_H

#include "store/store.h"

/* A home (book 0, no name), a book (no name) or a card. */
struct store_place {
	int64_t account, book;
	str name;
};

/* --- properties --- */

struct store_prop {
	str space, local;
	str xml; /* the whole element */
};

enum err store_prop_list(struct store_tx *tx, struct arena *arena,
    const struct store_place *place, struct store_prop **out, size_t *count);
enum err store_prop_put(struct store_tx *tx, const struct store_place *place,
    const struct store_prop *prop);
enum err store_prop_remove(struct store_tx *tx, const struct store_place *place,
    const struct store_prop *prop);
enum err store_prop_copy(
    struct store_tx *tx, const struct store_place *from, const struct store_place *to);

/* --- locks --- */

struct store_lock {
	struct store_place at;
	str token;
	bool deep, exclusive;
	str owner; /* XML, as the client gave it */
	int64_t who, until_ms;
};

/* All of a home that are not over. */
enum err store_lock_list(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t now_ms, struct store_lock **out, size_t *count);

/* Whether there is any. */
enum err store_lock_any(
    struct store_tx *tx, int64_t account, int64_t now_ms, bool *any);

/* Sweeps what is over on the way. */
enum err store_lock_add(
    struct store_tx *tx, const struct store_lock *lock, int64_t now_ms);
enum err store_lock_extend(
    struct store_tx *tx, int64_t account, str token, int64_t until_ms);
enum err store_lock_remove(struct store_tx *tx, int64_t account, str token);

enum err store_lock_drop(struct store_tx *tx, const struct store_place *place);

/* Properties and locks of a place that is no more. */
enum err store_place_drop(struct store_tx *tx, const struct store_place *place);

/* --- shares --- */

struct store_share {
	int64_t account, book; /* whose */
	int64_t grantee;
	bool may_write;
};

enum err store_share_list(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t book, struct store_share **out, size_t *count);
enum err store_share_find(
    struct store_tx *tx, int64_t book, int64_t grantee, struct store_share *out);
enum err store_shared_with(struct store_tx *tx, struct arena *arena, int64_t grantee,
    struct store_share **out, size_t *count);
enum err store_share_put(
    struct store_tx *tx, const struct store_share *share, int64_t now_ms);

enum err store_share_leave(struct store_tx *tx, int64_t book, int64_t grantee);

/* All of a book. */
enum err store_share_drop(struct store_tx *tx, int64_t account, int64_t book);

#endif

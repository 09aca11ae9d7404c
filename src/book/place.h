/*
 * place.h - what WebDAV clients keep beside books and cards: properties of their own, and
 * locks (RFC 4918 4, 6, 7).
 *
 * A place is a home, a book in it, or a card in that.  A lock holds at its place, and when
 * it is deep at all places below.
 */
#ifndef KITH_BOOK_PLACE_H
#define KITH_BOOK_PLACE_H

#include "book/book.h"

#define BOOK_MAX_PROPS      100 /* of a client's own, at one place */
#define BOOK_PROP_MAX_BYTES ((size_t)64 * 1024)
#define BOOK_MAX_LOCKS      100 /* in one home */
#define BOOK_LOCK_MAX_MS    ((int64_t)24 * 3600 * 1000)

struct book_place {
	int64_t account, book; /* book 0: the home itself */
	str card;              /* empty: the book itself */
};

/* --- properties --- */

struct book_prop {
	str space, local;
	str xml; /* the whole element; empty in a change: it goes */
};

enum err book_props(const struct call *call, const struct book_place *place,
    struct book_prop **out, size_t *count);

/* All of it or nothing.  ERR_LIMIT, ERR_TOO_LARGE. */
enum err book_props_change(const struct call *call, const struct book_place *place,
    const struct book_prop *changes, size_t count);

/* --- locks --- */

struct book_lock {
	struct book_place at;
	str token; /* "urn:uuid:..." */
	bool deep, exclusive;
	str owner; /* XML */
	int64_t who, until_ms;
};

struct book_locks {
	struct book_lock *list;
	size_t count;
};

/* All of a home that hold now.  Mostly none: one look-up. */
enum err book_locks(const struct call *call, int64_t account, struct book_locks *out);

/* Whether the lock holds at the place. */
bool book_lock_covers(const struct book_lock *lock, const struct book_place *place);

/* Whether the place is the lock's, or lies above its. */
bool book_lock_is_within(const struct book_lock *lock, const struct book_place *place);

/*
 * Locks: lock->at, deep, exclusive, owner, until_ms as wished; the token is made.
 * ERR_LOCKED: another one stands in its way, why->name is its token.  ERR_LIMIT.
 */
enum err book_lock(const struct call *call, struct book_lock *lock, struct why *why);
enum err book_lock_extend(
    const struct call *call, struct book_lock *lock, int64_t until_ms);
enum err book_unlock(const struct call *call, const struct book_lock *lock);

#endif

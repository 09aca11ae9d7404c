/* lock.c - locks: which stand, what they cover, and one more. */
#include "book/place_int.h"
#include "seal/seal.h"

static struct book_lock
lock_of_row(const struct store_lock *row)
{
	return (struct book_lock){
		.at = { row->at.account, row->at.book, row->at.name },
		.token = row->token,
		.deep = row->deep,
		.exclusive = row->exclusive,
		.owner = row->owner,
		.who = row->who,
		.until_ms = row->until_ms,
	};
}

static enum err
locks_in(struct store_tx *tx, const struct call *call, int64_t account,
    struct book_locks *out)
{
	struct store_lock *rows;

	TRY(store_lock_list(
	    tx, call->arena, account, call->now_ms, &rows, &out->count));
	out->list = ARENA_ARRAY(call->arena, struct book_lock, out->count);
	for (size_t i = 0; i < out->count; i++)
		out->list[i] = lock_of_row(&rows[i]);
	return OK;
}

enum err
book_locks(const struct call *call, int64_t account, struct book_locks *out)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return locks_in(tx, call, account, out);
}

static bool
is_same(const struct book_place *a, const struct book_place *b)
{
	return a->account == b->account && a->book == b->book &&
	       str_same(a->card, b->card);
}

/* Whether `inner` lies below `outer`. */
static bool
is_below(const struct book_place *inner, const struct book_place *outer)
{
	if (inner->account != outer->account || outer->card.len)
		return false;
	if (!outer->book)
		return inner->book != 0;
	return inner->book == outer->book && inner->card.len;
}

bool
book_lock_covers(const struct book_lock *lock, const struct book_place *place)
{
	return is_same(&lock->at, place) || (lock->deep && is_below(place, &lock->at));
}

bool
book_lock_is_within(const struct book_lock *lock, const struct book_place *place)
{
	return is_same(&lock->at, place) || is_below(&lock->at, place);
}

/* RFC 4918 6.1, 7: two exclusive locks, or one of each kind, cannot hold at one place. */
static bool
clash(const struct book_lock *a, const struct book_lock *b)
{
	return (a->exclusive || b->exclusive) &&
	       (book_lock_covers(a, &b->at) || book_lock_covers(b, &a->at));
}

struct locking {
	const struct call *call;
	struct book_lock *lock;
	struct why *why;
};

static enum err
lock_rows(struct store_tx *tx, void *arg)
{
	struct locking *l = arg;
	struct store_lock row = { row_of_place(&l->lock->at), l->lock->token,
		l->lock->deep, l->lock->exclusive, l->lock->owner, l->lock->who,
		l->lock->until_ms };
	struct book_locks stand;

	TRY(locks_in(tx, l->call, l->lock->at.account, &stand));
	if (stand.count >= BOOK_MAX_LOCKS)
		return ERR_LIMIT;
	for (size_t i = 0; i < stand.count; i++)
		if (clash(&stand.list[i], l->lock)) {
			*l->why = (struct why){ .what = "another lock holds here",
				.name = stand.list[i].token };
			return ERR_LOCKED;
		}
	return store_lock_add(tx, &row, l->call->now_ms);
}

enum err
book_lock(const struct call *call, struct book_lock *lock, struct why *why)
{
	struct locking l = { call, lock, why };

	lock->token = seal_uuid(call->arena);
	lock->who = call->who;
	return store_write(call->store, lock_rows, &l);
}

static enum err
extend_rows(struct store_tx *tx, void *arg)
{
	const struct locking *l = arg;

	return store_lock_extend(
	    tx, l->lock->at.account, l->lock->token, l->lock->until_ms);
}

enum err
book_lock_extend(const struct call *call, struct book_lock *lock, int64_t until_ms)
{
	struct locking l = { call, lock, NULL };

	lock->until_ms = until_ms;
	return store_write(call->store, extend_rows, &l);
}

static enum err
unlock_rows(struct store_tx *tx, void *arg)
{
	const struct locking *l = arg;

	return store_lock_remove(tx, l->lock->at.account, l->lock->token);
}

enum err
book_unlock(const struct call *call, const struct book_lock *lock)
{
	struct book_lock copy = *lock;
	struct locking l = { call, &copy, NULL };

	return store_write(call->store, unlock_rows, &l);
}

/* quiet.c - changes that some registrations are not told of. */
#include "book/book_in.h"
#include "book/push.h"
#include "book/put_int.h"
#include "store/push.h"

#define HOME 0

static bool
is_loud(const struct book_quiet *quiet)
{
	return !quiet->all && !quiet->count;
}

/* Calls `each` for every registration that is spared; once with id 0 when all are. */
static enum err
for_each(struct store_tx *tx, const struct book_quiet *quiet,
    enum err (*each)(struct store_tx *tx, int64_t id, const void *arg), const void *arg)
{
	if (quiet->all)
		return each(tx, 0, arg);
	for (size_t i = 0; i < quiet->count; i++)
		TRY(each(tx, quiet->ids[i], arg));
	return OK;
}

/* One change of a book or home, and who is not to hear of it. */
struct quiet_change {
	const struct call *call;
	int64_t account, book;
	const struct book_quiet *quiet;
	enum err (*change)(struct store_tx *tx, void *arg);
	void *arg;

	int64_t before, after; /* revs */
};

static enum err
hush(struct store_tx *tx, int64_t id, const void *arg)
{
	const struct quiet_change *q = arg;

	return store_push_hush(tx, q->account, q->book, id, q->before, q->after);
}

static enum err
change_and_hush(struct store_tx *tx, void *arg)
{
	struct quiet_change *q = arg;

	TRY(store_push_rev(tx, q->account, q->book, &q->before));
	if (q->book != HOME)
		TRY(store_push_level(tx, q->account, q->book, q->before));
	TRY(q->change(tx, q->arg));
	TRY(store_push_rev(tx, q->account, q->book, &q->after));
	return q->after == q->before ? OK : for_each(tx, q->quiet, hush, q);
}

static enum err
change_quietly(const struct call *call, int64_t account, int64_t book,
    const struct book_quiet *quiet, enum err (*change)(struct store_tx *tx, void *arg),
    void *arg)
{
	struct quiet_change q = { call, account, book, quiet, change, arg, 0, 0 };

	return store_write(call->store, change_and_hush, &q);
}

/* --- cards --- */

enum err
book_put_quietly(const struct call *call, const struct book *book,
    const struct book_put *wanted, const struct book_quiet *quiet,
    struct book_put_done *out, struct why *why)
{
	struct putting p = {
		.call = call, .book = book, .put = wanted, .done = out, .why = why
	};
	enum err e;

	if (is_loud(quiet))
		return book_put(call, book, wanted, out, why);
	TRY(put_prepare(&p));
	e = change_quietly(call, book->account, book->id, quiet, put_rows, &p);
	if (e == ERR_CONDITION)
		put_refused(&p);
	return e;
}

struct removal {
	const struct call *call;
	const struct book *book;
	str name;
	const struct book_when *when;
	enum book_door by;
};

static enum err
remove_card(struct store_tx *tx, void *arg)
{
	const struct removal *r = arg;

	return book_card_remove_in(tx, r->call, r->book, r->name, r->when, r->by);
}

enum err
book_card_remove_quietly(const struct call *call, const struct book *book, str name,
    const struct book_when *when, enum book_door by, const struct book_quiet *quiet)
{
	struct removal r = { call, book, name, when, by };

	if (is_loud(quiet))
		return book_card_remove(call, book, name, when, by);
	TRY(may_write(call, book));
	return change_quietly(call, book->account, book->id, quiet, remove_card, &r);
}

/* --- books --- */

struct book_making {
	const struct call *call;
	int64_t account;
	const struct book_new *fresh;
	struct book *out;
	struct why *why;
};

static enum err
make(struct store_tx *tx, void *arg)
{
	const struct book_making *m = arg;

	return book_make_in(tx, m->call, m->account, m->fresh, m->out, m->why);
}

enum err
book_make_quietly(const struct call *call, int64_t account,
    const struct book_new *fresh, const struct book_quiet *quiet, struct book *out,
    struct why *why)
{
	struct book_making m = { call, account, fresh, out, why };

	if (is_loud(quiet))
		return book_make(call, account, fresh, out, why);
	return change_quietly(call, account, HOME, quiet, make, &m);
}

struct description {
	const struct call *call;
	const struct book *book;
	const struct book_words *words;
};

static enum err
describe(struct store_tx *tx, void *arg)
{
	const struct description *d = arg;

	return book_describe_in(tx, d->call, d->book, d->words);
}

enum err
book_describe_quietly(const struct call *call, const struct book *book,
    const struct book_words *words, const struct book_quiet *quiet)
{
	struct description d = { call, book, words };

	if (is_loud(quiet))
		return book_describe(call, book, words);
	return change_quietly(call, book->account, book->id, quiet, describe, &d);
}

struct book_removal {
	const struct call *call;
	const struct book *book;
	const struct book_quiet *quiet;
	struct why *why;
};

/* What is told of a removed book is told once, and then the registration goes: who is not to
 * be told loses it now. */
static enum err
drop(struct store_tx *tx, int64_t id, const void *arg)
{
	const struct book *book = arg;

	return store_push_drop(tx, book->account, book->id, id);
}

static enum err
remove_book(struct store_tx *tx, void *arg)
{
	const struct book_removal *r = arg;

	TRY(book_remove_in(tx, r->call, r->book, r->why));
	return for_each(tx, r->quiet, drop, r->book);
}

enum err
book_remove_quietly(const struct call *call, const struct book *book,
    const struct book_quiet *quiet, struct why *why)
{
	struct book_removal r = { call, book, quiet, why };

	if (is_loud(quiet))
		return book_remove(call, book, why);
	return change_quietly(call, book->account, HOME, quiet, remove_book, &r);
}

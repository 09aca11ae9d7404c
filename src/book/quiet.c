/* quiet.c - changes that some registrations are not told of. */
#include "book/book_int.h"
#include "book/push.h"
#include "store/push.h"
#include "store/store.h"

#define HOME       0
#define PLACES_MAX 2

/* What is changed, and its revs. */
struct place {
	int64_t account, book; /* book HOME: the home */
	int64_t before, after;
};

struct change {
	const struct book_quiet *quiet;
	struct place places[PLACES_MAX];
	size_t count;
	enum err (*write)(struct store_tx *tx, void *arg);
	void *arg;
};

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

static enum err
hush(struct store_tx *tx, int64_t id, const void *arg)
{
	const struct place *p = arg;

	return store_push_hush(tx, p->account, p->book, id, p->before, p->after);
}

static enum err
look_before(struct store_tx *tx, struct place *p)
{
	TRY(store_push_rev(tx, p->account, p->book, &p->before));
	return p->book == HOME ? OK
			       : store_push_level(tx, p->account, p->book, p->before);
}

static enum err
change_and_hush(struct store_tx *tx, void *arg)
{
	struct change *c = arg;

	for (size_t i = 0; i < c->count; i++)
		TRY(look_before(tx, &c->places[i]));
	TRY(c->write(tx, c->arg));
	for (size_t i = 0; i < c->count; i++) {
		struct place *p = &c->places[i];

		TRY(store_push_rev(tx, p->account, p->book, &p->after));
		if (p->after != p->before)
			TRY(for_each(tx, c->quiet, hush, p));
	}
	return OK;
}

static const struct book_quiet *
quiet_of(const struct call *call)
{
	const struct book_quiet *quiet = call->device.quiet;

	return quiet && (quiet->all || quiet->count) ? quiet : NULL;
}

static enum err
change(const struct call *call, struct change *c)
{
	c->quiet = quiet_of(call);
	return c->quiet ? store_write(call->store, change_and_hush, c)
			: store_write(call->store, c->write, c->arg);
}

enum err
change_book(const struct call *call, const struct book *book, const struct book *other,
    enum err (*write)(struct store_tx *tx, void *arg), void *arg)
{
	struct change c = {
		.places = { { .account = book->account, .book = book->id } },
		.count = 1,
		.write = write,
		.arg = arg
	};

	if (other && other->id != book->id)
		c.places[c.count++] =
		    (struct place){ .account = other->account, .book = other->id };
	return change(call, &c);
}

enum err
change_home(const struct call *call, int64_t account,
    enum err (*write)(struct store_tx *tx, void *arg), void *arg)
{
	struct change c = { .places = { { .account = account } },
		.count = 1,
		.write = write,
		.arg = arg };

	return change(call, &c);
}

/* What is told of a removed book is told once, and then the registration goes: who is not to
 * be told loses it now. */
static enum err
drop(struct store_tx *tx, int64_t id, const void *arg)
{
	const struct book *book = arg;

	return store_push_drop(tx, book->account, book->id, id);
}

enum err
drop_quiet(struct store_tx *tx, const struct call *call, const struct book *book)
{
	const struct book_quiet *quiet = quiet_of(call);

	return quiet ? for_each(tx, quiet, drop, book) : OK;
}

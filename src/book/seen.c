/*
 * seen.c - what devices have seen: a few entries in memory, a row of the store for each.
 */
#include "book/seen.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "store/seen.h"

#define FIRST_ROOM 16 /* a power of two */

struct card_seen {
	uint64_t name; /* its digest; 0: an empty place */
	int64_t rev;
};

struct device_seen {
	int64_t account, book, device;
	int64_t rev;             /* all through this */
	struct card_seen *cards; /* and these: open addressing, half full at most */
	size_t room, count;
	bool news;     /* not written down yet */
	uint64_t used; /* when last: the oldest makes place */
};

struct book_seen {
	pthread_mutex_t lock;
	struct device_seen devices[BOOK_SEEN_DEVICES];
	size_t count;
	uint64_t clock;
	int64_t kept_ms; /* when it was written down */
};

struct book_seen *
book_seen_open(void)
{
	struct book_seen *seen = calloc(1, sizeof *seen);

	must(seen && pthread_mutex_init(&seen->lock, NULL) == 0);
	return seen;
}

void
book_seen_close(struct book_seen **seen)
{
	if (!*seen)
		return;
	for (size_t i = 0; i < (*seen)->count; i++)
		free((*seen)->devices[i].cards);
	(void)pthread_mutex_destroy(&(*seen)->lock);
	free(*seen);
	*seen = NULL;
}

/* --- digests: FNV-1a; whoever makes two of his own cards collide has himself to blame --- */

static uint64_t
digest(uint64_t from, str text)
{
	for (size_t i = 0; i < text.len; i++)
		from = (from ^ (unsigned char)text.at[i]) * 0x100000001b3U;
	return from ? from : 1;
}

static uint64_t
name_digest(str name)
{
	return digest(0xcbf29ce484222325U, name);
}

/* One password in two programs is two devices. */
static int64_t
device_of(const struct call *call)
{
	return (int64_t)(digest((uint64_t)call->device.id, call->device.name) >> 1);
}

/* --- the cards of one --- */

static struct card_seen *
card_place(struct card_seen *cards, size_t room, uint64_t name)
{
	size_t at = name & (room - 1);

	while (cards[at].name && cards[at].name != name)
		at = (at + 1) & (room - 1);
	return cards + at;
}

static void
make_room(struct device_seen *d, size_t room)
{
	struct card_seen *cards = calloc(room, sizeof *cards);

	must(cards);
	for (size_t i = 0; i < d->room; i++)
		if (d->cards[i].name)
			*card_place(cards, room, d->cards[i].name) = d->cards[i];
	free(d->cards);
	d->cards = cards;
	d->room = room;
}

static void
note_card(struct device_seen *d, uint64_t name, int64_t rev)
{
	struct card_seen *place;

	if (d->count >= BOOK_SEEN_CARDS)
		return; /* it looks older than it is */
	if (2 * (d->count + 1) > d->room)
		make_room(d, d->room ? 2 * d->room : FIRST_ROOM);
	place = card_place(d->cards, d->room, name);
	d->count += !place->name;
	*place = (struct card_seen){ name, rev };
}

/* Those that the rev covers need no place of their own. */
static void
note_all(struct device_seen *d, int64_t rev)
{
	struct device_seen former = *d;

	d->rev = rev;
	d->cards = NULL;
	d->room = d->count = 0;
	for (size_t i = 0; i < former.room; i++)
		if (former.cards[i].rev > rev)
			note_card(d, former.cards[i].name, former.cards[i].rev);
	free(former.cards);
}

static int64_t
rev_of(const struct device_seen *d, uint64_t name)
{
	const struct card_seen *place =
	    d->room ? card_place(d->cards, d->room, name) : NULL;

	return place && place->name ? place->rev : d->rev;
}

/* --- rows --- */

static str
pack(struct arena *arena, const struct device_seen *d)
{
	struct buf packed = buf_in(arena, SIZE_MAX);

	for (size_t i = 0; i < d->room; i++)
		if (d->cards[i].name)
			buf_add(&packed,
			    (str){ (const char *)(d->cards + i), sizeof *d->cards });
	return buf_str(&packed);
}

static void
unpack(struct device_seen *d, str packed)
{
	struct card_seen card;

	for (; packed.len >= sizeof card;
	     packed = str_part(packed, sizeof card, packed.len)) {
		memcpy(&card, packed.at, sizeof card);
		if (card.name)
			note_card(d, card.name, card.rev);
	}
}

static void
recall(struct device_seen *d, const struct call *call)
{
	SCOPED(store_tx) tx = NULL;
	struct store_seen row;

	if (store_look(call->store, &tx) != OK ||
	    store_seen_find(tx, call->arena, d->account, d->book, d->device, &row) !=
		OK)
		return;
	d->rev = row.rev;
	unpack(d, row.cards);
}

/* --- finding one; all of these under the lock --- */

static struct device_seen *
oldest(struct book_seen *seen)
{
	struct device_seen *found = seen->devices;

	for (size_t i = 1; i < seen->count; i++)
		if (seen->devices[i].used < found->used)
			found = seen->devices + i;
	return found;
}

static struct device_seen *
place_for(struct book_seen *seen)
{
	struct device_seen *d = seen->count < BOOK_SEEN_DEVICES
				    ? seen->devices + seen->count++
				    : oldest(seen);

	free(d->cards);
	return d;
}

static struct device_seen *
find(struct book_seen *seen, const struct call *call, const struct book *book)
{
	int64_t device = device_of(call);
	struct device_seen *d;

	for (size_t i = 0; i < seen->count; i++) {
		d = seen->devices + i;
		if (d->device == device && d->book == book->id &&
		    d->account == call->who) {
			d->used = ++seen->clock;
			return d;
		}
	}
	d = place_for(seen);
	*d = (struct device_seen){ .account = call->who,
		.book = book->id,
		.device = device,
		.used = ++seen->clock };
	recall(d, call);
	return d;
}

/* --- the calls --- */

void
book_seen_card(struct book_seen *seen, const struct call *call, const struct book *book,
    str name, int64_t rev)
{
	uint64_t digested = name_digest(name);
	struct device_seen *d;

	if (!call->device.id)
		return;
	(void)pthread_mutex_lock(&seen->lock);
	d = find(seen, call, book);
	if (rev_of(d, digested) < rev) {
		note_card(d, digested, rev);
		d->news = true;
	}
	(void)pthread_mutex_unlock(&seen->lock);
}

void
book_seen_all(struct book_seen *seen, const struct call *call, const struct book *book,
    int64_t rev)
{
	struct device_seen *d;
	bool due;

	if (!call->device.id)
		return;
	(void)pthread_mutex_lock(&seen->lock);
	d = find(seen, call, book);
	if (d->rev != rev) {
		note_all(d, rev);
		d->news = true;
	}
	due = call->now_ms - seen->kept_ms >= BOOK_SEEN_KEEP_MS;
	(void)pthread_mutex_unlock(&seen->lock);
	if (due)
		(void)!book_seen_keep(seen, call);
}

int64_t
book_seen_rev(
    struct book_seen *seen, const struct call *call, const struct book *book, str name)
{
	int64_t rev;

	if (!call->device.id)
		return 0;
	(void)pthread_mutex_lock(&seen->lock);
	rev = rev_of(find(seen, call, book), name_digest(name));
	(void)pthread_mutex_unlock(&seen->lock);
	return rev;
}

/* --- writing down --- */

struct keeping {
	struct store_seen *rows;
	size_t count;
};

static enum err
keep_rows(struct store_tx *tx, void *arg)
{
	const struct keeping *k = arg;

	for (size_t i = 0; i < k->count; i++)
		TRY(store_seen_put(tx, k->rows + i));
	return OK;
}

static void
take_news(struct book_seen *seen, const struct call *call, struct keeping *out)
{
	out->rows = ARENA_ARRAY(call->arena, struct store_seen, seen->count);
	for (size_t i = 0; i < seen->count; i++) {
		struct device_seen *d = seen->devices + i;

		if (!d->news)
			continue;
		out->rows[out->count++] = (struct store_seen){ d->account, d->book,
			d->device, d->rev, pack(call->arena, d), call->now_ms };
		d->news = false;
	}
	seen->kept_ms = call->now_ms;
}

enum err
book_seen_keep(struct book_seen *seen, const struct call *call)
{
	struct keeping keeping = { 0 };

	(void)pthread_mutex_lock(&seen->lock);
	take_news(seen, call, &keeping);
	(void)pthread_mutex_unlock(&seen->lock);
	return keeping.count ? store_write(call->store, keep_rows, &keeping) : OK;
}

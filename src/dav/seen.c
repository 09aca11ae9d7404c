/*
 * seen.c - what a device has seen, told to book/seen.h.  Only programs that do not say with
 * If-Match which version they edited need such a memory.
 */
#include "book/seen.h"

#include "dav/dav_int.h"

static struct book_seen *
memory_of(const struct dav *d)
{
	return d->service && d->client->blind ? d->service->seen : NULL;
}

void
dav_seen(const struct dav *d, const struct book *book, str card, int64_t rev)
{
	struct book_seen *seen = memory_of(d);

	if (seen)
		book_seen_card(seen, d->call, book, card, rev);
}

void
dav_seen_all(const struct dav *d, const struct book *book, int64_t rev)
{
	struct book_seen *seen = memory_of(d);

	if (seen && rev)
		book_seen_all(seen, d->call, book, rev);
}

struct book_edit
dav_edit(const struct dav *d, const struct book *book)
{
	struct book_seen *seen = memory_of(d);

	return (struct book_edit){
		.seen_rev = seen ? book_seen_rev(seen, d->call, book, d->at.card) : 0,
		.dropped = d->client->dropped,
		.dropped_count = d->client->dropped_count,
		.groups = d->groups,
	};
}

/*
 * search.h - which cards of a book may hold a text, without reading them all.
 *
 * Keeps the folded text of the books looked into lately in memory and brings it up to date
 * by what changed since: a search costs a sweep over the text, whatever the number of
 * fields asked for.  What it finds is a superset; the caller holds each card against its
 * filter.  Any thread.
 */
#ifndef KITH_BOOK_SEARCH_H
#define KITH_BOOK_SEARCH_H

#include "book/book.h"

#define BOOK_SEARCH_BOOKS     16                 /* kept at once, latest first */
#define BOOK_SEARCH_MAX_BYTES ((size_t)64 << 20) /* of one book's text: ERR_TOO_LARGE */

struct book_search;

struct book_search *book_search_open(void);
void book_search_close(struct book_search **search); /* takes NULL, leaves NULL */

struct book_found {
	int64_t *ids; /* ascending, each once */
	size_t count;
};

/* The cards whose text has one of the needles (as card_filter_needles() gives them).  Some
 * may be gone or changed by now.  ERR_TOO_LARGE: this book is not kept. */
enum err book_search_find(struct book_search *search, const struct call *call,
    const struct book *book, const str *needles, size_t count, struct book_found *out);

#endif

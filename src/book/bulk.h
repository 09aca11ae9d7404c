/*
 * bulk.h - one act on many cards of a book: one write, all of them or none.
 *
 * Cards that are gone by then are passed over: whoever sends a form twice has it done once.
 */
#ifndef KITH_BOOK_BULK_H
#define KITH_BOOK_BULK_H

#include "book/book.h"

#define BOOK_BULK_MAX 300 /* cards in one act; ERR_LIMIT */

struct book_bulk_done {
	size_t changed; /* how many it was done to */
	size_t left;    /* are in the other book already, by their UID */
	int64_t at_ms;  /* when, for book_bulk_undo() */
};

/* ERR_FORBIDDEN, ERR_LIMIT. */
enum err book_bulk_remove(const struct call *call, const struct book *book,
    const str *cards, size_t count, enum book_door by, struct book_bulk_done *out);

/* Cards that were removed at that moment come back; ones whose place is taken by now do
 * not.  ERR_NOT_FOUND: none was. */
enum err book_bulk_undo(const struct call *call, const struct book *book, int64_t at_ms,
    struct book_bulk_done *out, struct why *why);

/* Into another book, under a name that is free there. */
enum err book_bulk_shift(const struct call *call, const struct book *from,
    const struct book *to, const str *cards, size_t count, bool move, enum book_door by,
    struct book_bulk_done *out, struct why *why);

#endif

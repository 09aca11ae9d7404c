/*
 * import.h - many cards at once: what of them is there already, and all of them in a few
 * writes.
 */
#ifndef KITH_BOOK_IMPORT_H
#define KITH_BOOK_IMPORT_H

#include "book/book.h"

#define BOOK_PUT_MANY 100 /* in one write */

enum book_twin {
	BOOK_TWIN_NONE,
	BOOK_TWIN_UID,   /* the same card, maybe of another time */
	BOOK_TWIN_PHONE, /* another card with one of its numbers */
	BOOK_TWIN_MAIL   /* or of its addresses */
};

/* Whether the book has the card, or somebody reached by the same number or address;
 * *name: that card's.  As card_read()'s outcomes for bytes that are no card. */
enum err book_twin_find(const struct call *call, const struct book *book, str bytes,
    enum book_twin *out, str *name, struct why *why);

/*
 * Puts up to BOOK_PUT_MANY cards, all of them or none, as book_put() puts one.  *at is the
 * one that was refused.
 */
enum err book_put_many(const struct call *call, const struct book *book,
    const struct book_put *list, size_t count, struct book_put_done *done, size_t *at,
    struct why *why);

#endif

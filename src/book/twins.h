/*
 * twins.h - cards of the caller's own books that are likely of one person.
 *
 * Two cards are alike when they have a telephone number or a mail address in common, or the
 * same name and nothing that speaks against it: both have mobile numbers, mail addresses or
 * birthdays, and none in common.  A value that more than BOOK_TWINS_SHARED_MAX cards have is
 * a company's and says nothing.  Two cards of one UID in two books are a copy, made on
 * purpose.  What the owner said of two cards (book_set_apart) goes by their UIDs, so that it
 * survives edits, moves and ways back.
 *
 * It costs one sweep over the index of identifiers, and looks at the cards it names alone.
 */
#ifndef KITH_BOOK_TWINS_H
#define KITH_BOOK_TWINS_H

#include "book/book.h"

#define BOOK_TWINS_SHARED_MAX 8     /* cards */
#define BOOK_TWINS_MAX        200   /* clusters told of at once */
#define BOOK_TWINS_ROWS_MAX   50000 /* of the index, looked at */
#define BOOK_TWINS_OF_MAX     5     /* of one card */

enum book_same { BOOK_SAME_PHONE, BOOK_SAME_MAIL, BOOK_SAME_NAME };

struct book_reason {
	enum book_same by;
	str value; /* as the index has it; of a name it is folded */
};

struct book_alike {
	struct book book;
	struct book_card card;     /* its head */
	struct book_reason reason; /* only from book_twins_of() */
};

/* CARD_UNITE_MAX cards at most, the one with most in it first. */
struct book_cluster {
	struct book_alike *list;
	size_t count;
	struct book_reason *reasons;
	size_t reason_count;
};

struct book_clusters {
	struct book_cluster *list; /* in reading order */
	size_t count;
	bool more;
};

enum err book_twins(const struct call *call, struct book_clusters *out);

/* Cards that may be of the same person as that one. */
enum err book_twins_of(const struct call *call, const struct book *book,
    const struct book_card *card, struct book_alike **out, size_t *count);

/* No two of these are of one person; or they may be again.  ERR_FORBIDDEN: a card of
 * somebody else's book. */
enum err book_set_apart(
    const struct call *call, const struct book_alike *list, size_t count, bool apart);

#endif

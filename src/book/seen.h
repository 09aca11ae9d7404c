/*
 * seen.h - which version of each card a device has before it.
 *
 * Some programs upload a card without saying which version they edited.  What a device was
 * given is kept: all up to the rev its last sync token named, and the cards it was given or
 * wrote since.  In memory, and written down now and then; what is lost by a crash makes a
 * device look older than it is, which loses nothing (card/rebase.h).  A device is
 * call->device, its name included.  Any thread.
 */
#ifndef KITH_BOOK_SEEN_H
#define KITH_BOOK_SEEN_H

#include "book/book.h"

#define BOOK_SEEN_DEVICES 512   /* times books, kept in memory; latest first */
#define BOOK_SEEN_CARDS   16384 /* of one device and book since its last token */
#define BOOK_SEEN_KEEP_MS 10000 /* written down at most so often */

struct book_seen;

struct book_seen *book_seen_open(void);
void book_seen_close(struct book_seen **seen); /* takes NULL, leaves NULL */

/* The device has this version of the card: it was given it, or wrote it. */
void book_seen_card(struct book_seen *seen, const struct call *call,
    const struct book *book, str name, int64_t rev);

/* It has all there was at that rev.  Writes down what is new when it is time: not on a
 * loop thread. */
void book_seen_all(struct book_seen *seen, const struct call *call,
    const struct book *book, int64_t rev);

/* The rev of the book at which it knows that card; 0 when nothing is known. */
int64_t book_seen_rev(
    struct book_seen *seen, const struct call *call, const struct book *book, str name);

/* Writes down what is new. */
enum err book_seen_keep(struct book_seen *seen, const struct call *call);

#endif

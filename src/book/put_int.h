/*
 * put_int.h - an upload on its way into a book.
 */
#ifndef KITH_BOOK_PUT_INT_H
#define KITH_BOOK_PUT_INT_H

#include "book/book_int.h"
#include "store/store.h"

struct putting {
	const struct call *call;
	const struct book *book;
	const struct book_put *put;
	struct prepared sent;  /* what came */
	struct prepared fresh; /* what is to stand */
	bool rewritten;        /* the two differ */
	struct book_put_done *done;
	struct why *why;
};

/* p->sent of p->put; with the pictures to be shown, which another process makes. */
enum err put_prepare(struct putting *p);

/* The write (`arg`: a struct putting), after put_prepare(). */
enum err put_rows(struct store_tx *tx, void *arg);

/* One whose If-Match failed: it is kept, and brought to what stands where that can be done. */
void put_refused(struct putting *p);

/* Brings an upload that may be made to what stands now: p->fresh becomes what is to be
 * written.  An upload that clashes is kept in the history as it came. */
enum err rebase_upload(struct store_tx *tx, struct putting *p,
    const struct store_book *book, const struct store_card *old);

/* The same for one that came too late; *rescued: it can be made after all. */
enum err rescue_upload(struct store_tx *tx, struct putting *p,
    const struct store_book *book, const struct store_card *old, bool *rescued);

#endif

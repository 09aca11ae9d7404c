/*
 * undo.h - nothing is gone: former versions, removed cards and removed books come back, and
 * a whole book can be put back to a moment.
 *
 * Each way back is an ordinary change by the door "undo", with revs of its own, so that it
 * reaches every device and can itself be undone.
 */
#ifndef KITH_BOOK_UNDO_H
#define KITH_BOOK_UNDO_H

#include "book/book.h"

#define BOOK_MAX_REMOVED 500 /* listed, latest first */

/* Makes a former version (a rev of book_history()) the card's next one, also of a card that
 * was removed, also a refused upload.  ERR_NOT_FOUND; the rest as book_put(). */
enum err book_undo(const struct call *call, const struct book *book, str name,
    int64_t rev, struct book_put_done *out, struct why *why);

struct book_removed_card {
	str name, fn;
	int64_t rev; /* to give to book_undo() */
	int64_t removed_ms;
};

/* Cards that are not there any more. */
enum err book_removed_cards(const struct call *call, const struct book *book,
    struct book_removed_card **out, size_t *count);

struct book_removed {
	int64_t id;
	str name, title;
	int64_t cards, removed_ms;
};

/* The caller's removed books, and one of them back with all its cards, shares and
 * properties; under another name where its own is taken by now.  ERR_NOT_FOUND. */
enum err book_removed_books(
    const struct call *call, struct book_removed **out, size_t *count);
enum err book_revive(const struct call *call, int64_t id, struct book *out);

#define BOOK_RESTORED_LISTED 100 /* of each kind, in a preview */

/* What becomes of a card: it is as it was; it is there again; it goes. */
enum book_restored_kind {
	BOOK_RESTORED_CHANGED,
	BOOK_RESTORED_BACK,
	BOOK_RESTORED_REMOVED,
	BOOK_RESTORED_KINDS
};

struct book_restored_card {
	str name, fn;
	int64_t rev; /* of the version that comes back, for book_version() */
};

struct book_restored {
	int64_t counts[BOOK_RESTORED_KINDS];
	struct book_restored_card
	    *cards[BOOK_RESTORED_KINDS]; /* of a preview: the first */
};

/* What would be put back (preview) or is put back, so that the book is as it was at that
 * moment.  Page by page: each page is whole, and what was not reached yet stays. */
enum err book_restore(const struct call *call, const struct book *book, int64_t at_ms,
    bool preview, struct book_restored *out, struct why *why);

/* Of all accounts: former versions that ended more than keep_days ago go (0: none), and of
 * each card those behind the newest keep_versions (0: none).  In small writes, so that
 * nobody waits long behind one. */
enum err book_forget(const struct call *call, int64_t keep_days, int64_t keep_versions);

#endif

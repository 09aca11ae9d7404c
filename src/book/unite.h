/*
 * unite.h - several cards of one person made one, and taken apart again.
 *
 * One write: the kept card has what card/unite.h makes of all, the others are removed, groups
 * of the kept card's book that listed a gone one list it instead, and asks about a gone one
 * are about it from now on (the latest BOOK_UNITE_ASKS of each).
 */
#ifndef KITH_BOOK_UNITE_H
#define KITH_BOOK_UNITE_H

#include "book/book.h"
#include "card/unite.h"

#define BOOK_UNITE_ASKS 50

struct book_unite_one {
	struct book book;
	str name;
	str etag; /* as it was looked at; empty: whatever stands */
};

struct book_unite {
	const struct book_unite_one *list; /* the first is kept */
	size_t count;
	const struct card_unite_pick *picks;
	size_t pick_count;
	enum book_door by;
};

/*
 * ERR_FORBIDDEN  may not write into one of the books
 * ERR_CONDITION  one of the cards has changed; ERR_NOT_FOUND: is gone
 * ERR_BAD_INPUT  as card_unite()'s; one card twice, or fewer than two; *why
 */
enum err book_unite(const struct call *call, const struct book_unite *unite,
    struct book_put_done *out, struct why *why);

/* What the cards differ in, as card_unite_look(); their bytes and ETags are left in `list`
 * (the caller's, of unite->count). */
enum err book_unite_look(const struct call *call, const struct book_unite *unite,
    struct book_card *list, struct card_unite_fields *out, struct why *why);

/* Whether the card as it stands was made so, and can be taken apart in one step. */
enum err book_is_united(
    const struct call *call, const struct book *book, str name, bool *out);

/*
 * Takes apart again what stands as book_unite() made it: all cards, and the groups, are as
 * they were.  ERR_NOT_FOUND: no such card; ERR_CONDITION: it has been changed since, or is
 * none that was made so.
 */
enum err book_unite_undo(
    const struct call *call, const struct book *book, str name, struct why *why);

#endif

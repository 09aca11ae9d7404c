/*
 * source.h - a file of contacts, card by card, whatever it is: vCards of any version,
 * jCards (RFC 7095), JSContact (RFC 9553), LDIF or a table (card/csv.h).
 *
 * JSON is one card, a list of them, or one after the other, each told by what it begins
 * with.
 */
#ifndef KITH_BOOK_SOURCE_H
#define KITH_BOOK_SOURCE_H

#include "card/csv.h"
#include "card/ldif.h"

struct book_source {
	enum book_source_kind {
		BOOK_SOURCE_CARDS,
		BOOK_SOURCE_TABLE,
		BOOK_SOURCE_LDIF,
		BOOK_SOURCE_JSON
	} kind;
	str rest;
	unsigned line;  /* of `rest`, from 1 */
	unsigned first; /* of the card just read; 0: not known */
	struct card_csv table;
	struct card_ldif ldif;
};

/* ERR_BAD_INPUT: none of them; *why. */
enum err book_source_open(struct arena *arena, str bytes, str region,
    struct book_source *out, struct why *why);

/* The next one as book_put() takes it.  ERR_NOT_FOUND at the end; else it could not be
 * read, *why says in which line of the file, and the next call goes on behind it. */
enum err book_source_next(
    struct arena *arena, struct book_source *source, str *out, struct why *why);

#endif

/* source_int.h - an uploaded file, card by card, whatever it is. */
#ifndef KITH_WEB_SOURCE_INT_H
#define KITH_WEB_SOURCE_INT_H

#include "card/csv.h"
#include "card/ldif.h"

struct source {
	enum source_kind { SOURCE_CARDS, SOURCE_TABLE, SOURCE_LDIF, SOURCE_JSON } kind;
	str rest;
	unsigned line;
	struct card_csv table;
	struct card_ldif ldif;
};

/* vCards of any version, jCards (RFC 7095), LDIF or a table (card/csv.h).  ERR_BAD_INPUT: neither; *why. */
enum err source_open(
    struct arena *arena, str bytes, str region, struct source *out, struct why *why);

/* The next one as book_put() takes it.  ERR_NOT_FOUND at the end; else it could not be
 * read, *why says where, and the next call goes on behind it. */
enum err source_next(
    struct arena *arena, struct source *source, str *out, struct why *why);

#endif

/*
 * str.h - a look at bytes that belong to someone else.
 *
 * A str is passed by value, never freed, and valid as long as the bytes it looks at
 * (usually: until the request's arena is reset).  It may hold NUL bytes and is not
 * NUL-terminated.  The zero str is the empty string.
 */
#ifndef KITH_BASE_STR_H
#define KITH_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct str {
	const char *at;
	size_t len;
} str;

#define STR(literal) ((str){ (literal), sizeof(literal) - 1 })
#define STR_CONST(literal)                     \
	{                                      \
		(literal), sizeof(literal) - 1 \
	} /* in static tables */
#define STR_FMT    "%.*s"
#define STR_ARG(s) (int)(s).len, (s).at

str str_of(const char *nul_terminated); /* NULL is the empty string */
bool str_same(str a, str b);
bool str_same_nocase(str a, str b); /* ASCII only, as RFC 6350 and RFC 9110 want it */
int str_compare(str a, str b);      /* by bytes: < 0, 0, > 0 */
bool str_starts(str text, str head);
bool str_ends(str text, str tail);
bool str_has(str text, char c);

/* Where `needle` first stands in `text`, or SIZE_MAX. */
size_t str_find(str text, str needle);

/* From byte `from` on (clipped to the end), at most `len` bytes. */
str str_part(str text, size_t from, size_t len);

/* Without the spaces, tabs, CRs and LFs around it. */
str str_trim(str text);

/* Cuts text at the first `mark`: returns what stands before it and leaves in *text what
 * stands after it.  Without a mark, returns all of it and leaves *text empty. */
str str_cut(str *text, char mark);

/* A whole decimal number without sign, at most INT64_MAX; false when it is not one. */
bool str_number(str text, int64_t *out);

/* Whether the bytes are well-formed UTF-8 (RFC 3629: no surrogates, nothing overlong). */
bool str_is_utf8(str text);

/* The code point at the start of *text, which moves on past it; U+FFFD for a byte that is
 * not UTF-8.  *text must not be empty. */
uint32_t str_rune(str *text);

#endif

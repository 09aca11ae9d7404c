/*
 * if.h - the If field of WebDAV (RFC 4918 10.4): lists of conditions, any of which will do.
 */
#ifndef KITH_HTTP_IF_H
#define KITH_HTTP_IF_H

#include "base/arena.h"
#include "base/err.h"

#define HTTP_IF_MAX_CONDITIONS 64

struct http_if_condition {
	bool negated;
	str token;    /* "urn:uuid:...", or empty ... */
	str etag;     /* ... for a condition on the entity-tag, quotes included */
	str resource; /* as tagged; empty: the request's own */
	size_t list;  /* conditions of one list stand together and must all hold */
};

struct http_if {
	struct http_if_condition *list;
	size_t count;
};

/* An absent field gives none.  ERR_BAD_INPUT: it breaks the grammar, or has too many. */
enum err http_if_read(struct arena *arena, str field, struct http_if *out);

#endif

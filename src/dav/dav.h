/*
 * dav.h - CardDAV (RFC 6352), WebDAV (RFC 4918), sync (RFC 6578) over book/.
 *
 * Turns requests into calls of book_*() and their outcomes into statuses.  Holds no rule
 * of its own about cards.  One file per method and per report; methods, reports and
 * properties are tables.
 */
#ifndef KITH_DAV_DAV_H
#define KITH_DAV_DAV_H

#include "base/call.h"
#include "http/http.h"

struct book_search;
struct book_seen;

#define DAV_BODY_MAX_BYTES ((size_t)11 << 20)  /* a card, or a report of many hrefs */
#define DAV_PAGE_CARDS     64                  /* read at once while streaming */
#define DAV_PAGE_BYTES     ((size_t)256 << 10) /* ... or, of large ones, fewer */
#define DAV_MULTIGET_MAX   20000               /* hrefs in one report */

/* What the route has of its own, for all requests; NULL for none. */
struct dav_service {
	struct book_search *search; /* may be NULL */
	struct book_seen *seen;     /* may be NULL: uploads are taken as they come */
	bool push_inner;            /* push services on plain http may be registered */
};

/* The route "/dav/" (`self`: a struct dav_service): who is verified, except for OPTIONS. */
void dav_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

/* What is refused before it is read (struct route): a PUT larger than DAV_BODY_MAX_BYTES is
 * told its precondition (RFC 6352 6.3.2.1) as one that is just too large. */
void dav_refuse_early(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

/* The route "/.well-known/carddav": to "/dav/" for every method (RFC 6764 5). */
void dav_well_known(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

#endif

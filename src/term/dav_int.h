/* dav_int.h - the terminal as a CardDAV client (RFC 6352, 6578). */
#ifndef KITH_TERM_DAV_INT_H
#define KITH_TERM_DAV_INT_H

#include "term/term.h"

#define DAV_BATCH          50 /* cards in one multiget */
#define DAV_ANSWER_BYTES   ((size_t)256 << 20)
#define DAV_CARD_MAX_BYTES ((size_t)16 << 20)

struct dav_card {
	str href; /* path-absolute, as the server writes it */
	str etag; /* empty when the card is gone */
	str data; /* after dav_fetch */
};

struct dav_cards {
	struct dav_card *list;
	size_t count;
};

/* The default book's path: principal, home, first book. */
enum err dav_discover(const struct term *term, str *book, struct why *why);

/* What changed since `token` (empty: everything); *token becomes the new one.
 * ERR_TOKEN: the server no longer knows it. */
enum err dav_changes(const struct term *term, str book, str *token,
    struct dav_cards *out, struct why *why);

/* Fills in data and etag of up to DAV_BATCH cards in one request; one that went away in
 * between stays empty. */
enum err dav_fetch(const struct term *term, str book, struct dav_card *cards,
    size_t count, struct why *why);

/* `etag` empty: only if there is none yet.  ERR_CONDITION when it is otherwise.  *out is
 * the new ETag, empty when the server kept something else than was sent. */
enum err dav_store(
    const struct term *term, str href, str etag, str data, str *out, struct why *why);
enum err dav_drop(const struct term *term, str href, str etag, struct why *why);

#endif

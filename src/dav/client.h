/*
 * client.h - what is known of the programs that call, by their User-Agent.
 *
 * Nothing is refused for it: it says whether a program fails to tell which version it
 * edited, what it is known to drop, and how it sees groups.
 */
#ifndef KITH_DAV_CLIENT_H
#define KITH_DAV_CLIENT_H

#include "book/book.h"
#include "http/http.h"

struct dav_client {
	str mark;     /* in the User-Agent */
	str name;     /* for the history, where the device has no name of its own */
	bool blind;   /* it uploads edits without If-Match */
	bool wants_3; /* it does not say, but can only be relied on with vCard 3.0 */
	enum book_groups groups;
	const str *dropped; /* properties that do not survive it */
	size_t dropped_count;
};

/* Never NULL: an unknown program that uploads without If-Match means to replace,
 * drops nothing, and reads groups in both ways. */
const struct dav_client *dav_client_of(const struct http_req *req);

#endif

/*
 * client.h - what is known of the programs that call, by their User-Agent.
 *
 * Nothing is refused or hidden for it: it only says whether a program fails to tell which
 * version it edited, and what it is known to drop.
 */
#ifndef KITH_DAV_CLIENT_H
#define KITH_DAV_CLIENT_H

#include "http/http.h"

struct dav_client {
	str mark;   /* in the User-Agent */
	str name;   /* for the history, where the device has no name of its own */
	bool blind; /* it uploads edits without If-Match */
	const str *dropped; /* properties that do not survive it */
	size_t dropped_count;
};

/* Never NULL: an unknown program that uploads without If-Match means to replace,
 * and drops nothing. */
const struct dav_client *dav_client_of(const struct http_req *req);

#endif

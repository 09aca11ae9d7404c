/*
 * flow.h - a device is let in by its owner's browser (the shape of Nextcloud's login flow,
 * version 2, which DAVx5 speaks).
 *
 * The device begins and gets two tokens: one it keeps and asks with, one that opens a page.
 * There the owner signs in, sees who asks, and grants or denies.  Only then does the
 * device's next question make its app password, once.  Any thread.
 */
#ifndef KITH_AUTH_FLOW_H
#define KITH_AUTH_FLOW_H

#include "auth/auth.h"

#define AUTH_FLOW_MS ((int64_t)20 * 60 * 1000) /* from the device's beginning */

struct auth_flow_begun {
	str poll; /* the device's own token */
	str page; /* the one that opens the page */
};

/* `about`: what the device calls itself.  ERR_LIMIT: AUTH_TICKETS_PER_PEER. */
enum err auth_flow_begin(
    const struct call *call, str peer, str about, struct auth_flow_begun *out);

struct auth_flow {
	str about;       /* may be empty */
	str peer;        /* from where it was begun */
	int64_t account; /* who granted; CALL_NOBODY: it waits */
};

/* ERR_GONE: there is none, or it is over, used or denied. */
enum err auth_flow_find(const struct call *call, str page, struct auth_flow *out);

/* The caller lets it in; twice is once.  ERR_GONE as above, or another did. */
enum err auth_flow_grant(const struct call *call, str page);

/* ERR_GONE. */
enum err auth_flow_deny(const struct call *call, str page);

/* What the device asks.  ERR_NOT_FOUND: not (yet, any more) granted; OK comes once. */
enum err auth_flow_poll(const struct call *call, str poll, str *login, str *password);

#endif

/*
 * deed.h - the log: what was done with accounts and with the server, by whom, from where.
 *
 * What happens to an account is told to its owner, too.  Addresses are masked before they
 * are written; failures to sign in are counted by the hour.  Kept for STORE_DEED_KEPT_MS
 * (400 days).  Any thread.
 */
#ifndef KITH_AUTH_DEED_H
#define KITH_AUTH_DEED_H

#include "auth/auth.h"

enum auth_deed {
	AUTH_DEED_MADE,    /* an account; about: its login */
	AUTH_DEED_REMOVED, /* about: its login, masked */
	AUTH_DEED_LOGIN,   /* about: with what */
	AUTH_DEED_LOGIN_FAILED,
	AUTH_DEED_PASSWORD,
	AUTH_DEED_APP_MADE, /* about: the device's label */
	AUTH_DEED_APP_REVOKED,
	AUTH_DEED_CODES_ON,
	AUTH_DEED_CODES_OFF,
	AUTH_DEED_PASSKEY_MADE, /* about: its label */
	AUTH_DEED_PASSKEY_REMOVED,
	AUTH_DEED_ADMIN_ON,
	AUTH_DEED_ADMIN_OFF,
	AUTH_DEED_DISABLED,
	AUTH_DEED_ENABLED,
	AUTH_DEED_RESET_MADE,
	AUTH_DEED_RESET_USED,
	AUTH_DEED_INVITE_MADE, /* about: for whom */
	AUTH_DEED_INVITE_WITHDRAWN,
	AUTH_DEED_INVITE_USED,
	AUTH_DEED_GATE_TESTED, /* about: which way, and where to, masked */
	AUTH_DEED_BLOCKED,     /* somebody does not want to be asked; never who */
	AUTH_DEED_CHECKED,     /* the store, from its raw bytes */
	AUTH_DEED_BACKUP,
	AUTH_DEED_COUNT
};

struct auth_deed_row {
	int64_t id, at_ms, count;
	enum auth_deed deed;
	int64_t account, actor; /* actor: 0, an operator or nobody; -1, gone since */
	str login, by;          /* of the two; empty where there is none */
	str about, peer;
};

/* A list goes on behind its last row; { INT64_MAX, 0 } is its beginning. */
struct auth_deed_place {
	int64_t at_ms, id;
};

/* The latest first; account 0: all there are. */
enum err auth_deed_list(const struct call *call, int64_t account,
    struct auth_deed_place behind, size_t limit, struct auth_deed_row **out,
    size_t *count);

/* When that was done last; 0: never, or not in 400 days. */
enum err auth_deed_last(const struct call *call, enum auth_deed deed, int64_t *at_ms);

/* Notes what was done to the server, by the caller. */
enum err auth_deed_note(const struct call *call, enum auth_deed deed, str about);

/* "203.0.113.x", "2001:db8:7::x": where from, not from which machine. */
str auth_peer_masked(struct arena *arena, str peer);

#endif

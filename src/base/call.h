/*
 * call.h - who calls, when, and what the call may use.
 *
 * Made once per request, per letter, per verb; handed down, never kept, never written to.
 * It has six fields.  A seventh needs a reason in ARCHITECTURE.md.
 */
#ifndef KITH_BASE_CALL_H
#define KITH_BASE_CALL_H

#include <stdint.h>

#include "base/arena.h"

struct store;      /* opened by main/; what is inside is no business above floor 4 */
struct book_quiet; /* book/push.h */

#define CALL_NOBODY 0 /* the caller has shown no account, at most a token */

/* What the account calls with: said in the history, and which version of a card it has seen
 * depends on it. */
struct call_device {
	int64_t id; /* of the credential that was shown; 0: none */
	str name;   /* "phone": an app password's label, or the program's name */
	str groups; /* how it wants them, as its owner chose; empty: as its program does */
	const struct book_quiet
	    *quiet; /* who is not told of what it changes; or NULL */
};

struct call {
	struct store *store;
	struct arena *arena; /* lives as long as the call */
	int64_t who;         /* an account, or CALL_NOBODY */
	int64_t now_ms;      /* Unix time; one reading for the whole call */
	struct call_device device;
	str peer; /* the address it comes from; empty: from this machine's own terminal */
};

#endif

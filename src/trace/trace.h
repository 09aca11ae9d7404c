/*
 * trace.h - the last requests of each account's devices, for telling its owner what is wrong.
 *
 * A ring of TRACE_PER_ACCOUNT rows for an account, and one for an address whose requests
 * showed no account; all in one piece of memory that never grows.  The same request again
 * counts up its row instead of taking another, so that polling does not push out what went
 * wrong.  Written without a lock on the path of every request: two writers that meet in one
 * row lose one of the two.  Gone with the process; nothing in it opens a door, and of a
 * path only what kind it is, or the first word of one that leads nowhere.  Any thread.
 */
#ifndef KITH_TRACE_TRACE_H
#define KITH_TRACE_TRACE_H

#include <stdint.h>

#include "base/str.h"

#define TRACE_PER_ACCOUNT 64
#define TRACE_RINGS       512 /* accounts and addresses told apart: 4 MiB when all are used */
#define TRACE_HOLD_MS     60000 /* nobody loses his ring who was heard of that lately */
#define TRACE_SAME        8     /* so many rows back the same one is looked for */
#define TRACE_AGENT_BYTES 40
#define TRACE_WHERE_BYTES 24

/* What was asked for, as far as it matters here. */
enum trace_kind {
	TRACE_NONE, /* nothing that a device asks for: not noted */
	TRACE_DAV,
	TRACE_WELL_KNOWN,
	TRACE_API,
	TRACE_ELSEWHERE, /* with a method no page has: an address typed wrong */
	TRACE_TLS,       /* a greeting by TLS, where none is spoken */
};

struct trace_said {
	int64_t account; /* 0: none was shown */
	str peer;        /* then it is noted for this address */
	int64_t
	    device; /* the credential's id; 0: none, or the account's own password */
	int64_t at_ms;
	enum trace_kind kind;
	unsigned depth;                   /* of the path: 1 is the top */
	unsigned method, status, outcome; /* enum http_method, enum err */
	bool secure;                      /* by TLS, also of a proxy before us */
	str agent,
	    where; /* cut to the limits above; where: the first word of a path that
			     leads nowhere, or "login": one that nobody has was shown */
};

struct trace_row {
	int64_t device, first_ms, last_ms, count;
	enum trace_kind kind;
	unsigned depth, method, status, outcome;
	bool secure;
	char agent[TRACE_AGENT_BYTES + 1], where[TRACE_WHERE_BYTES + 1];
};

struct trace;

struct trace *trace_open(void);
void trace_close(struct trace **trace); /* takes NULL, leaves NULL */

void trace_note(struct trace *trace, const struct trace_said *said);

/* An account's rows, or (account 0) those of an address; the latest first.  How many. */
size_t trace_read(const struct trace *trace, int64_t account, str peer,
    struct trace_row out[TRACE_PER_ACCOUNT]);

#endif

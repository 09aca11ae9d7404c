/*
 * err.h - the outcomes of kith, in the words of the domain.
 *
 * Every call that can fail returns enum err and nothing else; results go out through
 * pointers, and what they point at means nothing unless the call returned OK.  What an
 * outcome means to a protocol (a status, an exit code) is decided in one table per
 * tongue: dav/outcome.c, web/outcome.c, api/outcome.c, main/outcome.c.
 */
#ifndef KITH_BASE_ERR_H
#define KITH_BASE_ERR_H

#include "base/str.h"

/* On the type, so that no call of any function returning it can be left unlooked at. */
#define MUST_USE [[nodiscard]]

enum MUST_USE err {
	OK = 0,
	ERR_NOT_FOUND, /* no such account, book, card, ask ... */
	ERR_SEVERAL, /* an identifier names more than one card; the candidates are listed */
	ERR_WHO,     /* the caller has not shown who he is, or failed to */
	ERR_FORBIDDEN, /* known, but not for this caller */
	ERR_CONDITION, /* the caller's If-Match no longer holds */
	ERR_LOCKED,    /* somebody's lock holds there, and its token was not shown */
	ERR_UID_TAKEN, /* another card in the book has this UID */
	ERR_EXISTS,    /* the name is taken: a book, a login, an identifier */
	ERR_BAD_INPUT, /* it cannot be read; struct why says where */
	ERR_UNSUPPORTED, /* it is well-formed, but a kind, version or setting we do not have */
	ERR_TOO_LARGE, /* it can be read, but crosses a limit */
	ERR_TOKEN,     /* a sync token we never gave */
	ERR_GONE,      /* an ask that is expired, revoked or closed */
	ERR_LIMIT,     /* too often: throttled, or over a budget */
	ERR_FULL,      /* no room left on the disk */
	ERR_BUSY,      /* try the same again later */
	ERR_NEWER,     /* the data was written by a newer kith */
	ERR_STORE,     /* the store failed; store_message() says how */
	ERR_IO,        /* a file or a socket failed; why->what says how */
	ERR_COUNT
};

/* The particulars of a refusal, for the few calls that have any.  Untouched on OK. */
struct why {
	const char *what; /* a literal, in plain English, without a full stop */
	unsigned line;    /* of the input, from 1; 0 if it has no lines */
	str name;         /* the thing in the way: a twin card, an unknown field */
};

/* The outcome as one lower-case word for logs and --json: "ok", "not-found" ... */
const char *err_word(enum err outcome);

/* Leaves the function with the outcome unless it is OK.  Only as a whole statement,
 * only where every resource is SCOPED or lives in an arena. */
#define TRY(call)                              \
	do {                                   \
		enum err try_outcome = (call); \
		if (try_outcome != OK)         \
			return try_outcome;    \
	} while (0)

/* Declares a pointer that is closed by <noun>_close() when its block is left. */
#define SCOPED(noun) __attribute__((cleanup(noun##_close))) struct noun *

/* A programming error, not an outcome: ends the process, in every build. */
#define must(truth) ((truth) ? (void)0 : must_fail(#truth, __FILE__, __LINE__))
_Noreturn void must_fail(const char *truth, const char *file, int line);

#endif

/*
 * push.h - who is told when a book or a home changes (WebDAV-Push,
 * draft-bitfire-webdav-push-00).
 *
 * Registers and forgets; the courier tells.  A change does not know that anyone listens; its
 * maker may want some registrations spared.
 */
#ifndef KITH_BOOK_PUSH_H
#define KITH_BOOK_PUSH_H

#include "base/when.h"
#include "book/book.h"

#define BOOK_PUSH_MAX_PER_ACCOUNT 100
#define BOOK_PUSH_MAX_URL_BYTES   2048
#define BOOK_PUSH_KEEP_MS         (3 * WHEN_DAY_MS) /* when no expiry is asked for */
#define BOOK_PUSH_KEEP_MAX_MS     (14 * WHEN_DAY_MS)

/* The server's public key, raw.  ERR_NOT_FOUND until the courier has made it: no push yet. */
enum err book_push_key(const struct call *call, str *out);

/* What a book, or the account's home (book 0), is called in messages: opaque, always the
 * same.  ERR_NOT_FOUND as above. */
enum err book_push_topic(
    const struct call *call, int64_t account, int64_t book, str *out);

struct book_push {
	str resource;           /* where to send */
	str key, auth;          /* the reader's, raw */
	bool content, property; /* what is to be told */
	int64_t expires_ms;     /* wished for; 0: none */
	bool inner;             /* plain http is allowed too */

	int64_t id; /* out */
};

/*
 * Registers, or renews the registration of the same resource.  Fills in id and the expiry
 * that was given.
 *
 * ERR_BAD_INPUT  a URL, key or secret nothing can be sent with
 * ERR_NOT_FOUND  no push here (yet), or not the caller's home
 * ERR_LIMIT      the account has BOOK_PUSH_MAX_PER_ACCOUNT
 */
enum err book_push_register(const struct call *call, int64_t account, int64_t book,
    struct book_push *push, struct why *why);

/* ERR_NOT_FOUND also for an expired one, and for one of another account. */
enum err book_push_forget(const struct call *call, int64_t account, int64_t id);

/* --- changes some need not hear of --- */

/*
 * Registrations that knew all there was before a change, and need not hear of it: as long as
 * call->device.quiet names them, every change of a card, a book or the home spares them.  It
 * is noted in the same transaction: no courier can come between.  With a removed book go
 * those of its registrations.
 */
struct book_quiet {
	bool all;           /* nobody */
	const int64_t *ids; /* these registrations */
	size_t count;
};

#endif

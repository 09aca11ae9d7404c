/*
 * push.h - telling those who registered that a book or a home has changed (WebDAV-Push over
 * Web Push: RFC 8030, 8291, 8292).
 *
 * Reads the change log: whoever was told up to an earlier rev than the book has is due.  The
 * first change is told at once, those that follow soon are merged, in windows that grow.  A
 * message is sent at least once; one that is lost is made good by the next, or by the
 * client's own timer, since all it says is "look".
 *
 * For the courier process only.
 */
#ifndef KITH_COURIER_PUSH_H
#define KITH_COURIER_PUSH_H

#include "base/call.h"
#include "base/when.h"

struct courier_push;

#define COURIER_PUSH_BATCH        32
#define COURIER_PUSH_TOTAL_MS     5000  /* for one message: the services are quick */
#define COURIER_PUSH_ROUND_MS     10000 /* then letters have their turn again */
#define COURIER_PUSH_LEASE_MS     30000
#define COURIER_PUSH_TTL          "86400"     /* seconds a service keeps a message */
#define COURIER_PUSH_FORGIVE_MS   WHEN_DAY_MS /* of 404s, before it is believed */
#define COURIER_PUSH_SIGNED_MS    (12 * WHEN_HOUR_MS) /* RFC 8292 2: at most 24 h */
#define COURIER_PUSH_RETRY_MAX_MS (6 * WHEN_HOUR_MS)

struct courier_push_setup {
	bool inner;  /* plain http, and loopback and private addresses, are allowed */
	str contact; /* mailto: or https: */

	/* The sync token of a book at a rev: the courier knows of no books. */
	str (*token)(struct arena *arena, str epoch, int64_t book, int64_t rev);
};

/* Makes the server's key pair and the topics' key when they are not there yet: from then on
 * clients can register. */
enum err courier_push_open(const struct courier_push_setup *setup, struct store *store,
    struct courier_push **out);
void courier_push_close(struct courier_push **push);

/* Sends what is due and returns; *next_ms comes down to when there is more to do. */
enum err courier_push_round(
    struct courier_push *push, const struct call *call, int64_t *next_ms);

#endif

/*
 * letter.h - the outbox: rows of what is to leave.  All results live in the given arena.
 */
#ifndef KITH_STORE_LETTER_H
#define KITH_STORE_LETTER_H

#include "store/store.h"

struct store_letter {
	int64_t id;
	int64_t account, ask; /* whose, and for which ask; 0 when for none */
	str channel;          /* "sms", "mms", "email" */
	str to;
	str subject, body; /* body UTF-8; wiped once it is taken (the tray keeps it) */
	str parts; /* what goes with the text, in the courier's own encoding; wiped with it */
	str reply_to, from_name;
	str stop_link; /* List-Unsubscribe; empty when none */
	str lang;
	str state;   /* "due", "sending", "taken", "delivered", "failed" */
	str gate;    /* that took it */
	str receipt; /* the far side's id for it */
	str trouble; /* the last refusal, for the owner */
	int64_t attempts;
	int64_t made_ms, due_ms,
	    lease_ms; /* lease: whose send may be under way until */
};

/* Fills in the id when it is 0. */
enum err store_letter_add(struct store_tx *tx, struct store_letter *letter);
enum err store_letter_find(
    struct store_tx *tx, struct arena *arena, int64_t id, struct store_letter *out);

/* The one that gate took under the far side's id `receipt` (not empty), the newest should
 * there be twins.  ERR_NOT_FOUND when there is none. */
enum err store_letter_by_receipt(struct store_tx *tx, struct arena *arena, str gate,
    str receipt, struct store_letter *out);

#define STORE_LETTER_SPARED_MAX 4

/* Takes up to `limit` letters that are due, or whose lease ran out, and leases them until
 * lease_ms.  No two callers get the same one.  Those of the spared channels (at most
 * STORE_LETTER_SPARED_MAX) stay. */
enum err store_letter_claim(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    int64_t lease_ms, const str *spared, size_t spared_count, size_t limit,
    struct store_letter **out, size_t *count);

/* Leases that last longer end then. */
enum err store_letter_shorten(struct store_tx *tx, int64_t lease_ms);

/* Writes state, gate, receipt, trouble, attempts, due_ms, body and parts back. */
enum err store_letter_update(struct store_tx *tx, const struct store_letter *letter);

/* How many of no ask went to that address since then. */
enum err store_letter_count_to(
    struct store_tx *tx, str channel, str to, int64_t since_ms, int64_t *out);

/* Drops what has not left yet of an ask. */
enum err store_letter_cancel(struct store_tx *tx, int64_t account, int64_t ask);

/* When the next letter is due, INT64_MAX when none is. */
enum err store_letter_next(struct store_tx *tx, int64_t *out_ms);

/* What the gate of that name took, newest first: the tray's page. */
enum err store_letter_list(struct store_tx *tx, struct arena *arena, str gate,
    size_t limit, struct store_letter **out, size_t *count);

struct store_letter_counts {
	int64_t due, taken, failed;
};

enum err store_letter_counts(struct store_tx *tx, struct store_letter_counts *out);

/* For who looks after the outbox: no subject, no body. */
struct store_letter_brief {
	int64_t id, account;
	str channel, to, state, trouble;
	int64_t attempts, made_ms, due_ms;
};

/* Those of a state that were tried so often at least, the latest due first. */
enum err store_letter_in(struct store_tx *tx, struct arena *arena, str state,
    int64_t attempts, size_t limit, struct store_letter_brief **out, size_t *count);

struct store_letter_queue {
	int64_t waiting, retried, failed;
	int64_t oldest_ms; /* when the oldest that waits was written; 0: none waits */
};

/* Reads those that wait and those that failed, not what has left. */
enum err store_letter_queue(struct store_tx *tx, struct store_letter_queue *out);

#endif

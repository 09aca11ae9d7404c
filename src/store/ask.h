/*
 * ask.h - rows about asks, answers and blocks.  All results live in the given arena.
 */
#ifndef KITH_STORE_ASK_H
#define KITH_STORE_ASK_H

#include "store/store.h"

struct store_ask {
	int64_t account, id;
	int64_t book;
	str card, uid, fn; /* the card's name, UID and FN when it was asked */
	str snapshot;      /* its bytes then: what the target is shown */
	int64_t stored_ms; /* since when the asked address stood in the book */
	str kind;          /* "link" */
	str channel;       /* "sms", "email", "self" */
	str to;            /* E.164 or address; empty for "self" */
	str fields;        /* wanted, by name, blank-separated */
	str say;           /* the owner's sentence */
	str lang;
	str mode;         /* "fill", "review", "auto" */
	bool open_values; /* the owner lets the target see whole values */
	str state;
	int64_t made_ms, expires_ms;
	str token_hash;
	str reminder_hash; /* of the link of a reminder; empty until there was one */
	str to_hash; /* keyed, of `to`: for whom it comes back from, and budgets */
	str code;    /* four digits that a reply by message repeats */
};

enum err store_ask_add(struct store_tx *tx, const struct store_ask *ask);
enum err store_ask_find(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t id, struct store_ask *out);
enum err store_ask_by_token(
    struct store_tx *tx, struct arena *arena, str token_hash, struct store_ask *out);

/* By the hash of the address asked, over all accounts, newest first; no snapshots. */
enum err store_ask_to(struct store_tx *tx, struct arena *arena, str to_hash,
    int64_t since_ms, size_t limit, struct store_ask **out, size_t *count);

/* How many an account made since then, but for those its owner sent himself; how many all
 * made that go that way; how many of these to what begins so. */
enum err store_ask_count_by(
    struct store_tx *tx, int64_t account, int64_t since_ms, int64_t *out);
enum err store_ask_count_way(
    struct store_tx *tx, int64_t since_ms, str channel, int64_t *out);
enum err store_ask_count_head(
    struct store_tx *tx, int64_t since_ms, str channel, str head, int64_t *out);

/* Another code, or none. */
enum err store_ask_code(struct store_tx *tx, int64_t account, int64_t id, str code);

/* A second link that opens it. */
enum err store_ask_remind(struct store_tx *tx, int64_t account, int64_t id, str hash);

/* Newest first, from before `before_id`'s time on (0: from the newest); snapshots left
 * out. */
enum err store_ask_list(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t before_made_ms, size_t limit, struct store_ask **out, size_t *count);

/* Of another card from now on. */
enum err store_ask_place(
    struct store_tx *tx, int64_t account, int64_t id, int64_t book, str card, str uid);

/* The asks of one card, newest first, snapshots left out. */
enum err store_ask_of_card(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t book, str card, size_t limit, struct store_ask **out, size_t *count);

/* Those whose answer waits for the owner, as store_ask_list(); and how many. */
enum err store_ask_waiting(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t before_made_ms, size_t limit, struct store_ask **out, size_t *count);
enum err store_ask_count_waiting(struct store_tx *tx, int64_t account, int64_t *out);

/* Asks past their time that still wait, oldest first: account and id only. */
enum err store_ask_overdue(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    size_t limit, struct store_ask **out, size_t *count);

/* Sets the state and writes a line into the timeline. */
enum err store_ask_state(struct store_tx *tx, int64_t account, int64_t id, str state,
    str note, int64_t at_ms);

struct store_event {
	int64_t at_ms;
	str state, note;
};

enum err store_ask_events(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t id, struct store_event **out, size_t *count);

struct store_moved {
	int64_t seq, ask; /* seq: one more for each, over all asks of an account */
	str state;
};

/* Lines of all asks' timelines, behind that one; those an owner does not see left out. */
enum err store_ask_moved(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t seq, size_t limit, struct store_moved **out, size_t *count);
enum err store_ask_moved_last(struct store_tx *tx, int64_t account, int64_t *out);

struct store_answer {
	int64_t account, ask;
	bool sent;     /* false: prepared on the page, not yet confirmed */
	str ops;       /* card_ops_write's text */
	str decisions; /* one letter per op: applied, verified, waiting, refused ... */
	str note;      /* the target's words to the owner */
	int64_t evidence; /* 0..4 */
	str door;         /* "web", "api" */
	int64_t at_ms;
	int64_t until_ms; /* then it is taken back by itself; 0: it stays */
	str worded; /* `ops` with the owner's own words where he put some; empty: none */
	int64_t decided_ms; /* when all of it was, or the ask was closed; 0: it waits */
	int64_t forgot_ms;  /* when what was not accepted was removed; 0: it is there */
};

/* Says when it was decided; nothing, where nothing was sent. */
enum err store_answer_decided(
    struct store_tx *tx, int64_t account, int64_t ask, int64_t at_ms);

/* Answers decided by then of which nothing was removed since, oldest first: account and ask
 * only. */
enum err store_answer_stale(struct store_tx *tx, struct arena *arena,
    int64_t decided_ms, size_t limit, struct store_answer **out, size_t *count);

/* Answers whose time is over: account and ask only. */
enum err store_answer_due(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    size_t limit, struct store_answer **out, size_t *count);

/* One sent and one prepared answer per ask at most: puts in place of the former. */
enum err store_answer_put(struct store_tx *tx, const struct store_answer *answer);
enum err store_answer_find(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t ask, bool sent, struct store_answer *out);
enum err store_answer_drop(
    struct store_tx *tx, int64_t account, int64_t ask, bool sent);

/* Blocks are keyed hashes of addresses; scope is an account, or 0 for the whole server. */
enum err store_block_put(struct store_tx *tx, int64_t scope, str hash, int64_t at_ms);
enum err store_block_has(struct store_tx *tx, int64_t scope, str hash, bool *out);

#endif

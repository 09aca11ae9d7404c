/*
 * tell.h - rows about what owners and targets are to be told of answers, how owners want to
 * hear of them, and the links by which a change can be taken back.
 */
#ifndef KITH_STORE_TELL_H
#define KITH_STORE_TELL_H

#include "store/store.h"

/* Something of an answer was decided: `items`, by number, blank-separated. */
struct store_news {
	int64_t id, account, ask, at_ms;
	str items;
};

/* Fills in the id when it is 0. */
enum err store_news_add(struct store_tx *tx, struct store_news *n);
enum err store_news_due(struct store_tx *tx, struct arena *arena, size_t limit,
    struct store_news **out, size_t *count);
/* What waits of one ask, oldest first. */
enum err store_news_of(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t ask, size_t limit, struct store_news **out, size_t *count);
enum err store_news_done(struct store_tx *tx, int64_t id);

/* How an owner hears of answers. */
struct store_tell {
	int64_t account;
	str by; /* "auto", "email", "sms", "mms", "none" */
	str hook,
	    secret; /* a URL that is called, and the key its calls are signed with */
};

/* ERR_NOT_FOUND: nothing was set. */
enum err store_tell_find(
    struct store_tx *tx, struct arena *arena, int64_t account, struct store_tell *out);
enum err store_tell_put(struct store_tx *tx, const struct store_tell *t);

/* A link that takes one value of an answer back. */
struct store_recall {
	str hash;
	int64_t account, ask, item, until_ms;
};

enum err store_recall_add(struct store_tx *tx, const struct store_recall *r);
enum err store_recall_find(
    struct store_tx *tx, struct arena *arena, str hash, struct store_recall *out);
/* Until when the nth newest of an account holds, from 0; 0 where there are fewer. */
enum err store_recall_nth(
    struct store_tx *tx, int64_t account, int64_t n, int64_t *until_ms);
enum err store_recall_sweep(struct store_tx *tx, int64_t now_ms);

#endif

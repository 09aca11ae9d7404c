/*
 * tell.h - who is told of an answer: its owner, whose terminal may not sync by itself; and
 * whoever holds a number or address that has just been replaced, who can take that back.
 *
 * Written by the courier from rows that each decision leaves, so that an answer waits for
 * none of it.
 *
 * Of one owner's book rules->budget.told_per_day old numbers and addresses are told within
 * any day.  The next one is told later, as soon as a day has passed since the one it has to
 * wait for, and can take the change back as long as any; one whose turn would come later than
 * ASK_TOLD_LATEST_MS is not told at all.
 */
#ifndef KITH_ASK_TELL_H
#define KITH_ASK_TELL_H

#include "ask/ask.h"

#define ASK_RECALL_MS      ((int64_t)72 * 3600 * 1000) /* from when the letter leaves */
#define ASK_TOLD_LATEST_MS ((int64_t)7 * 24 * 3600 * 1000)
#define ASK_HOOK_MAX_BYTES 1000 /* of a webhook's URL */

/* Posts what is to be told; called now and then by the courier. */
enum err ask_tell(const struct call *call, const struct ask_rules *rules);

/* --- how an owner wants to hear --- */

struct ask_telling {
	str by; /* "auto": by mail or SMS where no device syncs; "email", "sms", "mms",
		       "none" */
	str hook;   /* a URL that is called with each answer; empty: none */
	str secret; /* the key of Kith-Signature, made with the URL */
};

enum err ask_telling_find(const struct call *call, struct ask_telling *out);

/* ERR_BAD_INPUT: an unknown word, or a URL that is neither https nor http.  A new secret
 * for every new URL. */
enum err ask_telling_set(const struct call *call, str by, str hook,
    struct ask_telling *out, struct why *why);

/* --- the link in what an old address is told --- */

struct ask_recall {
	str asker; /* whose book it is */
	str field; /* "mobile" */
	str tail;  /* of the new value */
	bool open; /* it can still be taken back */
};

/* Changes nothing.  ERR_NOT_FOUND. */
enum err ask_recall_peek(const struct call *call, str token, struct ask_recall *out);

/* Takes the change back: ERR_GONE when its time is over, ERR_CONDITION as ask_undo(). */
enum err ask_recall_do(const struct call *call, str token, struct why *why);

#endif

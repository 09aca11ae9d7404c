/*
 * said.h - who said each value of a card, how well that was proven, and when: its freshness;
 * and whom to ask next.
 */
#ifndef KITH_ASK_SAID_H
#define KITH_ASK_SAID_H

#include "ask/ask.h"

struct ask_said {
	enum card_field field;
	str text;      /* the value as it stands */
	int64_t at_ms; /* when the contact himself said so; 0: he never did */
	int evidence; /* as in ask_view; -1: probably dead, it bounced or reached another */
	str channel, to; /* how he was asked: "sms", "8888" */
	str door; /* by which he said so, as ask_door_word(); dead: "bounced", "not_me" */
	int64_t ask;
};

/* One row per value of the card as it stands, in its order.  ERR_NOT_FOUND. */
enum err ask_said_of_card(const struct call *call, str book_name, str card_name,
    struct ask_said **out, size_t *count);

/* --- the planner --- */

#define ASK_PLAN_MAX 50
#define ASK_STALE_MS ((int64_t)2 * 365 * 24 * 3600 * 1000)
#define ASK_GAP_MS   ((int64_t)90 * 24 * 3600 * 1000) /* between two asks of one card */

struct ask_planned {
	str book, card, fn;
	enum card_field missing[ASK_MAX_FIELDS];
	size_t missing_count;
	bool stale; /* nothing of it was said for ASK_STALE_MS */
};

/*
 * Whom to ask: people who can be reached, were not asked for ASK_GAP_MS, and whose cards
 * lack a usual field or have not been confirmed for long; those who lack most first.
 * Only of the default book; groups and the own card are left out.
 */
enum err ask_plan(const struct call *call, const struct ask_rules *rules, size_t limit,
    struct ask_planned **out, size_t *count);

#endif

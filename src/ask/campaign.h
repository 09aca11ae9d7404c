/*
 * campaign.h - many people asked, one after another: a group, everyone who lacks a field,
 * everyone of whom nothing was heard for long.
 *
 * A campaign only lists whom to ask; the courier opens their asks one by one, each held to
 * the same budgets as any other, so that it takes as many days as it takes.  Who cannot be
 * asked is said so.  Results live in call->arena.
 */
#ifndef KITH_ASK_CAMPAIGN_H
#define KITH_ASK_CAMPAIGN_H

#include "ask/ask.h"

#define ASK_CAMPAIGN_MAX_PEOPLE  1000
#define ASK_CAMPAIGN_TITLE_BYTES 200
#define ASK_MAX_CAMPAIGNS        50 /* of one owner, those that are over included */

struct ask_campaign_draft {
	str title;
	/* Whom: of the default book, all that hold; none of the three is nobody. */
	str group;               /* a category, as card/group.h has them */
	enum card_field missing; /* with has_missing */
	bool has_missing, stale; /* stale: ASK_STALE_MS (said.h) */
	struct ask_draft ask;    /* kind, by, wanted, say: the same for all; once */
};

struct ask_campaign_one {
	str book, card, fn;
	int64_t ask;          /* 0: not yet, or never */
	enum ask_state state; /* of that ask */
	str outcome;          /* why he could not be asked; empty otherwise */
};

struct ask_campaign {
	int64_t id, made_ms;
	str title;
	bool over; /* all were asked, or it was cancelled */
	struct ask_campaign_one *people;
	size_t count; /* of people; in a list they are counted only */
	size_t waiting, asked, answered, failed;
	/* ask_campaign_preview only: how many SMS it takes, and whom the text is to. */
	size_t sms_parts;
	struct ask_opened first;
};

/* The groups of the default book that have people in them, as `group` above takes them. */
struct card_names;
enum err ask_campaign_groups(const struct call *call, struct card_names *out);

/* Whom it would ask; changes nothing.  *text is what the first of them would get. */
enum err ask_campaign_preview(const struct call *call, const struct ask_rules *rules,
    const struct ask_campaign_draft *draft, struct ask_campaign *out, str *text,
    struct why *why);

/* ERR_NOT_FOUND: nobody.  ERR_TOO_LARGE: more than ASK_CAMPAIGN_MAX_PEOPLE.  ERR_LIMIT:
 * ASK_MAX_CAMPAIGNS.  ERR_BAD_INPUT: no title, or nothing says whom.  The same ask.once
 * again is the same campaign. */
enum err ask_campaign_open(const struct call *call, const struct ask_rules *rules,
    const struct ask_campaign_draft *draft, int64_t *out, struct why *why);

enum err ask_campaign_list(
    const struct call *call, struct ask_campaign **out, size_t *count);
enum err ask_campaign_find(
    const struct call *call, int64_t id, struct ask_campaign *out);

/* Nobody more is asked, and notices that have not left stay here. */
enum err ask_campaign_cancel(const struct call *call, int64_t id);

/* Asks whose turn it is; called now and then by the courier. */
enum err ask_campaigns(const struct call *call, const struct ask_rules *rules);

#endif

/*
 * rebase.h - an edit that was made on an older version of a card, brought to the one that
 * stands now.
 *
 * Property by property, and of a property its value and its parameters apart:
 *
 *	since then      by the writer   result
 *	as it was       anything        the writer's
 *	changed, gone   as it was       what stands
 *	changed         changed         the writer's; of a field with many values the one
 *	                                that stands is kept beside it
 *	gone            changed         the writer's
 *	changed         gone            what stands
 *	added           -               added
 *
 * What the writer's program cannot express comes back: parameters of a value it left alone,
 * other than TYPE, PREF and those that say how the value is written, and properties it is
 * known to drop.  VERSION, UID, REV and PRODID are the writer's.  Pure; any thread.
 */
#ifndef KITH_CARD_REBASE_H
#define KITH_CARD_REBASE_H

#include "card/card.h"

#define CARD_REBASE_MAX_PROPERTIES \
	1000 /* of each card; larger ones are taken as sent */

/* All three of one version (card_view() makes them so). */
struct card_rebase {
	const struct card *base; /* what the writer had before him */
	const struct card *sent; /* what he made of it */
	const struct card *now;  /* what stands */
	const str *dropped;      /* names of properties his program is known to drop */
	size_t dropped_count;
};

struct card_rebased {
	str text;   /* sent->text itself where nothing had to come in */
	bool clash; /* both changed one thing, in different ways */
};

/* ERR_TOO_LARGE  the result crosses CARD_MAX_BYTES */
enum err card_rebase(
    struct arena *arena, const struct card_rebase *rebase, struct card_rebased *out);

#endif

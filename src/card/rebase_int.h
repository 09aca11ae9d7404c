/*
 * rebase_int.h - a card's lines made comparable, and which line of one card is which of
 * another.
 */
#ifndef KITH_CARD_REBASE_INT_H
#define KITH_CARD_REBASE_INT_H

#include "card/rebase.h"
#include "card/view_int.h"

#define NO_LINE SIZE_MAX

struct side {
	const struct card *card;
	struct view_line *lines; /* one per property, in their order */
	str *plain;              /* their values, as programs that rewrite them agree */
	size_t *owner; /* of a line that belongs to another by its group: that one */
	size_t count;
};

struct side side_of(struct arena *arena, const struct card *card);

/* VERSION, UID, REV, PRODID: nobody's edit. */
bool side_is_meta(const struct side *side, size_t at);

/* For each line of `from` the one of `to` that is the same, or NO_LINE: the same value, or
 * else the same types, or else what is left of that name in order. */
size_t *side_pairs(struct arena *arena, const struct side *from, const struct side *to);

/* The line of that name that belongs to `owner`, or NO_LINE. */
size_t side_companion(const struct side *side, str name, size_t owner);

bool side_same_params(const struct view_line *a, const struct view_line *b);

/* Whether a person would say so: TYPE without the ones programs add by themselves. */
bool side_same_types(const struct view_line *a, const struct view_line *b);

#endif

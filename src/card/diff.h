/*
 * diff.h - two revisions of a card as a person reads them: line by line, property by
 * property, order ignored, a picture as its size.
 */
#ifndef KITH_CARD_DIFF_H
#define KITH_CARD_DIFF_H

#include "card/card.h"

struct card_change {
	str name;          /* "TEL;TYPE=WORK" */
	str before, after; /* unescaped; one of them empty when it came or went */
};

struct card_changes {
	struct card_change *list;
	size_t count;
};

struct card_changes card_diff(struct arena *arena, const struct card *before,
    const struct card *after);

#endif

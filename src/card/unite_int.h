/*
 * unite_int.h - a card that is to be one with others: its properties as they compare.
 */
#ifndef KITH_CARD_UNITE_INT_H
#define KITH_CARD_UNITE_INT_H

#include "card/rebase_int.h"

/* A property as it compares: what it is of, and its value. */
struct held {
	str family, key, text;
};

struct source {
	struct card *card;
	struct side side;
	struct held *held; /* by property */
	str *groups;       /* by property: the group its line gets in the first card */
};

/* Fills source->held: by the catalogue where it knows the property, else by its name and its
 * value as programs agree on it. */
void source_hold(struct arena *arena, struct source *source, str region);

/* Whether a card has one value of that property at most. */
bool source_is_single(str name);

/* The first property of that name, or SIZE_MAX. */
size_t source_first(const struct source *source, str name);

#endif

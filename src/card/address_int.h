/*
 * address_int.h - an address as people name it: street and number, with or without its town,
 * in the order of either script.
 *
 * A card's address is stored under all its names; what a person types is looked for under few.
 * A town that is typed must be the card's, unless the card has none: the same street of
 * another town is not what was meant.
 */
#ifndef KITH_CARD_ADDRESS_INT_H
#define KITH_CARD_ADDRESS_INT_H

#include "base/arena.h"

#define ADDRESS_NAMES_MAX 24

struct address_names {
	str list[ADDRESS_NAMES_MAX]; /* keys; no twins */
	size_t count;
};

/* Of an ADR's value (RFC 6350 6.3.1).  None without a street. */
void address_names(struct arena *arena, str adr, struct address_names *out);

/* Of what was typed. */
void address_guesses(struct arena *arena, str typed, struct address_names *out);

#endif

/* find_int.h - what a card is found by that does not stand in it so. */
#ifndef KITH_CARD_FIND_INT_H
#define KITH_CARD_FIND_INT_H

#include "card/card.h"

/* Readings of Chinese names, and numbers as digits; a line each, folded. */
void find_add_derived(struct buf *text, struct arena *arena, const struct card *card);

#endif

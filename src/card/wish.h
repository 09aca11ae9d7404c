/*
 * wish.h - how an owner says in a stock contacts program that somebody is to be asked: a
 * question mark where a value should be, a group, a word in the first line of the note.
 *
 * Groups are categories of their members here (card/group.h), whatever way a program makes
 * them.  Pure; results live in the arena.
 */
#ifndef KITH_CARD_WISH_H
#define KITH_CARD_WISH_H

#include "card/field.h"

#define CARD_WISH_MAX_FIELDS 16

struct card_wish {
	enum card_field fields[CARD_WISH_MAX_FIELDS]; /* those with a question mark */
	size_t count;
	str words; /* behind "#更新" or "#ask" in the note: names of fields, maybe */
	str clean; /* the card without any of it */
};

/* False: nobody is to be asked. */
bool card_wish_read(
    struct arena *arena, const struct card *card, struct card_wish *out);

#endif

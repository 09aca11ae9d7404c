/* picture_int.h - pictures in cards, as bytes. */
#ifndef KITH_CARD_PICTURE_INT_H
#define KITH_CARD_PICTURE_INT_H

#include "card/field.h"

/* What tells one picture from another. */
str picture_key(struct arena *arena, str bytes);

/* "image/jpeg" ... by the first bytes; empty for anything else. */
str picture_type(str bytes);

#endif

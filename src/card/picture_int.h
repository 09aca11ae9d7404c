/* picture_int.h - pictures in cards, as bytes. */
#ifndef KITH_CARD_PICTURE_INT_H
#define KITH_CARD_PICTURE_INT_H

#include "card/field.h"

/* What tells one picture from another. */
str picture_key(struct arena *arena, str bytes);

/* "image/jpeg" ... by the first bytes; empty for anything else. */
str picture_type(str bytes);

#define PICTURE_CARD_SIDE 8192 /* pixels, of one in an answer */

/* A JPEG without metadata and without what stands behind its end; empty when it is none, or
 * has a longer side than that. */
str picture_bare(struct arena *arena, str jpeg);

#endif

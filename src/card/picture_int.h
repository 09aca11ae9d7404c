/* picture_int.h - pictures in cards, as bytes. */
#ifndef KITH_CARD_PICTURE_INT_H
#define KITH_CARD_PICTURE_INT_H

#include "card/field.h"

/* The picture of one PHOTO property; ERR_NOT_FOUND as card_picture(). */
enum err picture_of(
    struct arena *arena, const struct card_property *photo, struct card_picture *out);

/* What tells one picture from another. */
str picture_key(struct arena *arena, str bytes);

/* "image/jpeg" ... by the first bytes; empty for anything else. */
str picture_type(str bytes);

#endif

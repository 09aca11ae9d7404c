/*
 * old_int.h - vCard 2.1 (versit Consortium, 1996) as 3.0.
 */
#ifndef KITH_CARD_OLD_INT_H
#define KITH_CARD_OLD_INT_H

#include "base/buf.h"

/* Writes the properties of a 2.1 card, or of one that names no version, as a whole 3.0
 * card.  `charset` is that of values which name none.  The result is not checked. */
enum err old_card_write(
    struct arena *arena, str text, const char *charset, struct buf *out);

#endif

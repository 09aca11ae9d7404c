/* clean_int.h - texts of others made fit to be sent and shown. */
#ifndef KITH_COURIER_CLEAN_INT_H
#define KITH_COURIER_CLEAN_INT_H

#include "base/buf.h"

/* Without control characters (lines and tabs stay), bidi overrides and zero widths.  The
 * text is UTF-8. */
str clean_text(struct arena *arena, str text);

/* The same, cut to what fits a note for the owner. */
str clean_words(struct arena *arena, str words);

#endif

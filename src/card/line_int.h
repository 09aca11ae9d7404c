/*
 * line_int.h - content lines as they go out.
 */
#ifndef KITH_CARD_LINE_INT_H
#define KITH_CARD_LINE_INT_H

#include "base/buf.h"

/* Folds at 75 bytes, never inside a character (RFC 6350 3.2).  C0 controls but the tab
 * are dropped: whatever was put into the line, it stays one property. */
void card_line_add(struct buf *out, str line, str line_end);

/* The name and the group of a content line. */
struct card_line_head {
	str group, name;
};
struct card_line_head card_line_head(str line);

#endif

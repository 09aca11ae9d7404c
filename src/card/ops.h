/*
 * ops.h - an answer is a list of operations on the items a target was shown.
 *
 * Because an operation can only name an offered item or a field of the catalogue, what was
 * never shown can be neither leaked nor damaged.
 */
#ifndef KITH_CARD_OPS_H
#define KITH_CARD_OPS_H

#include "card/field.h"

enum card_op_kind {
	CARD_CONFIRM,   /* item is right */
	CARD_CHANGE,    /* item is now `value` */
	CARD_GONE,      /* item is his no longer */
	CARD_INSERT,    /* `field` also is `value` */
	CARD_FORGOTTEN, /* one of the two before, whose value is not kept any more */
};

struct card_op {
	enum card_op_kind kind;
	size_t item; /* of the snapshot's card_items, for those before CARD_INSERT */
	enum card_field field; /* of that item, or the one to add to */
	str value;             /* as typed; a picture's bytes */
};

#define CARD_MAX_OPS 100

struct card_ops {
	struct card_op *list;
	size_t count;
};

/* As text for the store, and back.  ERR_BAD_INPUT, ERR_TOO_LARGE. */
str card_ops_write(struct arena *arena, const struct card_ops *ops);
enum err card_ops_read(struct arena *arena, str text, struct card_ops *out);

#endif

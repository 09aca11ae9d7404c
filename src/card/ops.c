/* ops.c - operations as text: one per line, "kind item field value", tabs between. */
#include "card/ops.h"

#include "base/base64.h"

/* Each of CARD_MAX_OPS may be a picture as far as this room knows. */
#define OPS_MAX_BYTES ((size_t)CARD_MAX_OPS * 2 * CARD_PHOTO_MAX_BYTES)

static const str kinds[] = {
	[CARD_CONFIRM] = STR_CONST("confirm"),
	[CARD_CHANGE] = STR_CONST("change"),
	[CARD_GONE] = STR_CONST("gone"),
	[CARD_INSERT] = STR_CONST("insert"),
	[CARD_FORGOTTEN] = STR_CONST("forgotten"),
};

/* In base64 whatever it is: no value can end its line. */
str
card_ops_write(struct arena *arena, const struct card_ops *ops)
{
	struct buf text = buf_in(arena, OPS_MAX_BYTES);

	for (size_t i = 0; i < ops->count; i++) {
		const struct card_op *op = &ops->list[i];

		buf_add(&text, kinds[op->kind]);
		buf_addf(&text, "\t%zu\t", op->item);
		buf_add(&text, card_field_name(op->field));
		buf_add_char(&text, '\t');
		base64_add(&text, op->value);
		buf_add_char(&text, '\n');
	}
	return buf_str(&text);
}

static enum err
read_one(struct arena *arena, str line, struct card_op *out)
{
	str kind = str_cut(&line, '\t');
	str item = str_cut(&line, '\t');
	str field = str_cut(&line, '\t');
	int64_t number;
	size_t at = 0;

	while (at < sizeof kinds / sizeof *kinds && !str_same(kinds[at], kind))
		at++;
	if (at == sizeof kinds / sizeof *kinds || !str_number(item, &number) ||
	    !card_field_read(field, &out->field))
		return ERR_BAD_INPUT;
	out->kind = (enum card_op_kind)at;
	out->item = (size_t)number;
	return base64_read(arena, line, &out->value);
}

enum err
card_ops_read(struct arena *arena, str text, struct card_ops *out)
{
	out->list = ARENA_ARRAY(arena, struct card_op, CARD_MAX_OPS);
	out->count = 0;
	while (text.len) {
		if (out->count == CARD_MAX_OPS)
			return ERR_TOO_LARGE;
		TRY(read_one(arena, str_cut(&text, '\n'), &out->list[out->count++]));
	}
	return OK;
}

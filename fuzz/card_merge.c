/* Whatever a card and whatever is answered: the merged card can be read, and what is
 * outside the catalogue stands in it byte for byte. */
#include "card/merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct card_ops
answer_of(struct arena *arena, const struct card_items *items)
{
	struct card_ops ops = { ARENA_ARRAY(arena, struct card_op, CARD_MAX_OPS), 0 };

	for (size_t i = 0; i < items->count && ops.count < CARD_MAX_OPS - 2; i++)
		ops.list[ops.count++] =
		    (struct card_op){ i % 2 ? CARD_GONE : CARD_CONFIRM, i,
			    items->list[i].field, { 0 } };
	ops.list[ops.count++] =
	    (struct card_op){ CARD_INSERT, 0, CARD_F_QQ, STR("12345678") };
	ops.list[ops.count++] =
	    (struct card_op){ CARD_INSERT, 0, CARD_F_WEIBO, STR("somebody") };
	return ops;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	struct card *card;
	struct card *after;
	struct card_verdicts verdicts;
	struct card_items items;
	struct card_ops ops;
	struct why why;
	bool chosen[CARD_MAX_OPS];
	str out;

	if (card_read(arena, (str){ (const char *)data, size }, &card, &why) != OK)
		return 0;
	items = card_items(arena, card, STR("CN"));
	ops = answer_of(arena, &items);
	if (card_merge(arena, card, &ops, card, STR("CN"), &verdicts, &why) != OK)
		return 0;
	for (size_t i = 0; i < verdicts.count; i++)
		chosen[i] = true;
	if (card_merge_write(arena, card, &verdicts, chosen, 0, &out) != OK)
		return 0;
	must(card_read(arena, out, &after, &why) == OK);
	for (size_t i = 0; i < card->count; i++)
		if (card->properties[i].is == CARD_NOTE)
			must(str_find(out, card->properties[i].raw) != SIZE_MAX);
	return 0;
}

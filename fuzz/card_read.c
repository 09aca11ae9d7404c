/*
 * Whatever reads as a card is written back the same, and again after an edit with one
 * property more, whose bytes are those put in.
 */
#include "base/buf.h"
#include "card/card.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const str line = STR_CONST("X-FUZZ;TYPE=WORK:value");

static void
look(struct arena *arena, const struct card *card)
{
	str value;

	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = card->properties + i;

		must(str_is_utf8(p->value) && str_is_utf8(p->params));
		(void)card_unescape(arena, p->value);
		(void)card_label(arena, card, p);
		(void)card_has_type(p, STR("WORK"));
		for (size_t n = 0; card_param(arena, p, STR("TYPE"), n, &value); n++)
			must(card_has_type(p, value) || str_has(p->params, '^'));
	}
}

static void
edit(struct arena *arena, const struct card *card)
{
	struct card_edit add = { CARD_EDIT_ADD, 0, line };
	struct card *after = NULL;
	struct why why;
	str out;

	must(card_write(arena, card, &add, 1, &out) == OK);
	must(out.len == card->text.len + line.len + card->line_end.len);
	must(card_read(arena, out, &after, &why) == OK);
	must(after->count == card->count + 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size }, out;
	struct card *card;
	struct why why;

	if (card_read(arena, text, &card, &why) != OK)
		return 0;
	must(card_write(arena, card, NULL, 0, &out) == OK);
	must(str_same(out, text));
	look(arena, card);
	if (card->count < CARD_MAX_PROPERTIES)
		edit(arena, card);
	return 0;
}

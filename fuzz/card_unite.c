/*
 * Two cards, cut apart at a NUL, made one: what comes out can be read, has each value of both
 * that is not one of several, and is the same when the second one comes in again.
 */
#include "card/unite.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size };
	struct card *cards[2];
	struct card_unite unite = { cards, 2, STR("CN"), 0 };
	struct card_unite alone = { cards, 1, STR("CN"), 0 };
	struct card_unite_fields fields;
	struct card *one;
	struct why why;
	str done, again;

	if (card_read(arena, str_cut(&text, '\0'), &cards[0], &why) != OK ||
	    card_read(arena, text, &cards[1], &why) != OK)
		return 0;
	must(card_unite(arena, &alone, NULL, 0, &done, &why) == OK);
	must(done.at == cards[0]->text.at);
	if (card_unite_look(arena, &unite, &fields, &why) != OK ||
	    card_unite(arena, &unite, NULL, 0, &done, &why) != OK)
		return 0;
	must(card_read(arena, done, &one, &why) == OK);
	must(one->version == cards[0]->version);
	cards[0] = one;
	if (card_unite(arena, &unite, NULL, 0, &again, &why) == OK)
		must(str_same(again, done));
	return 0;
}

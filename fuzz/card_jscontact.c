/*
 * A Card that is taken makes a card that can be read, and of that card the Card made is
 * taken again and is the same from then on; so it is with any card.
 */
#include "card/jscontact.h"
#include "card/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
said(struct arena *arena, str text, str *json)
{
	struct card *card;
	struct why why;

	if (card_read(arena, text, &card, &why) != OK)
		return false;
	return card_jscontact(arena, card, json) == OK;
}

/* The first time around says things as they are said here; after it nothing moves. */
static void
settles(struct arena *arena, str json)
{
	struct why why;
	str card, again, more;

	if (card_of_jscontact(arena, json, STR("u"), &card, &why) != OK)
		return;
	must(said(arena, card, &again));
	must(card_of_jscontact(arena, again, STR("u"), &card, &why) == OK);
	must(said(arena, card, &again));
	must(card_of_jscontact(arena, again, STR("u"), &card, &why) == OK);
	must(said(arena, card, &more));
	must(str_same(again, more));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size }, json;

	if (said(arena, text, &json))
		settles(arena, json);
	settles(arena, text);
	return 0;
}

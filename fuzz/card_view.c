/*
 * Whatever reads as a card can be shown in both versions and as JSON, and what is shown
 * can be read, is of its form, and JSON settles at once. That nothing is lost on the way is
 * held by card/test_view on cards that make sense.
 */
#include "card/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
shown(struct arena *arena, str text, enum card_form form, str *out)
{
	struct card *card;
	struct why why;

	must(card_read(arena, text, &card, &why) == OK);
	if (card_view(arena, card, form, out) != OK)
		return false; /* made-up lines beyond the limit */
	must(form == CARD_FORM_JSON || card_read(arena, *out, &card, &why) == OK);
	must(form == CARD_FORM_JSON || card_is_of_form(card, form));
	return true;
}

static void
through_json(struct arena *arena, str four)
{
	str json, back, again;
	struct why why;

	if (!shown(arena, four, CARD_FORM_JSON, &json))
		return;
	if (card_of_json(arena, json, &back, &why) != OK)
		return;
	if (shown(arena, back, CARD_FORM_JSON, &json) &&
	    card_of_json(arena, json, &again, &why) == OK)
		must(str_same(back, again));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size }, four, three, again;
	struct card *card;
	struct why why;

	(void)card_of_json(arena, text, &four, &why);
	if (card_read(arena, text, &card, &why) != OK)
		return 0;
	if (!shown(arena, text, CARD_FORM_4, &four))
		return 0;
	through_json(arena, four);
	if (shown(arena, four, CARD_FORM_3, &three))
		(void)shown(arena, three, CARD_FORM_4, &again);
	return 0;
}

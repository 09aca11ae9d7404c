/*
 * A form sent back as it was shown changes no byte; one that was filled in leaves a card that
 * can be read and shows what was typed.
 */
#include "card/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	struct card_form form;
	struct card *card;
	struct why why;
	str out;

	if (card_read(arena, (str){ (const char *)data, size }, &card, &why) != OK)
		return 0;
	card_form_read(arena, card, STR("CN"), &form);
	if (card_form_write(arena, card, STR("CN"), &form, 0, &out, &why) == OK &&
	    form.text[CARD_T_FN].len)
		must(str_same(out, card->text));
	form.text[CARD_T_NOTE] = STR("typed; in, here");
	form.text[CARD_T_FN] = STR("Somebody");
	if (card_form_write(arena, card, STR("CN"), &form, 0, &out, &why) != OK)
		return 0;
	must(card_read(arena, out, &card, &why) == OK);
	card_form_read(arena, card, STR("CN"), &form);
	must(str_same(form.text[CARD_T_NOTE], STR("typed; in, here")));
	must(str_same(form.text[CARD_T_FN], STR("Somebody")));
	return 0;
}

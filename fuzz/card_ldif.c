/*
 * Every entry that is taken is a card that can be read; a file of JSON is cut into pieces;
 * the readers come to an end.
 */
#include "card/ldif.h"
#include "card/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_ldif(struct arena *arena, str text)
{
	struct card_ldif ldif = { text, 1, STR("CN") };
	enum err e;

	do {
		size_t before = ldif.rest.len;
		struct card *card;
		struct why why;

		e = card_ldif_next(arena, &ldif, STR("u"), &text, &why);
		must(ldif.rest.len < before || before == 0);
		if (e == OK)
			must(card_read(arena, text, &card, &why) == OK);
	} while (e != ERR_NOT_FOUND);
}

/* What is no card is passed over; each call takes something. */
static void
read_json(str rest)
{
	unsigned line = 1, first;
	enum err e;

	do {
		size_t before = rest.len;
		str one;

		e = card_json_next(&rest, &line, &first, &one);
		must(e == ERR_NOT_FOUND ? !rest.len : rest.len < before);
		must(e != OK || one.len);
	} while (e != ERR_NOT_FOUND);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size };

	(void)card_ldif_is(text);
	read_json(text);
	if (str_is_utf8(text))
		read_ldif(arena, text);
	return 0;
}

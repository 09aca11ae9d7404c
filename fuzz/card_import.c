/*
 * What an import makes can be read, and importing it again changes nothing.
 */
#include "card/card.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
import(struct arena *arena, str text)
{
	struct card *card;
	struct why why;
	str once, twice;

	if (card_import(arena, text, &once, &why) != OK)
		return;
	must(card_read(arena, once, &card, &why) == OK);
	must(card_import(arena, once, &twice, &why) == OK);
	must(str_same(once, twice));
}

/* A broken card may hold up one step, never the file. */
static void
import_all(struct arena *arena, str rest)
{
	unsigned line = 0;
	struct why why;
	enum err outcome;
	str card;

	do {
		size_t before = rest.len;

		outcome = card_next(&rest, &card, &line, &why);
		must(rest.len < before || before == 0);
		if (outcome == OK)
			import(arena, card);
	} while (outcome != ERR_NOT_FOUND);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size };

	import(arena, text);
	if (card_file_text(arena, text, &text) == OK)
		import_all(arena, text);
	return 0;
}

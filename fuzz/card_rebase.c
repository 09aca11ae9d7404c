/*
 * Three cards, cut apart at NULs, brought together: what comes out can be read, is of the
 * same version, and an edit brought to the very card it was made on is itself.
 */
#include "card/rebase.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const str dropped[] = { STR_CONST("SOURCE"), STR_CONST("PHOTO"),
	STR_CONST("X-ABLABEL") };

static bool
cut_card(struct arena *arena, str *text, struct card **out)
{
	struct why why;

	return card_read(arena, str_cut(text, '\0'), out, &why) == OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size };
	struct card *base, *sent, *now, *card;
	struct card_rebased done;
	struct why why;

	if (!cut_card(arena, &text, &base) || !cut_card(arena, &text, &sent) ||
	    !cut_card(arena, &text, &now))
		return 0;
	base->version = now->version = sent->version;
	if (card_rebase(arena, &(struct card_rebase){ base, sent, now, dropped, 3 },
		&done) == OK) {
		must(card_read(arena, done.text, &card, &why) == OK);
		must(card->version == sent->version);
	}
	must(card_rebase(arena, &(struct card_rebase){ sent, sent, sent, NULL, 0 },
		 &done) == OK);
	must(done.text.at == sent->text.at && !done.clash);
	return 0;
}

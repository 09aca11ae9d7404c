/*
 * Whatever reads as a card can be shown in both versions and as JSON, and what is shown
 * can be read; a 4.0 view comes home from 3.0 and JSON settles at once.
 */
#include <stdlib.h>

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

static int
by_bytes(const void *a, const void *b)
{
	return (*(const char *)a > *(const char *)b) -
	       (*(const char *)a < *(const char *)b);
}

/* A property but for the order, the case and the quotes of its parameters. */
static str
gist(struct arena *arena, const struct card_property *p)
{
	struct buf letters = buf_in(arena, p->params.len + 1);

	for (size_t i = 0; i < p->params.len; i++) {
		char c = p->params.at[i];

		/* separators and names come and go: "TYPE=a,b" is "TYPE=a;TYPE=b" */
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 32);
		if (c != '"' && c != ',' && c != ';' && c != '=' && c != ' ' &&
		    c != '\t' && !str_has(STR("TYPE"), c))
			buf_add_char(&letters, c);
	}
	if (letters.len)
		qsort(letters.at, letters.len, 1, by_bytes);
	return buf_str(&letters);
}

static void
same(struct arena *arena, str a, str b)
{
	struct card *x, *y;
	struct why why;

	must(
	    card_read(arena, a, &x, &why) == OK && card_read(arena, b, &y, &why) == OK);
	must(x->count == y->count);
	for (size_t i = 0; i < x->count; i++) {
		const struct card_property *p = x->properties + i,
					   *q = y->properties + i;

		must(str_same_nocase(p->group, q->group));
		must(str_same_nocase(p->name, q->name));
		must(card_named(p, STR("VERSION")) || str_same(p->value, q->value));
		must(str_same(gist(arena, p), gist(arena, q)));
	}
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
	/* Lines somebody else marked as made by us are taken for that. */
	if (str_find(four, STR("KITH")) != SIZE_MAX ||
	    str_find(four, STR("kith")) != SIZE_MAX)
		return 0;
	if (shown(arena, four, CARD_FORM_3, &three) &&
	    shown(arena, three, CARD_FORM_4, &again))
		same(arena, four, again);
	return 0;
}

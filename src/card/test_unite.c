/* test_unite.c - two cards made one: row by row, and that no value is lost. */
#include "base/check.h"
#include "card/field.h"
#include "card/unite.h"

#define HEAD  "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\n"
#define OTHER "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:2\r\nREV:2020-01-01T00:00:00Z\r\n"
#define FOUR  "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:2\r\n"
#define TAIL  "END:VCARD\r\n"

static struct card *
read(struct arena *arena, const char *head, const char *body)
{
	struct card *card = NULL;
	struct why why = { 0 };

	must(card_read(arena, arena_printf(arena, "%s%s" TAIL, head, body), &card,
		 &why) == OK);
	return card;
}

static void
rows(void)
{
	static const struct {
		const char *why, *kept, *other, *then, *take;
	} table[] = {
		{ "nothing new", "FN:A\r\nTEL:1\r\n", "FN:A\r\nTEL:1\r\n",
		    "FN:A\r\nTEL:1\r\n", NULL },
		{ "a number in other writing", "TEL;TYPE=CELL:+8613800000001\r\n",
		    "TEL;TYPE=HOME,VOICE:138 0000 0001\r\n",
		    "TEL;TYPE=CELL:+8613800000001\r\n", NULL },
		{ "a fax is no telephone", "TEL;TYPE=WORK:010 8888 1234\r\n",
		    "TEL;TYPE=FAX:010 8888 1234\r\n",
		    "TEL;TYPE=WORK:010 8888 1234\r\nTEL;TYPE=FAX:010 8888 1234\r\n",
		    NULL },
		{ "another number", "TEL:13800000001\r\nNOTE:n\r\n",
		    "TEL;TYPE=HOME:13800000002\r\n",
		    "TEL:13800000001\r\nTEL;TYPE=HOME:13800000002\r\nNOTE:n\r\n",
		    NULL },
		{ "a mail address in other letters", "EMAIL:a@b.cn\r\n",
		    "EMAIL;TYPE=WORK:a@B.cn\r\n", "EMAIL:a@b.cn\r\n", NULL },
		{ "one name stays", "FN:Ada\r\n", "FN:Ada Lovelace\r\n", "FN:Ada\r\n",
		    NULL },
		{ "the other's name is picked", "FN:Ada\r\n", "FN:Ada Lovelace\r\n",
		    "FN:Ada Lovelace\r\n", "FN" },
		{ "an empty field is filled", "FN:A\r\nBDAY:\r\n",
		    "FN:A\r\nBDAY:1990-01-02\r\n", "FN:A\r\nBDAY:1990-01-02\r\n",
		    NULL },
		{ "what it has not at all", "FN:A\r\n", "FN:A\r\nBDAY:1990-01-02\r\n",
		    "FN:A\r\nBDAY:1990-01-02\r\n", NULL },
		{ "a label comes along, under a free group",
		    "item1.URL:http://a.cn\r\n",
		    "item1.URL:http://b.cn\r\nitem1.X-ABLabel:Blog\r\n",
		    "item1.URL:http://a.cn\r\nitem2.URL:http://b.cn\r\n"
		    "item2.X-ABLabel:Blog\r\n",
		    NULL },
		{ "groups of all", "CATEGORIES:x\r\n", "CATEGORIES:x,y\r\n",
		    "CATEGORIES:x,y\r\n", NULL },
		{ "a service in two writings",
		    "IMPP;X-SERVICE-TYPE=Skype:skype:ada.l\r\n", "X-SKYPE:ada.l\r\n",
		    "IMPP;X-SERVICE-TYPE=Skype:skype:ada.l\r\n", NULL },
		{ "some program's own", "X-A:1\r\n", "X-A:2\r\nX-B;X-C=d:3\r\n",
		    "X-A:1\r\nX-A:2\r\nX-B;X-C=d:3\r\n", NULL },
		{ "two notes", "NOTE:first\r\n", "NOTE:second\r\n",
		    "NOTE:first\r\nNOTE:second\r\n", NULL },
		{ "REV when something came in", "REV:2020-01-01T00:00:00Z\r\nTEL:1\r\n",
		    "TEL:22222\r\n",
		    "REV:1970-01-01T00:00:01Z\r\nTEL:1\r\nTEL:22222\r\n", NULL },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct card *cards[] = { read(arena, HEAD, table[i].kept),
			read(arena, OTHER, table[i].other) };
		struct card_unite unite = { cards, 2, STR("CN"), 1000 };
		struct card_unite_pick pick = { str_of(table[i].take), 1 };
		struct why why = { 0 };
		str out;

		check_about(table[i].why);
		CHECK_OK(card_unite(
		    arena, &unite, &pick, table[i].take != NULL, &out, &why));
		CHECK_STR(out, arena_printf(arena, HEAD "%s" TAIL, table[i].then));
	}
	check_about(NULL);
}

static void
of_another_version(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *cards[] = { read(arena, HEAD, "FN:A\r\n"),
		read(arena, FOUR, "FN:A\r\nTEL;VALUE=uri:tel:+8613800000001\r\n") };
	struct card_unite unite = { cards, 2, STR("CN"), 0 };
	struct card *one;
	struct why why;
	str out;

	CHECK_OK(card_unite(arena, &unite, NULL, 0, &out, &why));
	CHECK_OK(card_read(arena, out, &one, &why));
	CHECK(one->version == CARD_V3);
	CHECK_INT(card_items(arena, one, STR("CN")).count, 2);
	CHECK_STR(card_items(arena, one, STR("CN")).list[1].key, STR("+8613800000001"));
}

static void
what_is_asked(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *cards[] = {
		read(arena, HEAD, "FN:A\r\nTITLE:Chef\r\nTEL:1\r\n"),
		read(arena, OTHER, "FN:A\r\nTITLE:Cook\r\nBDAY:1990-01-02\r\n"),
		read(arena, OTHER, "FN:B\r\nTITLE:cook\r\nTEL:2\r\n"),
	};
	struct card_unite unite = { cards, 3, STR("CN"), 0 };
	struct card_unite_fields fields;
	struct why why;

	CHECK_OK(card_unite_look(arena, &unite, &fields, &why));
	CHECK_INT(fields.count, 2);
	CHECK_STR(fields.list[0].name, STR("FN"));
	CHECK_STR(fields.list[0].list[1].text, STR("B"));
	CHECK_INT(fields.list[0].list[1].card, 2);
	CHECK_STR(fields.list[1].name, STR("TITLE"));
	CHECK_INT(fields.list[1].count, 2);
}

static void
what_is_refused(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *person = read(arena, HEAD, "FN:A\r\n");
	struct card *group =
	    read(arena, HEAD, "FN:G\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n");
	struct card *cards[CARD_UNITE_MAX + 1] = { person, group };
	struct card_unite unite = { cards, 2, STR("CN"), 0 };
	struct card_unite_pick pick = { STR("FN"), 7 };
	struct why why;
	str out;

	CHECK_ERR(card_unite(arena, &unite, NULL, 0, &out, &why), ERR_BAD_INPUT);
	for (size_t i = 0; i <= CARD_UNITE_MAX; i++)
		cards[i] = person;
	CHECK_ERR(card_unite(arena, &unite, &pick, 1, &out, &why), ERR_BAD_INPUT);
	pick = (struct card_unite_pick){ STR("BDAY"), 1 };
	CHECK_ERR(card_unite(arena, &unite, &pick, 1, &out, &why), ERR_BAD_INPUT);
	unite.count = CARD_UNITE_MAX + 1;
	CHECK_ERR(card_unite(arena, &unite, NULL, 0, &out, &why), ERR_BAD_INPUT);
}

/* --- no value is lost --- */

static unsigned
random_below(unsigned *seed, unsigned limit)
{
	*seed = *seed * 1103515245U + 12345U;
	return (*seed >> 16) % limit;
}

static const struct {
	str head, tail;
} lines[] = {
	{ STR_CONST("TEL;TYPE=CELL:+861380000"), STR_CONST("\r\n") },
	{ STR_CONST("TEL;TYPE=HOME:1380000"), STR_CONST("\r\n") },
	{ STR_CONST("EMAIL:p"), STR_CONST("@example.com\r\n") },
	{ STR_CONST("item1.URL:http://example.com/"),
	    STR_CONST("\r\nitem1.X-ABLabel:L\r\n") },
	{ STR_CONST("ADR;TYPE=HOME:;;Street "), STR_CONST(";;;;\r\n") },
	{ STR_CONST("NOTE:note "), STR_CONST("\r\n") },
	{ STR_CONST("X-OWN:"), STR_CONST("\r\n") },
	{ STR_CONST("IMPP;X-SERVICE-TYPE=QQ:qq:"), STR_CONST("\r\n") },
	{ STR_CONST("NICKNAME:n"), STR_CONST("\r\n") },
	{ STR_CONST("CATEGORIES:c"), STR_CONST("\r\n") },
};

static const char *
random_body(struct arena *arena, unsigned *seed)
{
	struct buf body = buf_in(arena, 4096);

	buf_add(&body, STR("FN:A\r\n"));
	for (unsigned n = random_below(seed, 8); n > 0; n--) {
		unsigned kind = random_below(seed, sizeof lines / sizeof *lines);

		buf_add(&body, lines[kind].head);
		buf_add_int(&body, 1000 + random_below(seed, 12));
		buf_add(&body, lines[kind].tail);
	}
	return arena_copy(arena, buf_str(&body)).at;
}

static bool
has_line(const struct card *card, const struct card_property *wanted)
{
	for (size_t i = 0; i < card->count; i++)
		if (str_same(card->properties[i].value, wanted->value) &&
		    str_same(card->properties[i].name, wanted->name))
			return true;
	return false;
}

/* A number is one in either writing: the random ones differ in their last two digits. */
static bool
has_value(const struct card *card, const struct card_property *wanted)
{
	str end = str_part(wanted->value,
	    wanted->value.len < 2 ? 0 : wanted->value.len - 2, wanted->value.len);

	if (wanted->is == CARD_UID || wanted->is == CARD_REV || has_line(card, wanted))
		return true;
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = card->properties + i;

		if (wanted->is == CARD_TEL && p->is == CARD_TEL &&
		    str_ends(p->value, end))
			return true;
		if (wanted->is == CARD_CATEGORIES && p->is == CARD_CATEGORIES &&
		    str_find(p->value, wanted->value) != SIZE_MAX)
			return true;
	}
	return false;
}

static bool
stands_as_it_was(const struct card *kept, str out)
{
	for (size_t i = 0; i < kept->count; i++)
		if (kept->properties[i].is != CARD_CATEGORIES &&
		    str_find(out, kept->properties[i].raw) == SIZE_MAX)
			return false;
	return true;
}

static void
no_value_is_lost(void)
{
	for (unsigned round = 0; round < 500; round++) {
		SCOPED(arena) arena = arena_open();
		unsigned seed = round;
		struct card *cards[] = { read(arena, HEAD, random_body(arena, &seed)),
			read(arena, OTHER, random_body(arena, &seed)),
			read(arena, OTHER, random_body(arena, &seed)) };
		struct card_unite unite = { cards, 3, STR("CN"), 0 };
		struct card *one = NULL;
		struct why why;
		str out;
		str again;

		CHECK_OK(card_unite(arena, &unite, NULL, 0, &out, &why));
		must(card_read(arena, out, &one, &why) == OK);
		CHECK(stands_as_it_was(cards[0], out));
		for (size_t c = 0; c < 3; c++)
			for (size_t i = 0; i < cards[c]->count; i++)
				CHECK(has_value(one, &cards[c]->properties[i]));
		cards[0] = one;
		CHECK_OK(card_unite(arena, &unite, NULL, 0, &again, &why));
		CHECK(again.at == one->text.at);
	}
}

static void
with_itself(void)
{
	for (unsigned seed = 1; seed < 200; seed++) {
		SCOPED(arena) arena = arena_open();
		unsigned at = seed;
		const char *body = random_body(arena, &at);
		struct card *cards[] = { read(arena, HEAD, body),
			read(arena, HEAD, body) };
		struct card_unite unite = { cards, 2, STR("CN"), 0 };
		struct why why;
		str out;

		CHECK_OK(card_unite(arena, &unite, NULL, 0, &out, &why));
		CHECK(out.at == cards[0]->text.at);
	}
}

int
main(void)
{
	return CHECK_RUN({ "rows", rows },
	    { "a card of another version", of_another_version },
	    { "what is asked", what_is_asked }, { "what is refused", what_is_refused },
	    { "no value is lost", no_value_is_lost },
	    { "with itself it stays", with_itself });
}

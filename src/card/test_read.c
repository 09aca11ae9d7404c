#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "card/view.h"

#define CARD(body) "BEGIN:VCARD\r\nVERSION:3.0\r\n" body "END:VCARD\r\n"

static struct card *
reads(struct arena *arena, str text)
{
	struct card *card = NULL;
	struct why why = { 0 };

	if (!CHECK_OK(card_read(arena, text, &card, &why)))
		return NULL;
	return card;
}

static void
shapes(void)
{
	static const struct {
		const char *why;
		str text;
		size_t count;
	} rows[] = {
		{ "plain", STR_CONST(CARD("FN:Ada\r\nTEL:1\r\n")), 3 },
		{ "4.0", STR_CONST("BEGIN:VCARD\nVERSION:4.0\nFN:Ada\nEND:VCARD\n"),
		    2 },
		{ "no version", STR_CONST("BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n"),
		    1 },
		{ "nothing inside", STR_CONST("BEGIN:VCARD\r\nEND:VCARD\r\n"), 0 },
		{ "no final newline", STR_CONST("BEGIN:VCARD\r\nFN:A\r\nEND:VCARD"),
		    1 },
		{ "mixed line ends",
		    STR_CONST(
			"BEGIN:VCARD\r\nVERSION:3.0\nFN:A\r\r\nTEL:1\nEND:VCARD\n"),
		    3 },
		{ "lower case",
		    STR_CONST("begin:vcard\nversion:3.0\nfn:A\nend:vcard\n"), 2 },
		{ "blank lines everywhere",
		    STR_CONST(
			"\r\n \r\nBEGIN:VCARD\r\n\r\nVERSION:3.0\r\n\r\n\r\nFN:A\r\n"
			"\r\nEND:VCARD\r\n\r\n \r\n\n"),
		    2 },
		{ "a mark of byte order", STR_CONST("\xEF\xBB\xBF" CARD("FN:A\r\n")),
		    2 },
		{ "blanks behind the words",
		    STR_CONST("BEGIN:VCARD \r\nVERSION: 3.0\r\nEND: VCARD\t\r\n"), 1 },
		{ "folded BEGIN, VERSION and END",
		    STR_CONST(
			"BEG\r\n IN:VCARD\r\nVERSION:3\r\n .0\r\nEND\n\t:VCARD\r\n"),
		    1 },
		{ "folded inside a character",
		    STR_CONST(CARD("FN:\xE5\r\n \xBC\xA0\xE4\xB8\r\n\t\x89\r\n")), 2 },
		{ "folded away to nothing", STR_CONST(CARD("FN:A\r\n \r\n \r\n")), 2 },
		{ "a group and quotes",
		    STR_CONST(CARD("item1.TEL;X=\"a:b;c\";TYPE=CELL:1\r\n"
				   "item1.X-ABLabel:x\r\n")),
		    3 },
		{ "twice the same",
		    STR_CONST(CARD("FN:A\r\nFN:B\r\nUID:1\r\nUID:2\r\n")), 5 },
		{ "bytes of no letter", STR_CONST(CARD("NOTE:\x01\x7F\r\x00z\r\n")),
		    2 },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct card *card;
		str again;

		check_about(rows[i].why);
		card = reads(arena, rows[i].text);
		if (!card)
			continue;
		CHECK_INT(card->count, rows[i].count);
		CHECK_OK(card_write(arena, card, NULL, 0, &again));
		CHECK_STR(again, rows[i].text);
	}
}

/* Head, properties, tail and the blank lines between them make the source. */
static void
raw_spans(void)
{
	SCOPED(arena) arena = arena_open();
	const struct card *card =
	    reads(arena, STR(CARD("FN:A\r\n d\r\n\r\nitem1.TEL;TYPE=CELL:1\n") "\r\n"));

	if (!card)
		return;
	CHECK_STR(card->head, STR("BEGIN:VCARD\r\n"));
	CHECK_STR(card->tail, STR("END:VCARD\r\n\r\n"));
	CHECK_STR(card->line_end, STR("\r\n"));
	CHECK_STR(card->properties[1].raw, STR("FN:A\r\n d\r\n"));
	CHECK_STR(card->properties[1].value, STR("Ad"));
	CHECK_STR(card->properties[2].raw, STR("item1.TEL;TYPE=CELL:1\n"));
}

static void
parts(void)
{
	static const struct {
		str line, group, name, params, value;
	} rows[] = {
		{ STR_CONST("TEL:1"), STR_CONST(""), STR_CONST("TEL"), STR_CONST(""),
		    STR_CONST("1") },
		{ STR_CONST("item1.tel;type=CELL;X=y:+86:1"), STR_CONST("item1"),
		    STR_CONST("tel"), STR_CONST("type=CELL;X=y"), STR_CONST("+86:1") },
		{ STR_CONST("X-A;B=\"p:q;r\";C=\"\":v;w\""), STR_CONST(""),
		    STR_CONST("X-A"), STR_CONST("B=\"p:q;r\";C=\"\""),
		    STR_CONST("v;w\"") },
		{ STR_CONST("NOTE;X=\"open:v:w"), STR_CONST(""), STR_CONST("NOTE"),
		    STR_CONST("X=\"open"), STR_CONST("v:w") },
		{ STR_CONST("NOTE:"), STR_CONST(""), STR_CONST("NOTE"), STR_CONST(""),
		    STR_CONST("") },
		{ STR_CONST("NOTE;: \tx "), STR_CONST(""), STR_CONST("NOTE"),
		    STR_CONST(""), STR_CONST(" \tx ") },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct card *card = reads(
		    arena, arena_printf(arena, "BEGIN:VCARD\n" STR_FMT "\nEND:VCARD\n",
			       STR_ARG(rows[i].line)));

		check_about(rows[i].line.at);
		if (!card)
			continue;
		CHECK_STR(card->properties[0].group, rows[i].group);
		CHECK_STR(card->properties[0].name, rows[i].name);
		CHECK_STR(card->properties[0].params, rows[i].params);
		CHECK_STR(card->properties[0].value, rows[i].value);
	}
}

static void
refusals(void)
{
	static const struct {
		const char *why;
		str text;
		enum err outcome;
		unsigned line;
	} rows[] = {
		{ "nothing", STR_CONST(""), ERR_BAD_INPUT, 1 },
		{ "blank", STR_CONST("\r\n\r\n"), ERR_BAD_INPUT, 2 },
		{ "no card", STR_CONST("hello\r\n"), ERR_BAD_INPUT, 1 },
		{ "a calendar", STR_CONST("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
		    ERR_BAD_INPUT, 1 },
		{ "no BEGIN", STR_CONST("FN:A\r\nEND:VCARD\r\n"), ERR_BAD_INPUT, 2 },
		{ "no END", STR_CONST("BEGIN:VCARD\r\nFN:A\r\n"), ERR_BAD_INPUT, 2 },
		{ "END of another", STR_CONST("BEGIN:VCARD\r\nEND:VEVENT\r\n"),
		    ERR_BAD_INPUT, 2 },
		{ "END in a group", STR_CONST("BEGIN:VCARD\r\na.END:VCARD\r\n"),
		    ERR_BAD_INPUT, 2 },
		{ "two cards", STR_CONST(CARD("") CARD("")), ERR_BAD_INPUT, 4 },
		{ "a card in a card", STR_CONST(CARD("FN:A\r\n" CARD(""))),
		    ERR_BAD_INPUT, 4 },
		{ "a calendar around it",
		    STR_CONST("BEGIN:VCALENDAR\r\n" CARD("") "END:VCALENDAR\r\n"),
		    ERR_BAD_INPUT, 1 },
		{ "latin-1", STR_CONST(CARD("FN:A\r\n d\r\nNOTE:caf\xE9\r\n")),
		    ERR_BAD_INPUT, 5 },
		{ "a surrogate", STR_CONST(CARD("FN:\xED\xA0\x80\r\n")), ERR_BAD_INPUT,
		    3 },
		{ "2.1", STR_CONST("BEGIN:VCARD\r\nVERSION:2.1\r\nEND:VCARD\r\n"),
		    ERR_UNSUPPORTED, 2 },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card *card;
		struct why why = { 0 };

		check_about(rows[i].why);
		CHECK_ERR(card_read(arena, rows[i].text, &card, &why), rows[i].outcome);
		CHECK_INT(why.line, rows[i].line);
		CHECK(why.what != NULL);
	}
}

static str
card_of_lines(struct arena *arena, size_t lines)
{
	struct buf buf = buf_in(arena, 2 * CARD_MAX_BYTES);

	buf_add(&buf, STR("BEGIN:VCARD\n"));
	for (size_t i = 0; i < lines; i++)
		buf_add(&buf, STR("TEL:1\n"));
	buf_add(&buf, STR("END:VCARD\n"));
	return buf_str(&buf);
}

static void
limits(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card;
	struct why why;
	str text = card_of_lines(arena, CARD_MAX_PROPERTIES);
	char *large = arena_get(arena, CARD_MAX_BYTES + 1);

	CHECK_OK(card_read(arena, text, &card, &why));
	CHECK_INT(card->count, CARD_MAX_PROPERTIES);
	CHECK_STR(card->properties[CARD_MAX_PROPERTIES - 1].value, STR("1"));
	text = card_of_lines(arena, CARD_MAX_PROPERTIES + 1);
	CHECK_ERR(card_read(arena, text, &card, &why), ERR_TOO_LARGE);
	memset(large, '\n', CARD_MAX_BYTES + 1);
	memcpy(large, "BEGIN:VCARD\nEND:VCARD\n", 22);
	CHECK_OK(card_read(arena, (str){ large, CARD_MAX_BYTES }, &card, &why));
	CHECK_ERR(card_read(arena, (str){ large, CARD_MAX_BYTES + 1 }, &card, &why),
	    ERR_TOO_LARGE);
}

/* Ten megabytes of folds take their own length of memory and linear time. */
static void
many_folds(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf buf = buf_in(arena, CARD_MAX_BYTES);
	const struct card *card;
	size_t folds = (CARD_MAX_BYTES - 100) / 3;

	buf_add(&buf, STR("BEGIN:VCARD\nNOTE:"));
	for (size_t i = 0; i < folds; i++)
		buf_add(&buf, STR("\n x"));
	buf_add(&buf, STR("\nEND:VCARD\n"));
	card = reads(arena, buf_str(&buf));
	if (card)
		CHECK_INT(card->properties[0].value.len, folds);
}

static void
summary(void)
{
	SCOPED(arena) arena = arena_open();
	const struct card *card = reads(arena,
	    STR("BEGIN:VCARD\nVERSION:4.0\nUID:u\nFN:a\\,b\nuid:v\nFN:c\nEND:VCARD\n"));

	if (!card)
		return;
	CHECK_INT(card->version, CARD_V4);
	CHECK_STR(card->uid, STR("u"));
	CHECK_STR(card->fn, STR("a\\,b"));
	CHECK_STR(card->line_end, STR("\n"));
	card = reads(arena, STR("BEGIN:VCARD\r\nEND:VCARD"));
	CHECK(card && card->version == CARD_V3 && !card->uid.len && !card->fn.len);
}

/* Lines that are no properties, and words around the card: kept where they stand, and in no
 * view. */
static void
odd_lines(void)
{
	static const struct {
		const char *why;
		str text;
		unsigned line;
		size_t count; /* of properties */
	} rows[] = {
		{ "no colon", STR_CONST(CARD("TEL\r\n")), 3, 1 },
		{ "no colon but a parameter", STR_CONST(CARD("TEL;TYPE=CELL\r\n")), 3,
		    1 },
		{ "no name", STR_CONST(CARD(":1\r\n")), 3, 1 },
		{ "no name in a group", STR_CONST(CARD("a.:1\r\n")), 3, 1 },
		{ "two groups", STR_CONST(CARD("a.b.TEL:1\r\n")), 3, 1 },
		{ "a name of other letters",
		    STR_CONST(CARD("FN:A\r\n\xE5\xBC\xA0:1\r\n")), 4, 2 },
		{ "a picture that was not folded",
		    STR_CONST(CARD("PHOTO:AA\r\nBB\r\nCC==\r\nTEL:1\r\n")), 4, 3 },
		{ "before all properties",
		    STR_CONST("BEGIN:VCARD\r\nhello\r\nFN:A\r\nEND:VCARD\r\n"), 2, 1 },
		{ "a blank behind the name", STR_CONST(CARD("TEL :1\r\n")), 3, 2 },
		{ "a line after it", STR_CONST(CARD("") "TEL:1\r\n"), 4, 1 },
		{ "words around it", STR_CONST("Hello,\r\n\r\n" CARD("") "bye\r\n"), 1,
		    1 },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card *card = NULL;
		struct card *clean = NULL;
		struct why why = { 0 };
		str same, shown;

		check_about(rows[i].why);
		if (!CHECK_OK(card_read(arena, rows[i].text, &card, &why)))
			continue;
		CHECK_INT(card->odd, rows[i].line);
		CHECK_INT(card->count, rows[i].count);
		CHECK_OK(card_write(arena, card, NULL, 0, &same));
		CHECK_STR(same, rows[i].text);
		CHECK_OK(card_view(arena, card, CARD_FORM_3, &shown));
		CHECK_OK(card_read(arena, shown, &clean, &why));
		CHECK_INT(clean->odd, 0);
		CHECK(card_is_of_form(clean, CARD_FORM_3));
	}
}

int
main(void)
{
	return CHECK_RUN({ "what is read is written back the same", shapes },
	    { "raw spans", raw_spans }, { "parts of a line", parts },
	    { "refusals, with their line", refusals }, { "odd lines", odd_lines },
	    { "limits", limits }, { "folding is linear", many_folds },
	    { "version, UID and FN", summary });
}

#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "card/card.h"

#define MAX_EDITS 4

static struct card *
reads(struct arena *arena, str text)
{
	struct card *card = NULL;
	struct why why = { 0 };

	must(card_read(arena, text, &card, &why) == OK);
	return card;
}

static void
edits(void)
{
	static const struct {
		const char *why, *before;
		struct card_edit edits[MAX_EDITS];
		size_t count;
		const char *after;
	} rows[] = {
		{ "replace, the rest untouched",
		    "BEGIN:VCARD\r\nfn:A\r\n "
		    "b\r\n\r\nTEL:1\nX;a=\"b\":c\r\nEND:VCARD\r\n\r\n",
		    { { CARD_EDIT_REPLACE, 1, STR_CONST("TEL:2") } }, 1,
		    "BEGIN:VCARD\r\nfn:A\r\n "
		    "b\r\n\r\nTEL:2\r\nX;a=\"b\":c\r\nEND:VCARD\r\n\r\n" },
		{ "remove a folded one", "BEGIN:VCARD\nFN:A\n b\n\nTEL:1\nEND:VCARD",
		    { { CARD_EDIT_REMOVE, 0, { 0 } } }, 1,
		    "BEGIN:VCARD\n\nTEL:1\nEND:VCARD" },
		{ "remove all", "BEGIN:VCARD\nFN:A\nTEL:1\nEND:VCARD\n",
		    { { CARD_EDIT_REMOVE, 1, { 0 } }, { CARD_EDIT_REMOVE, 0, { 0 } } },
		    2, "BEGIN:VCARD\nEND:VCARD\n" },
		{ "add after its like",
		    "BEGIN:VCARD\nTEL:1\nitem1.tel:2\nFN:A\nEND:VCARD\n",
		    { { CARD_EDIT_ADD, 0, STR_CONST("TEL;TYPE=CELL:3") },
			{ CARD_EDIT_ADD, 0, STR_CONST("TEL:4") } },
		    2,
		    "BEGIN:VCARD\nTEL:1\nitem1.tel:2\nTEL;TYPE=CELL:3\nTEL:4\nFN:A\n"
		    "END:VCARD\n" },
		{ "add the first of its kind", "BEGIN:VCARD\r\nFN:A\r\nEND:VCARD",
		    { { CARD_EDIT_ADD, 0, STR_CONST("TEL:1") } }, 1,
		    "BEGIN:VCARD\r\nFN:A\r\nTEL:1\r\nEND:VCARD" },
		{ "add to an empty card", "BEGIN:VCARD\n\nEND:VCARD\n",
		    { { CARD_EDIT_ADD, 0, STR_CONST("TEL:1") } }, 1,
		    "BEGIN:VCARD\nTEL:1\n\nEND:VCARD\n" },
		{ "a label joins its group",
		    "BEGIN:VCARD\nitem1.URL:a\nFN:A\nitem2.X-ABLabel:b\nEND:VCARD\n",
		    { { CARD_EDIT_ADD, 0, STR_CONST("item1.X-ABLabel:c") } }, 1,
		    "BEGIN:VCARD\nitem1.URL:a\nitem1.X-ABLabel:c\nFN:A\n"
		    "item2.X-ABLabel:b\nEND:VCARD\n" },
		{ "a label joins an added one",
		    "BEGIN:VCARD\nitem1.URL:a\nitem1.X-ABLabel:b\nURL:c\nFN:A\nEND:"
		    "VCARD\n",
		    { { CARD_EDIT_ADD, 0, STR_CONST("ORG:o") },
			{ CARD_EDIT_ADD, 0, STR_CONST("item2.URL:d") },
			{ CARD_EDIT_ADD, 0, STR_CONST("item2.X-ABLabel:e") } },
		    3,
		    "BEGIN:VCARD\nitem1.URL:a\nitem1.X-ABLabel:b\nURL:c\nitem2.URL:d\n"
		    "item2.X-ABLabel:e\nFN:A\nORG:o\nEND:VCARD\n" },
		{ "add where its like is removed",
		    "BEGIN:VCARD\nTEL:1\nFN:A\nEND:VCARD\n",
		    { { CARD_EDIT_ADD, 0, STR_CONST("TEL:2") },
			{ CARD_EDIT_REMOVE, 0, { 0 } },
			{ CARD_EDIT_REPLACE, 1, STR_CONST("FN:B") } },
		    3, "BEGIN:VCARD\nTEL:2\nFN:B\nEND:VCARD\n" },
		{ "a line that would be two", "BEGIN:VCARD\nTEL:1\nEND:VCARD\n",
		    { { CARD_EDIT_REPLACE, 0,
			STR_CONST(
			    "TEL:2\r\nEND:VCARD\r\nBEGIN:VCARD\n NOTE:\x00x\x1B") } },
		    1, "BEGIN:VCARD\nTEL:2END:VCARDBEGIN:VCARD NOTE:x\nEND:VCARD\n" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct card *card = reads(arena, str_of(rows[i].before));
		str after = { 0 };

		check_about(rows[i].why);
		CHECK_OK(card_write(arena, card, rows[i].edits, rows[i].count, &after));
		CHECK_STR(after, str_of(rows[i].after));
	}
}

static void
too_large(void)
{
	SCOPED(arena) arena = arena_open();
	const struct card *card = reads(arena, STR("BEGIN:VCARD\nEND:VCARD\n"));
	char *large = arena_get(arena, CARD_MAX_BYTES);
	struct card_edit edit = { CARD_EDIT_ADD, 0, { large, CARD_MAX_BYTES } };
	str out;

	memset(large, 'x', CARD_MAX_BYTES);
	CHECK_ERR(card_write(arena, card, &edit, 1, &out), ERR_TOO_LARGE);
}

static size_t
longest_line(str text)
{
	size_t longest = 0;

	while (text.len) {
		str line = str_cut(&text, '\n');

		if (line.len > longest)
			longest = line.len;
	}
	return longest;
}

/* Characters of 1 to 4 bytes at every offset: no line is longer than 75 bytes, none breaks
 * a character, and what was put in comes out. */
static void
folding(void)
{
	static const char *const characters[] = { "a", " ", "\xC3\xA9", "\xE5\xBC\xA0",
		"\xF0\x9F\x99\x82" };
	SCOPED(arena) arena = arena_open();
	const struct card *card = reads(arena, STR("BEGIN:VCARD\nEND:VCARD\n"));

	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		for (size_t offset = 0; offset < 80; offset++) {
			struct buf line = buf_in(arena, 4096);
			struct card_edit edit = { .kind = CARD_EDIT_ADD };
			str out = { 0 };

			buf_add(&line, STR("NOTE:"));
			for (size_t n = 0; n < offset; n++)
				buf_add_char(&line, '.');
			for (size_t n = 0; n < 100; n++)
				buf_add(&line, str_of(characters[i]));
			edit.line = buf_str(&line);
			CHECK_OK(card_write(arena, card, &edit, 1, &out));
			CHECK(longest_line(out) <= 75);
			CHECK(longest_line(out) > 75 - 4);
			CHECK(str_is_utf8(out));
			CHECK_STR(reads(arena, out)->properties[0].value,
			    str_part(edit.line, 5, edit.line.len));
		}
}

static void
escaping(void)
{
	static const struct {
		str text, value, param;
	} rows[] = {
		{ STR_CONST("plain"), STR_CONST("plain"), STR_CONST("plain") },
		{ STR_CONST(""), STR_CONST(""), STR_CONST("") },
		{ STR_CONST("a,b;c:d"), STR_CONST("a\\,b\\;c:d"),
		    STR_CONST("\"a,b;c:d\"") },
		{ STR_CONST("1\r\n2\n3\r4\t5"), STR_CONST("1\\n2\\n34\t5"),
		    STR_CONST("1^n2^n34\t5") },
		{ STR_CONST("C:\\n"), STR_CONST("C:\\\\n"), STR_CONST("\"C:\\n\"") },
		{ STR_CONST("say \"^n\""), STR_CONST("say \"^n\""),
		    STR_CONST("say ^'^^n^'") },
		{ STR_CONST("\"\r\nTEL:666\r\n"), STR_CONST("\"\\nTEL:666\\n"),
		    STR_CONST("\"^'^nTEL:666^n\"") },
		{ STR_CONST(" edge"), STR_CONST(" edge"), STR_CONST("\" edge\"") },
		{ STR_CONST("\x00\x01\x1F\x7F\xFF\xE5\xBC\xA0"),
		    STR_CONST("\x7F\xEF\xBF\xBD\xE5\xBC\xA0"),
		    STR_CONST("\x7F\xEF\xBF\xBD\xE5\xBC\xA0") },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf value = buf_in(arena, 256), param = buf_in(arena, 256);

		card_escape_add(&value, rows[i].text);
		card_param_add(&param, rows[i].text);
		CHECK_STR(buf_str(&value), rows[i].value);
		CHECK_STR(buf_str(&param), rows[i].param);
	}
}

/* Whatever is put into a value or a parameter is read back, and nothing else changes. */
static void
injection(void)
{
	static const char *const attacks[] = {
		"x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nTEL:1",
		"x\n TEL:1",
		"x;TYPE=WORK:y",
		"\";X=\"y:z",
		"\\",
		"\\\\;\\,\\n",
		"^n^^^'\"",
		",,;;::==",
		" x ",
	};
	SCOPED(arena) arena = arena_open();
	const struct card *card =
	    reads(arena, STR("BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n"));

	for (size_t i = 0; i < sizeof attacks / sizeof *attacks; i++) {
		struct buf line = buf_in(arena, 512);
		struct card_edit edit = { .kind = CARD_EDIT_ADD };
		struct buf wanted = buf_in(arena, 512);
		const struct card *after;
		str out = { 0 }, got = { 0 };

		check_about(attacks[i]);
		buf_add(&line, STR("NOTE;X-P="));
		card_param_add(&line, str_of(attacks[i]));
		buf_add_char(&line, ':');
		card_escape_add(&line, str_of(attacks[i]));
		edit.line = buf_str(&line);
		CHECK_OK(card_write(arena, card, &edit, 1, &out));
		after = reads(arena, out);
		for (const char *c = attacks[i]; *c; c++)
			if (*c != '\r')
				buf_add_char(&wanted, *c);
		CHECK_INT(after->count, 2);
		CHECK_STR(
		    card_unescape(arena, after->properties[1].value), buf_str(&wanted));
		CHECK(card_param(arena, after->properties + 1, STR("X-P"), 0, &got));
		CHECK_STR(got, buf_str(&wanted));
		CHECK(!card_param(arena, after->properties + 1, STR("X"), 0, &got));
		CHECK(!card_has_type(after->properties + 1, STR("WORK")));
	}
}

static void
groups(void)
{
	SCOPED(arena) arena = arena_open();
	const struct card *none = reads(arena, STR("BEGIN:VCARD\nFN:A\nEND:VCARD\n"));
	const struct card *some = reads(arena,
	    STR("BEGIN:VCARD\nitem1.A:x\nITEM3.B:x\nitem99999999999999999999.C:x\n"
		"item.D:x\nother2.E:x\nEND:VCARD\n"));

	CHECK_STR(card_free_group(arena, none, 0), STR("item1"));
	CHECK_STR(card_free_group(arena, none, 2), STR("item3"));
	CHECK_STR(card_free_group(arena, some, 0), STR("item2"));
	CHECK_STR(card_free_group(arena, some, 1), STR("item4"));
	CHECK_STR(card_free_group(arena, some, 2), STR("item5"));
}

int
main(void)
{
	return CHECK_RUN({ "edits leave the rest untouched", edits },
	    { "the ceiling", too_large }, { "folding keeps characters whole", folding },
	    { "escaping", escaping }, { "nothing breaks out of its place", injection },
	    { "a free group", groups });
}

#include "book/colour.h"

#include "book/book_int.h"
#include "book/place.h"

#define SPACE      STR("http://inf-it.com/ns/ab/")
#define LOCAL      STR("addressbook-color")
#define WITH_ALPHA 9 /* "#17655aff" */

static char
hex_digit(char c)
{
	if (c >= 'A' && c <= 'F')
		return (char)(c - 'A' + 'a');
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ? c : '\0';
}

/* As it is told here; empty for what is none. */
static str
colour_read(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, BOOK_COLOUR_CHARS + 1);

	if (!str_starts(text, STR("#")) ||
	    (text.len != BOOK_COLOUR_CHARS && text.len != WITH_ALPHA))
		return (str){ 0 };
	buf_add_char(&out, '#');
	for (size_t i = 1; i < BOOK_COLOUR_CHARS; i++) {
		char c = hex_digit(text.at[i]);

		if (!c)
			return (str){ 0 };
		buf_add_char(&out, c);
	}
	return buf_str(&out);
}

/* The text of an element that has nothing else in it. */
static str
text_of(str xml)
{
	str rest = xml;

	(void)str_cut(&rest, '>');
	return str_trim(str_cut(&rest, '<'));
}

enum err
book_colour(const struct call *call, const struct book *book, str *out)
{
	const struct book_place place = { book->account, book->id, { 0 } };
	struct book_prop *props;
	size_t count;

	*out = (str){ 0 };
	TRY(book_props(call, &place, &props, &count));
	for (size_t i = 0; i < count; i++)
		if (str_same(props[i].space, SPACE) && str_same(props[i].local, LOCAL))
			*out = colour_read(call->arena, text_of(props[i].xml));
	return OK;
}

enum err
book_colour_set(const struct call *call, const struct book *book, str colour)
{
	const struct book_place place = { book->account, book->id, { 0 } };
	struct book_prop change = { .space = SPACE, .local = LOCAL };

	TRY(may_rule(call, book));
	if (colour.len) {
		colour = colour_read(call->arena, colour);
		if (!colour.len)
			return ERR_BAD_INPUT;
		change.xml = ARENA_JOIN(call->arena,
		    STR("<A:addressbook-color xmlns:A=\"http://inf-it.com/ns/ab/\">"),
		    colour, STR("</A:addressbook-color>"));
	}
	return book_props_change(call, &place, &change, 1);
}

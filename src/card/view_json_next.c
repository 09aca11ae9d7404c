/* view_json_next.c - a file of jCards, one after the other. */
#include "card/view.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
skip_blanks(str *text)
{
	while (text->len && is_blank(text->at[0]))
		*text = str_part(*text, 1, text->len);
}

/* Where the array that begins here ends; 0: nowhere. */
static size_t
end_of(str text)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{'))
			depth++;
		else if (!quoted && (c == ']' || c == '}') && --depth == 0)
			return i + 1;
	}
	return 0;
}

/* "[": of an array of cards, before a card. */
static bool
opens_list(str text)
{
	if (!str_starts(text, STR("[")))
		return false;
	text = str_part(text, 1, text.len);
	skip_blanks(&text);
	return str_starts(text, STR("[")) || str_starts(text, STR("]"));
}

enum err
card_json_next(str *rest, str *out)
{
	size_t end;

	skip_blanks(rest);
	if (opens_list(*rest))
		*rest = str_part(*rest, 1, rest->len);
	skip_blanks(rest);
	if (str_starts(*rest, STR(",")))
		*rest = str_part(*rest, 1, rest->len);
	skip_blanks(rest);
	if (!rest->len || str_same(str_trim(*rest), STR("]"))) {
		*rest = (str){ 0 };
		return ERR_NOT_FOUND;
	}
	end = rest->at[0] == '[' ? end_of(*rest) : 0;
	*out = str_part(*rest, 0, end);
	*rest = end ? str_part(*rest, end, rest->len) : (str){ 0 };
	return end ? OK : ERR_BAD_INPUT;
}

/* view_json_next.c - a file of cards in JSON, one after the other. */
#include "card/view.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct file {
	str rest;
	unsigned line;
};

static str
take(struct file *f, size_t bytes)
{
	str taken = str_part(f->rest, 0, bytes);

	for (size_t i = 0; i < taken.len; i++)
		f->line += taken.at[i] == '\n';
	f->rest = str_part(f->rest, bytes, f->rest.len);
	return taken;
}

static void
skip_blanks(struct file *f)
{
	while (f->rest.len && is_blank(f->rest.at[0]))
		(void)take(f, 1);
}

/* Where the array or object that begins here ends; 0: nowhere. */
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
	struct file inside = { str_part(text, 1, text.len), 0 };

	if (!str_starts(text, STR("[")))
		return false;
	skip_blanks(&inside);
	return inside.rest.len &&
	       (inside.rest.at[0] == '[' || inside.rest.at[0] == '{' ||
		   inside.rest.at[0] == ']');
}

static void
skip(struct file *f, bool mark)
{
	skip_blanks(f);
	if (mark)
		(void)take(f, 1);
	skip_blanks(f);
}

/* What is no card, up to the next that could be one. */
static void
skip_other(struct file *f)
{
	do
		(void)take(f, 1);
	while (f->rest.len && f->rest.at[0] != ',' && f->rest.at[0] != '[' &&
	       f->rest.at[0] != '{');
}

enum err
card_json_next(str *rest, unsigned *line, unsigned *first, str *out)
{
	struct file f = { *rest, *line };
	size_t end;

	skip_blanks(&f);
	skip(&f, opens_list(f.rest));
	skip(&f, str_starts(f.rest, STR(",")));
	*first = f.line;
	if (!f.rest.len || str_same(str_trim(f.rest), STR("]"))) {
		*rest = (str){ 0 };
		return ERR_NOT_FOUND;
	}
	if (f.rest.at[0] != '[' && f.rest.at[0] != '{') {
		skip_other(&f);
		*rest = f.rest;
		*line = f.line;
		return ERR_BAD_INPUT;
	}
	end = end_of(f.rest);
	*out = take(&f, end);
	*rest = end ? f.rest : (str){ 0 };
	*line = f.line;
	return end ? OK : ERR_BAD_INPUT;
}

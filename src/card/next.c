#include "card/card.h"

#define BOM "\xEF\xBB\xBF"

/* The next line with its line end. */
static str
line_cut(str *rest)
{
	str whole = *rest;

	(void)str_cut(rest, '\n');
	return str_part(whole, 0, whole.len - rest->len);
}

/* "BEGIN:VCARD" or "END:VCARD", in any case and with blanks where people left them. */
static bool
marks(str line, str word)
{
	str name = str_cut(&line, ':');

	return str_same_nocase(str_trim(name), word) &&
	       str_same_nocase(str_trim(line), STR("VCARD"));
}

static str
without_bom(str line)
{
	return str_starts(line, STR(BOM)) ? str_part(line, sizeof BOM - 1, line.len)
					  : line;
}

static enum err
up_to_end(str *rest, str begin, str *out, unsigned *line, struct why *why)
{
	unsigned first = *line - 1;

	while (rest->len) {
		str before = *rest, here = line_cut(rest);

		if (marks(here, STR("END"))) {
			++*line;
			*out =
			    (str){ begin.at, (size_t)(here.at + here.len - begin.at) };
			return OK;
		}
		if (marks(without_bom(here), STR("BEGIN"))) {
			*rest = before;
			break;
		}
		++*line;
	}
	*why = (struct why){ .what = "a BEGIN:VCARD without its END", .line = first };
	return ERR_BAD_INPUT;
}

enum err
card_next(str *rest, str *out, unsigned *line, struct why *why)
{
	if (!*line)
		*line = 1;
	while (rest->len) {
		str here = without_bom(line_cut(rest));

		++*line;
		if (marks(here, STR("BEGIN")))
			return up_to_end(rest, here, out, line, why);
	}
	return ERR_NOT_FOUND;
}

/* reply_entity.c - characters of HTML by name or number. */
#include "mime/reply_int.h"

#define FIRST_WINDOWS 0x80
#define LAST_WINDOWS  0x9f

static const struct {
	str name, text;
} entities[] = {
	{ STR_CONST("amp"), STR_CONST("&") },
	{ STR_CONST("lt"), STR_CONST("<") },
	{ STR_CONST("gt"), STR_CONST(">") },
	{ STR_CONST("quot"), STR_CONST("\"") },
	{ STR_CONST("apos"), STR_CONST("'") },
	{ STR_CONST("nbsp"), STR_CONST(" ") },
	{ STR_CONST("ensp"), STR_CONST(" ") },
	{ STR_CONST("emsp"), STR_CONST(" ") },
	{ STR_CONST("thinsp"), STR_CONST(" ") },
	{ STR_CONST("lsquo"), STR_CONST("‘") },
	{ STR_CONST("rsquo"), STR_CONST("’") },
	{ STR_CONST("ldquo"), STR_CONST("“") },
	{ STR_CONST("rdquo"), STR_CONST("”") },
	{ STR_CONST("laquo"), STR_CONST("«") },
	{ STR_CONST("raquo"), STR_CONST("»") },
	{ STR_CONST("ndash"), STR_CONST("–") },
	{ STR_CONST("mdash"), STR_CONST("—") },
	{ STR_CONST("hellip"), STR_CONST("…") },
	{ STR_CONST("middot"), STR_CONST("·") },
	{ STR_CONST("bull"), STR_CONST("•") },
	{ STR_CONST("times"), STR_CONST("×") },
	{ STR_CONST("deg"), STR_CONST("°") },
	{ STR_CONST("euro"), STR_CONST("€") },
	{ STR_CONST("yen"), STR_CONST("¥") },
	{ STR_CONST("pound"), STR_CONST("£") },
	{ STR_CONST("copy"), STR_CONST("©") },
	{ STR_CONST("reg"), STR_CONST("®") },
	{ STR_CONST("trade"), STR_CONST("™") },
	{ STR_CONST("rarr"), STR_CONST("→") },
	{ STR_CONST("larr"), STR_CONST("←") },
	{ STR_CONST("auml"), STR_CONST("ä") },
	{ STR_CONST("ouml"), STR_CONST("ö") },
	{ STR_CONST("uuml"), STR_CONST("ü") },
	{ STR_CONST("Auml"), STR_CONST("Ä") },
	{ STR_CONST("Ouml"), STR_CONST("Ö") },
	{ STR_CONST("Uuml"), STR_CONST("Ü") },
	{ STR_CONST("szlig"), STR_CONST("ß") },
	{ STR_CONST("eacute"), STR_CONST("é") },
	{ STR_CONST("egrave"), STR_CONST("è") },
	{ STR_CONST("agrave"), STR_CONST("à") },
	{ STR_CONST("aacute"), STR_CONST("á") },
	{ STR_CONST("iacute"), STR_CONST("í") },
	{ STR_CONST("oacute"), STR_CONST("ó") },
	{ STR_CONST("uacute"), STR_CONST("ú") },
	{ STR_CONST("ntilde"), STR_CONST("ñ") },
	{ STR_CONST("ccedil"), STR_CONST("ç") },
};

/* Numbers that HTML means as windows-1252: HTML 13.2.5.80. */
static const uint16_t windows[] = {
	0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, /* 0x80 */
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, /* 0x88 */
	0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 0x90 */
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178, /* 0x98 */
};

static unsigned
digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	if (c >= 'A' && c <= 'F')
		return (unsigned)(c - 'A') + 10;
	return UINT32_MAX;
}

/* "20320" or "x4f60"; 0: no number of a character. */
static uint32_t
number(str text)
{
	bool hex = text.len && (text.at[0] == 'x' || text.at[0] == 'X');
	uint32_t sum = 0;

	text = str_part(text, hex, text.len);
	if (!text.len || text.len > sizeof "1114111" - 1)
		return 0;
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = digit_of(text.at[i]);

		if (digit >= (hex ? 16U : 10U))
			return 0;
		sum = sum * (hex ? 16U : 10U) + digit;
	}
	if (sum >= FIRST_WINDOWS && sum <= LAST_WINDOWS)
		sum = windows[sum - FIRST_WINDOWS];
	return sum > 0x10ffff || (sum >= 0xd800 && sum <= 0xdfff) ? 0 : sum;
}

static str
as_utf8(struct arena *arena, uint32_t rune)
{
	unsigned more = rune < 0x80 ? 0 : rune < 0x800 ? 1 : rune < 0x10000 ? 2 : 3;
	static const unsigned char heads[] = { 0, 0xc0, 0xe0, 0xf0 };
	char *to = arena_get_raw(arena, more + 1);

	for (unsigned i = more; i > 0; i--, rune >>= 6)
		to[i] = (char)(0x80 | (rune & 0x3f));
	to[0] = (char)(heads[more] | rune);
	return (str){ to, more + 1 };
}

str
mime_entity(struct arena *arena, str name)
{
	uint32_t rune;

	if (str_starts(name, STR("#"))) {
		rune = number(str_part(name, 1, name.len));
		return rune ? as_utf8(arena, rune) : STR("");
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (str_same(name, entities[i].name))
			return entities[i].text;
	return STR("");
}

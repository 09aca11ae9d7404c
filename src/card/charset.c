#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "card/charset_int.h"

#define UTF8_BOM    "\xEF\xBB\xBF"
#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define MAX_GROWTH  3              /* bytes of UTF-8 for one of any charset below */

/* What cards are seen to claim, and what is meant by it: mostly more than the name says.
 * A closed list, as iconv_open() would load a library by any name it is given. */
static const struct {
	str name;
	const char *meant;
} charsets[] = {
	{ STR_CONST("UTF-8"), CHARSET_UTF8 },
	{ STR_CONST("UTF8"), CHARSET_UTF8 },
	{ STR_CONST("US-ASCII"), CHARSET_LATIN },
	{ STR_CONST("ISO-8859-1"), CHARSET_LATIN },
	{ STR_CONST("LATIN1"), CHARSET_LATIN },
	{ STR_CONST("WINDOWS-1252"), CHARSET_LATIN },
	{ STR_CONST("GB2312"), CHARSET_CHINESE },
	{ STR_CONST("GBK"), CHARSET_CHINESE },
	{ STR_CONST("CP936"), CHARSET_CHINESE },
	{ STR_CONST("GB18030"), CHARSET_CHINESE },
	{ STR_CONST("BIG5"), "BIG5" },
};

const char *
charset_find(str name)
{
	for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
		if (str_same_nocase(name, charsets[i].name))
			return charsets[i].meant;
	return NULL;
}

static bool
between(str text, size_t at, unsigned least, unsigned most)
{
	return at < text.len && (unsigned char)text.at[at] >= least &&
	       (unsigned char)text.at[at] <= most;
}

/* The bytes of the GB18030 character at that place; 0 when there is none. */
static size_t
chinese_unit(str text, size_t at)
{
	if (!between(text, at, 0x81, 0xFE))
		return 0;
	if (between(text, at + 1, 0x40, 0x7E) || between(text, at + 1, 0x80, 0xFE))
		return 2;
	if (between(text, at + 1, '0', '9') && between(text, at + 2, 0x81, 0xFE) &&
	    between(text, at + 3, '0', '9'))
		return 4;
	return 0;
}

/* Chinese text is pairs of bytes with the high bit; Western text has such bytes singly
 * among letters, which can look like the rarer pairs. */
static bool
looks_chinese(str text)
{
	size_t common = 0, rare = 0;

	for (size_t i = 0; i < text.len;) {
		size_t unit =
		    (unsigned char)text.at[i] < 0x80 ? 1 : chinese_unit(text, i);

		if (!unit)
			return false;
		if (unit == 2 && between(text, i + 1, 0xA1, 0xFE))
			common++;
		else if (unit > 1)
			rare++;
		i += unit;
	}
	return common >= rare;
}

const char *
charset_guess(str text)
{
	if (str_is_utf8(text))
		return CHARSET_UTF8;
	return looks_chinese(text) ? CHARSET_CHINESE : CHARSET_LATIN;
}

static size_t
unit_bytes(const char *charset, size_t left)
{
	return strncmp(charset, "UTF-16", 6) == 0 && left > 1 ? 2 : 1;
}

enum err
charset_read(struct arena *arena, str text, const char *charset, str *out)
{
	size_t room = arena_array_bytes(text.len, MAX_GROWTH), left = text.len;
	iconv_t way = iconv_open("UTF-8", charset);
	char *to, *from = (char *)(uintptr_t)text.at;

	if (way == (iconv_t)-1)
		return ERR_UNSUPPORTED;
	to = arena_get_raw(arena, room);
	*out = (str){ to, 0 };
	while (left && iconv(way, &from, &left, &to, &room) == (size_t)-1) {
		size_t bad = unit_bytes(charset, left);

		must(errno != E2BIG);
		memcpy(to, REPLACEMENT, sizeof REPLACEMENT - 1);
		to += sizeof REPLACEMENT - 1;
		room -= sizeof REPLACEMENT - 1;
		from += bad;
		left -= bad;
	}
	out->len = (size_t)(to - out->at);
	(void)iconv_close(way);
	return OK;
}

enum err
card_file_text(struct arena *arena, str bytes, str *out)
{
	if (str_starts(bytes, STR("\xFF\xFE")))
		return charset_read(
		    arena, str_part(bytes, 2, bytes.len), "UTF-16LE", out);
	if (str_starts(bytes, STR("\xFE\xFF")))
		return charset_read(
		    arena, str_part(bytes, 2, bytes.len), "UTF-16BE", out);
	if (str_starts(bytes, STR(UTF8_BOM)))
		bytes = str_part(bytes, sizeof UTF8_BOM - 1, bytes.len);
	*out = bytes;
	return OK;
}

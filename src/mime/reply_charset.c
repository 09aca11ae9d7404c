/* reply_charset.c - the text of a part as UTF-8, whatever it claims to be. */
#include <errno.h>
#include <iconv.h>

#include "mime/reply_int.h"

#define REPLACEMENT    "\xEF\xBF\xBD" /* U+FFFD */
#define MAX_GROWTH     3              /* bytes of UTF-8 for one of any charset below */
#define HELD_MAX_BYTES ((size_t)16)
#define UTF8           "UTF-8"
#define CHINESE        "GB18030"

/* What mails claim and what is meant by it, mostly more than the name says.  A closed list,
 * as iconv_open() would load a library by any name it is given. */
static const struct {
	str name;
	const char *meant;
} charsets[] = {
	{ STR_CONST("utf-8"), UTF8 },
	{ STR_CONST("utf8"), UTF8 },
	{ STR_CONST("us-ascii"), UTF8 },
	{ STR_CONST("ascii"), UTF8 },
	{ STR_CONST("gb2312"), CHINESE },
	{ STR_CONST("gb_2312-80"), CHINESE },
	{ STR_CONST("euc-cn"), CHINESE },
	{ STR_CONST("gbk"), CHINESE },
	{ STR_CONST("x-gbk"), CHINESE },
	{ STR_CONST("cp936"), CHINESE },
	{ STR_CONST("gb18030"), CHINESE },
	{ STR_CONST("gb-18030"), CHINESE },
	{ STR_CONST("big5"), "BIG5-HKSCS" },
	{ STR_CONST("big5-hkscs"), "BIG5-HKSCS" },
	{ STR_CONST("cp950"), "BIG5-HKSCS" },
	{ STR_CONST("iso-2022-jp"), "ISO-2022-JP-3" },
	{ STR_CONST("shift_jis"), "CP932" },
	{ STR_CONST("shift-jis"), "CP932" },
	{ STR_CONST("windows-31j"), "CP932" },
	{ STR_CONST("euc-jp"), "EUC-JP" },
	{ STR_CONST("euc-kr"), "UHC" },
	{ STR_CONST("ks_c_5601-1987"), "UHC" },
	{ STR_CONST("iso-8859-1"), "WINDOWS-1252" },
	{ STR_CONST("latin1"), "WINDOWS-1252" },
	{ STR_CONST("windows-1250"), "WINDOWS-1250" },
	{ STR_CONST("windows-1251"), "WINDOWS-1251" },
	{ STR_CONST("windows-1252"), "WINDOWS-1252" },
	{ STR_CONST("cp1252"), "WINDOWS-1252" },
	{ STR_CONST("windows-1253"), "WINDOWS-1253" },
	{ STR_CONST("windows-1254"), "WINDOWS-1254" },
	{ STR_CONST("windows-1255"), "WINDOWS-1255" },
	{ STR_CONST("windows-1256"), "WINDOWS-1256" },
	{ STR_CONST("windows-1257"), "WINDOWS-1257" },
	{ STR_CONST("windows-1258"), "WINDOWS-1258" },
	{ STR_CONST("windows-874"), "CP874" },
	{ STR_CONST("iso-8859-2"), "ISO-8859-2" },
	{ STR_CONST("iso-8859-5"), "ISO-8859-5" },
	{ STR_CONST("iso-8859-7"), "ISO-8859-7" },
	{ STR_CONST("iso-8859-9"), "WINDOWS-1254" },
	{ STR_CONST("iso-8859-15"), "ISO-8859-15" },
	{ STR_CONST("koi8-r"), "KOI8-R" },
	{ STR_CONST("koi8-u"), "KOI8-U" },
	{ STR_CONST("utf-16"), "UTF-16" },
	{ STR_CONST("utf-16le"), "UTF-16LE" },
	{ STR_CONST("utf-16be"), "UTF-16BE" },
};

static const char *
meant_by(str name)
{
	for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++)
		if (str_same_nocase(name, charsets[i].name))
			return charsets[i].meant;
	return NULL;
}

bool
mime_charset_is_known(str charset)
{
	return meant_by(charset) != NULL;
}

/* Steps over one byte that fits nothing; false when there is no room to say so. */
static bool
step_over(char **from, size_t *left, struct buf *out)
{
	buf_add(out, STR(REPLACEMENT));
	(*from)++;
	(*left)--;
	return !out->overflowed;
}

/* One stretch up to the next bad byte; errno as iconv() leaves it. */
static bool
convert_some(iconv_t way, char **from, size_t *left, struct buf *out)
{
	size_t room = *left * MAX_GROWTH + MAX_GROWTH, before = room;
	char *to = buf_room(out, room);
	size_t done;

	if (!to)
		return false;
	errno = 0;
	done = iconv(way, from, left, &to, &room);
	out->len += before - room;
	return done != (size_t)-1;
}

/* Some charsets hold a letter back until it is clear that no accent follows. */
static void
let_go(iconv_t way, struct buf *out)
{
	size_t room = HELD_MAX_BYTES;
	char *to = buf_room(out, room);

	if (to && iconv(way, NULL, NULL, &to, &room) != (size_t)-1)
		out->len += HELD_MAX_BYTES - room;
}

/* What fits nothing becomes U+FFFD, or, if it is not to be mended, ends the attempt with
 * false; so does a charset libc does not have. */
static bool
converted(struct arena *arena, str bytes, const char *charset, bool mend, str *out)
{
	iconv_t way = iconv_open(UTF8, charset);
	struct buf text = buf_in(arena, bytes.len * 2 * MAX_GROWTH + HELD_MAX_BYTES);
	char *from = (char *)(uintptr_t)bytes.at; /* iconv() only reads it */
	size_t left = bytes.len;
	bool fits = true;

	if (way == (iconv_t)-1)
		return false;
	while (left && !convert_some(way, &from, &left, &text)) {
		fits = mend && left && step_over(&from, &left, &text);
		if (!fits)
			break;
	}
	let_go(way, &text);
	(void)iconv_close(way);
	*out = (str){ text.at, text.len };
	return fits || mend;
}

/* Characters of three bytes: GB18030, Big5 and Latin-1 do not look like those by chance. */
static bool
is_plainly_utf8(str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (((unsigned char)bytes.at[i] & 0xf0) == 0xe0)
			return str_is_utf8(bytes);
	return false;
}

static bool
is_ascii(str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if ((unsigned char)bytes.at[i] >= 0x80)
			return false;
	return true;
}

/* ISO-2022 and UTF-16 say in ASCII bytes what is not ASCII. */
static bool
is_its_own(const char *charset)
{
	return str_starts(str_of(charset), STR("ISO-2022")) ||
	       str_starts(str_of(charset), STR("UTF-16"));
}

/* Each byte that is not UTF-8 becomes U+FFFD. */
static str
mended(struct arena *arena, str bytes)
{
	struct buf out = buf_in(arena, bytes.len * MAX_GROWTH);

	while (bytes.len) {
		str rest = bytes;

		(void)str_rune(&rest);
		if (str_is_utf8(str_part(bytes, 0, bytes.len - rest.len)))
			buf_add(&out, str_part(bytes, 0, bytes.len - rest.len));
		else
			buf_add(&out, STR(REPLACEMENT));
		bytes = rest;
	}
	return buf_str(&out);
}

/* Without a charset, or with one that was a lie. */
static bool
guessed(struct arena *arena, str bytes, str *out)
{
	*out = bytes;
	return str_is_utf8(bytes) || converted(arena, bytes, CHINESE, false, out);
}

str
mime_utf8(struct arena *arena, str bytes, str charset)
{
	const char *meant = meant_by(charset);
	bool own = meant && is_its_own(meant);
	str out;

	if (meant && str_same(str_of(meant), STR(UTF8)))
		meant = NULL; /* base/str.h knows it better than libc */
	if (!own && (is_ascii(bytes) || is_plainly_utf8(bytes)))
		return bytes;
	if (meant && converted(arena, bytes, meant, false, &out))
		return out;
	if (!own && guessed(arena, bytes, &out))
		return out;
	if (meant && converted(arena, bytes, meant, true, &out))
		return out;
	return mended(arena, bytes);
}

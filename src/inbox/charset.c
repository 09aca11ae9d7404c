/*
 * charset.c - what a gateway says of a message's bytes, and what they are.
 *
 * Kannel: charset is "UTF-8", "UTF-16BE", "WINDOWS-1252" (its mo-recode) or the coding's
 * name; coding is 0 (GSM, which comes as UTF-8), 1 (eight bits: what the phone liked) or
 * 2 (UCS-2).
 */
#include <iconv.h>
#include <string.h>

#include "inbox/inbox_int.h"

static const struct {
	str charset, coding; /* empty: any */
	const char *from;    /* as iconv calls it */
} readings[] = {
	{ STR_CONST("UTF-16BE"), STR_CONST(""), "UTF-16BE" },
	{ STR_CONST("UTF-16"), STR_CONST(""), "UTF-16BE" },
	{ STR_CONST("UCS-2"), STR_CONST(""), "UTF-16BE" },
	{ STR_CONST("WINDOWS-1252"), STR_CONST(""), "WINDOWS-1252" },
	{ STR_CONST("ISO-8859-1"), STR_CONST(""), "ISO-8859-1" },
	{ STR_CONST("GBK"), STR_CONST(""), "GB18030" },
	{ STR_CONST("GB2312"), STR_CONST(""), "GB18030" },
	{ STR_CONST("GB18030"), STR_CONST(""), "GB18030" },
	{ STR_CONST(""), STR_CONST("2"), "UTF-16BE" },
	{ STR_CONST(""), STR_CONST("1"), "GB18030" },
};

static bool
convert(struct arena *arena, const char *from, str bytes, str *out)
{
	size_t room = bytes.len * 4;
	char *text = arena_get_raw(arena, room + 1);
	char *in = arena_get_raw(arena, bytes.len + 1); /* iconv wants it writable */
	char *end = text;
	size_t left = bytes.len;
	iconv_t cd = iconv_open("UTF-8", from);
	size_t converted;

	if (cd == (iconv_t)-1) /* NOLINT: POSIX's own way to say so */
		return false;
	memcpy(in, bytes.at, bytes.len);
	converted = iconv(cd, &in, &left, &end, &room);
	(void)iconv_close(cd);
	*out = (str){ text, (size_t)(end - text) };
	return converted != (size_t)-1 && !left;
}

static const char *
reading_of(str charset, str coding)
{
	for (size_t i = 0; i < INBOX_COUNT(readings); i++)
		if ((!readings[i].charset.len ||
			str_same_nocase(readings[i].charset, charset)) &&
		    (!readings[i].coding.len || str_same(readings[i].coding, coding)))
			return readings[i].from;
	return NULL;
}

/* UCS-2 may well look like UTF-8 (two ASCII letters a character), so it goes by what the
 * gateway says; of all else, what is UTF-8 is meant so. */
bool
inbox_text(struct arena *arena, str bytes, str charset, str coding, str *out)
{
	const char *from =
	    str_same_nocase(charset, STR("UTF-8")) ? NULL : reading_of(charset, coding);
	bool wide = from && str_same(str_of(from), STR("UTF-16BE"));

	if (!wide && str_is_utf8(bytes)) {
		*out = bytes;
		return true;
	}
	return from && convert(arena, from, bytes, out);
}

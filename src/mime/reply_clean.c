/* reply_clean.c - text that can be shown, logged and compared. */
#include "mime/reply_int.h"

/* Characters nobody types: controls of both kinds, direction marks, invisible spaces and
 * separators.  Joiners (U+200C, U+200D) stay, names and emoji need them. */
static const struct {
	uint32_t first, last;
} unseen[] = {
	{ 0x00, 0x08 },
	{ 0x0b, 0x0c },
	{ 0x0e, 0x1f },
	{ 0x7f, 0x9f },
	{ 0xad, 0xad },
	{ 0x200b, 0x200b },
	{ 0x200e, 0x200f },
	{ 0x202a, 0x202e },
	{ 0x2060, 0x2069 },
	{ 0xfeff, 0xfeff },
};

static bool
is_unseen(uint32_t rune)
{
	for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
		if (rune >= unseen[i].first && rune <= unseen[i].last)
			return true;
	return false;
}

/* Blanks of any alphabet. */
static bool
is_blank(uint32_t rune)
{
	return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n' ||
	       rune == 0xa0 || rune == 0x3000 || (rune >= 0x2000 && rune <= 0x200a) ||
	       rune == 0x202f || rune == 0x2028 || rune == 0x2029;
}

/* The next character's bytes, taken off *rest; *rune is what it is. */
static str
next_rune(str *rest, uint32_t *rune)
{
	str before = *rest;

	*rune = str_rune(rest);
	return str_part(before, 0, before.len - rest->len);
}

str
mime_clean(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len + 1);
	uint32_t rune;

	while (text.len) {
		str bytes = next_rune(&text, &rune);

		if (!is_unseen(rune) && str_is_utf8(bytes))
			buf_add(&out, bytes);
	}
	return buf_str(&out);
}

str
mime_clipped(str text, size_t limit_bytes)
{
	if (text.len <= limit_bytes)
		return text;
	while (limit_bytes && ((unsigned char)text.at[limit_bytes] & 0xc0) == 0x80)
		limit_bytes--;
	return str_part(text, 0, limit_bytes);
}

str
mime_clean_line(struct arena *arena, str text, size_t limit_bytes)
{
	struct buf out = buf_in(arena, text.len + 1);
	bool gap = false;
	uint32_t rune;

	while (text.len) {
		str bytes = next_rune(&text, &rune);

		if (is_blank(rune)) {
			gap = true;
			continue;
		}
		if (is_unseen(rune) || !str_is_utf8(bytes))
			continue;
		if (gap && out.len)
			buf_add_char(&out, ' ');
		gap = false;
		buf_add(&out, bytes);
	}
	return mime_clipped(buf_str(&out), limit_bytes);
}

/* How many bytes of blanks stand at the start. */
static size_t
leading(str text)
{
	str rest = text;
	size_t bytes = 0;
	uint32_t rune;

	while (rest.len) {
		(void)next_rune(&rest, &rune);
		if (!is_blank(rune))
			break;
		bytes = text.len - rest.len;
	}
	return bytes;
}

/* The last character's length in bytes. */
static size_t
last_bytes(str text)
{
	size_t bytes = 1;

	while (bytes < text.len && bytes < 4 &&
	       ((unsigned char)text.at[text.len - bytes] & 0xc0) == 0x80)
		bytes++;
	return bytes;
}

str
mime_trim(str text)
{
	text = str_part(text, leading(text), text.len);
	while (text.len) {
		size_t bytes = last_bytes(text);
		str last = str_part(text, text.len - bytes, bytes);

		if (!is_blank(str_rune(&last)))
			break;
		text.len -= bytes;
	}
	return text;
}

str
mime_lower(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		copy[i] = text.at[i] >= 'A' && text.at[i] <= 'Z'
			      ? (char)(text.at[i] - 'A' + 'a')
			      : text.at[i];
	copy[text.len] = '\0';
	return (str){ copy, text.len };
}

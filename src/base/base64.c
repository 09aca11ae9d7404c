#include "base/base64.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_add(struct buf *buf, str bytes)
{
	char *to = buf_room(buf, (bytes.len + 2) / 3 * 4);
	const unsigned char *from = (const unsigned char *)bytes.at;

	if (!to)
		return;
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t left = bytes.len - i;
		uint32_t three = (uint32_t)from[i] << 16;

		if (left > 1)
			three |= (uint32_t)from[i + 1] << 8;
		if (left > 2)
			three |= from[i + 2];
		*to++ = alphabet[three >> 18];
		*to++ = alphabet[three >> 12 & 63];
		*to++ = left > 1 ? alphabet[three >> 6 & 63] : '=';
		*to++ = left > 2 ? alphabet[three & 63] : '=';
	}
	buf->len += (bytes.len + 2) / 3 * 4;
}

/* Bits read but not yet part of a byte, by letters read (of four). */
static const unsigned char spare_bits[4] = { 0, 6, 4, 2 };

enum { LETTER_BLANK = -1, LETTER_PAD = -2, LETTER_BAD = -3 };

static int
letter(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	switch (c) {
	case '+':
	case '-': return 62;
	case '/':
	case '_': return 63;
	case '=': return LETTER_PAD;
	case ' ':
	case '\t':
	case '\r':
	case '\n': return LETTER_BLANK;
	default: return LETTER_BAD;
	}
}

enum err
base64_read(struct arena *arena, str text, str *out)
{
	char *bytes = arena_get_raw(arena, text.len / 4 * 3 + 3);
	size_t len = 0, letters = 0, pads = 0;
	uint32_t bits = 0;

	for (size_t i = 0; i < text.len; i++) {
		int value = letter(text.at[i]);

		if (value == LETTER_BLANK)
			continue;
		if (value == LETTER_PAD) {
			pads++;
			continue;
		}
		if (value == LETTER_BAD || pads)
			return ERR_BAD_INPUT;
		bits = bits << 6 | (uint32_t)value;
		if (letters++ % 4)
			bytes[len++] = (char)(bits >> spare_bits[letters % 4]);
	}
	if (letters % 4 == 1 || pads > 2)
		return ERR_BAD_INPUT;
	*out = (str){ bytes, len };
	return OK;
}

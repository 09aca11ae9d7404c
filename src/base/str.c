#include "base/str.h"

#include <string.h>
#include <strings.h>

#define RUNE_BAD 0xFFFDU

str
str_of(const char *nul_terminated)
{
	if (!nul_terminated)
		return (str){ 0 };
	return (str){ nul_terminated, strlen(nul_terminated) };
}

bool
str_same(str a, str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool
str_same_nocase(str a, str b)
{
	return a.len == b.len && (a.len == 0 || strncasecmp(a.at, b.at, a.len) == 0);
}

int
str_compare(str a, str b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.at, b.at, common) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool
str_starts(str text, str head)
{
	return text.len >= head.len && str_same((str){ text.at, head.len }, head);
}

bool
str_ends(str text, str tail)
{
	return text.len >= tail.len &&
	       str_same((str){ text.at + text.len - tail.len, tail.len }, tail);
}

bool
str_has(str text, char c)
{
	return text.len && memchr(text.at, c, text.len);
}

size_t
str_find(str text, str needle)
{
	const char *hit;

	if (!needle.len)
		return 0;
	if (needle.len > text.len)
		return SIZE_MAX;
	hit = memmem(text.at, text.len, needle.at, needle.len);
	return hit ? (size_t)(hit - text.at) : SIZE_MAX;
}

str
str_part(str text, size_t from, size_t len)
{
	if (!text.len)
		return text; /* it may be the zero str, which has no address to add to */
	if (from > text.len)
		from = text.len;
	if (len > text.len - from)
		len = text.len - from;
	return (str){ text.at + from, len };
}

str
str_cut(str *text, char mark)
{
	const char *hit = text->len ? memchr(text->at, mark, text->len) : NULL;
	str head = *text;

	if (!hit) {
		*text = (str){ 0 };
		return head;
	}
	head.len = (size_t)(hit - text->at);
	text->at = hit + 1;
	text->len -= head.len + 1;
	return head;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

str
str_trim(str text)
{
	while (text.len && blank(text.at[0]))
		text = (str){ text.at + 1, text.len - 1 };
	while (text.len && blank(text.at[text.len - 1]))
		text.len--;
	return text;
}

bool
str_number(str text, int64_t *out)
{
	int64_t sum = 0;

	if (!text.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		int digit = text.at[i] - '0';

		if (digit < 0 || digit > 9 || sum > (INT64_MAX - digit) / 10)
			return false;
		sum = sum * 10 + digit;
	}
	*out = sum;
	return true;
}

/* How many bytes follow a leading byte, the bits it carries, and the least code point
 * that needs so many: RFC 3629 3. */
static bool
lead(unsigned char c, unsigned *follow, uint32_t *bits, uint32_t *least)
{
	if (c >= 0xC2 && c <= 0xDF) {
		*follow = 1, *bits = c & 0x1FU, *least = 0x80;
		return true;
	}
	if ((c & 0xF0U) == 0xE0) {
		*follow = 2, *bits = c & 0x0FU, *least = 0x800;
		return true;
	}
	if (c >= 0xF0 && c <= 0xF4) {
		*follow = 3, *bits = c & 0x07U, *least = 0x10000;
		return true;
	}
	return false;
}

/* The code point and its length in bytes; length 0 for a byte that starts none. */
static size_t
rune_at(str text, uint32_t *out)
{
	unsigned follow = 0;
	uint32_t rune = 0, least = 0;
	unsigned char first = (unsigned char)text.at[0];

	if (first < 0x80) {
		*out = first;
		return 1;
	}
	if (!lead(first, &follow, &rune, &least) || text.len <= follow)
		return 0;
	for (unsigned i = 1; i <= follow; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if ((c & 0xC0U) != 0x80)
			return 0;
		rune = rune << 6 | (c & 0x3FU);
	}
	if (rune < least || rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
		return 0;
	*out = rune;
	return follow + 1;
}

/* Eight bytes at a time while they are ASCII: most cards are. */
static str
past_ascii(str text)
{
	uint64_t word;

	while (text.len >= sizeof word) {
		memcpy(&word, text.at, sizeof word);
		if (word & 0x8080808080808080ULL)
			break;
		text = (str){ text.at + sizeof word, text.len - sizeof word };
	}
	return text;
}

bool
str_is_utf8(str text)
{
	uint32_t rune;

	for (text = past_ascii(text); text.len; text = past_ascii(text)) {
		size_t len = rune_at(text, &rune);

		if (!len)
			return false;
		text = (str){ text.at + len, text.len - len };
	}
	return true;
}

uint32_t
str_rune(str *text)
{
	uint32_t rune = RUNE_BAD;
	size_t len = rune_at(*text, &rune);

	if (!len)
		len = 1;
	*text = (str){ text->at + len, text->len - len };
	return rune;
}

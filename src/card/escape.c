#include "base/buf.h"
#include "card/card.h"

#define ASCII_COUNT 128
#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define RUNE_BAD    0xFFFDU

/* What a character becomes; those not named stay as they are. */
static const str in_values[ASCII_COUNT] = {
	['\\'] = STR_CONST("\\\\"),
	['\n'] = STR_CONST("\\n"),
	[','] = STR_CONST("\\,"),
	[';'] = STR_CONST("\\;"),
};

/* RFC 6868 3.1 */
static const str in_params[ASCII_COUNT] = {
	['^'] = STR_CONST("^^"),
	['\n'] = STR_CONST("^n"),
	['"'] = STR_CONST("^'"),
};

static str
escaped(const str *table, str ascii)
{
	unsigned char c = (unsigned char)ascii.at[0];

	if (table[c].len)
		return table[c];
	return c < ' ' && c != '\t' ? STR("") : ascii;
}

static void
add(struct buf *buf, str text, const str *table)
{
	while (text.len) {
		const char *from = text.at;
		uint32_t rune = str_rune(&text);
		str bytes = { from, (size_t)(text.at - from) };

		if (rune == RUNE_BAD)
			bytes = STR(REPLACEMENT);
		else if (rune < ASCII_COUNT)
			bytes = escaped(table, bytes);
		buf_add(buf, bytes);
	}
}

void
card_escape_add(struct buf *buf, str text)
{
	add(buf, text, in_values);
}

/* White space at the ends would be taken for padding. */
static bool
must_be_quoted(str text)
{
	return str_has(text, ':') || str_has(text, ';') || str_has(text, ',') ||
	       str_trim(text).len != text.len;
}

void
card_param_add(struct buf *buf, str text)
{
	bool quoted = must_be_quoted(text);

	if (quoted)
		buf_add_char(buf, '"');
	add(buf, text, in_params);
	if (quoted)
		buf_add_char(buf, '"');
}

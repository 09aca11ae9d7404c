/* clean.c - what no message may carry: controls, and marks that only mislead the eye. */
#include "courier/clean_int.h"

#define WORDS_MAX_BYTES ((size_t)200)

/* Zero width, direction marks and overrides, line and paragraph separators.  The joiners
 * U+200C and U+200D stay: Persian and emoji are spelt with them. */
static const struct {
	uint32_t first, last;
} unseen[] = {
	{ 0x0000, 0x0008 },
	{ 0x000b, 0x001f },
	{ 0x007f, 0x009f },
	{ 0x200b, 0x200b },
	{ 0x200e, 0x200f },
	{ 0x2028, 0x202e },
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

str
clean_text(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len);

	while (text.len) {
		str before = text;
		uint32_t rune = str_rune(&text);

		if (!is_unseen(rune))
			buf_add(&out, str_part(before, 0, before.len - text.len));
	}
	return buf_str(&out);
}

str
clean_words(struct arena *arena, str words)
{
	struct buf out = buf_in(arena, WORDS_MAX_BYTES);

	words = clean_text(arena, words);
	while (words.len && !out.overflowed) {
		str before = words;

		(void)str_rune(&words);
		buf_add(&out, str_part(before, 0, before.len - words.len));
	}
	return (str){ out.at, out.len };
}

/* clean.c - other people's words, made safe to print, and the owner's sentence. */
#include "ask/ask_int.h"
#include "fold/fold.h"

#define DIGITS_MAX         4 /* in a row in his sentence: a year, but no number to call */
#define SAY_READ_MAX_RUNES ((size_t)10 * ASK_SAY_MAX_RUNES)
#define PLAIN_MAX_GROWTH   6 /* no letter turns into more ASCII, by NFKC */

/* Characters that show nothing and change what others look like: controls, soft hyphen,
 * marks and overrides of direction, zero widths, separators of lines. */
static bool
is_hidden(uint32_t rune)
{
	static const struct {
		uint32_t first, last;
	} hidden[] = { { 0x00, 0x1F }, { 0x7F, 0x9F }, { 0xAD, 0xAD }, { 0x61C, 0x61C },
		{ 0x180E, 0x180E }, { 0x200B, 0x200F }, { 0x2028, 0x202E },
		{ 0x2060, 0x206F }, { 0xFEFF, 0xFEFF }, { 0xFFF9, 0xFFFD },
		{ 0xE0000, 0xE007F } };

	for (size_t i = 0; i < ASK_COUNT(hidden); i++)
		if (rune >= hidden[i].first && rune <= hidden[i].last)
			return true;
	return false;
}

str
ask_clean(struct arena *arena, str text, bool keep_lines)
{
	struct buf out = buf_in(arena, text.len);

	while (text.len) {
		const char *at = text.at;
		uint32_t rune = str_rune(&text);

		if (rune == '\n' && keep_lines)
			buf_add_char(&out, '\n');
		else if (rune == '\n' || rune == '\t')
			buf_add_char(&out, ' ');
		else if (!is_hidden(rune))
			buf_add(&out, (str){ at, (size_t)(text.at - at) });
	}
	return buf_str(&out);
}

str
ask_clip(str text, size_t runes)
{
	str rest = text;

	while (runes-- && rest.len)
		(void)str_rune(&rest);
	text.len -= rest.len;
	return text;
}

static bool
is_graphic(char c)
{
	return c > ' ' && c < 0x7F;
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "www.", or a dot with a letter or digit before it and two letters behind: what phones
 * make a link of. */
static bool
looks_like_link(str word)
{
	if (str_starts(word, STR("www.")))
		return true;
	for (size_t i = 1; i + 2 < word.len; i++)
		if (word.at[i] == '.' &&
		    (is_letter(word.at[i - 1]) || is_digit(word.at[i - 1])) &&
		    is_letter(word.at[i + 1]) && is_letter(word.at[i + 2]))
			return true;
	return false;
}

/* How long the link is at the start of text: to the next blank when it names a scheme,
 * else to the end of its ASCII characters; 0 when it is no link. */
static size_t
link_length(str text)
{
	size_t word = 0;
	size_t end = 0;

	while (word < text.len && is_graphic(text.at[word]))
		word++;
	if (str_find(str_part(text, 0, word), STR("://")) == SIZE_MAX)
		return looks_like_link(str_part(text, 0, word)) ? word : 0;
	while (end < text.len && text.at[end] != ' ')
		end++;
	return end;
}

static size_t
run_of(str text, bool (*is)(char c))
{
	size_t n = 0;

	while (n < text.len && is(text.at[n]))
		n++;
	return n;
}

static str
without_links(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len);

	while (text.len) {
		size_t word = run_of(text, is_graphic);
		size_t link = link_length(text);
		size_t take = word ? word : 1;

		if (!link)
			buf_add(&out, str_part(text, 0, take));
		text = str_part(text, link ? link : take, text.len);
	}
	return buf_str(&out);
}

static str
without_numbers(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len);

	while (text.len) {
		size_t digits = run_of(text, is_digit);
		size_t take = digits ? digits : 1;

		if (digits <= DIGITS_MAX)
			buf_add(&out, str_part(text, 0, take));
		text = str_part(text, take, text.len);
	}
	return buf_str(&out);
}

/* Whether the text is what numbers and links are made of. */
static bool
is_plain(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_letter(text.at[i]) && !is_digit(text.at[i]) &&
		    !str_has(STR("./:@"), text.at[i]))
			return false;
	return text.len > 0;
}

/* Digits and letters in disguise (full-width, circled, mathematical) as what they stand
 * for; all other characters, punctuation too, as they were typed. */
static str
undisguised(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len * PLAIN_MAX_GROWTH);

	while (text.len) {
		str rune = ask_clip(text, 1);
		str folded =
		    (unsigned char)rune.at[0] < 0x80 ? rune : fold_nfkc(arena, rune);

		buf_add(&out, is_plain(folded) ? folded : rune);
		text = str_part(text, rune.len, text.len);
	}
	return buf_str(&out);
}

str
ask_say(struct arena *arena, str text)
{
	text = ask_clean(arena, ask_clip(text, SAY_READ_MAX_RUNES), false);
	text = undisguised(arena, text);
	text = without_numbers(arena, without_links(arena, text));
	return str_trim(ask_clip(str_trim(text), ASK_SAY_MAX_RUNES));
}

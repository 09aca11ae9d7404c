/* pinyin.c - names as they are said, and the letter they are filed under. */
#include "base/buf.h"
#include "fold/fold.h"
#include "fold/pinyin_int.h"

#define GROWTH 8 /* bytes that one character can become */

static str
reading_of(uint32_t rune)
{
	if (rune < PINYIN_FIRST || rune > PINYIN_LAST)
		return (str){ 0 };
	return str_of(fold_syllables[fold_readings[rune - PINYIN_FIRST]]);
}

str
fold_pinyin(struct arena *arena, str text)
{
	struct buf said = buf_in(arena, text.len * GROWTH + 1);
	bool some = false;

	while (text.len) {
		str rest = text;
		str syllable = reading_of(str_rune(&rest));

		if (syllable.len && said.len && said.at[said.len - 1] != ' ')
			buf_add_char(&said, ' ');
		buf_add(&said,
		    syllable.len ? syllable : str_part(text, 0, text.len - rest.len));
		if (syllable.len && rest.len && rest.at[0] != ' ')
			buf_add_char(&said, ' ');
		some |= syllable.len > 0;
		text = rest;
	}
	return some ? fold_key(arena, buf_str(&said)) : (str){ 0 };
}

/* Marks and punctuation before a name do not file it. */
static bool
files_nothing(uint32_t rune)
{
	return rune <= ' ' || rune == '(' || rune == '"' || rune == '\'' ||
	       rune == 0x3000;
}

char
fold_letter(struct arena *arena, str text)
{
	str rest = text;
	str said;

	while (rest.len && files_nothing((unsigned char)rest.at[0]))
		rest = str_part(rest, 1, rest.len);
	if (!rest.len)
		return '#';
	text = rest;
	said = reading_of(str_rune(&rest));
	if (said.len)
		return (char)(said.at[0] - 'a' + 'A');
	said = fold_casemap(arena, str_part(text, 0, text.len - rest.len));
	return said.len && said.at[0] >= 'A' && said.at[0] <= 'Z' ? said.at[0] : '#';
}

/* U+FDD0 and a letter stand, in ICU's pinyin order, before all characters read with it;
 * U+FFFF behind everything. */
#define PINYIN_MARK STR("\xEF\xB7\x90")
#define THE_END     STR("\xEF\xBF\xBF")
#define GREEK_ALPHA STR("\xCE\x91") /* Greek letters follow the Latin ones */

str
fold_letter_key(struct arena *arena, char letter, bool chinese)
{
	char small = (char)(letter - 'A' + 'a'); /* stands before the capital */
	str one = { chinese ? &letter : &small, 1 };

	if (letter > 'Z')
		one = chinese ? THE_END : GREEK_ALPHA;
	else if (chinese)
		one = ARENA_JOIN(arena, PINYIN_MARK, one);
	return fold_sort_key(arena, one);
}

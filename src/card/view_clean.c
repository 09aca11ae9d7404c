/* view_clean.c - what no reader of XML or of vCards could take, left out or made up. */
#include <string.h>

#include "card/value_int.h"
#include "card/view_int.h"

#define NONCHARACTER "\xEF\xBF" /* and BE or BF: U+FFFE, U+FFFF */

/* A CR that no line ends with would come out of XML as a line feed. */
static bool
ends_line(str text, size_t at)
{
	while (at < text.len && text.at[at] == '\r')
		at++;
	return at == text.len || text.at[at] == '\n';
}

/* XML 1.0 2.2: U+FFFE and U+FFFF are no characters. */
static bool
is_noncharacter(str text, size_t at)
{
	return text.len - at >= 3 && memcmp(text.at + at, NONCHARACTER, 2) == 0 &&
	       (unsigned char)text.at[at + 2] >= 0xBE;
}

static bool
is_forbidden(str text, size_t at)
{
	char c = text.at[at];

	if (c == '\r')
		return !ends_line(text, at);
	if ((unsigned char)c < ' ')
		return c != '\t' && c != '\n';
	return c == '\xEF' && is_noncharacter(text, at);
}

bool
view_is_clean(str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (is_forbidden(bytes, i))
			return false;
	return str_is_utf8(bytes);
}

/* Of an unfolded part of a line: no line ends. */
str
view_cleaned(struct arena *arena, str text)
{
	struct buf out;

	if (view_is_clean(text) && !str_has(text, '\r'))
		return text;
	out = buf_in(arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++) {
		if (is_noncharacter(text, i))
			i += 2;
		else if ((unsigned char)text.at[i] >= ' ' || text.at[i] == '\t')
			buf_add_char(&out, text.at[i]);
	}
	return buf_str(&out);
}

/* --- made up --- */

#define N_PARTS 5 /* family; given; middle; prefix; suffix */

static bool
is_chinese(str name)
{
	uint32_t rune = name.len ? str_rune(&name) : 0;

	return rune >= 0x4E00 && rune <= 0x9FFF;
}

static str
name_of_n(struct arena *arena, const struct card *card)
{
	static const size_t western[] = { 3, 1, 2, 0, 4 },
			    chinese[] = { 0, 1, 2, 3, 4 };
	const struct card_property *n = card_first(card, CARD_N, 0);
	str rest = n ? view_cleaned(arena, n->value) : (str){ 0 }, parts[N_PARTS];
	struct buf out = buf_in(arena, CARD_MAX_BYTES);
	bool family_first;

	for (size_t i = 0; i < N_PARTS; i++)
		parts[i] =
		    str_trim(card_unescape(arena, card_component_cut(&rest, ';')));
	family_first = is_chinese(parts[0]);
	for (size_t i = 0; i < N_PARTS; i++) {
		str part = parts[family_first ? chinese[i] : western[i]];

		if (part.len && out.len && !family_first)
			buf_add_char(&out, ' ');
		buf_add(&out, part);
	}
	return buf_str(&out);
}

static str
text_of(struct arena *arena, const struct card *card, enum card_name is)
{
	const struct card_property *p = card_first(card, is, 0);

	if (!p)
		return (str){ 0 };
	if (is == CARD_ORG)
		return value_of_org(arena, view_cleaned(arena, p->value));
	return str_trim(card_unescape(arena, view_cleaned(arena, p->value)));
}

static str
escaped(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len * 2 + 1);

	card_escape_add(&out, text);
	return buf_str(&out);
}

str
view_made_fn(struct arena *arena, const struct card *card)
{
	static const enum card_name others[] = { CARD_ORG, CARD_EMAIL, CARD_TEL };
	str name = name_of_n(arena, card);

	for (size_t i = 0; i < sizeof others / sizeof *others && !name.len; i++)
		name = text_of(arena, card, others[i]);
	return escaped(arena, name);
}

str
view_made_n(struct arena *arena, str fn)
{
	str text = card_unescape(arena, view_cleaned(arena, fn));

	return ARENA_JOIN(arena, escaped(arena, text), STR(";;;;"));
}

/* find.c - what a person types to find a card. */
#include "card/find_int.h"
#include "card/match.h"
#include "fold/fold.h"

#define DIGITS_MIN 3 /* typed: fewer are a part of anything */

/* --- what does not stand in it so --- */

static void
add_digits(struct buf *text, str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] >= '0' && value.at[i] <= '9')
			buf_add_char(text, value.at[i]);
	buf_add_char(text, '\n');
}

/* "zhang san", "zhangsan" and "zs". */
static void
add_readings(struct buf *text, struct arena *arena, str value)
{
	str said = fold_casemap(arena, fold_pinyin(arena, value));
	str rest = said;

	if (!said.len)
		return;
	buf_add(text, said);
	buf_add_char(text, '\n');
	while (rest.len)
		buf_add(text, str_cut(&rest, ' '));
	buf_add_char(text, '\n');
	for (rest = said; rest.len;)
		buf_add(text, str_part(str_cut(&rest, ' '), 0, 1));
	buf_add_char(text, '\n');
}

static bool
is_name(enum card_name is)
{
	return is == CARD_FN || is == CARD_NICKNAME || is == CARD_ORG;
}

void
find_add_derived(struct buf *text, struct arena *arena, const struct card *card)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = &card->properties[i];

		if (p->is == CARD_TEL)
			add_digits(text, p->value);
		else if (is_name(p->is))
			add_readings(text, arena, card_unescape(arena, p->value));
	}
}

/* --- what stands in it --- */

static bool
is_for_people(enum card_name is)
{
	switch (is) {
	case CARD_OTHER:
	case CARD_KIND:
	case CARD_LABEL:
	case CARD_MEMBER:
	case CARD_PHOTO:
	case CARD_REV:
	case CARD_UID: return false;
	case CARD_ADR:
	case CARD_ANNIVERSARY:
	case CARD_BDAY:
	case CARD_CATEGORIES:
	case CARD_EMAIL:
	case CARD_FN:
	case CARD_IMPP:
	case CARD_N:
	case CARD_NICKNAME:
	case CARD_NOTE:
	case CARD_ORG:
	case CARD_ROLE:
	case CARD_SOCIALPROFILE:
	case CARD_TEL:
	case CARD_TITLE:
	case CARD_URL:
	case CARD_X_ABLABEL:
	case CARD_X_QQ:
	case CARD_X_WECHAT:
	case CARD_X_WEIBO:
	case CARD_X_IM: return true;
	}
	return false;
}

str
card_find_text(struct arena *arena, const struct card *card)
{
	struct buf text = buf_in(arena, SIZE_MAX);

	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = &card->properties[i];

		if (!is_for_people(p->is))
			continue;
		buf_add(&text, fold_casemap(arena, card_unescape(arena, p->value)));
		buf_add_char(&text, '\n');
	}
	find_add_derived(&text, arena, card);
	return buf_str(&text);
}

/* --- what was typed --- */

/* A number however it is written: its digits; else empty. */
static str
digits_typed(struct arena *arena, str typed)
{
	struct buf digits = buf_in(arena, typed.len + 1);

	for (size_t i = 0; i < typed.len; i++) {
		if (typed.at[i] >= '0' && typed.at[i] <= '9')
			buf_add_char(&digits, typed.at[i]);
		else if (!str_has(STR(" +-()./"), typed.at[i]))
			return (str){ 0 };
	}
	return digits.len >= DIGITS_MIN ? buf_str(&digits) : (str){ 0 };
}

static str
folded(struct arena *arena, str typed)
{
	str digits;

	typed = fold_nfkc(arena, str_trim(typed));
	digits = digits_typed(arena, typed);
	return digits.len ? digits : fold_casemap(arena, typed);
}

bool
card_find_holds(struct arena *arena, str find_text, str typed)
{
	str rest = folded(arena, typed);

	while (rest.len)
		if (str_find(find_text, str_cut(&rest, ' ')) == SIZE_MAX)
			return false;
	return true;
}

str
card_find_needle(struct arena *arena, str typed)
{
	str rest = folded(arena, typed);
	str longest = { 0 };

	while (rest.len) {
		str word = str_cut(&rest, ' ');

		if (word.len > longest.len)
			longest = word;
	}
	return longest;
}

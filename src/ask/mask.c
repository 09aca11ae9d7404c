/*
 * mask.c - what a target is shown of a value: enough to know his own, too little to learn
 * another's (a number mistyped or given to somebody new).
 */
#include "ask/ask_int.h"

#define DOTS              "•••• "
#define TAIL_DIGITS       ((size_t)4)
#define SHORT_TAIL_DIGITS ((size_t)2) /* of a number with less than twice TAIL_DIGITS */
#define ADR_LOCALITY      3 /* RFC 6350 6.3.1: the component after the street */

/* The last digits of a number. */
static str
digits_tail(struct arena *arena, str number)
{
	struct buf digits = buf_in(arena, number.len);
	size_t keep;

	for (size_t i = 0; i < number.len; i++)
		if (number.at[i] >= '0' && number.at[i] <= '9')
			buf_add_char(&digits, number.at[i]);
	keep = digits.len >= 2 * TAIL_DIGITS ? TAIL_DIGITS : SHORT_TAIL_DIGITS;
	if (digits.len <= keep)
		return (str){ 0 };
	return str_part(buf_str(&digits), digits.len - keep, keep);
}

static str
phone(struct arena *arena, const struct card *card, const struct card_item *item)
{
	str tail = digits_tail(arena, item->text);

	(void)card;
	return arena_printf(arena, DOTS STR_FMT, STR_ARG(tail));
}

static str
first_rune(str text)
{
	return ask_clip(text, 1);
}

/* "l***@q**.com"; of a name of one or two letters not even the first. */
static str
mail_of(struct arena *arena, str address)
{
	str domain = address;
	str local = str_cut(&domain, '@');
	size_t dot = domain.len;
	str head = local.len > 2 ? first_rune(local) : (str){ 0 };

	while (dot && domain.at[dot - 1] != '.')
		dot--;
	return arena_printf(arena, STR_FMT "***@" STR_FMT "**" STR_FMT, STR_ARG(head),
	    STR_ARG(first_rune(domain)),
	    STR_ARG(dot ? str_part(domain, dot - 1, domain.len) : (str){ 0 }));
}

static str
mail(struct arena *arena, const struct card *card, const struct card_item *item)
{
	(void)card;
	return mail_of(arena, item->text);
}

static str
handle(struct arena *arena, const struct card *card, const struct card_item *item)
{
	str head = ask_clip(item->text, 2).len < item->text.len ? first_rune(item->text)
								: (str){ 0 };

	(void)card;
	return arena_printf(arena, STR_FMT "***", STR_ARG(head));
}

/* The city, or that there is an address. */
static str
place(struct arena *arena, const struct card *card, const struct card_item *item)
{
	str value = card->properties[item->at].value;
	str city = { 0 };

	for (size_t i = 0; i <= ADR_LOCALITY; i++)
		city = card_component_cut(&value, ';');
	city = str_trim(ask_clean(arena, card_unescape(arena, city), false));
	return arena_printf(arena, DOTS STR_FMT, STR_ARG(city));
}

static str
whole(struct arena *arena, const struct card *card, const struct card_item *item)
{
	(void)card;
	return ask_clean(arena, item->text, true);
}

/* NULL: never shown, not even where the owner lets whole values be seen. */
static str (*const masks[CARD_F_COUNT])(
    struct arena *arena, const struct card *card, const struct card_item *item) = {
	[CARD_F_NAME] = NULL, /* owners write "老板娘" and "Bob lazy" */
	[CARD_F_MOBILE] = phone,
	[CARD_F_WORK_TEL] = phone,
	[CARD_F_HOME_TEL] = phone,
	[CARD_F_FAX] = phone,
	[CARD_F_TEL] = phone,
	[CARD_F_EMAIL] = mail,
	[CARD_F_WORK_EMAIL] = mail,
	[CARD_F_ORG] = whole,
	[CARD_F_TITLE] = whole,
	[CARD_F_WORK_ADDRESS] = place,
	[CARD_F_HOME_ADDRESS] = place,
	[CARD_F_QQ] = handle,
	[CARD_F_WECHAT] = handle,
	[CARD_F_WEIBO] = handle,
	[CARD_F_URL] = whole,
	[CARD_F_BDAY] = NULL,
	[CARD_F_PHOTO] = NULL, /* the owner's choice of picture is his own */
};

bool
ask_offered(enum card_field field)
{
	return masks[field] != NULL;
}

str
ask_mask(struct arena *arena, const struct card *card, const struct card_item *item)
{
	return str_trim(masks[item->field](arena, card, item));
}

str
ask_mask_tail(struct arena *arena, str to)
{
	return str_has(to, '@') ? mail_of(arena, to) : digits_tail(arena, to);
}

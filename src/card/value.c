#include "card/picture_int.h"
#include "card/profile_int.h"
#include "card/value_int.h"
#include "fold/fold.h"
#include "phone/phone.h"

#define TEXT_MAX_BYTES CARD_MAX_BYTES

/* --- as people read them --- */

/* RFC 6350 6.3.1: post box; extension; street; city; region; code; country.  People begin
 * with the street. */
str
value_of_adr(struct arena *arena, str value)
{
	static const int order[] = { 2, 1, 0, 3, 4, 5, 6 };
	struct buf lines = buf_in(arena, TEXT_MAX_BYTES);
	str part[7] = { 0 };

	for (size_t i = 0; i < 7 && value.len; i++)
		part[i] =
		    str_trim(card_unescape(arena, card_component_cut(&value, ';')));
	for (size_t i = 0; i < 7; i++) {
		if (!part[order[i]].len)
			continue;
		if (lines.len)
			buf_add_char(&lines, '\n');
		buf_add(&lines, part[order[i]]);
	}
	return buf_str(&lines);
}

str
value_of_org(struct arena *arena, str value)
{
	struct buf words = buf_in(arena, TEXT_MAX_BYTES);

	while (value.len) {
		str part =
		    str_trim(card_unescape(arena, card_component_cut(&value, ';')));

		if (part.len && words.len)
			buf_add_char(&words, ' ');
		buf_add(&words, part);
	}
	return buf_str(&words);
}

static str
digits_of(struct arena *arena, str text)
{
	struct buf digits = buf_in(arena, 64);

	for (size_t i = 0; i < text.len && text.at[i] != 'T'; i++)
		if (text.at[i] >= '0' && text.at[i] <= '9')
			buf_add_char(&digits, text.at[i]);
	return digits.overflowed ? (str){ 0 } : buf_str(&digits);
}

/* "1990-08-20", or "08-20" without a year: "--0820", or Apple's year 1604. */
str
value_of_bday(struct arena *arena, const struct card_property *property)
{
	str value = str_trim(card_unescape(arena, property->value));
	str digits = digits_of(arena, value);
	str year = str_part(digits, 0, digits.len == 8 ? 4 : 0);
	str day = str_part(digits, year.len, digits.len);
	str omitted;

	if (day.len != 4)
		return value;
	if (card_param(arena, property, STR("X-APPLE-OMIT-YEAR"), 0, &omitted) &&
	    str_same(omitted, year))
		year = (str){ 0 };
	return arena_printf(arena, STR_FMT "%s%.2s-%.2s", STR_ARG(year),
	    year.len ? "-" : "", day.at, day.at + 2);
}

/* --- as they compare --- */

static bool
is_punctuation(uint32_t rune)
{
	return rune <= ' ' || (rune > ' ' && rune < '0') ||
	       (rune > '9' && rune < 'a') || (rune > 'z' && rune < 0xA1) ||
	       (rune >= 0x2000 && rune <= 0x206F) ||
	       (rune >= 0x3000 && rune <= 0x3003) ||
	       (rune >= 0x3008 && rune <= 0x301F) || rune == 0x30FB;
}

str
key_of_words(struct arena *arena, str text)
{
	str folded = fold_key(arena, text);
	struct buf bare = buf_in(arena, folded.len + 1);

	while (folded.len) {
		str rest = folded;
		uint32_t rune = str_rune(&rest);

		if (!is_punctuation(rune))
			buf_add(&bare, str_part(folded, 0, folded.len - rest.len));
		folded = rest;
	}
	return buf_str(&bare);
}

str
key_of_tel(struct arena *arena, str typed, str region)
{
	struct phone phone;

	if (str_starts(typed, STR("tel:")))
		typed = str_part(typed, 4, typed.len);
	if (!phone_read(arena, typed, region, &phone))
		return key_of_words(arena, typed);
	if (!phone.extension.len)
		return phone.e164;
	return arena_printf(
	    arena, STR_FMT "x" STR_FMT, STR_ARG(phone.e164), STR_ARG(phone.extension));
}

str
key_of_email(struct arena *arena, str text)
{
	return fold_key(arena, text);
}

/* http and https are one; so are a host in capitals, its default port and a last slash. */
str
key_of_url(struct arena *arena, str text)
{
	str rest = fold_nfkc(arena, str_trim(text));
	str host;
	size_t at = str_find(rest, STR("://"));

	if (at != SIZE_MAX && at <= 5)
		rest = str_part(rest, at + 3, rest.len);
	host = str_cut(&rest, '/');
	if (str_ends(host, STR(":80")))
		host.len -= 3;
	else if (str_ends(host, STR(":443")))
		host.len -= 4;
	host = fold_key(arena, host);
	while (str_ends(rest, STR("/")))
		rest.len--;
	return arena_printf(arena, STR_FMT "/" STR_FMT, STR_ARG(host), STR_ARG(rest));
}

str
card_field_key(struct arena *arena, enum card_field field, str value, str region)
{
	switch (field) {
	case CARD_F_MOBILE:
	case CARD_F_WORK_TEL:
	case CARD_F_HOME_TEL:
	case CARD_F_FAX:
	case CARD_F_TEL: return key_of_tel(arena, value, region);
	case CARD_F_EMAIL:
	case CARD_F_WORK_EMAIL: return key_of_email(arena, value);
	case CARD_F_URL: return key_of_url(arena, value);
	case CARD_F_BDAY: return digits_of(arena, value);
	case CARD_F_PHOTO: return picture_key(arena, value);
	case CARD_F_WEIBO:
		if (card_weibo_handle(value).len)
			value = card_weibo_handle(value);
		if (str_starts(value, STR("@")))
			value = str_part(value, 1, value.len);
		return fold_key(arena, value);
	case CARD_F_QQ:
	case CARD_F_WECHAT: return fold_key(arena, value);
	case CARD_F_NAME:
	case CARD_F_ORG:
	case CARD_F_TITLE:
	case CARD_F_WORK_ADDRESS:
	case CARD_F_HOME_ADDRESS:
	case CARD_F_COUNT: break;
	}
	return key_of_words(arena, value);
}

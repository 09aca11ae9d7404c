#include "card/picture_int.h"
#include "card/profile_int.h"
#include "card/valid_int.h"
#include "fold/fold.h"

#define TEL_MIN_DIGITS   3
#define TEL_MAX_DIGITS   20
#define EMAIL_MAX_BYTES  254
#define HANDLE_MAX_BYTES 64

typedef const char *complaint; /* a literal, or NULL when there is none */

/* No '*' and no '#': those are commands to a telephone, not numbers. */
static complaint
tel(struct arena *arena, str *value)
{
	size_t digits = 0;

	*value = str_trim(fold_nfkc(arena, *value));
	for (size_t i = 0; i < value->len; i++) {
		char c = value->at[i];

		if (c >= '0' && c <= '9')
			digits++;
		else if (!str_has(STR(" +-()./x"), c) || (c == '+' && digits))
			return "this is no telephone number";
	}
	if (digits < TEL_MIN_DIGITS || digits > TEL_MAX_DIGITS)
		return "this is no telephone number";
	return NULL;
}

static complaint
email(struct arena *arena, str *value)
{
	static const char wrong[] = "this is no e-mail address";
	str host;
	str local;

	*value = str_trim(fold_nfkc(arena, *value));
	host = *value;
	local = str_cut(&host, '@');
	if (!local.len || !host.len || value->len > EMAIL_MAX_BYTES ||
	    str_has(host, '@') || !str_has(host, '.') || str_starts(host, STR(".")) ||
	    str_ends(host, STR(".")))
		return wrong;
	for (size_t i = 0; i < value->len; i++) {
		unsigned char c = (unsigned char)value->at[i];

		if (c <= ' ' || c == 0x7F ||
		    str_has(STR("()<>,;:\\\"[]"), value->at[i]))
			return wrong;
	}
	return NULL;
}

static complaint
url(struct arena *arena, str *value)
{
	(void)arena;
	*value = str_trim(*value);
	if (!str_starts(*value, STR("http://")) && !str_starts(*value, STR("https://")))
		return "a web address begins with http:// or https://";
	for (size_t i = 0; i < value->len; i++)
		if ((unsigned char)value->at[i] <= ' ' ||
		    str_has(STR("<>\"`"), value->at[i]))
			return "this is no web address";
	return NULL;
}

static complaint
qq(struct arena *arena, str *value)
{
	*value = str_trim(fold_nfkc(arena, *value));
	for (size_t i = 0; i < value->len; i++)
		if (value->at[i] < '0' || value->at[i] > '9')
			return "a QQ number has digits only";
	return value->len >= 5 && value->len <= 11 ? NULL
						   : "a QQ number has 5 to 11 digits";
}

static complaint
handle(struct arena *arena, str *value)
{
	(void)arena;
	*value = str_trim(*value);
	if (card_weibo_handle(*value).len)
		*value = card_weibo_handle(*value);
	if (str_starts(*value, STR("@")))
		*value = str_part(*value, 1, value->len);
	for (size_t i = 0; i < value->len; i++)
		if ((unsigned char)value->at[i] < ' ' ||
		    str_has(STR("/?#<>\""), value->at[i]))
			return "this is no name of a profile";
	return value->len && value->len <= HANDLE_MAX_BYTES
		   ? NULL
		   : "this is no name of a profile";
}

static int
number_at(str digits, size_t from, size_t len)
{
	int64_t n = 0;

	return str_number(str_part(digits, from, len), &n) ? (int)n : -1;
}

/* Kept as "1990-08-20" or "08-20". */
static complaint
bday(struct arena *arena, str *value)
{
	struct buf digits = buf_in(arena, 16);
	str text = str_trim(fold_nfkc(arena, *value));
	str d;
	int month;
	int day;

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] >= '0' && text.at[i] <= '9')
			buf_add_char(&digits, text.at[i]);
		else if (!str_has(STR("-./ "), text.at[i]))
			return "this is no date";
	}
	if (digits.overflowed || (digits.len != 8 && digits.len != 4))
		return "this is no date";
	d = buf_str(&digits);
	month = number_at(d, d.len - 4, 2);
	day = number_at(d, d.len - 2, 2);
	if (month < 1 || month > 12 || day < 1 || day > 31)
		return "this is no date";
	*value = arena_printf(arena, "%.*s%s%.2s-%.2s", (int)(d.len - 4), d.at,
	    d.len == 8 ? "-" : "", d.at + d.len - 4, d.at + d.len - 2);
	return NULL;
}

/* Most come through the helper, which makes them anew; but one from another program's API
 * or inside a returned card is as its sender made it. */
static complaint
photo(struct arena *arena, str *value)
{
	*value = picture_bare(arena, *value);
	return value->len ? NULL : "this is no JPEG, or a very large one";
}

/* Text: anything but controls (a line break stands in addresses). */
static complaint
words(struct arena *arena, str *value)
{
	struct buf clean = buf_in(arena, value->len + 1);
	str rest = str_trim(*value);

	while (rest.len) {
		str one = rest;
		uint32_t rune = str_rune(&rest);
		bool bidi = (rune >= 0x202A && rune <= 0x202E) ||
			    (rune >= 0x2066 && rune <= 0x2069) ||
			    (rune >= 0x200B && rune <= 0x200F);

		one.len -= rest.len;
		if (rune == '\n' || (rune >= ' ' && rune != 0x7F && !bidi))
			buf_add(&clean, one);
	}
	*value = str_trim(buf_str(&clean));
	return value->len ? NULL : "there is nothing in it";
}

static complaint (*const checks[CARD_F_COUNT])(struct arena *arena, str *value) = {
	[CARD_F_NAME] = words,
	[CARD_F_MOBILE] = tel,
	[CARD_F_WORK_TEL] = tel,
	[CARD_F_HOME_TEL] = tel,
	[CARD_F_FAX] = tel,
	[CARD_F_TEL] = tel,
	[CARD_F_EMAIL] = email,
	[CARD_F_WORK_EMAIL] = email,
	[CARD_F_ORG] = words,
	[CARD_F_TITLE] = words,
	[CARD_F_WORK_ADDRESS] = words,
	[CARD_F_HOME_ADDRESS] = words,
	[CARD_F_QQ] = qq,
	[CARD_F_WECHAT] = handle,
	[CARD_F_WEIBO] = handle,
	[CARD_F_URL] = url,
	[CARD_F_BDAY] = bday,
	[CARD_F_PHOTO] = photo,
};

enum err
field_value(
    struct arena *arena, enum card_field field, str typed, str *out, struct why *why)
{
	size_t limit =
	    field == CARD_F_PHOTO ? CARD_PHOTO_MAX_BYTES : CARD_VALUE_MAX_BYTES;
	complaint bad;

	*out = typed;
	why->name = card_field_name(field);
	why->what = "this is too long";
	if (typed.len > limit)
		return ERR_TOO_LARGE;
	why->what = "this is not UTF-8";
	if (field != CARD_F_PHOTO && !str_is_utf8(typed))
		return ERR_BAD_INPUT;
	bad = checks[field](arena, out);
	if (!bad)
		return OK;
	why->what = bad;
	return ERR_BAD_INPUT;
}

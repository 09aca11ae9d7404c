/*
 * view_rules.c - what a line is called in the other version: one row for each property
 * that differs.  Properties without a row keep their line: 3.0's CLASS or AGENT and 4.0's
 * GENDER are names like any other where they are not known.
 */
#include "card/view_int.h"

#define UUID     "urn:uuid:"
#define UUID_LEN 36

/* --- parameters --- */

static void
type_to_pref(struct view_line *line)
{
	size_t at;

	if (view_param_find(line, STR("PREF")) != SIZE_MAX ||
	    !view_type_remove(line, STR("PREF"), &at))
		return;
	view_param_add(line, STR("PREF"), STR("1"));
}

/* Spelled as the other types of the line: iOS writes all of them small. */
static void
pref_to_type(struct view_line *line)
{
	size_t at = view_param_find(line, STR("PREF"));
	size_t other = view_param_find(line, STR("TYPE"));
	bool small = other != SIZE_MAX && line->params[other].name.at[0] == 't';

	if (view_param_is(line, STR("PREF"), STR("1")))
		view_param_put(line, at, small ? STR("type") : STR("TYPE"),
		    small ? STR("pref") : STR("PREF"));
}

static void
rename_param(struct view_line *line, str from, str to)
{
	size_t at = view_param_find(line, from);

	if (at != SIZE_MAX && view_param_find(line, to) == SIZE_MAX)
		view_param_put(line, at, to, line->params[at].values);
}

static void
drop_value_type(struct view_line *line, str type)
{
	if (view_param_is(line, STR("VALUE"), type))
		view_param_remove(line, view_param_find(line, STR("VALUE")));
}

/* --- telephones and mail --- */

/* RFC 3966 without its parameters: a number people can read. */
static bool
is_dialled(str number)
{
	static const str dialled = STR_CONST("0123456789+-.()*#");

	for (size_t i = 0; i < number.len; i++)
		if (!str_has(dialled, number.at[i]))
			return false;
	return number.len > 0;
}

static void
tel_to_4(struct view_line *line)
{
	if (view_param_is(line, STR("X-VALUE"), STR("uri")) &&
	    is_dialled(line->value)) {
		rename_param(line, STR("X-VALUE"), STR("VALUE"));
		view_value_put(line, ARENA_JOIN(line->arena, STR("tel:"), line->value));
	}
}

static void
tel_to_3(struct view_line *line)
{
	str number = str_part(line->value, 4, line->value.len);

	if (view_param_is(line, STR("VALUE"), STR("uri")) &&
	    str_starts(line->value, STR("tel:")) && is_dialled(number)) {
		rename_param(line, STR("VALUE"), STR("X-VALUE"));
		view_value_put(line, number);
	}
}

static void
email_to_4(struct view_line *line)
{
	size_t at;

	(void)view_type_remove(line, STR("INTERNET"), &at);
}

static void
email_to_3(struct view_line *line)
{
	struct view_line tried = *line;
	size_t at;

	if (!view_type_remove(&tried, STR("INTERNET"), &at))
		view_param_add(line, STR("TYPE"), STR("INTERNET"));
}

/* --- dates, places, identities --- */

/* Apple's year for those who tell none (X-APPLE-OMIT-YEAR) is a leap year. */
#define NO_YEAR "1604"

static void
date_to_4(struct view_line *line)
{
	str omitted = view_param_text(line, STR("X-APPLE-OMIT-YEAR"));
	str value = line->value;

	if (!view_date_to_4(line->arena, line->value, &value))
		return;
	drop_value_type(line, STR("date"));
	drop_value_type(line, STR("date-time"));
	if (omitted.len == 4 && value.len == 8 && str_starts(value, omitted)) {
		view_param_remove(
		    line, view_param_find(line, STR("X-APPLE-OMIT-YEAR")));
		value = ARENA_JOIN(line->arena, STR("--"), str_part(value, 4, 4));
	}
	view_value_put(line, value);
}

static void
date_to_3(struct view_line *line)
{
	str value;

	if (!view_date_to_3(line->arena, line->value, &value))
		return;
	drop_value_type(line, STR("date-and-or-time"));
	if (value.len == 7) {
		value =
		    ARENA_JOIN(line->arena, STR(NO_YEAR "-"), str_part(value, 2, 5));
		view_param_add(line, STR("X-APPLE-OMIT-YEAR"), STR(NO_YEAR));
	}
	view_value_put(line, value);
}

static void
moment_to_4(struct view_line *line)
{
	str value;

	if (view_date_to_4(line->arena, line->value, &value))
		view_value_put(line, value);
}

static void
moment_to_3(struct view_line *line)
{
	str value;

	if (view_date_to_3(line->arena, line->value, &value))
		view_value_put(line, value);
}

static void
abdate_to_4(struct view_line *line)
{
	size_t made = view_param_find(line, STR(VIEW_MADE));

	if (made != SIZE_MAX)
		view_param_remove(line, made);
	if (!line->anniversary && (made == SIZE_MAX || line->group.len))
		return;
	view_name_put(line, STR("ANNIVERSARY"));
	date_to_4(line);
}

/* Apple shows an X-ABDATE and the label of its group; view_pairs_split() makes both. */
static void
anniversary_to_3(struct view_line *line)
{
	view_name_put(line, line->group.len && !line->anniversary ? STR("X-ANNIVERSARY")
								  : STR("X-ABDATE"));
	if (!line->group.len)
		view_param_add(line, STR(VIEW_MADE), STR("1"));
	date_to_3(line);
}

static bool
is_coordinate(str text)
{
	static const str letters = STR_CONST("0123456789.-+");

	for (size_t i = 0; i < text.len; i++)
		if (!str_has(letters, text.at[i]))
			return false;
	return text.len > 0;
}

static void
geo_convert(struct view_line *line, str value, char from, str head, str to)
{
	str longitude = value;
	str latitude = str_cut(&longitude, from);

	if (is_coordinate(latitude) && is_coordinate(longitude))
		view_value_put(
		    line, ARENA_JOIN(line->arena, head, latitude, to, longitude));
}

static void
geo_to_4(struct view_line *line)
{
	geo_convert(line, line->value, ';', STR("geo:"), STR(","));
}

static void
geo_to_3(struct view_line *line)
{
	if (str_starts(line->value, STR("geo:")))
		geo_convert(line, str_part(line->value, 4, line->value.len), ',',
		    STR(""), STR(";"));
}

static void
tz_to_4(struct view_line *line)
{
	str value;

	if (view_param_find(line, STR("VALUE")) == SIZE_MAX &&
	    view_offset_to_4(line->arena, line->value, &value)) {
		view_param_add(line, STR("VALUE"), STR("utc-offset"));
		view_value_put(line, value);
		return;
	}
	drop_value_type(line, STR("text"));
}

static void
tz_to_3(struct view_line *line)
{
	str value;

	if (view_param_find(line, STR("VALUE")) == SIZE_MAX) {
		view_param_add(line, STR("VALUE"), STR("text"));
	} else if (view_param_is(line, STR("VALUE"), STR("utc-offset")) &&
		   view_offset_to_3(line->arena, line->value, &value)) {
		drop_value_type(line, STR("utc-offset"));
		view_value_put(line, value);
	}
}

static bool
is_uuid(str text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text.at[i] != '-'
			 : !str_has(STR("0123456789abcdefABCDEF"), text.at[i]))
			return false;
	}
	return text.len == UUID_LEN;
}

static void
uid_to_4(struct view_line *line)
{
	if (is_uuid(line->value))
		view_value_put(line, ARENA_JOIN(line->arena, STR(UUID), line->value));
}

static void
uid_to_3(struct view_line *line)
{
	str plain = str_part(line->value, sizeof UUID - 1, line->value.len);

	if (str_starts(line->value, STR(UUID)) && is_uuid(plain))
		view_value_put(line, plain);
}

/* --- profiles and groups --- */

static void
impp_to_4(struct view_line *line)
{
	rename_param(line, STR("X-SERVICE-TYPE"), STR("SERVICE-TYPE"));
	rename_param(line, STR("X-USER"), STR("USERNAME"));
}

static void
impp_to_3(struct view_line *line)
{
	rename_param(line, STR("SERVICE-TYPE"), STR("X-SERVICE-TYPE"));
	rename_param(line, STR("USERNAME"), STR("X-USER"));
}

/* Apple names the service in the only TYPE there is. */
static void
social_to_4(struct view_line *line)
{
	if (!view_param_is(line, STR("TYPE"), STR("home")) &&
	    !view_param_is(line, STR("TYPE"), STR("work")) &&
	    !view_param_is(line, STR("TYPE"), STR("pref")))
		rename_param(line, STR("TYPE"), STR("SERVICE-TYPE"));
	rename_param(line, STR("X-USER"), STR("USERNAME"));
}

static void
social_to_3(struct view_line *line)
{
	rename_param(line, STR("SERVICE-TYPE"), STR("TYPE"));
	rename_param(line, STR("USERNAME"), STR("X-USER"));
}

/* --- the table --- */

struct rule {
	str name; /* in the version it comes from */
	str to;   /* its name in the other; empty: the same */
	void (*say)(struct view_line *line);
};

static const struct rule to_4[] = {
	{ STR_CONST("TEL"), { 0 }, tel_to_4 },
	{ STR_CONST("EMAIL"), { 0 }, email_to_4 },
	{ STR_CONST("PHOTO"), { 0 }, view_binary_to_4 },
	{ STR_CONST("LOGO"), { 0 }, view_binary_to_4 },
	{ STR_CONST("SOUND"), { 0 }, view_binary_to_4 },
	{ STR_CONST("KEY"), { 0 }, view_binary_to_4 },
	{ STR_CONST("BDAY"), { 0 }, date_to_4 },
	{ STR_CONST("DEATHDATE"), { 0 }, date_to_4 },
	{ STR_CONST("X-ANNIVERSARY"), STR_CONST("ANNIVERSARY"), date_to_4 },
	{ STR_CONST("X-ABDATE"), { 0 }, abdate_to_4 },
	{ STR_CONST("REV"), { 0 }, moment_to_4 },
	{ STR_CONST("GEO"), { 0 }, geo_to_4 },
	{ STR_CONST("TZ"), { 0 }, tz_to_4 },
	{ STR_CONST("UID"), { 0 }, uid_to_4 },
	{ STR_CONST("IMPP"), { 0 }, impp_to_4 },
	{ STR_CONST("X-SOCIALPROFILE"), STR_CONST("SOCIALPROFILE"), social_to_4 },
	{ STR_CONST("X-ADDRESSBOOKSERVER-KIND"), STR_CONST("KIND"), NULL },
	{ STR_CONST("X-ADDRESSBOOKSERVER-MEMBER"), STR_CONST("MEMBER"), NULL },
};

static const struct rule to_3[] = {
	{ STR_CONST("TEL"), { 0 }, tel_to_3 },
	{ STR_CONST("EMAIL"), { 0 }, email_to_3 },
	{ STR_CONST("PHOTO"), { 0 }, view_binary_to_3 },
	{ STR_CONST("LOGO"), { 0 }, view_binary_to_3 },
	{ STR_CONST("SOUND"), { 0 }, view_binary_to_3 },
	{ STR_CONST("KEY"), { 0 }, view_binary_to_3 },
	{ STR_CONST("BDAY"), { 0 }, date_to_3 },
	{ STR_CONST("DEATHDATE"), { 0 }, date_to_3 },
	{ STR_CONST("ANNIVERSARY"), { 0 }, anniversary_to_3 },
	{ STR_CONST("REV"), { 0 }, moment_to_3 },
	{ STR_CONST("GEO"), { 0 }, geo_to_3 },
	{ STR_CONST("TZ"), { 0 }, tz_to_3 },
	{ STR_CONST("UID"), { 0 }, uid_to_3 },
	{ STR_CONST("IMPP"), { 0 }, impp_to_3 },
	{ STR_CONST("SOCIALPROFILE"), STR_CONST("X-SOCIALPROFILE"), social_to_3 },
	{ STR_CONST("KIND"), STR_CONST("X-ADDRESSBOOKSERVER-KIND"), NULL },
	{ STR_CONST("MEMBER"), STR_CONST("X-ADDRESSBOOKSERVER-MEMBER"), NULL },
};

static void
follow(struct view_line *line, const struct rule *rules, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!str_same_nocase(rules[i].name, line->name))
			continue;
		if (rules[i].to.len)
			view_name_put(line, rules[i].to);
		if (rules[i].say)
			rules[i].say(line);
		return;
	}
}

/* 4.0 is always UTF-8 (RFC 6350 3.1), which the card is by now whatever CHARSET says. */
void
view_to_4(struct view_line *line)
{
	rename_param(line, STR("CHARSET"), STR("X-CHARSET"));
	type_to_pref(line);
	follow(line, to_4, sizeof to_4 / sizeof *to_4);
}

void
view_to_3(struct view_line *line)
{
	rename_param(line, STR("X-CHARSET"), STR("CHARSET"));
	follow(line, to_3, sizeof to_3 / sizeof *to_3);
	pref_to_type(line);
}

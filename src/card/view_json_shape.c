/* view_json_shape.c - what type a property's value is of when it does not say (RFC 6350 6,
 * RFC 6474, 6715, 9554). */
#include "card/name_int.h"
#include "card/view_json_int.h"

static const struct view_json_shape shapes[] = {
	{ STR_CONST("adr"), STR_CONST("text"), VIEW_JSON_LISTS },
	{ STR_CONST("anniversary"), STR_CONST("date-and-or-time"), VIEW_JSON_ONE },
	{ STR_CONST("bday"), STR_CONST("date-and-or-time"), VIEW_JSON_ONE },
	{ STR_CONST("birthplace"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("caladruri"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("caluri"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("categories"), STR_CONST("text"), VIEW_JSON_VALUES },
	{ STR_CONST("clientpidmap"), STR_CONST("text"), VIEW_JSON_PARTS },
	{ STR_CONST("created"), STR_CONST("timestamp"), VIEW_JSON_ONE },
	{ STR_CONST("deathdate"), STR_CONST("date-and-or-time"), VIEW_JSON_ONE },
	{ STR_CONST("deathplace"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("email"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("expertise"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("fburl"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("fn"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("gender"), STR_CONST("text"), VIEW_JSON_PARTS },
	{ STR_CONST("geo"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("grammgender"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("hobby"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("impp"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("interest"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("key"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("kind"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("lang"), STR_CONST("language-tag"), VIEW_JSON_ONE },
	{ STR_CONST("language"), STR_CONST("language-tag"), VIEW_JSON_ONE },
	{ STR_CONST("logo"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("member"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("n"), STR_CONST("text"), VIEW_JSON_LISTS },
	{ STR_CONST("nickname"), STR_CONST("text"), VIEW_JSON_VALUES },
	{ STR_CONST("note"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("org"), STR_CONST("text"), VIEW_JSON_PARTS },
	{ STR_CONST("org-directory"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("photo"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("prodid"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("pronouns"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("related"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("rev"), STR_CONST("timestamp"), VIEW_JSON_ONE },
	{ STR_CONST("role"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("socialprofile"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("sound"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("source"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("tel"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("title"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("tz"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("uid"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("url"), STR_CONST("uri"), VIEW_JSON_ONE },
	{ STR_CONST("version"), STR_CONST("text"), VIEW_JSON_ONE },
	{ STR_CONST("xml"), STR_CONST("text"), VIEW_JSON_ONE },
};

const struct view_json_shape *
view_json_shape_of(str name)
{
	static const struct view_json_shape unknown = { { 0 }, STR_CONST("unknown"),
		VIEW_JSON_ONE };

	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
		if (str_same_nocase(shapes[i].name, name))
			return shapes + i;
	return &unknown;
}

bool
view_json_is_date(str type)
{
	static const str dates[] = { STR_CONST("date-and-or-time"), STR_CONST("date"),
		STR_CONST("date-time"), STR_CONST("timestamp") };

	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
		if (str_same_nocase(dates[i], type))
			return true;
	return false;
}

bool
view_json_is_token(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!card_name_char(text.at[i]))
			return false;
	return text.len > 0;
}

str
view_json_lower(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		copy[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return (str){ copy, text.len };
}

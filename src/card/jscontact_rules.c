/* jscontact_rules.c - what a property of 4.0 is in JSContact: RFC 9555 2, row by row. */
#include "card/jscontact_int.h"

#define NONE   STR_CONST("")
#define COMMON (JS_PREF | JS_CONTEXTS)
#define LINKED (COMMON | JS_MEDIA | JS_LABEL)

/* Of two rows for one property the one with the narrower value stands first.  What has no
 * row (GENDER, XML, CLIENTPIDMAP, X-...) goes into vCardProps. */
const struct js_rule js_rules[] = {
	/* clang-format off */
	/* property, member, the value's key, VALUE, shape, value, parameters, mark */
	{ STR_CONST("UID"), NONE, STR_CONST("uid"), NONE, JS_LONE, &js_raw_value, 0, NONE, NONE },
	{ STR_CONST("KIND"), NONE, STR_CONST("kind"), NONE, JS_LONE, &js_text_value, 0, NONE, NONE },
	{ STR_CONST("LANGUAGE"), NONE, STR_CONST("language"), NONE, JS_LONE, &js_raw_value, 0, NONE, NONE },
	{ STR_CONST("PRODID"), NONE, STR_CONST("prodId"), NONE, JS_LONE, &js_text_value, 0, NONE, NONE },
	{ STR_CONST("CREATED"), NONE, STR_CONST("created"), NONE, JS_LONE, &js_time_value, 0, NONE, NONE },
	{ STR_CONST("REV"), NONE, STR_CONST("updated"), NONE, JS_LONE, &js_time_value, 0, NONE, NONE },
	{ STR_CONST("FN"), STR_CONST("name"), STR_CONST("full"), NONE, JS_LONE, &js_text_value, 0, NONE, NONE },
	{ STR_CONST("N"), STR_CONST("name"), STR_CONST("components"), NONE, JS_NAME, &js_name_value, JS_SORT, NONE, NONE },
	{ STR_CONST("NICKNAME"), STR_CONST("nicknames"), STR_CONST("name"), NONE, JS_ENTRY, &js_text_value, COMMON, NONE, NONE },
	{ STR_CONST("GRAMGENDER"), STR_CONST("speakToAs"), STR_CONST("grammaticalGender"), NONE, JS_LONE, &js_gender_value, 0, NONE, NONE },
	{ STR_CONST("PRONOUNS"), STR_CONST("speakToAs/pronouns"), STR_CONST("pronouns"), NONE, JS_ENTRY, &js_text_value, COMMON, NONE, NONE },
	{ STR_CONST("ORG"), STR_CONST("organizations"), STR_CONST("name"), NONE, JS_ENTRY, &js_org_value, JS_CONTEXTS | JS_SORT, NONE, NONE },
	{ STR_CONST("ROLE"), STR_CONST("titles"), STR_CONST("name"), NONE, JS_ENTRY, &js_text_value, 0, STR_CONST("kind"), STR_CONST("role") },
	{ STR_CONST("TITLE"), STR_CONST("titles"), STR_CONST("name"), NONE, JS_ENTRY, &js_text_value, 0, NONE, NONE },
	{ STR_CONST("EMAIL"), STR_CONST("emails"), STR_CONST("address"), NONE, JS_ENTRY, &js_text_value, COMMON | JS_LABEL, NONE, NONE },
	{ STR_CONST("TEL"), STR_CONST("phones"), STR_CONST("number"), STR_CONST("uri"), JS_ENTRY, &js_raw_value, COMMON | JS_FEATURES | JS_LABEL, NONE, NONE },
	{ STR_CONST("TEL"), STR_CONST("phones"), STR_CONST("number"), NONE, JS_ENTRY, &js_text_value, COMMON | JS_FEATURES | JS_LABEL, NONE, NONE },
	{ STR_CONST("IMPP"), STR_CONST("onlineServices"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, COMMON | JS_LABEL | JS_SERVICE | JS_USER, STR_CONST("vCardName"), STR_CONST("impp") },
	{ STR_CONST("X-SOCIALPROFILE"), STR_CONST("onlineServices"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, COMMON | JS_LABEL | JS_SERVICE | JS_USER, STR_CONST("vCardName"), STR_CONST("x-socialprofile") },
	{ STR_CONST("SOCIALPROFILE"), STR_CONST("onlineServices"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, COMMON | JS_LABEL | JS_SERVICE | JS_USER, NONE, NONE },
	{ STR_CONST("SOCIALPROFILE"), STR_CONST("onlineServices"), STR_CONST("user"), STR_CONST("text"), JS_ENTRY, &js_text_value, COMMON | JS_LABEL | JS_SERVICE, NONE, NONE },
	{ STR_CONST("LANG"), STR_CONST("preferredLanguages"), STR_CONST("language"), NONE, JS_ENTRY, &js_raw_value, COMMON, NONE, NONE },
	{ STR_CONST("CALURI"), STR_CONST("calendars"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, STR_CONST("kind"), STR_CONST("calendar") },
	{ STR_CONST("FBURL"), STR_CONST("calendars"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, STR_CONST("kind"), STR_CONST("freeBusy") },
	{ STR_CONST("CALADRURI"), STR_CONST("schedulingAddresses"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, COMMON | JS_LABEL, NONE, NONE },
	{ STR_CONST("GEO"), STR_CONST("addresses"), STR_CONST("coordinates"), NONE, JS_ENTRY, &js_raw_value, COMMON, NONE, NONE },
	{ STR_CONST("TZ"), STR_CONST("addresses"), STR_CONST("timeZone"), NONE, JS_ENTRY, &js_text_value, COMMON, NONE, NONE },
	{ STR_CONST("ADR"), STR_CONST("addresses"), STR_CONST("components"), NONE, JS_ENTRY, &js_address_value, COMMON | JS_ADDRESS | JS_MAILING | JS_SORT, NONE, NONE },
	{ STR_CONST("KEY"), STR_CONST("cryptoKeys"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, NONE, NONE },
	{ STR_CONST("SOURCE"), STR_CONST("directories"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, STR_CONST("kind"), STR_CONST("entry") },
	{ STR_CONST("ORG-DIRECTORY"), STR_CONST("directories"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED | JS_LIST_AS, STR_CONST("kind"), STR_CONST("directory") },
	{ STR_CONST("CONTACT-URI"), STR_CONST("links"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, STR_CONST("kind"), STR_CONST("contact") },
	{ STR_CONST("URL"), STR_CONST("links"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, NONE, NONE },
	{ STR_CONST("PHOTO"), STR_CONST("media"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, STR_CONST("kind"), STR_CONST("photo") },
	{ STR_CONST("LOGO"), STR_CONST("media"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, STR_CONST("kind"), STR_CONST("logo") },
	{ STR_CONST("SOUND"), STR_CONST("media"), STR_CONST("uri"), NONE, JS_ENTRY, &js_raw_value, LINKED, STR_CONST("kind"), STR_CONST("sound") },
	{ STR_CONST("BDAY"), STR_CONST("anniversaries"), STR_CONST("date"), NONE, JS_ENTRY, &js_date_value, JS_CALENDAR, STR_CONST("kind"), STR_CONST("birth") },
	{ STR_CONST("DEATHDATE"), STR_CONST("anniversaries"), STR_CONST("date"), NONE, JS_ENTRY, &js_date_value, JS_CALENDAR, STR_CONST("kind"), STR_CONST("death") },
	{ STR_CONST("ANNIVERSARY"), STR_CONST("anniversaries"), STR_CONST("date"), NONE, JS_ENTRY, &js_date_value, JS_CALENDAR, STR_CONST("kind"), STR_CONST("wedding") },
	{ STR_CONST("BIRTHPLACE"), STR_CONST("anniversaries"), STR_CONST("coordinates"), STR_CONST("uri"), JS_PLACE, &js_raw_value, 0, STR_CONST("kind"), STR_CONST("birth") },
	{ STR_CONST("BIRTHPLACE"), STR_CONST("anniversaries"), STR_CONST("full"), NONE, JS_PLACE, &js_text_value, 0, STR_CONST("kind"), STR_CONST("birth") },
	{ STR_CONST("DEATHPLACE"), STR_CONST("anniversaries"), STR_CONST("coordinates"), STR_CONST("uri"), JS_PLACE, &js_raw_value, 0, STR_CONST("kind"), STR_CONST("death") },
	{ STR_CONST("DEATHPLACE"), STR_CONST("anniversaries"), STR_CONST("full"), NONE, JS_PLACE, &js_text_value, 0, STR_CONST("kind"), STR_CONST("death") },
	{ STR_CONST("EXPERTISE"), STR_CONST("personalInfo"), STR_CONST("value"), NONE, JS_ENTRY, &js_text_value, JS_LABEL | JS_PERSONAL | JS_LIST_AS, STR_CONST("kind"), STR_CONST("expertise") },
	{ STR_CONST("HOBBY"), STR_CONST("personalInfo"), STR_CONST("value"), NONE, JS_ENTRY, &js_text_value, JS_LABEL | JS_PERSONAL | JS_LIST_AS, STR_CONST("kind"), STR_CONST("hobby") },
	{ STR_CONST("INTEREST"), STR_CONST("personalInfo"), STR_CONST("value"), NONE, JS_ENTRY, &js_text_value, JS_LABEL | JS_PERSONAL | JS_LIST_AS, STR_CONST("kind"), STR_CONST("interest") },
	{ STR_CONST("NOTE"), STR_CONST("notes"), STR_CONST("note"), NONE, JS_ENTRY, &js_text_value, JS_AUTHOR, NONE, NONE },
	{ STR_CONST("CATEGORIES"), STR_CONST("keywords"), STR_CONST("value"), NONE, JS_SET, &js_text_value, 0, NONE, NONE },
	{ STR_CONST("MEMBER"), STR_CONST("members"), STR_CONST("value"), NONE, JS_SET, &js_raw_value, 0, NONE, NONE },
	{ STR_CONST("RELATED"), STR_CONST("relatedTo"), STR_CONST("value"), NONE, JS_KEYED, &js_raw_value, JS_RELATION, NONE, NONE },
	{ STR_CONST("RELATED"), STR_CONST("relatedTo"), STR_CONST("value"), STR_CONST("text"), JS_KEYED, &js_text_value, JS_RELATION, NONE, NONE },
	/* clang-format on */
};
const size_t js_rule_count = sizeof js_rules / sizeof *js_rules;

const struct js_param_rule js_param_rules[] = {
	{ JS_PREF, STR_CONST("PREF"), STR_CONST("pref"), JS_PARAM_NUMBER },
	{ JS_MEDIA, STR_CONST("MEDIATYPE"), STR_CONST("mediaType"), JS_PARAM_TEXT },
	{ JS_SERVICE, STR_CONST("SERVICE-TYPE"), STR_CONST("service"), JS_PARAM_TEXT },
	{ JS_USER, STR_CONST("USERNAME"), STR_CONST("user"), JS_PARAM_TEXT },
	{ JS_AUTHOR, STR_CONST("AUTHOR"), STR_CONST("author/uri"), JS_PARAM_TEXT },
	{ JS_AUTHOR, STR_CONST("AUTHOR-NAME"), STR_CONST("author/name"),
	    JS_PARAM_TEXT },
	{ JS_AUTHOR, STR_CONST("CREATED"), STR_CONST("created"), JS_PARAM_TIME },
	{ JS_PERSONAL, STR_CONST("LEVEL"), STR_CONST("level"), JS_PARAM_LEVEL },
	{ JS_LIST_AS, STR_CONST("INDEX"), STR_CONST("listAs"), JS_PARAM_NUMBER },
	{ JS_ADDRESS, STR_CONST("LABEL"), STR_CONST("full"), JS_PARAM_TEXT },
	{ JS_ADDRESS, STR_CONST("CC"), STR_CONST("countryCode"), JS_PARAM_TEXT },
	{ JS_ADDRESS, STR_CONST("GEO"), STR_CONST("coordinates"), JS_PARAM_TEXT },
	{ JS_ADDRESS, STR_CONST("TZ"), STR_CONST("timeZone"), JS_PARAM_TEXT },
	{ JS_CALENDAR, STR_CONST("CALSCALE"), STR_CONST("date/calendarScale"),
	    JS_PARAM_TEXT },
};
const size_t js_param_rule_count = sizeof js_param_rules / sizeof *js_param_rules;

#define CONTEXT(which, type, value)                                             \
	{                                                                       \
		which, STR_CONST(type), STR_CONST("contexts"), STR_CONST(value) \
	}
#define FEATURE(type, value)                                                          \
	{                                                                             \
		JS_FEATURES, STR_CONST(type), STR_CONST("features"), STR_CONST(value) \
	}
#define RELATION(type)                                                               \
	{                                                                            \
		JS_RELATION, STR_CONST(type), STR_CONST("relation"), STR_CONST(type) \
	}

const struct js_type_rule js_type_rules[] = {
	CONTEXT(JS_CONTEXTS, "home", "private"),
	CONTEXT(JS_CONTEXTS, "work", "work"),
	CONTEXT(JS_MAILING, "billing", "billing"),
	CONTEXT(JS_MAILING, "delivery", "delivery"),
	FEATURE("cell", "mobile"),
	FEATURE("voice", "voice"),
	FEATURE("text", "text"),
	FEATURE("video", "video"),
	FEATURE("main-number", "main-number"),
	FEATURE("textphone", "textphone"),
	FEATURE("fax", "fax"),
	FEATURE("pager", "pager"),
	RELATION("acquaintance"),
	RELATION("agent"),
	RELATION("child"),
	RELATION("co-resident"),
	RELATION("co-worker"),
	RELATION("colleague"),
	RELATION("contact"),
	RELATION("crush"),
	RELATION("date"),
	RELATION("emergency"),
	RELATION("friend"),
	RELATION("kin"),
	RELATION("me"),
	RELATION("met"),
	RELATION("muse"),
	RELATION("neighbor"),
	RELATION("parent"),
	RELATION("sibling"),
	RELATION("spouse"),
	RELATION("sweetheart"),
};
const size_t js_type_rule_count = sizeof js_type_rules / sizeof *js_type_rules;

const struct js_rule *
js_rule_of(str name, str type)
{
	for (size_t i = 0; i < js_rule_count; i++)
		if (str_same_nocase(js_rules[i].name, name) &&
		    str_same_nocase(js_rules[i].type, type))
			return js_rules + i;
	return NULL;
}

/* --- words --- */

bool
js_is_word_of_apple(str label)
{
	static const str words[] = { STR_CONST("Anniversary"), STR_CONST("Assistant"),
		STR_CONST("Brother"), STR_CONST("Child"), STR_CONST("Father"),
		STR_CONST("Friend"), STR_CONST("Home"), STR_CONST("HomePage"),
		STR_CONST("Manager"), STR_CONST("Mobile"), STR_CONST("Mother"),
		STR_CONST("Other"), STR_CONST("Parent"), STR_CONST("Partner"),
		STR_CONST("Sister"), STR_CONST("Spouse"), STR_CONST("Work") };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_same(words[i], label))
			return true;
	return false;
}

static const str levels[][2] = {
	{ STR_CONST("beginner"), STR_CONST("low") },
	{ STR_CONST("average"), STR_CONST("medium") },
	{ STR_CONST("expert"), STR_CONST("high") },
};

static str
translated(const struct js_rule *rule, str word, int from)
{
	bool expertise = str_same(rule->marked, STR("expertise"));

	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
		if (str_same_nocase(levels[i][expertise ? from : 1], word))
			return levels[i][expertise ? !from : 1];
	return (str){ 0 };
}

str
js_level_of(const struct js_rule *rule, str word)
{
	return translated(rule, word, 0);
}

str
js_level_word(const struct js_rule *rule, str level)
{
	return translated(rule, level, 1);
}

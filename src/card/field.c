/* field.c - the catalogue's names. */
#include "card/field.h"

static const struct {
	str name;
	bool single;
} fields[CARD_F_COUNT] = {
	[CARD_F_NAME] = { STR_CONST("name"), true },
	[CARD_F_MOBILE] = { STR_CONST("mobile"), false },
	[CARD_F_WORK_TEL] = { STR_CONST("work-tel"), false },
	[CARD_F_HOME_TEL] = { STR_CONST("home-tel"), false },
	[CARD_F_FAX] = { STR_CONST("fax"), false },
	[CARD_F_TEL] = { STR_CONST("tel"), false },
	[CARD_F_EMAIL] = { STR_CONST("email"), false },
	[CARD_F_WORK_EMAIL] = { STR_CONST("work-email"), false },
	[CARD_F_ORG] = { STR_CONST("org"), true },
	[CARD_F_TITLE] = { STR_CONST("title"), true },
	[CARD_F_WORK_ADDRESS] = { STR_CONST("work-address"), true },
	[CARD_F_HOME_ADDRESS] = { STR_CONST("home-address"), true },
	[CARD_F_QQ] = { STR_CONST("qq"), false },
	[CARD_F_WECHAT] = { STR_CONST("wechat"), false },
	[CARD_F_WEIBO] = { STR_CONST("weibo"), false },
	[CARD_F_URL] = { STR_CONST("url"), false },
	[CARD_F_BDAY] = { STR_CONST("bday"), true },
	[CARD_F_PHOTO] = { STR_CONST("photo"), true },
};

str
card_field_name(enum card_field field)
{
	return fields[field].name;
}

bool
card_field_read(str name, enum card_field *out)
{
	for (size_t i = 0; i < CARD_F_COUNT; i++)
		if (str_same(fields[i].name, name)) {
			*out = (enum card_field)i;
			return true;
		}
	return false;
}

bool
card_field_single(enum card_field field)
{
	return fields[field].single;
}

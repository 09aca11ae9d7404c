/* csv_columns.c - the names of columns, as Google and Outlook write them. */
#include "card/csv_int.h"

#define NUMBERED 100 /* rows of columns without a number begin here */

struct known {
	const char *name;
	struct card_csv_column column;
};

#define TEXT(name, which)                                      \
	{                                                      \
		name,                                          \
		{                                              \
			.is = CSV_TEXT, .text = CARD_T_##which \
		}                                              \
	}
#define CELL(name, which, word, nth, number)                    \
	{                                                       \
		name,                                           \
		{                                               \
			.is = CSV_CELL, .kind = CARD_R_##which, \
			.type = STR_CONST(word), .cell = (nth), \
			.row = NUMBERED + (number)              \
		}                                               \
	}
#define UNUSED(name)                     \
	{                                \
		name,                    \
		{                        \
			.is = CSV_UNUSED \
		}                        \
	}

static const struct known known[] = {
	TEXT("name", FN),
	TEXT("file as", FN),
	TEXT("display name", FN),
	TEXT("full name", FN),
	TEXT("姓名", FN),
	TEXT("first name", GIVEN),
	TEXT("given name", GIVEN),
	TEXT("名", GIVEN),
	TEXT("名字", GIVEN),
	TEXT("middle name", MIDDLE),
	TEXT("additional name", MIDDLE),
	TEXT("last name", FAMILY),
	TEXT("family name", FAMILY),
	TEXT("surname", FAMILY),
	TEXT("姓", FAMILY),
	TEXT("姓氏", FAMILY),
	TEXT("name prefix", PREFIX),
	TEXT("title", PREFIX),
	TEXT("name suffix", SUFFIX),
	TEXT("suffix", SUFFIX),
	TEXT("nickname", NICKNAME),
	TEXT("昵称", NICKNAME),
	TEXT("organization name", ORG),
	TEXT("organization 1 - name", ORG),
	TEXT("company", ORG),
	TEXT("organization", ORG),
	TEXT("单位", ORG),
	TEXT("公司", ORG),
	TEXT("organization department", UNIT),
	TEXT("organization 1 - department", UNIT),
	TEXT("department", UNIT),
	TEXT("部门", UNIT),
	TEXT("organization title", TITLE),
	TEXT("organization 1 - title", TITLE),
	TEXT("job title", TITLE),
	TEXT("职务", TITLE),
	TEXT("birthday", BDAY),
	TEXT("生日", BDAY),
	TEXT("notes", NOTE),
	TEXT("note", NOTE),
	TEXT("备注", NOTE),
	TEXT("附注", NOTE),
	CELL("mobile phone", TEL, "mobile", 0, 0),
	CELL("mobile", TEL, "mobile", 0, 1),
	CELL("移动电话", TEL, "mobile", 0, 2),
	CELL("手机", TEL, "mobile", 0, 3),
	CELL("business phone", TEL, "work", 0, 4),
	CELL("business phone 2", TEL, "work", 0, 5),
	CELL("company main phone", TEL, "work", 0, 6),
	CELL("商务电话", TEL, "work", 0, 7),
	CELL("home phone", TEL, "home", 0, 8),
	CELL("home phone 2", TEL, "home", 0, 9),
	CELL("住宅电话", TEL, "home", 0, 10),
	CELL("business fax", TEL, "fax", 0, 11),
	CELL("home fax", TEL, "fax", 0, 12),
	CELL("other phone", TEL, "other", 0, 13),
	CELL("primary phone", TEL, "other", 0, 14),
	CELL("phone", TEL, "other", 0, 15),
	CELL("电话", TEL, "other", 0, 16),
	CELL("e-mail address", EMAIL, "home", 0, 0),
	CELL("e-mail 2 address", EMAIL, "home", 0, 1),
	CELL("e-mail 3 address", EMAIL, "home", 0, 2),
	CELL("email", EMAIL, "home", 0, 3),
	CELL("e-mail", EMAIL, "home", 0, 4),
	CELL("电子邮件地址", EMAIL, "home", 0, 5),
	CELL("邮箱", EMAIL, "home", 0, 6),
	CELL("web page", URL, "", 0, 0),
	CELL("website", URL, "", 0, 1),
	CELL("personal web page", URL, "", 0, 2),
	CELL("business street", ADR, "work", 0, 0),
	CELL("business city", ADR, "work", 1, 0),
	CELL("business state", ADR, "work", 2, 0),
	CELL("business postal code", ADR, "work", 3, 0),
	CELL("business country/region", ADR, "work", 4, 0),
	CELL("business country", ADR, "work", 4, 0),
	CELL("home street", ADR, "home", 0, 1),
	CELL("home city", ADR, "home", 1, 1),
	CELL("home state", ADR, "home", 2, 1),
	CELL("home postal code", ADR, "home", 3, 1),
	CELL("home country/region", ADR, "home", 4, 1),
	CELL("home country", ADR, "home", 4, 1),
	{ "labels", { .is = CSV_LABELS } },
	{ "group membership", { .is = CSV_LABELS } },
	{ "categories", { .is = CSV_LABELS } },
	UNUSED("photo"),
	UNUSED("priority"),
	UNUSED("sensitivity"),
	UNUSED("private"),
	UNUSED("gender"),
	UNUSED("e-mail type"),
	UNUSED("e-mail 2 type"),
	UNUSED("e-mail 3 type"),
	UNUSED("e-mail display name"),
	UNUSED("e-mail 2 display name"),
	UNUSED("e-mail 3 display name"),
};

/* "Phone 2 - Value": the kind, the number, what of it. */
static const struct {
	const char *name;
	enum card_row_kind kind;
} numbered[] = {
	{ "phone", CARD_R_TEL },
	{ "e-mail", CARD_R_EMAIL },
	{ "email", CARD_R_EMAIL },
	{ "im", CARD_R_IM },
	{ "website", CARD_R_URL },
	{ "address", CARD_R_ADR },
};

static const struct {
	const char *name;
	enum csv_is is;
	size_t cell;
} whats[] = {
	{ "value", CSV_CELL, 0 },
	{ "label", CSV_TYPE, 0 },
	{ "type", CSV_TYPE, 0 },
	{ "service", CSV_TYPE, 0 },
	{ "street", CSV_CELL, 0 },
	{ "city", CSV_CELL, 1 },
	{ "region", CSV_CELL, 2 },
	{ "postal code", CSV_CELL, 3 },
	{ "country", CSV_CELL, 4 },
	{ "formatted", CSV_UNUSED, 0 },
};

static bool
numbered_column(str name, struct card_csv_column *out)
{
	size_t dash = str_find(name, STR(" - "));
	str head = str_part(name, 0, dash == SIZE_MAX ? 0 : dash);
	str what = str_part(name, head.len + 3, name.len);
	str number;
	int64_t row;
	size_t blank = head.len;
	bool known_kind = false, known_what = false;

	while (blank > 0 && head.at[blank - 1] != ' ')
		blank--;
	number = str_part(head, blank, head.len);
	head = str_trim(str_part(head, 0, blank));
	if (!str_number(number, &row) || row >= NUMBERED)
		return false;
	for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++)
		if (str_same_nocase(head, str_of(numbered[i].name))) {
			out->kind = numbered[i].kind;
			known_kind = true;
		}
	for (size_t i = 0; i < sizeof whats / sizeof *whats; i++)
		if (str_same_nocase(what, str_of(whats[i].name))) {
			out->is = whats[i].is;
			out->cell = whats[i].cell;
			known_what = true;
		}
	if (!known_kind || !known_what)
		return false;
	out->row = (size_t)row;
	return true;
}

struct card_csv_column
csv_column(str name)
{
	struct card_csv_column out = { .is = CSV_OTHER };

	name = str_trim(name);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_same_nocase(name, str_of(known[i].name)))
			out = known[i].column;
	if (out.is == CSV_OTHER && !numbered_column(name, &out))
		out = (struct card_csv_column){ .is = CSV_OTHER };
	out.name = name;
	return out;
}

str
csv_type(enum card_row_kind kind, str label)
{
	static const struct {
		const char *word, *type;
	} words[] = { { "cell", "mobile" }, { "手机", "mobile" },
		{ "business", "work" }, { "work fax", "fax" }, { "home fax", "fax" },
		{ "workfax", "fax" }, { "homefax", "fax" }, { "other", "home" },
		{ "单位", "work" }, { "住宅", "home" } };
	str type;

	if (str_starts(label, STR("*")))
		label = str_trim(str_part(label, 1, label.len));
	for (size_t n = 0; (type = card_row_type(kind, n)).len; n++)
		if (str_same_nocase(type, label))
			return type;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (size_t n = 0; (type = card_row_type(kind, n)).len; n++)
			if (str_same_nocase(label, str_of(words[i].word)) &&
			    str_same(type, str_of(words[i].type)))
				return type;
	return kind == CARD_R_TEL ? STR("other") : card_row_type(kind, 0);
}

/* form.c - a card as a form shows it. */
#include "card/form.h"

#include "card/form_int.h"
#include "card/profile_int.h"
#include "card/value_int.h"

static const str text_names[CARD_T_COUNT] = {
	[CARD_T_FN] = STR_CONST("fn"),
	[CARD_T_PREFIX] = STR_CONST("prefix"),
	[CARD_T_FAMILY] = STR_CONST("family"),
	[CARD_T_GIVEN] = STR_CONST("given"),
	[CARD_T_MIDDLE] = STR_CONST("middle"),
	[CARD_T_SUFFIX] = STR_CONST("suffix"),
	[CARD_T_NICKNAME] = STR_CONST("nickname"),
	[CARD_T_ORG] = STR_CONST("org"),
	[CARD_T_UNIT] = STR_CONST("unit"),
	[CARD_T_TITLE] = STR_CONST("title"),
	[CARD_T_BDAY] = STR_CONST("bday"),
	[CARD_T_NOTE] = STR_CONST("note"),
};

static const str row_names[CARD_R_COUNT] = {
	[CARD_R_TEL] = STR_CONST("tel"),
	[CARD_R_EMAIL] = STR_CONST("email"),
	[CARD_R_IM] = STR_CONST("im"),
	[CARD_R_URL] = STR_CONST("url"),
	[CARD_R_ADR] = STR_CONST("adr"),
};

/* The field a type of a kind is, as card_items() tells them and card_field_lines() makes
 * them; CARD_F_COUNT: none of the catalogue's. */
static const struct form_type types[] = {
	{ CARD_R_TEL, STR_CONST("mobile"), CARD_F_MOBILE },
	{ CARD_R_TEL, STR_CONST("work"), CARD_F_WORK_TEL },
	{ CARD_R_TEL, STR_CONST("home"), CARD_F_HOME_TEL },
	{ CARD_R_TEL, STR_CONST("fax"), CARD_F_FAX },
	{ CARD_R_TEL, STR_CONST("other"), CARD_F_TEL },
	{ CARD_R_EMAIL, STR_CONST("home"), CARD_F_EMAIL },
	{ CARD_R_EMAIL, STR_CONST("work"), CARD_F_WORK_EMAIL },
	{ CARD_R_ADR, STR_CONST("home"), CARD_F_HOME_ADDRESS },
	{ CARD_R_ADR, STR_CONST("work"), CARD_F_WORK_ADDRESS },
	{ CARD_R_IM, STR_CONST("wechat"), CARD_F_WECHAT },
	{ CARD_R_IM, STR_CONST("qq"), CARD_F_QQ },
	{ CARD_R_IM, STR_CONST("weibo"), CARD_F_WEIBO },
	{ CARD_R_IM, STR_CONST("skype"), CARD_F_COUNT },
	{ CARD_R_IM, STR_CONST("telegram"), CARD_F_COUNT },
	{ CARD_R_IM, STR_CONST("whatsapp"), CARD_F_COUNT },
	{ CARD_R_IM, STR_CONST("signal"), CARD_F_COUNT },
	{ CARD_R_IM, STR_CONST("xmpp"), CARD_F_COUNT },
	{ CARD_R_URL, STR_CONST(""), CARD_F_URL },
};

#define TYPES (sizeof types / sizeof *types)

str
card_text_name(enum card_text text)
{
	return text_names[text];
}

str
card_row_name(enum card_row_kind kind)
{
	return row_names[kind];
}

size_t
card_row_cells(enum card_row_kind kind)
{
	return kind == CARD_R_ADR ? CARD_ROW_CELLS : 1;
}

str
card_row_type(enum card_row_kind kind, size_t n)
{
	for (size_t i = 0; i < TYPES; i++)
		if (types[i].kind == kind && n-- == 0)
			return types[i].word;
	return (str){ 0 };
}

const struct form_type *
form_type_of(enum card_row_kind kind, str word)
{
	for (size_t i = 0; i < TYPES; i++)
		if (types[i].kind == kind && str_same(types[i].word, word))
			return &types[i];
	return NULL;
}

static const struct form_type *
type_of_field(enum card_field field)
{
	for (size_t i = 0; i < TYPES; i++)
		if (types[i].field == field)
			return &types[i];
	return NULL;
}

/* --- reading --- */

struct reading {
	struct arena *arena;
	const struct card *card;
	struct card_form *out;
};

/* A component of a structured value, for people. */
static str
component(struct arena *arena, str value, size_t nth)
{
	while (nth-- > 0)
		(void)card_component_cut(&value, ';');
	return str_trim(card_unescape(arena, card_component_cut(&value, ';')));
}

static void
read_texts(struct reading *r)
{
	static const struct {
		enum card_text text;
		enum card_name is;
		size_t nth; /* component; SIZE_MAX: the whole value */
	} rows[] = {
		{ CARD_T_FN, CARD_FN, SIZE_MAX },
		{ CARD_T_FAMILY, CARD_N, 0 },
		{ CARD_T_GIVEN, CARD_N, 1 },
		{ CARD_T_MIDDLE, CARD_N, 2 },
		{ CARD_T_PREFIX, CARD_N, 3 },
		{ CARD_T_SUFFIX, CARD_N, 4 },
		{ CARD_T_NICKNAME, CARD_NICKNAME, SIZE_MAX },
		{ CARD_T_ORG, CARD_ORG, 0 },
		{ CARD_T_UNIT, CARD_ORG, 1 },
		{ CARD_T_TITLE, CARD_TITLE, SIZE_MAX },
		{ CARD_T_NOTE, CARD_NOTE, SIZE_MAX },
	};
	const struct card_property *p;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		p = card_first(r->card, rows[i].is, 0);
		if (!p)
			continue;
		r->out->text[rows[i].text] =
		    rows[i].nth == SIZE_MAX
			? str_trim(card_unescape(r->arena, p->value))
			: component(r->arena, p->value, rows[i].nth);
	}
	p = card_first(r->card, CARD_BDAY, 0);
	if (p)
		r->out->text[CARD_T_BDAY] = value_of_bday(r->arena, p);
}

static struct card_row *
add_row(struct reading *r, enum card_row_kind kind, size_t at, str type)
{
	struct card_row *row;

	if (r->out->count == CARD_FORM_MAX_ROWS)
		return NULL;
	row = &r->out->rows[r->out->count++];
	*row = (struct card_row){ .kind = kind, .at = at, .type = type };
	row->label = card_label(r->arena, r->card, &r->card->properties[at]);
	return row;
}

static void
read_item(struct reading *r, const struct card_item *item)
{
	const struct form_type *type = type_of_field(item->field);
	str value = r->card->properties[item->at].value;
	struct card_row *row;
	bool some = false;

	if (!type)
		return;
	row = add_row(r, type->kind, item->at, type->word);
	if (!row)
		return;
	row->cell[0] = item->text;
	for (size_t i = 0; type->kind == CARD_R_ADR && i < CARD_ROW_CELLS; i++) {
		row->cell[i] = component(r->arena, value, i + 2);
		some |= row->cell[i].len > 0;
	}
	if (type->kind == CARD_R_ADR && !some)
		r->out->count--; /* a box or broken: not for a form, and left alone */
}

/* Services the catalogue does not have. */
static void
read_profiles(struct reading *r)
{
	for (size_t i = 0; i < r->card->count; i++) {
		struct profile profile =
		    card_profile(r->arena, r->card, &r->card->properties[i]);
		struct card_row *row;

		if (profile.service != SERVICE_OTHER)
			continue;
		row = add_row(r, CARD_R_IM, i, profile.name);
		if (row)
			row->cell[0] = profile.handle;
	}
}

void
card_form_read(
    struct arena *arena, const struct card *card, str region, struct card_form *out)
{
	struct reading r = { arena, card, out };
	struct card_items items = card_items(arena, card, region);

	*out = (struct card_form){ 0 };
	out->rows = ARENA_ARRAY(arena, struct card_row, CARD_FORM_MAX_ROWS);
	read_texts(&r);
	for (size_t i = 0; i < items.count; i++)
		read_item(&r, &items.list[i]);
	read_profiles(&r);
}

str
card_form_blank(struct arena *arena, str uid)
{
	return arena_printf(arena,
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:" STR_FMT "\r\nEND:VCARD\r\n",
	    STR_ARG(uid));
}

/* shown.c - the lines of a card as an address book shows them. */
#include "ask/texts.h"
#include "card/field.h"
#include "web/app_int.h"

/* In this order; what is not here is some program's own. */
static const struct {
	enum card_name is;
	enum web_text_key label;
} kinds[] = {
	{ CARD_FN, T_f_name },
	{ CARD_N, T_f_name_parts },
	{ CARD_NICKNAME, T_f_nickname },
	{ CARD_TEL, T_f_tel },
	{ CARD_EMAIL, T_f_email },
	{ CARD_IMPP, T_f_im },
	{ CARD_SOCIALPROFILE, T_f_im },
	{ CARD_X_QQ, T_f_im },
	{ CARD_X_WECHAT, T_f_im },
	{ CARD_X_WEIBO, T_f_im },
	{ CARD_X_IM, T_f_im },
	{ CARD_ADR, T_f_address },
	{ CARD_ORG, T_f_org },
	{ CARD_TITLE, T_f_title },
	{ CARD_ROLE, T_f_role },
	{ CARD_URL, T_f_url },
	{ CARD_BDAY, T_f_bday },
	{ CARD_ANNIVERSARY, T_f_anniversary },
	{ CARD_NOTE, T_f_note },
	{ CARD_CATEGORIES, T_f_groups },
	{ CARD_MEMBER, T_f_members },
	{ CARD_PHOTO, T_f_photo },
};

#define KINDS (sizeof kinds / sizeof *kinds)

static size_t
kind_of(enum card_name is)
{
	size_t i = 0;

	while (i < KINDS && kinds[i].is != is)
		i++;
	return i;
}

static const struct card_item *
item_at(const struct card_items *items, size_t at)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].at == at)
			return &items->list[i];
	return NULL;
}

static str
joined(const struct page *p, str value)
{
	struct buf text = buf_in(p->call.arena, SIZE_MAX);

	while (value.len) {
		str part = str_trim(
		    card_unescape(p->call.arena, card_component_cut(&value, ';')));

		if (part.len && text.len)
			buf_add_char(&text, ' ');
		buf_add(&text, part);
	}
	return buf_str(&text);
}

static str
text_of(const struct page *p, const struct card_property *property,
    const struct card_item *item)
{
	if (item)
		return item->text;
	if (property->is == CARD_N || property->is == CARD_ADR)
		return joined(p, property->value);
	return str_trim(card_unescape(p->call.arena, property->value));
}

static str
label_of(const struct page *p, const struct card *card,
    const struct card_property *property, const struct card_item *item, size_t kind)
{
	str own = card_label(p->call.arena, card, property);

	if (own.len)
		return own;
	if (item)
		return ask_field_text(p->lang_word, item->field);
	return kind < KINDS ? web_text(p->lang, kinds[kind].label) : property->name;
}

/* "tel:" takes digits and a plus. */
static str
tel_href(const struct page *p, str number)
{
	struct buf href = page_buf(p);

	buf_add(&href, STR("tel:"));
	for (size_t i = 0; i < number.len; i++)
		if (str_has(STR("+0123456789*#,"), number.at[i]))
			buf_add_char(&href, number.at[i]);
	return buf_str(&href);
}

static str
href_of(const struct page *p, enum card_name is, const struct card_item *item, str text)
{
	if (is == CARD_TEL && item && item->field != CARD_F_FAX)
		return tel_href(p, text);
	if (is == CARD_EMAIL)
		return ARENA_JOIN(p->call.arena, STR("mailto:"), text);
	if (is == CARD_URL &&
	    (str_starts(text, STR("http://")) || str_starts(text, STR("https://"))))
		return text;
	return (str){ 0 };
}

static bool
is_bookkeeping(const struct card_property *property)
{
	return property->is == CARD_REV || property->is == CARD_UID ||
	       property->is == CARD_KIND || property->is == CARD_X_ABLABEL ||
	       card_named(property, STR("VERSION")) ||
	       card_named(property, STR("PRODID"));
}

static void
show_kind(const struct page *p, const struct card *card, const struct card_items *items,
    size_t kind, struct app_lines *out)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *property = &card->properties[i];
		const struct card_item *item = item_at(items, i);
		struct app_line *line;

		if (kind_of(property->is) != kind || is_bookkeeping(property))
			continue;
		line = &out->list[out->count];
		line->is = property->is;
		line->at = i;
		line->label = label_of(p, card, property, item, kind);
		line->text = text_of(p, property, item);
		if (property->is == CARD_PHOTO)
			line->text = web_text(p->lang, T_f_photo_is);
		line->href = href_of(p, property->is, item, line->text);
		line->same = property->value;
		out->count += line->text.len > 0;
	}
}

struct app_lines
app_lines_of(const struct page *p, const struct card *card, str region)
{
	struct card_items items = card_items(p->call.arena, card, region);
	struct app_lines out = { .list = ARENA_ARRAY(
				     p->call.arena, struct app_line, card->count + 1) };

	for (size_t kind = 0; kind <= KINDS; kind++)
		show_kind(p, card, &items, kind, &out);
	return out;
}

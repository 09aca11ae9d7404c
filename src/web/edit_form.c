/* edit_form.c - a contact's form: how it is shown, how it is read.
 *
 * Rows are named KIND-WHAT-NUMBER: "tel-at-0" is the line of the card it stands for (empty:
 * a new one), "tel-type-0" its type, "tel-0" or "adr-city-0" what is in it. */
#include <stdint.h>

#include "card/form.h"
#include "picture/picture.h"
#include "web/edit_int.h"

/* --- words --- */

static const enum web_text_key text_labels[CARD_T_COUNT] = {
	[CARD_T_FN] = T_f_shown_as,
	[CARD_T_PREFIX] = T_f_prefix,
	[CARD_T_FAMILY] = T_f_family,
	[CARD_T_GIVEN] = T_f_given,
	[CARD_T_MIDDLE] = T_f_middle,
	[CARD_T_SUFFIX] = T_f_suffix,
	[CARD_T_NICKNAME] = T_f_nickname,
	[CARD_T_ORG] = T_f_org,
	[CARD_T_UNIT] = T_f_unit,
	[CARD_T_TITLE] = T_f_title,
	[CARD_T_BDAY] = T_f_bday,
	[CARD_T_NOTE] = T_f_note,
};

static const struct {
	enum web_text_key label, add;
	const char *type, *inputmode; /* of the input */
} kinds[CARD_R_COUNT] = {
	[CARD_R_TEL] = { T_f_tel, T_o_add_tel, "tel", "tel" },
	[CARD_R_EMAIL] = { T_f_email, T_o_add_email, "email", "email" },
	[CARD_R_IM] = { T_f_im, T_o_add_im, "text", "text" },
	[CARD_R_URL] = { T_f_url, T_o_add_url, "url", "url" },
	[CARD_R_ADR] = { T_f_address, T_o_add_adr, "text", "text" },
};

static const struct {
	str name;
	enum web_text_key label;
} cells[CARD_ROW_CELLS] = {
	{ STR_CONST("street"), T_f_street },
	{ STR_CONST("city"), T_f_city },
	{ STR_CONST("region"), T_f_region },
	{ STR_CONST("code"), T_f_code },
	{ STR_CONST("country"), T_f_country },
};

static const struct {
	str word;
	enum web_text_key label;
} type_words[] = {
	{ STR_CONST("mobile"), T_y_mobile },
	{ STR_CONST("work"), T_y_work },
	{ STR_CONST("home"), T_y_home },
	{ STR_CONST("fax"), T_y_fax },
	{ STR_CONST("other"), T_y_other },
	{ STR_CONST("wechat"), T_y_wechat },
	{ STR_CONST("qq"), T_y_qq },
	{ STR_CONST("weibo"), T_y_weibo },
	{ STR_CONST("skype"), T_y_skype },
	{ STR_CONST("telegram"), T_y_telegram },
	{ STR_CONST("whatsapp"), T_y_whatsapp },
	{ STR_CONST("signal"), T_y_signal },
	{ STR_CONST("xmpp"), T_y_xmpp },
};

static str
type_label(const struct page *p, str word)
{
	for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++)
		if (str_same(type_words[i].word, word))
			return web_text(p->lang, type_words[i].label);
	return word;
}

/* --- names of inputs --- */

static str
input_name(
    const struct page *p, enum card_row_kind kind, const char *what, size_t number)
{
	str name = card_row_name(kind);

	if (!*what)
		return arena_printf(
		    p->call.arena, STR_FMT "-%zu", STR_ARG(name), number);
	return arena_printf(
	    p->call.arena, STR_FMT "-%s-%zu", STR_ARG(name), what, number);
}

static str
cell_name(const struct page *p, enum card_row_kind kind, size_t cell, size_t number)
{
	return input_name(
	    p, kind, kind == CARD_R_ADR ? cells[cell].name.at : "", number);
}

/* --- shown --- */

static void
fill_types(const struct page *p, const struct card_row *row, struct edit_row_view *out)
{
	bool known = false;
	str word;

	out->types.list = ARENA_ARRAY(p->call.arena, struct link_view,
	    sizeof type_words / sizeof *type_words + 1);
	for (size_t n = 0; (word = card_row_type(row->kind, n)).len; n++) {
		bool chosen = str_same(word, row->type);
		str label = chosen && row->label.len ? row->label : type_label(p, word);

		known |= chosen;
		out->types.list[out->types.count++] =
		    (struct link_view){ .text = label, .note = word, .chosen = chosen };
	}
	if (!known && row->type.len)
		out->types.list[out->types.count++] = (struct link_view){
			.text = row->type, .note = row->type, .chosen = true
		};
}

static void
fill_row(const struct page *p, const struct card_row *row, size_t number,
    struct edit_row_view *out)
{
	*out = (struct edit_row_view){
		.at_name = input_name(p, row->kind, "at", number),
		.type_name = input_name(p, row->kind, "type", number),
		.input = str_of(kinds[row->kind].type),
		.mode = str_of(kinds[row->kind].inputmode),
	};
	if (row->at != SIZE_MAX)
		out->at = app_number(p, (long long)row->at);
	fill_types(p, row, out);
	out->cells.list =
	    ARENA_ARRAY(p->call.arena, struct edit_cell_view, CARD_ROW_CELLS);
	for (size_t i = 0; i < card_row_cells(row->kind); i++)
		out->cells.list[out->cells.count++] = (struct edit_cell_view){
			.name = cell_name(p, row->kind, i, number),
			.label = web_text(p->lang, row->kind == CARD_R_ADR
						       ? cells[i].label
						       : kinds[row->kind].label),
			.value = row->cell[i],
		};
}

/* The card's rows of one kind, and one to be filled in. */
static void
fill_kind(const struct page *p, const struct card_form *form, enum card_row_kind kind,
    struct edit_kind_view *out)
{
	struct card_row empty = {
		.kind = kind, .at = SIZE_MAX, .type = card_row_type(kind, 0)
	};

	out->label = web_text(p->lang, kinds[kind].label);
	out->add = web_text(p->lang, kinds[kind].add);
	out->limit = app_number(p, EDIT_ROWS_PER_KIND);
	out->rows.list =
	    ARENA_ARRAY(p->call.arena, struct edit_row_view, form->count + 1);
	for (size_t i = 0; i < form->count; i++)
		if (form->rows[i].kind == kind)
			fill_row(p, &form->rows[i], out->rows.count,
			    &out->rows.list[out->rows.count]),
			    out->rows.count++;
	if (out->rows.count < EDIT_ROWS_PER_KIND) {
		fill_row(p, &empty, out->rows.count, &out->rows.list[out->rows.count]);
		out->rows.count++;
	}
	out->next = app_number(p, (long long)out->rows.count);
}

void
edit_form_fill(
    const struct page *p, const struct card_form *form, struct edit_view *view)
{
	view->names.list =
	    ARENA_ARRAY(p->call.arena, struct edit_cell_view, CARD_T_COUNT);
	for (int t = CARD_T_FN; t < CARD_T_NOTE; t++)
		view->names.list[view->names.count++] = (struct edit_cell_view){
			.name = card_text_name((enum card_text)t),
			.label = web_text(p->lang, text_labels[t]),
			.value = form->text[t],
		};
	view->note = form->text[CARD_T_NOTE];
	view->kinds.list =
	    ARENA_ARRAY(p->call.arena, struct edit_kind_view, CARD_R_COUNT);
	for (int kind = 0; kind < CARD_R_COUNT; kind++)
		fill_kind(p, form, (enum card_row_kind)kind,
		    &view->kinds.list[view->kinds.count++]);
}

/* --- read --- */

/* As it was shown: browsers send CR LF for a new line. */
static str
typed(const struct page *p, const struct http_form *form, str name)
{
	str text = str_trim(http_form_get(form, name));
	struct buf lines = buf_in(p->call.arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '\r')
			buf_add_char(&lines, text.at[i]);
	return buf_str(&lines);
}

static bool
read_row(const struct page *p, const struct http_form *form, enum card_row_kind kind,
    size_t number, struct card_row *out)
{
	str at = http_form_get(form, input_name(p, kind, "at", number));
	int64_t line = 0;

	if (!http_form_find(form, cell_name(p, kind, 0, number)))
		return false;
	*out = (struct card_row){ .kind = kind, .at = SIZE_MAX };
	if (at.len && str_number(at, &line))
		out->at = (size_t)line;
	out->type = http_form_get(form, input_name(p, kind, "type", number));
	for (size_t i = 0; i < card_row_cells(kind); i++)
		out->cell[i] = typed(p, form, cell_name(p, kind, i, number));
	return true;
}

static enum err
read_photo(const struct page *p, const struct http_form *form, struct card_form *out,
    struct why *why)
{
	const struct http_form_field *file = http_form_find(form, STR("photo"));
	enum err e;

	out->photo_gone = http_form_get(form, STR("photo-gone")).len > 0;
	if (!file || !file->value.len)
		return OK;
	out->photo_gone = false;
	e = picture_shrink(p->call.arena, file->value, &out->photo);
	if (e == OK)
		return OK;
	*why = (struct why){ .what = "a picture that cannot be taken",
		.name = STR("photo") };
	return e == ERR_UNSUPPORTED ? ERR_BAD_INPUT : e;
}

enum err
edit_form_read(const struct page *p, const struct http_form *form,
    struct card_form *out, struct why *why)
{
	*out = (struct card_form){ 0 };
	out->rows = ARENA_ARRAY(
	    p->call.arena, struct card_row, CARD_R_COUNT * EDIT_ROWS_PER_KIND);
	for (int t = 0; t < CARD_T_COUNT; t++)
		out->text[t] = typed(p, form, card_text_name((enum card_text)t));
	for (int kind = 0; kind < CARD_R_COUNT; kind++)
		for (size_t n = 0; n < EDIT_ROWS_PER_KIND; n++)
			out->count += read_row(p, form, (enum card_row_kind)kind, n,
			    &out->rows[out->count]);
	return read_photo(p, form, out, why);
}

/* --- what was wrong --- */

static const struct {
	str field;
	enum web_text_key words;
} wrongs[] = {
	{ STR_CONST("fn"), T_e_name },
	{ STR_CONST("tel"), T_e_tel },
	{ STR_CONST("email"), T_e_email },
	{ STR_CONST("url"), T_e_url },
	{ STR_CONST("bday"), T_e_bday },
	{ STR_CONST("im"), T_e_im },
	{ STR_CONST("photo"), T_e_photo },
};

str
edit_wrong(const struct page *p, enum err outcome, str field)
{
	if (outcome == ERR_TOO_LARGE)
		return web_text(p->lang,
		    str_same(field, STR("photo")) ? T_e_photo_large : T_e_long);
	for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++)
		if (str_same(wrongs[i].field, field))
			return web_text(p->lang, wrongs[i].words);
	return web_text(p->lang, T_e_field);
}

/* form_write.c - what a form says, put into the lines it speaks of. */
#include "card/edits_int.h"
#include "card/form.h"
#include "card/form_int.h"
#include "card/merge.h"

#define N_PARTS 5

struct writing {
	struct arena *arena;
	const struct card *card;
	str region;
	const struct card_form *was, *is;
	struct edits edits;
	struct card_ops profiles; /* what merge.h changes: handles of the catalogue */
	struct card_item *whose;  /* the items they speak of, as they were */
	struct why *why;
};

static enum err
refuse(const struct writing *w, str name)
{
	*w->why = (struct why){ .what = "a value that its field does not take",
		.name = name };
	return ERR_BAD_INPUT;
}

static bool
changed(const struct writing *w, enum card_text text)
{
	return !str_same(w->was->text[text], w->is->text[text]);
}

static struct buf
line_of(const struct writing *w, const struct card_property *p)
{
	struct buf line = buf_in(w->arena, EDITS_LINE_MAX_BYTES);

	edits_add_group(&line, p);
	buf_add(&line, p->name);
	if (p->params.len) {
		buf_add_char(&line, ';');
		buf_add(&line, p->params);
	}
	buf_add_char(&line, ':');
	return line;
}

/* The property's line begun anew, or a new one's. */
static struct buf
begin(const struct writing *w, const struct card_property *p, str name)
{
	struct buf line = buf_in(w->arena, EDITS_LINE_MAX_BYTES);

	if (p)
		return line_of(w, p);
	buf_add(&line, name);
	buf_add_char(&line, ':');
	return line;
}

static enum err
put(struct writing *w, const struct card_property *p, const struct buf *line, str name)
{
	str text;

	if (buf_text(line, &text) != OK) {
		(void)refuse(w, name);
		return ERR_TOO_LARGE;
	}
	if (p)
		edits_replace(&w->edits, (size_t)(p - w->card->properties), text);
	else
		edits_add(&w->edits, text);
	return OK;
}

static void
take_away(struct writing *w, const struct card_property *p)
{
	if (p)
		edits_remove(&w->edits, (size_t)(p - w->card->properties));
}

/* --- one text, one line --- */

static enum err
write_text(struct writing *w, enum card_text text, enum card_name is, const char *name)
{
	const struct card_property *p = card_first(w->card, is, 0);
	str value = w->is->text[text];
	struct buf line;

	if (!changed(w, text))
		return OK;
	if (!value.len) {
		take_away(w, p);
		return OK;
	}
	line = begin(w, p, str_of(name));
	card_escape_add(&line, value);
	return put(w, p, &line, card_text_name(text));
}

/* A list: its commas part names. */
static enum err
write_nickname(struct writing *w)
{
	const struct card_property *p = card_first(w->card, CARD_NICKNAME, 0);
	str rest = w->is->text[CARD_T_NICKNAME];
	struct buf line;

	if (!changed(w, CARD_T_NICKNAME) || !rest.len)
		return write_text(w, CARD_T_NICKNAME, CARD_NICKNAME, "NICKNAME");
	line = begin(w, p, STR("NICKNAME"));
	while (rest.len) {
		card_escape_add(&line, str_trim(str_cut(&rest, ',')));
		if (rest.len)
			buf_add_char(&line, ',');
	}
	return put(w, p, &line, card_text_name(CARD_T_NICKNAME));
}

/* --- several texts, one line: their parts change, the others stay as they stand --- */

struct parts {
	enum card_name is;
	const char *name;
	const enum card_text *list;
	size_t count, least; /* parts the form has; that a new line has */
};

static enum err
write_parts(struct writing *w, const struct parts *parts)
{
	const struct card_property *p = card_first(w->card, parts->is, 0);
	str rest = p ? p->value : (str){ 0 };
	struct buf line = begin(w, p, str_of(parts->name));
	bool any = false, some = false;

	for (size_t i = 0; i < parts->least || rest.len; i++) {
		str old = card_component_cut(&rest, ';');
		bool ours = i < parts->count && changed(w, parts->list[i]);

		if (i)
			buf_add_char(&line, ';');
		if (ours)
			card_escape_add(&line, w->is->text[parts->list[i]]);
		else
			buf_add(&line, old);
		any |= ours;
		some |= ours ? w->is->text[parts->list[i]].len > 0 : old.len > 0;
	}
	if (!any)
		return OK;
	if (!some && parts->is != CARD_N) {
		take_away(w, p);
		return OK;
	}
	return put(w, p, &line, card_text_name(parts->list[0]));
}

/* --- names --- */

static bool
is_chinese(str text)
{
	uint32_t rune = text.len ? str_rune(&text) : 0;

	return rune >= 0x3400 && rune <= 0x9FFF;
}

/* As most write it: the Chinese family name first and no blanks. */
static str
composed(struct arena *arena, const struct card_form *form)
{
	static const enum card_text western[] = { CARD_T_PREFIX, CARD_T_GIVEN,
		CARD_T_MIDDLE, CARD_T_FAMILY, CARD_T_SUFFIX };
	static const enum card_text chinese[] = { CARD_T_PREFIX, CARD_T_FAMILY,
		CARD_T_MIDDLE, CARD_T_GIVEN, CARD_T_SUFFIX };
	bool han = is_chinese(form->text[CARD_T_FAMILY]) ||
		   is_chinese(form->text[CARD_T_GIVEN]);
	struct buf name = buf_in(arena, SIZE_MAX);

	for (size_t i = 0; i < N_PARTS; i++) {
		str part = form->text[(han ? chinese : western)[i]];

		if (part.len && name.len && !han)
			buf_add_char(&name, ' ');
		buf_add(&name, part);
	}
	return buf_str(&name);
}

/* What a contact without a name is called. */
static str
stand_in(const struct writing *w)
{
	static const enum card_text texts[] = { CARD_T_NICKNAME, CARD_T_ORG };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (w->is->text[texts[i]].len)
			return w->is->text[texts[i]];
	for (size_t i = 0; i < w->is->count; i++)
		if (w->is->rows[i].kind <= CARD_R_EMAIL && w->is->rows[i].cell[0].len)
			return w->is->rows[i].cell[0];
	return (str){ 0 };
}

static bool
parts_changed(const struct writing *w)
{
	for (int t = CARD_T_FAMILY; t <= CARD_T_SUFFIX; t++)
		if (changed(w, (enum card_text)t))
			return true;
	return false;
}

/* The name as a whole, as the form means it. */
static str
whole_name(const struct writing *w)
{
	str typed = w->is->text[CARD_T_FN];
	bool follows = !changed(w, CARD_T_FN) && parts_changed(w) &&
		       str_same(typed, composed(w->arena, w->was));

	if (typed.len && !follows)
		return typed;
	typed = composed(w->arena, w->is);
	return typed.len ? typed : stand_in(w);
}

static enum err
write_name(struct writing *w)
{
	static const enum card_text n[] = { CARD_T_FAMILY, CARD_T_GIVEN, CARD_T_MIDDLE,
		CARD_T_PREFIX, CARD_T_SUFFIX };
	static const struct parts parts = { CARD_N, "N", n, N_PARTS, N_PARTS };
	const struct card_property *p = card_first(w->card, CARD_FN, 0);
	str whole = whole_name(w);
	struct card_lines lines;
	struct buf line;

	if (!whole.len)
		return refuse(w, card_text_name(CARD_T_FN));
	if (!str_same(whole, w->was->text[CARD_T_FN])) {
		line = begin(w, p, STR("FN"));
		card_escape_add(&line, whole);
		TRY(put(w, p, &line, card_text_name(CARD_T_FN)));
	}
	if (card_first(w->card, CARD_N, 0) || parts_changed(w))
		return write_parts(w, &parts);
	if (!p) { /* a new card: 3.0 wants an N */
		TRY(card_field_lines(
		    w->arena, w->card, CARD_F_NAME, whole, &lines, w->why));
		edits_add(&w->edits, lines.list[1]);
	}
	return OK;
}

/* --- rows --- */

static bool
is_empty(const struct card_row *row)
{
	for (size_t i = 0; i < card_row_cells(row->kind); i++)
		if (row->cell[i].len)
			return false;
	return true;
}

static bool
cells_differ(const struct card_row *a, const struct card_row *b)
{
	for (size_t i = 0; i < card_row_cells(a->kind); i++)
		if (!str_same(a->cell[i], b->cell[i]))
			return true;
	return false;
}

static const struct card_row *
row_at(const struct card_form *form, enum card_row_kind kind, size_t at)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->rows[i].at == at && form->rows[i].kind == kind)
			return &form->rows[i];
	return NULL;
}

/* The types the form chooses among; others (PREF, X-...) are left alone. */
static bool
is_choice(str type)
{
	static const str words[] = { STR_CONST("CELL"), STR_CONST("IPHONE"),
		STR_CONST("MOBILE"), STR_CONST("WORK"), STR_CONST("HOME"),
		STR_CONST("FAX"), STR_CONST("VOICE"), STR_CONST("MAIN"),
		STR_CONST("OTHER") };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_same_nocase(type, words[i]))
			return true;
	return false;
}

static void
add_type_param(struct buf *line, str values)
{
	bool first = true;

	while (values.len) {
		str value = str_cut(&values, ',');

		if (is_choice(value))
			continue;
		buf_add(line, first ? STR(";TYPE=") : STR(","));
		buf_add(line, value);
		first = false;
	}
}

/* The parameters of a line whose value or type changes. */
static void
add_params(struct buf *line, str params, bool value_changed, bool type_changed)
{
	while (params.len) {
		str one = edits_param_cut(&params);
		str value = one;
		str name = str_cut(&value, '=');

		if (value_changed && edits_is_stale(one))
			continue;
		if (type_changed && str_same_nocase(name, STR("TYPE"))) {
			add_type_param(line, value);
		} else if (!(type_changed && is_choice(one))) {
			buf_add_char(line, ';');
			buf_add(line, one);
		}
	}
}

static void
add_chosen_type(struct buf *line, const struct card_row *row)
{
	static const struct {
		enum card_row_kind kind;
		str word, value;
	} values[] = {
		{ CARD_R_TEL, STR_CONST("mobile"), STR_CONST("cell") },
		{ CARD_R_TEL, STR_CONST("work"), STR_CONST("work,voice") },
		{ CARD_R_TEL, STR_CONST("home"), STR_CONST("home,voice") },
		{ CARD_R_TEL, STR_CONST("fax"), STR_CONST("fax") },
		{ CARD_R_EMAIL, STR_CONST("home"), STR_CONST("home") },
		{ CARD_R_EMAIL, STR_CONST("work"), STR_CONST("work") },
		{ CARD_R_ADR, STR_CONST("home"), STR_CONST("home") },
		{ CARD_R_ADR, STR_CONST("work"), STR_CONST("work") },
	};

	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (values[i].kind == row->kind &&
		    str_same(values[i].word, row->type)) {
			buf_add(line, STR(";TYPE="));
			buf_add(line, values[i].value);
		}
}

/* The first two components of an address, its box and extension, are not shown. */
static void
add_address(
    struct buf *line, str value, const struct card_row *was, const struct card_row *is)
{
	for (size_t i = 0; i < CARD_ROW_CELLS + 2; i++) {
		str old = card_component_cut(&value, ';');

		if (i)
			buf_add_char(line, ';');
		if (i < 2 || (was && str_same(was->cell[i - 2], is->cell[i - 2])))
			buf_add(line, old);
		else
			card_escape_add(line, is->cell[i - 2]);
	}
}

/* Checked and put into its form by the catalogue, where the catalogue has it. */
static enum err
row_value(struct writing *w, const struct card_row *row, struct card_lines *lines)
{
	const struct form_type *type = form_type_of(row->kind, row->type);
	struct why why = { 0 };
	enum err e;

	if (!type || type->field == CARD_F_COUNT)
		return refuse(w, card_row_name(row->kind));
	e = card_field_lines(w->arena, w->card, type->field, row->cell[0], lines, &why);
	if (e != OK)
		(void)refuse(w, card_row_name(row->kind));
	return e;
}

static enum err
change_line(struct writing *w, const struct card_row *was, const struct card_row *is)
{
	const struct card_property *p = &w->card->properties[is->at];
	struct buf line = buf_in(w->arena, EDITS_LINE_MAX_BYTES);
	bool value = cells_differ(was, is);
	bool type = !str_same(was->type, is->type);
	struct card_lines fresh;

	if (type && !form_type_of(is->kind, is->type))
		return refuse(w, card_row_name(is->kind));
	edits_add_group(&line, p);
	buf_add(&line, p->name);
	if (p->params.len)
		add_params(&line, p->params, value, type);
	if (type)
		add_chosen_type(&line, is);
	buf_add_char(&line, ':');
	if (!value) {
		buf_add(&line, p->value);
	} else if (is->kind == CARD_R_ADR) {
		add_address(&line, p->value, was, is);
	} else {
		TRY(row_value(w, is, &fresh));
		buf_add(&line, edits_value_of(fresh.list[0]));
	}
	TRY(put(w, p, &line, card_row_name(is->kind)));
	if (type) /* its own label would still name it as it was */
		edits_remove_labels(&w->edits, is->at);
	return OK;
}

/* --- handles --- */

/* One of the catalogue: merge.h knows all the lines a handle can stand in. */
static void
change_profile(struct writing *w, enum card_op_kind kind, const struct form_type *type,
    const struct card_row *was, str value)
{
	struct card_item *item = &w->whose[w->profiles.count];

	*item = (struct card_item){ .field = type->field };
	if (was)
		item->key =
		    card_field_key(w->arena, type->field, was->cell[0], w->region);
	w->profiles.list[w->profiles.count++] =
	    (struct card_op){ .kind = kind, .field = type->field, .value = value };
}

/* Of another service: the handle at the end of the value, and a user parameter goes. */
static enum err
change_handle(struct writing *w, const struct card_row *was, const struct card_row *is)
{
	const struct card_property *p = &w->card->properties[is->at];
	struct buf line = buf_in(w->arena, EDITS_LINE_MAX_BYTES);
	str value = card_unescape(w->arena, p->value);

	edits_add_group(&line, p);
	buf_add(&line, p->name);
	add_params(&line, p->params, true, false);
	buf_add_char(&line, ':');
	if (str_ends(value, was->cell[0]))
		card_escape_add(
		    &line, str_part(value, 0, value.len - was->cell[0].len));
	card_escape_add(&line, is->cell[0]);
	return put(w, p, &line, card_row_name(CARD_R_IM));
}

static enum err
add_handle(struct writing *w, const struct card_row *row)
{
	struct buf line = buf_in(w->arena, EDITS_LINE_MAX_BYTES);

	if (!form_type_of(CARD_R_IM, row->type))
		return refuse(w, card_row_name(CARD_R_IM));
	buf_add(&line, w->card->version == CARD_V4 ? STR("IMPP;SERVICE-TYPE=")
						   : STR("IMPP;X-SERVICE-TYPE="));
	buf_add(&line, row->type);
	buf_add_char(&line, ':');
	buf_add(&line, row->type);
	buf_add_char(&line, ':');
	card_escape_add(&line, row->cell[0]);
	return put(w, NULL, &line, card_row_name(CARD_R_IM));
}

static bool
is_catalogued(const struct form_type *type)
{
	return type && type->kind == CARD_R_IM && type->field != CARD_F_COUNT;
}

static enum err
change_im(struct writing *w, const struct card_row *was, const struct card_row *is)
{
	const struct form_type *type = form_type_of(CARD_R_IM, was->type);

	if (is && !str_same(was->type, is->type) && !form_type_of(CARD_R_IM, is->type))
		return refuse(w, card_row_name(CARD_R_IM));
	if (is && str_same(was->type, is->type)) {
		if (!is_catalogued(type))
			return change_handle(w, was, is);
		change_profile(w, CARD_CHANGE, type, was, is->cell[0]);
		return OK;
	}
	if (is_catalogued(type))
		change_profile(w, CARD_GONE, type, was, (str){ 0 });
	else
		edits_remove(&w->edits, was->at);
	return OK;
}

/* --- rows, again --- */

static enum err
add_line(struct writing *w, const struct card_row *row)
{
	const struct form_type *type = form_type_of(row->kind, row->type);
	struct buf line = buf_in(w->arena, EDITS_LINE_MAX_BYTES);
	struct card_lines lines;

	if (row->kind == CARD_R_IM && is_catalogued(type)) {
		change_profile(w, CARD_INSERT, type, NULL, row->cell[0]);
		return OK;
	}
	if (row->kind == CARD_R_IM)
		return add_handle(w, row);
	if (row->kind == CARD_R_ADR) {
		buf_add(&line, STR("ADR"));
		add_chosen_type(&line, row);
		buf_add_char(&line, ':');
		add_address(&line, (str){ 0 }, NULL, row);
		return put(w, NULL, &line, card_row_name(row->kind));
	}
	TRY(row_value(w, row, &lines));
	for (size_t i = 0; i < lines.count; i++)
		edits_add(&w->edits, lines.list[i]);
	return OK;
}

static enum err
write_former_rows(struct writing *w)
{
	for (size_t i = 0; i < w->was->count; i++) {
		const struct card_row *was = &w->was->rows[i];
		const struct card_row *is = row_at(w->is, was->kind, was->at);

		if (is && !cells_differ(was, is) && str_same(was->type, is->type))
			continue;
		if (is && is_empty(is))
			is = NULL;
		if (was->kind == CARD_R_IM)
			TRY(change_im(w, was, is));
		else if (is)
			TRY(change_line(w, was, is));
		else
			edits_remove(&w->edits, was->at);
	}
	return OK;
}

/* New ones; and a handle that moved to another service. */
static enum err
write_new_rows(struct writing *w)
{
	for (size_t i = 0; i < w->is->count; i++) {
		const struct card_row *is = &w->is->rows[i];
		const struct card_row *was = row_at(w->was, is->kind, is->at);

		if (is->at != SIZE_MAX && !was)
			return refuse(w, card_row_name(is->kind));
		if (is_empty(is))
			continue;
		if (!was || (is->kind == CARD_R_IM && !str_same(was->type, is->type)))
			TRY(add_line(w, is));
	}
	return OK;
}

/* --- the rest --- */

static enum err
write_bday(struct writing *w)
{
	const struct card_property *p = card_first(w->card, CARD_BDAY, 0);
	struct card_lines lines;
	struct buf line = buf_in(w->arena, EDITS_LINE_MAX_BYTES);

	if (!changed(w, CARD_T_BDAY))
		return OK;
	if (!w->is->text[CARD_T_BDAY].len) {
		take_away(w, p);
		return OK;
	}
	if (card_field_lines(w->arena, w->card, CARD_F_BDAY, w->is->text[CARD_T_BDAY],
		&lines, w->why) != OK)
		return refuse(w, card_text_name(CARD_T_BDAY));
	if (p)
		edits_add_group(&line, p);
	buf_add(&line, lines.list[0]);
	return put(w, p, &line, card_text_name(CARD_T_BDAY));
}

static enum err
write_photo(struct writing *w)
{
	const struct card_property *p = card_first(w->card, CARD_PHOTO, 0);
	struct card_lines lines;

	if (w->is->photo.len) {
		TRY(card_field_lines(
		    w->arena, w->card, CARD_F_PHOTO, w->is->photo, &lines, w->why));
		if (p)
			edits_replace(&w->edits, (size_t)(p - w->card->properties),
			    lines.list[0]);
		else
			edits_add(&w->edits, lines.list[0]);
	}
	for (size_t i = 0; w->is->photo_gone && i < w->card->count; i++)
		if (w->card->properties[i].is == CARD_PHOTO)
			edits_remove(&w->edits, i);
	return OK;
}

static enum err
write_lines(struct writing *w)
{
	static const enum card_text org[] = { CARD_T_ORG, CARD_T_UNIT };
	static const struct parts parts = { CARD_ORG, "ORG", org, 2, 1 };

	TRY(write_name(w));
	TRY(write_nickname(w));
	if (w->is->text[CARD_T_UNIT].len && !card_first(w->card, CARD_ORG, 0))
		TRY(write_parts(w, &(struct parts){ CARD_ORG, "ORG", org, 2, 2 }));
	else
		TRY(write_parts(w, &parts));
	TRY(write_text(w, CARD_T_TITLE, CARD_TITLE, "TITLE"));
	TRY(write_former_rows(w));
	TRY(write_new_rows(w));
	TRY(write_bday(w));
	TRY(write_text(w, CARD_T_NOTE, CARD_NOTE, "NOTE"));
	return write_photo(w);
}

/* The handles, on the card as the lines have left it: an item is found again by its field
 * and its key. */
static enum err
write_profiles(struct writing *w, str text, int64_t now_ms, str *out)
{
	struct card *card;
	struct card_items items;
	struct card_verdicts verdicts;
	bool *all = ARENA_ARRAY(w->arena, bool, w->profiles.count + 1);

	*out = text;
	if (!w->profiles.count)
		return OK;
	TRY(card_read(w->arena, text, &card, w->why));
	items = card_items(w->arena, card, w->region);
	for (size_t i = 0; i < w->profiles.count; i++) {
		all[i] = true;
		for (size_t n = 0; n < items.count; n++)
			if (items.list[n].field == w->whose[i].field &&
			    str_same(items.list[n].key, w->whose[i].key))
				w->profiles.list[i].item = n;
	}
	TRY(card_merge(
	    w->arena, card, &w->profiles, card, w->region, &verdicts, w->why));
	return card_merge_write(w->arena, card, &verdicts, all, now_ms, out);
}

enum err
card_form_write(struct arena *arena, const struct card *card, str region,
    const struct card_form *form, int64_t now_ms, str *out, struct why *why)
{
	struct card_form was;
	struct writing w = { .arena = arena,
		.card = card,
		.region = region,
		.was = &was,
		.is = form,
		.why = why };
	size_t rows = form->count + CARD_FORM_MAX_ROWS;
	str text = card->text;

	card_form_read(arena, card, region, &was);
	w.edits = edits_of(arena, card, rows * CARD_LINES_MAX + CARD_T_COUNT + 2);
	w.profiles.list = ARENA_ARRAY(arena, struct card_op, rows);
	w.whose = ARENA_ARRAY(arena, struct card_item, rows);
	TRY(write_lines(&w));
	if (w.edits.count) {
		edits_set_rev(&w.edits, now_ms);
		TRY(card_write(arena, card, w.edits.list, w.edits.count, &text));
	}
	return write_profiles(&w, text, now_ms, out);
}

/* csv_made.c - a card of named values: of a table's row, or of an entry of LDIF. */
#include "card/csv_int.h"
#include "card/field.h"
#include "card/form_int.h"
#include "card/group.h"

#define SEVERAL STR(":::") /* between values in one of Google's cells */

static void
add_note(struct csv_making *m, str name, str value)
{
	if (m->notes.len)
		buf_add_char(&m->notes, '\n');
	buf_add(&m->notes, name);
	buf_add(&m->notes, STR(": "));
	buf_add(&m->notes, value);
}

/* The row of that kind and number, or a new one. */
static struct card_row *
row_of(struct csv_making *m, const struct card_csv_column *column)
{
	struct card_row *row;

	for (size_t i = 0; i < m->form.count; i++)
		if (m->rows[i] == column->row && m->form.rows[i].kind == column->kind)
			return &m->form.rows[i];
	if (m->form.count == CARD_FORM_MAX_ROWS)
		return NULL;
	m->rows[m->form.count] = column->row;
	row = &m->form.rows[m->form.count++];
	*row = (struct card_row){
		.kind = column->kind, .at = SIZE_MAX, .type = column->type
	};
	return row;
}

/* "8/20/1990" and "20/8/1990" as "1990-08-20"; Outlook's "0/0/00" is none. */
static str
plain_date(struct arena *arena, str value)
{
	str rest = value;
	int64_t a = 0, b = 0, year = 0;

	if (str_starts(value, STR("--")) && value.len == 7)
		return str_part(value, 2, 5);
	if (!str_number(str_cut(&rest, '/'), &a) ||
	    !str_number(str_cut(&rest, '/'), &b) || !str_number(rest, &year))
		return value;
	if (!a && !b)
		return (str){ 0 };
	if (a > 12) {
		int64_t day = a;

		a = b;
		b = day;
	}
	return arena_printf(
	    arena, "%04lld-%02lld-%02lld", (long long)year, (long long)a, (long long)b);
}

static void
take_text(struct csv_making *m, const struct card_csv_column *column, str value)
{
	str *text = &m->form.text[column->text];
	struct card_lines lines;
	struct why why;

	if (column->text == CARD_T_NOTE) {
		*text = value;
		return;
	}
	if (column->text == CARD_T_BDAY) {
		str date = plain_date(m->arena, value);

		if (date.len && card_field_lines(m->arena, m->card, CARD_F_BDAY, date,
				    &lines, &why) != OK)
			add_note(m, column->name, value);
		else
			*text = date;
		return;
	}
	if (text->len && !str_same(*text, value))
		add_note(m, column->name, value);
	else
		*text = value;
}

void
csv_take(struct csv_making *m, const struct card_csv_column *column, str value)
{
	struct card_row *row = NULL;

	if (column->is == CSV_CELL || column->is == CSV_TYPE)
		row = row_of(m, column);
	switch (column->is) {
	case CSV_OTHER: add_note(m, column->name, value); break;
	case CSV_TEXT: take_text(m, column, value); break;
	case CSV_LABELS: m->labels = value; break;
	case CSV_UNUSED: break;
	case CSV_TYPE:
		if (row)
			row->type = csv_type(column->kind, value);
		break;
	case CSV_CELL:
		if (row)
			row->cell[column->cell] = value;
		else
			add_note(m, column->name, value);
	}
	m->some |= column->is != CSV_TYPE && column->is != CSV_UNUSED;
}

/* Google puts several values of one label into one cell. */
static void
split_rows(struct csv_making *m)
{
	for (size_t i = 0; i < m->form.count; i++) {
		struct card_row *row = &m->form.rows[i];
		size_t at = str_find(row->cell[0], SEVERAL);
		struct card_row *more;

		if (row->kind == CARD_R_ADR || at == SIZE_MAX)
			continue;
		if (m->form.count == CARD_FORM_MAX_ROWS)
			return;
		more = &m->form.rows[m->form.count++];
		*more = *row;
		more->cell[0] = str_trim(
		    str_part(row->cell[0], at + SEVERAL.len, row->cell[0].len));
		row->cell[0] = str_trim(str_part(row->cell[0], 0, at));
	}
}

/* What its field would refuse goes into the note. */
static void
drop_bad_rows(struct csv_making *m)
{
	for (size_t i = 0; i < m->form.count; i++) {
		struct card_row *row = &m->form.rows[i];
		const struct form_type *type;
		struct card_lines lines;
		struct why why;

		if (!row->type.len)
			row->type = csv_type(row->kind, (str){ 0 });
		type = form_type_of(row->kind, row->type);
		if (row->kind == CARD_R_ADR || !row->cell[0].len || !type ||
		    type->field == CARD_F_COUNT)
			continue;
		if (card_field_lines(m->arena, m->card, type->field, row->cell[0],
			&lines, &why) == OK)
			continue;
		add_note(m, card_row_name(row->kind), row->cell[0]);
		row->cell[0] = (str){ 0 };
	}
}

static void
join_notes(struct csv_making *m)
{
	str *note = &m->form.text[CARD_T_NOTE];

	if (!m->notes.len)
		return;
	*note = note->len ? ARENA_JOIN(m->arena, *note, STR("\n"), buf_str(&m->notes))
			  : buf_str(&m->notes);
}

/* "Friends ::: * myContacts": names that begin with a star are Google's own. */
static enum err
add_labels(struct csv_making *m, str *text)
{
	str rest = m->labels;

	while (rest.len) {
		size_t at = str_find(rest, SEVERAL);
		str name;
		struct card *card;
		struct why why;

		if (at == SIZE_MAX)
			at = str_find(rest, STR(";"));
		name = str_trim(str_part(rest, 0, at == SIZE_MAX ? rest.len : at));
		rest = at == SIZE_MAX
			   ? (str){ 0 }
			   : str_part(rest, at + (rest.at[at] == ';' ? 1 : SEVERAL.len),
				 rest.len);
		if (!name.len || name.at[0] == '*')
			continue;
		TRY(card_read(m->arena, *text, &card, &why));
		TRY(card_category_set(m->arena, card, name, true, text));
	}
	return OK;
}

enum err
csv_begin(
    struct arena *arena, str region, str uid, struct csv_making *out, struct why *why)
{
	*out = (struct csv_making){ .arena = arena, .region = region };
	out->form.rows = ARENA_ARRAY(arena, struct card_row, CARD_FORM_MAX_ROWS);
	out->rows = ARENA_ARRAY(arena, size_t, CARD_FORM_MAX_ROWS);
	out->notes = buf_in(arena, CSV_CELL_MAX_BYTES);
	return card_read(arena, card_form_blank(arena, uid), &out->card, why);
}

enum err
csv_make(struct csv_making *m, str *out, struct why *why)
{
	split_rows(m);
	drop_bad_rows(m);
	join_notes(m);
	TRY(card_form_write(m->arena, m->card, m->region, &m->form, 0, out, why));
	return add_labels(m, out);
}

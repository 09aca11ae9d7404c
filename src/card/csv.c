/* csv.c - rows of a table as cards. */
#include "card/csv_int.h"
#include "card/field.h"
#include "card/form_int.h"
#include "card/group.h"

#define CELL_MAX_BYTES ((size_t)1 << 20)
#define SEVERAL        STR(":::") /* between values in one of Google's cells */

/* --- cells --- */

static str
quoted_cell(struct arena *arena, struct card_csv *csv)
{
	struct buf cell = buf_in(arena, CELL_MAX_BYTES);
	str *rest = &csv->rest;

	*rest = str_part(*rest, 1, rest->len);
	while (rest->len) {
		char c = rest->at[0];

		*rest = str_part(*rest, 1, rest->len);
		csv->line += c == '\n';
		if (c != '"') {
			buf_add_char(&cell, c);
			continue;
		}
		if (!rest->len || rest->at[0] != '"')
			break;
		buf_add_char(&cell, '"');
		*rest = str_part(*rest, 1, rest->len);
	}
	return buf_str(&cell);
}

static str
bare_cell(struct card_csv *csv)
{
	size_t end = 0;
	str cell;

	while (end < csv->rest.len && csv->rest.at[end] != csv->mark &&
	       csv->rest.at[end] != '\n' && csv->rest.at[end] != '\r')
		end++;
	cell = str_part(csv->rest, 0, end);
	csv->rest = str_part(csv->rest, end, csv->rest.len);
	return cell;
}

/* An apostrophe that keeps a spreadsheet from computing. */
static str
without_guard(str cell)
{
	if (cell.len > 1 && cell.at[0] == '\'' && str_has(STR("=+-@\t\r"), cell.at[1]))
		return str_part(cell, 1, cell.len);
	return cell;
}

/* One cell and what ends it; *last: the row's last one. */
static str
next_cell(struct arena *arena, struct card_csv *csv, bool *last)
{
	str cell = csv->rest.len && csv->rest.at[0] == '"' ? quoted_cell(arena, csv)
							   : bare_cell(csv);

	*last = true;
	if (csv->rest.len && csv->rest.at[0] == csv->mark) {
		csv->rest = str_part(csv->rest, 1, csv->rest.len);
		*last = false;
		return without_guard(cell);
	}
	if (str_starts(csv->rest, STR("\r")))
		csv->rest = str_part(csv->rest, 1, csv->rest.len);
	if (str_starts(csv->rest, STR("\n"))) {
		csv->rest = str_part(csv->rest, 1, csv->rest.len);
		csv->line++;
	}
	return without_guard(cell);
}

/* The one that stands most often in the first row. */
static char
mark_of(str text)
{
	static const char marks[] = { ',', ';', '\t' };
	size_t counts[3] = { 0 };
	size_t best = 0;

	for (size_t i = 0; i < text.len && text.at[i] != '\n'; i++)
		for (size_t m = 0; m < 3; m++)
			counts[m] += text.at[i] == marks[m];
	for (size_t m = 1; m < 3; m++)
		if (counts[m] > counts[best])
			best = m;
	return marks[best];
}

enum err
card_csv_open(
    struct arena *arena, str bytes, str region, struct card_csv *out, struct why *why)
{
	bool last = false, some = false;

	*out = (struct card_csv){ .line = 1, .region = region };
	TRY(card_file_text(arena, bytes, &out->rest));
	if (!str_is_utf8(out->rest)) {
		*why =
		    (struct why){ .what = "a table that is not in UTF-8", .line = 1 };
		return ERR_BAD_INPUT;
	}
	out->mark = mark_of(out->rest);
	out->columns = ARENA_ARRAY(arena, struct card_csv_column, CARD_CSV_MAX_COLUMNS);
	while (!last && out->rest.len) {
		struct card_csv_column column =
		    csv_column(next_cell(arena, out, &last));

		if (out->count == CARD_CSV_MAX_COLUMNS)
			return ERR_TOO_LARGE;
		out->columns[out->count++] = column;
		some |= column.is >= CSV_TEXT;
	}
	if (some)
		return OK;
	*why =
	    (struct why){ .what = "a table without columns of a contact", .line = 1 };
	return ERR_BAD_INPUT;
}

/* --- a row --- */

struct making {
	struct arena *arena;
	const struct card_csv *csv;
	struct card *card;
	struct card_form form;
	size_t *rows;     /* which of the form's rows a column's number is */
	struct buf notes; /* what fits nowhere else */
	str labels;
	bool some;
};

static void
add_note(struct making *m, str name, str value)
{
	if (m->notes.len)
		buf_add_char(&m->notes, '\n');
	buf_add(&m->notes, name);
	buf_add(&m->notes, STR(": "));
	buf_add(&m->notes, value);
}

/* The row of that kind and number, or a new one. */
static struct card_row *
row_of(struct making *m, const struct card_csv_column *column)
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
take_text(struct making *m, const struct card_csv_column *column, str value)
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

static void
take_cell(struct making *m, const struct card_csv_column *column, str value)
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
split_rows(struct making *m)
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
drop_bad_rows(struct making *m)
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
join_notes(struct making *m)
{
	str *note = &m->form.text[CARD_T_NOTE];

	if (!m->notes.len)
		return;
	*note = note->len ? ARENA_JOIN(m->arena, *note, STR("\n"), buf_str(&m->notes))
			  : buf_str(&m->notes);
}

/* "Friends ::: * myContacts": names that begin with a star are Google's own. */
static enum err
add_labels(struct making *m, str *text)
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

static void
take_row(struct making *m, struct card_csv *csv)
{
	bool last = false;

	for (size_t i = 0; !last; i++) {
		str cell = str_trim(next_cell(m->arena, csv, &last));

		if (cell.len && i < csv->count)
			take_cell(m, &csv->columns[i], cell);
	}
}

static enum err
make(struct making *m, str *out, struct why *why)
{
	split_rows(m);
	drop_bad_rows(m);
	join_notes(m);
	TRY(card_form_write(m->arena, m->card, m->csv->region, &m->form, 0, out, why));
	return add_labels(m, out);
}

enum err
card_csv_next(
    struct arena *arena, struct card_csv *csv, str uid, str *out, struct why *why)
{
	struct making m = { .arena = arena, .csv = csv };
	unsigned line = csv->line;
	enum err e;

	TRY(card_read(arena, card_form_blank(arena, uid), &m.card, why));
	m.form.rows = ARENA_ARRAY(arena, struct card_row, CARD_FORM_MAX_ROWS);
	m.rows = ARENA_ARRAY(arena, size_t, CARD_FORM_MAX_ROWS);
	m.notes = buf_in(arena, CELL_MAX_BYTES);
	while (csv->rest.len && !m.some) {
		line = csv->line;
		take_row(&m, csv);
	}
	if (!m.some)
		return ERR_NOT_FOUND;
	e = make(&m, out, why);
	if (e != OK)
		why->line = line;
	return e;
}

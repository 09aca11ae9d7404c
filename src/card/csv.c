/* csv.c - rows of a table as cards. */
#include "card/csv_int.h"

/* --- cells --- */

static str
quoted_cell(struct arena *arena, struct card_csv *csv)
{
	struct buf cell = buf_in(arena, CSV_CELL_MAX_BYTES);
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

static void
take_row(struct csv_making *m, struct card_csv *csv)
{
	bool last = false;

	for (size_t i = 0; !last; i++) {
		str cell = str_trim(next_cell(m->arena, csv, &last));

		if (cell.len && i < csv->count)
			csv_take(m, &csv->columns[i], cell);
	}
}

enum err
card_csv_next(
    struct arena *arena, struct card_csv *csv, str uid, str *out, struct why *why)
{
	struct csv_making m;
	unsigned line = csv->line;
	enum err e;

	TRY(csv_begin(arena, csv->region, uid, &m, why));
	while (csv->rest.len && !m.some) {
		line = csv->line;
		take_row(&m, csv);
	}
	if (!m.some)
		return ERR_NOT_FOUND;
	e = csv_make(&m, out, why);
	if (e != OK)
		why->line = line;
	return e;
}

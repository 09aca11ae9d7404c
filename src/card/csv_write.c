/* csv_write.c - cards as rows of a table, under Google's names of columns. */
#include "card/csv_int.h"
#include "card/group.h"

static const struct {
	const char *head;
	enum card_text text;
} texts[] = {
	{ "Name", CARD_T_FN },
	{ "First Name", CARD_T_GIVEN },
	{ "Middle Name", CARD_T_MIDDLE },
	{ "Last Name", CARD_T_FAMILY },
	{ "Name Prefix", CARD_T_PREFIX },
	{ "Name Suffix", CARD_T_SUFFIX },
	{ "Nickname", CARD_T_NICKNAME },
	{ "Organization Name", CARD_T_ORG },
	{ "Organization Department", CARD_T_UNIT },
	{ "Organization Title", CARD_T_TITLE },
	{ "Birthday", CARD_T_BDAY },
	{ "Notes", CARD_T_NOTE },
};

static const struct {
	const char *head, *type; /* "Phone", "Label" */
	enum card_row_kind kind;
	size_t columns; /* rows with columns of their own; more share the last */
} rows[] = {
	{ "E-mail", "Label", CARD_R_EMAIL, 4 },
	{ "Phone", "Label", CARD_R_TEL, 6 },
	{ "IM", "Service", CARD_R_IM, 4 },
	{ "Website", NULL, CARD_R_URL, 2 },
	{ "Address", "Label", CARD_R_ADR, 3 },
};

static const char *const cells[] = { "Street", "City", "Region", "Postal Code",
	"Country" };

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

/* A cell that begins so would be computed, not shown (CSV injection). */
static bool
is_formula(str text)
{
	return text.len && str_has(STR("=+-@\t\r"), text.at[0]);
}

static void
add_cell(struct buf *out, str text)
{
	if (out->len && out->at[out->len - 1] == '"') /* a cell stands before */
		buf_add_char(out, ',');
	buf_add_char(out, '"');
	if (is_formula(text))
		buf_add_char(out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"')
			buf_add_char(out, '"');
		buf_add_char(out, text.at[i]);
	}
	buf_add_char(out, '"');
}

static void
add_name(struct buf *out, const char *head, size_t number, const char *what)
{
	add_cell(out, arena_printf(out->arena, "%s %zu - %s", head, number, what));
}

void
card_csv_add_head(struct buf *out)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		add_cell(out, str_of(texts[i].head));
	add_cell(out, STR("Labels"));
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (size_t n = 1; n <= rows[i].columns; n++) {
			if (rows[i].type)
				add_name(out, rows[i].head, n, rows[i].type);
			if (rows[i].kind != CARD_R_ADR) {
				add_name(out, rows[i].head, n, "Value");
				continue;
			}
			for (size_t c = 0; c < COUNT_OF(cells); c++)
				add_name(out, rows[i].head, n, cells[c]);
		}
	buf_add(out, STR("\r\n"));
}

static str
labels_of(struct arena *arena, const struct card *card)
{
	struct card_names names = card_categories(arena, card);
	struct buf text = buf_in(arena, SIZE_MAX);

	for (size_t i = 0; i < names.count; i++) {
		buf_add(&text, i ? STR(" ::: ") : STR(""));
		buf_add(&text, names.list[i]);
	}
	return buf_str(&text);
}

static const struct card_row *
nth_row(const struct card_form *form, enum card_row_kind kind, size_t n)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->rows[i].kind == kind && n-- == 0)
			return &form->rows[i];
	return NULL;
}

/* From the n-th row on, those without columns of their own. */
static str
rest_of(struct arena *arena, const struct card_form *form, enum card_row_kind kind,
    size_t n)
{
	struct buf text = buf_in(arena, SIZE_MAX);
	const struct card_row *row;

	for (size_t i = n; (row = nth_row(form, kind, i)); i++) {
		buf_add(&text, i > n ? STR(" ::: ") : STR(""));
		buf_add(&text, row->cell[0]);
	}
	return buf_str(&text);
}

static void
add_row(struct buf *out, struct arena *arena, const struct card_form *form, size_t at,
    size_t n)
{
	const struct card_row *row = nth_row(form, rows[at].kind, n);
	bool last = n + 1 == rows[at].columns;

	if (rows[at].type)
		add_cell(out, !row             ? (str){ 0 }
			      : row->label.len ? row->label
					       : row->type);
	if (rows[at].kind == CARD_R_ADR)
		for (size_t c = 0; c < COUNT_OF(cells); c++)
			add_cell(out, row ? row->cell[c] : (str){ 0 });
	else if (last)
		add_cell(out, rest_of(arena, form, rows[at].kind, n));
	else
		add_cell(out, row ? row->cell[0] : (str){ 0 });
}

void
card_csv_add(struct buf *out, struct arena *arena, const struct card *card, str region)
{
	struct card_form form;

	card_form_read(arena, card, region, &form);
	for (size_t i = 0; i < COUNT_OF(texts); i++)
		add_cell(out, form.text[texts[i].text]);
	add_cell(out, labels_of(arena, card));
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (size_t n = 0; n < rows[i].columns; n++)
			add_row(out, arena, &form, i, n);
	buf_add(out, STR("\r\n"));
}

/* csv_int.h - what a column is about, and a card made of such values. */
#ifndef KITH_CARD_CSV_INT_H
#define KITH_CARD_CSV_INT_H

#include "card/csv.h"
#include "card/form.h"

enum csv_is {
	CSV_OTHER,  /* kept in the note, under its name */
	CSV_UNUSED, /* says nothing about the contact */
	CSV_TEXT,
	CSV_CELL, /* of a row */
	CSV_TYPE, /* of a row: "Home", "* Work" */
	CSV_LABELS
};

struct card_csv_column {
	enum csv_is is;
	str name; /* as written */
	enum card_text text;
	enum card_row_kind kind;
	str type;    /* of the rows the column makes, where it says so itself */
	size_t cell; /* of an address */
	size_t row;  /* columns of one number are one row: "Phone 2 - Value" */
};

/* By its name; rows of unnumbered columns are told apart by `row`. */
struct card_csv_column csv_column(str name);

/* "mobile" of "* Mobile", "Cell"; "home" ... the kind's first type where it says nothing. */
str csv_type(enum card_row_kind kind, str label);

#define CSV_CELL_MAX_BYTES ((size_t)1 << 20)

/* --- a card of them (csv_made.c) --- */

struct csv_making {
	struct arena *arena;
	str region;
	struct card *card; /* so far empty */
	struct card_form form;
	size_t *rows;     /* which of the form's rows a column's number is */
	struct buf notes; /* what fits nowhere else */
	str labels;
	bool some;
};

enum err csv_begin(
    struct arena *arena, str region, str uid, struct csv_making *out, struct why *why);

/* One value; the column may be kept by it. */
void csv_take(struct csv_making *m, const struct card_csv_column *column, str value);

/* A vCard 3.0 of all that was taken.  ERR_BAD_INPUT: no contact can be made of it. */
enum err csv_make(struct csv_making *m, str *out, struct why *why);

#endif

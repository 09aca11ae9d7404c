/* csv_int.h - what a column is about. */
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

#endif

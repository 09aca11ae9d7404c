/*
 * csv.h - an address book as a table: what Google and Outlook write, and what spreadsheets
 * read.  RFC 4180; also with ';' or a tab between cells.  Pure.
 */
#ifndef KITH_CARD_CSV_H
#define KITH_CARD_CSV_H

#include "card/card.h"

#define CARD_CSV_MAX_COLUMNS 300

struct card_csv {
	str rest;
	char mark;     /* between cells */
	unsigned line; /* of `rest`, from 1 */
	str region;
	struct card_csv_column *columns;
	size_t count;
};

/*
 * Reads the first row, the columns' names; UTF-8 or, by its byte-order mark, UTF-16.
 * ERR_BAD_INPUT: no column of it is one of a contact's.  ERR_TOO_LARGE.
 */
enum err card_csv_open(
    struct arena *arena, str bytes, str region, struct card_csv *out, struct why *why);

/*
 * A vCard 3.0 of the next row that has something in it.  What fits no field (a column of
 * another name, a number that is none) goes into its note, so that nothing is lost.
 *
 * ERR_NOT_FOUND  the end       ERR_BAD_INPUT  no contact can be made of it; why->line
 */
enum err card_csv_next(
    struct arena *arena, struct card_csv *csv, str uid, str *out, struct why *why);

/* The head of a table, and a card's row in it.  A cell that a spreadsheet would compute
 * (beginning with = + - @, a tab or CR) begins with an apostrophe, which card_csv_next()
 * takes off again. */
void card_csv_add_head(struct buf *out);
void card_csv_add(
    struct buf *out, struct arena *arena, const struct card *card, str region);

#endif

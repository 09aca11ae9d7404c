/*
 * form.h - a card as the form of an address book shows it, and what it takes back.
 *
 * Only what differs from what the form showed is written: a line that was not touched keeps
 * its bytes, a line that was keeps its group, its order and the parameters that do not speak
 * of what changed; what the form does not show is not there for it.  Pure.
 */
#ifndef KITH_CARD_FORM_H
#define KITH_CARD_FORM_H

#include "card/card.h"

enum card_text {
	CARD_T_FN, /* the name as a whole; empty: made of the others */
	CARD_T_FAMILY,
	CARD_T_GIVEN,
	CARD_T_MIDDLE,
	CARD_T_PREFIX,
	CARD_T_SUFFIX,
	CARD_T_NICKNAME,
	CARD_T_ORG,
	CARD_T_UNIT,
	CARD_T_TITLE,
	CARD_T_BDAY,
	CARD_T_NOTE,
	CARD_T_COUNT
};

enum card_row_kind {
	CARD_R_TEL,
	CARD_R_EMAIL,
	CARD_R_IM,
	CARD_R_URL,
	CARD_R_ADR,
	CARD_R_COUNT
};

#define CARD_ROW_CELLS     5  /* street, city, region, code, country; others have one */
#define CARD_FORM_MAX_ROWS 60 /* shown; further ones stay as they are */

struct card_row {
	enum card_row_kind kind;
	size_t at; /* the property's index in the card; SIZE_MAX: a new one */
	str type;  /* a card_row_type(); of IM also another service's name */
	str label; /* what the card itself calls it (X-ABLabel), shown instead of the type */
	str cell[CARD_ROW_CELLS];
};

struct card_form {
	str text[CARD_T_COUNT];
	struct card_row *rows;
	size_t count;
	str photo;       /* a new one: a JPEG's bytes; never read from the card */
	bool photo_gone; /* the one there is goes */
};

/* "fn", "family" ... : names in forms. */
str card_text_name(enum card_text text);

/* "tel", "email", "im", "url", "adr". */
str card_row_name(enum card_row_kind kind);

/* The n-th type that can be chosen, "mobile", "work" ...; empty behind the last one. */
str card_row_type(enum card_row_kind kind, size_t n);

/* How many cells a row of the kind has. */
size_t card_row_cells(enum card_row_kind kind);

void card_form_read(
    struct arena *arena, const struct card *card, str region, struct card_form *out);

/*
 * Writes what `form` says and the card does not.  A row that is not in the form any more,
 * or is empty, goes.  REV, where there is one, is set to now_ms.  Nothing changed: the same
 * bytes.
 *
 * ERR_BAD_INPUT  a value its field refuses, a row that is none of the card's, no name at
 *                all; why->name is the field ("tel", "bday", "fn" ...)
 * ERR_TOO_LARGE  a value, or the card
 */
enum err card_form_write(struct arena *arena, const struct card *card, str region,
    const struct card_form *form, int64_t now_ms, str *out, struct why *why);

/* An empty vCard 3.0 of that UID, to be filled by card_form_write(). */
str card_form_blank(struct arena *arena, str uid);

#endif

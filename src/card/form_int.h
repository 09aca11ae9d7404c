/* form_int.h - the types of a form's rows. */
#ifndef KITH_CARD_FORM_INT_H
#define KITH_CARD_FORM_INT_H

#include "card/field.h"
#include "card/form.h"

struct form_type {
	enum card_row_kind kind;
	str word;
	enum card_field field; /* CARD_F_COUNT: none of the catalogue's */
};

/* NULL for a word that is none of the kind's types. */
const struct form_type *form_type_of(enum card_row_kind kind, str word);

#endif

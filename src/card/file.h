/*
 * file.h - the forms in which a whole book is a file.  Pure.
 */
#ifndef KITH_CARD_FILE_H
#define KITH_CARD_FILE_H

#include "card/card.h"

struct card_file_form {
	str name; /* "vcard4" */
	str file; /* "contacts-4.vcf" */
	str media_type;
	bool groups;                   /* it has a place for cards of groups */
	str begins, between, ends;     /* around the cards */
	void (*head)(struct buf *out); /* behind `begins`; or NULL */
	enum err (*add)(struct arena *arena, const struct card *card, str region,
	    struct buf *out); /* ERR_TOO_LARGE */
};

/* vcard3, vcard4, jcard, jscontact, csv; NULL for another. */
const struct card_file_form *card_file_form_of(str name);

#endif

/*
 * form.h - a form inside a message, and what comes back.
 *
 * The wanted fields are numbered from 1 in the order they are asked.  A person answers by
 * thumb, so the reader is lenient: full-width digits, any mark behind a number or none,
 * names of fields instead of numbers, lines or one line, fields left out, one value without
 * a number where only one was asked.  A number inside a value ("8 号楼") is no new field
 * where what follows would be no value of it.  Pure; nothing here reads a book.
 */
#ifndef KITH_ASK_FORM_H
#define KITH_ASK_FORM_H

#include "card/ops.h"

#define ASK_CODE_DIGITS 4
#define ASK_FORM_MAX_BYTES \
	((size_t)16 * 1024) /* of a reply; what is behind is not read */

struct ask_form {
	const enum card_field *fields; /* number 1 first */
	size_t count;
	str lang;
};

#define ASK_SMS_MAX_FIELDS 6 /* of a form in an SMS: more is work for a page */

/* The form an ask by that way carries: no picture, which is no line of text. */
struct ask_form ask_form_of(struct arena *arena, const enum card_field *wanted,
    size_t count, bool short_message, str lang);

/* "1办公电话 2公司": for an SMS.  "1. 办公电话：\n2. 公司：\n": for a mail. */
str ask_form_short(struct arena *arena, const struct ask_form *form);
str ask_form_lines(struct arena *arena, const struct ask_form *form);

/* The form as a vCard 3.0 without a value. */
str ask_form_card(struct arena *arena, const struct ask_form *form);

enum ask_form_says {
	ASK_FORM_VALUES, /* ops and note; both may be empty */
	ASK_FORM_NOT_ME, /* "打错了", "wrong number" */
	ASK_FORM_DECLINES
};

struct ask_form_read {
	enum ask_form_says says;
	struct card_ops ops; /* CARD_INSERT only, one of each field at most */
	str note; /* what was no value of a field, as typed: for the owner to read */
};

void ask_form_read(struct arena *arena, const struct ask_form *form, str text,
    struct ask_form_read *out);

/* Whether the code stands at either end of the text, which loses it then. */
bool ask_form_take_code(str *text, str code);

/* Four digits at the start, or empty: a code of which nobody knows. */
str ask_form_first_code(str text);

#endif

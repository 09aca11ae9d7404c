/* views_int.h - what each page shows, as values: pages/NAME.html takes a NAME_view. */
#ifndef KITH_WEB_VIEWS_INT_H
#define KITH_WEB_VIEWS_INT_H

#include "web/web.h"

#define LIST_OF(type)         \
	struct {              \
		type *list;   \
		size_t count; \
	}

struct head_view {
	str title;
};

struct asker_view {
	str name, phone, email;
};

#include "web/views_target_int.h"

struct error_view {
	struct head_view head;
	str words;
};

struct target_ask_view {
	struct head_view head;
	struct asker_view asker;
	struct target_foot_view foot;
	struct target_lang_view lang;
	str action, say;
	LIST_OF(str) wanted;
};

/* How a field is typed in: attributes that make a phone's keyboard and autofill fit. */
struct input_row {
	enum card_field field;
	str type, inputmode, autocomplete, example;
	bool lines; /* several: a textarea */
};

struct input_view {
	const struct input_row *row;
	str name, label, value, wrong;
};

struct offer_view {
	struct input_view input;
	str radio, shown;
	bool said;
	enum card_op_kind says;
};

struct target_form_view {
	struct head_view head;
	struct asker_view asker;
	struct target_foot_view foot;
	struct target_lang_view lang;
	str action, note, photo_wrong, card_wrong;
	bool filled_in; /* from kept answers */
	bool photo_asked, photo_kept, photo_left_out;
	LIST_OF(struct wrong_line) wrongs;
	LIST_OF(struct extra_view) extras;
	LIST_OF(struct offer_view) offers;
	LIST_OF(struct input_view) inputs;
};

struct confirm_line {
	str label, shown, says;
	str picture; /* a data: URL */
	bool stays;  /* what is shown is still right */
};

struct target_confirm_view {
	struct head_view head;
	struct asker_view asker;
	struct target_foot_view foot;
	struct target_lang_view lang;
	str action, note, keep_as; /* the token that answers are kept under */
	LIST_OF(struct confirm_line) lines;
};

struct target_done_view {
	struct head_view head;
	struct target_foot_view foot;
	struct target_lang_view lang;
	str words, more, kept;
};

struct recall_view {
	struct head_view head;
	str words, action; /* action empty: there is nothing to press */
};

struct login_view {
	struct head_view head;
	str login, wrong, host, flow;
	bool nobody; /* there is no account yet */
};

struct ask_row {
	str href, name, state, date;
};

#include "web/views_asking_int.h"

struct asks_view {
	struct head_view head;
	str next;
	LIST_OF(struct ask_row) rows;
};

#include "web/views_app_int.h"

struct tray_letter {
	str channel, to, date, subject;
	str before, link, after; /* the text, cut around its link */
};

struct tray_view {
	struct head_view head;
	LIST_OF(struct tray_letter) letters;
};

#include "web/views_admin_int.h"
#include "web/views_owner_int.h"
#include "web/views_people_int.h"
#include "web/views_security_int.h"

#endif

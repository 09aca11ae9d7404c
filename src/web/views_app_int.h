/* views_app_int.h - what the owner's own pages show; the rest is in views_int.h. */
#ifndef KITH_WEB_VIEWS_APP_INT_H
#define KITH_WEB_VIEWS_APP_INT_H

#include "web/views_parts_int.h"

/* --- the list --- */

struct book_row {
	str href, name, photo;
	str letter; /* before the first of each letter; else empty */
	str book;   /* its title, where there are several */
	str card;   /* what it is named by, to be ticked */
	str order;  /* its place in a list that is sorted here */
	bool group;
};

struct link_view {
	str href, text, note;
	str colour; /* of a book; empty: none */
	bool chosen;
};

struct rows_view {
	LIST_OF(struct book_row) rows;
	str words, next, first;
	str form; /* of the boxes beside the rows; empty: none */
	str find; /* what they were found by */
};

struct book_view {
	struct head_view head;
	str typed, book, fresh, files;
	bool writable;
	str groups, print;
	LIST_OF(struct link_view) books;
	LIST_OF(struct link_view) letters;
	struct many_view many;
	struct rows_view found;
};

/* --- one contact --- */

struct contact_item {
	str label, text, href;
	str said; /* who said so, and when; empty: nobody */
	bool dead;
};

struct contact_view {
	struct head_view head;
	str name, photo, line, ask, vcf, changed, history, edit, remove, back;
	str heard,
	    waits; /* when he last confirmed anything; an ask whose answer waits */
	bool writable;
	LIST_OF(struct contact_item) items;
	LIST_OF(struct contact_item) above; /* who said what stands in the head */
	LIST_OF(struct link_view) groups;
	struct rows_view members; /* of a group */
	str id, square, print;
	bool united; /* it was made of several, and can be taken apart */
	LIST_OF(struct alike_view) twins;
	LIST_OF(struct ask_row) asks;
};

/* --- the form of a contact --- */

struct edit_cell_view {
	str name, label, value;
};

struct edit_row_view {
	str at_name, at, type_name, input, mode;
	LIST_OF(struct link_view) types; /* note: the word; text: its label */
	LIST_OF(struct edit_cell_view) cells;
};

struct edit_kind_view {
	str label, add, next, limit;
	LIST_OF(struct edit_row_view) rows;
};

struct edit_view {
	struct head_view head;
	str action, etag, wrong, cancel, note;
	bool has_photo;
	LIST_OF(struct edit_cell_view) names;
	LIST_OF(struct edit_kind_view) kinds;
};

/* --- what changed --- */

struct change_view {
	str label, before, after;
};

struct diff_view {
	LIST_OF(struct change_view) list;
	bool own; /* what only programs read changed as well */
};

struct clash_view {
	struct head_view head;
	str action, over, card;
	struct diff_view theirs, mine;
	LIST_OF(struct edit_cell_view) fields;
};

/* A question before something goes, or comes back. */
struct sure_view {
	struct head_view head;
	str action, question, more, button, cancel;
	LIST_OF(struct edit_cell_view) fields; /* hidden */
};

struct version_view {
	str when, door, device, state, rev;
	bool can_undo;
	struct diff_view diff;
};

struct history_view {
	struct head_view head;
	str name, action, card, next, words;
	LIST_OF(struct version_view) versions;
};

/* --- what is gone --- */

struct trash_row {
	str name, when, book;
	str action, number; /* of a card: its history's form and the version */
	str history;
	str id; /* of a book */
	str cards;
};

struct trash_view {
	struct head_view head;
	str latest; /* the moment it is, as an input has it */
	LIST_OF(struct trash_row) cards;
	LIST_OF(struct trash_row) books;
	LIST_OF(struct link_view) all; /* books: note is the name */
	str wrong;
};

/* A book as it was: who becomes how. */
struct moment_row {
	str name;
	struct diff_view diff; /* from what stands to what stood */
	bool shown;
};

struct moment_kind {
	str title, more;
	LIST_OF(struct moment_row) rows;
};

struct moment_view {
	struct head_view head;
	str question, title, book, at;
	LIST_OF(struct moment_kind) kinds;
};

/* --- files --- */

struct files_view {
	struct head_view head;
	str action, title, back, wrong, number;
	bool writable, has_twins, done;
	LIST_OF(str) counts;
	LIST_OF(str) troubles;
	LIST_OF(struct link_view) exports;
};

/* --- devices --- */

struct device_row {
	str id, label, made, seen;
};

struct setup_view {
	struct head_view head;
	str url, host, login, wrong;
	str made, password; /* an app password just made: for whom, and itself */
	str qr_path, qr_box;
	LIST_OF(struct device_row) devices;
};

/* --- the account --- */

struct session_row {
	str id, about, since;
	bool is_this;
};

struct choice_view {
	str value, label;
	bool chosen;
};

struct account_view {
	struct head_view head;
	str name, login, wrong, done;
	LIST_OF(struct contact_item) identifiers;
	LIST_OF(struct session_row) sessions;
	LIST_OF(struct choice_view) langs;
	LIST_OF(struct choice_view) policies;
	bool admin;
};

#endif

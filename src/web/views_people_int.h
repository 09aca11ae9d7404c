/* views_people_int.h - what the pages of duplicates, groups, books and print show. */
#ifndef KITH_WEB_VIEWS_PEOPLE_INT_H
#define KITH_WEB_VIEWS_PEOPLE_INT_H

/* --- duplicates --- */

struct cluster_view {
	str unite;
	LIST_OF(struct alike_view) cards;
	LIST_OF(str) reasons;
};

struct twins_view {
	struct head_view head;
	str words, done;
	LIST_OF(struct cluster_view) clusters;
};

/* --- cards made one --- */

struct unite_card_view {
	str id, etag, number, name, about;
	bool kept;
	LIST_OF(struct contact_item) items;
};

struct unite_option_view {
	str number, text, whose, photo;
	bool chosen;
};

struct unite_field_view {
	str name, label;
	LIST_OF(struct unite_option_view) options;
};

struct unite_view {
	struct head_view head;
	LIST_OF(struct unite_card_view) cards;
	LIST_OF(struct unite_field_view) fields;
};

/* --- many at once --- */

struct bulk_view {
	struct head_view head;
	str action, group, find, count, back, title, wrong;
	bool books; /* which book; else which group */
	bool writable;
	LIST_OF(str) cards;
	LIST_OF(struct link_view) choices; /* note: the value */
};

/* What was ticked lies in several books. */
struct ticked_row {
	str action, title, count;
	LIST_OF(str) cards;
};

struct ticked_view {
	struct head_view head;
	str what, find, back;
	LIST_OF(struct ticked_row) books;
};

struct bulk_done_view {
	struct head_view head;
	str words, more, action, at, back, number;
};

/* --- groups --- */

struct group_row {
	str href, name, people;
};

struct groups_view {
	struct head_view head;
	str book, title, wrong, typed, back, words;
	bool writable;
	LIST_OF(struct group_row) groups;
	LIST_OF(struct link_view) books;
};

struct group_view {
	struct head_view head;
	str action, book, name, typed, wrong, back, print, ask, words;
	bool writable;
	struct many_view many;
	struct rows_view found;
};

/* --- books --- */

struct books_row {
	str href, open, title, note, cards, colour;
	bool first; /* the default one */
};

struct books_view {
	struct head_view head;
	str wrong, typed, about;
	LIST_OF(struct books_row) own;
	LIST_OF(struct books_row) lent; /* by others */
};

struct share_row {
	str id, name, access;
};

struct book_one_view {
	struct head_view head;
	str action, open, title, about, wrong, done, login, owner, access;
	str colour;
	struct colours_view colours;
	bool own, first, plain, may_write;
	LIST_OF(struct share_row) shares;
};

/* --- on paper, and to a camera --- */

struct print_card {
	str name, line;
	LIST_OF(struct contact_item) items;
};

struct print_view {
	struct head_view head;
	str back, words, more;
	LIST_OF(struct print_card) cards;
};

struct square_view {
	struct head_view head;
	str name, back, words, wrong, qr_path, qr_box;
};

#endif

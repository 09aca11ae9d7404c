/* views_owner_int.h - what the pages of answers show: to the owner who asked, and to a target
 * who has an account. */
#ifndef KITH_WEB_VIEWS_OWNER_INT_H
#define KITH_WEB_VIEWS_OWNER_INT_H

/* --- an answer, before its owner --- */

struct answer_item {
	str id, number, place; /* of the element, in its answer, in the list */
	str label, decision, before, after, hint;
	str door, proof, until;       /* what the proof was */
	str said;                     /* by the target, where the owner worded it */
	str photo, former_photo;      /* addresses of pictures */
	str typed, wrong;             /* an edit, and what is wrong with it */
	const struct input_row *edit; /* how it is typed in; NULL: it is not */
	bool waits, removes, worded, can_undo, first;
	bool forgotten; /* the target's words are not kept any more */
};

struct answer_view {
	str action, from; /* from: the page to come back to; empty: the ask's own */
	str name, note;
	size_t waiting;
	LIST_OF(struct answer_item) items;
};

/* A word about what was just done. */
struct told_view {
	str words, link, more; /* more: what the link says */
	bool bad;
};

struct asked_one_view {
	struct head_view head;
	struct told_view told;
	struct answer_view answer;
	str action, card, name, state, to, since;
	str forgot;     /* since when only what was accepted is kept; empty: all is */
	str undo_until; /* empty: nothing can be taken back */
	bool too_late;
	struct timeline_view timeline;
};

struct review_ask {
	str href, about;
	struct answer_view answer;
};

struct review_view {
	struct head_view head;
	struct told_view told;
	bool more;
	LIST_OF(struct review_ask) asks;
};

/* --- a target with an account --- */

struct notice_row {
	str href, name, about, state, date;
	bool open;
};

struct inbox_view {
	struct head_view head;
	bool reachable; /* he has shown a number or address to be his */
	bool more;
	LIST_OF(struct notice_row) rows;
};

struct notice_item {
	str number, label, text;
	bool picked;
};

struct notice_view {
	struct head_view head;
	struct asker_view asker;
	struct told_view told;
	str action, say, tail, until, note;
	str answered; /* a word about the answer he gave; empty: none yet */
	bool open;
	LIST_OF(str) wanted;
	LIST_OF(struct notice_item) items;
};

struct given_field {
	str label, date, word;
	bool follows;
};

struct given_view {
	str owner, id;
	LIST_OF(struct given_field) fields;
};

struct me_view {
	struct head_view head;
	struct told_view told;
	struct target_form_view form;
	str etag, edit, photo, next; /* next: of those who were given something */
	LIST_OF(struct given_view) given;
	bool may_follow; /* this server does it */
};

#endif

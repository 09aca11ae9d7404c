/*
 * owner_int.h - the pages of answers: an ask with what came back, all that waits, and the
 * other side of it: who asks me, my own card, who has what of it.
 */
#ifndef KITH_WEB_OWNER_INT_H
#define KITH_WEB_OWNER_INT_H

#include "ask/said.h"
#include "web/app_int.h"

void page_review_get(struct page *p, str rest);
void page_inbox_get(struct page *p, str rest);
void page_inbox_post(struct page *p, str rest);
void page_me_get(struct page *p, str rest);
void page_me_post(struct page *p, str rest);

/* --- asked.c: one ask --- */

void asked_show(struct page *p, int64_t id);
void asked_post(struct page *p, int64_t id);

/* The picture that an answer brings. */
void asked_photo(struct page *p, int64_t id);

/* --- answered.c: the items of an answer --- */

/* An edit that its field refused. */
struct answer_trouble {
	int64_t ask;
	size_t at;
	str typed, words;
};

/* `only_waiting`: not what is decided.  `trouble` NULL: none. */
void answer_fill(const struct page *p, const struct ask_view *ask, bool only_waiting,
    const struct answer_trouble *trouble, struct answer_view *out);

/* Whether anything of it is in the card, and the year to take it back is not over. */
bool answer_can_undo(const struct page *p, const struct ask_view *ask);

/* How it came in, and what is known by that: "by SMS to …8888", "code". */
str answer_way(const struct page *p, str channel, str to);
str answer_proof(const struct page *p, str door);

/* --- saying.c: who said the values of a card --- */

struct sayings {
	bool asked; /* of a book lent to him, what its owner asked is not his to know */
	struct card_items items;
	const struct ask_said *list; /* one per item */
	size_t count;
};

enum err sayings_of(const struct page *p, const struct book *book,
    const struct book_card *stored, const struct card *card, struct sayings *out);

/* A line of the card with who said so. */
struct contact_item sayings_item(
    const struct page *p, const struct sayings *sayings, const struct app_line *line);

/* When the contact last confirmed anything, in words. */
str sayings_heard(const struct page *p, const struct sayings *sayings);

/* --- told.c: a word about what was just done, carried by the address --- */

/* "/asks/17?told=accept" */
str told_path(const struct page *p, str path, str word);

/* Reads it off the query; words unknown are none. */
struct told_view told_read(const struct page *p);

/* That an edit was refused, leading to it. */
struct told_view told_trouble(
    const struct page *p, const struct answer_trouble *trouble);

/* --- review.c --- */

/* Shown again for an edit that was refused. */
void review_show(struct page *p, unsigned status, const struct answer_trouble *trouble);

#endif

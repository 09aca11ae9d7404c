/*
 * group_int.h - a group's card and its members' categories, kept in step.
 */
#ifndef KITH_BOOK_GROUP_INT_H
#define KITH_BOOK_GROUP_INT_H

#include "book/book_int.h"
#include "store/store.h"

/* A card that is about to change: what it said of groups before and will say after. */
struct regrouping {
	struct store_tx *tx;
	const struct call *call;
	const struct store_book *book;
	str region;
	const struct store_origin *origin;
	enum book_groups groups; /* whose word counts */
	const struct store_key *before, *after;
	size_t before_count, after_count;
	str uid;        /* of a person's card, as it writes it */
	bool was_group; /* it is one, or was */
	bool is_group;
};

/* The keys of the card as it stands; none of a new one. */
enum err regroup_begin(struct regrouping *r, const struct store_card *old);

/* Groups that have the person already, and its card does not say so: *text with their names
 * in CATEGORIES; the same bytes when there are none. */
enum err regroup_join(struct regrouping *r, str *text);

/* After the card was written or removed: the others. */
enum err regroup_others(struct regrouping *r);

/* Another text for a card of the book that is no business of the groups' own rules; the very
 * bytes it has: nothing. */
enum err regroup_rewrite(
    const struct regrouping *r, const struct store_card *old, str text);

#endif

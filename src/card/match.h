/*
 * match.h - whether a card passes a filter of addressbook-query (RFC 6352 10.5).
 */
#ifndef KITH_CARD_MATCH_H
#define KITH_CARD_MATCH_H

#include "card/card.h"

enum card_collation { CARD_UNICODE_CASEMAP, CARD_ASCII_CASEMAP, CARD_OCTET };
enum card_match_kind { CARD_CONTAINS, CARD_EQUALS, CARD_STARTS, CARD_ENDS };

struct card_text_match {
	str text;
	str folded; /* set by card_filter_prepare */
	enum card_collation collation;
	enum card_match_kind kind;
	bool negate;
};

struct card_param_filter {
	str name;
	bool not_defined;
	struct card_text_match *match; /* NULL: being defined is enough */
};

struct card_prop_filter {
	str name; /* "EMAIL" also finds item1.EMAIL; "item1.EMAIL" only itself */
	bool all; /* allof; else anyof */
	bool not_defined;
	struct card_text_match *matches;
	size_t match_count;
	struct card_param_filter *params;
	size_t param_count;
};

struct card_filter {
	bool all;
	struct card_prop_filter *props;
	size_t prop_count;
};

/* Folds the filter's texts once, for any number of cards. */
void card_filter_prepare(struct arena *arena, struct card_filter *filter);
bool card_matches(
    struct arena *arena, const struct card *card, const struct card_filter *filter);

/* --- finding candidates --- */

/* All of the card's text that a filter can look into, folded, a line a property; pictures
 * and the like left out. */
str card_search_text(struct arena *arena, const struct card *card);

/*
 * What a person looking for the card may type, folded, a line each: names as written, as
 * read (pinyin, whole and by initials), companies, numbers as digits too, addresses, notes;
 * not what programs keep in it (UID, REV, X-...).  In card_search_text() as well, so that
 * an index of that finds it.
 */
str card_find_text(struct arena *arena, const struct card *card);

/* Whether that text has all words of what was typed.  card_find_needle() is the one of them
 * to ask an index for; empty: nothing to look for. */
bool card_find_holds(struct arena *arena, str find_text, str typed);
str card_find_needle(struct arena *arena, str typed);

/*
 * The folded texts one of which a card must have in its search text to pass the (prepared)
 * filter.  False when a card may pass without: by a property that is not there, a negation,
 * a parameter, a picture.
 */
bool card_filter_needles(
    struct arena *arena, const struct card_filter *filter, str **out, size_t *count);

#endif

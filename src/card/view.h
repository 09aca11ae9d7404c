/*
 * view.h - a card as somebody asked to see it: another version, some of its properties, or
 * as JSON.
 *
 * The card stored stays what it is; a view is made for one answer.  Nothing is lost on the
 * way there and back: what the other version has no place for travels in parameters and
 * X-properties it has to carry, and comes home from there.  RFC 6350, 2426, 7095 (jCard),
 * 6868; Apple's X-ADDRESSBOOKSERVER-*, X-ABDATE, X-ABLabel, X-SOCIALPROFILE.
 * Pure; results live in the arena.  Any thread.
 */
#ifndef KITH_CARD_VIEW_H
#define KITH_CARD_VIEW_H

#include "card/card.h"

enum card_form { CARD_FORM_3, CARD_FORM_4, CARD_FORM_JSON };

/* Whether showing the card in that form gives the very bytes it has: its version is that
 * one, and nothing has to be cleaned (below). */
bool card_is_of_form(const struct card *card, enum card_form form);

/*
 * The card in that form.  In 3.0 and 4.0 its own line ends, order, groups and unknown
 * properties are kept; only lines that must change do.  Cleaned: characters XML 1.0 forbids
 * and a CR that ends no line are left out, a fold inside a character is mended, a VERSION
 * and an FN are made where there is none (of N, ORG, EMAIL, TEL), and in 3.0 an N.
 *
 * card_view() to the other version and back gives a card with the same meaning: every
 * property, value, parameter and group the first one had (the tests say how that is held).
 * A line the rules alone would not bring home carries what it was in X-KITH-WAS, which
 * counts only while nobody has edited the line; X-KITH-MADE marks an N or an X-ABDATE made
 * for 3.0, X-KITH-KEPT an address's LABEL or a sort key that is to stay what it is.
 *
 * ERR_TOO_LARGE  the result crosses CARD_MAX_BYTES or CARD_MAX_PROPERTIES
 */
enum err card_view(
    struct arena *arena, const struct card *card, enum card_form form, str *out);

/* A vCard 4.0 of a jCard (RFC 7095).  ERR_BAD_INPUT: not one jCard; *why.  ERR_TOO_LARGE:
 * it or the card crosses CARD_MAX_BYTES or CARD_MAX_PROPERTIES. */
enum err card_of_json(struct arena *arena, str json, str *out, struct why *why);

/* The next jCard of a file that is one, or an array of them.  ERR_NOT_FOUND: the end.
 * ERR_BAD_INPUT: what is neither, or breaks off. */
enum err card_json_next(str *rest, str *out);

/* One <prop> of an address-data (RFC 6352 10.4.2). */
struct card_wanted {
	str name; /* "EMAIL" takes item1.EMAIL as well; "item1.EMAIL" itself only */
	bool no_value; /* the line without its value */
};

/* In that form, only those properties, in the card's order, and always BEGIN, VERSION and
 * END.  Errors as card_view()'s. */
enum err card_part(struct arena *arena, const struct card *card, enum card_form form,
    const struct card_wanted *wanted, size_t count, str *out);

#endif

/*
 * jscontact.h - a card as JSContact (RFC 9553), and back (RFC 9555).
 *
 * Nothing is lost on the way.  A line is said as the table (jscontact_rules.c) has it and
 * read back at once; one that would not come home stands in vCardProps instead.  A member
 * no line says travels in a JSPROP line with its place in JSPTR.  What counts as the same:
 * parameters in any order, NICKNAME and CATEGORIES as one line or several, an empty part at
 * the end of N, ADR or ORG, and a PROP-ID that only numbers.
 * Pure; results live in the arena.  Any thread.
 */
#ifndef KITH_CARD_JSCONTACT_H
#define KITH_CARD_JSCONTACT_H

#include "card/card.h"

/* The card as one Card object.  ERR_TOO_LARGE: it crosses CARD_MAX_BYTES. */
enum err card_jscontact(struct arena *arena, const struct card *card, str *out);

/*
 * A vCard 4.0 of one Card object; `uid` is for one that has none.
 *
 * ERR_BAD_INPUT  no JSON object, or one of another type; *why says where
 * ERR_TOO_LARGE  it or the card crosses CARD_MAX_BYTES or CARD_MAX_PROPERTIES, or the
 *                object has more values than are read
 */
enum err card_of_jscontact(
    struct arena *arena, str json, str uid, str *out, struct why *why);

#endif

/*
 * ldif.h - an address book as entries of a directory (LDIF, RFC 2849), as Thunderbird and
 * directories write them: inetOrgPerson (RFC 2798) and Mozilla's own attributes.  Pure.
 */
#ifndef KITH_CARD_LDIF_H
#define KITH_CARD_LDIF_H

#include "card/card.h"

struct card_ldif {
	str rest;
	unsigned line; /* of `rest`, from 1 */
	str region;
};

/* Whether a file begins as one: with "version:" or "dn:", comments aside. */
bool card_ldif_is(str text);

/*
 * A vCard 3.0 of the next entry.  An attribute of no field goes into its note, so that
 * nothing is lost, but for what only a directory needs.
 *
 * ERR_NOT_FOUND  the end       ERR_BAD_INPUT  a list of members, or no contact; why->line
 */
enum err card_ldif_next(
    struct arena *arena, struct card_ldif *ldif, str uid, str *out, struct why *why);

#endif

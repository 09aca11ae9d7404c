/*
 * name_int.h - which property a name means.
 */
#ifndef KITH_CARD_NAME_INT_H
#define KITH_CARD_NAME_INT_H

#include "card/card.h"

/* Whether the character may stand in a property's name or group (RFC 6350 3.3; '_' is
 * seen in the wild). */
bool card_name_char(char c);

/* CARD_OTHER for a name kith has nothing to say about.  `name` is made of name
 * characters. */
enum card_name card_name_of(str name);

#endif

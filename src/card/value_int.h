/* value_int.h - the values of fields: as people read them, and as they compare. */
#ifndef KITH_CARD_VALUE_INT_H
#define KITH_CARD_VALUE_INT_H

#include "card/field.h"

/* A structured or list value as people read it. */
str value_of_adr(struct arena *arena, str value);
str value_of_org(struct arena *arena, str value);
str value_of_bday(struct arena *arena, const struct card_property *property);

/* Folded text without blanks and punctuation: addresses and names. */
str key_of_words(struct arena *arena, str text);
str key_of_tel(struct arena *arena, str typed, str region);
str key_of_email(struct arena *arena, str text);
str key_of_url(struct arena *arena, str text);

#endif

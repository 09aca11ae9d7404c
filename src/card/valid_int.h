/* valid_int.h - whether what was typed can be a value of a field. */
#ifndef KITH_CARD_VALID_INT_H
#define KITH_CARD_VALID_INT_H

#include "card/field.h"

/* The value as it is kept: trimmed, full-width digits made plain where digits matter.
 * ERR_BAD_INPUT, ERR_TOO_LARGE with why->name the field. */
enum err field_value(
    struct arena *arena, enum card_field field, str typed, str *out, struct why *why);

#endif

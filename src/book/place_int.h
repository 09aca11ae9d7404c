/* place_int.h - places as the store has them. */
#ifndef KITH_BOOK_PLACE_INT_H
#define KITH_BOOK_PLACE_INT_H

#include "book/place.h"
#include "store/place.h"

struct store_place row_of_place(const struct book_place *place);

/* As book_props_change(). */
enum err props_change_in(struct store_tx *tx, const struct call *call,
    const struct book_place *place, const struct book_prop *changes, size_t count);

#endif

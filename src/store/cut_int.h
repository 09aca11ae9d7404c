/*
 * cut_int.h - cards' bytes without the stretches that are kept by their content.
 *
 * A row has the bytes without them and, packed, where each goes: "at len digest;...".  Every
 * row of card and card_rev counts as one use of each; a stretch nobody uses goes.
 */
#ifndef KITH_STORE_CUT_INT_H
#define KITH_STORE_CUT_INT_H

#include "store/card.h"
#include "store/driver_int.h"

/* Takes the card's cuts away: *bytes and *packed are for the row. */
enum err cut_away(struct store_tx *tx, struct arena *arena, int64_t account,
    const struct store_card *card, str *bytes, str *packed);

/* Puts them back into *bytes.  After tx_done(): it looks them up. */
enum err cut_join(struct store_tx *tx, struct arena *arena, int64_t account,
    enum store_part part, str packed, str *bytes);

/* Another row has them as well. */
enum err cut_again(struct store_tx *tx, int64_t account, str packed);

/* A row that had them is gone. */
enum err cut_drop(struct store_tx *tx, int64_t account, str packed);

#endif

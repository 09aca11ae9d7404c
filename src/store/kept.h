/*
 * kept.h - rows of answers that people without an account keep for themselves: found by the
 * digest of a token, and unreadable here.
 */
#ifndef KITH_STORE_KEPT_H
#define KITH_STORE_KEPT_H

#include "store/store.h"

struct store_kept {
	str hash; /* of the token */
	str box;  /* sealed */
	int64_t until_ms;
};

/* In place of the former of that hash. */
enum err store_kept_put(struct store_tx *tx, const struct store_kept *kept);
enum err store_kept_find(
    struct store_tx *tx, struct arena *arena, str hash, struct store_kept *out);
enum err store_kept_drop(struct store_tx *tx, str hash);
enum err store_kept_sweep(
    struct store_tx *tx, int64_t now_ms); /* those past their time */

#endif

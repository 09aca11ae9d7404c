/*
 * said.h - rows about who said what: of a card's values, and of what an account gave away.
 * All results live in the given arena.
 */
#ifndef KITH_STORE_SAID_H
#define KITH_STORE_SAID_H

#include "store/store.h"

/* The last word on one value of a card. */
struct store_said {
	int64_t account, card; /* the card's id */
	str field, key;        /* as card/field.h names and compares them */
	str channel, to;       /* how the ask travelled, and the tail of its address */
	str door;
	int64_t evidence, ask, at_ms;
};

enum err store_said_put(struct store_tx *tx, const struct store_said *s);
enum err store_said_of_card(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t card, struct store_said **out, size_t *count);

/* What was said of one card holds for another as well; its own stays. */
enum err store_said_copy(
    struct store_tx *tx, int64_t account, int64_t from_card, int64_t to_card);

/* What an account gave an owner of his own card, field by field. */
struct store_given {
	int64_t account, owner;
	str field, key, owner_name;
	int64_t ask, at_ms;
};

enum err store_given_put(struct store_tx *tx, const struct store_given *g);
/* By owner, then field. */
enum err store_given_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_given **out, size_t *count);
enum err store_given_drop(struct store_tx *tx, int64_t account, int64_t owner);

#endif

/* said.c - who said what, and what was given to whom. */
#include "store/said.h"

#include "store/driver_int.h"

enum err
store_said_put(struct store_tx *tx, const struct store_said *s)
{
	return tx_do(tx, SQL_SAID_PUT,
	    CELLS(CELL_I(s->account), CELL_I(s->card), CELL_T(s->field), CELL_T(s->key),
		CELL_T(s->channel), CELL_T(s->to), CELL_T(s->door), CELL_I(s->evidence),
		CELL_I(s->ask), CELL_I(s->at_ms)));
}

enum err
store_said_of_card(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t card, struct store_said **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_SAID_OF_CARD, CELLS(CELL_I(account), CELL_I(card))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_said *said = rows_add(&rows, arena);

		*said = (struct store_said){ .account = account,
			.card = card,
			.field = tx_text(tx, arena, 0),
			.key = tx_text(tx, arena, 1),
			.channel = tx_text(tx, arena, 2),
			.to = tx_text(tx, arena, 3),
			.door = tx_text(tx, arena, 4),
			.evidence = tx_number(tx, 5),
			.ask = tx_number(tx, 6),
			.at_ms = tx_number(tx, 7) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_said *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_said_copy(
    struct store_tx *tx, int64_t account, int64_t from_card, int64_t to_card)
{
	return tx_do(tx, SQL_SAID_COPY,
	    CELLS(CELL_I(account), CELL_I(from_card), CELL_I(to_card)));
}

enum err
store_given_put(struct store_tx *tx, const struct store_given *g)
{
	return tx_do(tx, SQL_GIVEN_PUT,
	    CELLS(CELL_I(g->account), CELL_I(g->owner), CELL_T(g->field),
		CELL_T(g->key), CELL_T(g->owner_name), CELL_I(g->ask),
		CELL_I(g->at_ms)));
}

enum err
store_given_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_given **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_GIVEN_LIST, CELLS(CELL_I(account))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_given *given = rows_add(&rows, arena);

		*given = (struct store_given){ .account = account,
			.owner = tx_number(tx, 0),
			.field = tx_text(tx, arena, 1),
			.key = tx_text(tx, arena, 2),
			.owner_name = tx_text(tx, arena, 3),
			.ask = tx_number(tx, 4),
			.at_ms = tx_number(tx, 5) };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_given *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_given_drop(struct store_tx *tx, int64_t account, int64_t owner)
{
	return tx_do(tx, SQL_GIVEN_DROP, CELLS(CELL_I(account), CELL_I(owner)));
}

/* campaign.c - campaigns and their people. */
#include "store/campaign.h"

#include "store/driver_int.h"

enum err
store_campaign_add(struct store_tx *tx, const struct store_campaign *c)
{
	return tx_do(tx, SQL_CAMPAIGN_ADD,
	    CELLS(CELL_I(c->account), CELL_I(c->id), CELL_I(c->made_ms),
		CELL_I(c->next_ms), CELL_T(c->title), CELL_T(c->kind),
		CELL_T(c->channel), CELL_T(c->fields), CELL_T(c->say),
		CELL_I(c->over)));
}

static enum err
read_campaigns(struct store_tx *tx, struct arena *arena, struct store_campaign **out,
    size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_step(tx, &more));
	while (more) {
		struct store_campaign *c = rows_add(&rows, arena);

		*c = (struct store_campaign){ .account = tx_number(tx, 0),
			.id = tx_number(tx, 1),
			.made_ms = tx_number(tx, 2),
			.next_ms = tx_number(tx, 3),
			.title = tx_text(tx, arena, 4),
			.kind = tx_text(tx, arena, 5),
			.channel = tx_text(tx, arena, 6),
			.fields = tx_text(tx, arena, 7),
			.say = tx_text(tx, arena, 8),
			.over = tx_number(tx, 9) != 0 };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_campaign *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_campaign_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_campaign **out, size_t *count)
{
	TRY(tx_start(tx, SQL_CAMPAIGN_LIST, CELLS(CELL_I(account))));
	return read_campaigns(tx, arena, out, count);
}

enum err
store_campaign_due(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    size_t limit, struct store_campaign **out, size_t *count)
{
	TRY(tx_start(tx, SQL_CAMPAIGN_DUE, CELLS(CELL_I(now_ms), CELL_I(limit))));
	return read_campaigns(tx, arena, out, count);
}

enum err
store_campaign_set(
    struct store_tx *tx, int64_t account, int64_t id, int64_t next_ms, bool over)
{
	return tx_do(tx, SQL_CAMPAIGN_SET,
	    CELLS(CELL_I(account), CELL_I(id), CELL_I(next_ms), CELL_I(over)));
}

enum err
store_campaign_one_put(struct store_tx *tx, const struct store_campaign_one *o)
{
	return tx_do(tx, SQL_CAMPAIGN_ONE_PUT,
	    CELLS(CELL_I(o->account), CELL_I(o->campaign), CELL_I(o->n), CELL_I(o->ask),
		CELL_T(o->book), CELL_T(o->card), CELL_T(o->fn), CELL_T(o->outcome),
		CELL_I(o->done)));
}

enum err
store_campaign_people(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t campaign, struct store_campaign_one **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(
	    tx, SQL_CAMPAIGN_PEOPLE, CELLS(CELL_I(account), CELL_I(campaign))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_campaign_one *o = rows_add(&rows, arena);

		*o = (struct store_campaign_one){ .account = account,
			.campaign = campaign,
			.n = tx_number(tx, 0),
			.ask = tx_number(tx, 1),
			.book = tx_text(tx, arena, 2),
			.card = tx_text(tx, arena, 3),
			.fn = tx_text(tx, arena, 4),
			.outcome = tx_text(tx, arena, 5),
			.done = tx_number(tx, 6) != 0 };
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_campaign_one *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_campaign_next(struct store_tx *tx, int64_t *out_ms)
{
	TRY(tx_first(tx, SQL_CAMPAIGN_NEXT, NULL, 0));
	*out_ms = tx_number(tx, 0) ? tx_number(tx, 1) : INT64_MAX;
	tx_done(tx);
	return OK;
}

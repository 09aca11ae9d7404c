/* sweep.c - time closes what nobody answered. */
#include "ask/ask_int.h"
#include "base/when.h"
#include "store/campaign.h"
#include "store/deed.h"
#include "store/kept.h"
#include "store/tell.h"
#include "store/wish.h"

#define RECALL_KEPT_MS (30 * WHEN_DAY_MS) /* who comes too late is told so */

struct sweeping {
	const struct call *call;
	size_t limit;
};

static enum err
expire(struct store_tx *tx, const struct call *call, const struct store_ask *row)
{
	TRY(store_ask_state(tx, row->account, row->id, ask_state_word(ASK_EXPIRED),
	    (str){ 0 }, call->now_ms));
	TRY(store_answer_drop(tx, row->account, row->id, false));
	return courier_cancel(tx, call, row->account, row->id);
}

static enum err
sweep_in(struct store_tx *tx, void *arg)
{
	const struct sweeping *s = arg;
	struct store_ask *list;
	size_t count;

	TRY(store_ask_overdue(
	    tx, s->call->arena, s->call->now_ms, s->limit, &list, &count));
	for (size_t i = 0; i < count; i++)
		TRY(expire(tx, s->call, &list[i]));
	TRY(store_recall_sweep(tx, s->call->now_ms - RECALL_KEPT_MS));
	TRY(store_deed_sweep(tx, s->call->now_ms));
	return store_kept_sweep(tx, s->call->now_ms);
}

enum err
ask_sweep(const struct call *call, size_t limit)
{
	struct sweeping sweeping = { .call = call, .limit = limit };

	return store_write(call->store, sweep_in, &sweeping);
}

enum err
ask_next(const struct call *call, int64_t *next_ms)
{
	SCOPED(store_tx) tx = NULL;
	int64_t campaign_ms;

	TRY(store_look(call->store, &tx));
	TRY(store_wish_next(tx, next_ms));
	TRY(store_campaign_next(tx, &campaign_ms));
	if (campaign_ms < *next_ms)
		*next_ms = campaign_ms;
	return OK;
}

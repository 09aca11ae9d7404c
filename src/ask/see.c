/* see.c - what the page behind the first button shows: the items, masked. */
#include "ask/ask_int.h"

static str
shown(const struct call *call, const struct ask_case *it, const struct card_item *item)
{
	if (it->row.open_values)
		return ask_clean(call->arena, item->text, true);
	return ask_mask(call->arena, it->base, item);
}

static void
make_offers(const struct call *call, const struct ask_case *it, struct ask_page *out)
{
	out->offers = ARENA_ARRAY(call->arena, struct ask_offer, it->items.count);
	for (size_t i = 0; i < it->items.count; i++) {
		const struct card_item *item = &it->items.list[i];

		if (ask_offered(item->field))
			out->offers[out->offer_count++] = (struct ask_offer){
				.item = i,
				.field = item->field,
				.shown = shown(call, it, item),
			};
	}
}

static enum err
read_prepared(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    struct ask_page *out)
{
	struct store_answer prepared;
	enum err e = store_answer_find(
	    tx, call->arena, it->row.account, it->row.id, false, &prepared);

	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	out->note = prepared.note;
	return card_ops_read(call->arena, prepared.ops, &out->prepared);
}

static enum err
look(const struct call *call, str token, struct ask_case *it, struct ask_page *out)
{
	SCOPED(store_tx) tx = NULL;

	*out = (struct ask_page){ 0 };
	TRY(store_look(call->store, &tx));
	TRY(ask_case_by_token(tx, call, token, it));
	TRY(ask_peek_in(tx, call, it, &out->who));
	if (!it->open)
		return ERR_GONE;
	TRY(ask_case_base(call, it));
	make_offers(call, it, out);
	return read_prepared(tx, call, it, out);
}

struct marking {
	const struct call *call;
	int64_t account, ask;
};

/* Somebody may have been faster; then there is nothing to mark. */
static enum err
mark_in(struct store_tx *tx, void *arg)
{
	const struct marking *m = arg;
	struct ask_case it;

	TRY(ask_case_find(tx, m->call, m->account, m->ask, &it));
	if (!ask_may_become(it.at.state, ASK_SEEN))
		return OK;
	return ask_move_in(tx, m->call, &it, ASK_SEEN, (str){ 0 });
}

enum err
ask_see(const struct call *call, str token, struct ask_page *out)
{
	struct ask_case it;
	struct marking marking = { .call = call };

	TRY(look(call, token, &it, out));
	if (!ask_may_become(it.at.state, ASK_SEEN))
		return OK;
	marking.account = it.row.account;
	marking.ask = it.row.id;
	TRY(store_write(call->store, mark_in, &marking));
	out->who.state = ASK_SEEN;
	return OK;
}

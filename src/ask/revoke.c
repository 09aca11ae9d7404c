/* revoke.c - the owner takes an ask back. */
#include "ask/ask_int.h"

struct revoking {
	const struct call *call;
	int64_t id;
};

static enum err
revoke_in(struct store_tx *tx, void *arg)
{
	const struct revoking *r = arg;
	struct ask_case it;

	TRY(ask_case_find(tx, r->call, r->call->who, r->id, &it));
	TRY(ask_move_in(tx, r->call, &it, ASK_REVOKED, (str){ 0 }));
	TRY(store_answer_drop(tx, it.row.account, it.row.id, false));
	return courier_cancel(tx, r->call, it.row.account, it.row.id);
}

enum err
ask_revoke(const struct call *call, int64_t id)
{
	struct revoking revoking = { .call = call, .id = id };

	return store_write(call->store, revoke_in, &revoking);
}

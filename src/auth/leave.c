/* leave.c - an account ends, by its own word. */
#include "auth/leave.h"

#include "auth/account_int.h"
#include "store/store.h"

struct leaving {
	const struct call *call;
	str code;
	bool right; /* out */
};

static enum err
leave(struct store_tx *tx, void *arg)
{
	struct leaving *l = arg;
	enum err e = factor_take_in(tx, l->call, l->call->who, l->code, &l->right);

	if (e == ERR_NOT_FOUND) /* none is wanted */
		l->right = true;
	else
		TRY(e);
	return l->right ? account_remove_in(tx, l->call, l->call->who) : OK;
}

enum err
auth_leave(struct auth *auth, const struct call *call, str password, str code, str peer)
{
	struct leaving l = { call, code, false };

	TRY(auth_is_caller(auth, call, password, peer));
	if (factor_waits(auth, call, call->who))
		return ERR_LIMIT;
	TRY(store_write(call->store, leave, &l));
	return factor_settle(auth, call, call->who, l.right);
}

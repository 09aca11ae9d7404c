/* session.c - sessions of the web. */
#include "auth/auth_int.h"
#include "seal/seal.h"
#include "store/store.h"

static enum err
add_session(struct store_tx *tx, void *arg)
{
	const struct store_session *row = arg;

	TRY(store_session_sweep(tx, row->made_ms));
	return store_session_add(tx, row);
}

enum err
auth_session_open(struct auth *auth, const struct call *call, str login, str password,
    str peer, str *token)
{
	struct store_credential credential;
	struct store_session row;

	TRY(verify_login(auth, call, login, password, peer, &credential));
	*token = seal_token(call->arena);
	row = (struct store_session){ .hash = seal_token_hash(call->arena, *token),
		.account = credential.account,
		.csrf = seal_token(call->arena),
		.made_ms = call->now_ms,
		.expires_ms = call->now_ms + AUTH_SESSION_MS };
	return store_write(call->store, add_session, &row);
}

enum err
auth_session_find(
    struct auth *auth, const struct call *call, str token, int64_t *out_who, str *csrf)
{
	SCOPED(store_tx) tx = NULL;
	struct store_session row;
	enum err e;

	(void)auth;
	TRY(store_look(call->store, &tx));
	e = store_session_find(
	    tx, call->arena, seal_token_hash(call->arena, token), &row);
	if (e == ERR_NOT_FOUND || (e == OK && row.expires_ms <= call->now_ms))
		return ERR_WHO;
	TRY(e);
	*out_who = row.account;
	*csrf = row.csrf;
	return OK;
}

static enum err
remove_session(struct store_tx *tx, void *arg)
{
	return store_session_remove(tx, *(str *)arg);
}

enum err
auth_session_close(const struct call *call, str token)
{
	str hash = seal_token_hash(call->arena, token);

	return store_write(call->store, remove_session, &hash);
}

/* session.c - sessions of the web. */
#include "auth/account_int.h"
#include "auth/auth_int.h"
#include "auth/factor.h"
#include "seal/seal.h"
#include "store/store.h"

enum err
session_add_in(
    struct store_tx *tx, const struct call *call, const struct store_session *row)
{
	struct store_account account;

	TRY(store_account_find(tx, call->arena, row->account, &account));
	if (account.disabled_ms)
		return ERR_WHO;
	TRY(store_session_sweep(tx, row->made_ms));
	TRY(store_session_add(tx, row));
	return deed_in(tx, call, row->account, AUTH_DEED_LOGIN, row->about);
}

str
session_clipped_to(str text, size_t limit_bytes)
{
	if (text.len <= limit_bytes)
		return text;
	text.len = limit_bytes;
	while (text.len && ((unsigned char)text.at[text.len] & 0xC0U) == 0x80)
		text.len--;
	return text;
}

str
session_clipped(str text)
{
	return session_clipped_to(text, AUTH_ABOUT_BYTES);
}

struct store_session
session_fresh(const struct call *call, int64_t account, str about, str *token)
{
	*token = seal_token(call->arena);
	return (struct store_session){ .hash = seal_token_hash(call->arena, *token),
		.account = account,
		.csrf = seal_token(call->arena),
		.about = session_clipped(about),
		.made_ms = call->now_ms,
		.expires_ms = call->now_ms + AUTH_SESSION_MS };
}

/* A device's password opens no session where there is one for people: who finds the device
 * could make himself further ones. */
static enum err
may_open(const struct call *call, const struct store_credential *shown)
{
	SCOPED(store_tx) tx = NULL;
	struct store_credential own;
	enum err e;

	if (shown->kind == STORE_PASSWORD)
		return OK;
	TRY(store_look(call->store, &tx));
	e = auth_main_password(tx, call->arena, shown->account, &own);
	if (e == OK)
		return ERR_WHO;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
auth_is_caller(struct auth *auth, const struct call *call, str password, str peer)
{
	struct auth_account me;
	struct store_credential shown;

	TRY(auth_account_find(call, call->who, &me));
	TRY(verify_login(auth, call, me.login, password, peer, &shown));
	return may_open(call, &shown);
}

struct opening {
	const struct call *call;
	int64_t account;
	str about;
	struct auth_opened *out;
};

/* A session, or a ticket where a code is wanted too. */
static enum err
open_session(struct store_tx *tx, void *arg)
{
	const struct opening *o = arg;
	struct store_ticket ticket = { .kind = STR(TICKET_SECOND),
		.account = o->account,
		.data = session_clipped(o->about),
		.expires_ms = o->call->now_ms + AUTH_SECOND_MS };
	struct store_session session;
	struct store_totp wanted;
	enum err e = store_totp_find(tx, o->call->arena, o->account, &wanted);

	*o->out = (struct auth_opened){ 0 };
	if (e == OK)
		return ticket_make_in(tx, o->call, &ticket, &o->out->ticket);
	if (e != ERR_NOT_FOUND)
		return e;
	session = session_fresh(o->call, o->account, o->about, &o->out->token);
	return session_add_in(tx, o->call, &session);
}

enum err
auth_session_open(struct auth *auth, const struct call *call, str login, str password,
    str peer, str about, struct auth_opened *out)
{
	struct store_credential credential;
	struct opening o = { .call = call, .about = about, .out = out };

	TRY(verify_login(auth, call, login, password, peer, &credential));
	TRY(may_open(call, &credential));
	o.account = credential.account;
	return store_write(call->store, open_session, &o);
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

/* --- the account's sessions --- */

enum err
auth_session_list(
    const struct call *call, str token, struct auth_session **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	str own = seal_token_hash(call->arena, token);
	struct store_session *rows;
	size_t all;

	TRY(store_look(call->store, &tx));
	TRY(store_session_list(tx, call->arena, call->who, &rows, &all));
	*out = ARENA_ARRAY(call->arena, struct auth_session, all);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (rows[i].expires_ms > call->now_ms)
			(*out)[(*count)++] = (struct auth_session){ rows[i].hash,
				rows[i].about, rows[i].made_ms, rows[i].expires_ms,
				str_same(rows[i].hash, own) };
	return OK;
}

struct ending {
	struct arena *arena;
	int64_t account;
	str id;
};

static enum err
end_session(struct store_tx *tx, void *arg)
{
	const struct ending *e = arg;
	struct store_session row;

	TRY(store_session_find(tx, e->arena, e->id, &row));
	if (row.account != e->account)
		return ERR_NOT_FOUND;
	return store_session_remove(tx, e->id);
}

enum err
auth_session_end(const struct call *call, str id)
{
	struct ending e = { call->arena, call->who, id };

	return store_write(call->store, end_session, &e);
}

enum err
session_end_others_in(
    struct store_tx *tx, struct arena *arena, int64_t account, str token)
{
	str own = seal_token_hash(arena, token);
	struct store_session *rows;
	size_t count;

	TRY(store_session_list(tx, arena, account, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (!str_same(rows[i].hash, own))
			TRY(store_session_remove(tx, rows[i].hash));
	return OK;
}

/* invite.c - how people come to an account without an operator. */
#include "auth/invite.h"

#include "auth/account_int.h"
#include "base/when.h"
#include "seal/seal.h"
#include "store/store.h"

#define TICKET_START  "start"
#define TICKET_INVITE "invite"
#define TICKET_RESET  "reset"

/* What is throttled when codes are tried, beside the address they come from. */
#define START_DOOR "/start"

#define START_MS ((int64_t)10 * 365 * WHEN_DAY_MS) /* until the next start */

/* --- an account and a session, for what was shown --- */

struct coming {
	const struct call *call;
	struct account_adding adding;
	struct store_session session;
	str hash; /* of what lets him in */
	const char *kind;
};

static enum err
add_with_session(struct store_tx *tx, struct coming *c)
{
	TRY(account_add_in(tx, &c->adding));
	return session_add_in(tx, c->call, &c->session);
}

static enum err
prepare(const struct call *call, const struct auth_new *fresh, str about, str *token,
    struct coming *out, struct why *why)
{
	*out = (struct coming){ .call = call };
	if (!fresh->password.len) {
		*why = (struct why){ .what = "a password is needed" };
		return ERR_BAD_INPUT;
	}
	TRY(account_prepare(call, fresh, &out->adding, why));
	out->session = session_fresh(call, out->adding.id, about, token);
	return OK;
}

/* --- the first start --- */

struct starting {
	const struct call *call;
	str code; /* out */
};

static enum err
renew_code(struct store_tx *tx, void *arg)
{
	struct starting *s = arg;
	struct store_ticket row = { .kind = STR(TICKET_START),
		.expires_ms = s->call->now_ms + START_MS };
	bool any;

	TRY(store_ticket_drop(tx, row.kind, 0));
	TRY(store_account_any(tx, &any));
	s->code = (str){ 0 };
	if (any)
		return OK;
	s->code = auth_letters(s->call->arena, AUTH_START_GROUPS);
	row.hash = auth_app_hash(s->call->arena, s->code);
	return store_ticket_add(tx, &row);
}

enum err
auth_start_code(const struct call *call, str *code)
{
	struct starting s = { .call = call };

	TRY(store_write(call->store, renew_code, &s));
	*code = s.code;
	return OK;
}

static enum err
nobody_yet(struct store_tx *tx)
{
	bool any;

	TRY(store_account_any(tx, &any));
	return any ? ERR_EXISTS : OK;
}

static enum err
code_fits(const struct call *call, str hash)
{
	SCOPED(store_tx) tx = NULL;
	struct store_ticket row;
	enum err e;

	TRY(store_look(call->store, &tx));
	TRY(nobody_yet(tx));
	e = hash.len ? store_ticket_find(
			   tx, call->arena, hash, STR(TICKET_START), call->now_ms, &row)
		     : ERR_NOT_FOUND;
	return e == ERR_NOT_FOUND ? ERR_WHO : e;
}

/* Tells a wrong code from a wrong login, before a password is hashed for nobody. */
static enum err
try_code(struct auth *auth, const struct call *call, str hash)
{
	enum err e;

	if (throttle_waits(auth, STR(START_DOOR), call->now_ms) ||
	    throttle_waits(auth, call->peer, call->now_ms))
		return ERR_LIMIT;
	e = code_fits(call, hash);
	if (e == ERR_WHO) {
		throttle_failed(auth, STR(START_DOOR), call->now_ms);
		throttle_failed(auth, call->peer, call->now_ms);
	}
	return e;
}

static enum err
come_first(struct store_tx *tx, void *arg)
{
	struct coming *c = arg;

	c->adding.taken = (str){ 0 };
	TRY(nobody_yet(tx));
	TRY(store_ticket_remove(tx, c->hash));
	return add_with_session(tx, c);
}

enum err
auth_start(struct auth *auth, const struct call *call, str code,
    const struct auth_new *fresh, str about, str *token, struct why *why)
{
	str hash = auth_app_hash(call->arena, code);
	struct coming c;

	TRY(try_code(auth, call, hash));
	TRY(prepare(call, fresh, about, token, &c, why));
	c.hash = hash;
	return account_outcome(
	    &c.adding, store_write(call->store, come_first, &c), why);
}

/* --- invitations --- */

struct inviting {
	const struct call *call;
	str note, token;
};

static enum err
invite(struct store_tx *tx, void *arg)
{
	struct inviting *i = arg;
	struct store_ticket row = { .kind = STR(TICKET_INVITE),
		.account = i->call->who,
		.data = i->note,
		.expires_ms = i->call->now_ms + AUTH_INVITE_MS };
	struct store_ticket *waiting;
	size_t count;

	TRY(store_ticket_list(tx, i->call->arena, row.kind, i->call->now_ms,
	    AUTH_INVITES_MAX, &waiting, &count));
	if (count == AUTH_INVITES_MAX)
		return ERR_LIMIT;
	TRY(ticket_make_in(tx, i->call, &row, &i->token));
	return deed_in(tx, i->call, 0, AUTH_DEED_INVITE_MADE, i->note);
}

enum err
auth_invite_make(const struct call *call, str note, str *token)
{
	struct inviting i = { .call = call, .note = note };

	if (note.len > AUTH_INVITE_BYTES || !str_is_utf8(note))
		return ERR_BAD_INPUT;
	TRY(store_write(call->store, invite, &i));
	*token = i.token;
	return OK;
}

enum err
auth_invite_list(const struct call *call, struct auth_invite **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_ticket *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_ticket_list(tx, call->arena, STR(TICKET_INVITE), call->now_ms,
	    AUTH_INVITES_MAX, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct auth_invite, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct auth_invite){ rows[i].hash, rows[i].data,
			rows[i].expires_ms };
	return OK;
}

static enum err
withdraw(struct store_tx *tx, void *arg)
{
	const struct coming *c = arg;
	struct store_ticket row;

	TRY(store_ticket_find(
	    tx, c->call->arena, c->hash, STR(TICKET_INVITE), c->call->now_ms, &row));
	TRY(store_ticket_remove(tx, row.hash));
	return deed_in(tx, c->call, 0, AUTH_DEED_INVITE_WITHDRAWN, row.data);
}

enum err
auth_invite_withdraw(const struct call *call, str id)
{
	struct coming c = { .call = call, .hash = id };

	return store_write(call->store, withdraw, &c);
}

static enum err
find(const struct call *call, str token, str kind, struct store_ticket *out)
{
	SCOPED(store_tx) tx = NULL;
	enum err e;

	TRY(store_look(call->store, &tx));
	e = store_ticket_find(tx, call->arena, seal_token_hash(call->arena, token),
	    kind, call->now_ms, out);
	return e == ERR_NOT_FOUND ? ERR_GONE : e;
}

enum err
auth_invite_find(const struct call *call, str token)
{
	struct store_ticket row;

	return find(call, token, STR(TICKET_INVITE), &row);
}

static enum err
come_invited(struct store_tx *tx, void *arg)
{
	struct coming *c = arg;
	enum err e = store_ticket_remove(tx, c->hash);

	if (e == ERR_NOT_FOUND) /* somebody was quicker */
		return ERR_GONE;
	TRY(e);
	TRY(add_with_session(tx, c));
	return deed_in(tx, c->call, c->adding.id, AUTH_DEED_INVITE_USED, (str){ 0 });
}

enum err
auth_invite_take(const struct call *call, str token, const struct auth_new *fresh,
    str about, str *session, struct why *why)
{
	struct store_ticket row;
	struct coming c;

	TRY(find(call, token, STR(TICKET_INVITE), &row));
	TRY(prepare(call, fresh, about, session, &c, why));
	c.hash = row.hash;
	return account_outcome(
	    &c.adding, store_write(call->store, come_invited, &c), why);
}

/* --- a forgotten password --- */

struct resetting {
	const struct call *call;
	int64_t account;
	str token, hash, password_hash;
};

static enum err
make_reset(struct store_tx *tx, void *arg)
{
	struct resetting *r = arg;
	struct store_ticket row = { .kind = STR(TICKET_RESET),
		.account = r->account,
		.expires_ms = r->call->now_ms + AUTH_RESET_MS };
	struct store_account account;

	TRY(store_account_find(tx, r->call->arena, r->account, &account));
	TRY(store_ticket_drop(tx, row.kind, r->account));
	TRY(ticket_make_in(tx, r->call, &row, &r->token));
	return deed_in(tx, r->call, r->account, AUTH_DEED_RESET_MADE, (str){ 0 });
}

enum err
auth_reset_make(const struct call *call, int64_t account, str *token)
{
	struct resetting r = { .call = call, .account = account };

	TRY(store_write(call->store, make_reset, &r));
	*token = r.token;
	return OK;
}

enum err
auth_reset_find(const struct call *call, str token, str *login)
{
	struct store_ticket row;
	struct auth_account account;

	TRY(find(call, token, STR(TICKET_RESET), &row));
	TRY(auth_account_find(call, row.account, &account));
	*login = account.login;
	return OK;
}

static enum err
reset(struct store_tx *tx, void *arg)
{
	const struct resetting *r = arg;
	enum err e = store_ticket_remove(tx, r->hash);

	if (e == ERR_NOT_FOUND)
		return ERR_GONE;
	TRY(e);
	TRY(store_session_drop(tx, r->account));
	TRY(password_put_in(tx, r->call, r->account, r->password_hash));
	return deed_in(tx, r->call, r->account, AUTH_DEED_RESET_USED, (str){ 0 });
}

enum err
auth_reset_take(const struct call *call, str token, str password, struct why *why)
{
	struct resetting r = { .call = call };
	struct store_ticket row;

	TRY(find(call, token, STR(TICKET_RESET), &row));
	TRY(password_prepare(call->arena, password, &r.password_hash, why));
	r.hash = row.hash;
	r.account = row.account;
	return store_write(call->store, reset, &r);
}

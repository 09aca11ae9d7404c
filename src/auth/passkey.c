/* passkey.c - keys that devices keep. */
#include "auth/account_int.h"
#include "auth/auth_int.h"
#include "auth/passkey_int.h"
#include "base/base64.h"
#include "seal/proof.h"
#include "seal/seal.h"
#include "store/store.h"

#define USER_BYTES 16
#define TICKET_KEY "passkey" /* a challenge */

str
auth_passkey_user(struct arena *arena, int64_t account)
{
	return seal_digest(arena, (str){ 0 },
	    arena_printf(arena, "passkeys of %lld", (long long)account), USER_BYTES);
}

/* --- challenges --- */

struct beginning {
	const struct call *call;
	struct store_ticket ticket;
	str *challenge;
};

static enum err
has_room(struct store_tx *tx, const struct call *call)
{
	struct store_passkey *list;
	size_t count;

	TRY(store_passkey_list(tx, call->arena, call->who, &list, &count));
	return count < AUTH_PASSKEYS_MAX ? OK : ERR_LIMIT;
}

static enum err
begin(struct store_tx *tx, void *arg)
{
	struct beginning *b = arg;

	if (b->call->who != CALL_NOBODY)
		TRY(has_room(tx, b->call));
	return ticket_make_in(tx, b->call, &b->ticket, b->challenge);
}

enum err
auth_passkey_begin(const struct call *call, str peer, str *challenge)
{
	struct beginning b = { call,
		{ .kind = STR(TICKET_KEY),
		    .account = call->who,
		    .peer = peer,
		    .expires_ms = call->now_ms + AUTH_PASSKEY_MS },
		challenge };

	return store_write(call->store, begin, &b);
}

struct spending {
	const struct call *call;
	str hash;
	struct store_ticket found; /* out */
};

static enum err
spend(struct store_tx *tx, void *arg)
{
	struct spending *s = arg;

	TRY(store_ticket_find(
	    tx, s->call->arena, s->hash, STR(TICKET_KEY), s->call->now_ms, &s->found));
	return store_ticket_remove(tx, s->hash);
}

/* Before anything else is looked at.  Made for the caller, or, without one, for nobody. */
static enum err
spend_challenge(const struct call *call, str challenge, int64_t made_for)
{
	struct spending s = { .call = call,
		.hash = seal_token_hash(call->arena, challenge) };
	enum err e = store_write(call->store, spend, &s);

	if (e == ERR_NOT_FOUND || (e == OK && s.found.account != made_for))
		return ERR_GONE;
	return e;
}

/* --- made --- */

struct making {
	const struct call *call;
	struct store_passkey row;
};

static enum err
add_passkey(struct store_tx *tx, void *arg)
{
	const struct making *m = arg;

	TRY(has_room(tx, m->call));
	TRY(store_passkey_add(tx, &m->row));
	return deed_in(
	    tx, m->call, m->row.account, AUTH_DEED_PASSKEY_MADE, m->row.label);
}

enum err
auth_passkey_make(const struct call *call, const struct auth_site *site,
    const struct auth_passkey_said *said, str label)
{
	struct passkey_data data;
	struct making m = { .call = call };
	str challenge;
	str client;
	str bytes;

	if (!label.len || label.len > AUTH_PASSKEY_LABEL_BYTES)
		return ERR_BAD_INPUT;
	TRY(base64_read(call->arena, said->client, &client));
	TRY(passkey_client_read(
	    call->arena, client, "webauthn.create", site, &challenge));
	TRY(spend_challenge(call, challenge, call->who));
	TRY(base64_read(call->arena, said->data, &bytes));
	TRY(passkey_attestation_read(bytes, &bytes));
	TRY(passkey_data_read(call->arena, bytes, site, &data));
	if (!data.key.len)
		return ERR_BAD_INPUT;
	m.row = (struct store_passkey){ .id = seal_base64url(call->arena, data.id),
		.account = call->who,
		.label = label,
		.algorithm = data.algorithm,
		.public_key = data.key,
		.counter = data.counter,
		.made_ms = call->now_ms };
	return store_write(call->store, add_passkey, &m);
}

/* --- used --- */

static enum err
find_passkey(const struct call *call, str id, struct store_passkey *out)
{
	SCOPED(store_tx) tx = NULL;
	str raw;

	/* As we write it, whoever padded it how. */
	if (base64_read(call->arena, id, &raw) != OK)
		return ERR_NOT_FOUND;
	TRY(store_look(call->store, &tx));
	return store_passkey_find(
	    tx, call->arena, seal_base64url(call->arena, raw), out);
}

static bool
is_signed(const struct call *call, const struct store_passkey *key, str data,
    str client, str signature)
{
	str text = ARENA_JOIN(call->arena, data, seal_sha256(call->arena, client));

	return key->algorithm == COSE_ES256
		   ? seal_es256_fits(key->public_key, text, signature)
		   : seal_ed25519_fits(key->public_key, text, signature);
}

/* 7.2: an authenticator that counts has to count on; others say 0. */
static bool
counts_on(int64_t former, int64_t now)
{
	return now > former || (!now && !former);
}

struct entering {
	const struct call *call;
	str id;
	int64_t counter;
	struct store_session session;
};

static enum err
enter(struct store_tx *tx, void *arg)
{
	struct entering *e = arg;
	struct store_passkey now;

	TRY(store_passkey_find(tx, e->call->arena, e->id, &now));
	if (!counts_on(now.counter, e->counter))
		return ERR_WHO;
	TRY(store_passkey_used(tx, e->id, e->counter, e->call->now_ms));
	return session_add_in(tx, e->call, &e->session);
}

/* The key, when all that was said about it is right. */
static enum err
verify(const struct call *call, const struct auth_site *site,
    const struct auth_passkey_said *said, struct store_passkey *key,
    struct passkey_data *data)
{
	str challenge;
	str client;
	str bytes;
	str signature;

	TRY(base64_read(call->arena, said->client, &client));
	TRY(passkey_client_read(call->arena, client, "webauthn.get", site, &challenge));
	TRY(spend_challenge(call, challenge, CALL_NOBODY));
	TRY(base64_read(call->arena, said->data, &bytes));
	TRY(base64_read(call->arena, said->signature, &signature));
	TRY(passkey_data_read(call->arena, bytes, site, data));
	TRY(find_passkey(call, said->id, key));
	if (said->user.len &&
	    !str_same(said->user, auth_passkey_user(call->arena, key->account)))
		return ERR_WHO;
	return is_signed(call, key, bytes, client, signature) ? OK : ERR_WHO;
}

/* What is not right is not told apart. */
static enum err
as_who(enum err e)
{
	switch ((int)e) {
	case ERR_NOT_FOUND:
	case ERR_BAD_INPUT:
	case ERR_UNSUPPORTED:
	case ERR_TOO_LARGE: return ERR_WHO;
	default: return e;
	}
}

enum err
auth_passkey_session(struct auth *auth, const struct call *call,
    const struct auth_site *site, const struct auth_passkey_said *said, str peer,
    str about, str *token)
{
	struct store_passkey key;
	struct passkey_data data;
	struct entering entering = { .call = call };
	enum err e;

	if (throttle_waits(auth, peer, call->now_ms))
		return ERR_LIMIT;
	e = as_who(verify(call, site, said, &key, &data));
	if (e == OK) {
		entering.id = key.id;
		entering.counter = data.counter;
		entering.session = session_fresh(call, key.account, about, token);
		e = as_who(store_write(call->store, enter, &entering));
	}
	if (e == ERR_WHO)
		throttle_failed(auth, peer, call->now_ms);
	return e;
}

/* --- the caller's --- */

enum err
auth_passkey_list(const struct call *call, struct auth_passkey **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_passkey *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_passkey_list(tx, call->arena, call->who, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct auth_passkey, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct auth_passkey){ rows[i].id, rows[i].label,
			rows[i].made_ms, rows[i].seen_ms };
	return OK;
}

struct dropping {
	const struct call *call;
	str id;
};

static enum err
drop(struct store_tx *tx, void *arg)
{
	const struct dropping *d = arg;

	struct store_passkey key;

	TRY(store_passkey_find(tx, d->call->arena, d->id, &key));
	TRY(store_passkey_remove(tx, d->call->who, d->id));
	return deed_in(tx, d->call, d->call->who, AUTH_DEED_PASSKEY_REMOVED, key.label);
}

enum err
auth_passkey_remove(const struct call *call, str id)
{
	struct dropping d = { call, id };

	return store_write(call->store, drop, &d);
}

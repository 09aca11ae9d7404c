/* auth.c - the door's own memory, and HTTP Basic. */
#include <stdlib.h>
#include <string.h>

#include "auth/account_int.h"
#include "auth/auth_int.h"
#include "auth/factor.h"
#include "base/buf.h"
#include "base/when.h"
#include "http/http.h"
#include "seal/seal.h"
#include "store/store.h"

#define SEEN_EVERY_MS  WHEN_HOUR_MS
#define APP_HASH_BYTES 32

enum err
auth_open(struct store *store, struct auth **out)
{
	struct auth *auth = calloc(1, sizeof *auth);
	char key[SEAL_KEY_BYTES];

	must(auth);
	auth->store = store;
	auth->arena = arena_open();
	seal_random(key, sizeof key);
	auth->cache_key = arena_copy(auth->arena, (str){ key, sizeof key });
	auth->dummy_hash = seal_password_hash(auth->arena, STR("nobody's password"));
	(void)pthread_mutex_init(&auth->lock, NULL);
	(void)pthread_cond_init(&auth->slot_free, NULL);
	*out = auth;
	return OK;
}

void
auth_close(struct auth **auth)
{
	if (!*auth)
		return;
	(void)pthread_mutex_destroy(&(*auth)->lock);
	(void)pthread_cond_destroy(&(*auth)->slot_free);
	arena_close(&(*auth)->arena);
	free(*auth);
	*auth = NULL;
}

/* --- what was verified lately --- */

static struct verified *
place_of(struct auth *auth, const unsigned char *key)
{
	return &auth->verified[(key[0] << 8 | key[1]) % AUTH_CACHE_ENTRIES];
}

/* An app password's label, cut at the start of a character. */
static struct call_device
device_of(struct arena *arena, const struct store_credential *credential)
{
	struct call_device device = { .id = credential->id,
		.groups = credential->groups };
	str name = credential->label;

	if (credential->kind != STORE_APP_PASSWORD)
		return device;
	if (name.len > AUTH_DEVICE_NAME_BYTES)
		name.len = AUTH_DEVICE_NAME_BYTES;
	while (name.len && name.len < credential->label.len &&
	       ((unsigned char)name.at[name.len] & 0xC0U) == 0x80)
		name.len--;
	device.name = arena_copy(arena, name);
	return device;
}

static void
keep_groups(struct verified *known, str groups)
{
	size_t len = groups.len <= AUTH_GROUPS_BYTES ? groups.len : 0;

	memset(known->groups, 0, sizeof known->groups);
	memcpy(known->groups, len ? groups.at : "", len);
}

static void
remember(struct auth *auth, const struct call *call, str authorization,
    const struct store_credential *credential)
{
	struct verified fresh = { .account = credential->account,
		.credential = credential->id,
		.until_ms = call->now_ms + AUTH_CACHE_MS };

	str name = device_of(call->arena, credential).name;

	if (credential->hash.len > sizeof fresh.hash - 1)
		return;
	memcpy(fresh.name, name.at ? name.at : "", name.len);
	keep_groups(&fresh, credential->groups);
	seal_digest_raw(auth->cache_key, authorization, fresh.key, sizeof fresh.key);
	memcpy(fresh.hash, credential->hash.at, credential->hash.len);
	(void)pthread_mutex_lock(&auth->lock);
	*place_of(auth, fresh.key) = fresh;
	(void)pthread_mutex_unlock(&auth->lock);
}

/* The store is asked each time whether the credential still stands: one look-up by key, so
 * that a withdrawn device is out at once, on every node.  Not where nothing was committed
 * since it was asked last. */
static bool
still_stands(const struct call *call, struct verified *known)
{
	SCOPED(store_tx) tx = NULL;
	str groups;

	if (store_look(call->store, &tx) != OK)
		return false;
	if (known->stamp && known->stamp == store_tx_stamp(tx))
		return true;
	known->stamp = store_tx_stamp(tx);
	if (store_credential_still(tx, call->arena, known->account, known->credential,
		str_of(known->hash), &groups) != OK)
		return false;
	keep_groups(known, groups);
	return true;
}

static void
keep_stamp(struct auth *auth, const struct verified *known)
{
	struct verified *place = place_of(auth, known->key);

	(void)pthread_mutex_lock(&auth->lock);
	if (memcmp(place->key, known->key, sizeof known->key) == 0)
		*place = *known;
	(void)pthread_mutex_unlock(&auth->lock);
}

bool
auth_basic_known(struct auth *auth, const struct call *call, str authorization,
    struct auth_caller *out)
{
	unsigned char key[CACHE_KEY_BYTES];
	struct verified known;
	uint64_t stamp;

	if (!authorization.len)
		return false;
	seal_digest_raw(auth->cache_key, authorization, key, sizeof key);
	(void)pthread_mutex_lock(&auth->lock);
	known = *place_of(auth, key);
	(void)pthread_mutex_unlock(&auth->lock);
	if (known.until_ms < call->now_ms || memcmp(known.key, key, sizeof key) != 0)
		return false;
	stamp = known.stamp;
	if (!still_stands(call, &known))
		return false;
	if (known.stamp != stamp)
		keep_stamp(auth, &known);
	*out = (struct auth_caller){ known.account,
		{ known.credential, arena_copy(call->arena, str_of(known.name)),
		    arena_copy(call->arena, str_of(known.groups)) },
		known.account };
	return true;
}

/* --- verifying --- */

bool
slots_password_fits(struct auth *auth, str hash, str password)
{
	bool fits;

	(void)pthread_mutex_lock(&auth->lock);
	while (auth->hashing == AUTH_HASHES_AT_ONCE)
		(void)pthread_cond_wait(&auth->slot_free, &auth->lock);
	auth->hashing++;
	(void)pthread_mutex_unlock(&auth->lock);
	fits = seal_password_fits(hash, password);
	(void)pthread_mutex_lock(&auth->lock);
	auth->hashing--;
	(void)pthread_cond_signal(&auth->slot_free);
	(void)pthread_mutex_unlock(&auth->lock);
	return fits;
}

/* App passwords are random: a plain digest is enough for them. */
str
auth_app_hash(struct arena *arena, str password)
{
	struct buf bare = buf_in(arena, AUTH_PASSWORD_MAX_BYTES);

	for (size_t i = 0; i < password.len; i++) {
		char c = password.at[i];

		if (c != '-' && c != ' ')
			buf_add_char(&bare, (char)(c >= 'A' && c <= 'Z' ? c + 32 : c));
	}
	if (bare.overflowed)
		return (str){ 0 };
	return seal_digest(arena, (str){ 0 }, buf_str(&bare), APP_HASH_BYTES);
}

enum err
auth_main_password(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_credential *out)
{
	struct store_credential *list;
	size_t count;

	TRY(store_credential_list(tx, arena, account, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].kind == STORE_PASSWORD) {
			*out = list[i];
			return OK;
		}
	return ERR_NOT_FOUND;
}

/* Looks the login up: its app password if this is one (*app), else what its own password is
 * to be held against. */
static enum err
candidates(const struct call *call, str login, str password,
    struct store_credential *out, bool *app, int64_t *tried)
{
	SCOPED(store_tx) tx = NULL;
	struct store_account account;
	str hash = auth_app_hash(call->arena, password);

	*app = false;
	TRY(store_look(call->store, &tx));
	TRY(store_account_by_login(tx, call->arena, login, &account));
	*tried = account.id;
	if (account.disabled_ms) /* as if there were none */
		return ERR_NOT_FOUND;
	if (hash.len &&
	    store_credential_by_hash(tx, call->arena, account.id, hash, out) == OK &&
	    out->kind == STORE_APP_PASSWORD) {
		*app = true;
		return OK;
	}
	return auth_main_password(tx, call->arena, account.id, out);
}

enum err
verify_login_of(struct auth *auth, const struct call *call, str login, str password,
    str peer, struct store_credential *out, int64_t *tried)
{
	bool app = false;
	enum err e;

	*tried = 0;
	if (throttle_waits(auth, peer, call->now_ms) ||
	    throttle_waits(auth, login, call->now_ms))
		return ERR_LIMIT;
	if (password.len > AUTH_PASSWORD_MAX_BYTES)
		return ERR_WHO;
	e = candidates(call, login, password, out, &app, tried);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (app)
		return OK;
	/* Nobody's password takes as long as somebody's. */
	if (!slots_password_fits(
		auth, e == OK ? out->hash : auth->dummy_hash, password) ||
	    e != OK) {
		throttle_failed(auth, peer, call->now_ms);
		throttle_failed(auth, login, call->now_ms);
		deed_note_failure(call, *tried);
		return ERR_WHO;
	}
	throttle_forgive(auth, login);
	return OK;
}

enum err
verify_login(struct auth *auth, const struct call *call, str login, str password,
    str peer, struct store_credential *out)
{
	int64_t tried;

	return verify_login_of(auth, call, login, password, peer, out, &tried);
}

/* Where a code is wanted as well, the account's own password alone is not. */
static enum err
is_enough(const struct call *call, const struct store_credential *shown)
{
	struct auth_totp totp;

	if (shown->kind != STORE_PASSWORD)
		return OK;
	TRY(auth_totp_find(call, shown->account, &totp));
	return totp.on ? ERR_FORBIDDEN : OK;
}

struct seen {
	int64_t account, id, at_ms;
};

static enum err
note_seen(struct store_tx *tx, void *arg)
{
	struct seen *seen = arg;

	return store_credential_seen(tx, seen->account, seen->id, seen->at_ms);
}

enum err
auth_basic(struct auth *auth, const struct call *call, str authorization, str peer,
    struct auth_caller *out)
{
	struct store_credential credential;
	str user;
	str password;
	enum err e = http_basic_read(call->arena, authorization, &user, &password);

	if (e != OK)
		return ERR_WHO;
	TRY(verify_login_of(
	    auth, call, user, password, peer, &credential, &out->tried));
	TRY(is_enough(call, &credential));
	if (call->now_ms - credential.seen_ms > SEEN_EVERY_MS) {
		struct seen seen = { credential.account, credential.id, call->now_ms };

		TRY(store_write(call->store, note_seen, &seen));
	}
	remember(auth, call, authorization, &credential);
	*out = (struct auth_caller){ credential.account,
		device_of(call->arena, &credential), credential.account };
	return OK;
}

/* account.c - accounts and their devices. */
#include "auth/account_int.h"
#include "auth/auth_int.h"
#include "base/buf.h"
#include "seal/seal.h"
#include "store/deed.h"
#include "store/store.h"

#define LOGIN_MAX_BYTES 128
#define APP_GROUPS      6 /* of four: 24 letters of 32, 120 bits */

/* No 0 and o, no 1 and l: read off one screen, typed into another. */
static const char app_letters[] = "abcdefghijkmnpqrstuvwxyz23456789";

static enum err
refuse(struct why *why, enum err outcome, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return outcome;
}

static enum err
login_is_good(str login, struct why *why)
{
	if (!login.len || login.len > LOGIN_MAX_BYTES || !str_is_utf8(login))
		return refuse(why, ERR_BAD_INPUT, "a login has 1 to 128 bytes", login);
	for (size_t i = 0; i < login.len; i++) {
		unsigned char c = (unsigned char)login.at[i];

		if (c <= ' ' || c == 0x7F || c == ':' || c == '/')
			return refuse(why, ERR_BAD_INPUT,
			    "a login has no blanks, ':', '/' or control characters",
			    login);
	}
	return OK;
}

static enum err
password_is_good(str password, struct why *why)
{
	if (password.len >= AUTH_PASSWORD_MIN_BYTES &&
	    password.len <= AUTH_PASSWORD_MAX_BYTES)
		return OK;
	return refuse(why, ERR_BAD_INPUT, "a password has 8 to 1024 bytes", (str){ 0 });
}

static enum err
add_identifier(struct store_tx *tx, struct account_adding *a, str kind, str value)
{
	struct store_identifier row = { a->id, kind, value, a->fresh->how,
		a->call->now_ms };
	enum err e;

	if (!value.len)
		return OK;
	e = store_identifier_add(tx, &row);
	if (e == ERR_EXISTS)
		a->taken = value;
	return e;
}

static enum err
add_password(struct store_tx *tx, int64_t account, str hash, int64_t now_ms)
{
	struct store_credential row = { .account = account,
		.id = store_fresh_id(),
		.kind = STORE_PASSWORD,
		.hash = hash,
		.made_ms = now_ms };

	return hash.len ? store_credential_add(tx, &row) : OK;
}

enum err
account_add_in(struct store_tx *tx, struct account_adding *a)
{
	struct store_account account = { .id = a->id,
		.login = a->fresh->login,
		.name = a->fresh->name,
		.lang = a->fresh->lang,
		.region = a->fresh->region,
		.policy = STR("fill"),
		.made_ms = a->call->now_ms,
		.admin = a->fresh->admin };
	bool any = true;

	a->taken = a->fresh->login;
	TRY(store_account_any(tx, &any));
	account.admin |= !any; /* the first one looks after the house */
	TRY(store_account_add(tx, &account));
	TRY(add_identifier(tx, a, STR("tel"), a->fresh->phone));
	TRY(add_identifier(tx, a, STR("email"), a->fresh->email));
	TRY(add_password(tx, a->id, a->hash, a->call->now_ms));
	return deed_in(tx, a->call, a->id, AUTH_DEED_MADE, a->fresh->login);
}

enum err
account_prepare(const struct call *call, const struct auth_new *fresh,
    struct account_adding *out, struct why *why)
{
	*out = (struct account_adding){
		.call = call, .fresh = fresh, .id = store_fresh_id()
	};
	TRY(login_is_good(fresh->login, why));
	if (!fresh->password.len)
		return OK;
	TRY(password_is_good(fresh->password, why));
	out->hash = seal_password_hash(call->arena, fresh->password);
	return OK;
}

enum err
account_outcome(const struct account_adding *a, enum err e, struct why *why)
{
	return e == ERR_EXISTS ? refuse(why, e, "that is taken", a->taken) : e;
}

static enum err
add_account(struct store_tx *tx, void *arg)
{
	return account_add_in(tx, arg);
}

enum err
auth_account_add(const struct call *call, const struct auth_new *fresh, int64_t *out,
    struct why *why)
{
	struct account_adding a;

	TRY(account_prepare(call, fresh, &a, why));
	*out = a.id;
	return account_outcome(&a, store_write(call->store, add_account, &a), why);
}

static enum err
describe(struct store_tx *tx, struct arena *arena, const struct store_account *row,
    struct auth_account *out)
{
	struct store_identifier *list;
	size_t count;

	*out = (struct auth_account){ .id = row->id,
		.login = row->login,
		.name = row->name,
		.lang = row->lang,
		.region = row->region,
		.policy = row->policy,
		.admin = row->admin,
		.disabled = row->disabled_ms > 0 };
	TRY(store_identifier_list(tx, arena, row->id, &list, &count));
	for (size_t i = 0; i < count; i++) {
		if (str_same(list[i].kind, STR("tel")) && !out->phone.len)
			out->phone = list[i].value;
		if (str_same(list[i].kind, STR("email")) && !out->email.len)
			out->email = list[i].value;
	}
	return OK;
}

enum err
auth_account_find(const struct call *call, int64_t id, struct auth_account *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_account row;

	TRY(store_look(call->store, &tx));
	TRY(store_account_find(tx, call->arena, id, &row));
	return describe(tx, call->arena, &row, out);
}

enum err
auth_account_by_login(const struct call *call, str login, struct auth_account *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_account row;

	TRY(store_look(call->store, &tx));
	TRY(store_account_by_login(tx, call->arena, login, &row));
	return describe(tx, call->arena, &row, out);
}

enum err
auth_account_by_identifier(
    const struct call *call, str kind, str value, struct auth_account *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_identifier found;
	struct store_account row;

	TRY(store_look(call->store, &tx));
	TRY(store_identifier_find(tx, call->arena, kind, value, &found));
	TRY(store_account_find(tx, call->arena, found.account, &row));
	if (row.disabled_ms)
		return ERR_NOT_FOUND;
	return describe(tx, call->arena, &row, out);
}

enum err
auth_account_list(const struct call *call, struct auth_accounts *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_account *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_account_list(tx, call->arena, &rows, &out->count));
	out->list = ARENA_ARRAY(call->arena, struct auth_account, out->count);
	for (size_t i = 0; i < out->count; i++)
		TRY(describe(tx, call->arena, &rows[i], &out->list[i]));
	return OK;
}

struct removing {
	const struct call *call;
	int64_t account;
};

/* Who leaves, leaves nothing: the log says "z…" of zhangsan. */
static str
login_masked(struct arena *arena, str login)
{
	size_t end = 1;

	while (end < login.len && ((unsigned char)login.at[end] & 0xC0U) == 0x80)
		end++;
	return ARENA_JOIN(arena, str_part(login, 0, end), STR("…"));
}

enum err
account_remove_in(struct store_tx *tx, const struct call *call, int64_t account)
{
	struct store_account row;
	struct call by = *call;

	TRY(store_account_find(tx, call->arena, account, &row));
	TRY(admin_may_go_in(tx, &row));
	TRY(store_account_remove(tx, account));
	if (by.who == account)
		by.who = STORE_DEED_REMOVED;
	return deed_in(
	    tx, &by, 0, AUTH_DEED_REMOVED, login_masked(call->arena, row.login));
}

static enum err
remove_account(struct store_tx *tx, void *arg)
{
	const struct removing *r = arg;

	return account_remove_in(tx, r->call, r->account);
}

enum err
auth_account_remove(const struct call *call, int64_t id)
{
	struct removing r = { call, id };

	return store_write(call->store, remove_account, &r);
}

/* --- passwords --- */

/* The former one goes, and with it every cached proof of it. */
enum err
password_put_in(struct store_tx *tx, const struct call *call, int64_t account, str hash)
{
	struct store_account row;
	struct store_credential *list;
	size_t count;

	TRY(store_account_find(tx, call->arena, account, &row));
	TRY(store_credential_list(tx, call->arena, account, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].kind == STORE_PASSWORD)
			TRY(store_credential_remove(tx, account, list[i].id));
	TRY(add_password(tx, account, hash, call->now_ms));
	return deed_in(tx, call, account, AUTH_DEED_PASSWORD, (str){ 0 });
}

enum err
password_prepare(struct arena *arena, str password, str *hash, struct why *why)
{
	TRY(password_is_good(password, why));
	*hash = seal_password_hash(arena, password);
	return OK;
}

struct changing {
	const struct call *call;
	int64_t account;
	str hash;
	str token; /* of the one session that goes on; empty: all do */
};

static enum err
change_password(struct store_tx *tx, void *arg)
{
	const struct changing *c = arg;

	if (c->token.len)
		TRY(session_end_others_in(tx, c->call->arena, c->account, c->token));
	return password_put_in(tx, c->call, c->account, c->hash);
}

enum err
auth_password_set(
    const struct call *call, int64_t account, str password, struct why *why)
{
	struct changing c = { .call = call, .account = account };

	TRY(password_prepare(call->arena, password, &c.hash, why));
	return store_write(call->store, change_password, &c);
}

enum err
auth_password_change(struct auth *auth, const struct call *call, str former, str fresh,
    str peer, str token, struct why *why)
{
	struct changing c = { .call = call, .account = call->who, .token = token };
	struct auth_account me;
	struct store_credential verified;

	TRY(auth_account_find(call, call->who, &me));
	TRY(verify_login(auth, call, me.login, former, peer, &verified));
	if (verified.kind !=
	    STORE_PASSWORD) /* a device may not take the account over */
		return ERR_WHO;
	TRY(password_prepare(call->arena, fresh, &c.hash, why));
	return store_write(call->store, change_password, &c);
}

/* --- how it wants things --- */

struct setting {
	int64_t account;
	str lang, policy;
};

static enum err
set_account(struct store_tx *tx, void *arg)
{
	const struct setting *s = arg;

	return store_account_set(tx, s->account, s->lang, s->policy);
}

static bool
is_one_of(str word, const str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(words[i], word))
			return true;
	return false;
}

enum err
auth_account_set(
    const struct call *call, int64_t account, str lang, str policy, struct why *why)
{
	static const str langs[] = { STR_CONST("zh"), STR_CONST("en") };
	static const str policies[] = { STR_CONST("fill"), STR_CONST("review"),
		STR_CONST("auto") };
	struct setting s = { account, lang, policy };

	if (!is_one_of(lang, langs, 2))
		return refuse(why, ERR_BAD_INPUT, "zh or en", lang);
	if (!is_one_of(policy, policies, 3))
		return refuse(why, ERR_BAD_INPUT, "fill, review or auto", policy);
	return store_write(call->store, set_account, &s);
}

enum err
auth_identifier_list(const struct call *call, int64_t account,
    struct auth_identifier **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_identifier *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_identifier_list(tx, call->arena, account, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct auth_identifier, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct auth_identifier){ rows[i].kind, rows[i].value,
			rows[i].how, rows[i].verified_ms };
	return OK;
}

/* --- devices --- */

str
auth_letters(struct arena *arena, int groups)
{
	struct buf text = buf_in(arena, 64);

	for (int i = 0; i < groups * 4; i++) {
		if (i && i % 4 == 0)
			buf_add_char(&text, '-');
		buf_add_char(
		    &text, app_letters[seal_random_below(sizeof app_letters - 1)]);
	}
	return buf_str(&text);
}

enum err
app_password_make_in(
    struct store_tx *tx, const struct call *call, int64_t account, str label, str *out)
{
	struct store_credential row = { .account = account,
		.id = store_fresh_id(),
		.kind = STORE_APP_PASSWORD,
		.label = label,
		.made_ms = call->now_ms };

	*out = auth_letters(call->arena, APP_GROUPS);
	row.hash = auth_app_hash(call->arena, *out);
	TRY(store_credential_add(tx, &row));
	return deed_in(tx, call, account, AUTH_DEED_APP_MADE, label);
}

struct letting_in {
	const struct call *call;
	int64_t account;
	str label;
	str *out;
};

static enum err
make_app_password(struct store_tx *tx, void *arg)
{
	const struct letting_in *l = arg;

	return app_password_make_in(tx, l->call, l->account, l->label, l->out);
}

enum err
auth_app_password_make(const struct call *call, int64_t account, str label, str *out)
{
	struct letting_in l = { call, account, label, out };

	return store_write(call->store, make_app_password, &l);
}

enum err
auth_device_list(
    const struct call *call, int64_t account, struct auth_device **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_credential *rows;
	size_t all;

	TRY(store_look(call->store, &tx));
	TRY(store_credential_list(tx, call->arena, account, &rows, &all));
	*out = ARENA_ARRAY(call->arena, struct auth_device, all);
	*count = 0;
	for (size_t i = 0; i < all; i++)
		if (rows[i].kind == STORE_APP_PASSWORD)
			(*out)[(*count)++] =
			    (struct auth_device){ rows[i].id, rows[i].label,
				    rows[i].made_ms, rows[i].seen_ms, rows[i].groups };
	return OK;
}

struct choosing {
	int64_t account, id;
	str groups;
};

static enum err
set_groups(struct store_tx *tx, void *arg)
{
	const struct choosing *c = arg;

	return store_credential_set_groups(tx, c->account, c->id, c->groups);
}

enum err
auth_device_set_groups(const struct call *call, int64_t account, int64_t id, str groups)
{
	struct choosing c = { account, id, groups };

	if (groups.len > AUTH_GROUPS_BYTES)
		return ERR_BAD_INPUT;
	return store_write(call->store, set_groups, &c);
}

struct dropping {
	const struct call *call;
	int64_t account, id;
};

static str
label_of(struct store_tx *tx, const struct dropping *d)
{
	struct store_credential *list;
	size_t count;

	if (store_credential_list(tx, d->call->arena, d->account, &list, &count) == OK)
		for (size_t i = 0; i < count; i++)
			if (list[i].id == d->id)
				return list[i].label;
	return (str){ 0 };
}

static enum err
drop_device(struct store_tx *tx, void *arg)
{
	const struct dropping *d = arg;
	str label = label_of(tx, d);

	TRY(store_credential_remove(tx, d->account, d->id));
	return deed_in(tx, d->call, d->account, AUTH_DEED_APP_REVOKED, label);
}

enum err
auth_device_remove(const struct call *call, int64_t account, int64_t id)
{
	struct dropping d = { call, account, id };

	return store_write(call->store, drop_device, &d);
}

/* admin.c - who looks after the server, and the accounts on it. */
#include "auth/admin.h"

#include "auth/account_int.h"
#include "store/health.h"
#include "store/store.h"

enum err
auth_any_account(const struct call *call, bool *out)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_account_any(tx, out);
}

enum err
auth_is_admin(const struct call *call, int64_t account, bool *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_account row = { 0 };
	enum err e;

	TRY(store_look(call->store, &tx));
	e = store_account_find(tx, call->arena, account, &row);
	*out = e == OK && row.admin && !row.disabled_ms;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* --- what an account may do --- */

enum err
admin_may_go_in(struct store_tx *tx, const struct store_account *account)
{
	struct store_account_counts counts;

	if (!account->admin || account->disabled_ms)
		return OK;
	TRY(store_account_counts(tx, &counts));
	return counts.admins > 1 || counts.all == 1 ? OK : ERR_CONDITION;
}

struct changing {
	const struct call *call;
	int64_t account;
	bool on;
};

/* Not even of a server's only account: there would be nobody to make another. */
static enum err
one_is_left(struct store_tx *tx, const struct store_account *account)
{
	struct store_account_counts counts;

	if (!account->admin || account->disabled_ms)
		return OK;
	TRY(store_account_counts(tx, &counts));
	return counts.admins > 1 ? OK : ERR_CONDITION;
}

static enum err
set_admin(struct store_tx *tx, void *arg)
{
	const struct changing *c = arg;
	struct store_account row;

	TRY(store_account_find(tx, c->call->arena, c->account, &row));
	if (row.admin == c->on)
		return OK;
	TRY(one_is_left(tx, &row));
	TRY(store_account_role(tx, row.id, c->on, row.disabled_ms));
	return deed_in(tx, c->call, row.id,
	    c->on ? AUTH_DEED_ADMIN_ON : AUTH_DEED_ADMIN_OFF, (str){ 0 });
}

enum err
auth_admin_set(const struct call *call, int64_t account, bool admin)
{
	struct changing c = { call, account, admin };

	return store_write(call->store, set_admin, &c);
}

static enum err
set_disabled(struct store_tx *tx, void *arg)
{
	const struct changing *c = arg;
	struct store_account row;

	TRY(store_account_find(tx, c->call->arena, c->account, &row));
	if ((row.disabled_ms > 0) == c->on)
		return OK;
	TRY(one_is_left(tx, &row));
	TRY(store_account_role(tx, row.id, row.admin, c->on ? c->call->now_ms : 0));
	TRY(store_session_drop(tx, row.id));
	return deed_in(tx, c->call, row.id,
	    c->on ? AUTH_DEED_DISABLED : AUTH_DEED_ENABLED, (str){ 0 });
}

enum err
auth_disabled_set(const struct call *call, int64_t account, bool disabled)
{
	struct changing c = { call, account, disabled };

	return store_write(call->store, set_disabled, &c);
}

/* --- lists --- */

enum err
auth_member_list(const struct call *call, str behind, size_t limit,
    struct auth_member **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_member *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_account_page(tx, call->arena, behind, limit, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct auth_member, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct auth_member){ .id = rows[i].id,
			.login = rows[i].login,
			.name = rows[i].name,
			.admin = rows[i].admin,
			.disabled = rows[i].disabled_ms > 0,
			.cards = rows[i].cards,
			.seen_ms = rows[i].seen_ms };
	return OK;
}

enum err
auth_counts(const struct call *call, struct auth_counts *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_account_counts counts;

	TRY(store_look(call->store, &tx));
	TRY(store_account_counts(tx, &counts));
	*out = (struct auth_counts){ counts.all, counts.admins, counts.disabled,
		counts.cards };
	return OK;
}

enum err
auth_house(str folder, struct auth_house *out)
{
	struct store_size size;

	TRY(store_size(folder, &size));
	*out = (struct auth_house){ size.bytes, size.log_bytes, size.free_bytes };
	return OK;
}

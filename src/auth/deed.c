/* deed.c - what was done, and by whom. */
#include "auth/deed.h"

#include <stdint.h>

#include "auth/account_int.h"
#include "base/when.h"
#include "store/deed.h"
#include "store/store.h"

#define ABOUT_MAX_BYTES    128
#define MASKED_IPV6_GROUPS 3 /* a /48: one site */

static const str words[AUTH_DEED_COUNT] = {
	[AUTH_DEED_MADE] = STR_CONST("made"),
	[AUTH_DEED_REMOVED] = STR_CONST("removed"),
	[AUTH_DEED_LOGIN] = STR_CONST("login"),
	[AUTH_DEED_LOGIN_FAILED] = STR_CONST("login-failed"),
	[AUTH_DEED_PASSWORD] = STR_CONST("password"),
	[AUTH_DEED_APP_MADE] = STR_CONST("app-made"),
	[AUTH_DEED_APP_REVOKED] = STR_CONST("app-revoked"),
	[AUTH_DEED_CODES_ON] = STR_CONST("codes-on"),
	[AUTH_DEED_CODES_OFF] = STR_CONST("codes-off"),
	[AUTH_DEED_PASSKEY_MADE] = STR_CONST("passkey-made"),
	[AUTH_DEED_PASSKEY_REMOVED] = STR_CONST("passkey-removed"),
	[AUTH_DEED_ADMIN_ON] = STR_CONST("admin-on"),
	[AUTH_DEED_ADMIN_OFF] = STR_CONST("admin-off"),
	[AUTH_DEED_DISABLED] = STR_CONST("disabled"),
	[AUTH_DEED_ENABLED] = STR_CONST("enabled"),
	[AUTH_DEED_RESET_MADE] = STR_CONST("reset-made"),
	[AUTH_DEED_RESET_USED] = STR_CONST("reset-used"),
	[AUTH_DEED_INVITE_MADE] = STR_CONST("invite-made"),
	[AUTH_DEED_INVITE_WITHDRAWN] = STR_CONST("invite-withdrawn"),
	[AUTH_DEED_INVITE_USED] = STR_CONST("invite-used"),
	[AUTH_DEED_GATE_TESTED] = STR_CONST("gate-tested"),
	[AUTH_DEED_BLOCKED] = STR_CONST("blocked"),
	[AUTH_DEED_CHECKED] = STR_CONST("checked"),
	[AUTH_DEED_BACKUP] = STR_CONST("backup"),
};

/* --- where from --- */

static str
masked_ipv6(struct arena *arena, str peer)
{
	str rest = peer;
	size_t len = 0;

	for (int i = 0; i < MASKED_IPV6_GROUPS && rest.len; i++) {
		str group = str_cut(&rest, ':');

		if (!group.len) /* "::" */
			break;
		len = (size_t)(group.at - peer.at) + group.len;
	}
	return ARENA_JOIN(arena, str_part(peer, 0, len), STR("::x"));
}

str
auth_peer_masked(struct arena *arena, str peer)
{
	size_t end = peer.len;

	if (str_has(peer, ':') && !str_has(peer, '.'))
		return masked_ipv6(arena, peer);
	while (end && peer.at[end - 1] != '.')
		end--;
	return end ? ARENA_JOIN(arena, str_part(peer, 0, end), STR("x")) : (str){ 0 };
}

/* --- written --- */

/* Strangers can make as many failures as they like: an hour's are one row, and those of
 * logins that nobody has are one row in all. */
static void
count_by_hour(struct store_deed *row, enum auth_deed deed)
{
	if (deed != AUTH_DEED_LOGIN_FAILED)
		return;
	row->hour = row->at_ms / WHEN_HOUR_MS + 1;
	if (!row->account)
		row->peer = (str){ 0 };
}

enum err
deed_in(struct store_tx *tx, const struct call *call, int64_t account,
    enum auth_deed deed, str about)
{
	struct store_deed row = { .account = account,
		.actor = call->who,
		.what = words[deed],
		.about = session_clipped_to(about, ABOUT_MAX_BYTES),
		.peer = auth_peer_masked(call->arena, call->peer),
		.at_ms = call->now_ms };

	count_by_hour(&row, deed);
	return store_deed_add(tx, &row);
}

struct noting {
	const struct call *call;
	int64_t account;
	enum auth_deed deed;
	str about;
};

static enum err
note(struct store_tx *tx, void *arg)
{
	const struct noting *n = arg;

	return deed_in(tx, n->call, n->account, n->deed, n->about);
}

enum err
auth_deed_note(const struct call *call, enum auth_deed deed, str about)
{
	struct noting n = { call, 0, deed, about };

	return store_write(call->store, note, &n);
}

void
deed_note_failure(const struct call *call, int64_t account)
{
	struct noting n = { call, account, AUTH_DEED_LOGIN_FAILED, (str){ 0 } };

	(void)!store_write(call->store, note, &n); /* the refusal stands without it */
}

/* --- read --- */

static enum auth_deed
deed_of(str word)
{
	for (size_t i = 0; i < AUTH_DEED_COUNT; i++)
		if (str_same(words[i], word))
			return (enum auth_deed)i;
	return AUTH_DEED_COUNT;
}

static str
login_of(struct store_tx *tx, struct arena *arena, int64_t account)
{
	struct store_account row;

	if (account <= 0 || store_account_find(tx, arena, account, &row) != OK)
		return (str){ 0 };
	return row.login;
}

static struct auth_deed_row
row_of(struct store_tx *tx, struct arena *arena, const struct store_deed *d)
{
	return (struct auth_deed_row){ .id = d->id,
		.at_ms = d->at_ms,
		.count = d->count,
		.deed = deed_of(d->what),
		.account = d->account,
		.actor = d->actor,
		.login = login_of(tx, arena, d->account),
		.by = login_of(tx, arena, d->actor),
		.about = d->about,
		.peer = d->peer };
}

enum err
auth_deed_list(const struct call *call, int64_t account, struct auth_deed_place behind,
    size_t limit, struct auth_deed_row **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_deed *rows;
	size_t all;

	TRY(store_look(call->store, &tx));
	TRY(store_deed_list(tx, call->arena, account,
	    (struct store_deed_place){ behind.at_ms, behind.id }, limit, &rows, &all));
	*out = ARENA_ARRAY(call->arena, struct auth_deed_row, all);
	*count = 0;
	for (size_t i = 0; i < all; i++) {
		(*out)[*count] = row_of(tx, call->arena, &rows[i]);
		*count += (*out)[*count].deed < AUTH_DEED_COUNT; /* a newer kith's */
	}
	return OK;
}

enum err
auth_deed_last(const struct call *call, enum auth_deed deed, int64_t *at_ms)
{
	SCOPED(store_tx) tx = NULL;
	struct store_deed row = { 0 };
	enum err e;

	TRY(store_look(call->store, &tx));
	e = store_deed_last(tx, call->arena, words[deed], &row);
	*at_ms = row.at_ms;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* flow.c - a device is let in by its owner's browser. */
#include "auth/flow.h"

#include "auth/auth_int.h"
#include "seal/seal.h"
#include "store/store.h"

#define TICKET_PAGE "flow" /* account: who granted; data: what the device is called */
#define TICKET_POLL "flow-poll" /* data: the hash of the other */

struct beginning {
	const struct call *call;
	struct store_ticket page;
	struct auth_flow_begun *out;
};

static enum err
begin(struct store_tx *tx, void *arg)
{
	struct beginning *b = arg;
	struct store_ticket poll = { .kind = STR(TICKET_POLL),
		.expires_ms = b->page.expires_ms };

	TRY(ticket_make_in(tx, b->call, &b->page, &b->out->page));
	poll.data = b->page.hash;
	return ticket_make_in(tx, b->call, &poll, &b->out->poll);
}

enum err
auth_flow_begin(
    const struct call *call, str peer, str about, struct auth_flow_begun *out)
{
	struct beginning b = { call,
		{ .kind = STR(TICKET_PAGE),
		    .peer = peer,
		    .data = session_clipped(about),
		    .expires_ms = call->now_ms + AUTH_FLOW_MS },
		out };

	return store_write(call->store, begin, &b);
}

/* --- the owner's side --- */

static enum err
find_page(
    struct store_tx *tx, const struct call *call, str page, struct store_ticket *out)
{
	enum err e = store_ticket_find(tx, call->arena,
	    seal_token_hash(call->arena, page), STR(TICKET_PAGE), call->now_ms, out);

	return e == ERR_NOT_FOUND ? ERR_GONE : e;
}

enum err
auth_flow_find(const struct call *call, str page, struct auth_flow *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_ticket found;

	TRY(store_look(call->store, &tx));
	TRY(find_page(tx, call, page, &found));
	*out = (struct auth_flow){ found.data, found.peer, found.account };
	return OK;
}

struct deciding {
	const struct call *call;
	str page;
};

static enum err
grant(struct store_tx *tx, void *arg)
{
	const struct deciding *d = arg;
	struct store_ticket found;

	TRY(find_page(tx, d->call, d->page, &found));
	if (found.account != CALL_NOBODY)
		return found.account == d->call->who ? OK : ERR_GONE;
	return store_ticket_set(tx, found.hash, d->call->who, found.data);
}

enum err
auth_flow_grant(const struct call *call, str page)
{
	struct deciding d = { call, page };

	return store_write(call->store, grant, &d);
}

static enum err
deny(struct store_tx *tx, void *arg)
{
	const struct deciding *d = arg;
	struct store_ticket found;

	TRY(find_page(tx, d->call, d->page, &found));
	if (found.account != CALL_NOBODY && found.account != d->call->who)
		return ERR_GONE;
	return store_ticket_remove(tx, found.hash);
}

enum err
auth_flow_deny(const struct call *call, str page)
{
	struct deciding d = { call, page };

	return store_write(call->store, deny, &d);
}

/* --- the device's --- */

struct asking {
	const struct call *call;
	str hash, login, password; /* the last two: out */
};

static enum err
find_granted(struct store_tx *tx, const struct asking *a, struct store_ticket *page)
{
	struct store_ticket poll;

	TRY(store_ticket_find(
	    tx, a->call->arena, a->hash, STR(TICKET_POLL), a->call->now_ms, &poll));
	TRY(store_ticket_find(
	    tx, a->call->arena, poll.data, STR(TICKET_PAGE), a->call->now_ms, page));
	return page->account == CALL_NOBODY ? ERR_NOT_FOUND : OK;
}

static enum err
let_in(struct store_tx *tx, void *arg)
{
	struct asking *a = arg;
	struct store_ticket page;
	struct store_account account;

	TRY(find_granted(tx, a, &page));
	TRY(store_account_find(tx, a->call->arena, page.account, &account));
	TRY(store_ticket_remove(tx, page.hash));
	TRY(store_ticket_remove(tx, a->hash));
	a->login = account.login;
	return app_password_make_in(tx, a->call, page.account, page.data, &a->password);
}

/* Most questions come too early: they are answered without a write. */
enum err
auth_flow_poll(const struct call *call, str poll, str *login, str *password)
{
	struct asking a = { .call = call, .hash = seal_token_hash(call->arena, poll) };
	struct store_ticket page;

	{
		SCOPED(store_tx) tx = NULL;

		TRY(store_look(call->store, &tx));
		TRY(find_granted(tx, &a, &page));
	}
	TRY(store_write(call->store, let_in, &a));
	*login = a.login;
	*password = a.password;
	return OK;
}

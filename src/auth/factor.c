/* factor.c - codes beside the password. */
#include "auth/factor.h"

#include "auth/account_int.h"
#include "auth/auth_int.h"
#include "base/buf.h"
#include "seal/seal.h"
#include "store/factor.h"
#include "store/store.h"

#define RECOVERY_GROUPS 4 /* of four letters: 80 bits */
#define TYPED_MAX_BYTES 64

/* --- throttled for themselves --- */

static str
throttle_name(const struct call *call, int64_t account)
{
	return arena_printf(call->arena, "code of %lld", (long long)account);
}

bool
factor_waits(struct auth *auth, const struct call *call, int64_t account)
{
	return throttle_waits(auth, throttle_name(call, account), call->now_ms);
}

enum err
factor_settle(struct auth *auth, const struct call *call, int64_t account, bool right)
{
	if (right)
		throttle_forgive(auth, throttle_name(call, account));
	else
		throttle_failed(auth, throttle_name(call, account), call->now_ms);
	return right ? OK : ERR_WHO;
}

/* --- one code --- */

/* "123 456" is what some authenticators show. */
static str
without_blanks(struct arena *arena, str typed)
{
	struct buf out = buf_in(arena, TYPED_MAX_BYTES);

	for (size_t i = 0; i < typed.len; i++)
		if (typed.at[i] != ' ')
			buf_add_char(&out, typed.at[i]);
	return out.overflowed ? (str){ 0 } : buf_str(&out);
}

/* The step this code is of, if that is not spent; 0: none. */
static int64_t
step_of(const struct call *call, const struct store_totp *row, str code)
{
	int64_t now = call->now_ms / SEAL_TOTP_STEP_MS;
	int64_t found = 0;

	for (int64_t step = now - AUTH_TOTP_STEPS_ASIDE;
	     step <= now + AUTH_TOTP_STEPS_ASIDE; step++) {
		str right;

		if (step > row->step &&
		    seal_totp(call->arena, row->secret, step, &right) == OK &&
		    seal_same(right, code))
			found = step;
	}
	return found;
}

enum err
factor_take_in(struct store_tx *tx, const struct call *call, int64_t account, str typed,
    bool *right)
{
	struct store_totp row;
	str code = without_blanks(call->arena, typed);
	int64_t step;
	enum err e;

	*right = false;
	TRY(store_totp_find(tx, call->arena, account, &row));
	step = step_of(call, &row, code);
	if (step)
		e = store_totp_step(tx, account, step);
	else
		e = store_recovery_take(tx, account, auth_app_hash(call->arena, code));
	*right = e == OK;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* --- on and off --- */

enum err
auth_totp_find(const struct call *call, int64_t account, struct auth_totp *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_totp row;
	enum err e;

	*out = (struct auth_totp){ 0 };
	TRY(store_look(call->store, &tx));
	e = store_totp_find(tx, call->arena, account, &row);
	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	out->on = true;
	out->since_ms = row.made_ms;
	return store_recovery_count(tx, account, &out->recovery_left);
}

struct turning_on {
	const struct call *call;
	struct store_totp row;
	str *codes;
};

static enum err
turn_on(struct store_tx *tx, void *arg)
{
	const struct turning_on *t = arg;

	TRY(store_totp_add(tx, &t->row));
	for (size_t i = 0; i < AUTH_RECOVERY_CODES; i++) {
		t->codes[i] = auth_letters(t->call->arena, RECOVERY_GROUPS);
		TRY(store_recovery_add(
		    tx, t->row.account, auth_app_hash(t->call->arena, t->codes[i])));
	}
	return deed_in(tx, t->call, t->row.account, AUTH_DEED_CODES_ON, (str){ 0 });
}

enum err
auth_totp_on(
    struct auth *auth, const struct call *call, str secret, str code, str *codes)
{
	struct turning_on t = { call,
		{ .account = call->who, .secret = secret, .made_ms = call->now_ms },
		codes };
	str any;

	TRY(seal_totp(call->arena, secret, 0, &any));
	if (factor_waits(auth, call, call->who))
		return ERR_LIMIT;
	t.row.step = step_of(call, &t.row, without_blanks(call->arena, code));
	TRY(factor_settle(auth, call, call->who, t.row.step != 0));
	return store_write(call->store, turn_on, &t);
}

struct trying {
	const struct call *call;
	int64_t account;
	str code;
	bool right; /* out */
};

static enum err
codes_off_in(struct store_tx *tx, const struct call *call, int64_t account)
{
	TRY(store_totp_remove(tx, account));
	return deed_in(tx, call, account, AUTH_DEED_CODES_OFF, (str){ 0 });
}

/* A code that was right is spent, whatever comes after. */
static enum err
turn_off(struct store_tx *tx, void *arg)
{
	struct trying *t = arg;

	TRY(factor_take_in(tx, t->call, t->account, t->code, &t->right));
	return t->right ? codes_off_in(tx, t->call, t->account) : OK;
}

enum err
auth_totp_off(
    struct auth *auth, const struct call *call, str password, str code, str peer)
{
	struct trying t = { call, call->who, code, false };
	struct auth_totp now;

	TRY(auth_totp_find(call, call->who, &now));
	if (!now.on)
		return ERR_NOT_FOUND;
	TRY(auth_is_caller(auth, call, password, peer));
	if (factor_waits(auth, call, call->who))
		return ERR_LIMIT;
	TRY(store_write(call->store, turn_off, &t));
	return factor_settle(auth, call, call->who, t.right);
}

static enum err
drop(struct store_tx *tx, void *arg)
{
	const struct trying *t = arg;

	return codes_off_in(tx, t->call, t->account);
}

enum err
auth_totp_drop(const struct call *call, int64_t account)
{
	struct trying t = { .call = call, .account = account };

	return store_write(call->store, drop, &t);
}

/* --- the second step of a log-in --- */

struct second {
	struct trying trying;
	struct store_ticket ticket;
	struct store_session session;
};

static enum err
go_in(struct store_tx *tx, void *arg)
{
	struct second *s = arg;
	struct trying *t = &s->trying;
	enum err e = factor_take_in(tx, t->call, t->account, t->code, &t->right);

	/* Turned off in the meantime: the password is enough. */
	if (e == ERR_NOT_FOUND)
		t->right = true;
	else
		TRY(e);
	if (!t->right)
		return OK;
	TRY(store_ticket_remove(tx, s->ticket.hash));
	return session_add_in(tx, t->call, &s->session);
}

static enum err
find_ticket(const struct call *call, str ticket, struct store_ticket *out)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_ticket_find(tx, call->arena, seal_token_hash(call->arena, ticket),
	    STR(TICKET_SECOND), call->now_ms, out);
}

enum err
auth_session_second(
    struct auth *auth, const struct call *call, str ticket, str code, str *token)
{
	struct second s = { 0 };
	enum err e = find_ticket(call, ticket, &s.ticket);

	if (e == ERR_NOT_FOUND)
		return ERR_GONE;
	TRY(e);
	s.trying = (struct trying){ call, s.ticket.account, code, false };
	if (factor_waits(auth, call, s.ticket.account))
		return ERR_LIMIT;
	s.session = session_fresh(call, s.ticket.account, s.ticket.data, token);
	e = store_write(call->store, go_in, &s);
	if (e == ERR_NOT_FOUND) /* sent twice: the first one went in */
		return ERR_GONE;
	TRY(e);
	return factor_settle(auth, call, s.ticket.account, s.trying.right);
}

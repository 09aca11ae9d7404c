/* reach.c - the numbers and addresses an account is known by. */
#include "auth/reach.h"

#include "auth/auth_int.h"
#include "base/when.h"
#include "store/store.h"

#define CODE_BELOW 1000000

/* A challenge that no SMS answers, and of this account alone. */
static str
waiting_kind(const struct call *call, str kind)
{
	return arena_printf(
	    call->arena, "new-" STR_FMT "/%lld", STR_ARG(kind), (long long)call->who);
}

struct reaching {
	const struct call *call;
	str kind, value;
	auth_post post;
	void *arg;
};

static enum err
may_have_more(struct store_tx *tx, const struct reaching *r)
{
	struct store_identifier *list;
	size_t count;

	TRY(store_identifier_list(tx, r->call->arena, r->call->who, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (str_same(list[i].kind, r->kind) &&
		    str_same(list[i].value, r->value))
			return ERR_EXISTS;
	return count < AUTH_IDENTIFIERS_MAX ? OK : ERR_FULL;
}

static enum err
is_callers(const struct reaching *r, bool *out)
{
	SCOPED(store_tx) tx = NULL;
	enum err e;

	TRY(store_look(r->call->store, &tx));
	e = may_have_more(tx, r);
	*out = e == ERR_EXISTS;
	return *out ? OK : e;
}

static enum err
begin(struct store_tx *tx, void *arg)
{
	const struct reaching *r = arg;
	struct store_challenge row = { .account = r->call->who,
		.kind = waiting_kind(r->call, r->kind),
		.value = r->value };
	int64_t today = 0;
	str code;

	TRY(may_have_more(tx, r));
	TRY(store_challenge_count_of(
	    tx, r->call->who, r->call->now_ms - WHEN_DAY_MS, &today));
	if (today >= AUTH_REACH_PER_DAY)
		return ERR_LIMIT;
	TRY(challenge_add_in(tx, r->call, &row, CODE_BELOW, &code));
	return r->post(tx, code, r->arg);
}

enum err
auth_reach_begin(
    const struct call *call, str kind, str value, auth_post post, void *arg)
{
	struct reaching r = { call, kind, value, post, arg };

	return store_write(call->store, begin, &r);
}

static enum err
add(struct store_tx *tx, void *arg)
{
	const struct reaching *r = arg;
	struct store_identifier row = { r->call->who, r->kind, r->value,
		str_same(r->kind, STR("tel")) ? STR("sms-code") : STR("mail-code"),
		r->call->now_ms };

	TRY(may_have_more(tx, r));
	return store_identifier_add(tx, &row);
}

enum err
auth_reach_confirm(const struct call *call, str kind, str value, str code)
{
	struct reaching r = { .call = call, .kind = kind, .value = value };
	int64_t account;
	str payload;
	bool is_known = false;

	TRY(is_callers(&r, &is_known)); /* the form was sent twice */
	if (is_known)
		return OK;
	TRY(auth_challenge_answer(
	    call, waiting_kind(call, kind), value, code, &account, &payload));
	return store_write(call->store, add, &r);
}

static enum err
drop(struct store_tx *tx, void *arg)
{
	const struct reaching *r = arg;

	return store_identifier_remove(tx, r->call->who, r->kind, r->value);
}

enum err
auth_reach_remove(const struct call *call, str kind, str value)
{
	struct reaching r = { .call = call, .kind = kind, .value = value };

	return store_write(call->store, drop, &r);
}

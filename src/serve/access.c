/* access.c - who may call, and where the call runs. */
#include "auth/auth.h"
#include "serve/serve_int.h"

/* Only looks things up: microseconds, and no commit to wait for. */
static bool
only_reads(const struct http_req *req)
{
	enum http_depth depth;

	if (req->method == HTTP_PROPFIND)
		return http_depth_read(req, &depth) == OK && depth == HTTP_DEPTH_0;
	return req->method == HTTP_OPTIONS || req->method == HTTP_GET ||
	       req->method == HTTP_HEAD;
}

static str
authorization(const struct turn *turn)
{
	return http_field(&turn->req, STR("authorization"));
}

static bool
is_known(struct turn *turn)
{
	struct auth_caller caller;

	if (!auth_basic_known(turn->loop->serve->setup.auth, &turn->call,
		authorization(turn), &caller))
		return false;
	turn->call.who = caller.account;
	turn->call.device = caller.device;
	return true;
}

static enum access
account_here(struct turn *turn)
{
	if (only_reads(&turn->req) && authorization(turn).len && is_known(turn))
		return ACCESS_OK;
	turn->call.who = CALL_NOBODY;
	/* Some clients ask bare what a server can do before they log in. */
	if (turn->req.method == HTTP_OPTIONS)
		return ACCESS_OK;
	return authorization(turn).len ? ACCESS_WORKER : ACCESS_NONE;
}

enum access
access_here(struct turn *turn)
{
	if (turn->route->access == ROUTE_ACCOUNT)
		return account_here(turn);
	if (turn->route->access == ROUTE_SLOW)
		return ACCESS_WORKER;
	return only_reads(&turn->req) ? ACCESS_OK : ACCESS_WORKER;
}

/* RFC 7617 2.1. */
void
access_challenge(struct turn *turn)
{
	answer_plain(turn, 401, ERR_WHO, NULL);
	http_set(&turn->res, STR("WWW-Authenticate"), turn->loop->serve->challenge);
}

/* Still a challenge: a program that is given an app password now has to be able to show it. */
static void
want_app_password(struct turn *turn)
{
	access_challenge(turn);
	turn->res.outcome = ERR_FORBIDDEN;
	turn->res.what = "the account wants a code: an app password is needed here";
	turn->res.body = STR("This account is protected by a second step, so its own "
			     "password does not work here. Make an app password for "
			     "this device on the page /setup and use that.\n");
}

/* Never 429: CardDAV clients take it for a broken account. */
static void
refuse_for_now(struct turn *turn, enum err outcome, str retry)
{
	answer_plain(turn, 503, outcome, NULL);
	http_set(&turn->res, STR("Retry-After"), retry);
}

enum err
access_verify(struct turn *turn)
{
	struct auth_caller caller = { .account = CALL_NOBODY };
	enum err outcome;

	if (turn->route->access != ROUTE_ACCOUNT)
		return OK;
	/* Known lately: a write costs no password hash either. */
	if (is_known(turn))
		return OK;
	outcome = auth_basic(turn->loop->serve->setup.auth, &turn->call,
	    authorization(turn), turn->req.peer, &caller);
	turn->call.who = caller.account;
	turn->call.device = caller.device;
	turn->tried = caller.tried;
	if (outcome == ERR_LIMIT)
		refuse_for_now(turn, outcome, STR(SERVE_THROTTLE_S));
	else if (outcome == ERR_BUSY)
		refuse_for_now(turn, outcome, STR(SERVE_RETRY_S));
	else if (outcome == ERR_STORE)
		answer_plain(turn, 500, outcome, NULL);
	else if (outcome == ERR_FORBIDDEN)
		want_app_password(turn);
	else if (outcome != OK)
		access_challenge(turn);
	return outcome;
}

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

static bool
wants_account(const struct route *route)
{
	return route->access == ROUTE_ACCOUNT || route->access == ROUTE_LISTENER;
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

/* The cookie alone is no word of the owner's: a page of somebody else's sends it, too, where a
 * browser takes both for one site.  Programs that send no Sec-Fetch-Site send what they mean. */
static bool
is_of_a_page(const struct turn *turn)
{
	str site = http_field(&turn->req, STR("sec-fetch-site"));

	return !site.len || str_same(site, STR("same-origin"));
}

static bool
has_session(struct turn *turn)
{
	str token = http_cookie(&turn->req, STR(AUTH_SESSION_COOKIE));
	str csrf;

	return token.len && !authorization(turn).len && is_of_a_page(turn) &&
	       auth_session_find(turn->loop->serve->setup.auth, &turn->call, token,
		   &turn->call.who, &csrf) == OK;
}

static enum access
account_here(struct turn *turn)
{
	if (only_reads(&turn->req) && authorization(turn).len && is_known(turn))
		return ACCESS_OK;
	if (turn->route->access == ROUTE_LISTENER && only_reads(&turn->req) &&
	    has_session(turn))
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
	if (wants_account(turn->route))
		return account_here(turn);
	if (turn->route->access == ROUTE_SLOW)
		return ACCESS_WORKER;
	return only_reads(&turn->req) ? ACCESS_OK : ACCESS_WORKER;
}

/* Asked by a script of a page whose session is over: a challenge would make the browser ask
 * for a password in a window of its own. */
static bool
is_asked_by_script(const struct turn *turn)
{
	return turn->route && turn->route->access == ROUTE_LISTENER &&
	       !authorization(turn).len &&
	       (http_has_field(&turn->req, STR("sec-fetch-site")) ||
		   http_cookie(&turn->req, STR(AUTH_SESSION_COOKIE)).len);
}

/* RFC 7617 2.1. */
void
access_challenge(struct turn *turn)
{
	if (is_asked_by_script(turn)) {
		answer_plain(turn, 403, ERR_WHO, NULL);
		return;
	}
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

	if (!wants_account(turn->route))
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

/*
 * flow.c - a device is let in by its owner's browser.
 *
 * DAVx5 knows this as Nextcloud's login flow, version 2: three addresses and two small JSON
 * texts are all of it that there is here; nothing else pretends to be Nextcloud.
 */
#include "auth/flow.h"

#include "json/json.h"
#include "web/security_int.h"

#define FLOW_PATH        "/login/v2/flow/"
#define POLL_PATH        "/login/v2/poll"
#define ANSWER_MAX_BYTES ((size_t)4096)

static void
send_json(struct page *p, unsigned status, const struct buf *json)
{
	http_set(p->res, STR("Cache-Control"), STR("no-store"));
	http_set(p->res, STR("X-Content-Type-Options"), STR("nosniff"));
	http_answer(
	    p->res, status, STR("application/json; charset=utf-8"), buf_str(json));
}

static void
send_empty(struct page *p, unsigned status, enum err outcome)
{
	struct buf json = buf_in(p->call.arena, ANSWER_MAX_BYTES);

	buf_add(&json, STR("[]"));
	p->res->outcome = outcome;
	send_json(p, status, &json);
}

/* --- the device's side --- */

/* "DAVx5/4.5 (2026/11/01; okhttp) Android/16" calls itself "DAVx5/4.5". */
static str
device_of(const struct page *p)
{
	str agent = http_field(p->req, STR("user-agent"));

	return str_is_utf8(agent) ? str_trim(str_cut(&agent, '(')) : (str){ 0 };
}

void
page_flow_begin(struct page *p, str rest)
{
	struct buf json = buf_in(p->call.arena, ANSWER_MAX_BYTES);
	struct auth_flow_begun begun;
	str origin = p->web->rules->origin;
	enum err e;

	if (!str_same(rest, STR("/login/v2"))) {
		page_refuse(p, ERR_NOT_FOUND, NULL);
		return;
	}
	e = auth_flow_begin(&p->call, p->req->peer, device_of(p), &begun);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	json_open(&json, '{');
	json_key(&json, STR("poll"));
	json_open(&json, '{');
	json_pair(&json, STR("token"), begun.poll);
	json_pair(
	    &json, STR("endpoint"), ARENA_JOIN(p->call.arena, origin, STR(POLL_PATH)));
	json_close(&json, '}');
	json_pair(&json, STR("login"),
	    ARENA_JOIN(p->call.arena, origin, STR(FLOW_PATH), begun.page));
	json_close(&json, '}');
	send_json(p, 200, &json);
}

static void
answer_poll(struct page *p)
{
	struct buf json = buf_in(p->call.arena, ANSWER_MAX_BYTES);
	struct http_form form;
	str login;
	str password;
	enum err e = http_form_read(p->call.arena, p->req, &form);

	if (e == OK)
		e = auth_flow_poll(
		    &p->call, http_form_get(&form, STR("token")), &login, &password);
	if (e == ERR_NOT_FOUND) {
		send_empty(p, 404, e);
		return;
	}
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	json_open(&json, '{');
	json_pair(&json, STR("server"), p->web->rules->origin);
	json_pair(&json, STR("loginName"), login);
	json_pair(&json, STR("appPassword"), password);
	json_close(&json, '}');
	send_json(p, 200, &json);
}

/* --- the owner's --- */

str
page_flow_path(const struct page *p, str flow)
{
	struct buf path = buf_in(p->call.arena, ANSWER_MAX_BYTES);

	if (!flow.len)
		return (str){ 0 };
	buf_add(&path, STR(FLOW_PATH));
	http_path_add(&path, flow);
	return path.overflowed ? (str){ 0 } : buf_str(&path);
}

/* The token in "/v2/flow/TOKEN"; empty: another path. */
static str
token_in(str rest)
{
	str head = STR("/v2/flow/");

	return str_starts(rest, head) ? str_part(rest, head.len, rest.len) : (str){ 0 };
}

static void
show(struct page *p, unsigned status, struct flow_view *view)
{
	struct buf html = page_buf(p);

	view->head = page_head(p, web_text(p->lang, T_l_title));
	html_flow(&html, p, view);
	page_send(p, status, &html);
}

static void
show_words(struct page *p, unsigned status, enum web_text_key words)
{
	show(p, status, &(struct flow_view){ .words = web_text(p->lang, words) });
}

void
page_flow_get(struct page *p, str rest)
{
	struct flow_view view = { 0 };
	struct auth_flow flow;
	str token = token_in(rest);
	enum err e = token.len ? auth_flow_find(&p->call, token, &flow) : ERR_NOT_FOUND;

	if (e == ERR_GONE)
		show_words(p, 410, T_l_over);
	else if (e != OK)
		page_refuse(p, e, NULL);
	else if (p->call.who == CALL_NOBODY)
		page_login_show(p, 200, (str){ 0 }, (str){ 0 }, token);
	else if (flow.account != CALL_NOBODY)
		show_words(p, 200, T_l_granted);
	if (e != OK || p->call.who == CALL_NOBODY || flow.account != CALL_NOBODY)
		return;
	view.action = page_flow_path(p, token);
	view.about = flow.about.len ? flow.about : web_text(p->lang, T_l_unnamed);
	view.peer = flow.peer;
	show(p, 200, &view);
}

static void
decide(struct page *p, str token)
{
	struct http_form form;
	bool grants;
	enum err e;

	if (!page_form(p, &form))
		return;
	grants = str_same(http_form_get(&form, STR("do")), STR("grant"));
	e = grants ? auth_flow_grant(&p->call, token) : auth_flow_deny(&p->call, token);
	p->res->outcome = e;
	if (e == OK)
		show_words(p, 200, grants ? T_l_granted : T_l_denied);
	else if (e == ERR_GONE)
		show_words(p, 410, T_l_over);
	else
		page_refuse(p, e, NULL);
}

void
page_flow_post(struct page *p, str rest)
{
	str token = token_in(rest);

	if (str_same(rest, STR("/v2/poll")))
		answer_poll(p);
	else if (!token.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else if (p->call.who == CALL_NOBODY)
		page_go(p, page_flow_path(p, token));
	else
		decide(p, token);
}

/* login.c - in and out. */
#include <stdint.h>

#include "auth/admin.h"
#include "auth/factor.h"
#include "web/security_int.h"

void
page_login_show(struct page *p, unsigned status, str login, str wrong, str flow)
{
	struct buf html = page_buf(p);
	struct login_view view = { .head = page_head(p, web_text(p->lang, T_o_login)),
		.login = login,
		.wrong = wrong,
		.flow = flow,
		.host = page_site(p).host };
	bool any = true;

	view.nobody = auth_any_account(&p->call, &any) == OK && !any;
	p->script = SCRIPT_ASKS;
	html_login(&html, p, &view);
	page_send(p, status, &html);
}

void
page_login_get(struct page *p, str rest)
{
	if (str_starts(rest, STR("/v2/")))
		page_flow_get(p, rest);
	else if (p->call.who != CALL_NOBODY)
		page_go(p, STR("/"));
	else
		page_login_show(p, 200, (str){ 0 }, (str){ 0 }, (str){ 0 });
}

static void
set_cookie(struct page *p, str token, int64_t age_s)
{
	http_set(p->res, STR("Set-Cookie"),
	    arena_printf(p->call.arena,
		AUTH_SESSION_COOKIE "=" STR_FMT
				    "; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s",
		STR_ARG(token), (long long)age_s, p->req->secure ? "; Secure" : ""));
}

void
page_login_done(struct page *p, str token, str flow)
{
	str next = page_flow_path(p, flow);

	set_cookie(p, token, AUTH_SESSION_MS / 1000);
	page_go(p, next.len ? next : STR("/"));
}

void
page_login_forget(struct page *p)
{
	set_cookie(p, STR(""), 0);
	p->csrf = (str){ 0 };
}

/* --- the second step --- */

static void
show_code(struct page *p, unsigned status, str ticket, str wrong, str flow)
{
	struct buf html = page_buf(p);
	struct login_code_view view = {
		.head = page_head(p, web_text(p->lang, T_o_login)),
		.ticket = ticket,
		.wrong = wrong,
		.flow = flow,
	};

	html_login_code(&html, p, &view);
	page_send(p, status, &html);
}

static void
take_code(struct page *p)
{
	struct http_form form;
	str ticket;
	str token;
	str flow;
	enum err e;

	p->csrf = (str){ 0 };
	if (!page_form(p, &form))
		return;
	ticket = http_form_get(&form, STR("ticket"));
	flow = http_form_get(&form, STR("flow"));
	e = auth_session_second(
	    p->web->auth, &p->call, ticket, http_form_get(&form, STR("code")), &token);
	p->res->outcome = e;
	switch ((int)e) {
	case OK: page_login_done(p, token, flow); break;
	case ERR_WHO:
		show_code(p, 403, ticket, web_text(p->lang, T_s_code_wrong), flow);
		break;
	case ERR_LIMIT:
		show_code(p, 429, ticket, web_text(p->lang, T_error_limit), flow);
		break;
	case ERR_GONE: /* also a form sent twice: whoever is in sees his book */
		if (p->call.who != CALL_NOBODY)
			page_go(p, STR("/"));
		else
			page_login_show(p, 410, (str){ 0 },
			    web_text(p->lang, T_s_begin_again), flow);
		break;
	default: page_refuse(p, e, NULL);
	}
}

/* --- the first --- */

struct mark {
	const char *mark, *name;
};

static str
marked(str agent, const struct mark *marks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_find(agent, str_of(marks[i].mark)) != SIZE_MAX)
			return str_of(marks[i].name);
	return (str){ 0 };
}

/* What people call the program and what it runs on: "Firefox, Android". */
str
page_browser(const struct page *p)
{
	static const struct mark programs[] = { { "Edg/", "Edge" }, { "OPR/", "Opera" },
		{ "Firefox/", "Firefox" }, { "FxiOS/", "Firefox" },
		{ "MicroMessenger/", "WeChat" }, { "CriOS/", "Chrome" },
		{ "Chrome/", "Chrome" }, { "Safari/", "Safari" } };
	static const struct mark platforms[] = { { "iPhone", "iPhone" },
		{ "iPad", "iPad" }, { "Android", "Android" }, { "Windows", "Windows" },
		{ "Mac OS X", "Mac" }, { "Linux", "Linux" } };
	str agent = http_field(p->req, STR("user-agent"));
	str rest = agent;
	str program = marked(agent, programs, sizeof programs / sizeof *programs);
	str runs_on = marked(agent, platforms, sizeof platforms / sizeof *platforms);

	if (!program.len)
		return str_is_utf8(agent) ? str_cut(&rest, '/') : (str){ 0 };
	return runs_on.len ? ARENA_JOIN(p->call.arena, program, STR(", "), runs_on)
			   : program;
}

void
page_login_post(struct page *p, str rest)
{
	struct http_form form;
	struct auth_opened opened = { 0 };
	str login;
	str flow;
	enum err e;

	if (str_starts(rest, STR("/v2/"))) {
		page_flow_post(p, rest);
		return;
	}
	if (str_same(rest, STR("/code"))) {
		take_code(p);
		return;
	}
	if (str_starts(rest, STR("/passkey"))) {
		page_passkey_login(p, rest);
		return;
	}
	p->csrf = (str){ 0 }; /* whoever was logged in here: a log-in begins anew */
	if (!page_form(p, &form))
		return;
	login = str_trim(http_form_get(&form, STR("login")));
	flow = http_form_get(&form, STR("flow"));
	e = auth_session_open(p->web->auth, &p->call, login,
	    http_form_get(&form, STR("password")), p->req->peer, page_browser(p),
	    &opened);
	if (e == OK && opened.ticket.len)
		show_code(p, 200, opened.ticket, (str){ 0 }, flow);
	else if (e == OK)
		page_login_done(p, opened.token, flow);
	if (e == OK)
		return;
	p->res->outcome = e;
	if (e == ERR_WHO)
		page_login_show(
		    p, 403, login, web_text(p->lang, T_o_login_wrong), flow);
	else if (e == ERR_LIMIT)
		page_login_show(p, 429, login, web_text(p->lang, T_error_limit), flow);
	else
		page_refuse(p, e, NULL);
}

void
page_logout_post(struct page *p, str rest)
{
	struct http_form form;
	enum err e;

	(void)rest;
	if (!page_form(p, &form))
		return;
	e = auth_session_close(&p->call, http_cookie(p->req, STR(AUTH_SESSION_COOKIE)));
	if (e != OK && e != ERR_NOT_FOUND) {
		page_refuse(p, e, NULL);
		return;
	}
	set_cookie(p, (str){ 0 }, 0);
	page_go(p, STR("/login"));
}

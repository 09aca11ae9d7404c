/* newcomer.c - the first account, an invited one, and a forgotten password. */
#include "auth/invite.h"
#include "web/admin_int.h"
#include "web/security_int.h"

/* Two pages with one form: what lets him in, and what it is called. */
struct door {
	str action;
	enum web_text_key title, hint;
	bool asks_code;
};

static void
fill_langs(const struct page *p, str chosen, struct newcomer_view *view)
{
	static const struct {
		str word;
		enum web_text_key label;
	} langs[] = { { STR_CONST("en"), T_a_en }, { STR_CONST("zh"), T_a_zh } };

	view->langs.list = ARENA_ARRAY(p->call.arena, struct choice_view, 2);
	for (size_t i = 0; i < 2; i++)
		view->langs.list[view->langs.count++] =
		    (struct choice_view){ .value = langs[i].word,
			    .label = web_text(p->lang, langs[i].label),
			    .chosen = str_same(langs[i].word, chosen) };
}

static void
show(struct page *p, unsigned status, const struct door *door, str wrong,
    const struct auth_new *typed, str code)
{
	struct buf html = page_buf(p);
	struct newcomer_view view = {
		.head = page_head(p, web_text(p->lang, door->title)),
		.action = door->action,
		.title = web_text(p->lang, door->title),
		.hint = web_text(p->lang, door->hint),
		.wrong = wrong,
		.asks_code = door->asks_code,
		.code = code,
		.login = typed->login,
		.name = typed->name,
	};

	fill_langs(p, typed->lang.len ? typed->lang : p->lang_word, &view);
	html_newcomer(&html, p, &view);
	page_send(p, status, &html);
}

/* What was typed wrong, before anything is tried; empty: nothing. */
static str
slip(const struct page *p, const struct http_form *form)
{
	str password = http_form_get(form, STR("password"));

	if (!str_same(password, http_form_get(form, STR("again"))))
		return web_text(p->lang, T_a_differ);
	if (password.len < AUTH_PASSWORD_MIN_BYTES ||
	    password.len > AUTH_PASSWORD_MAX_BYTES)
		return web_text(p->lang, T_a_short);
	return (str){ 0 };
}

static struct auth_new
typed_of(const struct page *p, const struct http_form *form)
{
	struct auth_new typed = { .login = str_trim(http_form_get(form, STR("login"))),
		.name = str_trim(http_form_get(form, STR("name"))),
		.password = http_form_get(form, STR("password")),
		.lang = http_form_get(form, STR("lang")),
		.region = p->web->region,
		.how = STR("self") };

	if (!str_same(typed.lang, STR("zh")) && !str_same(typed.lang, STR("en")))
		typed.lang = p->lang_word;
	if (!typed.name.len)
		typed.name = typed.login;
	return typed;
}

static const struct {
	enum err outcome;
	unsigned status;
	enum web_text_key words;
} refusals[] = {
	{ ERR_WHO, 403, T_ad_code_wrong },
	{ ERR_LIMIT, 429, T_error_limit },
	{ ERR_EXISTS, 422, T_ad_login_taken },
	{ ERR_BAD_INPUT, 422, T_ad_login_bad },
};

static void
refuse(struct page *p, const struct door *door, enum err e,
    const struct auth_new *typed, str code)
{
	p->res->outcome = e;
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i].outcome == e) {
			show(p, refusals[i].status, door,
			    web_text(p->lang, refusals[i].words), typed, code);
			return;
		}
	page_refuse(p, e, NULL);
}

static void
come_in(struct page *p, str token, str lang)
{
	page_login_done(p, token, (str){ 0 });
	page_keep_lang(p, lang);
}

/* --- the first start --- */

static const struct door first = { .action = STR_CONST("/start"),
	.title = T_ad_start,
	.hint = T_ad_start_hint,
	.asks_code = true };

void
page_start_get(struct page *p, str rest)
{
	bool any = true;
	enum err e = auth_any_account(&p->call, &any);

	if (e != OK || rest.len)
		page_refuse(p, e != OK ? e : ERR_NOT_FOUND, NULL);
	else if (any)
		page_go(p, STR("/login"));
	else
		show(p, 200, &first, (str){ 0 }, &(struct auth_new){ 0 }, (str){ 0 });
}

void
page_start_post(struct page *p, str rest)
{
	struct http_form form;
	struct auth_new typed;
	struct why why = { 0 };
	str token;
	str code;
	str wrong;
	enum err e;

	p->csrf = (str){ 0 }; /* the code is what proves him */
	if (!page_form(p, &form))
		return;
	(void)rest;
	typed = typed_of(p, &form);
	code = str_trim(http_form_get(&form, STR("code")));
	wrong = slip(p, &form);
	if (wrong.len) {
		show(p, 422, &first, wrong, &typed, code);
		return;
	}
	e = auth_start(
	    p->web->auth, &p->call, code, &typed, page_browser(p), &token, &why);
	if (e == OK)
		come_in(p, token, typed.lang);
	else if (e == ERR_EXISTS) /* somebody is there: also a form sent twice */
		page_go(p, STR("/login"));
	else
		refuse(p, &first, e, &typed, code);
}

/* --- invited --- */

static struct door
door_of(const struct page *p)
{
	return (struct door){
		.action = p->req->path, .title = T_ad_invited, .hint = T_ad_invited_hint
	};
}

static str
token_of(str rest)
{
	return str_starts(rest, STR("/")) ? str_part(rest, 1, rest.len) : rest;
}

static void
refuse_over(struct page *p, enum web_text_key words)
{
	struct buf html = page_buf(p);
	struct error_view view = {
		.head = page_head(p, web_text(p->lang, T_error_title)),
		.words = web_text(p->lang, words),
	};

	p->res->outcome = ERR_GONE;
	html_error(&html, p, &view);
	page_send(p, 410, &html);
}

void
page_invite_get(struct page *p, str rest)
{
	struct door door = door_of(p);
	enum err e = auth_invite_find(&p->call, token_of(rest));

	if (e == OK)
		show(p, 200, &door, (str){ 0 }, &(struct auth_new){ 0 }, (str){ 0 });
	else if (e == ERR_GONE)
		refuse_over(p, T_ad_invite_over);
	else
		page_refuse(p, e, NULL);
}

void
page_invite_post(struct page *p, str rest)
{
	struct door door = door_of(p);
	struct http_form form;
	struct auth_new typed;
	struct why why = { 0 };
	str token;
	str wrong;
	enum err e;

	p->csrf = (str){ 0 };
	if (!page_form(p, &form))
		return;
	typed = typed_of(p, &form);
	wrong = slip(p, &form);
	if (wrong.len) {
		show(p, 422, &door, wrong, &typed, (str){ 0 });
		return;
	}
	e = auth_invite_take(
	    &p->call, token_of(rest), &typed, page_browser(p), &token, &why);
	if (e == OK)
		come_in(p, token, typed.lang);
	else if (e == ERR_GONE && p->call.who != CALL_NOBODY) /* sent twice */
		page_go(p, STR("/"));
	else if (e == ERR_GONE)
		refuse_over(p, T_ad_invite_over);
	else
		refuse(p, &door, e, &typed, (str){ 0 });
}

/* --- a forgotten password --- */

static void
show_reset(struct page *p, unsigned status, str login, str wrong)
{
	struct buf html = page_buf(p);
	struct reset_view view = {
		.head = page_head(p, web_text(p->lang, T_ad_reset_title)),
		.action = p->req->path,
		.login = login,
		.wrong = wrong,
	};

	html_reset(&html, p, &view);
	page_send(p, status, &html);
}

void
page_reset_get(struct page *p, str rest)
{
	str login;
	enum err e = auth_reset_find(&p->call, token_of(rest), &login);

	if (e == OK)
		show_reset(p, 200, login, (str){ 0 });
	else if (e == ERR_GONE)
		refuse_over(p, T_ad_reset_over);
	else
		page_refuse(p, e, NULL);
}

void
page_reset_post(struct page *p, str rest)
{
	struct http_form form;
	struct why why = { 0 };
	str login;
	str wrong;
	enum err e = auth_reset_find(&p->call, token_of(rest), &login);

	if (e == ERR_GONE) {
		refuse_over(p, T_ad_reset_over);
		return;
	}
	if (!page_form(p, &form))
		return;
	wrong = slip(p, &form);
	if (wrong.len) {
		show_reset(p, 422, login, wrong);
		return;
	}
	e = auth_reset_take(
	    &p->call, token_of(rest), http_form_get(&form, STR("password")), &why);
	if (e == OK)
		page_go(p, STR("/login"));
	else if (e == ERR_GONE)
		refuse_over(p, T_ad_reset_over);
	else
		page_refuse(p, e, why.what);
}

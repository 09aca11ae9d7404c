/* passkeys.c - keys that devices keep: added, removed, signed in with. */
#include "auth/passkey.h"
#include "web/security_int.h"

#define KNOWN_MAX_BYTES ((size_t)AUTH_PASSKEYS_MAX * 2 * AUTH_PASSKEY_ID_BYTES)

/* Scheme, host and port make an origin; a host is named without its port. */
struct auth_site
page_site(const struct page *p)
{
	str all = p->web->rules->origin;
	size_t from = str_find(all, STR("://"));
	str rest = str_part(all, from == SIZE_MAX ? 0 : from + 3, all.len);
	size_t scheme_len = all.len - rest.len;
	str place = str_cut(&rest, '/');
	str origin = str_part(all, 0, scheme_len + place.len);
	bool is_v6 = str_starts(place, STR("["));

	return (struct auth_site){ origin, is_v6 ? place : str_cut(&place, ':') };
}

static struct auth_passkey_said
said_in(const struct http_form *form)
{
	return (struct auth_passkey_said){
		.client = http_form_get(form, STR("client")),
		.data = http_form_get(form, STR("data")),
		.signature = http_form_get(form, STR("signature")),
		.id = http_form_get(form, STR("id")),
		.user = http_form_get(form, STR("user")),
	};
}

/* The challenge as text: what the script hands to the browser. */
static void
send_challenge(struct page *p)
{
	str challenge;
	enum err e = auth_passkey_begin(&p->call, p->req->peer, &challenge);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	http_set(p->res, STR("Cache-Control"), STR("no-store"));
	http_answer(p->res, 200, STR("text/plain; charset=utf-8"), challenge);
}

/* --- signing in --- */

void
page_passkey_login(struct page *p, str rest)
{
	struct http_form form;
	struct auth_site site = page_site(p);
	struct auth_passkey_said said;
	str token;
	str flow;
	enum err e;

	p->csrf = (str){ 0 };
	p->call.who = CALL_NOBODY; /* whoever was logged in here: it begins anew */
	if (!page_form(p, &form))
		return;
	if (str_same(rest, STR("/passkey/begin"))) {
		send_challenge(p);
		return;
	}
	said = said_in(&form);
	flow = http_form_get(&form, STR("flow"));
	e = auth_passkey_session(p->web->auth, &p->call, &site, &said, p->req->peer,
	    page_browser(p), &token);
	p->res->outcome = e;
	switch ((int)e) {
	case OK: page_login_done(p, token, flow); break;
	case ERR_WHO:
		page_login_show(
		    p, 403, (str){ 0 }, web_text(p->lang, T_pk_login_wrong), flow);
		break;
	case ERR_GONE:
		page_login_show(p, 410, (str){ 0 }, web_text(p->lang, T_pk_over), flow);
		break;
	case ERR_LIMIT:
		page_login_show(
		    p, 429, (str){ 0 }, web_text(p->lang, T_error_limit), flow);
		break;
	default: page_refuse(p, e, NULL);
	}
}

/* --- the page --- */

static enum err
fill_keys(const struct page *p, struct passkeys_view *view)
{
	struct buf known = buf_in(p->call.arena, KNOWN_MAX_BYTES);
	struct auth_passkey *list;
	size_t count;

	TRY(auth_passkey_list(&p->call, &list, &count));
	view->full = count >= AUTH_PASSKEYS_MAX;
	view->keys.list = ARENA_ARRAY(p->call.arena, struct passkey_row, count);
	for (size_t i = 0; i < count; i++) {
		buf_addf(&known, STR_FMT " ", STR_ARG(list[i].id));
		view->keys.list[view->keys.count++] = (struct passkey_row){
			.id = list[i].id,
			.label = list[i].label,
			.made = web_day(p, list[i].made_ms),
			.seen = list[i].seen_ms ? app_moment(p, list[i].seen_ms)
						: web_text(p->lang, T_v_never),
		};
	}
	return buf_text(&known, &view->known);
}

static enum err
fill(const struct page *p, struct passkeys_view *view)
{
	struct auth_account me;

	TRY(auth_account_find(&p->call, p->call.who, &me));
	view->head = page_head(p, web_text(p->lang, T_pk_title));
	view->host = page_site(p).host;
	view->site = p->web->rules->server_name;
	view->user = auth_passkey_user(p->call.arena, p->call.who);
	view->login = me.login;
	view->name = me.name.len ? me.name : me.login;
	return fill_keys(p, view);
}

static void
show(struct page *p, unsigned status, struct passkeys_view *view)
{
	struct buf html = page_buf(p);
	enum err e = fill(p, view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_passkeys(&html, p, view);
	page_send(p, status, &html);
}

void
page_passkeys_get(struct page *p, str rest)
{
	if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		show(p, 200, &(struct passkeys_view){ 0 });
}

static void
make(struct page *p, const struct http_form *form)
{
	struct passkeys_view view = { 0 };
	struct auth_site site = page_site(p);
	struct auth_passkey_said said = said_in(form);
	str label = str_trim(http_form_get(form, STR("label")));
	enum err e = auth_passkey_make(&p->call, &site, &said, label);

	p->res->outcome = e;
	switch ((int)e) {
	case OK:
		view.done = web_text(p->lang, T_pk_made);
		show(p, 200, &view);
		return;
	case ERR_LIMIT: view.wrong = web_text(p->lang, T_pk_full); break;
	case ERR_GONE: view.wrong = web_text(p->lang, T_pk_over); break;
	case ERR_EXISTS: view.wrong = web_text(p->lang, T_pk_exists); break;
	case ERR_BAD_INPUT:
	case ERR_UNSUPPORTED:
		view.wrong =
		    web_text(p->lang, label.len && label.len <= AUTH_PASSKEY_LABEL_BYTES
					  ? T_pk_wrong
					  : T_pk_label_wrong);
		break;
	default: page_refuse(p, e, NULL); return;
	}
	show(p, 422, &view);
}

/* One that is gone already is gone: the form was sent twice. */
static void
drop(struct page *p, const struct http_form *form)
{
	enum err e = auth_passkey_remove(&p->call, http_form_get(form, STR("id")));

	if (e == OK || e == ERR_NOT_FOUND)
		page_go(p, STR("/passkeys"));
	else
		page_refuse(p, e, NULL);
}

void
page_passkeys_post(struct page *p, str rest)
{
	struct http_form form;

	if (!page_form(p, &form))
		return;
	if (str_same(rest, STR("/begin")))
		send_challenge(p);
	else if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else if (str_same(http_form_get(&form, STR("do")), STR("make")))
		make(p, &form);
	else if (str_same(http_form_get(&form, STR("do")), STR("remove")))
		drop(p, &form);
	else
		page_refuse(p, ERR_BAD_INPUT, NULL);
}

/* security.c - the second step of signing in: turned on, turned off. */
#include "auth/factor.h"
#include "web/qr_int.h"
#include "web/security_int.h"

#define URI_MAX_BYTES ((size_t)1024)

/* What an authenticator reads off the screen; the rest of its parameters are what it
 * takes by itself: SHA-1, six digits, thirty seconds. */
static str
key_uri(const struct page *p, str login, str secret)
{
	struct buf uri = buf_in(p->call.arena, URI_MAX_BYTES);
	str issuer = p->web->rules->server_name;

	buf_add(&uri, STR("otpauth://totp/"));
	http_query_add(&uri, issuer);
	buf_add_char(&uri, ':');
	http_query_add(&uri, login);
	buf_add(&uri, STR("?secret="));
	buf_add(&uri, secret);
	buf_add(&uri, STR("&issuer="));
	http_query_add(&uri, issuer);
	return buf_str(&uri);
}

static enum err
fill(const struct page *p, struct security_view *view)
{
	struct auth_account me;
	struct auth_totp totp;

	view->head = page_head(p, web_text(p->lang, T_s_title));
	TRY(auth_account_find(&p->call, p->call.who, &me));
	TRY(auth_totp_find(&p->call, p->call.who, &totp));
	view->on = totp.on;
	if (totp.on) {
		view->since = web_day(p, totp.since_ms);
		view->left = app_number(p, totp.recovery_left);
		view->secret = (str){ 0 };
		return OK;
	}
	if (!view->secret.len)
		return OK;
	return qr_path(p->call.arena, key_uri(p, me.login, view->secret),
	    &view->qr_path, &view->qr_box);
}

static void
show(struct page *p, unsigned status, struct security_view *view)
{
	struct buf html = page_buf(p);
	enum err e = fill(p, view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_security(&html, p, view);
	page_send(p, status, &html);
}

void
page_security_get(struct page *p, str rest)
{
	if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		show(p, 200, &(struct security_view){ 0 });
}

/* --- done --- */

/* Nothing is kept yet: the secret travels with the form until a code shows that it
 * arrived. */
static void
begin(struct page *p, const struct http_form *form)
{
	struct security_view view = { .secret = seal_totp_secret(p->call.arena) };

	(void)form;
	show(p, 200, &view);
}

static void
turn_on(struct page *p, const struct http_form *form)
{
	str codes[AUTH_RECOVERY_CODES];
	struct security_view view = { .secret = http_form_get(form, STR("secret")) };
	enum err e = auth_totp_on(p->web->auth, &p->call, view.secret,
	    http_form_get(form, STR("code")), codes);

	p->res->outcome = e;
	switch ((int)e) {
	case OK:
		view.done = web_text(p->lang, T_s_is_on);
		view.codes.list = codes;
		view.codes.count = AUTH_RECOVERY_CODES;
		show(p, 200, &view);
		return;
	case ERR_EXISTS: /* the form was sent twice */
		page_go(p, STR("/security"));
		return;
	case ERR_WHO: view.wrong = web_text(p->lang, T_s_code_wrong); break;
	case ERR_LIMIT: view.wrong = web_text(p->lang, T_error_limit); break;
	default: page_refuse(p, e, NULL); return;
	}
	show(p, e == ERR_LIMIT ? 429 : 422, &view);
}

static void
turn_off(struct page *p, const struct http_form *form)
{
	struct security_view view = { 0 };
	enum err e =
	    auth_totp_off(p->web->auth, &p->call, http_form_get(form, STR("password")),
		http_form_get(form, STR("code")), p->req->peer);

	p->res->outcome = e;
	switch ((int)e) {
	case OK: view.done = web_text(p->lang, T_s_is_off); break;
	case ERR_NOT_FOUND: page_go(p, STR("/security")); return;
	case ERR_WHO: view.wrong = web_text(p->lang, T_s_off_wrong); break;
	case ERR_LIMIT: view.wrong = web_text(p->lang, T_error_limit); break;
	default: page_refuse(p, e, NULL); return;
	}
	show(p, e == OK ? 200 : e == ERR_LIMIT ? 429 : 422, &view);
}

void
page_security_post(struct page *p, str rest)
{
	static const struct {
		str word;
		void (*run)(struct page *p, const struct http_form *form);
	} deeds[] = { { STR_CONST("begin"), begin }, { STR_CONST("on"), turn_on },
		{ STR_CONST("off"), turn_off } };
	struct http_form form;

	(void)rest;
	if (!page_form(p, &form))
		return;
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (str_same(deeds[i].word, http_form_get(&form, STR("do")))) {
			deeds[i].run(p, &form);
			return;
		}
	page_refuse(p, ERR_BAD_INPUT, NULL);
}

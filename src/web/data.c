/* data.c - the owner takes what is his along, or leaves. */
#include "auth/factor.h"
#include "auth/leave.h"
#include "web/security_int.h"

static void
show(struct page *p, unsigned status, struct data_view *view)
{
	struct buf html = page_buf(p);
	struct auth_account me;
	struct auth_totp totp;
	enum err e = auth_account_find(&p->call, p->call.who, &me);

	if (e == OK)
		e = auth_totp_find(&p->call, p->call.who, &totp);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view->head = page_head(p, web_text(p->lang, T_d_title));
	view->login = me.login;
	view->code = totp.on;
	html_data(&html, p, view);
	page_send(p, status, &html);
}

void
page_data_get(struct page *p, str rest)
{
	if (str_same(rest, STR("/kith.zip")))
		page_download(p);
	else if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		show(p, 200, &(struct data_view){ 0 });
}

static void
say_good_bye(struct page *p)
{
	struct buf html = page_buf(p);
	struct left_view view = { .head = page_head(p, web_text(p->lang, T_d_gone)) };

	page_login_forget(p);
	html_left(&html, p, &view);
	page_send(p, 200, &html);
}

/* The login typed once more: a password manager fills in the rest by itself. */
static enum err
leave(struct page *p, const struct http_form *form)
{
	struct auth_account me;

	TRY(auth_account_find(&p->call, p->call.who, &me));
	if (!str_same(str_trim(http_form_get(form, STR("typed"))), me.login))
		return ERR_BAD_INPUT;
	return auth_leave(p->web->auth, &p->call, http_form_get(form, STR("password")),
	    http_form_get(form, STR("code")), p->req->peer);
}

void
page_data_post(struct page *p, str rest)
{
	struct http_form form;
	struct data_view view = { 0 };
	enum err e;

	(void)rest;
	if (!page_form(p, &form))
		return;
	e = leave(p, &form);
	p->res->outcome = e;
	switch ((int)e) {
	case OK: say_good_bye(p); return;
	case ERR_BAD_INPUT: view.wrong = web_text(p->lang, T_d_typed_wrong); break;
	case ERR_CONDITION: view.wrong = web_text(p->lang, T_ad_last); break;
	case ERR_WHO: view.wrong = web_text(p->lang, T_s_off_wrong); break;
	case ERR_LIMIT: view.wrong = web_text(p->lang, T_error_limit); break;
	default: page_refuse(p, e, NULL); return;
	}
	show(p, e == ERR_LIMIT ? 429 : 422, &view);
}

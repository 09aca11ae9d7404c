/* account.c - the owner himself: his password, his sessions, how he wants things. */
#include "auth/auth.h"
#include "web/app_int.h"

static const struct {
	str word;
	enum web_text_key label;
} langs[] = { { STR_CONST("en"), T_a_en }, { STR_CONST("zh"), T_a_zh } },
  policies[] = { { STR_CONST("fill"), T_a_fill }, { STR_CONST("review"), T_a_review },
	  { STR_CONST("auto"), T_a_auto } },
  kinds[] = { { STR_CONST("tel"), T_f_tel }, { STR_CONST("email"), T_f_email } };

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

static void
fill_choices(
    const struct page *p, const struct auth_account *me, struct account_view *view)
{
	view->langs.list =
	    ARENA_ARRAY(p->call.arena, struct choice_view, COUNT_OF(langs));
	for (size_t i = 0; i < COUNT_OF(langs); i++)
		view->langs.list[view->langs.count++] =
		    (struct choice_view){ .value = langs[i].word,
			    .label = web_text(p->lang, langs[i].label),
			    .chosen = str_same(langs[i].word, me->lang) };
	view->policies.list =
	    ARENA_ARRAY(p->call.arena, struct choice_view, COUNT_OF(policies));
	for (size_t i = 0; i < COUNT_OF(policies); i++)
		view->policies.list[view->policies.count++] =
		    (struct choice_view){ .value = policies[i].word,
			    .label = web_text(p->lang, policies[i].label),
			    .chosen = str_same(policies[i].word, me->policy) };
}

static enum err
fill_identifiers(const struct page *p, struct account_view *view)
{
	struct auth_identifier *list;
	size_t count;

	TRY(auth_identifier_list(&p->call, p->call.who, &list, &count));
	view->identifiers.list = ARENA_ARRAY(p->call.arena, struct contact_item, count);
	for (size_t i = 0; i < count; i++) {
		str label = list[i].kind;

		for (size_t k = 0; k < COUNT_OF(kinds); k++)
			if (str_same(kinds[k].word, list[i].kind))
				label = web_text(p->lang, kinds[k].label);
		view->identifiers.list[view->identifiers.count++] =
		    (struct contact_item){ .label = label, .text = list[i].value };
	}
	return OK;
}

static enum err
fill_sessions(const struct page *p, struct account_view *view)
{
	struct auth_session *list;
	size_t count;

	TRY(auth_session_list(
	    &p->call, http_cookie(p->req, STR(AUTH_SESSION_COOKIE)), &list, &count));
	view->sessions.list = ARENA_ARRAY(p->call.arena, struct session_row, count);
	for (size_t i = 0; i < count; i++)
		view->sessions.list[view->sessions.count++] = (struct session_row){
			.id = list[i].id,
			.about = list[i].about.len ? list[i].about
						   : web_text(p->lang, T_a_unknown),
			.since = app_moment(p, list[i].made_ms),
			.is_this = list[i].is_this,
		};
	return OK;
}

static enum err
fill(const struct page *p, struct account_view *view)
{
	struct auth_account me;

	TRY(auth_account_find(&p->call, p->call.who, &me));
	view->head = page_head(p, web_text(p->lang, T_o_account));
	view->name = me.name.len ? me.name : me.login;
	view->login = me.login;
	view->admin = me.admin;
	fill_choices(p, &me, view);
	TRY(fill_identifiers(p, view));
	return fill_sessions(p, view);
}

static void
show(struct page *p, unsigned status, struct account_view *view)
{
	struct buf html = page_buf(p);
	enum err e = fill(p, view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_account(&html, p, view);
	page_send(p, status, &html);
}

void
page_account_get(struct page *p, str rest)
{
	if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		show(p, 200, &(struct account_view){ 0 });
}

/* --- done --- */

static void
change_password(struct page *p, const struct http_form *form)
{
	struct account_view view = { 0 };
	struct why why = { 0 };
	str fresh = http_form_get(form, STR("fresh"));
	enum err e = ERR_CONDITION; /* twice the same, or one of them is a slip */

	if (str_same(fresh, http_form_get(form, STR("again"))))
		e = auth_password_change(p->web->auth, &p->call,
		    http_form_get(form, STR("former")), fresh, p->req->peer,
		    http_cookie(p->req, STR(AUTH_SESSION_COOKIE)), &why);
	p->res->outcome = e;
	switch ((int)e) {
	case OK:
		view.done = web_text(p->lang, T_a_changed);
		show(p, 200, &view);
		return;
	case ERR_CONDITION: view.wrong = web_text(p->lang, T_a_differ); break;
	case ERR_WHO: view.wrong = web_text(p->lang, T_a_former_wrong); break;
	case ERR_BAD_INPUT: view.wrong = web_text(p->lang, T_a_short); break;
	case ERR_LIMIT: view.wrong = web_text(p->lang, T_error_limit); break;
	default: page_refuse(p, e, why.what); return;
	}
	show(p, e == ERR_LIMIT ? 429 : 422, &view);
}

static void
set(struct page *p, const struct http_form *form)
{
	struct why why = { 0 };
	str lang = http_form_get(form, STR("lang"));
	enum err e = auth_account_set(
	    &p->call, p->call.who, lang, http_form_get(form, STR("policy")), &why);

	if (e != OK) {
		page_refuse(p, e, why.what);
		return;
	}
	page_keep_lang(p, lang);
	page_go(p, STR("/account"));
}

static void
end_session(struct page *p, const struct http_form *form)
{
	enum err e = auth_session_end(&p->call, http_form_get(form, STR("id")));

	if (e == OK)
		page_go(p, STR("/account"));
	else
		page_refuse(p, e, NULL);
}

void
page_account_post(struct page *p, str rest)
{
	static const struct {
		str word;
		void (*run)(struct page *p, const struct http_form *form);
	} deeds[] = { { STR_CONST("password"), change_password },
		{ STR_CONST("set"), set }, { STR_CONST("end"), end_session } };
	struct http_form form;
	str what;

	(void)rest;
	if (!page_form(p, &form))
		return;
	what = http_form_get(&form, STR("do"));
	for (size_t i = 0; i < COUNT_OF(deeds); i++)
		if (str_same(deeds[i].word, what)) {
			deeds[i].run(p, &form);
			return;
		}
	page_refuse(p, ERR_BAD_INPUT, NULL);
}

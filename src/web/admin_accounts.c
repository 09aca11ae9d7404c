/* admin_accounts.c - the accounts of a server, and who is invited. */
#include "auth/invite.h"
#include "web/admin_int.h"

/* --- accounts --- */

static struct admin_member
member_of(const struct page *p, const struct auth_member *m)
{
	return (struct admin_member){
		.id = app_number(p, m->id),
		.login = m->login,
		.name = m->name,
		.cards = app_number(p, m->cards),
		.seen =
		    m->seen_ms ? web_ago(p, m->seen_ms) : web_text(p->lang, T_v_never),
		.admin = m->admin,
		.disabled = m->disabled,
		.self = m->id == p->call.who,
	};
}

static str
next_href(const struct page *p, str login)
{
	struct buf href = page_buf(p);

	buf_add(&href, STR("/admin/accounts?behind="));
	http_query_add(&href, login);
	return buf_str(&href);
}

static enum err
fill_members(const struct page *p, str behind, struct admin_accounts_view *view)
{
	struct auth_member *list;
	size_t count;

	TRY(auth_member_list(&p->call, behind, ADMIN_ROWS_PER_PAGE + 1, &list, &count));
	if (count > ADMIN_ROWS_PER_PAGE) {
		count = ADMIN_ROWS_PER_PAGE;
		view->next = next_href(p, list[count - 1].login);
	}
	view->members.list = ARENA_ARRAY(p->call.arena, struct admin_member, count);
	for (size_t i = 0; i < count; i++)
		view->members.list[view->members.count++] = member_of(p, &list[i]);
	return OK;
}

static void
show_accounts(
    struct page *p, unsigned status, str behind, struct admin_accounts_view *view)
{
	struct buf html = page_buf(p);
	enum err e = fill_members(p, behind, view);

	view->head = page_head(p, web_text(p->lang, T_ad_accounts));
	view->nav = admin_nav(p, STR("/accounts"));
	view->behind = behind;
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_admin_accounts(&html, p, view);
	page_send(p, status, &html);
}

void
admin_accounts_get(struct page *p, const struct http_form *query)
{
	show_accounts(p, 200, http_form_get(query, STR("behind")),
	    &(struct admin_accounts_view){ 0 });
}

static enum err
disable(const struct page *p, int64_t id, struct admin_accounts_view *view)
{
	(void)view;
	return auth_disabled_set(&p->call, id, true);
}

static enum err
enable(const struct page *p, int64_t id, struct admin_accounts_view *view)
{
	(void)view;
	return auth_disabled_set(&p->call, id, false);
}

static enum err
make_admin(const struct page *p, int64_t id, struct admin_accounts_view *view)
{
	(void)view;
	return auth_admin_set(&p->call, id, true);
}

static enum err
unmake_admin(const struct page *p, int64_t id, struct admin_accounts_view *view)
{
	(void)view;
	return auth_admin_set(&p->call, id, false);
}

static enum err
reset(const struct page *p, int64_t id, struct admin_accounts_view *view)
{
	struct auth_account account;
	str token;

	TRY(auth_account_find(&p->call, id, &account));
	TRY(auth_reset_make(&p->call, id, &token));
	view->login = account.login;
	view->link = admin_link(p, "reset", token);
	return OK;
}

static const struct {
	str word;
	enum err (*run)(
	    const struct page *p, int64_t id, struct admin_accounts_view *view);
} deeds[] = {
	{ STR_CONST("disable"), disable },
	{ STR_CONST("enable"), enable },
	{ STR_CONST("admin"), make_admin },
	{ STR_CONST("no-admin"), unmake_admin },
	{ STR_CONST("reset"), reset },
};

static enum err
carry_out(const struct page *p, const struct http_form *form,
    struct admin_accounts_view *view)
{
	int64_t id;

	if (!str_number(http_form_get(form, STR("id")), &id))
		return ERR_BAD_INPUT;
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (str_same(deeds[i].word, http_form_get(form, STR("do"))))
			return deeds[i].run(p, id, view);
	return ERR_BAD_INPUT;
}

void
admin_accounts_post(struct page *p, const struct http_form *form)
{
	struct admin_accounts_view view = { 0 };
	str behind = http_form_get(form, STR("behind"));
	enum err e = carry_out(p, form, &view);

	p->res->outcome = e;
	if (e == ERR_CONDITION) {
		view.wrong = web_text(p->lang, T_ad_last);
		show_accounts(p, 422, behind, &view);
	} else if (e != OK)
		page_refuse(p, e, NULL);
	else if (view.link.len)
		show_accounts(p, 200, behind, &view);
	else
		page_go(p, behind.len ? next_href(p, behind) : STR("/admin/accounts"));
}

/* --- invitations --- */

static enum err
fill_invites(const struct page *p, struct admin_invites_view *view)
{
	struct auth_invite *list;
	size_t count;

	TRY(auth_invite_list(&p->call, &list, &count));
	view->invites.list = ARENA_ARRAY(p->call.arena, struct admin_invite, count);
	for (size_t i = 0; i < count; i++)
		view->invites.list[view->invites.count++] = (struct admin_invite){
			.id = list[i].id,
			.note = list[i].note.len ? list[i].note
						 : web_text(p->lang, T_ad_somebody),
			.until = app_moment(p, list[i].expires_ms),
		};
	return OK;
}

static void
show_invites(struct page *p, unsigned status, struct admin_invites_view *view)
{
	struct buf html = page_buf(p);
	enum err e = fill_invites(p, view);

	view->head = page_head(p, web_text(p->lang, T_ad_invites));
	view->nav = admin_nav(p, STR("/invitations"));
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_admin_invites(&html, p, view);
	page_send(p, status, &html);
}

void
admin_invites_get(struct page *p, const struct http_form *query)
{
	(void)query;
	show_invites(p, 200, &(struct admin_invites_view){ 0 });
}

static void
invite(struct page *p, const struct http_form *form)
{
	struct admin_invites_view view = { 0 };
	str token;
	enum err e = auth_invite_make(
	    &p->call, str_trim(http_form_get(form, STR("note"))), &token);

	p->res->outcome = e;
	switch ((int)e) {
	case OK: view.link = admin_link(p, "invite", token); break;
	case ERR_LIMIT: view.wrong = web_text(p->lang, T_ad_invites_full); break;
	case ERR_BAD_INPUT: view.wrong = web_text(p->lang, T_ad_note_long); break;
	default: page_refuse(p, e, NULL); return;
	}
	show_invites(p, e == OK ? 200 : 422, &view);
}

void
admin_invites_post(struct page *p, const struct http_form *form)
{
	str deed = http_form_get(form, STR("do"));
	enum err e = ERR_BAD_INPUT;

	if (str_same(deed, STR("make"))) {
		invite(p, form);
		return;
	}
	if (str_same(deed, STR("withdraw")))
		e = auth_invite_withdraw(&p->call, http_form_get(form, STR("id")));
	if (e == OK || e == ERR_NOT_FOUND) /* taken, or withdrawn twice */
		page_go(p, STR("/admin/invitations"));
	else
		page_refuse(p, e, NULL);
}

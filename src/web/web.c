/* web.c - which page. */
#include "web/web.h"

#include "auth/admin.h"
#include "auth/auth.h"
#include "web/admin_int.h"
#include "web/asking_int.h"
#include "web/owner_int.h"
#include "web/people_int.h"
#include "web/security_int.h"

enum access { OPEN, SESSION, ADMIN, LOOPBACK };

static const struct page_row {
	enum http_method method;
	str first; /* segment of the path */
	enum access access;
	void (*answer)(struct page *p, str rest);
	enum page_tab tab;
} rows[] = {
	{ HTTP_GET, STR_CONST("a"), OPEN, page_target_get },
	{ HTTP_POST, STR_CONST("a"), OPEN, page_target_post },
	{ HTTP_GET, STR_CONST("k"), OPEN, page_kept_get },
	{ HTTP_POST, STR_CONST("k"), OPEN, page_kept_post },
	{ HTTP_GET, STR_CONST("r"), OPEN, page_recall_get },
	{ HTTP_POST, STR_CONST("r"), OPEN, page_recall_post },
	{ HTTP_GET, STR_CONST("login"), OPEN, page_login_get },
	{ HTTP_POST, STR_CONST("login"), OPEN, page_login_post },
	{ HTTP_POST, STR_CONST("index.php"), OPEN, page_flow_begin },
	{ HTTP_POST, STR_CONST("logout"), SESSION, page_logout_post },
	{ HTTP_GET, STR_CONST(""), SESSION, page_book_get },
	{ HTTP_GET, STR_CONST("find"), SESSION, page_find_get },
	{ HTTP_GET, STR_CONST("card"), SESSION, page_card_get },
	{ HTTP_GET, STR_CONST("photo"), SESSION, page_photo_get },
	{ HTTP_GET, STR_CONST("vcf"), SESSION, page_vcf_get },
	{ HTTP_GET, STR_CONST("edit"), SESSION, page_edit_get },
	{ HTTP_POST, STR_CONST("edit"), SESSION, page_edit_post },
	{ HTTP_GET, STR_CONST("new"), SESSION, page_new_get },
	{ HTTP_POST, STR_CONST("new"), SESSION, page_new_post },
	{ HTTP_GET, STR_CONST("remove"), SESSION, page_remove_get },
	{ HTTP_POST, STR_CONST("remove"), SESSION, page_remove_post },
	{ HTTP_GET, STR_CONST("history"), SESSION, page_history_get },
	{ HTTP_POST, STR_CONST("history"), SESSION, page_history_post },
	{ HTTP_GET, STR_CONST("files"), SESSION, page_files_get },
	{ HTTP_POST, STR_CONST("files"), SESSION, page_files_post },
	{ HTTP_GET, STR_CONST("export"), SESSION, page_export_get },
	{ HTTP_GET, STR_CONST("trash"), SESSION, page_trash_get },
	{ HTTP_POST, STR_CONST("trash"), SESSION, page_trash_post },
	{ HTTP_GET, STR_CONST("setup"), SESSION, page_setup_get, TAB_ACCOUNT },
	{ HTTP_POST, STR_CONST("setup"), SESSION, page_setup_post, TAB_ACCOUNT },
	{ HTTP_GET, STR_CONST("account"), SESSION, page_account_get, TAB_ACCOUNT },
	{ HTTP_POST, STR_CONST("account"), SESSION, page_account_post, TAB_ACCOUNT },
	{ HTTP_GET, STR_CONST("security"), SESSION, page_security_get, TAB_ACCOUNT },
	{ HTTP_POST, STR_CONST("security"), SESSION, page_security_post, TAB_ACCOUNT },
	{ HTTP_GET, STR_CONST("data"), SESSION, page_data_get, TAB_ACCOUNT },
	{ HTTP_POST, STR_CONST("data"), SESSION, page_data_post, TAB_ACCOUNT },
	{ HTTP_GET, STR_CONST("reach"), SESSION, page_reach_get, TAB_ACCOUNT },
	{ HTTP_POST, STR_CONST("reach"), SESSION, page_reach_post, TAB_ACCOUNT },
	{ HTTP_GET, STR_CONST("passkeys"), SESSION, page_passkeys_get, TAB_ACCOUNT },
	{ HTTP_POST, STR_CONST("passkeys"), SESSION, page_passkeys_post, TAB_ACCOUNT },
	{ HTTP_GET, STR_CONST("ask"), SESSION, page_ask_get },
	{ HTTP_POST, STR_CONST("ask"), SESSION, page_ask_post },
	{ HTTP_GET, STR_CONST("asks"), SESSION, page_asks_get, TAB_ASKS },
	{ HTTP_POST, STR_CONST("asks"), SESSION, page_asks_post, TAB_ASKS },
	{ HTTP_GET, STR_CONST("review"), SESSION, page_review_get, TAB_REVIEW },
	{ HTTP_GET, STR_CONST("inbox"), SESSION, page_inbox_get, TAB_INBOX },
	{ HTTP_POST, STR_CONST("inbox"), SESSION, page_inbox_post, TAB_INBOX },
	{ HTTP_GET, STR_CONST("me"), SESSION, page_me_get, TAB_INBOX },
	{ HTTP_POST, STR_CONST("me"), SESSION, page_me_post, TAB_INBOX },
	{ HTTP_GET, STR_CONST("plan"), SESSION, page_plan_get, TAB_ASKS },
	{ HTTP_POST, STR_CONST("plan"), SESSION, page_plan_post, TAB_ASKS },
	{ HTTP_GET, STR_CONST("campaigns"), SESSION, page_campaigns_get, TAB_ASKS },
	{ HTTP_POST, STR_CONST("campaigns"), SESSION, page_campaigns_post, TAB_ASKS },
	{ HTTP_GET, STR_CONST("twins"), SESSION, page_twins_get },
	{ HTTP_POST, STR_CONST("twins"), SESSION, page_twins_post },
	{ HTTP_GET, STR_CONST("unite"), SESSION, page_unite_get },
	{ HTTP_POST, STR_CONST("unite"), SESSION, page_unite_post },
	{ HTTP_GET, STR_CONST("groups"), SESSION, page_groups_get },
	{ HTTP_POST, STR_CONST("groups"), SESSION, page_groups_post },
	{ HTTP_GET, STR_CONST("bulk"), SESSION, page_bulk_get },
	{ HTTP_POST, STR_CONST("bulk"), SESSION, page_bulk_post },
	{ HTTP_GET, STR_CONST("books"), SESSION, page_books_get },
	{ HTTP_POST, STR_CONST("books"), SESSION, page_books_post },
	{ HTTP_GET, STR_CONST("print"), SESSION, page_print_get },
	{ HTTP_GET, STR_CONST("tray"), LOOPBACK, page_tray_get },
	{ HTTP_GET, STR_CONST("start"), OPEN, page_start_get },
	{ HTTP_POST, STR_CONST("start"), OPEN, page_start_post },
	{ HTTP_GET, STR_CONST("invite"), OPEN, page_invite_get },
	{ HTTP_POST, STR_CONST("invite"), OPEN, page_invite_post },
	{ HTTP_GET, STR_CONST("reset"), OPEN, page_reset_get },
	{ HTTP_POST, STR_CONST("reset"), OPEN, page_reset_post },
	{ HTTP_GET, STR_CONST("admin"), ADMIN, page_admin_get, TAB_ACCOUNT },
	{ HTTP_POST, STR_CONST("admin"), ADMIN, page_admin_post, TAB_ACCOUNT },
	{ HTTP_GET, STR_CONST("log"), SESSION, page_log_get, TAB_ACCOUNT },
	{ HTTP_GET, STR_CONST("doctor"), SESSION, page_doctor_get, TAB_ACCOUNT },
};

/* Files that are not pages. */
static const struct {
	str path, media_type, cache;
	const str *body;
} files[] = {
	{ STR_CONST(STYLE_PATH), STR_CONST("text/css; charset=utf-8"),
	    STR_CONST("public, max-age=31536000, immutable"), &web_style },
	{ STR_CONST(SCRIPT_PATH), STR_CONST("text/javascript; charset=utf-8"),
	    STR_CONST("public, max-age=31536000, immutable"), &web_script },
	{ STR_CONST("/robots.txt"), STR_CONST("text/plain; charset=utf-8"),
	    STR_CONST("public, max-age=86400"),
	    &(const str)STR_CONST("User-agent: *\nDisallow: /\n") },
	{ STR_CONST("/healthz"), STR_CONST("text/plain; charset=utf-8"),
	    STR_CONST("no-store"), &(const str)STR_CONST("ok\n") },
};

static bool
sent_as_file(const struct http_req *req, struct http_res *res)
{
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		if (!str_same(req->path, files[i].path))
			continue;
		http_set(res, STR("Cache-Control"), files[i].cache);
		http_set(res, STR("X-Content-Type-Options"), STR("nosniff"));
		http_answer(res, 200, files[i].media_type, *files[i].body);
		return true;
	}
	return false;
}

static const struct page_row *
row_of(enum http_method method, str first)
{
	if (method == HTTP_HEAD)
		method = HTTP_GET;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].method == method && str_same(rows[i].first, first))
			return &rows[i];
	return NULL;
}

static bool
is_loopback(str peer)
{
	return str_starts(peer, STR("127.")) || str_same(peer, STR("::1"));
}

static bool
is_admin(const struct page *p)
{
	bool admin = false;

	return p->call.who != CALL_NOBODY &&
	       auth_is_admin(&p->call, p->call.who, &admin) == OK && admin;
}

/* A page of the owner's without a session leads to the login. */
static bool
may_see(struct page *p, enum access access)
{
	switch (access) {
	case OPEN: return true;
	case LOOPBACK: return p->web->tray && is_loopback(p->req->peer);
	case SESSION: return p->call.who != CALL_NOBODY;
	case ADMIN: return is_admin(p); /* to others there is no such page */
	}
	return false;
}

static void
find_session(struct page *p)
{
	str token = http_cookie(p->req, STR(AUTH_SESSION_COOKIE));

	if (token.len && auth_session_find(p->web->auth, &p->call, token, &p->call.who,
			     &p->csrf) != OK)
		p->call.who = CALL_NOBODY, p->csrf = (str){ 0 };
}

/* Pages of nobody's that whoever is signed in already is led away from. */
static bool
leads_away(str first)
{
	static const str pages[] = { STR_CONST("login"), STR_CONST("start"),
		STR_CONST("invite") };

	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
		if (str_same(pages[i], first))
			return true;
	return false;
}

static struct page
page_of(const struct web *web, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	static const str words[] = { STR_CONST("en"), STR_CONST("zh") };
	struct page p = { .web = web,
		.call = *call,
		.req = req,
		.res = res,
		.default_book = ARENA_NEW(call->arena, str) };
	str chosen = http_cookie(req, STR(LANG_COOKIE));

	p.lang_word = http_has_field(req, STR("accept-language"))
			  ? http_language(req, words, sizeof words / sizeof *words)
			  : web->rules->lang;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_same(chosen, words[i]))
			p.lang_word = words[i];
	p.lang = str_same(p.lang_word, STR("zh")) ? WEB_ZH : WEB_EN;
	return p;
}

/* Also an administrator whose session is over. */
static bool
wants_login(const struct page *p, const struct page_row *row)
{
	return row->method == HTTP_GET &&
	       (row->access == SESSION ||
		   (row->access == ADMIN && p->call.who == CALL_NOBODY));
}

void
web_refuse(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	struct page p = page_of(self, call, req, res);

	page_refuse(&p, res->outcome, res->what);
}

void
web_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	struct page p = page_of(self, call, req, res);
	const struct page_row *row;
	str path = req->path;
	str first;

	if (sent_as_file(req, res))
		return;
	if (http_path_cut(call->arena, &path, &first) != OK ||
	    !(row = row_of(req->method, first))) {
		page_refuse(&p, ERR_NOT_FOUND, NULL);
		return;
	}
	if (row->access != OPEN || leads_away(first))
		find_session(&p);
	p.tab = row->tab;
	if (may_see(&p, row->access))
		row->answer(&p, path);
	else if (wants_login(&p, row))
		page_go(&p, STR("/login"));
	else
		page_refuse(&p, row->access == SESSION ? ERR_WHO : ERR_NOT_FOUND, NULL);
}

/* page.c - what all pages answer with. */
#include "web/page_int.h"

/* Strict: no script at all, nothing from elsewhere, nobody may frame us.  With a session, or
 * where a page wants it, one small script of ours; all works as well without. */
#define POLICY                                                         \
	"default-src 'none'; style-src 'self'; img-src 'self' data:; " \
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

static const str policies[] = {
	[NO_SCRIPT] = STR_CONST(POLICY),
	[SCRIPT_ALONE] = STR_CONST(POLICY "; script-src 'self'"),
	[SCRIPT_ASKS] = STR_CONST(POLICY "; script-src 'self'; connect-src 'self'"),
};

#define LANG_COOKIE_S (365 * 24 * 3600)

struct buf
page_buf(const struct page *p)
{
	return buf_in(p->call.arena, WEB_PAGE_MAX_BYTES);
}

static void
guard(const struct page *p)
{
	struct http_res *res = p->res;

	http_set(res, STR("Content-Security-Policy"),
	    policies[p->csrf.len ? SCRIPT_ASKS : p->script]);
	http_set(res, STR("Referrer-Policy"), STR("no-referrer"));
	http_set(res, STR("Cache-Control"), STR("no-store"));
	http_set(res, STR("X-Robots-Tag"), STR("noindex, nofollow"));
	http_set(res, STR("X-Content-Type-Options"), STR("nosniff"));
	http_set(res, STR("Vary"), STR("Accept-Language"));
}

void
page_send(struct page *p, unsigned status, const struct buf *html)
{
	str body;

	guard(p);
	if (buf_text(html, &body) != OK) {
		http_answer(
		    p->res, 500, STR("text/plain; charset=utf-8"), STR("500\n"));
		return;
	}
	http_answer(p->res, status, STR("text/html; charset=utf-8"), body);
}

void
page_go(struct page *p, str path)
{
	guard(p);
	http_redirect(p->res, 303, path);
}

void
page_keep_lang(struct page *p, str word)
{
	http_set(p->res, STR("Set-Cookie"),
	    arena_printf(p->call.arena,
		LANG_COOKIE "=" STR_FMT
			    "; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
		STR_ARG(word), LANG_COOKIE_S, p->req->secure ? "; Secure" : ""));
}

static const struct {
	unsigned status;
	enum web_text_key words;
} refusals[ERR_COUNT] = {
	[OK] = { 500, T_error_store },
	[ERR_NOT_FOUND] = { 404, T_error_not_found },
	[ERR_SEVERAL] = { 409, T_error_changed },
	[ERR_WHO] = { 403, T_error_forbidden },
	[ERR_FORBIDDEN] = { 403, T_pe_forbidden },
	[ERR_CONDITION] = { 409, T_error_changed },
	[ERR_LOCKED] = { 423, T_error_changed },
	[ERR_UID_TAKEN] = { 409, T_error_changed },
	[ERR_EXISTS] = { 409, T_error_changed },
	[ERR_BAD_INPUT] = { 400, T_error_bad_input },
	[ERR_UNSUPPORTED] = { 415, T_error_bad_input },
	[ERR_TOO_LARGE] = { 413, T_error_too_large },
	[ERR_TOKEN] = { 404, T_error_not_found },
	[ERR_GONE] = { 410, T_t_over_expired },
	[ERR_LIMIT] = { 429, T_error_limit },
	[ERR_FULL] = { 507, T_error_full },
	[ERR_BUSY] = { 503, T_error_busy },
	[ERR_NEWER] = { 500, T_error_store },
	[ERR_STORE] = { 500, T_error_store },
	[ERR_IO] = { 500, T_error_store },
};

void
page_refuse(struct page *p, enum err outcome, const char *what)
{
	struct buf html = page_buf(p);
	struct error_view view = {
		.head = page_head(p, web_text(p->lang, T_error_title)),
		.words = web_text(p->lang, refusals[outcome].words),
	};

	p->res->outcome = outcome;
	p->res->what = what;
	html_error(&html, p, &view);
	page_send(p, refusals[outcome].status, &html);
}

bool
page_form(struct page *p, struct http_form *form)
{
	enum err e = http_form_read(p->call.arena, p->req, form);

	if (e == OK && p->csrf.len &&
	    !str_same(http_form_get(form, STR("csrf")), p->csrf))
		e = ERR_WHO;
	if (e == OK)
		return true;
	page_refuse(p, e, "a form that cannot be taken");
	return false;
}

struct head_view
page_head(const struct page *p, str title)
{
	(void)p;
	return (struct head_view){ .title = title };
}

str
page_path(const struct page *p, const char *first, str second, str third)
{
	struct buf path = buf_in(p->call.arena, WEB_PAGE_MAX_BYTES);

	buf_addf(&path, "/%s/", first);
	http_path_add(&path, second);
	if (third.len) {
		buf_add_char(&path, '/');
		http_path_add(&path, third);
	}
	return buf_str(&path);
}

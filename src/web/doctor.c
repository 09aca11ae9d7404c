/*
 * doctor.c - what the owner's devices asked for lately, and what is wrong with it.
 *
 * Reads the rings of trace/: the account's own, and that of the address the owner is at,
 * where a device stands that has not shown an account yet.  What is wrong is a table.
 */
#include <string.h>

#include "auth/auth.h"
#include "base/when.h"
#include "trace/trace.h"
#include "web/admin_int.h"

#define DEVICES_MAX  40 /* shown; those that were heard of come first */
#define ROWS_SHOWN   10 /* of a device */
#define FINDINGS_MAX 6
#define SILENT_DAYS  3
#define NOBODYS      (-1) /* for a device: no account was shown */
#define CARD_DEPTH   5    /* /dav/b/ACCOUNT/BOOK/CARD */

/* --- what a row says --- */

enum level { WELL, NOTE, BAD };

struct verdict {
	bool (*fits)(const struct page *p, const struct trace_row *row);
	enum level level;
	enum web_text_key what, todo;
};

/* Beside whatever else is wrong. */
static bool
in_clear(const struct page *p, const struct trace_row *row)
{
	return !row->secure && row->device != NOBODYS &&
	       str_starts(p->web->rules->origin, STR("https:"));
}

static bool
elsewhere(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->kind == TRACE_ELSEWHERE;
}

static bool
greeted_by_tls(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->kind == TRACE_TLS;
}

static bool
unknown_login(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->status == 401 && str_same(str_of(row->where), STR("login"));
}

static bool
wants_app_password(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->status == 401 && row->outcome == ERR_FORBIDDEN;
}

/* A first question without a password has no account. */
static bool
asked_bare(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->status == 401 && row->device == NOBODYS;
}

static bool
wrong_password(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->status == 401;
}

static bool
throttled(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->status == 503 && row->outcome == ERR_LIMIT;
}

static bool
found(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->kind == TRACE_WELL_KNOWN;
}

static bool
gone_card(const struct page *p, const struct trace_row *row)
{
	(void)p;
	return row->status == 404 && row->kind == TRACE_DAV && row->depth >= CARD_DEPTH;
}

static bool
has_status(const struct trace_row *row, unsigned from, unsigned to)
{
	return row->status >= from && row->status <= to;
}

#define STATUS(name, from, to)                                              \
	static bool name(const struct page *p, const struct trace_row *row) \
	{                                                                   \
		(void)p;                                                    \
		return has_status(row, from, to);                           \
	}

STATUS(forbidden, 403, 403)
STATUS(no_such_path, 404, 404)
STATUS(conflict, 409, 409)
STATUS(rescued, 412, 412)
STATUS(too_large, 413, 413)
STATUS(locked, 423, 423)
STATUS(full, 507, 507)
STATUS(bad_request, 400, 499)
STATUS(trouble, 500, 599)

/* The first that fits. */
static const struct verdict verdicts[] = {
	{ greeted_by_tls, BAD, T_dr_tls, T_dr_tls_do },
	{ elsewhere, BAD, T_dr_elsewhere, T_dr_elsewhere_do },
	{ wants_app_password, BAD, T_dr_app_password, T_dr_app_password_do },
	{ unknown_login, BAD, T_dr_login, T_dr_login_do },
	{ asked_bare, NOTE, T_dr_bare, T_dr_bare_do },
	{ wrong_password, BAD, T_dr_password, T_dr_password_do },
	{ throttled, BAD, T_dr_throttled, T_dr_throttled_do },
	{ found, NOTE, T_dr_found, T_dr_found_do },
	{ forbidden, BAD, T_dr_forbidden, T_dr_forbidden_do },
	{ gone_card, WELL, T_dr_gone, T_dr_gone },
	{ no_such_path, BAD, T_dr_path, T_dr_path_do },
	{ conflict, BAD, T_dr_conflict, T_dr_conflict_do },
	{ rescued, NOTE, T_dr_rescued, T_dr_rescued_do },
	{ too_large, BAD, T_dr_large, T_dr_large_do },
	{ locked, NOTE, T_dr_locked, T_dr_locked_do },
	{ full, BAD, T_dr_full, T_dr_full_do },
	{ bad_request, BAD, T_dr_bad, T_dr_bad_do },
	{ trouble, BAD, T_dr_trouble, T_dr_trouble_do },
};

static const struct verdict *
verdict_of(const struct page *p, const struct trace_row *row)
{
	static const struct verdict well = { NULL, WELL, T_dr_well, T_dr_well };

	for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
		if (verdicts[i].fits(p, row))
			return &verdicts[i];
	return &well;
}

/* --- a device's rows --- */

struct heard {
	struct trace_row *rows;
	size_t count;
};

/* What was wrong is over when the same program got through since. */
static bool
is_settled(const struct page *p, const struct heard *h, size_t i)
{
	for (size_t k = 0; k < h->count; k++)
		if (h->rows[k].last_ms > h->rows[i].last_ms &&
		    has_status(&h->rows[k], 200, 299) &&
		    strcmp(h->rows[k].agent, h->rows[i].agent) == 0 &&
		    verdict_of(p, &h->rows[k])->level == WELL)
			return true;
	return false;
}

static str
filled(const struct page *p, enum web_text_key key, str login, str where)
{
	const struct web_hole holes[] = { { "url", p->web->rules->origin },
		{ "login", login }, { "where", where } };

	return web_words_with(p, key, holes, 3);
}

static bool
is_told(const struct doctor_device *d, str what)
{
	for (size_t i = 0; i < d->findings.count; i++)
		if (str_same(d->findings.list[i].what, what))
			return true;
	return false;
}

static void
tell(const struct page *p, struct doctor_device *d, str what, str todo, bool bad)
{
	if (!d->findings.list)
		d->findings.list =
		    ARENA_ARRAY(p->call.arena, struct doctor_finding, FINDINGS_MAX);
	if (d->findings.count < FINDINGS_MAX && !is_told(d, what))
		d->findings.list[d->findings.count++] =
		    (struct doctor_finding){ what, todo, bad };
}

static void
judge(const struct page *p, const struct heard *h, str login, struct doctor_device *d)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct verdict *v = verdict_of(p, &h->rows[i]);
		str where = arena_copy(p->call.arena, str_of(h->rows[i].where));

		if (in_clear(p, &h->rows[i]))
			tell(p, d, filled(p, T_dr_clear, login, where),
			    filled(p, T_dr_clear_do, login, where), true);
		if (v->level == WELL || (v->level == BAD && is_settled(p, h, i)))
			continue;
		tell(p, d, filled(p, v->what, login, where),
		    filled(p, v->todo, login, where), v->level == BAD);
	}
}

static str
what_was_asked(const struct page *p, const struct trace_row *row)
{
	static const enum web_text_key places[] = { T_dr_at_top, T_dr_at_top,
		T_dr_at_top, T_dr_at_home, T_dr_at_book, T_dr_at_card };
	static const enum web_text_key kinds[] = { [TRACE_WELL_KNOWN] = T_dr_at_known,
		[TRACE_API] = T_dr_at_api,
		[TRACE_TLS] = T_dr_at_tls };
	str method = http_method_name((enum http_method)row->method);
	str where;

	if (row->kind == TRACE_ELSEWHERE)
		where = arena_copy(p->call.arena, str_of(row->where));
	else if (row->kind == TRACE_DAV)
		where = web_text(
		    p->lang, places[row->depth > CARD_DEPTH ? CARD_DEPTH : row->depth]);
	else
		where = web_text(p->lang, kinds[row->kind]);
	return arena_printf(p->call.arena, STR_FMT " " STR_FMT " %s %u",
	    STR_ARG(method), STR_ARG(where), "→", row->status);
}

static struct doctor_row
row_of(const struct page *p, const struct trace_row *row)
{
	str agent = str_of(row->agent);

	while (agent.len && !str_is_utf8(agent))
		agent.len--;
	return (struct doctor_row){
		.what = what_was_asked(p, row),
		.words = web_text(
		    p->lang, verdict_of(p, row)->level == BAD    ? T_dr_is_bad
			     : verdict_of(p, row)->level == NOTE ? T_dr_is_note
								 : T_dr_is_well),
		.agent = arena_copy(p->call.arena, agent),
		.when = arena_printf(p->call.arena, STR_FMT " · " STR_FMT,
		    STR_ARG(app_moment(p, row->last_ms)),
		    STR_ARG(web_ago(p, row->last_ms))),
		.count = row->count > 1 ? web_words(p, T_lg_times, "number",
					      app_number(p, row->count))
					: (str){ 0 },
	};
}

static void
list_rows(const struct page *p, const struct heard *h, struct doctor_device *d)
{
	size_t count = h->count < ROWS_SHOWN ? h->count : ROWS_SHOWN;

	d->rows.list = ARENA_ARRAY(p->call.arena, struct doctor_row, count);
	for (size_t i = 0; i < count; i++)
		d->rows.list[d->rows.count++] = row_of(p, &h->rows[i]);
}

/* --- the devices --- */

struct visit {
	const struct page *p;
	str login;
	struct trace_row rows[TRACE_PER_ACCOUNT];
	size_t count;
	struct doctor_view *view;
};

static struct heard
rows_of(const struct visit *v, int64_t device)
{
	struct heard h = { .rows = ARENA_ARRAY(
			       v->p->call.arena, struct trace_row, v->count + 1) };

	for (size_t i = 0; i < v->count; i++)
		if (v->rows[i].device == device)
			h.rows[h.count++] = v->rows[i];
	return h;
}

static void
add(struct visit *v, struct doctor_device d)
{
	bool bad = false;

	for (size_t i = 0; i < d.findings.count; i++)
		bad |= d.findings.list[i].bad;
	d.well = !bad;
	if (v->view->devices.count < DEVICES_MAX)
		v->view->devices.list[v->view->devices.count++] = d;
}

/* What came without an app password, or from the address the owner is at. */
static void
add_group(struct visit *v, enum web_text_key label, int64_t device)
{
	struct heard h = rows_of(v, device);
	struct doctor_device d = { .label = web_text(v->p->lang, label) };

	if (!h.count)
		return;
	d.heard = web_ago(v->p, h.rows[0].last_ms);
	judge(v->p, &h, v->login, &d);
	list_rows(v->p, &h, &d);
	add(v, d);
}

static void
judge_silence(
    const struct page *p, const struct auth_device *device, struct doctor_device *d)
{
	int64_t days = (p->call.now_ms - device->seen_ms) / WHEN_DAY_MS;

	if (!device->seen_ms)
		tell(p, d, web_text(p->lang, T_dr_never),
		    filled(p, T_dr_never_do, (str){ 0 }, (str){ 0 }), true);
	else if (days >= SILENT_DAYS)
		tell(p, d, web_words(p, T_dr_silent, "number", app_number(p, days)),
		    web_text(p->lang, T_dr_silent_do), true);
}

static void
add_device(struct visit *v, const struct auth_device *device)
{
	struct heard h = rows_of(v, device->id);
	struct doctor_device d = { .label = device->label };
	int64_t last_ms = h.count ? h.rows[0].last_ms : device->seen_ms;

	d.heard = last_ms ? web_ago(v->p, last_ms) : web_text(v->p->lang, T_v_never);
	judge(v->p, &h, v->login, &d);
	if (!h.count)
		judge_silence(v->p, device, &d);
	list_rows(v->p, &h, &d);
	add(v, d);
}

static enum err
add_devices(struct visit *v)
{
	struct auth_device *list;
	size_t count;

	TRY(auth_device_list(&v->p->call, v->p->call.who, &list, &count));
	for (int heard = 1; heard >= 0; heard--)
		for (size_t i = 0; i < count; i++)
			if ((rows_of(v, list[i].id).count > 0) == heard)
				add_device(v, &list[i]);
	return OK;
}

static void
add_neighbours(struct visit *v)
{
	v->count = trace_read(v->p->web->trace, 0, v->p->req->peer, v->rows);
	for (size_t i = 0; i < v->count; i++)
		v->rows[i].device = NOBODYS;
	add_group(v, T_dr_nobody, NOBODYS);
}

static enum err
fill(const struct page *p, struct doctor_view *view)
{
	struct visit *v = ARENA_NEW(p->call.arena, struct visit);
	struct auth_account me;

	TRY(auth_account_find(&p->call, p->call.who, &me));
	*v = (struct visit){ .p = p, .login = me.login, .view = view };
	view->head = page_head(p, web_text(p->lang, T_dr_title));
	view->url = p->web->rules->origin;
	view->login = me.login;
	view->devices.list =
	    ARENA_ARRAY(p->call.arena, struct doctor_device, DEVICES_MAX);
	v->count = trace_read(p->web->trace, p->call.who, (str){ 0 }, v->rows);
	add_group(v, T_dr_own, 0);
	TRY(add_devices(v));
	add_neighbours(v);
	return OK;
}

void
page_doctor_get(struct page *p, str rest)
{
	struct buf html = page_buf(p);
	struct doctor_view view = { 0 };
	enum err e = rest.len ? ERR_NOT_FOUND : fill(p, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_doctor(&html, p, &view);
	page_send(p, 200, &html);
}

/* log.c - what was done: to the server, for its administrators; to an account, for its owner. */
#include "auth/deed.h"
#include "base/when.h"
#include "web/admin_int.h"

static const enum web_text_key words[AUTH_DEED_COUNT] = {
	[AUTH_DEED_MADE] = T_lg_made,
	[AUTH_DEED_REMOVED] = T_lg_removed,
	[AUTH_DEED_LOGIN] = T_lg_login,
	[AUTH_DEED_LOGIN_FAILED] = T_lg_login_failed,
	[AUTH_DEED_PASSWORD] = T_lg_password,
	[AUTH_DEED_APP_MADE] = T_lg_app_made,
	[AUTH_DEED_APP_REVOKED] = T_lg_app_revoked,
	[AUTH_DEED_CODES_ON] = T_lg_codes_on,
	[AUTH_DEED_CODES_OFF] = T_lg_codes_off,
	[AUTH_DEED_PASSKEY_MADE] = T_lg_passkey_made,
	[AUTH_DEED_PASSKEY_REMOVED] = T_lg_passkey_removed,
	[AUTH_DEED_ADMIN_ON] = T_lg_admin_on,
	[AUTH_DEED_ADMIN_OFF] = T_lg_admin_off,
	[AUTH_DEED_DISABLED] = T_lg_disabled,
	[AUTH_DEED_ENABLED] = T_lg_enabled,
	[AUTH_DEED_RESET_MADE] = T_lg_reset_made,
	[AUTH_DEED_RESET_USED] = T_lg_reset_used,
	[AUTH_DEED_INVITE_MADE] = T_lg_invite_made,
	[AUTH_DEED_INVITE_WITHDRAWN] = T_lg_invite_withdrawn,
	[AUTH_DEED_INVITE_USED] = T_lg_invite_used,
	[AUTH_DEED_GATE_TESTED] = T_lg_gate_tested,
	[AUTH_DEED_BLOCKED] = T_lg_blocked,
	[AUTH_DEED_CHECKED] = T_lg_checked,
	[AUTH_DEED_BACKUP] = T_lg_backup,
};

/* --- how long ago --- */

static const struct {
	int64_t unit_ms, below_ms;
	enum web_text_key one, many;
} spans[] = {
	{ WHEN_MINUTE_MS, WHEN_HOUR_MS, T_lg_minute, T_lg_minutes },
	{ WHEN_HOUR_MS, WHEN_DAY_MS, T_lg_hour, T_lg_hours },
	{ WHEN_DAY_MS, INT64_MAX, T_lg_day, T_lg_days },
};

str
web_ago(const struct page *p, int64_t at_ms)
{
	int64_t ago_ms = p->call.now_ms - at_ms;

	if (ago_ms < WHEN_MINUTE_MS)
		return web_text(p->lang, T_lg_now);
	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++)
		if (ago_ms < spans[i].below_ms) {
			int64_t number = ago_ms / spans[i].unit_ms;

			return number == 1 ? web_text(p->lang, spans[i].one)
					   : web_words(p, spans[i].many, "number",
						 app_number(p, number));
		}
	return (str){ 0 };
}

/* --- rows --- */

/* Empty: he to whom it happened, or a stranger. */
static str
who_did_it(const struct page *p, const struct auth_deed_row *row)
{
	if (row->actor < 0)
		return web_text(p->lang, T_lg_gone);
	if (row->by.len)
		return row->by;
	if (row->deed == AUTH_DEED_LOGIN_FAILED || row->deed == AUTH_DEED_BLOCKED)
		return (str){ 0 };
	/* Nobody signed in: from a terminal of the machine, or from outside by a link. */
	return row->peer.len ? (str){ 0 } : web_text(p->lang, T_lg_operator);
}

static struct log_row_view
row_of(const struct page *p, const struct auth_deed_row *row, bool own)
{
	str who = who_did_it(p, row);

	if (row->actor == row->account && row->account)
		who = (str){ 0 };
	return (struct log_row_view){
		.words = row->about.len ? ARENA_JOIN(p->call.arena,
					      web_text(p->lang, words[row->deed]),
					      STR(" · "), row->about)
					: web_text(p->lang, words[row->deed]),
		.whose = own ? (str){ 0 } : row->login,
		.who = who,
		.peer = row->peer,
		.when = app_moment(p, row->at_ms),
		.count = row->count > 1 ? web_words(p, T_lg_times, "number",
					      app_number(p, row->count))
					: (str){ 0 },
	};
}

static bool
place_read(const struct http_form *query, struct auth_deed_place *out)
{
	str at = http_form_get(query, STR("at"));

	*out = (struct auth_deed_place){ INT64_MAX, 0 };
	return !at.len || (str_number(at, &out->at_ms) &&
			      str_number(http_form_get(query, STR("id")), &out->id));
}

struct listed {
	struct log_row_view *list;
	size_t count;
	str next;
};

static enum err
read_rows(const struct page *p, const struct http_form *query, int64_t account,
    const char *path, struct listed *out)
{
	struct auth_deed_place behind;
	struct auth_deed_row *rows;
	size_t count;

	if (!place_read(query, &behind))
		return ERR_BAD_INPUT;
	TRY(auth_deed_list(
	    &p->call, account, behind, ADMIN_ROWS_PER_PAGE + 1, &rows, &count));
	if (count > ADMIN_ROWS_PER_PAGE) {
		count = ADMIN_ROWS_PER_PAGE;
		out->next = arena_printf(p->call.arena, "%s?at=%lld&id=%lld", path,
		    (long long)rows[count - 1].at_ms, (long long)rows[count - 1].id);
	}
	out->list = ARENA_ARRAY(p->call.arena, struct log_row_view, count);
	for (size_t i = 0; i < count; i++)
		out->list[out->count++] = row_of(p, &rows[i], account != 0);
	return OK;
}

void
admin_log_get(struct page *p, const struct http_form *query)
{
	struct buf html = page_buf(p);
	struct listed listed = { 0 };
	struct admin_log_view view = {
		.head = page_head(p, web_text(p->lang, T_ad_log)),
		.nav = admin_nav(p, STR("/log")),
	};
	enum err e = read_rows(p, query, 0, "/admin/log", &listed);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.rows.list = listed.list;
	view.rows.count = listed.count;
	view.next = listed.next;
	html_admin_log(&html, p, &view);
	page_send(p, 200, &html);
}

void
page_log_get(struct page *p, str rest)
{
	struct buf html = page_buf(p);
	struct listed listed = { 0 };
	struct log_view view = { .head = page_head(p, web_text(p->lang, T_lg_title)) };
	struct http_form query;
	enum err e = rest.len ? ERR_NOT_FOUND
			      : http_query_read(p->call.arena, p->req->query, &query);

	if (e == OK)
		e = read_rows(p, &query, p->call.who, "/log", &listed);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.rows.list = listed.list;
	view.rows.count = listed.count;
	view.next = listed.next;
	html_log(&html, p, &view);
	page_send(p, 200, &html);
}

/* asks.c - what was asked, newest first. */
#include <stdint.h>

#include "web/owner_int.h"

#define ROWS_PER_PAGE 50

static const enum web_text_key state_words[ASK_STATE_COUNT] = {
	[ASK_QUEUED] = T_s_queued,
	[ASK_SENT] = T_s_sent,
	[ASK_DELIVERED] = T_s_delivered,
	[ASK_BOUNCED] = T_s_bounced,
	[ASK_SEEN] = T_s_seen,
	[ASK_ANSWERED] = T_s_answered,
	[ASK_PARTLY] = T_s_partly,
	[ASK_MERGED] = T_s_merged,
	[ASK_DECLINED] = T_s_declined,
	[ASK_EXPIRED] = T_s_expired,
	[ASK_REVOKED] = T_s_revoked,
	[ASK_NOT_ME] = T_s_not_me,
};

str
ask_state_text(const struct page *p, enum ask_state state)
{
	return web_text(p->lang, state_words[state]);
}

static str
id_text(const struct page *p, int64_t id)
{
	return arena_printf(p->call.arena, "%lld", (long long)id);
}

struct ask_row
ask_row_of(const struct page *p, const struct ask_view *ask)
{
	return (struct ask_row){
		.href = page_path(p, "asks", id_text(p, ask->id), (str){ 0 }),
		.name = ask->fn.len ? ask->fn : web_text(p->lang, T_o_unnamed),
		.state = ask_state_text(p, ask->state),
		.date = web_day(p, ask->made_ms),
	};
}

static void
show_list(struct page *p)
{
	struct buf html = page_buf(p);
	struct asks_view view = { .head = page_head(p, web_text(p->lang, T_o_asks)) };
	struct http_form query = { 0 };
	struct ask_view *asks;
	size_t count;
	int64_t before_ms = 0;
	enum err e = http_query_read(p->call.arena, p->req->query, &query);

	(void)str_number(http_form_get(&query, STR("before")), &before_ms);
	if (e == OK)
		e = ask_list(&p->call, before_ms, ROWS_PER_PAGE, &asks, &count);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.rows.list = ARENA_ARRAY(p->call.arena, struct ask_row, count);
	for (size_t i = 0; i < count; i++)
		view.rows.list[view.rows.count++] = ask_row_of(p, &asks[i]);
	if (count == ROWS_PER_PAGE)
		view.next = arena_printf(p->call.arena, "/asks?before=%lld",
		    (long long)asks[count - 1].made_ms);
	html_asks(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- one of them: asked.c --- */

/* "/17": the id; what stands behind it stays in *rest. */
static bool
read_id(const struct page *p, str *rest, int64_t *id)
{
	str segment;

	return http_path_cut(p->call.arena, rest, &segment) == OK &&
	       str_number(segment, id);
}

void
page_asks_get(struct page *p, str rest)
{
	int64_t id;

	if (!rest.len)
		show_list(p);
	else if (!read_id(p, &rest, &id))
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else if (!rest.len)
		asked_show(p, id);
	else if (str_same(rest, STR("/photo")))
		asked_photo(p, id);
	else
		page_refuse(p, ERR_NOT_FOUND, NULL);
}

void
page_asks_post(struct page *p, str rest)
{
	int64_t id;

	if (read_id(p, &rest, &id) && !rest.len)
		asked_post(p, id);
	else
		page_refuse(p, ERR_NOT_FOUND, NULL);
}

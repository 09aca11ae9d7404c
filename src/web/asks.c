/* asks.c - what was asked, what came back, and the owner's word on what waits. */
#include <stdint.h>

#include "ask/texts.h"
#include "web/asking_int.h"

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

static const struct {
	char letter;
	enum web_text_key words;
} decisions[] = {
	{ 'a', T_d_applied },
	{ 'v', T_d_verified },
	{ 'w', T_d_waiting },
	{ 'r', T_d_refused },
	{ 'n', T_d_nothing },
};

static str
id_text(const struct page *p, int64_t id)
{
	return arena_printf(p->call.arena, "%lld", (long long)id);
}

str
ask_state_words(const struct page *p, enum ask_state state)
{
	return web_text(p->lang, state_words[state]);
}

struct ask_row
ask_row_of(const struct page *p, const struct ask_view *ask)
{
	return (struct ask_row){
		.href = page_path(p, "asks", id_text(p, ask->id), (str){ 0 }),
		.name = ask->fn.len ? ask->fn : web_text(p->lang, T_o_unnamed),
		.state = ask_state_words(p, ask->state),
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

static str
decision_words(const struct page *p, char letter)
{
	for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++)
		if (decisions[i].letter == letter)
			return web_text(p->lang, decisions[i].words);
	return (str){ 0 };
}

static void
fill_items(
    const struct page *p, const struct ask_view *ask, struct asked_one_view *view)
{
	view->items.list =
	    ARENA_ARRAY(p->call.arena, struct answer_item, ask->item_count);
	for (size_t i = 0; i < ask->item_count; i++) {
		const struct ask_item *item = &ask->items[i];
		bool waits = item->decision == 'w';

		view->waiting += waits;
		view->items.list[view->items.count++] = (struct answer_item){
			.label = ask_field_text(p->lang_word, item->op.field),
			.decision = decision_words(p, item->decision),
			.before = item->before,
			.after = item->after,
			.number = arena_printf(p->call.arena, "%zu", i),
			.waits = waits,
			.removes = item->op.kind == CARD_GONE,
		};
	}
}

static void
show_one(struct page *p, int64_t id)
{
	struct buf html = page_buf(p);
	struct asked_one_view view = { 0 };
	struct ask_view ask;
	enum err e = ask_find(&p->call, id, &ask);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.name = ask.fn.len ? ask.fn : web_text(p->lang, T_o_unnamed);
	view.head = page_head(p, view.name);
	view.action = page_path(p, "asks", id_text(p, id), (str){ 0 });
	view.card = page_path(p, "card", ask.book, ask.card);
	view.state = ask_state_words(p, ask.state);
	view.to = ask.to;
	view.note = ask.note;
	view.evidence = arena_printf(p->call.arena, "%d", ask.evidence);
	fill_items(p, &ask, &view);
	e = timeline_fill(p, &ask, &view.timeline);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_asked_one(&html, p, &view);
	page_send(p, 200, &html);
}

/* The id behind /asks/; false when there is none. */
static bool
read_id(const struct page *p, str rest, int64_t *id)
{
	str segment;

	return http_path_cut(p->call.arena, &rest, &segment) == OK && !rest.len &&
	       str_number(segment, id);
}

void
page_asks_get(struct page *p, str rest)
{
	int64_t id;

	if (!rest.len)
		show_list(p);
	else if (read_id(p, rest, &id))
		show_one(p, id);
	else
		page_refuse(p, ERR_NOT_FOUND, NULL);
}

static enum err
carry_out(
    const struct page *p, int64_t id, const struct http_form *form, struct why *why)
{
	str what = http_form_get(form, STR("do"));
	str item = http_form_get(form, STR("item"));
	bool accept = str_same(what, STR("accept"));
	int64_t at = 0;

	if (!accept && !str_same(what, STR("refuse")))
		return ERR_BAD_INPUT;
	if (item.len && !str_number(item, &at))
		return ERR_BAD_INPUT;
	return ask_decide(&p->call, id, item.len ? (size_t)at : SIZE_MAX, accept, why);
}

void
page_asks_post(struct page *p, str rest)
{
	struct http_form form;
	struct why why = { 0 };
	int64_t id;
	enum err e;

	if (!page_form(p, &form))
		return;
	if (!read_id(p, rest, &id)) {
		page_refuse(p, ERR_NOT_FOUND, NULL);
		return;
	}
	if (timeline_post(p, id, &form))
		return;
	e = carry_out(p, id, &form, &why);
	if (e == OK)
		page_go(p, page_path(p, "asks", id_text(p, id), (str){ 0 }));
	else
		page_refuse(p, e, why.what);
}

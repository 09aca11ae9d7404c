/* inbox.c - the owner as a target: who asks him, and an answer from his own card. */
#include "ask/own.h"
#include "ask/texts.h"
#include "auth/auth.h"
#include "web/owner_int.h"

#define ROWS_SHOWN      80 /* more make a page too large */
#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

/* --- how many there are --- */

str
page_badge(const struct page *p, enum page_tab tab)
{
	int64_t waiting = 0;
	size_t open = 0;
	enum err e = tab == TAB_INBOX ? ask_notices_open(&p->call, p->web->rules, &open)
				      : ask_count_waiting(&p->call, &waiting);

	if (tab == TAB_INBOX)
		waiting = (int64_t)open;
	return e == OK && waiting
		   ? arena_printf(p->call.arena, "%lld", (long long)waiting)
		   : (str){ 0 };
}

/* --- the list --- */

static const struct {
	enum ask_state state;
	enum web_text_key words;
} states[] = {
	{ ASK_ANSWERED, T_own_is_answered },
	{ ASK_PARTLY, T_own_is_answered },
	{ ASK_MERGED, T_own_is_answered },
	{ ASK_DECLINED, T_own_is_declined },
	{ ASK_NOT_ME, T_own_is_not_me },
};

static str
state_words(const struct page *p, const struct ask_peek *who)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (states[i].state == who->state)
			return web_text(p->lang, states[i].words);
	if (who->open)
		return web_words(p, T_own_is_open, "date", web_day(p, who->expires_ms));
	return web_text(p->lang, T_own_is_over);
}

static str
wanted_words(const struct page *p, const struct ask_peek *who)
{
	struct buf fields = page_buf(p);

	for (size_t i = 0; i < who->wanted_count; i++) {
		if (i)
			buf_add(&fields, p->lang == WEB_ZH ? STR("、") : STR(", "));
		buf_add(&fields, ask_field_text(p->lang_word, who->wanted[i]));
	}
	if (!who->wanted_count)
		return web_text(p->lang, T_own_asks_check);
	return web_words(p, T_own_asks_for, "fields", buf_str(&fields));
}

static str
notice_path(const struct page *p, int64_t id)
{
	return arena_printf(p->call.arena, "/inbox/%lld", (long long)id);
}

static struct notice_row
row_of(const struct page *p, const struct ask_notice_view *notice)
{
	return (struct notice_row){
		.href = notice_path(p, notice->id),
		.name = notice->who.asker,
		.about = wanted_words(p, &notice->who),
		.state = state_words(p, &notice->who),
		.date = web_day(p, notice->made_ms),
		.open = notice->who.open,
	};
}

static enum err
fill_list(const struct page *p, struct inbox_view *view)
{
	struct ask_notice_view *list;
	struct auth_identifier *his;
	size_t count;

	TRY(auth_identifier_list(&p->call, p->call.who, &his, &count));
	view->reachable = count > 0;
	TRY(ask_notices(&p->call, p->web->rules, &list, &count));
	view->rows.list = ARENA_ARRAY(p->call.arena, struct notice_row, count);
	view->more = count > ROWS_SHOWN;
	for (size_t i = 0; i < count && i < ROWS_SHOWN; i++)
		view->rows.list[view->rows.count++] = row_of(p, &list[i]);
	return OK;
}

static void
show_list(struct page *p)
{
	struct buf html = page_buf(p);
	struct inbox_view view = { .head = page_head(
				       p, web_text(p->lang, T_own_inbox_title)) };
	enum err e = fill_list(p, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_inbox(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- one of them --- */

static const struct {
	str word;
	enum ask_exit how;
	enum web_text_key words;
} exits[] = {
	{ STR_CONST("decline"), ASK_EXIT_DECLINE, T_t_left_decline },
	{ STR_CONST("not-me"), ASK_EXIT_NOT_ME, T_t_left_not_me },
	{ STR_CONST("block-owner"), ASK_EXIT_BLOCK_OWNER, T_t_left_block },
	{ STR_CONST("block-all"), ASK_EXIT_BLOCK_ALL, T_t_left_block },
};

/* What was picked on a form that is shown again; NULL: what is wanted. */
static bool
is_picked(const struct http_form *form, const struct ask_own_item *item, str number)
{
	if (!form)
		return item->wanted;
	for (size_t i = 0; i < form->count; i++)
		if (str_same(form->fields[i].name, STR("item")) &&
		    str_same(form->fields[i].value, number))
			return true;
	return false;
}

static void
fill_items(const struct page *p, const struct ask_own_page *page,
    const struct http_form *form, struct notice_view *view)
{
	view->items.list = ARENA_ARRAY(p->call.arena, struct notice_item, page->count);
	for (size_t i = 0; i < page->count; i++) {
		const struct ask_own_item *item = &page->items[i];
		str number = arena_printf(p->call.arena, "%zu", item->item);

		view->items.list[view->items.count++] = (struct notice_item){
			.number = number,
			.label = ask_field_text(p->lang_word, item->field),
			.text = item->field == CARD_F_PHOTO
				    ? web_text(p->lang, T_f_photo_is)
				    : item->text,
			.picked = is_picked(form, item, number),
		};
	}
}

static void
fill_wanted(const struct page *p, const struct ask_peek *who, struct notice_view *view)
{
	view->wanted.list = ARENA_ARRAY(p->call.arena, str, ASK_MAX_FIELDS);
	for (size_t i = 0; i < who->wanted_count; i++)
		view->wanted.list[view->wanted.count++] =
		    ask_field_text(p->lang_word, who->wanted[i]);
}

/* "?left=decline": how he left. */
static void
fill_told(const struct page *p, const struct ask_peek *who, struct notice_view *view)
{
	struct http_form query;
	str left;

	if (http_query_read(p->call.arena, p->req->query, &query) != OK)
		return;
	left = http_form_get(&query, STR("left"));
	for (size_t i = 0; i < COUNT_OF(exits); i++)
		if (str_same(exits[i].word, left))
			view->told.words =
			    web_words(p, exits[i].words, "owner", who->asker);
}

static void
show_page(struct page *p, unsigned status, const struct ask_own_page *page,
    const struct http_form *form)
{
	struct buf html = page_buf(p);
	const struct ask_peek *who = &page->notice.who;
	struct notice_view view = {
		.head = page_head(p, web_words(p, T_t_title, "owner", who->asker)),
		.asker = { who->asker, who->asker_phone, who->asker_email },
		.action = notice_path(p, page->notice.id),
		.say = who->say,
		.tail = who->to_tail,
		.open = who->open,
	};

	if (who->state == ASK_MERGED)
		view.answered = web_words(p, T_t_thanks_text, "owner", who->asker);
	else if (who->state == ASK_ANSWERED || who->state == ASK_PARTLY)
		view.answered = web_words(p, T_own_send_again, "owner", who->asker);
	if (who->open)
		view.until = web_day(p, who->expires_ms);
	fill_wanted(p, who, &view);
	fill_items(p, page, form, &view);
	if (form) {
		view.note = http_form_get(form, STR("note"));
		view.told = (struct told_view){ web_text(p->lang, T_own_picked_none),
			(str){ 0 }, (str){ 0 }, true };
	} else {
		fill_told(p, who, &view);
	}
	html_notice(&html, p, &view);
	page_send(p, status, &html);
}

/* One that is over is shown all the same: blocks work for it, too. */
static void
show_one(struct page *p, unsigned status, int64_t id, const struct http_form *form)
{
	struct ask_own_page page;
	enum err e = ask_notice_see(&p->call, p->web->rules, id, &page);

	if (e == OK || e == ERR_GONE)
		show_page(p, status, &page, e == OK ? form : NULL);
	else
		page_refuse(p, e, NULL);
}

/* The id behind /inbox/; false when there is none. */
static bool
read_id(const struct page *p, str rest, int64_t *id)
{
	str segment;

	return http_path_cut(p->call.arena, &rest, &segment) == OK && !rest.len &&
	       str_number(segment, id);
}

void
page_inbox_get(struct page *p, str rest)
{
	int64_t id;

	if (!rest.len)
		show_list(p);
	else if (read_id(p, rest, &id))
		show_one(p, 200, id, NULL);
	else
		page_refuse(p, ERR_NOT_FOUND, NULL);
}

/* --- answered, or left --- */

static void
give(struct page *p, int64_t id, const struct http_form *form)
{
	size_t *picked = ARENA_ARRAY(p->call.arena, size_t, form->count + 1);
	size_t count = 0;
	struct ask_answered answered;
	struct why why = { 0 };
	int64_t number;
	enum err e;

	for (size_t i = 0; i < form->count; i++)
		if (str_same(form->fields[i].name, STR("item")) &&
		    str_number(form->fields[i].value, &number) && number >= 0)
			picked[count++] = (size_t)number;
	e = ask_notice_answer(&p->call, p->web->rules, id, picked, count,
	    http_form_get(form, STR("note")), &answered, &why);
	if (e == OK || e == ERR_GONE) /* answered before: the page says so */
		page_go(p, notice_path(p, id));
	else if (e == ERR_BAD_INPUT)
		show_one(p, 422, id, form);
	else
		page_refuse(p, e, why.what);
}

static void
leave(struct page *p, int64_t id, size_t which)
{
	enum err e = ask_notice_leave(&p->call, p->web->rules, id, exits[which].how);

	if (e == OK)
		page_go(
		    p, arena_printf(p->call.arena, STR_FMT "?left=" STR_FMT,
			   STR_ARG(notice_path(p, id)), STR_ARG(exits[which].word)));
	else if (e == ERR_GONE)
		page_go(p, notice_path(p, id));
	else
		page_refuse(p, e, NULL);
}

void
page_inbox_post(struct page *p, str rest)
{
	struct http_form form;
	int64_t id;
	str what;

	if (!page_form(p, &form))
		return;
	if (!read_id(p, rest, &id)) {
		page_refuse(p, ERR_NOT_FOUND, NULL);
		return;
	}
	what = http_form_get(&form, STR("do"));
	for (size_t i = 0; i < COUNT_OF(exits); i++)
		if (str_same(exits[i].word, what)) {
			leave(p, id, i);
			return;
		}
	if (str_same(what, STR("give")))
		give(p, id, &form);
	else
		page_refuse(p, ERR_BAD_INPUT, "a button that is not there");
}

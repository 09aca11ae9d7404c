/* review.c - all that waits for the owner's word, over all asks. */
#include "web/owner_int.h"

#define ASKS_SHOWN 25
#define ITEMS_MAX_BYTES \
	((size_t)45 * 1024)       /* of a page, about; the rest comes up as these go */
#define ITEM_BYTES ((size_t)3200) /* without its values, which are shown twice */

/* Where the next item is after one was decided: the browser's eye stays there. */
static void
mark_place(struct review_view *view, int64_t place)
{
	struct answer_item *last = NULL;

	for (size_t i = 0; i < view->asks.count; i++) {
		struct answer_view *answer = &view->asks.list[i].answer;

		for (size_t j = 0; j < answer->items.count; j++) {
			last = &answer->items.list[j];
			last->first = place-- == 0;
			if (last->first)
				return;
		}
	}
	if (last && place >= 0)
		last->first = true;
}

static void
number_items(const struct page *p, struct review_view *view)
{
	size_t place = 0;

	for (size_t i = 0; i < view->asks.count; i++) {
		struct answer_view *answer = &view->asks.list[i].answer;

		for (size_t j = 0; j < answer->items.count; j++)
			answer->items.list[j].place =
			    arena_printf(p->call.arena, "%zu", place++);
	}
}

static size_t
size_of(const struct answer_item *item)
{
	return ITEM_BYTES + 2 * (item->before.len + item->after.len + item->typed.len);
}

/* As many of its items as there is room for, but one of all.  Not all can be decided at
 * once then: nobody accepts what he has not seen. */
static void
cut(struct answer_view *answer, size_t *room, bool *more)
{
	for (size_t i = 0; i < answer->items.count; i++) {
		size_t size = size_of(&answer->items.list[i]);

		if (size > *room && *room < ITEMS_MAX_BYTES) {
			answer->items.count = i;
			answer->waiting = 0;
			*more = true;
			return;
		}
		*room -= size < *room ? size : *room;
	}
}

static enum err
fill(const struct page *p, const struct answer_trouble *trouble,
    struct review_view *view)
{
	struct ask_view *asks;
	size_t count;
	size_t room = ITEMS_MAX_BYTES;

	TRY(ask_waiting(&p->call, 0, ASKS_SHOWN + 1, &asks, &count));
	view->more = count > ASKS_SHOWN;
	view->asks.list = ARENA_ARRAY(p->call.arena, struct review_ask, count);
	for (size_t i = 0; i < count && i < ASKS_SHOWN; i++) {
		struct review_ask *row = &view->asks.list[view->asks.count];

		answer_fill(p, &asks[i], true, trouble, &row->answer);
		cut(&row->answer, &room, &view->more);
		if (!row->answer.items.count)
			break;
		view->asks.count++;
		row->answer.from = STR("review");
		row->href = row->answer.action;
		row->about = web_words(
		    p, T_own_answered_on, "date", web_day(p, asks[i].answered_ms));
	}
	number_items(p, view);
	return OK;
}

/* "?ask=17&at=3&told=accept": what was decided, and where it stood. */
static void
read_last(const struct page *p, struct review_view *view)
{
	struct http_form query;
	int64_t id;
	int64_t at;

	view->told = told_read(p);
	if (!view->told.words.len ||
	    http_query_read(p->call.arena, p->req->query, &query) != OK)
		return;
	if (str_number(http_form_get(&query, STR("ask")), &id)) {
		view->told.link =
		    arena_printf(p->call.arena, "/asks/%lld", (long long)id);
		view->told.more = web_text(p->lang, T_own_told_see);
	}
	if (str_number(http_form_get(&query, STR("at")), &at) && at >= 0)
		mark_place(view, at);
}

void
review_show(struct page *p, unsigned status, const struct answer_trouble *trouble)
{
	struct buf html = page_buf(p);
	struct review_view view = { .head = page_head(
					p, web_text(p->lang, T_own_review_title)) };
	enum err e = fill(p, trouble, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	if (trouble)
		view.told = told_trouble(p, trouble);
	else
		read_last(p, &view);
	p->tab = TAB_REVIEW;
	html_review(&html, p, &view);
	page_send(p, status, &html);
}

void
page_review_get(struct page *p, str rest)
{
	if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		review_show(p, 200, NULL);
}

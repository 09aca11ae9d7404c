/*
 * recall.c - the link in what an old number or address is told, /r/<token>: a change taken
 * back by whom it was about.  GET changes nothing.
 */
#include "ask/tell.h"
#include "ask/texts.h"
#include "web/page_int.h"

static void
show(struct page *p, const struct ask_recall *recall, str words, str action)
{
	struct buf html = page_buf(p);
	struct recall_view view = {
		.head = page_head(p, web_words(p, T_r_title, "owner", recall->asker)),
		.words = words,
		.action = action
	};

	html_recall(&html, p, &view);
	page_send(p, 200, &html);
}

static str
words_of(const struct page *p, const struct ask_recall *recall)
{
	enum card_field field = CARD_F_MOBILE;
	struct web_hole holes[2] = { { "field" }, { "tail", recall->tail } };

	(void)card_field_read(recall->field, &field);
	holes[0].value = ask_field_text(p->lang_word, field);
	return web_words_with(p, recall->tail.len ? T_r_changed : T_r_gone, holes, 2);
}

/* The token is the last segment of the path. */
static bool
find(struct page *p, str *rest, struct ask_recall *out)
{
	str path = *rest;
	enum err e = http_path_cut(p->call.arena, &path, rest);

	if (e == OK)
		e = path.len ? ERR_NOT_FOUND : ask_recall_peek(&p->call, *rest, out);

	if (e != OK)
		page_refuse(p, e, NULL);
	return e == OK;
}

void
page_recall_get(struct page *p, str rest)
{
	struct ask_recall recall;

	if (!find(p, &rest, &recall))
		return;
	if (recall.open)
		show(p, &recall, words_of(p, &recall),
		    page_path(p, "r", rest, (str){ 0 }));
	else
		show(p, &recall, web_text(p->lang, T_r_over), (str){ 0 });
}

void
page_recall_post(struct page *p, str rest)
{
	struct ask_recall recall;
	struct why why = { 0 };
	enum err e;

	if (!find(p, &rest, &recall))
		return;
	e = ask_recall_do(&p->call, rest, &why);
	if (e == OK || e == ERR_GONE || e == ERR_CONDITION)
		show(p, &recall, web_text(p->lang, e == OK ? T_r_done : T_r_over),
		    (str){ 0 });
	else
		page_refuse(p, e, NULL);
}

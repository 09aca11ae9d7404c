/* trash.c - what was removed. */
#include "book/undo.h"
#include "web/app_int.h"

#define ROWS_SHOWN 200

/* --- the list --- */

static str
title_of(const struct book *book)
{
	return book->title.len ? book->title : book->name;
}

static enum err
fill_cards(const struct page *p, const struct book *book, struct trash_view *view)
{
	struct book_removed_card *list;
	size_t count;

	TRY(book_removed_cards(&p->call, book, &list, &count));
	for (size_t i = 0; i < count && view->cards.count < ROWS_SHOWN; i++) {
		str history = page_path(p, "history", book->name, list[i].name);

		view->cards.list[view->cards.count++] = (struct trash_row){
			.name = list[i].fn.len ? list[i].fn
					       : web_text(p->lang, T_o_unnamed),
			.when = app_moment(p, list[i].removed_ms),
			.book = title_of(book),
			.history = history,
			.action = book->may_write ? history : (str){ 0 },
			.number = app_number(p, list[i].rev),
		};
	}
	return OK;
}

static enum err
fill_books(const struct page *p, struct trash_view *view)
{
	struct book_removed *list;
	size_t count;

	TRY(book_removed_books(&p->call, &list, &count));
	view->books.list = ARENA_ARRAY(p->call.arena, struct trash_row, count);
	for (size_t i = 0; i < count; i++)
		view->books.list[view->books.count++] = (struct trash_row){
			.name = list[i].title.len ? list[i].title : list[i].name,
			.when = app_moment(p, list[i].removed_ms),
			.id = app_number(p, list[i].id),
			.cards = app_number(p, list[i].cards),
		};
	return OK;
}

static enum err
fill(const struct page *p, struct trash_view *view)
{
	struct books books;

	TRY(book_list(&p->call, p->call.who, &books));
	view->all.list = ARENA_ARRAY(p->call.arena, struct link_view, books.count);
	view->cards.list = ARENA_ARRAY(p->call.arena, struct trash_row, ROWS_SHOWN);
	for (size_t i = 0; i < books.count; i++) {
		const struct book *b = &books.list[i];

		TRY(fill_cards(p, b, view));
		if (b->may_write)
			view->all.list[view->all.count++] =
			    (struct link_view){ .text = title_of(b), .note = b->name };
	}
	view->latest = moment_write(p, p->call.now_ms);
	return fill_books(p, view);
}

void
trash_show(struct page *p, unsigned status, str wrong)
{
	struct buf html = page_buf(p);
	struct trash_view view = { .head = page_head(p, web_text(p->lang, T_o_trash)),
		.wrong = wrong };
	enum err e = fill(p, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_trash(&html, p, &view);
	page_send(p, status, &html);
}

void
page_trash_get(struct page *p, str rest)
{
	if (!rest.len)
		trash_show(p, 200, (str){ 0 });
	else if (str_same(rest, STR("moment")) || str_same(rest, STR("/moment")))
		moment_preview(p);
	else
		page_refuse(p, ERR_NOT_FOUND, NULL);
}

/* --- done --- */

static enum err
revive(struct page *p, const struct http_form *form)
{
	struct book book;
	int64_t id;

	if (!str_number(http_form_get(form, STR("id")), &id))
		return ERR_BAD_INPUT;
	TRY(book_revive(&p->call, id, &book));
	page_go(p, app_book_href(p, book.name, "", (str){ 0 }));
	return OK;
}

void
page_trash_post(struct page *p, str rest)
{
	struct http_form form;
	struct why why = { 0 };
	enum err e = ERR_BAD_INPUT;
	str what;

	(void)rest;
	if (!page_form(p, &form))
		return;
	what = http_form_get(&form, STR("do"));
	if (str_same(what, STR("restore")))
		e = moment_restore(p, &form, &why);
	else if (str_same(what, STR("revive")))
		e = revive(p, &form);
	if (e != OK)
		page_refuse(p, e, why.what);
}

/* trash.c - what was removed, and a whole book back to a moment. */
#include <stdio.h>
#include <time.h>

#include "base/when.h"
#include "book/undo.h"
#include "web/app_int.h"

#define ROWS_SHOWN 200

/* --- moments, as <input type="datetime-local"> has them: the server's own time --- */

static str
moment_write(const struct page *p, int64_t at_ms)
{
	time_t seconds = (time_t)(at_ms / WHEN_SECOND_MS);
	struct tm t = { 0 };

	(void)localtime_r(&seconds, &t);
	return arena_printf(p->call.arena, "%04d-%02d-%02dT%02d:%02d:%02d",
	    t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

/* With seconds or without; a blank for the T as well. */
static bool
moment_read(const struct page *p, str text, int64_t *out_ms)
{
	static const char *const forms[] = { "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M",
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M" };
	const char *typed = arena_copy(p->call.arena, text).at;

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct tm t = { .tm_isdst = -1 };
		const char *end = strptime(typed, forms[i], &t);

		t.tm_isdst = -1;
		if (!end || *end)
			continue;
		*out_ms = (int64_t)mktime(&t) * WHEN_SECOND_MS;
		return *out_ms > 0 && *out_ms <= p->call.now_ms;
	}
	return false;
}

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

static void
show(struct page *p, unsigned status, str wrong)
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

/* --- to a moment --- */

struct wish {
	struct book book;
	int64_t at_ms;
};

/* ERR_BAD_INPUT: no moment in the past. */
static enum err
read_wish(const struct page *p, const struct http_form *form, struct wish *out)
{
	TRY(app_book_named(p, http_form_get(form, STR("book")), &out->book));
	if (!moment_read(p, str_trim(http_form_get(form, STR("at"))), &out->at_ms))
		return ERR_BAD_INPUT;
	return OK;
}

static str
counts_of(const struct page *p, const struct book_restored *done)
{
	struct buf words = page_buf(p);
	const struct {
		enum web_text_key key;
		int64_t count;
	} rows[] = { { T_m_changed, done->changed }, { T_m_back, done->back },
		{ T_m_removed, done->removed } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf_add(&words, i ? STR("  ·  ") : STR(""));
		buf_add(&words,
		    web_words(p, rows[i].key, "count", app_number(p, rows[i].count)));
	}
	return buf_str(&words);
}

static void
show_preview(struct page *p, const struct wish *wish, const struct book_restored *done)
{
	struct buf html = page_buf(p);
	struct edit_cell_view fields[] = {
		{ .name = STR("do"), .value = STR("restore") },
		{ .name = STR("book"), .value = wish->book.name },
		{ .name = STR("at"), .value = moment_write(p, wish->at_ms) },
	};
	struct sure_view view = {
		.head = page_head(p, web_text(p->lang, T_m_title)),
		.action = STR("/trash"),
		.question =
		    web_words(p, T_m_sure, "moment", app_moment(p, wish->at_ms)),
		.more = counts_of(p, done),
		.button = web_text(p->lang, T_m_go),
		.cancel = STR("/trash"),
		.fields = { fields, 3 },
	};

	html_sure(&html, p, &view);
	page_send(p, 200, &html);
}

/* /trash/moment?book=...&at=...: only counts. */
static void
preview(struct page *p)
{
	struct http_form query;
	struct book_restored done;
	struct why why = { 0 };
	struct wish wish;
	enum err e = http_query_read(p->call.arena, p->req->query, &query);

	if (e == OK)
		e = read_wish(p, &query, &wish);
	if (e == OK)
		e = book_restore(&p->call, &wish.book, wish.at_ms, true, &done, &why);
	if (e == OK)
		show_preview(p, &wish, &done);
	else if (e == ERR_BAD_INPUT)
		show(p, 422, web_text(p->lang, T_m_wrong));
	else
		page_refuse(p, e, why.what);
}

void
page_trash_get(struct page *p, str rest)
{
	if (!rest.len)
		show(p, 200, (str){ 0 });
	else if (str_same(rest, STR("moment")) || str_same(rest, STR("/moment")))
		preview(p);
	else
		page_refuse(p, ERR_NOT_FOUND, NULL);
}

/* --- done --- */

static enum err
restore(struct page *p, const struct http_form *form, struct why *why)
{
	struct book_restored done;
	struct wish wish;

	TRY(read_wish(p, form, &wish));
	TRY(book_restore(&p->call, &wish.book, wish.at_ms, false, &done, why));
	page_go(p, app_book_href(p, wish.book.name, "", (str){ 0 }));
	return OK;
}

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
		e = restore(p, &form, &why);
	else if (str_same(what, STR("revive")))
		e = revive(p, &form);
	if (e != OK)
		page_refuse(p, e, why.what);
}

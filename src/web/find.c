/* find.c - search in all of the owner's books while he types, and the look-up by an exact
 * identifier. */
#include <stdlib.h>

#include "book/search.h"
#include "card/match.h"
#include "fold/fold.h"
#include "web/people_int.h"

#define FOUND_MAX 100 /* shown */
#define CANDIDATES_MAX \
	1000 /* of a book's index, read and held against what was typed */

struct finding {
	const struct page *p;
	str typed, needle;
	struct rows_view *out;
	bool many_books, may_write, full;
};

static bool
holds(const struct finding *f, const struct book_card *card)
{
	struct card *read;
	struct why why;
	struct arena *arena = f->p->call.arena;

	return card_read(arena, card->bytes, &read, &why) == OK &&
	       card_find_holds(arena, card_find_text(arena, read), f->typed);
}

static enum err
add_row(struct finding *f, const struct book *book, const struct book_card *card)
{
	struct book_card copy = *card;
	struct book_page one = { &copy, 1, false };

	TRY(app_rows_fill(f->p, book, &one, false, f->out));
	if (f->many_books)
		f->out->rows.list[f->out->rows.count - 1].book =
		    book->title.len ? book->title : book->name;
	return OK;
}

static enum err
search_book(struct finding *f, const struct book *book)
{
	struct book_found found;
	enum err looked = book_search_find(
	    f->p->web->search, &f->p->call, book, &f->needle, 1, &found);

	if (looked == ERR_TOO_LARGE) /* no index is kept: exact identifiers only */
		return OK;
	TRY(looked);
	for (size_t i = 0; i < found.count && i < CANDIDATES_MAX; i++) {
		struct book_card card;
		enum err e =
		    book_card_by_id(&f->p->call, book, found.ids[i], BOOK_SHOWN, &card);

		if (e == ERR_NOT_FOUND || (e == OK && !holds(f, &card)))
			continue;
		TRY(e);
		if (f->out->rows.count == FOUND_MAX) {
			f->full = true;
			return OK;
		}
		TRY(add_row(f, book, &card));
	}
	f->full |= found.count > CANDIDATES_MAX;
	return OK;
}

/* What a substring does not find: a number written in another way, a handle. */
static enum err
add_exact(struct finding *f, const struct book_hits *hits)
{
	for (size_t i = 0; i < hits->count; i++)
		TRY(add_row(f, &hits->list[i].book, &hits->list[i].card));
	return OK;
}

static int
in_order(const void *a, const void *b)
{
	return str_compare(
	    ((const struct book_row *)a)->order, ((const struct book_row *)b)->order);
}

static void
sort(struct finding *f)
{
	struct book_row *rows = f->out->rows.list;
	size_t count = f->out->rows.count;

	for (size_t i = 0; i < count; i++)
		rows[i].order = fold_sort_key(f->p->call.arena, rows[i].name);
	if (count)
		qsort(rows, count, sizeof *rows, in_order);
}

static enum err
search(struct finding *f, struct book_hits *hits)
{
	struct books books;
	enum err e = book_look_up(&f->p->call, f->typed, hits);

	if (e != OK && e != ERR_NOT_FOUND && e != ERR_SEVERAL)
		return e;
	f->needle = card_find_needle(f->p->call.arena, f->typed);
	TRY(book_list(&f->p->call, f->p->call.who, &books));
	f->many_books = books.count > 1;
	for (size_t i = 0; i < books.count; i++)
		f->may_write |= books.list[i].may_write;
	for (size_t i = 0; f->needle.len && i < books.count && !f->full; i++)
		TRY(search_book(f, &books.list[i]));
	if (!f->out->rows.count)
		TRY(add_exact(f, hits));
	sort(f);
	return OK;
}

static str
words_of(const struct finding *f)
{
	size_t count = f->out->rows.count;

	if (!f->typed.len)
		return (str){ 0 };
	if (!count)
		return web_words(f->p, T_o_find_none, "typed", f->typed);
	return web_words(f->p, f->full ? T_o_found_more : T_o_found, "count",
	    app_number(f->p, (long long)count));
}

/* One card by an identifier of its own: to it, as somebody wants who pressed the button. */
static bool
went_to_card(struct page *p, const struct finding *f, const struct book_hits *hits)
{
	if (hits->count != 1 || f->out->rows.count > 1)
		return false;
	page_go(
	    p, page_path(p, "card", hits->list[0].book.name, hits->list[0].card.name));
	return true;
}

void
page_find_get(struct page *p, str rest)
{
	struct book_view view = { .head = page_head(p, web_text(p->lang, T_o_book)) };
	struct finding f = { .p = p, .out = &view.found };
	struct buf html = page_buf(p);
	struct book_hits hits = { 0 };
	struct http_form query;
	enum err e = http_query_read(p->call.arena, p->req->query, &query);
	bool part = false;

	(void)rest;
	if (e == OK) {
		part = http_form_get(&query, STR("part")).len > 0;
		view.typed = f.typed = str_trim(http_form_get(&query, STR("q")));
		e = search(&f, &hits);
	}
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	if (!part && went_to_card(p, &f, &hits))
		return;
	view.found.words = words_of(&f);
	if (view.found.rows.count) {
		view.found.form = STR("many");
		view.found.find = f.typed;
		view.many =
		    (struct many_view){ .shown = true, .writable = f.may_write };
	}
	if (part)
		html_rows(&html, p, &view.found);
	else
		html_book(&html, p, &view);
	page_send(p, 200, &html);
}

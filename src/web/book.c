/* book.c - the owner's list, page by page in reading order, and the look-up by any
 * identifier. */
#include "web/page_int.h"

#define ROWS_PER_PAGE 100

static str
name_of(const struct page *p, const struct book_card *card)
{
	return card->fn.len ? card->fn : web_text(p->lang, T_o_unnamed);
}

static void
add_row(const struct page *p, struct book_view *view, str book,
    const struct book_card *card)
{
	view->rows.list[view->rows.count++] = (struct book_row){
		.href = page_path(p, "card", book, card->name),
		.name = name_of(p, card),
	};
}

static void
show(struct page *p, struct book_view *view)
{
	struct buf html = page_buf(p);

	view->head = page_head(p, web_text(p->lang, T_o_book));
	html_book(&html, p, view);
	page_send(p, 200, &html);
}

/* Where the page after this one begins: the last card's name, found again by itself. */
static str
next_href(const struct page *p, const struct book_page *cards)
{
	struct buf href = page_buf(p);

	if (!cards->more)
		return (str){ 0 };
	buf_add(&href, STR("/?after="));
	http_query_add(&href, cards->list[cards->count - 1].name);
	return buf_str(&href);
}

/* ERR_NOT_FOUND: the card the last page ended with is gone; begin anew. */
static enum err
page_of_cards(const struct page *p, const struct book *book, struct book_page *out)
{
	struct http_form query;
	struct book_card last;
	str after;

	TRY(http_query_read(p->call.arena, p->req->query, &query));
	after = http_form_get(&query, STR("after"));
	if (!after.len || book_card(&p->call, book, after, BOOK_HEADS, &last) != OK)
		return book_sorted(&p->call, book, NULL, ROWS_PER_PAGE, out);
	return book_sorted(&p->call, book, &last, ROWS_PER_PAGE, out);
}

void
page_book_get(struct page *p, str rest)
{
	struct book_view view = { 0 };
	struct books books;
	struct book_page cards;
	enum err e = book_list(&p->call, p->call.who, &books);

	(void)rest;
	if (e == OK)
		e = page_of_cards(p, &books.list[0], &cards);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.rows.list = ARENA_ARRAY(p->call.arena, struct book_row, cards.count);
	for (size_t i = 0; i < cards.count; i++)
		add_row(p, &view, books.list[0].name, &cards.list[i]);
	view.next = next_href(p, &cards);
	view.words = books.list[0].cards ? web_words(p, T_o_count, "count",
					       arena_printf(p->call.arena, "%lld",
						   (long long)books.list[0].cards))
					 : web_text(p->lang, T_o_empty);
	show(p, &view);
}

void
page_find_get(struct page *p, str rest)
{
	struct book_view view = { 0 };
	struct book_hits hits = { 0 };
	struct http_form query;
	enum err e = http_query_read(p->call.arena, p->req->query, &query);

	(void)rest;
	if (e == OK) {
		view.typed = str_trim(http_form_get(&query, STR("q")));
		e = view.typed.len ? book_look_up(&p->call, view.typed, &hits)
				   : ERR_NOT_FOUND;
	}
	if (e == OK) {
		page_go(p, page_path(p, "card", hits.list[0].book.name,
			       hits.list[0].card.name));
		return;
	}
	if (e != ERR_NOT_FOUND && e != ERR_SEVERAL) {
		page_refuse(p, e, NULL);
		return;
	}
	view.rows.list = ARENA_ARRAY(p->call.arena, struct book_row, hits.count);
	for (size_t i = 0; i < hits.count; i++)
		add_row(p, &view, hits.list[i].book.name, &hits.list[i].card);
	view.words = web_words(
	    p, hits.count ? T_o_find_several : T_o_find_none, "typed", view.typed);
	show(p, &view);
}

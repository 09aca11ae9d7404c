/* ticked.c - what was ticked in a list or in what a search found: of which book. */
#include "web/people_int.h"

/* The book's place among those found so far; a new one, with room for all, at the end. */
static struct ticked_book *
of_book(const struct page *p, struct ticked *t, const struct book *book, size_t room)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->list[i].book.id == book->id)
			return &t->list[i];
	t->list[t->count] = (struct ticked_book){ .book = *book,
		.cards = ARENA_ARRAY(p->call.arena, str, room) };
	return &t->list[t->count++];
}

enum err
ticked_read(const struct page *p, const struct http_form *form, struct ticked *out)
{
	size_t count;
	str *ids = people_fields(p, form, STR("card"), &count);

	*out = (struct ticked){ .list = ARENA_ARRAY(
				    p->call.arena, struct ticked_book, count) };
	for (size_t i = 0; i < count; i++) {
		struct ticked_book *one;
		struct book book;
		str card;
		enum err e = people_id_read(p, ids[i], &book, &card);

		if (e == ERR_NOT_FOUND) /* a book that is gone by now, with its cards */
			continue;
		TRY(e);
		one = of_book(p, out, &book, count);
		one->cards[one->count++] = card;
	}
	return OK;
}

void
ticked_show(
    struct page *p, const struct http_form *form, const struct ticked *ticked, str back)
{
	struct ticked_view view = { .head = page_head(p, web_text(p->lang, T_pe_bulk)),
		.what = http_form_get(form, STR("do")),
		.find = http_form_get(form, STR("find")),
		.back = back };
	struct buf html = page_buf(p);

	view.books.list = ARENA_ARRAY(p->call.arena, struct ticked_row, ticked->count);
	for (size_t i = 0; i < ticked->count; i++) {
		const struct ticked_book *one = &ticked->list[i];

		view.books.list[view.books.count++] = (struct ticked_row){
			.action = page_path(p, "bulk", one->book.name, (str){ 0 }),
			.title = people_title(&one->book),
			.count = web_words(p, T_pe_people, "count",
			    app_number(p, (long long)one->count)),
			.cards = { one->cards, one->count },
		};
	}
	html_ticked(&html, p, &view);
	page_send(p, 200, &html);
}

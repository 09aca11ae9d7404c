/* print.c - contacts on paper: one, a group, a book. */
#include "book/groups.h"
#include "card/field.h"
#include "web/people_int.h"

#define PRINT_MAX      500 /* contacts on one page of HTML */
#define PRINT_CARD_MAX 40  /* lines of one contact */
#define CARD_BYTES     80  /* of markup around a contact, and around a line */
#define LINE_BYTES     50

static bool
is_printed(const struct app_line *line)
{
	return line->is != CARD_FN && line->is != CARD_N && line->is != CARD_PHOTO &&
	       line->is != CARD_OTHER && line->is != CARD_LABEL &&
	       line->is != CARD_MEMBER && line->is != CARD_ORG &&
	       line->is != CARD_TITLE;
}

/* What is shown of it, kept; its bytes are not. */
static size_t
keep_lines(const struct page *p, const struct app_lines *lines, struct print_card *out)
{
	struct arena *arena = p->call.arena;
	struct buf head = page_buf(p);
	size_t bytes = CARD_BYTES;

	out->items.list = ARENA_ARRAY(arena, struct contact_item, lines->count);
	for (size_t i = 0; i < lines->count && out->items.count < PRINT_CARD_MAX; i++) {
		const struct app_line *line = &lines->list[i];

		if (line->is == CARD_ORG || line->is == CARD_TITLE) {
			buf_add(&head, head.len ? STR(" · ") : STR(""));
			buf_add(&head, people_clipped(p, line->text));
		}
		if (!is_printed(line))
			continue;
		out->items.list[out->items.count++] = (struct contact_item){
			.label = arena_copy(arena, people_clipped(p, line->label)),
			.text = arena_copy(arena, people_clipped(p, line->text)),
		};
		bytes += people_bytes(people_clipped(p, line->label), LINE_BYTES) +
			 people_bytes(people_clipped(p, line->text), 0);
	}
	out->line = buf_str(&head);
	return bytes + people_bytes(out->line, 0);
}

/* In an arena of its own: pictures are not held all at once. */
static size_t
fill_card(const struct page *p, const struct book *book, const struct book_card *head,
    struct print_card *out)
{
	SCOPED(arena) arena = arena_open();
	struct page q = *p;
	struct book_card stored;
	struct app_lines lines;
	struct card *card;
	struct why why;

	q.call.arena = arena;
	*out = (struct print_card){
		.name = head->fn.len ? head->fn : web_text(p->lang, T_o_unnamed),
	};
	if (book_card_by_id(&q.call, book, head->id, BOOK_SHOWN, &stored) != OK ||
	    card_read(arena, stored.bytes, &card, &why) != OK)
		return CARD_BYTES + people_bytes(head->fn, 0);
	lines = app_lines_of(&q, card, book->region);
	return keep_lines(p, &lines, out) + people_bytes(head->fn, 0);
}

void
people_print(struct page *p, const struct book *book, const struct book_page *cards,
    str title, str back)
{
	struct print_view view = { .head = page_head(p, title), .back = back };
	struct buf html = page_buf(p);
	size_t bytes = 0;
	size_t i = 0;

	view.cards.list = ARENA_ARRAY(p->call.arena, struct print_card, cards->count);
	for (; i < cards->count && bytes < PEOPLE_PAGE_BYTES; i++)
		if (!cards->list[i].is_group || cards->count == 1)
			bytes += fill_card(p, book, &cards->list[i],
			    &view.cards.list[view.cards.count++]);
	view.words = web_words(
	    p, T_pe_people, "count", app_number(p, (long long)view.cards.count));
	if (cards->more || i < cards->count)
		view.more = web_words(p, T_pe_print_more, "limit",
		    app_number(p, (long long)view.cards.count));
	html_print(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- which --- */

static enum err
print_one(struct page *p, const struct book *book, str name)
{
	struct book_card card;
	struct book_page one = { &card, 1, false };

	TRY(book_card(&p->call, book, name, BOOK_HEADS, &card));
	people_print(
	    p, book, &one, card.fn, page_path(p, "card", book->name, card.name));
	return OK;
}

static enum err
print_group(struct page *p, const struct book *book, str name)
{
	struct book_group group;
	struct book_page people;

	TRY(book_group_find(&p->call, book, name, &group));
	TRY(book_group_people(&p->call, book, name, NULL, PRINT_MAX, &people));
	people_print(p, book, &people, name, people_group_href(p, book->name, name));
	return OK;
}

static enum err
print_book(struct page *p, const struct book *book)
{
	struct book_page cards;

	TRY(book_sorted(&p->call, book, NULL, PRINT_MAX, &cards));
	people_print(p, book, &cards, people_title(book),
	    app_book_href(p, book->name, "", (str){ 0 }));
	return OK;
}

/* /print?book=BOOK, and with group=NAME or card=NAME. */
void
page_print_get(struct page *p, str rest)
{
	struct http_form query;
	struct book book;
	str group;
	str card;
	enum err e = http_query_read(p->call.arena, p->req->query, &query);

	if (e == OK)
		e = app_book_named(p, http_form_get(&query, STR("book")), &book);
	if (e != OK || rest.len) {
		page_refuse(p, e == OK ? ERR_NOT_FOUND : e, NULL);
		return;
	}
	group = http_form_get(&query, STR("group"));
	card = http_form_get(&query, STR("card"));
	e = card.len    ? print_one(p, &book, card)
	    : group.len ? print_group(p, &book, group)
			: print_book(p, &book);
	if (e != OK)
		page_refuse(p, e, NULL);
}

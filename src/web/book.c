/* book.c - the owner's list, page by page in reading order, whole or by letter. */
#include "fold/fold.h"
#include "web/people_int.h"

#define LETTERS 26

bool
app_is_default(const struct page *p, str book)
{
	struct books books;

	if (!p->default_book->len && book_list(&p->call, p->call.who, &books) == OK)
		*p->default_book = books.list[0].name;
	return str_same(book, *p->default_book);
}

str
app_book_href(const struct page *p, str book, const char *key, str value)
{
	struct buf href = page_buf(p);
	bool first = true;

	buf_add_char(&href, '/');
	if (!app_is_default(p, book)) {
		buf_add(&href, STR("?book="));
		http_query_add(&href, book);
		first = false;
	}
	if (value.len) {
		buf_addf(&href, "%c%s=", first ? '?' : '&', key);
		http_query_add(&href, value);
	}
	return buf_str(&href);
}

enum err
app_book_named(const struct page *p, str name, struct book *out)
{
	struct books books;

	if (name.len)
		return book_find(&p->call, p->call.who, name, out);
	TRY(book_list(&p->call, p->call.who, &books));
	return book_find(&p->call, p->call.who, books.list[0].name, out);
}

static void
fill_books(
    const struct page *p, const struct books *books, str chosen, struct book_view *view)
{
	if (books->count < 2)
		return;
	view->books.list = ARENA_ARRAY(p->call.arena, struct link_view, books->count);
	for (size_t i = 0; i < books->count; i++) {
		const struct book *b = &books->list[i];
		struct link_view *link = &view->books.list[view->books.count++];

		*link = (struct link_view){
			.href = app_book_href(p, b->name, "", (str){ 0 }),
			.text = b->title.len ? b->title : b->name,
			.chosen = str_same(b->name, chosen),
			.colour = people_colour(p, b),
		};
		if (b->shared)
			link->note = people_lent_note(p, b);
	}
}

static void
fill_letters(const struct page *p, str book, char chosen, struct book_view *view)
{
	view->letters.list = ARENA_ARRAY(p->call.arena, struct link_view, LETTERS + 1);
	view->letters.list[view->letters.count++] =
	    (struct link_view){ .href = app_book_href(p, book, "", (str){ 0 }),
		    .text = web_text(p->lang, T_o_all),
		    .chosen = !chosen };
	for (int c = 'A'; c <= 'Z'; c++) {
		str letter = arena_printf(p->call.arena, "%c", c);

		view->letters.list[view->letters.count++] = (struct link_view){
			.href = app_book_href(p, book, "letter", letter),
			.text = letter,
			.chosen = c == chosen,
		};
	}
}

/* --- which cards --- */

struct wish {
	char letter; /* 0: all */
	str after;   /* the name the page before this one ended with */
};

static enum err
read_wish(const struct page *p, struct wish *out, str *book)
{
	struct http_form query;
	str letter;

	TRY(http_query_read(p->call.arena, p->req->query, &query));
	*book = http_form_get(&query, STR("book"));
	letter = http_form_get(&query, STR("letter"));
	out->after = http_form_get(&query, STR("after"));
	out->letter = 0;
	if (letter.len == 1 && letter.at[0] >= 'A' && letter.at[0] <= 'Z')
		out->letter = letter.at[0];
	return OK;
}

/* The names in Latin letters and those in Chinese characters are two stretches of the
 * order; of a letter both are shown, the second without paging where the first fills one. */
static enum err
letter_page(
    const struct page *p, const struct book *book, char letter, struct rows_view *out)
{
	size_t left = APP_ROWS_PER_PAGE;

	for (int chinese = 0; chinese < 2; chinese++) {
		struct arena *arena = p->call.arena;
		struct book_page cards;

		TRY(book_sorted_between(&p->call, book, NULL,
		    fold_letter_key(arena, letter, chinese),
		    fold_letter_key(arena, (char)(letter + 1), chinese),
		    chinese ? APP_ROWS_PER_PAGE : left, &cards));
		TRY(app_rows_fill(p, book, &cards, false, out));
		if (cards.more) { /* goes on in the list of all */
			out->next = app_book_href(
			    p, book->name, "after", cards.list[cards.count - 1].name);
		}
	}
	return OK;
}

static enum err
all_page(
    const struct page *p, const struct book *book, str after, struct rows_view *out)
{
	struct book_card last;
	struct book_page cards;
	bool begins =
	    !after.len || book_card(&p->call, book, after, BOOK_HEADS, &last) != OK;

	TRY(book_sorted(
	    &p->call, book, begins ? NULL : &last, APP_ROWS_PER_PAGE, &cards));
	TRY(app_rows_fill(p, book, &cards, true, out));
	if (cards.more)
		out->next = app_book_href(
		    p, book->name, "after", cards.list[cards.count - 1].name);
	if (!begins)
		out->first = app_book_href(p, book->name, "", (str){ 0 });
	return OK;
}

static str
words_of(const struct page *p, const struct book *book, const struct wish *wish,
    const struct rows_view *found)
{
	if (wish->letter)
		return found->rows.count ? (str){ 0 }
					 : web_words(p, T_o_letter_none, "letter",
					       (str){ &wish->letter, 1 });
	if (!book->cards)
		return web_text(p->lang, T_o_empty);
	return web_words(p, T_o_count, "count", app_number(p, book->cards));
}

static str
in_book(const struct page *p, const char *path, str book)
{
	struct buf href = page_buf(p);

	buf_addf(&href, "%s?book=", path);
	http_query_add(&href, book);
	return buf_str(&href);
}

static enum err
fill(const struct page *p, struct book_view *view)
{
	struct wish wish;
	struct books books;
	struct book book;
	str name;

	TRY(read_wish(p, &wish, &name));
	TRY(book_list(&p->call, p->call.who, &books));
	TRY(app_book_named(p, name, &book));
	fill_books(p, &books, book.name, view);
	if (book.cards)
		fill_letters(p, book.name, wish.letter, view);
	view->book = book.name;
	view->writable = book.may_write;
	view->fresh = page_path(p, "new", book.name, (str){ 0 });
	view->files = page_path(p, "files", book.name, (str){ 0 });
	view->groups = in_book(p, "/groups", book.name);
	view->print = in_book(p, "/print", book.name);
	view->many = (struct many_view){
		.shown = true,
		.writable = book.may_write,
	};
	view->found.form = STR("many");
	if (wish.letter)
		TRY(letter_page(p, &book, wish.letter, &view->found));
	else
		TRY(all_page(p, &book, wish.after, &view->found));
	view->found.words = words_of(p, &book, &wish, &view->found);
	return OK;
}

void
page_book_get(struct page *p, str rest)
{
	struct buf html = page_buf(p);
	struct book_view view = { .head = page_head(p, web_text(p->lang, T_o_book)) };
	enum err e = fill(p, &view);

	(void)rest;
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_book(&html, p, &view);
	page_send(p, 200, &html);
}

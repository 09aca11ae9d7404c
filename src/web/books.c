/* books.c - the owner's books: made, described, lent, removed; and those lent to him. */
#include "book/share.h"
#include "web/people_int.h"

#define NAME_BYTES 40 /* of a name made of a title */

/* --- the list --- */

static struct books_row
row_of(const struct page *p, const struct book *book)
{
	return (struct books_row){
		.href = page_path(p, "books", book->name, (str){ 0 }),
		.open = app_book_href(p, book->name, "", (str){ 0 }),
		.title = people_title(book),
		.cards = web_words(p, T_pe_people, "count", app_number(p, book->cards)),
		.first = book->first,
		.colour = people_colour(p, book),
	};
}

str
people_lent_note(const struct page *p, const struct book *book)
{
	str owner = { 0 };

	if (book_account_name(&p->call, book->account, &owner) != OK)
		owner = (str){ 0 };
	return ARENA_JOIN(p->call.arena, web_words(p, T_pe_lent_by, "owner", owner),
	    STR(" · "),
	    web_text(p->lang, book->may_write ? T_pe_may_write : T_pe_may_read));
}

static enum err
fill_list(const struct page *p, struct books_view *view)
{
	struct books books;

	TRY(book_list(&p->call, p->call.who, &books));
	view->own.list = ARENA_ARRAY(p->call.arena, struct books_row, books.count);
	view->lent.list = ARENA_ARRAY(p->call.arena, struct books_row, books.count);
	for (size_t i = 0; i < books.count; i++) {
		const struct book *book = &books.list[i];
		struct books_row row = row_of(p, book);

		if (book->shared)
			row.note = people_lent_note(p, book);
		if (book->shared)
			view->lent.list[view->lent.count++] = row;
		else
			view->own.list[view->own.count++] = row;
	}
	return OK;
}

static void
show_list(struct page *p, unsigned status, str wrong, const struct book_new *typed)
{
	struct books_view view = { .head = page_head(p, web_text(p->lang, T_o_books)),
		.wrong = wrong,
		.typed = typed->title,
		.about = typed->description };
	struct buf html = page_buf(p);
	enum err e = fill_list(p, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_books(&html, p, &view);
	page_send(p, status, &html);
}

/* --- one of them --- */

static enum err
fill_shares(const struct page *p, const struct book *book, struct book_one_view *view)
{
	struct book_share *list;
	size_t count;

	TRY(book_shares(&p->call, book, &list, &count));
	view->shares.list = ARENA_ARRAY(p->call.arena, struct share_row, count);
	for (size_t i = 0; i < count; i++) {
		struct share_row *row = &view->shares.list[view->shares.count++];

		*row = (struct share_row){ .id = app_number(p, list[i].account),
			.access = web_text(p->lang,
			    list[i].may_write ? T_pe_may_write : T_pe_may_read) };
		TRY(book_account_name(&p->call, list[i].account, &row->name));
	}
	return OK;
}

static enum err
fill_one(const struct page *p, const struct book *book, struct book_one_view *view)
{
	view->action = page_path(p, "books", book->name, (str){ 0 });
	view->open = app_book_href(p, book->name, "", (str){ 0 });
	view->title = people_title(book);
	view->about = book->description;
	view->plain = book->plain;
	view->may_write = book->may_write;
	view->own = !book->shared;
	view->first = book->first;
	view->colour = people_colour(p, book);
	people_colours_fill(p, view->colour, &view->colours);
	if (!book->shared)
		return fill_shares(p, book, view);
	view->owner = people_lent_note(p, book);
	return OK;
}

static void
show_one(struct page *p, const struct book *book, struct book_one_view *view)
{
	struct buf html = page_buf(p);
	enum err e = fill_one(p, book, view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view->head = page_head(p, people_title(book));
	html_book_one(&html, p, view);
	page_send(p, view->wrong.len ? 422 : 200, &html);
}

static enum err
find_book(const struct page *p, str rest, struct book *out)
{
	str name;

	TRY(http_path_cut(p->call.arena, &rest, &name));
	return book_find(&p->call, p->call.who, name, out);
}

void
page_books_get(struct page *p, str rest)
{
	struct book book;
	enum err e;

	if (!rest.len) {
		show_list(p, 200, (str){ 0 }, &(struct book_new){ 0 });
		return;
	}
	e = find_book(p, rest, &book);
	if (e == OK)
		show_one(p, &book, &(struct book_one_view){ 0 });
	else
		page_refuse(p, e, NULL);
}

/* --- made --- */

/* Part of addresses: the title's letters and digits, or what is free. */
static str
name_of_title(const struct page *p, str title)
{
	struct buf name = buf_in(p->call.arena, NAME_BYTES + 1);
	struct book there;

	for (size_t i = 0; i < title.len && name.len < NAME_BYTES; i++) {
		char c = title.at[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_add_char(&name, c);
		else if (c == ' ' && name.len)
			buf_add_char(&name, '-');
	}
	if (name.len && !str_starts(buf_str(&name), STR("shared-")) &&
	    book_find(&p->call, p->call.who, buf_str(&name), &there) == ERR_NOT_FOUND)
		return buf_str(&name);
	return book_fresh_uid(p->call.arena);
}

static str
wrong_words(const struct page *p, enum err e)
{
	switch ((int)e) {
	case ERR_TOO_LARGE: return web_text(p->lang, T_pe_title_long);
	case ERR_LIMIT: return web_text(p->lang, T_pe_books_many);
	case ERR_BAD_INPUT: return web_text(p->lang, T_pe_title_wrong);
	default: return (str){ 0 };
	}
}

static void
make(struct page *p, const struct http_form *form)
{
	struct book_new fresh = {
		.title = str_trim(http_form_get(form, STR("title"))),
		.description = str_trim(http_form_get(form, STR("about"))),
	};
	struct why why = { 0 };
	struct book book;
	enum err e = fresh.title.len ? OK : ERR_BAD_INPUT;

	fresh.name = name_of_title(p, fresh.title);
	if (e == OK)
		e = book_make(&p->call, p->call.who, &fresh, &book, &why);
	p->res->outcome = e;
	if (e == OK)
		page_go(p, page_path(p, "books", book.name, (str){ 0 }));
	else if (wrong_words(p, e).len)
		show_list(p, 422, wrong_words(p, e), &fresh);
	else
		page_refuse(p, e, why.what);
}

/* --- changed --- */

struct deed {
	struct page *p;
	const struct http_form *form;
	struct book book;
};

static void
again(const struct deed *d)
{
	page_go(d->p, page_path(d->p, "books", d->book.name, (str){ 0 }));
}

/* The outcome, and the form again with a word where there is one for it. */
static void
refused(const struct deed *d, enum err e, str wrong, const char *what)
{
	struct book_one_view view = { .wrong = wrong,
		.login = http_form_get(d->form, STR("login")) };

	d->p->res->outcome = e;
	if (wrong.len)
		show_one(d->p, &d->book, &view);
	else
		page_refuse(d->p, e, what);
}

static void
describe(const struct deed *d)
{
	str title = str_trim(http_form_get(d->form, STR("title")));
	str about = str_trim(http_form_get(d->form, STR("about")));
	struct book_words words = { .title = &title, .description = &about };
	enum err painted = people_colour_take(d->p, &d->book, d->form);
	enum err e = painted;

	if (e == OK)
		e = title.len ? book_describe(&d->p->call, &d->book, &words)
			      : ERR_BAD_INPUT;
	if (e == OK)
		e = book_set_plain(&d->p->call, &d->book,
		    http_form_get(d->form, STR("plain")).len > 0);
	if (e == OK)
		again(d);
	else
		refused(d, e,
		    painted == ERR_BAD_INPUT ? web_text(d->p->lang, T_bk_colour_wrong)
					     : wrong_words(d->p, e),
		    NULL);
}

static void
put_first(const struct deed *d)
{
	enum err e = book_set_first(&d->p->call, &d->book);

	if (e == OK)
		again(d);
	else
		refused(d, e, (str){ 0 }, NULL);
}

static void
ask_to_remove(const struct deed *d)
{
	struct page *p = d->p;
	bool leaves = d->book.shared;
	struct edit_cell_view sure = { .name = STR("do"), .value = STR("remove") };
	struct sure_view view = {
		.head = page_head(p, people_title(&d->book)),
		.action = page_path(p, "books", d->book.name, (str){ 0 }),
		.question = web_words(p, leaves ? T_pe_leave_sure : T_pe_book_sure,
		    "title", people_title(&d->book)),
		.more = web_text(p->lang, leaves ? T_pe_leave_more : T_pe_book_more),
		.button = web_text(p->lang, leaves ? T_pe_leave : T_pe_book_remove),
		.cancel = page_path(p, "books", d->book.name, (str){ 0 }),
		.fields = { &sure, 1 },
	};
	struct buf html = page_buf(p);

	html_sure(&html, p, &view);
	page_send(p, 200, &html);
}

static void
remove_one(const struct deed *d)
{
	struct why why = { 0 };
	enum err e = book_remove(&d->p->call, &d->book, &why);

	if (e == OK)
		page_go(d->p, STR("/books"));
	else
		refused(d, e,
		    e == ERR_FORBIDDEN && !d->book.shared
			? web_text(d->p->lang, T_pe_first_stays)
			: (str){ 0 },
		    why.what);
}

/* --- lent --- */

/* The shares but for that account's; room for one more. */
static enum err
shares_without(
    const struct deed *d, int64_t account, struct book_share **out, size_t *count)
{
	struct book_share *list;
	size_t found;

	*count = 0;
	TRY(book_shares(&d->p->call, &d->book, &list, &found));
	*out = ARENA_ARRAY(d->p->call.arena, struct book_share, found + 1);
	for (size_t i = 0; i < found; i++)
		if (list[i].account != account)
			(*out)[(*count)++] = list[i];
	return OK;
}

static enum err
lend_to(const struct deed *d)
{
	str login = str_trim(http_form_get(d->form, STR("login")));
	struct book_share *list;
	size_t count;
	int64_t account;

	TRY(d->book.shared ? ERR_FORBIDDEN : OK);
	TRY(book_account_named(&d->p->call, login, &account));
	TRY(shares_without(d, account, &list, &count));
	list[count++] = (struct book_share){ account,
		str_same(http_form_get(d->form, STR("access")), STR("write")) };
	return book_shares_set(&d->p->call, &d->book, list, count);
}

static void
lend(const struct deed *d)
{
	enum err e = lend_to(d);

	if (e == OK)
		again(d);
	else
		refused(d, e,
		    e == ERR_NOT_FOUND ? web_text(d->p->lang, T_pe_no_account)
		    : e == ERR_LIMIT   ? web_words(d->p, T_pe_shares_many, "limit",
					     app_number(d->p, BOOK_MAX_SHARES))
				       : (str){ 0 },
		    NULL);
}

static void
withdraw(const struct deed *d)
{
	struct book_share *list;
	size_t count;
	int64_t account;
	enum err e = ERR_BAD_INPUT;

	if (str_number(http_form_get(d->form, STR("who")), &account))
		e = shares_without(d, account, &list, &count);
	if (e == OK)
		e = book_shares_set(&d->p->call, &d->book, list, count);
	if (e == OK)
		again(d);
	else
		refused(d, e, (str){ 0 }, NULL);
}

static const struct {
	str word;
	void (*run)(const struct deed *d);
} deeds[] = {
	{ STR_CONST("describe"), describe },
	{ STR_CONST("first"), put_first },
	{ STR_CONST("ask-remove"), ask_to_remove },
	{ STR_CONST("remove"), remove_one },
	{ STR_CONST("lend"), lend },
	{ STR_CONST("withdraw"), withdraw },
};

void
page_books_post(struct page *p, str rest)
{
	struct http_form form;
	struct deed d = { .p = p, .form = &form };
	str what;
	enum err e;

	if (!page_form(p, &form))
		return;
	what = http_form_get(&form, STR("do"));
	if (!rest.len && str_same(what, STR("make"))) {
		make(p, &form);
		return;
	}
	e = rest.len ? find_book(p, rest, &d.book) : ERR_BAD_INPUT;
	/* What the form says is done: it was sent twice. */
	if (e == ERR_NOT_FOUND && str_same(what, STR("remove"))) {
		page_go(p, STR("/books"));
		return;
	}
	for (size_t i = 0; e == OK && i < sizeof deeds / sizeof *deeds; i++)
		if (str_same(deeds[i].word, what)) {
			deeds[i].run(&d);
			return;
		}
	page_refuse(p, e == OK ? ERR_BAD_INPUT : e, NULL);
}

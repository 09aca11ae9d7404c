/* groups.c - the groups of a book: who is in them, made, renamed, removed. */
#include "book/groups.h"

#include "web/people_int.h"

#define ROW_BYTES 150 /* of markup around a group */

/* --- addresses --- */

static str
with_book(const struct page *p, str path, str book)
{
	struct buf href = page_buf(p);

	buf_add(&href, path);
	if (!app_is_default(p, book)) {
		buf_add(&href, STR("?book="));
		http_query_add(&href, book);
	}
	return buf_str(&href);
}

static str
list_href(const struct page *p, str book)
{
	return with_book(p, STR("/groups"), book);
}

str
people_group_href(const struct page *p, str book, str name)
{
	return with_book(p, page_path(p, "groups", name, (str){ 0 }), book);
}

static str
page_href(const struct page *p, str book, str name, const char *first, str value)
{
	struct buf href = page_buf(p);
	str path = people_group_href(p, book, name);

	buf_add(&href, path);
	buf_addf(&href, "%c%s=", str_has(path, '?') ? '&' : '?', first);
	http_query_add(&href, value);
	return buf_str(&href);
}

/* --- the list --- */

static enum err
fill_books(const struct page *p, const struct book *chosen, struct groups_view *view)
{
	struct books books;

	TRY(book_list(&p->call, p->call.who, &books));
	if (books.count < 2)
		return OK;
	view->books.list = ARENA_ARRAY(p->call.arena, struct link_view, books.count);
	for (size_t i = 0; i < books.count; i++)
		view->books.list[view->books.count++] = (struct link_view){
			.href = list_href(p, books.list[i].name),
			.text = people_title(&books.list[i]),
			.chosen = str_same(books.list[i].name, chosen->name),
			.note = books.list[i].shared
				    ? people_lent_note(p, &books.list[i])
				    : (str){ 0 },
		};
	return OK;
}

static enum err
fill_list(const struct page *p, const struct book *book, struct groups_view *view)
{
	struct book_group *list;
	size_t bytes = 0;
	size_t count;

	TRY(fill_books(p, book, view));
	TRY(book_group_list(&p->call, book, &list, &count));
	view->book = book->name;
	view->title = people_title(book);
	view->writable = book->may_write;
	view->back = app_book_href(p, book->name, "", (str){ 0 });
	if (!count)
		view->words = web_text(p->lang, T_pe_groups_none);
	view->groups.list = ARENA_ARRAY(p->call.arena, struct group_row, count);
	for (size_t i = 0; i < count && bytes < PEOPLE_PAGE_BYTES; i++) {
		bytes += people_bytes(list[i].name, ROW_BYTES) + 3 * list[i].name.len;
		view->groups.list[view->groups.count++] = (struct group_row){
			.href = people_group_href(p, book->name, list[i].name),
			.name = list[i].name,
			.people = web_words(
			    p, T_pe_people, "count", app_number(p, list[i].people)),
		};
	}
	if (view->groups.count < count)
		view->words = web_words(p, T_pe_groups_more, "count",
		    app_number(p, (long long)view->groups.count));
	return OK;
}

static void
show_list(
    struct page *p, unsigned status, const struct book *book, str wrong, str typed)
{
	struct groups_view view = { .head =
					page_head(p, web_text(p->lang, T_pe_groups)),
		.wrong = wrong,
		.typed = typed };
	struct buf html = page_buf(p);
	enum err e = fill_list(p, book, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_groups(&html, p, &view);
	page_send(p, status, &html);
}

/* --- one of them --- */

struct group_page {
	struct book book;
	str name, after;
};

static enum err
fill_people(const struct page *p, const struct group_page *g, struct group_view *view)
{
	struct book_card last;
	struct book_page people;
	bool begins = !g->after.len ||
		      book_card(&p->call, &g->book, g->after, BOOK_HEADS, &last) != OK;

	TRY(book_group_people(&p->call, &g->book, g->name, begins ? NULL : &last,
	    APP_ROWS_PER_PAGE, &people));
	TRY(app_rows_fill(p, &g->book, &people, true, &view->found));
	if (people.more)
		view->found.next = page_href(p, g->book.name, g->name, "after",
		    people.list[people.count - 1].name);
	if (!begins)
		view->found.first = people_group_href(p, g->book.name, g->name);
	return OK;
}

static str
query_href(const struct page *p, const char *path, str book, str group)
{
	struct buf href = page_buf(p);

	buf_addf(&href, "%s?group=", path);
	http_query_add(&href, group);
	if (!app_is_default(p, book)) {
		buf_add(&href, STR("&book="));
		http_query_add(&href, book);
	}
	return buf_str(&href);
}

static enum err
fill_one(const struct page *p, const struct group_page *g, struct group_view *view)
{
	struct book_group group;

	TRY(book_group_find(&p->call, &g->book, g->name, &group));
	view->book = g->book.name;
	view->name = g->name;
	view->writable = g->book.may_write;
	view->action = people_group_href(p, g->book.name, g->name);
	view->back = list_href(p, g->book.name);
	view->print = query_href(p, "/print", g->book.name, g->name);
	if (!g->book.shared)
		view->ask = query_href(p, "/campaigns/new", g->book.name, g->name);
	view->words = web_words(p, T_pe_people, "count", app_number(p, group.people));
	view->many = (struct many_view){
		.shown = true,
		.group = g->name,
		.writable = g->book.may_write,
	};
	view->found.form = STR("many");
	return fill_people(p, g, view);
}

static void
show_one(
    struct page *p, unsigned status, const struct group_page *g, str wrong, str typed)
{
	struct group_view view = { .head = page_head(p, g->name),
		.wrong = wrong,
		.typed = typed.len ? typed : g->name };
	struct buf html = page_buf(p);
	enum err e = fill_one(p, g, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_group(&html, p, &view);
	page_send(p, status, &html);
}

/* Whose book, which group; a name is empty on the list. */
static enum err
read_page(const struct page *p, str rest, struct group_page *out)
{
	struct http_form query;

	TRY(http_query_read(p->call.arena, p->req->query, &query));
	TRY(app_book_named(p, http_form_get(&query, STR("book")), &out->book));
	out->after = http_form_get(&query, STR("after"));
	out->name = (str){ 0 };
	return rest.len ? http_path_cut(p->call.arena, &rest, &out->name) : OK;
}

void
page_groups_get(struct page *p, str rest)
{
	struct group_page g;
	enum err e = read_page(p, rest, &g);

	if (e != OK)
		page_refuse(p, e, NULL);
	else if (g.name.len)
		show_one(p, 200, &g, (str){ 0 }, (str){ 0 });
	else
		show_list(p, 200, &g.book, (str){ 0 }, (str){ 0 });
}

/* --- done --- */

static str
wrong_words(const struct page *p, enum err e)
{
	switch ((int)e) {
	case ERR_EXISTS: return web_text(p->lang, T_pe_group_there);
	case ERR_BAD_INPUT: return web_text(p->lang, T_pe_group_name);
	case ERR_LIMIT: return web_text(p->lang, T_pe_group_full);
	default: return (str){ 0 };
	}
}

static void
make(struct page *p, const struct group_page *g, const struct http_form *form)
{
	str name = str_trim(http_form_get(form, STR("name")));
	struct why why = { 0 };
	enum err e = book_group_make(&p->call, &g->book, name, BOOK_BY_WEB, &why);

	p->res->outcome = e;
	if (e == OK)
		page_go(p, people_group_href(p, g->book.name, name));
	else if (wrong_words(p, e).len)
		show_list(p, 422, &g->book, wrong_words(p, e), name);
	else
		page_refuse(p, e, why.what);
}

static void
rename_one(struct page *p, const struct group_page *g, const struct http_form *form)
{
	str name = str_trim(http_form_get(form, STR("name")));
	struct why why = { 0 };
	enum err e =
	    book_group_rename(&p->call, &g->book, g->name, name, BOOK_BY_WEB, &why);

	p->res->outcome = e;
	if (e == OK)
		page_go(p, people_group_href(p, g->book.name, name));
	else if (wrong_words(p, e).len)
		show_one(p, 422, g, wrong_words(p, e), name);
	else
		page_refuse(p, e, why.what);
}

static void
ask_to_remove(struct page *p, const struct group_page *g, const struct http_form *form)
{
	struct edit_cell_view sure = { .name = STR("do"), .value = STR("remove") };
	struct sure_view view = {
		.head = page_head(p, web_text(p->lang, T_pe_group_remove)),
		.action = people_group_href(p, g->book.name, g->name),
		.question = web_words(p, T_pe_group_sure, "name", g->name),
		.more = web_text(p->lang, T_pe_group_stay),
		.button = web_text(p->lang, T_pe_group_remove),
		.cancel = people_group_href(p, g->book.name, g->name),
		.fields = { &sure, 1 },
	};
	struct buf html = page_buf(p);

	(void)form;
	html_sure(&html, p, &view);
	page_send(p, 200, &html);
}

static void
remove_one(struct page *p, const struct group_page *g, const struct http_form *form)
{
	struct why why = { 0 };
	enum err e = book_group_remove(&p->call, &g->book, g->name, BOOK_BY_WEB, &why);

	(void)form;
	if (e == OK || e == ERR_NOT_FOUND) /* the form was sent twice */
		page_go(p, list_href(p, g->book.name));
	else
		page_refuse(p, e, why.what);
}

void
page_groups_post(struct page *p, str rest)
{
	static const struct {
		str word;
		bool named;
		void (*run)(struct page *p, const struct group_page *g,
		    const struct http_form *form);
	} deeds[] = { { STR_CONST("make"), false, make },
		{ STR_CONST("rename"), true, rename_one },
		{ STR_CONST("ask-remove"), true, ask_to_remove },
		{ STR_CONST("remove"), true, remove_one } };
	struct http_form form;
	struct group_page g;
	enum err e;

	if (!page_form(p, &form))
		return;
	e = read_page(p, rest, &g);
	for (size_t i = 0; e == OK && i < sizeof deeds / sizeof *deeds; i++)
		if (str_same(deeds[i].word, http_form_get(&form, STR("do"))) &&
		    deeds[i].named == (g.name.len > 0)) {
			deeds[i].run(p, &g, &form);
			return;
		}
	page_refuse(p, e == OK ? ERR_BAD_INPUT : e, NULL);
}

/* bulk.c - one act on the contacts that were ticked in a list. */
#include "book/bulk.h"

#include "book/groups.h"
#include "web/people_int.h"

#define EXPORT_MAX_BYTES ((size_t)64 << 20)
#define OPTION_BYTES     20 /* of markup around one */

/* --- what was ticked --- */

struct bulk {
	struct page *p;
	const struct http_form *form;
	struct book book;
	str *cards;
	size_t count;
	str group; /* the list they were ticked in, where it is a group's */
	str find;  /* or what they were found by */
};

static str
back_of(const struct bulk *b)
{
	struct buf found = page_buf(b->p);

	if (b->group.len)
		return people_group_href(b->p, b->book.name, b->group);
	if (!b->find.len)
		return b->book.name.len
			   ? app_book_href(b->p, b->book.name, "", (str){ 0 })
			   : STR("/");
	buf_add(&found, STR("/find?q="));
	http_query_add(&found, b->find);
	return buf_str(&found);
}

static str
action_of(const struct bulk *b)
{
	return page_path(b->p, "bulk", b->book.name, (str){ 0 });
}

static str
count_of(const struct bulk *b, size_t count)
{
	return web_words(
	    b->p, T_pe_people, "count", app_number(b->p, (long long)count));
}

/* A word on why nothing was done, and the way back. */
static void
say(const struct bulk *b, unsigned status, str words)
{
	struct bulk_done_view view = { .head = page_head(
					   b->p, web_text(b->p->lang, T_pe_bulk)),
		.words = words,
		.back = back_of(b) };
	struct buf html = page_buf(b->p);

	html_bulk_done(&html, b->p, &view);
	page_send(b->p, status, &html);
}

/* --- which group, which book --- */

static void
show_choice(const struct bulk *b, struct bulk_view *view, unsigned status)
{
	struct buf html = page_buf(b->p);

	view->action = action_of(b);
	view->back = back_of(b);
	view->group = b->group;
	view->find = b->find;
	view->count = count_of(b, b->count);
	view->cards.list = b->cards;
	view->cards.count = b->count;
	html_bulk(&html, b->p, view);
	page_send(b->p, status, &html);
}

static enum err
choose_group(struct bulk *b, str wrong)
{
	struct page *p = b->p;
	struct bulk_view view = { .head =
				      page_head(p, web_text(p->lang, T_pe_to_group)),
		.title = web_text(p->lang, T_pe_to_group),
		.wrong = wrong,
		.writable = true };
	struct book_group *list;
	size_t bytes = 0;
	size_t count;

	TRY(book_group_list(&p->call, &b->book, &list, &count));
	view.choices.list = ARENA_ARRAY(p->call.arena, struct link_view, count);
	for (size_t i = 0; i < count && bytes < PEOPLE_PAGE_BYTES / 4; i++) {
		bytes += 2 * people_bytes(list[i].name, OPTION_BYTES);
		view.choices.list[view.choices.count++] = (struct link_view){
			.text = list[i].name,
			.note = list[i].name,
			.chosen = str_same(list[i].name, b->group),
		};
	}
	show_choice(b, &view, wrong.len ? 422 : 200);
	return OK;
}

static enum err
choose_book(struct bulk *b)
{
	struct page *p = b->p;
	struct bulk_view view = { .head = page_head(p, web_text(p->lang, T_pe_to_book)),
		.title = web_text(p->lang, T_pe_to_book),
		.books = true,
		.writable = b->book.may_write };
	struct books books;

	TRY(book_list(&p->call, p->call.who, &books));
	view.choices.list = ARENA_ARRAY(p->call.arena, struct link_view, books.count);
	for (size_t i = 0; i < books.count; i++)
		if (books.list[i].may_write && books.list[i].id != b->book.id)
			view.choices.list[view.choices.count++] =
			    (struct link_view){ .text = people_title(&books.list[i]),
				    .note = books.list[i].name };
	show_choice(b, &view, 200);
	return OK;
}

/* --- deeds --- */

static enum err
to_group(struct bulk *b, struct why *why)
{
	(void)why;
	return choose_group(b, (str){ 0 });
}

static enum err
to_book(struct bulk *b, struct why *why)
{
	(void)why;
	return choose_book(b);
}

static str
group_words(const struct page *p, enum err e)
{
	return web_text(p->lang, e == ERR_LIMIT ? T_pe_group_full : T_pe_group_name);
}

/* A group that is not there yet is made. */
static enum err
group_in(struct bulk *b, struct why *why)
{
	struct page *p = b->p;
	str fresh = str_trim(http_form_get(b->form, STR("fresh")));
	str name = fresh.len ? fresh : http_form_get(b->form, STR("to"));
	size_t changed;
	enum err e = book_group_make(&p->call, &b->book, name, BOOK_BY_WEB, why);

	if (e == OK || e == ERR_EXISTS)
		e = book_group_change(&p->call, &b->book, name, b->cards, b->count,
		    true, BOOK_BY_WEB, &changed, why);
	p->res->outcome = e;
	if (e == ERR_BAD_INPUT || e == ERR_LIMIT)
		return choose_group(b, group_words(p, e));
	TRY(e);
	page_go(p, people_group_href(p, b->book.name, name));
	return OK;
}

static enum err
group_out(struct bulk *b, struct why *why)
{
	str to = http_form_get(b->form, STR("to"));
	str name = to.len ? to : b->group;
	size_t changed;
	enum err e = book_group_change(&b->p->call, &b->book, name, b->cards, b->count,
	    false, BOOK_BY_WEB, &changed, why);

	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	page_go(
	    b->p, e == OK ? people_group_href(b->p, b->book.name, name) : back_of(b));
	return OK;
}

static enum err
shift(struct bulk *b, bool move, struct why *why)
{
	struct page *p = b->p;
	struct book_bulk_done done = { 0 };
	struct book to;

	TRY(book_find(&p->call, p->call.who, http_form_get(b->form, STR("to")), &to));
	TRY(book_bulk_shift(&p->call, &b->book, &to, b->cards, b->count, move,
	    BOOK_BY_WEB, &done, why));
	if (done.left)
		say(b, 200,
		    web_words(
			p, T_pe_left, "count", app_number(p, (long long)done.left)));
	else
		page_go(p, app_book_href(p, to.name, "", (str){ 0 }));
	return OK;
}

static enum err
move_over(struct bulk *b, struct why *why)
{
	return shift(b, true, why);
}

static enum err
copy_over(struct bulk *b, struct why *why)
{
	return shift(b, false, why);
}

/* --- to the trash --- */

static enum err
ask_to_remove(struct bulk *b, struct why *why)
{
	struct page *p = b->p;
	struct edit_cell_view *fields =
	    ARENA_ARRAY(p->call.arena, struct edit_cell_view, b->count + 3);
	struct sure_view view = {
		.head = page_head(p, web_text(p->lang, T_pe_remove)),
		.action = action_of(b),
		.question = web_words(
		    p, T_pe_remove_sure, "count", app_number(p, (long long)b->count)),
		.more = web_text(p->lang, T_o_remove_more),
		.button = web_text(p->lang, T_pe_remove),
		.cancel = back_of(b),
		.fields = { fields, b->count + 3 },
	};
	struct buf html = page_buf(p);

	(void)why;
	TRY(b->book.may_write ? OK : ERR_FORBIDDEN);
	for (size_t i = 0; i < b->count; i++)
		fields[i] = (struct edit_cell_view){ .name = STR("card"),
			.value = b->cards[i] };
	fields[b->count] =
	    (struct edit_cell_view){ .name = STR("do"), .value = STR("removed") };
	fields[b->count + 1] =
	    (struct edit_cell_view){ .name = STR("group"), .value = b->group };
	fields[b->count + 2] =
	    (struct edit_cell_view){ .name = STR("find"), .value = b->find };
	html_sure(&html, p, &view);
	page_send(p, 200, &html);
	return OK;
}

static str
removed_href(const struct bulk *b, const struct book_bulk_done *done)
{
	struct buf href = page_buf(b->p);

	buf_add(&href, action_of(b));
	buf_addf(&href, "?at=%lld&count=%lld", (long long)done->at_ms,
	    (long long)done->changed);
	if (b->find.len) {
		buf_add(&href, STR("&find="));
		http_query_add(&href, b->find);
	}
	return buf_str(&href);
}

static enum err
remove_all(struct bulk *b, struct why *why)
{
	struct page *p = b->p;
	struct book_bulk_done done;

	(void)why;
	TRY(book_bulk_remove(
	    &p->call, &b->book, b->cards, b->count, BOOK_BY_WEB, &done));
	if (!done.changed) /* the form was sent twice */
		page_go(p, back_of(b));
	else
		page_go(p, removed_href(b, &done));
	return OK;
}

/* Once more is no error: they are back. */
static enum err
undo(struct bulk *b, struct why *why)
{
	struct page *p = b->p;
	struct book_bulk_done done;
	int64_t at_ms;
	enum err e;

	if (!str_number(http_form_get(b->form, STR("at")), &at_ms))
		return ERR_BAD_INPUT;
	e = book_bulk_undo(&p->call, &b->book, at_ms, &done, why);
	if (e == OK || e == ERR_NOT_FOUND)
		page_go(p, app_book_href(p, b->book.name, "", (str){ 0 }));
	return e == ERR_NOT_FOUND ? OK : e;
}

/* --- a file, paper --- */

/* In an arena of its own: pictures are not held twice. */
static enum err
add_bytes(const struct bulk *b, str name, struct buf *file)
{
	SCOPED(arena) arena = arena_open();
	struct call call = b->p->call;
	struct book_card card;
	enum err e;

	call.arena = arena;
	e = book_card(&call, &b->book, name, BOOK_WHOLE, &card);
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	buf_add(file, card.bytes);
	if (!str_ends(card.bytes, STR("\n")))
		buf_add(
		    file, str_ends(card.bytes, STR("\r")) ? STR("\n") : STR("\r\n"));
	return file->overflowed ? ERR_TOO_LARGE : OK;
}

static enum err export(struct bulk *b, struct why *why) {
	struct buf file = buf_in(b->p->call.arena, EXPORT_MAX_BYTES);

	(void)why;
	for (size_t i = 0; i < b->count; i++) TRY(add_bytes(b, b->cards[i], &file));
	app_file(b->p, STR("contacts.vcf"), STR("text/vcard; charset=utf-8"),
	    buf_str(&file));
	return OK;
}

static enum err
print(struct bulk *b, struct why *why)
{
	struct book_page cards = { 0 };

	(void)why;
	cards.list = ARENA_ARRAY(b->p->call.arena, struct book_card, b->count);
	for (size_t i = 0; i < b->count; i++) {
		enum err e = book_card(&b->p->call, &b->book, b->cards[i], BOOK_HEADS,
		    &cards.list[cards.count]);

		if (e != OK && e != ERR_NOT_FOUND)
			return e;
		cards.count += e == OK;
	}
	people_print(b->p, &b->book, &cards,
	    b->group.len ? b->group : people_title(&b->book), back_of(b));
	return OK;
}

static const struct deed {
	str word;
	bool no_cards; /* it needs none */
	enum err (*run)(struct bulk *b, struct why *why);
} deeds[] = {
	{ STR_CONST("group"), false, to_group },
	{ STR_CONST("in"), false, group_in },
	{ STR_CONST("out"), false, group_out },
	{ STR_CONST("book"), false, to_book },
	{ STR_CONST("move"), false, move_over },
	{ STR_CONST("copy"), false, copy_over },
	{ STR_CONST("remove"), false, ask_to_remove },
	{ STR_CONST("removed"), false, remove_all },
	{ STR_CONST("undo"), true, undo },
	{ STR_CONST("export"), false, export },
	{ STR_CONST("print"), false, print },
};

static const struct deed *
deed_of(const struct http_form *form)
{
	str word = http_form_get(form, STR("do"));

	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (str_same(deeds[i].word, word))
			return &deeds[i];
	return NULL;
}

static void
run(struct bulk *b, const struct deed *deed)
{
	struct page *p = b->p;
	struct why why = { 0 };
	enum err e = OK;

	if (!b->count && !deed->no_cards)
		say(b, 422, web_text(p->lang, T_pe_nobody));
	else if (b->count > BOOK_BULK_MAX)
		say(b, 422,
		    web_words(p, T_pe_too_many, "limit", app_number(p, BOOK_BULK_MAX)));
	else
		e = deed->run(b, &why);
	if (e != OK)
		page_refuse(p, e, why.what);
}

/* /bulk/BOOK: of the book that an earlier step found. */
static void
run_in(struct bulk *b, const struct deed *deed, str rest)
{
	str name;
	enum err e = http_path_cut(b->p->call.arena, &rest, &name);

	if (e == OK)
		e = book_find(&b->p->call, b->p->call.who, name, &b->book);
	if (e != OK) {
		page_refuse(b->p, e, NULL);
		return;
	}
	b->cards = people_fields(b->p, b->form, STR("card"), &b->count);
	run(b, deed);
}

/* /bulk: as it was ticked, "BOOK/CARD". */
static void
run_ticked(struct bulk *b, const struct deed *deed)
{
	struct ticked ticked;
	enum err e =
	    deed->no_cards ? ERR_BAD_INPUT : ticked_read(b->p, b->form, &ticked);

	if (e != OK) {
		page_refuse(b->p, e, NULL);
		return;
	}
	if (ticked.count > 1) {
		ticked_show(b->p, b->form, &ticked, back_of(b));
		return;
	}
	if (ticked.count) {
		b->book = ticked.list->book;
		b->cards = ticked.list->cards;
		b->count = ticked.list->count;
	}
	run(b, deed);
}

void
page_bulk_post(struct page *p, str rest)
{
	struct http_form *form = ARENA_NEW(p->call.arena, struct http_form);
	struct bulk b = { .p = p, .form = form };
	const struct deed *deed;

	if (!page_form(p, form))
		return;
	b.group = http_form_get(form, STR("group"));
	b.find = http_form_get(form, STR("find"));
	deed = deed_of(form);
	if (!deed)
		page_refuse(p, ERR_BAD_INPUT, NULL);
	else if (rest.len)
		run_in(&b, deed, rest);
	else
		run_ticked(&b, deed);
}

/* What was removed, and the way back. */
void
page_bulk_get(struct page *p, str rest)
{
	struct bulk b = { .p = p };
	struct bulk_done_view view = { .head =
					   page_head(p, web_text(p->lang, T_pe_bulk)) };
	struct buf html = page_buf(p);
	struct http_form query;
	int64_t count = 0;
	str name = { 0 };
	enum err e = http_path_cut(p->call.arena, &rest, &name);

	if (e == OK)
		e = http_query_read(p->call.arena, p->req->query, &query);
	if (e == OK)
		e = book_find(&p->call, p->call.who, name, &b.book);
	if (e == OK && !str_number(http_form_get(&query, STR("count")), &count))
		e = ERR_NOT_FOUND;
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.words = web_words(p, T_pe_removed, "count", app_number(p, count));
	view.more = web_text(p->lang, T_pe_removed_more);
	view.action = action_of(&b);
	view.at = http_form_get(&query, STR("at"));
	b.find = http_form_get(&query, STR("find"));
	view.back = back_of(&b);
	html_bulk_done(&html, p, &view);
	page_send(p, 200, &html);
}

/* files.c - a file into a book: looked at first, taken in on the owner's word. */
#include "book/import.h"
#include "book/source.h"
#include "web/app_int.h"
#include "web/stage_int.h"

#define TROUBLES_SHOWN 20

struct filing {
	struct page *p;
	struct book book;
	struct files_view view;
	struct book_source source;
	bool take_twins; /* also who is reached by a number that is there */
	size_t all, fresh, same, twins, bad, done;
};

/* --- shown --- */

static str
export_href(const struct filing *f, const char *form)
{
	return arena_printf(f->p->call.arena, STR_FMT "?form=%s",
	    STR_ARG(page_path(f->p, "export", f->book.name, (str){ 0 })), form);
}

static void
fill_exports(struct filing *f)
{
	static const struct {
		const char *form;
		enum web_text_key words;
	} forms[] = { { "vcard3", T_x_vcard3 }, { "vcard4", T_x_vcard4 },
		{ "jcard", T_x_jcard }, { "jscontact", T_x_jscontact },
		{ "csv", T_x_csv } };
	size_t count = sizeof forms / sizeof *forms;

	f->view.exports.list = ARENA_ARRAY(f->p->call.arena, struct link_view, count);
	for (size_t i = 0; i < count; i++)
		f->view.exports.list[f->view.exports.count++] =
		    (struct link_view){ .href = export_href(f, forms[i].form),
			    .text = web_text(f->p->lang, forms[i].words) };
}

static void
show(struct filing *f, unsigned status)
{
	struct page *p = f->p;
	struct buf html = page_buf(p);

	f->view.head = page_head(p, web_text(p->lang, T_x_title));
	f->view.action = page_path(p, "files", f->book.name, (str){ 0 });
	f->view.back = app_book_href(p, f->book.name, "", (str){ 0 });
	f->view.title = f->book.title.len ? f->book.title : f->book.name;
	f->view.writable = f->book.may_write;
	fill_exports(f);
	html_files(&html, p, &f->view);
	page_send(p, status, &html);
}

static bool
begin(struct filing *f, str rest)
{
	str name = { 0 };
	enum err e = http_path_cut(f->p->call.arena, &rest, &name);

	if (e == OK)
		e = app_book_named(f->p, name, &f->book);
	if (e != OK)
		page_refuse(f->p, e == ERR_BAD_INPUT ? ERR_NOT_FOUND : e, NULL);
	return e == OK;
}

void
page_files_get(struct page *p, str rest)
{
	struct filing f = { .p = p };

	if (begin(&f, rest))
		show(&f, 200);
}

/* --- what happens on the way --- */

static void
add_trouble(struct filing *f, const struct why *why)
{
	struct arena *arena = f->p->call.arena;
	str *list = f->view.troubles.list;

	f->bad++;
	if (!list)
		list = f->view.troubles.list = ARENA_ARRAY(arena, str, TROUBLES_SHOWN);
	if (f->view.troubles.count < TROUBLES_SHOWN)
		list[f->view.troubles.count++] = arena_printf(arena, "%u: %s%s" STR_FMT,
		    why->line, why->what ? why->what : "", why->name.len ? ": " : "",
		    STR_ARG(why->name));
}

static void
add_count(struct filing *f, enum web_text_key key, size_t count)
{
	struct arena *arena = f->p->call.arena;

	if (!f->view.counts.list)
		f->view.counts.list = ARENA_ARRAY(arena, str, 8);
	if (count)
		f->view.counts.list[f->view.counts.count++] =
		    web_words(f->p, key, "count", app_number(f->p, (long long)count));
}

/* --- looked at --- */

static enum err
look_at_one(struct filing *f, struct arena *arena, bool *end)
{
	struct call call = f->p->call;
	struct why why = { 0 };
	enum book_twin twin;
	str bytes;
	str name;
	enum err e;

	call.arena = arena;
	e = book_source_next(arena, &f->source, &bytes, &why);
	*end = e == ERR_NOT_FOUND;
	if (*end)
		return OK;
	f->all++;
	if (e == OK)
		e = book_twin_find(&call, &f->book, bytes, &twin, &name, &why);
	if (e == ERR_STORE || e == ERR_BUSY)
		return e;
	if (e != OK)
		add_trouble(f, &why);
	else if (twin == BOOK_TWIN_UID)
		f->same++;
	else if (twin != BOOK_TWIN_NONE)
		f->twins++;
	else
		f->fresh++;
	return OK;
}

static enum err
look_at_all(struct filing *f)
{
	bool end = false;

	while (!end) {
		SCOPED(arena) arena = arena_open();

		TRY(look_at_one(f, arena, &end));
	}
	return OK;
}

static void
preview(struct filing *f, const struct http_form *form)
{
	struct page *p = f->p;
	const struct http_form_field *file = http_form_find(form, STR("file"));
	struct why why = { 0 };
	enum err e = ERR_BAD_INPUT;

	if (!file || !file->value.len) {
		f->view.wrong = web_text(p->lang, T_x_no_file);
		show(f, 422);
		return;
	}
	e = book_source_open(
	    p->call.arena, file->value, f->book.region, &f->source, &why);
	if (e == OK)
		e = look_at_all(f);
	if (e == ERR_BAD_INPUT || e == ERR_TOO_LARGE || e == ERR_UNSUPPORTED ||
	    (e == OK && f->all == f->bad)) {
		f->view.wrong = web_text(p->lang, T_x_not_read);
		show(f, 422);
		return;
	}
	if (e != OK) {
		page_refuse(p, e, why.what);
		return;
	}
	add_count(f, T_x_fresh, f->fresh);
	add_count(f, T_x_same, f->same);
	add_count(f, T_x_twins, f->twins);
	add_count(f, T_x_bad, f->bad);
	f->view.has_twins = f->twins > 0;
	f->view.number = app_number(
	    p, stage_put(p->web->stage, p->call.who, p->call.now_ms, file->value));
	show(f, 200);
}

/* --- taken in --- */

struct batch {
	struct call call; /* with the batch's arena */
	struct book_put puts[BOOK_PUT_MANY];
	size_t count;
	bool end;
};

/* Reads the next cards that are to go in. */
static enum err
read_batch(struct filing *f, struct batch *b)
{
	while (!b->end && b->count < BOOK_PUT_MANY) {
		struct why why = { 0 };
		struct book_put put = { .by = BOOK_BY_IMPORT };
		enum book_twin twin = BOOK_TWIN_NONE;
		str twin_name = { 0 };
		enum err e =
		    book_source_next(b->call.arena, &f->source, &put.bytes, &why);

		b->end = e == ERR_NOT_FOUND;
		if (b->end)
			return OK;
		if (e == OK)
			e = book_twin_find(
			    &b->call, &f->book, put.bytes, &twin, &twin_name, &why);
		if (e == ERR_STORE || e == ERR_BUSY)
			return e;
		if (e != OK) {
			add_trouble(f, &why);
			continue;
		}
		if (twin == BOOK_TWIN_UID)
			put.name = twin_name;
		else if (twin != BOOK_TWIN_NONE && !f->take_twins) {
			f->twins++;
			continue;
		}
		b->puts[b->count++] = put;
	}
	return OK;
}

static void
count_done(struct filing *f, const struct book_put_done *done)
{
	if (done->created)
		f->fresh++;
	else if (done->unchanged)
		f->done++;
	else
		f->same++;
}

/* One by one, where one of them spoils the batch: two of a UID, one too large. */
static enum err
put_singly(struct filing *f, struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		struct book_put_done done;
		struct why why = { 0 };
		enum err e = book_put(&b->call, &f->book, &b->puts[i], &done, &why);

		if (e == ERR_UID_TAKEN && !b->puts[i].name.len) {
			b->puts[i].name = why.name;
			e = book_put(&b->call, &f->book, &b->puts[i], &done, &why);
		}
		if (e == ERR_FULL || e == ERR_STORE || e == ERR_BUSY ||
		    e == ERR_FORBIDDEN)
			return e;
		if (e == OK)
			count_done(f, &done);
		else
			add_trouble(f, &why);
	}
	return OK;
}

static enum err
put_batch(struct filing *f, struct batch *b)
{
	struct book_put_done *done =
	    ARENA_ARRAY(b->call.arena, struct book_put_done, BOOK_PUT_MANY);
	struct why why = { 0 };
	size_t at = 0;

	if (!b->count)
		return OK;
	if (book_put_many(&b->call, &f->book, b->puts, b->count, done, &at, &why) != OK)
		return put_singly(f, b);
	for (size_t i = 0; i < b->count; i++)
		count_done(f, &done[i]);
	return OK;
}

static enum err
take_in(struct filing *f)
{
	bool end = false;

	while (!end) {
		SCOPED(arena) arena = arena_open();
		struct batch *b = ARENA_NEW(arena, struct batch);

		b->call = f->p->call;
		b->call.arena = arena;
		TRY(read_batch(f, b));
		TRY(put_batch(f, b));
		end = b->end;
	}
	return OK;
}

static enum err
find_upload(struct filing *f, const struct http_form *form, struct why *why)
{
	struct page *p = f->p;
	int64_t number;
	str bytes;

	if (!str_number(http_form_get(form, STR("number")), &number))
		return ERR_GONE;
	TRY(stage_take(
	    p->web->stage, p->call.arena, p->call.who, number, p->call.now_ms, &bytes));
	return book_source_open(p->call.arena, bytes, f->book.region, &f->source, why);
}

static void
import(struct filing *f, const struct http_form *form)
{
	struct why why = { 0 };
	enum err e = find_upload(f, form, &why);

	if (e == ERR_GONE) {
		f->view.wrong = web_text(f->p->lang, T_x_gone);
		show(f, 410);
		return;
	}
	f->take_twins = http_form_get(form, STR("twins")).len > 0;
	if (e == OK)
		e = take_in(f);
	if (e != OK) {
		page_refuse(f->p, e, why.what);
		return;
	}
	f->view.done = true;
	add_count(f, T_x_did_fresh, f->fresh);
	add_count(f, T_x_did_same, f->same);
	add_count(f, T_x_did_nothing, f->done);
	add_count(f, T_x_did_leave, f->twins);
	add_count(f, T_x_bad, f->bad);
	show(f, 200);
}

void
page_files_post(struct page *p, str rest)
{
	struct filing f = { .p = p };
	struct http_form form;

	if (!page_form(p, &form) || !begin(&f, rest))
		return;
	if (!f.book.may_write)
		page_refuse(p, ERR_FORBIDDEN, NULL);
	else if (http_form_get(&form, STR("number")).len)
		import(&f, &form);
	else
		preview(&f, &form);
}

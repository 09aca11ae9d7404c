/* export.c - a whole book as a file, piece by piece. */
#include "card/file.h"
#include "web/app_int.h"

#define PAGE_CARDS 100

struct exporting {
	struct call call; /* with an arena of its own, emptied for each page */
	struct book book;
	const struct card_file_form *form;
	int64_t after;
	bool begun, some;
};

/* A book takes no card that cannot be read. */
static enum err
add_card(struct exporting *x, struct buf *out, const struct book_card *row)
{
	struct card *card;
	struct why why;

	if (row->is_group && !x->form->groups)
		return OK;
	if (card_read(x->call.arena, row->bytes, &card, &why) != OK)
		return OK;
	if (x->some)
		buf_add(out, x->form->between);
	x->some = true;
	return x->form->add(x->call.arena, card, x->book.region, out);
}

static enum err
next(void *self, struct buf *out, bool *last)
{
	struct exporting *x = self;
	struct book_page page;

	arena_reset(x->call.arena);
	if (!x->begun) {
		buf_add(out, x->form->begins);
		if (x->form->head)
			x->form->head(out);
	}
	x->begun = true;
	TRY(book_scan(&x->call, &x->book, x->after, PAGE_CARDS, BOOK_WHOLE, &page));
	for (size_t i = 0; i < page.count; i++) {
		TRY(add_card(x, out, &page.list[i]));
		x->after = page.list[i].id;
	}
	*last = !page.more;
	if (*last)
		buf_add(out, x->form->ends);
	return out->overflowed ? ERR_TOO_LARGE : OK;
}

static void
close_export(void *self)
{
	struct exporting *x = self;

	arena_close(&x->call.arena);
}

void
page_export_get(struct page *p, str rest)
{
	struct exporting *x = ARENA_NEW(p->call.arena, struct exporting);
	struct http_form query;
	str name = { 0 };
	enum err e = http_path_cut(p->call.arena, &rest, &name);

	if (e == OK)
		e = http_query_read(p->call.arena, p->req->query, &query);
	if (e == OK)
		e = app_book_named(p, name, &x->book);
	x->form =
	    e == OK ? card_file_form_of(http_form_get(&query, STR("form"))) : NULL;
	if (!x->form) {
		page_refuse(p, e == OK ? ERR_NOT_FOUND : e, NULL);
		return;
	}
	x->call = p->call;
	x->call.arena = arena_open();
	p->res->stream = (struct http_stream){ next, close_export, x };
	app_file(p, x->form->file, x->form->media_type, (str){ 0 });
}

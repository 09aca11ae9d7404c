/* export.c - a whole book as a file, piece by piece. */
#include "card/csv.h"
#include "card/view.h"
#include "web/app_int.h"

#define PAGE_CARDS 100

struct exporting {
	struct call call; /* with an arena of its own, emptied for each page */
	struct book book;
	const struct export_form *form;
	int64_t after;
	bool begun, some;
};

static enum err
add_view(
    struct exporting *x, struct buf *out, const struct card *card, enum card_form form)
{
	str text;

	TRY(card_view(x->call.arena, card, form, &text));
	buf_add(out, text);
	if (text.len && text.at[text.len - 1] != '\n')
		buf_add(out, STR("\r\n"));
	return OK;
}

static enum err
add_v3(struct exporting *x, struct buf *out, const struct card *card)
{
	return add_view(x, out, card, CARD_FORM_3);
}

static enum err
add_v4(struct exporting *x, struct buf *out, const struct card *card)
{
	return add_view(x, out, card, CARD_FORM_4);
}

static enum err
add_json(struct exporting *x, struct buf *out, const struct card *card)
{
	if (x->some)
		buf_add_char(out, ',');
	return add_view(x, out, card, CARD_FORM_JSON);
}

static enum err
add_row(struct exporting *x, struct buf *out, const struct card *card)
{
	card_csv_add(out, x->call.arena, card, x->book.region);
	return OK;
}

static const struct export_form {
	str name, file, media_type;
	enum err (*add)(struct exporting *x, struct buf *out, const struct card *card);
	str begins, ends;
	bool groups, head;
} forms[] = {
	{ STR_CONST("vcard3"), STR_CONST("contacts.vcf"),
	    STR_CONST("text/vcard; charset=utf-8"), add_v3, STR_CONST(""),
	    STR_CONST(""), true, false },
	{ STR_CONST("vcard4"), STR_CONST("contacts-4.vcf"),
	    STR_CONST("text/vcard; charset=utf-8"), add_v4, STR_CONST(""),
	    STR_CONST(""), true, false },
	{ STR_CONST("jcard"), STR_CONST("contacts.json"),
	    STR_CONST("application/json; charset=utf-8"), add_json, STR_CONST("["),
	    STR_CONST("]\n"), true, false },
	{ STR_CONST("csv"), STR_CONST("contacts.csv"),
	    STR_CONST("text/csv; charset=utf-8"), add_row, STR_CONST("\xEF\xBB\xBF"),
	    STR_CONST(""), false, true },
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
	TRY(x->form->add(x, out, card));
	x->some = true;
	return OK;
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
			card_csv_add_head(out);
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

static const struct export_form *
form_named(str name)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (str_same(forms[i].name, name))
			return &forms[i];
	return NULL;
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
	x->form = e == OK ? form_named(http_form_get(&query, STR("form"))) : NULL;
	if (!x->form) {
		page_refuse(p, e == OK ? ERR_NOT_FOUND : e, NULL);
		return;
	}
	x->call = p->call;
	x->call.arena = arena_open();
	p->res->stream = (struct http_stream){ next, close_export, x };
	app_file(p, x->form->file, x->form->media_type, (str){ 0 });
}

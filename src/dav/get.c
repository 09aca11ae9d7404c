/* get.c - GET of a card, and of a book as one file of all its cards. */
#include "base/when.h"
#include "dav/view_int.h"

static enum err
get_card(struct dav *d, const struct book *book)
{
	struct http_when when = http_when_read(d->req);
	struct dav_view view = dav_view_accepted(d);
	struct book_card card;
	str shown;
	bool is_other;
	int64_t at_ms;

	TRY(book_card(d->call, book, d->at.card, BOOK_SHOWN, &card));
	shown = dav_view_show(d->call->arena, &view, &card, false);
	is_other = shown.at != card.bytes.at;
	dav_seen(d, book, card.name, card.rev);
	if (is_other)
		card.etag = dav_view_etag(d->call->arena, &view, card.etag);
	if (!http_match_holds(&when, card.etag) ||
	    (!when.if_match.len && dav_date(d, STR("if-unmodified-since"), &at_ms) &&
		card.modified_ms > at_ms))
		return ERR_CONDITION;
	http_set(d->res, STR("ETag"), card.etag);
	http_set(d->res, STR("Vary"), STR("Accept"));
	http_set(
	    d->res, STR("Last-Modified"), when_imf(d->call->arena, card.modified_ms));
	if (!http_none_match_holds(&when, card.etag) ||
	    (!when.if_none_match.len && dav_date(d, STR("if-modified-since"), &at_ms) &&
		card.modified_ms <= at_ms)) {
		http_answer(d->res, 304, (str){ 0 }, (str){ 0 });
		return OK;
	}
	http_set(d->res, STR("X-Content-Type-Options"), STR("nosniff"));
	http_answer(d->res, 200, dav_view_type(&view, is_other), shown);
	return OK;
}

struct export
{
	struct call call;
	struct book book;
	struct dav_view view;
	int64_t after;
};

static enum err
next(void *self, struct buf *out, bool *last)
{
	struct export *x = self;
	struct book_page page;

	*last = false;
	while (!*last && out->len < HTTP_PIECE_BYTES) {
		arena_reset(x->call.arena);
		TRY(book_scan(
		    &x->call, &x->book, x->after, DAV_PAGE_CARDS, BOOK_WHOLE, &page));
		for (size_t i = 0; i < page.count; i++) {
			str shown =
			    dav_view_show(x->call.arena, &x->view, &page.list[i], true);

			buf_add(out, shown);
			if (!str_ends(shown, STR("\n")))
				buf_add(out, STR("\r\n"));
			x->after = page.list[i].id;
		}
		*last = !page.more;
	}
	return out->overflowed ? ERR_TOO_LARGE : OK;
}

static void
close_export(void *self)
{
	struct export *x = self;

	arena_close(&x->call.arena);
}

static void
get_book(struct dav *d, const struct book *book)
{
	struct export *x = ARENA_NEW(d->call->arena, struct export);

	*x = (struct export){
		.call = *d->call, .book = *book, .view = dav_view_accepted(d)
	};
	/* Many cards in one file are vCards (RFC 7095 has no such form). */
	if (x->view.form == CARD_FORM_JSON)
		x->view.converts = false;
	x->call.arena = arena_open();
	d->res->stream = (struct http_stream){ next, close_export, x };
	http_set(d->res, STR("Vary"), STR("Accept"));
	http_answer(d->res, 200, STR("text/vcard; charset=utf-8"), (str){ 0 });
}

enum err
dav_get(struct dav *d)
{
	struct book book;

	if (d->at.kind < DAV_BOOK) {
		http_set(d->res, STR("Allow"),
		    STR("OPTIONS, PROPFIND, PROPPATCH, REPORT, POST, LOCK, UNLOCK"));
		http_answer(d->res, 405, (str){ 0 }, (str){ 0 });
		return OK;
	}
	TRY(book_find(d->call, d->at.account, d->at.book, &book));
	if (d->at.kind == DAV_CARD)
		return get_card(d, &book);
	get_book(d, &book);
	return OK;
}

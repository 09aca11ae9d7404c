/*
 * post_cards.c - cards posted to a book: a member without a name of its own (RFC 5995), or a
 * file of many, each of which goes in or is told why not.
 */
#include "dav/dav_int.h"

#define SOME_MAX 10000 /* cards in one body */

static enum err
add_one(struct dav *d, const struct book *book, str bytes)
{
	struct book_put put = {
		.bytes = bytes, .when = { .kind = BOOK_IF_NEW }, .by = BOOK_BY_DAV
	};
	struct book_put_done done;

	TRY(book_put(d->call, book, &put, &done, &d->why));
	http_set(d->res, STR("Location"), dav_card_href(d, done.name));
	if (!done.rewritten)
		http_set(d->res, STR("ETag"), done.etag);
	http_answer(d->res, 201, (str){ 0 }, (str){ 0 });
	return dav_represent(d, book, done.name);
}

static void
add_status(
    struct dav *d, struct buf *body, str name, enum err outcome, const struct why *why)
{
	xml_open(body, XML_DAV_RESPONSE);
	xml_leaf(body, XML_DAV_HREF,
	    name.len ? dav_card_href(d, name) : dav_href(d->call->arena, &d->at));
	xml_leaf(body, XML_DAV_STATUS,
	    outcome == OK              ? STR("HTTP/1.1 201 Created")
	    : outcome == ERR_UID_TAKEN ? STR("HTTP/1.1 409 Conflict")
				       : STR("HTTP/1.1 403 Forbidden"));
	if (why->what)
		xml_leaf(body, XML_DAV_RESPONSEDESCRIPTION, str_of(why->what));
	xml_close(body, XML_DAV_RESPONSE);
}

/* Old cards are made 3.0 as an import makes them. */
static enum err
put_imported(struct dav *d, const struct book *book, str bytes,
    struct book_put_done *done, struct why *why)
{
	struct book_put put = { .when = { .kind = BOOK_IF_NEW }, .by = BOOK_BY_IMPORT };

	TRY(card_import(d->call->arena, bytes, &put.bytes, why));
	return book_put(d->call, book, &put, done, why);
}

static enum err
add_some(struct dav *d, const struct book *book, str rest)
{
	struct buf body = dav_multistatus(d);
	unsigned line = 0;

	for (int n = 0; n < SOME_MAX; n++) {
		struct book_put_done done = { 0 };
		struct why why = { 0 };
		str bytes;
		enum err e = card_next(&rest, &bytes, &line, &why);

		if (e == ERR_NOT_FOUND)
			break;
		if (e == OK)
			e = put_imported(d, book, bytes, &done, &why);
		if (e == ERR_FULL || e == ERR_BUSY || e == ERR_STORE ||
		    e == ERR_FORBIDDEN)
			return e;
		add_status(d, &body, done.name, e, &why);
	}
	dav_multistatus_send(d, &body);
	return OK;
}

/* What cannot be read counts as one: it is refused as one. */
static bool
is_one(str text)
{
	struct why why;
	unsigned line = 0;
	str card;
	enum err first = card_next(&text, &card, &line, &why);

	return first != OK || card_next(&text, &card, &line, &why) == ERR_NOT_FOUND;
}

enum err
dav_post_cards(struct dav *d)
{
	struct book_place place;
	struct book book;
	str text;

	if (d->at.kind != DAV_BOOK) {
		http_set(d->res, STR("Allow"), STR(DAV_ALLOWED));
		http_answer(d->res, 405, (str){ 0 }, (str){ 0 });
		return OK;
	}
	TRY(book_find(d->call, d->at.account, d->at.book, &book));
	if (!book.may_write)
		return ERR_FORBIDDEN;
	place = dav_place(d, &book, (str){ 0 });
	TRY(dav_guard(d, &place, DAV_EDIT));
	TRY(card_file_text(d->call->arena, d->req->body, &text));
	return is_one(text) ? add_one(d, &book, d->req->body)
			    : add_some(d, &book, text);
}

/* put.c - PUT of one card (RFC 6352 5.1, 6.3.2; RFC 9110 9.3.4).  The ETag goes out where
 * the card is kept byte for byte (RFC 6352 6.3.2.3): not where others' changes came in. */
#include "dav/push_int.h"

/* A client that names another type means no vCard; one that names none is believed. */
static enum err
is_vcard(const struct dav *d)
{
	struct http_media media =
	    http_media_read(http_field(d->req, STR("content-type")));

	if (!media.type.len || str_same_nocase(media.type, STR("text/vcard")) ||
	    str_same_nocase(media.type, STR("text/x-vcard")) ||
	    str_same_nocase(media.type, STR("text/directory")) ||
	    str_same_nocase(media.type, STR("application/octet-stream")))
		return OK;
	return ERR_UNSUPPORTED;
}

/* A part of a card would replace all of it (RFC 9110 14.5), and what is packed is no card as
 * it stands. */
static enum err
is_whole(struct dav *d)
{
	str coding = str_trim(http_field(d->req, STR("content-encoding")));

	if (http_has_field(d->req, STR("content-range"))) {
		d->why.what = "a part of a card";
		d->status = 400;
		return ERR_BAD_INPUT;
	}
	if (!coding.len || str_same_nocase(coding, STR("identity")))
		return OK;
	d->status = 415;
	http_set(d->res, STR("Accept-Encoding"), STR("identity"));
	return ERR_UNSUPPORTED;
}

/* RFC 4918 9.7.1: what is not there has nothing to put into. */
static enum err
find_parent(struct dav *d, struct book *book)
{
	enum err e = book_find(d->call, d->at.account, d->at.book, book);

	if (e == ERR_NOT_FOUND && d->at.account == d->call->who)
		d->status = 409;
	return e;
}

/* What a condition or a lock keeps out is kept in the history, as what came too late is. */
static enum err
may_put(struct dav *d, const struct book *book, const struct book_put *put)
{
	struct book_place place = dav_place(d, book, d->at.card);
	enum err e = dav_guard(d, &place, DAV_PUT);

	if (e == ERR_CONDITION || e == ERR_LOCKED)
		(void)!book_put_keep(d->call, book, put, &d->why);
	return e;
}

/* Who is refused may have asked to see what stands (8144 3.2). */
static enum err
refuse_put(struct dav *d, const struct book *book, enum err outcome)
{
	if (outcome != ERR_CONDITION)
		return outcome;
	http_answer(d->res, 412, (str){ 0 }, (str){ 0 });
	if (dav_represent(d, book, d->at.card) != OK)
		return outcome;
	d->res->outcome = outcome;
	return OK;
}

enum err
dav_put(struct dav *d)
{
	struct book_put put = {
		.name = d->at.card, .bytes = d->req->body, .by = BOOK_BY_DAV
	};
	struct book_put_done done;
	struct book_edit edit;
	struct book book;
	enum err e;

	if (d->at.kind != DAV_CARD) {
		http_set(d->res, STR("Allow"), STR(DAV_ALLOWED));
		http_answer(d->res, 405, (str){ 0 }, (str){ 0 });
		return OK;
	}
	TRY(is_whole(d));
	TRY(is_vcard(d));
	TRY(find_parent(d, &book));
	d->no_locks = !book.locked;
	e = may_put(d, &book, &put);
	if (e != OK)
		return refuse_put(d, &book, e);
	put.when = dav_when(d);
	edit = dav_edit(d, &book);
	put.edit = &edit;
	e = book_put(d->call, &book, &put, &done, &d->why);
	if (e != OK)
		return refuse_put(d, &book, e);
	if (!done.rewritten) {
		http_set(d->res, STR("ETag"), done.etag);
		dav_seen(d, &book, done.name, done.rev);
	}
	http_answer(d->res, done.created ? 201 : 204, (str){ 0 }, (str){ 0 });
	return dav_represent(d, &book, done.name);
}

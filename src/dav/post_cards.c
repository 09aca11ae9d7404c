/*
 * post_cards.c - cards posted to a book: a member without a name of its own (RFC 5995), or a
 * file of many, each of which goes in or is told why not.
 */
#include "book/import.h"
#include "dav/dav_int.h"

#define SOME_MAX 10000                     /* cards in one body */
#define TOLD_MAX ((size_t)SOME_MAX * 2048) /* what is told of each, its href included */

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

/* One card of a file, and what became of it. */
struct posted {
	struct book_put put;
	struct book_put_done done;
	enum err outcome;
	struct why why;
};

/* Old cards are made 3.0 as an import makes them.  ERR_NOT_FOUND: there is no more. */
static enum err
read_next(struct dav *d, str *rest, unsigned *line, struct posted *out)
{
	str bytes;

	*out = (struct posted){ .put = {
				    .when = { .kind = BOOK_IF_NEW },
				    .by = BOOK_BY_IMPORT,
				} };
	out->outcome = card_next(rest, &bytes, line, &out->why);
	if (out->outcome == ERR_NOT_FOUND)
		return ERR_NOT_FOUND;
	if (out->outcome == OK)
		out->outcome =
		    card_import(d->call->arena, bytes, &out->put.bytes, &out->why);
	return OK;
}

/* All in one write, where none of them is refused. */
static bool
put_together(struct dav *d, const struct book *book, struct posted *list, size_t count)
{
	struct book_put *puts = ARENA_ARRAY(d->call->arena, struct book_put, count);
	struct book_put_done *done =
	    ARENA_ARRAY(d->call->arena, struct book_put_done, count);
	struct why why;
	size_t at;

	for (size_t i = 0; i < count; i++) {
		if (list[i].outcome != OK)
			return false;
		puts[i] = list[i].put;
	}
	if (book_put_many(d->call, book, puts, count, done, &at, &why) != OK)
		return false;
	for (size_t i = 0; i < count; i++)
		list[i].done = done[i];
	return true;
}

/* Each for itself; what concerns all of them ends it. */
static enum err
put_each(struct dav *d, const struct book *book, struct posted *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct posted *one = &list[i];

		if (one->outcome == OK)
			one->outcome =
			    book_put(d->call, book, &one->put, &one->done, &one->why);
		if (one->outcome == ERR_FULL || one->outcome == ERR_BUSY ||
		    one->outcome == ERR_STORE || one->outcome == ERR_FORBIDDEN)
			return one->outcome;
	}
	return OK;
}

static enum err
add_some(struct dav *d, const struct book *book, str rest)
{
	struct posted *list = ARENA_ARRAY(d->call->arena, struct posted, BOOK_PUT_MANY);
	struct buf body = buf_in(d->call->arena, TOLD_MAX);
	unsigned line = 0;
	size_t count;

	xml_start(&body, XML_DAV_MULTISTATUS);
	do {
		for (count = 0; count < BOOK_PUT_MANY; count++)
			if (read_next(d, &rest, &line, &list[count]) != OK)
				break;
		if (!put_together(d, book, list, count))
			TRY(put_each(d, book, list, count));
		for (size_t i = 0; i < count; i++)
			add_status(
			    d, &body, list[i].done.name, list[i].outcome, &list[i].why);
	} while (count == BOOK_PUT_MANY);
	dav_multistatus_send(d, &body);
	return OK;
}

/* How many cards, up to one too many.  What cannot be read counts as one: it is refused as
 * one. */
static size_t
count_cards(str text)
{
	struct why why;
	unsigned line = 0;
	size_t count = 0;
	str card;

	while (
	    count <= SOME_MAX && card_next(&text, &card, &line, &why) != ERR_NOT_FOUND)
		count++;
	return count;
}

enum err
dav_post_cards(struct dav *d)
{
	struct book_place place;
	struct book book;
	size_t count;
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
	count = count_cards(text);
	if (count > SOME_MAX) {
		d->why.what = "more than 10000 cards in one body";
		d->condition = XML_DAV_NUMBER_OF_MATCHES_WITHIN_LIMITS;
		return ERR_LIMIT;
	}
	return count <= 1 ? add_one(d, &book, d->req->body) : add_some(d, &book, text);
}

/*
 * shift.c - COPY and MOVE (RFC 4918 9.8, 9.9): a card to another name or another book, a
 * book to another name, or into a new book.
 */
#include "dav/dav_int.h"

/* By its authority alone: whoever ends TLS before us may not tell of the scheme. */
static bool
is_of_this_server(const struct dav *d, str href)
{
	str here = d->req->origin;
	size_t at = str_find(href, STR("://"));
	size_t own = str_find(here, STR("://"));

	if (at == SIZE_MAX)
		return true;
	href = str_part(href, at + 3, href.len);
	here = own == SIZE_MAX ? here : str_part(here, own + 3, here.len);
	return str_same_nocase(str_cut(&href, '/'), here);
}

static enum err
destination(struct dav *d, struct dav_target *to)
{
	str href = http_field(d->req, STR("destination"));

	if (!href.len) {
		d->why.what = "there is no Destination";
		return ERR_BAD_INPUT;
	}
	if (!is_of_this_server(d, href)) {
		d->why.what = "a Destination on another server";
		d->status = 502;
		return ERR_FORBIDDEN;
	}
	if (dav_href_read(d->call->arena, href, to) != OK || to->kind != d->at.kind ||
	    to->account != d->call->who) {
		d->why.what = "a Destination that cannot be";
		return ERR_FORBIDDEN;
	}
	return OK;
}

/* RFC 4918 10.6: absent means T. */
static bool
may_overwrite(const struct dav *d)
{
	return !str_same_nocase(
	    str_trim(http_field(d->req, STR("overwrite"))), STR("F"));
}

static void
done(struct dav *d, bool created, const struct dav_target *to)
{
	if (created)
		http_set(d->res, STR("Location"), dav_href(d->call->arena, to));
	http_answer(d->res, created ? 201 : 204, (str){ 0 }, (str){ 0 });
}

/* A destination whose collection is not there: 409. */
static enum err
find_parent(struct dav *d, const struct dav_target *to, struct book *book)
{
	enum err e = book_find(d->call, to->account, to->book, book);

	if (e == ERR_NOT_FOUND)
		d->status = 409;
	return e;
}

static enum err
shift_card(struct dav *d, const struct dav_target *to, bool move)
{
	struct book from;
	struct book into;
	struct book_place old;
	struct book_place new;
	struct book_shift shift = { .from = &from,
		.to = &into,
		.name = d->at.card,
		.new_name = to->card,
		.move = move,
		.overwrite = may_overwrite(d),
		.by = BOOK_BY_DAV };
	bool created = false;

	TRY(book_find(d->call, d->at.account, d->at.book, &from));
	TRY(find_parent(d, to, &into));
	if (from.id == into.id && str_same(d->at.card, to->card))
		return ERR_FORBIDDEN;
	old = dav_place(d, &from, d->at.card);
	new = dav_place(d, &into, to->card);
	if (move)
		TRY(dav_guard(d, &old, DAV_MEMBER));
	TRY(dav_guard(d, &new, DAV_MEMBER));
	TRY(book_card_shift(d->call, &shift, &created, &d->why));
	done(d, created, to);
	return OK;
}

/* The book that stands where the other one is to be; *over NULL: none. */
static enum err
find_over(struct dav *d, const struct dav_target *to, struct book *there,
    const struct book **over)
{
	struct book_place place;
	enum err e = book_find(d->call, to->account, to->book, there);

	*over = e == OK ? there : NULL;
	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	if (!may_overwrite(d))
		return ERR_CONDITION;
	place = dav_place(d, there, (str){ 0 });
	return dav_guard(d, &place, DAV_MEMBER);
}

static enum err
copy_book(struct dav *d, const struct book *from, const struct dav_target *to,
    const struct book *over)
{
	struct book_new fresh = { .name = to->book,
		.title = from->title,
		.description = from->description,
		.over = over };
	struct book_prop *props;
	struct book_place place = dav_place(d, from, (str){ 0 });
	struct book into;
	enum http_depth depth;
	size_t count;

	TRY(http_depth_read(d->req, &depth));
	TRY(book_make(d->call, to->account, &fresh, &into, &d->why));
	TRY(book_props(d->call, &place, &props, &count));
	place = dav_place(d, &into, (str){ 0 });
	TRY(book_props_change(d->call, &place, props, count));
	if (depth == HTTP_DEPTH_0)
		return OK;
	return book_fill(d->call, from, &into, BOOK_BY_DAV, &d->why);
}

static enum err
shift_book(struct dav *d, const struct dav_target *to, bool move)
{
	struct book from;
	struct book there;
	const struct book *over;
	struct book_place old;
	struct book_place new = { to->account, 0, { 0 } };

	TRY(book_find(d->call, d->at.account, d->at.book, &from));
	if (str_same(d->at.book, to->book))
		return ERR_FORBIDDEN;
	old = dav_place(d, &from, (str){ 0 });
	if (move)
		TRY(dav_guard(d, &old, DAV_MEMBER));
	TRY(dav_guard(d, &new, DAV_EDIT));
	TRY(find_over(d, to, &there, &over));
	TRY(move ? book_rename(d->call, &from, to->book, over, &d->why)
		 : copy_book(d, &from, to, over));
	done(d, !over, to);
	return OK;
}

/* RFC 4918 9.8.3, 9.9.2: a book moves whole, and is copied whole or empty. */
static enum err
depth_is_good(struct dav *d, bool move)
{
	enum http_depth depth;

	if (http_depth_read(d->req, &depth) == OK && depth != HTTP_DEPTH_1 &&
	    !(move && depth == HTTP_DEPTH_0 && d->at.kind == DAV_BOOK))
		return OK;
	d->why.what = "a Depth that cannot be";
	return ERR_BAD_INPUT;
}

static enum err
shift(struct dav *d, bool move)
{
	struct dav_target to;

	if (d->at.kind < DAV_BOOK)
		return ERR_FORBIDDEN;
	TRY(depth_is_good(d, move));
	TRY(destination(d, &to));
	return d->at.kind == DAV_CARD ? shift_card(d, &to, move)
				      : shift_book(d, &to, move);
}

enum err
dav_copy(struct dav *d)
{
	return shift(d, false);
}

enum err
dav_move(struct dav *d)
{
	return shift(d, true);
}

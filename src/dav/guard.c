/*
 * guard.c - before anything is changed: the If field holds, and every lock in the way was
 * shown (RFC 4918 7, 10.4).
 */
#include "dav/view_int.h"
#include "http/if.h"

struct book_place
dav_place(const struct dav *d, const struct book *book, str card)
{
	return (struct book_place){ book ? book->account : d->at.account,
		book ? book->id : 0, card };
}

/* --- the If field --- */

/* The place a condition speaks of, and its ETag; empty when nothing is there. */
static enum err
find_state(struct dav *d, str resource, struct book_place *place, str *etag)
{
	struct dav_target at = d->at;
	struct book book;
	struct book_card card;
	enum err e = OK;

	*etag = (str){ 0 };
	*place = (struct book_place){ 0 };
	if (resource.len)
		e = dav_href_read(d->call->arena, resource, &at);
	if (e != OK || at.kind < DAV_HOME)
		return OK;
	*place = (struct book_place){ at.account, 0, { 0 } };
	if (at.kind == DAV_HOME)
		return OK;
	e = book_find(d->call, at.account, at.book, &book);
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	*place = dav_place(d, &book, at.card);
	if (at.kind != DAV_CARD)
		return OK;
	e = book_card(d->call, &book, at.card, BOOK_HEADS, &card);
	if (e == OK)
		*etag = card.etag;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* Only a card has a date; for what has none the field says nothing (RFC 9110 13.1.4). */
static enum err
unmodified(struct dav *d, int64_t at_ms)
{
	struct book book;
	struct book_card card;
	enum err e;

	if (d->at.kind != DAV_CARD)
		return OK;
	e = book_find(d->call, d->at.account, d->at.book, &book);
	if (e == OK)
		e = book_card(d->call, &book, d->at.card, BOOK_HEADS, &card);
	if (e == OK && card.modified_ms > at_ms)
		return ERR_CONDITION;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
dav_conditions(struct dav *d)
{
	struct book_when when = dav_when(d);
	struct book_place place;
	bool there;
	bool listed = false;
	str etag;

	if (when.kind == BOOK_ALWAYS)
		return OK;
	if (when.kind == BOOK_IF_UNMODIFIED)
		return unmodified(d, when.at_ms);
	TRY(find_state(d, (str){ 0 }, &place, &etag));
	/* What is no card has no ETag, and may be there all the same. */
	there = d->at.kind == DAV_CARD   ? etag.len > 0
		: d->at.kind == DAV_BOOK ? place.book != 0
					 : true;
	for (size_t i = 0; i < when.count; i++)
		listed |= etag.len && str_same(when.etags[i], etag);
	switch (when.kind) {
	case BOOK_IF_NEW: return there ? ERR_CONDITION : OK;
	case BOOK_IF_EXISTS: return there ? OK : ERR_CONDITION;
	case BOOK_IF_ETAG: return listed ? OK : ERR_CONDITION;
	case BOOK_IF_NOT_ETAG: return listed ? ERR_CONDITION : OK;
	case BOOK_IF_UNMODIFIED:
	case BOOK_ALWAYS: break;
	}
	return OK;
}

static bool
token_holds(const struct book_locks *locks, str token, const struct book_place *place)
{
	for (size_t i = 0; i < locks->count; i++)
		if (str_same(locks->list[i].token, token) &&
		    book_lock_covers(&locks->list[i], place))
			return true;
	return false;
}

static enum err
condition_holds(struct dav *d, const struct http_if_condition *c, bool *holds)
{
	struct book_place place;
	struct book_locks locks = { 0 };
	str etag;

	TRY(find_state(d, c->resource, &place, &etag));
	if (c->token.len && place.account)
		TRY(book_locks(d->call, place.account, &locks));
	*holds = c->token.len
		     ? token_holds(&locks, c->token, &place)
		     : etag.len &&
			   str_same(etag, dav_view_etag_base(d->call->arena, c->etag));
	*holds ^= c->negated;
	return OK;
}

static enum err
some_list_holds(struct dav *d, const struct http_if *cond, bool *holds)
{
	*holds = false;
	for (size_t i = 0; i < cond->count && !*holds;) {
		size_t list = cond->list[i].list;
		bool all = true;

		for (; i < cond->count && cond->list[i].list == list; i++) {
			bool one = false;

			if (all)
				TRY(condition_holds(d, &cond->list[i], &one));
			all &= one;
		}
		*holds = all;
	}
	return OK;
}

/* Once a request.  A token counts as shown wherever it stands. */
static enum err
check_if(struct dav *d)
{
	struct http_if cond;
	bool holds;

	if (d->shown)
		return OK;
	d->shown = ARENA_ARRAY(d->call->arena, str, HTTP_IF_MAX_CONDITIONS);
	if (http_if_read(d->call->arena, http_field(d->req, STR("if")), &cond) != OK) {
		d->why.what = "an If field that cannot be read";
		d->status = 400;
		return ERR_BAD_INPUT;
	}
	if (!cond.count)
		return OK;
	for (size_t i = 0; i < cond.count; i++)
		if (cond.list[i].token.len)
			d->shown[d->shown_count++] = cond.list[i].token;
	TRY(some_list_holds(d, &cond, &holds));
	return holds ? OK : ERR_CONDITION;
}

/* --- locks in the way --- */

static bool
is_shown(const struct dav *d, const struct book_lock *lock)
{
	for (size_t i = 0; i < d->shown_count; i++)
		if (str_same(d->shown[i], lock->token) && lock->who == d->call->who)
			return true;
	return false;
}

/* A member comes or goes: the collection itself is changed, whatever the lock's depth. */
static bool
is_in_the_way(
    const struct book_lock *lock, const struct book_place *place, bool membership)
{
	struct book_place above = { place->account, place->card.len ? place->book : 0,
		{ 0 } };

	if (book_lock_covers(lock, place))
		return true;
	return membership &&
	       (book_lock_covers(lock, &above) || book_lock_is_within(lock, place));
}

static enum err
is_membership(
    struct dav *d, const struct book_place *place, enum dav_change change, bool *out)
{
	struct book book;
	struct book_card card;
	enum err e;

	*out = change == DAV_MEMBER;
	if (change != DAV_PUT || !place->card.len)
		return OK;
	TRY(book_find(d->call, d->at.account, d->at.book, &book));
	e = book_card(d->call, &book, place->card, BOOK_HEADS, &card);
	*out = e == ERR_NOT_FOUND;
	return *out ? OK : e;
}

/* The href of what is locked; empty where its book is gone by now. */
static str
root_of(struct dav *d, const struct book_lock *lock)
{
	struct dav_target root = { .kind = DAV_HOME, .account = lock->at.account };
	struct books books;

	if (lock->at.book) {
		if (book_list(d->call, lock->at.account, &books) != OK)
			return (str){ 0 };
		for (size_t i = 0; i < books.count; i++)
			if (books.list[i].id == lock->at.book)
				root.book = books.list[i].name;
		root.kind = lock->at.card.len ? DAV_CARD : DAV_BOOK;
		root.card = lock->at.card;
		if (!root.book.len)
			return (str){ 0 };
	}
	return dav_href(d->call->arena, &root);
}

enum err
dav_guard(struct dav *d, const struct book_place *place, enum dav_change change)
{
	struct book_locks locks;
	bool membership = false;

	TRY(check_if(d));
	if (d->no_locks)
		return OK;
	TRY(book_locks(d->call, place->account, &locks));
	if (locks.count)
		TRY(is_membership(d, place, change, &membership));
	for (size_t i = 0; i < locks.count; i++)
		if (is_in_the_way(&locks.list[i], place, membership) &&
		    !is_shown(d, &locks.list[i])) {
			d->why = (struct why){ .what = "a lock holds here",
				.name = root_of(d, &locks.list[i]) };
			return ERR_LOCKED;
		}
	return OK;
}

/* lock.c - LOCK and UNLOCK (RFC 4918 9.10, 9.11), and how a lock is shown (14.1, 15.8). */
#include "dav/dav_int.h"

#define TIMEOUT_DEFAULT_S 3600
#define OWNER_MAX_BYTES   ((size_t)4096)

/* --- lockdiscovery, supportedlock --- */

static void
add_scope(struct buf *out, bool exclusive)
{
	xml_open(out, XML_DAV_LOCKSCOPE);
	xml_empty(out, exclusive ? XML_DAV_EXCLUSIVE : XML_DAV_SHARED);
	xml_close(out, XML_DAV_LOCKSCOPE);
	xml_open(out, XML_DAV_LOCKTYPE);
	xml_empty(out, XML_DAV_WRITE);
	xml_close(out, XML_DAV_LOCKTYPE);
}

static void
add_href(struct buf *out, enum xml_name around, str href)
{
	xml_open(out, around);
	xml_leaf(out, XML_DAV_HREF, href);
	xml_close(out, around);
}

/* The lock's root in the home the caller looks at. */
static struct dav_target
root_of(const struct dav *d, const struct book_lock *lock, const struct book *book)
{
	struct dav_target at = { .kind = DAV_HOME, .account = d->at.account };

	if (lock->at.book && book) {
		at.kind = lock->at.card.len ? DAV_CARD : DAV_BOOK;
		at.book = book->name;
		at.card = lock->at.card;
	}
	return at;
}

static void
add_active(struct buf *out, const struct dav *d, const struct book_lock *lock,
    const struct book *book)
{
	struct dav_target root = root_of(d, lock, book);

	xml_open(out, XML_DAV_ACTIVELOCK);
	add_scope(out, lock->exclusive);
	xml_leaf(out, XML_DAV_DEPTH, lock->deep ? STR("infinity") : STR("0"));
	if (lock->owner.len)
		buf_add(out, lock->owner);
	xml_open(out, XML_DAV_TIMEOUT);
	buf_add(out, STR("Second-"));
	buf_add_int(out, (lock->until_ms - d->call->now_ms) / 1000);
	xml_close(out, XML_DAV_TIMEOUT);
	add_href(out, XML_DAV_LOCKTOKEN, lock->token);
	add_href(out, XML_DAV_LOCKROOT, dav_href(out->arena, &root));
	xml_close(out, XML_DAV_ACTIVELOCK);
}

void
dav_prop_lockdiscovery(struct buf *out, const struct dav_subject *s)
{
	struct call call = *s->d->call;
	struct book_place place = dav_place(s->d, s->book, s->at.card);
	struct book_locks locks;

	call.arena = out->arena;
	if (book_locks(&call, place.account, &locks) != OK)
		return;
	for (size_t i = 0; i < locks.count; i++)
		if (book_lock_covers(&locks.list[i], &place))
			add_active(out, s->d, &locks.list[i], s->book);
}

void
dav_prop_supportedlock(struct buf *out, const struct dav_subject *s)
{
	(void)s;
	for (int exclusive = 1; exclusive >= 0; exclusive--) {
		xml_open(out, XML_DAV_LOCKENTRY);
		add_scope(out, exclusive != 0);
		xml_close(out, XML_DAV_LOCKENTRY);
	}
}

/* --- what is asked for --- */

/* "Second-3600, Infinite": the first one we can read, capped (10.7). */
static int64_t
timeout_ms(const struct dav *d)
{
	str list = http_field(d->req, STR("timeout"));
	int64_t seconds = TIMEOUT_DEFAULT_S;

	while (list.len) {
		str one = str_trim(str_cut(&list, ','));

		if (str_same_nocase(one, STR("Infinite")))
			return BOOK_LOCK_MAX_MS;
		if (str_same_nocase(str_part(one, 0, 7), STR("Second-")) &&
		    str_number(str_part(one, 7, one.len), &seconds))
			break;
	}
	if (seconds < 1)
		seconds = 1;
	return seconds < BOOK_LOCK_MAX_MS / 1000 ? seconds * 1000 : BOOK_LOCK_MAX_MS;
}

static enum err
read_wish(struct dav *d, const struct xml_element *info, struct book_lock *out)
{
	const struct xml_element *scope = xml_child(info, XML_DAV_LOCKSCOPE);
	const struct xml_element *owner = xml_child(info, XML_DAV_OWNER);
	struct buf text = buf_in(d->call->arena, OWNER_MAX_BYTES);
	enum http_depth depth;

	TRY(http_depth_read(d->req, &depth));
	if (depth == HTTP_DEPTH_1 || info->is != XML_DAV_LOCKINFO || !scope ||
	    !xml_child(xml_child(info, XML_DAV_LOCKTYPE), XML_DAV_WRITE))
		return ERR_BAD_INPUT;
	out->exclusive = xml_child(scope, XML_DAV_EXCLUSIVE) != NULL;
	if (!out->exclusive && !xml_child(scope, XML_DAV_SHARED))
		return ERR_BAD_INPUT;
	out->deep = depth != HTTP_DEPTH_0;
	if (owner)
		xml_whole(&text, owner);
	return buf_text(&text, &out->owner);
}

/* --- answering --- */

static void
show(struct dav *d, const struct book_lock *lock, const struct book *book)
{
	struct buf body = buf_in(d->call->arena, OWNER_MAX_BYTES * 4);

	xml_start(&body, XML_DAV_PROP);
	xml_open(&body, XML_DAV_LOCKDISCOVERY);
	add_active(&body, d, lock, book);
	xml_close(&body, XML_DAV_LOCKDISCOVERY);
	xml_close(&body, XML_DAV_PROP);
	http_answer(d->res, 200, STR("application/xml; charset=utf-8"), buf_str(&body));
}

/* A lock made anew is told in a field as well (10.5). */
static void
show_token(struct dav *d, const struct book_lock *lock)
{
	http_set(d->res, STR("Lock-Token"),
	    ARENA_JOIN(d->call->arena, STR("<"), lock->token, STR(">")));
}

/* Without a body: the lock named in If lives on (9.10.2). */
static enum err
refresh(struct dav *d, const struct book_place *place, const struct book *book)
{
	struct book_locks locks;

	TRY(dav_guard(d, place, DAV_EDIT));
	TRY(book_locks(d->call, place->account, &locks));
	for (size_t i = 0; i < locks.count; i++)
		for (size_t n = 0; n < d->shown_count; n++)
			if (str_same(locks.list[i].token, d->shown[n]) &&
			    book_lock_covers(&locks.list[i], place)) {
				TRY(book_lock_extend(d->call, &locks.list[i],
				    d->call->now_ms + timeout_ms(d)));
				show(d, &locks.list[i], book);
				return OK;
			}
	d->condition = XML_DAV_LOCK_TOKEN_MATCHES_REQUEST_URI;
	return ERR_CONDITION;
}

/* What is to be locked must be there: a book cannot hold the empty resource that RFC 4918
 * 9.10.4 would have made of a free name. */
static enum err
find_place(struct dav *d, struct book *book, struct book_place *place)
{
	struct book_card card;

	if (d->at.kind < DAV_HOME)
		return ERR_FORBIDDEN;
	if (d->at.account != d->call->who)
		return ERR_NOT_FOUND;
	*place = (struct book_place){ d->at.account, 0, { 0 } };
	if (d->at.kind == DAV_HOME)
		return OK;
	TRY(book_find(d->call, d->at.account, d->at.book, book));
	*place = dav_place(d, book, d->at.card);
	if (!book->may_write)
		return ERR_FORBIDDEN;
	return d->at.kind == DAV_CARD
		   ? book_card(d->call, book, d->at.card, BOOK_HEADS, &card)
		   : OK;
}

enum err
dav_lock(struct dav *d)
{
	struct book_lock lock = { 0 };
	struct xml_element *info;
	struct book book = { 0 };
	enum err e;

	TRY(find_place(d, &book, &lock.at));
	TRY(dav_body(d, &info));
	if (!info)
		return refresh(d, &lock.at, &book);
	TRY(read_wish(d, info, &lock));
	lock.until_ms = d->call->now_ms + timeout_ms(d);
	e = book_lock(d->call, &lock, &d->why);
	if (e == ERR_LOCKED) {
		d->condition = XML_DAV_NO_CONFLICTING_LOCK;
		d->why.name = (str){ 0 };
	}
	TRY(e);
	show_token(d, &lock);
	show(d, &lock, &book);
	return OK;
}

static str
token_read(const struct dav *d)
{
	str token = str_trim(http_field(d->req, STR("lock-token")));

	if (!str_starts(token, STR("<")) || !str_ends(token, STR(">")))
		return (str){ 0 };
	return str_part(token, 1, token.len - 2);
}

enum err
dav_unlock(struct dav *d)
{
	struct book book = { 0 };
	struct book_place place;
	struct book_locks locks;
	str token = token_read(d);

	TRY(find_place(d, &book, &place));
	if (!token.len) {
		d->status = 400;
		return ERR_BAD_INPUT;
	}
	TRY(book_locks(d->call, place.account, &locks));
	for (size_t i = 0; i < locks.count; i++) {
		if (!str_same(locks.list[i].token, token) ||
		    !book_lock_covers(&locks.list[i], &place))
			continue;
		if (locks.list[i].who != d->call->who)
			return ERR_FORBIDDEN;
		TRY(book_unlock(d->call, &locks.list[i]));
		http_answer(d->res, 204, (str){ 0 }, (str){ 0 });
		return OK;
	}
	d->condition = XML_DAV_LOCK_TOKEN_MATCHES_REQUEST_URI;
	d->status = 409;
	return ERR_LOCKED;
}

/* events.c - what happens to the caller's asks and books, told while he listens (HTML Living
 * Standard 9.2, server-sent events).
 *
 * An event names what changed and nothing of it.  Its id is how far the listener has come:
 * coming back with it (Last-Event-ID, or ?since=) he misses nothing.  Nothing is read as long
 * as nothing was committed. */
#include "api/api_int.h"
#include "ask/own.h"
#include "auth/auth.h"
#include "base/when.h"
#include "book/book.h"

#define BEAT_MS    25000 /* proxies close what is silent for a minute */
#define ASKS_ONCE  200
#define BOOKS_MAX  256 /* that are looked at; more than an account may have */
#define GREETING   STR("retry: 2000\n: kith\n\n")
#define HASH_START 0xCBF29CE484222325u /* FNV-1a */
#define INBOX_NEW  SIZE_MAX            /* what was told of it is not known */
#define HASH_PRIME 0x100000001B3u

struct listener {
	struct call call;
	str session; /* by whose right a page listens; empty: by a password's */
	const struct api *api;
	bool begun;
	uint64_t stamp;
	int64_t seq;     /* of the last change of an ask that was told */
	uint64_t digest; /* of the books as they were told */
	size_t inbox;    /* how many notices could be answered as they were told */
	int64_t beat_ms;
	size_t count;
	struct listened_book {
		int64_t id, rev;
	} books[BOOKS_MAX];
};

/* --- how many there are --- */

static enum err
enter(struct api_listeners *all, int64_t who)
{
	size_t own = 0;
	enum err e = OK;

	(void)pthread_mutex_lock(&all->lock);
	for (size_t i = 0; i < all->count; i++)
		own += all->who[i] == who;
	if (own >= API_LISTENERS_EACH || all->count >= API_LISTENERS_MAX)
		e = ERR_BUSY;
	else
		all->who[all->count++] = who;
	(void)pthread_mutex_unlock(&all->lock);
	return e;
}

static void
leave(void *self)
{
	struct listener *l = self;
	size_t i = 0;

	(void)pthread_mutex_lock(&l->api->listeners->lock);
	while (l->api->listeners->who[i] != l->call.who)
		i++;
	l->api->listeners->who[i] = l->api->listeners->who[--l->api->listeners->count];
	(void)pthread_mutex_unlock(&l->api->listeners->lock);
}

/* --- told --- */

static void
end_event(const struct listener *l, struct buf *out)
{
	buf_addf(
	    out, "\nid: %lld.%llx", (long long)l->seq, (unsigned long long)l->digest);
	if (l->inbox != INBOX_NEW)
		buf_addf(out, ".%zu", l->inbox);
	buf_add(out, STR("\n\n"));
}

static enum err
tell_asks(struct listener *l, const struct call *call, struct buf *out)
{
	struct ask_moved *moved;
	size_t count;

	do {
		TRY(ask_moved_since(call, l->seq, ASKS_ONCE, &moved, &count));
		for (size_t i = 0; i < count; i++) {
			l->seq = moved[i].seq;
			buf_addf(out,
			    "event: ask\ndata: {\"ask\":%lld,\"state\":\"" STR_FMT
			    "\"}",
			    (long long)moved[i].ask,
			    STR_ARG(ask_state_word(moved[i].state)));
			end_event(l, out);
		}
	} while (count == ASKS_ONCE && out->len < HTTP_PIECE_BYTES);
	return OK;
}

/* How many notices to the caller can be answered, when it is another number. */
static enum err
tell_inbox(struct listener *l, const struct call *call, struct buf *out)
{
	size_t open;

	TRY(ask_notices_open(call, l->api->rules, &open));
	if (open == l->inbox)
		return OK;
	l->inbox = open;
	buf_addf(out, "event: inbox\ndata: {\"open\":%zu}", open);
	end_event(l, out);
	return OK;
}

static uint64_t
digest_of(const struct books *books)
{
	uint64_t hash = HASH_START;

	for (size_t i = 0; i < books->count; i++) {
		hash = (hash ^ (uint64_t)books->list[i].id) * HASH_PRIME;
		hash = (hash ^ (uint64_t)books->list[i].rev) * HASH_PRIME;
	}
	return hash;
}

static bool
was_told(const struct listener *l, const struct book *book)
{
	for (size_t i = 0; i < l->count; i++)
		if (l->books[i].id == book->id)
			return l->books[i].rev == book->rev;
	return false;
}

static void
tell_book(const struct listener *l, const struct book *book, struct arena *arena,
    struct buf *out)
{
	struct buf data = buf_in(arena, API_ANSWER_MAX_BYTES);

	json_open(&data, '{');
	json_pair(&data, STR("book"), book->name);
	json_pair(&data, STR("token"), book_token(arena, book, book->rev));
	json_close(&data, '}');
	buf_add(out, STR("event: book\ndata: "));
	buf_add(out, buf_str(&data));
	end_event(l, out);
}

/* Those that changed; of all of them nothing, where only what they are is to be kept. */
static enum err
tell_books(struct listener *l, const struct call *call, bool tell, struct buf *out)
{
	struct books books;

	TRY(book_list(call, call->who, &books));
	l->digest = digest_of(&books);
	for (size_t i = 0; i < books.count && tell; i++)
		if (!was_told(l, &books.list[i]))
			tell_book(l, &books.list[i], call->arena, out);
	l->count = 0;
	for (size_t i = 0; i < books.count && i < BOOKS_MAX; i++)
		l->books[l->count++] =
		    (struct listened_book){ books.list[i].id, books.list[i].rev };
	return OK;
}

/* A page's session may have been ended meanwhile. */
static bool
may_listen(const struct listener *l, const struct call *call)
{
	int64_t who;
	str csrf;

	return !l->session.len ||
	       auth_session_find(l->api->auth, call, l->session, &who, &csrf) == OK;
}

static enum err
look(struct listener *l, int64_t now_ms, struct buf *out, bool *last)
{
	SCOPED(arena) arena = arena_open();
	struct call call = l->call;
	uint64_t stamp;

	call.arena = arena;
	call.now_ms = now_ms;
	TRY(book_stamp(&call, &stamp));
	if (stamp == l->stamp && stamp)
		return OK;
	if (!may_listen(l, &call)) {
		*last = true;
		return OK;
	}
	TRY(tell_asks(l, &call, out));
	TRY(tell_inbox(l, &call, out));
	TRY(tell_books(l, &call, true, out));
	l->stamp = out->len < HTTP_PIECE_BYTES ? stamp : 0;
	return OK;
}

static enum err
next(void *self, struct buf *out, bool *last)
{
	struct listener *l = self;
	int64_t now_ms = when_now_ms();

	*last = false;
	if (!l->begun)
		buf_add(out, GREETING);
	l->begun = true;
	TRY(look(l, now_ms, out, last));
	if (!out->len && now_ms - l->beat_ms >= BEAT_MS)
		buf_add(out, STR(":\n\n"));
	if (out->len)
		l->beat_ms = now_ms;
	return OK;
}

/* --- where he begins --- */

static uint64_t
read_hex(str text)
{
	uint64_t number = 0;

	for (size_t i = 0; i < text.len && i < 16; i++) {
		char c = text.at[i];

		number = number << 4 | (uint64_t)(c >= '0' && c <= '9'   ? c - '0'
						  : c >= 'a' && c <= 'f' ? c - 'a' + 10
									 : 0);
	}
	return number;
}

/* How far he has come, as the last event said; the first number alone will do. */
static str
place_of(const struct exchange *x)
{
	str id = http_field(x->req, STR("last-event-id"));
	struct http_form query;

	if (!id.len && http_query_read(x->call->arena, x->req->query, &query) == OK)
		id = http_form_get(&query, STR("since"));
	return id;
}

static size_t
read_count(str text)
{
	int64_t number;

	return str_number(text, &number) && number >= 0 ? (size_t)number : INBOX_NEW;
}

/* With an id: behind it, and all books if one of them has changed since.  Without: from now
 * on. */
static enum err
begin(struct listener *l, str id)
{
	str seq = str_cut(&id, '.');
	int64_t from;
	bool back = str_number(seq, &from) && from >= 0;
	uint64_t digest = read_hex(str_cut(&id, '.'));

	if (back) {
		l->seq = from;
		l->inbox = read_count(id);
	} else {
		TRY(ask_moved_last(&l->call, &l->seq));
		TRY(ask_notices_open(&l->call, l->api->rules, &l->inbox));
	}
	TRY(tell_books(l, &l->call, false, NULL));
	if (back && digest != l->digest)
		l->count = 0;
	return OK;
}

enum err
api_events(struct exchange *x, str place, struct why *why)
{
	struct listener *l = ARENA_NEW(x->call->arena, struct listener);
	enum err e;

	(void)place;
	*l = (struct listener){
		.api = x->api,
		.call = *x->call,
	};
	if (!http_has_field(x->req, STR("authorization")))
		l->session = http_cookie(x->req, STR(AUTH_SESSION_COOKIE));
	TRY(begin(l, place_of(x)));
	e = enter(x->api->listeners, l->call.who);
	if (e != OK) {
		http_set(x->res, STR("Retry-After"), STR("60"));
		why->what = "too many listeners";
		return e;
	}
	x->res->status = 200;
	http_set(x->res, STR("Content-Type"), STR("text/event-stream"));
	/* Proxies that gather answers are asked not to. */
	http_set(x->res, STR("X-Accel-Buffering"), STR("no"));
	x->res->stream = (struct http_stream){
		.next = next, .close = leave, .self = l, .waits = true
	};
	return OK;
}

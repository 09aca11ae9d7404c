#include "book/push.h"

#include "base/buf.h"
#include "book/book_int.h"
#include "seal/point.h"
#include "seal/seal.h"
#include "store/push.h"

#define AUTH_BYTES  16
#define TOPIC_BYTES 16

enum err
book_push_key(const struct call *call, str *out)
{
	return store_secret_find(call->store, call->arena, STORE_PUSH_PUBLIC, out);
}

enum err
book_push_topic(const struct call *call, int64_t account, int64_t book, str *out)
{
	str key;

	TRY(may_read(call, account));
	TRY(store_secret_find(call->store, call->arena, STORE_PUSH_TOPICS, &key));
	*out = seal_digest(call->arena, key,
	    arena_printf(call->arena, "%llx/%llx", (unsigned long long)account,
		(unsigned long long)book),
	    TOPIC_BYTES);
	return OK;
}

/* --- registering --- */

/* Absolute, http or https, with a host and without a user; nothing that could end a line or
 * a quoted string. */
static bool
is_usable(str url, bool inner)
{
	bool safe = str_starts(url, STR("https://"));
	str rest = str_part(url, safe ? 8 : 7, url.len);
	str host = rest;

	if (!safe && !(inner && str_starts(url, STR("http://"))))
		return false;
	host = str_cut(&host, '/');
	host = str_cut(&host, '?');
	if (!host.len || str_has(host, '@') || url.len > BOOK_PUSH_MAX_URL_BYTES)
		return false;
	for (size_t i = 0; i < url.len; i++)
		if (url.at[i] <= ' ' || url.at[i] >= 0x7F ||
		    str_has(STR("\"\\<>#"), url.at[i]))
			return false;
	return true;
}

static enum err
refuse(struct why *why, enum err outcome, const char *what)
{
	*why = (struct why){ .what = what };
	return outcome;
}

static enum err
is_good(const struct book_push *push, struct why *why)
{
	if (!is_usable(push->resource, push->inner))
		return refuse(why, ERR_BAD_INPUT, "the push resource is no https URL");
	if (!seal_is_point(push->key))
		return refuse(
		    why, ERR_BAD_INPUT, "the public key is no point of P-256");
	if (push->auth.len != AUTH_BYTES)
		return refuse(why, ERR_BAD_INPUT, "the auth secret has not 16 bytes");
	return OK;
}

static int64_t
granted_ms(const struct call *call, int64_t wished_ms)
{
	int64_t most_ms = call->now_ms + BOOK_PUSH_KEEP_MAX_MS;

	/* None, or one that has passed on a phone whose clock is wrong. */
	if (wished_ms <= call->now_ms)
		return call->now_ms + BOOK_PUSH_KEEP_MS;
	return wished_ms < most_ms ? wished_ms : most_ms;
}

struct registering {
	const struct call *call;
	struct store_push row;
};

static enum err
register_rows(struct store_tx *tx, void *arg)
{
	struct registering *r = arg;
	bool created;
	int64_t count;

	TRY(store_push_sweep(tx, r->call->now_ms));
	TRY(store_push_put(tx, &r->row, &created));
	TRY(store_push_count(tx, r->row.account, &count));
	return created && count > BOOK_PUSH_MAX_PER_ACCOUNT ? ERR_LIMIT : OK;
}

enum err
book_push_register(const struct call *call, int64_t account, int64_t book,
    struct book_push *push, struct why *why)
{
	struct registering r = { .call = call };
	str key;
	str topic;
	enum err e;

	TRY(may_read(call, account));
	TRY(book_push_key(call, &key));
	TRY(book_push_topic(call, account, book, &topic));
	TRY(is_good(push, why));
	push->expires_ms = granted_ms(call, push->expires_ms);
	r.row = (struct store_push){
		.account = account,
		.book = book,
		.topic = topic,
		.resource = push->resource,
		.key = push->key,
		.auth = push->auth,
		.content = push->content,
		.property = push->property,
		.expires_ms = push->expires_ms,
		.made_ms = call->now_ms,
	};
	e = store_write(call->store, register_rows, &r);
	push->id = r.row.id;
	return e == ERR_LIMIT ? refuse(why, e, "too many registrations") : e;
}

struct forgetting {
	const struct call *call;
	int64_t account, id;
};

static enum err
forget_rows(struct store_tx *tx, void *arg)
{
	const struct forgetting *f = arg;
	struct store_push row;

	TRY(store_push_find(tx, f->call->arena, f->account, f->id, &row));
	if (row.expires_ms <= f->call->now_ms)
		return ERR_NOT_FOUND;
	return store_push_remove(tx, f->account, f->id);
}

enum err
book_push_forget(const struct call *call, int64_t account, int64_t id)
{
	struct forgetting f = { call, account, id };

	TRY(may_read(call, account));
	return store_write(call->store, forget_rows, &f);
}

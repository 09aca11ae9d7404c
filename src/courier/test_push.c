/* test_push.c - when a push is sent, merged, tried again, and given up. */
#include "courier/fixture_int.h"
#include "courier/push.h"
#include "seal/push.h"
#include "store/account.h"
#include "store/book.h"
#include "store/push.h"

#define ACCOUNT ((int64_t)7)
#define TAKEN   "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
#define GONE    "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"
#define MISSING "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
#define LARGE   "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n"
#define LATER                                                      \
	"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 100\r\n" \
	"Content-Length: 0\r\n\r\n"
#define REFUSED "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"

/* A store with one book, one registration at a service on loopback, and a courier. */
struct stage {
	struct fixture f;
	struct gateway service;
	struct courier_push *push;
	struct store_book book;
	struct store_push row;
	int64_t start_ms;
};

static str
token(struct arena *arena, str epoch, int64_t book, int64_t rev)
{
	return arena_printf(arena, STR_FMT ":%lld:%lld", STR_ARG(epoch),
	    (long long)book, (long long)rev);
}

static enum err
furnish(struct store_tx *tx, void *arg)
{
	struct stage *s = arg;
	struct store_account account = { .id = ACCOUNT, .login = STR("ada") };
	bool created;

	TRY(store_account_add(tx, &account));
	TRY(store_book_add(tx, s->f.arena, &s->book));
	s->row.book = s->book.id;
	return store_push_put(tx, &s->row, &created);
}

static enum err
change(struct store_tx *tx, void *arg)
{
	return store_book_update(tx, arg);
}

static void
raise_curtain(struct stage *s, const char *answer, bool inner)
{
	struct courier_push_setup setup = {
		.inner = inner, .contact = STR("mailto:a@b"), .token = token
	};
	struct seal_pair reader;

	*s = (struct stage){ 0 };
	fixture_open(&s->f);
	gateway_open(&s->service, answer, gateway_run);
	s->start_ms = s->f.call.now_ms;
	reader = seal_pair_fresh(s->f.arena);
	s->book = (struct store_book){ .account = ACCOUNT, .name = STR("contacts") };
	s->row = (struct store_push){ .account = ACCOUNT,
		.topic = STR("topic"),
		.resource = arena_printf(
		    s->f.arena, "http://127.0.0.1:%u/?id=1", s->service.port),
		.key = reader.public_key,
		.auth = STR("0123456789abcdef"),
		.content = true,
		.expires_ms = s->start_ms + 10 * WHEN_DAY_MS };
	CHECK_OK(store_write(s->f.store, furnish, s));
	CHECK_OK(courier_push_open(&setup, s->f.store, &s->push));
}

static void
drop_curtain(struct stage *s)
{
	courier_push_close(&s->push);
	gateway_close(&s->service);
	fixture_close(&s->f);
}

static void
change_now(struct stage *s)
{
	CHECK_OK(store_write(s->f.store, change, &s->book));
}

/* A round that long after the start; how many messages the service has had by then. */
static unsigned
sent_by(struct stage *s, int64_t after_ms)
{
	int64_t next_ms = INT64_MAX;

	s->f.call.now_ms = s->start_ms + after_ms;
	CHECK_OK(courier_push_round(s->push, &s->f.call, &next_ms));
	return gateway_times(&s->service, 1);
}

static bool
is_registered(struct stage *s)
{
	SCOPED(store_tx) tx = NULL;
	struct store_push row;

	CHECK_OK(store_look(s->f.store, &tx));
	return store_push_find(tx, s->f.arena, ACCOUNT, s->row.id, &row) == OK;
}

static void
windows(void)
{
	struct stage s;

	raise_curtain(&s, TAKEN, true);
	CHECK_INT(sent_by(&s, 0), 0); /* nothing changed */
	change_now(&s);
	CHECK_INT(sent_by(&s, 1), 1); /* the first one at once */
	CHECK_INT(sent_by(&s, 2), 1);
	change_now(&s);
	change_now(&s);
	CHECK_INT(sent_by(&s, 2000), 1);
	CHECK_INT(sent_by(&s, 2001), 2); /* both in one, after 2 s */
	change_now(&s);
	CHECK_INT(sent_by(&s, 12000), 2);
	CHECK_INT(sent_by(&s, 12001), 3); /* then 10 s */
	change_now(&s);
	CHECK_INT(sent_by(&s, 72000), 3);
	CHECK_INT(sent_by(&s, 72001), 4); /* then 60 s, */
	change_now(&s);
	CHECK_INT(sent_by(&s, 132000), 4);
	CHECK_INT(sent_by(&s, 132001), 5); /* and no longer */
	change_now(&s);
	CHECK_INT(sent_by(&s, 400000), 6); /* quiet for long: as the first */
	change_now(&s);
	CHECK_INT(sent_by(&s, 401999), 6);
	CHECK_INT(sent_by(&s, 402000), 7);
	drop_curtain(&s);
}

static void
fields(void)
{
	struct stage s;

	raise_curtain(&s, TAKEN, true);
	change_now(&s);
	CHECK_INT(sent_by(&s, 0), 1);
	CHECK(strstr(s.service.heard, "POST /?id=1 HTTP/1.1\r\n") != NULL);
	CHECK(strstr(s.service.heard, "\r\nTTL: 86400\r\n") != NULL);
	CHECK(strstr(s.service.heard, "\r\nUrgency: normal\r\n") != NULL);
	CHECK(strstr(s.service.heard, "\r\nTopic: ") != NULL);
	CHECK(strstr(s.service.heard, "\r\nContent-Encoding: aes128gcm\r\n") != NULL);
	CHECK(strstr(s.service.heard, "\r\nAuthorization: vapid t=") != NULL);
	CHECK(strstr(s.service.heard, "push-message") == NULL); /* sealed */
	drop_curtain(&s);
}

static void
failures(void)
{
	static const struct {
		const char *answer;
		unsigned at_once; /* messages in the first round */
		int64_t again_ms;
		bool forgotten;     /* after the first round */
		bool forgotten_day; /* after a day of the same */
	} rows[] = {
		{ GONE, 1, 0, true, true },
		{ MISSING, 1, 30000, false, true },
		{ LARGE, 2, 30000, false, false }, /* again without the token */
		{ LATER, 1, 100000, false, false },
		{ REFUSED, 1, 30000, false, false },
	};
	struct stage s;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		raise_curtain(&s, rows[i].answer, true);
		change_now(&s);
		CHECK_INT(sent_by(&s, 0), rows[i].at_once);
		CHECK(is_registered(&s) == !rows[i].forgotten);
		if (rows[i].again_ms) {
			CHECK_INT(sent_by(&s, rows[i].again_ms - 1), rows[i].at_once);
			CHECK_INT(sent_by(&s, rows[i].again_ms), 2 * rows[i].at_once);
			CHECK(is_registered(&s));
		}
		(void)sent_by(&s, WHEN_DAY_MS);
		CHECK(is_registered(&s) == !rows[i].forgotten_day);
		drop_curtain(&s);
	}
}

static void
expired(void)
{
	struct stage s;

	raise_curtain(&s, TAKEN, true);
	change_now(&s);
	CHECK_INT(sent_by(&s, 10 * WHEN_DAY_MS), 0);
	drop_curtain(&s);
}

static void
inner(void)
{
	struct stage s;

	raise_curtain(&s, TAKEN, false);
	change_now(&s);
	CHECK_INT(sent_by(&s, 0), 0);
	CHECK_INT(s.service.requests, 0);
	drop_curtain(&s);
}

/* The public key is the private one's, and stays. */
static void
keys(void)
{
	struct stage s;
	struct courier_push_setup setup = { .contact = STR("mailto:a@b") };
	str secret;
	str first;
	str again;
	struct seal_pair pair;

	raise_curtain(&s, TAKEN, true);
	CHECK_OK(store_secret_find(s.f.store, s.f.arena, STORE_PUSH_PRIVATE, &secret));
	CHECK_OK(store_secret_find(s.f.store, s.f.arena, STORE_PUSH_PUBLIC, &first));
	CHECK_OK(seal_pair_read(s.f.arena, secret, &pair));
	CHECK_STR(first, pair.public_key);
	courier_push_close(&s.push);
	CHECK_OK(courier_push_open(&setup, s.f.store, &s.push));
	CHECK_OK(store_secret_find(s.f.store, s.f.arena, STORE_PUSH_PUBLIC, &again));
	CHECK_STR(again, first);
	drop_curtain(&s);
}

int
main(void)
{
	return CHECK_RUN({ "windows", windows }, { "fields", fields },
	    { "failures", failures }, { "expired", expired },
	    { "inner addresses", inner }, { "keys", keys });
}

/*
 * fixture_int.h - for the room's tests: a store of their own, a gateway on loopback, and a
 * record of what the asking side was told.
 */
#ifndef KITH_COURIER_FIXTURE_INT_H
#define KITH_COURIER_FIXTURE_INT_H

#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"
#include "base/when.h"
#include "courier/courier.h"
#include "store/letter.h"

#define FIXTURE_TOLD_MAX  256
#define GATEWAY_HEARD_MAX 8192
#define GATEWAY_IDS_MAX   256

#define KANNEL_YES "HTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\n0:"

/* --- a store --- */

struct fixture {
	struct arena *arena;
	char place[32]; /* the data folder */
	struct store *store;
	struct call call;
};

static inline void
fixture_reopen(struct fixture *f)
{
	struct why why = { 0 };

	must(store_open(str_of(f->place), &f->store, &why) == OK);
	f->call = (struct call){
		.store = f->store, .arena = f->arena, .now_ms = when_now_ms()
	};
}

static inline void
fixture_open(struct fixture *f)
{
	*f = (struct fixture){ .arena = arena_open(), .place = "/tmp/kith-XXXXXX" };
	must(mkdtemp(f->place));
	fixture_reopen(f);
}

static inline void
fixture_close(struct fixture *f)
{
	static const char *const files[] = { "kith.db", "kith.db-wal", "kith.db-shm",
		"courier.lock" };
	char path[64];

	store_close(&f->store);
	arena_close(&f->arena);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", f->place, files[i]);
		(void)unlink(path);
	}
	(void)rmdir(f->place);
}

struct posting {
	const struct call *call;
	const struct courier_letter *letter;
	int64_t id;
	enum err afterwards;
};

static inline enum err
post(struct store_tx *tx, void *arg)
{
	struct posting *p = arg;

	TRY(courier_post(tx, p->call, p->letter, &p->id));
	return p->afterwards;
}

static inline int64_t
fixture_post(struct fixture *f, const struct courier_letter *letter)
{
	struct posting p = { .call = &f->call, .letter = letter };

	CHECK_OK(store_write(f->store, post, &p));
	return p.id;
}

static inline struct store_letter
fixture_letter(struct fixture *f, int64_t id)
{
	SCOPED(store_tx) tx = NULL;
	struct store_letter out = { 0 };

	CHECK_OK(store_look(f->store, &tx));
	CHECK_OK(store_letter_find(tx, f->arena, id, &out));
	return out;
}

/* One round at that moment, with a courier of its own. */
static inline void
fixture_round(struct fixture *f, const struct courier_setup *setup, int64_t now_ms)
{
	SCOPED(courier) courier = NULL;
	struct call call = f->call;
	struct why why = { 0 };
	int64_t next_ms = 0;

	call.now_ms = now_ms;
	CHECK_OK(courier_open(setup, &courier, &why));
	CHECK_OK(courier_round(courier, &call, &next_ms));
}

/* --- what the asking side hears --- */

static struct courier_news told_news[FIXTURE_TOLD_MAX];
static size_t told_count;

static inline enum err
note_told(struct store_tx *tx, const struct call *call, const struct courier_news *news)
{
	(void)tx;
	(void)call;
	must(told_count < FIXTURE_TOLD_MAX);
	told_news[told_count++] = *news;
	return OK;
}

/* --- a gateway: says the same to every request, counts letters by what is behind id= --- */

struct gateway {
	const char *answer;
	int listener;
	unsigned port;
	pthread_t thread;
	pthread_mutex_t lock;
	char heard[GATEWAY_HEARD_MAX]; /* the last request, NUL-terminated */
	unsigned requests;
	struct {
		int64_t id;
		unsigned times;
	} counts[GATEWAY_IDS_MAX];
	size_t count;
};

static inline void
gateway_count(struct gateway *g, const char *request)
{
	const char *mark = strstr(request, "id=");
	int64_t id = mark ? strtoll(mark + 3, NULL, 10) : 0;
	size_t i = 0;

	while (i < g->count && g->counts[i].id != id)
		i++;
	must(i < GATEWAY_IDS_MAX);
	if (i == g->count)
		g->counts[g->count++].id = id;
	g->counts[i].times++;
	g->requests++;
}

/* The head, and the body that was announced. */
static inline bool
gateway_hear(int fd, char *heard)
{
	size_t bytes = 0;
	ssize_t got;

	while ((got = read(fd, heard + bytes, GATEWAY_HEARD_MAX - 1 - bytes)) > 0) {
		const char *end;
		const char *length;

		bytes += (size_t)got;
		heard[bytes] = '\0';
		end = strstr(heard, "\r\n\r\n");
		length = strstr(heard, "Content-Length: ");
		if (end && bytes >= (size_t)(end + 4 - heard) +
					(length ? strtoul(length + 16, NULL, 10) : 0))
			return true;
	}
	return false;
}

static inline void *
gateway_run(void *self)
{
	struct gateway *g = self;
	char heard[GATEWAY_HEARD_MAX];
	int fd;

	while ((fd = accept(g->listener, NULL, NULL)) >= 0) {
		if (gateway_hear(fd, heard)) {
			must(pthread_mutex_lock(&g->lock) == 0);
			gateway_count(g, heard);
			memcpy(g->heard, heard, strlen(heard) + 1);
			must(pthread_mutex_unlock(&g->lock) == 0);
			(void)send(fd, g->answer, strlen(g->answer), MSG_NOSIGNAL);
		}
		(void)close(fd);
	}
	return NULL;
}

static inline void
gateway_open(struct gateway *g, const char *answer, void *(*run)(void *))
{
	struct sockaddr_in here = { .sin_family = AF_INET };
	socklen_t bytes = sizeof here;

	*g = (struct gateway){ .answer = answer, .lock = PTHREAD_MUTEX_INITIALIZER };
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	g->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	must(bind(g->listener, (struct sockaddr *)&here, sizeof here) == 0);
	must(listen(g->listener, 64) == 0);
	must(getsockname(g->listener, (struct sockaddr *)&here, &bytes) == 0);
	g->port = ntohs(here.sin_port);
	must(pthread_create(&g->thread, NULL, run, g) == 0);
}

static inline void
gateway_close(struct gateway *g)
{
	(void)shutdown(g->listener, SHUT_RDWR);
	(void)pthread_join(g->thread, NULL);
	(void)close(g->listener);
}

static inline unsigned
gateway_times(struct gateway *g, int64_t id)
{
	unsigned times = 0;

	must(pthread_mutex_lock(&g->lock) == 0);
	for (size_t i = 0; i < g->count; i++)
		if (g->counts[i].id == id)
			times = g->counts[i].times;
	must(pthread_mutex_unlock(&g->lock) == 0);
	return times;
}

#endif

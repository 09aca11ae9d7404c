/*
 * fixture_int.h - a server in the test's own process, and a client that can misbehave.
 *
 * Included by the tests of this room only; every one of them is a program of its own.
 */
#ifndef KITH_SERVE_FIXTURE_INT_H
#define KITH_SERVE_FIXTURE_INT_H

#include <errno.h>
#include <poll.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "auth/auth.h"
#include "base/check.h"
#include "base/when.h"
#include "serve/serve_int.h"

#define PATIENCE_MS      20000
#define HEAR_MAX_BYTES   ((size_t)8 * 1024 * 1024)
#define TEST_BODY_BYTES  ((size_t)1024 * 1024)
#define SMALL_BODY_BYTES ((size_t)10)

static struct serve *server;
static pthread_t server_thread;
static sem_t gate;            /* "/wait" passes it */
static atomic_int at_gate;    /* how many are there */
static atomic_int closes;     /* of streams */
static atomic_int pulls_here; /* pieces made on a loop */
static atomic_int reloads;

/* --- who is known: the credentials say it themselves --- */

bool
auth_basic_known(struct auth *auth, const struct call *call, str authorization,
    struct auth_caller *out)
{
	(void)auth, (void)call;
	*out = (struct auth_caller){ .account = 7 };
	return str_same(authorization, STR("Basic known"));
}

enum err
auth_basic(struct auth *auth, const struct call *call, str authorization, str peer,
    struct auth_caller *out)
{
	(void)auth, (void)call, (void)peer;
	*out = (struct auth_caller){ .account = 8 };
	if (str_same(authorization, STR("Basic known")) ||
	    str_same(authorization, STR("Basic slow")))
		return OK;
	return str_same(authorization, STR("Basic often")) ? ERR_LIMIT : ERR_WHO;
}

enum err
auth_session_find(
    struct auth *auth, const struct call *call, str token, int64_t *out_who, str *csrf)
{
	(void)auth, (void)call;
	if (!str_same(token, STR("session")))
		return ERR_WHO;
	*out_who = 9;
	*csrf = (str){ 0 };
	return OK;
}

/* --- what it serves --- */

static bool
on_loop_thread(void)
{
	for (unsigned i = 0; i < server->loop_count; i++)
		if (pthread_equal(pthread_self(), server->loops[i].thread))
			return true;
	return false;
}

static void
answer_echo(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	(void)self;
	http_answer(res, 200, STR("text/plain"),
	    arena_printf(call->arena,
		"<%.*s %.*s ?%.*s from %.*s at %.*s%s, %zu: %.*s, who %d, on %s>",
		STR_ARG(http_method_name(req->method)), STR_ARG(req->path),
		STR_ARG(req->query), STR_ARG(req->peer), STR_ARG(req->origin),
		req->secure ? " secure" : "", req->body.len,
		STR_ARG(str_part(req->body, 0, 40)), (int)call->who,
		on_loop_thread() ? "loop" : "worker"));
}

static void
answer_wait(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	atomic_fetch_add(&at_gate, 1);
	while (sem_wait(&gate) != 0)
		continue;
	answer_echo(self, call, req, res);
}

/* Letters, as many as the path says; "/stream/fail" breaks off in the second piece. */
struct letters {
	int64_t left;
	bool fails, here;
};

static enum err
next_letters(void *self, struct buf *out, bool *last)
{
	struct letters *letters = self;
	int64_t piece = (int64_t)HTTP_PIECE_BYTES;
	size_t len = (size_t)(letters->left < piece ? letters->left : piece);
	char *at = buf_room(out, len);

	if (on_loop_thread())
		atomic_fetch_add(&pulls_here, 1);
	if (letters->fails && !letters->left)
		return ERR_STORE;
	if (!at)
		return ERR_TOO_LARGE;
	memset(at, 'x', len);
	out->len += len;
	letters->left -= (int64_t)len;
	*last = !letters->fails && !letters->left;
	return OK;
}

static void
close_letters(void *self)
{
	(void)self;
	atomic_fetch_add(&closes, 1);
}

static void
answer_stream(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	struct letters *letters = ARENA_NEW(call->arena, struct letters);
	str number = str_part(req->path, req->route, req->path.len);

	(void)self;
	letters->fails = str_same(number, STR("fail"));
	if (letters->fails)
		letters->left = (int64_t)HTTP_PIECE_BYTES;
	else
		(void)str_number(number, &letters->left);
	res->status = 200;
	http_set(res, STR("Content-Type"), STR("text/plain"));
	res->stream = (struct http_stream){ next_letters, close_letters, letters };
}

static const struct route routes[] = {
	{ STR_CONST("/"), ROUTE_OPEN, TEST_BODY_BYTES, answer_echo, NULL },
	{ STR_CONST("/dav/"), ROUTE_ACCOUNT, TEST_BODY_BYTES, answer_echo, NULL },
	{ STR_CONST("/dav/news"), ROUTE_LISTENER, TEST_BODY_BYTES, answer_echo, NULL },
	{ STR_CONST("/small/"), ROUTE_OPEN, SMALL_BODY_BYTES, answer_echo, NULL },
	{ STR_CONST("/slow/"), ROUTE_SLOW, TEST_BODY_BYTES, answer_echo, NULL },
	{ STR_CONST("/wait/"), ROUTE_OPEN, TEST_BODY_BYTES, answer_wait, NULL },
	{ STR_CONST("/stream/"), ROUTE_OPEN, TEST_BODY_BYTES, answer_stream, NULL },
};

static const struct serve_setup setup_usual = {
	.listen = STR_CONST("127.0.0.1:0"),
	.loops = 2,
	.workers = 2,
	.realm = STR_CONST("The \"Kith\" of Ada"),
	.routes = routes,
	.route_count = sizeof routes / sizeof *routes,
};

/* --- the server --- */

static void
on_reload(void *self)
{
	(void)self;
	atomic_fetch_add(&reloads, 1);
}

static void *
run_server(void *unused)
{
	(void)unused;
	serve_run(server, on_reload, NULL);
	return NULL;
}

[[maybe_unused]] static void
start(const struct serve_setup *setup, const struct serve_limits *limits)
{
	struct why why = { 0 };

	atomic_store(&at_gate, 0);
	atomic_store(&closes, 0);
	atomic_store(&pulls_here, 0);
	must(sem_init(&gate, 0, 0) == 0);
	must(serve_open_with(setup, limits, &server, &why) == OK);
	must(pthread_create(&server_thread, NULL, run_server, NULL) == 0);
}

[[maybe_unused]] static void
start_usual(void)
{
	start(&setup_usual, &serve_default_limits);
}

[[maybe_unused]] static void
stop(void)
{
	serve_stop(server);
	(void)pthread_join(server_thread, NULL);
	serve_close(&server);
	(void)sem_destroy(&gate);
}

[[maybe_unused]] static void
open_gate(int times)
{
	while (times--)
		must(sem_post(&gate) == 0);
}

/* Waits for a number to be reached, a while and not for ever. */
[[maybe_unused]] static bool
comes_to(atomic_int *number, int wanted)
{
	int64_t end_ms = when_steady_ms() + PATIENCE_MS;

	while (atomic_load(number) < wanted && when_steady_ms() < end_ms)
		(void)usleep(1000);
	return atomic_load(number) == wanted;
}

[[maybe_unused]] static bool
connections_come_to(uint64_t wanted)
{
	int64_t end_ms = when_steady_ms() + PATIENCE_MS;

	while (serve_counts(server).connections != wanted && when_steady_ms() < end_ms)
		(void)usleep(1000);
	return serve_counts(server).connections == wanted;
}

/* --- the client --- */

[[maybe_unused]] static int
client(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	str port = serve_url(server);
	const void *at = &to;
	int64_t number = 0;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	while (str_has(port, ':'))
		(void)str_cut(&port, ':');
	must(str_number(port, &number));
	to.sin_port = htons((uint16_t)number);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	must(fd >= 0 && connect(fd, at, sizeof to) == 0);
	return fd;
}

/* What the server no longer wants to hear is lost without complaint. */
[[maybe_unused]] static void
say(int fd, str text)
{
	while (text.len) {
		ssize_t sent = send(fd, text.at, text.len, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		text = str_part(text, (size_t)sent, text.len);
	}
}

static bool
can_read(int fd)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	return poll(&poll_fd, 1, PATIENCE_MS) == 1;
}

/* All until `until` has been heard so many times (0: until the server closes). */
[[maybe_unused]] static str
hear(struct arena *arena, int fd, str until, unsigned times)
{
	struct buf heard = buf_in(arena, HEAR_MAX_BYTES);

	for (;;) {
		str text = buf_str(&heard);
		unsigned seen = 0;
		char *room = buf_room(&heard, 4096);
		ssize_t len;

		for (size_t at = 0; times && text.len;
		     at = str_find(text, until) + until.len) {
			text = str_part(text, at, text.len);
			if (str_find(text, until) == SIZE_MAX)
				break;
			seen++;
		}
		if ((times && seen >= times) || !room || !can_read(fd))
			break;
		len = recv(fd, room, 4096, 0);
		if (len <= 0)
			break;
		heard.len += (size_t)len;
	}
	return buf_str(&heard);
}

/* One connection's whole life: says all, closes its side, hears all. */
[[maybe_unused]] static str
ask(struct arena *arena, str text)
{
	int fd = client();
	str heard;

	say(fd, text);
	(void)shutdown(fd, SHUT_WR);
	heard = hear(arena, fd, (str){ 0 }, 0);
	(void)close(fd);
	return heard;
}

/* Whether the server has closed, within the time tests have. */
[[maybe_unused]] static bool
is_closed(int fd)
{
	char byte;

	return can_read(fd) && recv(fd, &byte, 1, 0) <= 0;
}

[[maybe_unused]] static bool
has(str text, const char *part)
{
	bool found = str_find(text, str_of(part)) != SIZE_MAX;

	if (!found)
		check_str(text, str_of(part), "answer", 0);
	return found;
}

#endif

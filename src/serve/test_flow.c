/* test_flow.c - what takes time: slow clients, long answers, crowds, the end. */
#include <malloc.h>
#include <signal.h>

#include "serve/fixture_int.h"

#define SHORT_MS          100
#define IDLE_CONNECTIONS  2000
#define IDLE_MAX_BYTES    1024 /* of memory for each */
#define STREAM_BYTES      100000000
#define STREAM_MEMORY_MAX ((size_t)8 * 1024 * 1024)

static struct serve_limits
limits_with(enum wait wait, int64_t limit_ms)
{
	struct serve_limits limits = serve_default_limits;

	limits.wait_ms[wait] = limit_ms;
	limits.tick_ms = SHORT_MS / 10;
	return limits;
}

/* The memory of this process that is in use, without what malloc keeps free. */
static size_t
memory_used(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd;
}

/* --- clients that take their time --- */

static const struct {
	const char *name;
	enum wait wait;
	const char *said, *trickle, *answer;
} slow[] = {
	{ "says nothing", WAIT_HEAD, "", "", "" },
	{ "half a head", WAIT_HEAD, "GET / HT", "", "HTTP/1.1 408 " },
	{ "a head for ever", WAIT_HEAD, "GET / HTTP/1.1\r\n", "A:b\r\n",
	    "HTTP/1.1 408 " },
	{ "half a body", WAIT_BODY,
	    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe", "",
	    "HTTP/1.1 408 " },
	{ "chunk extensions for ever", WAIT_BODY,
	    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;", "x",
	    "HTTP/1.1 408 " },
	{ "no second request", WAIT_IDLE, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "",
	    "HTTP/1.1 200 " },
	{ "talks on when refused", WAIT_LINGER, "nonsense\r\n\r\n", "x",
	    "HTTP/1.1 501 " },
};

static void
one_slow_client(size_t i)
{
	SCOPED(arena) arena = arena_open();
	struct serve_limits limits = limits_with(slow[i].wait, SHORT_MS);
	int64_t start_ms = when_steady_ms();
	int fd;

	start(&setup_usual, &limits);
	fd = client();
	say(fd, str_of(slow[i].said));
	for (int k = 0; k < 20 && slow[i].trickle[0]; k++) {
		(void)usleep(SHORT_MS * 1000 / 10);
		say(fd, str_of(slow[i].trickle));
	}
	CHECK(str_starts(hear(arena, fd, (str){ 0 }, 0), str_of(slow[i].answer)));
	CHECK(when_steady_ms() - start_ms >= SHORT_MS);
	CHECK(connections_come_to(0));
	(void)close(fd);
	stop();
}

static void
slow_clients_are_let_go(void)
{
	for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
		check_about(slow[i].name);
		one_slow_client(i);
	}
}

/* A body may take longer than its limit as long as something comes. */
static void
a_slow_body_is_waited_for(void)
{
	SCOPED(arena) arena = arena_open();
	struct serve_limits limits = limits_with(WAIT_BODY, SHORT_MS);
	int fd;

	start(&setup_usual, &limits);
	fd = client();
	say(fd, STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n"));
	for (int i = 0; i < 20; i++) {
		(void)usleep(SHORT_MS * 1000 / 10);
		say(fd, STR("x"));
	}
	CHECK(has(hear(arena, fd, STR(">"), 1), "20: xxxxx"));
	(void)close(fd);
	stop();
}

/* --- long answers --- */

static void
ask_stream(int fd, const char *method, const char *number, const char *version)
{
	char text[200];
	int len = snprintf(text, sizeof text,
	    "%s /stream/%s HTTP/%s\r\nHost: a\r\nContent-Length: 0\r\n\r\n", method,
	    number, version);

	say(fd, (str){ text, (size_t)len });
}

/* Reads to the end with a pause now and then; returns the bytes, and the most memory. */
static size_t
read_slowly(int fd, size_t stop_at, size_t *most)
{
	static char room[256 * 1024];
	size_t sum = 0;
	unsigned reads = 0;

	*most = 0;
	while (sum < stop_at && can_read(fd)) {
		ssize_t len = recv(fd, room, sizeof room, 0);

		if (len <= 0)
			break;
		sum += (size_t)len;
		if (++reads % 16 == 0) {
			size_t used = memory_used();

			*most = used > *most ? used : *most;
			(void)usleep(1000);
		}
	}
	return sum;
}

static void
a_long_answer_keeps_memory_flat(void)
{
	static const char *const methods[] = { "GET", "POST" };
	size_t before, most;
	int fd;

	for (size_t i = 0; i < 2; i++) {
		check_about(methods[i]);
		start_usual();
		before = memory_used();
		fd = client();
		ask_stream(fd, methods[i], "100000000", "1.1");
		CHECK(read_slowly(fd, STREAM_BYTES, &most) >= STREAM_BYTES);
		CHECK(most < before + STREAM_MEMORY_MAX);
		CHECK(comes_to(&closes, 1));
		CHECK_INT(atomic_load(&pulls_here) > 0, i == 0);
		(void)close(fd);
		stop();
	}
}

/* The pieces in their frames, whole and in order: a second request finds its answer. */
static void
a_long_answer_is_chunked(void)
{
	SCOPED(arena) arena = arena_open();
	str heard;
	int fd;

	start_usual();
	fd = client();
	ask_stream(fd, "POST", "65537", "1.1");
	say(fd, STR("GET /next HTTP/1.1\r\nHost: a\r\n\r\n"));
	heard = hear(arena, fd, STR("<GET /next"), 1);
	CHECK(has(heard, "Transfer-Encoding: chunked\r\n"));
	CHECK(has(heard, "\r\n\r\n10000\r\nxxx"));
	CHECK(has(heard, "xxx\r\n1\r\nx\r\n0\r\n\r\nHTTP/1.1 200 OK"));
	CHECK(str_find(heard, STR("Content-Length: 65537")) == SIZE_MAX);
	(void)close(fd);
	CHECK_INT(atomic_load(&closes), 1);
	stop();
}

static void
a_short_stream_has_a_length(void)
{
	SCOPED(arena) arena = arena_open();
	str heard;
	int fd;

	start_usual();
	fd = client();
	ask_stream(fd, "GET", "5", "1.1");
	heard = hear(arena, fd, STR("xxxxx"), 1);
	CHECK(has(heard, "Content-Length: 5\r\n"));
	CHECK(str_find(heard, STR("chunked")) == SIZE_MAX);
	ask_stream(fd, "POST", "0", "1.1");
	CHECK(has(hear(arena, fd, STR("\r\n\r\n"), 1), "Content-Length: 0\r\n"));
	(void)close(fd);
	CHECK(comes_to(&closes, 2));
	stop();
}

static void
a_long_answer_to_an_old_client(void)
{
	SCOPED(arena) arena = arena_open();
	str heard;
	int fd;

	start_usual();
	fd = client();
	ask_stream(fd, "GET", "100000", "1.0");
	heard = hear(arena, fd, (str){ 0 }, 0);
	CHECK(has(heard, "Connection: close\r\n"));
	CHECK(str_find(heard, STR("chunked")) == SIZE_MAX);
	CHECK_INT(heard.len - str_find(heard, STR("\r\n\r\n")) - 4, 100000);
	(void)close(fd);
	stop();
}

/* No end of chunks, and a reset: nobody takes half for the whole. */
static void
an_answer_that_breaks_off(void)
{
	static const char *const methods[] = { "GET", "POST" };

	start_usual();
	for (size_t i = 0; i < 2; i++) {
		SCOPED(arena) arena = arena_open();
		int fd = client();
		str heard;

		check_about(methods[i]);
		ask_stream(fd, methods[i], "fail", "1.1");
		heard = hear(arena, fd, (str){ 0 }, 0);
		CHECK(str_find(heard, STR("\r\n0\r\n\r\n")) == SIZE_MAX);
		(void)close(fd);
		CHECK(comes_to(&closes, (int)i + 1));
	}
	CHECK(connections_come_to(0));
	stop();
}

static void
a_client_that_leaves(void)
{
	static const char *const methods[] = { "GET", "POST" };
	size_t most;

	start_usual();
	for (int i = 0; i < 20; i++) {
		int fd = client();

		ask_stream(fd, methods[i % 2], "100000000", "1.1");
		CHECK(read_slowly(fd, 200000, &most) >= 200000);
		(void)close(fd);
	}
	CHECK(connections_come_to(0));
	CHECK_INT(atomic_load(&closes), 20);
	stop();
}

static void
a_client_that_takes_nothing(void)
{
	struct serve_limits limits = limits_with(WAIT_WRITE, SHORT_MS);
	int fd;

	start(&setup_usual, &limits);
	fd = client();
	ask_stream(fd, "GET", "100000000", "1.1");
	CHECK(connections_come_to(1));
	CHECK(connections_come_to(0));
	CHECK_INT(atomic_load(&closes), 1);
	(void)close(fd);
	stop();
}

/* --- crowds --- */

static void
a_full_queue(void)
{
	SCOPED(arena) arena = arena_open();
	struct serve_limits limits = serve_default_limits;
	int fds[4], late;

	limits.queue = 2;
	start(&setup_usual, &limits);
	for (int i = 0; i < 4; i++) {
		fds[i] = client();
		say(fds[i], STR("POST /wait/ HTTP/1.1\r\nHost: a\r\n"
				"Content-Length: 0\r\n\r\n"));
		if (i < 2) /* the two workers take one each, the queue the rest */
			CHECK(comes_to(&at_gate, i + 1));
	}
	while (serve_counts(server).queued < 2)
		(void)usleep(1000);
	late = client();
	say(late, STR("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"));
	CHECK(has(hear(arena, late, STR("\r\n\r\n"), 1), "Retry-After: 2\r\n"));
	say(late, STR("GET /still HTTP/1.1\r\nHost: a\r\n\r\n"));
	CHECK(has(hear(arena, late, STR(">"), 1), "<GET /still"));
	open_gate(4);
	for (int i = 0; i < 4; i++) {
		CHECK(has(hear(arena, fds[i], STR(">"), 1), "<POST /wait/"));
		(void)close(fds[i]);
	}
	(void)close(late);
	stop();
}

static void
too_many_connections(void)
{
	SCOPED(arena) arena = arena_open();
	struct serve_limits limits = serve_default_limits;
	struct serve_setup setup = setup_usual;
	int fds[3];

	for (int proxied = 0; proxied < 2; proxied++) {
		check_about(proxied ? "all together" : "of one peer");
		limits.per_peer = 2;
		limits.connections = proxied ? 2 : 100;
		setup.trusted_proxy = proxied ? STR("127.0.0.1") : (str){ 0 };
		start(&setup, &limits);
		for (int i = 0; i < 3; i++) {
			fds[i] = client();
			say(fds[i], STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
			if (i < 2)
				CHECK(has(hear(arena, fds[i], STR(">"), 1), "<GET /"));
		}
		CHECK(is_closed(fds[2]));
		(void)close(fds[0]);
		CHECK(connections_come_to(1));
		(void)close(fds[2]);
		fds[0] = client();
		say(fds[0], STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
		CHECK(has(hear(arena, fds[0], STR(">"), 1), "<GET /"));
		(void)close(fds[0]);
		(void)close(fds[1]);
		stop();
	}
}

static void
idle_connections_are_cheap(void)
{
	SCOPED(arena) arena = arena_open();
	static int fds[IDLE_CONNECTIONS];
	size_t before;

	start_usual();
	before = memory_used();
	for (int i = 0; i < IDLE_CONNECTIONS; i++) {
		SCOPED(arena) own = arena_open();

		fds[i] = client();
		say(fds[i], STR("GET /x HTTP/1.1\r\nHost: a\r\n\r\n"));
		CHECK(has(hear(own, fds[i], STR(">"), 1), "<GET /x"));
	}
	CHECK_INT(serve_counts(server).connections, IDLE_CONNECTIONS);
	printf("# bytes for an idle connection: %zu\n",
	    (memory_used() - before) / IDLE_CONNECTIONS);
	CHECK(memory_used() - before < (size_t)IDLE_CONNECTIONS * IDLE_MAX_BYTES);
	say(fds[7], STR("GET /again HTTP/1.1\r\nHost: a\r\n\r\n"));
	CHECK(has(hear(arena, fds[7], STR(">"), 1), "<GET /again"));
	for (int i = 0; i < IDLE_CONNECTIONS; i++)
		(void)close(fds[i]);
	CHECK(connections_come_to(0));
	stop();
}

/* --- the end --- */

/* A call that runs is answered; who is idle is let go; nobody new is let in. */
static void
draining(void)
{
	SCOPED(arena) arena = arena_open();
	struct serve_setup setup = setup_usual;
	int running, idle, fresh;

	setup.loops = 1; /* two hear of it one after the other */
	start(&setup, &serve_default_limits);
	running = client();
	idle = client();
	fresh = client();
	say(running,
	    STR("POST /wait/ HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"));
	say(idle, STR("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
	CHECK(has(hear(arena, idle, STR(">"), 1), "<GET /"));
	CHECK(comes_to(&at_gate, 1));
	CHECK(connections_come_to(3));
	must(kill(getpid(), SIGTERM) == 0);
	CHECK(is_closed(idle));
	CHECK(is_closed(fresh));
	open_gate(1);
	CHECK(has(hear(arena, running, (str){ 0 }, 0), "Connection: close\r\n"));
	(void)pthread_join(server_thread, NULL);
	(void)close(running), (void)close(idle), (void)close(fresh);
	serve_close(&server);
	(void)sem_destroy(&gate);
}

/* serve_run() does not wait longer than it says; serve_close() waits for the call. */
static void
a_call_that_does_not_end(void)
{
	SCOPED(arena) arena = arena_open();
	struct serve_limits limits = serve_default_limits;
	int64_t start_ms;
	int fd;

	limits.drain_ms = SHORT_MS;
	start(&setup_usual, &limits);
	fd = client();
	say(fd, STR("POST /wait/ HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"));
	CHECK(comes_to(&at_gate, 1));
	start_ms = when_steady_ms();
	serve_stop(server);
	(void)pthread_join(server_thread, NULL);
	CHECK(when_steady_ms() - start_ms >= SHORT_MS);
	CHECK(when_steady_ms() - start_ms < PATIENCE_MS / 2);
	open_gate(1);
	serve_close(&server);
	(void)hear(arena, fd, (str){ 0 }, 0);
	CHECK(is_closed(fd));
	(void)close(fd);
	(void)sem_destroy(&gate);
}

static void
a_stream_at_the_end(void)
{
	size_t most;
	int fd;

	start_usual();
	fd = client();
	ask_stream(fd, "POST", "100000000", "1.1");
	CHECK(read_slowly(fd, 100000, &most) >= 100000);
	serve_stop(server);
	CHECK(read_slowly(fd, SIZE_MAX, &most) >= STREAM_BYTES - 800000);
	(void)pthread_join(server_thread, NULL);
	serve_close(&server);
	CHECK_INT(atomic_load(&closes), 1);
	(void)close(fd);
	(void)sem_destroy(&gate);
}

static void
reloading(void)
{
	start_usual();
	must(kill(getpid(), SIGHUP) == 0);
	CHECK(comes_to(&reloads, 1));
	stop();
}

int
main(void)
{
	return CHECK_RUN({ "slow clients are let go", slow_clients_are_let_go },
	    { "a slow body is waited for", a_slow_body_is_waited_for },
	    { "a long answer keeps memory flat", a_long_answer_keeps_memory_flat },
	    { "a long answer is chunked", a_long_answer_is_chunked },
	    { "a short stream has a length", a_short_stream_has_a_length },
	    { "a long answer to an old client", a_long_answer_to_an_old_client },
	    { "an answer that breaks off", an_answer_that_breaks_off },
	    { "a client that leaves", a_client_that_leaves },
	    { "a client that takes nothing", a_client_that_takes_nothing },
	    { "a full queue", a_full_queue },
	    { "too many connections", too_many_connections },
	    { "idle connections are cheap", idle_connections_are_cheap },
	    { "draining", draining },
	    { "a call that does not end", a_call_that_does_not_end },
	    { "a stream at the end", a_stream_at_the_end }, { "reloading", reloading });
}

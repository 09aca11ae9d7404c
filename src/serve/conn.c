/* conn.c - a connection: taken, read from, closed. */
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "serve/serve_int.h"

static void
free_when_over(struct conn *conn)
{
	struct loop *loop = conn->loop;

	if (!conn->closed || conn->turn)
		return;
	loop_arena_back(loop, &conn->rest_arena);
	peer_leave(loop->serve, &conn->peer);
	free(conn);
	loop->open--;
	if (loop->draining)
		loop_wake(loop);
}

static void
on_closed(uv_handle_t *handle)
{
	struct conn *conn = (struct conn *)handle;

	conn->closed = true;
	free_when_over(conn);
}

void
conn_close(struct conn *conn)
{
	struct turn *turn = conn->turn;

	if (conn->gone)
		return;
	conn->gone = true;
	wait_leave(conn);
	uv_close((uv_handle_t *)&conn->tcp, on_closed);
	if (turn && !turn->away && !turn->writing)
		turn_end(turn);
}

void
conn_reset(struct conn *conn)
{
	struct linger at_once = { .l_onoff = 1 };
	uv_os_fd_t fd;

	if (!conn->gone && uv_fileno((uv_handle_t *)&conn->tcp, &fd) == 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	conn_close(conn);
}

static bool
is_busy(const struct conn *conn)
{
	return conn->turn && !conn->turn->reading;
}

/* A request behind one whose answer is not out: read no further until it is. */
static void
keep_rest(struct conn *conn, str rest)
{
	if (!conn->rest_arena) {
		conn->rest_arena = loop_arena(conn->loop);
		rest = arena_copy(conn->rest_arena, rest);
	}
	conn->rest = rest;
	conn->paused = true;
	(void)uv_read_stop((uv_stream_t *)&conn->tcp);
}

static enum parse_step
read_on(struct turn *turn, str *bytes)
{
	enum parse_step step = parse_feed(turn->parse, bytes);
	unsigned status;

	if (step != PARSE_HEAD)
		return step;
	status = head_read(turn);
	if (status) {
		turn_refuse(turn, status, "a head that breaks a rule or a limit");
		return PARSE_HEAD;
	}
	return parse_feed(turn->parse, bytes);
}

/* The client holds its body back until it is asked for: RFC 9110 10.1.1. */
static void
ask_for_body(struct turn *turn)
{
	static char text[] = "HTTP/1.1 100 Continue\r\n\r\n";
	uv_buf_t piece = uv_buf_init(text, sizeof text - 1);

	turn->wants_100 = false;
	if (uv_try_write((uv_stream_t *)&turn->conn->tcp, &piece, 1) !=
	    (int)sizeof text - 1)
		conn_close(turn->conn);
}

/* The time for a head runs from its first byte, that for a body from its latest. */
static void
wait_for_more(struct turn *turn, size_t body_before)
{
	struct conn *conn = turn->conn;
	bool head = !turn->req.path.len;

	if (head ? conn->wait != WAIT_HEAD
		 : conn->wait != WAIT_BODY ||
		       parse_body_bytes(turn->parse) > body_before)
		wait_for(conn, head ? WAIT_HEAD : WAIT_BODY);
	if (turn->wants_100 && !parse_body_bytes(turn->parse))
		ask_for_body(turn);
}

#define TLS_HANDSHAKE "\x16\x03" /* RFC 8446 5.1: what a greeting by TLS begins with */

static void
step(struct conn *conn, str *bytes)
{
	struct turn *turn = conn->turn ? conn->turn : turn_open(conn);
	size_t body_before = parse_body_bytes(turn->parse);
	bool tls = !turn->req.path.len && str_starts(*bytes, STR(TLS_HANDSHAKE));

	switch (read_on(turn, bytes)) {
	case PARSE_MORE: wait_for_more(turn, body_before); return;
	case PARSE_DONE: turn_run(turn); return;
	case PARSE_BAD:
		if (tls)
			log_tls(conn);
		turn_refuse(turn, parse_status(turn->parse),
		    tls ? "TLS, where none is spoken" : "not a request of HTTP/1.1");
		return;
	case PARSE_HEAD: return; /* refused for what stands in it */
	}
}

static void
take(struct conn *conn, str bytes)
{
	conn->rest = (str){ 0 };
	while (bytes.len && !conn->gone && !conn->lingering && !is_busy(conn))
		step(conn, &bytes);
	if (bytes.len && !conn->gone && !conn->lingering)
		keep_rest(conn, bytes);
	else
		loop_arena_back(conn->loop, &conn->rest_arena);
}

static void
on_end(struct conn *conn, ssize_t why)
{
	conn->at_end = true;
	/* A client may close its side and still wait for the answer; not for one without an
	 * end. */
	if (why != UV_EOF || !is_busy(conn) || conn->wait == WAIT_NEWS)
		conn_close(conn);
}

static void
on_read(uv_stream_t *stream, ssize_t len, const uv_buf_t *into)
{
	struct conn *conn = (struct conn *)stream;

	if (len < 0)
		on_end(conn, len);
	else if (len > 0 && !conn->lingering)
		take(conn, (str){ into->base, (size_t)len });
}

static void
lend_room(uv_handle_t *handle, size_t wish, uv_buf_t *out)
{
	struct conn *conn = (struct conn *)handle;

	(void)wish;
	*out = uv_buf_init(conn->loop->read, READ_BYTES);
}

static void
read_again(struct conn *conn)
{
	conn->paused = false;
	(void)uv_read_start((uv_stream_t *)&conn->tcp, lend_room, on_read);
}

void
conn_resume(struct conn *conn)
{
	if (conn->gone)
		return;
	if (!conn->lingering)
		take(conn, conn->rest);
	if (conn->gone || is_busy(conn))
		return;
	if (conn->at_end)
		conn_close(conn);
	else if (conn->paused)
		read_again(conn);
}

/* Closing at once, with bytes unread, would make the kernel send a reset that can
 * overtake the answer: RFC 9112 9.6. */
static void
linger(struct conn *conn)
{
	uv_os_fd_t fd;

	conn->lingering = true;
	wait_for(conn, WAIT_LINGER);
	if (uv_fileno((uv_handle_t *)&conn->tcp, &fd) == 0)
		(void)shutdown(fd, SHUT_WR);
}

void
conn_turn_over(struct conn *conn)
{
	struct turn *turn = conn->turn;
	bool keeps_alive = turn->keeps_alive && !conn->loop->draining;

	conn->turn = NULL;
	if (conn->gone)
		free_when_over(conn);
	else if (turn->refused && !conn->at_end)
		linger(conn);
	else if (keeps_alive)
		wait_for(conn, WAIT_IDLE);
	else
		conn_close(conn);
}

/* The address as text, an IPv4 one always in its own form. */
static void
write_peer(struct conn *conn, const struct sockaddr_storage *from)
{
	static const char mapped[] = "::ffff:";
	const void *at = from;

	if (from->ss_family == AF_INET)
		(void)uv_ip4_name(at, conn->peer_text, sizeof conn->peer_text);
	else
		(void)uv_ip6_name(at, conn->peer_text, sizeof conn->peer_text);
	if (str_starts(str_of(conn->peer_text), str_of(mapped)) &&
	    str_has(str_of(conn->peer_text), '.'))
		memmove(conn->peer_text, conn->peer_text + sizeof mapped - 1,
		    strlen(conn->peer_text) - (sizeof mapped - 1) + 1);
}

static bool
may_enter(struct conn *conn)
{
	struct serve *serve = conn->loop->serve;
	struct sockaddr_storage from = { 0 };
	void *at = &from;
	int len = sizeof from;

	if (uv_tcp_getpeername(&conn->tcp, at, &len) != 0)
		return false;
	write_peer(conn, &from);
	conn->peer = peer_enter(
	    serve, at, !str_same(str_of(conn->peer_text), serve->setup.trusted_proxy));
	if (!conn->peer)
		atomic_fetch_add_explicit(
		    &conn->loop->refused, 1, memory_order_relaxed);
	return conn->peer != NULL;
}

void
conn_accept(uv_stream_t *listener, int status)
{
	struct loop *loop = listener->data;
	struct conn *conn;

	if (status != 0)
		return;
	conn = calloc(1, sizeof *conn);
	must(conn != NULL);
	conn->loop = loop;
	loop->open++;
	must(uv_tcp_init(&loop->uv, &conn->tcp) == 0);
	wait_for(conn, WAIT_HEAD);
	if (uv_accept(listener, (uv_stream_t *)&conn->tcp) == 0 && may_enter(conn))
		read_again(conn);
	else
		conn_close(conn);
}

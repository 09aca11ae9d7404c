/* answer.c - a response as bytes: head and body in one write. */
#include <string.h>

#include "base/when.h"
#include "serve/serve_int.h"

#define HEAD_ROOM_BYTES ((size_t)512)

void
answer_plain(struct turn *turn, unsigned status, enum err outcome, const char *what)
{
	turn->res = (struct http_res){ 0 };
	if (status == 204)
		turn->res.status = status;
	else
		http_answer(&turn->res, status, STR("text/plain; charset=utf-8"),
		    http_reason(status));
	turn->res.outcome = outcome;
	turn->res.what = what;
}

/* Made once a second: RFC 9110 6.6.1. */
static str
date(struct loop *loop, struct arena *arena)
{
	int64_t now_ms = when_now_ms();

	if (now_ms / WHEN_SECOND_MS != loop->date_s) {
		str text = when_imf(arena, now_ms);

		must(text.len < sizeof loop->date);
		memcpy(loop->date, text.at, text.len + 1);
		loop->date_s = now_ms / WHEN_SECOND_MS;
	}
	return str_of(loop->date);
}

static void
add_field(struct buf *head, str name, str value)
{
	buf_add(head, name);
	buf_add(head, STR(": "));
	buf_add(head, value);
	buf_add(head, STR("\r\n"));
}

static void
add_framing(struct buf *head, enum framing framing, size_t body_bytes)
{
	switch (framing) {
	case FRAMING_LENGTH:
		buf_add(head, STR("Content-Length: "));
		buf_add_int(head, (long long)body_bytes);
		buf_add(head, STR("\r\n"));
		return;
	case FRAMING_CHUNKED:
		buf_add(head, STR("Transfer-Encoding: chunked\r\n"));
		return;
	case FRAMING_NONE: return;
	}
}

static void
add_connection(struct buf *head, struct turn *turn)
{
	if (turn->loop->draining)
		turn->keeps_alive = false;
	if (!turn->keeps_alive)
		buf_add(head, STR("Connection: close\r\n"));
	else if (!parse_minor(turn->parse))
		buf_add(head, STR("Connection: keep-alive\r\n"));
}

str
answer_head(struct turn *turn, enum framing framing, size_t body_bytes)
{
	const struct http_res *res = &turn->res;
	struct buf head = buf_in(turn->arena, SIZE_MAX);

	(void)buf_room(&head, HEAD_ROOM_BYTES);
	buf_add(&head, STR("HTTP/1.1 "));
	buf_add_int(&head, res->status);
	buf_add_char(&head, ' ');
	buf_add(&head, http_reason(res->status));
	buf_add(&head, STR("\r\n"));
	add_field(&head, STR("Date"), date(turn->loop, turn->arena));
	for (size_t i = 0; i < res->field_count; i++)
		add_field(&head, res->fields[i].name, res->fields[i].value);
	add_framing(&head, framing, body_bytes);
	add_connection(&head, turn);
	buf_add(&head, STR("\r\n"));
	return buf_str(&head);
}

uv_buf_t
answer_piece(str text)
{
	return uv_buf_init((char *)(uintptr_t)text.at, (unsigned)text.len);
}

/* What is left of the pieces behind the first `sent` bytes. */
static unsigned
skip(uv_buf_t *pieces, unsigned count, size_t sent)
{
	unsigned left = 0;

	for (unsigned i = 0; i < count; i++) {
		size_t here = sent < pieces[i].len ? sent : pieces[i].len;

		sent -= here;
		if (pieces[i].len > here)
			pieces[left++] = uv_buf_init(
			    pieces[i].base + here, (unsigned)(pieces[i].len - here));
	}
	return left;
}

void
answer_queue(struct turn *turn, uv_buf_t *pieces, unsigned count, uv_write_cb sent)
{
	turn->write.data = turn;
	if (uv_write(&turn->write, (uv_stream_t *)&turn->conn->tcp, pieces, count,
		sent) != 0) {
		conn_close(turn->conn);
		return;
	}
	turn->writing = true;
	wait_for(turn->conn, WAIT_WRITE);
}

static void
finish(struct turn *turn, int status)
{
	struct conn *conn = turn->conn;

	if (status != 0)
		conn_close(conn);
	if (conn->turn)
		turn_end(turn);
}

static void
on_sent(uv_write_t *write, int status)
{
	struct turn *turn = write->data;
	struct conn *conn = turn->conn;

	turn->writing = false;
	finish(turn, status);
	conn_resume(conn);
}

/* Mostly the socket takes all of it at once, and nothing has to be waited for. */
static void
send_whole(struct turn *turn, str head, str body)
{
	uv_buf_t pieces[] = { answer_piece(head), answer_piece(body) };
	int taken =
	    uv_try_write((uv_stream_t *)&turn->conn->tcp, pieces, body.len ? 2 : 1);
	unsigned left = skip(pieces, body.len ? 2 : 1, taken > 0 ? (size_t)taken : 0);

	turn->sent_bytes = head.len + body.len;
	if (!left)
		finish(turn, 0);
	else if (taken < 0 && taken != UV_EAGAIN)
		conn_close(turn->conn);
	else
		answer_queue(turn, pieces, left, on_sent);
}

/* What was streamed but fitted into one piece is answered like any short body. */
static str
whole_body(const struct turn *turn)
{
	return turn->res.stream.next ? buf_str(&turn->piece) : turn->res.body;
}

/* RFC 9110 8.6: no length with 204 and 304; with HEAD the one GET would have given,
 * unless that is not known. */
static enum framing
framing_of(const struct turn *turn)
{
	const struct http_res *res = &turn->res;

	if (res->status == 204 || res->status == 304)
		return FRAMING_NONE;
	if (turn->req.method == HTTP_HEAD && res->stream.next)
		return FRAMING_NONE;
	return FRAMING_LENGTH;
}

void
answer_send(struct turn *turn)
{
	enum framing framing = framing_of(turn);
	str body = { 0 };

	must(turn->res.status != 0);
	if (turn->loop->serve->setup.trace && turn->route && !turn->last)
		log_trace(turn);
	if (turn->res.stream.next && turn->req.method != HTTP_HEAD && !turn->last) {
		stream_begin(turn);
		return;
	}
	if (framing == FRAMING_LENGTH)
		body = whole_body(turn);
	send_whole(turn, answer_head(turn, framing, body.len),
	    turn->req.method == HTTP_HEAD ? (str){ 0 } : body);
}

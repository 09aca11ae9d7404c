/* stream.c - a long answer, a piece at a time, as fast as the client takes it. */
#include <stdio.h>

#include "serve/serve_int.h"

/* A piece may hold one record more than asked for; this much is a mistake. */
#define PIECE_MAX_BYTES   ((size_t)64 * 1024 * 1024)
#define PIECE_SLACK_BYTES ((size_t)16 * 1024)

void
stream_pull(struct turn *turn)
{
	struct http_stream *stream = &turn->res.stream;

	if (turn->scratch)
		arena_reset(turn->scratch);
	else
		turn->scratch = arena_open();
	turn->piece = buf_in(turn->scratch, PIECE_MAX_BYTES);
	(void)buf_room(&turn->piece, HTTP_PIECE_BYTES + PIECE_SLACK_BYTES);
	do
		turn->pulled = stream->next(stream->self, &turn->piece, &turn->last);
	while (turn->pulled == OK && !turn->last && !turn->piece.len && !stream->waits);
	if (turn->piece.overflowed)
		turn->pulled = ERR_TOO_LARGE;
	if (turn->pulled == OK)
		gzip_piece(turn);
	if (turn->pulled != OK) {
		turn->last = false;
		turn->res.outcome = turn->pulled;
		turn->res.what = "the answer broke off";
	}
}

/* RFC 9112 7.1: the size in hex, the piece, an empty line; a size of 0 ends it.  For
 * HTTP/1.0 the end of the connection does. */
static unsigned
frame(struct turn *turn, uv_buf_t pieces[])
{
	str piece = buf_str(&turn->piece);
	bool chunked = parse_minor(turn->parse) > 0;
	unsigned n = 0;

	if (chunked && piece.len) {
		int len = snprintf(
		    turn->chunk_size, sizeof turn->chunk_size, "%zx\r\n", piece.len);

		pieces[n++] = answer_piece((str){ turn->chunk_size, (size_t)len });
	}
	if (piece.len)
		pieces[n++] = answer_piece(piece);
	if (chunked && piece.len)
		pieces[n++] =
		    answer_piece(turn->last ? STR("\r\n0\r\n\r\n") : STR("\r\n"));
	else if (chunked)
		pieces[n++] = answer_piece(STR("0\r\n\r\n"));
	return n;
}

static void
end(struct turn *turn)
{
	struct conn *conn = turn->conn;

	turn_end(turn);
	conn_resume(conn);
}

/* The next piece is made when this one has left: the socket's own buffer is what the
 * client lives on meanwhile. */
static void
pull_next(struct turn *turn)
{
	if (turn->used_worker && !turn->res.stream.waits) {
		wait_for(turn->conn, WAIT_CALL);
		(void)workers_take(&turn->loop->serve->workers, turn, TASK_PULL);
		return;
	}
	stream_pull(turn);
	stream_go_on(turn);
}

static void
on_sent(uv_write_t *write, int status)
{
	struct turn *turn = write->data;
	struct conn *conn = turn->conn;

	turn->writing = false;
	if (conn->gone)
		turn_end(turn);
	else if (status != 0)
		conn_close(conn);
	else if (turn->last)
		end(turn);
	else
		pull_next(turn);
}

/* Until it is asked again it keeps nothing but its place. */
static void
park(struct turn *turn)
{
	loop_arena_back(turn->loop, &turn->scratch);
	wait_for(turn->conn, WAIT_NEWS);
}

/* Never written at once, even if the socket would take it: other connections of this
 * loop have their turn between two pieces. */
static void
send_piece(struct turn *turn, str head)
{
	uv_buf_t pieces[4] = { answer_piece(head) };
	unsigned first = head.len ? 1 : 0;
	unsigned count = first;

	if (turn->pulled != OK) {
		conn_reset(turn->conn);
		return;
	}
	if (turn->last || turn->piece.len)
		count += frame(turn, pieces + first);
	for (unsigned i = 0; i < count; i++)
		turn->sent_bytes += pieces[i].len;
	if (count)
		answer_queue(turn, pieces, count, on_sent);
	else if (turn->last)
		end(turn);
	else
		park(turn);
}

void
stream_go_on(struct turn *turn)
{
	send_piece(turn, (str){ 0 });
}

void
stream_again(struct turn *turn)
{
	stream_pull(turn);
	stream_go_on(turn);
}

void
stream_begin(struct turn *turn)
{
	bool chunked = parse_minor(turn->parse) > 0;

	if (!chunked)
		turn->keeps_alive = false;
	send_piece(
	    turn, answer_head(turn, chunked ? FRAMING_CHUNKED : FRAMING_NONE, 0));
}

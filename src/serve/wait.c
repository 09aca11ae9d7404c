/* wait.c - one list per wait, oldest first: looking at the deadlines costs what is over. */
#include "serve/serve_int.h"

void
wait_leave(struct conn *conn)
{
	struct wait_list *list = &conn->loop->waits[conn->wait];

	if (conn->older)
		conn->older->newer = conn->newer;
	else if (list->oldest == conn)
		list->oldest = conn->newer;
	if (conn->newer)
		conn->newer->older = conn->older;
	else if (list->newest == conn)
		list->newest = conn->older;
	conn->older = conn->newer = NULL;
}

void
wait_for(struct conn *conn, enum wait wait)
{
	struct wait_list *list = &conn->loop->waits[wait];

	must(!conn->gone);
	wait_leave(conn);
	conn->wait = wait;
	conn->since_ms = (int64_t)uv_now(&conn->loop->uv);
	conn->queued_bytes = uv_stream_get_write_queue_size((uv_stream_t *)&conn->tcp);
	conn->older = list->newest;
	if (list->newest)
		list->newest->newer = conn;
	else
		list->oldest = conn;
	list->newest = conn;
}

static void
over(struct conn *conn)
{
	switch (conn->wait) {
	case WAIT_HEAD:
	case WAIT_BODY:
		if (conn->turn)
			turn_refuse(conn->turn, 408, "the request took too long");
		else
			conn_close(conn);
		return;
	case WAIT_WRITE:
		/* What left the queue was taken: a slow reader is no dead one. */
		if (uv_stream_get_write_queue_size((uv_stream_t *)&conn->tcp) <
		    conn->queued_bytes)
			wait_for(conn, WAIT_WRITE);
		else
			conn_reset(conn);
		return;
	case WAIT_IDLE:
	case WAIT_LINGER: conn_close(conn); return;
	case WAIT_NEWS: stream_again(conn->turn); return;
	case WAIT_CALL:
	case WAIT_COUNT: return;
	}
}

void
wait_look(struct loop *loop)
{
	int64_t now_ms = (int64_t)uv_now(&loop->uv);

	for (enum wait wait = 0; wait < WAIT_COUNT; wait++) {
		int64_t limit_ms = loop->serve->limits.wait_ms[wait];
		struct conn *conn = loop->waits[wait].oldest;

		while (limit_ms && conn && now_ms - conn->since_ms >= limit_ms) {
			over(conn);
			conn = loop->waits[wait].oldest;
		}
	}
}

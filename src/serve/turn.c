/* turn.c - one request and its answer, from the first byte to the last. */
#include "base/when.h"
#include "serve/serve_int.h"

struct turn *
turn_open(struct conn *conn)
{
	struct loop *loop = conn->loop;
	struct arena *arena = loop_arena(loop);
	struct turn *turn = ARENA_NEW(arena, struct turn);

	turn->conn = conn;
	turn->loop = loop;
	turn->arena = arena;
	turn->parse = parse_open(arena, &loop->serve->limits.head);
	turn->reading = true;
	turn->start_ns = uv_hrtime();
	turn->call = (struct call){ .store = loop->serve->setup.store, .arena = arena };
	conn->turn = turn;
	return turn;
}

void
turn_end(struct turn *turn)
{
	struct loop *loop = turn->loop;
	struct arena *arena = turn->arena;

	if (loop->serve->setup.access_log && turn->res.status)
		log_access(turn);
	if (turn->res.stream.next && turn->res.stream.close)
		turn->res.stream.close(turn->res.stream.self);
	gzip_end(turn);
	loop_arena_back(loop, &turn->scratch);
	conn_turn_over(turn->conn);
	loop_arena_back(loop, &arena);
}

static void
count(_Atomic uint64_t *counter)
{
	atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

static enum err
outcome_of(unsigned status)
{
	return status == 413 || status == 414 || status == 431 ? ERR_TOO_LARGE
							       : ERR_BAD_INPUT;
}

/* In the words of the route, if it has some: res->outcome says what is the matter. */
static void
answer_refused(struct turn *turn, unsigned status, enum err outcome, const char *what)
{
	const struct route *route = turn->route;

	answer_plain(turn, status, outcome, what);
	if (route && route->refuse && (status == 413 || status == 503))
		route->refuse(route->self, &turn->call, &turn->req, &turn->res);
}

void
turn_refuse(struct turn *turn, unsigned status, const char *what)
{
	count(&turn->loop->requests);
	count(&turn->loop->refused);
	turn->reading = false;
	turn->keeps_alive = false;
	turn->refused = true;
	if (status == 401)
		access_challenge(turn);
	else
		answer_refused(turn, status, outcome_of(status), what);
	answer_send(turn);
}

static void
answer(struct turn *turn)
{
	turn->route->answer(turn->route->self, &turn->call, &turn->req, &turn->res);
	if (turn->req.method == HTTP_HEAD)
		return;
	gzip_choose(turn);
	if (turn->res.stream.next)
		stream_pull(turn);
}

void
turn_work(struct turn *turn)
{
	turn->used_worker = true;
	if (turn->task == TASK_PULL)
		stream_pull(turn);
	else if (access_verify(turn) == OK)
		answer(turn);
}

static void
refuse_busy(struct turn *turn)
{
	count(&turn->loop->refused);
	answer_refused(turn, 503, ERR_BUSY, "the queue is full");
	http_set(&turn->res, STR("Retry-After"), STR(SERVE_RETRY_S));
	answer_send(turn);
}

static void
hand_over(struct turn *turn)
{
	if (workers_take(&turn->loop->serve->workers, turn, TASK_ANSWER))
		wait_for(turn->conn, WAIT_CALL);
	else
		refuse_busy(turn);
}

void
turn_run(struct turn *turn)
{
	count(&turn->loop->requests);
	turn->reading = false;
	turn->keeps_alive = parse_keeps_alive(turn->parse);
	turn->req.body = parse_body(turn->parse);
	turn->call.now_ms = when_now_ms();
	turn->call.peer = turn->req.peer;
	if (!turn->route) {
		answer_plain(turn, 204, OK, NULL);
		answer_send(turn);
		return;
	}
	switch (access_here(turn)) {
	case ACCESS_WORKER: hand_over(turn); return;
	case ACCESS_NONE: access_challenge(turn); break;
	case ACCESS_OK: answer(turn); break;
	}
	answer_send(turn);
}

void
turn_back(struct turn *turn)
{
	struct conn *conn = turn->conn;

	turn->away = false;
	if (conn->gone) {
		turn_end(turn);
		return;
	}
	if (turn->task == TASK_PULL)
		stream_go_on(turn);
	else
		answer_send(turn);
	if (!conn->turn)
		conn_resume(conn);
}

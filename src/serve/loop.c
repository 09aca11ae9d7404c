/* loop.c - one thread, its event loop, and what comes to it from other threads. */
#include "base/program.h"
#include "serve/serve_int.h"

#define BACKLOG 1024

struct arena *
loop_arena(struct loop *loop)
{
	if (loop->arena_count)
		return loop->arenas[--loop->arena_count];
	return arena_open();
}

void
loop_arena_back(struct loop *loop, struct arena **arena)
{
	if (!*arena)
		return;
	if (loop->arena_count == ARENAS_KEPT) {
		arena_close(arena);
		return;
	}
	arena_reset(*arena);
	loop->arenas[loop->arena_count++] = *arena;
	*arena = NULL;
}

static void
close_handle(uv_handle_t *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

static void
close_waiting(struct loop *loop, enum wait wait)
{
	while (loop->waits[wait].oldest)
		conn_close(loop->waits[wait].oldest);
}

/* A connection that is fresh waits for a head, too, but has no turn yet. */
static void
close_fresh(struct loop *loop)
{
	struct conn *conn = loop->waits[WAIT_HEAD].oldest;

	while (conn) {
		struct conn *newer = conn->newer;

		if (!conn->turn)
			conn_close(conn);
		conn = newer;
	}
}

static void
drain(struct loop *loop)
{
	loop->draining = true;
	close_handle((uv_handle_t *)&loop->listener);
	close_waiting(loop, WAIT_IDLE);
	close_waiting(loop, WAIT_NEWS);
	close_fresh(loop);
}

/* Turns that are with a worker come back first; uv_run() ends when no handle is left. */
static void
end(struct loop *loop)
{
	if (!loop->over)
		for (enum wait wait = 0; wait < WAIT_COUNT; wait++)
			close_waiting(loop, wait);
	loop->over = true;
	if (loop->open)
		return;
	close_handle((uv_handle_t *)&loop->wake);
	close_handle((uv_handle_t *)&loop->tick);
}

static void
heed(struct loop *loop, enum phase phase)
{
	if (phase != PHASE_RUN && !loop->draining)
		drain(loop);
	if (loop->draining && !loop->open && !loop->drained) {
		loop->drained = true;
		atomic_fetch_add(&loop->serve->loops_drained, 1);
		(void)uv_async_send(&loop->serve->nudge);
	}
	if (phase == PHASE_OVER)
		end(loop);
}

static void
on_wake(uv_async_t *wake)
{
	struct loop *loop = wake->data;
	enum phase phase;
	struct turn *turn;

	(void)pthread_mutex_lock(&loop->lock);
	phase = loop->phase;
	turn = loop->back;
	loop->back = NULL;
	(void)pthread_mutex_unlock(&loop->lock);
	while (turn) {
		struct turn *next = turn->next;

		turn_back(turn);
		turn = next;
	}
	heed(loop, phase);
}

static void
on_tick(uv_timer_t *tick)
{
	wait_look(tick->data);
}

static void
set_timer(struct loop *loop)
{
	uint64_t every_ms = (uint64_t)loop->serve->limits.tick_ms;

	must(uv_timer_init(&loop->uv, &loop->tick) == 0);
	loop->tick.data = loop;
	must(uv_timer_start(&loop->tick, on_tick, every_ms, every_ms) == 0);
}

void
loop_open(struct loop *loop, struct serve *serve, int socket)
{
	loop->serve = serve;
	must(pthread_mutex_init(&loop->lock, NULL) == 0);
	must(uv_loop_init(&loop->uv) == 0);
	must(uv_async_init(&loop->uv, &loop->wake, on_wake) == 0);
	loop->wake.data = loop;
	must(uv_tcp_init(&loop->uv, &loop->listener) == 0);
	must(uv_tcp_open(&loop->listener, socket) == 0);
	loop->listener.data = loop;
	must(uv_listen((uv_stream_t *)&loop->listener, BACKLOG, conn_accept) == 0);
	set_timer(loop);
}

static void *
run(void *arg)
{
	struct loop *loop = arg;

	program_thread_name("loop");
	program_thread_short_turns();
	(void)uv_run(&loop->uv, UV_RUN_DEFAULT);
	while (loop->arena_count)
		arena_close(&loop->arenas[--loop->arena_count]);
	must(uv_loop_close(&loop->uv) == 0);
	return NULL;
}

void
loop_start(struct loop *loop)
{
	must(pthread_create(&loop->thread, NULL, run, loop) == 0);
	loop->started = true;
}

void
loop_wake(struct loop *loop)
{
	(void)uv_async_send(&loop->wake);
}

/* Woken under the lock, here and below: else the loop could see what was changed for
 * another reason, end, and be gone before it is woken. */
void
loop_enter(struct loop *loop, enum phase phase)
{
	(void)pthread_mutex_lock(&loop->lock);
	loop->phase = phase;
	loop_wake(loop);
	(void)pthread_mutex_unlock(&loop->lock);
}

void
loop_give_back(struct turn *turn)
{
	struct loop *loop = turn->loop;

	(void)pthread_mutex_lock(&loop->lock);
	turn->next = loop->back;
	loop->back = turn;
	loop_wake(loop);
	(void)pthread_mutex_unlock(&loop->lock);
}

void
loop_join(struct loop *loop)
{
	if (loop->started)
		(void)pthread_join(loop->thread, NULL);
	else
		(void)run(loop);
	(void)pthread_mutex_destroy(&loop->lock);
}

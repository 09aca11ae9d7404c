/* serve.c - a server as a whole: opened, run, drained, closed. */
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "serve/serve_int.h"

#define LOOPS_MAX 64

static void
on_nudge(uv_async_t *nudge)
{
	struct serve *serve = nudge->data;
	bool drained = atomic_load(&serve->loops_drained) == serve->loop_count;

	if (serve->draining ? drained : atomic_load(&serve->stop_asked))
		uv_stop(&serve->control);
}

static void
on_patience_gone(uv_timer_t *patience)
{
	struct serve *serve = patience->data;

	uv_stop(&serve->control);
}

/* A second signal while draining ends that, too. */
static void
on_signal(uv_signal_t *handle, int number)
{
	struct serve *serve = handle->data;

	if (number != SIGHUP)
		uv_stop(&serve->control);
	else if (serve->reload)
		serve->reload(serve->reload_self);
}

static void
open_control(struct serve *serve)
{
	static const int numbers[] = { SIGTERM, SIGINT, SIGHUP };

	must(uv_loop_init(&serve->control) == 0);
	must(uv_async_init(&serve->control, &serve->nudge, on_nudge) == 0);
	must(uv_timer_init(&serve->control, &serve->patience) == 0);
	serve->nudge.data = serve->patience.data = serve;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		must(uv_signal_init(&serve->control, &serve->signals[i]) == 0);
		serve->signals[i].data = serve;
		must(uv_signal_start(&serve->signals[i], on_signal, numbers[i]) == 0);
	}
	(void)signal(SIGPIPE, SIG_IGN);
}

static void
close_handle(uv_handle_t *handle, void *unused)
{
	(void)unused;
	uv_close(handle, NULL);
}

static void
close_control(struct serve *serve)
{
	uv_walk(&serve->control, close_handle, NULL);
	(void)uv_run(&serve->control, UV_RUN_DEFAULT);
	must(uv_loop_close(&serve->control) == 0);
}

/* As many files as the system lets us have: each connection is one. */
static void
raise_file_limit(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0)
		return;
	files.rlim_cur = files.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &files);
}

/* RFC 7617 2.1 for charset; a quote in the realm is escaped: RFC 9110 5.6.4. */
static str
challenge(struct arena *arena, str realm)
{
	struct buf text = buf_in(arena, SIZE_MAX);

	buf_add(&text, STR("Basic realm=\""));
	for (size_t i = 0; i < realm.len; i++) {
		if (realm.at[i] == '"' || realm.at[i] == '\\')
			buf_add_char(&text, '\\');
		buf_add_char(&text, realm.at[i]);
	}
	buf_add(&text, STR("\", charset=\"UTF-8\""));
	return buf_str(&text);
}

static unsigned
loops_wanted(unsigned loops)
{
	if (!loops)
		loops = uv_available_parallelism();
	return loops < LOOPS_MAX ? loops : LOOPS_MAX;
}

static struct serve *
furnish(const struct serve_setup *setup, const struct serve_limits *limits)
{
	struct arena *arena = arena_open();
	struct serve *serve = ARENA_NEW(arena, struct serve);

	serve->arena = arena;
	serve->setup = *setup;
	serve->limits = *limits;
	serve->loop_count = loops_wanted(setup->loops);
	serve->challenge = challenge(arena, setup->realm);
	serve->workers.limit = limits->queue;
	must(pthread_mutex_init(&serve->peers_lock, NULL) == 0);
	must(pthread_mutex_init(&serve->workers.lock, NULL) == 0);
	must(pthread_cond_init(&serve->workers.filled, NULL) == 0);
	must(pthread_cond_init(&serve->workers.gone, NULL) == 0);
	serve->workers.most = setup->workers ? setup->workers : SERVE_WORKERS;
	return serve;
}

enum err
serve_open_with(const struct serve_setup *setup, const struct serve_limits *limits,
    struct serve **out, struct why *why)
{
	struct serve *serve = furnish(setup, limits);
	int sockets[LOOPS_MAX];
	enum err outcome = listen_open(serve, sockets, why);

	if (outcome != OK) {
		struct arena *arena = serve->arena;

		arena_close(&arena);
		return outcome;
	}
	raise_file_limit();
	open_control(serve);
	serve->loops = ARENA_ARRAY(serve->arena, struct loop, serve->loop_count);
	for (unsigned i = 0; i < serve->loop_count; i++)
		loop_open(&serve->loops[i], serve, sockets[i]);
	*out = serve;
	return OK;
}

enum err
serve_open(const struct serve_setup *setup, struct serve **out, struct why *why)
{
	return serve_open_with(setup, &serve_default_limits, out, why);
}

str
serve_url(const struct serve *serve)
{
	return serve->url;
}

static void
enter_phase(struct serve *serve, enum phase phase)
{
	for (unsigned i = 0; i < serve->loop_count; i++)
		loop_enter(&serve->loops[i], phase);
}

static void
start_threads(struct serve *serve)
{
	for (unsigned i = 0; i < serve->loop_count; i++)
		loop_start(&serve->loops[i]);
}

void
serve_run(struct serve *serve, void (*reload)(void *self), void *self)
{
	serve->reload = reload;
	serve->reload_self = self;
	start_threads(serve);
	(void)uv_run(&serve->control, UV_RUN_DEFAULT);
	must(uv_timer_start(&serve->patience, on_patience_gone,
		 (uint64_t)serve->limits.drain_ms, 0) == 0);
	serve->draining = true;
	enter_phase(serve, PHASE_DRAIN);
	(void)uv_run(&serve->control, UV_RUN_DEFAULT);
}

void
serve_stop(struct serve *serve)
{
	atomic_store(&serve->stop_asked, true);
	(void)uv_async_send(&serve->nudge);
}

void
serve_close(struct serve **serve)
{
	struct serve *s = *serve;
	struct arena *arena;

	if (!s)
		return;
	enter_phase(s, PHASE_OVER);
	for (unsigned i = 0; i < s->loop_count; i++)
		loop_join(&s->loops[i]);
	workers_stop(&s->workers);
	close_control(s);
	arena = s->arena;
	arena_close(&arena);
	*serve = NULL;
}

struct serve_counts
serve_counts(const struct serve *serve)
{
	struct workers *workers = (struct workers *)(uintptr_t)&serve->workers;
	struct serve_counts counts = { .connections =
					   atomic_load(&serve->connections) };

	for (unsigned i = 0; i < serve->loop_count; i++) {
		counts.requests += atomic_load(&serve->loops[i].requests);
		counts.refused += atomic_load(&serve->loops[i].refused);
	}
	(void)pthread_mutex_lock(&workers->lock);
	counts.queued = workers->queued;
	(void)pthread_mutex_unlock(&workers->lock);
	return counts;
}

/*
 * workers.c - a bounded queue and the threads that empty it: as many as are wanted at a
 * time, up to a limit, and one when nothing is.
 */
#include <errno.h>
#include <malloc.h>
#include <time.h>

#include "base/program.h"
#include "serve/serve_int.h"

#define IDLE_S 3 /* then a thread goes, and what it held with it */

/* False when nothing came for IDLE_S. */
static bool
wait_idle(struct workers *workers)
{
	struct timespec until;
	int outcome;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += IDLE_S;
	workers->idle++;
	outcome = pthread_cond_timedwait(&workers->filled, &workers->lock, &until);
	workers->idle--;
	return outcome != ETIMEDOUT;
}

/* NULL: this thread is not wanted any more. */
static struct turn *
next_turn(struct workers *workers)
{
	struct turn *turn;

	while (!workers->first && !workers->over)
		if (!wait_idle(workers) && !workers->first)
			return NULL;
	turn = workers->first;
	if (turn) {
		workers->first = turn->next;
		if (!workers->first)
			workers->last = NULL;
		workers->queued--;
		turn->next = NULL;
	}
	return turn;
}

static void *
work(void *arg)
{
	struct workers *workers = arg;
	struct turn *turn;
	bool last;

	program_thread_name("worker");
	(void)pthread_mutex_lock(&workers->lock);
	while ((turn = next_turn(workers))) {
		(void)pthread_mutex_unlock(&workers->lock);
		turn_work(turn);
		loop_give_back(turn);
		(void)pthread_mutex_lock(&workers->lock);
	}
	last = --workers->threads == 0;
	(void)pthread_cond_broadcast(&workers->gone);
	(void)pthread_mutex_unlock(&workers->lock);
	if (last)
		(void)malloc_trim(0);
	return NULL;
}

/* With the lock held. */
static void
hire(struct workers *workers)
{
	pthread_attr_t detached;
	pthread_t thread;

	must(pthread_attr_init(&detached) == 0);
	must(pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED) == 0);
	if (pthread_create(&thread, &detached, work, workers) == 0)
		workers->threads++;
	else
		must(workers->threads > 0);
	(void)pthread_attr_destroy(&detached);
}

void
workers_stop(struct workers *workers)
{
	(void)pthread_mutex_lock(&workers->lock);
	workers->over = true;
	(void)pthread_cond_broadcast(&workers->filled);
	while (workers->threads)
		(void)pthread_cond_wait(&workers->gone, &workers->lock);
	(void)pthread_mutex_unlock(&workers->lock);
}

bool
workers_take(struct workers *workers, struct turn *turn, enum task task)
{
	bool hired = false;
	bool taken;

	turn->task = task;
	turn->next = NULL;
	(void)pthread_mutex_lock(&workers->lock);
	taken = task == TASK_PULL || workers->queued < workers->limit;
	if (taken) {
		turn->away = true;
		if (workers->last)
			workers->last->next = turn;
		else
			workers->first = turn;
		workers->last = turn;
		workers->queued++;
		hired =
		    workers->queued > workers->idle && workers->threads < workers->most;
		if (hired)
			hire(workers);
	}
	(void)pthread_mutex_unlock(&workers->lock);
	/* Not under the lock, which the woken one needs first of all. */
	if (taken && !hired)
		(void)pthread_cond_signal(&workers->filled);
	return taken;
}

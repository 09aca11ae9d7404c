/* workers.c - a bounded queue and the threads that empty it. */
#include "serve/serve_int.h"

static struct turn *
next_turn(struct workers *workers)
{
	struct turn *turn;

	(void)pthread_mutex_lock(&workers->lock);
	while (!workers->first && !workers->over)
		(void)pthread_cond_wait(&workers->filled, &workers->lock);
	turn = workers->first;
	if (turn) {
		workers->first = turn->next;
		if (!workers->first)
			workers->last = NULL;
		workers->queued--;
		turn->next = NULL;
	}
	(void)pthread_mutex_unlock(&workers->lock);
	return turn;
}

static void *
work(void *arg)
{
	struct workers *workers = arg;
	struct turn *turn;

	while ((turn = next_turn(workers))) {
		turn_work(turn);
		loop_give_back(turn);
	}
	return NULL;
}

void
workers_start(struct workers *workers, struct arena *arena, unsigned count)
{
	workers->threads = ARENA_ARRAY(arena, pthread_t, count);
	for (unsigned i = 0; i < count; i++)
		must(pthread_create(&workers->threads[i], NULL, work, workers) == 0);
	workers->thread_count = count;
}

void
workers_stop(struct workers *workers)
{
	(void)pthread_mutex_lock(&workers->lock);
	workers->over = true;
	(void)pthread_cond_broadcast(&workers->filled);
	(void)pthread_mutex_unlock(&workers->lock);
	for (unsigned i = 0; i < workers->thread_count; i++)
		(void)pthread_join(workers->threads[i], NULL);
}

bool
workers_take(struct workers *workers, struct turn *turn, enum task task)
{
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
		(void)pthread_cond_signal(&workers->filled);
	}
	(void)pthread_mutex_unlock(&workers->lock);
	return taken;
}

/*
 * store.c - writes in groups, reads beside them.
 *
 * One thread writes: it runs the functions of all that queue, each in its own savepoint,
 * and commits once.  While it waits for the disk the next group gathers; so the slower the
 * disk, the larger the groups.
 */
#include "store/store.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include "base/program.h"
#include "store/driver_int.h"

#define A_WHILE_S       1 /* without use: then a view is ended, memory given back */
#define READERS_AT_HOME 4

struct waiting {
	enum err (*fn)(struct store_tx *tx, void *arg);
	void *arg;
	enum err outcome;
	sem_t settled;
	struct waiting *next;
};

/* A connection for reading.  Its view stays open between two looks and is taken again as
 * long as nothing was committed since: most reads then cost no call of the system. */
struct reader {
	_Alignas(64) atomic_bool taken;
	bool viewing;
	struct store_tx tx; /* session NULL until first used */
};

struct store {
	const struct driver *driver;
	struct arena *arena; /* the place's name */
	str place;

	pthread_mutex_t lock; /* of all below */
	struct waiting *first, **last;
	pthread_cond_t filled;
	bool closing;

	pthread_t writing;
	struct store_tx writer; /* the writing thread's own */

	pthread_t tidier;
	bool tidying, untidy;
	bool nearly_tidy; /* the writer does the rest */
	pthread_cond_t tidy_wanted;

	atomic_bool views_kept; /* some reader's view was left open */
	atomic_uint waiting;    /* threads that found every reader taken */
	pthread_cond_t reader_free;
	struct reader readers[STORE_READERS_MAX];
};

/* False when nothing came. */
static bool
wait_a_while(struct store *store, pthread_cond_t *what)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += A_WHILE_S;
	return pthread_cond_timedwait(what, &store->lock, &until) == 0;
}

/* --- readers --- */

static bool
take(struct reader *reader)
{
	bool taken = false;

	return !atomic_load_explicit(&reader->taken, memory_order_relaxed) &&
	       atomic_compare_exchange_strong(&reader->taken, &taken, true);
}

/* Threads that read all the time come back to readers of their own; many that read now and
 * then share the first few, as each one costs memory. */
static struct reader *
any_reader(struct store *store)
{
	static atomic_uint threads;
	static _Thread_local unsigned mine;

	if (!mine)
		mine = 1 + atomic_fetch_add(&threads, 1) % READERS_AT_HOME;
	for (unsigned i = 0; i < STORE_READERS_MAX; i++) {
		struct reader *reader =
		    &store->readers[(mine - 1 + i) % STORE_READERS_MAX];

		if (take(reader))
			return reader;
	}
	return NULL;
}

static struct reader *
wait_for_reader(struct store *store)
{
	struct reader *reader;

	(void)pthread_mutex_lock(&store->lock);
	atomic_fetch_add(&store->waiting, 1);
	while (!(reader = any_reader(store)))
		(void)pthread_cond_wait(&store->reader_free, &store->lock);
	atomic_fetch_sub(&store->waiting, 1);
	(void)pthread_mutex_unlock(&store->lock);
	return reader;
}

static void
give_back(struct store *store, struct reader *reader)
{
	atomic_store(&reader->taken, false);
	if (!atomic_load(&store->waiting))
		return;
	(void)pthread_mutex_lock(&store->lock);
	(void)pthread_cond_broadcast(&store->reader_free);
	(void)pthread_mutex_unlock(&store->lock);
}

static void
end_view(struct reader *reader)
{
	const struct store_tx *tx = &reader->tx;

	if (reader->viewing && tx->driver->commit(tx->session) != OK)
		tx->driver->rollback(tx->session);
	reader->viewing = false;
}

/* The stamp is read before the view is opened: the view may be newer, never older. */
static enum err
look_with(struct store *store, struct reader *reader)
{
	const struct driver *driver = store->driver;
	struct store_tx *tx = &reader->tx;
	uint64_t now;

	if (!tx->session)
		TRY(driver->open(store->place, false, &tx->session));
	now = driver->stamp ? driver->stamp(tx->session) : 0;
	if (reader->viewing && now && now == tx->stamp)
		return OK;
	end_view(reader);
	tx->stamp = now;
	TRY(driver->begin(tx->session, false));
	reader->viewing = true;
	return OK;
}

enum err
store_look(struct store *store, struct store_tx **out)
{
	struct reader *reader = any_reader(store);
	enum err e;

	if (!reader)
		reader = wait_for_reader(store);
	e = look_with(store, reader);
	if (e != OK) {
		give_back(store, reader);
		return e;
	}
	*out = &reader->tx;
	return OK;
}

/* An open view keeps the log from being written back: the tidier ends it soon. */
static void
keep_view(struct store *store)
{
	if (atomic_load_explicit(&store->views_kept, memory_order_relaxed))
		return;
	(void)pthread_mutex_lock(&store->lock);
	atomic_store(&store->views_kept, true);
	(void)pthread_cond_signal(&store->tidy_wanted);
	(void)pthread_mutex_unlock(&store->lock);
}

void
store_tx_close(struct store_tx **tx)
{
	struct reader *reader;
	struct store *store;

	if (!*tx)
		return;
	reader = (struct reader *)(void *)((char *)*tx - offsetof(struct reader, tx));
	store = reader->tx.store;
	reader->tx.driver->done(reader->tx.session);
	if (reader->tx.stamp && store->tidying)
		keep_view(store);
	else
		end_view(reader);
	give_back(store, reader);
	*tx = NULL;
}

uint64_t
store_tx_stamp(const struct store_tx *tx)
{
	return tx->stamp;
}

static void
rest(struct store *store, struct store_tx *tx)
{
	if (store->driver->rest)
		store->driver->rest(tx->session);
}

static void
end_kept_views(struct store *store)
{
	atomic_store(&store->views_kept, false);
	for (unsigned i = 0; i < STORE_READERS_MAX; i++) {
		struct reader *reader = &store->readers[i];

		if (!take(reader))
			continue;
		if (reader->viewing) {
			end_view(reader);
			rest(store, &reader->tx);
		}
		give_back(store, reader);
	}
}

static void
tidy_up(struct store *store, struct session *session)
{
	end_kept_views(store);
	store->driver->tidy(session);
}

/* --- a group --- */

static struct waiting *
take_group(struct store *store)
{
	struct waiting *group = store->first;
	struct waiting **end = &store->first;

	for (unsigned n = 0; n < STORE_GROUP_MAX && *end; n++)
		end = &(*end)->next;
	store->first = *end;
	if (!store->first)
		store->last = &store->first;
	*end = NULL;
	return group;
}

static void
fail_all(struct waiting *group, enum err outcome)
{
	for (struct waiting *w = group; w; w = w->next)
		if (w->outcome == OK)
			w->outcome = outcome;
}

/* One caller's function in its own savepoint.  Not OK: the transaction itself is lost. */
static enum err
run_one(struct store_tx *tx, struct waiting *w)
{
	TRY(tx->driver->mark(tx->session));
	w->outcome = w->fn(tx, w->arg);
	tx->driver->done(tx->session);
	if (w->outcome == OK)
		return tx->driver->keep(tx->session);
	tx->driver->undo(tx->session);
	return OK;
}

static enum err
run_all(struct store_tx *tx, struct waiting *group)
{
	if (!group->next) { /* alone: the transaction is savepoint enough */
		group->outcome = group->fn(tx, group->arg);
		tx->driver->done(tx->session);
		return OK;
	}
	for (struct waiting *w = group; w; w = w->next)
		TRY(run_one(tx, w));
	return OK;
}

static bool
anything_to_commit(const struct waiting *group)
{
	for (; group; group = group->next)
		if (group->outcome == OK)
			return true;
	return false;
}

static void
run_group(struct store_tx *tx, struct waiting *group)
{
	enum err e = tx->driver->begin(tx->session, true);

	if (e == OK)
		e = run_all(tx, group);
	if (e == OK && anything_to_commit(group))
		e = tx->driver->commit(tx->session);
	else
		tx->driver->rollback(tx->session);
	if (e == OK)
		return;
	tx->driver->rollback(tx->session);
	fail_all(group, e);
}

static void
settle(struct waiting *group)
{
	while (group) {
		struct waiting *w = group;

		group = w->next; /* once told, its caller takes it away */
		(void)sem_post(&w->settled);
	}
}

/* On the store's lock, but for the work itself. */
static void
write_group(struct store *store)
{
	struct waiting *group = take_group(store);
	bool nearly_tidy = store->nearly_tidy;

	store->nearly_tidy = false;
	(void)pthread_mutex_unlock(&store->lock);
	if (nearly_tidy)
		tidy_up(store, store->writer.session);
	run_group(&store->writer, group);
	settle(group);
	(void)pthread_mutex_lock(&store->lock);
	if (!nearly_tidy && store->driver->wants_tidying &&
	    store->driver->wants_tidying(store->writer.session)) {
		store->untidy = true;
		(void)pthread_cond_signal(&store->tidy_wanted);
	}
}

static void
wait_for_work(struct store *store, bool *rested)
{
	if (*rested) {
		(void)pthread_cond_wait(&store->filled, &store->lock);
	} else if (!wait_a_while(store, &store->filled)) {
		rest(store, &store->writer);
		*rested = true;
	}
}

static void *
write_groups(void *arg)
{
	struct store *store = arg;
	bool rested = true;

	program_thread_name("writer");
	program_thread_short_turns();
	(void)pthread_mutex_lock(&store->lock);
	while (store->first || !store->closing) {
		if (!store->first) {
			wait_for_work(store, &rested);
			continue;
		}
		write_group(store);
		rested = false;
	}
	(void)pthread_mutex_unlock(&store->lock);
	return NULL;
}

enum err
store_write(
    struct store *store, enum err (*fn)(struct store_tx *tx, void *arg), void *arg)
{
	struct waiting me = { .fn = fn, .arg = arg };
	bool alone;

	must(sem_init(&me.settled, 0, 0) == 0);
	(void)pthread_mutex_lock(&store->lock);
	alone = !store->first;
	*store->last = &me;
	store->last = &me.next;
	(void)pthread_mutex_unlock(&store->lock);
	if (alone)
		(void)pthread_cond_signal(&store->filled);
	while (sem_wait(&me.settled) != 0)
		;
	(void)sem_destroy(&me.settled);
	return me.outcome;
}

/* --- upkeep beside the writer --- */

static void
wait_for_untidiness(struct store *store)
{
	while (!store->untidy && !store->closing && !atomic_load(&store->views_kept))
		(void)pthread_cond_wait(&store->tidy_wanted, &store->lock);
	if (!store->untidy && !store->closing) /* a view is kept for a while */
		(void)wait_a_while(store, &store->tidy_wanted);
}

static void *
tidy(void *arg)
{
	struct store *store = arg;
	struct session *session = NULL;
	bool untidy;

	program_thread_name("tidier");
	if (store->driver->open(store->place, true, &session) != OK)
		return NULL;
	(void)pthread_mutex_lock(&store->lock);
	while (!store->closing) {
		if (!store->untidy)
			wait_for_untidiness(store);
		untidy = store->untidy;
		store->untidy = false;
		(void)pthread_mutex_unlock(&store->lock);
		if (untidy)
			tidy_up(store, session);
		else
			end_kept_views(store);
		(void)pthread_mutex_lock(&store->lock);
		store->nearly_tidy |= untidy;
	}
	(void)pthread_mutex_unlock(&store->lock);
	store->driver->close(&session);
	return NULL;
}

/* --- the store --- */

static void
stop_threads(struct store *store)
{
	(void)pthread_mutex_lock(&store->lock);
	store->closing = true;
	(void)pthread_cond_signal(&store->filled);
	(void)pthread_cond_signal(&store->tidy_wanted);
	(void)pthread_mutex_unlock(&store->lock);
	if (store->writing)
		(void)pthread_join(store->writing, NULL);
	if (store->tidying)
		(void)pthread_join(store->tidier, NULL);
}

void
store_close(struct store **store)
{
	struct store *s = *store;

	if (!s)
		return;
	stop_threads(s);
	for (unsigned i = 0; i < STORE_READERS_MAX; i++) {
		end_view(&s->readers[i]);
		if (s->readers[i].tx.session)
			s->driver->close(&s->readers[i].tx.session);
	}
	if (s->writer.session)
		s->driver->close(&s->writer.session);
	(void)pthread_cond_destroy(&s->reader_free);
	(void)pthread_cond_destroy(&s->filled);
	(void)pthread_cond_destroy(&s->tidy_wanted);
	(void)pthread_mutex_destroy(&s->lock);
	arena_close(&s->arena);
	free(s);
	*store = NULL;
}

enum err
store_open_with(
    const struct driver *driver, str place, struct store **out, struct why *why)
{
	SCOPED(store) s = aligned_alloc(_Alignof(struct store), sizeof *s);

	must(s);
	*s = (struct store){ .driver = driver };
	s->arena = arena_open();
	s->place = arena_copy(s->arena, place);
	s->last = &s->first;
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_cond_init(&s->reader_free, NULL);
	(void)pthread_cond_init(&s->filled, NULL);
	(void)pthread_cond_init(&s->tidy_wanted, NULL);
	s->writer = (struct store_tx){ .store = s, .driver = driver };
	for (unsigned i = 0; i < STORE_READERS_MAX; i++)
		s->readers[i].tx = s->writer;
	TRY(driver->prepare(place, why));
	TRY(driver->open(s->place, true, &s->writer.session));
	must(pthread_create(&s->writing, NULL, write_groups, s) == 0);
	s->tidying = driver->tidy && pthread_create(&s->tidier, NULL, tidy, s) == 0;
	*out = s;
	s = NULL;
	return OK;
}

enum err
store_open(str folder, struct store **out, struct why *why)
{
	return store_open_with(&driver_sqlite, folder, out, why);
}

const char *
store_message(void)
{
	return driver_sqlite.message();
}

enum err
store_verify(struct store *store, struct why *why)
{
	SCOPED(store_tx) tx = NULL;

	must(store);
	TRY(store_look(store, &tx));
	return tx->driver->verify(tx->session, why);
}

/*
 * store.c - writes in groups, reads beside them.
 *
 * The first thread that wants to write leads: it runs the functions of all that queue
 * behind it, each in its own savepoint, and commits once.  While it waits for the disk the
 * next group gathers; so the slower the disk, the larger the groups.
 */
#include "store/store.h"

#include <pthread.h>
#include <stdlib.h>

#include "store/driver_int.h"

struct waiting {
	enum err (*fn)(struct store_tx *tx, void *arg);
	void *arg;
	enum err outcome;
	bool done;
	pthread_cond_t turn;
	struct waiting *next;
};

struct reader {
	struct store_tx tx;
	struct reader *next;
};

struct store {
	const struct driver *driver;
	struct arena *arena; /* the place's name */
	str place;

	pthread_mutex_t lock; /* of all below */
	struct store_tx writer;
	bool leading; /* some thread leads a group */
	struct waiting *first, **last;

	struct reader *idle;
	unsigned readers;
	pthread_cond_t reader_free;

	pthread_t tidier;
	bool tidying, untidy, closing;
	pthread_cond_t tidy_wanted;
};

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
lead(struct store *store)
{
	struct waiting *group = take_group(store);

	store->leading = true;
	(void)pthread_mutex_unlock(&store->lock);
	run_group(&store->writer, group);
	(void)pthread_mutex_lock(&store->lock);
	store->leading = false;
	while (group) {
		struct waiting *w = group;

		group = w->next;
		w->done = true;
		(void)pthread_cond_signal(&w->turn);
	}
	if (store->first)
		(void)pthread_cond_signal(&store->first->turn);
	if (store->tidying && store->driver->wants_tidying(store->writer.session)) {
		store->untidy = true;
		(void)pthread_cond_signal(&store->tidy_wanted);
	}
}

enum err
store_write(
    struct store *store, enum err (*fn)(struct store_tx *tx, void *arg), void *arg)
{
	struct waiting me = { .fn = fn, .arg = arg, .turn = PTHREAD_COND_INITIALIZER };

	(void)pthread_mutex_lock(&store->lock);
	*store->last = &me;
	store->last = &me.next;
	while (!me.done && (store->leading || store->first != &me))
		(void)pthread_cond_wait(&me.turn, &store->lock);
	if (!me.done)
		lead(store);
	(void)pthread_mutex_unlock(&store->lock);
	(void)pthread_cond_destroy(&me.turn);
	return me.outcome;
}

/* --- readers --- */

static enum err
fresh_reader(struct store *store, struct reader **out)
{
	struct reader *reader = calloc(1, sizeof *reader);
	enum err e;

	must(reader);
	reader->tx = (struct store_tx){ .store = store, .driver = store->driver };
	e = store->driver->open(store->place, false, &reader->tx.session);
	if (e != OK) {
		free(reader);
		return e;
	}
	*out = reader;
	return OK;
}

/* An idle reader, or NULL when a fresh one may be made. */
static struct reader *
wait_for_reader(struct store *store)
{
	struct reader *reader;

	(void)pthread_mutex_lock(&store->lock);
	while (!store->idle && store->readers == STORE_READERS_MAX)
		(void)pthread_cond_wait(&store->reader_free, &store->lock);
	reader = store->idle;
	if (reader)
		store->idle = reader->next;
	else
		store->readers++;
	(void)pthread_mutex_unlock(&store->lock);
	return reader;
}

static void
give_back(struct store *store, struct reader *reader)
{
	(void)pthread_mutex_lock(&store->lock);
	if (reader) {
		reader->next = store->idle;
		store->idle = reader;
	} else {
		store->readers--;
	}
	(void)pthread_cond_signal(&store->reader_free);
	(void)pthread_mutex_unlock(&store->lock);
}

enum err
store_look(struct store *store, struct store_tx **out)
{
	struct reader *reader = wait_for_reader(store);
	enum err e = OK;

	if (!reader)
		e = fresh_reader(store, &reader);
	if (e == OK)
		e = store->driver->begin(reader->tx.session, false);
	if (e != OK) {
		give_back(store, reader);
		return e;
	}
	*out = &reader->tx;
	return OK;
}

void
store_tx_close(struct store_tx **tx)
{
	struct reader *reader = (struct reader *)*tx;

	if (!reader)
		return;
	reader->tx.driver->done(reader->tx.session);
	if (reader->tx.driver->commit(reader->tx.session) != OK)
		reader->tx.driver->rollback(reader->tx.session);
	give_back(reader->tx.store, reader);
	*tx = NULL;
}

/* --- upkeep beside the writer --- */

static void *
tidy(void *arg)
{
	struct store *store = arg;
	struct session *session = NULL;

	if (store->driver->open(store->place, true, &session) != OK)
		return NULL;
	(void)pthread_mutex_lock(&store->lock);
	while (!store->closing) {
		if (!store->untidy) {
			(void)pthread_cond_wait(&store->tidy_wanted, &store->lock);
			continue;
		}
		store->untidy = false;
		(void)pthread_mutex_unlock(&store->lock);
		store->driver->tidy(session);
		(void)pthread_mutex_lock(&store->lock);
	}
	(void)pthread_mutex_unlock(&store->lock);
	store->driver->close(&session);
	return NULL;
}

/* --- the store --- */

static void
stop_tidying(struct store *store)
{
	if (!store->tidying)
		return;
	(void)pthread_mutex_lock(&store->lock);
	store->closing = true;
	(void)pthread_cond_signal(&store->tidy_wanted);
	(void)pthread_mutex_unlock(&store->lock);
	(void)pthread_join(store->tidier, NULL);
}

void
store_close(struct store **store)
{
	struct store *s = *store;

	if (!s)
		return;
	stop_tidying(s);
	while (s->idle) {
		struct reader *reader = s->idle;

		s->idle = reader->next;
		s->driver->close(&reader->tx.session);
		free(reader);
	}
	if (s->writer.session)
		s->driver->close(&s->writer.session);
	(void)pthread_cond_destroy(&s->reader_free);
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
	SCOPED(store) s = calloc(1, sizeof *s);

	must(s);
	s->driver = driver;
	s->arena = arena_open();
	s->place = arena_copy(s->arena, place);
	s->last = &s->first;
	(void)pthread_mutex_init(&s->lock, NULL);
	(void)pthread_cond_init(&s->reader_free, NULL);
	(void)pthread_cond_init(&s->tidy_wanted, NULL);
	s->writer = (struct store_tx){ .store = s, .driver = driver };
	TRY(driver->prepare(place, why));
	TRY(driver->open(s->place, true, &s->writer.session));
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

	TRY(store_look(store, &tx));
	return tx->driver->verify(tx->session, why);
}

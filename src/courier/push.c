/* push.c - a round of pushes: who is due, lease, send, write down. */
#include <stdlib.h>

#include "base/log.h"
#include "courier/push_int.h"

struct courier_push {
	struct courier_push_setup setup;
	struct arena *arena; /* of what follows */
	struct seal_pair ours;
	str topic_key;
	uint64_t stamp;  /* of the view that was last looked through */
	int64_t next_ms; /* when something in it is due */
};

/* How long changes are merged after a message, by how often in a row that happened. */
static const int64_t window_ms[] = {
	2 * WHEN_SECOND_MS,
	10 * WHEN_SECOND_MS,
	60 * WHEN_SECOND_MS,
};

#define LAST_WINDOW    ((int64_t)(sizeof window_ms / sizeof *window_ms) - 1)
#define RETRY_FIRST_MS (30 * WHEN_SECOND_MS)

/* --- noting --- */

struct noting {
	const struct call *call;
	const struct store_push_due *due;
	struct push_said said;
};

/* Changes that come within the window after the last one make the next window longer. */
static void
open_window(struct store_push *row, const struct noting *n)
{
	const struct store_push *was = &n->due->push;
	int64_t step = was->step < LAST_WINDOW ? was->step : LAST_WINDOW;

	if (n->call->now_ms > was->next_ms + window_ms[step])
		row->step = 0;
	else
		row->step = step < LAST_WINDOW ? step + 1 : step;
	row->next_ms = n->call->now_ms + window_ms[row->step];
}

static enum err
note_taken(struct store_tx *tx, const struct noting *n, struct store_push *row)
{
	if (n->due->gone) /* there is nothing left to tell */
		return store_push_remove(tx, row->account, row->id);
	if (row->pushed_rev < n->due->rev)
		row->pushed_rev = n->due->rev;
	row->failures = 0;
	row->failing_ms = 0;
	open_window(row, n);
	return store_push_update(tx, row);
}

static int64_t
retry_ms(int64_t failures)
{
	int64_t wait_ms = RETRY_FIRST_MS;

	for (int64_t i = 1; i < failures && wait_ms < COURIER_PUSH_RETRY_MAX_MS; i++)
		wait_ms *= 4;
	return wait_ms < COURIER_PUSH_RETRY_MAX_MS ? wait_ms
						   : COURIER_PUSH_RETRY_MAX_MS;
}

static enum err
note_failed(struct store_tx *tx, const struct noting *n, struct store_push *row)
{
	int64_t wait_ms = n->said.retry_after_ms;

	row->failures++;
	if (!row->failing_ms)
		row->failing_ms = n->call->now_ms;
	if (n->said.fate == PUSH_GONE ||
	    (n->said.fate == PUSH_MISSING &&
		n->call->now_ms - row->failing_ms >= COURIER_PUSH_FORGIVE_MS))
		return store_push_remove(tx, row->account, row->id);
	if (!wait_ms)
		wait_ms = retry_ms(row->failures);
	row->next_ms = n->call->now_ms + wait_ms;
	return store_push_update(tx, row);
}

/* The row is read again: its owner may have renewed it, or gone, while we were sending. */
static enum err
note(struct store_tx *tx, void *arg)
{
	const struct noting *n = arg;
	const struct store_push *was = &n->due->push;
	struct store_push row;
	enum err e = store_push_find(tx, n->call->arena, was->account, was->id, &row);

	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	return n->said.fate == PUSH_TAKEN ? note_taken(tx, n, &row)
					  : note_failed(tx, n, &row);
}

/* --- one --- */

struct leasing {
	const struct store_push *push;
	int64_t until_ms;
	bool taken;
};

static enum err
lease(struct store_tx *tx, void *arg)
{
	struct leasing *l = arg;

	return store_push_lease(tx, l->push, l->until_ms, &l->taken);
}

static enum err
send_one(
    struct courier_push *p, const struct call *call, const struct store_push_due *due)
{
	struct push_message message = { &p->setup, &p->ours, p->topic_key, due };
	struct leasing leasing = { .push = &due->push,
		.until_ms = call->now_ms + COURIER_PUSH_LEASE_MS };
	struct noting noting = { .call = call, .due = due };

	TRY(store_write(call->store, lease, &leasing));
	if (!leasing.taken)
		return OK;
	noting.said = push_send(call, &message);
	if (noting.said.fate == PUSH_REFUSED)
		log_line(LOG_WARNING, "the push service " STR_FMT " refused: %u",
		    STR_ARG(push_origin(due->push.resource)), noting.said.status);
	return store_write(call->store, note, &noting);
}

/* --- all --- */

/* While nothing was committed and nothing came due, nothing is looked for. */
static enum err
look(struct courier_push *p, const struct call *call, struct store_push_due **due,
    size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	uint64_t stamp;

	*count = 0;
	TRY(store_look(call->store, &tx));
	stamp = store_tx_stamp(tx);
	if (stamp && stamp == p->stamp && call->now_ms < p->next_ms)
		return OK;
	p->stamp = 0;
	TRY(store_push_list_due(
	    tx, call->arena, call->now_ms, COURIER_PUSH_BATCH, due, count));
	p->stamp = stamp;
	p->next_ms = *count ? (*due)[0].push.next_ms : INT64_MAX;
	return OK;
}

enum err
courier_push_round(struct courier_push *p, const struct call *call, int64_t *next_ms)
{
	int64_t start_ms = when_steady_ms();
	struct store_push_due *due;
	size_t count;

	TRY(look(p, call, &due, &count));
	for (size_t i = 0; i < count && due[i].push.next_ms <= call->now_ms; i++) {
		if (when_steady_ms() - start_ms > COURIER_PUSH_ROUND_MS)
			break;
		TRY(send_one(p, call, &due[i]));
	}
	if (p->next_ms < *next_ms)
		*next_ms = p->next_ms;
	return OK;
}

/* The public key last: it is what opens the door to registrations. */
static enum err
find_keys(struct courier_push *p, struct store *store)
{
	str secret;

	TRY(store_secret(store, p->arena, STORE_PUSH_TOPICS, SEAL_PUSH_PRIVATE_BYTES,
	    &p->topic_key));
	TRY(store_secret(
	    store, p->arena, STORE_PUSH_PRIVATE, SEAL_PUSH_PRIVATE_BYTES, &secret));
	TRY(seal_pair_read(p->arena, secret, &p->ours));
	return store_secret_keep(store, STORE_PUSH_PUBLIC, p->ours.public_key);
}

enum err
courier_push_open(const struct courier_push_setup *setup, struct store *store,
    struct courier_push **out)
{
	SCOPED(courier_push) p = calloc(1, sizeof *p);

	must(p);
	p->setup = *setup;
	p->arena = arena_open();
	TRY(find_keys(p, store));
	*out = p;
	p = NULL;
	return OK;
}

void
courier_push_close(struct courier_push **push)
{
	if (!*push)
		return;
	arena_close(&(*push)->arena);
	free(*push);
	*push = NULL;
}

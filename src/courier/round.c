/* round.c - the courier's round: claim, hand over, write down. */
#include <stdlib.h>

#include "base/when.h"
#include "courier/clean_int.h"
#include "courier/gate_int.h"
#include "wire/wire.h"

_Static_assert(
    COURIER_LEASE_MS >= COURIER_ROUND_MS + WIRE_TOTAL_MS + 10 * WHEN_SECOND_MS,
    "a lease counts from the round's begin and outlasts the gate's own time-out");

/* A gate that does not answer is spared for a while that grows: its letters stay as they
 * are, and nobody else's wait for it. */
struct resting {
	int64_t until_ms, step_ms;
};

struct courier {
	struct courier_setup setup;
	struct resting resting[COURIER_WAY_COUNT];
};

/* RETRY: how long after the n-th attempt the next one comes; the last row repeats. */
static const int64_t retry_ms[] = {
	30 * WHEN_SECOND_MS,
	2 * WHEN_MINUTE_MS,
	8 * WHEN_MINUTE_MS,
	32 * WHEN_MINUTE_MS,
	2 * WHEN_HOUR_MS,
	6 * WHEN_HOUR_MS,
};

#define RETRY_ROWS ((int64_t)(sizeof retry_ms / sizeof *retry_ms))

static int64_t
retry_after_ms(int64_t attempts)
{
	int64_t row = attempts - 1;

	return retry_ms[row < RETRY_ROWS ? row : RETRY_ROWS - 1];
}

struct noting {
	const struct courier *courier;
	const struct call *call;
	const struct store_letter *claimed;
	const char *gate;
	struct gate_said said;
};

static enum err
tell(struct store_tx *tx, const struct noting *n, const struct store_letter *row,
    enum courier_fate fate)
{
	struct courier_news news = {
		.account = row->account,
		.ask = row->ask,
		.fate = fate,
		.words = row->trouble,
	};

	enum err e;

	if (!n->courier->setup.told)
		return OK;
	e = n->courier->setup.told(tx, n->call, &news);
	/* An ask that is gone, or minds, cannot undo what has left the house: the letter
	 * would go out again and again. */
	return e == ERR_STORE || e == ERR_BUSY || e == ERR_FULL ? e : OK;
}

static enum err
note_taken(struct store_tx *tx, const struct noting *n, struct store_letter *row)
{
	row->state = STR("taken");
	row->trouble = STR("");
	row->gate = str_of(n->gate);
	row->receipt = clean_words(n->call->arena, n->said.receipt);
	if (!n->said.keep)
		row->body = row->parts = STR("");
	TRY(store_letter_update(tx, row));
	return tell(tx, n, row, COURIER_TAKEN);
}

static enum err
note_lost(struct store_tx *tx, const struct noting *n, struct store_letter *row)
{
	row->state = STR("failed");
	row->body = row->parts = STR("");
	TRY(store_letter_update(tx, row));
	return tell(tx, n, row, COURIER_LOST);
}

static enum err
note_refused(struct store_tx *tx, const struct noting *n, struct store_letter *row)
{
	row->trouble = clean_words(n->call->arena, n->said.words);
	if (n->said.reply == GATE_NEVER || row->attempts >= COURIER_RETRY_MAX)
		return note_lost(tx, n, row);
	row->state = STR("due");
	row->due_ms = n->call->now_ms + retry_after_ms(row->attempts);
	return store_letter_update(tx, row);
}

/* Reads the letter afresh: meanwhile it may have been cancelled, or a report may have said
 * more of it than the gate did, or its lease ran out and it is another courier's. */
static enum err
note(struct store_tx *tx, const struct noting *n)
{
	struct store_letter row;
	enum err e = store_letter_find(tx, n->call->arena, n->claimed->id, &row);

	if (e == ERR_NOT_FOUND || (e == OK && !str_same(row.state, STR("sending"))))
		return OK;
	TRY(e);
	if (n->said.reply == GATE_TAKEN)
		return note_taken(tx, n, &row);
	return row.lease_ms == n->claimed->lease_ms ? note_refused(tx, n, &row) : OK;
}

/* --- one after another --- */

/* What became of the last letter and the claim of the next are one commit: a courier that
 * dies leaves one letter whose fate is unknown, never more. */
struct turn {
	const struct courier *courier;
	const struct call *call;
	struct noting last; /* of none when nothing is claimed */
	str spared[COURIER_WAY_COUNT];
	size_t spared_count;
	struct store_letter *letter;
	size_t count;
	bool shut; /* nobody may hear of it, nor that nobody did */
	bool more; /* whether another one is wanted */
};

static enum err
find_shut(struct store_tx *tx, struct turn *t)
{
	const struct courier_setup *setup = &t->courier->setup;
	struct courier_leaving leaving;

	t->shut = false;
	if (!t->count || !setup->shut)
		return OK;
	leaving = (struct courier_leaving){ t->letter->account, t->letter->ask,
		t->letter->to };
	return setup->shut(tx, t->call, setup->self, &leaving, &t->shut);
}

static enum err
take_turn(struct store_tx *tx, void *arg)
{
	struct turn *t = arg;
	int64_t now_ms = t->call->now_ms;

	if (t->last.claimed)
		TRY(note(tx, &t->last));
	t->count = 0;
	if (!t->more)
		return OK;
	TRY(store_letter_claim(tx, t->call->arena, now_ms, now_ms + COURIER_LEASE_MS,
	    t->spared, t->spared_count, 1, &t->letter, &t->count));
	return find_shut(tx, t);
}

static void
spare_the_resting(const struct courier *courier, struct turn *t)
{
	t->spared_count = 0;
	for (int way = 0; way < COURIER_WAY_COUNT; way++)
		if (courier->resting[way].until_ms > t->call->now_ms)
			t->spared[t->spared_count++] =
			    courier_channel((enum courier_way)way);
}

static void
rest_or_wake(struct resting *resting, bool down, int64_t now_ms)
{
	if (!down) {
		*resting = (struct resting){ 0 };
		return;
	}
	resting->step_ms = resting->step_ms ? 2 * resting->step_ms : COURIER_REST_MS;
	if (resting->step_ms > COURIER_REST_MAX_MS)
		resting->step_ms = COURIER_REST_MAX_MS;
	resting->until_ms = now_ms + resting->step_ms;
}

static struct gate_said
hand_over(const struct courier *courier, const struct call *call,
    const struct gate *gate, const struct store_letter *letter)
{
	/* Claimed and never written down: each time the sender died. */
	if (letter->attempts > COURIER_RETRY_MAX)
		return (struct gate_said){
			.reply = GATE_NEVER,
			.words = STR("sending it was broken off too often"),
		};
	if (!gate)
		return (struct gate_said){
			.reply = GATE_LATER,
			.words = STR("no gateway is set up for it"),
		};
	return gate->send(&courier->setup, call, letter);
}

static void
send_one(struct courier *courier, struct turn *t)
{
	enum courier_way way = courier_way_of(t->letter->channel);
	const struct gate *gate = courier_gate(&courier->setup, way);
	bool silent = t->shut && gate;
	struct gate_said said = silent ? (struct gate_said){ .reply = GATE_TAKEN }
				       : hand_over(courier, t->call, gate, t->letter);

	/* A webhook's silence says nothing of the next one's. */
	if (gate && !silent && way != COURIER_HOOK)
		rest_or_wake(&courier->resting[way], said.down, t->call->now_ms);
	t->last = (struct noting){ .courier = courier,
		.call = t->call,
		.claimed = t->letter,
		.gate = gate && !silent ? gate->name : "",
		.said = said };
}

static enum err
next_due(const struct turn *t, int64_t *next_ms)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(t->call->store, &tx));
	TRY(store_letter_next(tx, next_ms));
	/* What is due and was left lying waits for its gate. */
	if (t->spared_count && *next_ms <= t->call->now_ms)
		*next_ms = t->call->now_ms + COURIER_LOOK_MS;
	return OK;
}

enum err
courier_round(struct courier *courier, const struct call *call, int64_t *next_ms)
{
	struct turn turn = { .courier = courier, .call = call, .more = true };
	int64_t start_ms = when_steady_ms();

	for (int sent = 0; turn.more; sent++) {
		turn.more = sent < COURIER_BATCH &&
			    when_steady_ms() - start_ms < COURIER_ROUND_MS;
		spare_the_resting(courier, &turn);
		TRY(store_write(call->store, take_turn, &turn));
		if (!turn.count)
			break;
		send_one(courier, &turn);
	}
	return next_due(&turn, next_ms);
}

struct doubt {
	int64_t until_ms;
};

static enum err
shorten(struct store_tx *tx, void *arg)
{
	const struct doubt *doubt = arg;

	return store_letter_shorten(tx, doubt->until_ms);
}

enum err
courier_take_over(const struct call *call)
{
	struct doubt doubt = { call->now_ms + COURIER_DOUBT_MS };

	return store_write(call->store, shorten, &doubt);
}

enum err
courier_open(const struct courier_setup *setup, struct courier **out, struct why *why)
{
	for (const struct gate *gate = courier_gates; gate->name; gate++)
		if (gate->check && gate->open(setup))
			TRY(gate->check(setup, why));
	*out = calloc(1, sizeof **out);
	must(*out);
	(*out)->setup = *setup;
	return OK;
}

void
courier_close(struct courier **courier)
{
	free(*courier);
	*courier = NULL;
}

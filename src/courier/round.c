/* round.c - the courier's round: claim, hand over, write down. */
#include <stdlib.h>

#include "base/when.h"
#include "courier/clean_int.h"
#include "courier/gate_int.h"
#include "wire/wire.h"

/* A letter is begun only while its lease is sure to outlast the gate's own time-out, and
 * what writing the outcome down may take. */
#define LAST_START_MS (COURIER_LEASE_MS - WIRE_TOTAL_MS - 10 * WHEN_SECOND_MS)

struct courier {
	struct courier_setup setup;
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

struct claiming {
	const struct call *call;
	struct store_letter *letters;
	size_t count;
};

static enum err
claim(struct store_tx *tx, void *arg)
{
	struct claiming *c = arg;
	int64_t now_ms = c->call->now_ms;

	return store_letter_claim(tx, c->call->arena, now_ms, now_ms + COURIER_LEASE_MS,
	    COURIER_BATCH, &c->letters, &c->count);
}

struct noting {
	const struct courier *courier;
	const struct call *call;
	const struct store_letter *claimed;
	const char *gate; /* NULL: none was asked, the letter goes back untried */
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

/* Given back as it came.  A gate that is down gets the first rest of the timetable. */
static enum err
note_untried(struct store_tx *tx, const struct noting *n, struct store_letter *row)
{
	row->state = STR("due");
	row->attempts--; /* the claim counted one */
	if (n->said.down)
		row->due_ms = n->call->now_ms + retry_ms[0];
	return store_letter_update(tx, row);
}

/* Reads the letter afresh: meanwhile it may have been cancelled, or a report may have said
 * more of it than the gate did, or its lease ran out and it is another courier's. */
static enum err
note(struct store_tx *tx, void *arg)
{
	const struct noting *n = arg;
	struct store_letter row;
	enum err e = store_letter_find(tx, n->call->arena, n->claimed->id, &row);

	if (e == ERR_NOT_FOUND || (e == OK && !str_same(row.state, STR("sending"))))
		return OK;
	TRY(e);
	if (n->gate && n->said.reply == GATE_TAKEN)
		return note_taken(tx, n, &row);
	if (row.lease_ms != n->claimed->lease_ms)
		return OK;
	return n->gate ? note_refused(tx, n, &row) : note_untried(tx, n, &row);
}

/* Gates that did not answer in this round: asking each letter's turn again would hold up
 * the letters of the others. */
struct resting {
	const struct gate *gates[COURIER_WAY_COUNT];
};

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

static enum err
send_one(struct courier *courier, const struct call *call, struct resting *resting,
    const struct store_letter *letter)
{
	enum courier_way way = courier_way_of(letter->channel);
	const struct gate *gate = courier_gate(&courier->setup, way);
	struct noting noting = { .courier = courier, .call = call, .claimed = letter };

	if (gate && gate == resting->gates[way]) {
		noting.said.down = true;
	} else {
		noting.gate = gate ? gate->name : "";
		noting.said = hand_over(courier, call, gate, letter);
		if (gate && noting.said.down)
			resting->gates[way] = gate;
	}
	return store_write(call->store, note, &noting);
}

static enum err
put_back(
    struct courier *courier, const struct call *call, const struct store_letter *letter)
{
	struct noting noting = { .courier = courier, .call = call, .claimed = letter };

	return store_write(call->store, note, &noting);
}

static enum err
next_due(const struct call *call, int64_t *next_ms)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_letter_next(tx, next_ms);
}

enum err
courier_round(struct courier *courier, const struct call *call, int64_t *next_ms)
{
	struct claiming due = { .call = call };
	struct resting resting = { 0 };
	int64_t start_ms = when_steady_ms();

	TRY(store_write(call->store, claim, &due));
	for (size_t i = 0; i < due.count; i++) {
		if (when_steady_ms() - start_ms > LAST_START_MS)
			TRY(put_back(courier, call, &due.letters[i]));
		else
			TRY(send_one(courier, call, &resting, &due.letters[i]));
	}
	return next_due(call, next_ms);
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

#include "trace/trace.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define WAYS           4 /* rings that one account can have, by chance of its number */
#define SETS           (TRACE_RINGS / WAYS)
#define HEARD_EVERY_MS 1000 /* a ring's owner is noted anew */
#define MIX            0x9E3779B97F4A7C15U

#define AGENT_WORDS (TRACE_AGENT_BYTES / 8)
#define WHERE_WORDS (TRACE_WHERE_BYTES / 8)

/* What a row is made of; 128 bytes, each word of its own, so that none is torn. */
enum word {
	ROW_TURN, /* odd while it is written */
	ROW_KEY,  /* whose it is: a ring may have had another owner */
	ROW_SAME, /* over all that makes two requests the same */
	ROW_FIRST,
	ROW_LAST,
	ROW_COUNT,
	ROW_DEVICE,
	ROW_KIND, /* kind, method, status, outcome, depth, secure */
	ROW_AGENT,
	ROW_WHERE = ROW_AGENT + AGENT_WORDS,
	ROW_WORDS = ROW_WHERE + WHERE_WORDS
};

_Static_assert(ROW_WORDS == 16, "a row has 128 bytes");

struct row {
	_Atomic uint64_t word[ROW_WORDS];
};

struct ring {
	_Atomic uint64_t key; /* 0: nobody's */
	_Atomic int64_t heard_ms;
	_Atomic uint64_t head; /* rows ever begun */
	struct row rows[TRACE_PER_ACCOUNT];
};

struct trace {
	struct ring rings[TRACE_RINGS];
};

struct trace *
trace_open(void)
{
	struct trace *trace =
	    calloc(1, sizeof *trace); /* untouched pages cost nothing */

	must(trace);
	return trace;
}

void
trace_close(struct trace **trace)
{
	free(*trace);
	*trace = NULL;
}

/* --- whose --- */

/* IPv6: the first half, which is what one customer has. */
static str
site(str peer)
{
	size_t colons = 0;

	for (size_t i = 0; i < peer.len; i++)
		if (peer.at[i] == ':' && ++colons == 4)
			return str_part(peer, 0, i);
	return peer;
}

static uint64_t
mixed(uint64_t sum, uint64_t word)
{
	sum = (sum ^ word) * MIX;
	return sum ^ (sum >> 29);
}

/* Accounts are positive numbers: addresses have the highest bit. */
static uint64_t
key_of(int64_t account, str peer)
{
	uint64_t sum = MIX;

	if (account)
		return (uint64_t)account;
	peer = site(peer);
	for (size_t i = 0; i < peer.len; i++)
		sum = mixed(sum, (unsigned char)peer.at[i]);
	return sum | (uint64_t)1 << 63;
}

static size_t
set_of(uint64_t key)
{
	return (size_t)(mixed(MIX, key) % SETS) * WAYS;
}

static const struct ring *
ring_of(const struct trace *trace, uint64_t key)
{
	const struct ring *set = &trace->rings[set_of(key)];

	for (size_t i = 0; i < WAYS; i++)
		if (atomic_load_explicit(&set[i].key, memory_order_acquire) == key)
			return &set[i];
	return NULL;
}

/* The ring of who was silent longest becomes another's; NULL when all were heard lately. */
static struct ring *
take_ring(struct trace *trace, uint64_t key, int64_t now_ms)
{
	struct ring *set = &trace->rings[set_of(key)];
	struct ring *oldest = set;
	uint64_t former;

	for (size_t i = 1; i < WAYS; i++)
		if (atomic_load(&set[i].heard_ms) < atomic_load(&oldest->heard_ms))
			oldest = &set[i];
	former = atomic_load(&oldest->key);
	if (former && now_ms - atomic_load(&oldest->heard_ms) < TRACE_HOLD_MS)
		return NULL;
	if (!atomic_compare_exchange_strong(&oldest->key, &former, key))
		return NULL;
	atomic_store(&oldest->heard_ms, now_ms);
	atomic_store(&oldest->head, 0);
	return oldest;
}

static struct ring *
ring_for(struct trace *trace, uint64_t key, int64_t now_ms)
{
	struct ring *ring = (struct ring *)(uintptr_t)ring_of(trace, key);

	if (!ring)
		return take_ring(trace, key, now_ms);
	if (now_ms - atomic_load_explicit(&ring->heard_ms, memory_order_relaxed) >
	    HEARD_EVERY_MS)
		atomic_store_explicit(&ring->heard_ms, now_ms, memory_order_relaxed);
	return ring;
}

/* --- written --- */

static void
copy_text(uint64_t *words, size_t limit_bytes, str text)
{
	memcpy(words, text.at ? text.at : "",
	    text.len < limit_bytes ? text.len : limit_bytes);
}

static void
row_fill(uint64_t words[ROW_WORDS], uint64_t key, const struct trace_said *said)
{
	uint64_t same = MIX;

	words[ROW_KEY] = key;
	words[ROW_FIRST] = words[ROW_LAST] = (uint64_t)said->at_ms;
	words[ROW_COUNT] = 1;
	words[ROW_DEVICE] = (uint64_t)said->device;
	words[ROW_KIND] = (uint64_t)said->kind | (uint64_t)(said->method & 255U) << 8 |
			  (uint64_t)(said->status & 0xFFFFU) << 16 |
			  (uint64_t)(said->outcome & 255U) << 32 |
			  (uint64_t)(said->depth & 255U) << 40 |
			  (uint64_t)said->secure << 48;
	copy_text(&words[ROW_AGENT], TRACE_AGENT_BYTES, said->agent);
	copy_text(&words[ROW_WHERE], TRACE_WHERE_BYTES, said->where);
	for (int i = ROW_DEVICE; i < ROW_WORDS; i++)
		same = mixed(same, words[i]);
	words[ROW_SAME] = same;
}

/* Counts up the row that says the same, if it is one of the latest. */
static bool
counted(struct ring *ring, const uint64_t words[ROW_WORDS])
{
	uint64_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);

	for (uint64_t back = 1; back <= TRACE_SAME && back <= head; back++) {
		struct row *row = &ring->rows[(head - back) % TRACE_PER_ACCOUNT];

		if (atomic_load_explicit(&row->word[ROW_SAME], memory_order_relaxed) !=
			words[ROW_SAME] ||
		    atomic_load_explicit(&row->word[ROW_KEY], memory_order_relaxed) !=
			words[ROW_KEY])
			continue;
		atomic_store_explicit(
		    &row->word[ROW_LAST], words[ROW_LAST], memory_order_relaxed);
		atomic_fetch_add_explicit(
		    &row->word[ROW_COUNT], 1, memory_order_relaxed);
		return true;
	}
	return false;
}

static void
row_put(struct row *row, const uint64_t words[ROW_WORDS])
{
	uint64_t turn =
	    atomic_load_explicit(&row->word[ROW_TURN], memory_order_relaxed);

	if (turn % 2 ||
	    !atomic_compare_exchange_strong(&row->word[ROW_TURN], &turn, turn + 1))
		return; /* somebody else is writing here */
	for (int i = ROW_KEY; i < ROW_WORDS; i++)
		atomic_store_explicit(&row->word[i], words[i], memory_order_release);
	atomic_store_explicit(&row->word[ROW_TURN], turn + 2, memory_order_release);
}

void
trace_note(struct trace *trace, const struct trace_said *said)
{
	uint64_t words[ROW_WORDS] = { 0 };
	struct ring *ring;
	uint64_t at;

	row_fill(words, key_of(said->account, said->peer), said);
	ring = ring_for(trace, words[ROW_KEY], said->at_ms);
	if (!ring || counted(ring, words))
		return;
	at = atomic_fetch_add(&ring->head, 1);
	row_put(&ring->rows[at % TRACE_PER_ACCOUNT], words);
}

/* --- read --- */

static bool
row_get(const struct row *row, uint64_t key, uint64_t words[ROW_WORDS])
{
	for (int i = 0; i < ROW_WORDS; i++)
		words[i] = atomic_load_explicit(&row->word[i], memory_order_acquire);
	return words[ROW_KEY] == key && words[ROW_TURN] % 2 == 0 &&
	       atomic_load(&row->word[ROW_TURN]) == words[ROW_TURN];
}

static struct trace_row
row_of(const uint64_t words[ROW_WORDS])
{
	uint64_t kind = words[ROW_KIND];
	struct trace_row row = {
		.device = (int64_t)words[ROW_DEVICE],
		.first_ms = (int64_t)words[ROW_FIRST],
		.last_ms = (int64_t)words[ROW_LAST],
		.count = (int64_t)words[ROW_COUNT],
		.kind = (enum trace_kind)(kind & 255U),
		.method = kind >> 8 & 255U,
		.status = kind >> 16 & 0xFFFFU,
		.outcome = kind >> 32 & 255U,
		.depth = kind >> 40 & 255U,
		.secure = kind >> 48 & 1U,
	};

	memcpy(row.agent, &words[ROW_AGENT], TRACE_AGENT_BYTES);
	memcpy(row.where, &words[ROW_WHERE], TRACE_WHERE_BYTES);
	return row;
}

/* Few, and nearly in order. */
static void
put_in_order(struct trace_row *rows, size_t count, struct trace_row row)
{
	size_t at = count;

	for (; at && rows[at - 1].last_ms < row.last_ms; at--)
		rows[at] = rows[at - 1];
	rows[at] = row;
}

size_t
trace_read(const struct trace *trace, int64_t account, str peer,
    struct trace_row out[TRACE_PER_ACCOUNT])
{
	uint64_t key = key_of(account, peer);
	const struct ring *ring = ring_of(trace, key);
	uint64_t head = ring ? atomic_load(&ring->head) : 0;
	size_t count = 0;

	for (uint64_t back = 1; back <= head && back <= TRACE_PER_ACCOUNT; back++) {
		uint64_t words[ROW_WORDS];

		if (row_get(&ring->rows[(head - back) % TRACE_PER_ACCOUNT], key, words))
			put_in_order(out, count++, row_of(words));
	}
	return count;
}

/* test_look.c - what an administrator sees of the outbox, and what he does not. */
#include "courier/fixture_int.h"
#include "courier/look.h"
#include "store/store.h"

struct putting {
	struct store_letter letter;
	int count;
};

static enum err
put(struct store_tx *tx, void *arg)
{
	struct putting *p = arg;

	for (int i = 0; i < p->count; i++) {
		p->letter.id = 0;
		TRY(store_letter_add(tx, &p->letter));
	}
	return OK;
}

static struct putting
letters(const char *state, int attempts, int count)
{
	return (struct putting){ { .account = 5,
				     .channel = STR("email"),
				     .to = STR("somebody@example.org"),
				     .subject = STR("canary"),
				     .body = STR("canary"),
				     .state = str_of(state),
				     .trouble = STR("550 somebody@example.org unknown"),
				     .attempts = attempts,
				     .made_ms = 1000,
				     .due_ms = 2000 },
		count };
}

static void
counted_and_masked(void)
{
	struct fixture f;
	struct putting due = letters("due", 0, 3);
	struct putting again = letters("due", 2, 2);
	struct putting failed = letters("failed", 9, COURIER_LOOK_ROWS + 7);
	struct putting taken = letters("taken", 1, 4);
	struct courier_outbox out;

	fixture_open(&f);
	CHECK_OK(courier_outbox(&f.call, &out));
	CHECK(!out.waiting && !out.failed && !out.oldest_ms);
	CHECK_OK(store_write(f.store, put, &due));
	CHECK_OK(store_write(f.store, put, &again));
	CHECK_OK(store_write(f.store, put, &failed));
	CHECK_OK(store_write(f.store, put, &taken));
	CHECK_OK(courier_outbox(&f.call, &out));
	CHECK_INT(out.waiting, 5);
	CHECK_INT(out.retried, 2);
	CHECK_INT(out.failed, COURIER_LOOK_ROWS + 7);
	CHECK_INT(out.oldest_ms, 1000);
	CHECK_INT(out.failures.count, COURIER_LOOK_ROWS);
	CHECK_INT(out.retries.count, 2);
	CHECK_STR(out.retries.list[0].to, STR("s…@example.org"));
	CHECK_STR(out.failures.list[0].trouble, STR("550 s…@example.org unknown"));
	fixture_close(&f);
}

static void
only_ones_own(void)
{
	struct fixture f;
	struct putting one = letters("due", 0, 1);
	struct courier_row row;

	fixture_open(&f);
	CHECK_OK(store_write(f.store, put, &one));
	f.call.who = 5;
	CHECK_OK(courier_letter(&f.call, one.letter.id, &row));
	CHECK_STR(row.state, STR("due"));
	f.call.who = 6;
	CHECK_ERR(courier_letter(&f.call, one.letter.id, &row), ERR_NOT_FOUND);
	CHECK_ERR(courier_letter(&f.call, 1, &row), ERR_NOT_FOUND);
	fixture_close(&f);
}

static void
masks(void)
{
	static const struct {
		const char *to, *wanted;
	} cases[] = {
		{ "+8613911112222", "+86…22" },
		{ "110", "…" },
		{ "li@example.org", "…@example.org" },
		{ "王小明@example.org", "王…@example.org" },
		{ "https://hooks.example/secret/path", "https://hooks.example/…" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(courier_masked(arena, str_of(cases[i].to)),
		    str_of(cases[i].wanted));
}

static void
seen(void)
{
	struct fixture f;
	int lock = -1;

	fixture_open(&f);
	CHECK_INT(courier_seen_ms(str_of(f.place)), 0);
	CHECK_OK(courier_lock(str_of(f.place), &lock));
	courier_seen(lock);
	CHECK(when_now_ms() - courier_seen_ms(str_of(f.place)) < WHEN_MINUTE_MS);
	(void)close(lock);
	fixture_close(&f);
}

int
main(void)
{
	return CHECK_RUN({ "counted and masked", counted_and_masked },
	    { "only one's own", only_ones_own }, { "masks", masks },
	    { "the courier was seen", seen });
}

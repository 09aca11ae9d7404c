/* test_crash.c - many couriers, and couriers that die: nothing is lost, nothing shared. */
#include <signal.h>
#include <sys/wait.h>

#include "courier/fixture_int.h"
#include "wire/wire.h"

#define LETTERS 100
#define DEATHS  12

static struct courier_setup
setup_for(struct fixture *f, const struct gateway *g)
{
	return (struct courier_setup){
		.local = true,
		.sms_http = {
			.url = arena_printf(f->arena, "http://127.0.0.1:%u/?id={id}", g->port),
			.method = STR("GET"),
			.success = STR("2xx"),
		},
	};
}

static void
post_all(struct fixture *f, int64_t *ids)
{
	static const struct courier_letter letter = { .to = STR_CONST("+8613800000000"),
		.text = STR_CONST("hello") };

	for (size_t i = 0; i < LETTERS; i++)
		ids[i] = fixture_post(f, &letter);
}

/* Rounds until nothing is due at that moment. */
static void
work(struct store *store, const struct courier_setup *setup, int64_t now_ms)
{
	SCOPED(arena) arena = arena_open();
	SCOPED(courier) courier = NULL;
	struct call call = { .store = store, .arena = arena, .now_ms = now_ms };
	struct why why = { 0 };
	int64_t next_ms = 0;

	must(courier_open(setup, &courier, &why) == OK);
	while (next_ms <= now_ms)
		must(courier_round(courier, &call, &next_ms) == OK);
}

struct colleague {
	const char *place;
	const struct courier_setup *setup;
	int64_t now_ms;
};

static void *
work_beside(void *self)
{
	const struct colleague *c = self;
	SCOPED(store) store = NULL;
	struct why why = { 0 };

	must(store_open(str_of(c->place), &store, &why) == OK);
	work(store, c->setup, c->now_ms);
	return NULL;
}

static void
side_by_side(void)
{
	struct fixture f;
	struct gateway g;
	struct courier_setup setup;
	struct colleague colleague = { .setup = &setup };
	int64_t ids[LETTERS];
	pthread_t threads[3];

	fixture_open(&f);
	gateway_open(&g, KANNEL_YES, gateway_run);
	setup = setup_for(&f, &g);
	post_all(&f, ids);
	colleague.place = f.place;
	colleague.now_ms = when_now_ms();
	for (size_t i = 0; i < sizeof threads / sizeof *threads; i++)
		must(pthread_create(&threads[i], NULL, work_beside, &colleague) == 0);
	for (size_t i = 0; i < sizeof threads / sizeof *threads; i++)
		must(pthread_join(threads[i], NULL) == 0);
	gateway_close(&g);
	for (size_t i = 0; i < LETTERS; i++) {
		CHECK_INT(gateway_times(&g, ids[i]), 1);
		CHECK_STR(fixture_letter(&f, ids[i]).state, STR("taken"));
	}
	fixture_close(&f);
}

/* A courier that is killed while it works; the clock it sees is past all former leases. */
static void
die_at_work(const struct fixture *f, const struct courier_setup *setup, int64_t now_ms,
    useconds_t after_us)
{
	struct colleague colleague = { f->place, setup, now_ms };
	pid_t child = fork();

	must(child >= 0);
	if (child == 0) {
		(void)work_beside(&colleague);
		_exit(0);
	}
	(void)usleep(after_us);
	(void)kill(child, SIGKILL);
	must(waitpid(child, NULL, 0) == child);
}

static void
deaths(void)
{
	struct fixture f;
	struct gateway g;
	struct courier_setup setup;
	int64_t ids[LETTERS];
	int64_t now_ms = when_now_ms();
	unsigned sent_by_the_dead;

	fixture_open(&f);
	gateway_open(&g, KANNEL_YES, gateway_run);
	setup = setup_for(&f, &g);
	post_all(&f, ids);
	store_close(&f.store); /* a store is not carried over a fork */
	for (unsigned i = 0; i < DEATHS; i++) {
		now_ms += 2 * (int64_t)COURIER_LEASE_MS;
		die_at_work(&f, &setup, now_ms, 4000 * (i + 1));
	}
	sent_by_the_dead = g.requests;
	fixture_reopen(&f);
	work(f.store, &setup, now_ms + 2 * (int64_t)COURIER_LEASE_MS);
	gateway_close(&g);
	printf("# %u sent by couriers that died, %u in all, for %d letters\n",
	    sent_by_the_dead, g.requests, LETTERS);
	CHECK(sent_by_the_dead > 0);
	for (size_t i = 0; i < LETTERS; i++) {
		CHECK(gateway_times(&g, ids[i]) >= 1);
		CHECK_STR(fixture_letter(&f, ids[i]).state, STR("taken"));
	}
	/* Each death can cost at most the one letter that was under way. */
	CHECK(g.requests <= LETTERS + DEATHS);
	fixture_close(&f);
}

int
main(void)
{
	wire_start();
	return CHECK_RUN({ "couriers side by side share no letter", side_by_side },
	    { "couriers that are killed lose none", deaths });
}

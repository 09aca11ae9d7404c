/* test_trace.c - what is kept of requests, what is not, and that it never grows. */
#include <pthread.h>
#include <stdio.h>

#include "base/check.h"
#include "trace/trace.h"

#define NOW 1000000000000

static struct trace_said
said(int64_t account, unsigned status)
{
	return (struct trace_said){ .account = account,
		.device = 7,
		.at_ms = NOW,
		.kind = TRACE_DAV,
		.depth = 3,
		.method = 2,
		.status = status,
		.outcome = 1,
		.secure = true,
		.agent = STR("DAVx5/4.4"),
		.where = STR("/dav") };
}

static void
one_row(void)
{
	struct trace *trace = trace_open();
	struct trace_row rows[TRACE_PER_ACCOUNT];
	struct trace_said s = said(5, 401);

	trace_note(trace, &s);
	CHECK_INT(trace_read(trace, 5, (str){ 0 }, rows), 1);
	CHECK_INT(rows[0].status, 401);
	CHECK_INT(rows[0].device, 7);
	CHECK_INT(rows[0].kind, TRACE_DAV);
	CHECK_INT(rows[0].depth, 3);
	CHECK_INT(rows[0].method, 2);
	CHECK_INT(rows[0].outcome, 1);
	CHECK(rows[0].secure);
	CHECK_STR(str_of(rows[0].agent), STR("DAVx5/4.4"));
	CHECK_STR(str_of(rows[0].where), STR("/dav"));
	CHECK_INT(rows[0].last_ms, NOW);
	CHECK_INT(trace_read(trace, 6, (str){ 0 }, rows), 0);
	trace_close(&trace);
	CHECK(!trace);
}

static void
the_same_again(void)
{
	struct trace *trace = trace_open();
	struct trace_row rows[TRACE_PER_ACCOUNT];
	struct trace_said wrong = said(5, 401);
	struct trace_said good = said(5, 207);

	trace_note(trace, &wrong);
	for (int i = 1; i <= 100000; i++) {
		good.at_ms = NOW + i;
		good.method = (unsigned)i % 3;
		trace_note(trace, &good);
	}
	CHECK_INT(trace_read(trace, 5, (str){ 0 }, rows), 4);
	CHECK_INT(rows[0].last_ms, NOW + 100000);
	CHECK_INT(rows[0].count, 33334);
	CHECK_INT(rows[3].status, 401);
	trace_close(&trace);
}

static void
never_more_than_the_limit(void)
{
	struct trace *trace = trace_open();
	struct trace_row rows[TRACE_PER_ACCOUNT];

	for (unsigned i = 0; i < 1000; i++) {
		struct trace_said s = said(5, i);

		s.at_ms += i;
		trace_note(trace, &s);
	}
	CHECK_INT(trace_read(trace, 5, (str){ 0 }, rows), TRACE_PER_ACCOUNT);
	CHECK_INT(rows[0].status, 999);
	CHECK_INT(rows[TRACE_PER_ACCOUNT - 1].status, 1000 - TRACE_PER_ACCOUNT);
	trace_close(&trace);
}

static void
long_texts_are_cut(void)
{
	struct trace *trace = trace_open();
	struct trace_row rows[TRACE_PER_ACCOUNT];
	struct trace_said s = said(5, 200);

	s.agent = STR("0123456789012345678901234567890123456789 and more");
	s.where = STR("/01234567890123456789012 and more");
	trace_note(trace, &s);
	CHECK_INT(trace_read(trace, 5, (str){ 0 }, rows), 1);
	CHECK_STR(str_of(rows[0].agent), str_part(s.agent, 0, TRACE_AGENT_BYTES));
	CHECK_STR(str_of(rows[0].where), str_part(s.where, 0, TRACE_WHERE_BYTES));
	trace_close(&trace);
}

static void
addresses(void)
{
	static const struct {
		const char *noted, *read;
		size_t count;
	} cases[] = {
		{ "192.0.2.1", "192.0.2.1", 1 },
		{ "192.0.2.1", "192.0.2.2", 0 },
		{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::9", 1 },
		{ "2001:db8:1:2:3:4:5:6", "2001:db8:1:3::9", 0 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct trace *trace = trace_open();
		struct trace_row rows[TRACE_PER_ACCOUNT];
		struct trace_said s = said(0, 301);

		s.peer = str_of(cases[i].noted);
		trace_note(trace, &s);
		CHECK_INT(
		    trace_read(trace, 0, str_of(cases[i].read), rows), cases[i].count);
		trace_close(&trace);
	}
}

/* Ten times as many accounts as rings: those heard lately keep theirs, and later the silent
 * ones make room. */
static void
more_accounts_than_rings(void)
{
	struct trace *trace = trace_open();
	struct trace_row rows[TRACE_PER_ACCOUNT];
	struct trace_said s = said(1, 200);
	size_t kept = 0;

	for (int64_t account = 1; account <= 10 * TRACE_RINGS; account++) {
		s.account = account;
		trace_note(trace, &s);
	}
	for (int64_t account = 1; account <= 10 * TRACE_RINGS; account++)
		kept += trace_read(trace, account, (str){ 0 }, rows);
	CHECK(kept <= TRACE_RINGS && kept > TRACE_RINGS / 2);
	CHECK_INT(trace_read(trace, 1, (str){ 0 }, rows), 1);
	s.account = 20 * TRACE_RINGS;
	s.at_ms += TRACE_HOLD_MS;
	trace_note(trace, &s);
	CHECK_INT(trace_read(trace, s.account, (str){ 0 }, rows), 1);
	CHECK_INT(rows[0].count, 1);
	trace_close(&trace);
}

#define WRITERS 4
#define NOTES   50000

static void *
write_many(void *arg)
{
	struct trace *trace = arg;

	for (unsigned i = 0; i < NOTES; i++) {
		struct trace_said s = said(1 + i % 3, i % 500);

		s.device = s.status; /* the two have to be read together */
		trace_note(trace, &s);
	}
	return NULL;
}

static void
many_threads(void)
{
	struct trace *trace = trace_open();
	struct trace_row rows[TRACE_PER_ACCOUNT];
	pthread_t threads[WRITERS];

	for (int i = 0; i < WRITERS; i++)
		must(pthread_create(&threads[i], NULL, write_many, trace) == 0);
	for (int i = 0; i < 2000; i++) {
		size_t count = trace_read(trace, 1 + i % 3, (str){ 0 }, rows);

		for (size_t k = 0; k < count; k++)
			if (rows[k].device != rows[k].status)
				CHECK_INT(rows[k].device, rows[k].status);
	}
	for (int i = 0; i < WRITERS; i++)
		must(pthread_join(threads[i], NULL) == 0);
	CHECK(trace_read(trace, 1, (str){ 0 }, rows) > TRACE_PER_ACCOUNT / 2);
	trace_close(&trace);
}

int
main(void)
{
	return CHECK_RUN({ "one row", one_row }, { "the same again", the_same_again },
	    { "never more than the limit", never_more_than_the_limit },
	    { "long texts are cut", long_texts_are_cut }, { "addresses", addresses },
	    { "more accounts than rings", more_accounts_than_rings },
	    { "many threads", many_threads });
}

/* fault.c - SQLite's driver, but for one call that fails. */
#include "store/fault.h"

#include <stdatomic.h>

#include "store/driver_int.h"

static _Atomic int64_t calls, fails_at;
static _Atomic int failure;
static _Atomic uint64_t trail;

#define TRAIL_PRIME 0x100000001B3u /* FNV-1a */

void
store_fault_at(int64_t n, enum err how)
{
	calls = 0;
	trail = 0;
	failure = (int)how;
	fails_at = n;
}

int64_t
store_fault_calls(void)
{
	return calls;
}

uint64_t
store_fault_trail(void)
{
	return trail;
}

/* Counts a call; whether it is the one. */
static bool
fails(void)
{
	return atomic_fetch_add(&calls, 1) + 1 == fails_at;
}

#define OR_FAIL(call) (fails() ? (enum err)failure : (call))

static enum err
begin(struct session *session, bool writing)
{
	return OR_FAIL(driver_sqlite.begin(session, writing));
}

static enum err
commit(struct session *session)
{
	return OR_FAIL(driver_sqlite.commit(session));
}

static enum err
mark(struct session *session)
{
	return OR_FAIL(driver_sqlite.mark(session));
}

static enum err
keep(struct session *session)
{
	return OR_FAIL(driver_sqlite.keep(session));
}

static enum err
run(struct session *session, enum statement statement, const struct cell *cells,
    size_t count)
{
	trail = (trail ^ (uint64_t)(statement + 1)) * TRAIL_PRIME;
	return OR_FAIL(driver_sqlite.run(session, statement, cells, count));
}

static enum err
step(struct session *session, bool *more)
{
	return OR_FAIL(driver_sqlite.step(session, more));
}

enum err
store_open_faulty(str folder, struct store **out, struct why *why)
{
	static struct driver driver;

	driver = driver_sqlite;
	driver.name = "faulty";
	driver.begin = begin;
	driver.commit = commit;
	driver.mark = mark;
	driver.keep = keep;
	driver.run = run;
	driver.step = step;
	return store_open_with(&driver, folder, out, why);
}

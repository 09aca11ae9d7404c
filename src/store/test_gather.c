/* test_gather.c - the log in few writes, with nothing of it lost or told too early. */
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/check.h"
#include "store/gather_int.h"

#define ROW_BYTES "3000"

struct bench {
	char path[64];
	sqlite3 *gathered, *plain;
};

static int
run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static long long
number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	long long n = -1;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		n = sqlite3_column_int64(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return n;
}

static sqlite3 *
open_with(const char *path, const char *vfs)
{
	sqlite3 *db = NULL;

	must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
		 vfs) == SQLITE_OK);
	must(run(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		     "PRAGMA wal_autocheckpoint = 0") == SQLITE_OK);
	return db;
}

static struct bench
set_up(void)
{
	struct bench b = { .path = "/tmp/kith-gather-XXXXXX" };
	int fd = mkstemp(b.path);

	must(fd >= 0 && close(fd) == 0);
	b.gathered = open_with(b.path, gather_vfs());
	b.plain = open_with(b.path, NULL);
	must(run(b.gathered, "CREATE TABLE row (n INTEGER PRIMARY KEY, bytes BLOB)") ==
	     SQLITE_OK);
	return b;
}

static void
tear_down(struct bench *b)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	char path[80];

	(void)sqlite3_close(b->gathered);
	(void)sqlite3_close(b->plain);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		(void)snprintf(path, sizeof path, "%s%s", b->path, ends[i]);
		(void)unlink(path);
	}
}

static int
add_rows(sqlite3 *db, int from, int count)
{
	char sql[256];

	(void)snprintf(sql, sizeof sql,
	    "WITH RECURSIVE r(n) AS (SELECT %d UNION ALL SELECT n + 1 FROM r"
	    " WHERE n < %d) INSERT INTO row SELECT n, randomblob(" ROW_BYTES ") FROM r",
	    from, from + count - 1);
	return run(db, sql);
}

/* Writes of this process so far, as the kernel counts them. */
static long
writes(void)
{
	FILE *io = fopen("/proc/self/io", "re");
	char line[80];
	long n = -1;

	must(io);
	while (fgets(line, sizeof line, io))
		if (strncmp(line, "syscw: ", 7) == 0)
			n = strtol(line + 7, NULL, 10);
	(void)fclose(io);
	return n;
}

static void
few_writes(void)
{
	struct bench b = set_up();
	long before = writes();
	long gathered;

	CHECK(add_rows(b.gathered, 1, 100) == SQLITE_OK);
	gathered = writes() - before;
	before = writes();
	CHECK(add_rows(b.plain, 101, 100) == SQLITE_OK);
	CHECK(gathered * 8 < writes() - before);
	CHECK_INT(number(b.plain, "SELECT count(*) FROM row"), 200);
	tear_down(&b);
}

/* The pages a small cache cannot hold are read back from the log before the commit. */
static void
more_than_the_cache(void)
{
	struct bench b = set_up();

	CHECK(run(b.gathered, "PRAGMA cache_size = 10; BEGIN") == SQLITE_OK);
	CHECK(add_rows(b.gathered, 1, 200) == SQLITE_OK);
	CHECK(run(b.gathered, "UPDATE row SET bytes = randomblob(10)") == SQLITE_OK);
	CHECK_INT(number(b.gathered, "SELECT sum(length(bytes)) FROM row"), 2000);
	CHECK_INT(number(b.plain, "SELECT count(*) FROM row"), 0);
	CHECK(run(b.gathered, "COMMIT") == SQLITE_OK);
	CHECK_INT(number(b.plain, "SELECT sum(length(bytes)) FROM row"), 2000);
	tear_down(&b);
}

static void
taken_back(void)
{
	struct bench b = set_up();

	CHECK(add_rows(b.gathered, 1, 20) == SQLITE_OK);
	CHECK(run(b.gathered, "PRAGMA cache_size = 10; BEGIN") == SQLITE_OK);
	CHECK(add_rows(b.gathered, 21, 200) == SQLITE_OK);
	CHECK(run(b.gathered, "ROLLBACK") == SQLITE_OK);
	CHECK(add_rows(b.gathered, 300, 1) == SQLITE_OK);
	CHECK_INT(number(b.plain, "SELECT count(*) FROM row"), 21);
	CHECK_INT(number(b.plain, "SELECT count(*) FROM pragma_integrity_check"
				  " WHERE integrity_check = 'ok'"),
	    1);
	tear_down(&b);
}

static void
limit_files(rlim_t bytes)
{
	struct rlimit limit;

	must(getrlimit(RLIMIT_FSIZE, &limit) == 0);
	limit.rlim_cur = bytes;
	must(setrlimit(RLIMIT_FSIZE, &limit) == 0);
}

/* No room: the commit says so, and nobody sees a part of it. */
static void
no_room(void)
{
	struct bench b = set_up();
	long long was;

	(void)signal(SIGXFSZ, SIG_IGN);
	CHECK(add_rows(b.gathered, 1, 5) == SQLITE_OK);
	was = number(b.plain, "SELECT count(*) FROM row");
	limit_files((rlim_t)100 << 10);
	CHECK(add_rows(b.gathered, 6, 40) != SQLITE_OK);
	limit_files(RLIM_INFINITY);
	CHECK_INT(number(b.plain, "SELECT count(*) FROM row"), was);
	CHECK(add_rows(b.gathered, 6, 40) == SQLITE_OK);
	CHECK_INT(number(b.plain, "SELECT count(*) FROM row"), 45);
	tear_down(&b);
}

/* The log goes back into the file by the connection that wrote it, and begins anew. */
static void
log_written_back(void)
{
	struct bench b = set_up();

	for (int i = 0; i < 5; i++) {
		CHECK(add_rows(b.gathered, 1 + i * 10, 10) == SQLITE_OK);
		CHECK(sqlite3_wal_checkpoint_v2(b.gathered, NULL,
			  SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) == SQLITE_OK);
		CHECK_INT(number(b.plain, "SELECT count(*) FROM row"), 10 * (i + 1));
	}
	CHECK_INT(number(b.plain, "SELECT count(*) FROM pragma_integrity_check"
				  " WHERE integrity_check = 'ok'"),
	    1);
	tear_down(&b);
}

int
main(void)
{
	return CHECK_RUN({ "a commit is few writes", few_writes },
	    { "more than the cache holds", more_than_the_cache },
	    { "taken back", taken_back }, { "no room", no_room },
	    { "the log written back", log_written_back });
}

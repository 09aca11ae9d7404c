/* gather.c - see gather_int.h; the interface is sqlite.org/vfs.html's, a shim. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>

#include "store/gather_int.h"

#define NAME "kith-gather"

/* SQLite gives one piece of memory for all of it: ours, then the system's. */
struct gathered {
	sqlite3_file file; /* first: SQLite knows a file by its methods */
	sqlite3_file *log; /* the system's */
	char *waiting;
	size_t len;
	sqlite3_int64 at; /* where in the log what waits begins */
};

static sqlite3_vfs *system_vfs;
static sqlite3_vfs vfs;
static once_flag once = ONCE_FLAG_INIT;

static struct gathered *
of(sqlite3_file *file)
{
	return (struct gathered *)(void *)file;
}

static int
let_go(struct gathered *g)
{
	size_t len = g->len;

	g->len = 0;
	return len ? g->log->pMethods->xWrite(g->log, g->waiting, (int)len, g->at)
		   : SQLITE_OK;
}

static bool
goes_on(const struct gathered *g, size_t len, sqlite3_int64 at)
{
	return at == g->at + (sqlite3_int64)g->len && len <= GATHER_BYTES - g->len;
}

static int
gather(sqlite3_file *file, const void *bytes, int len, sqlite3_int64 at)
{
	struct gathered *g = of(file);

	if (!goes_on(g, (size_t)len, at)) {
		int code = let_go(g);

		if (code != SQLITE_OK)
			return code;
		g->at = at;
	}
	if ((size_t)len > GATHER_BYTES)
		return g->log->pMethods->xWrite(g->log, bytes, len, at);
	memcpy(g->waiting + g->len, bytes, (size_t)len);
	g->len += (size_t)len;
	return SQLITE_OK;
}

static int
read_back(sqlite3_file *file, void *bytes, int len, sqlite3_int64 at)
{
	struct gathered *g = of(file);
	int code = let_go(g);

	return code == SQLITE_OK ? g->log->pMethods->xRead(g->log, bytes, len, at)
				 : code;
}

static int
make_durable(sqlite3_file *file, int flags)
{
	struct gathered *g = of(file);
	int code = let_go(g);

	return code == SQLITE_OK ? g->log->pMethods->xSync(g->log, flags) : code;
}

static int
cut(sqlite3_file *file, sqlite3_int64 size)
{
	struct gathered *g = of(file);
	int code = let_go(g);

	return code == SQLITE_OK ? g->log->pMethods->xTruncate(g->log, size) : code;
}

static int
measure(sqlite3_file *file, sqlite3_int64 *size)
{
	struct gathered *g = of(file);
	int code = let_go(g);

	return code == SQLITE_OK ? g->log->pMethods->xFileSize(g->log, size) : code;
}

/* What still waits belongs to no commit. */
static int
close_log(sqlite3_file *file)
{
	struct gathered *g = of(file);

	free(g->waiting);
	return g->log->pMethods->xClose(g->log);
}

static int
control(sqlite3_file *file, int what, void *arg)
{
	struct gathered *g = of(file);

	return g->log->pMethods->xFileControl(g->log, what, arg);
}

static int
sector_size(sqlite3_file *file)
{
	struct gathered *g = of(file);

	return g->log->pMethods->xSectorSize(g->log);
}

static int
characteristics(sqlite3_file *file)
{
	struct gathered *g = of(file);

	return g->log->pMethods->xDeviceCharacteristics(g->log);
}

/* A log is neither locked nor mapped: the database's file is. */
static const sqlite3_io_methods methods = {
	.iVersion = 1,
	.xClose = close_log,
	.xRead = read_back,
	.xWrite = gather,
	.xTruncate = cut,
	.xSync = make_durable,
	.xFileSize = measure,
	.xFileControl = control,
	.xSectorSize = sector_size,
	.xDeviceCharacteristics = characteristics,
};

static int
open_log(sqlite3_filename name, struct gathered *g, int flags, int *got)
{
	int code;

	*g = (struct gathered){ .log = (sqlite3_file *)(void *)(g + 1) };
	g->waiting = malloc(GATHER_BYTES);
	if (!g->waiting)
		return SQLITE_NOMEM;
	code = system_vfs->xOpen(system_vfs, name, g->log, flags, got);
	if (code == SQLITE_OK)
		g->file.pMethods = &methods;
	else
		free(g->waiting);
	return code;
}

static int
open_any(
    sqlite3_vfs *self, sqlite3_filename name, sqlite3_file *file, int flags, int *got)
{
	(void)self;
	if (flags & SQLITE_OPEN_WAL)
		return open_log(name, of(file), flags, got);
	return system_vfs->xOpen(system_vfs, name, file, flags, got);
}

static void
make_vfs(void)
{
	system_vfs = sqlite3_vfs_find(NULL);
	if (!system_vfs)
		return;
	vfs = *system_vfs;
	vfs.zName = NAME;
	vfs.pNext = NULL;
	vfs.szOsFile += (int)sizeof(struct gathered);
	vfs.xOpen = open_any;
	if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
		system_vfs = NULL;
}

const char *
gather_vfs(void)
{
	call_once(&once, make_vfs);
	return system_vfs ? NAME : NULL;
}

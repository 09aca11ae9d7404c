#include "store/health.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

static int64_t
bytes_of(struct arena *arena, str folder, const char *name)
{
	str path = arena_printf(arena, STR_FMT "/%s", STR_ARG(folder), name);
	struct stat about;

	return stat(path.at, &about) == 0 ? (int64_t)about.st_size : 0;
}

enum err
store_size(str folder, struct store_size *out)
{
	SCOPED(arena) arena = arena_open();
	str path = arena_printf(arena, STR_FMT, STR_ARG(folder));
	struct statvfs disk;

	if (statvfs(path.at, &disk) != 0)
		return ERR_IO;
	*out = (struct store_size){ .bytes = bytes_of(arena, folder, "kith.db"),
		.log_bytes = bytes_of(arena, folder, "kith.db-wal"),
		.free_bytes = (int64_t)(disk.f_bavail * disk.f_frsize) };
	return OK;
}

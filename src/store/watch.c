#include "store/watch.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/stamp_int.h"

#define PATH_MAX_BYTES 4096
#define LOOKED_BYTES   (STAMP_WORDS * sizeof(uint64_t))

/* A process that has the database itself open must not do this: closing the file would drop
 * its locks (sqlite.org/howtocorrupt.html, 2.2). */
static void
look(struct store_watch *watch, str folder)
{
	char path[PATH_MAX_BYTES];
	struct stat about;
	void *at;
	int file;

	(void)snprintf(path, sizeof path, STR_FMT "/" STAMP_SHARED, STR_ARG(folder));
	file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return;
	if (fstat(file, &about) == 0 && (size_t)about.st_size >= LOOKED_BYTES) {
		at = mmap(NULL, LOOKED_BYTES, PROT_READ, MAP_SHARED, file, 0);
		if (at != MAP_FAILED)
			watch->commits = at;
	}
	(void)close(file);
}

uint64_t
store_watch_stamp(struct store_watch *watch, str folder)
{
	if (!watch->commits)
		look(watch, folder);
	return watch->commits ? stamp_read(watch->commits) : 0;
}

void
store_watch_close(struct store_watch *watch)
{
	if (watch->commits)
		(void)munmap((void *)(uintptr_t)watch->commits, LOOKED_BYTES);
	watch->commits = NULL;
}

/* lock.c - one courier for one data folder. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/when.h"
#include "courier/courier.h"
#include "courier/look.h"

#define LOCK_NAME "courier.lock"

void
courier_seen(int lock)
{
	(void)futimens(lock, NULL);
}

int64_t
courier_seen_ms(str folder)
{
	SCOPED(arena) arena = arena_open();
	str path = arena_printf(arena, STR_FMT "/" LOCK_NAME, STR_ARG(folder));
	struct stat about;

	if (stat(path.at, &about) != 0)
		return 0;
	return (int64_t)about.st_mtim.tv_sec * WHEN_SECOND_MS;
}

enum err
courier_lock(str folder, int *out)
{
	SCOPED(arena) arena = arena_open();
	str path = arena_printf(arena, STR_FMT "/" LOCK_NAME, STR_ARG(folder));
	int file = open(path.at, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
	enum err e;

	if (file < 0)
		return ERR_IO;
	if (flock(file, LOCK_EX | LOCK_NB) == 0) {
		*out = file;
		return OK;
	}
	e = errno == EWOULDBLOCK ? ERR_BUSY : ERR_IO;
	(void)close(file);
	return e;
}

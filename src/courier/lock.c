/* lock.c - one courier for one data folder. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "courier/courier.h"

#define LOCK_NAME "courier.lock"

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

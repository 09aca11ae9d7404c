#include "base/program.h"

#include <limits.h>
#include <unistd.h>

str
program_beside(struct arena *arena, str name)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof path);

	if (len < 0)
		return (str){ 0 };
	while (len > 0 && path[len - 1] != '/')
		len--;
	return ARENA_JOIN(arena, (str){ path, (size_t)len }, name);
}

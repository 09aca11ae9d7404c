#include "base/program.h"

#include <limits.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
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

void
program_thread_name(const char *name)
{
	(void)prctl(PR_SET_NAME, name, 0, 0, 0);
}

#define SLICE_NS 100000 /* the shortest there is */

/* struct sched_attr of the kernel, as of its first version; libc has neither. */
struct turns {
	uint32_t size, policy;
	uint64_t flags;
	int32_t nice;
	uint32_t priority;
	uint64_t slice_ns, deadline_ns, period_ns;
};

void
program_thread_short_turns(void)
{
	struct turns turns = { .size = sizeof turns,
		.nice = getpriority(PRIO_PROCESS, 0),
		.slice_ns = SLICE_NS };

	(void)syscall(SYS_sched_setattr, 0, &turns, 0);
}

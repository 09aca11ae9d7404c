#include "base/confine.h"

#include <errno.h>
#include <seccomp.h>
#include <sys/prctl.h>

#include "base/log.h"

static const struct {
	unsigned right;
	int call;
} guarded[] = {
	{ CONFINE_CONNECT, SCMP_SYS(connect) },
	{ CONFINE_LISTEN, SCMP_SYS(listen) },
	{ CONFINE_LISTEN, SCMP_SYS(accept) },
	{ CONFINE_LISTEN, SCMP_SYS(accept4) },
	{ CONFINE_EXEC, SCMP_SYS(execve) },
	{ CONFINE_EXEC, SCMP_SYS(execveat) },
	{ CONFINE_FILES, SCMP_SYS(open) },
	{ CONFINE_FILES, SCMP_SYS(openat) },
	{ CONFINE_FILES, SCMP_SYS(openat2) },
	{ 0, SCMP_SYS(ptrace) },
	{ 0, SCMP_SYS(process_vm_readv) },
	{ 0, SCMP_SYS(process_vm_writev) },
	{ 0, SCMP_SYS(mount) },
	{ 0, SCMP_SYS(bpf) },
};

static bool
forbid_all_but(scmp_filter_ctx filter, unsigned rights)
{
	for (size_t i = 0; i < sizeof guarded / sizeof *guarded; i++) {
		if (guarded[i].right & rights)
			continue;
		if (seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), guarded[i].call, 0))
			return false;
	}
	return seccomp_load(filter) == 0;
}

void
confine(const char *process, unsigned rights)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	if (!filter || !forbid_all_but(filter, rights))
		log_line(LOG_WARNING, "%s runs unconfined: no seccomp here", process);
	seccomp_release(filter);
}

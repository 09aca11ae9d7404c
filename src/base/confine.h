/*
 * confine.h - a process gives up what it will never need.
 *
 * After OpenSMTPD's pledge lines: one call per process, in main/.  On a kernel without
 * seccomp or landlock it does what it can and says so in the log.
 */
#ifndef KITH_BASE_CONFINE_H
#define KITH_BASE_CONFINE_H

#include "base/err.h"

enum confine_right {
	CONFINE_CONNECT = 1 << 0, /* may open connections */
	CONFINE_LISTEN = 1 << 1,  /* may take connections in */
	CONFINE_EXEC = 1 << 2,    /* may start helpers (picture) */
	CONFINE_FILES = 1 << 3,   /* may open files at all */
};

/* For all threads started later.  `rights` is a sum of enum confine_right. */
void confine(const char *process, unsigned rights);

#endif

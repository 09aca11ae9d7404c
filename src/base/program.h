/*
 * program.h - what a program knows of itself: its folder, and how its threads take turns.
 */
#ifndef KITH_BASE_PROGRAM_H
#define KITH_BASE_PROGRAM_H

#include "base/arena.h"

/* The path of the program of that name in the folder of the running one.  Empty, with
 * errno, when that folder cannot be told. */
str program_beside(struct arena *arena, str name);

/* What the calling thread is called in top(1) and in a profile: 15 bytes at most. */
void program_thread_name(const char *name);

/*
 * The calling thread has little to do at a time and is waited for: when it wakes, it runs
 * at once, before threads that are in the middle of long work.  It gets no larger share of
 * the processor by that (a short slice, sched(7)); an older kernel leaves it as it is.
 */
void program_thread_short_turns(void);

#endif

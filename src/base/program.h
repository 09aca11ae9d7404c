/*
 * program.h - this program's own folder: what it starts stands beside it.
 */
#ifndef KITH_BASE_PROGRAM_H
#define KITH_BASE_PROGRAM_H

#include "base/arena.h"

/* The path of the program of that name in the folder of the running one.  Empty, with
 * errno, when that folder cannot be told. */
str program_beside(struct arena *arena, str name);

#endif

/*
 * arena.h - memory with one owner and one end.
 *
 * A request, a courier round or a CLI verb owns one arena.  A function that takes an
 * arena returns memory from it; a function that takes none leaves nothing behind.
 * Nothing is freed one by one.  Memory comes zeroed.  There is no failure to check:
 * input is refused at its limit long before, and a host out of memory ends the process.
 * Not thread-safe; may be handed from thread to thread.
 */
#ifndef KITH_BASE_ARENA_H
#define KITH_BASE_ARENA_H

#include <stddef.h>

#include "base/str.h"

struct arena;

struct arena *arena_open(void);
void arena_close(struct arena **arena); /* takes NULL, leaves NULL */

/* Forgets all that was taken; keeps one block for the next user. */
void arena_reset(struct arena *arena);

void *arena_get(struct arena *arena, size_t bytes);

/* The same without the zeroing, for memory about to be written over. */
void *arena_get_raw(struct arena *arena, size_t bytes);

/* A copy with a NUL behind it (not counted in len), so that .at is a C string too. */
str arena_copy(struct arena *arena, str text);

/* The parts behind one another: what a path asked for often uses in place of a format. */
str arena_join(struct arena *arena, const str *parts, size_t count);
#define ARENA_JOIN(arena, ...)                            \
	arena_join((arena), (const str[]){ __VA_ARGS__ }, \
	    sizeof((const str[]){ __VA_ARGS__ }) / sizeof(str))

/* Formatted text; NUL-terminated behind its end like arena_copy's. */
str arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type) ((type *)arena_get((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) \
	((type *)arena_get((arena), arena_array_bytes((count), sizeof(type))))

size_t arena_array_bytes(size_t count, size_t each); /* ends the process on overflow */

#endif

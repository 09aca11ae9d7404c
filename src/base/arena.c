#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

#define BLOCK_BYTES ((size_t)16 * 1024)
#define ALIGN_BYTES ((size_t)16)

struct block {
	struct block *next;
	size_t used, size; /* bytes */
	_Alignas(16) unsigned char bytes[];
};

struct arena {
	struct block *newest; /* the oldest block, last in the list, is BLOCK_BYTES */
};

static void *
must_have(void *memory)
{
	if (memory)
		return memory;
	(void)fputs("kith: out of memory\n", stderr);
	abort();
}

static struct block *
block_of(size_t size)
{
	struct block *b = must_have(malloc(sizeof *b + size));

	b->next = NULL;
	b->used = 0;
	b->size = size;
	return b;
}

struct arena *
arena_open(void)
{
	struct arena *arena = must_have(malloc(sizeof *arena));

	arena->newest = block_of(BLOCK_BYTES);
	return arena;
}

static void
free_down_to(struct arena *arena, const struct block *keep)
{
	while (arena->newest && arena->newest != keep) {
		struct block *b = arena->newest;

		arena->newest = b->next;
		free(b);
	}
}

void
arena_close(struct arena **arena)
{
	if (!*arena)
		return;
	free_down_to(*arena, NULL);
	free(*arena);
	*arena = NULL;
}

void
arena_reset(struct arena *arena)
{
	const struct block *oldest = arena->newest;

	while (oldest->next)
		oldest = oldest->next;
	free_down_to(arena, oldest);
	arena->newest->used = 0;
}

void *
arena_get_raw(struct arena *arena, size_t bytes)
{
	struct block *b = arena->newest;
	size_t need = (bytes + ALIGN_BYTES - 1) & ~(ALIGN_BYTES - 1);

	must(need >= bytes);
	if (b->size - b->used < need) {
		b = block_of(need > BLOCK_BYTES ? need : BLOCK_BYTES);
		b->next = arena->newest;
		arena->newest = b;
	}
	b->used += need;
	return b->bytes + b->used - need;
}

void *
arena_get(struct arena *arena, size_t bytes)
{
	return memset(arena_get_raw(arena, bytes), 0, bytes);
}

size_t
arena_array_bytes(size_t count, size_t each)
{
	must(!each || count <= SIZE_MAX / each);
	return count * each;
}

str
arena_copy(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len + 1);

	if (text.len)
		memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	return (str){ copy, text.len };
}

str
arena_join(struct arena *arena, const str *parts, size_t count)
{
	size_t len = 0;
	char *whole;
	char *at;

	for (size_t i = 0; i < count; i++)
		len += parts[i].len;
	at = whole = arena_get_raw(arena, len + 1);
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len)
			memcpy(at, parts[i].at, parts[i].len);
		at += parts[i].len;
	}
	*at = '\0';
	return (str){ whole, len };
}

str
arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	va_list again;
	int need;
	char *at;

	va_start(args, format);
	va_copy(again, args);
	need = vsnprintf(NULL, 0, format, args);
	va_end(args);
	must(need >= 0);
	at = arena_get_raw(arena, (size_t)need + 1);
	(void)vsnprintf(at, (size_t)need + 1, format, again);
	va_end(again);
	return (str){ at, (size_t)need };
}

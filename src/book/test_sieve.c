#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "book/sieve_int.h"

#define TEXTS   1300 /* more than two blocks hold */
#define LETTERS "abcdefgh"

/* The same at each run: a text of up to `most` letters that are few, so that needles hit. */
static str
some_text(struct arena *arena, uint32_t *seed, size_t most)
{
	char *at = arena_get(arena, most);
	size_t len;

	*seed = *seed * 1664525U + 1013904223U;
	len = (*seed >> 16) % (most + 1);
	for (size_t i = 0; i < len; i++) {
		*seed = *seed * 1664525U + 1013904223U;
		at[i] = LETTERS[(*seed >> 16) % strlen(LETTERS)];
	}
	return (str){ at, len };
}

static size_t
found(const struct sieve *sieve, struct arena *arena, str needle, const int64_t **ids)
{
	struct buf buf = buf_in(arena, SIZE_MAX);

	sieve_find(sieve, needle, &buf);
	*ids = (const int64_t *)(const void *)buf.at;
	return buf.len / sizeof **ids;
}

/* Whatever is asked for, what it finds is what looking through every text finds. */
static void
finds_all_and_only(void)
{
	SCOPED(arena) arena = arena_open();
	struct sieve *sieve = sieve_open();
	uint32_t seed = 7;
	str texts[TEXTS];

	for (size_t i = 0; i < TEXTS; i++) {
		texts[i] = some_text(arena, &seed, 40);
		sieve_add(sieve, (int64_t)i * 3, texts[i]);
	}
	CHECK_INT(sieve_count(sieve), TEXTS);
	for (size_t i = 0; i < 200; i++) {
		str needle = some_text(arena, &seed, 6);
		const int64_t *ids;
		size_t count, at = 0;

		if (!needle.len)
			continue;
		count = found(sieve, arena, needle, &ids);
		for (size_t n = 0; n < TEXTS; n++)
			if (str_find(texts[n], needle) != SIZE_MAX) {
				CHECK(at < count && ids[at] == (int64_t)n * 3);
				at++;
			}
		CHECK_INT(at, count);
	}
	sieve_close(&sieve);
}

/* A needle never reaches from one text into the next, nor finds what was there before. */
static void
keeps_texts_apart(void)
{
	SCOPED(arena) arena = arena_open();
	struct sieve *sieve = sieve_open();
	const int64_t *ids;

	sieve_add(sieve, 1, STR("abc"));
	sieve_add(sieve, 2, STR(""));
	sieve_add(sieve, 3, STR("bcd"));
	CHECK_INT(found(sieve, arena, STR("cb"), &ids), 0);
	CHECK_INT(found(sieve, arena, STR("bc"), &ids), 2);
	CHECK_INT(sieve_text_bytes(sieve), 6);
	sieve_empty(sieve);
	sieve_add(sieve, 4, STR("xyz"));
	CHECK_INT(found(sieve, arena, STR("bc"), &ids), 0);
	CHECK_INT(found(sieve, arena, STR("z"), &ids), 1);
	CHECK_INT(ids[0], 4);
	sieve_close(&sieve);
	CHECK(!sieve);
}

int
main(void)
{
	return CHECK_RUN({ "finds all and only", finds_all_and_only },
	    { "keeps texts apart", keeps_texts_apart });
}

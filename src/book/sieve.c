#include <stdlib.h>
#include <string.h>

#include "book/sieve_int.h"

#define SLOT_BITS    9
#define WORD_BITS    64
#define BLOCK_WORDS  8 /* a row of a block is a line of the cache */
#define BLOCK_TEXTS  (BLOCK_WORDS * WORD_BITS)
#define NEEDLE_PAIRS 12 /* more rule out hardly anything more */

_Static_assert(1U << SLOT_BITS == SIEVE_SLOTS, "a slot for every hash");

struct block {
	_Alignas(64) uint64_t has[SIEVE_SLOTS][BLOCK_WORDS];
};

struct entry {
	int64_t id;
	size_t from; /* where its text begins */
};

struct sieve {
	struct entry *entries;
	size_t count, room;
	char *text;
	size_t len, text_room;
	struct block **blocks;
	size_t block_count, block_room;
};

struct sieve *
sieve_open(void)
{
	struct sieve *sieve = calloc(1, sizeof *sieve);

	must(sieve);
	return sieve;
}

void
sieve_close(struct sieve **sieve)
{
	struct sieve *s = *sieve;

	if (!s)
		return;
	for (size_t i = 0; i < s->block_count; i++)
		free(s->blocks[i]);
	free(s->blocks);
	free(s->entries);
	free(s->text);
	free(s);
	*sieve = NULL;
}

void
sieve_empty(struct sieve *sieve)
{
	for (size_t i = 0; i < sieve->block_count; i++)
		*sieve->blocks[i] = (struct block){ 0 };
	sieve->count = sieve->len = 0;
}

size_t
sieve_count(const struct sieve *sieve)
{
	return sieve->count;
}

size_t
sieve_text_bytes(const struct sieve *sieve)
{
	return sieve->len;
}

static unsigned
slot_of(const char *pair)
{
	uint32_t bytes = (uint32_t)(unsigned char)pair[0] << 8 | (unsigned char)pair[1];

	return (bytes * 0x9E3779B1U) >> (32 - SLOT_BITS);
}

/* --- adding --- */

static void
grow(void *list, size_t *room, size_t needed, size_t each)
{
	void **at = list;

	if (needed <= *room)
		return;
	while (*room < needed)
		*room = *room ? *room + *room / 2 : 64;
	*at = realloc(*at, *room * each);
	must(*at);
}

static struct block *
block_for(struct sieve *sieve, size_t index)
{
	size_t number = index / BLOCK_TEXTS;
	struct block *block;

	if (number < sieve->block_count)
		return sieve->blocks[number];
	grow(&sieve->blocks, &sieve->block_room, number + 1, sizeof(struct block *));
	block = aligned_alloc(_Alignof(struct block), sizeof *block);
	must(block);
	*block = (struct block){ 0 };
	return sieve->blocks[sieve->block_count++] = block;
}

void
sieve_add(struct sieve *sieve, int64_t id, str text)
{
	size_t index = sieve->count;
	struct block *block = block_for(sieve, index);
	size_t word = index % BLOCK_TEXTS / WORD_BITS;
	uint64_t bit = 1ULL << index % WORD_BITS;

	grow(&sieve->entries, &sieve->room, index + 1, sizeof *sieve->entries);
	grow(&sieve->text, &sieve->text_room, sieve->len + text.len, 1);
	sieve->entries[sieve->count++] = (struct entry){ id, sieve->len };
	if (text.len)
		memcpy(sieve->text + sieve->len, text.at, text.len);
	sieve->len += text.len;
	for (size_t i = 0; i + 1 < text.len; i++)
		block->has[slot_of(text.at + i)][word] |= bit;
}

/* --- finding --- */

struct pairs {
	unsigned slots[NEEDLE_PAIRS];
	size_t count; /* none, for a needle of one byte: every text may have it */
};

static struct pairs
pairs_of(str needle)
{
	struct pairs pairs = { .count = 0 };

	for (size_t i = 0; i + 1 < needle.len && pairs.count < NEEDLE_PAIRS; i++)
		pairs.slots[pairs.count++] = slot_of(needle.at + i);
	return pairs;
}

static void
sift(const struct block *block, const struct pairs *pairs, uint64_t *may)
{
	memset(may, 0xFF, sizeof(uint64_t) * BLOCK_WORDS);
	for (size_t i = 0; i < pairs->count; i++)
		for (size_t word = 0; word < BLOCK_WORDS; word++)
			may[word] &= block->has[pairs->slots[i]][word];
}

static bool
has(const struct sieve *sieve, size_t index, str needle)
{
	size_t from = sieve->entries[index].from;
	size_t end =
	    index + 1 < sieve->count ? sieve->entries[index + 1].from : sieve->len;

	return memmem(sieve->text + from, end - from, needle.at, needle.len) != NULL;
}

static void
look_through(
    const struct sieve *sieve, size_t first, uint64_t may, str needle, struct buf *ids)
{
	for (; may; may &= may - 1) {
		size_t index = first + (size_t)__builtin_ctzll(may);

		if (index < sieve->count && has(sieve, index, needle))
			buf_add(ids, (str){ (const char *)&sieve->entries[index].id,
					 sizeof sieve->entries[index].id });
	}
}

void
sieve_find(const struct sieve *sieve, str needle, struct buf *ids)
{
	struct pairs pairs = pairs_of(needle);
	uint64_t may[BLOCK_WORDS];

	for (size_t first = 0; first < sieve->count; first += BLOCK_TEXTS) {
		sift(sieve->blocks[first / BLOCK_TEXTS], &pairs, may);
		for (size_t word = 0; word < BLOCK_WORDS; word++)
			look_through(
			    sieve, first + word * WORD_BITS, may[word], needle, ids);
	}
}

/*
 * sieve_int.h - the texts of many cards, found by any part of them.
 *
 * Beside the texts stands, for each pair of bytes (hashed to one of SIEVE_SLOTS), a bit for
 * every card that has it.  A needle's pairs name the few rows of bits that its cards must
 * all have: a word of them rules out 64 cards at once, and only the rest are looked through.
 * One writer or many readers at a time, as the caller arranges.
 */
#ifndef KITH_BOOK_SIEVE_INT_H
#define KITH_BOOK_SIEVE_INT_H

#include "base/buf.h"

#define SIEVE_SLOTS 512

struct sieve;

struct sieve *sieve_open(void);
void sieve_close(struct sieve **sieve); /* takes NULL, leaves NULL */

/* Its texts go; the memory stays for those to come. */
void sieve_empty(struct sieve *sieve);

void sieve_add(struct sieve *sieve, int64_t id, str text);

size_t sieve_count(const struct sieve *sieve);
size_t sieve_text_bytes(const struct sieve *sieve);

/* Adds the int64_t id of each text that has the needle, in the order they were added. */
void sieve_find(const struct sieve *sieve, str needle, struct buf *ids);

#endif

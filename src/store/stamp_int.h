/*
 * stamp_int.h - what tells whether anything was committed, without a transaction.
 *
 * The shared memory beside the WAL begins with 48 bytes that every commit and every restart
 * of the log rewrites: frame count, salts, checksums (sqlite.org/walformat.html, 2.1).  As
 * long as they stay what they were, so does the database.  They are compared, not read.
 */
#ifndef KITH_STORE_STAMP_INT_H
#define KITH_STORE_STAMP_INT_H

#include <stdatomic.h>
#include <stdint.h>

#define STAMP_DATABASE "kith.db"
#define STAMP_SHARED   STAMP_DATABASE "-shm"
#define STAMP_WORDS    6

static inline uint64_t
stamp_read(const volatile uint64_t *commits)
{
	uint64_t mixed = 0;

	atomic_thread_fence(memory_order_acquire);
	for (unsigned i = 0; i < STAMP_WORDS; i++) {
		mixed = (mixed ^ commits[i]) * 0x9E3779B97F4A7C15u;
		mixed ^= mixed >> 29;
	}
	return mixed;
}

#endif

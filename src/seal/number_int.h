/*
 * number_int.h - numbers of 256 bits modulo a prime, for what is public.
 *
 * Not in constant time, and plain rather than fast: keys and signatures of others, one at a
 * time, never a secret.
 */
#ifndef KITH_SEAL_NUMBER_INT_H
#define KITH_SEAL_NUMBER_INT_H

#include "base/str.h"

#define NUMBER_WORDS 4
#define NUMBER_BYTES 32

/* The lowest word first. */
struct number {
	uint64_t word[NUMBER_WORDS];
};

/* Of NUMBER_BYTES, the highest first. */
struct number number_read(const char *at);

bool number_is_below(const struct number *a, const struct number *b);
bool number_is_zero(const struct number *a);
bool number_same(const struct number *a, const struct number *b);
bool number_bit(const struct number *a, unsigned bit);

/* Modulo 2^256. */
struct number number_minus(struct number a, const struct number *b);

/* Modulo m, of numbers below it; m has its highest bit set. */
struct number number_sum(
    struct number a, const struct number *b, const struct number *m);
struct number number_difference(
    const struct number *a, const struct number *b, const struct number *m);
struct number number_product(
    const struct number *a, const struct number *b, const struct number *m);

/* 1 / a modulo a prime m; of 0: 0. */
struct number number_inverse(const struct number *a, const struct number *m);

/* The curve P-256 (NIST SP 800-186 3.2.1.3): the prime of its field and b. */
extern const struct number curve_prime, curve_b;

#endif

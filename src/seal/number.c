#include "seal/number_int.h"

struct number
number_read(const char *at)
{
	struct number out = { 0 };

	for (unsigned i = 0; i < NUMBER_BYTES; i++) {
		unsigned place = NUMBER_BYTES - 1 - i;

		out.word[place / 8] |= (uint64_t)(unsigned char)at[i] << place % 8 * 8;
	}
	return out;
}

bool
number_is_below(const struct number *a, const struct number *b)
{
	for (unsigned i = NUMBER_WORDS; i-- > 0;)
		if (a->word[i] != b->word[i])
			return a->word[i] < b->word[i];
	return false;
}

bool
number_same(const struct number *a, const struct number *b)
{
	return !number_is_below(a, b) && !number_is_below(b, a);
}

bool
number_is_zero(const struct number *a)
{
	return number_same(a, &(struct number){ 0 });
}

bool
number_bit(const struct number *a, unsigned bit)
{
	return a->word[bit / 64] >> bit % 64 & 1;
}

struct number
number_minus(struct number a, const struct number *b)
{
	bool borrow = false;

	for (unsigned i = 0; i < NUMBER_WORDS; i++) {
		uint64_t left = a.word[i];
		uint64_t less = left - b->word[i];

		a.word[i] = less - borrow;
		borrow = left < b->word[i] || less < borrow;
	}
	return a;
}

struct number
number_sum(struct number a, const struct number *b, const struct number *m)
{
	bool carry = false;

	for (unsigned i = 0; i < NUMBER_WORDS; i++) {
		uint64_t half = a.word[i] + b->word[i];
		bool over = half < b->word[i];

		a.word[i] = half + carry;
		carry = over || a.word[i] < half;
	}
	return carry || !number_is_below(&a, m) ? number_minus(a, m) : a;
}

struct number
number_difference(
    const struct number *a, const struct number *b, const struct number *m)
{
	struct number negated = number_minus(*m, b);

	return number_is_zero(b) ? *a : number_sum(negated, a, m);
}

/* Doubled and added, bit by bit. */
struct number
number_product(const struct number *a, const struct number *b, const struct number *m)
{
	struct number out = { 0 };

	for (unsigned bit = 8 * NUMBER_BYTES; bit-- > 0;) {
		out = number_sum(out, &out, m);
		if (number_bit(b, bit))
			out = number_sum(out, a, m);
	}
	return out;
}

/* a^(m-2): Fermat. */
struct number
number_inverse(const struct number *a, const struct number *m)
{
	struct number exponent = number_minus(*m, &(struct number){ { 2 } });
	struct number out = { { 1 } };

	for (unsigned bit = 8 * NUMBER_BYTES; bit-- > 0;) {
		out = number_product(&out, &out, m);
		if (number_bit(&exponent, bit))
			out = number_product(&out, a, m);
	}
	return out;
}

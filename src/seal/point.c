#include "seal/point.h"

#define WORDS 4

/* 256 bits, the lowest word first. */
struct number {
	uint64_t word[WORDS];
};

static const struct number prime = { { 0xFFFFFFFFFFFFFFFFu, 0x00000000FFFFFFFFu, 0,
    0xFFFFFFFF00000001u } };
static const struct number curve_b = { { 0x3BCE3C3E27D2604Bu, 0x651D06B0CC53B0F6u,
    0xB3EBBD55769886BCu, 0x5AC635D8AA3A93E7u } };

static struct number
read_number(const char *at)
{
	struct number out = { 0 };

	for (unsigned i = 0; i < 32; i++) {
		unsigned place = 31 - i;

		out.word[place / 8] |= (uint64_t)(unsigned char)at[i] << place % 8 * 8;
	}
	return out;
}

static bool
is_below(const struct number *a, const struct number *b)
{
	for (unsigned i = WORDS; i-- > 0;)
		if (a->word[i] != b->word[i])
			return a->word[i] < b->word[i];
	return false;
}

static struct number
minus(struct number a, const struct number *b)
{
	bool borrow = false;

	for (unsigned i = 0; i < WORDS; i++) {
		uint64_t left = a.word[i];
		uint64_t less = left - b->word[i];

		a.word[i] = less - borrow;
		borrow = left < b->word[i] || less < borrow;
	}
	return a;
}

/* Modulo p, of two numbers below it. */
static struct number
sum(struct number a, const struct number *b)
{
	bool carry = false;

	for (unsigned i = 0; i < WORDS; i++) {
		uint64_t half = a.word[i] + b->word[i];
		bool over = half < b->word[i];

		a.word[i] = half + carry;
		carry = over || a.word[i] < half;
	}
	return carry || !is_below(&a, &prime) ? minus(a, &prime) : a;
}

static struct number
difference(const struct number *a, const struct number *b)
{
	struct number negated = minus(prime, b);

	return is_below(&negated, &prime) ? sum(negated, a) : *a; /* b was 0 */
}

/* Doubled and added, bit by bit: plain, and fast enough for one key at a time. */
static struct number
product(const struct number *a, const struct number *b)
{
	struct number out = { 0 };

	for (unsigned bit = 256; bit-- > 0;) {
		out = sum(out, &out);
		if (b->word[bit / 64] >> bit % 64 & 1)
			out = sum(out, a);
	}
	return out;
}

/* y^2 = x^3 - 3x + b */
static bool
is_on_curve(const struct number *x, const struct number *y)
{
	struct number square = product(x, x);
	struct number right = product(&square, x);
	struct number left = product(y, y);

	for (int i = 0; i < 3; i++)
		right = difference(&right, x);
	right = sum(right, &curve_b);
	return !is_below(&left, &right) && !is_below(&right, &left);
}

bool
seal_is_point(str bytes)
{
	struct number x;
	struct number y;

	if (bytes.len != SEAL_POINT_BYTES || bytes.at[0] != 4)
		return false;
	x = read_number(bytes.at + 1);
	y = read_number(bytes.at + 33);
	return is_below(&x, &prime) && is_below(&y, &prime) && is_on_curve(&x, &y);
}

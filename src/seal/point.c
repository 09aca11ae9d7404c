#include "seal/point.h"

#include "seal/number_int.h"

const struct number curve_prime = { { 0xFFFFFFFFFFFFFFFFu, 0x00000000FFFFFFFFu, 0,
    0xFFFFFFFF00000001u } };
const struct number curve_b = { { 0x3BCE3C3E27D2604Bu, 0x651D06B0CC53B0F6u,
    0xB3EBBD55769886BCu, 0x5AC635D8AA3A93E7u } };

/* y^2 = x^3 - 3x + b */
static bool
is_on_curve(const struct number *x, const struct number *y)
{
	const struct number *p = &curve_prime;
	struct number square = number_product(x, x, p);
	struct number right = number_product(&square, x, p);
	struct number left = number_product(y, y, p);

	for (int i = 0; i < 3; i++)
		right = number_difference(&right, x, p);
	right = number_sum(right, &curve_b, p);
	return number_same(&left, &right);
}

bool
seal_is_point(str bytes)
{
	struct number x;
	struct number y;

	if (bytes.len != SEAL_POINT_BYTES || bytes.at[0] != 4)
		return false;
	x = number_read(bytes.at + 1);
	y = number_read(bytes.at + 1 + NUMBER_BYTES);
	return number_is_below(&x, &curve_prime) && number_is_below(&y, &curve_prime) &&
	       is_on_curve(&x, &y);
}

#include "seal/proof.h"

#include <sodium.h>

#include "base/err.h"
#include "seal/number_int.h"

#define DER_SEQUENCE 0x30
#define DER_INTEGER  0x02

/* How many points P-256 has. */
static const struct number order = { { 0xF3B9CAC2FC632551u, 0xBCE6FAADA7179E84u,
    0xFFFFFFFFFFFFFFFFu, 0xFFFFFFFF00000000u } };

/* --- points, as X / Z^2 and Y / Z^3; Z is 0 for the one at infinity --- */

struct point {
	struct number x, y, z;
};

static const struct point base_point = {
	{ { 0xF4A13945D898C296u, 0x77037D812DEB33A0u, 0xF8BCE6E563A440F2u,
	    0x6B17D1F2E12C4247u } },
	{ { 0xCBB6406837BF51F5u, 0x2BCE33576B315ECEu, 0x8EE7EB4A7C0F9E16u,
	    0x4FE342E2FE1A7F9Bu } },
	{ { 1 } },
};

static struct number
times(const struct number *a, const struct number *b)
{
	return number_product(a, b, &curve_prime);
}

static struct number
plus(const struct number *a, const struct number *b)
{
	return number_sum(*a, b, &curve_prime);
}

static struct number
less(const struct number *a, const struct number *b)
{
	return number_difference(a, b, &curve_prime);
}

static struct number
twice(const struct number *a)
{
	return plus(a, a);
}

/* m = 3 (x - z^2) (x + z^2), s = 4 x y^2: the tangent, as a is -3. */
static struct point
doubled(const struct point *p)
{
	struct number zz = times(&p->z, &p->z);
	struct number yy = times(&p->y, &p->y);
	struct number left = less(&p->x, &zz);
	struct number right = plus(&p->x, &zz);
	struct number m = times(&left, &right);
	struct number m2 = twice(&m);
	struct number s = times(&p->x, &yy);
	struct number y4 = times(&yy, &yy);
	struct point out;
	struct number turn;

	m = plus(&m, &m2);
	s = twice(&s), s = twice(&s);
	y4 = twice(&y4), y4 = twice(&y4), y4 = twice(&y4);
	out.x = times(&m, &m);
	out.x = less(&out.x, &s), out.x = less(&out.x, &s);
	turn = less(&s, &out.x);
	out.y = times(&m, &turn);
	out.y = less(&out.y, &y4);
	out.z = times(&p->y, &p->z);
	out.z = twice(&out.z);
	return out;
}

/* The line through two that differ: h and r are how far apart they are. */
static struct point
joined(const struct number *u, const struct number *s, const struct number *h,
    const struct number *r, const struct number *zz)
{
	struct number h2 = times(h, h);
	struct number h3 = times(&h2, h);
	struct number uh2 = times(u, &h2);
	struct number sh3 = times(s, &h3);
	struct number turn;
	struct point out;

	out.x = times(r, r);
	out.x = less(&out.x, &h3);
	out.x = less(&out.x, &uh2), out.x = less(&out.x, &uh2);
	turn = less(&uh2, &out.x);
	out.y = times(r, &turn);
	out.y = less(&out.y, &sh3);
	out.z = times(h, zz);
	return out;
}

static struct point
added(const struct point *a, const struct point *b)
{
	struct number za2 = times(&a->z, &a->z);
	struct number zb2 = times(&b->z, &b->z);
	struct number za3 = times(&za2, &a->z);
	struct number zb3 = times(&zb2, &b->z);
	struct number ua = times(&a->x, &zb2);
	struct number ub = times(&b->x, &za2);
	struct number sa = times(&a->y, &zb3);
	struct number sb = times(&b->y, &za3);
	struct number h = less(&ub, &ua);
	struct number r = less(&sb, &sa);
	struct number zz = times(&a->z, &b->z);

	if (number_is_zero(&a->z))
		return *b;
	if (number_is_zero(&b->z))
		return *a;
	if (!number_is_zero(&h))
		return joined(&ua, &sa, &h, &r, &zz);
	return number_is_zero(&r) ? doubled(a) : (struct point){ 0 };
}

/* u * base + v * q, both at once, bit by bit. */
static struct point
combined(const struct number *u, const struct number *v, const struct point *q)
{
	const struct point both = added(&base_point, q);
	struct point out = { 0 };

	for (unsigned bit = 8 * NUMBER_BYTES; bit-- > 0;) {
		bool with_u = number_bit(u, bit);
		bool with_v = number_bit(v, bit);

		out = doubled(&out);
		if (with_u || with_v)
			out = added(&out, with_u && with_v ? &both
					  : with_u         ? &base_point
							   : q);
	}
	return out;
}

/* --- DER: two integers in a sequence, in the one form it allows --- */

static bool
cut_integer(str *rest, struct number *out)
{
	char raw[NUMBER_BYTES] = { 0 };
	size_t len;
	size_t skip;

	if (rest->len < 3 || rest->at[0] != DER_INTEGER)
		return false;
	len = (unsigned char)rest->at[1];
	if (len == 0 || len > NUMBER_BYTES + 1 || rest->len - 2 < len)
		return false;
	if (rest->at[2] & 0x80) /* below 0 */
		return false;
	skip = rest->at[2] == 0 && len > 1;
	if ((skip && !(rest->at[3] & 0x80)) || len - skip > NUMBER_BYTES)
		return false;
	for (size_t i = 0; i < len - skip; i++)
		raw[NUMBER_BYTES - (len - skip) + i] = rest->at[2 + skip + i];
	*out = number_read(raw);
	*rest = str_part(*rest, 2 + len, rest->len);
	return true;
}

static bool
read_signature(str der, struct number *r, struct number *s)
{
	str rest = str_part(der, 2, der.len);

	return der.len > 2 && der.at[0] == DER_SEQUENCE &&
	       (unsigned char)der.at[1] == rest.len && rest.len < 0x80 &&
	       cut_integer(&rest, r) && cut_integer(&rest, s) && !rest.len;
}

/* --- what there is --- */

str
seal_sha256(struct arena *arena, str text)
{
	unsigned char *out = arena_get(arena, SEAL_SHA256_BYTES);

	(void)crypto_hash_sha256(
	    out, (const unsigned char *)(text.at ? text.at : ""), text.len);
	return (str){ (const char *)out, SEAL_SHA256_BYTES };
}

static bool
is_in_range(const struct number *a)
{
	return !number_is_zero(a) && number_is_below(a, &order);
}

/* A number below 2^256 is below twice the order. */
static struct number
reduced(struct number a)
{
	return number_is_below(&a, &order) ? a : number_minus(a, &order);
}

static struct number
digest_of(str text)
{
	unsigned char raw[SEAL_SHA256_BYTES];

	(void)crypto_hash_sha256(
	    raw, (const unsigned char *)(text.at ? text.at : ""), text.len);
	return reduced(number_read((const char *)raw));
}

bool
seal_es256_fits(str public_key, str text, str signature)
{
	struct point q = { .z = { { 1 } } };
	struct number e = digest_of(text);
	struct number r;
	struct number s;
	struct point sum;

	if (!seal_is_point(public_key) || !read_signature(signature, &r, &s) ||
	    !is_in_range(&r) || !is_in_range(&s))
		return false;
	q.x = number_read(public_key.at + 1);
	q.y = number_read(public_key.at + 1 + NUMBER_BYTES);
	s = number_inverse(&s, &order);
	e = number_product(&e, &s, &order);
	s = number_product(&r, &s, &order);
	sum = combined(&e, &s, &q);
	if (number_is_zero(&sum.z))
		return false;
	sum.z = number_inverse(&sum.z, &curve_prime);
	sum.z = times(&sum.z, &sum.z);
	sum.x = reduced(times(&sum.x, &sum.z));
	return number_same(&sum.x, &r);
}

bool
seal_ed25519_fits(str public_key, str text, str signature)
{
	return public_key.len == SEAL_ED25519_BYTES &&
	       signature.len == crypto_sign_BYTES &&
	       crypto_sign_verify_detached((const unsigned char *)signature.at,
		   (const unsigned char *)(text.at ? text.at : ""), text.len,
		   (const unsigned char *)public_key.at) == 0;
}

/* test_proof.c - P-256 held against libcrypto; Ed25519 of RFC 8032; what cannot be read. */
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>
#include <openssl/sha.h>
#include <string.h>

#include "base/check.h"
#include "seal/proof.h"
#include "seal/seal.h"

#define ROUNDS  25
#define DER_MAX 80
#define ORDER   "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"

struct signer {
	EC_KEY *key;
	char public_key[SEAL_POINT_BYTES];
};

/* A private key in hexadecimal; NULL: a fresh one. */
static struct signer
signer_of(const char *secret)
{
	struct signer s = { .key = EC_KEY_new_by_curve_name(NID_X9_62_prime256v1) };
	const EC_GROUP *group = EC_KEY_get0_group(s.key);
	EC_POINT *point = EC_POINT_new(group);
	BIGNUM *number = NULL;

	if (secret) {
		must(BN_hex2bn(&number, secret) > 0);
		must(EC_POINT_mul(group, point, number, NULL, NULL, NULL) == 1);
		must(EC_KEY_set_private_key(s.key, number) == 1);
		must(EC_KEY_set_public_key(s.key, point) == 1);
	} else {
		must(EC_KEY_generate_key(s.key) == 1);
	}
	must(EC_POINT_point2oct(group, EC_KEY_get0_public_key(s.key),
		 POINT_CONVERSION_UNCOMPRESSED, (unsigned char *)s.public_key,
		 SEAL_POINT_BYTES, NULL) == SEAL_POINT_BYTES);
	BN_free(number);
	EC_POINT_free(point);
	return s;
}

static str
public_of(const struct signer *s)
{
	return (str){ s->public_key, SEAL_POINT_BYTES };
}

static str
signed_by(const struct signer *s, str text, unsigned char *out)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];
	unsigned len = 0;

	(void)SHA256((const unsigned char *)text.at, text.len, digest);
	must(ECDSA_sign(0, digest, sizeof digest, out, &len, s->key) == 1);
	return (str){ (const char *)out, len };
}

static bool
fits_there(const struct signer *s, str text, str signature)
{
	unsigned char digest[SHA256_DIGEST_LENGTH];

	(void)SHA256((const unsigned char *)text.at, text.len, digest);
	return ECDSA_verify(0, digest, sizeof digest,
		   (const unsigned char *)signature.at, (int)signature.len,
		   s->key) == 1;
}

/* Each signature fits, and with one bit turned it fits here where it does there: nowhere. */
static void
as_libcrypto(void)
{
	unsigned char der[DER_MAX];
	char text[40];

	for (int round = 0; round < ROUNDS; round++) {
		struct signer s = signer_of(NULL);
		str said = { text, (size_t)round % sizeof text };
		str signature;
		size_t at;

		seal_random(text, sizeof text);
		signature = signed_by(&s, said, der);
		CHECK(seal_es256_fits(public_of(&s), said, signature));
		at = (size_t)seal_random_below((int64_t)signature.len);
		der[at] ^= (unsigned char)(1U << seal_random_below(8));
		CHECK(seal_es256_fits(public_of(&s), said, signature) ==
		      fits_there(&s, said, signature));
		CHECK(!seal_es256_fits(public_of(&s), said, signature));
		EC_KEY_free(s.key);
	}
}

/* Keys that meet the base point, or its mirror, on the way. */
static void
keys_near_the_base(void)
{
	static const char *const secrets[] = { "1", "2", "3",
		"FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550",
		"FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC63254F",
		"7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8" };
	unsigned char der[DER_MAX];

	for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
		struct signer s = signer_of(secrets[i]);

		for (int round = 0; round < 5; round++) {
			str signature = signed_by(&s, STR("text"), der);

			CHECK(seal_es256_fits(public_of(&s), STR("text"), signature));
			CHECK(!seal_es256_fits(public_of(&s), STR("texts"), signature));
		}
		EC_KEY_free(s.key);
	}
}

/* Of a key's owner alone: another one's, and a key off the curve. */
static void
other_keys(void)
{
	struct signer ours = signer_of(NULL);
	struct signer theirs = signer_of(NULL);
	unsigned char der[DER_MAX];
	str signature = signed_by(&ours, STR("text"), der);
	str shorter = { ours.public_key, SEAL_POINT_BYTES - 1 };

	CHECK(!seal_es256_fits(public_of(&theirs), STR("text"), signature));
	CHECK(!seal_es256_fits(shorter, STR("text"), signature));
	CHECK(!seal_es256_fits((str){ 0 }, STR("text"), signature));
	ours.public_key[40] ^= 1;
	CHECK(!seal_es256_fits(public_of(&ours), STR("text"), signature));
	EC_KEY_free(ours.key);
	EC_KEY_free(theirs.key);
}

static str
der_of(struct arena *arena, const char *r, const char *s)
{
	ECDSA_SIG *pair = ECDSA_SIG_new();
	BIGNUM *first = NULL;
	BIGNUM *second = NULL;
	unsigned char *out = arena_get(arena, DER_MAX);
	unsigned char *at = out;
	int len;

	must(BN_hex2bn(&first, r) > 0 && BN_hex2bn(&second, s) > 0);
	must(ECDSA_SIG_set0(pair, first, second) == 1);
	len = i2d_ECDSA_SIG(pair, &at);
	must(len > 0);
	ECDSA_SIG_free(pair);
	return (str){ (const char *)out, (size_t)len };
}

/* Numbers out of range never fit, whatever is signed (FIPS 186-5 6.4.2, step 1). */
static void
numbers_out_of_range(void)
{
	static const char *const pairs[][2] = { { "0", "0" }, { "0", "1" },
		{ "1", "0" }, { ORDER, "1" }, { "1", ORDER }, { ORDER, ORDER },
		{ "1", "1" },
		{ "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
		    "1" },
		{ "1" ORDER, "1" } };
	SCOPED(arena) arena = arena_open();
	struct signer s = signer_of(NULL);

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		str signature = der_of(arena, pairs[i][0], pairs[i][1]);

		CHECK(!seal_es256_fits(public_of(&s), STR("text"), signature));
		CHECK(!fits_there(&s, STR("text"), signature));
	}
	CHECK(!seal_es256_fits(
	    public_of(&s), STR("text"), STR("\x30\x06\x02\x01\xff\x02\x01\x01")));
	CHECK(!seal_es256_fits(
	    public_of(&s), STR("text"), STR("\x30\x06\x02\x01\x01\x02\x01\xff")));
	EC_KEY_free(s.key);
}

/* What is hashed is first, what is signed second: every prefix is too short, more too long. */
static void
der_in_one_form(void)
{
	struct signer s = signer_of(NULL);
	unsigned char der[DER_MAX] = { 0 };
	unsigned char padded[DER_MAX + 2] = { 0 };
	str signature = signed_by(&s, STR("text"), der);

	for (size_t len = 0; len < signature.len; len++)
		CHECK(!seal_es256_fits(
		    public_of(&s), STR("text"), (str){ signature.at, len }));
	CHECK(!seal_es256_fits(
	    public_of(&s), STR("text"), (str){ signature.at, signature.len + 1 }));
	/* The same number with a zero more before it. */
	memcpy(padded, der, signature.len);
	memmove(padded + 5, padded + 4, signature.len - 4);
	padded[1]++, padded[3]++, padded[4] = 0;
	CHECK(!seal_es256_fits(public_of(&s), STR("text"),
	    (str){ (const char *)padded, signature.len + 1 }));
	EC_KEY_free(s.key);
}

/* RFC 8032 7.1, test 2. */
static void
ed25519(void)
{
	static const char key[] = "\x3d\x40\x17\xc3\xe8\x43\x89\x5a\x92\xb7\x0a\xa7\x4d"
				  "\x1b\x7e\xbc\x9c\x98\x2c\xcf\x2e\xc4\x96\x8c\xc0\xcd"
				  "\x55\xf1\x2a\xf4\x66\x0c";
	char signature[] = "\x92\xa0\x09\xa9\xf0\xd4\xca\xb8\x72\x0e\x82\x0b\x5f\x64"
			   "\x25\x40\xa2\xb2\x7b\x54\x16\x50\x3f\x8f\xb3\x76\x22\x23"
			   "\xeb\xdb\x69\xda\x08\x5a\xc1\xe4\x3e\x15\x99\x6e\x45\x8f"
			   "\x36\x13\xd0\xf1\x1d\x8c\x38\x7b\x2e\xae\xb4\x30\x2a\xee"
			   "\xb0\x0d\x29\x16\x12\xbb\x0c\x00";
	str by = { key, sizeof key - 1 };
	str signed_so = { signature, sizeof signature - 1 };

	CHECK(seal_ed25519_fits(by, STR("\x72"), signed_so));
	CHECK(!seal_ed25519_fits(by, STR("\x73"), signed_so));
	CHECK(!seal_ed25519_fits(str_part(by, 0, 31), STR("\x72"), signed_so));
	CHECK(!seal_ed25519_fits(by, STR("\x72"), str_part(signed_so, 0, 63)));
	signature[3] ^= 1;
	CHECK(!seal_ed25519_fits(by, STR("\x72"), signed_so));
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "as libcrypto", as_libcrypto },
	    { "keys near the base", keys_near_the_base }, { "other keys", other_keys },
	    { "numbers out of range", numbers_out_of_range },
	    { "DER in one form", der_in_one_form }, { "Ed25519", ed25519 });
}

/* test_push.c - RFC 8291's own example, byte for byte; a signature verified; bad keys. */
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <string.h>

#include "base/base64.h"
#include "base/check.h"
#include "seal/push.h"
#include "seal/seal.h"

#define READER_KEY                                           \
	"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-" \
	"AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"

static str
bytes_of(struct arena *arena, str letters)
{
	str out = { 0 };

	CHECK_OK(base64_read(arena, letters, &out));
	return out;
}

/* RFC 8291 5 and appendix A. */
static void
published_example(void)
{
	SCOPED(arena) arena = arena_open();
	struct seal_pair sender;
	str body;

	CHECK_OK(seal_pair_read(arena,
	    bytes_of(arena, STR("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")),
	    &sender));
	/* The published private key is above the cleared bit: handed in whole. */
	sender.private_key =
	    bytes_of(arena, STR("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
	sender.public_key = bytes_of(
	    arena, STR("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWA"
		       "mS6TlzAC8wEqKK6PBru3jl7A8"));
	CHECK_OK(seal_push_with(arena, bytes_of(arena, STR(READER_KEY)),
	    bytes_of(arena, STR("BTBZMqHH6r4Tts7J_aSIgg")),
	    STR("When I grow up, I want to be a watermelon"), &sender,
	    bytes_of(arena, STR("DGv6ra1nlYgDCS1FRnbzlw")), &body));
	CHECK_INT(body.len, 144);
	CHECK_STR(seal_base64url(arena, body),
	    STR("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZI"
		"IgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXz"
		"tLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"));
}

static void
pairs(void)
{
	SCOPED(arena) arena = arena_open();
	char high[SEAL_PUSH_PRIVATE_BYTES];
	char one[SEAL_PUSH_PRIVATE_BYTES] = { 0 };
	char none[SEAL_PUSH_PRIVATE_BYTES] = { 0 };
	struct seal_pair a;
	struct seal_pair b;

	memset(high, 0xFF, sizeof high);
	one[sizeof one - 1] = 1;
	CHECK_OK(seal_pair_read(arena, (str){ high, sizeof high }, &a));
	CHECK(seal_is_point(a.public_key));
	CHECK_OK(seal_pair_read(arena, (str){ one, sizeof one }, &b));
	/* 1 stands for the generator (SP 800-186 3.2.1.3). */
	CHECK_STR(seal_base64url(arena, str_part(b.public_key, 1, 32)),
	    STR("axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY"));
	CHECK_ERR(seal_pair_read(arena, (str){ none, sizeof none }, &a), ERR_BAD_INPUT);
	CHECK_ERR(seal_pair_read(arena, STR("short"), &a), ERR_BAD_INPUT);
}

/* Our own arithmetic against libcrypto's points, and against points moved off the curve. */
static void
points(void)
{
	SCOPED(arena) arena = arena_open();
	char moved[SEAL_POINT_BYTES];

	for (int i = 0; i < 20; i++) {
		struct seal_pair pair = seal_pair_fresh(arena);
		size_t at = 1 + (size_t)i * 3;

		CHECK(seal_is_point(pair.public_key));
		memcpy(moved, pair.public_key.at, sizeof moved);
		moved[at] = (char)(moved[at] ^ 1);
		CHECK(!seal_is_point((str){ moved, sizeof moved }));
	}
}

static void
bad_keys(void)
{
	SCOPED(arena) arena = arena_open();
	struct seal_pair good = seal_pair_fresh(arena);
	char off[SEAL_POINT_BYTES] = { 4 };
	char *compressed = (char *)(uintptr_t)arena_copy(arena, good.public_key).at;
	char beyond[SEAL_POINT_BYTES];
	const str auth = STR("0123456789abcdef");
	str body;

	compressed[0] = 2;
	memset(beyond, 0xFF, sizeof beyond);
	beyond[0] = 4;
	const str bad[] = { STR(""), STR("short"), { off, sizeof off },
		{ compressed, SEAL_POINT_BYTES }, { beyond, sizeof beyond },
		{ good.public_key.at, 33 } };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK(!seal_is_point(bad[i]));
		CHECK_ERR(
		    seal_push(arena, bad[i], auth, STR("x"), &body), ERR_BAD_INPUT);
	}
	CHECK_ERR(seal_push(arena, good.public_key, STR("short"), STR("x"), &body),
	    ERR_BAD_INPUT);
}

static void
lengths(void)
{
	SCOPED(arena) arena = arena_open();
	struct seal_pair reader = seal_pair_fresh(arena);
	const str auth = STR("0123456789abcdef");
	char *text = arena_get(arena, SEAL_PUSH_TEXT_MAX_BYTES + 1);
	str body;

	memset(text, 'x', SEAL_PUSH_TEXT_MAX_BYTES + 1);
	CHECK_OK(seal_push(arena, reader.public_key, auth,
	    (str){ text, SEAL_PUSH_TEXT_MAX_BYTES }, &body));
	CHECK_INT(body.len, 4096);
	CHECK_ERR(seal_push(arena, reader.public_key, auth,
		      (str){ text, SEAL_PUSH_TEXT_MAX_BYTES + 1 }, &body),
	    ERR_TOO_LARGE);
}

/* By libcrypto, from the public key alone. */
static bool
verifies(str public_key, str text, str signature)
{
	static char group[] = "prime256v1";
	OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(
				    OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY,
		    (void *)(uintptr_t)public_key.at, public_key.len),
		OSSL_PARAM_construct_end() };
	EVP_PKEY_CTX *making = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	ECDSA_SIG *pair = ECDSA_SIG_new();
	const unsigned char *raw = (const unsigned char *)signature.at;
	unsigned char *der = NULL;
	EVP_PKEY *key = NULL;
	int bytes;
	bool fine;

	must(EVP_PKEY_fromdata_init(making) == 1);
	must(EVP_PKEY_fromdata(making, &key, EVP_PKEY_PUBLIC_KEY, params) == 1);
	must(ECDSA_SIG_set0(
		 pair, BN_bin2bn(raw, 32, NULL), BN_bin2bn(raw + 32, 32, NULL)) == 1);
	bytes = i2d_ECDSA_SIG(pair, &der);
	must(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1);
	fine = EVP_DigestVerify(ctx, der, (size_t)bytes, (const unsigned char *)text.at,
		   text.len) == 1;
	OPENSSL_free(der);
	ECDSA_SIG_free(pair);
	EVP_MD_CTX_free(ctx);
	EVP_PKEY_free(key);
	EVP_PKEY_CTX_free(making);
	return fine;
}

static void
vapid(void)
{
	SCOPED(arena) arena = arena_open();
	struct seal_pair ours = seal_pair_fresh(arena);
	str value;
	str token;
	str signature;
	str signed_text;
	str rest;

	CHECK_OK(seal_vapid(arena, &ours, STR("https://push.example.org"),
	    STR("mailto:ask@kith.example"), 1700000000000, &value));
	CHECK(str_starts(value, STR("vapid t=")));
	rest = str_part(value, 8, value.len);
	token = str_cut(&rest, ',');
	CHECK_STR(rest, arena_printf(arena, " k=" STR_FMT,
			    STR_ARG(seal_base64url(arena, ours.public_key))));
	signature = token;
	(void)str_cut(&signature, '.');
	CHECK_STR(bytes_of(arena, str_cut(&signature, '.')),
	    STR("{\"aud\":\"https://push.example.org\",\"exp\":1700000000,"
		"\"sub\":\"mailto:ask@kith.example\"}"));
	signed_text = str_part(token, 0, token.len - signature.len - 1);
	signature = bytes_of(arena, signature);
	CHECK_INT(signature.len, 64);
	CHECK(verifies(ours.public_key, signed_text, signature));
	CHECK(!verifies(seal_pair_fresh(arena).public_key, signed_text, signature));
	CHECK_ERR(
	    seal_vapid(arena, &ours, STR("https://x\""), STR("mailto:a@b"), 0, &value),
	    ERR_BAD_INPUT);
	CHECK_ERR(seal_vapid(arena, &ours, STR("https://x"), STR(""), 0, &value),
	    ERR_BAD_INPUT);
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "the published example", published_example },
	    { "pairs", pairs }, { "points", points }, { "bad keys", bad_keys },
	    { "lengths", lengths }, { "vapid", vapid });
}

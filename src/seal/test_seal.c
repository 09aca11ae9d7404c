#include "base/check.h"
#include "seal/seal.h"

static void
tokens(void)
{
	SCOPED(arena) arena = arena_open();
	str a = seal_token(arena), b = seal_token(arena);

	CHECK_INT(a.len, SEAL_TOKEN_CHARS);
	CHECK(!str_same(a, b));
	for (size_t i = 0; i < a.len; i++)
		CHECK(str_has(STR("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				  "0123456789-_"),
		    a.at[i]));
	CHECK_STR(seal_token_hash(arena, a), seal_token_hash(arena, a));
	CHECK(!str_same(seal_token_hash(arena, a), seal_token_hash(arena, b)));
}

/* RFC 7693's BLAKE2b of "abc", cut to 32 bytes of its own 32-byte variant: published by the
 * reference implementation for BLAKE2b-256. */
static void
digests(void)
{
	static const unsigned char wanted[] = { 0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42,
		0x39, 0x72, 0x31, 0x71, 0xef, 0x3f, 0xee, 0x98, 0x57, 0x9b, 0x94, 0x96,
		0x4e, 0x3b, 0xb1, 0xcb, 0x3e, 0x42, 0x72, 0x62, 0xc8, 0xc0, 0x68, 0xd5,
		0x23, 0x19 };
	SCOPED(arena) arena = arena_open();
	unsigned char got[32];

	seal_digest_raw((str){ 0 }, STR("abc"), got, sizeof got);
	CHECK_STR(((str){ (const char *)got, sizeof got }),
	    ((str){ (const char *)wanted, sizeof wanted }));
	CHECK_INT(seal_digest(arena, (str){ 0 }, STR("abc"), 16).len, 22);
	CHECK(!str_same(seal_digest(arena, STR("0123456789abcdef"), STR("abc"), 16),
	    seal_digest(arena, STR("0123456789abcdeg"), STR("abc"), 16)));
}

static void
passwords(void)
{
	SCOPED(arena) arena = arena_open();
	str hash = seal_password_hash(arena, STR("correct horse"));

	CHECK(str_starts(hash, STR("$argon2id$v=19$m=19456,t=2,p=1$")));
	CHECK(seal_password_fits(hash, STR("correct horse")));
	CHECK(!seal_password_fits(hash, STR("correct horsf")));
	CHECK(!seal_password_fits(hash, STR("")));
	CHECK(!seal_password_fits(STR(""), STR("")));
	CHECK(!seal_password_fits(STR("$argon2id$broken"), STR("x")));
}

static void
draws(void)
{
	int seen[10] = { 0 };

	for (int i = 0; i < 2000; i++)
		seen[seal_random_below(10)]++;
	for (int i = 0; i < 10; i++)
		CHECK(seen[i] > 100);
}

static void
sameness(void)
{
	CHECK(seal_same(STR("abc"), STR("abc")));
	CHECK(!seal_same(STR("abc"), STR("abd")));
	CHECK(!seal_same(STR("abc"), STR("ab")));
	CHECK(seal_same((str){ 0 }, STR("")));
}

/* RFC 4231, test case 2. */
static void
signatures(void)
{
	SCOPED(arena) arena = arena_open();

	CHECK_STR(
	    seal_hmac_hex(arena, STR("Jefe"), STR("what do ya want for nothing?")),
	    STR("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "tokens", tokens }, { "digests", digests },
	    { "passwords", passwords }, { "draws", draws }, { "sameness", sameness },
	    { "signatures", signatures });
}

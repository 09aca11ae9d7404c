#include "seal/totp.h"

#include <string.h>

#include "seal/seal.h"

#define BLOCK_BYTES  64
#define HASH_BYTES   20
#define SECRET_BYTES 20
#define TEXT_BYTES   HASH_BYTES /* the longest that is hashed behind a block */
#define CODE_BELOW   1000000U

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; /* RFC 4648 6 */

/* --- SHA-1: FIPS 180-4 6.1 --- */

struct sha1 {
	uint32_t h[5];
};

static uint32_t
turned(uint32_t word, unsigned bits)
{
	return word << bits | word >> (32 - bits);
}

static uint32_t
mixed(unsigned round, uint32_t b, uint32_t c, uint32_t d)
{
	static const uint32_t added[] = { 0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC,
		0xCA62C1D6 };
	uint32_t f = b ^ c ^ d;

	if (round < 20)
		f = (b & c) | (~b & d);
	else if (round >= 40 && round < 60)
		f = (b & c) | (b & d) | (c & d);
	return f + added[round / 20];
}

static void
spread(const unsigned char *block, uint32_t *w)
{
	for (unsigned i = 0; i < 16; i++)
		w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
		       (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
	for (unsigned i = 16; i < 80; i++)
		w[i] = turned(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
}

static void
take_block(struct sha1 *sum, const unsigned char *block)
{
	uint32_t w[80];
	struct sha1 v = *sum;

	spread(block, w);
	for (unsigned i = 0; i < 80; i++) {
		uint32_t next = turned(v.h[0], 5) + mixed(i, v.h[1], v.h[2], v.h[3]) +
				v.h[4] + w[i];

		v.h[4] = v.h[3];
		v.h[3] = v.h[2];
		v.h[2] = turned(v.h[1], 30);
		v.h[1] = v.h[0];
		v.h[0] = next;
	}
	for (unsigned i = 0; i < 5; i++)
		sum->h[i] += v.h[i];
}

/* Of one whole block and a short text behind it: all that an HMAC of a number hashes. */
static void
hash_behind(const unsigned char *block, const unsigned char *text, size_t len,
    unsigned char *out)
{
	struct sha1 sum = { { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476,
	    0xC3D2E1F0 } };
	unsigned char last[BLOCK_BYTES] = { 0 };
	size_t bits = 8 * (BLOCK_BYTES + len);

	must(len <= TEXT_BYTES);
	memcpy(last, text, len);
	last[len] = 0x80;
	last[BLOCK_BYTES - 2] = (unsigned char)(bits >> 8);
	last[BLOCK_BYTES - 1] = (unsigned char)bits;
	take_block(&sum, block);
	take_block(&sum, last);
	for (unsigned i = 0; i < HASH_BYTES; i++)
		out[i] = (unsigned char)(sum.h[i / 4] >> (24 - 8 * (i % 4)));
}

/* RFC 2104, with a key shorter than a block. */
static void
hmac(
    const unsigned char *key, const unsigned char *text, size_t len, unsigned char *out)
{
	unsigned char block[BLOCK_BYTES] = { 0 };
	unsigned char inner[HASH_BYTES];

	memcpy(block, key, SECRET_BYTES);
	for (unsigned i = 0; i < BLOCK_BYTES; i++)
		block[i] ^= 0x36;
	hash_behind(block, text, len, inner);
	for (unsigned i = 0; i < BLOCK_BYTES; i++)
		block[i] ^= 0x36 ^ 0x5C;
	hash_behind(block, inner, sizeof inner, out);
}

/* --- secrets: five bytes are eight letters --- */

str
seal_totp_secret(struct arena *arena)
{
	unsigned char raw[SECRET_BYTES];
	char *text = arena_get(arena, SEAL_TOTP_SECRET_CHARS + 1);

	seal_random(raw, sizeof raw);
	for (unsigned i = 0; i < SEAL_TOTP_SECRET_CHARS; i++) {
		unsigned bit = 5 * i;
		unsigned two = (unsigned)raw[bit / 8] << 8 |
			       (bit / 8 + 1 < SECRET_BYTES ? raw[bit / 8 + 1] : 0U);

		text[i] = letters[two >> (11 - bit % 8) & 31];
	}
	return (str){ text, SEAL_TOTP_SECRET_CHARS };
}

static enum err
read_secret(str text, unsigned char *out)
{
	memset(out, 0, SECRET_BYTES);
	if (text.len != SEAL_TOTP_SECRET_CHARS)
		return ERR_BAD_INPUT;
	for (unsigned i = 0; i < SEAL_TOTP_SECRET_CHARS; i++) {
		const char *at = text.at[i] ? strchr(letters, text.at[i]) : NULL;
		unsigned bit = 5 * i;
		unsigned two;

		if (!at)
			return ERR_BAD_INPUT;
		two = (unsigned)(at - letters) << (11 - bit % 8);
		out[bit / 8] |= (unsigned char)(two >> 8);
		if (bit / 8 + 1 < SECRET_BYTES)
			out[bit / 8 + 1] |= (unsigned char)two;
	}
	return OK;
}

/* RFC 4226 5.3: four bytes, from where the last half byte says. */
enum err
seal_totp(struct arena *arena, str secret, int64_t step, str *out)
{
	unsigned char key[SECRET_BYTES];
	unsigned char text[8];
	unsigned char mac[HASH_BYTES];
	const unsigned char *at;

	TRY(read_secret(secret, key));
	for (unsigned i = 0; i < 8; i++)
		text[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	hmac(key, text, sizeof text, mac);
	at = mac + (mac[HASH_BYTES - 1] & 15);
	*out = arena_printf(arena, "%06u",
	    ((at[0] & 127U) << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 |
		at[3]) %
		CODE_BELOW);
	return OK;
}

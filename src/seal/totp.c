#include "seal/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "seal/seal.h"

#define HASH_BYTES   20
#define SECRET_BYTES 20
#define CODE_BELOW   1000000U

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; /* RFC 4648 6 */

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
	must(HMAC(EVP_sha1(), key, sizeof key, text, sizeof text, mac, NULL));
	at = mac + (mac[HASH_BYTES - 1] & 15);
	*out = arena_printf(arena, "%06u",
	    ((at[0] & 127U) << 24 | (unsigned)at[1] << 16 | (unsigned)at[2] << 8 |
		at[3]) %
		CODE_BELOW);
	return OK;
}

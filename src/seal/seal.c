#include "seal/seal.h"

#include <sodium.h>
#include <string.h>

void
seal_start(void)
{
	must(sodium_init() >= 0);
}

void
seal_random(void *out, size_t bytes)
{
	randombytes_buf(out, bytes);
}

/* Draws above the last whole multiple of the limit are thrown away: no value is likelier. */
int64_t
seal_random_below(int64_t limit)
{
	uint64_t wide;
	uint64_t most = UINT64_MAX - UINT64_MAX % (uint64_t)limit;

	do {
		randombytes_buf(&wide, sizeof wide);
	} while (wide >= most);
	return (int64_t)(wide % (uint64_t)limit);
}

str
seal_base64url(struct arena *arena, str bytes)
{
	size_t room = sodium_base64_encoded_len(
	    bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_get_raw(arena, room);

	(void)sodium_bin2base64(text, room, (const unsigned char *)bytes.at, bytes.len,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_of(text);
}

str
seal_token(struct arena *arena)
{
	char raw[SEAL_TOKEN_BYTES];

	seal_random(raw, sizeof raw);
	return seal_base64url(arena, (str){ raw, sizeof raw });
}

str
seal_uuid(struct arena *arena)
{
	unsigned char b[16];

	seal_random(b, sizeof b);
	b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
	return arena_printf(arena,
	    "urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
	    "%02x%02x%02x%02x%02x%02x",
	    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11],
	    b[12], b[13], b[14], b[15]);
}

void
seal_digest_raw(str key, str text, unsigned char *out, size_t bytes)
{
	must(crypto_generichash(out, bytes, (const unsigned char *)text.at, text.len,
		 key.len ? (const unsigned char *)key.at : NULL, key.len) == 0);
}

str
seal_digest(struct arena *arena, str key, str text, size_t bytes)
{
	unsigned char raw[SEAL_KEY_BYTES];

	must(bytes <= sizeof raw);
	seal_digest_raw(key, text, raw, bytes);
	return seal_base64url(arena, (str){ (const char *)raw, bytes });
}

str
seal_token_hash(struct arena *arena, str token)
{
	return seal_digest(arena, (str){ 0 }, token, SEAL_KEY_BYTES);
}

str
seal_password_hash(struct arena *arena, str password)
{
	char text[crypto_pwhash_STRBYTES];

	/* Out of memory is the only way this fails. */
	must(crypto_pwhash_str_alg(text, password.at ? password.at : "", password.len,
		 SEAL_PASSWORD_PASSES, (size_t)SEAL_PASSWORD_KIB * 1024,
		 crypto_pwhash_ALG_ARGON2ID13) == 0);
	return arena_copy(arena, str_of(text));
}

bool
seal_password_fits(str hash, str password)
{
	char text[crypto_pwhash_STRBYTES] = { 0 };

	if (!hash.len || hash.len >= sizeof text)
		return false;
	memcpy(text, hash.at, hash.len);
	return crypto_pwhash_str_verify(
		   text, password.at ? password.at : "", password.len) == 0;
}

bool
seal_same(str a, str b)
{
	return a.len == b.len &&
	       sodium_memcmp(a.at ? a.at : "", b.at ? b.at : "", a.len) == 0;
}

str
seal_hmac_hex(struct arena *arena, str key, str text)
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	char *hex = arena_get_raw(arena, 2 * sizeof mac + 1);

	(void)crypto_auth_hmacsha256_init(
	    &state, (const unsigned char *)key.at, key.len);
	(void)crypto_auth_hmacsha256_update(
	    &state, (const unsigned char *)text.at, text.len);
	(void)crypto_auth_hmacsha256_final(&state, mac);
	(void)sodium_bin2hex(hex, 2 * sizeof mac + 1, mac, sizeof mac);
	return (str){ hex, 2 * sizeof mac };
}

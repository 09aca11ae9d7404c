/* box.c - bytes that only the holder of a token can read. */
#include "seal/box.h"

#include <sodium.h>

#include "seal/seal.h"

#define HEAD_BYTES (crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES)

_Static_assert(SEAL_KEY_BYTES == crypto_secretbox_KEYBYTES, "a box's key");

static void
key_of(str token, str use, unsigned char *key)
{
	must(use.len >= SEAL_BOX_USE_BYTES);
	seal_digest_raw(use, token, key, SEAL_KEY_BYTES);
}

str
seal_box(struct arena *arena, str token, str use, str text)
{
	unsigned char key[SEAL_KEY_BYTES];
	unsigned char *box = arena_get_raw(arena, HEAD_BYTES + text.len);

	key_of(token, use, key);
	seal_random(box, crypto_secretbox_NONCEBYTES);
	must(crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES,
		 (const unsigned char *)text.at, text.len, box, key) == 0);
	sodium_memzero(key, sizeof key);
	return (str){ (const char *)box, HEAD_BYTES + text.len };
}

enum err
seal_unbox(struct arena *arena, str token, str use, str box, str *out)
{
	const unsigned char *at = (const unsigned char *)box.at;
	unsigned char key[SEAL_KEY_BYTES];
	unsigned char *text;
	int refused;

	if (box.len < HEAD_BYTES)
		return ERR_BAD_INPUT;
	text = arena_get_raw(arena, box.len - HEAD_BYTES + 1);
	key_of(token, use, key);
	refused = crypto_secretbox_open_easy(text, at + crypto_secretbox_NONCEBYTES,
	    box.len - crypto_secretbox_NONCEBYTES, at, key);
	sodium_memzero(key, sizeof key);
	*out = (str){ (const char *)text, box.len - HEAD_BYTES };
	return refused ? ERR_BAD_INPUT : OK;
}

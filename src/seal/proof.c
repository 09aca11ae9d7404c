#include "seal/proof.h"

#include <sodium.h>

#include "base/err.h"
#include "seal/point_int.h"

str
seal_sha256(struct arena *arena, str text)
{
	unsigned char *out = arena_get(arena, SEAL_SHA256_BYTES);

	(void)crypto_hash_sha256(out, raw(text), text.len);
	return (str){ (const char *)out, SEAL_SHA256_BYTES };
}

bool
seal_es256_fits(str public_key, str text, str signature)
{
	SCOPED(evp_pkey_st) key = NULL;
	SCOPED(evp_md_ctx_st) ctx = EVP_MD_CTX_new();

	if (!seal_is_point(public_key))
		return false;
	key = point_key((str){ 0 }, public_key);
	must(key && ctx &&
	     EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1);
	return EVP_DigestVerify(
		   ctx, raw(signature), signature.len, raw(text), text.len) == 1;
}

bool
seal_ed25519_fits(str public_key, str text, str signature)
{
	return public_key.len == SEAL_ED25519_BYTES &&
	       signature.len == crypto_sign_BYTES &&
	       crypto_sign_verify_detached(
		   raw(signature), raw(text), text.len, raw(public_key)) == 0;
}

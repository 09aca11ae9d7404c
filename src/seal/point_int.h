/*
 * point_int.h - keys of P-256 as libcrypto has them, and what it lends, by the names of its
 * structs, so that SCOPED() gives it back.
 */
#ifndef KITH_SEAL_POINT_INT_H
#define KITH_SEAL_POINT_INT_H

#include <openssl/evp.h>

#include "base/arena.h"

#define POINT_GROUP_NAME "prime256v1"

/* NULL for what is no key of P-256.  Of a public key alone the private one is empty. */
EVP_PKEY *point_key(str private_key, str public_key);

/* libcrypto's view of bytes. */
static inline const unsigned char *
raw(str bytes)
{
	return (const unsigned char *)(bytes.at ? bytes.at : "");
}

static inline void
evp_pkey_st_close(EVP_PKEY **key)
{
	EVP_PKEY_free(*key);
}

static inline void
evp_pkey_ctx_st_close(EVP_PKEY_CTX **ctx)
{
	EVP_PKEY_CTX_free(*ctx);
}

static inline void
evp_md_ctx_st_close(EVP_MD_CTX **ctx)
{
	EVP_MD_CTX_free(*ctx);
}

static inline void
bignum_st_close(BIGNUM **number)
{
	BN_clear_free(*number);
}

#endif

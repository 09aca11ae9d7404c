#include "seal/point.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/params.h>

#include "base/err.h"
#include "seal/point_int.h"

#define PRIVATE_BYTES 32

EVP_PKEY *
point_key(str private_key, str public_key)
{
	static char group[] = POINT_GROUP_NAME;
	unsigned char little[PRIVATE_BYTES]; /* in this machine's order */
	OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(
				    OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
		OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY,
		    (void *)(uintptr_t)public_key.at, public_key.len),
		OSSL_PARAM_construct_end(), OSSL_PARAM_construct_end() };
	SCOPED(evp_pkey_ctx_st) ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
	SCOPED(bignum_st) number = NULL;
	EVP_PKEY *key = NULL;

	if (private_key.len) {
		number = BN_bin2bn(raw(private_key), (int)private_key.len, NULL);
		must(number && BN_bn2nativepad(number, little, sizeof little) > 0);
		params[2] = OSSL_PARAM_construct_BN(
		    OSSL_PKEY_PARAM_PRIV_KEY, little, sizeof little);
	}
	must(ctx && EVP_PKEY_fromdata_init(ctx) == 1);
	if (EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEYPAIR, params) != 1)
		key = NULL;
	OPENSSL_cleanse(little, sizeof little);
	return key;
}

bool
seal_is_point(str bytes)
{
	SCOPED(evp_pkey_st) key = NULL;

	if (bytes.len != SEAL_POINT_BYTES || bytes.at[0] != 4)
		return false;
	key = point_key((str){ 0 }, bytes);
	return key;
}

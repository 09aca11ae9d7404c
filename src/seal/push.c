#include "seal/push.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <string.h>

#include "base/buf.h"
#include "base/when.h"
#include "seal/point_int.h"
#include "seal/seal.h"

#define HASH_BYTES   32
#define KEY_BYTES    16
#define NONCE_BYTES  12
#define TAG_BYTES    16
#define RECORD_BYTES 4096
#define HEAD_BYTES   (SEAL_PUSH_SALT_BYTES + 4 + 1 + SEAL_POINT_BYTES)
#define LAST_RECORD  '\2' /* RFC 8188 2: the delimiter of the last one */
#define JWT_BYTES    1024

/* What libcrypto lends here only. */
static void
evp_cipher_ctx_st_close(EVP_CIPHER_CTX **ctx)
{
	EVP_CIPHER_CTX_free(*ctx);
}

static void
ec_group_st_close(EC_GROUP **group)
{
	EC_GROUP_free(*group);
}

static void
ec_point_st_close(EC_POINT **point)
{
	EC_POINT_free(*point);
}

/* The type's name is libcrypto's. */
static void
ECDSA_SIG_st_close(ECDSA_SIG **signature) /* NOLINT(readability-identifier-naming) */
{
	ECDSA_SIG_free(*signature);
}

/* --- pairs --- */

enum err
seal_pair_read(struct arena *arena, str secret, struct seal_pair *out)
{
	SCOPED(ec_group_st)
	group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
	SCOPED(ec_point_st) point = EC_POINT_new(group);
	SCOPED(bignum_st) number = NULL;
	unsigned char *private_key = arena_get(arena, SEAL_PUSH_PRIVATE_BYTES);
	unsigned char *public_key = arena_get(arena, SEAL_POINT_BYTES);

	if (secret.len != SEAL_PUSH_PRIVATE_BYTES)
		return ERR_BAD_INPUT;
	memcpy(private_key, secret.at, secret.len);
	private_key[0] &= 0x7F;
	number = BN_bin2bn(private_key, SEAL_PUSH_PRIVATE_BYTES, NULL);
	must(group && point && number);
	if (BN_is_zero(number))
		return ERR_BAD_INPUT;
	must(EC_POINT_mul(group, point, number, NULL, NULL, NULL) == 1);
	must(EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, public_key,
		 SEAL_POINT_BYTES, NULL) == SEAL_POINT_BYTES);
	*out = (struct seal_pair){ { (char *)private_key, SEAL_PUSH_PRIVATE_BYTES },
		{ (char *)public_key, SEAL_POINT_BYTES } };
	return OK;
}

struct seal_pair
seal_pair_fresh(struct arena *arena)
{
	char secret[SEAL_PUSH_PRIVATE_BYTES];
	struct seal_pair out;

	must(RAND_priv_bytes((unsigned char *)secret, sizeof secret) == 1);
	must(seal_pair_read(arena, (str){ secret, sizeof secret }, &out) == OK);
	return out;
}

/* --- RFC 8291 3.4, RFC 8188 2 --- */

struct hash {
	unsigned char at[HASH_BYTES];
};

static struct hash
hmac(str key, str text)
{
	struct hash out;

	must(HMAC(
	    EVP_sha256(), key.at, (int)key.len, raw(text), text.len, out.at, NULL));
	return out;
}

static str
hash_str(const struct hash *hash)
{
	return (str){ (const char *)hash->at, HASH_BYTES };
}

static enum err
shared_secret(const struct seal_pair *sender, str reader_key, struct hash *out)
{
	SCOPED(evp_pkey_st) ours = point_key(sender->private_key, sender->public_key);
	SCOPED(evp_pkey_st) theirs = NULL;
	SCOPED(evp_pkey_ctx_st) ctx = NULL;
	size_t bytes = sizeof out->at;

	if (!seal_is_point(reader_key) || !ours)
		return ERR_BAD_INPUT;
	theirs = point_key((str){ 0 }, reader_key);
	must(theirs);
	ctx = EVP_PKEY_CTX_new(ours, NULL);
	must(ctx && EVP_PKEY_derive_init(ctx) == 1 &&
	     EVP_PKEY_derive_set_peer(ctx, theirs) == 1 &&
	     EVP_PKEY_derive(ctx, out->at, &bytes) == 1 && bytes == HASH_BYTES);
	return OK;
}

/* The key material that both ends agree on. */
static enum err
key_material(struct arena *arena, str reader_key, str auth_secret,
    const struct seal_pair *sender, struct hash *out)
{
	struct buf info = buf_in(arena, 256);
	struct hash shared;
	struct hash extracted;

	TRY(shared_secret(sender, reader_key, &shared));
	extracted = hmac(auth_secret, hash_str(&shared));
	buf_add(&info, STR("WebPush: info\0"));
	buf_add(&info, reader_key);
	buf_add(&info, sender->public_key);
	buf_add_char(&info, 1);
	*out = hmac(hash_str(&extracted), buf_str(&info));
	OPENSSL_cleanse(&shared, sizeof shared);
	return OK;
}

/* Appends the text sealed, and its tag. */
static void
add_sealed(struct buf *body, const struct hash *key, const struct hash *nonce, str text)
{
	SCOPED(evp_cipher_ctx_st) ctx = EVP_CIPHER_CTX_new();
	unsigned char *at = (unsigned char *)buf_room(body, text.len + 1 + TAG_BYTES);
	const unsigned char end = LAST_RECORD;
	int bytes;

	must(ctx && at);
	must(EVP_EncryptInit_ex(ctx, EVP_aes_128_gcm(), NULL, key->at, nonce->at) == 1);
	must(EVP_EncryptUpdate(ctx, at, &bytes, raw(text), (int)text.len) == 1);
	must(EVP_EncryptUpdate(ctx, at + text.len, &bytes, &end, 1) == 1);
	must(EVP_EncryptFinal_ex(ctx, at + text.len + 1, &bytes) == 1);
	must(EVP_CIPHER_CTX_ctrl(
		 ctx, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, at + text.len + 1) == 1);
	body->len += text.len + 1 + TAG_BYTES;
}

enum err
seal_push_with(struct arena *arena, str reader_key, str auth_secret, str text,
    const struct seal_pair *sender, str salt, str *out)
{
	struct buf body = buf_in(arena, HEAD_BYTES + text.len + 1 + TAG_BYTES);
	struct hash material;
	struct hash extracted;
	struct hash key;
	struct hash nonce;

	if (auth_secret.len != SEAL_PUSH_AUTH_BYTES || salt.len != SEAL_PUSH_SALT_BYTES)
		return ERR_BAD_INPUT;
	if (text.len > SEAL_PUSH_TEXT_MAX_BYTES)
		return ERR_TOO_LARGE;
	TRY(key_material(arena, reader_key, auth_secret, sender, &material));
	extracted = hmac(salt, hash_str(&material));
	key = hmac(hash_str(&extracted), STR("Content-Encoding: aes128gcm\0\1"));
	nonce = hmac(hash_str(&extracted), STR("Content-Encoding: nonce\0\1"));
	buf_add(&body, salt);
	buf_add_char(&body, 0);
	buf_add_char(&body, 0);
	buf_add_char(&body, (char)(RECORD_BYTES >> 8));
	buf_add_char(&body, (char)(RECORD_BYTES & 0xFF));
	buf_add_char(&body, SEAL_POINT_BYTES);
	buf_add(&body, sender->public_key);
	add_sealed(&body, &key, &nonce, text);
	OPENSSL_cleanse(&material, sizeof material);
	OPENSSL_cleanse(&key, sizeof key);
	return buf_text(&body, out);
}

enum err
seal_push(struct arena *arena, str reader_key, str auth_secret, str text, str *out)
{
	struct seal_pair sender = seal_pair_fresh(arena);
	char salt[SEAL_PUSH_SALT_BYTES];

	must(RAND_bytes((unsigned char *)salt, sizeof salt) == 1);
	return seal_push_with(arena, reader_key, auth_secret, text, &sender,
	    (str){ salt, sizeof salt }, out);
}

/* --- RFC 8292, RFC 7515 --- */

/* r and s side by side, not as DER (RFC 7518 3.4). */
static str
sign(struct arena *arena, const struct seal_pair *ours, str text)
{
	SCOPED(evp_pkey_st) key = point_key(ours->private_key, ours->public_key);
	SCOPED(evp_md_ctx_st) ctx = EVP_MD_CTX_new();
	SCOPED(ECDSA_SIG_st) pair = NULL;
	unsigned char der[128];
	const unsigned char *at = der;
	unsigned char *out = arena_get(arena, 2 * HASH_BYTES);
	size_t bytes = sizeof der;

	must(key && ctx && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) == 1);
	must(EVP_DigestSign(ctx, der, &bytes, raw(text), text.len) == 1);
	pair = d2i_ECDSA_SIG(NULL, &at, (long)bytes);
	must(pair);
	must(BN_bn2binpad(ECDSA_SIG_get0_r(pair), out, HASH_BYTES) == HASH_BYTES);
	must(BN_bn2binpad(ECDSA_SIG_get0_s(pair), out + HASH_BYTES, HASH_BYTES) ==
	     HASH_BYTES);
	return (str){ (char *)out, 2 * HASH_BYTES };
}

static bool
is_plain(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < ' ' || text.at[i] == '"' ||
		    text.at[i] == '\\')
			return false;
	return text.len > 0;
}

enum err
seal_vapid(struct arena *arena, const struct seal_pair *ours, str audience, str contact,
    int64_t expires_ms, str *out)
{
	struct buf token = buf_in(arena, JWT_BYTES);
	str claims;

	if (!is_plain(audience) || !is_plain(contact))
		return ERR_BAD_INPUT;
	claims = arena_printf(arena,
	    "{\"aud\":\"" STR_FMT "\",\"exp\":%lld,\"sub\":\"" STR_FMT "\"}",
	    STR_ARG(audience), (long long)(expires_ms / WHEN_SECOND_MS),
	    STR_ARG(contact));
	buf_add(
	    &token, seal_base64url(arena, STR("{\"typ\":\"JWT\",\"alg\":\"ES256\"}")));
	buf_add_char(&token, '.');
	buf_add(&token, seal_base64url(arena, claims));
	if (token.overflowed)
		return ERR_BAD_INPUT;
	*out = arena_printf(arena, "vapid t=" STR_FMT "." STR_FMT ", k=" STR_FMT,
	    STR_ARG(buf_str(&token)),
	    STR_ARG(seal_base64url(arena, sign(arena, ours, buf_str(&token)))),
	    STR_ARG(seal_base64url(arena, ours->public_key)));
	return OK;
}

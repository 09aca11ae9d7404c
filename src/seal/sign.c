#include "seal/sign.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <stdio.h>

#include "seal/point_int.h"

/* What libcrypto lends here only; the types' names are its own. */

static void
bio_st_close(BIO **bio)
{
	(void)BIO_free(*bio);
}

static void
x509_st_close(X509 **certificate)
{
	X509_free(*certificate);
}

static void
stack_st_X509_close(STACK_OF(X509) * *chain) /* NOLINT(readability-identifier-naming) */
{
	sk_X509_pop_free(*chain, X509_free);
}

static void
CMS_ContentInfo_st_close(/* NOLINT(readability-identifier-naming) */
    CMS_ContentInfo **cms)
{
	CMS_ContentInfo_free(*cms);
}

static enum err
refuse(struct why *why, enum err outcome, const char *what, str file)
{
	ERR_clear_error();
	*why = (struct why){ .what = what, .name = file };
	return outcome;
}

/* A server has nobody to ask for a passphrase. */
static int
no_passphrase(char *out, int bytes, int writing, void *unused)
{
	(void)out, (void)bytes, (void)writing, (void)unused;
	return -1;
}

static enum err
open_file(struct arena *arena, str path, BIO **out, struct why *why)
{
	*out = BIO_new_file(arena_copy(arena, path).at, "r");
	return *out ? OK : refuse(why, ERR_IO, "it cannot be read", path);
}

static enum err
read_key(struct arena *arena, str path, EVP_PKEY **out, struct why *why)
{
	SCOPED(bio_st) file = NULL;

	TRY(open_file(arena, path, &file, why));
	*out = PEM_read_bio_PrivateKey(file, NULL, no_passphrase, NULL);
	return *out ? OK
		    : refuse(why, ERR_BAD_INPUT,
			  "it holds no private key, or one with a passphrase", path);
}

static enum err
read_chain(BIO *file, str path, STACK_OF(X509) * chain, struct why *why)
{
	X509 *next;

	while ((next = PEM_read_bio_X509(file, NULL, no_passphrase, NULL))) {
		must(sk_X509_push(chain, next) > 0);
		if (sk_X509_num(chain) >= SEAL_CHAIN_MAX)
			return refuse(why, ERR_TOO_LARGE,
			    "it holds more certificates than make sense", path);
	}
	if (ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
		return refuse(
		    why, ERR_BAD_INPUT, "a certificate in it cannot be read", path);
	ERR_clear_error();
	return OK;
}

static enum err
read_certificates(
    struct arena *arena, str path, X509 **out, STACK_OF(X509) * chain, struct why *why)
{
	SCOPED(bio_st) file = NULL;

	TRY(open_file(arena, path, &file, why));
	*out = PEM_read_bio_X509(file, NULL, no_passphrase, NULL);
	return *out ? read_chain(file, path, chain, why)
		    : refuse(why, ERR_BAD_INPUT, "it holds no certificate", path);
}

static enum err
write_der(struct arena *arena, CMS_ContentInfo *cms, str *out)
{
	int len = i2d_CMS_ContentInfo(cms, NULL);
	unsigned char *at;

	must(len > 0);
	at = arena_get_raw(arena, (size_t)len);
	*out = (str){ (const char *)at, (size_t)len };
	return i2d_CMS_ContentInfo(cms, &at) == len ? OK : ERR_IO;
}

enum err
seal_sign(struct arena *arena, const struct seal_signer *signer, str text, str *out_der,
    struct why *why)
{
	SCOPED(evp_pkey_st) key = NULL;
	SCOPED(x509_st) certificate = NULL;
	SCOPED(stack_st_X509) chain = sk_X509_new_null();
	SCOPED(bio_st) content = BIO_new_mem_buf(raw(text), (int)text.len);
	SCOPED(CMS_ContentInfo_st) cms = NULL;

	must(chain && content && text.len <= INT32_MAX);
	TRY(read_key(arena, signer->key_file, &key, why));
	TRY(read_certificates(
	    arena, signer->certificate_file, &certificate, chain, why));
	if (X509_check_private_key(certificate, key) != 1)
		return refuse(why, ERR_BAD_INPUT,
		    "its first certificate is not that of the key",
		    signer->certificate_file);
	cms = CMS_sign(certificate, key, chain, content, CMS_BINARY);
	if (!cms)
		return refuse(
		    why, ERR_BAD_INPUT, "the key cannot sign", signer->key_file);
	return write_der(arena, cms, out_der);
}

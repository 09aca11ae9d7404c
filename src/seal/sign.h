/*
 * sign.h - a document signed so that a stranger's device can say by whom: CMS signed-data
 * (RFC 5652) with the document inside, as Apple's devices take a configuration profile.
 *
 * The files are read at each call: a certificate that was renewed is used from then on.
 * Any thread.
 */
#ifndef KITH_SEAL_SIGN_H
#define KITH_SEAL_SIGN_H

#include "base/arena.h"
#include "base/err.h"

#define SEAL_CHAIN_MAX 8 /* certificates in a file */

/* Paths of PEM files. */
struct seal_signer {
	str key_file;         /* the private key, without a passphrase */
	str certificate_file; /* the signer's own first, then those up to its authority */
};

/*
 * The document in its signed envelope, DER.  why->name is the file that is wrong.
 *
 * ERR_IO         a file cannot be read      ERR_TOO_LARGE  more certificates than that
 * ERR_BAD_INPUT  it holds no key or no certificate, or the two do not belong together
 */
enum err seal_sign(struct arena *arena, const struct seal_signer *signer, str text,
    str *out_der, struct why *why);

#endif

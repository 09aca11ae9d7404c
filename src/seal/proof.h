/*
 * proof.h - signatures that others made: whether they fit.
 *
 * ES256 (ECDSA over P-256 with SHA-256, FIPS 186-5 6.4.2) and Ed25519 (RFC 8032), as
 * passkeys sign.  libcrypto and libsodium behind a few calls.  Any thread.
 */
#ifndef KITH_SEAL_PROOF_H
#define KITH_SEAL_PROOF_H

#include "base/arena.h"
#include "seal/point.h"

#define SEAL_SHA256_BYTES  32
#define SEAL_ED25519_BYTES 32 /* of a public key */

/* FIPS 180-4; raw. */
str seal_sha256(struct arena *arena, str text);

/* The key is a point as seal_is_point() takes it, the signature in DER (RFC 3279 2.2.3).
 * False for whatever cannot be read, too. */
bool seal_es256_fits(str public_key, str text, str signature);

/* The key has SEAL_ED25519_BYTES, the signature 64. */
bool seal_ed25519_fits(str public_key, str text, str signature);

#endif

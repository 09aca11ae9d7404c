/*
 * totp.h - codes that change every thirty seconds (RFC 6238, RFC 4226: six digits, SHA-1,
 * which is what every authenticator program takes).
 *
 * HMAC is libcrypto's.  Nothing depends on SHA-1's collisions in it.
 */
#ifndef KITH_SEAL_TOTP_H
#define KITH_SEAL_TOTP_H

#include "base/arena.h"
#include "base/err.h"

#define SEAL_TOTP_STEP_MS      30000
#define SEAL_TOTP_DIGITS       6
#define SEAL_TOTP_SECRET_CHARS 32 /* base32 of 20 bytes: RFC 4226 4, R6 */

/* A fresh secret, as a person types it into his authenticator. */
str seal_totp_secret(struct arena *arena);

/* The code of a step (Unix time through SEAL_TOTP_STEP_MS).  ERR_BAD_INPUT: the secret is
 * not SEAL_TOTP_SECRET_CHARS letters of base32. */
enum err seal_totp(struct arena *arena, str secret, int64_t step, str *out);

#endif

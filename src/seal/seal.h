/*
 * seal.h - secrets: tokens, password hashes, digests.
 *
 * libsodium behind a few calls.  Results live in the arena.  Any thread, after seal_start.
 */
#ifndef KITH_SEAL_SEAL_H
#define KITH_SEAL_SEAL_H

#include "base/arena.h"
#include "base/err.h"

#define SEAL_TOKEN_BYTES     15 /* 120 bits: 20 characters base64url */
#define SEAL_TOKEN_CHARS     20
#define SEAL_KEY_BYTES       32
#define SEAL_PASSWORD_KIB    (19 * 1024) /* argon2id: memory, and passes below */
#define SEAL_PASSWORD_PASSES 2

void seal_start(void); /* once per process, before anything else here */

void seal_random(void *out, size_t bytes);
int64_t seal_random_below(int64_t limit); /* 0 .. limit - 1, uniform */

/* A fresh capability: SEAL_TOKEN_CHARS of base64url. */
str seal_token(struct arena *arena);

/* A fresh "urn:uuid:..." of 122 random bits: RFC 9562 5.4. */
str seal_uuid(struct arena *arena);

/* What is stored of a token: base64url of its BLAKE2b-256. */
str seal_token_hash(struct arena *arena, str token);

/* `bytes` (up to 32) of BLAKE2b of the text, base64url; keyed when key is not empty. */
str seal_digest(struct arena *arena, str key, str text, size_t bytes);

/* The same raw, into `out`, for tables in memory. */
void seal_digest_raw(str key, str text, unsigned char *out, size_t bytes);

/* HMAC-SHA-256 (RFC 2104), in hexadecimal: what receivers of webhooks check. */
str seal_hmac_hex(struct arena *arena, str key, str text);

/* argon2id, as text with its parameters.  Tens of milliseconds, 19 MiB. */
str seal_password_hash(struct arena *arena, str password);
bool seal_password_fits(str hash, str password);

/* Equal, in a time that depends on the lengths alone. */
bool seal_same(str a, str b);

str seal_base64url(struct arena *arena, str bytes); /* without padding */

#endif

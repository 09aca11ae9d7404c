/*
 * push.h - Web Push: messages only the subscriber can read (RFC 8291 over RFC 8188,
 * aes128gcm), and the signature that says who sends them (VAPID, RFC 8292, ES256).
 *
 * libcrypto behind a few calls; for the courier.  Results live in the arena.  Any thread.
 */
#ifndef KITH_SEAL_PUSH_H
#define KITH_SEAL_PUSH_H

#include "base/arena.h"
#include "base/err.h"
#include "seal/point.h"

#define SEAL_PUSH_PRIVATE_BYTES  32
#define SEAL_PUSH_AUTH_BYTES     16
#define SEAL_PUSH_SALT_BYTES     16
#define SEAL_PUSH_TEXT_MAX_BYTES 3993 /* what fits a body of 4096 bytes */

struct seal_pair {
	str private_key; /* SEAL_PUSH_PRIVATE_BYTES, big-endian */
	str public_key;  /* SEAL_POINT_BYTES */
};

/* The pair that 32 random bytes stand for: their highest bit is cleared, so that they are
 * always below the order of P-256.  ERR_BAD_INPUT for another length, or zero. */
enum err seal_pair_read(struct arena *arena, str secret, struct seal_pair *out);

/* A pair nobody has seen. */
struct seal_pair seal_pair_fresh(struct arena *arena);

/*
 * The body of one message, in one record.  `sender` and `salt` have to be fresh for every
 * message; they are handed in so that the published example can be tried.
 *
 * ERR_BAD_INPUT  the reader's key is no point of P-256, the secret not 16 bytes
 * ERR_TOO_LARGE  the text has more than SEAL_PUSH_TEXT_MAX_BYTES
 */
enum err seal_push_with(struct arena *arena, str reader_key, str auth_secret, str text,
    const struct seal_pair *sender, str salt, str *out);

/* The same, with a fresh pair and salt. */
enum err seal_push(
    struct arena *arena, str reader_key, str auth_secret, str text, str *out);

/*
 * The value of Authorization: "vapid t=<JWT>, k=<public key>".  `audience` is the push
 * service's origin, `contact` a mailto: or https: URI of the operator, both without '"',
 * '\' and control characters (ERR_BAD_INPUT).
 */
enum err seal_vapid(struct arena *arena, const struct seal_pair *ours, str audience,
    str contact, int64_t expires_ms, str *out);

#endif

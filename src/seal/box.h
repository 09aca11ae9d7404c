/*
 * box.h - bytes that only the holder of a token can read.
 *
 * XSalsa20-Poly1305 (libsodium's secretbox) with a fresh nonce, under a key made of the token
 * by BLAKE2b, keyed with what the box is for: not the digest that finds it in a store.
 */
#ifndef KITH_SEAL_BOX_H
#define KITH_SEAL_BOX_H

#include "base/arena.h"
#include "base/err.h"

#define SEAL_BOX_USE_BYTES 16 /* at least, of `use` */

str seal_box(struct arena *arena, str token, str use, str text);

/* ERR_BAD_INPUT: another token, another use, or a byte has changed. */
enum err seal_unbox(struct arena *arena, str token, str use, str box, str *out);

#endif

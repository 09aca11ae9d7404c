/*
 * attach_int.h - a letter's parts as one run of bytes, as the store keeps them.
 *
 * A version byte, the count as one byte, and of each part its type, name and bytes, each
 * behind its length in four bytes, the highest first.  No parts are no bytes.
 */
#ifndef KITH_COURIER_ATTACH_INT_H
#define KITH_COURIER_ATTACH_INT_H

#include "courier/courier.h"

/*
 * ERR_BAD_INPUT  a type that is none ("text/x-vcard; charset=utf-8" is one), or a name that
 *                is empty or no plain file's; both go into header fields
 * ERR_TOO_LARGE  past COURIER_PARTS_MAX or COURIER_PARTS_MAX_BYTES
 */
enum err attach_write(
    struct arena *arena, const struct courier_part *parts, size_t count, str *out);

/* Looks into `bytes`.  ERR_BAD_INPUT for what attach_write cannot have written. */
enum err attach_read(
    struct arena *arena, str bytes, struct courier_part **out, size_t *count);

#endif

/* base64.h - RFC 4648: bytes as letters, and back. */
#ifndef KITH_BASE_BASE64_H
#define KITH_BASE_BASE64_H

#include "base/buf.h"

/* Appends the bytes in the standard alphabet, padded, on one line. */
void base64_add(struct buf *buf, str bytes);

/* Reads either alphabet, padded or not, skipping white space (a folded PHOTO, a mail).
 * ERR_BAD_INPUT for anything else. */
enum err base64_read(struct arena *arena, str text, str *out);

#endif

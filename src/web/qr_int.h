/* qr_int.h - text as a square that a camera reads. */
#ifndef KITH_WEB_QR_INT_H
#define KITH_WEB_QR_INT_H

#include "base/arena.h"
#include "base/err.h"

#define QR_TEXT_MAX_BYTES 1000

/* An SVG path of the dark fields, and its viewBox with the quiet edge.  ERR_TOO_LARGE. */
enum err qr_path(struct arena *arena, str text, str *path, str *box);

#endif

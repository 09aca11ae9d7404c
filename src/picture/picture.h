/*
 * picture.h - an uploaded picture made safe and small.
 *
 * Decoding foreign files is the riskiest thing the house does, so it is done in a helper
 * process that can open nothing and reach nothing: `kith picture`, started for each one.
 * JPEG, PNG and WebP go in, a JPEG without any metadata comes out.
 */
#ifndef KITH_PICTURE_PICTURE_H
#define KITH_PICTURE_PICTURE_H

#include "base/arena.h"
#include "base/err.h"

#define PICTURE_MAX_BYTES  ((size_t)10 << 20) /* of an upload */
#define PICTURE_MAX_SIDE   12000 /* pixels, from the header, before decoding */
#define PICTURE_MAX_PIXELS ((size_t)50000000)
#define PICTURE_SIDE       512 /* of the result, the longer side */
#define PICTURE_OUT_BYTES  ((size_t)100 * 1024)
#define PICTURE_TIME_MS    10000

/*
 * Shrinks through the helper.  EXIF orientation is honoured, then all metadata dropped.
 *
 * ERR_UNSUPPORTED  none of the three formats      ERR_TOO_LARGE  past a limit above
 * ERR_BAD_INPUT    broken                         ERR_IO  the helper could not be run
 */
enum err picture_shrink(struct arena *arena, str upload, str *out_jpeg);

/* The same, and its middle only: a square of its shorter side. */
enum err picture_square(struct arena *arena, str upload, str *out_jpeg);

#define PICTURE_SQUARE "square" /* the helper's argument for picture_square() */

/* The helper's own work: what `kith picture [square]` runs on stdin and stdout, confined.
 * Returns the process's exit status. */
int picture_helper(bool square);

#endif

/*
 * picture_int.h - the helper's parts.
 *
 * The helper is a process for one file: whatever is wrong with it, the process ends, and
 * its status says what was wrong.  So nothing below returns an outcome.
 */
#ifndef KITH_PICTURE_PICTURE_INT_H
#define KITH_PICTURE_PICTURE_INT_H

#include "picture/picture.h"

enum helper_status {
	HELPER_DONE,
	HELPER_BROKEN = 10,
	HELPER_UNKNOWN = 11,
	HELPER_LARGE = 12,
};

_Noreturn void helper_end(enum helper_status status);

/* The picture as it will be, before it is turned: the sum of the pixels that fall on each
 * of its own.  They may come in any order. */
struct canvas {
	unsigned from_width, from_height;
	unsigned width, height;
	uint32_t *sums;    /* red, green, blue, count */
	unsigned *columns; /* where each column of the original falls */
	unsigned turn;     /* EXIF's orientation, 1 to 8; 0 is 1 */
};

/* Ends the helper when the sides cross picture.h's limits. */
void canvas_check(unsigned width, unsigned height);
struct canvas *canvas_open(struct arena *arena, unsigned width, unsigned height);
void canvas_add(
    struct canvas *canvas, unsigned x, unsigned y, const unsigned char *rgb);

/* The same with an alpha, over white. */
void canvas_add_rgba(
    struct canvas *canvas, unsigned x, unsigned y, const unsigned char *rgba);

struct pixels {
	unsigned width, height;
	unsigned char *rgb;
};

/* The averages, turned as EXIF said. */
struct pixels canvas_finish(struct arena *arena, const struct canvas *canvas);

/* The square in the middle, in place. */
void pixels_square(struct pixels *pixels);

/* TIFF's orientation tag out of an EXIF block (TIFF header first); 0 when it has none. */
unsigned exif_orientation(str exif);

struct canvas *jpeg_read(struct arena *arena, str file);
struct canvas *png_read(struct arena *arena, str file);
struct canvas *webp_read(struct arena *arena, str file);

/* At the best quality that keeps PICTURE_OUT_BYTES; without metadata. */
str jpeg_write(const struct pixels *pixels);

/* picture_shrink() or picture_square() with the program that is the helper, started as
 * `kith picture`, and the time it has. */
enum err picture_run(struct arena *arena, const char *program, int64_t time_ms,
    bool square, str upload, str *out_jpeg);

#endif

/* canvas.c - shrinking by averages, and turning. */
#include <string.h>

#include "picture/picture_int.h"

#define CHANNELS 3
#define SUMS     4 /* the channels' and how many there were */
#define WHITE    255

void
canvas_check(unsigned width, unsigned height)
{
	if (!width || !height)
		helper_end(HELPER_BROKEN);
	if (width > PICTURE_MAX_SIDE || height > PICTURE_MAX_SIDE ||
	    (size_t)width * height > PICTURE_MAX_PIXELS)
		helper_end(HELPER_LARGE);
}

/* A side's new length: in proportion, never longer than it was, never nothing. */
static unsigned
shrunk(unsigned side, unsigned longer)
{
	unsigned out = longer > PICTURE_SIDE ? side * PICTURE_SIDE / longer : side;

	return out ? out : 1;
}

struct canvas *
canvas_open(struct arena *arena, unsigned width, unsigned height)
{
	struct canvas *canvas = ARENA_NEW(arena, struct canvas);
	unsigned longer = width > height ? width : height;

	canvas->from_width = width;
	canvas->from_height = height;
	canvas->width = shrunk(width, longer);
	canvas->height = shrunk(height, longer);
	canvas->sums =
	    ARENA_ARRAY(arena, uint32_t, (size_t)canvas->width * canvas->height * SUMS);
	canvas->columns = ARENA_ARRAY(arena, unsigned, width);
	for (unsigned x = 0; x < width; x++)
		canvas->columns[x] = x * canvas->width / width;
	return canvas;
}

void
canvas_add(struct canvas *canvas, unsigned x, unsigned y, const unsigned char *rgb)
{
	size_t row = y * canvas->height / canvas->from_height;
	uint32_t *sum =
	    canvas->sums + (row * canvas->width + canvas->columns[x]) * SUMS;

	for (unsigned i = 0; i < CHANNELS; i++)
		sum[i] += rgb[i];
	sum[CHANNELS]++;
}

void
canvas_add_rgba(
    struct canvas *canvas, unsigned x, unsigned y, const unsigned char *rgba)
{
	unsigned alpha = rgba[CHANNELS];
	unsigned char rgb[CHANNELS];

	for (unsigned i = 0; i < CHANNELS; i++)
		rgb[i] = (unsigned char)((rgba[i] * alpha + WHITE * (WHITE - alpha)) /
					 WHITE);
	canvas_add(canvas, x, y, rgb);
}

/* EXIF 2.3 4.6.4 A, Orientation: how the picture's sides are found in what is stored. */
static const struct {
	bool swapped, from_right, from_below;
} turns[] = {
	{ false, false, false },
	{ false, false, false },
	{ false, true, false },
	{ false, true, true },
	{ false, false, true },
	{ true, false, false },
	{ true, false, true },
	{ true, true, true },
	{ true, true, false },
};

static const uint32_t *
sums_shown_at(const struct canvas *canvas, unsigned x, unsigned y)
{
	unsigned column = turns[canvas->turn].swapped ? y : x;
	unsigned row = turns[canvas->turn].swapped ? x : y;

	if (turns[canvas->turn].from_right)
		column = canvas->width - 1 - column;
	if (turns[canvas->turn].from_below)
		row = canvas->height - 1 - row;
	return canvas->sums + ((size_t)row * canvas->width + column) * SUMS;
}

struct pixels
canvas_finish(struct arena *arena, const struct canvas *canvas)
{
	bool swapped = turns[canvas->turn].swapped;
	struct pixels out = {
		.width = swapped ? canvas->height : canvas->width,
		.height = swapped ? canvas->width : canvas->height,
	};
	unsigned char *at;

	out.rgb = arena_get(arena, (size_t)out.width * out.height * CHANNELS);
	at = out.rgb;
	for (unsigned y = 0; y < out.height; y++)
		for (unsigned x = 0; x < out.width; x++, at += CHANNELS) {
			const uint32_t *sum = sums_shown_at(canvas, x, y);
			uint32_t count = sum[CHANNELS] ? sum[CHANNELS] : 1;

			for (unsigned i = 0; i < CHANNELS; i++)
				at[i] = (unsigned char)(sum[i] / count);
		}
	return out;
}

void
pixels_square(struct pixels *pixels)
{
	unsigned side = pixels->width < pixels->height ? pixels->width : pixels->height;
	size_t line_bytes = (size_t)pixels->width * CHANNELS;
	size_t bytes = (size_t)side * CHANNELS;
	unsigned left = (pixels->width - side) / 2;
	unsigned top = (pixels->height - side) / 2;

	for (unsigned y = 0; y < side; y++)
		memmove(pixels->rgb + y * bytes,
		    pixels->rgb + (top + y) * line_bytes + (size_t)left * CHANNELS,
		    bytes);
	pixels->width = pixels->height = side;
}

/* png.c - PNG by libpng, pass by pass: no more of it is kept than a line. */
#include <png.h>
#include <string.h>

#include "picture/picture_int.h"

#define PIXEL_BYTES 4

static void
end_broken(png_structp png, png_const_charp words)
{
	(void)png;
	(void)words;
	helper_end(HELPER_BROKEN);
}

static void
say_nothing(png_structp png, png_const_charp words)
{
	(void)png;
	(void)words;
}

static void
give(png_structp png, png_bytep into, size_t bytes)
{
	str *left = png_get_io_ptr(png);

	if (bytes > left->len)
		helper_end(HELPER_BROKEN);
	memcpy(into, left->at, bytes);
	*left = str_part(*left, bytes, left->len);
}

/* Whatever it is, four bytes a pixel. */
static void
ask_for_rgba(png_structp png)
{
	png_set_expand(png);
	png_set_scale_16(png);
	png_set_gray_to_rgb(png);
	png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
}

static unsigned
orientation(png_structp png, png_infop info)
{
	png_bytep exif = NULL;
	png_uint_32 bytes = 0;

	if (!png_get_eXIf_1(png, info, &bytes, &exif))
		return 0;
	return exif_orientation((str){ (const char *)exif, bytes });
}

/* Every pixel comes once: line by line, or in the seven passes of Adam7 (PNG 8.2). */
struct pass {
	unsigned x, y, right, down;
};

static const struct pass plain[] = { { 0, 0, 1, 1 } };
static const struct pass adam7[] = {
	{ 0, 0, 8, 8 },
	{ 4, 0, 8, 8 },
	{ 0, 4, 4, 8 },
	{ 2, 0, 4, 4 },
	{ 0, 2, 2, 4 },
	{ 1, 0, 2, 2 },
	{ 0, 1, 1, 2 },
};

static void
read_pass(png_structp png, struct canvas *canvas, const struct pass *pass,
    unsigned char *line)
{
	if (pass->x >= canvas->from_width)
		return;
	for (unsigned y = pass->y; y < canvas->from_height; y += pass->down) {
		const unsigned char *at = line;

		png_read_row(png, line, NULL);
		for (unsigned x = pass->x; x < canvas->from_width; x += pass->right) {
			canvas_add_rgba(canvas, x, y, at);
			at += PIXEL_BYTES;
		}
	}
}

struct canvas *
png_read(struct arena *arena, str file)
{
	png_structp png = png_create_read_struct(
	    PNG_LIBPNG_VER_STRING, NULL, end_broken, say_nothing);
	png_infop info = png_create_info_struct(png);
	struct canvas *canvas;
	unsigned char *line;

	must(png && info);
	png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX); /* ours are below */
	png_set_read_fn(png, &file, give);
	png_read_info(png, info);
	canvas_check(png_get_image_width(png, info), png_get_image_height(png, info));
	ask_for_rgba(png);
	png_read_update_info(png, info);
	must(png_get_channels(png, info) == PIXEL_BYTES);
	canvas = canvas_open(
	    arena, png_get_image_width(png, info), png_get_image_height(png, info));
	canvas->turn = orientation(png, info);
	line = arena_get(arena, (size_t)canvas->from_width * PIXEL_BYTES);
	if (png_get_interlace_type(png, info) == PNG_INTERLACE_NONE)
		read_pass(png, canvas, plain, line);
	else
		for (size_t i = 0; i < sizeof adam7 / sizeof *adam7; i++)
			read_pass(png, canvas, &adam7[i], line);
	png_read_end(png, NULL); /* the end has to be there, and right */
	png_destroy_read_struct(&png, &info, NULL);
	return canvas;
}

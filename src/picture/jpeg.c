/* jpeg.c - JPEG by libjpeg-turbo, both ways. */
/* clang-format off */
#include <stdio.h> /* jpeglib.h wants it before */
#include <jpeglib.h>
#include <jerror.h>
/* clang-format on */

#include "picture/picture_int.h"

#define MARKER_MAX_BYTES 0xffff
#define SHRINK_MAX       8 /* decoding can leave out 7 of 8 lines and columns by itself */
#define CMYK             4
#define BLACK            3

static const char exif_mark[] = "Exif\0"; /* and one more NUL */

static void
end_broken(j_common_ptr info)
{
	(void)info;
	helper_end(HELPER_BROKEN);
}

/* Odd files may be shown; half ones may not. */
static void
judge(j_common_ptr info, int level)
{
	if (level < 0 && info->err->msg_code == JWRN_JPEG_EOF)
		helper_end(HELPER_BROKEN);
}

static struct jpeg_error_mgr *
strict(struct jpeg_error_mgr *errors)
{
	(void)jpeg_std_error(errors);
	errors->error_exit = end_broken;
	errors->emit_message = judge;
	return errors;
}

static unsigned
orientation(const struct jpeg_decompress_struct *info)
{
	for (jpeg_saved_marker_ptr m = info->marker_list; m; m = m->next) {
		str block = { (const char *)m->data, m->data_length };
		str mark = { exif_mark, sizeof exif_mark };

		if (str_starts(block, mark))
			return exif_orientation(str_part(block, mark.len, block.len));
	}
	return 0;
}

/* The decoder shrinks as far as the result does not suffer from. */
static void
choose_size(struct jpeg_decompress_struct *info)
{
	unsigned longer = info->image_width > info->image_height ? info->image_width
								 : info->image_height;

	info->scale_num = 1;
	info->scale_denom = SHRINK_MAX;
	while (info->scale_denom > 1 && longer / info->scale_denom < 2 * PICTURE_SIDE)
		info->scale_denom /= 2;
}

static void
choose_colours(struct jpeg_decompress_struct *info)
{
	bool cmyk =
	    info->jpeg_color_space == JCS_CMYK || info->jpeg_color_space == JCS_YCCK;

	info->out_color_space = cmyk ? JCS_CMYK : JCS_RGB;
}

/* Adobe writes its inks upside down: 255 is none. */
static void
add_cmyk(struct canvas *canvas, unsigned x, unsigned y, const unsigned char *inks,
    bool inverted)
{
	unsigned char rgb[BLACK];
	unsigned black = inverted ? inks[BLACK] : 255u - inks[BLACK];

	for (unsigned i = 0; i < BLACK; i++) {
		unsigned ink = inverted ? inks[i] : 255u - inks[i];

		rgb[i] = (unsigned char)(ink * black / 255);
	}
	canvas_add(canvas, x, y, rgb);
}

static void
add_line(struct canvas *canvas, const struct jpeg_decompress_struct *info, unsigned y,
    const unsigned char *line)
{
	for (unsigned x = 0; x < info->output_width; x++) {
		const unsigned char *at =
		    line + (size_t)x * (size_t)info->output_components;

		if (info->output_components == CMYK)
			add_cmyk(canvas, x, y, at, info->saw_Adobe_marker);
		else
			canvas_add(canvas, x, y, at);
	}
}

struct canvas *
jpeg_read(struct arena *arena, str file)
{
	struct jpeg_decompress_struct info = { 0 };
	struct jpeg_error_mgr errors;
	struct canvas *canvas;
	unsigned char *line;

	info.err = strict(&errors);
	jpeg_create_decompress(&info);
	jpeg_save_markers(&info, JPEG_APP0 + 1, MARKER_MAX_BYTES);
	jpeg_mem_src(&info, (const unsigned char *)file.at, file.len);
	(void)jpeg_read_header(&info, TRUE);
	canvas_check(info.image_width, info.image_height);
	choose_size(&info);
	choose_colours(&info);
	(void)jpeg_start_decompress(&info);
	canvas = canvas_open(arena, info.output_width, info.output_height);
	canvas->turn = orientation(&info);
	line = arena_get(arena, (size_t)info.output_width * CMYK);
	while (info.output_scanline < info.output_height) {
		unsigned y = info.output_scanline;

		if (jpeg_read_scanlines(&info, &line, 1) == 1)
			add_line(canvas, &info, y, line);
	}
	(void)jpeg_finish_decompress(&info);
	jpeg_destroy_decompress(&info);
	return canvas;
}

/* What libjpeg allocates here is given back by the end of the process. */
static str
written(const struct pixels *pixels, int quality)
{
	struct jpeg_compress_struct info = { 0 };
	struct jpeg_error_mgr errors;
	unsigned char *out = NULL;
	unsigned long bytes = 0;

	info.err = strict(&errors);
	jpeg_create_compress(&info);
	jpeg_mem_dest(&info, &out, &bytes);
	info.image_width = pixels->width;
	info.image_height = pixels->height;
	info.input_components = 3;
	info.in_color_space = JCS_RGB;
	jpeg_set_defaults(&info);
	jpeg_set_quality(&info, quality, TRUE);
	info.optimize_coding = TRUE;
	jpeg_start_compress(&info, TRUE);
	while (info.next_scanline < info.image_height) {
		unsigned char *line =
		    pixels->rgb + (size_t)info.next_scanline * pixels->width * 3;

		(void)jpeg_write_scanlines(&info, &line, 1);
	}
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
	return (str){ (const char *)out, bytes };
}

str
jpeg_write(const struct pixels *pixels)
{
	static const int qualities[] = { 85, 75, 65, 50, 35, 20, 10 };

	for (size_t i = 0; i < sizeof qualities / sizeof *qualities; i++) {
		str out = written(pixels, qualities[i]);

		if (out.len <= PICTURE_OUT_BYTES)
			return out;
	}
	helper_end(HELPER_LARGE);
}

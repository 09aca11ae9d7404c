#include <png.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <webp/encode.h>

/* clang-format off */
#include <stdio.h> /* jpeglib.h wants it before */
#include <stdlib.h>
#include <jpeglib.h>
/* clang-format on */

#include "base/buf.h"
#include "base/check.h"
#include "base/when.h"
#include "picture/picture_int.h"

#define STUCK_MS      500
#define PNG_MAX_BYTES ((size_t)16 << 20)

static struct arena *arena;

/* --- pictures to begin with: red, green, blue and white quarters --- */

static const unsigned char quarters[4][4] = {
	{ 255, 0, 0, 255 },
	{ 0, 255, 0, 255 },
	{ 0, 0, 255, 255 },
	{ 255, 255, 255, 255 },
};

struct raw {
	unsigned char *at;
	unsigned width, height, channels;
};

static struct raw
quartered(unsigned width, unsigned height, unsigned channels)
{
	unsigned char *out = arena_get(arena, (size_t)width * height * channels);

	for (unsigned y = 0; y < height; y++)
		for (unsigned x = 0; x < width; x++)
			memcpy(out + ((size_t)y * width + x) * channels,
			    quarters[(y >= height / 2) * 2 + (x >= width / 2)],
			    channels);
	return (struct raw){ out, width, height, channels };
}

static struct raw
noise(unsigned width, unsigned height)
{
	size_t bytes = (size_t)width * height * 3;
	unsigned char *out = arena_get(arena, bytes);
	uint32_t seed = 1;

	for (size_t i = 0; i < bytes; i++) {
		seed = seed * 1664525 + 1013904223;
		out[i] = (unsigned char)(seed >> 24);
	}
	return (struct raw){ out, width, height, 3 };
}

static str
jpeg_of(struct raw raw, bool progressive, str exif)
{
	struct jpeg_compress_struct info = { 0 };
	struct jpeg_error_mgr errors;
	unsigned char *out = NULL;
	unsigned long bytes = 0;
	str copy;

	info.err = jpeg_std_error(&errors);
	jpeg_create_compress(&info);
	jpeg_mem_dest(&info, &out, &bytes);
	info.image_width = raw.width;
	info.image_height = raw.height;
	info.input_components = (int)raw.channels;
	info.in_color_space = raw.channels == 3 ? JCS_RGB : JCS_CMYK;
	jpeg_set_defaults(&info);
	jpeg_set_quality(&info, 95, TRUE);
	if (progressive)
		jpeg_simple_progression(&info);
	jpeg_start_compress(&info, TRUE);
	if (exif.len)
		jpeg_write_marker(&info, JPEG_APP0 + 1, (const unsigned char *)exif.at,
		    (unsigned)exif.len);
	while (info.next_scanline < raw.height) {
		unsigned char *line =
		    raw.at + (size_t)info.next_scanline * raw.width * raw.channels;

		(void)jpeg_write_scanlines(&info, &line, 1);
	}
	jpeg_finish_compress(&info);
	jpeg_destroy_compress(&info);
	copy = arena_copy(arena, (str){ (const char *)out, bytes });
	free(out);
	return copy;
}

static void
png_take(png_structp png, png_bytep at, size_t bytes)
{
	buf_add(png_get_io_ptr(png), (str){ (const char *)at, bytes });
}

static str
png_of(struct raw rgba, int interlace)
{
	png_structp png =
	    png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
	png_infop info = png_create_info_struct(png);
	struct buf out = buf_in(arena, PNG_MAX_BYTES);
	png_bytep *rows = ARENA_ARRAY(arena, png_bytep, rgba.height);

	for (unsigned y = 0; y < rgba.height; y++)
		rows[y] = rgba.at + (size_t)y * rgba.width * 4;
	png_set_write_fn(png, &out, png_take, NULL);
	png_set_IHDR(png, info, rgba.width, rgba.height, 8, PNG_COLOR_TYPE_RGBA,
	    interlace, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_rows(png, info, rows);
	png_write_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
	png_destroy_write_struct(&png, &info);
	return buf_str(&out);
}

static str
webp_of(struct raw rgba)
{
	uint8_t *out = NULL;
	size_t bytes = WebPEncodeLosslessRGBA(
	    rgba.at, (int)rgba.width, (int)rgba.height, (int)rgba.width * 4, &out);
	str copy = arena_copy(arena, (str){ (const char *)out, bytes });

	WebPFree(out);
	return copy;
}

/* An EXIF block with an orientation and a secret place. */
static str
exif_with(char orientation)
{
	static const char block[] = "Exif\0\0"
				    "II*\0\x08\0\0\0"
				    "\x02\0"
				    "\x12\x01\x03\0\x01\0\0\0\x00\0\0\0"
				    "\x25\x88\x04\0\x01\0\0\0\x26\0\0\0"
				    "\0\0\0\0"
				    "GPS 39.9N 116.4E";
	char *out = arena_get(arena, sizeof block);

	memcpy(out, block, sizeof block);
	out[24] = orientation;
	return (str){ out, sizeof block };
}

/* --- what came out --- */

struct seen {
	unsigned width, height;
	unsigned char corners[4][3]; /* the middles of the quarters */
	bool metadata;               /* anything but JFIF's own marker */
};

static struct seen
look(str jpeg)
{
	struct jpeg_decompress_struct info = { 0 };
	struct jpeg_error_mgr errors;
	struct seen out = { 0 };
	unsigned char *line;

	info.err = jpeg_std_error(&errors);
	jpeg_create_decompress(&info);
	for (int i = 1; i < 16; i++)
		jpeg_save_markers(&info, JPEG_APP0 + i, 0xffff);
	jpeg_save_markers(&info, JPEG_COM, 0xffff);
	jpeg_mem_src(&info, (const unsigned char *)jpeg.at, jpeg.len);
	(void)jpeg_read_header(&info, TRUE);
	out.metadata = info.marker_list != NULL;
	(void)jpeg_start_decompress(&info);
	out.width = info.output_width;
	out.height = info.output_height;
	line = arena_get(arena, (size_t)out.width * 3);
	for (unsigned y = 0; y < out.height; y++) {
		(void)jpeg_read_scanlines(&info, &line, 1);
		for (unsigned i = 0; i < 4; i++)
			if (y == out.height * (i / 2 * 2 + 1) / 4)
				memcpy(out.corners[i],
				    line +
					(size_t)(out.width * (i % 2 * 2 + 1) / 4) * 3,
				    3);
	}
	(void)jpeg_finish_decompress(&info);
	jpeg_destroy_decompress(&info);
	return out;
}

static bool
is_near(const unsigned char *got, const unsigned char *wanted)
{
	for (unsigned i = 0; i < 3; i++)
		if (abs(got[i] - wanted[i]) > 12)
			return false;
	return true;
}

/* Which quarter of the original is seen in each place, as "0123". */
static str
order_of(const struct seen *seen)
{
	char *out = arena_get(arena, 4);

	for (unsigned i = 0; i < 4; i++) {
		out[i] = '?';
		for (unsigned j = 0; j < 4; j++)
			if (is_near(seen->corners[i], quarters[j]))
				out[i] = (char)('0' + j);
	}
	return (str){ out, 4 };
}

static void
formats(void)
{
	struct raw rgb = quartered(1200, 600, 3);
	struct raw rgba = quartered(1200, 600, 4);
	const struct {
		const char *row;
		str file;
	} rows[] = {
		{ "JPEG", jpeg_of(rgb, false, STR("")) },
		{ "progressive JPEG", jpeg_of(rgb, true, STR("")) },
		/* As Adobe's inks, where 255 is none, the same bytes are the same colours. */
		{ "CMYK JPEG", jpeg_of(rgba, false, STR("")) },
		{ "PNG", png_of(rgba, PNG_INTERLACE_NONE) },
		{ "interlaced PNG", png_of(rgba, PNG_INTERLACE_ADAM7) },
		{ "WebP", webp_of(rgba) },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct seen seen;
		str out;

		check_about(rows[i].row);
		if (!CHECK_OK(picture_shrink(arena, rows[i].file, &out)))
			continue;
		seen = look(out);
		CHECK_INT(seen.width, 512);
		CHECK_INT(seen.height, 256);
		CHECK_STR(order_of(&seen), STR("0123"));
		CHECK(!seen.metadata);
	}
}

static void
sizes(void)
{
	static const struct {
		unsigned width, height, wanted_width, wanted_height;
	} rows[] = {
		{ 1, 1, 1, 1 },
		{ 100, 50, 100, 50 },
		{ 512, 512, 512, 512 },
		{ 513, 512, 512, 511 },
		{ 600, 1200, 256, 512 },
		{ 3000, 2, 512, 1 },
		{ 4000, 3000, 512, 384 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct raw rgb = quartered(rows[i].width, rows[i].height, 3);
		struct seen seen;
		str out;

		if (!CHECK_OK(
			picture_shrink(arena, jpeg_of(rgb, false, STR("")), &out)))
			continue;
		seen = look(out);
		CHECK_INT(seen.width, rows[i].wanted_width);
		CHECK_INT(seen.height, rows[i].wanted_height);
	}
}

/* Only the middle is left: as wide on both sides of what was the middle. */
static void
squares(void)
{
	static const struct {
		unsigned width, height, side;
	} rows[] = {
		{ 1, 1, 1 },
		{ 100, 50, 50 },
		{ 50, 101, 50 },
		{ 512, 512, 512 },
		{ 1200, 600, 256 },
		{ 600, 1200, 256 },
		{ 4000, 3000, 384 },
		{ 3000, 2, 1 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct raw rgb = quartered(rows[i].width, rows[i].height, 3);
		struct seen seen;
		str out;

		if (!CHECK_OK(
			picture_square(arena, jpeg_of(rgb, false, exif_with(6)), &out)))
			continue;
		seen = look(out);
		CHECK_INT(seen.width, rows[i].side);
		CHECK_INT(seen.height, rows[i].side);
		CHECK(!seen.metadata);
		if (rows[i].side >= 50)
			CHECK_STR(order_of(&seen), STR("2031"));
	}
}

static void
orientations(void)
{
	static const struct {
		char orientation;
		const char *order;
		unsigned width;
	} rows[] = {
		{ 1, "0123", 200 },
		{ 2, "1032", 200 },
		{ 3, "3210", 200 },
		{ 4, "2301", 200 },
		{ 5, "0213", 100 },
		{ 6, "2031", 100 },
		{ 7, "3120", 100 },
		{ 8, "1302", 100 },
		{ 9, "0123", 200 },
		{ 0, "0123", 200 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str file = jpeg_of(
		    quartered(200, 100, 3), false, exif_with(rows[i].orientation));
		struct seen seen;
		str out;

		check_about(rows[i].order);
		CHECK(str_find(file, STR("GPS 39.9N")) != SIZE_MAX);
		if (!CHECK_OK(picture_shrink(arena, file, &out)))
			continue;
		seen = look(out);
		CHECK_STR(order_of(&seen), str_of(rows[i].order));
		CHECK_INT(seen.width, rows[i].width);
		CHECK(str_find(out, STR("GPS")) == SIZE_MAX);
		CHECK(str_find(out, STR("Exif")) == SIZE_MAX);
		CHECK(!seen.metadata);
	}
}

static void
broken_exif(void)
{
	str whole = exif_with(6);
	str part;

	part = str_part(whole, 6, whole.len);
	CHECK_INT(exif_orientation(part), 6);
	for (size_t len = 0; len < 19; len++)
		CHECK_INT(exif_orientation(str_part(part, 0, len)), 0);
	CHECK_INT(
	    exif_orientation(STR("MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0")), 6);
	CHECK_INT(exif_orientation(STR("II*\0\xff\xff\xff\xff")), 0);
	CHECK_INT(exif_orientation(STR("II*\0\x08\0\0\0\xff\xff")), 0);
	CHECK_INT(
	    exif_orientation(STR("XX*\0\x08\0\0\0\x01\0\x12\x01\3\0\1\0\0\0\6\0")), 0);
}

/* What can be seen through is white behind. */
static void
transparency(void)
{
	static const struct {
		unsigned char pixel[4], wanted[3];
	} rows[] = {
		{ { 0, 0, 0, 0 }, { 255, 255, 255 } },
		{ { 255, 0, 0, 255 }, { 255, 0, 0 } },
		{ { 0, 0, 255, 128 }, { 127, 127, 255 } },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct raw rgba = { arena_get(arena, 64 * 64 * 4), 64, 64, 4 };
		struct seen seen;
		str out;

		for (size_t at = 0; at < 64 * 64; at++)
			memcpy(rgba.at + at * 4, rows[i].pixel, 4);
		CHECK_OK(picture_shrink(arena, png_of(rgba, PNG_INTERLACE_NONE), &out));
		seen = look(out);
		CHECK(is_near(seen.corners[0], rows[i].wanted));
		CHECK_OK(picture_shrink(arena, webp_of(rgba), &out));
		seen = look(out);
		CHECK(is_near(seen.corners[0], rows[i].wanted));
	}
}

static void
small_enough(void)
{
	struct seen seen;
	str file = jpeg_of(noise(1024, 1024), false, STR(""));
	str out;

	CHECK_OK(picture_shrink(arena, file, &out));
	CHECK(out.len <= PICTURE_OUT_BYTES);
	seen = look(out);
	CHECK_INT(seen.width, 512);
}

static str
with_sides(str file, size_t at, bool four_bytes, unsigned width, unsigned height)
{
	char *copy = arena_get(arena, file.len);
	unsigned sides[] = { width, height };

	memcpy(copy, file.at, file.len);
	for (unsigned i = 0; i < 2; i++) {
		if (four_bytes) {
			copy[at++] = (char)(sides[i] >> 24);
			copy[at++] = (char)(sides[i] >> 16);
		}
		copy[at++] = (char)(sides[i] >> 8);
		copy[at++] = (char)sides[i];
	}
	return (str){ copy, file.len };
}

/* The CRC of the IHDR with 50,000 x 50,000, 8 bits RGBA, so that the header is believed. */
static str
png_bomb(void)
{
	static const char head[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
				   "\0\0\xc3\x50\0\0\xc3\x50\x08\x06\0\0\0";
	struct buf out = buf_in(arena, 256);
	uint32_t crc = 0xffffffff;

	for (size_t i = 12; i < sizeof head - 1; i++) {
		crc ^= (unsigned char)head[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
	}
	crc ^= 0xffffffff;
	buf_add(&out, STR(head));
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_add_char(&out, (char)(crc >> shift));
	buf_add(&out, STR("\0\0\0\x10IDAT0123456789abcdef0123"));
	return buf_str(&out);
}

static void
refusals(void)
{
	struct raw rgba = quartered(600, 600, 4);
	str jpeg = jpeg_of(quartered(600, 600, 3), false, STR(""));
	str png = png_of(rgba, PNG_INTERLACE_NONE);
	str webp = webp_of(rgba);
	str bad_png = arena_copy(arena, png);
	size_t sof = str_find(jpeg, STR("\xff\xc0")) + 5;
	const struct {
		const char *row;
		str file;
		enum err wanted;
	} rows[] = {
		{ "nothing", STR(""), ERR_UNSUPPORTED },
		{ "text", STR("hello, I am a picture"), ERR_UNSUPPORTED },
		{ "SVG",
		    STR("<svg "
			"xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></"
			"svg>"),
		    ERR_UNSUPPORTED },
		{ "zip", STR("PK\3\4\x14\0\0\0"), ERR_UNSUPPORTED },
		{ "GIF", STR("GIF89a\1\0\1\0"), ERR_UNSUPPORTED },
		{ "RIFF, but sound", STR("RIFF\x24\0\0\0WAVEfmt "), ERR_UNSUPPORTED },
		{ "a JPEG's first bytes", STR("\xff\xd8\xff"), ERR_BAD_INPUT },
		{ "half a JPEG", str_part(jpeg, 0, jpeg.len / 2), ERR_BAD_INPUT },
		{ "half a PNG", str_part(png, 0, png.len / 2), ERR_BAD_INPUT },
		{ "half a WebP", str_part(webp, 0, webp.len / 2), ERR_BAD_INPUT },
		{ "a PNG without its end", str_part(png, 0, png.len - 12),
		    ERR_BAD_INPUT },
		{ "a PNG with a wrong sum", bad_png, ERR_BAD_INPUT },
		{ "a JPEG of 50,000 lines", with_sides(jpeg, sof, false, 50000, 50000),
		    ERR_TOO_LARGE },
		{ "a JPEG past the side", with_sides(jpeg, sof, false, 10, 12001),
		    ERR_TOO_LARGE },
		{ "a JPEG past the pixels", with_sides(jpeg, sof, false, 7072, 7072),
		    ERR_TOO_LARGE },
		{ "a PNG of 50,000 lines", png_bomb(), ERR_TOO_LARGE },
		{ "a PNG with forged sides", with_sides(png, 16, true, 500, 500),
		    ERR_BAD_INPUT },
		{ "an upload past the limit",
		    { arena_get(arena, PICTURE_MAX_BYTES + 1), PICTURE_MAX_BYTES + 1 },
		    ERR_TOO_LARGE },
		{ "zeroes up to the limit",
		    { arena_get(arena, PICTURE_MAX_BYTES), PICTURE_MAX_BYTES },
		    ERR_UNSUPPORTED },
	};

	*(char *)(uintptr_t)(bad_png.at + bad_png.len / 2) ^= 1;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str out;

		check_about(rows[i].row);
		CHECK_ERR(picture_shrink(arena, rows[i].file, &out), rows[i].wanted);
	}
}

/* Every byte of a small picture damaged, one by one: an outcome, always. */
static void
damage(void)
{
	str file = jpeg_of(quartered(16, 16, 3), false, exif_with(6));
	char *copy = arena_get(arena, file.len);

	for (size_t i = 0; i < file.len; i += 3) {
		str out;
		enum err e;

		memcpy(copy, file.at, file.len);
		copy[i] = (char)~copy[i];
		e = picture_shrink(arena, (str){ copy, file.len }, &out);
		CHECK(e == OK || e == ERR_BAD_INPUT || e == ERR_UNSUPPORTED ||
		      e == ERR_TOO_LARGE);
	}
}

static void
helpers(void)
{
	str file = jpeg_of(quartered(16, 16, 3), false, STR(""));
	int64_t start_ms = when_steady_ms();
	char stuck[] = "/tmp/kith-stuck-XXXXXX";
	int fd = mkstemp(stuck);
	str out;

	CHECK_ERR(
	    picture_run(arena, "/nonexistent", STUCK_MS, false, file, &out), ERR_IO);
	CHECK_ERR(
	    picture_run(arena, "/bin/false", STUCK_MS, false, file, &out), ERR_IO);
	CHECK_ERR(picture_run(arena, "/bin/true", STUCK_MS, false, file, &out), ERR_IO);
	must(fd >= 0 && dprintf(fd, "#!/bin/sh\nexec sleep 60\n") > 0);
	must(fchmod(fd, 0700) == 0 && close(fd) == 0);
	CHECK_ERR(
	    picture_run(arena, stuck, STUCK_MS, false, file, &out), ERR_TOO_LARGE);
	CHECK(when_steady_ms() - start_ms < PICTURE_TIME_MS);
	(void)unlink(stuck);
}

int
main(int argc, char **argv)
{
	int status;

	if (argc >= 2 && strcmp(argv[1], "picture") == 0)
		return picture_helper(
		    argc == 3 && strcmp(argv[2], PICTURE_SQUARE) == 0);
	arena = arena_open();
	status = CHECK_RUN({ "formats", formats }, { "sizes", sizes },
	    { "squares", squares }, { "orientation, and no metadata", orientations },
	    { "broken EXIF", broken_exif }, { "transparency", transparency },
	    { "small enough", small_enough }, { "what is refused", refusals },
	    { "damage", damage }, { "helpers that fail", helpers });
	arena_close(&arena);
	return status;
}

/* webp.c - WebP by libwebp, which shrinks while it decodes. */
#include <webp/decode.h>

#include "picture/picture_int.h"

#define PIXEL_BYTES 4
#define RIFF_BYTES  12 /* "RIFF", size, "WEBP" */
#define CHUNK_BYTES 8  /* name, size */

static size_t
little_endian(str four)
{
	size_t out = 0;

	for (size_t i = four.len; i-- > 0;)
		out = out << 8 | (unsigned char)four.at[i];
	return out;
}

/* RFC 9649 2.3, 2.7: chunks have even lengths. */
static str
chunk(str file, str name)
{
	str rest = str_part(file, RIFF_BYTES, file.len);

	while (rest.len > CHUNK_BYTES) {
		size_t bytes = little_endian(str_part(rest, 4, 4));

		if (str_starts(rest, name))
			return str_part(rest, CHUNK_BYTES, bytes);
		rest = str_part(rest, CHUNK_BYTES + bytes + bytes % 2, rest.len);
	}
	return STR("");
}

static struct canvas *
copied(struct arena *arena, const WebPRGBABuffer *from, unsigned width, unsigned height)
{
	struct canvas *canvas = canvas_open(arena, width, height);

	for (unsigned y = 0; y < height; y++)
		for (unsigned x = 0; x < width; x++)
			canvas_add_rgba(canvas, x, y,
			    from->rgba + (size_t)y * (size_t)from->stride +
				(size_t)x * PIXEL_BYTES);
	return canvas;
}

struct canvas *
webp_read(struct arena *arena, str file)
{
	const uint8_t *bytes = (const uint8_t *)file.at;
	WebPDecoderConfig config;
	struct canvas *canvas;
	unsigned width;
	unsigned height;

	must(WebPInitDecoderConfig(&config));
	if (WebPGetFeatures(bytes, file.len, &config.input) != VP8_STATUS_OK)
		helper_end(HELPER_BROKEN);
	if (config.input.has_animation)
		helper_end(HELPER_UNKNOWN);
	canvas_check((unsigned)config.input.width, (unsigned)config.input.height);
	canvas = canvas_open(
	    arena, (unsigned)config.input.width, (unsigned)config.input.height);
	width = canvas->width;
	height = canvas->height;
	config.options.use_scaling = 1;
	config.options.scaled_width = (int)width;
	config.options.scaled_height = (int)height;
	config.output.colorspace = MODE_RGBA;
	if (WebPDecode(bytes, file.len, &config) != VP8_STATUS_OK)
		helper_end(HELPER_BROKEN);
	canvas = copied(arena, &config.output.u.RGBA, width, height);
	canvas->turn = exif_orientation(chunk(file, STR("EXIF")));
	WebPFreeDecBuffer(&config.output);
	return canvas;
}

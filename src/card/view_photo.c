/*
 * view_photo.c - PHOTO, LOGO, SOUND and KEY: base64 with a type in 3.0 (RFC 2426 3.1.4),
 * a data: URI in 4.0 (RFC 6350 6.2.4).  The base64 itself is never looked into but for its
 * first letters, which tell a picture whose type was not said.
 */
#include "card/view_int.h"

static const struct kind {
	str type, media, letters;
} kinds[] = {
	{ STR_CONST("JPEG"), STR_CONST("image/jpeg"), STR_CONST("/9j/") },
	{ STR_CONST("PNG"), STR_CONST("image/png"), STR_CONST("iVBORw0KGgo") },
	{ STR_CONST("GIF"), STR_CONST("image/gif"), STR_CONST("R0lGOD") },
	{ STR_CONST("WEBP"), STR_CONST("image/webp"), STR_CONST("UklGR") },
	{ STR_CONST("TIFF"), STR_CONST("image/tiff"), { 0 } },
	{ STR_CONST("BMP"), STR_CONST("image/bmp"), STR_CONST("Qk0") },
	{ STR_CONST("HEIC"), STR_CONST("image/heic"), { 0 } },
	{ STR_CONST("WAVE"), STR_CONST("audio/wav"), { 0 } },
	{ STR_CONST("BASIC"), STR_CONST("audio/basic"), { 0 } },
	{ STR_CONST("OGG"), STR_CONST("audio/ogg"), { 0 } },
	{ STR_CONST("X509"), STR_CONST("application/pkix-cert"), { 0 } },
	{ STR_CONST("PGP"), STR_CONST("application/pgp-keys"), { 0 } },
	/* said in other words by some; the way back says it in the first */
	{ STR_CONST("JPG"), STR_CONST("image/jpeg"), { 0 } },
	{ STR_CONST("IMAGE/JPEG"), STR_CONST("image/jpeg"), { 0 } },
	{ STR_CONST("IMAGE/PNG"), STR_CONST("image/png"), { 0 } },
	{ STR_CONST("IMAGE/GIF"), STR_CONST("image/gif"), { 0 } },
};

#define KINDS  (sizeof kinds / sizeof *kinds)
#define BASE64 ";base64,"

static str
guessed(str base64)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].letters.len && str_starts(base64, kinds[i].letters))
			return kinds[i].media;
	return STR("application/octet-stream");
}

static bool
looks_like_uri(str value)
{
	str rest = value;
	str scheme = str_cut(&rest, ':');

	return scheme.len && scheme.len < value.len && !str_has(scheme, ' ') &&
	       !str_has(scheme, '/');
}

void
view_binary_to_4(struct view_line *line)
{
	size_t encoding = view_param_find(line, STR("ENCODING"));
	str media = guessed(line->value);
	size_t at;

	if (view_param_is(line, STR("VALUE"), STR("uri"))) {
		if (looks_like_uri(line->value))
			view_param_remove(line, view_param_find(line, STR("VALUE")));
		return;
	}
	if (!view_param_is(line, STR("ENCODING"), STR("b")) &&
	    !view_param_is(line, STR("ENCODING"), STR("BASE64")))
		return;
	view_param_remove(line, encoding);
	if (view_param_is(line, STR("VALUE"), STR("binary")))
		view_param_remove(line, view_param_find(line, STR("VALUE")));
	for (size_t i = 0; i < KINDS; i++)
		if (view_type_remove(line, kinds[i].type, &at)) {
			media = kinds[i].media;
			break;
		}
	view_value_put(line,
	    ARENA_JOIN(line->arena, STR("data:"), media, STR(BASE64), line->value));
}

void
view_binary_to_3(struct view_line *line)
{
	str rest = line->value;

	for (size_t i = 0; i < KINDS; i++) {
		str head =
		    ARENA_JOIN(line->arena, STR("data:"), kinds[i].media, STR(BASE64));

		if (!str_starts(rest, head))
			continue;
		if (view_param_is(line, STR("VALUE"), STR("uri")))
			view_param_remove(line, view_param_find(line, STR("VALUE")));
		view_param_add(line, STR("ENCODING"), STR("b"));
		view_param_add(line, STR("TYPE"), kinds[i].type);
		view_value_put(line, str_part(rest, head.len, rest.len));
		return;
	}
	if (view_param_find(line, STR("VALUE")) == SIZE_MAX && looks_like_uri(rest))
		view_param_add(line, STR("VALUE"), STR("uri"));
}

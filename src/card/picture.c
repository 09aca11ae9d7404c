#include "base/base64.h"
#include "card/line_int.h"
#include "card/picture_int.h"

str
picture_type(str bytes)
{
	static const struct {
		str head, type;
	} kinds[] = {
		{ STR_CONST("\xFF\xD8\xFF"), STR_CONST("image/jpeg") },
		{ STR_CONST("\x89PNG\r\n\x1A\n"), STR_CONST("image/png") },
		{ STR_CONST("GIF8"), STR_CONST("image/gif") },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_starts(bytes, kinds[i].head))
			return kinds[i].type;
	if (str_starts(bytes, STR("RIFF")) &&
	    str_same(str_part(bytes, 8, 4), STR("WEBP")))
		return STR("image/webp");
	return (str){ 0 };
}

/* FNV-1a with 64 bits: told apart by chance, not against an attacker, who could only make
 * his own picture look like the one he was not shown. */
str
picture_key(struct arena *arena, str bytes)
{
	uint64_t hash = 0xCBF29CE484222325ULL;

	for (size_t i = 0; i < bytes.len; i++)
		hash = (hash ^ (unsigned char)bytes.at[i]) * 0x100000001B3ULL;
	return arena_printf(arena, "%zu-%016llx", bytes.len, (unsigned long long)hash);
}

enum err
card_picture_of(
    struct arena *arena, const struct card_property *photo, struct card_picture *out)
{
	str value = photo->value;
	str encoding;

	if (str_starts(value, STR("data:"))) {
		size_t at = str_find(value, STR(","));

		if (at == SIZE_MAX)
			return ERR_NOT_FOUND;
		value = str_part(value, at + 1, value.len);
	} else if (!card_param(arena, photo, STR("ENCODING"), 0, &encoding)) {
		return ERR_NOT_FOUND; /* an address: never fetched */
	}
	if (base64_read(arena, value, &out->bytes) != OK)
		return ERR_NOT_FOUND;
	out->media_type = picture_type(out->bytes);
	return out->media_type.len ? OK : ERR_NOT_FOUND;
}

enum err
card_picture(struct arena *arena, const struct card *card, struct card_picture *out)
{
	const struct card_property *photo = card_first(card, CARD_PHOTO, 0);

	return photo ? card_picture_of(arena, photo, out) : ERR_NOT_FOUND;
}

enum err
card_picture_lines(
    struct arena *arena, const struct card *card, str group, str jpeg, str *out)
{
	struct buf line = buf_in(arena, CARD_MAX_BYTES);
	struct buf lines = buf_in(arena, CARD_MAX_BYTES);

	if (group.len) {
		buf_add(&line, group);
		buf_add_char(&line, '.');
	}
	buf_add(&line, card->version == CARD_V4 ? STR("PHOTO:data:image/jpeg;base64,")
						: STR("PHOTO;ENCODING=b;TYPE=JPEG:"));
	base64_add(&line, jpeg);
	card_line_add(&lines, buf_str(&line), card->line_end);
	return line.overflowed ? ERR_TOO_LARGE : buf_text(&lines, out);
}

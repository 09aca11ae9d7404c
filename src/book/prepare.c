/* prepare.c - all that is derived from a card's bytes: ETag, names, reading order, keys. */
#include "book/book_int.h"
#include "card/group.h"
#include "fold/fold.h"
#include "seal/seal.h"

#define ETAG_BYTES   16
#define FN_MAX_BYTES ((size_t)1024) /* of what lists show; the card keeps it all */

/* Cut at the start of a character. */
static str
clipped(str text)
{
	if (text.len <= FN_MAX_BYTES)
		return text;
	text.len = FN_MAX_BYTES;
	while (text.len && ((unsigned char)text.at[text.len] & 0xC0U) == 0x80)
		text.len--;
	return text;
}

/* A NUL would end a text in the store early. */
static str
without_nul(struct arena *arena, str text)
{
	char *copy;

	if (!str_has(text, '\0'))
		return text;
	copy = arena_get_raw(arena, text.len);
	for (size_t i = 0; i < text.len; i++)
		copy[i] = (char)(text.at[i] ? text.at[i] : ' ');
	return (str){ copy, text.len };
}

static void
prepare_keys(
    struct arena *arena, const struct card *card, str region, struct prepared *out)
{
	struct card_keys keys = card_keys(arena, card, region);

	out->keys = ARENA_ARRAY(arena, struct store_key, keys.count);
	out->key_count = keys.count;
	for (size_t i = 0; i < keys.count; i++)
		out->keys[i] = (struct store_key){ (int64_t)keys.list[i].kind,
			without_nul(arena, keys.list[i].value) };
}

enum err
prepare_card(
    struct arena *arena, str region, str bytes, struct prepared *out, struct why *why)
{
	struct card *card;
	str fn;

	TRY(card_read(arena, bytes, &card, why));
	fn = clipped(without_nul(arena, card_unescape(arena, card->fn)));
	out->row = (struct store_card){
		.uid = without_nul(arena, card_uid_key(arena, card->uid)),
		.etag = arena_printf(arena, "\"" STR_FMT "\"",
		    STR_ARG(seal_digest(arena, (str){ 0 }, bytes, ETAG_BYTES))),
		.fn = fn,
		.sort_key = fold_sort_key(arena, fn),
		.size = (int64_t)bytes.len,
		.is_group = card_is_group(card),
		.odd = card->odd > 0,
		.bytes = bytes,
	};
	out->uid = str_trim(card->uid);
	find_pictures(arena, card, out);
	prepare_keys(arena, card, region, out);
	return OK;
}

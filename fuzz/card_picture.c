/*
 * Any bytes as a picture in a card come back out of it as they went in, in both versions
 * and whatever its line ends; and a card's own picture is no longer than the card.
 */
#include "card/field.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define JPEG "\xFF\xD8\xFF"

static void
there_and_back(struct arena *arena, str head, str bytes)
{
	str jpeg = ARENA_JOIN(arena, STR(JPEG), bytes);
	struct card_picture picture;
	struct card *card;
	struct why why;
	str lines;
	str whole;

	must(card_read(arena, ARENA_JOIN(arena, head, STR("END:VCARD\n")), &card,
		 &why) == OK);
	must(card_picture_lines(arena, card, STR("item1"), jpeg, &lines) == OK);
	whole = ARENA_JOIN(arena, head, lines, STR("END:VCARD\n"));
	must(card_read(arena, whole, &card, &why) == OK);
	must(card_picture(arena, card, &picture) == OK);
	must(str_same(picture.bytes, jpeg));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size };
	struct card_picture picture;
	struct card *card;
	struct why why;

	there_and_back(arena, STR("BEGIN:VCARD\nVERSION:3.0\n"), text);
	there_and_back(arena, STR("BEGIN:VCARD\r\nVERSION:4.0\r\n"), text);
	if (card_read(arena, text, &card, &why) == OK &&
	    card_picture(arena, card, &picture) == OK)
		must(picture.bytes.len <= size && picture.media_type.len > 0);
	return 0;
}

/* test_wish.c - question marks, groups and words in notes. */
#include "base/check.h"
#include "card/wish.h"

#define CARD(lines) "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:L\r\n" lines "END:VCARD\r\n"

static void
marks(void)
{
	static const struct {
		const char *about, *card, *fields, *words, *clean;
	} rows[] = {
		{ "none", CARD("TEL:110\r\nNOTE:why?\r\n"), NULL, NULL, NULL },
		{ "a mail", CARD("EMAIL;TYPE=HOME:?\r\nTEL:110\r\n"), "email", "",
		    CARD("TEL:110\r\n") },
		{ "full width", CARD("TEL;TYPE=WORK:？\r\n"), "work-tel", "",
		    CARD("") },
		{ "a star", CARD("TEL;TYPE=CELL:*\r\n"), "mobile", "", CARD("") },
		{ "a URI", CARD("URL:http://?\r\nTEL:tel:?\r\n"), "url mobile", "",
		    CARD("") },
		{ "an address", CARD("ADR;TYPE=HOME:;;?;;;;\r\n"), "home-address", "",
		    CARD("") },
		{ "a street with a question", CARD("ADR;TYPE=HOME:;;?;Beijing;;;\r\n"),
		    NULL, NULL, NULL },
		{ "a company", CARD("ORG:?;\r\n"), "org", "", CARD("") },
		{ "a note", CARD("NOTE:#更新 手机\\n其余\r\n"), "", "手机",
		    CARD("NOTE:其余\r\n") },
		{ "a note and nothing else", CARD("NOTE:#ASK\r\n"), "", "", CARD("") },
		{ "not the first line", CARD("NOTE:x\\n#ask\r\n"), NULL, NULL, NULL },
		{ "a group", CARD("CATEGORIES:家人,请更新\r\n"), "", "",
		    CARD("CATEGORIES:家人\r\n") },
		{ "a group in English", CARD("CATEGORIES:Ask to update\r\n"), "", "",
		    CARD("") },
		{ "a group's own card",
		    CARD("X-ADDRESSBOOKSERVER-KIND:group\r\nNOTE:#ask\r\n"), NULL, NULL,
		    NULL },
		{ "all at once",
		    CARD("EMAIL:?\r\nCATEGORIES:请更新\r\nNOTE:#ask qq\r\nORG:X\r\n"),
		    "email", "qq", CARD("ORG:X\r\n") },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		SCOPED(arena) arena = arena_open();
		struct card *card;
		struct card_wish wish;
		struct why why;
		struct buf fields = buf_in(arena, 1000);

		check_about(rows[i].about);
		must(card_read(arena, str_of(rows[i].card), &card, &why) == OK);
		CHECK_INT(card_wish_read(arena, card, &wish), rows[i].fields != NULL);
		if (!rows[i].fields)
			continue;
		for (size_t f = 0; f < wish.count; f++) {
			if (f)
				buf_add_char(&fields, ' ');
			buf_add(&fields, card_field_name(wish.fields[f]));
		}
		CHECK_STR(buf_str(&fields), str_of(rows[i].fields));
		CHECK_STR(wish.words, str_of(rows[i].words));
		CHECK_STR(wish.clean, str_of(rows[i].clean));
	}
	check_about(NULL);
}

int
main(void)
{
	return CHECK_RUN({ "marks in a card", marks });
}

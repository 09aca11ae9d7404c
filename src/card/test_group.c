/* test_group.c - categories and members, read and changed in place. */
#include "base/check.h"
#include "card/group.h"

#define HEAD "BEGIN:VCARD\r\nVERSION:3.0\r\n"
#define TAIL "END:VCARD\r\n"

static struct card *
read(struct arena *arena, const char *body)
{
	struct card *card = NULL;
	struct why why = { 0 };

	must(card_read(arena, arena_printf(arena, HEAD "%s" TAIL, body), &card, &why) ==
	     OK);
	return card;
}

static void
categories(void)
{
	static const struct {
		const char *before, *name;
		bool in;
		const char *after;
	} rows[] = {
		{ "FN:A\r\n", "x", true, "FN:A\r\nCATEGORIES:x\r\n" },
		{ "FN:A\r\n", "a, b; c", true, "FN:A\r\nCATEGORIES:a\\, b\\; c\r\n" },
		{ "CATEGORIES:a\r\nFN:A\r\n", "b", true, "CATEGORIES:a,b\r\nFN:A\r\n" },
		{ "CATEGORIES:\r\n", "b", true, "CATEGORIES:b\r\n" },
		{ "i.CATEGORIES;X-P=1:a\r\n", "b", true, "i.CATEGORIES;X-P=1:a,b\r\n" },
		{ "CATEGORIES: a ,b\r\n", "a", true, "CATEGORIES: a ,b\r\n" },
		{ "CATEGORIES:a,b\\,c,d\r\n", "b,c", false, "CATEGORIES:a,d\r\n" },
		{ "CATEGORIES:a\r\nCATEGORIES:b,a\r\n", "a", false,
		    "CATEGORIES:b\r\n" },
		{ "CATEGORIES:a\r\n", "A", false, "CATEGORIES:a\r\n" },
		{ "FN:A\r\n", "a", false, "FN:A\r\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		SCOPED(arena) arena = arena_open();
		str out;

		check_about(rows[i].before);
		CHECK_OK(card_category_set(arena, read(arena, rows[i].before),
		    str_of(rows[i].name), rows[i].in, &out));
		CHECK_STR(out, read(arena, rows[i].after)->text);
	}
}

static void
members(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *three =
	    read(arena, "X-ADDRESSBOOKSERVER-KIND:group\r\nUID:g\r\n"
			"X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:AB-1\r\n");
	struct card_names names = card_members(arena, three);
	struct card *again;
	struct why why;
	str out;

	CHECK(card_is_group(three));
	CHECK_INT(names.count, 1);
	CHECK_STR(names.list[0], STR("ab-1"));
	CHECK_OK(card_member_set(arena, three, STR("ab-1"), true, &out));
	CHECK(out.at == three->text.at);
	CHECK_OK(card_member_set(arena, three, STR("CD-2"), true, &out));
	CHECK(str_find(out, STR("X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:CD-2\r\n")) !=
	      SIZE_MAX);
	CHECK_OK(card_read(arena, out, &again, &why));
	CHECK_OK(card_member_set(arena, again, STR("urn:uuid:cd-2"), false, &out));
	CHECK_STR(out, three->text);
	CHECK(!card_is_group(read(arena, "KIND:individual\r\n")));
	CHECK(!card_is_group(read(arena, "FN:A\r\n")));
}

static void
fresh_groups(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card;
	struct why why;

	for (int version = CARD_V3; version <= CARD_V4; version++) {
		CHECK_OK(card_read(arena,
		    card_new_group(arena, (enum card_version)version, STR("u"),
			STR("a, b\nNOTE:c"), STR("m")),
		    &card, &why));
		CHECK(card_is_group(card));
		CHECK_STR(card_unescape(arena, card->fn), STR("a, b\nNOTE:c"));
		CHECK_STR(card_members(arena, card).list[0], STR("m"));
		CHECK(!card_first(card, CARD_NOTE, 0));
	}
}

static void
too_many_members(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf body = buf_in(arena, CARD_MAX_BYTES);

	buf_add(&body, STR("X-ADDRESSBOOKSERVER-KIND:group\r\n"));
	for (int i = 0; i < CARD_MAX_MEMBERS + 5; i++) {
		buf_add(&body, STR("X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:m"));
		buf_add_int(&body, i);
		buf_add(&body, STR("\r\n"));
	}
	buf_add_char(&body, '\0');
	CHECK_INT(card_members(arena, read(arena, buf_str(&body).at)).count,
	    CARD_MAX_MEMBERS);
}

int
main(void)
{
	return CHECK_RUN({ "categories", categories }, { "members", members },
	    { "fresh groups", fresh_groups }, { "too many members", too_many_members });
}

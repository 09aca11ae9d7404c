/* test_import.c - many cards at once, who is there already, and stretches of the order. */
#include "book/fixture_int.h"
#include "book/import.h"
#include "fold/fold.h"

static str
card(struct home *h, const char *uid, const char *fn, const char *more)
{
	return arena_printf(h->arena,
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:%s\r\nFN:%s\r\n%s\r\nEND:VCARD\r\n", uid,
	    fn, more);
}

static void
put_bytes(struct home *h, const char *name, str bytes)
{
	struct book_put p = { .name = str_of(name), .by = BOOK_BY_DAV, .bytes = bytes };
	struct book_put_done done;

	CHECK_OK(book_put(&h->call, &h->book, &p, &done, &h->why));
}

static void
twins(void)
{
	static const struct {
		const char *about, *uid, *more;
		enum book_twin twin;
	} rows[] = {
		{ "its UID in another spelling", "urn:uuid:ADA-1", "NOTE:x",
		    BOOK_TWIN_UID },
		{ "a number written otherwise", "b", "TEL;TYPE=WORK:+86 189 8888 8888",
		    BOOK_TWIN_PHONE },
		{ "an address", "c", "EMAIL:ADA@example.org", BOOK_TWIN_MAIL },
		{ "a handle that looks like the number", "d", "X-QQ:18988888888",
		    BOOK_TWIN_NONE },
		{ "nobody", "e", "TEL:13911112222", BOOK_TWIN_NONE },
	};
	struct home h = set_up();
	struct book_new fresh = { .name = STR("other") };
	struct book other;
	enum book_twin twin;
	str name;

	put_bytes(&h, "a.vcf",
	    card(&h, "ada-1", "Ada",
		"TEL;TYPE=CELL:18988888888\r\nEMAIL:ada@example.org"));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].about);
		CHECK_OK(book_twin_find(&h.call, &h.book,
		    card(&h, rows[i].uid, "X", rows[i].more), &twin, &name, &h.why));
		CHECK_INT(twin, rows[i].twin);
		CHECK_STR(name, twin == BOOK_TWIN_NONE ? STR("") : STR("a.vcf"));
	}
	check_about("");
	CHECK_OK(book_make(&h.call, 1, &fresh, &other, &h.why));
	CHECK_OK(book_twin_find(&h.call, &other,
	    card(&h, "ada-1", "X", "TEL:18988888888"), &twin, &name, &h.why));
	CHECK_INT(twin, BOOK_TWIN_NONE); /* in another book it is no twin */
	CHECK_ERR(
	    book_twin_find(&h.call, &h.book, STR("no card"), &twin, &name, &h.why),
	    ERR_BAD_INPUT);
	tear_down(&h);
}

/* A batch goes in whole, or not at all, and says which one is in the way. */
static void
many(void)
{
	struct home h = set_up();
	struct book_put puts[BOOK_PUT_MANY] = { 0 };
	struct book_put_done done[BOOK_PUT_MANY];
	struct book_card found;
	size_t at = 0;

	for (int i = 0; i < BOOK_PUT_MANY; i++) {
		str uid = arena_printf(h.arena, "u%d", i);

		puts[i] = (struct book_put){ .by = BOOK_BY_IMPORT,
			.bytes = card(&h, uid.at, "Many", "NOTE:x") };
	}
	puts[7].bytes = puts[3].bytes;
	puts[7].name = STR("another.vcf");
	CHECK_ERR(
	    book_put_many(&h.call, &h.book, puts, BOOK_PUT_MANY, done, &at, &h.why),
	    ERR_UID_TAKEN);
	CHECK_INT(at, 7);
	CHECK_ERR(book_card_by_uid(&h.call, &h.book, STR("u0"), BOOK_HEADS, &found),
	    ERR_NOT_FOUND);
	puts[7].bytes = STR("no card");
	CHECK_ERR(
	    book_put_many(&h.call, &h.book, puts, BOOK_PUT_MANY, done, &at, &h.why),
	    ERR_BAD_INPUT);
	CHECK_INT(at, 7);
	puts[7] = (struct book_put){ .by = BOOK_BY_IMPORT,
		.bytes = card(&h, "u7", "Seven", "NOTE:x") };
	CHECK_OK(
	    book_put_many(&h.call, &h.book, puts, BOOK_PUT_MANY, done, &at, &h.why));
	CHECK(done[99].created);
	CHECK_OK(
	    book_card_by_uid(&h.call, &h.book, STR("urn:uuid:U7"), BOOK_HEADS, &found));
	CHECK_STR(found.fn, STR("Seven"));
	CHECK_OK(book_put_many(&h.call, &h.book, puts, 0, done, &at, &h.why));
	tear_down(&h);
}

static void
stretches(void)
{
	static const char *const names[] = { "Ada", "bob", "Bo", "Cy", "陈伟", "李四" };
	struct home h = set_up();
	struct book_put_done done;
	struct book_page page;
	struct book_card last;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		CHECK_OK(put(
		    &h, 1000, arena_printf(h.arena, "%zu.vcf", i).at, names[i], &done));
	CHECK_OK(book_sorted_between(&h.call, &h.book, NULL,
	    fold_letter_key(h.arena, 'B', false), fold_letter_key(h.arena, 'C', false),
	    10, &page));
	if (!CHECK_INT(page.count, 2))
		return;
	CHECK(!page.more);
	CHECK_STR(page.list[0].fn, STR("Bo"));
	last = page.list[0];
	CHECK_OK(book_sorted_between(&h.call, &h.book, &last,
	    fold_letter_key(h.arena, 'B', false), fold_letter_key(h.arena, 'C', false),
	    10, &page));
	CHECK_INT(page.count, 1);
	CHECK_OK(book_sorted_between(&h.call, &h.book, NULL,
	    fold_letter_key(h.arena, 'A', false), fold_letter_key(h.arena, 'D', false),
	    2, &page));
	CHECK(page.more);
	CHECK_OK(book_sorted_between(&h.call, &h.book, NULL,
	    fold_letter_key(h.arena, 'L', true), fold_letter_key(h.arena, 'M', true),
	    10, &page));
	CHECK_INT(page.count, 1);
	h.call.who = 2;
	CHECK_ERR(
	    book_sorted_between(&h.call, &h.book, NULL, STR(""), STR("\xFF"), 2, &page),
	    ERR_NOT_FOUND);
	tear_down(&h);
}

static void
fresh_uids(void)
{
	SCOPED(arena) arena = arena_open();
	str uid = book_fresh_uid(arena);

	CHECK_INT(uid.len, 36);
	CHECK(!str_same(uid, book_fresh_uid(arena)));
}

int
main(void)
{
	return CHECK_RUN({ "twins", twins }, { "many", many },
	    { "stretches", stretches }, { "fresh UIDs", fresh_uids });
}

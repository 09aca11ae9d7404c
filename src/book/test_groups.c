/* test_groups.c - groups by name, and one act on many cards. */
#include "book/bulk.h"
#include "book/fixture_int.h"
#include "book/groups.h"
#include "book/import.h"

static enum err
change(struct home *h, const char *name, const char *card, bool in, size_t *changed)
{
	str cards[] = { str_of(card), STR("gone") };

	return book_group_change(&h->call, &h->book, str_of(name), cards, 2, in,
	    BOOK_BY_WEB, changed, &h->why);
}

static int64_t
people(const struct home *h, const char *name)
{
	struct book_group group;

	if (book_group_find(&h->call, &h->book, str_of(name), &group) != OK)
		return -1;
	return group.people;
}

static void
made_and_filled(void)
{
	struct home h = set_up();
	struct book_put_done done;
	size_t changed;

	must(
	    put(&h, 1, "a", "Ada", &done) == OK && put(&h, 1, "b", "Bob", &done) == OK);
	CHECK_OK(
	    book_group_make(&h.call, &h.book, STR("Friends"), BOOK_BY_WEB, &h.why));
	CHECK_INT(people(&h, "Friends"), 0);
	CHECK_ERR(
	    book_group_make(&h.call, &h.book, STR("Friends"), BOOK_BY_WEB, &h.why),
	    ERR_EXISTS);
	CHECK_OK(change(&h, "Friends", "a", true, &changed));
	CHECK_INT(changed, 1);
	CHECK_OK(change(&h, "Friends", "a", true, &changed));
	CHECK_INT(changed, 0);
	CHECK_OK(change(&h, "Friends", "b", true, &changed));
	CHECK_INT(people(&h, "Friends"), 2);
	CHECK_OK(change(&h, "Friends", "a", false, &changed));
	CHECK_INT(people(&h, "Friends"), 1);
	CHECK_ERR(change(&h, "None", "a", true, &changed), ERR_NOT_FOUND);
	CHECK_OK(book_group_rename(
	    &h.call, &h.book, STR("Friends"), STR("Close"), BOOK_BY_WEB, &h.why));
	CHECK_INT(people(&h, "Friends"), -1);
	CHECK_INT(people(&h, "Close"), 1);
	CHECK_OK(
	    book_group_remove(&h.call, &h.book, STR("Close"), BOOK_BY_WEB, &h.why));
	CHECK_INT(people(&h, "Close"), -1);
	CHECK_ERR(
	    book_group_remove(&h.call, &h.book, STR("Close"), BOOK_BY_WEB, &h.why),
	    ERR_NOT_FOUND);
	tear_down(&h);
}

/* A card without a UID cannot be listed: it is in by its category alone. */
static void
without_a_uid(void)
{
	struct home h = set_up();
	struct book_put p = { .name = STR("n"),
		.bytes =
		    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:N\r\nCATEGORIES:Old,Other\r\n"
			"END:VCARD\r\n") };
	struct book_put_done done;
	size_t changed;

	must(book_put(&h.call, &h.book, &p, &done, &h.why) == OK);
	CHECK_INT(people(&h, "Old"), 1);
	CHECK_OK(book_group_rename(
	    &h.call, &h.book, STR("Old"), STR("New"), BOOK_BY_WEB, &h.why));
	CHECK_INT(people(&h, "New"), 1);
	CHECK_OK(change(&h, "New", "n", false, &changed));
	CHECK_INT(changed, 1);
	CHECK_INT(people(&h, "New"), -1);
	CHECK_INT(people(&h, "Other"), 1);
	tear_down(&h);
}

/* A card that is in the group "All". */
static struct book_put
member(struct home *h, int n)
{
	return (struct book_put){
		.name = arena_printf(h->arena, "m%d", n),
		.by = BOOK_BY_IMPORT,
		.bytes = arena_printf(h->arena,
		    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:M\r\nCATEGORIES:All\r\n"
		    "NOTE:%d\r\nEND:VCARD\r\n",
		    n),
	};
}

static void
too_many_of_a_group(void)
{
	struct home h = set_up();
	size_t changed;
	size_t at;

	for (int from = 0; from <= BOOK_MAX_OF_GROUP; from += BOOK_PUT_MANY) {
		struct book_put list[BOOK_PUT_MANY];
		struct book_put_done done[BOOK_PUT_MANY];

		for (int i = 0; i < BOOK_PUT_MANY; i++)
			list[i] = member(&h, from + i);
		must(book_put_many(&h.call, &h.book, list, BOOK_PUT_MANY, done, &at,
			 &h.why) == OK);
	}
	CHECK(people(&h, "All") > BOOK_MAX_OF_GROUP);
	CHECK_ERR(book_group_rename(
		      &h.call, &h.book, STR("All"), STR("Some"), BOOK_BY_WEB, &h.why),
	    ERR_LIMIT);
	CHECK_ERR(book_group_remove(&h.call, &h.book, STR("All"), BOOK_BY_WEB, &h.why),
	    ERR_LIMIT);
	CHECK_INT(people(&h, "Some"), -1);
	must(put(&h, 1, "new", "New", &(struct book_put_done){ 0 }) == OK);
	CHECK_ERR(change(&h, "All", "new", true, &changed), ERR_LIMIT);
	tear_down(&h);
}

static void
names_of_groups(void)
{
	struct home h = set_up();
	static const char *const bad[] = { "", " a", "a\n", "a\tb" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_ERR(book_group_make(
			      &h.call, &h.book, str_of(bad[i]), BOOK_BY_WEB, &h.why),
		    ERR_BAD_INPUT);
	h.book.may_write = false;
	CHECK_ERR(book_group_make(&h.call, &h.book, STR("a"), BOOK_BY_WEB, &h.why),
	    ERR_FORBIDDEN);
	h.book.may_write = true;
	h.call.who = 2;
	CHECK_ERR(book_group_make(&h.call, &h.book, STR("a"), BOOK_BY_WEB, &h.why),
	    ERR_NOT_FOUND);
	h.call.who = 1;
	tear_down(&h);
}

static void
removed_and_back(void)
{
	struct home h = set_up();
	str cards[] = { STR("a"), STR("b"), STR("gone") };
	struct book_put_done put_done;
	struct book_bulk_done done;
	struct book_card card;

	must(put(&h, 1, "a", "Ada", &put_done) == OK);
	must(put(&h, 1, "b", "Bob", &put_done) == OK);
	h.call.now_ms = 5000;
	CHECK_OK(book_bulk_remove(&h.call, &h.book, cards, 3, BOOK_BY_WEB, &done));
	CHECK_INT(done.changed, 2);
	CHECK_INT(done.at_ms, 5000);
	must(put(&h, 6000, "b", "Another Bob", &put_done) == OK);
	CHECK_OK(book_bulk_undo(&h.call, &h.book, 5000, &done, &h.why));
	CHECK_INT(done.changed, 1);
	CHECK_OK(book_card(&h.call, &h.book, STR("b"), BOOK_HEADS, &card));
	CHECK_STR(card.fn, STR("Another Bob"));
	CHECK_ERR(book_bulk_undo(&h.call, &h.book, 4999, &done, &h.why), ERR_NOT_FOUND);
	CHECK_ERR(book_bulk_remove(
		      &h.call, &h.book, cards, BOOK_BULK_MAX + 1, BOOK_BY_WEB, &done),
	    ERR_LIMIT);
	tear_down(&h);
}

static void
moved_and_copied(void)
{
	struct home h = set_up();
	struct book_new fresh = { .name = STR("work") };
	str cards[] = { STR("a"), STR("b") };
	struct book_put_done put_done;
	struct book_bulk_done done;
	struct book_card card;
	struct book work;

	must(book_make(&h.call, 1, &fresh, &work, &h.why) == OK);
	must(put(&h, 1, "a", "Ada", &put_done) == OK);
	must(put(&h, 1, "b", "Bob", &put_done) == OK);
	CHECK_OK(book_bulk_shift(
	    &h.call, &h.book, &work, cards, 1, false, BOOK_BY_WEB, &done, &h.why));
	CHECK_INT(done.changed, 1);
	CHECK_OK(book_bulk_shift(
	    &h.call, &h.book, &work, cards, 2, true, BOOK_BY_WEB, &done, &h.why));
	CHECK_INT(done.changed, 1);
	CHECK_INT(done.left, 1);
	CHECK_OK(book_card(&h.call, &h.book, STR("a"), BOOK_HEADS, &card));
	CHECK_ERR(
	    book_card(&h.call, &h.book, STR("b"), BOOK_HEADS, &card), ERR_NOT_FOUND);
	CHECK_OK(book_card(&h.call, &work, STR("b"), BOOK_HEADS, &card));
	CHECK_ERR(book_bulk_shift(&h.call, &work, &work, cards, 1, true, BOOK_BY_WEB,
		      &done, &h.why),
	    ERR_BAD_INPUT);
	tear_down(&h);
}

int
main(void)
{
	return CHECK_RUN({ "made and filled", made_and_filled },
	    { "a card without a UID", without_a_uid },
	    { "too many of a group", too_many_of_a_group },
	    { "names of groups", names_of_groups },
	    { "removed, and back", removed_and_back },
	    { "moved and copied", moved_and_copied });
}

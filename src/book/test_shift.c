/* test_shift.c - what goes along with a card that moves, and what stays behind. */
#include "book/bulk.h"
#include "book/fixture_int.h"
#include "book/undo.h"

static struct book
another_book(struct home *h)
{
	struct book_new fresh = { .name = STR("work") };
	struct book book;

	must(book_make(&h->call, 1, &fresh, &book, &h->why) == OK);
	return book;
}

static enum err
move(struct home *h, int64_t now_ms, const char *name, const struct book *to,
    const char *new_name)
{
	struct book_shift shift = { .from = &h->book,
		.to = to,
		.name = str_of(name),
		.new_name = str_of(new_name),
		.move = true,
		.by = BOOK_BY_DAV };
	bool created;

	h->call.now_ms = now_ms;
	return book_card_shift(&h->call, &shift, &created, &h->why);
}

/* The former versions of a card by what its FN was, latest first, with blanks between. */
static str
history(struct home *h, const struct book *book, const char *name)
{
	struct buf text = buf_in(h->arena, SIZE_MAX);
	struct book_version *list;
	size_t count;

	must(book_history(&h->call, book, str_of(name), &list, &count) == OK);
	for (size_t i = 0; i < count; i++) {
		struct book_version one;
		struct card *card;
		struct why why;

		must(book_version(&h->call, book, str_of(name), list[i].rev, &one) ==
		     OK);
		must(card_read(h->arena, one.bytes, &card, &why) == OK);
		buf_addf(&text, "%s", i ? " " : "");
		buf_add(&text, card_unescape(h->arena, card->fn));
	}
	return buf_str(&text);
}

static int64_t
rev_of(struct home *h, const struct book *book, const char *name, size_t nth)
{
	struct book_version *list;
	size_t count;

	must(book_history(&h->call, book, str_of(name), &list, &count) == OK);
	must(nth < count);
	return list[nth].rev;
}

static void
named(struct home *h, const struct book *book, const char *name, const char *fn)
{
	struct book_card card;

	if (CHECK_OK(book_card(&h->call, book, str_of(name), BOOK_WHOLE, &card)))
		CHECK_STR(card.fn, str_of(fn));
}

static void
puts_three(struct home *h)
{
	struct book_put_done done;

	CHECK_OK(put(h, 1000, "a", "one", &done));
	CHECK_OK(put(h, 2000, "a", "two", &done));
	CHECK_OK(put(h, 3000, "a", "three", &done));
}

static void
comes_back(struct home *h, const struct book *book, const char *name)
{
	struct book_put_done done;

	CHECK_STR(history(h, book, name), STR("three two one"));
	CHECK_OK(book_undo(
	    &h->call, book, str_of(name), rev_of(h, book, name, 2), &done, &h->why));
	named(h, book, name, "one");
}

static void
within_a_book(void)
{
	struct home h = set_up();

	puts_three(&h);
	CHECK_OK(move(&h, 4000, "a", &h.book, "b"));
	comes_back(&h, &h.book, "b");
	tear_down(&h);
}

static void
into_another(void)
{
	struct home h = set_up();
	struct book work = another_book(&h);
	struct book_removed_card *gone;
	size_t count;

	puts_three(&h);
	CHECK_OK(move(&h, 4000, "a", &work, "b"));
	CHECK_OK(book_removed_cards(&h.call, &h.book, &gone, &count));
	CHECK_INT(count, 0); /* it is not gone */
	comes_back(&h, &work, "b");
	tear_down(&h);
}

/* Each book as it was: what came in later was not there, what went away was. */
static void
to_a_moment(void)
{
	struct home h = set_up();
	struct book work = another_book(&h);
	struct book_restored done;
	struct book_card card;

	puts_three(&h);
	CHECK_OK(move(&h, 4000, "a", &work, "b"));
	h.call.now_ms = 5000;
	CHECK_OK(book_restore(&h.call, &work, 3500, false, &done, &h.why));
	CHECK_ERR(
	    book_card(&h.call, &work, STR("b"), BOOK_HEADS, &card), ERR_NOT_FOUND);
	CHECK_OK(book_restore(&h.call, &h.book, 2500, false, &done, &h.why));
	named(&h, &h.book, "a", "two");
	tear_down(&h);
}

/* A book's changes stay whole when revs are given to what came along. */
static void
changes_stay_whole(void)
{
	struct home h = set_up();
	struct book work = another_book(&h);
	struct book_changes changes;
	struct book_put_done done;
	int64_t before;

	puts_three(&h);
	CHECK_OK(move(&h, 4000, "a", &work, "b"));
	must(book_find(&h.call, 1, STR("work"), &work) == OK);
	CHECK_OK(book_changes(&h.call, &work, 0, work.rev, 100, BOOK_HEADS, &changes));
	CHECK(changes.count == 1 && !changes.more);
	before = work.rev;
	h.book = work;
	CHECK_OK(put(&h, 5000, "c", "more", &done));
	must(book_find(&h.call, 1, STR("work"), &work) == OK);
	CHECK_OK(
	    book_changes(&h.call, &work, before, work.rev, 100, BOOK_HEADS, &changes));
	if (CHECK(changes.count == 1))
		CHECK_STR(changes.list[0].card.name, STR("c"));
	tear_down(&h);
}

static void
bulk(void)
{
	struct home h = set_up();
	struct book work = another_book(&h);
	struct book_bulk_done done;
	str names[] = { STR("a"), STR("nobody") };

	puts_three(&h);
	h.call.now_ms = 4000;
	CHECK_OK(book_bulk_shift(
	    &h.call, &h.book, &work, names, 2, true, BOOK_BY_WEB, &done, &h.why));
	CHECK(done.changed == 1 && done.left == 0);
	comes_back(&h, &work, "a");
	tear_down(&h);
}

int
main(void)
{
	return CHECK_RUN({ "within a book", within_a_book },
	    { "into another", into_another }, { "to a moment", to_a_moment },
	    { "changes stay whole", changes_stay_whole }, { "many at once", bulk });
}

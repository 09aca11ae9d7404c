/* test_place.c - limits and rules of what stands beside books: properties, locks, shares. */
#include "book/fixture_int.h"
#include "book/place.h"
#include "book/share.h"

static struct book_place
at(const struct home *h, const char *card)
{
	return (struct book_place){ 1, h->book.id, str_of(card) };
}

static void
properties(void)
{
	struct home h = set_up();
	struct book_place place = at(&h, "a");
	struct book_prop many[BOOK_MAX_PROPS + 1];
	struct buf big = buf_in(h.arena, SIZE_MAX);
	struct book_prop *list;
	size_t count;

	for (size_t i = 0; i <= BOOK_MAX_PROPS; i++)
		many[i] = (struct book_prop){ STR("urn:x"),
			arena_printf(h.arena, "p%zu", i), STR("<p/>") };
	CHECK_ERR(
	    book_props_change(&h.call, &place, many, BOOK_MAX_PROPS + 1), ERR_LIMIT);
	CHECK_OK(book_props(&h.call, &place, &list, &count));
	CHECK_INT(count, 0); /* all or nothing */
	CHECK_OK(book_props_change(&h.call, &place, many, BOOK_MAX_PROPS));
	many[0].xml = (str){ 0 };
	CHECK_OK(book_props_change(&h.call, &place, many, 1));
	CHECK_OK(book_props(&h.call, &place, &list, &count));
	CHECK_INT(count, BOOK_MAX_PROPS - 1);
	while (big.len <= BOOK_PROP_MAX_BYTES)
		buf_add(&big, STR("0123456789abcdef"));
	many[0].xml = buf_str(&big);
	CHECK_ERR(book_props_change(&h.call, &place, many, 1), ERR_TOO_LARGE);
	tear_down(&h);
}

static enum err
lock(struct home *h, struct book_place place, bool deep, bool exclusive)
{
	struct book_lock wish = { .at = place,
		.deep = deep,
		.exclusive = exclusive,
		.until_ms = h->call.now_ms + 1000 };

	return book_lock(&h->call, &wish, &h->why);
}

/* RFC 4918 6.1: what goes together and what does not. */
static void
locks(void)
{
	struct home h = set_up();
	struct book_place home = { 1, 0, { 0 } };
	struct book_locks list;

	CHECK_OK(lock(&h, at(&h, "a"), false, true));
	CHECK_ERR(lock(&h, at(&h, "a"), false, false), ERR_LOCKED);
	CHECK_ERR(lock(&h, at(&h, ""), true, true), ERR_LOCKED);
	CHECK_ERR(lock(&h, home, true, false), ERR_LOCKED);
	CHECK_OK(lock(&h, at(&h, ""), false, true)); /* the book itself, flat */
	CHECK_OK(lock(&h, at(&h, "b"), false, false));
	CHECK_OK(lock(&h, at(&h, "b"), true, false)); /* shared ones */
	h.call.now_ms += 2000;
	CHECK_OK(book_locks(&h.call, 1, &list));
	CHECK_INT(list.count, 0); /* their time is over */
	CHECK_OK(lock(&h, home, true, true));
	CHECK_ERR(lock(&h, at(&h, "b"), false, false), ERR_LOCKED);
	tear_down(&h);
}

static void
lock_limit(void)
{
	struct home h = set_up();

	for (int i = 0; i < BOOK_MAX_LOCKS; i++)
		CHECK_OK(lock(&h, at(&h, "a"), false, false));
	CHECK_ERR(lock(&h, at(&h, "a"), false, false), ERR_LIMIT);
	tear_down(&h);
}

static void
shares(void)
{
	struct home h = set_up();
	struct book_share many[BOOK_MAX_SHARES + 1] = { 0 };
	struct book_share bob = { .account = 2 };
	struct book_share self = { .account = 1 };
	struct book_share nobody = { .account = 3 };
	struct call as_bob = h.call;
	struct books books;

	CHECK_ERR(
	    book_shares_set(&h.call, &h.book, many, BOOK_MAX_SHARES + 1), ERR_LIMIT);
	CHECK_ERR(book_shares_set(&h.call, &h.book, &self, 1), ERR_NOT_FOUND);
	CHECK_ERR(book_shares_set(&h.call, &h.book, &nobody, 1), ERR_NOT_FOUND);
	CHECK_OK(book_shares_set(&h.call, &h.book, &bob, 1));
	as_bob.who = 2;
	CHECK_OK(book_list(&as_bob, 2, &books));
	CHECK_INT(books.count, 2);
	CHECK(books.list[1].shared && !books.list[1].may_write);
	CHECK_ERR(book_shares_set(&as_bob, &books.list[1], &bob, 1), ERR_FORBIDDEN);
	CHECK_ERR(book_find(&as_bob, 1, h.book.name, &books.list[0]), ERR_NOT_FOUND);
	tear_down(&h);
}

int
main(void)
{
	return CHECK_RUN({ "properties", properties }, { "locks", locks },
	    { "the number of locks", lock_limit }, { "shares", shares });
}

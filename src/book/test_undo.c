/* test_undo.c - nothing is gone: versions, cards, books and a moment come back. */
#include "book/fixture_int.h"
#include "book/place.h"
#include "book/share.h"
#include "book/undo.h"

static enum err
take_away(struct home *h, int64_t now_ms, const char *name)
{
	struct book_when always = { 0 };

	h->call.now_ms = now_ms;
	return book_card_remove(&h->call, &h->book, str_of(name), &always, BOOK_BY_DAV);
}

static void
is_named(struct home *h, const char *name, const char *fn)
{
	struct book_card card;

	CHECK_OK(book_card(&h->call, &h->book, str_of(name), BOOK_WHOLE, &card));
	CHECK_STR(card.fn, str_of(fn));
}

static void
is_gone(struct home *h, const char *name)
{
	struct book_card card;

	CHECK_ERR(book_card(&h->call, &h->book, str_of(name), BOOK_HEADS, &card),
	    ERR_NOT_FOUND);
}

static void
versions(void)
{
	struct home h = set_up();
	struct book_put_done first;
	struct book_put_done done;
	struct book_version *list;
	size_t count;

	CHECK_OK(put(&h, 1000, "a", "one", &first));
	CHECK_OK(put(&h, 2000, "a", "two", &done));
	CHECK_OK(book_undo(&h.call, &h.book, STR("a"), first.rev, &done, &h.why));
	is_named(&h, "a", "one");
	CHECK_OK(book_history(&h.call, &h.book, STR("a"), &list, &count));
	CHECK_INT(count, 2);
	CHECK_ERR(
	    book_undo(&h.call, &h.book, STR("a"), 999, &done, &h.why), ERR_NOT_FOUND);
	tear_down(&h);
}

static void
removed_cards(void)
{
	struct home h = set_up();
	struct book_removed_card *list;
	struct book_put_done done;
	size_t count;

	CHECK_OK(put(&h, 1000, "a", "Ada", &done));
	CHECK_OK(put(&h, 1000, "b", "Bob", &done));
	CHECK_OK(take_away(&h, 2000, "a"));
	CHECK_OK(book_removed_cards(&h.call, &h.book, &list, &count));
	CHECK_INT(count, 1);
	CHECK_STR(list[0].name, STR("a"));
	CHECK_STR(list[0].fn, STR("Ada"));
	CHECK_INT(list[0].removed_ms, 2000);
	CHECK_OK(book_undo(&h.call, &h.book, STR("a"), list[0].rev, &done, &h.why));
	is_named(&h, "a", "Ada");
	CHECK_OK(book_removed_cards(&h.call, &h.book, &list, &count));
	CHECK_INT(count, 0);
	tear_down(&h);
}

static void
removed_books(void)
{
	struct home h = set_up();
	struct book_new fresh = { .name = STR("work") };
	struct book_removed *list;
	struct book_put_done done;
	struct book work;
	struct book back;
	size_t count;

	CHECK_OK(book_make(&h.call, 1, &fresh, &work, &h.why));
	h.book = work;
	CHECK_OK(put(&h, 1000, "a", "Ada", &done));
	h.call.now_ms = 2000;
	CHECK_OK(book_remove(&h.call, &work, &h.why));
	CHECK_OK(book_make(&h.call, 1, &fresh, &back, &h.why)); /* its name is taken */
	CHECK_OK(book_removed_books(&h.call, &list, &count));
	CHECK_INT(count, 1);
	CHECK_INT(list[0].cards, 1);
	CHECK_OK(book_revive(&h.call, list[0].id, &back));
	CHECK(str_starts(back.name, STR("work-")));
	CHECK_OK(book_find(&h.call, 1, back.name, &h.book));
	is_named(&h, "a", "Ada");
	CHECK_ERR(book_revive(&h.call, 12345, &back), ERR_NOT_FOUND);
	tear_down(&h);
}

/* What stood beside the book comes back as well; while it is gone its grantee has no book. */
static void
shared_book(void)
{
	struct home h = set_up();
	struct book_new fresh = { .name = STR("work") };
	struct book_share bob = { .account = 2, .may_write = true };
	struct book_prop own = { STR("urn:x"), STR("p"), STR("<p/>") };
	struct book_place place = { .account = 1 };
	struct book_prop *props;
	struct book_share *shares;
	struct call his = h.call;
	struct books list;
	struct book work;
	size_t count;

	his.who = 2;
	CHECK_OK(book_make(&h.call, 1, &fresh, &work, &h.why));
	place.book = work.id;
	CHECK_OK(book_shares_set(&h.call, &work, &bob, 1));
	CHECK_OK(book_props_change(&h.call, &place, &own, 1));
	CHECK_OK(book_remove(&h.call, &work, &h.why));
	CHECK_OK(book_list(&his, 2, &list));
	CHECK_INT(list.count, 1);
	CHECK_OK(book_revive(&h.call, work.id, &work));
	CHECK_OK(book_props(&h.call, &place, &props, &count));
	CHECK_INT(count, 1);
	CHECK_OK(book_shares(&h.call, &work, &shares, &count));
	CHECK(count == 1 && shares[0].may_write);
	CHECK_OK(book_list(&his, 2, &list));
	CHECK_INT(list.count, 2);
	tear_down(&h);
}

static void
to_a_moment(void)
{
	struct home h = set_up();
	struct book_put_done done;
	struct book_restored told;
	struct book_restored did;

	CHECK_OK(put(&h, 1000, "stays", "stays", &done));
	CHECK_OK(put(&h, 1000, "changed", "before", &done));
	CHECK_OK(put(&h, 1000, "removed", "was there", &done));
	CHECK_OK(put(&h, 2000, "changed", "between", &done));
	CHECK_OK(put(&h, 3000, "changed", "after", &done));
	CHECK_OK(take_away(&h, 3000, "removed"));
	CHECK_OK(put(&h, 3000, "new", "new", &done));

	h.call.now_ms = 4000;
	CHECK_OK(book_restore(&h.call, &h.book, 2500, true, &told, &h.why));
	CHECK_INT(told.counts[BOOK_RESTORED_CHANGED], 1);
	CHECK_INT(told.counts[BOOK_RESTORED_BACK], 1);
	CHECK_INT(told.counts[BOOK_RESTORED_REMOVED], 1);
	CHECK_STR(told.cards[BOOK_RESTORED_CHANGED][0].fn, STR("after"));
	CHECK_STR(told.cards[BOOK_RESTORED_BACK][0].fn, STR("was there"));
	CHECK_STR(told.cards[BOOK_RESTORED_REMOVED][0].name, STR("new"));
	is_named(&h, "changed", "after"); /* a preview changes nothing */
	CHECK_OK(book_restore(&h.call, &h.book, 2500, false, &did, &h.why));
	CHECK_INT(did.counts[BOOK_RESTORED_CHANGED], 1);
	CHECK(!did.cards[BOOK_RESTORED_CHANGED]);
	is_named(&h, "stays", "stays");
	is_named(&h, "changed", "between");
	is_named(&h, "removed", "was there");
	is_gone(&h, "new");

	/* And that can be undone, too. */
	h.call.now_ms = 5000;
	CHECK_OK(book_restore(&h.call, &h.book, 3500, false, &did, &h.why));
	is_named(&h, "changed", "after");
	is_named(&h, "new", "new");
	is_gone(&h, "removed");
	tear_down(&h);
}

/* More names than one page has. */
static void
many(void)
{
	struct home h = set_up();
	struct book_put_done done;
	struct book_restored did;
	char name[16];

	for (int i = 0; i < 250; i++) {
		(void)snprintf(name, sizeof name, "c%03d", i);
		CHECK_OK(put(&h, 2000, name, "late", &done));
	}
	h.call.now_ms = 3000;
	CHECK_OK(book_restore(&h.call, &h.book, 1500, true, &did, &h.why));
	CHECK_INT(did.counts[BOOK_RESTORED_REMOVED], 250);
	CHECK_STR(did.cards[BOOK_RESTORED_REMOVED][BOOK_RESTORED_LISTED - 1].name,
	    STR("c099"));
	CHECK_OK(book_restore(&h.call, &h.book, 1500, false, &did, &h.why));
	CHECK_INT(did.counts[BOOK_RESTORED_REMOVED], 250);
	is_gone(&h, "c249");
	tear_down(&h);
}

static void
refused_uploads(void)
{
	struct home h = set_up();
	struct book_put_done done;
	struct book_version *list;
	str stale = STR("\"stale\"");
	struct book_put late = { .name = STR("a"),
		.by = BOOK_BY_DAV,
		.when = { BOOK_IF_ETAG, &stale, 1 },
		.bytes = STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a\r\nFN:late\r\n"
			     "END:VCARD\r\n") };
	size_t count;

	CHECK_OK(put(&h, 1000, "a", "one", &done));
	h.call.now_ms = 2000;
	CHECK_ERR(book_put(&h.call, &h.book, &late, &done, &h.why), ERR_CONDITION);
	is_named(&h, "a", "one");
	CHECK_OK(book_history(&h.call, &h.book, STR("a"), &list, &count));
	CHECK_INT(count, 1);
	CHECK(list[0].refused && list[0].rev < 0);
	CHECK_OK(book_undo(&h.call, &h.book, STR("a"), list[0].rev, &done, &h.why));
	is_named(&h, "a", "late");
	tear_down(&h);
}

int
main(void)
{
	return CHECK_RUN({ "versions", versions }, { "removed cards", removed_cards },
	    { "removed books", removed_books }, { "a shared book", shared_book },
	    { "to a moment", to_a_moment }, { "more than a page", many },
	    { "refused uploads", refused_uploads });
}

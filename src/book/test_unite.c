/* test_unite.c - who may be the same person, cards made one, and taken apart again. */
#include "book/fixture_int.h"
#include "book/twins.h"
#include "book/unite.h"

/* A card of that name, with its UID, and these lines. */
static void
add(struct home *h, const char *name, const char *lines)
{
	struct book_put p = { .name = str_of(name),
		.by = BOOK_BY_DAV,
		.bytes = arena_printf(h->arena,
		    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:%s\r\n%sEND:VCARD\r\n", name,
		    lines) };
	struct book_put_done done;

	must(book_put(&h->call, &h->book, &p, &done, &h->why) == OK);
}

static str
bytes_of(const struct home *h, const char *name)
{
	struct book_card card;

	if (book_card(&h->call, &h->book, str_of(name), BOOK_WHOLE, &card) != OK)
		return (str){ 0 };
	return card.bytes;
}

static size_t
clusters(const struct home *h)
{
	struct book_clusters found;

	must(book_twins(&h->call, &found) == OK);
	return found.count;
}

static void
who_is_alike(void)
{
	static const struct {
		const char *why, *one, *other;
		size_t clusters;
	} table[] = {
		{ "nothing in common", "FN:Ada\r\nTEL:13800000001\r\n",
		    "FN:Bob\r\nTEL:13800000002\r\n", 0 },
		{ "a number", "FN:Ada\r\nTEL;TYPE=WORK:138 0000 0001\r\n",
		    "FN:Bob\r\nTEL;TYPE=CELL:+8613800000001\r\n", 1 },
		{ "an address", "FN:Ada\r\nEMAIL:a@b.cn\r\n",
		    "FN:Bob\r\nEMAIL;TYPE=WORK:a@B.cn\r\n", 1 },
		{ "a name", "FN:Zhang  San\r\n", "FN:zhang san\r\n", 1 },
		{ "a name, in either order", "FN:张三\r\nN:张;三;;;\r\n", "FN:张三\r\n",
		    1 },
		{ "a name, and another mobile", "FN:Ada\r\nTEL;TYPE=CELL:1\r\n",
		    "FN:Ada\r\nTEL;TYPE=CELL:2\r\n", 0 },
		{ "a name, and another address", "FN:Ada\r\nEMAIL:a@b.cn\r\n",
		    "FN:Ada\r\nEMAIL:c@b.cn\r\n", 0 },
		{ "a name, and another birthday", "FN:Ada\r\nBDAY:1990-01-02\r\n",
		    "FN:Ada\r\nBDAY:1991-01-02\r\n", 0 },
		{ "a name, and the same birthday", "FN:Ada\r\nBDAY:1990-01-02\r\n",
		    "FN:Ada\r\nBDAY:19900102\r\n", 1 },
		{ "a group of that name", "FN:Ada\r\n",
		    "FN:Ada\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n", 0 },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct home h = set_up();
		struct book_card card;
		struct book_alike *list;
		size_t count;

		check_about(table[i].why);
		add(&h, "a", table[i].one);
		add(&h, "b", table[i].other);
		CHECK_INT(clusters(&h), table[i].clusters);
		must(book_card(&h.call, &h.book, STR("a"), BOOK_HEADS, &card) == OK);
		CHECK_OK(book_twins_of(&h.call, &h.book, &card, &list, &count));
		CHECK_INT(count, table[i].clusters);
		h.call.who = 2;
		CHECK_INT(clusters(&h), 0);
		tear_down(&h);
	}
	check_about(NULL);
}

static void
a_company_says_nothing(void)
{
	struct home h = set_up();

	for (int i = 0; i <= BOOK_TWINS_SHARED_MAX; i++)
		add(&h, arena_printf(h.arena, "c%d", i).at,
		    arena_printf(
			h.arena, "FN:P%d\r\nTEL;TYPE=WORK:010 8888 1234\r\n", i)
			.at);
	CHECK_INT(clusters(&h), 0);
	tear_down(&h);
}

static void
not_the_same(void)
{
	struct home h = set_up();
	struct book_clusters found;

	add(&h, "a", "FN:Ada\r\nTEL:13800000001\r\n");
	add(&h, "b", "FN:Bob\r\nTEL:13800000001\r\n");
	must(book_twins(&h.call, &found) == OK && found.count == 1);
	CHECK_INT(found.list[0].reasons[0].by, BOOK_SAME_PHONE);
	CHECK_STR(found.list[0].reasons[0].value, STR("+8613800000001"));
	CHECK_OK(book_set_apart(&h.call, found.list[0].list, 2, true));
	CHECK_INT(clusters(&h), 0);
	add(&h, "b", "FN:Bobby\r\nTEL:13800000001\r\nNOTE:edited\r\n");
	CHECK_INT(clusters(&h), 0);
	h.call.who = 2;
	CHECK_ERR(book_set_apart(&h.call, found.list[0].list, 2, true), ERR_FORBIDDEN);
	h.call.who = 1;
	CHECK_OK(book_set_apart(&h.call, found.list[0].list, 2, false));
	CHECK_INT(clusters(&h), 1);
	tear_down(&h);
}

/* --- one of two --- */

static enum err
unite(struct home *h, const char *kept, const char *other, str etag)
{
	struct book_unite_one list[] = { { h->book, str_of(kept), (str){ 0 } },
		{ h->book, str_of(other), etag } };
	struct book_unite u = { .list = list, .count = 2, .by = BOOK_BY_WEB };
	struct book_put_done done;

	return book_unite(&h->call, &u, &done, &h->why);
}

static void
made_one_and_taken_apart(void)
{
	static const char *const names[] = { "a", "b", "g", "h" };
	struct home h = set_up();
	str before[4];
	bool united;

	add(&h, "a", "FN:Ada\r\nTEL:13800000001\r\n");
	add(&h, "b", "FN:Ada\r\nTEL:138 0000 0001\r\nEMAIL:a@b.cn\r\n");
	add(&h, "g",
	    "FN:Friends\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n"
	    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b\r\n");
	add(&h, "h",
	    "FN:Both\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n"
	    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b\r\n"
	    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a\r\n");
	for (size_t i = 0; i < 4; i++)
		before[i] = bytes_of(&h, names[i]);
	h.call.now_ms = 2000;
	CHECK_OK(unite(&h, "a", "b", (str){ 0 }));
	CHECK(!bytes_of(&h, "b").len);
	CHECK(str_find(bytes_of(&h, "a"), STR("EMAIL:a@b.cn\r\n")) != SIZE_MAX);
	CHECK(str_find(bytes_of(&h, "a"), STR("Friends")) != SIZE_MAX);
	CHECK(str_find(bytes_of(&h, "g"), STR("MEMBER:urn:uuid:a\r\n")) != SIZE_MAX);
	CHECK(str_find(bytes_of(&h, "g"), STR("urn:uuid:b")) == SIZE_MAX);
	CHECK(str_find(bytes_of(&h, "h"), STR("urn:uuid:b")) == SIZE_MAX);
	CHECK_OK(book_is_united(&h.call, &h.book, STR("a"), &united));
	CHECK(united);
	h.call.now_ms = 3000;
	CHECK_OK(book_unite_undo(&h.call, &h.book, STR("a"), &h.why));
	for (size_t i = 0; i < 4; i++)
		CHECK_STR(bytes_of(&h, names[i]), before[i]);
	CHECK_ERR(book_unite_undo(&h.call, &h.book, STR("a"), &h.why), ERR_CONDITION);
	tear_down(&h);
}

static void
the_very_same(void)
{
	struct home h = set_up();
	str before;

	add(&h, "a", "FN:Ada\r\n");
	add(&h, "b", "FN:Ada\r\n");
	before = bytes_of(&h, "a");
	h.call.now_ms = 2000;
	CHECK_OK(unite(&h, "a", "b", (str){ 0 }));
	CHECK_STR(bytes_of(&h, "a"), before);
	CHECK_OK(book_unite_undo(&h.call, &h.book, STR("a"), &h.why));
	CHECK(bytes_of(&h, "b").len > 0);
	tear_down(&h);
}

static void
what_is_refused(void)
{
	struct home h = set_up();

	add(&h, "a", "FN:Ada\r\n");
	add(&h, "b", "FN:Ada\r\n");
	add(&h, "g", "FN:G\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n");
	CHECK_ERR(unite(&h, "a", "a", (str){ 0 }), ERR_BAD_INPUT);
	CHECK_ERR(unite(&h, "a", "g", (str){ 0 }), ERR_BAD_INPUT);
	CHECK_ERR(unite(&h, "a", "gone", (str){ 0 }), ERR_NOT_FOUND);
	CHECK_ERR(unite(&h, "a", "b", STR("\"old\"")), ERR_CONDITION);
	CHECK_ERR(book_unite_undo(&h.call, &h.book, STR("a"), &h.why), ERR_CONDITION);
	h.book.may_write = false;
	CHECK_ERR(unite(&h, "a", "b", (str){ 0 }), ERR_FORBIDDEN);
	h.book.may_write = true;
	CHECK(bytes_of(&h, "a").len > 0 && bytes_of(&h, "b").len > 0);
	tear_down(&h);
}

int
main(void)
{
	return CHECK_RUN({ "who is alike", who_is_alike },
	    { "a company's number says nothing", a_company_says_nothing },
	    { "not the same, remembered", not_the_same },
	    { "made one, and taken apart", made_one_and_taken_apart },
	    { "the very same", the_very_same }, { "what is refused", what_is_refused });
}

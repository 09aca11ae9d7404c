/*
 * test_faults.c - every call of the database fails once, in every kind of change.
 *
 * Whatever call it is, the change is made whole or not at all: the answer is an error or
 * it is OK, the book's listing, its changes, its counts and its keys agree, and the same
 * change made again gives what it gives on a healthy disk.
 */
#include "ask/fixture_int.h"
#include "book/place.h"
#include "book/search.h"
#include "book/undo.h"
#include "store/fault.h"

#define CALLS_MAX 400 /* of one change; more would be a fault of its own */
#define LI                                                                            \
	STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li-1\r\nN:李;四;;;\r\nFN:李四\r\n" \
	    "TEL;TYPE=CELL:18988888888\r\nCATEGORIES:Chess\r\nEND:VCARD\r\n")
#define WANG                                                                    \
	STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:wang-1\r\nFN:Wang\r\nEMAIL:w@x." \
	    "cn\r\nEND:VCARD\r\n")
#define WANG_EDITED                                                                \
	STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:wang-1\r\nFN:Wang Wu\r\nEMAIL:w@x." \
	    "cn\r\nTEL:010-65521234\r\nCATEGORIES:Friends\r\nEND:VCARD\r\n")
#define CHEN                                                          \
	STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:chen-1\r\nFN:Chen\r\n" \
	    "CATEGORIES:Friends\r\nEND:VCARD\r\n")
#define FRIENDS                                                                        \
	STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:g-1\r\nFN:Friends\r\nN:Friends;;;;\r\n" \
	    "X-ADDRESSBOOKSERVER-KIND:group\r\n"                                       \
	    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:li-1\r\nEND:VCARD\r\n")

/* What a change may need that was made before it. */
struct scene {
	struct house h;
	struct book book, other;
	str token; /* of an open ask */
	int64_t ask;
};

static enum err
put(struct scene *s, const char *name, str bytes, struct book_when when)
{
	static const struct book_edit edit = { .groups = BOOK_GROUPS_CATEGORIES };
	struct call call = call_of(&s->h, ZHANG);
	struct book_put put = { .name = str_of(name),
		.bytes = bytes,
		.when = when,
		.by = BOOK_BY_DAV,
		.edit = &edit };
	struct book_put_done done;
	struct why why;

	return book_put(&call, &s->book, &put, &done, &why);
}

static enum err
put_new(struct scene *s)
{
	return put(s, "new.vcf", CHEN, (struct book_when){ 0 });
}

static enum err
put_edit(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_card card;
	struct book_when when = {
		.kind = BOOK_IF_ETAG, .etags = &card.etag, .count = 1
	};

	TRY(book_card(&call, &s->book, STR("wang.vcf"), BOOK_HEADS, &card));
	return put(s, "wang.vcf", WANG_EDITED, when);
}

static enum err
put_group(struct scene *s)
{
	return put(s, "friends.vcf", FRIENDS, (struct book_when){ 0 });
}

/* Refused, as it should be; only what is kept of it may be missing. */
static enum err
put_late(struct scene *s)
{
	str etag = STR("\"old\"");
	struct book_when when = { .kind = BOOK_IF_ETAG, .etags = &etag, .count = 1 };
	enum err e = put(s, "wang.vcf", WANG_EDITED, when);

	return e == ERR_CONDITION ? OK : e;
}

static enum err
take_away(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_when always = { 0 };
	enum err e =
	    book_card_remove(&call, &s->book, STR("wang.vcf"), &always, BOOK_BY_DAV);

	return e == ERR_NOT_FOUND ? OK : e; /* it was done before the fault */
}

static enum err
move_over(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_shift shift = { .from = &s->book,
		.to = &s->other,
		.name = STR("wang.vcf"),
		.new_name = STR("w.vcf"),
		.move = true,
		.by = BOOK_BY_DAV };
	struct why why;
	bool created;

	return book_card_shift(&call, &shift, &created, &why);
}

static enum err
make_book(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_new fresh = { .name = STR("work"), .title = STR("Work") };
	struct book made;
	struct why why;

	return book_make(&call, ZHANG, &fresh, &made, &why);
}

static enum err
remove_book(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct why why;

	return book_remove(&call, &s->other, &why);
}

static enum err
undo(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_version *list;
	struct book_put_done done;
	struct why why;
	size_t count;

	TRY(book_history(&call, &s->book, STR("li.vcf"), &list, &count));
	must(count > 0);
	return book_undo(
	    &call, &s->book, STR("li.vcf"), list[count - 1].rev, &done, &why);
}

static enum err
restore(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_restored done;
	struct why why;

	return book_restore(&call, &s->book, MORNING_MS, false, &done, &why);
}

static enum err
set_property(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_place place = { ZHANG, s->book.id, STR("li.vcf") };
	struct book_prop prop = { STR("urn:x"), STR("y"), STR("<y xmlns='urn:x'/>") };

	return book_props_change(&call, &place, &prop, 1);
}

static enum err
ask(struct scene *s)
{
	struct ask_opened out;

	return ask_whom(&s->h, "18988888888", ASK_BY_SMS, &out);
}

static enum err
answer(struct scene *s)
{
	struct card_op op = insert(CARD_F_EMAIL, "li@example.com");
	struct ask_answered out;

	return answer_with(&s->h, s->token, &op, 1, &out);
}

static enum err
take_back(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);

	return ask_revoke(&call, s->ask);
}

static enum err
read_all(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_changes changes;
	struct book_page page;

	TRY(book_changes(&call, &s->book, 0, INT64_MAX / 2, 100, BOOK_WHOLE, &changes));
	must(changes.count >= 2);
	TRY(book_sorted(&call, &s->book, NULL, 100, &page));
	must(page.count >= 2);
	return OK;
}

static struct scene
begin(void)
{
	struct scene s = { .h = house_open() };
	struct book_new fresh = { .name = STR("other") };
	struct card_op late = insert(CARD_F_ORG, "Acme");
	struct ask_answered out;
	struct call call;
	struct why why;

	store_close(&s.h.store);
	must(store_open_faulty(str_of(s.h.folder), &s.h.store, &why) == OK);
	s.book = book_of(&s.h);
	call = call_of(&s.h, ZHANG);
	must(book_make(&call, ZHANG, &fresh, &s.other, &why) == OK);
	must(put(&s, "li.vcf", LI, (struct book_when){ 0 }) == OK);
	must(put(&s, "wang.vcf", WANG, (struct book_when){ 0 }) == OK);
	s.h.now_ms += 2 * WHEN_DAY_MS;
	must(answer_with(&s.h, ask_self(&s.h, "18988888888", ASK_FILL, &s.ask), &late,
		 1, &out) == OK);
	s.token = ask_self(&s.h, "18988888888", ASK_FILL, &s.ask);
	return s;
}

/* --- what holds whatever happened --- */

static size_t
listed(struct scene *s, const struct book *book, int64_t *bytes)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_page page;

	*bytes = 0;
	must(book_scan(&call, book, 0, 100, BOOK_WHOLE, &page) == OK && !page.more);
	for (size_t i = 0; i < page.count; i++) {
		*bytes += page.list[i].size;
		CHECK_INT(page.list[i].size, page.list[i].bytes.len);
	}
	return page.count;
}

static void
agrees(struct scene *s, str name)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_changes changes;
	struct book book;
	int64_t bytes;
	size_t count;
	enum err e = book_find(&call, ZHANG, name, &book);

	if (e == ERR_NOT_FOUND)
		return; /* the one that was removed */
	CHECK_OK(e);
	count = listed(s, &book, &bytes);
	CHECK_INT(book.cards, count);
	CHECK_INT(book.bytes, bytes);
	CHECK_OK(book_changes(&call, &book, 0, book.rev, 100, BOOK_HEADS, &changes));
	CHECK_INT(changes.count, count);
}

static void
all_well(struct scene *s)
{
	struct call call = call_of(&s->h, ZHANG);
	struct book_checked checked;

	agrees(s, STR(BOOK_DEFAULT_NAME));
	agrees(s, STR("other"));
	CHECK_OK(book_check(&call, ZHANG, &checked));
	CHECK_INT(checked.bad_cards, 0);
	CHECK_INT(checked.bad_keys, 0);
}

/* --- one change, with its n-th call failing; *calls: how many it made --- */

static bool
goes_wrong(const char *what, enum err (*change)(struct scene *s), bool once, int64_t n,
    enum err how)
{
	struct scene s = begin();
	int64_t calls;
	enum err e;

	store_fault_at(n, how);
	e = change(&s);
	calls = store_fault_calls();
	store_fault_at(0, OK);
	check_about(what);
	CHECK(e == OK || e == how);
	all_well(&s);
	/* What failed was not done, so it can be done; what was done may be refused twice. */
	if (e != OK || !once)
		CHECK_OK(change(&s));
	all_well(&s);
	house_close(&s.h);
	return calls >= n;
}

static void
changes(void)
{
	static const struct {
		const char *name;
		enum err (*change)(struct scene *s);
		bool once; /* it cannot be done twice */
	} list[] = { { "put a new card", put_new, false },
		{ "put an edit", put_edit, false }, { "put a group", put_group, false },
		{ "put too late", put_late, false }, { "remove", take_away, false },
		{ "move", move_over, true }, { "make a book", make_book, true },
		{ "remove a book", remove_book, true }, { "undo", undo, false },
		{ "restore", restore, false },
		{ "set a property", set_property, false }, { "ask", ask, true },
		{ "answer", answer, true }, { "revoke", take_back, true },
		{ "read", read_all, false } };
	static const enum err faults[] = { ERR_STORE, ERR_FULL };

	for (size_t i = 0; i < ASK_COUNT(list); i++) {
		int64_t n = 1;

		while (goes_wrong(list[i].name, list[i].change, list[i].once, n,
		    faults[(size_t)n % 2]))
			n++;
		CHECK(n > 2 && n < CALLS_MAX);
	}
}

int
main(void)
{
	return CHECK_RUN({ "each call fails once", changes });
}

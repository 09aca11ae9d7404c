/* test_flow.c - the application's own example as far as SMS goes: a command, a code, a
 * notice, and the reports of its journey. */
#include "ask/ask.h"
#include "inbox/fixture_int.h"

static void
put_li(struct house *h)
{
	struct call call = call_of(h, h->zhang);
	struct books books;
	struct book_put put = { .name = STR("li.vcf"),
		.by = BOOK_BY_DAV,
		.bytes = STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\n"
			     "TEL;TYPE=CELL:18988888888\r\nEND:VCARD\r\n") };
	struct book_put_done done;
	struct why why = { 0 };

	must(book_list(&call, h->zhang, &books) == OK);
	must(book_put(&call, &books.list[0], &put, &done, &why) == OK);
}

static enum ask_state
newest_state(struct house *h, int64_t *id)
{
	struct call call = call_of(h, h->zhang);
	struct ask_view *list;
	size_t count;

	must(ask_list(&call, 0, 1, &list, &count) == OK && count == 1);
	*id = list[0].id;
	return list[0].state;
}

static unsigned
report(struct house *h, int64_t letter, const char *status)
{
	return gateway(h, "/gate/sms/kannel/gatesecret/report",
	    arena_printf(h->arena, "id=%lld&status=%s", (long long)letter, status),
	    (str){ 0 });
}

/* Sends the command and its code; the notice that came of it. */
static struct store_letter
asked(struct house *h)
{
	struct letters letters;
	struct store_letter none = { 0 };

	put_li(h);
	CHECK_INT(say(h, ZHANG_NUMBER, "更新 18988888888"), 200);
	letters = posted(h);
	CHECK_INT(letters.count, 1);
	CHECK_INT(say(h, ZHANG_NUMBER,
		      arena_copy(h->arena, code_in(letters.list[0].body)).at),
	    200);
	letters = posted(h);
	CHECK_INT(letters.count, 2);
	for (size_t i = 0; i < letters.count; i++)
		if (str_same(letters.list[i].to, STR("+8618988888888")))
			return letters.list[i];
	CHECK_STR(none.to, STR("+8618988888888")); /* there is none */
	return none;
}

static void
example(void)
{
	struct house h;
	struct store_letter notice;
	int64_t ask;

	house_open(&h);
	notice = asked(&h);
	CHECK(
	    has(notice.body, "张三请你核对他通讯录里你的信息:https://kith.example/a/"));
	CHECK(has(notice.body, "拒收回TD"));
	CHECK_INT(newest_state(&h, &ask), ASK_QUEUED);
	CHECK_INT(notice.ask, ask);
	CHECK_INT(report(&h, notice.id, "8"), 200);
	CHECK_INT(newest_state(&h, &ask), ASK_SENT);
	CHECK_INT(report(&h, notice.id, "1"), 200);
	CHECK_INT(newest_state(&h, &ask), ASK_DELIVERED);
	CHECK_INT(report(&h, notice.id, "2"), 200); /* late: changes nothing */
	CHECK_INT(newest_state(&h, &ask), ASK_DELIVERED);
	house_close(&h);
}

static void
failed(void)
{
	static const char *const words[] = { "2", "16", "UNDELIV" };

	for (size_t i = 0; i < INBOX_COUNT(words); i++) {
		struct house h;
		struct store_letter notice;
		int64_t ask;

		house_open(&h);
		notice = asked(&h);
		CHECK_INT(report(&h, notice.id, words[i]), 200);
		CHECK_INT(newest_state(&h, &ask), ASK_BOUNCED);
		house_close(&h);
	}
}

static void
nonsense(void)
{
	static const char *const words[] = { "", "3", "-1", "delivered%00", "99" };
	struct house h;
	struct store_letter notice;
	int64_t ask;

	house_open(&h);
	notice = asked(&h);
	for (size_t i = 0; i < INBOX_COUNT(words); i++)
		CHECK_INT(report(&h, notice.id, words[i]), 200);
	CHECK_INT(report(&h, 12345, "1"), 200);
	CHECK_INT(gateway(&h, "/gate/sms/kannel/gatesecret/report",
		      STR("id=x&status=1"), (str){ 0 }),
	    200);
	CHECK_INT(newest_state(&h, &ask), ASK_QUEUED);
	house_close(&h);
}

static bool
is_shut(struct house *h, str to)
{
	struct call call = call_of(h, h->zhang);
	SCOPED(store_tx) tx = NULL;
	bool shut;

	must(store_look(h->store, &tx) == OK);
	must(ask_block_has(tx, &call, h->inbox.rules, h->zhang, to, &shut) == OK);
	return shut;
}

/* 李四 does not want this, and says so before anybody asks. */
static void
opted_out(void)
{
	struct house h;
	struct letters letters;
	int64_t ask;

	house_open(&h);
	put_li(&h);
	CHECK_INT(say(&h, "+8618988888888", "TD"), 200);
	CHECK_INT(posted(&h).count, 1);
	CHECK_INT(say(&h, ZHANG_NUMBER, "更新 18988888888"), 200);
	letters = posted(&h);
	CHECK_INT(say(&h, ZHANG_NUMBER,
		      arena_copy(h.arena, code_in(letters.list[0].body)).at),
	    200);
	letters = posted(&h);
	CHECK_INT(
	    letters.count, 2); /* "asked", as always; and a notice that stays here */
	for (size_t i = 0; i < letters.count; i++)
		if (letters.list[i].ask)
			CHECK(is_shut(&h, letters.list[i].to));
		else
			CHECK(has(letters.list[i].body, "已向 李四"));
	CHECK_INT(newest_state(&h, &ask), ASK_QUEUED);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "the example", example }, { "it failed", failed },
	    { "nonsense", nonsense }, { "opted out", opted_out });
}

/*
 * test_challenge.c - proof before look-up (A3): ask_open() is this test's own here, and
 * counts; whatever reads a book for an SMS goes through it.
 */
#include "inbox/fixture_int.h"

static size_t opened;
static int64_t opened_as;
static str opened_for;
static enum err outcome;
static str found_fn;

enum err
ask_open(const struct call *call, const struct ask_rules *rules,
    const struct ask_draft *draft, struct ask_opened *out, struct why *why)
{
	static struct book_hit two[] = { { .card.fn = STR_CONST("李四") },
		{ .card.fn = STR_CONST("李四（公司）") } };

	(void)rules, (void)why;
	opened++;
	opened_as = call->who;
	opened_for = draft->whom;
	*out = (struct ask_opened){ .fn = found_fn };
	if (outcome == ERR_SEVERAL)
		out->candidates = (struct book_hits){ two, 2 };
	return outcome;
}

static void
a_stranger(void)
{
	static const char *const said[] = { "更新 18988888888", "ASK 李四", "帮助",
		"1234", "你好", "" };
	struct house h;

	house_open(&h);
	opened = 0;
	for (size_t i = 0; i < INBOX_COUNT(said); i++) {
		CHECK_INT(say(&h, "+8613911111111", said[i]), 200);
		CHECK_INT(say(&h, "not a number", said[i]), 200);
		CHECK_INT(say(&h, "", said[i]), 200);
	}
	CHECK_INT(posted(&h).count, 0);
	CHECK_INT(opened, 0);
	house_close(&h);
}

static void
a_command_waits(void)
{
	struct house h;
	struct letters letters;

	house_open(&h);
	opened = 0;
	outcome = OK;
	found_fn = STR("李四");
	CHECK_INT(say(&h, ZHANG_NUMBER, "更新 18988888888"), 200);
	CHECK_INT(opened, 0);
	letters = posted(&h);
	CHECK_INT(letters.count, 1);
	CHECK_STR(letters.list[0].to, STR(ZHANG_NUMBER));
	CHECK_INT(code_in(letters.list[0].body).len, 4);
	CHECK(!has(letters.list[0].body, "18988888888"));
	/* From another number the right code is worth nothing. */
	CHECK_INT(say(&h, "+8613911111111",
		      arena_copy(h.arena, code_in(letters.list[0].body)).at),
	    200);
	CHECK_INT(opened, 0);
	CHECK_INT(posted(&h).count, 0);
	CHECK_INT(say(&h, "13800000000",
		      arena_copy(h.arena, code_in(letters.list[0].body)).at),
	    200);
	CHECK_INT(opened, 1);
	CHECK_INT(opened_as, h.zhang);
	CHECK_STR(opened_for, STR("18988888888"));
	/* Once is once. */
	CHECK_INT(say(&h, ZHANG_NUMBER,
		      arena_copy(h.arena, code_in(letters.list[0].body)).at),
	    200);
	CHECK_INT(opened, 1);
	house_close(&h);
}

static void
wrong_codes(void)
{
	struct house h;
	struct letters letters;
	const char *right;
	char wrong[8];

	house_open(&h);
	opened = 0;
	CHECK_INT(say(&h, ZHANG_NUMBER, "更新 18988888888"), 200);
	letters = posted(&h);
	right = arena_copy(h.arena, code_in(letters.list[0].body)).at;
	(void)snprintf(
	    wrong, sizeof wrong, "%04ld", (strtol(right, NULL, 10) + 1) % 10000);
	for (int i = 0; i < AUTH_CHALLENGE_TRIES; i++)
		CHECK_INT(say(&h, ZHANG_NUMBER, wrong), 200);
	CHECK_INT(posted(&h).count, AUTH_CHALLENGE_TRIES);
	CHECK_INT(say(&h, ZHANG_NUMBER, right), 200); /* spent */
	CHECK_INT(opened, 0);
	CHECK_INT(posted(&h).count, 0);
	house_close(&h);
}

static void
a_late_code(void)
{
	struct house h;
	const char *right;

	house_open(&h);
	opened = 0;
	CHECK_INT(say(&h, ZHANG_NUMBER, "更新 18988888888"), 200);
	right = arena_copy(h.arena, code_in(posted(&h).list[0].body)).at;
	h.now_ms += AUTH_CHALLENGE_MS;
	CHECK_INT(say(&h, ZHANG_NUMBER, right), 200);
	CHECK_INT(opened, 0);
	house_close(&h);
}

static void
enough_for_today(void)
{
	struct house h;
	size_t count = 0;

	house_open(&h);
	for (int i = 0; i < AUTH_CHALLENGES_PER_DAY + 5; i++) {
		CHECK_INT(say(&h, ZHANG_NUMBER, "更新 18988888888"), 200);
		count += posted(&h).count;
	}
	CHECK_INT(count, AUTH_CHALLENGES_PER_DAY);
	house_close(&h);
}

static void
outcomes(void)
{
	static const struct {
		enum err outcome;
		str fn;
		const char *said;
		unsigned status;
	} rows[] = {
		{ OK, STR_CONST("李四"), "已向 李四 发出", 200 },
		{ ERR_NOT_FOUND, STR_CONST(""), "没有找到 李四", 200 },
		{ ERR_NOT_FOUND, STR_CONST("李四"), "没有可发送", 200 },
		{ ERR_UNSUPPORTED, STR_CONST("李四"), "没有可发送", 200 },
		{ ERR_SEVERAL, STR_CONST(""), "李四, 李四（公司）", 200 },
		{ ERR_BUSY, STR_CONST(""), NULL, 503 },
	};

	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		struct house h;
		struct letters letters;
		const char *code;

		house_open(&h);
		outcome = rows[i].outcome;
		found_fn = rows[i].fn;
		CHECK_INT(say(&h, ZHANG_NUMBER, "更新 李四"), 200);
		code = arena_copy(h.arena, code_in(posted(&h).list[0].body)).at;
		CHECK_INT(say(&h, ZHANG_NUMBER, code), rows[i].status);
		letters = posted(&h);
		CHECK_INT(letters.count, rows[i].said != NULL);
		if (rows[i].said && letters.count) {
			CHECK(has(letters.list[0].body, rows[i].said));
			CHECK_STR(letters.list[0].to, STR(ZHANG_NUMBER));
		}
		house_close(&h);
	}
}

static void
stops(void)
{
	struct house h;
	struct letters letters;

	house_open(&h);
	CHECK_INT(say(&h, "+8618988888888", "TD"), 200);
	letters = posted(&h);
	CHECK_INT(letters.count, 1); /* one word, then silence */
	CHECK_STR(letters.list[0].to, STR("+8618988888888"));
	CHECK_INT(say(&h, "+8618988888888", "退订"), 200);
	CHECK_INT(posted(&h).count, 0);
	CHECK_INT(say(&h, ZHANG_NUMBER, "帮助"), 200);
	CHECK_INT(posted(&h).count, 1);
	house_close(&h);
}

static void
doors(void)
{
	static const struct {
		const char *path;
		unsigned status;
	} rows[] = {
		{ "/gate/sms/kannel/gatesecret", 200 },
		{ "/gate/sms/kannel/gatesecret/report", 200 },
		{ "/gate/sms/http/gatesecret", 200 },
		{ "/gate/sms/http/gatesecret/report", 404 },
		{ "/gate/sms/kannel/gatesecret/other", 404 },
		{ "/gate/sms/kannel/gatesecret/report/x", 404 },
		{ "/gate/sms/kannel/gatesecreT", 404 },
		{ "/gate/sms/kannel/gatesecret1", 404 },
		{ "/gate/sms/kannel/", 404 },
		{ "/gate/sms/kannel", 404 },
		{ "/gate/sms/modem/gatesecret", 404 },
		{ "/gate/mms/kannel/gatesecret", 404 },
		{ "/gate/", 404 },
	};
	struct house h;

	house_open(&h);
	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		check_about(rows[i].path);
		CHECK_INT(
		    gateway(&h, rows[i].path, STR("from=%2B8613911111111"), STR("x")),
		    rows[i].status);
	}
	check_about(NULL);
	CHECK_INT(gateway(&h, "/gate/sms/kannel/wrong", STR("from=%2B8613800000000"),
		      STR("更新 18988888888")),
	    404);
	CHECK_INT(posted(&h).count, 0);
	h.inbox.secret = STR("");
	CHECK_INT(gateway(&h, "/gate/sms/kannel//", STR(""), STR("x")), 404);
	house_close(&h);
}

/* All the ways a gateway may put the same message. */
static void
ways_to_say_it(void)
{
	static const struct {
		const char *path;
		str query, body;
	} rows[] = {
		{ "/gate/sms/kannel/gatesecret",
		    STR_CONST("from=%2B8613800000000&text=%E5%B8%AE%E5%8A%A9"),
		    STR_CONST("") },
		{ "/gate/sms/kannel/gatesecret",
		    STR_CONST("from=+8613800000000&text=HELP"), STR_CONST("") },
		{ "/gate/sms/kannel/gatesecret",
		    STR_CONST("from=%2B8613800000000&coding=2&charset=UTF-16BE"),
		    STR_CONST("\x5E\x2E\x52\xA9") },
		{ "/gate/sms/kannel/gatesecret",
		    STR_CONST("from=%2B8613800000000&coding=1&charset=binary"),
		    STR_CONST("\xB0\xEF\xD6\xFA") },
		{ "/gate/sms/http/gatesecret",
		    STR_CONST("from=13800000000&text=%EF%BC%9F"), STR_CONST("") },
	};
	struct house h;
	char long_text[INBOX_SMS_MAX_BYTES + 2];

	house_open(&h);
	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		check_about(rows[i].query.at);
		CHECK_INT(gateway(&h, rows[i].path, rows[i].query, rows[i].body), 200);
		CHECK_INT(posted(&h).count, 1);
	}
	check_about(NULL);
	for (size_t i = 0; i < sizeof long_text; i++)
		long_text[i] = ' ';
	long_text[0] = '?';
	CHECK_INT(gateway(&h, rows[0].path, STR("from=%2B8613800000000"),
		      (str){ long_text, INBOX_SMS_MAX_BYTES + 1 }),
	    200);
	CHECK_INT(posted(&h).count, 0);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "a stranger", a_stranger },
	    { "a command waits for its code", a_command_waits },
	    { "wrong codes", wrong_codes }, { "a late code", a_late_code },
	    { "enough for today", enough_for_today }, { "outcomes", outcomes },
	    { "stop words", stops }, { "doors", doors },
	    { "ways to say it", ways_to_say_it });
}

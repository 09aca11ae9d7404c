#include "courier/fixture_int.h"

static const struct courier_letter sms = {
	.way = COURIER_SMS,
	.account = 7,
	.ask = 9,
	.to = STR_CONST("+8613800000000"),
	.text = STR_CONST("你好\r\n"),
};

static const struct courier_letter mail = {
	.way = COURIER_MAIL,
	.account = 7,
	.ask = 9,
	.to = STR_CONST("li@example.com"),
	.subject = STR_CONST("a subject"),
	.text = STR_CONST("hello"),
	.from_name = STR_CONST("张三"),
};

static const struct courier_setup tray_setup = { .tray = true, .told = note_told };

static void
tray(void)
{
	struct fixture f;
	struct courier_shown *shown;
	struct store_letter row;
	size_t count;
	int64_t ids[2];

	fixture_open(&f);
	told_count = 0;
	ids[0] = fixture_post(&f, &sms);
	f.call.now_ms++;
	ids[1] = fixture_post(&f, &mail);
	CHECK_OK(courier_tray(&f.call, 10, &shown, &count));
	CHECK_INT(count, 0);
	fixture_round(&f, &tray_setup, f.call.now_ms);
	CHECK_OK(courier_tray(&f.call, 10, &shown, &count));
	if (CHECK_INT(count, 2)) {
		CHECK_INT(shown[0].id, ids[1]);
		CHECK_STR(shown[0].channel, STR("email"));
		CHECK_STR(shown[0].to, STR("li@example.com"));
		CHECK_STR(shown[0].subject, STR("a subject"));
		CHECK_STR(shown[0].text, STR("hello"));
		CHECK_STR(shown[1].channel, STR("sms"));
		CHECK_STR(shown[1].text, STR("你好\n"));
	}
	row = fixture_letter(&f, ids[0]);
	CHECK_STR(row.state, STR("taken"));
	CHECK_STR(row.gate, STR("tray"));
	CHECK_INT(row.attempts, 1);
	CHECK_INT(told_count, 2);
	CHECK_INT(told_news[0].fate, COURIER_TAKEN);
	CHECK_INT(told_news[0].ask, 9);
	CHECK_INT(told_news[0].account, 7);
	CHECK_OK(courier_tray(&f.call, 1, &shown, &count));
	CHECK_INT(count, 1);
	fixture_close(&f);
}

static void
posting(void)
{
	static const struct {
		const char *row;
		struct courier_letter letter;
		enum err wanted;
	} rows[] = {
		{ "no number", { .to = STR_CONST("") }, ERR_BAD_INPUT },
		{ "a short number", { .to = STR_CONST("10086") }, ERR_BAD_INPUT },
		{ "a code", { .to = STR_CONST("*#06#") }, ERR_BAD_INPUT },
		{ "a plus alone", { .to = STR_CONST("+") }, ERR_BAD_INPUT },
		{ "16 digits", { .to = STR_CONST("+1234567890123456") },
		    ERR_BAD_INPUT },
		{ "a number and more", { .to = STR_CONST("+1&x=y") }, ERR_BAD_INPUT },
		{ "mail to a number",
		    { .way = COURIER_MAIL, .to = STR_CONST("+8613800000000") },
		    ERR_BAD_INPUT },
		{ "two addresses", { .way = COURIER_MAIL, .to = STR_CONST("a@b, c@d") },
		    ERR_BAD_INPUT },
		{ "a line in an address",
		    { .way = COURIER_MAIL, .to = STR_CONST("a@b\nBcc:c@d") },
		    ERR_BAD_INPUT },
		{ "a line in the subject",
		    { .way = COURIER_MAIL,
			.to = STR_CONST("a@b"),
			.subject = STR_CONST("x\r\nBcc: c@d") },
		    ERR_BAD_INPUT },
		{ "a line in the name",
		    { .way = COURIER_MAIL,
			.to = STR_CONST("a@b"),
			.from_name = STR_CONST("x\ny") },
		    ERR_BAD_INPUT },
		{ "text that is not UTF-8",
		    { .to = STR_CONST("+861"), .text = STR_CONST("\xff") },
		    ERR_BAD_INPUT },
	};
	struct fixture f;
	struct courier_letter large = sms;
	struct posting p = { .letter = &large };

	fixture_open(&f);
	p.call = &f.call;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		p.letter = &rows[i].letter;
		check_about(rows[i].row);
		CHECK_ERR(store_write(f.store, post, &p), rows[i].wanted);
	}
	check_about("a text at its limit, and past it");
	p.letter = &large;
	large.text.len = COURIER_BODY_MAX_BYTES;
	large.text.at = arena_get(f.arena, large.text.len + 1);
	memset((char *)(uintptr_t)large.text.at, 'x', large.text.len + 1);
	CHECK_OK(store_write(f.store, post, &p));
	large.text.len++;
	CHECK_ERR(store_write(f.store, post, &p), ERR_TOO_LARGE);
	fixture_close(&f);
}

/* What did not happen is not told of. */
static void
rolled_back(void)
{
	struct fixture f;
	struct posting p = { .letter = &sms, .afterwards = ERR_CONDITION };
	struct courier_shown *shown;
	size_t count;

	fixture_open(&f);
	p.call = &f.call;
	CHECK_ERR(store_write(f.store, post, &p), ERR_CONDITION);
	fixture_round(&f, &tray_setup, f.call.now_ms);
	CHECK_OK(courier_tray(&f.call, 10, &shown, &count));
	CHECK_INT(count, 0);
	fixture_close(&f);
}

static void
not_before(void)
{
	struct fixture f;
	struct courier_letter letter = sms;
	struct courier_shown *shown;
	size_t count;

	fixture_open(&f);
	letter.not_before_ms = f.call.now_ms + WHEN_HOUR_MS;
	(void)fixture_post(&f, &letter);
	fixture_round(&f, &tray_setup, letter.not_before_ms - 1);
	CHECK_OK(courier_tray(&f.call, 10, &shown, &count));
	CHECK_INT(count, 0);
	fixture_round(&f, &tray_setup, letter.not_before_ms);
	CHECK_OK(courier_tray(&f.call, 10, &shown, &count));
	CHECK_INT(count, 1);
	fixture_close(&f);
}

static enum err
is_shut(struct store_tx *tx, const struct call *call, void *self,
    const struct courier_leaving *leaving, bool *out)
{
	const str *whom = self;

	(void)tx, (void)call;
	CHECK_INT(leaving->account, 7);
	CHECK_INT(leaving->ask, 9);
	*out = str_same(leaving->to, *whom);
	return OK;
}

/* It is taken as any other, when its gate would take it, and nobody sees it. */
static void
a_shut_door(void)
{
	struct fixture f;
	str whom = sms.to;
	struct courier_setup setup = {
		.tray = true, .told = note_told, .shut = is_shut, .self = &whom
	};
	struct courier_setup none = {
		.told = note_told, .shut = is_shut, .self = &whom
	};
	struct courier_shown *shown;
	struct store_letter row;
	size_t count;
	int64_t id;

	fixture_open(&f);
	told_count = 0;
	id = fixture_post(&f, &sms);
	(void)fixture_post(&f, &mail);
	fixture_round(&f, &none, f.call.now_ms);
	row = fixture_letter(&f, id);
	CHECK_STR(row.state, STR("due")); /* no gate: it waits, like any */
	CHECK_INT(told_count, 0);
	fixture_round(&f, &setup, row.due_ms);
	row = fixture_letter(&f, id);
	CHECK_STR(row.state, STR("taken"));
	CHECK_STR(row.gate, STR(""));
	CHECK_STR(row.body, STR(""));
	CHECK_INT(told_count, 2);
	CHECK_INT(told_news[0].fate, COURIER_TAKEN);
	CHECK_OK(courier_tray(&f.call, 10, &shown, &count));
	if (CHECK_INT(count, 1))
		CHECK_STR(shown[0].to, mail.to);
	fixture_close(&f);
}

static enum err
cancel(struct store_tx *tx, void *arg)
{
	struct fixture *f = arg;

	return courier_cancel(tx, &f->call, 7, 9);
}

static void
cancelling(void)
{
	struct fixture f;
	struct courier_letter other = sms;
	struct courier_shown *shown;
	size_t count;

	fixture_open(&f);
	other.ask = 10;
	(void)fixture_post(&f, &sms);
	(void)fixture_post(&f, &other);
	CHECK_OK(store_write(f.store, cancel, &f));
	fixture_round(&f, &tray_setup, f.call.now_ms);
	CHECK_OK(courier_tray(&f.call, 10, &shown, &count));
	CHECK_INT(count, 1);
	fixture_close(&f);
}

struct reporting {
	const struct call *call;
	int64_t letter;
	struct courier_news said, out;
};

static enum err
report(struct store_tx *tx, void *arg)
{
	struct reporting *r = arg;

	return courier_receipt(tx, r->call, r->letter, &r->said, &r->out);
}

static void
receipts(void)
{
	static const struct {
		const char *row;
		enum courier_fate fate;
		bool news;
		const char *state, *trouble;
	} rows[] = {
		{ "accepted again", COURIER_TAKEN, false, "taken", "" },
		{ "delivered", COURIER_DELIVERED, true, "delivered", "" },
		{ "delivered twice", COURIER_DELIVERED, false, "delivered", "" },
		{ "lost after all", COURIER_LOST, false, "delivered", "" },
		{ "accepted late", COURIER_TAKEN, false, "delivered", "" },
	};
	struct fixture f;
	struct reporting r = { 0 };

	fixture_open(&f);
	r.call = &f.call;
	r.letter = fixture_post(&f, &sms);
	fixture_round(&f, &tray_setup, f.call.now_ms);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct store_letter row;

		check_about(rows[i].row);
		r.said = (struct courier_news){ .fate = rows[i].fate,
			.words = STR("absent") };
		CHECK_OK(store_write(f.store, report, &r));
		CHECK_INT(r.out.ask, rows[i].news ? 9 : 0);
		CHECK_INT(r.out.account, rows[i].news ? 7 : 0);
		CHECK_INT(r.out.fate, rows[i].fate);
		row = fixture_letter(&f, r.letter);
		CHECK_STR(row.state, str_of(rows[i].state));
		CHECK_STR(row.trouble, str_of(rows[i].trouble));
	}
	check_about("an unknown letter");
	r.letter++;
	CHECK_ERR(store_write(f.store, report, &r), ERR_NOT_FOUND);
	fixture_close(&f);
}

/* A report may overtake the gate's own answer: the letter must not go out again. */
static void
early_receipts(void)
{
	struct fixture f;
	struct reporting r = { .said = { .fate = COURIER_LOST,
				   .words = STR("no such\r\nnumber") } };
	struct courier_shown *shown;
	struct store_letter row;
	size_t count;

	fixture_open(&f);
	r.call = &f.call;
	r.letter = fixture_post(&f, &sms);
	CHECK_OK(store_write(f.store, report, &r));
	CHECK_INT(r.out.ask, 9);
	CHECK_STR(r.out.words, STR("no such\nnumber"));
	row = fixture_letter(&f, r.letter);
	CHECK_STR(row.state, STR("failed"));
	CHECK_STR(row.body, STR(""));
	fixture_round(&f, &tray_setup, f.call.now_ms);
	CHECK_OK(courier_tray(&f.call, 10, &shown, &count));
	CHECK_INT(count, 0);
	fixture_close(&f);
}

int
main(void)
{
	return CHECK_RUN({ "the tray", tray }, { "what is refused", posting },
	    { "a write that is rolled back sends nothing", rolled_back },
	    { "a shut door", a_shut_door }, { "not before its time", not_before },
	    { "cancelling", cancelling }, { "delivery reports", receipts },
	    { "reports that overtake", early_receipts });
}

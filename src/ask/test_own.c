/* test_own.c - a target with an account: notices, own card, what was given; and who said
 * what of a card, and whom to ask next. */
#include "ask/fixture_int.h"
#include "ask/own.h"
#include "ask/said.h"

#define LI ((int64_t)12)
#define ENTRY                                                   \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:老李\r\n" \
	"TEL;TYPE=CELL:18988888888\r\nNOTE:只有我知道\r\nEND:VCARD\r\n"

static enum err
li_in(struct store_tx *tx, void *arg)
{
	static const struct store_account li = { .id = LI,
		.login = STR_CONST("li"),
		.name = STR_CONST("李四"),
		.lang = STR_CONST("zh"),
		.region = STR_CONST("CN"),
		.policy = STR_CONST("fill"),
		.made_ms = 1 };
	static const struct store_identifier phone = { LI, STR_CONST("tel"),
		STR_CONST(LI_NUMBER), STR_CONST("operator"), 1 };

	(void)arg;
	TRY(store_account_add(tx, &li));
	return store_identifier_add(tx, &phone);
}

/* 李四 has an account and a card of his own; 张三, who does not know, asks him. */
static struct house
begin(struct ask_opened *asked)
{
	struct house h = house_open();
	struct card_op says[] = { insert(CARD_F_ORG, "示例公司"),
		insert(CARD_F_EMAIL, "li@example.com"),
		insert(CARD_F_HOME_ADDRESS, "某街 1 号") };
	const struct card_ops ops = { says, 3 };
	struct ask_draft draft = { .whom = STR(LI_NUMBER),
		.kind = ASK_ID,
		.wanted = { CARD_F_ORG, CARD_F_EMAIL },
		.wanted_count = 2 };
	struct why why = { 0 };
	struct call call;

	must(store_write(h.store, li_in, NULL) == OK);
	call = call_of(&h, LI);
	CHECK_OK(ask_own_change(&call, &ops, &why));
	put_card(&h, "li.vcf", STR(ENTRY));
	h.now_ms += 2 * WHEN_DAY_MS;
	call = call_of(&h, ZHANG);
	CHECK_OK(ask_open(&call, &h.rules, &draft, asked, &why));
	return h;
}

static void
own_card(void)
{
	struct ask_opened asked;
	struct house h = begin(&asked);
	struct call li = call_of(&h, LI);
	struct ask_own_item *items;
	struct why why = { 0 };
	struct card_op bad = insert(CARD_F_EMAIL, "nonsense");
	size_t count;

	CHECK_OK(ask_own_card(&li, &items, &count));
	CHECK_INT(count, 4);
	CHECK_INT(items[0].field, CARD_F_MOBILE); /* the number he verified */
	CHECK_ERR(
	    ask_own_change(&li, &(struct card_ops){ &bad, 1 }, &why), ERR_BAD_INPUT);
	CHECK_STR(why.name, STR("email"));
	house_close(&h);
}

static void
answering(void)
{
	struct ask_opened asked;
	struct house h = begin(&asked);
	struct call li = call_of(&h, LI);
	struct ask_notice_view *notices;
	struct ask_own_page page;
	struct ask_answered answered;
	struct ask_given *given;
	struct ask_view view;
	struct why why = { 0 };
	struct call zhang;
	size_t picked[8];
	size_t count;
	size_t n = 0;

	CHECK_OK(ask_notices(&li, &h.rules, &notices, &count));
	CHECK_INT(count, 1);
	CHECK_INT(notices[0].id, asked.id);
	CHECK_STR(notices[0].who.asker, STR("张三"));
	CHECK_OK(ask_notice_see(&li, &h.rules, asked.id, &page));
	CHECK_INT(state_of(&h, asked.id), ASK_SEEN);
	for (size_t i = 0; i < page.count; i++) {
		bool wanted = page.items[i].field == CARD_F_ORG ||
			      page.items[i].field == CARD_F_EMAIL;

		CHECK_INT(page.items[i].wanted, wanted);
		if (wanted || page.items[i].field == CARD_F_MOBILE)
			picked[n++] = page.items[i].item;
	}
	CHECK_ERR(ask_notice_answer(
		      &li, &h.rules, asked.id, picked, 0, STR(""), &answered, &why),
	    ERR_BAD_INPUT);
	CHECK_ERR(ask_notice_answer(&li, &h.rules, asked.id, &(size_t){ 99 }, 1,
		      STR(""), &answered, &why),
	    ERR_BAD_INPUT);
	CHECK_OK(ask_notice_answer(
	    &li, &h.rules, asked.id, picked, n, STR("好久不见"), &answered, &why));
	CHECK_INT(answered.state, ASK_MERGED);
	CHECK_INT(answered.applied, 2);
	CHECK_INT(answered.verified, 1);
	CHECK(has(card_bytes(&h, "li.vcf"), "示例公司"));
	CHECK(!has(card_bytes(&h, "li.vcf"), "某街")); /* not picked, not given */
	CHECK(has(card_bytes(&h, "li.vcf"), "FN:老李\r\n"));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_find(&zhang, asked.id, &view));
	CHECK_INT(view.evidence, 4);
	CHECK_STR(view.note, STR("好久不见"));

	CHECK_OK(ask_given_list(&li, &given, &count));
	CHECK_INT(count, 3);
	CHECK_STR(given[0].owner_name, STR("张三"));
	CHECK_OK(ask_given_forget(&li, ZHANG));
	CHECK_OK(ask_given_list(&li, &given, &count));
	CHECK_INT(count, 0);
	CHECK_ERR(ask_notice_answer(
		      &li, &h.rules, asked.id, picked, n, STR(""), &answered, &why),
	    ERR_GONE);
	house_close(&h);
}

/* Row 6 of the threats: nobody but he can tell that he has an account. */
static void
others(void)
{
	struct ask_opened asked;
	struct house h = begin(&asked);
	struct call zhang = call_of(&h, ZHANG);
	struct ask_notice_view *notices;
	struct ask_own_page page;
	size_t count;
	struct call nobody = call_of(&h, CALL_NOBODY);

	CHECK_OK(ask_notices(&zhang, &h.rules, &notices, &count));
	CHECK_INT(count, 0);
	CHECK_ERR(ask_notice_see(&zhang, &h.rules, asked.id, &page), ERR_NOT_FOUND);
	CHECK_ERR(ask_notices(&nobody, &h.rules, &notices, &count), ERR_FORBIDDEN);
	CHECK_INT(asked.state, ASK_QUEUED);
	CHECK_INT(posted(&h).count, 1); /* the notice goes out as to anyone */
	house_close(&h);
}

static void
leaving(void)
{
	struct ask_opened asked;
	struct house h = begin(&asked);
	struct call li = call_of(&h, LI);
	struct ask_own_page page;

	CHECK_OK(ask_notice_leave(&li, &h.rules, asked.id, ASK_EXIT_DECLINE));
	CHECK_INT(state_of(&h, asked.id), ASK_DECLINED);
	CHECK_ERR(ask_notice_see(&li, &h.rules, asked.id, &page), ERR_GONE);
	house_close(&h);
}

static void
said(void)
{
	struct ask_opened asked;
	struct house h = begin(&asked);
	struct call li = call_of(&h, LI);
	struct call zhang;
	struct ask_own_item *items;
	struct ask_answered answered;
	struct ask_said *rows;
	struct why why = { 0 };
	size_t count;

	CHECK_OK(ask_own_card(&li, &items, &count));
	CHECK_OK(ask_notice_answer(
	    &li, &h.rules, asked.id, &items[1].item, 1, STR(""), &answered, &why));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_said_of_card(
	    &zhang, STR(BOOK_DEFAULT_NAME), STR("li.vcf"), &rows, &count));
	CHECK_INT(count, 3);
	for (size_t i = 0; i < count; i++) {
		bool his = rows[i].field == items[1].field;

		CHECK_INT(rows[i].at_ms > 0, his);
		CHECK_INT(rows[i].evidence, his ? 4 : 0);
		if (his) {
			CHECK_STR(rows[i].channel, STR("sms"));
			CHECK_STR(rows[i].to, STR("8888"));
			CHECK_INT(rows[i].ask, asked.id);
		}
	}
	house_close(&h);
}

/* A number that bounced, or is somebody else's by now: another way is tried first. */
static void
dead(void)
{
	struct house h = house_open();
	struct ask_opened out;
	struct ask_said *rows;
	struct call zhang;
	size_t count;

	put_card(&h, "x.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:X\r\nTEL;TYPE=CELL:13911111111\r\n"
		"EMAIL:x@example.com\r\nEND:VCARD\r\n"));
	CHECK_OK(ask_whom(&h, "X", ASK_BY_AUTO, &out));
	CHECK_INT(out.by, ASK_BY_SMS);
	CHECK_OK(travel(&h, out.id, ASK_BOUNCED, "no such number"));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_said_of_card(
	    &zhang, STR(BOOK_DEFAULT_NAME), STR("x.vcf"), &rows, &count));
	for (size_t i = 0; i < count; i++)
		CHECK_INT(rows[i].evidence, rows[i].field == CARD_F_MOBILE ? -1 : 0);
	CHECK_OK(ask_whom(&h, "X", ASK_BY_AUTO, &out));
	CHECK_INT(out.by, ASK_BY_MAIL);
	zhang = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_leave(
	    &zhang, &h.rules, token_in(posted(&h).list[1].body), ASK_EXIT_NOT_ME));
	CHECK_OK(ask_whom(&h, "X", ASK_BY_AUTO, &out)); /* both dead: still one */
	CHECK_OK(ask_whom(&h, "13911111111", ASK_BY_AUTO, &out));
	CHECK_INT(out.by, ASK_BY_SMS); /* asked for by name */
	house_close(&h);
}

static void
planning(void)
{
	struct ask_opened asked;
	struct house h = begin(&asked);
	struct ask_planned *plan;
	size_t count;
	struct call zhang = call_of(&h, ZHANG);

	put_card(&h, "a.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nTEL;TYPE=CELL:13911111111\r\n"
		"EMAIL:a@example.com\r\nEND:VCARD\r\n"));
	put_card(&h, "b.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:B\r\nEMAIL:b@example.com\r\nEND:VCARD"
		"\r\n"));
	put_card(&h, "c.vcf", /* no way to reach him */
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:C\r\nORG:X\r\nEND:VCARD\r\n"));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_plan(&zhang, &h.rules, 5, &plan, &count));
	CHECK_INT(count, 2); /* 老李 was asked lately */
	CHECK_STR(plan[0].fn, STR("B"));
	CHECK_STR(plan[1].fn, STR("A"));
	CHECK_INT(plan[0].missing_count, 4);
	CHECK(!plan[0].stale);
	CHECK_OK(ask_plan(&zhang, &h.rules, 1, &plan, &count));
	CHECK_INT(count, 1);
	CHECK_STR(plan[0].fn, STR("B"));
	h.now_ms += 3 * 365 * WHEN_DAY_MS;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_plan(&zhang, &h.rules, 5, &plan, &count));
	CHECK_INT(count, 3);
	CHECK(plan[0].stale);
	house_close(&h);
}

/* A form shown before a device changed the card, or sent twice. */
static void
own_card_since(void)
{
	struct ask_opened asked;
	struct house h = begin(&asked);
	struct call li = call_of(&h, LI);
	struct ask_own_item *items;
	struct why why = { 0 };
	struct card_op ops[2] = { { .kind = CARD_GONE },
		{ .kind = CARD_CHANGE, .value = STR("new@example.com") } };
	struct card_op adds = insert(CARD_F_TITLE, "经理");
	size_t count;
	str shown, now;

	CHECK_OK(ask_own_etag(&li, &shown));
	CHECK_OK(ask_own_card_of(&li, shown, &items, &count));
	CHECK_INT(count, 4);
	for (size_t i = 0; i < count; i++)
		if (items[i].field == CARD_F_MOBILE)
			ops[0].item = items[i].item, ops[0].field = CARD_F_MOBILE;
		else if (items[i].field == CARD_F_EMAIL)
			ops[1].item = items[i].item, ops[1].field = CARD_F_EMAIL;
	li = call_of(&h, LI);
	CHECK_OK(ask_own_change(&li, &(struct card_ops){ &adds, 1 }, &why));
	li = call_of(&h, LI);
	CHECK_OK(ask_own_change_since(&li, shown, &(struct card_ops){ ops, 2 }, &why));
	CHECK_OK(ask_own_card(&li, &items, &count));
	CHECK_INT(count, 4); /* the number went, the title came meanwhile */
	for (size_t i = 0; i < count; i++)
		CHECK(items[i].field != CARD_F_MOBILE);
	CHECK_OK(ask_own_etag(&li, &now));
	li = call_of(&h, LI);
	CHECK_OK(ask_own_change_since(&li, shown, &(struct card_ops){ ops, 2 }, &why));
	CHECK_OK(ask_own_card(&li, &items, &count));
	CHECK_INT(count, 4); /* twice is once */
	CHECK_ERR(ask_own_change_since(
		      &li, STR("\"none\""), &(struct card_ops){ ops, 2 }, &why),
	    ERR_CONDITION);
	CHECK_OK(ask_own_card_of(&li, (str){ 0 }, &items, &count));
	CHECK_INT(count, 0);
	CHECK_OK(ask_own_change_since(
	    &li, (str){ 0 }, &(struct card_ops){ &adds, 1 }, &why));
	house_close(&h);
}

static void
notices_are_counted(void)
{
	struct ask_opened asked;
	struct house h = begin(&asked);
	struct call li = call_of(&h, LI);
	size_t count;

	CHECK_OK(ask_notices_open(&li, &h.rules, &count));
	CHECK_INT(count, 1);
	CHECK_OK(ask_notice_leave(&li, &h.rules, asked.id, ASK_EXIT_DECLINE));
	CHECK_OK(ask_notices_open(&li, &h.rules, &count));
	CHECK_INT(count, 0);
	li.who = ZHANG;
	CHECK_OK(ask_notices_open(&li, &h.rules, &count));
	CHECK_INT(count, 0);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "the own card", own_card },
	    { "a form about the own card", own_card_since },
	    { "notices are counted", notices_are_counted },
	    { "an answer from the own card", answering },
	    { "nobody else can tell", others }, { "a notice is left", leaving },
	    { "who said what", said }, { "numbers probably dead", dead },
	    { "whom to ask next", planning });
}

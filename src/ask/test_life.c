/* test_life.c - the whole life of an ask, all its exits, and who may see what. */
#include <pthread.h>

#include "ask/fixture_int.h"

#define LI                                                                            \
	STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li-1\r\nN:李;四;;;\r\nFN:李四\r\n" \
	    "TEL;TYPE=CELL:18988888888\r\nNOTE:只有我知道\r\nEND:VCARD\r\n")

static struct ask_opened
opened(struct house *h)
{
	struct ask_opened out;

	put_card(h, "li.vcf", LI);
	h->now_ms += 2 * WHEN_DAY_MS;
	must(ask_whom(h, "18988888888", ASK_BY_AUTO, &out) == OK);
	return out;
}

/* --- the example of the application --- */

static void
notice(void)
{
	struct house h = house_open();
	struct ask_opened out = opened(&h);
	struct letters sent = posted(&h);

	CHECK_INT(out.state, ASK_QUEUED);
	CHECK_INT(out.by, ASK_BY_SMS);
	CHECK_STR(out.to, STR(LI_NUMBER));
	CHECK_STR(out.fn, STR("李四"));
	CHECK_STR(out.link, STR(""));
	CHECK_INT(sent.count, 1);
	CHECK_STR(sent.list[0].to, STR(LI_NUMBER));
	CHECK_STR(sent.list[0].channel, STR("sms"));
	CHECK(str_starts(sent.list[0].body, STR("张三请你核对")));
	CHECK_INT(token_in(sent.list[0].body).len, SEAL_TOKEN_CHARS);
	/* The owner of the server's letter never gets its link. */
	CHECK(!has(out.text, token_in(arena_copy(h.arena, sent.list[0].body)).at));
	CHECK(has(out.text, "/a/…"));
	house_close(&h);
}

static void
whole_life(void)
{
	struct house h = house_open();
	struct ask_opened out = opened(&h);
	str token = token_in(posted(&h).list[0].body);
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct call zhang = call_of(&h, ZHANG);
	struct card_op ops[] = { insert(CARD_F_WORK_TEL, "010-65521234"),
		insert(CARD_F_ORG, "北京示例科技有限公司"),
		insert(CARD_F_EMAIL, "lisi@example.com"), insert(CARD_F_QQ, "12345678"),
		{ .kind = CARD_CONFIRM } };
	struct ask_reply reply = {
		.ops = { ops, 5 }, .note = STR(" 好久不见\x01 "), .by = ASK_DOOR_WEB
	};
	struct ask_peek peek;
	struct ask_page page;
	struct ask_answered answered;
	struct ask_view view;
	struct why why = { 0 };
	str card;

	CHECK_OK(travel(&h, out.id, ASK_SENT, "gate"));
	CHECK_OK(travel(&h, out.id, ASK_DELIVERED, ""));
	nobody = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_peek(&nobody, token, &peek));
	CHECK_INT(peek.state, ASK_DELIVERED);
	CHECK(peek.open);
	CHECK_STR(peek.asker, STR("张三"));
	CHECK_STR(peek.asker_phone, STR("+8613800000000"));
	CHECK_STR(peek.asker_email, STR("zhang@example.com"));
	CHECK_STR(peek.to_tail, STR("8888"));
	CHECK(peek.wanted_count > 10);
	CHECK_INT(state_of(&h, out.id), ASK_DELIVERED); /* a look changes nothing */

	CHECK_OK(ask_see(&nobody, token, &page));
	CHECK_INT(state_of(&h, out.id), ASK_SEEN);
	CHECK_INT(page.offer_count, 1);
	CHECK_STR(page.offers[0].shown, STR("•••• 8888"));
	ops[4].item = page.offers[0].item;

	CHECK_OK(ask_prepare(&nobody, token, &reply, &why));
	CHECK_OK(ask_prepare(&nobody, token, &reply, &why)); /* twice is harmless */
	CHECK_OK(ask_see(&nobody, token, &page));
	CHECK_INT(page.prepared.count, 5);
	CHECK_STR(page.note, STR("好久不见"));
	CHECK_STR(card_bytes(&h, "li.vcf"), LI);

	CHECK_OK(ask_answer(&nobody, token, NULL, &answered, &why));
	CHECK_INT(answered.state, ASK_MERGED);
	CHECK_INT(answered.applied, 4);
	CHECK_INT(answered.verified, 1);
	CHECK_INT(answered.waiting, 0);
	card = card_bytes(&h, "li.vcf");
	CHECK(has(card, "北京示例科技有限公司"));
	CHECK(has(card, "lisi@example.com"));
	CHECK(has(card, "12345678"));
	CHECK(has(card, "TEL;TYPE=CELL:18988888888\r\nNOTE:只有我知道") ||
	      has(card, "TEL;TYPE=CELL:18988888888\r\n"));
	CHECK(has(card, "NOTE:只有我知道\r\n"));

	CHECK_OK(ask_find(&zhang, out.id, &view));
	CHECK_INT(view.state, ASK_MERGED);
	CHECK_INT(view.evidence, 3);
	CHECK_STR(view.note, STR("好久不见"));
	CHECK_INT(view.item_count, 5);
	CHECK_INT(view.items[0].decision, 'a');
	CHECK_INT(view.items[4].decision, 'v');
	CHECK_STR(view.items[1].before, STR(""));
	CHECK_STR(view.items[1].after, STR("北京示例科技有限公司"));
	CHECK_STR(view.book, STR(BOOK_DEFAULT_NAME));
	CHECK_INT(view.event_count, 5);
	CHECK_INT(view.events[0].state, ASK_QUEUED);
	CHECK_INT(view.events[1].state, ASK_SENT);
	CHECK_STR(view.events[1].note, STR(""));
	CHECK_INT(view.events[4].state, ASK_MERGED);

	/* Merged is merged. */
	CHECK_ERR(ask_answer(&nobody, token, NULL, &answered, &why), ERR_GONE);
	CHECK_ERR(ask_answer(&nobody, token, &reply, &answered, &why), ERR_GONE);
	CHECK_ERR(ask_see(&nobody, token, &page), ERR_GONE);
	CHECK_INT(page.who.state, ASK_MERGED);
	CHECK_ERR(ask_prepare(&nobody, token, &reply, &why), ERR_GONE);
	CHECK_ERR(ask_leave(&nobody, &h.rules, token, ASK_EXIT_NOT_ME), ERR_GONE);
	CHECK_ERR(ask_revoke(&zhang, out.id), ERR_GONE);
	house_close(&h);
}

static void
history(void)
{
	struct house h = house_open();
	int64_t id;
	str token;
	struct card_op op = insert(CARD_F_ORG, "Example");
	struct ask_answered answered;
	struct book book;
	struct call zhang;
	struct book_version *versions;
	size_t count;
	char wanted[32];
	bool found = false;

	put_card(&h, "li.vcf", LI);
	token = ask_self(&h, "李四", ASK_MODE_ACCOUNT, &id);
	CHECK_OK(answer_with(&h, token, &op, 1, &answered));
	put_card(&h, "li.vcf", LI); /* now what the answer made is a former version */
	book = book_of(&h);
	zhang = call_of(&h, ZHANG);
	CHECK_OK(book_history(&zhang, &book, STR("li.vcf"), &versions, &count));
	(void)snprintf(wanted, sizeof wanted, "%lld", (long long)id);
	for (size_t i = 0; i < count; i++)
		found |= str_same(versions[i].door, STR("answer")) &&
			 str_same(versions[i].note, str_of(wanted));
	CHECK(found);
	house_close(&h);
}

/* --- choosing --- */

static void
choosing(void)
{
	static const struct {
		const char *why, *lines, *whom;
		enum ask_by by;
		enum err outcome;
		const char *to;
	} rows[] = {
		{ "the number asked by",
		    "TEL;TYPE=CELL:13900000001\r\n"
		    "TEL;TYPE=CELL:13900000002\r\n",
		    "13900000002", ASK_BY_AUTO, OK, "+8613900000002" },
		{ "the first mobile",
		    "TEL;TYPE=WORK:01065521234\r\n"
		    "TEL;TYPE=CELL:13900000001\r\n"
		    "TEL;TYPE=CELL:13900000002\r\n",
		    "name:王五", ASK_BY_AUTO, OK, "+8613900000001" },
		{ "the address asked by",
		    "TEL;TYPE=CELL:13900000001\r\n"
		    "EMAIL:Wang@Example.com\r\n",
		    "wang@example.com", ASK_BY_AUTO, OK, "Wang@Example.com" },
		{ "mail when told so",
		    "TEL;TYPE=CELL:13900000001\r\n"
		    "EMAIL:wang@example.com\r\n",
		    "13900000001", ASK_BY_MAIL, OK, "wang@example.com" },
		{ "a landline gets mail",
		    "TEL;TYPE=CELL:01065521234\r\n"
		    "EMAIL:wang@example.com\r\n",
		    "01065521234", ASK_BY_AUTO, OK, "wang@example.com" },
		{ "a landline gets no SMS", "TEL;TYPE=WORK:01065521234\r\n",
		    "name:王五", ASK_BY_SMS, ERR_NOT_FOUND, NULL },
		{ "no role address",
		    "EMAIL:noreply@example.com\r\n"
		    "EMAIL:team-list@example.com\r\n",
		    "noreply@example.com", ASK_BY_AUTO, ERR_NOT_FOUND, NULL },
		{ "but another one",
		    "EMAIL:no-reply@example.com\r\n"
		    "EMAIL:wang@example.com\r\n",
		    "no-reply@example.com", ASK_BY_AUTO, OK, "wang@example.com" },
		{ "no envelope tricks", "EMAIL:a@b.cn>\\,<c@d.cn\r\n", "name:王五",
		    ASK_BY_AUTO, ERR_NOT_FOUND, NULL },
		{ "nothing at all", "ORG:x\r\n", "name:王五", ASK_BY_AUTO,
		    ERR_NOT_FOUND, NULL },
		{ "self needs nothing", "ORG:x\r\n", "name:王五", ASK_BY_SELF, OK, "" },
		{ "no such person", "ORG:x\r\n", "name:赵六", ASK_BY_AUTO,
		    ERR_NOT_FOUND, NULL },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct house h = house_open();
		struct ask_opened out;

		check_about(rows[i].why);
		put_card(&h, "wang.vcf",
		    arena_printf(h.arena,
			"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:w\r\nN:王;五;;;\r\n"
			"FN:王五\r\n%sEND:VCARD\r\n",
			rows[i].lines));
		CHECK_ERR(
		    ask_whom(&h, rows[i].whom, rows[i].by, &out), rows[i].outcome);
		if (rows[i].outcome == OK)
			CHECK_STR(out.to, str_of(rows[i].to));
		house_close(&h);
	}
	check_about(NULL);
}

/* An SMS, unless an MMS is wanted, or all there is. */
static void
mobile_ways(void)
{
	static const struct {
		const char *why;
		bool sms, mms;
		enum ask_by by;
		enum err outcome;
		const char *channel;
	} rows[] = {
		{ "both", true, true, ASK_BY_AUTO, OK, "sms" },
		{ "both, MMS wanted", true, true, ASK_BY_MMS, OK, "mms" },
		{ "both, SMS wanted", true, true, ASK_BY_SMS, OK, "sms" },
		{ "MMS only", false, true, ASK_BY_AUTO, OK, "mms" },
		{ "MMS only, SMS wanted", false, true, ASK_BY_SMS, ERR_UNSUPPORTED,
		    NULL },
		{ "SMS only, MMS wanted", true, false, ASK_BY_MMS, ERR_UNSUPPORTED,
		    NULL },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct house h = house_open();
		struct letters sent;
		struct ask_opened out;

		check_about(rows[i].why);
		h.rules.sms = rows[i].sms;
		h.rules.mms = rows[i].mms;
		put_card(&h, "li.vcf", LI);
		CHECK_ERR(
		    ask_whom(&h, "18988888888", rows[i].by, &out), rows[i].outcome);
		sent = posted(&h);
		CHECK_INT(sent.count, rows[i].outcome == OK);
		if (rows[i].outcome == OK && sent.count) {
			CHECK_STR(sent.list[0].channel, str_of(rows[i].channel));
			CHECK_STR(sent.list[0].to, STR("+8618988888888"));
			CHECK(has(sent.list[0].body, "https://kith.example/a/"));
			CHECK_STR(sent.list[0].subject,
			    out.by == ASK_BY_MMS ? STR("张三 想核对你的联系方式")
						 : STR(""));
		}
		house_close(&h);
	}
	check_about(NULL);
}

static void
refusals(void)
{
	struct house h = house_open();
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct call zhang = call_of(&h, ZHANG);
	struct ask_draft draft = { .whom = STR("18988888888") };
	struct ask_draft named = { .book = STR(BOOK_DEFAULT_NAME),
		.card = STR("none.vcf") };
	struct ask_opened out;
	struct why why = { 0 };

	put_card(&h, "li.vcf", LI);
	CHECK_ERR(ask_open(&nobody, &h.rules, &draft, &out, &why), ERR_FORBIDDEN);
	CHECK_ERR(ask_open(&zhang, &h.rules, &named, &out, &why), ERR_NOT_FOUND);
	CHECK_STR(out.fn, STR(""));
	h.rules.sms = h.rules.mail = false;
	CHECK_ERR(ask_whom(&h, "18988888888", ASK_BY_AUTO, &out), ERR_UNSUPPORTED);
	CHECK_OK(ask_whom(&h, "18988888888", ASK_BY_SELF, &out));
	CHECK_INT(token_in(out.link).len, SEAL_TOKEN_CHARS);
	CHECK(has(out.text, "https://kith.example/a/"));
	CHECK_INT(posted(&h).count, 0);
	put_card(&h, "li2.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li-2\r\nFN:李四\r\nEND:VCARD\r\n"));
	CHECK_ERR(ask_whom(&h, "李四", ASK_BY_SELF, &out), ERR_SEVERAL);
	CHECK_INT(out.candidates.count, 2);
	house_close(&h);
}

static void
mail(void)
{
	struct house h = house_open();
	struct call zhang = call_of(&h, ZHANG);
	struct ask_draft draft = { .book = STR(BOOK_DEFAULT_NAME),
		.card = STR("li.vcf"),
		.wanted = { CARD_F_QQ, CARD_F_BDAY },
		.wanted_count = 2,
		.say = STR("我换邮箱了 http://evil.example/ 13800000000") };
	struct ask_opened out;
	struct why why = { 0 };
	struct letters sent;
	const struct store_letter *letter;

	put_card(&h, "li.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:li\r\nFN:李四\r\n"
		"EMAIL:lisi@example.com\r\nEND:VCARD\r\n"));
	CHECK_OK(ask_open(&zhang, &h.rules, &draft, &out, &why));
	sent = posted(&h);
	letter = &sent.list[0];
	CHECK_STR(letter->channel, STR("email"));
	CHECK_STR(letter->to, STR("lisi@example.com"));
	CHECK_STR(letter->from_name, STR("张三"));
	CHECK_STR(letter->reply_to, STR("zhang@example.com"));
	CHECK(has(letter->subject, "张三"));
	CHECK(has(letter->stop_link, "https://kith.example/a/"));
	CHECK(has(letter->body, "我换邮箱了\n"));
	CHECK(has(letter->body, "QQ、生日"));
	CHECK(has(letter->body, "+8613800000000 zhang@example.com"));
	CHECK(!has(letter->body, "evil") && !has(letter->body, "李四"));
	house_close(&h);
}

/* --- how the answerer is known --- */

static void
evidence(void)
{
	static const struct {
		const char *why;
		int64_t age_ms;
		enum ask_by by;
		bool bounced, touched;
		int evidence;
	} rows[] = {
		{ "delivered, settled", 2 * WHEN_DAY_MS, ASK_BY_SMS, false, false, 3 },
		{ "delivered, fresh", WHEN_HOUR_MS, ASK_BY_SMS, false, false, 2 },
		{ "self", 2 * WHEN_DAY_MS, ASK_BY_SELF, false, false, 2 },
		{ "came back", 2 * WHEN_DAY_MS, ASK_BY_SMS, true, false, 2 },
		{ "settled, card edited since", 2 * WHEN_DAY_MS, ASK_BY_SMS, false,
		    true, 3 },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct house h = house_open();
		struct card_op op = insert(CARD_F_ORG, "Example");
		struct ask_opened out;
		struct ask_answered answered;
		struct ask_view view;
		struct call zhang;
		str token;

		check_about(rows[i].why);
		put_card(&h, "li.vcf", LI);
		h.now_ms += rows[i].age_ms;
		if (rows[i].touched)
			put_card(&h, "li.vcf",
			    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li-1\r\nFN:四\r\n"
				"TEL;TYPE=CELL:+86 189 8888 8888\r\nEND:VCARD\r\n"));
		CHECK_OK(ask_whom(&h, "18988888888", rows[i].by, &out));
		token = rows[i].by == ASK_BY_SELF ? token_in(out.link)
						  : token_in(posted(&h).list[0].body);
		if (rows[i].bounced)
			CHECK_OK(travel(&h, out.id, ASK_BOUNCED, "no such number"));
		CHECK_OK(answer_with(&h, token, &op, 1, &answered));
		zhang = call_of(&h, ZHANG);
		CHECK_OK(ask_find(&zhang, out.id, &view));
		CHECK_INT(view.evidence, rows[i].evidence);
		house_close(&h);
	}
	check_about(NULL);
}

/* --- what a target may never see --- */

#define CANARIES                                                                       \
	STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:uid-canary\r\nN:canary-n;x;;;\r\n"      \
	    "FN:canary-fn\r\nNICKNAME:canary-nick\r\nNOTE:canary-note\r\n"             \
	    "CATEGORIES:canary-cat\r\nitem1.TEL;TYPE=HOME:+8613900001234\r\n"          \
	    "item1.X-ABLabel:canary-label\r\nitem2.URL:https://example.com/me\r\n"     \
	    "item2.X-ABLabel:canary-url-label\r\nTEL;TYPE=CELL:18988888888\r\n"        \
	    "EMAIL:canary-mail@example.com\r\nADR;TYPE=HOME:;;canary-street;北京;;;" \
	    "\r\n"                                                                     \
	    "BDAY:1990-08-20\r\nPHOTO;ENCODING=b;TYPE=JPEG:Y2FuYXJ5LXBob3Rv\r\n"       \
	    "IMPP;X-SERVICE-TYPE=QQ:qq:12345canary\r\nX-QQ:987654321\r\n"              \
	    "X-SOCIALPROFILE;TYPE=sinaweibo;x-user=canaryweibo:http://weibo.com/n/"    \
	    "canaryweibo\r\nX-CANARY:canary-x\r\nRELATED:canary-related\r\n"           \
	    "ORG:Example;Dept\r\nTITLE:Boss\r\nREV:2020-01-01T00:00:00Z\r\nEND:"       \
	    "VCARD\r\n")

static bool
leaks(str shown)
{
	static const char *const never[] = { "canary", "1990", "Y2Fu", "13900001234",
		"18988888888", "987654321", "12345" };

	for (size_t i = 0; i < ASK_COUNT(never); i++)
		if (has(shown, never[i])) {
			check_about(never[i]);
			return true;
		}
	return false;
}

static bool
peek_leaks(const struct ask_peek *p)
{
	return leaks(p->asker) || leaks(p->asker_phone) || leaks(p->asker_email) ||
	       leaks(p->say) || leaks(p->to_tail) || leaks(p->lang);
}

static void
canaries(void)
{
	struct house h = house_open();
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct ask_opened out;
	struct ask_peek peek;
	struct ask_page page;
	size_t shown = 0;
	struct letters sent;

	put_card(&h, "li.vcf", CANARIES);
	CHECK_OK(ask_whom(&h, "18988888888", ASK_BY_AUTO, &out));
	sent = posted(&h);
	CHECK(!leaks(sent.list[0].body) && !leaks(sent.list[0].subject));
	CHECK_OK(ask_peek(&nobody, token_in(sent.list[0].body), &peek));
	CHECK(!peek_leaks(&peek));
	CHECK_OK(ask_see(&nobody, token_in(sent.list[0].body), &page));
	CHECK(!peek_leaks(&page.who));
	for (size_t i = 0; i < page.offer_count; i++) {
		CHECK(!leaks(page.offers[i].shown));
		CHECK(page.offers[i].field != CARD_F_NAME);
		CHECK(page.offers[i].field != CARD_F_BDAY);
		CHECK(page.offers[i].field != CARD_F_PHOTO);
		shown += has(page.offers[i].shown, "北京") ||
			 has(page.offers[i].shown, "Boss") ||
			 has(page.offers[i].shown, "https://example.com/me");
	}
	CHECK_INT(shown, 3);
	check_about(NULL);
	house_close(&h);
}

/* With whole values, what is private stays so. */
static void
open_values(void)
{
	static const char *const never[] = { "canary-n", "canary-fn", "canary-note",
		"canary-cat", "canary-label", "canary-url-label", "canary-x",
		"canary-nick", "canary-related", "1990", "Y2Fu" };
	struct house h = house_open();
	struct call zhang = call_of(&h, ZHANG);
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct ask_draft draft = {
		.whom = STR("18988888888"), .by = ASK_BY_SELF, .open_values = true
	};
	struct ask_opened out;
	struct ask_page page;
	struct why why = { 0 };
	bool number = false;

	put_card(&h, "li.vcf", CANARIES);
	CHECK_OK(ask_open(&zhang, &h.rules, &draft, &out, &why));
	CHECK_OK(ask_see(&nobody, token_in(out.link), &page));
	for (size_t i = 0; i < page.offer_count; i++) {
		number |= has(page.offers[i].shown, "18988888888");
		for (size_t n = 0; n < ASK_COUNT(never); n++)
			CHECK(!has(page.offers[i].shown, never[n]));
	}
	CHECK(number);
	house_close(&h);
}

/* --- ops nobody was offered --- */

static void
bad_replies(void)
{
	struct house h = house_open();
	struct ask_answered answered;
	struct card_op op;
	struct card_op twice[2];
	struct ask_offer tel;
	int64_t id;
	str token;
	str big;
	char *at;

	put_card(&h, "li.vcf", CANARIES);
	token = ask_self(&h, "18988888888", ASK_AUTO, &id);
	tel = offer_of(&h, token, CARD_F_MOBILE);
	for (size_t i = 0; i < 40; i++) { /* all that was not offered */
		struct ask_page page;
		struct call nobody = call_of(&h, CALL_NOBODY);
		bool offered = false;

		CHECK_OK(ask_see(&nobody, token, &page));
		for (size_t o = 0; o < page.offer_count; o++)
			offered |= page.offers[o].item == i;
		op = (struct card_op){ .kind = CARD_GONE, .item = i };
		if (!offered)
			CHECK_ERR(
			    answer_with(&h, token, &op, 1, &answered), ERR_BAD_INPUT);
	}
	op = (struct card_op){ .kind = CARD_GONE, .item = SIZE_MAX };
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_BAD_INPUT);
	op = insert(CARD_F_TEL, "13900000009");
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_BAD_INPUT);
	op = insert(CARD_F_MOBILE, "*#06#");
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_BAD_INPUT);
	op = insert(CARD_F_EMAIL, "nobody");
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_BAD_INPUT);
	op = insert(CARD_F_URL, "javascript:alert(1)");
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_BAD_INPUT);
	twice[0] = twice[1] =
	    (struct card_op){ .kind = CARD_CONFIRM, .item = tel.item };
	CHECK_ERR(answer_with(&h, token, twice, 2, &answered), ERR_BAD_INPUT);
	twice[0] = insert(CARD_F_ORG, "a");
	twice[1] = insert(CARD_F_ORG, "b");
	CHECK_ERR(answer_with(&h, token, twice, 2, &answered), ERR_BAD_INPUT);
	CHECK_ERR(answer_with(&h, token, NULL, 0, &answered), ERR_BAD_INPUT);
	at = arena_get(h.arena, CARD_VALUE_MAX_BYTES + 2);
	for (size_t i = 0; i < CARD_VALUE_MAX_BYTES + 1; i++)
		at[i] = 'x';
	big = (str){ at, CARD_VALUE_MAX_BYTES + 1 };
	op = (struct card_op){
		.kind = CARD_INSERT, .field = CARD_F_TITLE, .value = big
	};
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_TOO_LARGE);
	CHECK_STR(card_bytes(&h, "li.vcf"), CANARIES);
	CHECK_INT(state_of(&h, id), ASK_SEEN);
	house_close(&h);
}

static void
unknown_tokens(void)
{
	static const char *const tokens[] = { "", "short", "AAAAAAAAAAAAAAAAAAAA",
		"AAAAAAAAAAAAAAAAAAAAA", "../../../../../../etc" };
	struct house h = house_open();
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct card_op op = insert(CARD_F_ORG, "x");
	struct ask_answered answered;
	struct ask_peek peek;
	struct ask_page page;
	struct why why = { 0 };
	int64_t id;
	str token;

	put_card(&h, "li.vcf", LI);
	token = ask_self(&h, "李四", ASK_FILL, &id);
	for (size_t i = 0; i < ASK_COUNT(tokens); i++) {
		str t = str_of(tokens[i]);

		CHECK_ERR(ask_peek(&nobody, t, &peek), ERR_NOT_FOUND);
		CHECK_ERR(ask_see(&nobody, t, &page), ERR_NOT_FOUND);
		CHECK_ERR(answer_with(&h, t, &op, 1, &answered), ERR_NOT_FOUND);
		CHECK_ERR(
		    ask_leave(&nobody, &h.rules, t, ASK_EXIT_BLOCK_ALL), ERR_NOT_FOUND);
	}
	CHECK_ERR(ask_answer(&nobody, token, NULL, &answered, &why), ERR_NOT_FOUND);
	CHECK_INT(state_of(&h, id), ASK_QUEUED);
	house_close(&h);
}

/* --- exits --- */

static void
exits(void)
{
	static const struct {
		enum ask_exit how;
		enum ask_state owner_sees, target_sees;
	} rows[] = {
		{ ASK_EXIT_DECLINE, ASK_DECLINED, ASK_DECLINED },
		{ ASK_EXIT_NOT_ME, ASK_NOT_ME, ASK_NOT_ME },
		{ ASK_EXIT_BLOCK_OWNER, ASK_SEEN, ASK_EXPIRED },
		{ ASK_EXIT_BLOCK_ALL, ASK_SEEN, ASK_EXPIRED },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct house h = house_open();
		struct ask_opened out = opened(&h);
		str token = token_in(posted(&h).list[0].body);
		struct call nobody = call_of(&h, CALL_NOBODY);
		struct card_op op = insert(CARD_F_ORG, "x");
		struct ask_answered answered;
		struct ask_peek peek;
		struct ask_page page;
		struct ask_view view;
		struct call zhang;

		CHECK_OK(ask_see(&nobody, token, &page));
		CHECK_OK(ask_leave(&nobody, &h.rules, token, rows[i].how));
		CHECK_INT(state_of(&h, out.id), rows[i].owner_sees);
		CHECK_OK(ask_peek(&nobody, token, &peek));
		CHECK(!peek.open);
		CHECK_INT(peek.state, rows[i].target_sees);
		CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_GONE);
		CHECK_STR(card_bytes(&h, "li.vcf"), LI);
		zhang = call_of(&h, ZHANG);
		CHECK_OK(ask_find(&zhang, out.id, &view));
		CHECK_INT(view.event_count, rows[i].owner_sees == ASK_SEEN ? 2 : 3);
		house_close(&h);
	}
}

/* A blocked address: asked again, nothing goes out, and it looks as ever. */
static void
blocked(void)
{
	struct house h = house_open();
	struct ask_opened out = opened(&h);
	str token = token_in(posted(&h).list[0].body);
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct call zhang = call_of(&h, ZHANG);
	struct ask_opened again;
	struct ask_view view;

	CHECK_OK(ask_leave(&nobody, &h.rules, token, ASK_EXIT_BLOCK_OWNER));
	CHECK_OK(ask_leave(&nobody, &h.rules, token, ASK_EXIT_BLOCK_ALL)); /* again */
	CHECK_OK(ask_whom(&h, "18988888888", ASK_BY_SMS, &again));
	CHECK_INT(again.state, ASK_QUEUED);
	CHECK_STR(again.to, out.to);
	CHECK_INT(leaving_letters(&h), 0);
	CHECK_OK(travel(&h, again.id, ASK_SENT, ""));
	CHECK_OK(ask_find(&zhang, again.id, &view));
	CHECK_INT(view.state, ASK_SENT);
	CHECK_INT(view.event_count, 2);
	h.now_ms += 30 * WHEN_DAY_MS;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_sweep(&zhang, 10));
	CHECK_INT(state_of(&h, out.id), ASK_EXPIRED);
	CHECK_INT(state_of(&h, again.id), ASK_EXPIRED);
	house_close(&h);
}

struct blocking {
	struct call call;
	const struct ask_rules *rules;
	bool fresh;
};

static enum err
block_in(struct store_tx *tx, void *arg)
{
	struct blocking *b = arg;

	return ask_block_in(tx, &b->call, b->rules, STR(LI_NUMBER), &b->fresh);
}

static void
opted_out(void)
{
	struct house h = house_open();
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct blocking blocking = { .call = nobody, .rules = &h.rules };
	struct ask_opened out;

	CHECK_OK(ask_block_address(&nobody, &h.rules, STR("LISI@example.COM")));
	CHECK_OK(store_write(h.store, block_in, &blocking));
	CHECK(blocking.fresh);
	CHECK_OK(store_write(h.store, block_in, &blocking));
	CHECK(!blocking.fresh);
	put_card(&h, "li.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\n"
		"TEL;TYPE=CELL:189 8888 8888\r\nEMAIL:lisi@example.com\r\n"
		"END:VCARD\r\n"));
	CHECK_OK(ask_whom(&h, "李四", ASK_BY_SMS, &out));
	CHECK_OK(ask_whom(&h, "李四", ASK_BY_MAIL, &out));
	CHECK_INT(leaving_letters(&h), 0);
	house_close(&h);
}

/* A self-sent link proves no address: it shuts the card's to this owner. */
static void
self_block(void)
{
	struct house h = house_open();
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct ask_opened out;
	int64_t id;
	str token;
	bool everywhere = true;
	struct store_tx *tx = NULL;

	put_card(&h, "li.vcf", LI);
	token = ask_self(&h, "李四", ASK_FILL, &id);
	CHECK_OK(ask_leave(&nobody, &h.rules, token, ASK_EXIT_BLOCK_ALL));
	CHECK_OK(ask_whom(&h, "李四", ASK_BY_SMS, &out));
	CHECK_INT(leaving_letters(&h), 0);
	CHECK_OK(store_look(h.store, &tx));
	CHECK_OK(store_block_has(
	    tx, 0, ask_address_hash(&nobody, &h.rules, STR(LI_NUMBER)), &everywhere));
	store_tx_close(&tx);
	CHECK(!everywhere);
	house_close(&h);
}

static void
revoked(void)
{
	struct house h = house_open();
	struct ask_opened out = opened(&h);
	struct call zhang = call_of(&h, ZHANG);
	struct call other = call_of(&h, 99);

	CHECK_ERR(ask_revoke(&other, out.id), ERR_NOT_FOUND);
	CHECK_OK(ask_revoke(&zhang, out.id));
	CHECK_INT(posted(&h).count, 0); /* the notice had not left */
	CHECK_INT(state_of(&h, out.id), ASK_REVOKED);
	CHECK_ERR(ask_revoke(&zhang, out.id), ERR_GONE);
	CHECK_OK(travel(&h, out.id, ASK_DELIVERED, ""));
	CHECK_INT(state_of(&h, out.id), ASK_REVOKED);
	house_close(&h);
}

static void
expired(void)
{
	struct house h = house_open();
	struct ask_opened out = opened(&h);
	str token = token_in(posted(&h).list[0].body);
	struct call nobody;
	struct card_op op = insert(CARD_F_ORG, "x");
	struct ask_answered answered;
	struct ask_peek peek;

	h.now_ms += 15 * WHEN_DAY_MS;
	nobody = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_peek(&nobody, token, &peek)); /* before any sweep */
	CHECK(!peek.open);
	CHECK_INT(peek.state, ASK_EXPIRED);
	CHECK_INT(state_of(&h, out.id), ASK_EXPIRED);
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_GONE);
	CHECK_OK(ask_sweep(&nobody, 10));
	CHECK_INT(state_of(&h, out.id), ASK_EXPIRED);
	/* Blocking works all the same: old mails are what people stop. */
	CHECK_OK(ask_leave(&nobody, &h.rules, token, ASK_EXIT_BLOCK_ALL));
	CHECK_OK(ask_whom(&h, "18988888888", ASK_BY_SMS, &out));
	CHECK_INT(leaving_letters(&h), 0);
	house_close(&h);
}

static void
swept_in_part(void)
{
	struct house h = house_open();
	struct call zhang;
	struct ask_view *list;
	size_t count, expired_count = 0;
	int64_t id;

	put_card(&h, "li.vcf", LI);
	for (int i = 0; i < 3; i++)
		(void)ask_self(&h, "李四", ASK_FILL, &id);
	h.now_ms += 15 * WHEN_DAY_MS;
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_sweep(&zhang, 2));
	CHECK_OK(ask_list(&zhang, 0, 10, &list, &count));
	CHECK_INT(count, 3);
	CHECK_INT(list[0].id, id); /* newest first */
	for (size_t i = 0; i < count; i++)
		expired_count += list[i].state == ASK_EXPIRED;
	CHECK_INT(expired_count, 3); /* swept or not, it reads expired */
	CHECK_OK(ask_list(&zhang, list[1].made_ms, 10, &list, &count));
	CHECK_INT(count, 1);
	CHECK_OK(ask_of_card(
	    &zhang, STR(BOOK_DEFAULT_NAME), STR("li.vcf"), 2, &list, &count));
	CHECK_INT(count, 2);
	CHECK_ERR(ask_of_card(&zhang, STR("none"), STR("li.vcf"), 2, &list, &count),
	    ERR_NOT_FOUND);
	house_close(&h);
}

static void
gone_card(void)
{
	struct house h = house_open();
	struct card_op op = insert(CARD_F_ORG, "x");
	struct ask_answered answered;
	int64_t id;
	str token;

	put_card(&h, "li.vcf", LI);
	token = ask_self(&h, "李四", ASK_FILL, &id);
	remove_card(&h, "li.vcf");
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_GONE);
	CHECK_INT(state_of(&h, id), ASK_REVOKED);

	/* Another person's card at the same name is not his. */
	put_card(&h, "li.vcf", LI);
	token = ask_self(&h, "李四", ASK_FILL, &id);
	remove_card(&h, "li.vcf");
	put_card(&h, "li.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:other\r\nFN:赵六\r\nEND:VCARD\r\n"));
	CHECK_ERR(answer_with(&h, token, &op, 1, &answered), ERR_GONE);
	CHECK_INT(state_of(&h, id), ASK_REVOKED);
	CHECK(!has(card_bytes(&h, "li.vcf"), "ORG"));
	house_close(&h);
}

/* --- second answers and the owner's word --- */

static void
second_answer(void)
{
	struct house h = house_open();
	struct card_op first[] = { insert(CARD_F_ORG, "Example"),
		insert(CARD_F_MOBILE, "13900000001") };
	struct card_op second[] = { insert(CARD_F_ORG, "Example"),
		insert(CARD_F_MOBILE, "13900000002") };
	struct ask_answered answered;
	struct ask_view view;
	struct call zhang;
	struct why why = { 0 };
	int64_t id;
	str token;
	str card;

	put_card(&h, "li.vcf", LI);
	token = ask_self(&h, "李四", ASK_FILL, &id);
	CHECK_OK(answer_with(&h, token, first, 2, &answered));
	CHECK_INT(answered.state, ASK_PARTLY);
	CHECK_INT(answered.applied, 1);
	CHECK_INT(answered.waiting, 1);
	card = card_bytes(&h, "li.vcf");
	CHECK_OK(answer_with(&h, token, first, 2, &answered)); /* the same once more */
	CHECK_INT(answered.applied, 1);
	CHECK_STR(card_bytes(&h, "li.vcf"), card);
	CHECK_OK(answer_with(&h, token, second, 2, &answered));
	CHECK_INT(answered.verified, 1);
	CHECK_INT(answered.waiting, 1);
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_find(&zhang, id, &view));
	CHECK_STR(view.items[1].after, STR("13900000002"));

	CHECK_ERR(ask_decide(&zhang, id, 0, true, &why), ERR_CONDITION);
	CHECK_ERR(ask_decide(&zhang, id, 7, true, &why), ERR_CONDITION);
	CHECK_OK(ask_decide(&zhang, id, 1, true, &why));
	CHECK(has(card_bytes(&h, "li.vcf"), "13900000002"));
	CHECK(!has(card_bytes(&h, "li.vcf"), "13900000001"));
	CHECK_INT(state_of(&h, id), ASK_MERGED);
	CHECK_ERR(ask_decide(&zhang, id, SIZE_MAX, true, &why), ERR_CONDITION);
	CHECK_ERR(answer_with(&h, token, second, 2, &answered), ERR_GONE);
	house_close(&h);
}

static void
refused(void)
{
	struct house h = house_open();
	struct card_op ops[] = { insert(CARD_F_ORG, "Example"),
		insert(CARD_F_TITLE, "Boss") };
	struct ask_answered answered;
	struct ask_view view;
	struct call zhang = call_of(&h, ZHANG);
	struct call other = call_of(&h, 99);
	struct why why = { 0 };
	int64_t id;
	str token;

	put_card(&h, "li.vcf", LI);
	token = ask_self(&h, "李四", ASK_REVIEW, &id);
	CHECK_OK(answer_with(&h, token, ops, 2, &answered));
	CHECK_INT(answered.state, ASK_ANSWERED);
	CHECK_STR(card_bytes(&h, "li.vcf"), LI);
	CHECK_ERR(ask_decide(&other, id, SIZE_MAX, true, &why), ERR_NOT_FOUND);
	CHECK_OK(ask_decide(&zhang, id, 1, false, &why));
	CHECK_INT(state_of(&h, id), ASK_PARTLY);
	CHECK_OK(ask_decide(&zhang, id, SIZE_MAX, false, &why));
	CHECK_STR(card_bytes(&h, "li.vcf"), LI);
	CHECK_OK(ask_find(&zhang, id, &view));
	CHECK_INT(view.items[0].decision, 'r');
	CHECK_INT(view.items[1].decision, 'r');
	CHECK_INT(view.state, ASK_MERGED);
	house_close(&h);
}

static void
decided_too_late(void)
{
	struct house h = house_open();
	struct card_op op = insert(CARD_F_ORG, "Example");
	struct ask_answered answered;
	struct call zhang = call_of(&h, ZHANG);
	struct why why = { 0 };
	int64_t id;
	str token;

	put_card(&h, "li.vcf", LI);
	token = ask_self(&h, "李四", ASK_REVIEW, &id);
	CHECK_OK(answer_with(&h, token, &op, 1, &answered));
	h.now_ms += 60 * WHEN_DAY_MS; /* what waits does not expire */
	zhang.now_ms = h.now_ms;
	CHECK_OK(ask_sweep(&zhang, 10));
	CHECK_INT(state_of(&h, id), ASK_ANSWERED);
	remove_card(&h, "li.vcf");
	CHECK_ERR(ask_decide(&zhang, id, SIZE_MAX, true, &why), ERR_GONE);
	CHECK_INT(state_of(&h, id), ASK_REVOKED);
	house_close(&h);
}

/* --- two at once --- */

struct rival {
	struct house *h;
	str token;
	const char *org;
	enum err outcome;
	struct ask_answered answered;
};

static void *
compete(void *arg)
{
	struct rival *r = arg;
	SCOPED(arena) arena = arena_open();
	struct call call = {
		.store = r->h->store, .arena = arena, .now_ms = r->h->now_ms + 1000
	};
	struct card_op op = insert(CARD_F_ORG, r->org);
	struct ask_reply reply = { .ops = { &op, 1 }, .by = ASK_DOOR_WEB };
	struct why why = { 0 };

	r->outcome = ask_answer(&call, r->token, &reply, &r->answered, &why);
	return NULL;
}

static void
two_at_once(void)
{
	for (int round = 0; round < 10; round++) {
		struct house h = house_open();
		int64_t id;
		pthread_t threads[2];
		struct rival rivals[2];
		str card;

		put_card(&h, "li.vcf", LI);
		rivals[0] = (struct rival){ .h = &h, .org = "Alpha" };
		rivals[1] = (struct rival){ .h = &h, .org = "Beta" };
		rivals[0].token = rivals[1].token = ask_self(&h, "李四", ASK_FILL, &id);
		for (int i = 0; i < 2; i++)
			must(!pthread_create(&threads[i], NULL, compete, &rivals[i]));
		for (int i = 0; i < 2; i++)
			must(!pthread_join(threads[i], NULL));
		/* One of them is in, whole; the other was told that it is over. */
		CHECK((rivals[0].outcome == OK) != (rivals[1].outcome == OK));
		CHECK_ERR(rivals[rivals[0].outcome == OK].outcome, ERR_GONE);
		card = card_bytes(&h, "li.vcf");
		CHECK(has(card, "Alpha") == (rivals[0].outcome == OK));
		CHECK(has(card, "Beta") == (rivals[1].outcome == OK));
		house_close(&h);
	}
}

int
main(void)
{
	return CHECK_RUN({ "a notice", notice }, { "the whole life", whole_life },
	    { "the history says who", history }, { "which address", choosing },
	    { "SMS or MMS", mobile_ways }, { "refusals", refusals },
	    { "a notice by mail", mail }, { "evidence", evidence },
	    { "canaries", canaries }, { "whole values", open_values },
	    { "bad replies", bad_replies }, { "unknown tokens", unknown_tokens },
	    { "exits", exits }, { "a blocked address", blocked },
	    { "opted out", opted_out }, { "a block by a self-sent link", self_block },
	    { "revoked", revoked }, { "expired", expired },
	    { "swept in part", swept_in_part }, { "the card is gone", gone_card },
	    { "a second answer", second_answer }, { "refused", refused },
	    { "decided too late", decided_too_late }, { "two at once", two_at_once });
}

/* test_small.c - the rules that need no store: states, policy, texts, masks, the sentence. */
#include "ask/ask_int.h"
#include "ask/policy.h"
#include "ask/texts.h"
#include "base/check.h"

/* --- states --- */

static void
arrows(void)
{
	static const struct {
		enum ask_state from, to;
		bool may;
	} rows[] = {
		{ ASK_QUEUED, ASK_SENT, true },
		{ ASK_SENT, ASK_QUEUED, false },
		{ ASK_SENT, ASK_DELIVERED, true },
		{ ASK_DELIVERED, ASK_SENT, false },
		{ ASK_DELIVERED, ASK_BOUNCED, false },
		{ ASK_BOUNCED, ASK_DELIVERED, true },
		{ ASK_BOUNCED, ASK_MERGED, true },
		{ ASK_SEEN, ASK_DELIVERED, false },
		{ ASK_SEEN, ASK_EXPIRED, true },
		{ ASK_ANSWERED, ASK_EXPIRED, false },
		{ ASK_ANSWERED, ASK_ANSWERED, true },
		{ ASK_PARTLY, ASK_MERGED, true },
		{ ASK_PARTLY, ASK_SEEN, false },
		{ ASK_PARTLY, ASK_NOT_ME, true },
		{ ASK_MERGED, ASK_ANSWERED, false },
		{ ASK_MERGED, ASK_REVOKED, false },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		check_about(ask_state_word(rows[i].from).at);
		CHECK_INT(ask_may_become(rows[i].from, rows[i].to), rows[i].may);
	}
	check_about(NULL);
	for (size_t i = 0; i < ASK_STATE_COUNT; i++) {
		CHECK(!ask_may_become(ASK_DECLINED, (enum ask_state)i));
		CHECK(!ask_may_become(ASK_EXPIRED, (enum ask_state)i));
		CHECK(!ask_may_become(ASK_REVOKED, (enum ask_state)i));
		CHECK(!ask_may_become(ASK_NOT_ME, (enum ask_state)i));
	}
}

static void
standing(void)
{
	SCOPED(arena) arena = arena_open();
	struct ask_standing at;

	for (size_t i = 0; i < ASK_STATE_COUNT; i++)
		for (int blocked = 0; blocked < 2; blocked++) {
			struct ask_standing wanted = { (enum ask_state)i, blocked };

			CHECK(ask_standing_read(ask_standing_word(arena, wanted), &at));
			CHECK_INT(at.state, wanted.state);
			CHECK_INT(at.blocked, wanted.blocked);
		}
	CHECK(!ask_standing_read(STR("opened"), &at));
	CHECK(!ask_standing_read(STR(""), &at));
	CHECK(!ask_standing_read(STR(" blocked"), &at));
}

static void
words(void)
{
	enum ask_by by;
	enum ask_kind kind;

	CHECK(ask_by_read(STR("email"), &by));
	CHECK_INT(by, ASK_BY_MAIL);
	CHECK(ask_by_read(STR("mms"), &by));
	CHECK_INT(by, ASK_BY_MMS);
	CHECK(!ask_by_read(STR("fax"), &by));
	CHECK(!ask_by_read(STR(""), &by));
	CHECK(ask_kind_read(STR("link"), &kind));
	CHECK(ask_kind_read(STR("form"), &kind));
	CHECK_INT(kind, ASK_FORM);
	CHECK(!ask_kind_read(STR("letter"), &kind));
	CHECK_INT(ask_mode_read(STR("auto")), ASK_AUTO);
	CHECK_INT(ask_mode_read(STR("whatever")), ASK_FILL);
	CHECK_INT(ask_mode_read(STR("")), ASK_FILL);
}

/* --- policy, row by row: fill, review, auto at evidence 2; then auto at 3 and at 1 --- */

static void
policy(void)
{
	static const struct {
		const char *why;
		enum card_cell cell;
		enum card_field field;
		bool last, class_new;
		const char *letters; /* fill@2 review@2 auto@2 auto@3 auto@1 fill@1 */
	} rows[] = {
		{ "verified", CARD_CELL_VERIFIED, CARD_F_MOBILE, 0, 0, "vvvvvv" },
		{ "nothing", CARD_CELL_NOTHING, CARD_F_MOBILE, 0, 0, "nnnnnn" },
		{ "fill", CARD_CELL_FILL, CARD_F_EMAIL, 0, 0, "awaaww" },
		{ "fill a name", CARD_CELL_FILL, CARD_F_NAME, 0, 0, "awaaww" },
		{ "fill a picture", CARD_CELL_FILL, CARD_F_PHOTO, 0, 0, "awaaww" },
		{ "fill, odd number", CARD_CELL_FILL, CARD_F_MOBILE, 0, 1, "wwwwww" },
		{ "append", CARD_CELL_APPEND, CARD_F_EMAIL, 0, 0, "wwaaww" },
		{ "append, odd", CARD_CELL_APPEND, CARD_F_MOBILE, 0, 1, "wwwwww" },
		{ "replace QQ", CARD_CELL_REPLACE, CARD_F_QQ, 0, 0, "wwaaww" },
		{ "replace a number", CARD_CELL_REPLACE, CARD_F_MOBILE, 0, 0,
		    "wwwaww" },
		{ "replace the last", CARD_CELL_REPLACE, CARD_F_EMAIL, 1, 0, "wwwaww" },
		{ "replace, odd", CARD_CELL_REPLACE, CARD_F_MOBILE, 0, 1, "wwwwww" },
		{ "replace a name", CARD_CELL_REPLACE, CARD_F_NAME, 0, 0, "wwwwww" },
		{ "replace a picture", CARD_CELL_REPLACE, CARD_F_PHOTO, 0, 0,
		    "wwwwww" },
		{ "remove an address", CARD_CELL_REMOVE, CARD_F_WORK_ADDRESS, 0, 0,
		    "wwwaww" },
		{ "remove the last", CARD_CELL_REMOVE, CARD_F_EMAIL, 1, 0, "wwwaww" },
		{ "old holds", CARD_CELL_OLD_HOLDS, CARD_F_QQ, 0, 0, "wwwwww" },
		{ "restore", CARD_CELL_RESTORE, CARD_F_QQ, 0, 0, "wwwwww" },
		{ "conflict", CARD_CELL_CONFLICT, CARD_F_QQ, 0, 0, "wwwwww" },
		{ "add back", CARD_CELL_ADD_BACK, CARD_F_QQ, 0, 0, "wwwwww" },
		{ "remove other", CARD_CELL_REMOVE_OTHER, CARD_F_QQ, 0, 0, "wwwwww" },
	};
	static const struct {
		enum ask_mode mode;
		int evidence;
	} columns[] = { { ASK_FILL, 2 }, { ASK_REVIEW, 2 }, { ASK_AUTO, 2 },
		{ ASK_AUTO, 3 }, { ASK_AUTO, 1 }, { ASK_FILL, 1 } };

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct card_verdict v = { .cell = rows[i].cell,
			.op.field = rows[i].field,
			.last = rows[i].last,
			.class_new = rows[i].class_new };
		char got[ASK_COUNT(columns)];

		for (size_t c = 0; c < ASK_COUNT(columns); c++)
			got[c] = ask_policy(columns[c].mode, &v, columns[c].evidence);
		check_about(rows[i].why);
		CHECK_STR(((str){ got, sizeof got }), str_of(rows[i].letters));
	}
	check_about(NULL);
}

static void
sum(void)
{
	struct ask_answered none = ask_sum_up(STR(""));
	struct ask_answered all = ask_sum_up(STR("ww"));
	struct ask_answered some = ask_sum_up(STR("avwn"));

	CHECK_INT(none.state, ASK_MERGED);
	CHECK_INT(all.state, ASK_ANSWERED);
	CHECK_INT(some.state, ASK_PARTLY);
	CHECK_INT(some.applied, 1);
	CHECK_INT(some.verified, 1);
	CHECK_INT(some.waiting, 1);
	CHECK_INT(ask_sum_up(STR("rr")).state, ASK_MERGED);
}

/* --- the owner's sentence --- */

static void
sentence(void)
{
	static const struct {
		const char *typed, *said;
	} rows[] = {
		{ "  我换手机了，帮忙核对一下  ", "我换手机了，帮忙核对一下" },
		{ "see https://evil.example/x?y now", "see  now" },
		{ "看http://例子.中国/路径 谢谢", "看 谢谢" },
		{ "看evil.cn/a谢谢", "看谢谢" },
		{ "go to www.1a", "go to" },
		{ "ｅｖｉｌ．ｃｎ here", "here" },
		{ "call 13800000000 please", "call  please" },
		{ "call １３８００ please", "call  please" },
		{ "since 2019, v2.0", "since 2019, v2.0" },
		{ "a\r\nb\tc", "a b c" },
		{ "a\xE2\x80\xAE"
		  "b\xE2\x80\x8B"
		  "c",
		    "abc" },
		{ "1\xE2\x80\x8B"
		  "3800",
		    "" },
		{ "\xFF\xFE", "" },
		{ "", "" },
	};
	SCOPED(arena) arena = arena_open();
	char many[400];
	str cut;

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		check_about(rows[i].typed);
		CHECK_STR(ask_say(arena, str_of(rows[i].typed)), str_of(rows[i].said));
	}
	check_about(NULL);
	for (size_t i = 0; i + 3 <= sizeof many; i += 3) {
		many[i] = '\xE5';
		many[i + 1] = '\xBC';
		many[i + 2] = '\xA0';
	}
	cut = ask_say(arena, (str){ many, 399 });
	CHECK_INT(cut.len, 3 * ASK_SAY_MAX_RUNES);
}

/* --- masks --- */

static void
masks(void)
{
	static const struct {
		enum card_field field;
		const char *text, *shown;
	} rows[] = {
		{ CARD_F_MOBILE, "+86 189 8888 1234", "•••• 1234" },
		{ CARD_F_WORK_TEL, "12345", "•••• 45" },
		{ CARD_F_TEL, "12", "••••" },
		{ CARD_F_FAX, "", "••••" },
		{ CARD_F_EMAIL, "lisi@qq.com", "l***@q**.com" },
		{ CARD_F_EMAIL, "李四同学@例子.中国", "李***@例**.中国" },
		{ CARD_F_EMAIL, "ab@q.com", "***@q**.com" },
		{ CARD_F_WORK_EMAIL, "root@localhost", "r***@l**" },
		{ CARD_F_WORK_EMAIL, "nothing", "n***@**" },
		{ CARD_F_QQ, "12345678", "1***" },
		{ CARD_F_WECHAT, "李四", "***" },
		{ CARD_F_WEIBO, "李四同学", "李***" },
		{ CARD_F_ORG, "示例公司", "示例公司" },
		{ CARD_F_TITLE,
		    "a\xE2\x80\xAE"
		    "b",
		    "ab" },
	};
	SCOPED(arena) arena = arena_open();
	struct card card = { 0 };

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct card_item item = { .field = rows[i].field,
			.text = str_of(rows[i].text) };

		check_about(rows[i].text);
		CHECK_STR(ask_mask(arena, &card, &item), str_of(rows[i].shown));
	}
	check_about(NULL);
	CHECK_STR(ask_mask_tail(arena, STR("+8618988888888")), STR("8888"));
	CHECK_STR(ask_mask_tail(arena, STR("lisi@qq.com")), STR("l***@q**.com"));
	CHECK_STR(ask_mask_tail(arena, STR("")), STR(""));
	CHECK(!ask_offered(CARD_F_NAME));
	CHECK(!ask_offered(CARD_F_BDAY));
	CHECK(!ask_offered(CARD_F_PHOTO));
}

static void
places(void)
{
	static const struct {
		const char *value, *shown;
	} rows[] = {
		{ ";;建国路 88 号;北京;;100000;中国", "•••• 北京" },
		{ ";;建国路 88 号;;;;", "••••" },
		{ ";;a\\;b;Bei\\,jing;;;", "•••• Bei,jing" },
		{ "only", "••••" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct card_property adr = { .is = CARD_ADR,
			.value = str_of(rows[i].value) };
		struct card card = { .properties = &adr, .count = 1 };
		struct card_item item = { .field = CARD_F_HOME_ADDRESS,
			.text = str_of(rows[i].value) };

		check_about(rows[i].value);
		CHECK_STR(ask_mask(arena, &card, &item), str_of(rows[i].shown));
	}
	check_about(NULL);
}

/* --- texts --- */

#define TOKEN "0123456789-_abcdefgh"

static str
notice(struct arena *arena, const char *lang, const char *name, const char *origin)
{
	const struct ask_hole holes[] = { { "owner", str_of(name) },
		{ "link", arena_printf(arena, "%s/a/" TOKEN, origin) } };

	return ask_text(arena, str_of(lang), ASK_T_NOTICE_SMS, holes, 2);
}

static void
lengths(void)
{
	static const struct {
		const char *lang, *name, *origin;
		unsigned units; /* 0: any, in one part */
		bool ucs2;
	} rows[] = {
		{ "zh", "张三", "https://kith.cn", 60, true },
		{ "zh", "张三", "https://kith.example.com", 69, true },
		{ "zh", "张三", "http://127.0.0.1:12345", 0, true },
		{ "en", "Zhang San", "https://kith.cn", 0, false },
		{ "en", "Alexander Hamilton-Smith", "https://kith.example.com", 0,
		    false },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct courier_parts parts = courier_sms_parts(
		    notice(arena, rows[i].lang, rows[i].name, rows[i].origin));

		check_about(rows[i].origin);
		CHECK_INT(parts.parts, 1);
		CHECK_INT(parts.ucs2, rows[i].ucs2);
		if (rows[i].units)
			CHECK_INT(parts.units, rows[i].units);
	}
	check_about(NULL);
}

/* Every reply to the owner's own phone is one part too, in both languages. */
static void
replies(void)
{
	static const enum ask_text all[] = { ASK_T_CHALLENGE_SMS, ASK_T_ASKED,
		ASK_T_NONE, ASK_T_NO_WAY, ASK_T_WRONG_CODE, ASK_T_HELP, ASK_T_STOPPED };
	const struct ask_hole holes[] = { { "code", STR("1234") },
		{ "name", STR("李四") }, { "typed", STR("18988888888") } };
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < ASK_COUNT(all); i++) {
		str zh = ask_text(arena, STR("zh"), all[i], holes, 3);
		str en = ask_text(arena, STR("en"), all[i], holes, 3);

		check_about(en.at);
		CHECK_INT(courier_sms_parts(zh).parts, 1);
		CHECK(zh.len > 0 && en.len > 0 && !str_same(zh, en));
		CHECK(!str_has(zh, '{') && !str_has(en, '{'));
	}
	check_about(NULL);
}

static void
holes(void)
{
	const struct ask_hole wild[] = {
		{ "owner", STR("a\r\nBcc: x\xE2\x80\xAE{link}") }, { "link", STR("L") }
	};
	SCOPED(arena) arena = arena_open();
	str mail;
	str sms = ask_text(arena, STR("en"), ASK_T_NOTICE_SMS, wild, 2);

	CHECK(str_starts(sms, STR("aBcc: x{link} asks")) ||
	      str_starts(sms, STR("a Bcc: x{link} asks")));
	CHECK(str_find(sms, STR("\n")) == SIZE_MAX);
	mail = ask_text(arena, STR("en"), ASK_T_NOTICE_MAIL, wild, 2);
	CHECK(str_find(mail, STR("\n\n\n")) == SIZE_MAX);
	CHECK(str_find(mail, STR("{")) != SIZE_MAX); /* the value's own, not filled */
	CHECK(str_find(mail, STR("Asked for: \n")) != SIZE_MAX);
	CHECK_STR(ask_field_text(STR("en"), CARD_F_WORK_TEL), STR("Work phone"));
	CHECK_STR(ask_field_text(STR("fr"), CARD_F_WORK_TEL), STR("办公电话"));
	for (size_t i = 0; i < CARD_F_COUNT; i++)
		CHECK(ask_field_text(STR("zh"), (enum card_field)i).len > 0);
}

int
main(void)
{
	return CHECK_RUN({ "arrows between states", arrows },
	    { "where an ask stands", standing }, { "words", words },
	    { "the policy, row by row", policy }, { "what decisions come to", sum },
	    { "the owner's sentence", sentence }, { "masks", masks },
	    { "cities", places }, { "a notice is one SMS", lengths },
	    { "replies are one SMS", replies }, { "holes", holes });
}

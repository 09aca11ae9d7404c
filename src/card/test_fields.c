/* test_fields.c - items, lines, keys and guesses. */
#include "base/check.h"
#include "card/key.h"
#include "card/ops.h"

static struct card *
read(struct arena *arena, const char *body)
{
	struct card *card = NULL;
	struct why why = { 0 };

	must(card_read(arena,
		 arena_printf(
		     arena, "BEGIN:VCARD\r\nVERSION:3.0\r\n%sEND:VCARD\r\n", body),
		 &card, &why) == OK);
	return card;
}

static void
items(void)
{
	static const struct {
		const char *why, *body, *field, *text;
	} rows[] = {
		{ "mobile", "TEL;TYPE=CELL:138 0013 8000\r\n", "mobile",
		    "138 0013 8000" },
		{ "untyped, but a mobile's number", "TEL:18988888888\r\n", "mobile",
		    "18988888888" },
		{ "untyped, and not", "TEL:010-65521234\r\n", "tel", "010-65521234" },
		{ "work before voice", "TEL;TYPE=WORK,VOICE:1234567\r\n", "work-tel",
		    "1234567" },
		{ "fax before work", "TEL;TYPE=WORK;TYPE=FAX:1234567\r\n", "fax",
		    "1234567" },
		{ "2.1's bare type", "TEL;HOME:1234567\r\n", "home-tel", "1234567" },
		{ "work mail", "item1.EMAIL;type=INTERNET;type=WORK:a@b.cn\r\n",
		    "work-email", "a@b.cn" },
		{ "units", "ORG:Acme\\, Inc;Sales\r\n", "org", "Acme, Inc Sales" },
		{ "address", "ADR;TYPE=WORK:;;1 High St;Town;;AB1;UK\r\n",
		    "work-address", "1 High St\nTown\nAB1\nUK" },
		{ "no year, 4.0", "BDAY:--0820\r\n", "bday", "08-20" },
		{ "no year, Apple", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-08-20\r\n",
		    "bday", "08-20" },
		{ "QQ, old", "X-QQ:12345678\r\n", "qq", "12345678" },
		{ "QQ, Apple", "IMPP;X-SERVICE-TYPE=QQ:x-apple:12345678\r\n", "qq",
		    "12345678" },
		{ "QQ, scheme", "IMPP:qq:12345678\r\n", "qq", "12345678" },
		{ "WeChat, label",
		    "item1.IMPP:x-apple:lisi\r\nitem1.X-ABLabel:微信号\r\n", "wechat",
		    "lisi" },
		{ "Weibo, profile",
		    "X-SOCIALPROFILE;type=sinaweibo;x-user=李四:http://weibo.com/n/"
		    "李四\r\n",
		    "weibo", "李四" },
		{ "Weibo, address", "URL:https://weibo.com/n/lisi/\r\n", "weibo",
		    "lisi" },
		{ "a page", "URL:https://example.org/\r\n", "url",
		    "https://example.org/" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card_items got =
		    card_items(arena, read(arena, rows[i].body), STR("CN"));

		check_about(rows[i].why);
		if (!CHECK_INT(got.count, 1))
			continue;
		CHECK_STR(card_field_name(got.list[0].field), str_of(rows[i].field));
		CHECK_STR(got.list[0].text, str_of(rows[i].text));
	}
}

static void
no_items(void)
{
	static const struct {
		const char *why, *body;
		size_t count;
	} rows[] = {
		{ "a note", "NOTE:x\r\nCATEGORIES:a\r\nX-ODD:1\r\n", 0 },
		{ "a name that is a number", "FN:189 8888 8888\r\nTEL:18988888888\r\n",
		    1 },
		{ "a Weibo held twice",
		    "X-SOCIALPROFILE;type=sinaweibo;x-user=li:http://weibo.com/n/li\r\n"
		    "item1.URL:https://weibo.com/n/li\r\nitem1.X-ABLabel:微博\r\n",
		    1 },
		{ "two different ones",
		    "X-SOCIALPROFILE;type=sinaweibo;x-user=li:http://weibo.com/n/li\r\n"
		    "URL:https://weibo.com/n/zhang\r\n",
		    2 },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].why);
		CHECK_INT(card_items(arena, read(arena, rows[i].body), STR("CN")).count,
		    rows[i].count);
	}
}

/* What a line holds is read back as the value it was made of. */
static void
lines_there_and_back(void)
{
	static const struct {
		enum card_field field;
		const char *value;
	} rows[] = {
		{ CARD_F_MOBILE, "+8618988888888" },
		{ CARD_F_WORK_TEL, "010-65521234" },
		{ CARD_F_HOME_TEL, "010 1234567" },
		{ CARD_F_FAX, "010-7654321" },
		{ CARD_F_EMAIL, "a@b.cn" },
		{ CARD_F_WORK_EMAIL, "c@d.cn" },
		{ CARD_F_ORG, "甲公司; 乙, \\丙" },
		{ CARD_F_TITLE, "经理" },
		{ CARD_F_WORK_ADDRESS, "北京市\n朝阳区" },
		{ CARD_F_HOME_ADDRESS, "1 High St\nTown\nShire\nAB1\nUK" },
		{ CARD_F_QQ, "12345678" },
		{ CARD_F_WECHAT, "li_si-1" },
		{ CARD_F_WEIBO, "李四同学" },
		{ CARD_F_URL, "https://example.org/x?y=1,2" },
		{ CARD_F_BDAY, "1990-08-20" },
		{ CARD_F_BDAY, "08-20" },
		{ CARD_F_NAME, "李四" },
	};
	static const char *const versions[] = { "3.0", "4.0" };
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows * 2; i++) {
		const char *version = versions[i % 2];
		str text = arena_printf(
		    arena, "BEGIN:VCARD\r\nVERSION:%s\r\nEND:VCARD\r\n", version);
		struct card_edit edits[CARD_LINES_MAX];
		struct card_items got;
		struct card_lines lines;
		struct card *card;
		struct why why;

		check_about(rows[i / 2].value);
		must(card_read(arena, text, &card, &why) == OK);
		if (!CHECK_OK(card_field_lines(arena, card, rows[i / 2].field,
			str_of(rows[i / 2].value), &lines, &why)))
			continue;
		for (size_t k = 0; k < lines.count; k++)
			edits[k] =
			    (struct card_edit){ CARD_EDIT_ADD, 0, lines.list[k] };
		CHECK_OK(card_write(arena, card, edits, lines.count, &text));
		CHECK_OK(card_read(arena, text, &card, &why));
		got = card_items(arena, card, STR("CN"));
		if (!CHECK_INT(got.count, 1))
			continue;
		CHECK(got.list[0].field == rows[i / 2].field);
		CHECK_STR(got.list[0].text, str_of(rows[i / 2].value));
	}
}

static void
bad_values(void)
{
	static const struct {
		enum card_field field;
		const char *value;
	} rows[] = {
		{ CARD_F_MOBILE, "*#06#" },
		{ CARD_F_MOBILE, "call me" },
		{ CARD_F_MOBILE, "12" },
		{ CARD_F_WORK_TEL, "tel:+86;phone-context=x" },
		{ CARD_F_EMAIL, "nobody" },
		{ CARD_F_EMAIL, "a@b" },
		{ CARD_F_EMAIL, "a@b.cn\r\nBcc: x@y.z" },
		{ CARD_F_URL, "javascript:alert(1)" },
		{ CARD_F_URL, "ftp://x.y" },
		{ CARD_F_QQ, "1234" },
		{ CARD_F_QQ, "12345a" },
		{ CARD_F_WECHAT, "<x>" },
		{ CARD_F_BDAY, "1990-13-01" },
		{ CARD_F_BDAY, "soon" },
		{ CARD_F_ORG, "  " },
		{ CARD_F_ORG, "caf\xE9" },
		{ CARD_F_PHOTO, "<svg/>" },
		{ CARD_F_TITLE, "\x01" },
	};
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, "");

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card_lines lines;
		struct why why = { 0 };

		check_about(rows[i].value);
		CHECK_ERR(card_field_lines(arena, card, rows[i].field,
			      str_of(rows[i].value), &lines, &why),
		    ERR_BAD_INPUT);
		CHECK_STR(why.name, card_field_name(rows[i].field));
	}
}

static void
long_values(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf value = buf_in(arena, CARD_VALUE_MAX_BYTES + 1);
	struct card_lines lines;
	struct why why;

	for (size_t i = 0; i <= CARD_VALUE_MAX_BYTES; i++)
		buf_add_char(&value, 'x');
	CHECK_ERR(card_field_lines(arena, read(arena, ""), CARD_F_ORG, buf_str(&value),
		      &lines, &why),
	    ERR_TOO_LARGE);
	CHECK_OK(card_field_lines(arena, read(arena, ""), CARD_F_ORG,
	    str_part(buf_str(&value), 1, value.len), &lines, &why));
}

/* Every identifier of the catalogue, as the book holds it and as a person types it. */
static void
found_by_anything(void)
{
	static const char body[] =
	    "FN:李四\r\nN:李;四;;;\r\nTEL;TYPE=CELL:189 8888 8888\r\n"
	    "TEL;TYPE=WORK:010-65521234\r\nADR;TYPE=WORK:;;北京市朝阳区建国路 88 "
	    "号;;;;\r\n"
	    "ADR;TYPE=HOME:;;学院路30号;;;;\r\nX-QQ:12345678\r\n"
	    "URL:http://weibo.com/n/李四同学\r\nEMAIL:Li.Si@Example.COM\r\n"
	    "IMPP;X-SERVICE-TYPE=Skype:skype:lisi\r\n";
	static const struct {
		const char *typed;
		enum card_key_kind kind;
	} rows[] = {
		{ "18988888888", CARD_KEY_MOBILE },
		{ "+86 189-8888-8888", CARD_KEY_MOBILE },
		{ "１８９８８８８８８８８", CARD_KEY_MOBILE },
		{ "(010) 6552 1234", CARD_KEY_WORK_TEL },
		{ "北京市朝阳区建国路88号", CARD_KEY_WORK_ADDRESS },
		{ "学院路 30 号", CARD_KEY_HOME_ADDRESS },
		{ "12345678", CARD_KEY_QQ },
		{ "qq:12345678", CARD_KEY_QQ },
		{ "@李四同学", CARD_KEY_WEIBO },
		{ "weibo:李四同学", CARD_KEY_WEIBO },
		{ "li.si@example.com", CARD_KEY_EMAIL },
		{ "李四", CARD_KEY_NAME },
		{ "四 李", CARD_KEY_NAME },
		{ "skype:lisi", CARD_KEY_IM },
	};
	SCOPED(arena) arena = arena_open();
	struct card_keys keys = card_keys(arena, read(arena, body), STR("CN"));

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card_keys guess =
		    card_key_guess(arena, str_of(rows[i].typed), STR("CN"));
		bool found = false;

		for (size_t g = 0; g < guess.count; g++)
			for (size_t k = 0; k < keys.count; k++)
				found |=
				    guess.list[g].kind == rows[i].kind &&
				    keys.list[k].kind == rows[i].kind &&
				    str_same(guess.list[g].value, keys.list[k].value);
		check_about(rows[i].typed);
		CHECK(found);
	}
}

static void
sorted_keys(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_keys keys = card_keys(arena,
	    read(arena,
		"TEL:1\r\nEMAIL:b@c.d\r\nEMAIL:a@c.d\r\nEMAIL:a@c.d\r\nFN:x\r\n"),
	    STR("CN"));

	for (size_t i = 1; i < keys.count; i++)
		CHECK(keys.list[i - 1].kind < keys.list[i].kind ||
		      (keys.list[i - 1].kind == keys.list[i].kind &&
			  str_compare(keys.list[i - 1].value, keys.list[i].value) < 0));
}

static void
operations(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_op list[] = {
		{ CARD_CONFIRM, 3, CARD_F_MOBILE, { 0 } },
		{ CARD_INSERT, 0, CARD_F_ORG, STR("a\tb\nc\\") },
		{ CARD_CHANGE, 7, CARD_F_PHOTO, STR("\xFF\xD8\xFF\0x") },
	};
	struct card_ops ops = { list, 3 };
	struct card_ops back;

	CHECK_OK(card_ops_read(arena, card_ops_write(arena, &ops), &back));
	if (!CHECK_INT(back.count, 3))
		return;
	for (size_t i = 0; i < 3; i++) {
		CHECK(back.list[i].kind == list[i].kind);
		CHECK_INT(back.list[i].item, list[i].item);
		CHECK(back.list[i].field == list[i].field);
		CHECK_STR(back.list[i].value, list[i].value);
	}
	CHECK_ERR(
	    card_ops_read(arena, STR("explode\t1\tqq\t\n"), &back), ERR_BAD_INPUT);
	CHECK_ERR(
	    card_ops_read(arena, STR("insert\t1\tnote\t\n"), &back), ERR_BAD_INPUT);
}

int
main(void)
{
	return CHECK_RUN({ "items of every kind", items },
	    { "what is no item", no_items },
	    { "lines there and back", lines_there_and_back },
	    { "bad values", bad_values }, { "long values", long_values },
	    { "found by anything", found_by_anything },
	    { "keys are sorted and single", sorted_keys },
	    { "operations as text", operations });
}

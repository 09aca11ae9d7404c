/* test_form.c - what people write back to a numbered form. */
#include <stdio.h>

#include "ask/ask_int.h"
#include "ask/form.h"
#include "base/check.h"

static const enum card_field five[] = { CARD_F_WORK_TEL, CARD_F_ORG,
	CARD_F_WORK_ADDRESS, CARD_F_QQ, CARD_F_EMAIL };

static str
said(struct arena *arena, const struct ask_form_read *read)
{
	struct buf out = buf_in(arena, SIZE_MAX);

	for (size_t i = 0; i < read->ops.count; i++)
		buf_addf(&out, "%s" STR_FMT "=" STR_FMT, i ? "|" : "",
		    STR_ARG(card_field_name(read->ops.list[i].field)),
		    STR_ARG(read->ops.list[i].value));
	if (read->note.len)
		buf_addf(&out, "#" STR_FMT, STR_ARG(read->note));
	return buf_str(&out);
}

static void
replies(void)
{
	static const struct {
		const char *about, *text, *wanted;
	} rows[] = {
		{ "as asked", "1 010-65521234 2 示例公司 5 a@b.cn",
		    "work-tel=010-65521234|org=示例公司|email=a@b.cn" },
		{ "lines with dots",
		    "1. 010-65521234\n2. 示例公司\n3. 北京市建国路 88 号\n4. "
		    "1234567\n5. "
		    "a@b.cn",
		    "work-tel=010-65521234|org=示例公司|work-address=北京市建国路 88 "
		    "号|qq=1234567|email=a@b.cn" },
		{ "full width", "１．０１０－６５５２１２３４　５：a@b.cn",
		    "work-tel=０１０－６５５２１２３４|email=a@b.cn" },
		{ "no blank before a Chinese word", "2示例公司 5a@b.cn",
		    "org=示例公司|email=a@b.cn" },
		{ "Chinese marks", "1、010-65521234，2、示例公司；5）a@b.cn",
		    "work-tel=010-65521234|org=示例公司|email=a@b.cn" },
		{ "brackets", "(1) 010-65521234 (5) a@b.cn",
		    "work-tel=010-65521234|email=a@b.cn" },
		{ "names instead of numbers", "公司：示例公司\n电子邮箱：a@b.cn",
		    "org=示例公司|email=a@b.cn" },
		{ "names in English", "Company: Example Ltd\nEmail: a@b.cn",
		    "org=Example Ltd|email=a@b.cn" },
		{ "a number in an address", "3 北京市建国路 4 号楼 5 a@b.cn",
		    "work-address=北京市建国路 4 号楼|email=a@b.cn" },
		{ "a storey in an address", "3 建国路88号 5层 5 a@b.cn",
		    "work-address=建国路88号 5层|email=a@b.cn" },
		{ "an address in lines",
		    "2. 示例公司\n3. 建国路 88 号\n5 单元\n5. a@b.cn",
		    "org=示例公司|work-address=建国路 88 号\n5 单元|email=a@b.cn" },
		{ "some left out", "1 无 2 示例公司 4 - 5 没有", "org=示例公司" },
		{ "left empty", "1. \n2. 示例公司\n3.\n4. \n5. ", "org=示例公司" },
		{ "no value of its field", "1 明天告诉你 5 a@b.cn",
		    "email=a@b.cn#1 明天告诉你" },
		{ "a sentence goes on", "5 a@b.cn，改天聊", "email=a@b.cn#改天聊" },
		{ "said twice", "5 a@b.cn 5. c@d.cn", "email=a@b.cn#5. c@d.cn" },
		{ "words before", "好的，我的是：\n1 010-65521234",
		    "work-tel=010-65521234#好的，我的是：" },
		{ "without any number", "a@b.cn", "email=a@b.cn" },
		{ "two without a number", "010-65521234，a@b.cn",
		    "work-tel=010-65521234|email=a@b.cn" },
		{ "a sentence", "最近很忙，下周给你", "#最近很忙，下周给你" },
		{ "a number of no field", "9 foo", "#9 foo" },
		{ "nothing", "", "" },
		{ "only blanks", " \n　", "" },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		SCOPED(arena) arena = arena_open();
		const struct ask_form form = { five, ASK_COUNT(five), STR("zh") };
		struct ask_form_read read;

		check_about(rows[i].about);
		ask_form_read(arena, &form, str_of(rows[i].text), &read);
		CHECK_INT(read.says, ASK_FORM_VALUES);
		CHECK_STR(said(arena, &read), str_of(rows[i].wanted));
	}
	check_about(NULL);
}

static void
one_asked(void)
{
	static const enum card_field mail = CARD_F_EMAIL, org = CARD_F_ORG;
	static const struct {
		const enum card_field *field;
		const char *text, *wanted;
	} rows[] = {
		{ &mail, "a@b.cn", "email=a@b.cn" },
		{ &mail, "a@b.cn。", "email=a@b.cn" },
		{ &mail, "1 a@b.cn", "email=a@b.cn" },
		{ &mail, "我的邮箱是 a@b.cn", "email=a@b.cn#我的邮箱是" },
		{ &org, "示例公司", "org=示例公司" },
		{ &org, "1示例公司", "org=示例公司" },
		{ &org, "3M 中国", "org=3M 中国" },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		SCOPED(arena) arena = arena_open();
		const struct ask_form form = { rows[i].field, 1, STR("zh") };
		struct ask_form_read read;

		check_about(rows[i].text);
		ask_form_read(arena, &form, str_of(rows[i].text), &read);
		CHECK_STR(said(arena, &read), str_of(rows[i].wanted));
	}
	check_about(NULL);
}

static void
exits(void)
{
	static const struct {
		const char *text;
		enum ask_form_says says;
	} rows[] = {
		{ "不是我", ASK_FORM_NOT_ME },
		{ "打错了。", ASK_FORM_NOT_ME },
		{ "Wrong number!", ASK_FORM_NOT_ME },
		{ "no thanks", ASK_FORM_DECLINES },
		{ "不用", ASK_FORM_DECLINES },
		{ "不是我的公司", ASK_FORM_VALUES },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		SCOPED(arena) arena = arena_open();
		const struct ask_form form = { five, ASK_COUNT(five), STR("zh") };
		struct ask_form_read read;

		check_about(rows[i].text);
		ask_form_read(arena, &form, str_of(rows[i].text), &read);
		CHECK_INT(read.says, rows[i].says);
	}
	check_about(NULL);
}

static void
codes(void)
{
	static const struct {
		const char *text, *rest;
		bool taken;
	} rows[] = {
		{ "4721 1 010-65521234", "1 010-65521234", true },
		{ "４７２１：a@b.cn", "a@b.cn", true },
		{ "#4721，a@b.cn", "a@b.cn", true },
		{ "a@b.cn 4721", "a@b.cn", true },
		{ "4721", "", true },
		{ "4722 a@b.cn", "4722 a@b.cn", false },
		{ "47211 a@b.cn", "47211 a@b.cn", false },
		{ "a@b.cn4721", "a@b.cn4721", false },
		{ "", "", false },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		str text = str_of(rows[i].text);

		check_about(rows[i].text);
		CHECK_INT(ask_form_take_code(&text, STR("4721")), rows[i].taken);
		CHECK_STR(text, str_of(rows[i].rest));
	}
	check_about(NULL);
	CHECK_STR(ask_form_first_code(STR("4722 a@b.cn")), STR("4722"));
	CHECK_STR(ask_form_first_code(STR("#4722")), STR("4722"));
	CHECK_STR(ask_form_first_code(STR("47 22")), STR(""));
	CHECK_STR(ask_form_first_code(STR("18988888888")), STR(""));
}

static void
written(void)
{
	SCOPED(arena) arena = arena_open();
	const struct ask_form zh = { five, 2, STR("zh") };
	const struct ask_form en = { five, 2, STR("en") };

	CHECK_STR(ask_form_short(arena, &zh), STR("1办公电话 2公司"));
	CHECK_STR(ask_form_short(arena, &en), STR("1 Work phone, 2 Company"));
	CHECK_STR(ask_form_lines(arena, &zh), STR("1. 办公电话：\n2. 公司："));
	CHECK_STR(ask_form_lines(arena, &en), STR("1. Work phone:\n2. Company:"));
}

/* Whatever of the form is filled in, in whatever hand: it is read back as it was meant. */
static void
hands(void)
{
	static const char *const values[] = { "010-65521234", "示例公司",
		"北京市建国路 88 号", "1234567", "a@b.cn" };
	static const char *const hands[] = { "%zu %s\n", "%zu. %s\n", "%zu、%s\n",
		"%zu：%s\r\n", "（%zu）%s\n", "%zu) %s ; " };

	for (size_t hand = 0; hand < ASK_COUNT(hands); hand++)
		for (unsigned which = 1; which < 32; which++) {
			SCOPED(arena) arena = arena_open();
			const struct ask_form form = { five, 5, STR("zh") };
			struct buf text = buf_in(arena, SIZE_MAX);
			struct ask_form_read read;
			size_t n = 0;

			for (size_t i = 0; i < 5; i++) {
				char line[100];

				if (!(which & (1U << i)))
					continue;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
				(void)snprintf(
				    line, sizeof line, hands[hand], i + 1, values[i]);
#pragma GCC diagnostic pop
				buf_add(&text, str_of(line));
			}
			check_about(arena_copy(arena, buf_str(&text)).at);
			ask_form_read(arena, &form, buf_str(&text), &read);
			for (size_t i = 0; i < 5; i++)
				if (which & (1U << i)) {
					CHECK(n < read.ops.count);
					CHECK_STR(
					    read.ops.list[n].value, str_of(values[i]));
					n++;
				}
			CHECK_INT(read.ops.count, n);
			CHECK_STR(read.note, STR(""));
		}
	check_about(NULL);
}

int
main(void)
{
	return CHECK_RUN({ "replies", replies }, { "one field asked", one_asked },
	    { "exits", exits }, { "codes", codes },
	    { "the form as it is written", written },
	    { "every part of the form in every hand", hands });
}

/* test_read.c - a gateway's bytes as text, and text as a command. */
#include "base/check.h"
#include "inbox/inbox_int.h"

static void
words(void)
{
	static const struct {
		const char *text;
		enum inbox_word word;
		const char *rest;
	} rows[] = {
		{ "更新 18988888888", INBOX_ASK, "18988888888" },
		{ "更新18988888888", INBOX_ASK, "18988888888" },
		{ "更新：李四", INBOX_ASK, "李四" },
		{ "  更新　１８９８８８８８８８８ ", INBOX_ASK, "18988888888" },
		{ "ask Li Si", INBOX_ASK, "Li Si" },
		{ "ＡＳＫ　lisi@example.com", INBOX_ASK, "lisi@example.com" },
		{ "问李四", INBOX_ASK, "李四" },
		{ "asking for a friend", INBOX_NOTHING, NULL },
		{ "ask", INBOX_HELP, NULL },
		{ "更新", INBOX_HELP, NULL },
		{ "更新:", INBOX_NOTHING, NULL },
		{ "4721", INBOX_CODE, "4721" },
		{ " ４７２１\n", INBOX_CODE, "4721" },
		{ "47211", INBOX_NOTHING, NULL },
		{ "472", INBOX_NOTHING, NULL },
		{ "-721", INBOX_NOTHING, NULL },
		{ "帮助", INBOX_HELP, NULL },
		{ "Help", INBOX_HELP, NULL },
		{ "？", INBOX_HELP, NULL },
		{ "TD", INBOX_STOP, NULL },
		{ "ｔｄ", INBOX_STOP, NULL },
		{ " stop\r\n", INBOX_STOP, NULL },
		{ "Opt-Out", INBOX_STOP, NULL },
		{ "退订", INBOX_STOP, NULL },
		{ "拒收", INBOX_STOP, NULL },
		{ "不要再发", INBOX_STOP, NULL },
		{ "n", INBOX_STOP, NULL },
		{ "stop it", INBOX_NOTHING, NULL },
		{ "please stop", INBOX_NOTHING, NULL },
		{ "", INBOX_NOTHING, NULL },
		{ "你好", INBOX_NOTHING, NULL },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		str rest;

		check_about(rows[i].text);
		CHECK_INT(
		    inbox_word_read(arena, str_of(rows[i].text), &rest), rows[i].word);
		if (rows[i].rest)
			CHECK_STR(rest, str_of(rows[i].rest));
	}
	check_about(NULL);
}

static void
charsets(void)
{
	static const struct {
		const char *why;
		str bytes;
		const char *charset, *coding, *text; /* NULL: cannot be read */
	} rows[] = {
		{ "UTF-8", STR_CONST("更新 1"), "UTF-8", "0", "更新 1" },
		{ "UTF-8, unsaid", STR_CONST("更新 1"), "", "", "更新 1" },
		{ "UTF-8 of eight bits", STR_CONST("更新 1"), "", "1", "更新 1" },
		{ "GBK of eight bits", STR_CONST("\xB8\xFC\xD0\xC2 1"), "binary", "1",
		    "更新 1" },
		{ "GBK by name", STR_CONST("\xB8\xFC\xD0\xC2"), "gbk", "0", "更新" },
		{ "UCS-2", STR_CONST("\x66\xF4\x65\xB0\0 \0001"), "", "2", "更新 1" },
		{ "UCS-2 by name", STR_CONST("\0T\0D"), "UTF-16BE", "", "TD" },
		{ "UCS-2 that looks like ASCII", STR_CONST("\x54\x44"), "UTF-16BE", "2",
		    "\xE5\x91\x84" },
		{ "recoded to UTF-8", STR_CONST("TD"), "UTF-8", "2", "TD" },
		{ "Latin", STR_CONST("Ren\xE9"), "WINDOWS-1252", "0", "Ren\xC3\xA9" },
		{ "half a character", STR_CONST("\x66\xF4\x65"), "", "2", NULL },
		{ "half a pair", STR_CONST("\xD8\x3D"), "", "2", NULL },
		{ "broken", STR_CONST("\xFF\xFE\xFD"), "UTF-8", "0", NULL },
		{ "nothing said", STR_CONST("\xB8\xFC"), "", "", NULL },
		{ "empty", STR_CONST(""), "", "2", "" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		str text = { 0 };
		bool read;

		check_about(rows[i].why);
		read = inbox_text(arena, rows[i].bytes, str_of(rows[i].charset),
		    str_of(rows[i].coding), &text);
		CHECK_INT(read, rows[i].text != NULL);
		if (read && rows[i].text)
			CHECK_STR(text, str_of(rows[i].text));
	}
	check_about(NULL);
}

static void
fields(void)
{
	static const struct http_field form = { STR_CONST("content-type"),
		STR_CONST("application/x-www-form-urlencoded; charset=GBK") };
	static const struct http_field plain = { STR_CONST("content-type"),
		STR_CONST("text/plain") };
	struct http_req req = { .query = STR("from=%2B8613&text=%B8%fc+x&bad=%zz%4"),
		.fields = &plain,
		.field_count = 1,
		.body = STR("to=9&from=7") };
	SCOPED(arena) arena = arena_open();

	CHECK_STR(inbox_field(arena, &req, STR("from")), STR("+8613"));
	CHECK_STR(inbox_field(arena, &req, STR("text")), STR("\xB8\xFC x"));
	CHECK_STR(inbox_field(arena, &req, STR("bad")), STR("%zz%4"));
	CHECK_STR(inbox_field(arena, &req, STR("to")), STR(""));
	req.fields = &form;
	CHECK_STR(inbox_field(arena, &req, STR("to")), STR("9"));
	CHECK_STR(inbox_field(arena, &req, STR("from")), STR("+8613"));
	req.query = STR("");
	CHECK_STR(inbox_field(arena, &req, STR("from")), STR("7"));
}

int
main(void)
{
	return CHECK_RUN(
	    { "words", words }, { "charsets", charsets }, { "fields", fields });
}

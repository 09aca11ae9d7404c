#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/check.h"
#include "base/when.h"

static void
cutting(void)
{
	str list = STR("a,b,,c");

	CHECK_STR(str_cut(&list, ','), STR("a"));
	CHECK_STR(str_cut(&list, ','), STR("b"));
	CHECK_STR(str_cut(&list, ','), STR(""));
	CHECK_STR(str_cut(&list, ','), STR("c"));
	CHECK_INT(list.len, 0);
}

static void
numbers(void)
{
	int64_t n = 0;

	CHECK(str_number(STR("9223372036854775807"), &n) && n == INT64_MAX);
	CHECK(!str_number(STR("9223372036854775808"), &n));
	CHECK(!str_number(STR(""), &n));
	CHECK(!str_number(STR("-1"), &n));
	CHECK(!str_number(STR("1 "), &n));
}

static void
utf8(void)
{
	static const struct {
		const char *why, *text;
		bool well_formed;
	} rows[] = {
		{ "ascii", "plain text, longer than eight", true },
		{ "chinese", "\xE5\xBC\xA0\xE4\xB8\x89", true },
		{ "emoji", "\xF0\x9F\x99\x82", true },
		{ "surrogate", "\xED\xA0\x80", false },
		{ "overlong slash", "\xC0\xAF", false },
		{ "overlong three", "\xE0\x80\xAF", false },
		{ "cut short", "abc\xE5\xBC", false },
		{ "latin-1", "caf\xE9", false },
		{ "past the end", "\xF4\x90\x80\x80", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].why);
		CHECK(str_is_utf8(str_of(rows[i].text)) == rows[i].well_formed);
	}
}

static void
runes(void)
{
	str text = STR("\xE5\xBC\xA0\xFFz");

	CHECK_INT(str_rune(&text), 0x5F20);
	CHECK_INT(str_rune(&text), 0xFFFD);
	CHECK_INT(str_rune(&text), 'z');
	CHECK_INT(text.len, 0);
}

static void
ceilings(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf buf = buf_in(arena, 10);
	str text;

	buf_add(&buf, STR("12345"));
	CHECK_OK(buf_text(&buf, &text));
	buf_add(&buf, STR("123456"));
	CHECK_ERR(buf_text(&buf, &text), ERR_TOO_LARGE);
	buf_clear(&buf);
	buf_add(&buf, STR("1234567890"));
	CHECK_OK(buf_text(&buf, &text));
	CHECK_STR(text, STR("1234567890"));
	buf_clear(&buf);
	buf_addf(&buf, "%d", 1234567890); /* the last byte too */
	CHECK_OK(buf_text(&buf, &text));
	CHECK_STR(text, STR("1234567890"));
}

static void
zeroed_again(void)
{
	SCOPED(arena) arena = arena_open();
	unsigned char *first = arena_get(arena, 64), *second;

	memset(first, 7, 64);
	(void)arena_get(arena, 100000);
	arena_reset(arena);
	second = arena_get(arena, 64);
	CHECK(second == first);
	CHECK_INT(second[63], 0);
}

static void
moments(void)
{
	SCOPED(arena) arena = arena_open();

	CHECK_STR(when_imf(arena, 784111777000), STR("Sun, 06 Nov 1994 08:49:37 GMT"));
	CHECK_STR(when_rfc3339(arena, 784111777999), STR("1994-11-06T08:49:37Z"));
}

static void
base64(void)
{
	SCOPED(arena) arena = arena_open();
	static const struct {
		const char *bytes, *letters; /* RFC 4648 10 */
	} rows[] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" },
		{ "foobar", "Zm9vYmFy" }, { "\xff\xef\xbe", "/+++" } };
	str back;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf buf = buf_in(arena, 100);

		check_about(rows[i].letters);
		base64_add(&buf, str_of(rows[i].bytes));
		CHECK_STR(buf_str(&buf), str_of(rows[i].letters));
		CHECK_OK(base64_read(arena, str_of(rows[i].letters), &back));
		CHECK_STR(back, str_of(rows[i].bytes));
	}
	check_about(NULL);
	CHECK_OK(base64_read(arena, STR(" Zm9v\r\n YmFy "), &back));
	CHECK_STR(back, STR("foobar"));
	CHECK_OK(base64_read(arena, STR("_-_-"), &back));
	CHECK_STR(back, STR("\xff\xef\xfe"));
	CHECK_ERR(base64_read(arena, STR("Zm9*"), &back), ERR_BAD_INPUT);
	CHECK_ERR(base64_read(arena, STR("Z"), &back), ERR_BAD_INPUT);
	CHECK_ERR(base64_read(arena, STR("Zg==Zg=="), &back), ERR_BAD_INPUT);
}

int
main(void)
{
	return CHECK_RUN({ "cutting", cutting }, { "numbers", numbers },
	    { "utf-8", utf8 }, { "runes", runes },
	    { "a buffer keeps to its ceiling", ceilings },
	    { "a reset arena hands out zeroes", zeroed_again }, { "moments", moments },
	    { "base64 there and back", base64 });
}

#include <string.h>

#include "base/check.h"
#include "courier/clean_int.h"
#include "courier/courier.h"
#include "courier/template_int.h"

static struct arena *arena;

static void
filling(void)
{
	static const struct {
		const char *pattern, *filled;
		enum template_kind kind;
	} rows[] = {
		{ "", "", TEMPLATE_BODY },
		{ "plain", "plain", TEMPLATE_BODY },
		{ "{to}", "+8613800000000", TEMPLATE_BODY },
		{ "{to|nofmt}", "8613800000000", TEMPLATE_BODY },
		{ "{text}", "a \"b\"&\n张😀", TEMPLATE_BODY },
		{ "{\"to\":\"{to}\",\"x\":{},\"t\":{text|json}}",
		    "{\"to\":\"+8613800000000\",\"x\":{},\"t\":\"a \\\"b\\\"&\\n张😀\"}",
		    TEMPLATE_BODY },
		{ "to={to|url}&t={text|url}",
		    "to=%2B8613800000000&t=a%20%22b%22%26%0A%E5%BC%A0%F0%9F%98%80",
		    TEMPLATE_BODY },
		{ "{text|ucs2hex}", "006100200022006200220026000A5F20D83DDE00",
		    TEMPLATE_BODY },
		{ "https://a/?t={text}&to={to|nofmt}",
		    "https://a/"
		    "?t=a%20%22b%22%26%0A%E5%BC%A0%F0%9F%98%80&to=8613800000000",
		    TEMPLATE_URL },
		{ "X-Id: {id}, {from}", "X-Id: 42, Kith", TEMPLATE_FIELD },
		{ "{ to } {TO} {1}", "{ to } {TO} {1}", TEMPLATE_BODY },
	};
	struct template_fill fill = {
		.to = STR("+8613800000000"),
		.text = STR("a \"b\"&\n张😀"),
		.id = STR("42"),
		.from = STR("Kith"),
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str pattern = str_of(rows[i].pattern);
		struct why why = { 0 };

		check_about(rows[i].pattern);
		CHECK_OK(template_check(pattern, rows[i].kind, &why));
		CHECK_STR(template_fill(arena, pattern, rows[i].kind, &fill),
		    str_of(rows[i].filled));
	}
}

static void
refusals(void)
{
	static const struct {
		const char *pattern, *hole;
		enum template_kind kind;
	} rows[] = {
		{ "a {tox} b", "tox", TEMPLATE_BODY },
		{ "{to|hex}", "to|hex", TEMPLATE_BODY },
		{ "{to|}", "to|", TEMPLATE_BODY },
		{ "{to|url|json}", "to|url|json", TEMPLATE_BODY },
		{ "{to", "to", TEMPLATE_URL }, /* a typing error, not a hole */
		{ "{\"text\": \"{text}\"}", "text", TEMPLATE_BODY },
		{ "t={text}", "text", TEMPLATE_BODY },
		{ "X-Text: {text}", "text", TEMPLATE_FIELD },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct why why = { 0 };

		check_about(rows[i].pattern);
		CHECK_ERR(template_check(str_of(rows[i].pattern), rows[i].kind, &why),
		    ERR_BAD_INPUT);
		CHECK_STR(why.name, str_of(rows[i].hole));
		CHECK(why.what != NULL);
	}
}

/* The longest letter in the longest template. */
static void
limits(void)
{
	const size_t bytes = 4096;
	char *pattern = arena_get(arena, bytes + 1);
	char *text = arena_get(arena, COURIER_BODY_MAX_BYTES);
	struct template_fill fill = { .text = { text, COURIER_BODY_MAX_BYTES } };
	struct why why = { 0 };
	str filled;

	for (size_t i = 0; i + 14 <= bytes; i += 14)
		memcpy(pattern + i, "{text|ucs2hex}", 14);
	memset(text, 'x', COURIER_BODY_MAX_BYTES);
	CHECK_OK(
	    template_check((str){ pattern, bytes / 14 * 14 }, TEMPLATE_BODY, &why));
	filled = template_fill(
	    arena, (str){ pattern, bytes / 14 * 14 }, TEMPLATE_BODY, &fill);
	CHECK_INT(filled.len, bytes / 14 * 4 * COURIER_BODY_MAX_BYTES);
	memset(pattern, 'x', bytes + 1);
	CHECK_OK(template_check((str){ pattern, bytes }, TEMPLATE_BODY, &why));
	CHECK_ERR(template_check((str){ pattern, bytes + 1 }, TEMPLATE_BODY, &why),
	    ERR_BAD_INPUT);
}

static void
cleaning(void)
{
	CHECK_STR(clean_text(arena, STR("a\r\nb\tc")), STR("a\nb\tc"));
	CHECK_STR(clean_text(arena, STR("a\x1a\x1b[0m\0b\x7f")), STR("a[0mb"));
	CHECK_STR(clean_text(arena, STR("a\xe2\x80\xae"
					"b\xe2\x81\xa6"
					"c")),
	    STR("abc"));
	CHECK_STR(clean_text(arena, STR("\xef\xbb\xbfk\xe2\x80\x8bith")), STR("kith"));
	CHECK_STR(clean_text(arena, STR("👨‍👩")), STR("👨‍👩"));
	CHECK_STR(clean_words(arena, STR("short")), STR("short"));
	for (size_t bytes = 195; bytes < 210; bytes++) {
		char *text = arena_get(arena, bytes + 3);

		for (size_t i = 0; i < bytes; i++)
			text[i] = 'x';
		text[bytes] = '\xe5';
		text[bytes + 1] = '\xbc';
		text[bytes + 2] = '\xa0';
		CHECK(str_is_utf8(clean_words(arena, (str){ text, bytes + 3 })));
		CHECK(clean_words(arena, (str){ text, bytes + 3 }).len <= 200);
	}
}

int
main(void)
{
	int status;

	arena = arena_open();
	status = CHECK_RUN({ "filling in", filling }, { "what is refused", refusals },
	    { "limits", limits }, { "cleaning", cleaning });
	arena_close(&arena);
	return status;
}

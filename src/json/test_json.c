#include "base/check.h"
#include "json/json.h"

static void
reading(void)
{
	SCOPED(arena) arena = arena_open();
	struct json *root = NULL;
	struct why why = { 0 };

	if (!CHECK_OK(json_read(arena,
		STR("{\"a\":\"\\u5f20\\n\",\"n\":-7,\"r\":1.5,\"t\":true,\"z\":null,"
		    "\"l\":[1,{\"x/y\":\"deep\"}]}"),
		&root, &why)))
		return;
	CHECK_STR(json_text(root, STR("a")), STR("\xE5\xBC\xA0\n"));
	CHECK_INT(json_number(root, STR("n")), -7);
	CHECK(json_truth(root, STR("t")));
	CHECK(json_member(root, STR("z"))->kind == JSON_KIND_NULL);
	CHECK(!json_member(root, STR("none")));
	CHECK_STR(json_text(root, STR("n")), STR(""));
	CHECK_STR(json_pointer(root, STR("/l/1/x~1y"))->text, STR("deep"));
	CHECK(json_pointer(root, STR("")) == root);
	CHECK(!json_pointer(root, STR("/l/2")));
	CHECK(!json_pointer(root, STR("l")));
}

static void
refusals(void)
{
	static const struct {
		const char *why, *text;
	} rows[] = { { "empty", "" }, { "cut short", "{\"a\":" },
		{ "twice the same key", "{\"a\":1,\"a\":2}" },
		{ "something behind", "{} x" }, { "not UTF-8", "\"\xff\"" },
		{ "single quotes", "{'a':1}" } };
	SCOPED(arena) arena = arena_open();
	struct json *root;
	struct why why = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].why);
		CHECK_ERR(
		    json_read(arena, str_of(rows[i].text), &root, &why), ERR_BAD_INPUT);
	}
}

static void
depth(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf text = buf_in(arena, 10000);
	struct json *root;
	struct why why = { 0 };

	for (int i = 0; i < JSON_MAX_DEPTH + 1; i++)
		buf_add_char(&text, '[');
	for (int i = 0; i < JSON_MAX_DEPTH + 1; i++)
		buf_add_char(&text, ']');
	CHECK_ERR(json_read(arena, buf_str(&text), &root, &why), ERR_TOO_LARGE);
	CHECK_OK(json_read(arena,
	    str_part(buf_str(&text), 1, (size_t)JSON_MAX_DEPTH * 2), &root, &why));
}

static void
writing(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf out = buf_in(arena, 1000);
	struct json *root;
	struct why why = { 0 };

	json_open(&out, '{');
	json_pair(&out, STR("text"), STR("a\"b\\c\n\x01\xE5\xBC\xA0,"));
	json_pair_number(&out, STR("n"), -3);
	json_key(&out, STR("list"));
	json_open(&out, '[');
	json_add_truth(&out, true);
	json_add_null(&out);
	json_open(&out, '{');
	json_close(&out, '}');
	json_open(&out, '[');
	json_close(&out, ']');
	json_close(&out, ']');
	json_pair_truth(&out, STR("f"), false);
	json_close(&out, '}');
	CHECK_STR(buf_str(&out),
	    STR("{\"text\":\"a\\\"b\\\\c\\n\\u0001\xE5\xBC\xA0,\",\"n\":-3,"
		"\"list\":[true,null,{},[]],\"f\":false}"));
	CHECK_OK(json_read(arena, buf_str(&out), &root, &why));
	CHECK_STR(json_text(root, STR("text")), STR("a\"b\\c\n\x01\xE5\xBC\xA0,"));
}

static void
text_that_is_not_utf8(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf out = buf_in(arena, 1000);

	json_add_text(&out, STR("caf\xE9"));
	CHECK_STR(buf_str(&out), STR("\"caf\xEF\xBF\xBD\""));
}

int
main(void)
{
	return CHECK_RUN({ "reading", reading }, { "refusals", refusals },
	    { "depth", depth }, { "writing", writing },
	    { "text that is not UTF-8 is mended", text_that_is_not_utf8 });
}

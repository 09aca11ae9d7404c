/* test_if.c - the If field, by the examples of RFC 4918 10.4 and what breaks it. */
#include "base/buf.h"
#include "base/check.h"
#include "http/if.h"

static void
examples(void)
{
	SCOPED(arena) arena = arena_open();
	struct http_if f;

	CHECK_OK(http_if_read(arena,
	    STR("(<urn:uuid:181d4fae> [\"I am an ETag\"]) ([\"I am another ETag\"])"),
	    &f));
	CHECK_INT(f.count, 3);
	CHECK_STR(f.list[0].token, STR("urn:uuid:181d4fae"));
	CHECK_STR(f.list[1].etag, STR("\"I am an ETag\""));
	CHECK_INT(f.list[1].list, 0);
	CHECK_INT(f.list[2].list, 1);

	CHECK_OK(http_if_read(
	    arena, STR("(Not <urn:uuid:181d4fae> <urn:uuid:58f202ac>)"), &f));
	CHECK_INT(f.count, 2);
	CHECK(f.list[0].negated && !f.list[1].negated);

	CHECK_OK(http_if_read(arena,
	    STR("</resource1> (<urn:uuid:181d4fae> [W/\"A weak ETag\"]) ([\"strong\"]) "
		"<http://www.example.com/random> ([\"4217\"])"),
	    &f));
	CHECK_INT(f.count, 4);
	CHECK_STR(f.list[2].resource, STR("/resource1"));
	CHECK_STR(f.list[3].resource, STR("http://www.example.com/random"));

	CHECK_OK(http_if_read(arena, STR(""), &f));
	CHECK_INT(f.count, 0);
}

static const char *const broken[] = { "(", "()", "(<>)", "(<a)", "([\"a\")", "<a>",
	"<a> <b> (<c>)", "(Not)", "x", "(<a>) x", "(<a>" };

static void
refusals(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf many = buf_in(arena, SIZE_MAX);
	struct http_if f;

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		CHECK_ERR(http_if_read(arena, str_of(broken[i]), &f), ERR_BAD_INPUT);
	for (int i = 0; i <= HTTP_IF_MAX_CONDITIONS; i++)
		buf_add(&many, STR("(<a>)"));
	CHECK_ERR(http_if_read(arena, buf_str(&many), &f), ERR_BAD_INPUT);
}

int
main(void)
{
	return CHECK_RUN({ "examples", examples }, { "refusals", refusals });
}

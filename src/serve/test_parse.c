/* test_parse.c - one request out of bytes, however they are cut. */
#include "base/check.h"
#include "serve/parse_int.h"

#define BODY_LIMIT_BYTES ((size_t)64)

static const struct parse_limits limits = {
	.head_bytes = 400, .head_fields = 4, .target_bytes = 50
};

/* Feeds the text in parts of so many bytes; where it ended is left in *rest. */
static enum parse_step
feed(struct parse *parse, str text, size_t part, str *rest)
{
	enum parse_step step = PARSE_MORE;

	while (text.len && (step == PARSE_MORE || step == PARSE_HEAD)) {
		str bytes = str_part(text, 0, part);
		size_t given = bytes.len;

		step = parse_feed(parse, &bytes);
		text = str_part(text, given - bytes.len, text.len);
		if (step == PARSE_HEAD)
			parse_expect_body(parse, BODY_LIMIT_BYTES, true);
	}
	if (step == PARSE_HEAD || step == PARSE_MORE)
		step = parse_feed(parse, &(str){ 0 });
	*rest = text;
	return step;
}

static const struct {
	const char *name, *text, *method, *target, *body, *rest;
	unsigned minor, fields;
	bool keeps_alive;
} good[] = {
	{ "the least", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/", "", "", 1, 1,
	    true },
	{ "a line before it", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/", "",
	    "", 1, 1, true },
	{ "no field", "GET / HTTP/1.0\r\n\r\n", "GET", "/", "", "", 0, 0, false },
	{ "kept alive by wish", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
	    "GET", "/", "", "", 0, 1, true },
	{ "closed by wish", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n", "GET", "/",
	    "", "", 1, 1, false },
	{ "a body", "PUT /a?b HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloGET", "PUT",
	    "/a?b", "hello", "GET", 1, 1, true },
	{ "in chunks",
	    "REPORT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
	    "3;ext=1\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: t\r\n\r\nGET /",
	    "REPORT", "/x", "hello", "GET /", 1, 1, true },
	{ "two at once", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n",
	    "OPTIONS", "*", "", "GET / HTTP/1.1\r\n\r\n", 1, 1, true },
	{ "an empty value", "GET / HTTP/1.1\r\nA:\r\nB: \t b \t\r\n\r\n", "GET", "/",
	    "", "", 1, 2, true },
	{ "an upgrade nobody offers",
	    "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nGET", "GET",
	    "/", "", "GET", 1, 2, true },
};

static void
check_good(size_t i, size_t part)
{
	SCOPED(arena) arena = arena_open();
	struct parse *parse = parse_open(arena, &limits);
	str rest;

	if (!CHECK_INT(feed(parse, str_of(good[i].text), part, &rest), PARSE_DONE))
		return;
	CHECK_STR(parse_method(parse), str_of(good[i].method));
	CHECK_STR(parse_target(parse), str_of(good[i].target));
	CHECK_STR(parse_body(parse), str_of(good[i].body));
	CHECK_STR(rest, str_of(good[i].rest));
	CHECK_INT(parse_minor(parse), good[i].minor);
	CHECK_INT(parse_field_count(parse), good[i].fields);
	CHECK_INT(parse_keeps_alive(parse), good[i].keeps_alive);
}

static void
whole_requests(void)
{
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		check_about(good[i].name);
		for (size_t part = 1; part < 200; part += part < 8 ? 1 : 37)
			check_good(i, part);
	}
}

#define X10  "xxxxxxxxxx"
#define X50  X10 X10 X10 X10 X10
#define X100 X50 X50

static const struct {
	const char *name, *text;
	unsigned status;
} bad[] = {
	{ "no HTTP", "\x16\x03\x01\x02\x05\x01\r\n\r\n", 501 },
	{ "a method of our own", "BREW / HTTP/1.1\r\n\r\n", 501 },
	{ "HTTP/2", "GET / HTTP/2.0\r\n\r\n", 505 },
	{ "HTTP/1.2", "GET / HTTP/1.2\r\n\r\n", 505 },
	{ "HTTP/0.9", "GET /\r\n\r\n", 505 },
	{ "the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400 },
	{ "space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400 },
	{ "a folded line", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", 400 },
	{ "a line folded by a tab", "GET / HTTP/1.1\r\nHost: a\r\n\tb\r\n\r\n", 400 },
	{ "a fold at once", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400 },
	{ "a bare LF", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400 },
	{ "bare LFs", "GET / HTTP/1.1\nHost: a\n\n", 400 },
	{ "a bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", 400 },
	{ "a bare LF within", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400 },
	{ "a bare CR for the last line", "GET / HTTP/1.1\r\nHost: a\r\n\rX\r\n\r\n",
	    400 },
	{ "a bare CR", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n", 400 },
	{ "a name with a space", "GET / HTTP/1.1\r\nHo st: a\r\n\r\n", 400 },
	{ "no name", "GET / HTTP/1.1\r\n: a\r\n\r\n", 400 },
	{ "no colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400 },
	{ "two lengths",
	    "PUT / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400 },
	{ "length and coding",
	    "PUT / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: "
	    "chunked\r\n\r\n0\r\n\r\n",
	    400 },
	{ "coding and length",
	    "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: "
	    "1\r\n\r\n0\r\n\r\n",
	    400 },
	{ "a length below none", "PUT / HTTP/1.1\r\nContent-Length: -1\r\n\r\na", 400 },
	{ "a length with a sign", "PUT / HTTP/1.1\r\nContent-Length: +1\r\n\r\na",
	    400 },
	{ "a length too long",
	    "PUT / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\na", 400 },
	{ "a chunk that is none",
	    "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400 },
	{ "a chunk longer than it says",
	    "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400 },
	{ "a target too long", "GET /" X50 " HTTP/1.1\r\n\r\n", 414 },
	{ "too many fields",
	    "GET / HTTP/1.1\r\nA:1\r\nB:2\r\nC:3\r\nD:4\r\nE:5\r\n\r\n", 431 },
	{ "a head too long",
	    "GET / HTTP/1.1\r\nA: " X100 X100 X100 X100 X100 "\r\n\r\n", 431 },
	{ "a body too long",
	    "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n46\r\n" X50 X50, 413 },
	{ "a body of a length too long",
	    "PUT / HTTP/1.1\r\nContent-Length: 70\r\n\r\n" X50 X50, 413 },
};

static void
what_is_no_request(void)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		for (size_t part = 1; part < 900; part += part < 4 ? 1 : 211) {
			SCOPED(arena) arena = arena_open();
			struct parse *parse = parse_open(arena, &limits);
			str rest;

			check_about(bad[i].name);
			CHECK_INT(
			    feed(parse, str_of(bad[i].text), part, &rest), PARSE_BAD);
			CHECK_INT(parse_status(parse), bad[i].status);
		}
}

/* Neither extensions nor trailers of chunks are a way round the limits. */
static void
endless_chunk_extras(void)
{
	static const char *const starts[] = { "1;", "0\r\nTrailer: " };

	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		SCOPED(arena) arena = arena_open();
		struct parse *parse = parse_open(arena, &limits);
		enum parse_step step = PARSE_MORE;
		size_t fed = 0;
		str rest;

		check_about(starts[i]);
		(void)feed(parse,
		    STR("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"), 999,
		    &rest);
		(void)feed(parse, str_of(starts[i]), 999, &rest);
		for (; step == PARSE_MORE && fed < 5000; fed += 10)
			step = parse_feed(parse, &STR(X10));
		CHECK_INT(step, PARSE_BAD);
		CHECK_INT(parse_status(parse), 431);
		CHECK(fed <= limits.head_bytes + 20);
	}
}

static void
a_trailer_is_no_field(void)
{
	SCOPED(arena) arena = arena_open();
	struct parse *parse = parse_open(arena, &limits);
	str name, value, rest;

	CHECK_INT(feed(parse,
		      STR("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
			  "0\r\nAuthorization: Basic x\r\n\r\n"),
		      999, &rest),
	    PARSE_DONE);
	CHECK_INT(parse_field_count(parse), 1);
	parse_field(parse, 0, &name, &value);
	CHECK_STR(name, STR("transfer-encoding"));
	CHECK_STR(value, STR("chunked"));
}

/* A body that is passed over is counted and not kept. */
static void
a_body_nobody_wants(void)
{
	SCOPED(arena) arena = arena_open();
	struct parse *parse = parse_open(arena, &limits);
	str text = STR("PUT / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello");

	CHECK_INT(parse_feed(parse, &text), PARSE_HEAD);
	parse_expect_body(parse, 5, false);
	CHECK_INT(parse_feed(parse, &text), PARSE_DONE);
	CHECK_INT(parse_body(parse).len, 0);
	CHECK_INT(parse_body_bytes(parse), 5);
}

int
main(void)
{
	return CHECK_RUN({ "whole requests, however they are cut", whole_requests },
	    { "what is no request", what_is_no_request },
	    { "endless chunk extensions and trailers", endless_chunk_extras },
	    { "a trailer is no field", a_trailer_is_no_field },
	    { "a body nobody wants", a_body_nobody_wants });
}

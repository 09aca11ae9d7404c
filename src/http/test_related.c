/* test_related.c - multipart bodies that are no forms, whole and broken. */
#include "base/check.h"
#include "http/related.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static struct arena *arena;

static void
whole(void)
{
	str body = STR("a preamble nobody reads\r\n"
		       "--b\r\n"
		       "Content-Type: text/xml; charset=utf-8\r\n"
		       "Content-ID: <soap@mms>\r\n"
		       "\r\n"
		       "<x/>\r\n"
		       "--b  \r\n"
		       "content-type: multipart/mixed;\r\n"
		       "\tboundary=\"b2\"\r\n"
		       "CONTENT-ID: <c%1@mms>\r\n"
		       "Content-Location: l.smil\r\n"
		       "\r\n"
		       "--b2\r\n\r\nx\r\n--b2--\r\n\r\n"
		       "--b\r\n"
		       "\r\n"
		       "\r\n"
		       "--b--\r\nepilogue --b\r\n");
	struct http_related r;

	CHECK_OK(http_related_read(arena,
	    STR("Multipart/Related; boundary=b; start=\"<soap@mms>\""), body, &r));
	CHECK_INT(r.count, 3);
	CHECK_INT(r.root, 0);
	CHECK_STR(r.parts[0].type, STR("text/xml; charset=utf-8"));
	CHECK_STR(r.parts[0].id, STR("soap@mms"));
	CHECK_STR(r.parts[0].bytes, STR("<x/>"));
	CHECK_STR(http_media_read(r.parts[1].type).boundary, STR("b2"));
	CHECK_STR(r.parts[1].location, STR("l.smil"));
	CHECK_STR(r.parts[1].bytes, STR("--b2\r\n\r\nx\r\n--b2--\r\n"));
	CHECK_STR(r.parts[2].type, STR("text/plain"));
	CHECK_STR(r.parts[2].bytes, STR(""));

	CHECK(http_related_find(arena, &r, STR("cid:soap@mms")) == &r.parts[0]);
	CHECK(http_related_find(arena, &r, STR("CID:c%251@mms")) == &r.parts[1]);
	CHECK(http_related_find(arena, &r, STR("cid:c%1@mms")) == &r.parts[1]);
	CHECK(http_related_find(arena, &r, STR("l.smil")) == &r.parts[1]);
	CHECK(http_related_find(arena, &r, STR("cid:l.smil")) == NULL);
	CHECK(http_related_find(arena, &r, STR("")) == NULL);
	CHECK(http_related_find(arena, &r, STR("cid:")) == NULL);
}

static void
root(void)
{
	static const struct {
		const char *type;
		size_t root;
	} rows[] = {
		{ "multipart/related; boundary=b", 0 },
		{ "multipart/related; boundary=b; start=\"<two>\"", 1 },
		{ "multipart/related; start=two; boundary=\"b\"", 1 },
		{ "multipart/related; boundary=b; start=\"<three>\"", 0 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_related r;

		check_about(rows[i].type);
		CHECK_OK(http_related_read(arena, str_of(rows[i].type),
		    STR("--b\r\nContent-ID: one\r\n\r\n1\r\n"
			"--b\r\nContent-ID: <two>\r\n\r\n2\r\n--b--"),
		    &r));
		CHECK_INT(r.root, rows[i].root);
	}
}

static void
one_part(void)
{
	struct http_related r;

	CHECK_OK(http_related_read(arena, STR("text/xml"), STR("--b\r\n"), &r));
	CHECK_INT(r.count, 1);
	CHECK_STR(r.parts[0].bytes, STR("--b\r\n"));
	CHECK_STR(r.parts[0].type, STR("text/xml"));
}

static void
encodings(void)
{
	static const struct {
		const char *encoding, *text;
		enum err outcome;
		const char *bytes;
	} rows[] = {
		{ "8bit", "a=3D", OK, "a=3D" },
		{ "BASE64", "5byg\r\n5LiJ\r\n", OK, "张三" },
		{ "base64", "a.b", ERR_BAD_INPUT, NULL },
		{ "quoted-printable", "=E5=bc=A0 x=\r\ny=3D", OK, "张 xy=" },
		{ "quoted-printable", "a= \t\nb", OK, "ab" },
		{ "quoted-printable", "a=", ERR_BAD_INPUT, NULL },
		{ "quoted-printable", "a=3", ERR_BAD_INPUT, NULL },
		{ "quoted-printable", "a=zz", ERR_BAD_INPUT, NULL },
		{ "x-uuencode", "a", ERR_UNSUPPORTED, NULL },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_related r;

		check_about(rows[i].text);
		CHECK_ERR(http_related_read(arena, STR("multipart/mixed; boundary=b"),
			      arena_printf(arena,
				  "--b\r\nContent-Transfer-Encoding: %s\r\n\r\n"
				  "%s\r\n--b--\r\n",
				  rows[i].encoding, rows[i].text),
			      &r),
		    rows[i].outcome);
		if (rows[i].outcome == OK)
			CHECK_STR(r.parts[0].bytes, str_of(rows[i].bytes));
	}
}

static void
odd_but_read(void)
{
	static const struct {
		const char *row, *body;
		const char *first;
	} rows[] = {
		{ "LF alone", "--b\nX: y\n\none\ntwo\n--b--", "one\ntwo" },
		{ "a longer boundary inside", "--b\r\n\r\n--bb\r\n--b--", "--bb" },
		{ "the boundary inside a line", "--b\r\n\r\nx--b\r\ny\r\n--b--",
		    "x--b\r\ny" },
		{ "no line end before the end", "--b\r\n\r\n--b--", "" },
		{ "a blank line in the text", "--b\r\nX: y\r\n\r\na\r\n\r\nb\r\n--b--",
		    "a\r\n\r\nb" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_related r;

		check_about(rows[i].row);
		CHECK_OK(http_related_read(arena, STR("multipart/mixed; boundary=b"),
		    str_of(rows[i].body), &r));
		CHECK_INT(r.count, 1);
		CHECK_STR(r.parts[0].bytes, str_of(rows[i].first));
	}
}

static void
broken(void)
{
	static const struct {
		const char *row, *type, *body;
	} rows[] = {
		{ "no boundary", "multipart/related", "--b\r\n\r\n\r\n--b--" },
		{ "an empty one", "multipart/related; boundary=\"\"", "--\r\n" },
		{ "too long a one",
		    "multipart/related; boundary="
		    "0123456789012345678901234567890123456789"
		    "0123456789012345678901234567890",
		    "" },
		{ "an empty body", "multipart/related; boundary=b", "" },
		{ "another boundary", "multipart/related; boundary=b",
		    "--c\r\n\r\n\r\n--c--" },
		{ "only the end", "multipart/related; boundary=b", "--b--" },
		{ "no end", "multipart/related; boundary=b", "--b\r\n\r\nx\r\n" },
		{ "half an end", "multipart/related; boundary=b",
		    "--b\r\n\r\nx\r\n--b" },
		{ "a head that never ends", "multipart/related; boundary=b",
		    "--b\r\nX: y\r\n--b--" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct http_related r;

		check_about(rows[i].row);
		CHECK_ERR(http_related_read(
			      arena, str_of(rows[i].type), str_of(rows[i].body), &r),
		    ERR_BAD_INPUT);
	}
}

static void
many(void)
{
	struct http_related r;

	for (size_t n = HTTP_RELATED_MAX_PARTS; n <= HTTP_RELATED_MAX_PARTS + 1; n++) {
		struct buf body = buf_in(arena, 4096);

		for (size_t i = 0; i < n; i++)
			buf_add(&body, STR("--b\r\n\r\nx\r\n"));
		buf_add(&body, STR("--b--\r\n"));
		CHECK_ERR(http_related_read(arena, STR("multipart/mixed; boundary=b"),
			      buf_str(&body), &r),
		    n == HTTP_RELATED_MAX_PARTS ? OK : ERR_TOO_LARGE);
	}
}

int
main(void)
{
	SCOPED(arena) own = arena_open();

	arena = own;
	return CHECK_RUN({ "a whole one", whole }, { "its root", root },
	    { "no multipart", one_part }, { "encodings", encodings },
	    { "odd but read", odd_but_read }, { "broken", broken },
	    { "too many parts", many });
}

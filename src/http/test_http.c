#include "base/check.h"
#include "http/http.h"

static struct http_req
with(const char *name, const char *value)
{
	static struct http_field field;

	field = (struct http_field){ str_of(name), str_of(value) };
	return (struct http_req){ .fields = &field, .field_count = 1 };
}

static void
paths(void)
{
	static const struct {
		const char *why, *path;
		enum err outcome;
		const char *first;
	} rows[] = {
		{ "plain", "/dav/b/", OK, "dav" },
		{ "encoded", "/%E5%BC%A0%20x/y", OK, "\xE5\xBC\xA0 x" },
		{ "a slash inside a segment", "/a%2Fb/c", OK, "a/b" },
		{ "root", "/", OK, "" },
		{ "nothing", "", ERR_NOT_FOUND, "" },
		{ "broken", "/a%2", ERR_BAD_INPUT, "" },
		{ "broken digits", "/a%zz", ERR_BAD_INPUT, "" },
		{ "NUL", "/a%00b", ERR_BAD_INPUT, "" },
		{ "not UTF-8", "/%ff", ERR_BAD_INPUT, "" },
		{ "up", "/../x", ERR_BAD_INPUT, "" },
		{ "up, hidden", "/%2e%2E/x", ERR_BAD_INPUT, "" },
		{ "here", "/./x", ERR_BAD_INPUT, "" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str path = str_of(rows[i].path);
		str segment = { 0 };

		check_about(rows[i].why);
		CHECK_ERR(http_path_cut(arena, &path, &segment), rows[i].outcome);
		if (rows[i].outcome == OK)
			CHECK_STR(segment, str_of(rows[i].first));
	}
}

static void
path_to_its_end(void)
{
	SCOPED(arena) arena = arena_open();
	str path = STR("/b/7/");
	str segment;

	CHECK_OK(http_path_cut(arena, &path, &segment));
	CHECK_OK(http_path_cut(arena, &path, &segment));
	CHECK_STR(segment, STR("7"));
	CHECK_OK(http_path_cut(arena, &path, &segment));
	CHECK_STR(segment, STR(""));
	CHECK_ERR(http_path_cut(arena, &path, &segment), ERR_NOT_FOUND);
}

static void
path_there_and_back(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf buf = buf_in(arena, 1000);
	str path;
	str segment;

	buf_add_char(&buf, '/');
	http_path_add(&buf, STR("\xE5\xBC\xA0 a/b?c#d%e~f.vcf"));
	path = buf_str(&buf);
	CHECK_STR(path, STR("/%E5%BC%A0%20a%2Fb%3Fc%23d%25e~f.vcf"));
	CHECK_OK(http_path_cut(arena, &path, &segment));
	CHECK_STR(segment, STR("\xE5\xBC\xA0 a/b?c#d%e~f.vcf"));
}

static void
conditions(void)
{
	static const struct {
		const char *why, *list, *etag;
		bool match, none_match;
	} rows[] = {
		{ "the same", "\"a\"", "\"a\"", true, false },
		{ "another", "\"b\"", "\"a\"", false, true },
		{ "one of several", "\"x\", \"a\" ,\"y\"", "\"a\"", true, false },
		{ "a comma inside", "\"a,b\"", "\"a,b\"", true, false },
		{ "weak matches weakly only", "W/\"a\"", "\"a\"", false, false },
		{ "star, and something is there", "*", "\"a\"", true, false },
		{ "star, and nothing is there", "*", "", false, true },
		{ "nothing there", "\"a\"", "", false, true },
		{ "unquoted matches nothing", "a", "\"a\"", false, true },
		{ "broken at its end", "\"a\" \"b\"", "\"a\"", false, true },
		{ "unclosed", "\"a", "\"a\"", false, true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_when match = { .if_match = str_of(rows[i].list) };
		struct http_when none = { .if_none_match = str_of(rows[i].list) };

		check_about(rows[i].why);
		CHECK(http_match_holds(&match, str_of(rows[i].etag)) == rows[i].match);
		CHECK(http_none_match_holds(&none, str_of(rows[i].etag)) ==
		      rows[i].none_match);
	}
}

static void
media_types(void)
{
	struct http_media m =
	    http_media_read(STR("text/vcard; charset=\"utf-8\" ;Version=4.0"));

	CHECK_STR(m.type, STR("text/vcard"));
	CHECK_STR(m.charset, STR("utf-8"));
	CHECK_STR(m.version, STR("4.0"));
	m = http_media_read(STR("multipart/form-data; boundary=\"a;b\""));
	CHECK_STR(m.boundary, STR("a;b"));
	CHECK_INT(http_media_read(STR("text")).type.len, 0);
	CHECK_INT(http_media_read(STR("")).type.len, 0);
	CHECK_INT(http_media_read(STR("te xt/x")).type.len, 0);
}

static void
depths(void)
{
	static const struct {
		const char *value;
		enum err outcome;
		enum http_depth depth;
	} rows[] = { { "0", OK, HTTP_DEPTH_0 }, { " 1 ", OK, HTTP_DEPTH_1 },
		{ "Infinity", OK, HTTP_DEPTH_INFINITY },
		{ "2", ERR_BAD_INPUT, HTTP_DEPTH_ABSENT },
		{ "", ERR_BAD_INPUT, HTTP_DEPTH_ABSENT } };
	enum http_depth depth;
	struct http_req none = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_req req = with("depth", rows[i].value);

		check_about(rows[i].value);
		CHECK_ERR(http_depth_read(&req, &depth), rows[i].outcome);
		if (rows[i].outcome == OK)
			CHECK(depth == rows[i].depth);
	}
	CHECK_OK(http_depth_read(&none, &depth));
	CHECK(depth == HTTP_DEPTH_ABSENT);
}

static void
preferences(void)
{
	struct http_req req = with("prefer", "respond-async, return=minimal;x=1");

	CHECK(http_prefers(&req, STR("return=minimal")));
	CHECK(!http_prefers(&req, STR("return=representation")));
	req = with("brief", "t");
	CHECK(http_prefers(&req, STR("return=minimal")));
	req = with("brief", "f");
	CHECK(!http_prefers(&req, STR("return=minimal")));
}

static void
languages(void)
{
	static const str offered[] = { STR_CONST("en"), STR_CONST("zh") };
	static const struct {
		const char *value, *best;
	} rows[] = { { "zh-CN,zh;q=0.9,en;q=0.8", "zh" }, { "en-US", "en" },
		{ "fr, zh;q=0.1", "zh" }, { "fr", "en" }, { "", "en" },
		{ "zh;q=0, en;q=0.5", "en" }, { "en;q=0.3,zh;q=0.31", "zh" },
		{ "zh;q=x", "en" } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_req req = with("accept-language", rows[i].value);

		check_about(rows[i].value);
		CHECK_STR(http_language(&req, offered, 2), str_of(rows[i].best));
	}
}

static void
cookies(void)
{
	struct http_req req = with("cookie", "a=1; kith=abc; b=\"q\"");

	CHECK_STR(http_cookie(&req, STR("kith")), STR("abc"));
	CHECK_STR(http_cookie(&req, STR("b")), STR("q"));
	CHECK_STR(http_cookie(&req, STR("it")), STR(""));
}

static void
basic(void)
{
	SCOPED(arena) arena = arena_open();
	str user, password;

	CHECK_OK(http_basic_read(
	    arena, STR("basic dGVzdDoxMjPCow=="), &user, &password)); /* RFC 7617 2.1 */
	CHECK_STR(user, STR("test"));
	CHECK_STR(password, STR("123\xC2\xA3"));
	CHECK_ERR(
	    http_basic_read(arena, STR("Bearer x"), &user, &password), ERR_NOT_FOUND);
	CHECK_ERR(http_basic_read(arena, STR(""), &user, &password), ERR_NOT_FOUND);
	CHECK_ERR(
	    http_basic_read(arena, STR("Basic ***"), &user, &password), ERR_BAD_INPUT);
	CHECK_ERR(
	    http_basic_read(arena, STR("Basic YQ=="), &user, &password), ERR_BAD_INPUT);
}

static void
dates(void)
{
	static const char *const rows[] = { "Sun, 06 Nov 1994 08:49:37 GMT",
		"Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994" };
	int64_t at_ms = 0;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i]);
		CHECK_OK(http_date_read(str_of(rows[i]), &at_ms));
		CHECK_INT(at_ms, 784111777000);
	}
	CHECK_ERR(http_date_read(STR("yesterday"), &at_ms), ERR_BAD_INPUT);
	CHECK_ERR(http_date_read(STR("Sun, 06 Nov 1994 08:49:37 GMT+1"), &at_ms),
	    ERR_BAD_INPUT);
}

static void
queries(void)
{
	SCOPED(arena) arena = arena_open();
	struct http_form form;

	CHECK_OK(http_query_read(arena, STR("q=%E6%9D%8E+%2B1&&empty=&q=2"), &form));
	CHECK_INT(form.count, 3);
	CHECK_STR(http_form_get(&form, STR("q")), STR("\xE6\x9D\x8E +1"));
	CHECK_STR(http_form_get(&form, STR("none")), STR(""));
	CHECK_ERR(http_query_read(arena, STR("q=%"), &form), ERR_BAD_INPUT);
}

static void
too_many_fields(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf query = buf_in(arena, 10000);
	struct http_form form;

	for (size_t i = 0; i <= HTTP_FORM_MAX_FIELDS; i++)
		buf_add(&query, STR("a=1&"));
	CHECK_ERR(http_query_read(arena, buf_str(&query), &form), ERR_TOO_LARGE);
}

static void
multipart(void)
{
	static const char body[] =
	    "--xyz\r\nContent-Disposition: form-data; name=\"org\"\r\n\r\nA\r\n--B\r\n"
	    "--xyz\r\ncontent-disposition: form-data; name=\"photo\"; "
	    "filename=\"a;b.png\"\r\n"
	    "Content-Type: image/png\r\n\r\n\x89PNG\0\xff\r\n"
	    "--xyz\r\nContent-Disposition: form-data; "
	    "name=\"empty\"\r\n\r\n\r\n--xyz--\r\n";
	SCOPED(arena) arena = arena_open();
	struct http_req req = with("content-type", "multipart/form-data; boundary=xyz");
	struct http_form form;
	const struct http_form_field *photo;

	req.body = (str){ body, sizeof body - 1 };
	if (!CHECK_OK(http_form_read(arena, &req, &form)))
		return;
	CHECK_INT(form.count, 3);
	CHECK_STR(http_form_get(&form, STR("org")), STR("A\r\n--B"));
	photo = http_form_find(&form, STR("photo"));
	CHECK_STR(photo->file_name, STR("a;b.png"));
	CHECK_STR(photo->media_type, STR("image/png"));
	CHECK_STR(photo->value, STR("\x89PNG\0\xff"));
	CHECK_STR(http_form_get(&form, STR("empty")), STR(""));
}

static void
broken_multipart(void)
{
	static const struct {
		const char *why, *body;
	} rows[] = {
		{ "no boundary", "hello" },
		{ "unclosed",
		    "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx" },
		{ "no blank line",
		    "--xyz\r\nContent-Disposition: form-data\r\n--xyz--" },
		{ "no name", "--xyz\r\nContent-Type: text/plain\r\n\r\nx\r\n--xyz--" },
		{ "text not UTF-8",
		    "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
		    "\xff\r\n--xyz--" },
		{ "only the boundary", "--xyz" },
	};
	SCOPED(arena) arena = arena_open();
	struct http_form form;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct http_req req =
		    with("content-type", "multipart/form-data; boundary=xyz");

		check_about(rows[i].why);
		req.body = str_of(rows[i].body);
		CHECK_ERR(http_form_read(arena, &req, &form), ERR_BAD_INPUT);
	}
}

static void
other_bodies(void)
{
	SCOPED(arena) arena = arena_open();
	struct http_req req = with("content-type", "application/json");
	struct http_form form;

	req.body = STR("{}");
	CHECK_ERR(http_form_read(arena, &req, &form), ERR_UNSUPPORTED);
	req.body = (str){ 0 };
	CHECK_OK(http_form_read(arena, &req, &form));
	CHECK_INT(form.count, 0);
}

int
main(void)
{
	return CHECK_RUN({ "paths are cut and decoded", paths },
	    { "a path is cut to its end", path_to_its_end },
	    { "a segment there and back", path_there_and_back },
	    { "If-Match and If-None-Match", conditions },
	    { "media types", media_types }, { "Depth", depths },
	    { "Prefer and Brief", preferences }, { "Accept-Language", languages },
	    { "cookies", cookies }, { "Basic", basic },
	    { "three forms of a date", dates }, { "queries", queries },
	    { "too many fields", too_many_fields }, { "multipart", multipart },
	    { "broken multipart", broken_multipart },
	    { "bodies that are no form", other_bodies });
}

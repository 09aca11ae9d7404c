/* test_serve.c - requests and answers over a socket. */
#include "base/log.h"
#include "serve/fixture_int.h"

static const struct {
	const char *name, *request,
	    *answers[6]; /* parts of what comes back, to be found */
} exchanges[] = {
	{ "a GET runs on the loop", "GET /x?y=1 HTTP/1.1\r\nHost: a.b:1\r\n\r\n",
	    { "HTTP/1.1 200 OK\r\nDate: ", "\r\nContent-Type: text/plain\r\n",
		"<GET /x ?y=1 from 127.0.0.1 at http://a.b:1, 0: , who 0, on loop>" } },
	{ "a GET of a slow route runs on a worker",
	    "GET /slow/x HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "<GET /slow/x", "on worker>" } },
	{ "a POST runs on a worker",
	    "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
	    { "<POST /x ? from 127.0.0.1 at http://a, 3: abc, who 0, on worker>" } },
	{ "a body in chunks",
	    "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
	    "chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
	    { "3: abc" } },
	{ "PROPFIND of depth 0", "PROPFIND / HTTP/1.1\r\nHost: a\r\nDepth: 0\r\n\r\n",
	    { "<PROPFIND /", "on loop>" } },
	{ "PROPFIND of depth 1", "PROPFIND / HTTP/1.1\r\nHost: a\r\nDepth: 1\r\n\r\n",
	    { "<PROPFIND /", "on worker>" } },
	{ "PROPFIND without depth", "PROPFIND / HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "on worker>" } },
	{ "HTTP/1.0", "GET / HTTP/1.0\r\n\r\n",
	    { "HTTP/1.1 200 OK", "Connection: close", "at http://127.0.0.1:" } },
	{ "HTTP/1.0 kept alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
	    { "Connection: keep-alive\r\n" } },
	{ "an absolute target", "GET http://b.c/x?y HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "<GET /x ?y from 127.0.0.1 at http://b.c," } },
	{ "an absolute target without a path",
	    "GET https://b.c HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "<GET / ? from 127.0.0.1 at http://b.c," } },
	{ "about the server itself", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "HTTP/1.1 204 No Content\r\nDate: " } },
	{ "known credentials",
	    "GET /dav/ HTTP/1.1\r\nHost: a\r\nAuthorization: Basic known\r\n\r\n",
	    { "HTTP/1.1 200 OK", "who 7, on loop" } },
	{ "credentials to be verified",
	    "GET /dav/ HTTP/1.1\r\nHost: a\r\nAuthorization: Basic slow\r\n\r\n",
	    { "HTTP/1.1 200 OK", "who 8, on worker" } },
	{ "a write with known credentials",
	    "PUT /dav/ HTTP/1.1\r\nHost: a\r\nAuthorization: Basic known\r\n"
	    "Content-Length: 1\r\n\r\nx",
	    { "HTTP/1.1 200 OK", "who 7, on worker" } },
	{ "no credentials", "GET /dav/ HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "HTTP/1.1 401 Unauthorized\r\n",
		"WWW-Authenticate: Basic realm=\"The \\\"Kith\\\" of Ada\", "
		"charset=\"UTF-8\"\r\n" } },
	{ "wrong credentials",
	    "GET /dav/ HTTP/1.1\r\nHost: a\r\nAuthorization: Basic wrong\r\n\r\n",
	    { "HTTP/1.1 401 Unauthorized\r\n", "WWW-Authenticate: Basic " } },
	{ "a body without credentials",
	    "PUT /dav/ HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
	    "GET /next HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "HTTP/1.1 401 Unauthorized\r\n", "<GET /next" } },
	{ "throttled",
	    "GET /dav/ HTTP/1.1\r\nHost: a\r\nAuthorization: Basic often\r\n\r\n",
	    { "HTTP/1.1 503 ", "Retry-After: 10\r\n" } },
	{ "a session that listens",
	    "GET /dav/news HTTP/1.1\r\nHost: a\r\nCookie: kith=session\r\n\r\n",
	    { "HTTP/1.1 200 OK", "who 9, on loop" } },
	{ "a session that listens, from a page of ours",
	    "GET /dav/news HTTP/1.1\r\nHost: a\r\nCookie: kith=session\r\n"
	    "Sec-Fetch-Site: same-origin\r\n\r\n",
	    { "HTTP/1.1 200 OK", "who 9, on loop" } },
	{ "a session that listens, from a page of somebody else's",
	    "GET /dav/news HTTP/1.1\r\nHost: a\r\nCookie: kith=session\r\n"
	    "Sec-Fetch-Site: same-site\r\n\r\n",
	    { "HTTP/1.1 403 Forbidden\r\n" } },
	{ "a session that is over",
	    "GET /dav/news HTTP/1.1\r\nHost: a\r\nCookie: kith=over\r\n\r\n",
	    { "HTTP/1.1 403 Forbidden\r\n" } },
	{ "a session that writes",
	    "PUT /dav/news HTTP/1.1\r\nHost: a\r\nCookie: kith=session\r\n"
	    "Content-Length: 0\r\n\r\n",
	    { "HTTP/1.1 403 Forbidden\r\n" } },
	{ "a session where none is taken",
	    "GET /dav/ HTTP/1.1\r\nHost: a\r\nCookie: kith=session\r\n\r\n",
	    { "HTTP/1.1 401 Unauthorized\r\n", "WWW-Authenticate: Basic " } },
	{ "listening with credentials",
	    "GET /dav/news HTTP/1.1\r\nHost: a\r\nAuthorization: Basic slow\r\n\r\n",
	    { "HTTP/1.1 200 OK", "who 8, on worker" } },
	{ "listening without any", "GET /dav/news HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "HTTP/1.1 401 Unauthorized\r\n", "WWW-Authenticate: Basic " } },
	{ "OPTIONS, bare", "OPTIONS /dav/ HTTP/1.1\r\nHost: a\r\n\r\n",
	    { "HTTP/1.1 200 OK", "who 0, on loop" } },
	{ "OPTIONS, known",
	    "OPTIONS /dav/ HTTP/1.1\r\nHost: a\r\nAuthorization: Basic known\r\n\r\n",
	    { "HTTP/1.1 200 OK", "who 7, on loop" } },
	{ "the longest prefix wins",
	    "PUT /small/x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n0123456789",
	    { "10: 0123456789" } },
	{ "a forwarded address from nobody we trust",
	    "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 9.9.9.9\r\n"
	    "X-Forwarded-Proto: https\r\nX-Forwarded-Host: b\r\n\r\n",
	    { "from 127.0.0.1 at http://a," } },
};

static void
what_is_asked_is_answered(void)
{
	start_usual();
	for (size_t i = 0; i < sizeof exchanges / sizeof *exchanges; i++) {
		SCOPED(arena) arena = arena_open();
		str heard = ask(arena, str_of(exchanges[i].request));

		check_about(exchanges[i].name);
		for (size_t k = 0; exchanges[i].answers[k]; k++)
			CHECK(has(heard, exchanges[i].answers[k]));
	}
	stop();
}

#define CHUNKED "Transfer-Encoding: chunked\r\n"

static const struct {
	const char *name, *request, *status;
} refusals[] = {
	{ "no Host", "GET / HTTP/1.1\r\n\r\n", "400" },
	{ "two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400" },
	{ "an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "400" },
	{ "markup for a Host", "GET / HTTP/1.1\r\nHost: a\"><b\r\n\r\n", "400" },
	{ "a path for a Host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "400" },
	{ "a user in the target", "GET http://a@b/ HTTP/1.1\r\nHost: a\r\n\r\n",
	    "400" },
	{ "no path", "GET x HTTP/1.1\r\nHost: a\r\n\r\n", "400" },
	{ "CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "400" },
	{ "GET of *", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "400" },
	{ "a fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n", "400" },
	{ "bytes beyond ASCII in the target",
	    "GET /\xC3\xA4 HTTP/1.1\r\nHost: a\r\n\r\n", "400" },
	{ "a control character", "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n",
	    "400" },
	{ "a chunked body in HTTP/1.0", "POST / HTTP/1.0\r\n" CHUNKED "\r\n0\r\n\r\n",
	    "400" },
	{ "coding and length",
	    "POST / HTTP/1.1\r\nHost: a\r\n" CHUNKED
	    "Content-Length: 4\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n",
	    "400" },
	{ "length and coding",
	    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n" CHUNKED
	    "\r\n0\r\n\r\nGET /evil HTTP/1.1\r\n\r\n",
	    "400" },
	{ "two lengths, the same",
	    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: "
	    "1\r\n\r\na",
	    "400" },
	{ "two lengths in one",
	    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na", "400" },
	{ "two codings",
	    "POST / HTTP/1.1\r\nHost: a\r\n" CHUNKED CHUNKED "\r\n0\r\n\r\n", "400" },
	{ "a coding behind chunked",
	    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, "
	    "identity\r\n\r\n0\r\n\r\n",
	    "400" },
	{ "a coding before chunked",
	    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, "
	    "chunked\r\n\r\n0\r\n\r\n",
	    "501" },
	{ "nearly chunked",
	    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
	    "xchunked\r\n\r\n0\r\n\r\n",
	    "400" },
	{ "chunked behind a vertical tab",
	    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
	    "\x0B"
	    "chunked\r\n\r\n0\r\n\r\n",
	    "400" },
	{ "space before the colon",
	    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\nabcde", "400" },
	{ "a folded line",
	    "POST / HTTP/1.1\r\nHost: a\r\nX: 1\r\n Content-Length: 5\r\n\r\nabcde",
	    "400" },
	{ "bare LFs", "GET / HTTP/1.1\nHost: a\n\n", "400" },
	{ "an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "501" },
	{ "another HTTP", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505" },
	{ "an expectation nobody has",
	    "POST / HTTP/1.1\r\nHost: a\r\nExpect: more\r\nContent-Length: "
	    "1\r\n\r\na",
	    "417" },
	{ "a body that says it is too long",
	    "PUT /small/ HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n", "413" },
	{ "a body that is too long",
	    "PUT /small/ HTTP/1.1\r\nHost: a\r\n" CHUNKED
	    "\r\nb\r\n01234567890\r\n0\r\n\r\n",
	    "413" },
	{ "a body that is too long, expected",
	    "PUT /small/ HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
	    "Content-Length: 11\r\n\r\n",
	    "413" },
	{ "no credentials, expected",
	    "PUT /dav/ HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
	    "Content-Length: 11\r\n\r\n",
	    "401" },
};

/* Refused and closed: nothing behind it is answered. */
static void
what_is_wrong_is_refused(void)
{
	start_usual();
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		SCOPED(arena) arena = arena_open();
		str wrong = str_of(refusals[i].request);
		int fd = client();
		str heard;

		check_about(refusals[i].name);
		say(fd, wrong);
		say(fd, STR("GET /next HTTP/1.1\r\nHost: a\r\n\r\n"));
		heard = hear(arena, fd, (str){ 0 }, 0);
		CHECK_STR(str_part(heard, 9, 3), str_of(refusals[i].status));
		CHECK(has(heard, "Connection: close\r\n"));
		CHECK(str_find(heard, STR("<GET")) == SIZE_MAX);
		CHECK(str_find(str_part(heard, 9, heard.len), STR("HTTP/1.1 ")) ==
		      SIZE_MAX);
		(void)close(fd);
	}
	CHECK(serve_counts(server).refused == sizeof refusals / sizeof *refusals);
	stop();
}

static str
repeat(struct arena *arena, str text, unsigned times)
{
	struct buf all = buf_in(arena, SIZE_MAX);

	while (times--)
		buf_add(&all, text);
	return buf_str(&all);
}

static void
heads_over_their_limits(void)
{
	SCOPED(arena) arena = arena_open();
	str x8k = repeat(arena, STR("x"), SERVE_TARGET_MAX_BYTES);
	str x32k = repeat(arena, STR("x"), SERVE_HEAD_MAX_BYTES);

	start_usual();
	CHECK(
	    has(ask(arena, arena_printf(arena, "GET /%.*s HTTP/1.1\r\nHost: a\r\n\r\n",
			       STR_ARG(x8k))),
		"HTTP/1.1 414 "));
	CHECK(
	    has(ask(arena, arena_printf(arena, "GET /%.*s HTTP/1.1\r\nHost: a\r\n\r\n",
			       STR_ARG(str_part(x8k, 1, x8k.len)))),
		"HTTP/1.1 200 "));
	CHECK(has(ask(arena, arena_printf(arena,
				 "GET / HTTP/1.1\r\nHost: a\r\nA: %.*s\r\n\r\n",
				 STR_ARG(x32k))),
	    "HTTP/1.1 431 "));
	CHECK(has(ask(arena, arena_printf(arena, "GET / HTTP/1.1\r\n%.*s\r\n",
				 STR_ARG(repeat(arena, STR("Aa: 1\r\n"),
				     SERVE_HEAD_MAX_FIELDS + 1)))),
	    "HTTP/1.1 431 "));
	CHECK(
	    has(ask(arena, arena_printf(arena, "GET / HTTP/1.1\r\nHost: a\r\n%.*s\r\n",
			       STR_ARG(repeat(arena, STR("Aa: 1\r\n"),
				   SERVE_HEAD_MAX_FIELDS - 1)))),
		"HTTP/1.1 200 "));
	stop();
}

/* Sent while the body is still coming, the answer has to survive it. */
static void
a_refusal_is_heard_over_a_body(void)
{
	SCOPED(arena) arena = arena_open();
	str megabyte = repeat(arena, STR("0123456789abcdef"), 64 * 1024);
	int fd;

	start_usual();
	fd = client();
	say(fd,
	    STR("PUT /small/ HTTP/1.1\r\nHost: a\r\nContent-Length: 8388608\r\n\r\n"));
	for (int i = 0; i < 8; i++)
		say(fd, megabyte);
	CHECK(has(hear(arena, fd, STR("413 "), 1), "HTTP/1.1 413 "));
	(void)close(fd);
	CHECK(connections_come_to(0));
	stop();
}

/* Answered in order, though one of them has to wait for a worker. */
static void
pipelined(void)
{
	SCOPED(arena) arena = arena_open();
	str one = STR("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
		      "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
		      "HEAD /3 HTTP/1.1\r\nHost: a\r\n\r\n"
		      "GET /4 HTTP/1.1\r\nHost: a\r\n\r\n");
	str heard;
	size_t at[4];

	start_usual();
	heard = ask(arena, one);
	at[0] = str_find(heard, STR("<GET /1"));
	at[1] = str_find(heard, STR("<POST /2"));
	at[3] = str_find(heard, STR("<GET /4"));
	CHECK(at[0] < at[1] && at[1] < at[3] && at[3] != SIZE_MAX);
	CHECK(str_find(heard, STR("<HEAD")) == SIZE_MAX);

	heard = ask(arena, repeat(arena, one, 2000));
	for (unsigned seen = 0; seen < 2000; seen++) {
		size_t found = str_find(heard, STR("<GET /4"));

		if (!CHECK(found != SIZE_MAX))
			break;
		heard = str_part(heard, found + 7, heard.len);
	}
	CHECK_INT(serve_counts(server).requests, 4 * 2001);
	stop();
}

static void
byte_by_byte(void)
{
	SCOPED(arena) arena = arena_open();
	str text =
	    STR("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
	int fd;

	start_usual();
	fd = client();
	for (size_t i = 0; i < text.len; i++) {
		say(fd, str_part(text, i, 1));
		(void)usleep(500);
	}
	CHECK(has(hear(arena, fd, STR(">"), 1), "<POST /slow ? from 127.0.0.1 at "
						"http://a, 5: hello"));
	(void)close(fd);
	stop();
}

static void
body_held_back(void)
{
	SCOPED(arena) arena = arena_open();
	int fd;

	start_usual();
	fd = client();
	say(fd, STR("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n"
		    "Content-Length: 5\r\n\r\n"));
	CHECK_STR(
	    hear(arena, fd, STR("\r\n\r\n"), 1), STR("HTTP/1.1 100 Continue\r\n\r\n"));
	say(fd, STR("hello"));
	CHECK(has(hear(arena, fd, STR(">"), 1), "5: hello"));
	(void)close(fd);
	stop();
}

/* HEAD: the length of what GET gives, and no body. */
static void
head_alone(void)
{
	SCOPED(arena) arena = arena_open();
	str heard;

	start_usual();
	heard = ask(arena, STR("HEAD /abc HTTP/1.1\r\nHost: a\r\n\r\n"));
	CHECK(has(heard, "Content-Length: 61\r\n"));
	CHECK(str_ends(heard, STR("\r\n\r\n")));
	heard = ask(arena, STR("HEAD /stream/100 HTTP/1.1\r\nHost: a\r\n\r\n"
			       "GET /x HTTP/1.1\r\nHost: a\r\n\r\n"));
	CHECK(str_find(heard, STR("xxx")) == SIZE_MAX);
	CHECK(has(heard, "<GET /x"));
	CHECK_INT(atomic_load(&closes), 1);
	stop();
}

static void
behind_a_proxy(void)
{
	SCOPED(arena) arena = arena_open();
	struct serve_setup setup = setup_usual;

	setup.trusted_proxy = STR("127.0.0.1");
	start(&setup, &serve_default_limits);
	CHECK(has(ask(arena, STR("GET / HTTP/1.1\r\nHost: a\r\n"
				 "X-Forwarded-For: 1.1.1.1\r\n"
				 "X-Forwarded-For: 2.2.2.2, 3.3.3.3\r\n"
				 "X-Forwarded-Proto: https\r\n"
				 "X-Forwarded-Host: kith.example\r\n\r\n")),
	    "from 3.3.3.3 at https://kith.example secure,"));
	CHECK(has(ask(arena, STR("GET / HTTP/1.1\r\nHost: a\r\n"
				 "X-Forwarded-For: <script>\r\n\r\n")),
	    "from 127.0.0.1 at http://a,"));
	CHECK(has(ask(arena, STR("GET / HTTP/1.1\r\nHost: a\r\n"
				 "X-Forwarded-Host: a\"b\r\n\r\n")),
	    "HTTP/1.1 400 "));
	stop();
}

static const struct {
	const char *request, *line;
} logged[] = {
	{ "GET /dav/b/1?secret=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Basic "
	  "known\r\n\r\n",
	    "GET /dav/b/1 200 " },
	{ "GET /a/token?secret=1 HTTP/1.1\r\nHost: a\r\n\r\n", "GET /#" },
	{ "GET /dav/ HTTP/1.1\r\nHost: a\r\n\r\n", "who\n" },
	{ "nonsense\r\n\r\n", "- - 501 " },
};

/* One line each, and nothing in it that opens a door. */
static void
the_access_log(void)
{
	SCOPED(arena) arena = arena_open();
	struct serve_setup setup = setup_usual;
	int before = dup(STDERR_FILENO);
	FILE *file = tmpfile();
	char text[4096];
	str lines;

	must(file != NULL && dup2(fileno(file), STDERR_FILENO) >= 0);
	log_start("test", LOG_INFO);
	setup.access_log = true;
	start(&setup, &serve_default_limits);
	for (size_t i = 0; i < sizeof logged / sizeof *logged; i++)
		(void)ask(arena, str_of(logged[i].request));
	stop();
	must(dup2(before, STDERR_FILENO) >= 0);
	(void)close(before);
	rewind(file);
	lines = (str){ text, fread(text, 1, sizeof text, file) };
	(void)fclose(file);
	for (size_t i = 0; i < sizeof logged / sizeof *logged; i++)
		CHECK(has(lines, logged[i].line));
	CHECK(has(lines, " bytes "));
	CHECK(str_find(lines, STR("token")) == SIZE_MAX);
	CHECK(str_find(lines, STR("secret")) == SIZE_MAX);
	for (size_t i = 0; i < sizeof logged / sizeof *logged; i++)
		CHECK(str_cut(&lines, '\n').len > 0);
	CHECK_INT(lines.len, 0);
}

static const struct {
	const char *listen, *what;
} places[] = {
	{ "", "the address is not of the form ADDRESS:PORT" },
	{ "127.0.0.1", "the address is not of the form ADDRESS:PORT" },
	{ "127.0.0.1:", "the address is not of the form ADDRESS:PORT" },
	{ "127.0.0.1:65536", "the address is not of the form ADDRESS:PORT" },
	{ "localhost:1", "the address is not of the form ADDRESS:PORT" },
	{ "[::1:1", "the address is not of the form ADDRESS:PORT" },
	{ "192.0.2.1:0", "the address is none of this machine" },
};

static void
where_it_listens(void)
{
	struct serve_setup setup = setup_usual;
	SCOPED(arena) arena = arena_open();
	struct serve *other = NULL;
	struct why why = { 0 };

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		check_about(places[i].listen);
		setup.listen = str_of(places[i].listen);
		CHECK_ERR(serve_open(&setup, &other, &why), ERR_IO);
		CHECK_STR(str_of(why.what), str_of(places[i].what));
	}
	start_usual();
	check_about("a port in use");
	setup.listen = arena_copy(arena, str_part(serve_url(server), 7, 99));
	CHECK_ERR(serve_open(&setup, &other, &why), ERR_IO);
	CHECK_STR(str_of(why.what), STR("the address is in use"));
	stop();
	check_about("the same port, free again; never run");
	CHECK_OK(serve_open(&setup, &other, &why));
	serve_close(&other);
}

int
main(void)
{
	return CHECK_RUN({ "what is asked is answered", what_is_asked_is_answered },
	    { "what is wrong is refused", what_is_wrong_is_refused },
	    { "heads over their limits", heads_over_their_limits },
	    { "a refusal is heard over a body", a_refusal_is_heard_over_a_body },
	    { "pipelined", pipelined }, { "byte by byte", byte_by_byte },
	    { "a body held back", body_held_back }, { "HEAD", head_alone },
	    { "behind a proxy", behind_a_proxy }, { "the access log", the_access_log },
	    { "where it listens", where_it_listens });
}

#include <netdb.h>
#include <stdlib.h>

#include "wire/fixture_int.h"
#include "wire/wire.h"
#include "wire/wire_int.h"

static struct arena *arena;

/* Hears one whole request, says what the script has, and hangs up. */
static void *
answer_once(void *self)
{
	struct fixture *f = self;
	int fd = accept(f->listener, NULL, NULL);
	const char *head_end = NULL;
	const char *length;
	size_t body_bytes;

	while (fd >= 0 && !(head_end = strstr(f->heard, "\r\n\r\n")))
		if (!fixture_hear(f, fd))
			break;
	if (head_end) {
		length = strstr(f->heard, "Content-Length: ");
		body_bytes = length ? (size_t)strtoul(length + 16, NULL, 10) : 0;
		while (f->heard_bytes < (size_t)(head_end + 4 - f->heard) + body_bytes)
			if (!fixture_hear(f, fd))
				break;
		fixture_say(fd, f->script, strlen(f->script));
	}
	if (fd >= 0)
		(void)close(fd);
	return NULL;
}

static str
url_of(const struct fixture *f, const char *path)
{
	return arena_printf(arena, "http://127.0.0.1:%u%s", f->port, path);
}

#define PLAIN "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

static void
exchange(void)
{
	struct fixture f;
	struct wire_field fields[] = { { STR("X-One"), STR("eins") },
		{ STR("X-None"), STR("") } };
	struct wire_req req = {
		.method = STR("REPORT"),
		.body = STR("<a/>"),
		.fields = fields,
		.field_count = 2,
		.username = STR("ada"),
		.password = STR("pw:1"),
		.inner = true,
	};
	struct wire_res res;
	struct why why = { 0 };

	fixture_start(&f,
	    "HTTP/1.1 100 Continue\r\nEarly: yes\r\n\r\n"
	    "HTTP/1.1 207 Multi-Status\r\nETag:  \"x\" \r\nContent-Length: "
	    "5\r\n\r\nhello",
	    answer_once);
	req.url = url_of(&f, "/dav/?a=b%20c");
	CHECK_OK(wire_http(arena, &req, &res, &why));
	fixture_stop(&f);
	CHECK_INT(res.status, 207);
	CHECK_STR(res.body, STR("hello"));
	CHECK_STR(wire_field(&res, STR("etag")), STR("\"x\""));
	CHECK_STR(wire_field(&res, STR("early")), STR(""));
	CHECK(strstr(f.heard, "REPORT /dav/?a=b%20c HTTP/1.1\r\n") == f.heard);
	CHECK(strstr(f.heard, "\r\nX-One: eins\r\n") != NULL);
	CHECK(strstr(f.heard, "\r\nX-None:\r\n") != NULL);
	CHECK(strstr(f.heard, "\r\nAuthorization: Basic YWRhOnB3OjE=\r\n") != NULL);
	CHECK(strstr(f.heard, "\r\nExpect") == NULL);
	CHECK(strstr(f.heard, "\r\n\r\n<a/>") != NULL);
}

static void
methods(void)
{
	static const struct {
		const char *method, *body, *head, *answer, *said;
	} rows[] = {
		{ "GET", "", "GET /x HTTP/1.1\r\n", PLAIN, "ok" },
		{ "POST", "", "POST /x HTTP/1.1\r\n", PLAIN, "ok" },
		{ "POST", "a=1", "POST /x HTTP/1.1\r\n", PLAIN, "ok" },
		{ "PUT", "card", "PUT /x HTTP/1.1\r\n", PLAIN, "ok" },
		{ "DELETE", "", "DELETE /x HTTP/1.1\r\n",
		    "HTTP/1.1 204 No Content\r\n\r\n", "" },
		{ "HEAD", "", "HEAD /x HTTP/1.1\r\n",
		    "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture f;
		struct wire_req req = {
			.method = str_of(rows[i].method),
			.body = str_of(rows[i].body),
			.inner = true,
		};
		struct wire_res res = { 0 };
		struct why why = { 0 };

		check_about(rows[i].method);
		fixture_start(&f, rows[i].answer, answer_once);
		req.url = url_of(&f, "/x");
		CHECK_OK(wire_http(arena, &req, &res, &why));
		fixture_stop(&f);
		CHECK(strstr(f.heard, rows[i].head) == f.heard);
		CHECK(str_ends(str_of(f.heard), str_of(rows[i].body)));
		CHECK_STR(res.body, str_of(rows[i].said));
	}
}

/* Redirects stay answers: a gateway must not send us on to an inner address. */
static void
redirects(void)
{
	struct fixture f;
	struct wire_req req = { .method = STR("GET"), .inner = true };
	struct wire_res res = { 0 };
	struct why why = { 0 };

	fixture_start(&f,
	    "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
	    "Content-Length: 0\r\n\r\n",
	    answer_once);
	req.url = url_of(&f, "/");
	CHECK_OK(wire_http(arena, &req, &res, &why));
	fixture_stop(&f);
	CHECK_INT(res.status, 302);
	CHECK_STR(wire_field(&res, STR("location")), STR("http://127.0.0.1:1/"));
}

static void
limits(void)
{
	struct fixture f;
	struct wire_req req = {
		.method = STR("GET"), .inner = true, .answer_max_bytes = 4
	};
	struct wire_res res = { 0 };
	struct why why = { 0 };

	fixture_start(&f, "HTTP/1.1 202 Accepted\r\nContent-Length: 6\r\n\r\n123456",
	    answer_once);
	req.url = url_of(&f, "/");
	CHECK_ERR(wire_http(arena, &req, &res, &why), ERR_TOO_LARGE);
	fixture_stop(&f);
	CHECK_INT(res.status, 202);
	CHECK_STR(res.body, STR("1234"));

	fixture_start(
	    &f, "HTTP/1.1 202 Accepted\r\nContent-Length: 4\r\n\r\n1234", answer_once);
	req.url = url_of(&f, "/");
	CHECK_OK(wire_http(arena, &req, &res, &why));
	fixture_stop(&f);
	CHECK_STR(res.body, STR("1234"));
}

static void
no_answer(void)
{
	static const struct {
		const char *row, *answer;
	} rows[] = {
		{ "silence", "" },
		{ "half a body", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf" },
		{ "no HTTP", "220 mail.example ESMTP\r\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture f;
		struct wire_req req = { .method = STR("GET"), .inner = true };
		struct wire_res res = { 0 };
		struct why why = { 0 };

		check_about(rows[i].row);
		fixture_start(&f, rows[i].answer, answer_once);
		req.url = url_of(&f, "/");
		CHECK_ERR(wire_http(arena, &req, &res, &why), ERR_IO);
		CHECK(why.what != NULL && why.name.len);
		fixture_stop(&f);
	}
}

static void
refusals(void)
{
	struct wire_field forged = { STR("X"), STR("a\r\nY: b") };
	struct wire_field unnamed = { STR("X Y"), STR("a") };
	const struct {
		const char *row;
		struct wire_req req;
		enum err wanted;
	} rows[] = {
		{ "a second field in a value",
		    { .method = STR("GET"),
			.url = STR("http://127.0.0.1:1/"),
			.fields = &forged,
			.field_count = 1,
			.inner = true },
		    ERR_BAD_INPUT },
		{ "a space in a name",
		    { .method = STR("GET"),
			.url = STR("http://127.0.0.1:1/"),
			.fields = &unnamed,
			.field_count = 1,
			.inner = true },
		    ERR_BAD_INPUT },
		{ "a second line in the method",
		    { .method = STR("GET / HTTP/1.1\r\nX: y"),
			.url = STR("http://127.0.0.1:1/") },
		    ERR_BAD_INPUT },
		{ "no method", { .url = STR("http://127.0.0.1:1/") }, ERR_BAD_INPUT },
		{ "a second line in the URL",
		    { .method = STR("GET"), .url = STR("http://127.0.0.1:1/\r\nX") },
		    ERR_BAD_INPUT },
		{ "a file",
		    { .method = STR("GET"),
			.url = STR("file:///etc/passwd"),
			.inner = true },
		    ERR_IO },
		{ "another protocol",
		    { .method = STR("GET"),
			.url = STR("gopher://127.0.0.1:1/"),
			.inner = true },
		    ERR_IO },
		{ "no URL", { .method = STR("GET"), .inner = true }, ERR_IO },
		{ "nobody there",
		    { .method = STR("GET"),
			.url = STR("http://127.0.0.1:1/"),
			.inner = true },
		    ERR_IO },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct wire_res res = { 0 };
		struct why why = { 0 };

		check_about(rows[i].row);
		CHECK_ERR(wire_http(arena, &rows[i].req, &res, &why), rows[i].wanted);
		CHECK(why.what != NULL);
	}
}

/* However the address is spelt, nothing arrives. */
static void
inner_urls(void)
{
	static const char *const urls[] = { "http://127.0.0.1:%u/",
		"http://localhost:%u/", "http://127.1:%u/", "http://2130706433:%u/",
		"http://0x7f000001:%u/", "http://0.0.0.0:%u/",
		"http://[::ffff:127.0.0.1]:%u/" };

	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		struct fixture f;
		struct wire_req req = { .method = STR("GET") };
		struct wire_res res = { 0 };
		struct why why = { 0 };
		char url[64];

		check_about(urls[i]);
		fixture_start(&f, PLAIN, answer_once);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		(void)snprintf(url, sizeof url, urls[i], f.port);
#pragma GCC diagnostic pop
		req.url = str_of(url);
		CHECK_ERR(wire_http(arena, &req, &res, &why), ERR_IO);
		CHECK_STR(str_of(why.what), STR("it stands at an inner address"));
		fixture_stop(&f);
		CHECK_INT(f.heard_bytes, 0);
	}
}

/* A proxy named by the environment would reach what we must not. */
static void
proxies(void)
{
	struct fixture f;
	struct wire_req req = { .method = STR("GET"),
		.url = STR("http://127.0.0.1:1/") };
	struct wire_res res = { 0 };
	struct why why = { 0 };

	fixture_start(&f, PLAIN, answer_once);
	must(setenv("http_proxy", url_of(&f, "").at, 1) == 0);
	req.inner = true;
	CHECK_ERR(wire_http(arena, &req, &res, &why), ERR_IO);
	must(unsetenv("http_proxy") == 0);
	fixture_stop(&f);
	CHECK_INT(f.heard_bytes, 0);
}

static void
inner_addresses(void)
{
	static const struct {
		const char *address;
		bool inner;
	} rows[] = {
		{ "0.0.0.0", true },
		{ "10.1.2.3", true },
		{ "11.0.0.1", false },
		{ "100.63.255.255", false },
		{ "100.64.0.1", true },
		{ "100.127.255.255", true },
		{ "100.128.0.0", false },
		{ "127.255.255.255", true },
		{ "169.254.169.254", true },
		{ "172.15.255.255", false },
		{ "172.16.0.0", true },
		{ "172.31.255.255", true },
		{ "172.32.0.0", false },
		{ "192.0.2.1", true },
		{ "192.168.0.1", true },
		{ "192.169.0.1", false },
		{ "198.19.0.1", true },
		{ "198.20.0.1", false },
		{ "223.255.255.255", false },
		{ "224.0.0.1", true },
		{ "255.255.255.255", true },
		{ "8.8.8.8", false },
		{ "::", true },
		{ "::1", true },
		{ "::ffff:10.0.0.1", true },
		{ "::ffff:8.8.8.8", false },
		{ "64:ff9b::a00:1", true },
		{ "64:ff9b::808:808", false },
		{ "2002:a00:1::", true },
		{ "2002:808:808::", false },
		{ "2001::1", true },
		{ "2001:db8::1", true },
		{ "2400:3200::1", false },
		{ "fc00::1", true },
		{ "fd12::1", true },
		{ "fe80::1", true },
		{ "ff02::1", true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct addrinfo hints = { .ai_flags = AI_NUMERICHOST };
		struct addrinfo *list = NULL;

		check_about(rows[i].address);
		if (!CHECK(getaddrinfo(rows[i].address, NULL, &hints, &list) == 0))
			continue;
		CHECK_INT(wire_is_inner(list->ai_addr), rows[i].inner);
		freeaddrinfo(list);
	}
	CHECK(wire_is_inner(&(struct sockaddr){ .sa_family = AF_UNIX }));
}

static void
encoding(void)
{
	CHECK_STR(wire_encode(arena, STR("")), STR(""));
	CHECK_STR(wire_encode(arena, STR("aZ09-._~")), STR("aZ09-._~"));
	CHECK_STR(
	    wire_encode(arena, STR("+86 &=\n张")), STR("%2B86%20%26%3D%0A%E5%BC%A0"));
}

int
main(void)
{
	int status;

	arena = arena_open();
	wire_start();
	status = CHECK_RUN({ "an exchange", exchange }, { "methods", methods },
	    { "redirects are not followed", redirects }, { "limits", limits },
	    { "no answer", no_answer }, { "what is refused", refusals },
	    { "URLs of inner addresses", inner_urls },
	    { "proxies of the environment", proxies },
	    { "inner addresses", inner_addresses }, { "encoding", encoding });
	arena_close(&arena);
	return status;
}

/*
 * wire.h - talk to others: an HTTP and an SMTP client under limits.
 *
 * libcurl behind two calls.  Names are resolved once and the address is pinned; loopback,
 * private, link-local and other inner addresses are refused unless the caller allows them;
 * redirects are not followed; answers are cut at a limit.  Blocking; any thread.
 */
#ifndef KITH_WIRE_WIRE_H
#define KITH_WIRE_WIRE_H

#include "base/arena.h"
#include "base/err.h"

#define WIRE_CONNECT_MS 10000
#define WIRE_TOTAL_MS   30000
#define WIRE_ANSWER_MAX_BYTES ((size_t)64 * 1024)

void wire_start(void); /* once per process */

struct wire_field {
	str name, value;
};

struct wire_req {
	str method, url, body;
	const struct wire_field *fields;
	size_t field_count;
	str username, password; /* Basic, when set */
	bool inner;             /* inner addresses are allowed */
	size_t answer_max_bytes; /* 0: WIRE_ANSWER_MAX_BYTES */
	str ca_file;
};

struct wire_res {
	unsigned status;
	str body;
	struct wire_field *fields; /* names in lower case */
	size_t field_count;
};

/* ERR_IO: no answer; why->what and why->name say what happened.  Any HTTP status is OK. */
enum err wire_http(struct arena *arena, const struct wire_req *req, struct wire_res *out,
    struct why *why);

str wire_field(const struct wire_res *res, str name);

struct wire_mail {
	str url; /* smtp:// or smtps:// */
	str username, password;
	str tls; /* "no", "try", "must" */
	str from, to;    /* the envelope */
	str message;     /* RFC 5322, CRLF */
	bool inner;
	str ca_file;
};

/* *status is the server's last reply code (250, 450, 550 ...), 0 when there was none. */
enum err wire_smtp(struct arena *arena, const struct wire_mail *mail, unsigned *status,
    struct why *why);

/* Percent-encodes for a query (RFC 3986 unreserved stay). */
str wire_encode(struct arena *arena, str text);

#endif

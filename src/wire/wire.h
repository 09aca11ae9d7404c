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

#define WIRE_CONNECT_MS       10000
#define WIRE_TOTAL_MS         30000
#define WIRE_ANSWER_MAX_BYTES ((size_t)64 * 1024)

void wire_start(void); /* once per process */

struct wire_field {
	str name, value;
};

struct wire_req {
	str method, url, body;
	const struct wire_field *fields;
	size_t field_count;
	str username, password;  /* Basic, when set */
	bool inner;              /* inner addresses are allowed */
	size_t answer_max_bytes; /* 0: WIRE_ANSWER_MAX_BYTES */
	long total_ms;           /* 0: WIRE_TOTAL_MS */
	str ca_file;
};

struct wire_res {
	unsigned status;
	str body;
	struct wire_field *fields; /* names in lower case */
	size_t field_count;
};

/*
 * One exchange.  Any HTTP status is OK.
 *
 * ERR_IO         no answer, or not all of it; why->what and why->name say what happened
 * ERR_TOO_LARGE  the status is known, the body is cut at the limit
 * ERR_BAD_INPUT  a method or field with characters that could forge another
 */
enum err wire_http(struct arena *arena, const struct wire_req *req,
    struct wire_res *out, struct why *why);

/* The value of a field by its name in lower case; empty when there is none. */
str wire_field(const struct wire_res *res, str name);

struct wire_mail {
	str url; /* smtp:// or smtps:// */
	str username, password;
	str tls;      /* "no", "try", "must" */
	str from, to; /* the envelope */
	str message;  /* RFC 5322, CRLF */
	bool inner;
	str ca_file;
};

/*
 * One mail to one recipient.  *status is the server's last reply code (250, 450, 550 ...),
 * 0 when there was none.
 *
 * ERR_FORBIDDEN  refused for good: a 5yz for this recipient or this message
 * ERR_IO         anything else, also a 5yz before the recipient was named: that is about us
 * ERR_BAD_INPUT  an envelope that cannot be written, or an unknown tls word
 */
enum err wire_smtp(struct arena *arena, const struct wire_mail *mail, unsigned *status,
    struct why *why);

/* Percent-encodes for a query (RFC 3986 unreserved stay). */
str wire_encode(struct arena *arena, str text);

#endif

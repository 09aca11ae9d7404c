/*
 * parse_int.h - the bytes of a connection, cut into one request.
 *
 * llhttp reads; this room is stricter than it where proxies and servers have disagreed
 * before (folded lines, a space before the colon, RFC 9112 5.1, 5.2).  Stands apart from
 * http/http.h because llhttp.h names its methods HTTP_GET and so on, too: no file can
 * include both.
 */
#ifndef KITH_SERVE_PARSE_INT_H
#define KITH_SERVE_PARSE_INT_H

#include "base/arena.h"

struct parse_limits {
	size_t head_bytes, head_fields, target_bytes;
};

enum parse_step {
	PARSE_MORE, /* all bytes taken, the request is not whole */
	PARSE_HEAD, /* the head is whole; told once, before any of the body is taken */
	PARSE_DONE, /* the request is whole */
	PARSE_BAD,  /* it is none: parse_status() says why; nothing more can be read */
};

struct parse;

/* For one request; lives in the arena.  `limits` has to outlive it. */
struct parse *parse_open(struct arena *arena, const struct parse_limits *limits);

/* Takes bytes off *bytes as far as the next step, and says which. */
enum parse_step parse_feed(struct parse *parse, str *bytes);

/* After PARSE_BAD: 400, 413, 414, 431, 501 or 505. */
unsigned parse_status(const struct parse *parse);

/* From PARSE_HEAD on. */
str parse_method(const struct parse *parse);
str parse_target(const struct parse *parse);
unsigned parse_minor(const struct parse *parse); /* HTTP/1.minor */
size_t parse_field_count(const struct parse *parse);

/* The name in lower case, the value without the space around it. */
void parse_field(const struct parse *parse, size_t i, str *name, str *value);

/* How long a body may be, and whether it is kept or only passed over. */
void parse_expect_body(struct parse *parse, size_t limit_bytes, bool keep);

/* How much of the body has come. */
size_t parse_body_bytes(const struct parse *parse);

/* After PARSE_DONE. */
str parse_body(const struct parse *parse);
bool parse_keeps_alive(const struct parse *parse);

#endif

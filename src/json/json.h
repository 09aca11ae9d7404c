/*
 * json.h - read a small JSON text (RFC 8259) strictly; write one straight into a buf.
 *
 * jansson reads (UTF-8, duplicate keys and depth checked); writing is an escaper and a
 * comma-keeper.  Values live in the arena and hold no library object.
 */
#ifndef KITH_JSON_JSON_H
#define KITH_JSON_JSON_H

#include "base/buf.h"

#define JSON_MAX_BYTES ((size_t)1 << 20)
#define JSON_MAX_DEPTH 32

enum json_kind {
	JSON_KIND_NULL,
	JSON_KIND_FALSE,
	JSON_KIND_TRUE,
	JSON_KIND_NUMBER,
	JSON_KIND_TEXT,
	JSON_KIND_LIST,
	JSON_KIND_OBJECT
};

struct json {
	enum json_kind kind;
	str name;       /* as a member of an object */
	str text;       /* of JSON_KIND_TEXT */
	double real;    /* of JSON_KIND_NUMBER, and ... */
	int64_t number; /* ... the same, whole (0 when it is not) */
	struct json *first, *next;
};

/* ERR_BAD_INPUT with why->line; ERR_TOO_LARGE. */
enum err json_read(struct arena *arena, str text, struct json **out, struct why *why);

/* A member by name, NULL when absent or `from` is no object.  Text, number or truth of a
 * member, with the empty value when it is absent or of another kind. */
const struct json *json_member(const struct json *from, str name);
str json_text(const struct json *from, str name);
int64_t json_number(const struct json *from, str name);
bool json_truth(const struct json *from, str name);

/* The value a JSON pointer (RFC 6901) names, or NULL. */
const struct json *json_pointer(const struct json *from, str pointer);

/* --- writing: commas are put where they belong by looking at the last byte written --- */

void json_open(struct buf *buf, char bracket);  /* '{' or '[' */
void json_close(struct buf *buf, char bracket); /* '}' or ']' */
void json_key(struct buf *buf, str name);       /* inside an object, before a value */
void json_add_text(struct buf *buf, str text);
void json_add_number(struct buf *buf, int64_t number);
void json_add_truth(struct buf *buf, bool truth);
void json_add_null(struct buf *buf);

/* json_key and json_add_text in one. */
void json_pair(struct buf *buf, str name, str text);
void json_pair_number(struct buf *buf, str name, int64_t number);
void json_pair_truth(struct buf *buf, str name, bool truth);

/* The text alone, quoted and escaped: also what "{text|json}" in a gate's template means. */
void json_quote(struct buf *buf, str text);

#endif

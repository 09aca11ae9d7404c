/*
 * http.h - requests and responses as values, and the grammar of their fields.
 *
 * Knows RFC 9110 (semantics), 7578 and 1866 forms, 6265 cookies, 7240 Prefer, 4918 Depth.
 * Knows no socket and no book: serve/ fills a request and sends a response; dav/, api/,
 * web/ and inbox/ do what lies between.  Pure; safe from any thread.
 */
#ifndef KITH_HTTP_HTTP_H
#define KITH_HTTP_HTTP_H

#include "base/buf.h"

enum http_method {
	HTTP_OTHER, /* a method kith has no use for */
	HTTP_OPTIONS,
	HTTP_GET,
	HTTP_HEAD,
	HTTP_POST,
	HTTP_PUT,
	HTTP_DELETE,
	HTTP_PROPFIND,
	HTTP_PROPPATCH,
	HTTP_MKCOL,
	HTTP_REPORT,
	HTTP_COPY,
	HTTP_MOVE,
	HTTP_LOCK,
	HTTP_UNLOCK,
	HTTP_ACL,
	HTTP_METHOD_COUNT
};

struct http_field {
	str name; /* in lower case */
	str value;
};

struct http_req {
	enum http_method method;
	str path;  /* still percent-encoded, without the query; starts with '/' */
	str query; /* still encoded, without the '?' */
	const struct http_field *fields;
	size_t field_count;
	str body;
	str peer;   /* the address the request came from, as text: "127.0.0.1" */
	str origin; /* "https://kith.example": scheme and Host as the client meant them */
	bool secure; /* the origin's scheme is https */
	size_t
	    route; /* bytes of path that belong to the route that took it ("/dav/": 5) */
};

/*
 * A long answer, written piece by piece as the client takes it: constant memory, and a
 * slow reader holds no worker.
 */
struct http_stream {
	/* Appends the next piece, about HTTP_PIECE_BYTES, and sets *last with the final
	 * one.  Anything but OK breaks the connection off, so that a client cannot take
	 * half an answer for a whole one.  Runs on any one thread at a time. */
	enum err (*next)(void *self, struct buf *out, bool *last);
	void (*close)(
	    void *self); /* may be NULL; called once, also when the client left */
	void *self;      /* lives in the request's arena */
	/* next() may have nothing yet: it is asked again, from the loop, within a second
	 * or two.  It must be quick then. */
	bool waits;
};

#define HTTP_PIECE_BYTES    ((size_t)64 * 1024)
#define HTTP_RES_MAX_FIELDS 24

struct http_res {
	unsigned status;
	struct http_field fields[HTTP_RES_MAX_FIELDS];
	size_t field_count;
	str body;                  /* the whole answer ... */
	struct http_stream stream; /* ... or its source, when .next is set */
	enum err outcome;          /* for the access log; OK when nothing was refused */
	const char *what;          /* the same: struct why's, or NULL */
};

enum http_method http_method_read(str name);
str http_method_name(enum http_method method);

/* The field's value, or the empty string.  `name` in lower case. */
str http_field(const struct http_req *req, str name);
bool http_has_field(const struct http_req *req, str name);

/* Adds a field.  `name` as it should stand on the wire; both have to outlive the answer.
 * A value with CR, LF or NUL is a programming error: clean it first. */
void http_set(struct http_res *res, str name, str value);

/* Status, Content-Type and body in one. */
void http_answer(struct http_res *res, unsigned status, str media_type, str body);
void http_redirect(struct http_res *res, unsigned status, str location);

/* "Not Found"; always the words of RFC 9110: Thunderbird compares "HTTP/1.1 200 OK". */
str http_reason(unsigned status);

/*
 * Cuts the next segment off a path and decodes it.
 *
 * The last segment is empty when the path ended in '/': "/b/" gives "b", then "".
 * ERR_NOT_FOUND when nothing is left; ERR_BAD_INPUT for a broken %XX, a NUL, bytes that
 * are not UTF-8, "." and "..".  RFC 3986 3.3.
 */
enum err http_path_cut(struct arena *arena, str *path, str *out);

/* Appends a segment, encoded the one way kith writes all its hrefs (clients compare them
 * as strings): unreserved characters stay, everything else is %XX in capitals. */
void http_path_add(struct buf *buf, str segment);

/* --- conditions: RFC 9110 13.1 --- */

struct http_when {
	str if_match, if_none_match; /* the raw lists; empty when absent */
};

struct http_when http_when_read(const struct http_req *req);

/* Whether the request may go on.  `etag` is the current one, quotes included, empty when
 * there is no such resource.  If-Match compares strongly; If-None-Match weakly.  A list
 * that cannot be read matches nothing. */
bool http_match_holds(const struct http_when *when, str etag);
bool http_none_match_holds(const struct http_when *when, str etag);
bool http_when_empty(const struct http_when *when);

/* Cuts the next entity-tag off such a list, quotes included ("*" comes as itself).  False
 * at the end, and at the first thing that is none. */
bool http_etag_cut(str *list, str *etag, bool *weak);

/* --- small grammars --- */

struct http_media {
	str type;    /* "text/vcard", as written */
	str charset; /* without quotes; empty when absent */
	str version; /* the version parameter, same */
	str boundary;
};

/* RFC 9110 8.3.1.  An empty or broken value gives an empty type. */
struct http_media http_media_read(str value);

/* Any other parameter of it, without its quotes; empty when absent. */
str http_media_parameter(str value, str wanted);

/* The weight of an element of an Accept list, in thousandths (RFC 9110 12.4.2): 1000 where it
 * says none, 0 where what it says cannot be read. */
unsigned http_quality(str element);

enum http_depth { HTTP_DEPTH_ABSENT, HTTP_DEPTH_0, HTTP_DEPTH_1, HTTP_DEPTH_INFINITY };

/* RFC 4918 10.2.  ERR_BAD_INPUT for anything else. */
enum err http_depth_read(const struct http_req *req, enum http_depth *out);

/* Whether Prefer (RFC 7240) names the preference, as "return=minimal", or Brief: t
 * stands for that one. */
bool http_prefers(const struct http_req *req, str preference);

/* The best of `offered` (like "zh", "en") by Accept-Language (RFC 9110 12.5.4), primary
 * subtags only; the first one when none fits. */
str http_language(const struct http_req *req, const str *offered, size_t count);

/* A cookie's value, or the empty string (RFC 6265 5.4). */
str http_cookie(const struct http_req *req, str name);

/* User name and password of "Authorization: Basic" (RFC 7617).  ERR_NOT_FOUND when the
 * field is absent or of another scheme; ERR_BAD_INPUT when it is broken. */
enum err http_basic_read(
    struct arena *arena, str authorization, str *user, str *password);

/* A date as in If-Modified-Since or Expires, any of the three forms of RFC 9110 5.6.7. */
enum err http_date_read(str text, int64_t *out_ms);

/* --- forms --- */

#define HTTP_FORM_MAX_FIELDS 400 /* a contact of 60 rows, as a form */

struct http_form_field {
	str name, value;
	str file_name, media_type; /* of an uploaded file; empty otherwise */
};

struct http_form {
	struct http_form_field fields[HTTP_FORM_MAX_FIELDS];
	size_t count;
};

/* Reads application/x-www-form-urlencoded and multipart/form-data bodies; an absent body
 * gives an empty form.  Text fields must be UTF-8.  ERR_UNSUPPORTED for another type,
 * ERR_BAD_INPUT for a broken one, ERR_TOO_LARGE past the field limit. */
enum err http_form_read(
    struct arena *arena, const struct http_req *req, struct http_form *out);

/* The same grammar as a form, for the query behind the '?'. */
enum err http_query_read(struct arena *arena, str query, struct http_form *out);

/* The first field of that name, or the empty string / NULL. */
str http_form_get(const struct http_form *form, str name);
const struct http_form_field *http_form_find(const struct http_form *form, str name);

/* Appends text as a query or form value, percent-encoded (RFC 3986 unreserved stay). */
void http_query_add(struct buf *buf, str text);

#endif

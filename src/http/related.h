/*
 * related.h - the parts of a multipart body that is no form: a message with what belongs to
 * it (RFC 2046 5.1, RFC 2387 multipart/related), as SOAP with attachments sends them.
 *
 * One level: a part that is a multipart itself is read by another call.  Lines may end in
 * LF alone, as some relays write them.  Pure; any thread.
 */
#ifndef KITH_HTTP_RELATED_H
#define KITH_HTTP_RELATED_H

#include "http/http.h"

#define HTTP_RELATED_MAX_PARTS 16

struct http_part {
	str type;     /* its whole Content-Type; "text/plain" when it has none */
	str id;       /* its Content-ID, without the <> */
	str location; /* its Content-Location */
	str bytes;    /* without their transfer encoding */
};

struct http_related {
	struct http_part parts[HTTP_RELATED_MAX_PARTS];
	size_t count;
	size_t root; /* the one `start` names, else the first */
};

/*
 * Reads a body of that Content-Type; one that is no multipart is a single part.  The parts
 * look into the body where nothing had to be decoded.
 *
 * ERR_BAD_INPUT    no boundary, a part without its end, an encoding that cannot be undone
 * ERR_UNSUPPORTED  a transfer encoding nobody knows
 * ERR_TOO_LARGE    more than HTTP_RELATED_MAX_PARTS
 */
enum err http_related_read(
    struct arena *arena, str type, str body, struct http_related *out);

/* The part that a reference means ("cid:a@b", as in a URL, or a Content-Location); NULL. */
const struct http_part *http_related_find(
    struct arena *arena, const struct http_related *related, str reference);

bool http_is_multipart(str type);

#endif

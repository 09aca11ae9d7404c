/*
 * mime.h - compose a mail.
 *
 * gmime behind one call: header encoding, folding and line ends are its business.  A value
 * with CR, LF or NUL is refused, so that no header can be smuggled in.  Used by the courier
 * and by `kith deliver`, never by the server (GLib stays out of it).  Reading: reply.h.
 */
#ifndef KITH_MIME_MIME_H
#define KITH_MIME_MIME_H

#include "base/arena.h"
#include "base/err.h"

void mime_start(void); /* once per process */

#define MIME_SEND_PARTS_MAX 10
#define MIME_SEND_BYTES_MAX ((size_t)10 << 20) /* of all attachments */
#define MIME_SEND_IDS_MAX   20 /* of references: the first and the newest are kept */

/* A file sent along. */
struct mime_part {
	str type; /* "text/vcard"; text is UTF-8 */
	str name; /* of the file */
	str bytes;
};

struct mime_mail {
	str from_name, from, to, reply_to, subject;
	str message_id; /* without <>; stable over retries, so that twins can be told */
	str in_reply_to;       /* without <>; may be empty */
	const str *references; /* without <>, the oldest first */
	size_t reference_count;
	str text; /* plain, UTF-8 */
	str lang;
	str unsubscribe; /* https URL: List-Unsubscribe and -Post (RFC 8058); may be empty */
	str unsubscribe_mailto; /* the same by mail, "mailto:..." (RFC 2369); may be empty */
	const struct mime_part *parts; /* behind the text, in multipart/mixed */
	size_t part_count;
	int64_t date_ms;
};

/* An RFC 5322 message with CRLF line ends, the same bytes for the same mail.  Carries
 * Auto-Submitted: auto-generated.
 * ERR_BAD_INPUT: an address, a header or a part that cannot be written.
 * ERR_TOO_LARGE: more than MIME_SEND_PARTS_MAX or MIME_SEND_BYTES_MAX. */
enum err mime_compose(
    struct arena *arena, const struct mime_mail *mail, str *out, struct why *why);

#endif

/*
 * mime.h - compose a mail.
 *
 * gmime behind one call: header encoding, folding and line ends are its business.  A value
 * with CR, LF or NUL is refused, so that no header can be smuggled in.  Used by the courier
 * process only (GLib stays out of the server).
 */
#ifndef KITH_MIME_MIME_H
#define KITH_MIME_MIME_H

#include "base/arena.h"
#include "base/err.h"

void mime_start(void); /* once per process */

struct mime_mail {
	str from_name, from, to, reply_to, subject;
	str message_id; /* without <>; stable over retries, so that twins can be told */
	str text;       /* plain, UTF-8 */
	str lang;
	str unsubscribe; /* https URL: List-Unsubscribe and -Post (RFC 8058); may be empty */
	int64_t date_ms;
};

/* An RFC 5322 message with CRLF line ends.  Carries Auto-Submitted: auto-generated.
 * ERR_BAD_INPUT: an address or header that cannot be written. */
enum err mime_compose(
    struct arena *arena, const struct mime_mail *mail, str *out, struct why *why);

#endif

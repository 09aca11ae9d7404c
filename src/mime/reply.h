/*
 * reply.h - read a mail that came back.
 *
 * One call makes a value of the bytes an MTA hands over: who wrote, in answer to what, what
 * he wrote himself, which cards came with it; or that nobody wrote: an automatic answer, or
 * a report that a mail of ours did not arrive.
 *
 * Knows RFC 5322, 2045 to 2047, 2231, 3464 (reports), 3676 (flowed text), 3834 (automatic
 * answers), 8601 (Authentication-Results), and how mail programs in English and Chinese
 * quote.  Does not know what was asked.  gmime decodes header fields and transfer encodings;
 * the tree of parts is cut here, under limits, as gmime's own parser takes seconds over
 * nested boundaries and overruns the stack over nested groups.  Nothing is fetched,
 * decrypted or verified.  Pure but for GLib's tables: call mime_start() first.
 */
#ifndef KITH_MIME_REPLY_H
#define KITH_MIME_REPLY_H

#include "base/arena.h"
#include "base/err.h"

#define MIME_READ_MAX_BYTES  ((size_t)8 << 20)  /* of the whole mail: ERR_TOO_LARGE */
#define MIME_FIELD_MAX_BYTES ((size_t)32 << 10) /* of a header field: the rest is cut */
#define MIME_FIELDS_MAX      500                /* header fields of one part */
#define MIME_DEPTH_MAX       10                 /* parts within parts */
#define MIME_PARTS_MAX       100                /* parts of all depths */
#define MIME_RAW_MAX_BYTES   ((size_t)2 << 20)  /* of text looked at, with its quotes */
#define MIME_TEXT_MAX_BYTES  ((size_t)64 << 10) /* of text given back */
#define MIME_CARD_MAX_BYTES  ((size_t)256 << 10) /* of one card */
#define MIME_IMAGE_MAX_BYTES ((size_t)5 << 20)
#define MIME_CARDS_MAX       4
#define MIME_LIST_MAX        100           /* addresses, ids, recipients of a report */
#define MIME_LINE_MAX_BYTES  ((size_t)998) /* of a subject, a name, an id */
#define MIME_WORDS_MAX_BYTES ((size_t)200) /* of a report's words */

struct mime_list {
	const str *at;
	size_t count;
};

/* Whether the mail comes from its From address, as our own mail server saw it. */
enum mime_proof {
	MIME_UNPROVEN,
	MIME_PROVEN, /* DMARC passed, or SPF or DKIM did for the very domain of From */
	MIME_FORGED, /* DMARC failed for the domain of From */
};

enum mime_action { MIME_OTHER, MIME_FAILED, MIME_DELAYED, MIME_DELIVERED };

/* What a report says of one recipient (RFC 3464 2.3). */
struct mime_recipient {
	str address;
	enum mime_action action;
	str status; /* "5.1.1" */
	str words;  /* one clean line, at most MIME_WORDS_MAX_BYTES */
};

/* Anybody can write one: believe it only about a mail that went to this address. */
struct mime_bounce {
	bool is; /* the mail is a report */
	const struct mime_recipient *recipients;
	size_t count;
	str message_id; /* of the mail that is reported about; empty when it is not told */
};

struct mime_reply {
	str from;      /* addr-spec, the domain in lower case; empty: there is none */
	str from_name; /* one line */
	struct mime_list to; /* of Delivered-To, X-Original-To, Envelope-To, To, Cc */
	str subject;         /* decoded, one line */
	str message_id, in_reply_to; /* without <> */
	struct mime_list references;
	int64_t date_ms; /* 0: none */

	bool automatic;            /* nobody wrote this: never answer it */
	const char *why_automatic; /* one word, a literal */
	struct mime_bounce bounce;
	enum mime_proof proof;

	str text; /* what the writer wrote himself, without quotes, signature */
	struct mime_list cards; /* vCards, in UTF-8 where their charset was told */
	str image;              /* the first JPEG or PNG sent along; empty: none */
	str image_type;         /* "image/jpeg", "image/png" */

	bool text_cut;       /* at MIME_TEXT_MAX_BYTES or MIME_RAW_MAX_BYTES */
	bool cards_left_out; /* beyond MIME_CARDS_MAX or MIME_CARD_MAX_BYTES */
	bool image_left_out; /* beyond MIME_IMAGE_MAX_BYTES */
	bool cut; /* fields or parts beyond their limits were not looked at */
};

/*
 * Reads one mail; what *out holds lives in the arena or looks into `bytes`.
 *
 * `trusted` is the authserv-id of our own mail server, whose topmost Authentication-Results
 * counts; those of others are anybody's words.  Empty: nothing is proven.  That server has
 * to take away such fields in its own name from what comes in (RFC 8601 5).
 *
 * ERR_TOO_LARGE  more than MIME_READ_MAX_BYTES
 * ERR_BAD_INPUT  it does not begin with a header field
 */
enum err mime_read(struct arena *arena, str bytes, str trusted, struct mime_reply *out,
    struct why *why);

#endif

/*
 * inbox_int.h - what the files of this room share: a gateway's fields as bytes, a person's
 * SMS as text, and what is done with either.
 */
#ifndef KITH_INBOX_INBOX_INT_H
#define KITH_INBOX_INBOX_INT_H

#include "courier/courier.h"
#include "http/related.h"
#include "inbox/inbox.h"

#define INBOX_COUNT(list) (sizeof(list) / sizeof *(list))

/* --- fields.c --- */

/*
 * The value of a field of the query, or else of a body that is a form, with its %XX
 * decoded: bytes, in whatever charset the sender's phone wrote.  Empty when there is none.
 * http/ reads forms too, but a form of ours is UTF-8 and a gateway's need not be.
 */
str inbox_field(struct arena *arena, const struct http_req *req, str name);

/* Whether the body is a form; else it may be the message itself. */
bool inbox_has_form(const struct http_req *req);

/* --- charset.c --- */

/* A message's bytes as UTF-8.  False when no reading makes sense of them. */
bool inbox_text(struct arena *arena, str bytes, str charset, str coding, str *out);

/* --- words.c --- */

enum inbox_word {
	INBOX_NOTHING, /* nothing we know of */
	INBOX_STOP,
	INBOX_HELP,
	INBOX_ASK,  /* *rest is the identifier */
	INBOX_CODE, /* *rest is the code */
};

/* What an SMS says.  The rest is as it was typed, but for full-width ASCII. */
enum inbox_word inbox_word_read(struct arena *arena, str text, str *rest);

/* --- talk.c --- */

/* What a person sent, whatever by. */
struct inbox_said {
	enum courier_way way;
	str from;    /* E.164 or address */
	str command; /* where a command would stand: the SMS, a mail's subject */
	str text;    /* what he wrote himself */
	str subject; /* mail only */
	str token;   /* of the address it was sent to: the ask it replies to */
	bool proven; /* his own server vouches for `from` */
	bool
	    is_his; /* and it came to the account's secret address: no code is needed */
	str cards[ASK_MESSAGE_MAX_CARDS];
	size_t card_count;
	str picture; /* JPEG */
};

/* As inbox_sms_take(). */
enum err inbox_talk(
    const struct inbox *inbox, const struct call *call, const struct inbox_said *said);

/* --- sms.c, mms.c, report.c --- */

/* A sender's number as a gateway writes it -> E.164.  False: it is none. */
bool inbox_sender(
    const struct inbox *inbox, const struct call *call, str from, str *out);

struct inbox_sms {
	str from; /* as the gateway wrote it */
	str text; /* UTF-8 */
};

/* Done, or a reason to let the gateway try again: of what was done with it he, and who
 * stands behind him, hears nothing. */
enum err inbox_sms_take(
    const struct inbox *inbox, const struct call *call, const struct inbox_sms *sms);

struct inbox_mms {
	str from;                  /* as the relay wrote it */
	str text;                  /* UTF-8; its pages, a line each */
	str card;                  /* a vCard, UTF-8; empty when there is none */
	str picture_type, picture; /* "image/jpeg" and its bytes */
};

/*
 * Fills in what the content holds: parts, and multiparts of them.
 *
 * ERR_BAD_INPUT    a multipart that is none, text in no charset we know
 * ERR_UNSUPPORTED  a transfer encoding nobody knows
 * ERR_TOO_LARGE    more parts than INBOX_MMS_MAX_PARTS, or multiparts too deep, or more text
 *                  than INBOX_MMS_TEXT_MAX_BYTES
 */
enum err inbox_mms_read(
    struct arena *arena, const struct http_related *content, struct inbox_mms *out);

/* As inbox_sms_take. */
enum err inbox_mms_take(
    const struct inbox *inbox, const struct call *call, const struct inbox_mms *mms);

/* What became of a letter, by one who can name whom it went to (or cannot: empty); words
 * for its owner. */
enum err inbox_fate_take(
    const struct call *call, int64_t letter, str to, enum courier_fate fate, str words);

/* ERR_BAD_INPUT: no letter's number, or a status nobody knows. */
enum err inbox_report_take(const struct call *call, str id, str status);

/* The same by the far side's own id for the letter, and the gate that took it.
 * ERR_NOT_FOUND: no such letter. */
enum err inbox_receipt_take(const struct call *call, str gate, str receipt, str status);

/* --- mm7.c --- */

/* One request of an MMS relay; says what came of it. */
enum err inbox_mm7_answer(const struct inbox *inbox, const struct call *call,
    const struct http_req *req, struct http_res *res);

/* --- kannel.c --- */

/* Whether a gateway should try the same again later. */
bool inbox_is_ours_to_mend(enum err outcome);

#endif

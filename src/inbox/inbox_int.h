/*
 * inbox_int.h - what the files of this room share: a gateway's fields as bytes, a person's
 * SMS as text, and what is done with either.
 */
#ifndef KITH_INBOX_INBOX_INT_H
#define KITH_INBOX_INBOX_INT_H

#include "courier/courier.h"
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

/* --- sms.c, report.c --- */

struct inbox_sms {
	str from; /* as the gateway wrote it */
	str text; /* UTF-8 */
};

/* Done, or a reason to let the gateway try again: of what was done with it he, and who
 * stands behind him, hears nothing. */
enum err inbox_sms_take(
    const struct inbox *inbox, const struct call *call, const struct inbox_sms *sms);

/* What became of a letter, by one who can name whom it went to (or cannot: empty); words
 * for its owner. */
enum err inbox_fate_take(
    const struct call *call, int64_t letter, str to, enum courier_fate fate, str words);

/* ERR_BAD_INPUT: no letter's number, or a status nobody knows. */
enum err inbox_report_take(const struct call *call, str id, str status);

#endif

/*
 * courier.h - everything that leaves the house.
 *
 * Letters wait in the store's outbox, written in the same transaction as their cause.  The
 * courier process claims one with a lease, hands it to a gate, and writes down what the
 * gate said while it claims the next.  A letter that fails for now is tried again by
 * RETRY's timetable; the one whose sender died is in doubt, and is claimed again when its
 * lease is over unless a delivery report settled it: at least once, never less, and
 * exactly once wherever the gate reports, or can tell twins by the letter's id.
 *
 * Only courier_post(), courier_letter_of() and courier_receipt() are for `kith serve`; the
 * rest runs in the courier process, which alone may connect out.
 */
#ifndef KITH_COURIER_COURIER_H
#define KITH_COURIER_COURIER_H

#include "base/call.h"
#include "base/err.h"

struct store_tx;
struct courier;

#define COURIER_LEASE_MS        60000 /* longer than any gate's time-out */
#define COURIER_DOUBT_MS        10000 /* what a lease has left when its courier is dead */
#define COURIER_BATCH           32    /* letters in a round, */
#define COURIER_ROUND_MS        10000 /* and how long it may be: then pushes have their turn */
#define COURIER_REST_MS         1000 /* how long a gate that does not answer is spared, */
#define COURIER_REST_MAX_MS     30000 /* doubled up to this while it still does not */
#define COURIER_LOOK_MS         200   /* how often an idle courier looks for letters */
#define COURIER_RETRY_MAX       10 /* attempts: 30 s, 2 min, 8 min ... capped at 6 h */
#define COURIER_BODY_MAX_BYTES  ((size_t)16 * 1024)
#define COURIER_PARTS_MAX       4
#define COURIER_PARTS_MAX_BYTES ((size_t)256 * 1024) /* all of a letter's together */

enum courier_way {
	COURIER_SMS,
	COURIER_MMS,
	COURIER_MAIL,
	COURIER_HOOK,
	COURIER_WAY_COUNT
};

/* What goes with a letter's text: a card, a small picture, a form.  An SMS goes without. */
struct courier_part {
	str type;  /* "text/x-vcard", "image/jpeg"; parameters may follow */
	str name;  /* "li.vcf": a file's, without a folder */
	str bytes; /* as they are; text is UTF-8 */
};

struct courier_letter {
	enum courier_way way;
	int64_t account, ask;    /* whose, for which ask; 0 when for none */
	str to;                  /* E.164 or an address */
	str subject;             /* MMS and mail */
	str text;                /* UTF-8, plain */
	str from_name, reply_to; /* mail only: the owner's */
	str stop_link;           /* mail only: List-Unsubscribe, RFC 8058 */
	str lang;
	const struct courier_part *parts; /* MMS and mail: at most COURIER_PARTS_MAX */
	size_t part_count;
	int64_t not_before_ms;
};

/* Puts a letter into the outbox.  Sends nothing.  *out is its id.  ERR_BAD_INPUT for an
 * address, header or part that cannot be written; ERR_TOO_LARGE past a limit above. */
enum err courier_post(struct store_tx *tx, const struct call *call,
    const struct courier_letter *letter, int64_t *out);

/* How many letters of no ask went to that address since then. */
enum err courier_count_to(
    struct store_tx *tx, enum courier_way way, str to, int64_t since_ms, int64_t *out);

/* Drops the letters of an ask that have not left yet. */
enum err courier_cancel(
    struct store_tx *tx, const struct call *call, int64_t account, int64_t ask);

enum courier_fate {
	COURIER_TAKEN,     /* a gate answers for it now */
	COURIER_DELIVERED, /* it reached the other side */
	COURIER_LOST,      /* it never will */
};

struct courier_news {
	int64_t account, ask; /* the letter's; 0 when it belongs to none */
	enum courier_fate fate;
	str words; /* the far side's, in a form the ask's owner may read */
};

/* Notes what a delivery report says of a letter (said->fate and ->words); *out has the
 * letter's account and ask too, for ask_travelled_in().  A report that comes late or twice
 * changes nothing: out->ask is 0 then.  ERR_NOT_FOUND for an unknown letter. */
enum err courier_receipt(struct store_tx *tx, const struct call *call, int64_t letter,
    const struct courier_news *said, struct courier_news *out);

/* The letter that gate took under the far side's id, for courier_receipt(). */
enum err courier_letter_of(
    struct store_tx *tx, const struct call *call, str gate, str receipt, int64_t *out);

/* How an SMS is cut: GSM-7 (160, 153 each in several) or UCS-2 (70, 67), GSM 03.38. */
struct courier_parts {
	unsigned parts, units; /* septets or UCS-2 units */
	bool ucs2;
};

struct courier_parts courier_sms_parts(str text);

/* --- the courier process --- */

struct courier_kannel {
	str url; /* "http://127.0.0.1:13013/cgi-bin/sendsms" */
	str username, password, from;
	str report_url; /* ours, the letter's id and %d to be filled in; empty: no reports */
};

struct courier_sms_http {
	str method, url, headers,
	    body;       /* templates: {to} {to|url} {text|json} {id} ... */
	str id_pointer; /* RFC 6901, where the answer has the far side's id */
	str from;       /* what {from} stands for */
	str success;    /* statuses that mean taken: "2xx" or "200,202" */
};

struct courier_mm7 {
	str url; /* of the MMS relay/server */
	str username, password;
	str vaspid, vasid, service_code; /* as the operator gave them; may be empty */
	str from; /* a short code, a number with '+', or an address with '@' */
	str version, schema; /* "6.8.0", and the namespace of the elements */
	bool reports;        /* whether delivery reports are asked for */
};

struct courier_smtp {
	str url; /* "smtp://host:25", "smtps://host:465" */
	str username, password;
	str from;        /* "ask@kith.example": envelope and header */
	str tls;         /* "no", "try", "must" */
	str bounce;      /* envelope sender pattern with {id}; empty: from */
	str ca_file;     /* empty: the system's */
	str server_name; /* as it stands behind the owner's name in From */
};

struct courier_leaving {
	int64_t account, ask;
	str to;
};

struct courier_setup {
	bool tray;        /* letters of a way without a gate go to the tray */
	bool local;       /* gates on loopback and private addresses are allowed */
	bool local_hooks; /* and webhooks, whose addresses owners name */
	struct courier_kannel kannel;     /* used when url is set */
	struct courier_sms_http sms_http; /* used when url is set */
	struct courier_mm7 mm7;           /* used when url is set */
	struct courier_smtp smtp;         /* used when url is set */

	/* Told of every letter's fate inside the write that notes it; may be NULL.  main/
	 * puts ask_travelled_in behind it: the courier knows of no asks. */
	enum err (*told)(struct store_tx *tx, const struct call *call,
	    const struct courier_news *news);

	/* Whether its receiver has shut the door: asked inside the write that claims it.
	 * Such a letter is claimed, waits for its gate and is taken like any other, but
	 * reaches no gate.  May be NULL. */
	enum err (*shut)(struct store_tx *tx, const struct call *call, void *self,
	    const struct courier_leaving *leaving, bool *out);
	void *self; /* of shut */
};

enum err courier_open(
    const struct courier_setup *setup, struct courier **out, struct why *why);
void courier_close(struct courier **courier);

/* Sends what is due and returns; *next_ms says when to come back at the latest. */
enum err courier_round(
    struct courier *courier, const struct call *call, int64_t *next_ms);

/* Two couriers of one data folder would be one too many: the second waits.  *out is a file
 * to be kept open; the lock goes with the process.  ERR_BUSY while another has it; ERR_IO. */
enum err courier_lock(str folder, int *out);

/* For who has the lock: it is here, and at work. */
void courier_seen(int lock);

/* For who has the lock: letters that a dead courier had under way are claimed again soon,
 * COURIER_DOUBT_MS being left to a delivery report. */
enum err courier_take_over(const struct call *call);

/* Which ways lead somewhere: for choosing a channel and for the pages. */
bool courier_way_open(const struct courier_setup *setup, enum courier_way way);

/* --- the tray --- */

struct courier_shown {
	int64_t id, at_ms;
	str channel, to, subject, text;
};

enum err courier_tray(
    const struct call *call, size_t limit, struct courier_shown **out, size_t *count);

#endif

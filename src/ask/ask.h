/*
 * ask.h - asking people to keep their own entry right.
 *
 *	queued --> sent --> delivered --> seen --> answered --> merged
 *	             |          |                      `------> partly, declined
 *	             `-> bounced                exits: expired, revoked, not_me
 *
 * Every arrow is one function here and one transaction.  The token in the link is the only
 * right an answer needs; it opens one ask and nothing else.  Results live in call->arena.
 */
#ifndef KITH_ASK_ASK_H
#define KITH_ASK_ASK_H

#include "base/call.h"
#include "book/book.h"
#include "card/merge.h"

#define ASK_SAY_MAX_RUNES   80 /* the owner's sentence: links and long digits go */
#define ASK_EXPIRE_MIN_DAYS 1
#define ASK_EXPIRE_MAX_DAYS 30
#define ASK_MAX_FIELDS      16
#define ASK_OLD_MS          ((int64_t)3 * 365 * 24 * 3600 * 1000)
#define ASK_NOTE_MAX_BYTES  1000 /* the target's words to the owner */

#define ASK_PREFIX_DIGITS 8 /* of a number in E.164: country, network, and some more */

/* How much asking there may be; 0 anywhere: no limit.  Links that owners send themselves
 * do not count. */
struct ask_budget {
	int64_t per_day;          /* of one owner */
	int64_t per_day_at_first; /* of one in the first week of his account */
	int64_t again_after_ms;   /* the same owner to the same address */
	int64_t per_target_week;  /* to one address, over all owners ... */
	int64_t per_target_quarter;
	int64_t told_per_day;       /* old addresses, of one owner's changes (tell.h) */
	int64_t sms_per_day;        /* of the whole server ... */
	int64_t sms_per_prefix_day; /* and to numbers with the same ASK_PREFIX_DIGITS */
	str sms_countries;          /* "CN,HK": where SMS may go; empty: anywhere */
};

#define ASK_REMIND_AFTER_MS ((int64_t)7 * 24 * 3600 * 1000)

/* How this server asks; made by main/ from kith.conf, the same for every call. */
struct ask_rules {
	str origin; /* "https://kith.example": links start with it */
	str server_name;
	str lang; /* of targets whose own is not known */
	int64_t expire_ms;
	int64_t campaign_every_ms; /* between two asks of a campaign */
	int64_t wish_grace_ms;     /* how long a mark in a card may be taken back */
	int64_t keep_refused_ms;   /* ask_forget(); 0: for ever */
	bool sms, mms,
	    mail;      /* which ways lead somewhere (courier_way_open, or the tray) */
	str block_key; /* keys the hashes of addresses: blocks, budgets (store_secret) */
	struct ask_budget budget;
	bool follow;  /* people may let owners have later changes (follow.h) */
	str reply_to; /* "ask@kith.example": replies come in at ask+TOKEN@; or empty */
};

/* What a notice carries (rows of the table in notice.c). */
enum ask_kind {
	ASK_KIND_AUTO, /* a form by mail where replies come in, else a link */
	ASK_ID,        /* who asks, and how to answer */
	ASK_LINK,      /* and the address of the entry */
	ASK_FORM,      /* and a numbered form, filled in by replying */
	ASK_KIND_COUNT
};
enum ask_by { ASK_BY_AUTO, ASK_BY_SMS, ASK_BY_MMS, ASK_BY_MAIL, ASK_BY_SELF };
enum ask_mode {
	ASK_MODE_ACCOUNT,
	ASK_FILL,
	ASK_REVIEW,
	ASK_AUTO
}; /* first: the account's */

enum ask_state {
	ASK_QUEUED,
	ASK_SENT,
	ASK_DELIVERED,
	ASK_BOUNCED,
	ASK_SEEN,
	ASK_ANSWERED, /* all of it waits for the owner */
	ASK_PARTLY,   /* some of it does */
	ASK_MERGED,
	ASK_DECLINED,
	ASK_EXPIRED,
	ASK_REVOKED,
	ASK_NOT_ME,
	ASK_STATE_COUNT
};

str ask_state_word(enum ask_state state); /* "not_me" */
str ask_by_word(enum ask_by by);          /* "sms", "mms", "email", "self" */
bool ask_by_read(str word, enum ask_by *out);
bool ask_kind_read(str word, enum ask_kind *out); /* "id", "link", "form", "auto" */
str ask_kind_word(enum ask_kind kind);

/* Why an ask is refused: why->what, and what a campaign notes of one who was left out. */
#define ASK_WHY_NO_CARD    "no such card"
#define ASK_WHY_NO_ADDRESS "no number or address to ask by"
#define ASK_WHY_NO_GATE    "no gateway for that way"
#define ASK_WHY_DAY        "that is enough for today: ask the others tomorrow"
#define ASK_WHY_PAIR \
	"he was asked not long ago: remind him, or send him the link yourself"
#define ASK_WHY_COUNTRY "no SMS leaves for that country from here"
#define ASK_WHY_SMS     "no more SMS leave from here today"
#define ASK_WHY_PREFIX  "no more SMS leave today for numbers that begin like this one"

/* --- the owner's side --- */

struct ask_draft {
	str whom;       /* an identifier as typed (book_look_up) ... */
	str book, card; /* ... or the card itself, by names */
	enum ask_kind kind;
	enum ask_by by;
	enum card_field wanted[ASK_MAX_FIELDS]; /* none: what the card lacks */
	size_t wanted_count;
	str say;
	enum ask_mode mode;
	/* Let the target see whole values instead of masked ones; not of a card that neither
	 * changed nor was answered about for ASK_OLD_MS. */
	bool open_values;
	/* What the form it came by keeps to itself: the same again is the same ask, and
	 * sends nothing more.  Empty: a new one each time. */
	str once;
};

struct ask_opened {
	int64_t id;
	bool again; /* it had been opened before: the draft's `once` */
	enum ask_state state;
	enum ask_by by;
	str to;   /* the address or number the notice goes to; empty for ASK_BY_SELF */
	str fn;   /* of the card */
	str link; /* for ASK_BY_SELF only: nobody else ever sees it */
	str text; /* what goes out, or what the owner may send himself */
	str subject; /* of a mail or an MMS */
	enum card_field wanted[ASK_MAX_FIELDS];
	size_t wanted_count;
	/* How long it is with its whole link, and how many SMS it takes where it may be one:
	 * 0 for mail and MMS. */
	size_t runes;
	unsigned sms_parts;
	bool sms_ucs2;
	struct book_hits candidates; /* with ERR_SEVERAL */
};

/* A fresh draft->once. */
str ask_once(const struct call *call);

/*
 * Opens an ask and posts its notice, in one write.
 *
 * ERR_NOT_FOUND    no card, or no number or address of the wanted way on it (*why); in
 *                  the second case out->fn says whose
 * ERR_SEVERAL      out->candidates
 * ERR_UNSUPPORTED  no gateway for that way
 * ERR_FORBIDDEN    not the caller's own book
 * ERR_LIMIT        rules->budget; *why says which
 * A blocked address is no error: the ask is opened and its notice posted, which reaches
 * nobody (ask_block_has), and in time it expires; nobody can tell.
 */
enum err ask_open(const struct call *call, const struct ask_rules *rules,
    const struct ask_draft *draft, struct ask_opened *out, struct why *why);

/* All that ask_open() would do, but for doing it: whom it goes to and what it says.  Of the
 * budgets only the countries are asked. */
enum err ask_preview(const struct call *call, const struct ask_rules *rules,
    const struct ask_draft *draft, struct ask_opened *out, struct why *why);

struct ask_item { /* one operation of an answer, for the owner */
	struct card_op op;
	str before, after;
	enum card_cell cell;
	char decision; /* 'a'pplied, 'v'erified, 'w'aiting, 'r'efused, 'n'othing to do,
			 'u'ndone */
	bool worded;   /* `after` is the owner's own wording; what the target said: */
	str said;
	bool forgotten; /* his words are not kept any more: ask_forget() */
};

struct ask_event {
	int64_t at_ms;
	enum ask_state state;
	str note;
};

struct ask_view {
	int64_t id;
	enum ask_state state;
	enum ask_by by;
	str book, card, fn, to;
	int64_t made_ms, expires_ms;
	/* ask_find only: */
	struct ask_event *events;
	size_t event_count;
	struct ask_item *items;
	size_t item_count;
	int evidence; /* 0..4: how well the answerer is known; -1 before an answer */
	str door; /* by which it came in, as ask_door_word(); empty before an answer */
	int64_t answered_ms;
	int64_t until_ms;  /* what was said holds until then; 0: for good */
	str note;          /* the target's words */
	int64_t forgot_ms; /* since when only what was accepted is kept; 0: all is */
};

/* Newest first.  `before_ms` 0: from the newest. */
enum err ask_list(const struct call *call, int64_t before_ms, size_t limit,
    struct ask_view **out, size_t *count);
enum err ask_find(const struct call *call, int64_t id, struct ask_view *out);

/* What happened to the caller's asks behind a point (ask_moved_last), oldest first: for those
 * who listen. */
struct ask_moved {
	int64_t seq, ask;
	enum ask_state state;
};

enum err ask_moved_since(const struct call *call, int64_t seq, size_t limit,
    struct ask_moved **out, size_t *count);
enum err ask_moved_last(const struct call *call, int64_t *seq);

/* The asks of one card, by names, newest first. */
enum err ask_of_card(const struct call *call, str book, str card, size_t limit,
    struct ask_view **out, size_t *count);

/* Those whose answer waits for the owner, whole as by ask_find(), newest first; and how many
 * there are. */
enum err ask_waiting(const struct call *call, int64_t before_ms, size_t limit,
    struct ask_view **out, size_t *count);
enum err ask_count_waiting(const struct call *call, int64_t *out);

/* Kills the link and, if it has not left yet, the notice.  ERR_GONE: closed already. */
enum err ask_revoke(const struct call *call, int64_t id);

/* Sends the notice once more, with a link of its own.  ERR_CONDITION: it was done before
 * (why->name "once"), it is too early ("early"), the owner sent the link ("self"), or
 * nothing is being waited for ("over"). */
enum err ask_remind(const struct call *call, const struct ask_rules *rules, int64_t id,
    struct why *why);

/* Whether ask_remind() would, and if not, why; changes nothing. */
enum err ask_may_remind(const struct call *call, int64_t id, struct why *why);

#define ASK_REMINDED "reminded" /* the note of the event that tells of it */

/*
 * The owner accepts or refuses what waits: item `at` of ask_find's list, or SIZE_MAX for
 * all.  Merges anew against the card as it is now.
 *
 * ERR_CONDITION  that item does not wait (any longer)
 * ERR_GONE       the card is no more; the ask is closed with it, as revoked
 */
enum err ask_decide(
    const struct call *call, int64_t id, size_t at, bool accept, struct why *why);

/*
 * The owner accepts item `at` in his own wording: merged in the place of the target's and
 * held to the same rule of its field; the history and the ask say that it was the owner's.
 * What the target said is kept beside it.
 *
 * ERR_BAD_INPUT, ERR_TOO_LARGE  the field refuses it: why->name is the field; a picture has
 *                               no wording
 * ERR_CONDITION, ERR_GONE       as ask_decide()'s
 */
enum err ask_decide_as(
    const struct call *call, int64_t id, size_t at, str value, struct why *why);

#define ASK_NOTE_WORDED "worded" /* of the line in the timeline */

#define ASK_UNDO_MS ((int64_t)365 * 24 * 3600 * 1000)

/*
 * Takes an answer back: all that was merged of it, or item `at` of ask_find's list.  What
 * the owner changed since stays.
 *
 * ERR_CONDITION  *why: the value was changed since, or it is too long ago
 * ERR_NOT_FOUND  no such ask, or the card is gone
 */
enum err ask_undo(const struct call *call, int64_t id, size_t at, struct why *why);

/* Why it was refused, as one word: "unanswered", "nothing", "late", "values" (one by one may
 * do), "unkept", "item", "picture" or "changed"; empty for another reason. */
str ask_undo_word(const struct why *why);

/* --- the target's side: the token is the right --- */

struct ask_peek { /* what anyone with the link may see: who asks, and of whom nothing */
	enum ask_state state;
	bool open; /* whether it can still be answered */
	str asker; /* the owner's name, and his verified identifiers beside it */
	str asker_phone, asker_email;
	str say;
	str to_tail; /* "8888" or "l***@q**.com": whom the link was sent to */
	str lang;
	int64_t expires_ms;
	enum card_field wanted[ASK_MAX_FIELDS];
	size_t wanted_count;
};

/* Shows no value of the card and changes nothing.  ERR_NOT_FOUND for a token that never
 * was (and for one long gone: nobody can tell); everything else is in out->state, where a
 * blocked one is expired. */
enum err ask_peek(const struct call *call, str token, struct ask_peek *out);

struct ask_offer {   /* one item of the card, as the target is shown it */
	size_t item; /* of the snapshot's card_items */
	enum card_field field;
	str shown; /* masked, or whole when the owner said so */
};

struct ask_page {
	struct ask_peek who;
	struct ask_offer *offers;
	size_t offer_count;
	struct card_ops prepared; /* what he has entered before, not yet confirmed */
	str note;
};

/* What the page behind the first button shows.  Marks the ask as seen.
 * ERR_NOT_FOUND, ERR_GONE (expired, revoked, closed, merged: out->who.state says). */
enum err ask_see(const struct call *call, str token, struct ask_page *out);

/* Where an answer came in, and with it what it proves (answer.c). */
enum ask_door {
	ASK_DOOR_WEB,     /* the page behind the link */
	ASK_DOOR_API,     /* the same link, another program */
	ASK_DOOR_ACCOUNT, /* logged in, and the address asked is his */
	ASK_DOOR_CODE,    /* a message with the ask's code, or to its own address */
	ASK_DOOR_SENDER,  /* a message that says it is from the address asked */
	ASK_DOOR_COUNT
};

str ask_door_word(enum ask_door door); /* "web" */

struct ask_reply {
	struct card_ops ops; /* values as typed; a picture's JPEG bytes */
	str note;            /* to the owner; shown to him, never merged */
	enum ask_door by;
	int64_t
	    until_ms; /* what he says holds until then, and is taken back by itself; 0:
			     for good */
};

/* Keeps what was entered until it is confirmed, and judges it: a value its field refuses
 * is ERR_BAD_INPUT with why->name the field and why->what the reason. */
enum err ask_prepare(
    const struct call *call, str token, const struct ask_reply *reply, struct why *why);

struct ask_answered {
	enum ask_state state; /* MERGED, PARTLY or ANSWERED */
	size_t applied, verified, waiting;
};

/*
 * The answer: the only way into a card for anyone but its owner's devices.  One write:
 * the answer, and the card as it is now merged with what of it the policy lets through.
 * `reply` NULL: what ask_prepare kept.  While some of it waits, another answer takes the
 * place of the former and is judged anew; the same one again changes nothing.
 *
 * ERR_GONE       expired, revoked, closed or merged already; or the card is no more, and
 *                the ask is closed with it, as revoked
 * ERR_NOT_FOUND  no such token; nothing prepared
 */
enum err ask_answer(const struct call *call, str token, const struct ask_reply *reply,
    struct ask_answered *out, struct why *why);

/* --- the target's side, by a message that came back --- */

#define ASK_MESSAGE_MAX_CARDS 4

struct ask_message {
	str from;    /* E.164 or mail address, as its gateway says */
	str token;   /* of the address it was sent to; empty: none */
	bool proven; /* the sender's own server vouches for `from` (DMARC) */
	str text;    /* what he wrote himself: no quotes, no signature */
	str cards[ASK_MESSAGE_MAX_CARDS]; /* vCards he returned */
	size_t card_count;
	str picture; /* JPEG; empty: none */
};

struct ask_heard {
	int64_t account, ask;
	str lang, asker; /* the target's; who asked him */
	enum ask_state state;
	size_t taken; /* values understood, and kept or waiting for the owner */
};

/*
 * A reply to a notice: the form's numbers, values, a returned card.  Values become
 * operations, and these an answer as ask_answer()'s; what was none of them becomes the note
 * to the owner.
 *
 * ERR_NOT_FOUND  nothing open was asked of that sender: it is no reply
 * ERR_SEVERAL    several were, and no code says which
 * ERR_BAD_INPUT  nothing in it can be kept
 */
enum err ask_hear(const struct call *call, const struct ask_rules *rules,
    const struct ask_message *message, struct ask_heard *out, struct why *why);

enum ask_exit {
	ASK_EXIT_DECLINE,
	ASK_EXIT_NOT_ME,
	ASK_EXIT_BLOCK_OWNER,
	ASK_EXIT_BLOCK_ALL
};

/* The target leaves: he will not, he is somebody else, he wants no more of these.  Blocks
 * work for asks that are over, too; the others are ERR_GONE then. */
enum err ask_leave(const struct call *call, const struct ask_rules *rules, str token,
    enum ask_exit how);

/* By what the contact of a card that an owner shares with us may be looked up in his book:
 * its first number, or else its first address, or its name; empty where it has none. */
str ask_whom_of_card(struct arena *arena, str card, str region);

/* The secret part of the address by which an account commands without a code. */
str ask_owner_secret(
    struct arena *arena, const struct ask_rules *rules, int64_t account);

/* That address, "ask+me.SECRET@kith.example"; empty where no mail comes in. */
str ask_owner_address(
    struct arena *arena, const struct ask_rules *rules, int64_t account);

/* --- what gates report --- */

/* The courier handed the notice over, or it reached or missed the target.  Inside the
 * write that changes the letter. */
struct store_tx;
enum err ask_travelled_in(struct store_tx *tx, const struct call *call, int64_t account,
    int64_t ask, enum ask_state state, str note);

/* Asks whom owners have marked in their contacts programs; called now and then by the
 * courier. */
enum err ask_wishes(const struct call *call, const struct ask_rules *rules);

/* When ask_wishes() or ask_campaigns() has something to do again if nothing is written
 * until then; INT64_MAX when it has not. */
enum err ask_next(const struct call *call, int64_t *next_ms);

/* Takes back answers that held for a time, at most `limit`; the same. */
enum err ask_revert(const struct call *call, size_t limit);

/* Removes the values that were not accepted, and remarks, of answers that were decided
 * rules->keep_refused_ms ago; called now and then by the courier.  What waits for the owner
 * stays. */
enum err ask_forget(const struct call *call, const struct ask_rules *rules);

/* Expires what is past its time, at most `limit`; called now and then by `kith serve`. */
enum err ask_sweep(const struct call *call, size_t limit);

/* An opt-out word by SMS, or a mail's one-click: blocks the address for all owners. */
enum err ask_block_address(
    const struct call *call, const struct ask_rules *rules, str address);

/* Whether the address is shut to that owner, or to all.  Of a notice it is asked when it
 * leaves, and at no earlier time: whoever asks does the same and hears the same, and who
 * shuts the door gets none of what was on its way. */
enum err ask_block_has(struct store_tx *tx, const struct call *call,
    const struct ask_rules *rules, int64_t owner, str address, bool *out);

/* The same inside a write; *fresh says whether the address was not blocked yet. */
enum err ask_block_in(struct store_tx *tx, const struct call *call,
    const struct ask_rules *rules, str address, bool *fresh);

#endif

/*
 * book.h - the rules about books and cards.
 *
 * Who may, when a condition holds, that a UID is unique, that every change gets a rev and
 * every former version is kept, what a card can be found by.  Knows card/ and store/;
 * knows nothing of HTTP, XML or which wire the call came on.  Results live in call->arena.
 *
 * call->who is the caller; books are named by the account whose home they stand in.
 */
#ifndef KITH_BOOK_BOOK_H
#define KITH_BOOK_BOOK_H

#include "base/call.h"
#include "card/card.h"
#include "card/key.h"

#define BOOK_DEFAULT_NAME    "contacts" /* of the one an account begins with */
#define BOOK_NAME_MAX_BYTES  255        /* of a book's or a card's name in the URL */
#define BOOK_TITLE_MAX_BYTES 1024
#define BOOK_MAX_PER_ACCOUNT 250
#define BOOK_QUOTA_BYTES     ((int64_t)4 << 30) /* of all cards of an account as they are */
#define BOOK_MAX_CANDIDATES  20 /* listed when an identifier names several cards */

struct book {
	int64_t account, id;
	str name, title, description;
	str epoch;
	str region;
	int64_t rev;
	int64_t cards, bytes; /* how many, and the sum of their sizes */
	bool may_write;       /* whether the caller may */
	bool locked; /* from book_find(): some lock holds in its owner's home */
	bool first;  /* the caller's default one: it leads the list, and stays */
	bool plain;  /* uploads are taken as they come, see struct book_edit */
	bool shared; /* another account's, seen in the caller's home under `name` */
};

/* Two moments with the same stamp have the same books, and all else that is stored; 0 is like
 * no other. */
enum err book_stamp(const struct call *call, uint64_t *out);

/* --- books --- */

/* ERR_NOT_FOUND also for a book the caller may not see. */
enum err book_find(
    const struct call *call, int64_t account, str name, struct book *out);

struct books {
	struct book *list; /* the default book first */
	size_t count;
};

/* Makes the default book when the account has not got it yet. */
enum err book_list(const struct call *call, int64_t account, struct books *out);

struct book_prop; /* book/place.h */

struct book_new {
	str name, title, description;
	const struct book
	    *over; /* NULL, or the one of that name: removed in its favour */
	const struct book_prop *props; /* clients' own */
	size_t prop_count;
};

/* ERR_EXISTS, ERR_BAD_INPUT (a name with '/', control characters, too long, or as a shared
 * book has it), ERR_LIMIT, ERR_FORBIDDEN (not the caller's home). */
enum err book_make(const struct call *call, int64_t account,
    const struct book_new *fresh, struct book *out, struct why *why);

/* What is said of a book; what is NULL stays as it is. */
struct book_words {
	const str *title, *description;
	const struct book_prop *props; /* changes of clients' own */
	size_t prop_count;
};

/* All of it or nothing.  ERR_FORBIDDEN, ERR_TOO_LARGE, ERR_LIMIT. */
enum err book_describe(
    const struct call *call, const struct book *book, const struct book_words *words);

/* The default one from now on: new contacts go there, and devices see it first.  ERR_FORBIDDEN:
 * somebody else's. */
enum err book_set_first(const struct call *call, const struct book *book);

/* Whether uploads are taken as they come (struct book_edit).  ERR_FORBIDDEN. */
enum err book_set_plain(const struct call *call, const struct book *book, bool plain);

/* The default book cannot be removed: ERR_FORBIDDEN.  Of a shared one only the share goes. */
enum err book_remove(const struct call *call, const struct book *book, struct why *why);

/* What the account's cards take of its quota. */
int64_t book_bytes_used(const struct call *call, int64_t account);

/* --- one card --- */

struct book_card {
	int64_t id;
	str name;  /* last part of the URL */
	str uid;   /* as the card has it; empty when it has none */
	str etag;  /* strong, quotes included: a digest of the bytes (RFC 9110 8.8.3) */
	str fn;    /* unescaped, for lists */
	str bytes; /* exactly as sent (BOOK_WHOLE); empty where heads were asked for */
	int64_t rev, size, modified_ms;
	bool is_group; /* it lists members (card/group.h) */
	bool odd;      /* in part no vCard (card/card.h) */
};

/*
 * A group is one thing seen in two ways: as a card that lists its members, and as a category
 * of each of them.  Both are kept in step by every change of a card.  Which of the two a
 * device goes by says whose word counts when they differ.
 */
enum book_groups {
	BOOK_GROUPS_BOTH,  /* it reads and writes either */
	BOOK_GROUPS_CARDS, /* what it makes of CATEGORIES says nothing */
	BOOK_GROUPS_CATEGORIES /* it is not shown the groups' cards; a new category makes one */
};
/*
 * Pictures are kept once for all cards and versions of an account that have them.  In place
 * of one of more than BOOK_PICTURE_BYTES devices are shown a smaller one; when that comes
 * back, the original stays.
 */
#define BOOK_KEPT_BYTES    4096 /* of lines, from which on they are kept so */
#define BOOK_PICTURE_BYTES ((size_t)512 << 10) /* of its lines in the card */

enum book_part {
	BOOK_HEADS,
	BOOK_WHOLE,
	BOOK_SHOWN, /* with smaller pictures where there are some */
};

enum err book_card(const struct call *call, const struct book *book, str name,
    enum book_part part, struct book_card *out);

/* By its id; ERR_NOT_FOUND also for another book's. */
enum err book_card_by_id(const struct call *call, const struct book *book, int64_t id,
    enum book_part part, struct book_card *out);

/* By its UID, with "urn:uuid:" or without, in any case. */
enum err book_card_by_uid(const struct call *call, const struct book *book, str uid,
    enum book_part part, struct book_card *out);

enum book_when_kind {
	BOOK_ALWAYS,
	BOOK_IF_NEW,       /* nothing stands at the name (If-None-Match: *) */
	BOOK_IF_EXISTS,    /* something does (If-Match: *) */
	BOOK_IF_ETAG,      /* it has one of these (If-Match) */
	BOOK_IF_NOT_ETAG,  /* it has none of these (If-None-Match) */
	BOOK_IF_UNMODIFIED /* nothing wrote it after at_ms (If-Unmodified-Since) */
};

struct book_when {
	enum book_when_kind kind;
	const str *etags;
	size_t count;
	int64_t at_ms;
};

enum book_door {
	BOOK_BY_DAV,
	BOOK_BY_WEB,
	BOOK_BY_API,
	BOOK_BY_ANSWER,
	BOOK_BY_IMPORT,
	BOOK_BY_UNDO,
	BOOK_BY_RESCUE /* an upload that came too late, brought to what stood by then */
};

/*
 * What a device had before it when it made an upload.  The upload is then held against that
 * (card/rebase.h): what others changed meanwhile stays, and so does what its program cannot
 * express.  Where an If-Match failed only because answers came in between, the edit is
 * brought to what they made (door "rescue"), and the call still fails: the device asks
 * again and finds both.  Not in a book that is `plain`.
 */
struct book_edit {
	int64_t seen_rev;   /* the book's rev it knows; 0: only an If-Match can tell */
	const str *dropped; /* properties its program is known to drop */
	size_t dropped_count;
	enum book_groups groups;
};

/* A UID for a card that is made here (RFC 6350 6.7.6). */
str book_fresh_uid(struct arena *arena);

struct book_put {
	str name; /* empty: made from the UID, or fresh */
	struct book_when when;
	str bytes; /* the card as it came, kept as it came */
	enum book_door by;
	str note;                     /* kept in the history; may be empty */
	const struct book_edit *edit; /* NULL: the bytes are all there is to say */
	bool anew; /* a new revision, even of the very bytes that stand */
	int64_t
	    from; /* the account it is copied from, which has made its pictures small; 0 */
};

struct book_put_done {
	str name, etag;
	int64_t rev;
	bool created;
	bool unchanged; /* the same bytes stood there: no new revision */
	bool rewritten; /* what stands now, or is shown, is not what was sent */
};

/*
 * Puts one card into a book: all of it, or nothing.
 *
 * ERR_BAD_INPUT, ERR_UNSUPPORTED, ERR_TOO_LARGE  as card_read's
 * ERR_FORBIDDEN  may not write here         ERR_CONDITION  put->when failed; what a device
 *                sent, or came with an If-Match, is kept in the card's history
 * ERR_LIMIT      BOOK_QUOTA_BYTES
 * ERR_UID_TAKEN  why->name has it, or the card here has another (RFC 6352 6.3.2.1).
 *                "X" and "urn:uuid:X" are one UID, without case.
 */
enum err book_put(const struct call *call, const struct book *book,
    const struct book_put *put, struct book_put_done *out, struct why *why);

/* An upload that was refused for what its caller knows: kept in the card's history. */
enum err book_put_keep(const struct call *call, const struct book *book,
    const struct book_put *put, struct why *why);

/* ERR_NOT_FOUND, ERR_CONDITION, ERR_FORBIDDEN. */
enum err book_card_remove(const struct call *call, const struct book *book, str name,
    const struct book_when *when, enum book_door by);

/* --- copies and moves (RFC 4918 9.8, 9.9) --- */

struct book_shift {
	const struct book *from, *to; /* one and the same, maybe */
	str name, new_name;
	bool move;      /* the old one goes */
	bool overwrite; /* what stands at the new name goes, else ERR_CONDITION */
	enum book_door by;
};

/* A card to another name or book, its dead properties with it.  As book_put(): in one book
 * a copy has a taken UID.  *created: nothing stood there. */
enum err book_card_shift(const struct call *call, const struct book_shift *shift,
    bool *created, struct why *why);

/* A book's own name: its cards, its history and its token stay.  The default book keeps its
 * name: ERR_FORBIDDEN.  ERR_EXISTS; `over` as in struct book_new. */
enum err book_rename(const struct call *call, const struct book *book, str name,
    const struct book *over, struct why *why);

/* All cards of a book into an empty one, page by page. */
enum err book_fill(const struct call *call, const struct book *from,
    const struct book *to, enum book_door by, struct why *why);

/* --- many cards --- */

/* Pages of cards with their data may end before their limit: cards can be large. */

struct book_page {
	struct book_card *list;
	size_t count;
	bool more;
};

/* All cards by id, from after `after_id` (0: the start) on. */
enum err book_scan(const struct call *call, const struct book *book, int64_t after_id,
    size_t limit, enum book_part part, struct book_page *out);

/* In reading order, for lists; `after` NULL: from the start. */
enum err book_sorted(const struct call *call, const struct book *book,
    const struct book_card *after, size_t limit, struct book_page *out);

/* The same, of those cards whose keys (fold_sort_key) lie in [from, until). */
enum err book_sorted_between(const struct call *call, const struct book *book,
    const struct book_card *after, str from, str until, size_t limit,
    struct book_page *out);

struct book_change {
	struct book_card card; /* of a gone one: its name only */
	bool gone;
};

struct book_changes {
	struct book_change *list;
	size_t count;
	bool more;
};

/*
 * What changed in (since, until], oldest first, each card once; since 0 is "all that is
 * there".  ERR_TOKEN when `since` is ahead of the book.  RFC 6578 3.2 to 3.6.
 */
enum err book_changes(const struct call *call, const struct book *book, int64_t since,
    int64_t until, size_t limit, enum book_part part, struct book_changes *out);

/* The sync token of the book at a rev: "urn:kith:sync:<epoch>:<book>:<rev>". */
str book_token(struct arena *arena, const struct book *book, int64_t rev);

/* ERR_TOKEN for one that is not this book's.  An empty token is rev 0. */
enum err book_token_read(const struct book *book, str token, int64_t *rev);

/* --- look-up (A4) --- */

struct book_hit {
	struct book book;
	struct book_card card;
	enum card_key_kind by; /* the kind of identifier that matched */
};

struct book_hits {
	struct book_hit *list; /* BOOK_MAX_CANDIDATES at most */
	size_t count;
};

/*
 * Finds the caller's card by any identifier as typed.
 *
 * OK             exactly one card; out->list[0]
 * ERR_NOT_FOUND  none
 * ERR_SEVERAL    the candidates are in *out
 *
 * An exact identifier (number, address, handle) outranks a name.
 */
enum err book_look_up(const struct call *call, str typed, struct book_hits *out);

/* --- former versions --- */

struct book_version {
	int64_t rev;             /* below 0: of a refused one */
	int64_t at_ms, until_ms; /* until 0: it stands */
	str door, note, etag;
	str device;   /* what it was done with, as its owner calls it; may be empty */
	bool removed; /* it was the last one before the card was removed */
	bool refused; /* an upload that came too late (412): kept, never stood */
	str bytes;    /* only from book_version() */
};

/* Former ones, latest first; and the one that stands (ERR_NOT_FOUND: none does). */
enum err book_history(const struct call *call, const struct book *book, str name,
    struct book_version **out, size_t *count);
enum err book_version_now(const struct call *call, const struct book *book, str name,
    struct book_version *out);
enum err book_version(const struct call *call, const struct book *book, str name,
    int64_t rev, struct book_version *out);

/* --- a book against its bytes: `kith check` --- */

struct book_checked {
	int64_t cards, versions;
	int64_t bad_cards,
	    bad_keys; /* cannot be read; index differs from what bytes say */
};

enum err book_check(const struct call *call, int64_t account, struct book_checked *out);

#endif

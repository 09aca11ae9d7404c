/*
 * card.h - rows about cards: as they are, as they were, what they can be found by.
 *
 * Writing a card is one call that keeps all its tables together: the book's rev grows, the
 * former version goes into the history, keys are exchanged, a tombstone is set or lifted.
 * All results live in the given arena.
 */
#ifndef KITH_STORE_CARD_H
#define KITH_STORE_CARD_H

#include "store/book.h"

/* Without the bytes; with them; with what is shown of them (struct store_cut). */
enum store_part { STORE_HEAD, STORE_WHOLE, STORE_SHOWN };

/* A stretch of a card's bytes that is kept once for all cards and versions of the account
 * that have it: a picture. */
struct store_cut {
	size_t at, len;
	str digest; /* of those bytes */
	str shown;  /* what STORE_SHOWN gives in their place; empty: themselves */
};

struct store_card {
	int64_t id; /* within its book's range; 0 in a fresh one */
	str name;   /* last part of the URL */
	str uid;    /* as the conflict rule compares it; empty when the card has none */
	str etag;   /* with its quotes */
	str fn;     /* for lists */
	str sort_key; /* bytes, in reading order */
	int64_t rev;  /* of the book, when the card was last written */
	int64_t size; /* bytes */
	int64_t modified_ms;
	bool is_group;
	bool odd;  /* in part no vCard: it is not to be shown as it is */
	str bytes; /* empty for STORE_HEAD */
	const struct store_cut *cuts; /* of one to be written, in their order */
	size_t cut_count;
	str packed; /* the store's own: what is to be put back into `bytes` */
};

struct store_key {
	int64_t kind; /* enum card_key_kind, of which the store knows nothing */
	str value;
};

/* Who wrote, by which door: kept with every version. */
struct store_origin {
	int64_t who;
	str door;   /* "dav", "web", "api", "answer", "import", "command" */
	str device; /* what it was done with; may be empty */
	str note;   /* an ask's id, a file's name; may be empty */
	int64_t at_ms;
};

enum err store_card_find(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, enum store_part part,
    struct store_card *out);
enum err store_card_by_uid(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str uid, enum store_part part,
    struct store_card *out);
enum err store_card_by_id(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t id, enum store_part part, struct store_card *out);

/* Whether a card of that id stands in that book: ids tell. */
bool store_card_is_of(int64_t card, int64_t book);

/*
 * Writes the card in place of `old` (NULL: a new one) under the book's next rev, which is
 * left in book->rev and card->rev; a new one's id in card->id.  `old` must have its bytes:
 * they go into the history.
 */
enum err store_card_put(struct store_tx *tx, struct store_book *book,
    struct store_card *card, const struct store_card *old, const struct store_key *keys,
    size_t key_count, const struct store_origin *origin);

/* Why a card stands no more; as the store has it. */
enum store_end { STORE_REMOVED = 1, STORE_MOVED = 3 };

enum err store_card_remove(struct store_tx *tx, struct store_book *book,
    const struct store_card *old, enum store_end end,
    const struct store_origin *origin);

/* A page of whole cards ends with the one that brings it to so much. */
#define STORE_PAGE_BYTES ((size_t)256 << 10)

struct store_card_page {
	struct store_card *list;
	size_t count;
	bool more; /* by the limit, or by STORE_PAGE_BYTES */
};

/* Cards by id, from after `after_id` on: for scanning a whole book in pieces. */
enum err store_card_scan(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, int64_t after_id, size_t limit, enum store_part part,
    struct store_card_page *out);

/* Cards in reading order, from after (after_key, after_id) on. */
enum err store_card_sorted(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str after_key, int64_t after_id, size_t limit,
    struct store_card_page *out);

struct store_change {
	struct store_card card; /* of a gone one: name, rev and nothing else */
	bool gone;
};

struct store_change_page {
	struct store_change *list;
	size_t count;
	bool more;
};

/* What changed in (since, until], oldest first, each name once; tombstones left out when
 * since is 0: who has nothing can miss nothing. */
enum err store_changes(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, int64_t since, int64_t until, size_t limit,
    enum store_part part, struct store_change_page *out);

struct store_hit {
	int64_t book, card; /* ids */
	int64_t kind;
	str value;
};

/* The account's cards with a key of one of these kinds and values, each key once. */
enum err store_key_find(struct store_tx *tx, struct arena *arena, int64_t account,
    const struct store_key *keys, size_t key_count, size_t limit,
    struct store_hit **out, size_t *count);

/* The keys as they are stored, sorted by kind, then value. */
enum err store_card_keys(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t card, struct store_key **out, size_t *count);

/* The book's cards with that key, in reading order, from after (after_key, after_id) on. */
enum err store_card_with_key(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, const struct store_key *key, str after_key,
    int64_t after_id, size_t limit, struct store_card_page *out);

/* Whether the account keeps a stretch of that digest (else ERR_NOT_FOUND), and *shown:
 * something in its place. */
enum err store_cut_find(struct store_tx *tx, int64_t account, str digest, bool *shown);

/* What the account shows in its place; empty where that is itself, or it has none. */
enum err store_cut_shown(
    struct store_tx *tx, struct arena *arena, int64_t account, str digest, str *out);

struct store_version {
	int64_t rev; /* the one under which it was written */
	str name, uid, etag;
	struct store_origin origin; /* of the write that made it */
	int64_t until_ms;           /* when it was replaced or removed; 0: it stands */
	bool removed;               /* by a removal, not a newer version */
	bool refused; /* never stood: an upload that came too late; rev < 0 */
	str bytes;    /* empty from store_version_list */
	str packed;   /* the store's own */
};

/* Former versions of the card of that name, newest first, without their bytes. */
enum err store_version_list(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, size_t limit, struct store_version **out,
    size_t *count);
enum err store_version_find(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, int64_t rev, struct store_version *out);

/* The one that stands, without its bytes. */
enum err store_version_now(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, struct store_version *out);

/* The one that stood at a moment, of those that stand no more.  ERR_NOT_FOUND. */
enum err store_version_at(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, int64_t at_ms, struct store_version *out);

/* The one the book had at a rev, and the latest with that ETag; of those that stand no more.
 * ERR_NOT_FOUND also when it was forgotten. */
enum err store_version_as_of(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, int64_t rev, enum store_part part,
    struct store_version *out);
enum err store_version_by_etag(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, str etag, enum store_part part,
    struct store_version *out);

/* The doors by which the card was written after a rev, each once. */
enum err store_doors_since(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, int64_t rev, str **out, size_t *count);

/* Keeps an upload that was refused. */
enum err store_version_refused(struct store_tx *tx, const struct store_book *book,
    const struct store_card *card, const struct store_origin *origin);

/*
 * The former versions of a card are those of another place of the account, too, to which it
 * was moved: as history of that card, not as what that book had then.  They take revs of
 * their own there: to->rev follows.
 */
enum err store_version_carry(struct store_tx *tx, const struct store_book *from,
    str name, struct store_book *to, str to_name);

/* The last version of each card that was removed and is not there again, latest first. */
enum err store_version_removed(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, size_t limit, struct store_version **out,
    size_t *count);

/* Names under which something was written or removed after a moment; in order, from after
 * `after` on. */
enum err store_names_touched(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, int64_t after_ms, str after, size_t limit, str **out,
    size_t *count);

/* Forgets former versions that ended before a moment (0: none for their age), and of each
 * card those behind the newest `keep` (0: none for their number); up to `limit` of either.
 * *count: how many went. */
enum err store_version_prune(
    struct store_tx *tx, int64_t before_ms, int64_t keep, size_t limit, int64_t *count);

#endif

/* book_int.h - what the files of this room share. */
#ifndef KITH_BOOK_BOOK_INT_H
#define KITH_BOOK_BOOK_INT_H

#include "book/book.h"
#include "store/card.h"

/* Rows to values and back (rows.c). */
struct book book_of_row(const struct call *call, const struct store_book *row);
struct store_book row_of_book(const struct book *book);
struct book_card card_of_row(const struct store_card *row);

/* Whether the caller may look into this account's home; see a book, write into it, or do
 * what only its owner may (rights.c). */
enum err may_read(const struct call *call, int64_t account);
enum err may_see(const struct call *call, const struct book *book);
enum err may_write(const struct call *call, const struct book *book);
enum err may_rule(const struct call *call, const struct book *book);

/* A shared book's name in its grantee's home (share.c). */
str shared_name(struct arena *arena, int64_t book);
bool is_shared_name(str name);
enum err find_shared(
    struct store_tx *tx, const struct call *call, str name, struct book *out);
enum err list_shared(
    struct store_tx *tx, const struct call *call, struct book **out, size_t *count);

/* A card as the store wants it: derived from its bytes alone, before any write begins, so
 * that the function handed to the store does only rows (prepare.c). */
struct prepared {
	struct store_card row;  /* name is the caller's business */
	struct store_cut *cuts; /* the row's */
	bool shown_smaller;     /* some picture is */
	str uid;                /* as the card writes it */
	struct store_key *keys;
	size_t key_count;
};

enum err prepare_card(
    struct arena *arena, str region, str bytes, struct prepared *out, struct why *why);

/* Takes down which stretches are kept by content (picture.c). */
void find_pictures(struct arena *arena, const struct card *card, struct prepared *out);

/* Makes what is shown of the large ones: in another process, so not within a write. */
void shrink_pictures(
    const struct call *call, const struct book *book, struct prepared *p);

/* What that account shows of them: nothing is made within a write. */
enum err take_over_pictures(
    struct store_tx *tx, struct arena *arena, int64_t account, struct prepared *p);

/* What was made for `from`, for those of them that `to` has as well. */
void share_pictures(const struct prepared *from, struct prepared *to);

/* The card as it was sent, with the pictures of `whole` in place of those of `shown`, which
 * are the same made small; the very bytes where it has none of them. */
str with_originals(struct arena *arena, str sent, str shown, str whole);

/* A large picture that came back small, and was put in again: it is shown as it came. */
void show_as_sent(struct arena *arena, str sent, struct prepared *p);

enum store_part store_part_of(enum book_part part);

/* Whether a condition holds for what stands there; NULL: nothing does (put.c). */
enum err when_holds(const struct book_when *when, const struct store_card *old);

/* store_write() of a change of a book, or of two; of a home.  Registrations that
 * call->device.quiet names are not told (quiet.c). */
enum err change_book(const struct call *call, const struct book *book,
    const struct book *other, enum err (*write)(struct store_tx *tx, void *arg),
    void *arg);
enum err change_home(const struct call *call, int64_t account,
    enum err (*write)(struct store_tx *tx, void *arg), void *arg);

/* A book was removed: those registrations of it go. */
enum err drop_quiet(
    struct store_tx *tx, const struct call *call, const struct book *book);

/* A card that goes, its own properties and its group with it (cards.c). */
struct removing {
	const struct call *call;
	const struct book *book;
	str name;
	const struct book_when *when; /* or NULL: whatever stands there */
	enum book_door by;
	str note;
	bool moved; /* it stands elsewhere now: the trash does not list it */
};

/* The write (`arg`: a struct removing).  ERR_NOT_FOUND. */
enum err remove_rows(struct store_tx *tx, void *arg);

str door_word(enum book_door door);

/* Who does it now, by which door and with what (rows.c). */
struct store_origin origin_of(const struct call *call, enum book_door by, str note);

#endif

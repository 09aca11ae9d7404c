/*
 * book_in.h - the rules of book.h inside a write that someone else began.
 *
 * For ask/, which must change a card and its own state together or not at all.
 */
#ifndef KITH_BOOK_BOOK_IN_H
#define KITH_BOOK_BOOK_IN_H

#include "book/book.h"

struct store_tx;

/* The card as it is in this transaction, bytes included. */
enum err book_card_in(struct store_tx *tx, const struct call *call, int64_t account,
    int64_t book, str name, struct book *out_book, struct book_card *out);

/* As book_put(), on a book of `account`, whose rights the caller has made sure of. */
enum err book_put_in(struct store_tx *tx, const struct call *call,
    const struct book *book, const struct book_put *put, struct book_put_done *out,
    struct why *why);

/* As book_card_remove(), the same. */
enum err book_card_remove_in(struct store_tx *tx, const struct call *call,
    const struct book *book, str name, const struct book_when *when, enum book_door by);

/* As book_card_shift(), the same.  ERR_UID_TAKEN has changed nothing from book to book. */
enum err book_card_shift_in(struct store_tx *tx, const struct call *call,
    const struct book_shift *shift, bool *created, struct why *why);

/* As book_make(), book_describe() and book_remove(), their rules included. */
enum err book_make_in(struct store_tx *tx, const struct call *call, int64_t account,
    const struct book_new *fresh, struct book *out, struct why *why);
enum err book_describe_in(struct store_tx *tx, const struct call *call,
    const struct book *book, const struct book_words *words);
enum err book_remove_in(struct store_tx *tx, const struct call *call,
    const struct book *book, struct why *why);

#endif

/*
 * share.h - a book lent to other accounts, read-only or to write in.
 *
 * A shared book appears in the grantee's own home, under a name that cannot clash with his
 * own, since clients look into one home only.  Its owner alone rules over it.
 */
#ifndef KITH_BOOK_SHARE_H
#define KITH_BOOK_SHARE_H

#include "book/book.h"

#define BOOK_MAX_SHARES 100 /* of one book */

struct book_share {
	int64_t account; /* the grantee */
	bool may_write;
};

/* ERR_FORBIDDEN but for the owner. */
enum err book_shares(const struct call *call, const struct book *book,
    struct book_share **out, size_t *count);

/* Exchanges all shares of the book.  ERR_FORBIDDEN, ERR_LIMIT, ERR_NOT_FOUND (a grantee
 * there is not, or the owner himself). */
enum err book_shares_set(const struct call *call, const struct book *book,
    const struct book_share *list, size_t count);

/* The account of that login, written whole; for somebody to lend a book to.
 * ERR_NOT_FOUND. */
enum err book_account_named(const struct call *call, str login, int64_t *out);

/* Whether the account lends the caller a book, or has one of his: they know each other. */
enum err book_shares_with(const struct call *call, int64_t account, bool *out);

/* An account's name as others see it. */
enum err book_account_name(const struct call *call, int64_t account, str *out);

#endif

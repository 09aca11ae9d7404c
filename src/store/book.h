/*
 * book.h - rows about books.  All results live in the given arena.
 */
#ifndef KITH_STORE_BOOK_H
#define KITH_STORE_BOOK_H

#include "store/store.h"

struct store_book {
	int64_t account,
	    id;   /* id: below 2^39, so that id << 24 | n can name its cards */
	str name; /* last part of the URL; one live book of the account has it */
	str title, description;
	str epoch;     /* part of every sync token */
	str region;    /* the account's, for reading telephone numbers */
	int64_t rev;   /* grows by one with every change in the book */
	int64_t cards; /* that it holds now */
	int64_t bytes; /* the sum of their sizes */
	int64_t made_ms;
	bool first;      /* the default one of the account */
	bool plain;      /* uploads are taken as they come */
	int64_t gone_ms; /* when it was removed; only from store_book_removed() */
};

/* Fills in id, epoch and rev.  ERR_EXISTS: the account has a live book of that name. */
enum err store_book_add(
    struct store_tx *tx, struct arena *arena, struct store_book *book);
enum err store_book_find(struct store_tx *tx, struct arena *arena, int64_t account,
    str name, struct store_book *out);
enum err store_book_by_id(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t id, struct store_book *out);

/* In the order of their making. */
enum err store_book_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_book **out, size_t *count);

/* Title and description; the book's rev grows, since clients want to know. */
enum err store_book_update(struct store_tx *tx, const struct store_book *book);

/* The sum over all live books of the account. */
enum err store_book_bytes(struct store_tx *tx, int64_t account, int64_t *out);

enum err store_book_set_plain(
    struct store_tx *tx, int64_t account, int64_t id, bool plain);

/* And no other one of the account. */
enum err store_book_set_first(struct store_tx *tx, int64_t account, int64_t id);
enum err store_book_rename(struct store_tx *tx, int64_t account, int64_t id, str name);

/* Hides the book and its cards from all the calls here; the rows stay. */
enum err store_book_remove(
    struct store_tx *tx, const struct store_book *book, int64_t now_ms);

/* The account's removed ones, latest first. */
enum err store_book_removed(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_book **out, size_t *count);

/* Shows one of them again, under that name. */
enum err store_book_revive(struct store_tx *tx, int64_t account, int64_t id, str name);

#endif

/*
 * twins_int.h - cards being compared: what is known of each, and whether two may be one.
 */
#ifndef KITH_BOOK_TWINS_INT_H
#define KITH_BOOK_TWINS_INT_H

#include "book/book_int.h"
#include "book/twins.h"
#include "store/store.h"
#include "store/twin.h"

struct node {
	int64_t id;
	size_t book; /* of books */
	bool looked;
	struct store_card card;
	struct store_key *keys;
	size_t key_count;
	size_t root; /* of its cluster; itself at first */
	size_t size; /* of a root: how many */
};

struct looking {
	struct store_tx *tx;
	const struct call *call;
	struct store_book *books;
	size_t book_count;
	struct store_apart *apart; /* in order */
	size_t apart_count;
	struct node *nodes; /* by id */
	size_t node_count;
	struct said {
		size_t node;
		struct book_reason reason;
	} * said;
	size_t said_count, said_room;
};

/* What a key of that kind says when two cards have it; false: nothing. */
bool twin_same(int64_t kind, enum book_same *out);

/* Reads a card's head and keys, once. */
enum err twin_look(const struct looking *l, struct node *n);

/* The pair as the owner's word on it is kept. */
struct store_apart twin_pair(
    struct arena *arena, const struct store_card *a, const struct store_card *b);

/* Whether two cards that share a value in that sense may be of one person. */
enum err twin_may_be(const struct looking *l, struct node *a, struct node *b,
    enum book_same by, bool *out);

#endif

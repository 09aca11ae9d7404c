/*
 * fixture_int.h - two people, and the first one's book.
 *
 * Included by the tests of this room only; every one of them is a program of its own.
 */
#ifndef KITH_BOOK_FIXTURE_INT_H
#define KITH_BOOK_FIXTURE_INT_H

#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "book/book.h"
#include "store/account.h"
#include "store/store.h"

struct home {
	struct store *store;
	struct arena *arena;
	struct call call;
	char folder[64];
	struct book book;
	struct why why;
};

static inline enum err
add_account(struct store_tx *tx, void *arg)
{
	return store_account_add(tx, arg);
}

static inline void
add_person(struct home *h, int64_t id, str login)
{
	struct store_account person = { .id = id,
		.login = login,
		.name = login,
		.lang = STR("en"),
		.region = STR("CN"),
		.policy = STR("fill") };

	must(store_write(h->store, add_account, &person) == OK);
}

static inline struct home
set_up(void)
{
	struct home h = { .folder = "/tmp/kith-book-XXXXXX", .arena = arena_open() };

	must(mkdtemp(h.folder) != NULL);
	must(store_open(str_of(h.folder), &h.store, &h.why) == OK);
	add_person(&h, 1, STR("ada"));
	add_person(&h, 2, STR("bob"));
	h.call = (struct call){
		.store = h.store, .arena = h.arena, .who = 1, .now_ms = 1000
	};
	must(book_find(&h.call, 1, STR(BOOK_DEFAULT_NAME), &h.book) == OK);
	return h;
}

static inline void
tear_down(struct home *h)
{
	char path[128];

	store_close(&h->store);
	arena_close(&h->arena);
	(void)snprintf(path, sizeof path, "%s/kith.db", h->folder);
	(void)remove(path);
	(void)remove(h->folder);
}

/* A card of that name and FN into the book. */
static inline enum err
put(struct home *h, int64_t now_ms, const char *name, const char *fn,
    struct book_put_done *done)
{
	struct book_put p = { .name = str_of(name),
		.by = BOOK_BY_DAV,
		.bytes = arena_printf(h->call.arena,
		    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:%s\r\nFN:%s\r\nEND:VCARD\r\n",
		    name, fn) };

	h->call.now_ms = now_ms;
	return book_put(&h->call, &h->book, &p, done, &h->why);
}

#endif

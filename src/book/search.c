/*
 * search.c - the text of books, folded, in memory.
 *
 * A book's text only grows: a changed card is added anew, and its former text stays as a
 * false trail until there is more of that than of the truth; then all is read again.
 */
#include "book/search.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "book/book_int.h"
#include "book/sieve_int.h"
#include "card/match.h"
#include "store/store.h"

#define PAGE_CARDS  200
#define FALSE_ALLOW 1000 /* former texts kept beside as many as there are cards */

struct kept {
	pthread_rwlock_t lock;
	int64_t book, rev;
	str epoch; /* of the book, in `arena` */
	struct arena *arena;
	struct sieve *texts;
	uint64_t used;  /* when last: the oldest makes place ... */
	unsigned users; /* ... unless somebody looks into it now */
};

struct book_search {
	pthread_mutex_t lock; /* of which books are kept, and `clock` */
	uint64_t clock;
	struct kept *books[BOOK_SEARCH_BOOKS];
};

struct book_search *
book_search_open(void)
{
	struct book_search *search = calloc(1, sizeof *search);

	must(search && pthread_mutex_init(&search->lock, NULL) == 0);
	return search;
}

static void
drop(struct kept *kept)
{
	if (!kept)
		return;
	(void)pthread_rwlock_destroy(&kept->lock);
	arena_close(&kept->arena);
	sieve_close(&kept->texts);
	free(kept);
}

void
book_search_close(struct book_search **search)
{
	if (!*search)
		return;
	for (size_t i = 0; i < BOOK_SEARCH_BOOKS; i++)
		drop((*search)->books[i]);
	(void)pthread_mutex_destroy(&(*search)->lock);
	free(*search);
	*search = NULL;
}

/* --- keeping --- */

static void
empty(struct kept *kept)
{
	kept->rev = 0;
	sieve_empty(kept->texts);
}

static enum err
add_card(struct kept *kept, struct arena *arena, const struct book_card *row)
{
	struct card *card;
	struct why why;
	str text;

	if (card_read(arena, row->bytes, &card, &why) != OK)
		return OK; /* nothing can match it either */
	text = card_search_text(arena, card);
	if (sieve_text_bytes(kept->texts) + text.len > BOOK_SEARCH_MAX_BYTES)
		return ERR_TOO_LARGE;
	sieve_add(kept->texts, row->id, text);
	return OK;
}

static enum err
catch_up(struct kept *kept, const struct call *call, const struct book *book)
{
	bool more = true;

	if (!str_same(kept->epoch, book->epoch)) {
		arena_reset(kept->arena);
		kept->epoch = arena_copy(kept->arena, book->epoch);
		empty(kept);
	}
	if (sieve_count(kept->texts) > (size_t)book->cards * 2 + FALSE_ALLOW)
		empty(kept);
	while (more && kept->rev < book->rev) {
		SCOPED(arena) arena = arena_open();
		struct call page_call = *call;
		struct book_changes page;

		page_call.arena = arena;
		TRY(book_changes(&page_call, book, kept->rev, book->rev, PAGE_CARDS,
		    BOOK_SHOWN, &page));
		for (size_t i = 0; i < page.count; i++) {
			if (!page.list[i].gone)
				TRY(add_card(kept, arena, &page.list[i].card));
			kept->rev = page.list[i].card.rev;
		}
		more = page.more;
	}
	kept->rev = book->rev;
	return OK;
}

static struct kept *
fresh(const struct book *book)
{
	struct kept *kept = calloc(1, sizeof *kept);

	must(kept && pthread_rwlock_init(&kept->lock, NULL) == 0);
	kept->arena = arena_open();
	kept->texts = sieve_open();
	kept->book = book->id;
	kept->epoch = arena_copy(kept->arena, book->epoch);
	return kept;
}

/* With the search's lock held.  NULL: every place is in use. */
static struct kept *
place_for(struct book_search *search, const struct book *book)
{
	struct kept **oldest = NULL;

	for (size_t i = 0; i < BOOK_SEARCH_BOOKS; i++) {
		struct kept **at = &search->books[i];

		if (*at && (*at)->book == book->id)
			return *at;
		if (*at && (*at)->users)
			continue;
		if (!oldest || !*at || (*oldest && (*at)->used < (*oldest)->used))
			oldest = at;
	}
	if (!oldest)
		return NULL;
	drop(*oldest);
	return *oldest = fresh(book);
}

static struct kept *
take(struct book_search *search, const struct book *book)
{
	struct kept *kept;

	(void)pthread_mutex_lock(&search->lock);
	kept = place_for(search, book);
	if (kept) {
		kept->used = ++search->clock;
		kept->users++;
	}
	(void)pthread_mutex_unlock(&search->lock);
	return kept;
}

static void
give_back(struct book_search *search, struct kept *kept)
{
	(void)pthread_mutex_lock(&search->lock);
	kept->users--;
	(void)pthread_mutex_unlock(&search->lock);
}

static bool
is_behind(const struct kept *kept, const struct book *book)
{
	return kept->rev < book->rev || !str_same(kept->epoch, book->epoch);
}

/* Locked for reading on OK.  Whoever finds the text behind the book brings it up to date
 * for all. */
static enum err
lock_up_to_date(struct kept *kept, const struct call *call, const struct book *book)
{
	enum err e;

	(void)pthread_rwlock_rdlock(&kept->lock);
	if (!is_behind(kept, book))
		return OK;
	(void)pthread_rwlock_unlock(&kept->lock);
	(void)pthread_rwlock_wrlock(&kept->lock);
	e = is_behind(kept, book) ? catch_up(kept, call, book) : OK;
	if (e != OK)
		empty(kept);
	(void)pthread_rwlock_unlock(&kept->lock);
	TRY(e);
	(void)pthread_rwlock_rdlock(&kept->lock);
	return OK;
}

/* --- searching --- */

static int
by_id(const void *a, const void *b)
{
	const int64_t *x = a;
	const int64_t *y = b;

	return (*x > *y) - (*x < *y);
}

static void
sort_out(struct buf *found, struct book_found *out)
{
	size_t all = found->len / sizeof *out->ids;

	out->ids = (int64_t *)(void *)found->at;
	out->count = 0;
	if (!all)
		return;
	qsort(out->ids, all, sizeof *out->ids, by_id);
	for (size_t i = 0; i < all; i++)
		if (!out->count || out->ids[out->count - 1] != out->ids[i])
			out->ids[out->count++] = out->ids[i];
}

static bool
is_first(const str *needles, size_t i)
{
	for (size_t earlier = 0; earlier < i; earlier++)
		if (str_same(needles[earlier], needles[i]))
			return false;
	return true;
}

static enum err
find(struct kept *kept, const struct call *call, const struct book *book,
    const str *needles, size_t count, struct book_found *out)
{
	struct buf found = buf_in(call->arena, SIZE_MAX);

	TRY(lock_up_to_date(kept, call, book));
	for (size_t i = 0; i < count; i++)
		if (is_first(needles, i)) /* clients ask six fields for one text */
			sieve_find(kept->texts, needles[i], &found);
	(void)pthread_rwlock_unlock(&kept->lock);
	sort_out(&found, out);
	return OK;
}

enum err
book_search_find(struct book_search *search, const struct call *call,
    const struct book *book, const str *needles, size_t count, struct book_found *out)
{
	struct kept *kept;
	enum err e;

	TRY(may_see(call, book));
	kept = take(search, book);
	if (!kept)
		return ERR_TOO_LARGE;
	e = find(kept, call, book, needles, count, out);
	give_back(search, kept);
	return e;
}

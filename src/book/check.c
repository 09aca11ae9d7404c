/* check.c - a home against its bytes: everything derived is derived again. */
#include "book/book_int.h"
#include "store/store.h"

#define PAGE_CARDS 100

static bool
keys_differ(const struct prepared *fresh, const struct store_key *stored, size_t count)
{
	if (fresh->key_count != count)
		return true;
	for (size_t i = 0; i < count; i++)
		if (fresh->keys[i].kind != stored[i].kind ||
		    !str_same(fresh->keys[i].value, stored[i].value))
			return true;
	return false;
}

/* Each one can also be found by. */
static enum err
is_found_by(struct store_tx *tx, struct arena *arena, const struct store_book *book,
    const struct store_card *card, const struct store_key *key, bool *found)
{
	struct store_hit *hits;
	size_t count;

	*found = false;
	TRY(store_key_find(tx, arena, book->account, key, 1, INT32_MAX, &hits, &count));
	for (size_t i = 0; i < count && !*found; i++)
		*found = hits[i].card == card->id;
	return OK;
}

static enum err
check_keys(struct store_tx *tx, struct arena *arena, const struct store_book *book,
    const struct store_card *card, const struct prepared *fresh,
    struct book_checked *out)
{
	struct store_key *keys;
	size_t count;
	bool good;

	TRY(store_card_keys(tx, arena, book->account, card->id, &keys, &count));
	good = !keys_differ(fresh, keys, count);
	for (size_t i = 0; i < count && good; i++)
		TRY(is_found_by(tx, arena, book, card, &keys[i], &good));
	out->bad_keys += !good;
	return OK;
}

static bool
row_differs(const struct prepared *fresh, const struct store_card *stored)
{
	return !str_same(fresh->row.etag, stored->etag) ||
	       !str_same(fresh->row.uid, stored->uid) ||
	       !str_same(fresh->row.fn, stored->fn) || fresh->row.size != stored->size;
}

static enum err
check_card(struct store_tx *tx, struct arena *arena, const struct store_book *book,
    const struct store_card *card, struct book_checked *out)
{
	struct prepared fresh;
	struct store_version *versions;
	struct why why;
	size_t count;

	out->cards++;
	TRY(store_version_list(
	    tx, arena, book, card->name, INT32_MAX, &versions, &count));
	out->versions += (int64_t)count;
	if (prepare_card(arena, book->region, card->bytes, &fresh, &why) == OK &&
	    !row_differs(&fresh, card))
		return check_keys(tx, arena, book, card, &fresh, out);
	out->bad_cards++;
	return OK;
}

static enum err
check_page(const struct call *call, const struct store_book *book, int64_t *after,
    bool *more, struct book_checked *out)
{
	SCOPED(store_tx) tx = NULL;
	SCOPED(arena) arena = arena_open();
	struct store_card_page page;

	TRY(store_look(call->store, &tx));
	TRY(store_card_scan(tx, arena, book, *after, PAGE_CARDS, STORE_WHOLE, &page));
	for (size_t i = 0; i < page.count; i++) {
		*after = page.list[i].id;
		TRY(check_card(tx, arena, book, &page.list[i], out));
	}
	*more = page.more;
	return OK;
}

enum err
book_check(const struct call *call, int64_t account, struct book_checked *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book *books;
	size_t count;

	*out = (struct book_checked){ 0 };
	TRY(store_look(call->store, &tx));
	TRY(store_book_list(tx, call->arena, account, &books, &count));
	store_tx_close(&tx);
	for (size_t i = 0; i < count; i++) {
		int64_t after = 0;
		bool more = true;

		while (more)
			TRY(check_page(call, &books[i], &after, &more, out));
	}
	return OK;
}

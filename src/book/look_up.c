/* look_up.c - a card by any identifier, as a person types it (A4). */
#include "book/book_int.h"
#include "store/store.h"

#define CARDS_AT_MOST (BOOK_MAX_CANDIDATES * 4) /* hits, before twins are joined */

static bool
listed(const struct book_hits *hits, int64_t card)
{
	for (size_t i = 0; i < hits->count; i++)
		if (hits->list[i].card.id == card)
			return true;
	return false;
}

static enum err
add_hit(struct store_tx *tx, const struct call *call, const struct store_hit *row,
    struct book_hits *out)
{
	struct store_book book;
	struct store_card card;

	if (listed(out, row->card) || out->count == BOOK_MAX_CANDIDATES)
		return OK;
	TRY(store_book_by_id(tx, call->arena, call->who, row->book, &book));
	TRY(store_card_by_id(tx, call->arena, call->who, row->card, STORE_HEAD, &card));
	out->list[out->count++] = (struct book_hit){ book_of_row(call, &book),
		card_of_row(&card), (enum card_key_kind)row->kind };
	return OK;
}

/* All that the text may mean, as keys; those of names apart, since an exact identifier
 * outranks a name. */
static size_t
keys_of(const struct card_keys *guess, bool names, struct store_key *out)
{
	size_t count = 0;

	for (size_t i = 0; i < guess->count; i++)
		if ((guess->list[i].kind == CARD_KEY_NAME) == names)
			out[count++] = (struct store_key){ (int64_t)guess->list[i].kind,
				guess->list[i].value };
	return count;
}

static enum err
find_by(struct store_tx *tx, const struct call *call, const struct card_keys *guess,
    bool names, struct book_hits *out)
{
	struct store_key *keys =
	    ARENA_ARRAY(call->arena, struct store_key, guess->count);
	size_t key_count = keys_of(guess, names, keys);
	struct store_hit *rows;
	size_t count;

	TRY(store_key_find(
	    tx, call->arena, call->who, keys, key_count, CARDS_AT_MOST, &rows, &count));
	for (size_t i = 0; i < count; i++)
		TRY(add_hit(tx, call, &rows[i], out));
	return OK;
}

static enum err
region_of(struct store_tx *tx, const struct call *call, str *out)
{
	struct store_book *books;
	size_t count;

	TRY(store_book_list(tx, call->arena, call->who, &books, &count));
	*out = count ? books[0].region : (str){ 0 };
	return OK;
}

enum err
book_look_up(const struct call *call, str typed, struct book_hits *out)
{
	SCOPED(store_tx) tx = NULL;
	struct card_keys guess;
	str region;

	out->list = ARENA_ARRAY(call->arena, struct book_hit, BOOK_MAX_CANDIDATES);
	out->count = 0;
	TRY(store_look(call->store, &tx));
	TRY(region_of(tx, call, &region));
	guess = card_key_guess(call->arena, typed, region);
	TRY(find_by(tx, call, &guess, false, out));
	if (!out->count)
		TRY(find_by(tx, call, &guess, true, out));
	if (!out->count)
		return ERR_NOT_FOUND;
	return out->count == 1 ? OK : ERR_SEVERAL;
}

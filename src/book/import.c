/* import.c - many cards at once. */
#include "book/import.h"

#include "book/book_int.h"
#include "book/put_int.h"
#include "store/store.h"

#define HITS_MAX 20

/* --- twins --- */

static enum book_twin
twin_by(int64_t kind)
{
	switch ((enum card_key_kind)kind) {
	case CARD_KEY_MOBILE:
	case CARD_KEY_WORK_TEL:
	case CARD_KEY_HOME_TEL:
	case CARD_KEY_TEL: return BOOK_TWIN_PHONE;
	case CARD_KEY_EMAIL: return BOOK_TWIN_MAIL;
	case CARD_KEY_NAME:
	case CARD_KEY_WORK_ADDRESS:
	case CARD_KEY_HOME_ADDRESS:
	case CARD_KEY_ADDRESS:
	case CARD_KEY_QQ:
	case CARD_KEY_WECHAT:
	case CARD_KEY_WEIBO:
	case CARD_KEY_IM:
	case CARD_KEY_URL:
	case CARD_KEY_GROUP:
	case CARD_KEY_MEMBER:
	case CARD_KEY_CATEGORY: break;
	}
	return BOOK_TWIN_NONE;
}

/* A number is the same whatever the cards call it. */
static size_t
reaching_keys(const struct prepared *card, struct store_key *out)
{
	static const enum card_key_kind tels[] = { CARD_KEY_MOBILE, CARD_KEY_WORK_TEL,
		CARD_KEY_HOME_TEL, CARD_KEY_TEL };
	size_t count = 0;

	for (size_t i = 0; i < card->key_count; i++) {
		const struct store_key *key = &card->keys[i];

		if (twin_by(key->kind) == BOOK_TWIN_MAIL)
			out[count++] = *key;
		for (size_t t = 0; twin_by(key->kind) == BOOK_TWIN_PHONE && t < 4; t++)
			out[count++] = (struct store_key){ tels[t], key->value };
	}
	return count;
}

static enum err
find_reached(struct store_tx *tx, const struct call *call, const struct book *book,
    const struct prepared *card, enum book_twin *out, str *name)
{
	struct store_key *keys =
	    ARENA_ARRAY(call->arena, struct store_key, card->key_count * 4 + 1);
	size_t key_count = reaching_keys(card, keys);
	struct store_hit *hits;
	struct store_card found;
	size_t count;

	TRY(store_key_find(
	    tx, call->arena, book->account, keys, key_count, HITS_MAX, &hits, &count));
	for (size_t i = 0; i < count; i++) {
		if (hits[i].book != book->id)
			continue;
		TRY(store_card_by_id(
		    tx, call->arena, book->account, hits[i].card, STORE_HEAD, &found));
		*out = twin_by(hits[i].kind);
		*name = found.name;
		return OK;
	}
	return OK;
}

enum err
book_twin_find(const struct call *call, const struct book *book, str bytes,
    enum book_twin *out, str *name, struct why *why)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_card same;
	struct prepared card;
	enum err e = ERR_NOT_FOUND;

	*out = BOOK_TWIN_NONE;
	*name = (str){ 0 };
	TRY(may_see(call, book));
	TRY(prepare_card(call->arena, book->region, bytes, &card, why));
	TRY(store_look(call->store, &tx));
	if (card.row.uid.len)
		e = store_card_by_uid(
		    tx, call->arena, &row, card.row.uid, STORE_HEAD, &same);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND)
		return find_reached(tx, call, book, &card, out, name);
	*out = BOOK_TWIN_UID;
	*name = same.name;
	return OK;
}

/* --- all of them --- */

struct many {
	struct putting *list;
	size_t count, at;
};

static enum err
put_all(struct store_tx *tx, void *arg)
{
	struct many *many = arg;

	for (many->at = 0; many->at < many->count; many->at++)
		TRY(put_rows(tx, &many->list[many->at]));
	return OK;
}

enum err
book_put_many(const struct call *call, const struct book *book,
    const struct book_put *list, size_t count, struct book_put_done *done, size_t *at,
    struct why *why)
{
	struct many many = { .count = count };
	enum err e;

	must(count <= BOOK_PUT_MANY);
	many.list = ARENA_ARRAY(call->arena, struct putting, count + 1);
	for (size_t i = 0; i < count; i++) {
		many.list[i] = (struct putting){ .call = call,
			.book = book,
			.put = &list[i],
			.done = &done[i],
			.why = why };
		*at = i;
		TRY(put_prepare(&many.list[i]));
	}
	e = change_book(call, book, NULL, put_all, &many);
	*at = many.at;
	return e;
}

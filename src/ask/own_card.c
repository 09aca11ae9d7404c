/* own_card.c - the card a person has of himself: read, made, changed. */
#include "ask/own_int.h"
#include "seal/seal.h"
#include "store/account.h"

enum err
ask_own_read(const struct call *call, struct ask_own *out)
{
	struct books books;
	struct why why;
	enum err e;

	*out = (struct ask_own){ 0 };
	TRY(book_list(call, call->who, &books));
	out->book = books.list[0];
	e = book_card(call, &out->book, ASK_OWN_CARD, BOOK_WHOLE, &out->stands);
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	TRY(card_read(call->arena, out->stands.bytes, &out->card, &why));
	out->items = card_items(call->arena, out->card, out->book.region);
	return OK;
}

static void
list_items(const struct call *call, const struct ask_own *own,
    struct ask_own_item **out, size_t *count)
{
	*out = ARENA_ARRAY(call->arena, struct ask_own_item, own->items.count);
	*count = 0;
	for (size_t i = 0; i < own->items.count; i++) {
		const struct card_item *item = &own->items.list[i];

		if (ask_given_field(item->field))
			(*out)[(*count)++] = (struct ask_own_item){
				.item = i, .field = item->field, .text = item->text
			};
	}
}

enum err
ask_own_card(const struct call *call, struct ask_own_item **out, size_t *count)
{
	struct ask_own own;

	TRY(ask_own_read(call, &own));
	list_items(call, &own, out, count);
	return OK;
}

/* --- changing it --- */

/* A first one: the name of the account, and what it has verified. */
static enum err
fresh_card(const struct call *call, str *out)
{
	SCOPED(store_tx) tx = NULL;
	struct buf card = buf_in(call->arena, CARD_MAX_BYTES);
	struct store_account account;
	struct store_identifier *his;
	size_t count;

	TRY(store_look(call->store, &tx));
	TRY(store_account_find(tx, call->arena, call->who, &account));
	TRY(store_identifier_list(tx, call->arena, call->who, &his, &count));
	buf_add(&card, STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:"));
	buf_add(&card, seal_uuid(call->arena));
	buf_add(&card, STR("\r\nFN:"));
	card_escape_add(&card, account.name);
	buf_add(&card, STR("\r\nN:"));
	card_escape_add(&card, account.name);
	buf_add(&card, STR(";;;;\r\n"));
	for (size_t i = 0; i < count; i++) {
		bool tel = str_same(his[i].kind, STR("tel"));

		if (!tel && !str_same(his[i].kind, STR("email")))
			continue;
		buf_add(&card, tel ? STR("TEL;TYPE=CELL:") : STR("EMAIL:"));
		buf_add(&card, his[i].value);
		buf_add(&card, STR("\r\n"));
	}
	buf_add(&card, STR("END:VCARD\r\n"));
	*out = buf_str(&card);
	return OK;
}

static enum err
change(const struct call *call, const struct ask_own *own, const struct card *base,
    const struct card_ops *ops, enum book_door by, struct why *why)
{
	struct card_verdicts verdicts;
	bool *chosen = ARENA_ARRAY(call->arena, bool, ops->count + 1);
	struct book_put put = { .name = ASK_OWN_CARD, .by = by };
	struct book_put_done done;

	must(own->card); /* read, or made */
	for (size_t i = 0; i < ops->count; i++)
		chosen[i] = true;
	TRY(card_merge(
	    call->arena, base, ops, own->card, own->book.region, &verdicts, why));
	TRY(card_merge_write(
	    call->arena, own->card, &verdicts, chosen, call->now_ms, &put.bytes));
	if (own->stands.id && put.bytes.at == own->card->text.at)
		return OK;
	put.when.kind = own->stands.id ? BOOK_IF_ETAG : BOOK_IF_NEW;
	put.when.etags = &own->stands.etag;
	put.when.count = 1;
	return book_put(call, &own->book, &put, &done, why);
}

/* It, or what a first one will be. */
static enum err
read_own_or_fresh(const struct call *call, struct ask_own *out, struct why *why)
{
	str fresh;

	TRY(ask_own_read(call, out));
	if (out->stands.id)
		return OK;
	TRY(fresh_card(call, &fresh));
	return card_read(call->arena, fresh, &out->card, why);
}

enum err
ask_own_change(const struct call *call, const struct card_ops *ops, struct why *why)
{
	struct ask_own own;

	TRY(read_own_or_fresh(call, &own, why));
	return change(call, &own, own.card, ops, BOOK_BY_API, why);
}

/* --- what was said of a version of it --- */

enum err
ask_own_etag(const struct call *call, str *out)
{
	struct ask_own own;

	TRY(ask_own_read(call, &own));
	*out = own.stands.etag;
	return OK;
}

/* What a form showed: what stands, a former version, or NULL, nothing. */
static enum err
read_version(const struct call *call, const struct ask_own *own, str etag,
    const struct card **out)
{
	struct book_version *list;
	struct card *card;
	struct why why;
	size_t count;

	*out = own->card;
	if (str_same(etag, own->stands.etag))
		return OK;
	*out = NULL;
	if (!etag.len)
		return OK;
	TRY(book_history(call, &own->book, ASK_OWN_CARD, &list, &count));
	for (size_t i = 0; i < count; i++) {
		struct book_version version;

		if (list[i].refused || !str_same(list[i].etag, etag))
			continue;
		TRY(book_version(
		    call, &own->book, ASK_OWN_CARD, list[i].rev, &version));
		TRY(card_read(call->arena, version.bytes, &card, &why));
		*out = card;
		return OK;
	}
	return ERR_CONDITION;
}

enum err
ask_own_card_of(
    const struct call *call, str etag, struct ask_own_item **out, size_t *count)
{
	struct ask_own own;
	const struct card *card;

	TRY(ask_own_read(call, &own));
	TRY(read_version(call, &own, etag, &card));
	own.items = (struct card_items){ 0 };
	if (card)
		own.items = card_items(call->arena, card, own.book.region);
	list_items(call, &own, out, count);
	return OK;
}

enum err
ask_own_change_since(
    const struct call *call, str etag, const struct card_ops *ops, struct why *why)
{
	struct ask_own own;
	const struct card *base;

	TRY(read_own_or_fresh(call, &own, why));
	TRY(read_version(call, &own, etag, &base));
	return change(call, &own, base ? base : own.card, ops, BOOK_BY_WEB, why);
}

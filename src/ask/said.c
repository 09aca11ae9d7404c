/* said.c - provenance: written with each answer, read beside the card's values. */
#include "ask/said.h"

#include "ask/ask_int.h"
#include "ask/policy.h"
#include "book/book_in.h"
#include "store/book.h"
#include "store/said.h"

static enum err
put_one(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    const struct ask_judged *judged, const struct store_answer *answer,
    const struct card_verdict *v)
{
	str value = v->after.len ? v->after : v->before;
	const struct store_said said = {
		.account = it->row.account,
		.card = judged->stands.id,
		.field = card_field_name(v->op.field),
		.key =
		    v->op.field == CARD_F_PHOTO
			? (str){ 0 }
			: card_field_key(call->arena, v->op.field, value, it->region),
		.channel = it->row.channel,
		.to = ask_mask_tail(call->arena, it->row.to),
		.door = answer->door,
		.evidence = answer->evidence,
		.ask = it->row.id,
		.at_ms = call->now_ms,
	};

	return store_said_put(tx, &said);
}

enum err
ask_note_said_in(struct store_tx *tx, const struct call *call,
    const struct ask_case *it, const struct ask_judged *judged,
    const struct store_answer *answer, str letters)
{
	for (size_t i = 0; i < letters.len && i < judged->verdicts.count; i++) {
		const struct card_verdict *v = &judged->verdicts.list[i];

		if (v->op.kind != CARD_GONE &&
		    (letters.at[i] == 'a' || letters.at[i] == 'v'))
			TRY(put_one(tx, call, it, judged, answer, v));
	}
	return OK;
}

enum err
ask_said_since(struct store_tx *tx, struct arena *arena, int64_t account, int64_t card,
    int64_t since_ms, bool *out)
{
	struct store_said *rows;
	size_t count;

	*out = false;
	TRY(store_said_of_card(tx, arena, account, card, &rows, &count));
	for (size_t i = 0; i < count; i++)
		*out = *out || (rows[i].at_ms > since_ms &&
				   rows[i].evidence != ASK_EVIDENCE_DEAD);
	return OK;
}

/* The item of the snapshot that the notice went to. */
static const struct card_item *
asked_item(const struct ask_case *it)
{
	for (size_t i = 0; i < it->items.count; i++) {
		const struct card_item *item = &it->items.list[i];

		if (it->row.to.len && (str_same(item->key, it->row.to) ||
					  str_same_nocase(item->text, it->row.to)))
			return item;
	}
	return NULL;
}

enum err
ask_note_dead_in(
    struct store_tx *tx, const struct call *call, struct ask_case *it, str door)
{
	const struct card_item *item;
	struct book book;
	struct book_card stands;
	enum err e;

	TRY(ask_case_base(call, it));
	item = asked_item(it);
	e = book_card_in(
	    tx, call, it->row.account, it->row.book, it->row.card, &book, &stands);
	if (!item || e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	return store_said_put(tx, &(struct store_said){ .account = it->row.account,
				      .card = stands.id,
				      .field = card_field_name(item->field),
				      .key = item->key,
				      .channel = it->row.channel,
				      .to = ask_mask_tail(call->arena, it->row.to),
				      .door = door,
				      .evidence = ASK_EVIDENCE_DEAD,
				      .ask = it->row.id,
				      .at_ms = call->now_ms });
}

static const struct store_said *
said_of(const struct store_said *rows, size_t count, const struct card_item *item)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(rows[i].field, card_field_name(item->field)) &&
		    (item->field == CARD_F_PHOTO || str_same(rows[i].key, item->key)))
			return &rows[i];
	return NULL;
}

static struct ask_said
row_of(const struct card_item *item, const struct store_said *said)
{
	struct ask_said out = { .field = item->field, .text = item->text };

	if (said) {
		out.at_ms = said->at_ms;
		out.evidence = (int)said->evidence;
		out.channel = said->channel;
		out.to = said->to;
		out.door = said->door;
		out.ask = said->ask;
	}
	return out;
}

enum err
ask_said_of_card(const struct call *call, str book_name, str card_name,
    struct ask_said **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct book book;
	struct book_card stands;
	struct card *card;
	struct card_items items;
	struct store_said *rows;
	size_t row_count;
	struct why why;

	TRY(book_find(call, call->who, book_name, &book));
	TRY(book_card(call, &book, card_name, BOOK_WHOLE, &stands));
	TRY(card_read(call->arena, stands.bytes, &card, &why));
	items = card_items(call->arena, card, book.region);
	TRY(store_look(call->store, &tx));
	TRY(store_said_of_card(
	    tx, call->arena, book.account, stands.id, &rows, &row_count));
	*out = ARENA_ARRAY(call->arena, struct ask_said, items.count);
	*count = items.count;
	for (size_t i = 0; i < items.count; i++)
		(*out)[i] =
		    row_of(&items.list[i], said_of(rows, row_count, &items.list[i]));
	return OK;
}

/*
 * given.c - a card the target hands over instead of typing: returned with a mail or an MMS,
 * or put into the page.
 */
#include "ask/given.h"

#include "ask/ask_int.h"
#include "ask/texts.h"

#define NOTE_ROOM_BYTES ((size_t)64 * 1024) /* ASK_NOTE_MAX_BYTES of it are kept */
#define WHOM_MAX_RUNES  100

void
ask_ops_say(struct card_ops *ops, struct card_op op)
{
	for (size_t i = 0; i < ops->count; i++)
		if (op.kind == CARD_INSERT
			? ops->list[i].kind == CARD_INSERT &&
			      ops->list[i].field == op.field &&
			      (card_field_single(op.field) ||
				  str_same(ops->list[i].value, op.value))
			: ops->list[i].kind != CARD_INSERT &&
			      ops->list[i].item == op.item)
			return;
	if (ops->count < CARD_MAX_OPS)
		ops->list[ops->count++] = op;
}

static size_t
item_with(const struct card_items *had, const struct card_item *item)
{
	for (size_t i = 0; i < had->count; i++)
		if (had->list[i].field == item->field &&
		    str_same(had->list[i].key, item->key))
			return i;
	return SIZE_MAX;
}

static str
value_of(struct arena *arena, const struct card *card, const struct card_item *item)
{
	struct card_picture picture;

	if (item->field != CARD_F_PHOTO)
		return item->text;
	if (card_picture_of(arena, &card->properties[item->at], &picture) != OK ||
	    picture.bytes.len > CARD_PHOTO_MAX_BYTES ||
	    !str_same(picture.media_type, STR("image/jpeg")))
		return (str){ 0 };
	return picture.bytes;
}

/* The one item of a field; SIZE_MAX where there are none or several. */
static size_t
only_one(const struct card_items *items, enum card_field field)
{
	size_t found = SIZE_MAX;

	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].field == field) {
			if (found != SIZE_MAX)
				return SIZE_MAX;
			found = i;
		}
	return found;
}

static struct card_op
op_of(struct arena *arena, const struct card_items *had, const struct card *card,
    const struct card_items *picked, const struct card_item *item)
{
	size_t same = item_with(had, item);
	size_t former = only_one(had, item->field);
	struct card_op op = { .kind = CARD_INSERT, .field = item->field };

	if (same != SIZE_MAX && ask_offered(item->field))
		return (struct card_op){
			.kind = CARD_CONFIRM, .item = same, .field = item->field
		};
	op.value = value_of(arena, card, item);
	if (former != SIZE_MAX && ask_offered(item->field) &&
	    only_one(picked, item->field) != SIZE_MAX) {
		op.kind = CARD_CHANGE;
		op.item = former;
	}
	return op;
}

bool
ask_given_field(enum card_field field)
{
	return field != CARD_F_TEL && field != CARD_F_NAME;
}

struct card_ops
ask_ops_of_items(struct arena *arena, const struct card_items *had,
    const struct card *card, const struct card_items *picked)
{
	struct card_ops ops = { ARENA_ARRAY(arena, struct card_op, CARD_MAX_OPS), 0 };

	for (size_t i = 0; i < picked->count; i++) {
		const struct card_item *item = &picked->list[i];
		struct card_op op;

		if (!ask_given_field(item->field))
			continue;
		op = op_of(arena, had, card, picked, item);
		if (op.kind == CARD_CONFIRM || op.value.len)
			ask_ops_say(&ops, op);
	}
	return ops;
}

static bool
said_already(const struct ask_taking *taking, const struct card_op *op)
{
	for (size_t i = 0; i < taking->ops->count; i++)
		if (ask_are_twins(taking->call->arena, taking->it->region,
			&taking->ops->list[i], op))
			return true;
	return false;
}

/* One value that its field refuses is no reason to lose the others: the owner reads it. */
void
ask_take_op(const struct ask_taking *taking, struct card_op op)
{
	struct ask_reply with = { .by = taking->door };
	struct ask_reply checked;
	struct why why;
	struct card_ops *ops = taking->ops;
	size_t had = ops->count;

	if (said_already(taking, &op))
		return;
	ask_ops_say(ops, op);
	with.ops = *ops;
	if (ops->count == had ||
	    ask_reply_check(taking->call, taking->it, &with, &checked, &why) == OK)
		return;
	ops->count = had;
	if (op.field != CARD_F_PHOTO)
		buf_addf(taking->note, "\n" STR_FMT ": " STR_FMT,
		    STR_ARG(ask_field_text(taking->it->row.lang, op.field)),
		    STR_ARG(op.value));
}

void
ask_take_card(
    const struct ask_taking *taking, const struct card *card, bool with_picture)
{
	struct arena *arena = taking->call->arena;
	struct card_items all = card_items(arena, card, taking->it->region);
	struct card_ops more = ask_ops_of_items(arena, &taking->it->items, card, &all);

	for (size_t i = 0; i < more.count; i++)
		if (with_picture || more.list[i].field != CARD_F_PHOTO)
			ask_take_op(taking, more.list[i]);
}

static enum err
find_open(const struct call *call, str token, struct ask_case *it)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	TRY(ask_case_by_token(tx, call, token, it));
	if (!it->open)
		return ERR_GONE;
	return ask_case_base(call, it);
}

enum err
ask_give_card(const struct call *call, str token, const struct card *card,
    struct ask_reply *reply, struct why *why)
{
	struct ask_case it;
	struct buf note = buf_in(call->arena, NOTE_ROOM_BYTES);
	struct card_ops ops = { ARENA_ARRAY(call->arena, struct card_op, CARD_MAX_OPS),
		0 };
	struct ask_taking taking = { call, &it, reply->by, &ops, &note };

	TRY(find_open(call, token, &it));
	for (size_t i = 0; i < reply->ops.count && i < CARD_MAX_OPS; i++)
		ops.list[ops.count++] = reply->ops.list[i];
	buf_add(&note, reply->note);
	ask_take_card(&taking, card, false);
	if (!ops.count && !str_trim(buf_str(&note)).len) {
		*why = (struct why){ .what = "a card without a value that is asked",
			.name = STR(ASK_GIVEN_NAME) };
		return ERR_BAD_INPUT;
	}
	reply->ops = ops;
	reply->note = buf_str(&note);
	return OK;
}

/* --- a card that names somebody --- */

str
ask_whom_of_card(struct arena *arena, str card, str region)
{
	static const enum card_field fields[] = { CARD_F_MOBILE, CARD_F_TEL,
		CARD_F_WORK_TEL, CARD_F_HOME_TEL, CARD_F_EMAIL, CARD_F_WORK_EMAIL };
	struct card *read;
	struct card_items items;
	struct why why;

	if (card_read(arena, card, &read, &why) != OK)
		return (str){ 0 };
	items = card_items(arena, read, region);
	for (size_t f = 0; f < ASK_COUNT(fields); f++)
		for (size_t i = 0; i < items.count; i++)
			if (items.list[i].field == fields[f])
				return ask_clip(items.list[i].text, WHOM_MAX_RUNES);
	return ask_clip(str_trim(card_unescape(arena, read->fn)), WHOM_MAX_RUNES);
}

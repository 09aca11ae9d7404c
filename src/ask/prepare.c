/* prepare.c - what a target has entered, held to what he was offered, and kept until he
 * confirms it. */
#include "ask/ask_int.h"

static enum err
refused(struct why *why, const char *what, enum card_field field)
{
	*why = (struct why){ .what = what, .name = card_field_name(field) };
	return ERR_BAD_INPUT;
}

/* The field of an item is the item's, whatever the answer says. */
static enum err
check_one(const struct ask_case *it, struct card_op *op, struct why *why)
{
	if (op->kind == CARD_INSERT) {
		op->item = 0;
		return op->field == CARD_F_TEL
			   ? refused(why, "nobody is asked for that", op->field)
			   : OK;
	}
	if (op->item >= it->items.count || !ask_offered(it->items.list[op->item].field))
		return refused(why, "no such item", op->field);
	op->field = it->items.list[op->item].field;
	if (op->kind != CARD_CHANGE)
		op->value = (str){ 0 };
	return OK;
}

bool
ask_are_twins(
    struct arena *arena, str region, const struct card_op *a, const struct card_op *b)
{
	if ((a->kind == CARD_INSERT) != (b->kind == CARD_INSERT))
		return false;
	if (a->kind != CARD_INSERT)
		return a->item == b->item;
	if (a->field != b->field)
		return false;
	return card_field_single(a->field) ||
	       str_same(card_field_key(arena, a->field, a->value, region),
		   card_field_key(arena, b->field, b->value, region));
}

static enum err
check_twins(const struct call *call, const struct ask_case *it,
    const struct card_ops *ops, struct why *why)
{
	for (size_t i = 1; i < ops->count; i++)
		for (size_t j = 0; j < i; j++)
			if (ask_are_twins(
				call->arena, it->region, &ops->list[i], &ops->list[j]))
				return refused(why, "said twice", ops->list[i].field);
	return OK;
}

static str
clean_note(struct arena *arena, str note)
{
	size_t end = ASK_NOTE_MAX_BYTES;

	note = str_trim(ask_clean(arena, note, true));
	if (note.len <= end)
		return note;
	while (end && ((unsigned char)note.at[end] & 0xC0) == 0x80)
		end--; /* not in the middle of a character */
	return str_part(note, 0, end);
}

enum err
ask_reply_check(const struct call *call, const struct ask_case *it,
    const struct ask_reply *reply, struct ask_reply *out, struct why *why)
{
	struct card_verdicts verdicts;

	*out = *reply;
	out->note = clean_note(call->arena, reply->note);
	if (reply->ops.count > CARD_MAX_OPS)
		return ERR_TOO_LARGE;
	if (reply->until_ms && reply->until_ms <= call->now_ms) {
		*why = (struct why){ .what = "that day is over", .name = STR("until") };
		return ERR_BAD_INPUT;
	}
	if (!reply->ops.count && !out->note.len) {
		*why = (struct why){ .what = "nothing was said" };
		return ERR_BAD_INPUT;
	}
	out->ops.list = ARENA_ARRAY(call->arena, struct card_op, reply->ops.count);
	for (size_t i = 0; i < reply->ops.count; i++) {
		out->ops.list[i] = reply->ops.list[i];
		TRY(check_one(it, &out->ops.list[i], why));
	}
	TRY(check_twins(call, it, &out->ops, why));
	return card_merge(
	    call->arena, it->base, &out->ops, it->base, it->region, &verdicts, why);
}

struct preparing {
	const struct call *call;
	str token;
	const struct ask_reply *reply;
	struct why *why;
};

static enum err
prepare_in(struct store_tx *tx, void *arg)
{
	const struct preparing *p = arg;
	const struct call *call = p->call;
	struct ask_case it;
	struct ask_reply reply;
	struct store_answer row;

	TRY(ask_case_by_token(tx, call, p->token, &it));
	if (!it.open)
		return ERR_GONE;
	TRY(ask_case_base(call, &it));
	TRY(ask_reply_check(call, &it, p->reply, &reply, p->why));
	row = (struct store_answer){
		.account = it.row.account,
		.ask = it.row.id,
		.ops = card_ops_write(call->arena, &reply.ops),
		.note = reply.note,
		.door = ask_door_word(reply.by),
		.at_ms = call->now_ms,
		.until_ms = reply.until_ms,
	};
	return store_answer_put(tx, &row);
}

enum err
ask_prepare(
    const struct call *call, str token, const struct ask_reply *reply, struct why *why)
{
	struct preparing preparing = {
		.call = call, .token = token, .reply = reply, .why = why
	};

	return store_write(call->store, prepare_in, &preparing);
}

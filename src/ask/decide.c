/* decide.c - the owner's word on what waits, merged anew against the card as it is now. */
#include "ask/ask_int.h"

struct deciding {
	const struct call *call;
	int64_t id;
	size_t at; /* SIZE_MAX: all that waits */
	bool accept;
	const str *value; /* the owner's own wording of it; NULL: the target's */
	struct why *why;

	bool *chosen;  /* which of the waiting operations are meant */
	char *letters; /* the decisions as they will be */
	bool lost;
};

/* The waiting operations that are meant; none is ERR_CONDITION. */
static enum err
choose(const struct deciding *d, str decisions)
{
	size_t count = 0;

	for (size_t i = 0; i < decisions.len; i++) {
		d->chosen[i] =
		    decisions.at[i] == 'w' && (d->at == SIZE_MAX || d->at == i);
		count += d->chosen[i];
	}
	if (count)
		return OK;
	d->why->what = "that does not wait any longer";
	return ERR_CONDITION;
}

/* What an accepted operation comes to: it may have become true by itself meanwhile. */
static char
letter_of(const struct card_verdict *verdict)
{
	if (verdict->cell == CARD_CELL_VERIFIED)
		return 'v';
	return verdict->cell == CARD_CELL_NOTHING ? 'n' : 'a';
}

static bool
has_value(const struct card_op *op)
{
	return op->kind == CARD_CHANGE || op->kind == CARD_INSERT;
}

/* The letters of what the target's word is good for among what is decided now: he did not
 * say what the owner worded, unless it is the same value written otherwise. */
static str
said_letters(
    const struct deciding *d, const struct ask_case *it, const struct card_ops *ops)
{
	struct arena *arena = d->call->arena;
	char *letters = arena_get(arena, ops->count + 1);

	for (size_t i = 0; i < ops->count; i++) {
		const struct card_op *op = &ops->list[i];
		bool his =
		    !d->value || i != d->at ||
		    (has_value(op) &&
			str_same(
			    card_field_key(arena, op->field, op->value, it->region),
			    card_field_key(arena, op->field, *d->value, it->region)));

		letters[i] = d->chosen[i] && his ? d->letters[i] : '-';
	}
	return (str){ letters, ops->count };
}

/* The owner's words in the place of the target's; whatever he said of a value, the owner
 * says what it is now. */
static enum err
put_wording(const struct deciding *d, struct card_ops *ops, struct store_answer *row)
{
	struct card_op *op = &ops->list[d->at];

	if (op->field == CARD_F_PHOTO) {
		*d->why = (struct why){ .what = "a picture has no wording",
			.name = card_field_name(op->field) };
		return ERR_BAD_INPUT;
	}
	if (!has_value(op))
		op->kind = CARD_CHANGE;
	op->value = *d->value;
	row->worded = card_ops_write(d->call->arena, ops);
	return OK;
}

static enum err
accept_in(struct store_tx *tx, struct deciding *d, struct ask_case *it,
    struct store_answer *row)
{
	struct ask_judged judged;
	struct card_ops said, ops;
	enum err e;

	TRY(card_ops_read(d->call->arena, row->ops, &said));
	TRY(ask_answer_ops(d->call->arena, row, &ops));
	if (d->value)
		TRY(put_wording(d, &ops, row));
	e = ask_judge_in(tx, d->call, it, &ops, &judged, d->why);
	if (e == ERR_NOT_FOUND)
		d->lost = true;
	TRY(e);
	for (size_t i = 0; i < row->decisions.len; i++)
		if (d->chosen[i])
			d->letters[i] = letter_of(&judged.verdicts.list[i]);
	judged.worded = d->value != NULL;
	TRY(ask_carry_out_in(tx, d->call, it, &judged, d->chosen, d->why));
	return ask_note_said_in(
	    tx, d->call, it, &judged, row, said_letters(d, it, &said));
}

/* Something of the answer has been settled, so the ask is in part or wholly merged. */
static enum err
settle_in(struct store_tx *tx, struct deciding *d, struct ask_case *it,
    struct store_answer *row)
{
	size_t count = row->decisions.len;

	d->chosen = ARENA_ARRAY(d->call->arena, bool, count);
	d->letters = arena_get(d->call->arena, count + 1);
	TRY(choose(d, row->decisions));
	for (size_t i = 0; i < count; i++) {
		d->letters[i] = row->decisions.at[i];
		if (d->chosen[i])
			d->letters[i] = 'r';
	}
	if (d->accept)
		TRY(accept_in(tx, d, it, row));
	row->decisions.at = d->letters;
	TRY(store_answer_put(tx, row));
	if (d->accept)
		TRY(ask_news_in(tx, d->call, it, row->decisions, d->chosen));
	return ask_move_in(tx, d->call, it, ask_sum_up(row->decisions).state,
	    d->value ? STR(ASK_NOTE_WORDED) : (str){ 0 });
}

static enum err
decide_in(struct store_tx *tx, void *arg)
{
	struct deciding *d = arg;
	struct ask_case it;
	struct store_answer row;
	enum err e;

	d->lost = false;
	TRY(ask_case_find(tx, d->call, d->call->who, d->id, &it));
	if (it.at.state != ASK_ANSWERED && it.at.state != ASK_PARTLY) {
		d->why->what = "nothing waits";
		return ERR_CONDITION;
	}
	TRY(ask_case_base(d->call, &it));
	TRY(store_answer_find(
	    tx, d->call->arena, it.row.account, it.row.id, true, &row));
	e = settle_in(tx, d, &it, &row);
	return d->lost ? ask_close_lost_in(tx, d->call, &it) : e;
}

static enum err
decide(struct deciding *deciding)
{
	TRY(store_write(deciding->call->store, decide_in, deciding));
	return deciding->lost ? ERR_GONE : OK;
}

enum err
ask_decide(const struct call *call, int64_t id, size_t at, bool accept, struct why *why)
{
	struct deciding deciding = {
		.call = call, .id = id, .at = at, .accept = accept, .why = why
	};

	return decide(&deciding);
}

enum err
ask_decide_as(
    const struct call *call, int64_t id, size_t at, str value, struct why *why)
{
	const str wording = str_trim(value);
	struct deciding deciding = { .call = call,
		.id = id,
		.at = at,
		.accept = true,
		.value = &wording,
		.why = why };

	if (at == SIZE_MAX || !wording.len) {
		*why = (struct why){ .what = "one item, and what it is to say",
			.name = STR("value") };
		return ERR_BAD_INPUT;
	}
	return decide(&deciding);
}

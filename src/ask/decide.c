/* decide.c - the owner's word on what waits, merged anew against the card as it is now. */
#include "ask/ask_int.h"

struct deciding {
	const struct call *call;
	int64_t id;
	size_t at; /* SIZE_MAX: all that waits */
	bool accept;
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

/* The letters of what is decided now; the others say nothing. */
static str
chosen_letters(const struct deciding *d, size_t count)
{
	char *letters = arena_get(d->call->arena, count + 1);

	for (size_t i = 0; i < count; i++)
		letters[i] = d->chosen[i] ? d->letters[i] : '-';
	return (str){ letters, count };
}

static enum err
accept_in(struct store_tx *tx, struct deciding *d, struct ask_case *it,
    const struct store_answer *row)
{
	struct ask_judged judged;
	struct card_ops ops;
	enum err e;

	TRY(card_ops_read(d->call->arena, row->ops, &ops));
	e = ask_judge_in(tx, d->call, it, &ops, &judged, d->why);
	if (e == ERR_NOT_FOUND)
		d->lost = true;
	TRY(e);
	for (size_t i = 0; i < row->decisions.len; i++)
		if (d->chosen[i])
			d->letters[i] = letter_of(&judged.verdicts.list[i]);
	TRY(ask_carry_out_in(tx, d->call, it, &judged, d->chosen, d->why));
	return ask_note_said_in(
	    tx, d->call, it, &judged, row, chosen_letters(d, row->decisions.len));
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
	return ask_move_in(
	    tx, d->call, it, ask_sum_up(row->decisions).state, (str){ 0 });
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

enum err
ask_decide(const struct call *call, int64_t id, size_t at, bool accept, struct why *why)
{
	struct deciding deciding = {
		.call = call, .id = id, .at = at, .accept = accept, .why = why
	};

	TRY(store_write(call->store, decide_in, &deciding));
	return deciding.lost ? ERR_GONE : OK;
}

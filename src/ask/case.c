/* case.c - one ask as it stands, found by its token or by its owner. */
#include "ask/ask_int.h"
#include "seal/seal.h"
#include "store/account.h"

/* An ask that ran out a moment ago is expired, whether or not it was swept. */
static bool
has_run_out(const struct ask_case *it, int64_t now_ms)
{
	return now_ms >= it->row.expires_ms &&
	       ask_may_become(it->at.state, ASK_EXPIRED);
}

enum err
ask_case_of(struct store_tx *tx, const struct call *call, const struct store_ask *row,
    struct ask_case *out)
{
	struct store_account account;

	*out = (struct ask_case){ .row = *row };
	if (!ask_standing_read(row->state, &out->at))
		return ERR_STORE;
	if (has_run_out(out, call->now_ms))
		out->at.state = ASK_EXPIRED;
	out->open = ask_state_open(out->at.state) && !out->at.blocked &&
		    call->now_ms < row->expires_ms;
	TRY(store_account_find(tx, call->arena, row->account, &account));
	out->region = account.region;
	return OK;
}

enum err
ask_case_by_token(
    struct store_tx *tx, const struct call *call, str token, struct ask_case *out)
{
	struct store_ask row;

	if (token.len != SEAL_TOKEN_CHARS)
		return ERR_NOT_FOUND;
	TRY(store_ask_by_token(
	    tx, call->arena, seal_token_hash(call->arena, token), &row));
	return ask_case_of(tx, call, &row, out);
}

enum err
ask_case_find(struct store_tx *tx, const struct call *call, int64_t account, int64_t id,
    struct ask_case *out)
{
	struct store_ask row;

	TRY(store_ask_find(tx, call->arena, account, id, &row));
	return ask_case_of(tx, call, &row, out);
}

enum err
ask_case_base(const struct call *call, struct ask_case *it)
{
	struct why why;

	/* It was read when it was put into the book: what fails now is the store. */
	if (card_read(call->arena, it->row.snapshot, &it->base, &why) != OK)
		return ERR_STORE;
	it->items = card_items(call->arena, it->base, it->region);
	return OK;
}

enum err
ask_move_in(struct store_tx *tx, const struct call *call, struct ask_case *it,
    enum ask_state to, str note)
{
	struct ask_standing next = { .state = to, .blocked = it->at.blocked };

	if (!ask_may_become(it->at.state, to))
		return ERR_GONE;
	TRY(store_ask_state(tx, it->row.account, it->row.id,
	    ask_standing_word(call->arena, next), note, call->now_ms));
	it->at = next;
	if (ask_state_open(to))
		return OK;
	/* What is closed is decided: ask_forget() counts from here. */
	return store_answer_decided(tx, it->row.account, it->row.id, call->now_ms);
}

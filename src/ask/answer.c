/*
 * answer.c - the answer: judged against the card as it is in this transaction, carried out
 * as far as the policy lets it, the rest kept for the owner; one write, all or nothing.
 */
#include "ask/ask_int.h"
#include "ask/policy.h"

struct ask_answered
ask_sum_up(str decisions)
{
	struct ask_answered sum = { .state = ASK_MERGED };

	for (size_t i = 0; i < decisions.len; i++) {
		sum.applied += decisions.at[i] == 'a';
		sum.verified += decisions.at[i] == 'v';
		sum.waiting += decisions.at[i] == 'w';
	}
	if (sum.waiting)
		sum.state = sum.waiting < decisions.len ? ASK_PARTLY : ASK_ANSWERED;
	return sum;
}

struct answering {
	const struct call *call;
	str token; /* or else: */
	int64_t account, ask;
	const struct ask_reply *given; /* NULL: what was prepared */
	struct ask_answered *out;
	struct why *why;
	bool lost; /* the card is gone: a change of state, and a refusal all the same */
};

/* --- how well he is known --- */

static enum err
came_back(
    struct store_tx *tx, const struct call *call, const struct ask_case *it, bool *out)
{
	struct store_event *events;
	size_t count;

	*out = false;
	TRY(store_ask_events(
	    tx, call->arena, it->row.account, it->row.id, &events, &count));
	for (size_t i = 0; i < count; i++) {
		struct ask_standing at;

		if (ask_standing_read(events[i].state, &at) && at.state == ASK_BOUNCED)
			*out = true;
	}
	return OK;
}

/* What each door proves at the most; a link's worth depends on where it was sent. */
static const int proofs[ASK_DOOR_COUNT] = {
	[ASK_DOOR_WEB] = ASK_EVIDENCE_DELIVERED,
	[ASK_DOOR_API] = ASK_EVIDENCE_DELIVERED,
	[ASK_DOOR_ACCOUNT] = ASK_EVIDENCE_ACCOUNT,
	[ASK_DOOR_CODE] = ASK_EVIDENCE_LINK,
	[ASK_DOOR_SENDER] = ASK_EVIDENCE_SENDER,
};

static int
proof_of(str word)
{
	for (size_t i = 0; i < ASK_DOOR_COUNT; i++)
		if (str_same(ask_door_word((enum ask_door)i), word))
			return proofs[i];
	return 0;
}

static enum err
find_evidence(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    str door, int *out)
{
	bool settled =
	    it->row.to.len > 0 && it->row.made_ms - it->row.stored_ms >= ASK_SETTLED_MS;
	bool bounced;

	*out = proof_of(door);
	if (*out != ASK_EVIDENCE_DELIVERED)
		return OK;
	*out = ASK_EVIDENCE_LINK;
	if (!settled)
		return OK;
	TRY(came_back(tx, call, it, &bounced));
	if (!bounced)
		*out = ASK_EVIDENCE_DELIVERED;
	return OK;
}

/* --- what he says --- */

static enum err
find_row(struct store_tx *tx, const struct answering *a, const struct ask_case *it,
    bool sent, struct store_answer *out)
{
	enum err e = store_answer_find(
	    tx, a->call->arena, it->row.account, it->row.id, sent, out);

	if (e == ERR_NOT_FOUND)
		*out = (struct store_answer){ 0 };
	return e == ERR_NOT_FOUND ? OK : e;
}

/* The reply as a row: what was given, checked; or what was prepared, which was. */
static enum err
make_row(struct store_tx *tx, const struct answering *a, const struct ask_case *it,
    struct store_answer *row, struct card_ops *ops)
{
	struct ask_reply reply;

	if (!a->given) {
		TRY(find_row(tx, a, it, false, row));
		if (!row->account)
			return ERR_NOT_FOUND;
		row->sent = true;
		row->at_ms = a->call->now_ms;
		return card_ops_read(a->call->arena, row->ops, ops);
	}
	TRY(ask_reply_check(a->call, it, a->given, &reply, a->why));
	*ops = reply.ops;
	*row = (struct store_answer){
		.account = it->row.account,
		.ask = it->row.id,
		.sent = true,
		.ops = card_ops_write(a->call->arena, ops),
		.note = reply.note,
		.door = ask_door_word(reply.by),
		.at_ms = a->call->now_ms,
		.until_ms = a->given->until_ms,
	};
	return OK;
}

/* --- what comes of it --- */

static str
decide(struct arena *arena, const struct ask_case *it,
    const struct card_verdicts *verdicts, int evidence, bool *chosen)
{
	enum ask_mode mode = ask_mode_read(it->row.mode);
	char *letters = arena_get(arena, verdicts->count + 1);

	for (size_t i = 0; i < verdicts->count; i++) {
		letters[i] = ask_policy(mode, &verdicts->list[i], evidence);
		chosen[i] = letters[i] == 'a';
	}
	return (str){ letters, verdicts->count };
}

static enum err
take_in(struct store_tx *tx, struct answering *a, struct ask_case *it,
    struct store_answer *row, const struct card_ops *ops)
{
	const struct call *call = a->call;
	struct ask_judged judged;
	bool *chosen = ARENA_ARRAY(call->arena, bool, ops->count);
	int evidence;
	enum err e = ask_judge_in(tx, call, it, ops, &judged, a->why);

	if (e == ERR_NOT_FOUND) {
		a->lost = true;
		return ask_close_lost_in(tx, call, it);
	}
	TRY(e);
	TRY(find_evidence(tx, call, it, row->door, &evidence));
	row->evidence = evidence;
	row->decisions = decide(call->arena, it, &judged.verdicts, evidence, chosen);
	TRY(ask_carry_out_in(tx, call, it, &judged, chosen, a->why));
	TRY(ask_note_said_in(tx, call, it, &judged, row, row->decisions));
	TRY(store_answer_put(tx, row));
	TRY(store_answer_drop(tx, row->account, row->ask, false));
	TRY(ask_news_in(tx, call, it, row->decisions, NULL));
	*a->out = ask_sum_up(row->decisions);
	return ask_move_in(tx, call, it, a->out->state, (str){ 0 });
}

/* The same answer once more: a second press of the button, a retry of a network. */
static bool
is_repeated(const struct store_answer *sent, const struct store_answer *row)
{
	return sent->account && str_same(sent->ops, row->ops) &&
	       str_same(sent->note, row->note);
}

static enum err
answer_in(struct store_tx *tx, void *arg)
{
	struct answering *a = arg;
	struct ask_case it;
	struct store_answer sent, row;
	struct card_ops ops;
	enum err e;

	a->lost = false;
	TRY(a->token.len ? ask_case_by_token(tx, a->call, a->token, &it)
			 : ask_case_find(tx, a->call, a->account, a->ask, &it));
	if (!it.open)
		return ERR_GONE;
	TRY(ask_case_base(a->call, &it));
	TRY(find_row(tx, a, &it, true, &sent));
	e = make_row(tx, a, &it, &row, &ops);
	if (e == ERR_NOT_FOUND && sent.account) { /* prepared, and sent already */
		*a->out = ask_sum_up(sent.decisions);
		return OK;
	}
	TRY(e);
	if (!is_repeated(&sent, &row))
		return take_in(tx, a, &it, &row, &ops);
	*a->out = ask_sum_up(sent.decisions);
	return store_answer_drop(tx, row.account, row.ask, false);
}

static enum err
answer(struct answering *answering)
{
	*answering->out = (struct ask_answered){ 0 };
	TRY(store_write(answering->call->store, answer_in, answering));
	return answering->lost ? ERR_GONE : OK;
}

enum err
ask_answer_to(const struct call *call, int64_t account, int64_t ask,
    const struct ask_reply *reply, struct ask_answered *out, struct why *why)
{
	struct answering answering = { .call = call,
		.account = account,
		.ask = ask,
		.given = reply,
		.out = out,
		.why = why };

	return answer(&answering);
}

enum err
ask_answer(const struct call *call, str token, const struct ask_reply *reply,
    struct ask_answered *out, struct why *why)
{
	struct answering answering = {
		.call = call, .token = token, .given = reply, .out = out, .why = why
	};

	return token.len ? answer(&answering) : ERR_NOT_FOUND;
}

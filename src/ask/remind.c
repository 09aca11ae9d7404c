/* remind.c - one reminder, by the owner's act alone. */
#include "ask/ask_int.h"
#include "base/when.h"
#include "seal/seal.h"

struct reminding {
	const struct call *call;
	const struct ask_rules *rules;
	int64_t id;
	str token;
	struct why *why;
};

static enum err
refuse(const struct reminding *r, const char *what, const char *which)
{
	*r->why = (struct why){ .what = what, .name = str_of(which) };
	return ERR_CONDITION;
}

static enum err
check(const struct reminding *r, const struct ask_case *it)
{
	if (!it->row.to.len)
		return refuse(r, "you sent the link yourself: send it again", "self");
	if (it->at.state != ASK_SENT && it->at.state != ASK_DELIVERED &&
	    it->at.state != ASK_SEEN)
		return refuse(r, "nothing is being waited for", "over");
	if (it->row.reminder_hash.len)
		return refuse(r, "he has been reminded; once is enough", "once");
	if (r->call->now_ms - it->row.made_ms < ASK_REMIND_AFTER_MS)
		return refuse(r, "he was asked less than a week ago", "early");
	return OK;
}

static enum err
make_letter(struct store_tx *tx, const struct reminding *r, const struct ask_case *it,
    struct courier_letter *out)
{
	struct arena *arena = r->call->arena;
	struct ask_asker asker;
	struct ask_peek peek;
	struct ask_notice notice = { .asker = &asker,
		.to = it->row.to,
		.say = it->row.say,
		.lang = it->row.lang,
		.server = r->rules->server_name,
		.code = it->row.code,
		.reply_to = ask_reply_address(arena, r->rules, r->token),
		.link = arena_printf(arena, STR_FMT "/a/" STR_FMT,
		    STR_ARG(r->rules->origin), STR_ARG(r->token)) };

	TRY(ask_asker_read(tx, arena, it->row.account, &asker));
	TRY(ask_peek_in(tx, r->call, it, &peek));
	notice.wanted = peek.wanted;
	notice.wanted_count = peek.wanted_count;
	if (!ask_kind_read(it->row.kind, &notice.kind) ||
	    !ask_by_read(it->row.channel, &notice.by))
		return ERR_STORE;
	TRY(ask_notice_make(arena, &notice, out));
	out->account = it->row.account;
	out->ask = it->row.id;
	return OK;
}

static enum err
remind_in(struct store_tx *tx, void *arg)
{
	const struct reminding *r = arg;
	struct ask_case it;
	struct courier_letter letter;
	int64_t id;

	TRY(ask_case_find(tx, r->call, r->call->who, r->id, &it));
	TRY(check(r, &it));
	TRY(make_letter(tx, r, &it, &letter));
	TRY(store_ask_remind(
	    tx, it.row.account, it.row.id, seal_token_hash(r->call->arena, r->token)));
	TRY(store_ask_state(tx, it.row.account, it.row.id, it.row.state,
	    STR(ASK_REMINDED), r->call->now_ms));
	return courier_post(tx, r->call, &letter, &id);
}

enum err
ask_remind(
    const struct call *call, const struct ask_rules *rules, int64_t id, struct why *why)
{
	struct reminding reminding = { .call = call,
		.rules = rules,
		.id = id,
		.token = seal_token(call->arena),
		.why = why };

	return store_write(call->store, remind_in, &reminding);
}

enum err
ask_may_remind(const struct call *call, int64_t id, struct why *why)
{
	SCOPED(store_tx) tx = NULL;
	struct reminding reminding = { .call = call, .id = id, .why = why };
	struct ask_case it;

	TRY(store_look(call->store, &tx));
	TRY(ask_case_find(tx, call, call->who, id, &it));
	return check(&reminding, &it);
}

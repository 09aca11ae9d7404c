/* telling.c - how an owner wants to hear of answers, and the links that take one back. */
#include "ask/ask_int.h"
#include "ask/tell.h"
#include "seal/seal.h"
#include "store/tell.h"

enum err
ask_telling_find(const struct call *call, struct ask_telling *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_tell row;
	enum err e;

	TRY(store_look(call->store, &tx));
	e = store_tell_find(tx, call->arena, call->who, &row);
	*out = (struct ask_telling){ .by = STR("auto") };
	if (e == OK)
		*out = (struct ask_telling){ row.by, row.hook, row.secret };
	return e == ERR_NOT_FOUND ? OK : e;
}

static bool
is_hook(str url)
{
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.at[i] <= ' ' || url.at[i] == 0x7F)
			return false;
	return url.len <= ASK_HOOK_MAX_BYTES &&
	       (str_starts(url, STR("https://")) || str_starts(url, STR("http://")));
}

static enum err
check(str by, str hook, struct why *why)
{
	static const str words[] = { STR_CONST("auto"), STR_CONST("email"),
		STR_CONST("sms"), STR_CONST("mms"), STR_CONST("none") };
	bool known = false;

	for (size_t i = 0; i < ASK_COUNT(words); i++)
		known |= str_same(by, words[i]);
	if (!known) {
		*why =
		    (struct why){ .what = "auto, email, sms, mms or none", .name = by };
		return ERR_BAD_INPUT;
	}
	if (hook.len && !is_hook(hook)) {
		*why =
		    (struct why){ .what = "a webhook is an https URL", .name = hook };
		return ERR_BAD_INPUT;
	}
	return OK;
}

struct setting {
	const struct call *call;
	const struct ask_telling *to;
};

static enum err
set_in(struct store_tx *tx, void *arg)
{
	const struct setting *s = arg;

	return store_tell_put(tx, &(struct store_tell){ s->call->who, s->to->by,
				      s->to->hook, s->to->secret });
}

enum err
ask_telling_set(
    const struct call *call, str by, str hook, struct ask_telling *out, struct why *why)
{
	struct setting setting = { call, out };
	struct ask_telling former;

	TRY(check(by, hook, why));
	TRY(ask_telling_find(call, &former));
	*out = (struct ask_telling){ by, hook, former.secret };
	if (!str_same(hook, former.hook))
		out->secret = hook.len ? seal_token(call->arena) : (str){ 0 };
	return store_write(call->store, set_in, &setting);
}

/* --- recall --- */

struct recalling {
	struct store_recall row;
	struct ask_case it;
	struct ask_peek who;
};

static enum err
find_recall(const struct call *call, str token, struct recalling *out)
{
	SCOPED(store_tx) tx = NULL;

	if (token.len != SEAL_TOKEN_CHARS)
		return ERR_NOT_FOUND;
	TRY(store_look(call->store, &tx));
	TRY(store_recall_find(
	    tx, call->arena, seal_token_hash(call->arena, token), &out->row));
	TRY(ask_case_find(tx, call, out->row.account, out->row.ask, &out->it));
	return ask_peek_in(tx, call, &out->it, &out->who);
}

enum err
ask_recall_peek(const struct call *call, str token, struct ask_recall *out)
{
	struct call owner = *call;
	struct recalling r;
	struct ask_view view;
	const struct ask_item *item;

	TRY(find_recall(call, token, &r));
	owner.who = r.row.account;
	TRY(ask_find(&owner, r.row.ask, &view));
	if ((size_t)r.row.item >= view.item_count)
		return ERR_NOT_FOUND;
	item = &view.items[r.row.item];
	*out = (struct ask_recall){ .asker = r.who.asker,
		.field = card_field_name(item->op.field),
		.tail = item->after.len ? ask_mask_tail(call->arena, item->after)
					: (str){ 0 },
		.open = call->now_ms < r.row.until_ms && item->decision == 'a' };
	return OK;
}

enum err
ask_recall_do(const struct call *call, str token, struct why *why)
{
	struct call owner = *call;
	struct recalling r;

	TRY(find_recall(call, token, &r));
	if (call->now_ms >= r.row.until_ms)
		return ERR_GONE;
	owner.who = r.row.account;
	return ask_undo(&owner, r.row.ask, (size_t)r.row.item, why);
}

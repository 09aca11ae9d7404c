/* leave.c - the target leaves: he will not, he is somebody else, he wants no more. */
#include "ask/ask_int.h"
#include "base/when.h"
#include "phone/phone.h"
#include "seal/seal.h"
#include "store/deed.h"
#include "store/follow.h"

#define HASH_BYTES 32

/* One address, however it is written. */
static str
address_key(struct arena *arena, str address)
{
	struct phone phone;

	if (str_has(address, '@'))
		return card_field_key(arena, CARD_F_EMAIL, address, (str){ 0 });
	return phone_read(arena, address, (str){ 0 }, &phone) ? phone.e164 : address;
}

str
ask_address_hash(const struct call *call, const struct ask_rules *rules, str address)
{
	return seal_digest(call->arena, rules->block_key,
	    address_key(call->arena, address), HASH_BYTES);
}

enum err
ask_block_has(struct store_tx *tx, const struct call *call,
    const struct ask_rules *rules, int64_t owner, str address, bool *out)
{
	str hash = ask_address_hash(call, rules, address);

	TRY(store_block_has(tx, 0, hash, out));
	return *out ? OK : store_block_has(tx, owner, hash, out);
}

struct leaving {
	const struct call *call;
	const struct ask_rules *rules;
	str token; /* or else: */
	int64_t account, ask;
	enum ask_exit how;
};

/* That it was done is noted, by the hour; not by whom, and not whom he shut out. */
static enum err
put(struct store_tx *tx, const struct call *call, int64_t scope, str hash)
{
	struct store_deed deed = { .what = STR("blocked"),
		.hour = call->now_ms / WHEN_HOUR_MS + 1,
		.at_ms = call->now_ms };

	TRY(store_block_put(tx, scope, hash, call->now_ms));
	return store_deed_add(tx, &deed);
}

static enum err
block(struct store_tx *tx, const struct leaving *l, int64_t scope, str address)
{
	return put(tx, l->call, scope, ask_address_hash(l->call, l->rules, address));
}

/* A link the owner sent himself proves no address: it shuts those of the card to this
 * owner, and to no other. */
static enum err
block_card(struct store_tx *tx, const struct leaving *l, struct ask_case *it)
{
	TRY(ask_case_base(l->call, it));
	for (size_t i = 0; i < it->items.count; i++) {
		const struct card_item *item = &it->items.list[i];
		struct phone phone;

		if (item->field == CARD_F_EMAIL || item->field == CARD_F_WORK_EMAIL)
			TRY(block(tx, l, it->row.account, item->text));
		else if (ask_offered(item->field) && str_starts(item->key, STR("+")) &&
			 phone_read(l->call->arena, item->key, it->region, &phone))
			TRY(block(tx, l, it->row.account, phone.e164));
	}
	return OK;
}

/* Whom he blocks by his account follows his card no more; of all, nobody does. */
static enum err
unfollow(struct store_tx *tx, const struct leaving *l)
{
	struct store_follow *list;
	size_t count;

	TRY(store_follow_list(tx, l->call->arena, l->call->who, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (l->how == ASK_EXIT_BLOCK_ALL || list[i].owner == l->account)
			TRY(store_follow_drop(
			    tx, l->call->who, list[i].owner, list[i].field));
	return OK;
}

/* Works for an ask that is over, too: old mails are what people stop. */
static enum err
shut(struct store_tx *tx, const struct leaving *l, struct ask_case *it)
{
	bool all = l->how == ASK_EXIT_BLOCK_ALL;
	struct ask_standing shut = { .state = it->at.state, .blocked = true };

	if (!l->token.len)
		TRY(unfollow(tx, l));
	if (it->row.to.len)
		TRY(block(tx, l, all ? 0 : it->row.account, it->row.to));
	else
		TRY(block_card(tx, l, it));
	if (!it->open)
		return OK;
	return store_ask_state(tx, it->row.account, it->row.id,
	    ask_standing_word(l->call->arena, shut), (str){ 0 }, l->call->now_ms);
}

static enum err
leave_in(struct store_tx *tx, void *arg)
{
	const struct leaving *l = arg;
	struct ask_case it;

	TRY(l->token.len ? ask_case_by_token(tx, l->call, l->token, &it)
			 : ask_case_find(tx, l->call, l->account, l->ask, &it));
	if (l->how == ASK_EXIT_BLOCK_OWNER || l->how == ASK_EXIT_BLOCK_ALL)
		TRY(shut(tx, l, &it));
	else if (!it.open)
		return ERR_GONE;
	else
		TRY(ask_move_in(tx, l->call, &it,
		    l->how == ASK_EXIT_NOT_ME ? ASK_NOT_ME : ASK_DECLINED, (str){ 0 }));
	if (l->how == ASK_EXIT_NOT_ME)
		TRY(ask_note_dead_in(tx, l->call, &it, STR("not_me")));
	return store_answer_drop(tx, it.row.account, it.row.id, false);
}

enum err
ask_leave(const struct call *call, const struct ask_rules *rules, str token,
    enum ask_exit how)
{
	struct leaving leaving = {
		.call = call, .rules = rules, .token = token, .how = how
	};

	return token.len ? store_write(call->store, leave_in, &leaving) : ERR_NOT_FOUND;
}

enum err
ask_leave_to(const struct call *call, const struct ask_rules *rules, int64_t account,
    int64_t ask, enum ask_exit how)
{
	struct leaving leaving = {
		.call = call, .rules = rules, .account = account, .ask = ask, .how = how
	};

	return store_write(call->store, leave_in, &leaving);
}

enum err
ask_block_in(struct store_tx *tx, const struct call *call,
    const struct ask_rules *rules, str address, bool *fresh)
{
	str hash = ask_address_hash(call, rules, address);
	bool stands;

	TRY(store_block_has(tx, 0, hash, &stands));
	*fresh = !stands;
	return stands ? OK : put(tx, call, 0, hash);
}

struct blocking {
	const struct call *call;
	const struct ask_rules *rules;
	str address;
};

static enum err
block_in(struct store_tx *tx, void *arg)
{
	const struct blocking *b = arg;
	bool fresh;

	return ask_block_in(tx, b->call, b->rules, b->address, &fresh);
}

enum err
ask_block_address(const struct call *call, const struct ask_rules *rules, str address)
{
	struct blocking blocking = { .call = call, .rules = rules, .address = address };

	return store_write(call->store, block_in, &blocking);
}

/* follow.c - who is let have a field of the own card by himself. */
#include "ask/follow.h"

#include "store/follow.h"
#include "store/said.h"

struct allowing {
	const struct call *call;
	int64_t owner;
	enum card_field field;
	struct why *why;
};

/* The last of what that owner was given of that field. */
static enum err
find_given(struct store_tx *tx, const struct allowing *a, struct store_given *out)
{
	struct store_given *given;
	size_t count;
	bool found = false;

	TRY(store_given_list(tx, a->call->arena, a->call->who, &given, &count));
	for (size_t i = 0; i < count; i++)
		if (given[i].owner == a->owner &&
		    str_same(given[i].field, card_field_name(a->field)) &&
		    (!found || given[i].at_ms > out->at_ms)) {
			*out = given[i];
			found = true;
		}
	return found ? OK : ERR_NOT_FOUND;
}

static enum err
check_room(struct store_tx *tx, const struct allowing *a)
{
	struct store_follow *list;
	size_t count;

	TRY(store_follow_list(tx, a->call->arena, a->call->who, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].owner == a->owner &&
		    str_same(list[i].field, card_field_name(a->field)))
			return OK;
	if (count < ASK_FOLLOW_MAX)
		return OK;
	a->why->what = "as many fields come to others by themselves as may";
	return ERR_LIMIT;
}

static enum err
allow_in(struct store_tx *tx, void *arg)
{
	const struct allowing *a = arg;
	struct store_given given = { 0 };

	TRY(find_given(tx, a, &given));
	TRY(check_room(tx, a));
	return store_follow_put(tx, &(struct store_follow){ .account = a->call->who,
					.owner = a->owner,
					.field = card_field_name(a->field),
					.owner_name = given.owner_name,
					.ask = given.ask,
					.made_ms = a->call->now_ms });
}

enum err
ask_follow_allow(const struct call *call, const struct ask_rules *rules, int64_t owner,
    enum card_field field, struct why *why)
{
	struct allowing allowing = { call, owner, field, why };

	if (!rules->follow)
		return ERR_UNSUPPORTED;
	return store_write(call->store, allow_in, &allowing);
}

enum err
ask_follow_set(const struct call *call, const struct ask_rules *rules, int64_t owner,
    const bool fields[CARD_F_COUNT], struct why *why)
{
	struct ask_given *given;
	size_t count;

	TRY(ask_given_list(call, &given, &count));
	for (size_t i = 0; i < count; i++) {
		if (given[i].owner != owner ||
		    given[i].follows == fields[given[i].field])
			continue;
		if (fields[given[i].field])
			TRY(ask_follow_allow(call, rules, owner, given[i].field, why));
		else
			TRY(ask_follow_withdraw(call, owner, given[i].field));
	}
	return OK;
}

enum err
ask_follow_list(const struct call *call, struct ask_follow **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_follow *rows;
	size_t n;

	TRY(store_look(call->store, &tx));
	TRY(store_follow_list(tx, call->arena, call->who, &rows, &n));
	*out = ARENA_ARRAY(call->arena, struct ask_follow, n);
	*count = 0;
	for (size_t i = 0; i < n; i++) {
		struct ask_follow *follow = &(*out)[*count];

		follow->owner = rows[i].owner;
		follow->owner_name = rows[i].owner_name;
		follow->made_ms = rows[i].made_ms;
		*count += card_field_read(rows[i].field, &follow->field);
	}
	return OK;
}

struct withdrawing {
	const struct call *call;
	int64_t owner;
	enum card_field field;
};

static enum err
withdraw_in(struct store_tx *tx, void *arg)
{
	const struct withdrawing *w = arg;

	return store_follow_drop(tx, w->call->who, w->owner, card_field_name(w->field));
}

enum err
ask_follow_withdraw(const struct call *call, int64_t owner, enum card_field field)
{
	struct withdrawing withdrawing = { call, owner, field };

	return store_write(call->store, withdraw_in, &withdrawing);
}

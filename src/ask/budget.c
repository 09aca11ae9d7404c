/*
 * budget.c - how much asking there may be, enforced here and nowhere else, before anything
 * is queued.
 *
 * What an owner does too often he is told.  That others ask the same person he is not: such
 * a notice leaves later, or where its time would be over by then, never, and to the owner it
 * looks sent all the same.
 */
#include "ask/ask_int.h"
#include "base/when.h"
#include "phone/phone.h"
#include "store/account.h"

#define ASKS_LOOKED_AT 100
#define WEEK_MS        (7 * WHEN_DAY_MS)
#define QUARTER_MS     (91 * WHEN_DAY_MS)

static enum err
refuse(struct why *why, const char *what, const char *which)
{
	*why = (struct why){ .what = what, .name = str_of(which) };
	return ERR_LIMIT;
}

/* --- the owner's own --- */

static enum err
check_day(struct store_tx *tx, const struct call *call, const struct ask_budget *budget,
    struct why *why)
{
	struct store_account owner;
	int64_t most = budget->per_day;
	int64_t count;

	TRY(store_account_find(tx, call->arena, call->who, &owner));
	if (budget->per_day_at_first && call->now_ms - owner.made_ms < WEEK_MS)
		most = budget->per_day_at_first;
	if (!most)
		return OK;
	TRY(store_ask_count_by(tx, call->who, call->now_ms - WHEN_DAY_MS, &count));
	return count < most ? OK : refuse(why, ASK_WHY_DAY, "day");
}

static enum err
check_pair(const struct call *call, const struct ask_budget *budget,
    const struct store_ask *asks, size_t count, struct why *why)
{
	int64_t since_ms = call->now_ms - budget->again_after_ms;

	for (size_t i = 0; i < count; i++) {
		struct ask_standing at;

		if (asks[i].account == call->who && asks[i].made_ms > since_ms &&
		    ask_standing_read(asks[i].state, &at) && at.state != ASK_BOUNCED)
			return refuse(why, ASK_WHY_PAIR, "pair");
	}
	return OK;
}

static bool
is_listed(str list, str region)
{
	while (list.len)
		if (str_same_nocase(str_trim(str_cut(&list, ',')), region))
			return true;
	return false;
}

bool
ask_sms_may_go(struct arena *arena, const struct ask_budget *budget, str to)
{
	return !budget->sms_countries.len ||
	       is_listed(budget->sms_countries, phone_region(arena, to));
}

enum err
ask_budget_country(
    struct arena *arena, const struct ask_budget *budget, str to, struct why *why)
{
	return ask_sms_may_go(arena, budget, to)
		   ? OK
		   : refuse(why, ASK_WHY_COUNTRY, "country");
}

/* Whoever earns by SMS that are sent to him has numbers that lie side by side. */
static enum err
check_prefix(struct store_tx *tx, const struct call *call,
    const struct ask_budget *budget, const struct store_ask *ask, struct why *why)
{
	str head = str_part(ask->to, 0, 1 + ASK_PREFIX_DIGITS); /* "+86139..." */
	int64_t count;

	if (!budget->sms_per_prefix_day)
		return OK;
	TRY(store_ask_count_head(
	    tx, call->now_ms - WHEN_DAY_MS, ask->channel, head, &count));
	return count < budget->sms_per_prefix_day
		   ? OK
		   : refuse(why, ASK_WHY_PREFIX, "prefix");
}

/* SMS cost money: of all owners together, and by country. */
static enum err
check_sms(struct store_tx *tx, const struct call *call, const struct ask_budget *budget,
    const struct store_ask *ask, struct why *why)
{
	int64_t count;

	if (!str_same(ask->channel, ask_by_word(ASK_BY_SMS)))
		return OK;
	TRY(ask_budget_country(call->arena, budget, ask->to, why));
	if (budget->sms_per_day) {
		TRY(store_ask_count_way(
		    tx, call->now_ms - WHEN_DAY_MS, ask->channel, &count));
		if (count >= budget->sms_per_day)
			return refuse(why, ASK_WHY_SMS, "sms");
	}
	return check_prefix(tx, call, budget, ask, why);
}

/* --- the target's, over all owners --- */

/* When one more fits: the moment at which only `most` - 1 are left in the window. */
static int64_t
fits_at(const struct store_ask *asks, size_t count, int64_t most, int64_t window_ms,
    int64_t now_ms)
{
	size_t within = 0;

	while (within < count && asks[within].made_ms > now_ms - window_ms)
		within++;
	if (!most || within < (size_t)most)
		return now_ms;
	return asks[(size_t)most - 1].made_ms + window_ms;
}

static int64_t
later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

enum err
ask_budget_in(struct store_tx *tx, const struct call *call,
    const struct ask_budget *budget, const struct store_ask *ask,
    int64_t *not_before_ms, struct why *why)
{
	struct store_ask *asks;
	size_t count;

	*not_before_ms = call->now_ms;
	if (!ask->to_hash.len)
		return OK;
	TRY(check_day(tx, call, budget, why));
	TRY(check_sms(tx, call, budget, ask, why));
	TRY(store_ask_to(tx, call->arena, ask->to_hash, call->now_ms - QUARTER_MS,
	    ASKS_LOOKED_AT, &asks, &count));
	TRY(check_pair(call, budget, asks, count, why));
	*not_before_ms = later(
	    fits_at(asks, count, budget->per_target_week, WEEK_MS, call->now_ms),
	    fits_at(asks, count, budget->per_target_quarter, QUARTER_MS, call->now_ms));
	return OK;
}

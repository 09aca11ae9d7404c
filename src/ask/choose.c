/* choose.c - which of a card's numbers and addresses a notice goes to. */
#include "ask/ask_int.h"
#include "ask/policy.h"
#include "phone/phone.h"

#define ADDRESS_MAX_BYTES 254 /* RFC 5321 4.5.3.1.3, without its brackets */

/* Nobody reads these, or too many do. */
static bool
is_role(str address)
{
	static const str heads[] = { STR_CONST("noreply"), STR_CONST("no-reply"),
		STR_CONST("no_reply"), STR_CONST("donotreply"),
		STR_CONST("do-not-reply"), STR_CONST("mailer-daemon"),
		STR_CONST("bounce") };
	static const str wholes[] = { STR_CONST("list"), STR_CONST("lists"),
		STR_CONST("postmaster"), STR_CONST("abuse"), STR_CONST("newsletter"),
		STR_CONST("notifications"), STR_CONST("majordomo"),
		STR_CONST("listserv"), STR_CONST("all"), STR_CONST("everyone") };
	static const str ends[] = { STR_CONST("-list"), STR_CONST("-request"),
		STR_CONST("-owner"), STR_CONST("-bounces") };
	str local = str_cut(&address, '@');

	for (size_t i = 0; i < ASK_COUNT(heads); i++)
		if (str_same_nocase(str_part(local, 0, heads[i].len), heads[i]))
			return true;
	for (size_t i = 0; i < ASK_COUNT(wholes); i++)
		if (str_same_nocase(local, wholes[i]))
			return true;
	for (size_t i = 0; i < ASK_COUNT(ends); i++)
		if (local.len > ends[i].len &&
		    str_same_nocase(
			str_part(local, local.len - ends[i].len, local.len), ends[i]))
			return true;
	return false;
}

/* One plain address: what stands here goes into a mail's envelope. */
static bool
is_address(str text)
{
	str domain = text;
	str local = str_cut(&domain, '@');

	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] <= ' ' || text.at[i] == 0x7F ||
		    str_has(STR("<>()[],;:\\\""), text.at[i]))
			return false;
	return text.len <= ADDRESS_MAX_BYTES && local.len && domain.len &&
	       !str_has(domain, '@');
}

enum rank { RANK_NONE, RANK_DEAD, RANK_MAIL, RANK_PHONE, RANK_MOBILE, RANK_ASKED_BY };

struct candidate {
	enum rank rank;
	struct ask_choice choice;
};

static const bool is_tel[CARD_F_COUNT] = {
	[CARD_F_MOBILE] = true,
	[CARD_F_WORK_TEL] = true,
	[CARD_F_HOME_TEL] = true,
	[CARD_F_TEL] = true,
};

static const bool is_mail[CARD_F_COUNT] = {
	[CARD_F_EMAIL] = true,
	[CARD_F_WORK_EMAIL] = true,
};

/* An SMS may reach a mobile, and what could be one where the plan does not tell (North
 * America). */
static enum rank
phone_rank(const struct card_item *item, const struct phone *phone)
{
	if (phone->extension.len)
		return RANK_NONE;
	if (phone->class == PHONE_MOBILE)
		return RANK_MOBILE;
	if (phone->class != PHONE_OTHER)
		return RANK_NONE;
	return item->field == CARD_F_MOBILE ? RANK_MOBILE : RANK_PHONE;
}

/* A mobile takes both: an SMS, unless an MMS is wanted or the only one with a gateway. */
static enum ask_by
mobile_way(const struct ask_choosing *among)
{
	const struct ask_rules *rules = among->rules;
	enum ask_by wanted = among->draft->by;

	if (wanted == ASK_BY_AUTO && rules->mms && !rules->sms)
		return ASK_BY_MMS;
	return wanted == ASK_BY_MMS ? ASK_BY_MMS : ASK_BY_SMS;
}

static struct candidate
candidate_of(
    struct arena *arena, const struct card_item *item, const struct ask_choosing *among)
{
	str region = among->hit->book.region;
	struct candidate c = { .choice = { .key = item->key, .field = item->field } };
	struct phone phone;

	if (is_tel[item->field] && phone_read(arena, item->text, region, &phone)) {
		c.rank = phone_rank(item, &phone);
		c.choice.by = mobile_way(among);
		c.choice.to = phone.e164;
	}
	if (is_mail[item->field] && is_address(item->text) && !is_role(item->text)) {
		c.rank = RANK_MAIL;
		c.choice.by = ASK_BY_MAIL;
		c.choice.to = item->text;
	}
	return c;
}

/* What the owner typed to find the card, if it is this very number or address. */
static bool
is_asked_by(const struct card_keys *typed, const struct book_hit *hit, str to)
{
	for (size_t i = 0; i < typed->count; i++)
		if (typed->list[i].kind == hit->by &&
		    str_same_nocase(typed->list[i].value, to))
			return true;
	return false;
}

/* What bounced, or reached somebody else: only where there is nothing better. */
static bool
is_dead(const struct ask_choosing *among, const struct card_item *item)
{
	for (size_t i = 0; i < among->said_count; i++)
		if (among->said[i].evidence == ASK_EVIDENCE_DEAD &&
		    str_same(among->said[i].field, card_field_name(item->field)) &&
		    str_same(among->said[i].key, item->key))
			return true;
	return false;
}

static bool
way_is_open(const struct ask_rules *rules, enum ask_by by)
{
	if (by == ASK_BY_MMS)
		return rules->mms;
	return by == ASK_BY_SMS ? rules->sms : rules->mail;
}

struct choosing {
	const struct ask_choosing *among;
	struct candidate best;
	bool shut; /* there is one, but no gateway leads to it */
};

static void
weigh(struct choosing *c, const struct candidate *candidate)
{
	enum ask_by by = candidate->choice.by;
	enum ask_by wanted = c->among->draft->by;

	if (!candidate->rank || (wanted != ASK_BY_AUTO && wanted != by))
		return;
	if (!way_is_open(c->among->rules, by))
		c->shut = true;
	else if (candidate->rank > c->best.rank)
		c->best = *candidate;
}

static enum err
none(const struct choosing *c, struct why *why)
{
	if (c->shut) {
		why->what = ASK_WHY_NO_GATE;
		return ERR_UNSUPPORTED;
	}
	why->what = ASK_WHY_NO_ADDRESS;
	return ERR_NOT_FOUND;
}

enum err
ask_choose(struct arena *arena, const struct ask_choosing *among,
    struct ask_choice *out, struct why *why)
{
	struct choosing c = { .among = among };
	str region = among->hit->book.region;
	struct card_keys typed = card_key_guess(arena, among->draft->whom, region);

	*out = (struct ask_choice){ .by = ASK_BY_SELF };
	if (among->draft->by == ASK_BY_SELF)
		return OK;
	for (size_t i = 0; i < among->items->count; i++) {
		struct candidate candidate =
		    candidate_of(arena, &among->items->list[i], among);

		if (candidate.rank &&
		    is_asked_by(&typed, among->hit, candidate.choice.to))
			candidate.rank = RANK_ASKED_BY;
		else if (candidate.rank && is_dead(among, &among->items->list[i]))
			candidate.rank = RANK_DEAD;
		weigh(&c, &candidate);
	}
	if (!c.best.rank)
		return none(&c, why);
	*out = c.best.choice;
	return OK;
}

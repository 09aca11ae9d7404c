/* probe.c - a letter that only shows whether a gateway takes it. */
#include "ask/probe.h"

#include "ask/ask_int.h"
#include "ask/code.h"
#include "ask/texts.h"
#include "base/when.h"
#include "phone/phone.h"

struct probing {
	const struct call *call;
	const struct ask_rules *rules;
	enum courier_way way;
	str to, lang;
	int64_t letter; /* out */
};

static enum err
number(const struct probing *p, str typed, str region, str *out)
{
	struct phone phone;

	if (!p->rules->mms)
		return ERR_UNSUPPORTED;
	if (!phone_read(p->call->arena, str_trim(typed), region, &phone))
		return ERR_BAD_INPUT;
	*out = phone.e164;
	return phone.class == PHONE_PREMIUM || phone.class == PHONE_SHORT
		   ? ERR_UNSUPPORTED
		   : OK;
}

static enum err
address(const struct probing *p, str typed, str region, str *out)
{
	switch (p->way) {
	case COURIER_SMS:
		return ask_code_address(
		    p->call, p->rules, STR("tel"), typed, region, out);
	case COURIER_MAIL:
		return ask_code_address(
		    p->call, p->rules, STR("email"), typed, region, out);
	case COURIER_MMS: return number(p, typed, region, out);
	case COURIER_HOOK:
	case COURIER_WAY_COUNT: break;
	}
	return ERR_UNSUPPORTED;
}

static enum err
post(struct store_tx *tx, void *arg)
{
	struct probing *p = arg;
	struct ask_hole holes[] = { { "server", p->rules->server_name } };
	struct courier_letter letter = { .way = p->way,
		.account = p->call->who,
		.to = p->to,
		.lang = p->lang,
		.text = ask_text(p->call->arena, p->lang, ASK_T_PROBE, holes, 1) };
	int64_t today;
	bool shut;

	TRY(ask_block_has(tx, p->call, p->rules, 0, p->to, &shut));
	if (shut)
		return ERR_FORBIDDEN;
	TRY(courier_count_to(tx, p->way, p->to, p->call->now_ms - WHEN_DAY_MS, &today));
	if (today >= ASK_PROBES_PER_DAY)
		return ERR_LIMIT;
	if (p->way != COURIER_SMS)
		letter.subject =
		    ask_text(p->call->arena, p->lang, ASK_T_PROBE_SUBJECT, NULL, 0);
	if (p->way == COURIER_MAIL)
		letter.from_name = p->rules->server_name;
	return courier_post(tx, p->call, &letter, &p->letter);
}

enum err
ask_probe(const struct call *call, const struct ask_rules *rules, enum courier_way way,
    str typed, str region, str lang, int64_t *out)
{
	struct probing p = { .call = call, .rules = rules, .way = way, .lang = lang };

	TRY(address(&p, typed, region, &p.to));
	TRY(store_write(call->store, post, &p));
	*out = p.letter;
	return OK;
}

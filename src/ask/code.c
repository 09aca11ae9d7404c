#include "ask/code.h"

#include "ask/ask_int.h"
#include "ask/texts.h"
#include "courier/courier.h"
#include "phone/phone.h"

#define MAIL_MAX_BYTES 254 /* RFC 5321 4.5.3.1.3, without the angle brackets */

/* As much as matters before a mail is sent there: one '@' with something on both sides, a
 * dot behind it, nothing that means something to SMTP. */
static bool
is_mail(str text)
{
	str rest = text;
	str local = str_cut(&rest, '@');

	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] <= ' ' ||
		    str_has(STR("<>()[],;:\"\\\x7f"), text.at[i]))
			return false;
	return text.len <= MAIL_MAX_BYTES && local.len && !str_has(rest, '@') &&
	       str_has(rest, '.') && !str_starts(rest, STR(".")) &&
	       !str_ends(rest, STR(".")) && str_is_utf8(text);
}

static enum err
number(const struct call *call, const struct ask_rules *rules, str typed, str region,
    str *out)
{
	struct phone phone;

	if (!phone_read(call->arena, typed, region, &phone))
		return ERR_BAD_INPUT;
	*out = phone.e164;
	return rules->sms && phone.class != PHONE_PREMIUM &&
		       phone.class != PHONE_SHORT &&
		       ask_sms_may_go(call->arena, &rules->budget, *out)
		   ? OK
		   : ERR_UNSUPPORTED;
}

enum err
ask_code_address(const struct call *call, const struct ask_rules *rules, str kind,
    str typed, str region, str *out)
{
	typed = str_trim(typed);
	if (str_same(kind, STR("tel")))
		return number(call, rules, typed, region, out);
	if (!str_same(kind, STR("email")) || !is_mail(typed))
		return ERR_BAD_INPUT;
	*out = typed;
	return rules->mail ? OK : ERR_UNSUPPORTED;
}

enum err
ask_code_in(struct store_tx *tx, const struct call *call, const struct ask_rules *rules,
    str kind, str to, str lang, str code)
{
	bool mail = str_same(kind, STR("email"));
	struct ask_hole holes[] = { { "code", code },
		{ "server", rules->server_name } };
	struct courier_letter letter = {
		.way = mail ? COURIER_MAIL : COURIER_SMS,
		.account = call->who,
		.to = to,
		.lang = lang,
		.text = ask_text(call->arena, lang,
		    mail ? ASK_T_REACH_MAIL : ASK_T_REACH_SMS, holes, 2),
	};
	bool shut;
	int64_t id;

	TRY(ask_block_has(tx, call, rules, 0, to, &shut));
	if (shut)
		return OK;
	if (mail) {
		letter.subject =
		    ask_text(call->arena, lang, ASK_T_CHALLENGE_SUBJECT, NULL, 0);
		letter.from_name = rules->server_name;
	}
	return courier_post(tx, call, &letter, &id);
}

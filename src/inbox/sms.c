/* sms.c - an SMS somebody sent us. */
#include "inbox/inbox_int.h"
#include "phone/phone.h"

/* A '+' that the gateway forgot to encode has become a blank. */
bool
inbox_sender(const struct inbox *inbox, const struct call *call, str from, str *out)
{
	struct phone phone;

	if (str_starts(from, STR(" ")))
		from = arena_printf(call->arena, "+" STR_FMT, STR_ARG(str_trim(from)));
	if (!phone_read(call->arena, from, inbox->region, &phone) ||
	    phone.extension.len)
		return false;
	*out = phone.e164;
	return true;
}

enum err
inbox_sms_take(
    const struct inbox *inbox, const struct call *call, const struct inbox_sms *sms)
{
	struct inbox_said said = {
		.way = COURIER_SMS, .command = sms->text, .text = sms->text
	};

	if (!inbox_sender(inbox, call, sms->from, &said.from))
		return OK;
	return inbox_talk(inbox, call, &said);
}

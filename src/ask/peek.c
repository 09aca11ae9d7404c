/* peek.c - what anyone with a link may see: who asks, and of the card nothing. */
#include "ask/ask_int.h"

static void
read_wanted(str names, struct ask_peek *out)
{
	while (names.len && out->wanted_count < ASK_MAX_FIELDS)
		if (card_field_read(
			str_cut(&names, ' '), &out->wanted[out->wanted_count]))
			out->wanted_count++;
}

/* A door that was shut looks as one that time has closed. */
static enum ask_state
shown_state(const struct ask_case *it)
{
	return it->at.blocked ? ASK_EXPIRED : it->at.state;
}

enum err
ask_peek_in(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    struct ask_peek *out)
{
	struct ask_asker asker;

	TRY(ask_asker_read(tx, call->arena, it->row.account, &asker));
	*out = (struct ask_peek){
		.state = shown_state(it),
		.open = it->open,
		.asker = asker.name,
		.asker_phone = asker.phone,
		.asker_email = asker.email,
		.say = it->row.say,
		.to_tail = ask_mask_tail(call->arena, it->row.to),
		.lang = it->row.lang,
		.expires_ms = it->row.expires_ms,
	};
	read_wanted(it->row.fields, out);
	return OK;
}

enum err
ask_peek(const struct call *call, str token, struct ask_peek *out)
{
	SCOPED(store_tx) tx = NULL;
	struct ask_case it;

	TRY(store_look(call->store, &tx));
	TRY(ask_case_by_token(tx, call, token, &it));
	return ask_peek_in(tx, call, &it, out);
}

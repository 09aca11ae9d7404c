/* campaigns.c - many people asked, one after another. */
#include "api/api_int.h"
#include "ask/campaign.h"
#include "base/when.h"

static void
write_counts(struct exchange *x, const struct ask_campaign *c)
{
	json_pair(&x->out, STR("title"), c->title);
	json_pair_number(&x->out, STR("people"), (int64_t)c->count);
	json_pair_number(&x->out, STR("waiting"), (int64_t)c->waiting);
	json_pair_number(&x->out, STR("asked"), (int64_t)c->asked);
	json_pair_number(&x->out, STR("answered"), (int64_t)c->answered);
	json_pair_number(&x->out, STR("failed"), (int64_t)c->failed);
	json_pair_truth(&x->out, STR("over"), c->over);
}

static void
write_list(struct exchange *x, const struct ask_campaign *c)
{
	json_key(&x->out, STR("list"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < c->count; i++) {
		const struct ask_campaign_one *one = &c->people[i];

		json_open(&x->out, '{');
		json_pair(&x->out, STR("card"), one->card);
		json_pair(&x->out, STR("name"), one->fn);
		if (one->ask) {
			json_pair_number(&x->out, STR("ask"), one->ask);
			json_pair(&x->out, STR("state"), ask_state_word(one->state));
		}
		if (one->outcome.len)
			json_pair(&x->out, STR("outcome"), one->outcome);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
}

static enum err
read_draft(struct exchange *x, struct ask_campaign_draft *draft, struct why *why)
{
	str missing = json_text(x->body, STR("missing"));

	TRY(api_draft_read(x, &draft->ask, why));
	draft->title = json_text(x->body, STR("title"));
	draft->group = json_text(x->body, STR("group"));
	draft->stale = json_truth(x->body, STR("stale"));
	draft->has_missing = missing.len > 0;
	if (missing.len && !card_field_read(missing, &draft->missing)) {
		*why =
		    (struct why){ .what = "there is no such field", .name = missing };
		return ERR_BAD_INPUT;
	}
	return OK;
}

enum err
api_campaign_preview(struct exchange *x, str place, struct why *why)
{
	struct ask_campaign_draft draft = { 0 };
	struct ask_campaign campaign;
	str text;

	(void)place;
	TRY(read_draft(x, &draft, why));
	TRY(ask_campaign_preview(
	    x->call, x->api->rules, &draft, &campaign, &text, why));
	write_counts(x, &campaign);
	json_pair(&x->out, STR("text"), text);
	json_pair_number(&x->out, STR("sms_parts"), (int64_t)campaign.sms_parts);
	write_list(x, &campaign);
	return OK;
}

enum err
api_campaign_open(struct exchange *x, str place, struct why *why)
{
	struct ask_campaign_draft draft = { 0 };
	struct ask_campaign campaign;
	int64_t id;

	(void)place;
	TRY(read_draft(x, &draft, why));
	TRY(ask_campaign_open(x->call, x->api->rules, &draft, &id, why));
	TRY(ask_campaign_find(x->call, id, &campaign));
	json_pair_number(&x->out, STR("id"), id);
	write_counts(x, &campaign);
	return OK;
}

enum err
api_campaign_list(struct exchange *x, str place, struct why *why)
{
	struct ask_campaign *list;
	size_t count;

	(void)place, (void)why;
	TRY(ask_campaign_list(x->call, &list, &count));
	json_key(&x->out, STR("campaigns"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&x->out, '{');
		json_pair_number(&x->out, STR("id"), list[i].id);
		json_pair(&x->out, STR("made"),
		    when_rfc3339(x->call->arena, list[i].made_ms));
		write_counts(x, &list[i]);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	return OK;
}

enum err
api_campaign_find(struct exchange *x, str place, struct why *why)
{
	struct ask_campaign campaign;
	int64_t id;

	(void)why;
	TRY(api_id(place, &id));
	TRY(ask_campaign_find(x->call, id, &campaign));
	json_pair_number(&x->out, STR("id"), id);
	write_counts(x, &campaign);
	write_list(x, &campaign);
	return OK;
}

enum err
api_campaign_cancel(struct exchange *x, str place, struct why *why)
{
	int64_t id;

	(void)why;
	TRY(api_id(place, &id));
	return ask_campaign_cancel(x->call, id);
}

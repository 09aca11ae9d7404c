/* said.c - who said what of a card, and whom to ask next. */
#include "ask/said.h"

#include "api/api_int.h"
#include "base/when.h"

#define PLAN_USUAL 5

static enum err
query_of(struct exchange *x, str name, str *out)
{
	struct http_form query;

	TRY(http_query_read(x->call->arena, x->req->query, &query));
	*out = http_form_get(&query, name);
	return OK;
}

enum err
api_said(struct exchange *x, str place, struct why *why)
{
	struct ask_said *rows;
	size_t count;
	str book;
	str card;

	(void)place, (void)why;
	TRY(query_of(x, STR("book"), &book));
	TRY(query_of(x, STR("card"), &card));
	TRY(ask_said_of_card(x->call, book, card, &rows, &count));
	json_key(&x->out, STR("values"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&x->out, '{');
		json_pair(&x->out, STR("field"), card_field_name(rows[i].field));
		json_pair(&x->out, STR("text"), rows[i].text);
		if (rows[i].at_ms) {
			json_pair(&x->out, STR("said"),
			    when_rfc3339(x->call->arena, rows[i].at_ms));
			json_pair_number(&x->out, STR("evidence"), rows[i].evidence);
			json_pair(&x->out, STR("by"), rows[i].channel);
			json_pair(&x->out, STR("to"), rows[i].to);
			json_pair_number(&x->out, STR("ask"), rows[i].ask);
		}
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	return OK;
}

enum err
api_plan(struct exchange *x, str place, struct why *why)
{
	struct ask_planned *list;
	size_t count;
	int64_t limit = PLAN_USUAL;
	str given;

	(void)place, (void)why;
	TRY(query_of(x, STR("limit"), &given));
	if (given.len && (!str_number(given, &limit) || limit < 1))
		return ERR_BAD_INPUT;
	TRY(ask_plan(x->call, x->api->rules,
	    limit > ASK_PLAN_MAX ? ASK_PLAN_MAX : (size_t)limit, &list, &count));
	json_key(&x->out, STR("people"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&x->out, '{');
		json_pair(&x->out, STR("book"), list[i].book);
		json_pair(&x->out, STR("card"), list[i].card);
		json_pair(&x->out, STR("name"), list[i].fn);
		json_pair_truth(&x->out, STR("stale"), list[i].stale);
		json_key(&x->out, STR("missing"));
		json_open(&x->out, '[');
		for (size_t m = 0; m < list[i].missing_count; m++)
			json_add_text(&x->out, card_field_name(list[i].missing[m]));
		json_close(&x->out, ']');
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	return OK;
}

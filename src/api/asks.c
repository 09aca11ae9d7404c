/* asks.c - the owner's side: whom, asking, what came back. */
#include <stdint.h>

#include "api/api_int.h"
#include "base/when.h"

static void
write_hit(struct exchange *x, const struct book_hit *hit)
{
	struct buf *out = &x->out;

	json_open(out, '{');
	json_pair(out, STR("book"), hit->book.name);
	json_pair(out, STR("card"), hit->card.name);
	json_pair(out, STR("name"), hit->card.fn);
	json_pair(out, STR("by"), card_key_word(hit->by));
	json_close(out, '}');
}

static void
write_hits(struct exchange *x, const char *name, const struct book_hits *hits)
{
	json_key(&x->out, str_of(name));
	json_open(&x->out, '[');
	for (size_t i = 0; i < hits->count; i++)
		write_hit(x, &hits->list[i]);
	json_close(&x->out, ']');
}

/* None, one or several: all three are an answer here. */
enum err
api_find(struct exchange *x, str place, struct why *why)
{
	struct http_form query;
	struct book_hits hits = { 0 };
	enum err e;

	(void)place;
	(void)why;
	TRY(http_query_read(x->call->arena, x->req->query, &query));
	e = book_look_up(x->call, http_form_get(&query, STR("q")), &hits);
	if (e != OK && e != ERR_SEVERAL && e != ERR_NOT_FOUND)
		return e;
	write_hits(x, "cards", &hits);
	return OK;
}

/* --- asking --- */

static enum err
unknown(struct why *why, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return ERR_BAD_INPUT;
}

static enum err
read_fields(const struct json *list, struct ask_draft *draft, struct why *why)
{
	for (const struct json *f = list ? list->first : NULL; f; f = f->next) {
		if (draft->wanted_count == ASK_MAX_FIELDS)
			return unknown(why, "too many fields", f->text);
		if (!card_field_read(f->text, &draft->wanted[draft->wanted_count++]))
			return unknown(why, "there is no such field", f->text);
	}
	return OK;
}

static enum err
read_mode(str word, enum ask_mode *out, struct why *why)
{
	static const struct {
		str word;
		enum ask_mode mode;
	} modes[] = { { STR_CONST(""), ASK_MODE_ACCOUNT },
		{ STR_CONST("fill"), ASK_FILL }, { STR_CONST("review"), ASK_REVIEW },
		{ STR_CONST("auto"), ASK_AUTO } };

	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
		if (str_same(modes[i].word, word)) {
			*out = modes[i].mode;
			return OK;
		}
	return unknown(why, "a mode is fill, review or auto", word);
}

enum err
api_draft_read(struct exchange *x, struct ask_draft *draft, struct why *why)
{
	const struct json *body = x->body;
	str kind = json_text(body, STR("kind"));
	str by = json_text(body, STR("by"));

	*draft = (struct ask_draft){
		.whom = json_text(body, STR("whom")),
		.book = json_text(body, STR("book")),
		.card = json_text(body, STR("card")),
		.say = json_text(body, STR("say")),
		.open_values = json_truth(body, STR("open")),
	};
	if (kind.len && !ask_kind_read(kind, &draft->kind))
		return unknown(why, "there is no such kind of notice", kind);
	if (by.len && !ask_by_read(by, &draft->by))
		return unknown(why, "there is no such way", by);
	TRY(read_mode(json_text(body, STR("mode")), &draft->mode, why));
	return read_fields(json_member(body, STR("for")), draft, why);
}

enum err
api_ask_open(struct exchange *x, str place, struct why *why)
{
	struct ask_draft draft;
	struct ask_opened opened = { 0 };
	enum err e;

	(void)place;
	TRY(api_draft_read(x, &draft, why));
	e = ask_open(x->call, x->api->rules, &draft, &opened, why);
	if (e == ERR_SEVERAL)
		write_hits(x, "candidates", &opened.candidates);
	TRY(e);
	json_pair_number(&x->out, STR("ask"), opened.id);
	json_pair(&x->out, STR("state"), ask_state_word(opened.state));
	json_pair(&x->out, STR("by"), ask_by_word(opened.by));
	json_pair(&x->out, STR("name"), opened.fn);
	if (opened.to.len)
		json_pair(&x->out, STR("to"), opened.to);
	if (opened.link.len)
		json_pair(&x->out, STR("link"), opened.link);
	json_pair(&x->out, STR("text"), opened.text);
	if (opened.by == ASK_BY_SMS)
		json_pair_number(&x->out, STR("sms_parts"), opened.sms_parts);
	return OK;
}

/* --- what was asked --- */

static void
write_head(struct exchange *x, const struct ask_view *ask)
{
	struct buf *out = &x->out;

	json_pair_number(out, STR("ask"), ask->id);
	json_pair(out, STR("state"), ask_state_word(ask->state));
	json_pair(out, STR("by"), ask_by_word(ask->by));
	json_pair(out, STR("name"), ask->fn);
	json_pair(out, STR("book"), ask->book);
	json_pair(out, STR("card"), ask->card);
	json_pair(out, STR("to"), ask->to);
	json_pair(out, STR("made"), when_rfc3339(x->call->arena, ask->made_ms));
	json_pair(out, STR("expires"), when_rfc3339(x->call->arena, ask->expires_ms));
}

enum err
api_ask_list(struct exchange *x, str place, struct why *why)
{
	struct http_form query;
	struct ask_view *asks;
	size_t count;
	int64_t before_ms = 0;

	(void)place;
	(void)why;
	TRY(http_query_read(x->call->arena, x->req->query, &query));
	(void)str_number(http_form_get(&query, STR("before")), &before_ms);
	TRY(ask_list(x->call, before_ms, API_LIST_MAX, &asks, &count));
	json_key(&x->out, STR("asks"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&x->out, '{');
		write_head(x, &asks[i]);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	if (count == API_LIST_MAX)
		json_pair_number(&x->out, STR("before"), asks[count - 1].made_ms);
	return OK;
}

static str
decision_word(char letter)
{
	switch (letter) {
	case 'a': return STR("applied");
	case 'v': return STR("verified");
	case 'w': return STR("waiting");
	case 'r': return STR("refused");
	case 'u': return STR("undone");
	default: return STR("nothing");
	}
}

static void
write_items(struct exchange *x, const struct ask_view *ask)
{
	json_key(&x->out, STR("items"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < ask->item_count; i++) {
		const struct ask_item *item = &ask->items[i];

		json_open(&x->out, '{');
		json_pair_number(&x->out, STR("item"), (int64_t)i);
		json_pair(&x->out, STR("field"), card_field_name(item->op.field));
		json_pair(&x->out, STR("before"), item->before);
		json_pair(&x->out, STR("after"), item->after);
		json_pair(&x->out, STR("decision"), decision_word(item->decision));
		if (item->worded)
			json_pair(&x->out, STR("said"), item->said);
		if (item->forgotten)
			json_pair_truth(&x->out, STR("forgotten"), true);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
}

static void
write_events(struct exchange *x, const struct ask_view *ask)
{
	json_key(&x->out, STR("events"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < ask->event_count; i++) {
		json_open(&x->out, '{');
		json_pair(&x->out, STR("at"),
		    when_rfc3339(x->call->arena, ask->events[i].at_ms));
		json_pair(&x->out, STR("state"), ask_state_word(ask->events[i].state));
		json_pair(&x->out, STR("note"), ask->events[i].note);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
}

/* How well the answerer is known, by which door he came, and for how long it holds. */
static void
write_proof(struct exchange *x, const struct ask_view *ask)
{
	struct arena *arena = x->call->arena;

	json_pair_number(&x->out, STR("evidence"), ask->evidence);
	json_pair(&x->out, STR("door"), ask->door);
	json_pair(&x->out, STR("answered"), when_rfc3339(arena, ask->answered_ms));
	if (ask->until_ms)
		json_pair(&x->out, STR("until"), when_rfc3339(arena, ask->until_ms));
	if (ask->forgot_ms)
		json_pair(
		    &x->out, STR("forgotten"), when_rfc3339(arena, ask->forgot_ms));
}

enum err
api_ask_find(struct exchange *x, str place, struct why *why)
{
	struct ask_view ask;
	int64_t id;

	(void)why;
	TRY(api_id(place, &id));
	TRY(ask_find(x->call, id, &ask));
	write_head(x, &ask);
	if (ask.evidence >= 0)
		write_proof(x, &ask);
	if (ask.note.len)
		json_pair(&x->out, STR("note"), ask.note);
	write_items(x, &ask);
	write_events(x, &ask);
	return OK;
}

enum err
api_ask_decide(struct exchange *x, str place, struct why *why)
{
	const struct json *item = json_member(x->body, STR("item"));
	const struct json *accept = json_member(x->body, STR("accept"));
	const struct json *value = json_member(x->body, STR("value"));
	size_t at = SIZE_MAX;
	int64_t id;

	TRY(api_id(place, &id));
	if (!accept ||
	    (accept->kind != JSON_KIND_TRUE && accept->kind != JSON_KIND_FALSE))
		return unknown(why, "accept is true or false", STR("accept"));
	if (item && (item->kind != JSON_KIND_NUMBER || item->number < 0))
		return unknown(why, "an item is a number", STR("item"));
	if (item)
		at = (size_t)item->number;
	if (!value)
		return ask_decide(x->call, id, at, accept->kind == JSON_KIND_TRUE, why);
	if (value->kind != JSON_KIND_TEXT || accept->kind != JSON_KIND_TRUE)
		return unknown(
		    why, "a value is text, and what is accepted", STR("value"));
	return ask_decide_as(x->call, id, at, value->text, why);
}

enum err
api_ask_undo(struct exchange *x, str place, struct why *why)
{
	const struct json *item = json_member(x->body, STR("item"));
	int64_t id;

	TRY(api_id(place, &id));
	if (item && (item->kind != JSON_KIND_NUMBER || item->number < 0))
		return unknown(why, "an item is a number", STR("item"));
	return ask_undo(x->call, id, item ? (size_t)item->number : SIZE_MAX, why);
}

enum err
api_ask_revoke(struct exchange *x, str place, struct why *why)
{
	int64_t id;

	(void)why;
	TRY(api_id(place, &id));
	return ask_revoke(x->call, id);
}

enum err
api_ask_remind(struct exchange *x, str place, struct why *why)
{
	int64_t id;

	TRY(api_id(place, &id));
	return ask_remind(x->call, x->api->rules, id, why);
}

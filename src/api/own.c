/* own.c - the caller as a target: his notices, his own card, what he gave to whom. */
#include "api/api_int.h"
#include "ask/follow.h"
#include "base/base64.h"
#include "base/when.h"

static enum err
wrong(struct why *why, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return ERR_BAD_INPUT;
}

static void
write_notice(struct exchange *x, const struct ask_notice_view *notice)
{
	json_pair_number(&x->out, STR("id"), notice->id);
	json_pair(&x->out, STR("made"), when_rfc3339(x->call->arena, notice->made_ms));
	json_pair(&x->out, STR("state"), ask_state_word(notice->who.state));
	json_pair_truth(&x->out, STR("open"), notice->who.open);
	json_pair(&x->out, STR("asker"), notice->who.asker);
	json_pair(&x->out, STR("phone"), notice->who.asker_phone);
	json_pair(&x->out, STR("email"), notice->who.asker_email);
	json_pair(&x->out, STR("say"), notice->who.say);
	json_pair(&x->out, STR("expires"),
	    when_rfc3339(x->call->arena, notice->who.expires_ms));
	json_key(&x->out, STR("wanted"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < notice->who.wanted_count; i++)
		json_add_text(&x->out, card_field_name(notice->who.wanted[i]));
	json_close(&x->out, ']');
}

static void
write_items(struct exchange *x, const struct ask_own_item *items, size_t count)
{
	json_key(&x->out, STR("items"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&x->out, '{');
		json_pair_number(&x->out, STR("item"), (int64_t)items[i].item);
		json_pair(&x->out, STR("field"), card_field_name(items[i].field));
		json_pair(&x->out, STR("text"), items[i].text);
		json_pair_truth(&x->out, STR("wanted"), items[i].wanted);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
}

enum err
api_notice_list(struct exchange *x, str place, struct why *why)
{
	struct ask_notice_view *list;
	size_t count;

	(void)place, (void)why;
	TRY(ask_notices(x->call, x->api->rules, &list, &count));
	json_key(&x->out, STR("notices"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&x->out, '{');
		write_notice(x, &list[i]);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	return OK;
}

enum err
api_notice_see(struct exchange *x, str place, struct why *why)
{
	struct ask_own_page page;
	int64_t id;

	(void)why;
	TRY(api_id(place, &id));
	TRY(ask_notice_see(x->call, x->api->rules, id, &page));
	write_notice(x, &page.notice);
	write_items(x, page.items, page.count);
	return OK;
}

/* "items": [1, 2], or "all": true, or neither: what is wanted. */
static enum err
read_picked(const struct exchange *x, const struct ask_own_page *page, size_t *picked,
    size_t *count, struct why *why)
{
	const struct json *items = json_member(x->body, STR("items"));
	bool all = json_truth(x->body, STR("all"));

	*count = 0;
	for (const struct json *i = items ? items->first : NULL; i; i = i->next) {
		if (*count == page->count || i->number < 0)
			return wrong(
			    why, "there is no such item on your card", STR("items"));
		picked[(*count)++] = (size_t)i->number;
	}
	for (size_t i = 0; !items && i < page->count; i++)
		if (all || page->items[i].wanted)
			picked[(*count)++] = page->items[i].item;
	return OK;
}

enum err
api_notice_answer(struct exchange *x, str place, struct why *why)
{
	struct ask_own_page page;
	struct ask_answered answered;
	size_t *picked;
	size_t count;
	int64_t id;

	TRY(api_id(place, &id));
	TRY(ask_notice_see(x->call, x->api->rules, id, &page));
	picked = ARENA_ARRAY(x->call->arena, size_t, page.count + 1);
	TRY(read_picked(x, &page, picked, &count, why));
	TRY(ask_notice_answer(x->call, x->api->rules, id, picked, count,
	    json_text(x->body, STR("note")), &answered, why));
	json_pair(&x->out, STR("state"), ask_state_word(answered.state));
	json_pair_number(&x->out, STR("applied"), (int64_t)answered.applied);
	json_pair_number(&x->out, STR("verified"), (int64_t)answered.verified);
	json_pair_number(&x->out, STR("waiting"), (int64_t)answered.waiting);
	return OK;
}

enum err
api_notice_leave(struct exchange *x, str place, struct why *why)
{
	enum ask_exit how;
	int64_t id;

	TRY(api_id(place, &id));
	TRY(api_exit_read(x->body, &how, why));
	return ask_notice_leave(x->call, x->api->rules, id, how);
}

/* --- the own card --- */

enum err
api_own_card(struct exchange *x, str place, struct why *why)
{
	struct ask_own_item *items;
	size_t count;

	(void)place, (void)why;
	TRY(ask_own_card(x->call, &items, &count));
	write_items(x, items, count);
	return OK;
}

/* One change: {"field", "value"} adds or replaces, {"item", "value"} changes, {"item"}
 * alone takes it away. */
static enum err
read_change(struct exchange *x, const struct ask_own_item *items, size_t count,
    const struct json *from, struct card_op *op, struct why *why)
{
	const struct json *item = json_member(from, STR("item"));
	str field = json_text(from, STR("field"));
	str value = json_text(from, STR("value"));

	for (size_t i = 0; item && i < count; i++)
		if ((int64_t)items[i].item == item->number) {
			*op = (struct card_op){ .kind =
						    value.len ? CARD_CHANGE : CARD_GONE,
				.item = items[i].item,
				.field = items[i].field,
				.value = value };
			return OK;
		}
	if (item)
		return wrong(why, "there is no such item on your card", STR("item"));
	*op = (struct card_op){ .kind = CARD_INSERT, .value = value };
	if (!card_field_read(field, &op->field) || op->field == CARD_F_TEL)
		return wrong(why, "there is no such field", field);
	return op->field == CARD_F_PHOTO
		   ? base64_read(x->call->arena, value, &op->value)
		   : OK;
}

enum err
api_own_change(struct exchange *x, str place, struct why *why)
{
	const struct json *list = json_member(x->body, STR("changes"));
	struct card_ops ops = {
		ARENA_ARRAY(x->call->arena, struct card_op, CARD_MAX_OPS), 0
	};
	struct ask_own_item *items;
	size_t count;

	TRY(ask_own_card(x->call, &items, &count));
	for (const struct json *c = list ? list->first : NULL; c; c = c->next) {
		if (ops.count == CARD_MAX_OPS)
			return ERR_TOO_LARGE;
		TRY(read_change(x, items, count, c, &ops.list[ops.count++], why));
	}
	TRY(ask_own_change(x->call, &ops, why));
	return api_own_card(x, place, why);
}

/* --- what was given --- */

enum err
api_given_list(struct exchange *x, str place, struct why *why)
{
	struct ask_given *list;
	size_t count;

	(void)place, (void)why;
	TRY(ask_given_list(x->call, &list, &count));
	json_key(&x->out, STR("given"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&x->out, '{');
		json_pair_number(&x->out, STR("owner"), list[i].owner);
		json_pair(&x->out, STR("name"), list[i].owner_name);
		json_pair(&x->out, STR("field"), card_field_name(list[i].field));
		json_pair(
		    &x->out, STR("at"), when_rfc3339(x->call->arena, list[i].at_ms));
		json_pair_truth(&x->out, STR("follows"), list[i].follows);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	return OK;
}

/* {"follow": ["email", "mobile"]}: these fields and no others. */
enum err
api_given_follow(struct exchange *x, str place, struct why *why)
{
	const struct json *list = json_member(x->body, STR("follow"));
	bool fields[CARD_F_COUNT] = { false };
	int64_t owner;

	TRY(api_id(place, &owner));
	for (const struct json *i = list ? list->first : NULL; i; i = i->next) {
		enum card_field field;

		if (!card_field_read(i->text, &field))
			return wrong(why, "no such field", i->text);
		fields[field] = true;
	}
	if (!list)
		return wrong(
		    why, "a list of fields, which may be empty", STR("follow"));
	TRY(ask_follow_set(x->call, x->api->rules, owner, fields, why));
	return api_given_list(x, place, why);
}

enum err
api_given_forget(struct exchange *x, str place, struct why *why)
{
	int64_t owner;

	(void)why;
	TRY(api_id(place, &owner));
	return ask_given_forget(x->call, owner);
}

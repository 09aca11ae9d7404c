/* answers.c - the target's side: the token of his link is the right. */
#include "api/api_int.h"
#include "base/base64.h"
#include "base/when.h"

static void
write_fields(struct exchange *x, const struct ask_peek *peek)
{
	json_key(&x->out, STR("wanted"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < peek->wanted_count; i++)
		json_add_text(&x->out, card_field_name(peek->wanted[i]));
	json_close(&x->out, ']');
}

/* Who asks, first; of the card nothing. */
static void
write_peek(struct exchange *x, const struct ask_peek *peek)
{
	json_pair(&x->out, STR("asker"), peek->asker);
	json_pair(&x->out, STR("phone"), peek->asker_phone);
	json_pair(&x->out, STR("email"), peek->asker_email);
	json_pair(&x->out, STR("say"), peek->say);
	json_pair(&x->out, STR("sent_to"), peek->to_tail);
	json_pair_truth(&x->out, STR("open"), peek->open);
	json_pair(
	    &x->out, STR("expires"), when_rfc3339(x->call->arena, peek->expires_ms));
	write_fields(x, peek);
}

enum err
api_answer_peek(struct exchange *x, str place, struct why *why)
{
	struct ask_peek peek;

	(void)why;
	TRY(ask_peek(x->call, place, &peek));
	write_peek(x, &peek);
	return OK;
}

enum err
api_answer_see(struct exchange *x, str place, struct why *why)
{
	struct ask_page page;

	(void)why;
	TRY(ask_see(x->call, place, &page));
	write_peek(x, &page.who);
	json_key(&x->out, STR("items"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < page.offer_count; i++) {
		json_open(&x->out, '{');
		json_pair_number(&x->out, STR("item"), (int64_t)page.offers[i].item);
		json_pair(&x->out, STR("field"), card_field_name(page.offers[i].field));
		json_pair(&x->out, STR("shown"), page.offers[i].shown);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	return OK;
}

static enum err
wrong(struct why *why, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return ERR_BAD_INPUT;
}

static const struct {
	str word;
	enum card_op_kind kind;
	bool about_item;
} kinds[] = {
	{ STR_CONST("confirm"), CARD_CONFIRM, true },
	{ STR_CONST("change"), CARD_CHANGE, true },
	{ STR_CONST("gone"), CARD_GONE, true },
	{ STR_CONST("insert"), CARD_INSERT, false },
};

/* The field of an item comes from what the target was shown, never from what he sends. */
static enum err
read_item(const struct ask_page *page, const struct json *from, struct card_op *op,
    struct why *why)
{
	const struct json *item = json_member(from, STR("item"));

	for (size_t i = 0; item && i < page->offer_count; i++)
		if ((int64_t)page->offers[i].item == item->number) {
			op->item = page->offers[i].item;
			op->field = page->offers[i].field;
			return OK;
		}
	return wrong(why, "there is no such item", STR("item"));
}

static enum err
read_op(struct arena *arena, const struct ask_page *page, const struct json *from,
    struct card_op *op, struct why *why)
{
	str word = json_text(from, STR("op"));
	str field = json_text(from, STR("field"));
	size_t at = 0;

	while (at < sizeof kinds / sizeof *kinds && !str_same(kinds[at].word, word))
		at++;
	if (at == sizeof kinds / sizeof *kinds)
		return wrong(why, "an op is confirm, change, gone or insert", word);
	*op = (struct card_op){ .kind = kinds[at].kind,
		.value = json_text(from, STR("value")) };
	if (kinds[at].about_item)
		return read_item(page, from, op, why);
	if (!card_field_read(field, &op->field))
		return wrong(why, "there is no such field", field);
	if (op->field == CARD_F_PHOTO)
		return base64_read(arena, op->value, &op->value);
	return OK;
}

enum err
api_answer_send(struct exchange *x, str place, struct why *why)
{
	const struct json *list = json_member(x->body, STR("ops"));
	struct ask_reply reply = { .note = json_text(x->body, STR("note")),
		.by = ASK_DOOR_API };
	struct ask_answered answered;
	struct ask_page page;

	str until = json_text(x->body, STR("until"));

	if (until.len && !when_day_end(until, &reply.until_ms))
		return wrong(why, "a day is written as 2026-12-31", STR("until"));
	TRY(ask_see(x->call, place, &page));
	reply.ops.list = ARENA_ARRAY(x->call->arena, struct card_op, CARD_MAX_OPS);
	for (const struct json *op = list ? list->first : NULL; op; op = op->next) {
		if (reply.ops.count == CARD_MAX_OPS)
			return ERR_TOO_LARGE;
		TRY(read_op(x->call->arena, &page, op,
		    &reply.ops.list[reply.ops.count++], why));
	}
	if (!reply.ops.count)
		return wrong(why, "an answer says something", STR("ops"));
	TRY(ask_answer(x->call, place, &reply, &answered, why));
	json_pair(&x->out, STR("state"), ask_state_word(answered.state));
	json_pair_number(&x->out, STR("applied"), (int64_t)answered.applied);
	json_pair_number(&x->out, STR("verified"), (int64_t)answered.verified);
	json_pair_number(&x->out, STR("waiting"), (int64_t)answered.waiting);
	return OK;
}

enum err
api_exit_read(const struct json *body, enum ask_exit *out, struct why *why)
{
	static const struct {
		str word;
		enum ask_exit how;
	} exits[] = { { STR_CONST("decline"), ASK_EXIT_DECLINE },
		{ STR_CONST("not-me"), ASK_EXIT_NOT_ME },
		{ STR_CONST("block-owner"), ASK_EXIT_BLOCK_OWNER },
		{ STR_CONST("block-all"), ASK_EXIT_BLOCK_ALL } };
	str how = json_text(body, STR("how"));

	for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
		if (str_same(exits[i].word, how)) {
			*out = exits[i].how;
			return OK;
		}
	return wrong(why, "how is decline, not-me, block-owner or block-all", how);
}

enum err
api_answer_leave(struct exchange *x, str place, struct why *why)
{
	enum ask_exit how;

	TRY(api_exit_read(x->body, &how, why));
	return ask_leave(x->call, x->api->rules, place, how);
}

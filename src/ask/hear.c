/*
 * hear.c - a reply to a notice, by SMS, MMS or mail: which ask it is for, what it says, and
 * what that proves.
 *
 * A sender's number or address can be forged, so without the ask's code (or the address
 * with its token) a reply is only a suggestion to the owner; and where several people asked
 * one number, only the code says whose question it answers.
 */
#include "ask/ask_int.h"
#include "ask/form.h"
#include "base/buf.h"
#include "base/when.h"

#define ASKS_LOOKED_AT      50
#define NOTE_READ_MAX_BYTES ((size_t)64 * 1024) /* ASK_NOTE_MAX_BYTES of it are kept */

struct hearing {
	const struct call *call;
	const struct ask_rules *rules;
	const struct ask_message *message;
	str text; /* without the code */
	struct ask_case it;
	struct store_answer before; /* account 0: none was sent yet */
	struct ask_peek who;
	enum ask_door door;
};

/* --- which ask --- */

struct choice {
	struct ask_case *open;
	size_t count;
};

static enum err
open_asks(struct store_tx *tx, const struct hearing *h, struct choice *out)
{
	struct store_ask *rows;
	size_t count;
	str hash = ask_address_hash(h->call, h->rules, h->message->from);
	int64_t since_ms = h->call->now_ms - ASK_EXPIRE_MAX_DAYS * WHEN_DAY_MS;

	TRY(store_ask_to(
	    tx, h->call->arena, hash, since_ms, ASKS_LOOKED_AT, &rows, &count));
	out->open = ARENA_ARRAY(h->call->arena, struct ask_case, count);
	for (size_t i = 0; i < count; i++) {
		struct ask_case *it = &out->open[out->count];

		TRY(ask_case_find(tx, h->call, rows[i].account, rows[i].id, it));
		out->count += it->open;
	}
	return OK;
}

static bool
take_by_code(struct hearing *h, const struct choice *among)
{
	for (size_t i = 0; i < among->count; i++)
		if (ask_form_take_code(&h->text, among->open[i].row.code)) {
			h->it = among->open[i];
			return true;
		}
	return false;
}

static enum err
find_by_sender(struct store_tx *tx, struct hearing *h)
{
	struct choice among = { 0 };

	TRY(open_asks(tx, h, &among));
	if (!among.count)
		return ERR_NOT_FOUND;
	h->door = ASK_DOOR_CODE;
	if (take_by_code(h, &among))
		return OK;
	if (among.count > 1)
		return ERR_SEVERAL;
	h->it = among.open[0];
	h->door = h->message->proven ? ASK_DOOR_CODE : ASK_DOOR_SENDER;
	return OK;
}

/* The address the mail went to has the ask's token in it; from the very address asked, and
 * vouched for, it is worth as much as the page. */
static enum err
find_by_token(struct store_tx *tx, struct hearing *h)
{
	str from = ask_address_hash(h->call, h->rules, h->message->from);

	TRY(ask_case_by_token(tx, h->call, h->message->token, &h->it));
	if (!h->it.open)
		return ERR_NOT_FOUND;
	h->door = h->message->proven && str_same(from, h->it.row.to_hash)
		      ? ASK_DOOR_WEB
		      : ASK_DOOR_CODE;
	return OK;
}

static enum err
find_before(struct store_tx *tx, struct hearing *h)
{
	enum err e = store_answer_find(
	    tx, h->call->arena, h->it.row.account, h->it.row.id, true, &h->before);

	if (e == ERR_NOT_FOUND)
		h->before = (struct store_answer){ 0 };
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
find(struct hearing *h)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(h->call->store, &tx));
	TRY(h->message->token.len ? find_by_token(tx, h) : find_by_sender(tx, h));
	TRY(ask_case_base(h->call, &h->it));
	TRY(find_before(tx, h));
	return ask_peek_in(tx, h->call, &h->it, &h->who);
}

/* --- a code that is wrong: the right one is worth nothing from now on --- */

static enum err
spend_in(struct store_tx *tx, void *arg)
{
	const struct hearing *h = arg;
	struct choice among = { 0 };

	TRY(open_asks(tx, h, &among));
	for (size_t i = 0; i < among.count; i++)
		TRY(store_ask_code(
		    tx, among.open[i].row.account, among.open[i].row.id, (str){ 0 }));
	return OK;
}

static enum err
drop_wrong_code(struct hearing *h)
{
	str code = ask_form_first_code(h->text);

	if (h->door != ASK_DOOR_SENDER || !code.len)
		return OK;
	TRY(store_write(h->call->store, spend_in, h));
	(void)ask_form_take_code(&h->text, code);
	return OK;
}

/* --- what it says --- */

static void
add_cards(const struct ask_taking *taking, const struct ask_message *message)
{
	for (size_t i = 0; i < message->card_count; i++) {
		struct card *card;
		struct why why;

		if (card_read(taking->call->arena, message->cards[i], &card, &why) ==
		    OK)
			ask_take_card(taking, card, true);
	}
}

/* Who answers from a number or address has shown that it is still his. */
static void
confirm_sender(const struct hearing *h, struct card_ops *ops)
{
	for (size_t i = 0; i < h->it.items.count; i++) {
		const struct card_item *item = &h->it.items.list[i];
		struct card_op op = {
			.kind = CARD_CONFIRM, .item = i, .field = item->field
		};
		/* A telephone's key is its E.164, whatever the owner left out. */
		str address = str_starts(item->key, STR("+")) ? item->key : item->text;

		if (ask_offered(item->field) &&
		    str_same(ask_address_hash(h->call, h->rules, address),
			ask_address_hash(h->call, h->rules, h->message->from)))
			ask_ops_say(ops, op);
	}
}

static struct card_ops
all_ops(const struct hearing *h, const struct ask_form_read *form, struct buf *note)
{
	struct card_ops ops = {
		ARENA_ARRAY(h->call->arena, struct card_op, CARD_MAX_OPS), 0
	};
	struct ask_taking taking = { h->call, &h->it, h->door, &ops, note };

	for (size_t i = 0; i < form->ops.count; i++)
		ask_ops_say(&ops, form->ops.list[i]);
	add_cards(&taking, h->message);
	if (h->message->picture.len)
		ask_take_op(&taking, (struct card_op){ .kind = CARD_INSERT,
					 .field = CARD_F_PHOTO,
					 .value = h->message->picture });
	if (ops.count)
		confirm_sender(h, &ops);
	return ops;
}

/* --- the whole --- */

/* People write several messages: a later one adds to the former. */
static enum err
add_before(const struct hearing *h, struct ask_reply *reply)
{
	struct card_ops ops;

	if (!h->before.account)
		return OK;
	TRY(card_ops_read(h->call->arena, h->before.ops, &ops));
	for (size_t i = 0; i < ops.count; i++)
		ask_ops_say(&reply->ops, ops.list[i]);
	if (h->before.note.len)
		reply->note = arena_printf(h->call->arena, STR_FMT "\n" STR_FMT,
		    STR_ARG(h->before.note), STR_ARG(reply->note));
	return OK;
}

static enum err
answer(struct hearing *h, const struct ask_form_read *form, struct ask_heard *out,
    struct why *why)
{
	struct buf note = buf_in(h->call->arena, NOTE_READ_MAX_BYTES);
	struct ask_reply reply = { .by = h->door };
	struct ask_answered answered;

	buf_add(&note, form->note);
	reply.ops = all_ops(h, form, &note);
	reply.note = buf_str(&note);
	if (!reply.ops.count && !str_trim(reply.note).len) {
		why->what = "nothing was said";
		return ERR_BAD_INPUT;
	}
	TRY(add_before(h, &reply));
	TRY(ask_answer_to(
	    h->call, h->it.row.account, h->it.row.id, &reply, &answered, why));
	out->state = answered.state;
	out->taken = answered.applied + answered.verified + answered.waiting;
	return OK;
}

static enum err
leave(struct hearing *h, enum ask_form_says says, struct ask_heard *out)
{
	bool not_me = says == ASK_FORM_NOT_ME;

	out->state = not_me ? ASK_NOT_ME : ASK_DECLINED;
	return ask_leave_to(h->call, h->rules, h->it.row.account, h->it.row.id,
	    not_me ? ASK_EXIT_NOT_ME : ASK_EXIT_DECLINE);
}

enum err
ask_hear(const struct call *call, const struct ask_rules *rules,
    const struct ask_message *message, struct ask_heard *out, struct why *why)
{
	struct hearing h = {
		.call = call, .rules = rules, .message = message, .text = message->text
	};
	struct ask_form form;
	struct ask_form_read read;

	*out = (struct ask_heard){ 0 };
	TRY(find(&h));
	TRY(drop_wrong_code(&h));
	out->account = h.it.row.account;
	out->ask = h.it.row.id;
	out->lang = h.it.row.lang;
	out->asker = h.who.asker;
	form = ask_form_of(call->arena, h.who.wanted, h.who.wanted_count,
	    !str_same(h.it.row.channel, ask_by_word(ASK_BY_MAIL)), h.it.row.lang);
	ask_form_read(call->arena, &form, h.text, &read);
	if (read.says != ASK_FORM_VALUES)
		return leave(&h, read.says, out);
	return answer(&h, &read, out, why);
}

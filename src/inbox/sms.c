/*
 * sms.c - an SMS somebody sent us.
 *
 * A number proves nothing of its sender (A3): a command waits until the code that went to
 * that very number has come back from it, and before that nothing of any book is read.
 * A number no account has verified gets no answer and costs no look-up.
 */
#include "ask/texts.h"
#include "auth/auth.h"
#include "courier/courier.h"
#include "inbox/inbox_int.h"
#include "phone/phone.h"
#include "store/store.h"

#define KIND           STR("tel") /* of identifiers, as in store/account.h */
#define LIST_MAX_BYTES ((size_t)200)

struct talk {
	const struct inbox *inbox;
	const struct call *call;
	str number;               /* E.164, whom we talk to */
	struct auth_account from; /* who has verified it */
	str rest;                 /* of the message, behind its command */
};

/* --- answering --- */

struct reply {
	const struct talk *talk;
	struct courier_letter letter;
};

/* An SMS, unless MMS is all there is. */
static enum courier_way
way_of(const struct ask_rules *rules)
{
	return rules->mms && !rules->sms ? COURIER_MMS : COURIER_SMS;
}

static struct courier_letter
letter_of(const struct talk *t, enum ask_text which, const struct ask_hole *holes,
    size_t count)
{
	str lang = t->from.lang.len ? t->from.lang : t->inbox->rules->lang;

	return (struct courier_letter){
		.way = way_of(t->inbox->rules),
		.account = t->from.id,
		.to = t->number,
		.text = ask_text(t->call->arena, lang, which, holes, count),
		.lang = lang,
	};
}

static enum err
post_in(struct store_tx *tx, void *arg)
{
	const struct reply *r = arg;
	int64_t letter;

	return courier_post(tx, r->talk->call, &r->letter, &letter);
}

static enum err
answer(const struct talk *t, enum ask_text which, const struct ask_hole *holes,
    size_t count)
{
	struct reply reply = { .talk = t, .letter = letter_of(t, which, holes, count) };

	return store_write(t->call->store, post_in, &reply);
}

/* --- "STOP": anyone may, and hears of it once --- */

static enum err
stop_in(struct store_tx *tx, void *arg)
{
	const struct talk *t = arg;
	struct courier_letter letter = letter_of(t, ASK_T_STOPPED, NULL, 0);
	int64_t id;
	bool fresh;

	TRY(ask_block_in(tx, t->call, t->inbox->rules, t->number, &fresh));
	return fresh ? courier_post(tx, t->call, &letter, &id) : OK;
}

/* --- "更新 ...": a challenge --- */

static enum err
challenge_in(struct store_tx *tx, void *arg)
{
	const struct talk *t = arg;
	const struct auth_challenge challenge = { KIND, t->number, t->rest };
	struct ask_hole hole = { .name = "code" };
	struct courier_letter letter;
	int64_t id;

	TRY(auth_challenge_make_in(tx, t->call, &challenge, &hole.value));
	letter = letter_of(t, ASK_T_CHALLENGE_SMS, &hole, 1);
	return courier_post(tx, t->call, &letter, &id);
}

static enum err
take_ask(struct talk *t)
{
	enum err e = store_write(t->call->store, challenge_in, t);

	return e == ERR_LIMIT ? OK : e; /* enough SMS for today */
}

/* --- the code: the command is his --- */

static str
names_of(const struct talk *t, const struct book_hits *hits)
{
	struct buf out = buf_in(t->call->arena, LIST_MAX_BYTES);

	for (size_t i = 0; i < hits->count; i++) {
		str fn = hits->list[i].card.fn;

		if (out.len + fn.len + 4 > LIST_MAX_BYTES)
			break;
		if (out.len)
			buf_add(&out, STR(", "));
		buf_add(&out, fn);
	}
	return buf_str(&out);
}

static enum err
carry_out(struct talk *t, str whom)
{
	struct call call = *t->call;
	const struct ask_draft draft = { .whom = whom };
	struct ask_opened opened = { 0 };
	struct why why = { 0 };
	struct ask_hole holes[] = { { "typed", whom }, { "name", whom },
		{ "list", { 0 } } };
	enum err e;

	call.who = t->from.id;
	e = ask_open(&call, t->inbox->rules, &draft, &opened, &why);
	if (opened.fn.len)
		holes[1].value = opened.fn;
	holes[2].value = names_of(t, &opened.candidates);
	switch ((int)e) {
	case OK: return answer(t, ASK_T_ASKED, holes, INBOX_COUNT(holes));
	case ERR_SEVERAL: return answer(t, ASK_T_SEVERAL, holes, INBOX_COUNT(holes));
	case ERR_UNSUPPORTED: return answer(t, ASK_T_NO_WAY, holes, INBOX_COUNT(holes));
	case ERR_NOT_FOUND:
		return answer(t, opened.fn.len ? ASK_T_NO_WAY : ASK_T_NONE, holes,
		    INBOX_COUNT(holes));
	default: return e;
	}
}

static enum err
take_code(struct talk *t)
{
	int64_t account;
	str whom;
	enum err e =
	    auth_challenge_answer(t->call, KIND, t->number, t->rest, &account, &whom);

	if (e == ERR_NOT_FOUND)
		return OK; /* nothing waits: a four-digit remark */
	if (e == ERR_WHO)
		return answer(t, ASK_T_WRONG_CODE, NULL, 0);
	TRY(e);
	t->from.id = account;
	return carry_out(t, whom);
}

static enum err
take_help(struct talk *t)
{
	return answer(t, ASK_T_HELP, NULL, 0);
}

/* What an account may say; there is no row for silence. */
static const struct {
	enum inbox_word word;
	enum err (*take)(struct talk *t);
} commands[] = {
	{ INBOX_ASK, take_ask },
	{ INBOX_CODE, take_code },
	{ INBOX_HELP, take_help },
};

/* A '+' that the gateway forgot to encode has become a blank. */
static bool
read_sender(const struct inbox *inbox, const struct call *call, str from, str *out)
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
	struct talk talk = { .inbox = inbox, .call = call };
	enum inbox_word word = inbox_word_read(call->arena, sms->text, &talk.rest);
	enum err e;

	if (word == INBOX_NOTHING || !read_sender(inbox, call, sms->from, &talk.number))
		return OK;
	e = auth_account_by_identifier(call, KIND, talk.number, &talk.from);
	if (e != OK)
		talk.from = (struct auth_account){ 0 };
	if (word == INBOX_STOP)
		return store_write(call->store, stop_in, &talk);
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	for (size_t i = 0; i < INBOX_COUNT(commands); i++)
		if (commands[i].word == word)
			return commands[i].take(&talk);
	return OK;
}

/*
 * talk.c - what a person sent us, by SMS, MMS or mail: a command, a code, a word that stops
 * everything, or the reply to a notice.
 *
 * A number or address proves nothing of its sender (A3): a command waits until the code that
 * went to it has come back from it, and before that nothing of any book is read.  Only a
 * mail that its sender's server vouches for, to the account's own secret address, needs no
 * code.  A card that is no answer is a command, too: its contact is to be asked.
 * A number no account has verified can give no command; what it says may be the reply
 * to a notice, which is judged by ask_hear().  Any other number hears nothing.
 */
#include "ask/texts.h"
#include "auth/auth.h"
#include "courier/courier.h"
#include "inbox/inbox_int.h"
#include "store/store.h"

#define LIST_MAX_BYTES ((size_t)200)
#define DAY_MS         ((int64_t)24 * 3600 * 1000)

/* Identifiers as in store/account.h; and how often a day somebody is told that his reply
 * was understood or not: of a machine that answers by itself this is an end. */
static const struct {
	str kind;
	int64_t replies_per_day;
} ways[COURIER_WAY_COUNT] = {
	[COURIER_SMS] = { STR_CONST("tel"), 10 },
	[COURIER_MMS] = { STR_CONST("tel"), 10 },
	[COURIER_MAIL] = { STR_CONST("email"), 1 },
};

struct talk {
	const struct inbox *inbox;
	const struct call *call;
	const struct inbox_said *said;
	struct auth_account from; /* who has verified the sender's number or address */
	str rest;                 /* of the message, behind its command */
};

/* --- answering --- */

struct reply {
	const struct talk *talk;
	struct courier_letter letter;
};

/* Phones are answered by SMS, unless MMS is all there is. */
static enum courier_way
way_back(const struct talk *t)
{
	const struct ask_rules *rules = t->inbox->rules;

	if (t->said->way == COURIER_MAIL)
		return COURIER_MAIL;
	return rules->mms && !rules->sms ? COURIER_MMS : COURIER_SMS;
}

static str
subject_of(const struct talk *t, str lang)
{
	if (t->said->subject.len)
		return arena_printf(
		    t->call->arena, "Re: " STR_FMT, STR_ARG(t->said->subject));
	return ask_text(t->call->arena, lang, ASK_T_CHALLENGE_SUBJECT, NULL, 0);
}

static struct courier_letter
letter_of(const struct talk *t, enum ask_text which, const struct ask_hole *holes,
    size_t count)
{
	str lang = t->from.lang.len ? t->from.lang : t->inbox->rules->lang;
	struct courier_letter letter = {
		.way = way_back(t),
		.account = t->from.id,
		.to = t->said->from,
		.text = ask_text(t->call->arena, lang, which, holes, count),
		.lang = lang,
	};

	if (t->said->way == COURIER_MAIL) {
		letter.subject = subject_of(t, lang);
		letter.from_name = t->inbox->rules->server_name;
		letter.reply_to = t->inbox->rules->reply_to;
	}
	return letter;
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

/* The same, but not to one who got enough of them today. */
static enum err
acknowledge_in(struct store_tx *tx, void *arg)
{
	const struct reply *r = arg;
	int64_t since_ms = r->talk->call->now_ms - DAY_MS;
	int64_t count;

	TRY(courier_count_to(tx, r->letter.way, r->letter.to, since_ms, &count));
	if (count >= ways[r->letter.way].replies_per_day)
		return OK;
	return post_in(tx, arg);
}

static enum err
acknowledge(const struct talk *t, enum ask_text which, str asker)
{
	const struct ask_hole hole = { "asker", asker };
	struct reply reply = { .talk = t, .letter = letter_of(t, which, &hole, 1) };

	return store_write(t->call->store, acknowledge_in, &reply);
}

/* --- "STOP": anyone may, and hears of it once --- */

static enum err
stop_in(struct store_tx *tx, void *arg)
{
	const struct talk *t = arg;
	struct courier_letter letter = letter_of(t, ASK_T_STOPPED, NULL, 0);
	int64_t id;
	bool fresh;

	TRY(ask_block_in(tx, t->call, t->inbox->rules, t->said->from, &fresh));
	return fresh ? courier_post(tx, t->call, &letter, &id) : OK;
}

/* --- "更新 ...": a challenge --- */

static enum err
challenge_in(struct store_tx *tx, void *arg)
{
	const struct talk *t = arg;
	bool mail = t->said->way == COURIER_MAIL;
	const struct auth_challenge challenge = { ways[t->said->way].kind,
		t->said->from, t->rest };
	struct ask_hole hole = { .name = "code" };
	struct courier_letter letter;
	int64_t id;

	TRY(auth_challenge_make_in(tx, t->call, &challenge, &hole.value));
	letter =
	    letter_of(t, mail ? ASK_T_CHALLENGE_MAIL : ASK_T_CHALLENGE_SMS, &hole, 1);
	return courier_post(tx, t->call, &letter, &id);
}

/* --- the command, once it is known to be his --- */

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
take_ask(struct talk *t)
{
	enum err e;

	if (t->said->is_his)
		return carry_out(t, t->rest);
	e = store_write(t->call->store, challenge_in, t);
	return e == ERR_LIMIT ? OK : e; /* enough for today */
}

static enum err
take_code(struct talk *t)
{
	int64_t account;
	str whom;
	enum err e = auth_challenge_answer(
	    t->call, ways[t->said->way].kind, t->said->from, t->rest, &account, &whom);

	if (e == ERR_NOT_FOUND)
		return OK; /* nothing waits: a four-digit remark */
	if (e == ERR_WHO)
		return answer(t, ASK_T_WRONG_CODE, NULL, 0);
	TRY(e);
	t->from.id = account;
	return carry_out(t, whom);
}

/* --- a contact, shared with us from a contacts program --- */

static enum err
take_shared(struct talk *t)
{
	t->rest = ask_whom_of_card(t->call->arena, t->said->cards[0], t->from.region);
	return t->rest.len ? take_ask(t) : OK;
}

/* --- anything else: a reply to a notice, maybe --- */

static enum err
take_reply(struct talk *t)
{
	const struct inbox_said *said = t->said;
	struct ask_message message = { .from = said->from,
		.token = said->token,
		.proven = said->proven,
		.text = said->text,
		.card_count = said->card_count,
		.picture = said->picture };
	struct ask_heard heard;
	struct why why = { 0 };
	enum err e;

	for (size_t i = 0; i < said->card_count; i++)
		message.cards[i] = said->cards[i];
	e = ask_hear(t->call, t->inbox->rules, &message, &heard, &why);
	t->from.lang = heard.lang;
	switch ((int)e) {
	case OK: return heard.taken ? acknowledge(t, ASK_T_THANKS, heard.asker) : OK;
	case ERR_SEVERAL: return acknowledge(t, ASK_T_WHICH, (str){ 0 });
	case ERR_BAD_INPUT: return acknowledge(t, ASK_T_UNREADABLE, (str){ 0 });
	case ERR_NOT_FOUND:
	case ERR_GONE: /* no reply to anything */
		return t->from.id && said->card_count ? take_shared(t) : OK;
	default: return e;
	}
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

enum err
inbox_talk(
    const struct inbox *inbox, const struct call *call, const struct inbox_said *said)
{
	struct talk talk = { .inbox = inbox, .call = call, .said = said };
	enum inbox_word word = inbox_word_read(call->arena, said->command, &talk.rest);
	enum err e = auth_account_by_identifier(
	    call, ways[said->way].kind, said->from, &talk.from);

	if (e != OK)
		talk.from = (struct auth_account){ 0 };
	if (word == INBOX_STOP && said->token.len)
		return ask_leave(call, inbox->rules, said->token, ASK_EXIT_BLOCK_ALL);
	if (word == INBOX_STOP)
		return store_write(call->store, stop_in, &talk);
	if (word == INBOX_NOTHING && said->is_his && said->card_count)
		return take_shared(&talk);
	if (e == ERR_NOT_FOUND || word == INBOX_NOTHING || said->token.len)
		return take_reply(&talk);
	TRY(e);
	for (size_t i = 0; i < INBOX_COUNT(commands); i++)
		if (commands[i].word == word)
			return commands[i].take(&talk);
	return OK;
}

/* mail.c - a mail somebody sent us, or a machine. */
#include "inbox/mail.h"

#include "auth/auth.h"
#include "inbox/inbox_int.h"
#include "mime/reply.h"
#include "picture/picture.h"

#define OWNER_MARK STR("me.") /* of an account's secret address: "ask+me.SECRET@" */
#define ID_HEAD    STR("kith.")

struct mail {
	const struct inbox *inbox;
	const struct call *call;
	struct mime_reply read;
	struct inbox_said said;
};

/* --- reports --- */

/* The number of the letter in the Message-ID the courier gave it. */
static bool
letter_of(str message_id, int64_t *out)
{
	str local = str_cut(&message_id, '@');

	return str_starts(local, ID_HEAD) &&
	       str_number(str_part(local, ID_HEAD.len, local.len), out);
}

static enum err
take_report(const struct mail *m)
{
	const struct mime_bounce *bounce = &m->read.bounce;
	int64_t letter;

	if (!letter_of(bounce->message_id, &letter))
		return OK;
	for (size_t i = 0; i < bounce->count; i++) {
		const struct mime_recipient *to = &bounce->recipients[i];
		enum err e = OK;

		if (to->action == MIME_FAILED || to->action == MIME_DELIVERED)
			e = inbox_fate_take(m->call, letter, to->address,
			    to->action == MIME_FAILED ? COURIER_LOST
						      : COURIER_DELIVERED,
			    to->words);
		if (e != OK && e != ERR_NOT_FOUND)
			return e;
	}
	return OK;
}

/* --- which of our addresses it went to --- */

/* What stands between '+' and '@' of an address that is ours. */
static bool
tag_of(const struct mail *m, str address, str *out)
{
	str domain = m->inbox->rules->reply_to;
	str local = str_cut(&domain, '@');
	str its_domain = address;
	str tag = str_cut(&its_domain, '@');
	str its_local = str_cut(&tag, '+');

	*out = tag;
	return tag.len && str_same_nocase(its_local, local) &&
	       str_same_nocase(its_domain, domain);
}

static bool
is_known_token(const struct mail *m, str token)
{
	struct ask_peek peek;

	return ask_peek(m->call, token, &peek) == OK;
}

static void
read_recipients(struct mail *m)
{
	str secret = { 0 };
	struct auth_account from;

	for (size_t i = 0; i < m->read.to.count; i++) {
		str tag;

		if (!tag_of(m, m->read.to.at[i], &tag))
			continue;
		if (str_starts(tag, OWNER_MARK))
			secret = str_part(tag, OWNER_MARK.len, tag.len);
		else if (!m->said.token.len && is_known_token(m, tag))
			m->said.token = tag;
	}
	m->said.is_his = secret.len && m->said.proven &&
			 auth_account_by_identifier(
			     m->call, STR("email"), m->said.from, &from) == OK &&
			 str_same(secret, ask_owner_secret(m->call->arena,
					      m->inbox->rules, from.id));
}

/* --- what it says --- */

static str
first_line(str text)
{
	return str_trim(str_cut(&text, '\n'));
}

/* A fresh mail commands by its subject, an answer to one of ours by its words. */
static str
command_of(const struct mail *m)
{
	str rest;

	if (m->read.in_reply_to.len || m->said.token.len)
		return first_line(m->read.text);
	if (inbox_word_read(m->call->arena, m->read.subject, &rest) != INBOX_NOTHING)
		return m->read.subject;
	return first_line(m->read.text);
}

static str
picture_of(const struct mail *m)
{
	str jpeg = { 0 };

	if (m->read.image.len &&
	    picture_shrink(m->call->arena, m->read.image, &jpeg) == OK)
		return jpeg;
	return (str){ 0 };
}

static void
fill_said(struct mail *m)
{
	const struct mime_reply *read = &m->read;

	m->said = (struct inbox_said){
		.way = COURIER_MAIL,
		.from = read->from,
		.text = read->text,
		.subject = read->subject,
		.proven = read->proof == MIME_PROVEN,
	};
	for (size_t i = 0; i < read->cards.count && i < ASK_MESSAGE_MAX_CARDS; i++)
		m->said.cards[m->said.card_count++] = read->cards.at[i];
	read_recipients(m);
	m->said.command = command_of(m);
	m->said.picture = picture_of(m);
}

enum err
inbox_mail_take(const struct inbox *inbox, const struct call *call, str trusted,
    str bytes, struct why *why)
{
	struct mail m = { .inbox = inbox, .call = call };

	TRY(mime_read(call->arena, bytes, trusted, &m.read, why));
	if (m.read.bounce.is)
		return take_report(&m);
	if (m.read.automatic || !m.read.from.len || m.read.proof == MIME_FORGED)
		return OK;
	fill_said(&m);
	return inbox_talk(inbox, call, &m.said);
}

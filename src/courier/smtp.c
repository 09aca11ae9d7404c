/* smtp.c - mail: one letter, one message, one recipient. */
#include "courier/attach_int.h"
#include "courier/gate_int.h"
#include "mime/mime.h"
#include "wire/wire.h"

enum err
smtp_check(const struct courier_setup *setup, struct why *why)
{
	if (str_has(setup->smtp.from, '@'))
		return OK;
	why->what = "[smtp] from: mail needs a sender's address";
	why->name = setup->smtp.from;
	return ERR_BAD_INPUT;
}

static str
domain_of(str address)
{
	(void)str_cut(&address, '@');
	return address;
}

/* The owner's name, and whose server speaks for him. */
static str
shown_name(const struct courier_smtp *smtp, struct arena *arena, str name)
{
	if (!name.len || !smtp->server_name.len)
		return name.len ? name : smtp->server_name;
	return arena_printf(
	    arena, STR_FMT " (" STR_FMT ")", STR_ARG(name), STR_ARG(smtp->server_name));
}

/* A bounce comes back to an address that names the letter. */
static str
envelope_from(const struct courier_smtp *smtp, struct arena *arena, int64_t id)
{
	size_t hole = str_find(smtp->bounce, STR("{id}"));

	if (hole == SIZE_MAX)
		return smtp->bounce.len ? smtp->bounce : smtp->from;
	return arena_printf(arena, STR_FMT "%lld" STR_FMT,
	    STR_ARG(str_part(smtp->bounce, 0, hole)), (long long)id,
	    STR_ARG(
		str_part(smtp->bounce, hole + sizeof "{id}" - 1, smtp->bounce.len)));
}

static enum err
read_parts(
    struct arena *arena, const struct store_letter *letter, struct mime_mail *mail)
{
	struct courier_part *parts;
	struct mime_part *out;

	TRY(attach_read(arena, letter->parts, &parts, &mail->part_count));
	mail->parts = out = ARENA_ARRAY(arena, struct mime_part, mail->part_count);
	for (size_t i = 0; i < mail->part_count; i++)
		out[i] =
		    (struct mime_part){ parts[i].type, parts[i].name, parts[i].bytes };
	return OK;
}

static enum err
compose(const struct courier_smtp *smtp, const struct call *call,
    const struct store_letter *letter, str *out)
{
	struct why why = { 0 };
	struct mime_mail mail = {
		.from_name = shown_name(smtp, call->arena, letter->from_name),
		.from = smtp->from,
		.to = letter->to,
		.reply_to = letter->reply_to,
		.subject = letter->subject,
		/* Made of the letter's id alone: a second sending is the same mail. */
		.message_id = arena_printf(call->arena, "kith.%lld@" STR_FMT,
		    (long long)letter->id, STR_ARG(domain_of(smtp->from))),
		.text = letter->body,
		.lang = letter->lang,
		.unsubscribe = letter->stop_link,
		.date_ms = letter->made_ms,
	};

	TRY(read_parts(call->arena, letter, &mail));
	return mime_compose(call->arena, &mail, out, &why);
}

static struct gate_said
not_taken(struct arena *arena, enum err outcome, unsigned status)
{
	struct gate_said said = { .reply = GATE_LATER };

	if (!status) {
		said.words = STR("the mail server does not answer");
		said.down = true;
		return said;
	}
	if (outcome == ERR_FORBIDDEN)
		said.reply = GATE_NEVER;
	said.words = arena_printf(arena, "the mail server says %u", status);
	return said;
}

struct gate_said
smtp_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter)
{
	const struct courier_smtp *smtp = &setup->smtp;
	struct wire_mail mail = {
		.url = smtp->url,
		.username = smtp->username,
		.password = smtp->password,
		.tls = smtp->tls,
		.from = envelope_from(smtp, call->arena, letter->id),
		.to = letter->to,
		.inner = setup->local,
		.ca_file = smtp->ca_file,
	};
	struct why why = { 0 };
	unsigned status = 0;
	enum err e;

	if (compose(smtp, call, letter, &mail.message) != OK)
		return (struct gate_said){
			.reply = GATE_NEVER,
			.words = STR("it cannot be written as a mail"),
		};
	e = wire_smtp(call->arena, &mail, &status, &why);
	if (e != OK)
		return not_taken(call->arena, e, status);
	return (struct gate_said){ .reply = GATE_TAKEN };
}

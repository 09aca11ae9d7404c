/*
 * notice.c - what goes to a target: determined by kind and way, then generated.
 *
 * A notice names the owner by what he has verified, and carries the link, or a form, or
 * nothing more; of the card it carries no value.
 */
#include <string.h>

#include "ask/ask_int.h"
#include "ask/form.h"
#include "ask/texts.h"
#include "seal/seal.h"

#define OWNER_SECRET_BYTES 12
#define OWNER_MAX_RUNES    24 /* in an SMS: the text has to stay one part */
#define FIELDS_MAX_BYTES   ((size_t)1024)

static const str kind_words[ASK_KIND_COUNT] = {
	[ASK_KIND_AUTO] = STR_CONST("auto"),
	[ASK_ID] = STR_CONST("id"),
	[ASK_LINK] = STR_CONST("link"),
	[ASK_FORM] = STR_CONST("form"),
};

bool
ask_kind_read(str word, enum ask_kind *out)
{
	for (size_t i = 0; i < ASK_KIND_COUNT; i++)
		if (str_same(kind_words[i], word)) {
			*out = (enum ask_kind)i;
			return true;
		}
	return false;
}

str
ask_kind_word(enum ask_kind kind)
{
	return kind_words[kind];
}

enum ask_kind
ask_kind_settle(const struct ask_rules *rules, enum ask_kind kind, enum ask_by by)
{
	if (kind != ASK_KIND_AUTO)
		return kind;
	return by == ASK_BY_MAIL && rules->reply_to.len ? ASK_FORM : ASK_LINK;
}

/* "ask@kith.example" and a tag: "ask+TAG@kith.example". */
static str
tagged(struct arena *arena, str address, const char *mark, str tag)
{
	str domain = address;
	str local = str_cut(&domain, '@');

	if (!domain.len)
		return (str){ 0 };
	return arena_printf(arena, STR_FMT "+%s" STR_FMT "@" STR_FMT, STR_ARG(local),
	    mark, STR_ARG(tag), STR_ARG(domain));
}

str
ask_reply_address(struct arena *arena, const struct ask_rules *rules, str token)
{
	return tagged(arena, rules->reply_to, "", token);
}

str
ask_owner_secret(struct arena *arena, const struct ask_rules *rules, int64_t account)
{
	return seal_digest(arena, rules->block_key,
	    arena_printf(arena, "owner's address %lld", (long long)account),
	    OWNER_SECRET_BYTES);
}

str
ask_owner_address(struct arena *arena, const struct ask_rules *rules, int64_t account)
{
	return tagged(
	    arena, rules->reply_to, "me.", ask_owner_secret(arena, rules, account));
}

/* --- what the holes of the texts are filled with --- */

static str
field_list(struct arena *arena, const struct ask_notice *n)
{
	struct buf out = buf_in(arena, FIELDS_MAX_BYTES);
	str comma = str_same(n->lang, STR("en")) ? STR(", ") : STR("、");

	for (size_t i = 0; i < n->wanted_count; i++) {
		if (i)
			buf_add(&out, comma);
		buf_add(&out, ask_field_text(n->lang, n->wanted[i]));
	}
	return buf_str(&out);
}

enum { HOLES = 11 };

static void
fill_holes(struct arena *arena, const struct ask_notice *n, struct ask_hole *holes)
{
	bool sms = n->by == ASK_BY_SMS || n->by == ASK_BY_MMS;
	struct ask_form form =
	    ask_form_of(arena, n->wanted, n->wanted_count, sms, n->lang);
	const struct ask_hole filled[HOLES] = {
		{ "owner",
		    sms ? ask_clip(n->asker->name, OWNER_MAX_RUNES) : n->asker->name },
		{ "phone", n->asker->phone },
		{ "email", n->asker->email },
		{ "who", n->asker->phone.len ? n->asker->phone : n->asker->email },
		{ "say", n->say },
		{ "fields", field_list(arena, n) },
		{ "form",
		    sms ? ask_form_short(arena, &form) : ask_form_lines(arena, &form) },
		{ "code", n->code },
		{ "link", n->link },
		{ "stop", n->link },
		{ "server", n->server },
	};

	memcpy(holes, filled, sizeof filled);
}

/* --- one row per kind and way --- */

static const struct notice_row {
	enum ask_kind kind;
	enum ask_by by;
	enum ask_text text;
} notices[] = {
	{ ASK_ID, ASK_BY_SMS, ASK_T_ID_SMS },
	{ ASK_ID, ASK_BY_MMS, ASK_T_ID_SMS },
	{ ASK_ID, ASK_BY_MAIL, ASK_T_ID_MAIL },
	{ ASK_ID, ASK_BY_SELF, ASK_T_NOTICE_SELF },
	{ ASK_LINK, ASK_BY_SMS, ASK_T_NOTICE_SMS },
	{ ASK_LINK, ASK_BY_MMS, ASK_T_NOTICE_SMS },
	{ ASK_LINK, ASK_BY_MAIL, ASK_T_NOTICE_MAIL },
	{ ASK_LINK, ASK_BY_SELF, ASK_T_NOTICE_SELF },
	{ ASK_FORM, ASK_BY_SMS, ASK_T_FORM_SMS },
	{ ASK_FORM, ASK_BY_MMS, ASK_T_FORM_SMS },
	{ ASK_FORM, ASK_BY_MAIL, ASK_T_FORM_MAIL },
	{ ASK_FORM, ASK_BY_SELF, ASK_T_NOTICE_SELF },
};

static const struct notice_row *
determine(enum ask_kind kind, enum ask_by by)
{
	for (size_t i = 0; i < ASK_COUNT(notices); i++)
		if (notices[i].kind == kind && notices[i].by == by)
			return &notices[i];
	return NULL;
}

static void
address_mail(struct arena *arena, const struct ask_notice *n,
    const struct ask_hole *holes, struct courier_letter *out)
{
	out->way = COURIER_MAIL;
	out->subject = ask_text(arena, n->lang, ASK_T_NOTICE_SUBJECT, holes, HOLES);
	out->from_name = n->asker->name;
	out->reply_to = n->reply_to.len ? n->reply_to : n->asker->email;
	out->stop_link = n->link;
}

/* The same form as an empty card, for those who would rather fill in that, or send back
 * their own in its place. */
static void
attach_form(struct arena *arena, const struct ask_notice *n, struct courier_letter *out)
{
	struct courier_part *part = ARENA_NEW(arena, struct courier_part);
	struct ask_form form = ask_form_of(
	    arena, n->wanted, n->wanted_count, n->by == ASK_BY_MMS, n->lang);

	*part = (struct courier_part){ .type = STR("text/x-vcard"),
		.name = STR("contact.vcf"),
		.bytes = ask_form_card(arena, &form) };
	out->parts = part;
	out->part_count = 1;
}

enum err
ask_notice_make(
    struct arena *arena, const struct ask_notice *notice, struct courier_letter *out)
{
	const struct notice_row *row = determine(notice->kind, notice->by);
	struct ask_hole holes[HOLES];

	if (!row)
		return ERR_UNSUPPORTED;
	fill_holes(arena, notice, holes);
	*out = (struct courier_letter){ .way = COURIER_SMS,
		.to = notice->to,
		.lang = notice->lang,
		.text = ask_text(arena, notice->lang, row->text, holes, HOLES) };
	if (notice->by == ASK_BY_MAIL)
		address_mail(arena, notice, holes, out);
	if (notice->by == ASK_BY_MMS) {
		out->way = COURIER_MMS;
		out->subject =
		    ask_text(arena, notice->lang, ASK_T_NOTICE_SUBJECT, holes, HOLES);
	}
	if (notice->kind == ASK_FORM &&
	    (notice->by == ASK_BY_MAIL || notice->by == ASK_BY_MMS))
		attach_form(arena, notice, out);
	return OK;
}

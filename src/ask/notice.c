/*
 * notice.c - what goes to a target: determined by kind and way, then generated.
 *
 * A notice names the owner by what he has verified and carries the link; of the card it
 * carries nothing.
 */
#include "ask/ask_int.h"
#include "ask/texts.h"

#define OWNER_MAX_RUNES  24 /* in an SMS: the text has to stay one part */
#define FIELDS_MAX_BYTES ((size_t)1024)

static const str kind_words[ASK_KIND_COUNT] = {
	[ASK_LINK] = STR_CONST("link"),
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

static void
link_by_sms(struct arena *arena, const struct ask_notice *n, struct courier_letter *out)
{
	const struct ask_hole holes[] = {
		{ "owner", ask_clip(n->asker->name, OWNER_MAX_RUNES) },
		{ "link", n->link },
	};

	out->way = COURIER_SMS;
	out->text = ask_text(arena, n->lang, ASK_T_NOTICE_SMS, holes, ASK_COUNT(holes));
}

/* The same, and whose it is in the phone's list of messages. */
static void
link_by_mms(struct arena *arena, const struct ask_notice *n, struct courier_letter *out)
{
	const struct ask_hole hole = { "owner",
		ask_clip(n->asker->name, OWNER_MAX_RUNES) };

	link_by_sms(arena, n, out);
	out->way = COURIER_MMS;
	out->subject = ask_text(arena, n->lang, ASK_T_NOTICE_SUBJECT, &hole, 1);
}

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

static void
link_by_mail(
    struct arena *arena, const struct ask_notice *n, struct courier_letter *out)
{
	const struct ask_hole holes[] = {
		{ "owner", n->asker->name },
		{ "phone", n->asker->phone },
		{ "email", n->asker->email },
		{ "say", n->say },
		{ "fields", field_list(arena, n) },
		{ "link", n->link },
		{ "stop", n->link },
		{ "server", n->server },
	};

	out->way = COURIER_MAIL;
	out->subject =
	    ask_text(arena, n->lang, ASK_T_NOTICE_SUBJECT, holes, ASK_COUNT(holes));
	out->text =
	    ask_text(arena, n->lang, ASK_T_NOTICE_MAIL, holes, ASK_COUNT(holes));
	out->from_name = n->asker->name;
	out->reply_to = n->asker->email;
	out->stop_link = n->link;
}

static void
link_by_self(
    struct arena *arena, const struct ask_notice *n, struct courier_letter *out)
{
	const struct ask_hole holes[] = { { "link", n->link } };

	out->text =
	    ask_text(arena, n->lang, ASK_T_NOTICE_SELF, holes, ASK_COUNT(holes));
}

struct notice_row {
	enum ask_kind kind;
	enum ask_by by;
	void (*generate)(struct arena *arena, const struct ask_notice *n,
	    struct courier_letter *out);
};

static const struct notice_row notices[] = {
	{ ASK_LINK, ASK_BY_SMS, link_by_sms },
	{ ASK_LINK, ASK_BY_MMS, link_by_mms },
	{ ASK_LINK, ASK_BY_MAIL, link_by_mail },
	{ ASK_LINK, ASK_BY_SELF, link_by_self },
};

static const struct notice_row *
determine(enum ask_kind kind, enum ask_by by)
{
	for (size_t i = 0; i < ASK_COUNT(notices); i++)
		if (notices[i].kind == kind && notices[i].by == by)
			return &notices[i];
	return NULL;
}

enum err
ask_notice_make(
    struct arena *arena, const struct ask_notice *notice, struct courier_letter *out)
{
	const struct notice_row *row = determine(notice->kind, notice->by);

	if (!row)
		return ERR_UNSUPPORTED;
	*out = (struct courier_letter){ .to = notice->to, .lang = notice->lang };
	row->generate(arena, notice, out);
	return OK;
}

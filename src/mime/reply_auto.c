/* reply_auto.c - mails nobody wrote: RFC 3834 2, 5; RFC 2919; what programs say besides. */
#include "mime/reply_int.h"

static bool
is_anything(str value)
{
	(void)value;
	return true;
}

static str
first_word(str value)
{
	size_t end = 0;

	while (end < value.len && !str_has(STR(" ;(\t"), value.at[end]))
		end++;
	return str_part(value, 0, end);
}

static bool
is_not_no(str value)
{
	return !str_same_nocase(first_word(value), STR("no"));
}

static bool
is_bulk(str value)
{
	str word = first_word(value);

	return str_same_nocase(word, STR("bulk")) ||
	       str_same_nocase(word, STR("list")) ||
	       str_same_nocase(word, STR("junk")) ||
	       str_same_nocase(word, STR("auto_reply"));
}

static bool
is_nobody(str value)
{
	return str_same(value, STR("<>"));
}

/* A name that ends in "-" stands for all that begin so. */
static const struct {
	str name;
	bool (*says)(str value);
	const char *why;
} signs[] = {
	{ STR_CONST("Auto-Submitted"), is_not_no, "auto-submitted" },
	{ STR_CONST("Precedence"), is_bulk, "precedence" },
	{ STR_CONST("List-"), is_anything, "list" },
	{ STR_CONST("Mailing-List"), is_anything, "list" },
	{ STR_CONST("X-Auto-Response-Suppress"), is_anything, "suppress" },
	{ STR_CONST("Return-Path"), is_nobody, "no-sender" },
	{ STR_CONST("X-Autoreply"), is_anything, "vacation" },
	{ STR_CONST("X-Autoreply-"), is_anything, "vacation" },
	{ STR_CONST("X-Autorespond"), is_anything, "vacation" },
	{ STR_CONST("X-Autoresponder"), is_anything, "vacation" },
	{ STR_CONST("X-Mail-Autoreply"), is_anything, "vacation" },
	{ STR_CONST("X-Vacation"), is_anything, "vacation" },
	{ STR_CONST("X-Failed-Recipients"), is_anything, "bounce" },
};

static bool
is_named(const struct mime_field *field, str name)
{
	str head = str_part(field->name, 0, name.len);

	return str_ends(name, STR("-")) ? str_same_nocase(head, name)
					: str_same_nocase(field->name, name);
}

static const char *
sign_in(struct arena *arena, const struct mime_field *field)
{
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (is_named(field, signs[i].name) &&
		    signs[i].says(mime_value(arena, field)))
			return signs[i].why;
	return NULL;
}

/* How programs begin the subject that forget the fields. */
static const str subjects[] = {
	STR_CONST("Automatic reply"),
	STR_CONST("Autoreply"),
	STR_CONST("Auto reply"),
	STR_CONST("Auto-reply"),
	STR_CONST("Out of Office"),
	STR_CONST("自动回复"),
	STR_CONST("自動回覆"),
	STR_CONST("自動回信"),
};

static bool
is_automatic_subject(str subject)
{
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
		if (str_same_nocase(str_part(subject, 0, subjects[i].len), subjects[i]))
			return true;
	return false;
}

const char *
mime_automatic(
    struct arena *arena, const struct mime_node *root, const struct mime_reply *reply)
{
	str local = reply->from;

	for (size_t i = 0; i < root->head.count; i++) {
		const char *why = sign_in(arena, &root->head.at[i]);

		if (why)
			return why;
	}
	/* Delivery reports, but also those of reading (RFC 8098). */
	if (str_same(root->type, STR("multipart/report")))
		return "report";
	if (str_same_nocase(str_cut(&local, '@'), STR("mailer-daemon")))
		return "no-sender";
	return is_automatic_subject(reply->subject) ? "subject" : NULL;
}

/* reply_who.c - who wrote to whom, about what: RFC 5322 3.6. */
#include <gmime/gmime.h>
#include <string.h>

#include "base/when.h"
#include "mime/compose_int.h"
#include "mime/reply_int.h"

#define ADDRESS_MAX_BYTES 254 /* RFC 5321 4.5.3.1.3, without the brackets */
#define GROUPS_DEEP       2   /* RFC 5322 3.4 knows no group in a group */

struct gathered {
	struct arena *arena;
	str *at;
	size_t count, all; /* all: with those beyond MIME_LIST_MAX */
	str name;          /* shown with the first one */
};

static struct gathered
nothing_yet(struct arena *arena)
{
	return (struct gathered){
		.arena = arena,
		.at = ARENA_ARRAY(arena, str, MIME_LIST_MAX),
	};
}

static struct mime_list
list_of(const struct gathered *some)
{
	return (struct mime_list){ some->at, some->count };
}

static bool
is_there(const struct gathered *some, str value)
{
	for (size_t i = 0; i < some->count; i++)
		if (str_same(some->at[i], value))
			return true;
	return false;
}

static void
gather(struct gathered *some, str value)
{
	if (is_there(some, value))
		return;
	some->all++;
	if (some->count < MIME_LIST_MAX)
		some->at[some->count++] = value;
}

/* An address without blanks and controls, its domain in lower case; empty: it is none. */
static str
address_of(struct arena *arena, const char *text)
{
	str address = str_of(text), local = address, domain;
	const char *at = text ? strrchr(text, '@') : NULL;

	if (!at || address.len > ADDRESS_MAX_BYTES || !str_is_utf8(address))
		return STR("");
	for (size_t i = 0; i < address.len; i++)
		if ((unsigned char)address.at[i] <= ' ' || address.at[i] == 0x7f ||
		    str_has(STR("<>,;"), address.at[i]))
			return STR("");
	local.len = (size_t)(at - text);
	domain = str_part(address, local.len + 1, address.len);
	if (!local.len || !domain.len)
		return STR("");
	return ARENA_JOIN(arena, local, STR("@"), mime_lower(arena, domain));
}

static void
gather_mailbox(struct gathered *some, InternetAddress *one)
{
	const char *text =
	    internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one));
	str address = address_of(some->arena, text);

	if (!address.len)
		return;
	if (!some->count)
		some->name = mime_clean_line(some->arena,
		    str_of(internet_address_get_name(one)), MIME_LINE_MAX_BYTES);
	gather(some, address);
}

static void
gather_list(struct gathered *some, InternetAddressList *list, unsigned depth)
{
	int count = list ? internet_address_list_length(list) : 0;

	for (int i = 0; i < count; i++) {
		InternetAddress *one = internet_address_list_get_address(list, i);

		if (INTERNET_ADDRESS_IS_MAILBOX(one))
			gather_mailbox(some, one);
		else if (INTERNET_ADDRESS_IS_GROUP(one) && depth < GROUPS_DEEP)
			gather_list(some,
			    internet_address_group_get_members(
				INTERNET_ADDRESS_GROUP(one)),
			    depth + 1);
	}
}

static void
gather_value(struct gathered *some, str value)
{
	InternetAddressList *list = internet_address_list_parse(NULL, value.at);

	gather_list(some, list, 0);
	if (list)
		g_object_unref(list);
}

static void
gather_field(struct gathered *some, const struct mime_head *head, str name)
{
	const struct mime_field *field;
	size_t place = 0;

	while ((field = mime_head_next(head, name, &place)))
		gather_value(some, mime_value(some->arena, field));
}

struct mime_list
mime_addresses(struct arena *arena, str value)
{
	struct gathered some = nothing_yet(arena);

	gather_value(&some, value);
	return list_of(&some);
}

/* The next id between < and > that could be written again; false: no more. */
static bool
next_id(str *rest, str *out)
{
	while (str_has(*rest, '<')) {
		(void)str_cut(rest, '<');
		if (!str_has(*rest, '>'))
			return false;
		*out = str_trim(str_cut(rest, '>'));
		if (mime_is_id(*out))
			return true;
	}
	return false;
}

str
mime_id(str value)
{
	str rest = value, id;

	if (next_id(&rest, &id))
		return id;
	return mime_is_id(value) ? value : STR("");
}

/* The newest ones, if there are too many: they stand last. */
static struct mime_list
ids(struct arena *arena, str value)
{
	struct gathered some = nothing_yet(arena);
	str rest = value, id;

	while (next_id(&rest, &id)) {
		if (some.count == MIME_LIST_MAX)
			memmove(some.at, some.at + 1, --some.count * sizeof *some.at);
		gather(&some, id);
	}
	return list_of(&some);
}

static int64_t
date_ms(str value)
{
	GDateTime *date = value.len ? g_mime_utils_header_decode_date(value.at) : NULL;
	int64_t at_ms;

	if (!date)
		return 0;
	at_ms = g_date_time_to_unix(date) * WHEN_SECOND_MS;
	g_date_time_unref(date);
	return at_ms;
}

size_t
mime_who_read(struct arena *arena, const struct mime_head *head, struct mime_reply *out)
{
	struct gathered from = nothing_yet(arena), to = nothing_yet(arena);

	gather_field(&from, head, STR("From"));
	out->from = from.count ? from.at[0] : STR("");
	out->from_name = from.name;
	gather_field(&to, head, STR("Delivered-To"));
	gather_field(&to, head, STR("X-Original-To"));
	gather_field(&to, head, STR("Envelope-To")); /* Exim's */
	gather_field(&to, head, STR("To"));
	gather_field(&to, head, STR("Cc"));
	out->to = list_of(&to);
	out->subject = mime_decoded_line(
	    arena, mime_head_value(arena, head, STR("Subject")), MIME_LINE_MAX_BYTES);
	out->message_id = mime_id(mime_head_value(arena, head, STR("Message-ID")));
	out->in_reply_to = mime_id(mime_head_value(arena, head, STR("In-Reply-To")));
	out->references = ids(arena, mime_head_value(arena, head, STR("References")));
	out->date_ms = date_ms(mime_head_value(arena, head, STR("Date")));
	return from.all;
}

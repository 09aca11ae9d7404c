/* reply_bounce.c - a mail of ours that did not arrive: RFC 3464, 6522, 6533. */
#include <gmime/gmime.h>

#include "mime/reply_int.h"

static bool
is_status(const struct mime_node *node)
{
	return str_same(node->type, STR("message/delivery-status")) ||
	       str_same(node->type, STR("message/global-delivery-status"));
}

static const str returned_types[] = {
	STR_CONST("message/rfc822"),
	STR_CONST("message/global"),
	STR_CONST("text/rfc822-headers"),
	STR_CONST("message/rfc822-headers"),
	STR_CONST("message/global-headers"),
};

static bool
is_returned(const struct mime_node *node)
{
	for (size_t i = 0; i < sizeof returned_types / sizeof *returned_types; i++)
		if (str_same(node->type, returned_types[i]))
			return true;
	return false;
}

/* The mail that came back, or its header, may have blank lines before it. */
static str
returned_id(struct arena *arena, const struct mime_node *root)
{
	const struct mime_node *node = mime_node_find(root, is_returned);
	struct mime_head head;
	str bytes;

	if (!node)
		return STR("");
	bytes = str_trim(mime_node_bytes(arena, node));
	head = mime_head_read(arena, &bytes);
	return mime_id(mime_head_value(arena, &head, STR("Message-ID")));
}

static enum mime_action
action_of(str word)
{
	static const struct {
		str word;
		enum mime_action action;
	} actions[] = {
		{ STR_CONST("failed"), MIME_FAILED },
		{ STR_CONST("delayed"), MIME_DELAYED },
		{ STR_CONST("delivered"), MIME_DELIVERED },
		{ STR_CONST("relayed"), MIME_DELIVERED },
		{ STR_CONST("expanded"), MIME_DELIVERED },
	};

	word = str_trim(str_cut(&word, '('));
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (str_same_nocase(word, actions[i].word))
			return actions[i].action;
	return MIME_OTHER;
}

/* "5.1.1 (no such user)" without what stands behind; empty if it is no status. */
static str
status_of(str value)
{
	size_t end = 0, dots = 0;

	while (end < value.len &&
	       (value.at[end] == '.' || (value.at[end] >= '0' && value.at[end] <= '9')))
		dots += value.at[end++] == '.';
	return dots == 2 && end <= sizeof "5.999.999" - 1 ? str_part(value, 0, end)
							  : STR("");
}

/* "rfc822; li@example.com": what stands behind the type. */
static str
behind_type(str value)
{
	str rest = value;

	if (!str_has(value, ';'))
		return value;
	(void)str_cut(&rest, ';');
	return str_trim(rest);
}

static str
address_in(struct arena *arena, str value)
{
	struct mime_list found = mime_addresses(arena, arena_copy(arena, value));

	return found.count ? found.at[0] : STR("");
}

/* Fields of one recipient; false for a block that names none. */
static bool
read_recipient(
    struct arena *arena, const struct mime_head *block, struct mime_recipient *out)
{
	str final = mime_head_value(arena, block, STR("Final-Recipient"));
	str words = mime_head_value(arena, block, STR("Diagnostic-Code"));

	if (!final.len)
		final = mime_head_value(arena, block, STR("Original-Recipient"));
	*out = (struct mime_recipient){
		.address = address_in(arena, behind_type(final)),
		.action = action_of(mime_head_value(arena, block, STR("Action"))),
		.status = status_of(mime_head_value(arena, block, STR("Status"))),
		.words = mime_clean_line(arena,
		    mime_utf8(arena, behind_type(words), STR("")),
		    MIME_WORDS_MAX_BYTES),
	};
	return out->address.len > 0;
}

/* The first block is about the report itself, the others about one recipient each; some
 * servers leave the first out, so each is asked. */
static void
read_status(struct arena *arena, str text, struct mime_bounce *out)
{
	struct mime_recipient *all =
	    ARENA_ARRAY(arena, struct mime_recipient, MIME_LIST_MAX);

	for (size_t blocks = 0; text.len && blocks < MIME_LIST_MAX;) {
		size_t before = text.len;
		struct mime_head block = mime_head_read(arena, &text);

		blocks += block.count > 0;
		if (block.count && read_recipient(arena, &block, &all[out->count]))
			out->count++;
		if (text.len == before) /* a line that is no field */
			(void)str_cut(&text, '\n');
	}
	out->recipients = all;
}

/* Those that only name who did not get it, in a field of Exim's. */
static void
read_failed(struct arena *arena, const struct mime_head *head, struct mime_bounce *out)
{
	struct mime_list failed = mime_addresses(
	    arena, mime_head_value(arena, head, STR("X-Failed-Recipients")));
	struct mime_recipient *all =
	    ARENA_ARRAY(arena, struct mime_recipient, MIME_LIST_MAX);

	for (size_t i = 0; i < failed.count; i++)
		all[i] = (struct mime_recipient){
			.address = failed.at[i],
			.action = MIME_FAILED,
		};
	out->recipients = all;
	out->count = failed.count;
}

/* Written by a mail system: people forward mails whole, too. */
static bool
is_from_system(struct arena *arena, const struct mime_head *head, str from)
{
	str path = mime_head_value(arena, head, STR("Return-Path"));
	str local = str_cut(&from, '@');

	return str_same(path, STR("<>")) ||
	       str_same_nocase(local, STR("mailer-daemon")) ||
	       str_same_nocase(local, STR("postmaster"));
}

struct mime_bounce
mime_bounce_read(struct arena *arena, const struct mime_node *root, str from)
{
	const struct mime_node *status = mime_node_find(root, is_status);
	struct mime_bounce out = { 0 };

	if (str_same(root->type, STR("multipart/report")) && status) {
		out.is = true;
		out.message_id = returned_id(arena, root);
		read_status(arena, mime_node_bytes(arena, status), &out);
	} else if (is_from_system(arena, &root->head, from)) {
		out.message_id = returned_id(arena, root);
		out.is = out.message_id.len > 0;
		if (out.is)
			read_failed(arena, &root->head, &out);
	}
	return out;
}

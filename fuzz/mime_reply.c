/*
 * A mail that is read gives text that can be shown and nothing beyond its limits; what is
 * taken out of it as the writer's own words is left alone when it is read again as a mail of
 * its own, or becomes less, never more.
 */
#include "mime/mime.h"
#include "mime/reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
is_line(str value, size_t limit_bytes)
{
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.at[i] < ' ' || value.at[i] == 0x7f)
			return false;
	return value.len <= limit_bytes && str_is_utf8(value);
}

static void
check_list(struct mime_list list, bool are_addresses)
{
	must(list.count <= MIME_LIST_MAX);
	for (size_t i = 0; i < list.count; i++) {
		must(is_line(list.at[i], MIME_LINE_MAX_BYTES));
		must(!are_addresses || str_has(list.at[i], '@'));
	}
}

static void
check_bounce(const struct mime_reply *reply)
{
	must(!reply->bounce.is || reply->automatic);
	must(reply->bounce.count <= MIME_LIST_MAX);
	must(is_line(reply->bounce.message_id, MIME_LINE_MAX_BYTES));
	for (size_t i = 0; i < reply->bounce.count; i++) {
		const struct mime_recipient *one = &reply->bounce.recipients[i];

		must(str_has(one->address, '@'));
		must(is_line(one->words, MIME_WORDS_MAX_BYTES));
	}
}

static void
check_text(struct arena *arena, const struct mime_reply *reply)
{
	str text = reply->text;
	struct mime_reply again;
	struct why why;

	must(text.len <= MIME_TEXT_MAX_BYTES && str_is_utf8(text));
	must(!str_has(text, '\0') && !str_has(text, '\r'));
	must(text.len == str_trim(text).len);
	text = ARENA_JOIN(arena, STR("From: a@b.example\n\n"), text);
	must(mime_read(arena, text, STR(""), &again, &why) == OK);
	must(again.text.len <= reply->text.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool started;
	SCOPED(arena) arena = arena_open();
	struct mime_reply reply;
	struct why why = { 0 };

	if (!started)
		mime_start();
	started = true;
	if (mime_read(arena, (str){ (const char *)data, size }, STR("mx.example"),
		&reply, &why) != OK) {
		must(why.what);
		return 0;
	}
	must(is_line(reply.subject, MIME_LINE_MAX_BYTES));
	must(is_line(reply.from_name, MIME_LINE_MAX_BYTES));
	must(is_line(reply.message_id, MIME_LINE_MAX_BYTES));
	must(is_line(reply.in_reply_to, MIME_LINE_MAX_BYTES));
	check_list(reply.to, true);
	check_list(reply.references, false);
	must(reply.automatic == (reply.why_automatic != NULL));
	must(reply.proof == MIME_UNPROVEN || reply.from.len);
	must(reply.cards.count <= MIME_CARDS_MAX);
	must(reply.image.len <= MIME_IMAGE_MAX_BYTES);
	check_bounce(&reply);
	check_text(arena, &reply);
	return 0;
}

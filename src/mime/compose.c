/* compose.c - one notice as a message: RFC 5322, 2045, 2047, 3834, 8058. */
#include <gmime/gmime.h>

#include "base/base64.h"
#include "base/when.h"
#include "mime/compose_int.h"

#define ADDRESS_MAX_BYTES 254 /* RFC 5321 4.5.3.1.3, without the brackets */
#define VALUE_MAX_BYTES   ((size_t)2048)
#define ENCODED_MAX_BYTES ((size_t)8 * 1024)
#define LINES_MAX_BYTES   ((size_t)32 * 1024) /* of a header field of several lines */
#define BOUNDARY          "=_kith" /* "=_" stands in no base64 or quoted-printable */
#define WORD_MAX_BYTES    45 /* make 60 letters of base64, within 75 with their frame */

/* How header fields are read that hold bytes nobody declared; gmime copies the list. */
void
mime_start(void)
{
	static const char *guesses[] = { "utf-8", "gb18030", "iso-8859-1", NULL };

	g_mime_init();
	g_mime_parser_options_set_fallback_charsets(
	    g_mime_parser_options_get_default(), guesses);
}

/* A header's value: one line of UTF-8. */
static bool
is_clean(str value)
{
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.at[i] < ' ' || value.at[i] == 0x7f)
			return false;
	return value.len <= VALUE_MAX_BYTES && str_is_utf8(value);
}

/* An ASCII addr-spec that stands in a header as it is: dot-atoms, no quoting, no comments. */
static bool
is_address(str value)
{
	size_t at = str_find(value, STR("@"));

	if (at == SIZE_MAX || at == 0 || at + 1 == value.len ||
	    value.len > ADDRESS_MAX_BYTES)
		return false;
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] <= ' ' ||
		    str_has(STR("()<>[]:;,\\\"\x7f"), value.at[i]) ||
		    (value.at[i] == '@' && i != at))
			return false;
	return true;
}

static bool
is_url(str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] <= ' ' || str_has(STR("<>\x7f"), value.at[i]))
			return false;
	return value.len <= VALUE_MAX_BYTES && (str_starts(value, STR("https://")) ||
						   str_starts(value, STR("http://")));
}

/* An address by which to unsubscribe, perhaps with "?subject=...": RFC 6068, 2369. */
static bool
is_mailto(str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] <= ' ' || value.at[i] >= 0x7f ||
		    str_has(STR("<>,\""), value.at[i]))
			return false;
	return value.len <= VALUE_MAX_BYTES && str_starts(value, STR("mailto:")) &&
	       str_has(value, '@');
}

static bool
is_text(str value)
{
	return str_is_utf8(value) && !str_has(value, '\0');
}

/* NULL, or what cannot be written; *value is the thing. */
static const char *
trouble(const struct mime_mail *mail, str *value)
{
	const struct {
		const char *what;
		str value;
		bool (*fits)(str value);
		bool may_lack;
	} rules[] = {
		{ "the sender's address", mail->from, is_address, false },
		{ "the recipient's address", mail->to, is_address, false },
		{ "the address for replies", mail->reply_to, is_address, true },
		{ "the message's id", mail->message_id, is_address, false },
		{ "the id of the mail answered", mail->in_reply_to, mime_is_id, true },
		{ "the link to unsubscribe", mail->unsubscribe, is_url, true },
		{ "the address to unsubscribe", mail->unsubscribe_mailto, is_mailto,
		    true },
		{ "the sender's name", mail->from_name, is_clean, true },
		{ "the subject", mail->subject, is_clean, true },
		{ "the language", mail->lang, is_clean, true },
		{ "the text", mail->text, is_text, true },
	};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		*value = rules[i].value;
		if (value->len ? !rules[i].fits(*value) : !rules[i].may_lack)
			return rules[i].what;
	}
	for (size_t i = 0; i < mail->reference_count; i++) {
		*value = mail->references[i];
		if (!mime_is_id(*value))
			return "the id of a mail before";
	}
	for (size_t i = 0; i < mail->part_count; i++)
		if (mime_part_trouble(&mail->parts[i], value))
			return "a file sent along";
	return NULL;
}

/* A header line as it is: gmime would take the marks of a URL for something to encode. */
static void
add_raw(GMimeMessage *message, struct arena *arena, const char *name, str value)
{
	GMimeObject *object = GMIME_OBJECT(message);
	GMimeHeader *header;

	g_mime_object_set_header(object, name, "", NULL);
	header =
	    g_mime_header_list_get_header(g_mime_object_get_header_list(object), name);
	g_mime_header_set_raw_value(
	    header, arena_printf(arena, " " STR_FMT "\n", STR_ARG(value)).at);
}

/* Also false for what only looks encoded, so that it is shown as it was written. */
static bool
needs_no_encoding(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			return false;
	return str_find(text, STR("=?")) == SIZE_MAX;
}

/* How much of the text goes into one encoded word. */
static size_t
word_bytes(str text)
{
	str rest = text;
	size_t bytes = 0;

	while (rest.len) {
		(void)str_rune(&rest);
		if (text.len - rest.len > WORD_MAX_BYTES)
			break;
		bytes = text.len - rest.len;
	}
	return bytes;
}

/* As encoded words of at most 75 characters, each of whole code points (RFC 2047 2, 5).
 * gmime counts characters where the RFC counts what they become. */
static str
encoded(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, ENCODED_MAX_BYTES);

	while (text.len) {
		size_t bytes = word_bytes(text);

		buf_add(&out, out.len ? STR("\n =?UTF-8?B?") : STR("=?UTF-8?B?"));
		base64_add(&out, str_part(text, 0, bytes));
		buf_add(&out, STR("?="));
		text = str_part(text, bytes, text.len);
	}
	return buf_str(&out);
}

static void
add_address(GMimeMessage *message, struct arena *arena, GMimeAddressType type, str name,
    str address)
{
	const char *shown = name.len ? arena_copy(arena, name).at : NULL;

	if (address.len)
		g_mime_message_add_mailbox(
		    message, type, shown, arena_copy(arena, address).at);
}

static void
add_from(GMimeMessage *message, struct arena *arena, const struct mime_mail *mail)
{
	if (needs_no_encoding(mail->from_name))
		add_address(message, arena, GMIME_ADDRESS_TYPE_FROM, mail->from_name,
		    mail->from);
	else
		add_raw(message, arena, "From",
		    arena_printf(arena, STR_FMT "\n <" STR_FMT ">",
			STR_ARG(encoded(arena, mail->from_name)), STR_ARG(mail->from)));
}

static void
add_subject(GMimeMessage *message, struct arena *arena, str subject)
{
	if (needs_no_encoding(subject))
		g_mime_message_set_subject(
		    message, arena_copy(arena, subject).at, "utf-8");
	else
		add_raw(message, arena, "Subject", encoded(arena, subject));
}

/* One to a line: many ids make a long field. */
static void
add_id(struct buf *out, str id)
{
	buf_add(out, out->len ? STR("\n <") : STR("<"));
	buf_add(out, id);
	buf_add(out, STR(">"));
}

/* Which mails it answers, by which programs show them together: RFC 5322 3.6.4.  Of too
 * many the first stays, which began the talk, and the newest. */
static void
add_ids(GMimeMessage *message, struct arena *arena, const struct mime_mail *mail)
{
	struct buf out = buf_in(arena, LINES_MAX_BYTES);
	size_t count = mail->reference_count, skipped = 0;

	if (mail->in_reply_to.len)
		add_raw(message, arena, "In-Reply-To",
		    ARENA_JOIN(arena, STR("<"), mail->in_reply_to, STR(">")));
	if (count > MIME_SEND_IDS_MAX)
		skipped = count - MIME_SEND_IDS_MAX;
	for (size_t i = 0; i < count; i++)
		if (i == 0 || i > skipped)
			add_id(&out, mail->references[i]);
	if (count)
		add_raw(message, arena, "References", buf_str(&out));
}

/* By a link, by mail or by either (RFC 2369 3.2); a click is enough only for the link. */
static void
add_unsubscribe(
    GMimeMessage *message, struct arena *arena, const struct mime_mail *mail)
{
	struct buf out = buf_in(arena, LINES_MAX_BYTES);
	const str ways[] = { mail->unsubscribe, mail->unsubscribe_mailto };

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (ways[i].len)
			buf_addf(&out, "%s<" STR_FMT ">", out.len ? ",\n " : "",
			    STR_ARG(ways[i]));
	if (out.len)
		add_raw(message, arena, "List-Unsubscribe", buf_str(&out));
	if (mail->unsubscribe.len)
		add_raw(message, arena, "List-Unsubscribe-Post",
		    STR("List-Unsubscribe=One-Click")); /* RFC 8058 3.1 */
}

static void
add_fields(GMimeMessage *message, struct arena *arena, const struct mime_mail *mail)
{
	add_from(message, arena, mail);
	add_address(
	    message, arena, GMIME_ADDRESS_TYPE_REPLY_TO, STR(""), mail->reply_to);
	add_address(message, arena, GMIME_ADDRESS_TYPE_TO, STR(""), mail->to);
	add_subject(message, arena, mail->subject);
	/* The message takes the date over. */
	g_mime_message_set_date(
	    message, g_date_time_new_from_unix_utc(mail->date_ms / WHEN_SECOND_MS));
	g_mime_message_set_message_id(message, arena_copy(arena, mail->message_id).at);
	/* RFC 3834 5: keeps holiday answers from coming back. */
	add_raw(message, arena, "Auto-Submitted", STR("auto-generated"));
	if (mail->lang.len)
		add_raw(message, arena, "Content-Language", mail->lang);
	add_ids(message, arena, mail);
	add_unsubscribe(message, arena, mail);
}

/* The last line is ended too: gmime measures only lines that are. */
static str
with_line_end(struct arena *arena, str text)
{
	if (str_ends(text, STR("\n")))
		return text;
	return arena_printf(arena, STR_FMT "\n", STR_ARG(text));
}

static bool
is_ascii(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			return false;
	return true;
}

static GMimeObject *
text_part(str text)
{
	GMimePart *part = g_mime_part_new_with_type("text", "plain");
	GMimeStream *bytes = g_mime_stream_mem_new_with_buffer(text.at, text.len);
	GMimeDataWrapper *content =
	    g_mime_data_wrapper_new_with_stream(bytes, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_part_set_content(part, content);
	g_mime_object_set_content_type_parameter(
	    GMIME_OBJECT(part), "charset", "utf-8");
	g_object_unref(content);
	g_object_unref(bytes);
	return GMIME_OBJECT(part);
}

/* The text first, then the files.  The boundary is always the same, so that a second
 * sending is the same mail; hence nothing in it may stand as it is. */
static GMimeObject *
text_and_parts(struct arena *arena, const struct mime_mail *mail, GMimeObject *text)
{
	GMimeMultipart *all = g_mime_multipart_new_with_subtype("mixed");

	g_mime_multipart_set_boundary(all, BOUNDARY);
	g_mime_part_set_content_encoding(GMIME_PART(text),
	    is_ascii(mail->text) ? GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE
				 : GMIME_CONTENT_ENCODING_BASE64);
	g_mime_multipart_add(all, text);
	for (size_t i = 0; i < mail->part_count; i++) {
		GMimeObject *part = mime_part_object(arena, &mail->parts[i]);

		g_mime_multipart_add(all, part);
		g_object_unref(part);
	}
	g_object_unref(text);
	return GMIME_OBJECT(all);
}

static void
add_body(GMimeMessage *message, struct arena *arena, const struct mime_mail *mail)
{
	GMimeObject *body = text_part(with_line_end(arena, mail->text));

	if (mail->part_count)
		body = text_and_parts(arena, mail, body);
	g_mime_message_set_mime_part(message, body);
	/* Also over servers that know 7 bits alone (RFC 5321 2.4). */
	g_mime_object_encode(GMIME_OBJECT(message), GMIME_ENCODING_CONSTRAINT_7BIT);
	g_object_unref(body);
}

static str
written(GMimeMessage *message, struct arena *arena)
{
	GMimeFormatOptions *format = g_mime_format_options_new();
	char *text;
	str out;

	g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
	text = g_mime_object_to_string(GMIME_OBJECT(message), format);
	out = arena_copy(arena, str_of(text));
	g_free(text);
	g_mime_format_options_free(format);
	return out;
}

enum err
mime_compose(
    struct arena *arena, const struct mime_mail *mail, str *out, struct why *why)
{
	GMimeMessage *message;
	str value;
	const char *what = trouble(mail, &value);

	if (what) {
		why->what = what;
		why->name = value;
		return ERR_BAD_INPUT;
	}
	if (mime_parts_too_large(mail)) {
		why->what = "the files sent along";
		return ERR_TOO_LARGE;
	}
	message = g_mime_message_new(TRUE);
	add_fields(message, arena, mail);
	add_body(message, arena, mail);
	*out = written(message, arena);
	g_object_unref(message);
	return OK;
}

#include <gmime/gmime.h>
#include <string.h>

#include "base/check.h"
#include "mime/mime.h"
#include "mime/reply.h"

static struct arena *arena;

static struct mime_mail
sample(void)
{
	return (struct mime_mail){
		.from_name = STR("张三 (Kith)"),
		.from = STR("ask@kith.example"),
		.to = STR("li@example.com"),
		.reply_to = STR("zhang@example.com"),
		.subject = STR("张三 想核对你的联系方式"),
		.message_id = STR("kith.42@kith.example"),
		.text = STR("你好\n.dot\nFrom me\n"),
		.lang = STR("zh"),
		.unsubscribe = STR("https://kith.example/a/abc_def/stop"),
		.date_ms = 1795424400000,
	};
}

static GMimeMessage *
parsed(str text)
{
	GMimeStream *stream = g_mime_stream_mem_new_with_buffer(text.at, text.len);
	GMimeParser *parser = g_mime_parser_new_with_stream(stream);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);

	g_object_unref(parser);
	g_object_unref(stream);
	return message;
}

/* The text as it came, with line ends as they were given. */
static str
body_of(GMimeMessage *message)
{
	char *text = g_mime_text_part_get_text(
	    GMIME_TEXT_PART(g_mime_message_get_mime_part(message)));
	char *copy = arena_get(arena, strlen(text));
	size_t bytes = 0;

	for (const char *at = text; *at; at++)
		if (*at != '\r')
			copy[bytes++] = *at;
	g_free(text);
	return (str){ copy, bytes };
}

static void
fields(void)
{
	static const char *const lines[] = {
		"Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n",
		"Reply-To: zhang@example.com\r\n",
		"To: li@example.com\r\n",
		"Message-Id: <kith.42@kith.example>\r\n",
		"Auto-Submitted: auto-generated\r\n",
		"Content-Language: zh\r\n",
		"List-Unsubscribe: <https://kith.example/a/abc_def/stop>\r\n",
		"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n",
		"Content-Type: text/plain; charset=utf-8\r\n",
	};
	struct mime_mail mail = sample();
	struct why why = { 0 };
	str out = { 0 };
	str again;

	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		check_about(lines[i]);
		CHECK(str_find(out, str_of(lines[i])) != SIZE_MAX);
	}
	check_about("the same mail twice");
	CHECK_OK(mime_compose(arena, &mail, &again, &why));
	CHECK_STR(again, out);
	check_about("nothing that is not there");
	mail.unsubscribe = mail.lang = mail.reply_to = STR("");
	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	CHECK(str_find(out, STR("List-")) == SIZE_MAX);
	CHECK(str_find(out, STR("Content-Language")) == SIZE_MAX);
	CHECK(str_find(out, STR("Reply-To")) == SIZE_MAX);
}

/* Lines end in CRLF and keep RFC 5322's length; encoded words keep RFC 2047's. */
static void
check_lines(str out)
{
	while (out.len) {
		str line = str_cut(&out, '\n');

		CHECK(str_ends(line, STR("\r")) && line.len <= 999);
		CHECK(!str_has(str_part(line, 0, line.len - 1), '\r'));
		if (str_find(line, STR("=?UTF-8?")) != SIZE_MAX)
			CHECK(line.len - str_find(line, STR("=?UTF-8?")) <= 76);
	}
}

static void
round_trips(void)
{
	static const struct {
		const char *row, *name, *subject, *text;
	} rows[] = {
		{ "Chinese", "张三 (Kith)", "张三 想核对你的联系方式", "你好\n" },
		{ "long Chinese", "很长很长很长很长很长很长很长很长很长很长的名字",
		    "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三"
		    "四五"
		    "六七八九十一二三四五六七八九十abc一二三四五六七八九十",
		    "你好\n" },
		{ "ASCII", "Ada (Kith)", "Ada asks you", "one\n.\n..two\nFrom x\n" },
		{ "marks", "Ada, \"the\" <L> \\ (Kith", "a: b; <c>", "=3D =\n" },
		{ "what looks encoded", "=?utf-8?q?Boss?=", "=?utf-8?q?Boss?=", "x\n" },
		{ "nothing said", "", "", "\n" },
		{ "beyond the BMP", "😀", "😀😀😀😀😀😀😀😀😀", "😀\n" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mime_mail mail = sample();
		struct why why = { 0 };
		GMimeMessage *message;
		InternetAddress *from;
		str out = { 0 };

		check_about(rows[i].row);
		mail.from_name = str_of(rows[i].name);
		mail.subject = str_of(rows[i].subject);
		mail.text = str_of(rows[i].text);
		if (!CHECK_OK(mime_compose(arena, &mail, &out, &why)))
			continue;
		check_lines(out);
		message = parsed(out);
		from = internet_address_list_get_address(
		    g_mime_message_get_from(message), 0);
		CHECK_STR(str_of(internet_address_get_name(from)), mail.from_name);
		CHECK_STR(str_of(internet_address_mailbox_get_addr(
			      INTERNET_ADDRESS_MAILBOX(from))),
		    mail.from);
		CHECK_STR(str_of(g_mime_message_get_subject(message)), mail.subject);
		CHECK_STR(body_of(message), mail.text);
		g_object_unref(message);
	}
}

static void
long_text(void)
{
	char *line = arena_get(arena, 5000);
	struct mime_mail mail = sample();
	struct why why = { 0 };
	str out = { 0 };

	memset(line, 'x', 4999);
	mail.text = (str){ line, 4999 };
	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	check_lines(out);
}

static bool
stands_in(str mail, const char *line)
{
	return str_find(mail, str_of(line)) != SIZE_MAX;
}

static void
threads(void)
{
	static const str ids[] = { STR_CONST("kith.41@kith.example"),
		STR_CONST("CAF=x+y@mail.gmail.com") };
	struct mime_mail mail = sample();
	struct why why = { 0 };
	str many[MIME_SEND_IDS_MAX + 2], out = { 0 };
	struct mime_reply reply;

	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	CHECK(!stands_in(out, "In-Reply-To") && !stands_in(out, "References"));
	mail.in_reply_to = ids[1];
	mail.references = ids;
	mail.reference_count = 2;
	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	check_lines(out);
	CHECK(stands_in(out, "In-Reply-To: <CAF=x+y@mail.gmail.com>\r\n"));
	CHECK(stands_in(out, "References: <kith.41@kith.example>\r\n"
			     " <CAF=x+y@mail.gmail.com>\r\n"));
	for (size_t i = 0; i < MIME_SEND_IDS_MAX + 2; i++)
		many[i] = arena_printf(arena, "%zu@kith.example", i);
	mail.references = many;
	mail.reference_count = MIME_SEND_IDS_MAX + 2;
	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	CHECK_OK(mime_read(arena, out, STR(""), &reply, &why));
	CHECK_STR(reply.in_reply_to, ids[1]);
	if (!CHECK_INT(reply.references.count, MIME_SEND_IDS_MAX))
		return;
	CHECK_STR(reply.references.at[0], STR("0@kith.example"));
	CHECK_STR(reply.references.at[1], STR("3@kith.example"));
	CHECK_STR(reply.references.at[MIME_SEND_IDS_MAX - 1], STR("21@kith.example"));
}

static void
unsubscribing(void)
{
	struct mime_mail mail = sample();
	struct why why = { 0 };
	str out = { 0 };

	mail.unsubscribe_mailto = STR("mailto:kith+a1b2@home.example?subject=stop");
	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	check_lines(out);
	CHECK(stands_in(out,
	    "List-Unsubscribe: <https://kith.example/a/abc_def/stop>,\r\n"
	    " <mailto:kith+a1b2@home.example?subject=stop>\r\n"));
	CHECK(stands_in(out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"));
	mail.unsubscribe = STR("");
	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	CHECK(stands_in(
	    out, "List-Unsubscribe: <mailto:kith+a1b2@home.example?subject=stop>\r\n"));
	CHECK(!stands_in(out, "List-Unsubscribe-Post"));
}

static void
sent_along(void)
{
	static const char *const texts[] = { "你好\n--=_kith\n",
		"--=_kith--\n.\nFrom x\n" };
	const struct mime_part parts[] = {
		{ STR("text/vcard"), STR("李四, \"the\" card.vcf"),
		    STR("BEGIN:VCARD\r\nFN:李四\r\n--=_kith--\r\nEND:VCARD\r\n") },
		{ STR("image/png"), STR("a.png"), STR("\x89PNG\r\n\x1a\n\0\xff") },
		{ STR("application/json"), STR("empty"), STR("") },
	};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct mime_mail mail = sample();
		struct why why = { 0 };
		struct mime_reply reply;
		str out = { 0 }, again;

		check_about(texts[i]);
		mail.text = str_of(texts[i]);
		mail.parts = parts;
		mail.part_count = sizeof parts / sizeof *parts;
		CHECK_OK(mime_compose(arena, &mail, &out, &why));
		CHECK_OK(mime_compose(arena, &mail, &again, &why));
		CHECK_STR(again, out);
		check_lines(out);
		CHECK(stands_in(out, "Content-Type: multipart/mixed"));
		CHECK_OK(mime_read(arena, out, STR(""), &reply, &why));
		CHECK_STR(reply.text, str_trim(mail.text));
		CHECK_STR(reply.image, parts[1].bytes);
		if (CHECK_INT(reply.cards.count, 1))
			CHECK_STR(reply.cards.at[0], parts[0].bytes);
	}
}

static void
parts_refused(void)
{
	static const struct mime_part bad[] = {
		{ STR_CONST("text"), STR_CONST("a"), STR_CONST("") },
		{ STR_CONST("text/"), STR_CONST("a"), STR_CONST("") },
		{ STR_CONST("/plain"), STR_CONST("a"), STR_CONST("") },
		{ STR_CONST("text/plain; x=y"), STR_CONST("a"), STR_CONST("") },
		{ STR_CONST("text/plain\r\nX: y"), STR_CONST("a"), STR_CONST("") },
		{ STR_CONST("multipart/mixed"), STR_CONST("a"), STR_CONST("") },
		{ STR_CONST("Message/rfc822"), STR_CONST("a"), STR_CONST("") },
		{ STR_CONST("text/plain"), STR_CONST(""), STR_CONST("") },
		{ STR_CONST("text/plain"), STR_CONST("../a"), STR_CONST("") },
		{ STR_CONST("text/plain"), STR_CONST("a\nb"), STR_CONST("") },
		{ STR_CONST("text/plain"), STR_CONST("\xff"), STR_CONST("") },
	};
	struct mime_mail mail = sample();
	struct why why = { 0 };
	str out;

	mail.part_count = 1;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		check_about(arena_copy(arena, bad[i].type).at);
		mail.parts = &bad[i];
		CHECK_ERR(mime_compose(arena, &mail, &out, &why), ERR_BAD_INPUT);
		CHECK_STR(str_of(why.what), STR("a file sent along"));
	}
}

static void
parts_too_large(void)
{
	struct mime_part parts[MIME_SEND_PARTS_MAX + 1];
	char *bytes = arena_get(arena, MIME_SEND_BYTES_MAX + 1);
	struct mime_mail mail = sample();
	struct why why = { 0 };
	str out;

	for (size_t i = 0; i < MIME_SEND_PARTS_MAX + 1; i++)
		parts[i] =
		    (struct mime_part){ STR("text/vcard"), STR("a.vcf"), STR("x") };
	mail.parts = parts;
	mail.part_count = MIME_SEND_PARTS_MAX;
	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	mail.part_count++;
	CHECK_ERR(mime_compose(arena, &mail, &out, &why), ERR_TOO_LARGE);
	mail.part_count = 2;
	parts[0].bytes = (str){ bytes, MIME_SEND_BYTES_MAX };
	CHECK_ERR(mime_compose(arena, &mail, &out, &why), ERR_TOO_LARGE);
	mail.part_count = 1;
	CHECK_OK(mime_compose(arena, &mail, &out, &why));
	parts[0].bytes.len++;
	CHECK_ERR(mime_compose(arena, &mail, &out, &why), ERR_TOO_LARGE);
}

static void
refusals(void)
{
	static const struct {
		const char *row;
		size_t field;
		str value;
	} rows[] = {
#define ROW(field, value) \
	{ #field, offsetof(struct mime_mail, field), STR_CONST(value) }
		ROW(subject, "a\r\nBcc: eve@example.com"),
		ROW(subject, "a\nb"),
		ROW(subject, "a\0b"),
		ROW(subject, "\xff"),
		ROW(from_name, "Ada\r\n"),
		ROW(from_name, "\x1b[31m"),
		ROW(to, ""),
		ROW(to, "li"),
		ROW(to, "li@"),
		ROW(to, "@example.com"),
		ROW(to, "a@b@example.com"),
		ROW(to, "li@example.com, eve@example.com"),
		ROW(to, "li@example.com\r\nBcc: eve@example.com"),
		ROW(to, "Li <li@example.com>"),
		ROW(from, ""),
		ROW(from, "ask@kith.example\n"),
		ROW(reply_to, "zhang@example.com>"),
		ROW(message_id, "a>\r\nX: y@b"),
		ROW(lang, "zh\r\nX: y"),
		ROW(unsubscribe, "https://kith.example/>, <https://evil.example/"),
		ROW(unsubscribe, "javascript:1"),
		ROW(in_reply_to, "a b@c"),
		ROW(in_reply_to, "a@b>\r\nX: <y"),
		ROW(unsubscribe_mailto, "kith@home.example"),
		ROW(unsubscribe_mailto, "mailto:"),
		ROW(unsubscribe_mailto, "mailto:a@b>, <https://evil.example/"),
		ROW(unsubscribe_mailto, "mailto:a@b\r\nX: y"),
		ROW(text, "a\0b"),
		ROW(text, "\xff"),
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mime_mail mail = sample();
		struct why why = { 0 };
		str out;

		check_about(rows[i].row);
		*(str *)(void *)((char *)&mail + rows[i].field) = rows[i].value;
		CHECK_ERR(mime_compose(arena, &mail, &out, &why), ERR_BAD_INPUT);
		CHECK(why.what != NULL);
		CHECK_STR(why.name, rows[i].value);
	}
}

int
main(void)
{
	int status;

	arena = arena_open();
	mime_start();
	status = CHECK_RUN({ "fields", fields }, { "round trips", round_trips },
	    { "a long line", long_text }, { "answers to answers", threads },
	    { "ways to unsubscribe", unsubscribing },
	    { "files sent along", sent_along }, { "files refused", parts_refused },
	    { "files too large", parts_too_large }, { "what is refused", refusals });
	arena_close(&arena);
	g_mime_shutdown();
	return status;
}

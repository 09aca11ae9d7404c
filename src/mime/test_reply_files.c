/* test_reply_files.c - cards and pictures sent along, and mails made to do harm. */
#include <string.h>

#include "base/base64.h"
#include "base/check.h"
#include "base/when.h"
#include "mime/mime.h"
#include "mime/reply.h"

/* Also on a busy machine with sanitizers; what is quadratic takes minutes. */
#define SOON_MS (20 * WHEN_SECOND_MS)

static struct arena *arena;

static struct mime_reply
read_from(str mail)
{
	struct mime_reply reply;
	struct why why = { 0 };

	CHECK_OK(mime_read(arena, mail, STR("mx.home.example"), &reply, &why));
	return reply;
}

#define MIXED(kind)                                 \
	"From: li@example.com\nMIME-Version: 1.0\n" \
	"Content-Type: multipart/" kind "; boundary=\"b\"\n"
#define PART(type) "\n--b\nContent-Type: " type "\n\n"
#define LAST       "\n--b--\n"
#define CARD       "BEGIN:VCARD\nVERSION:3.0\nFN:Li\nEND:VCARD"

static void
cards(void)
{
	static const struct {
		const char *row, *mail, *card;
		size_t count;
	} rows[] = {
		{ "text/vcard", MIXED("mixed") PART("text/vcard") CARD LAST, CARD, 1 },
		{ "text/x-vcard",
		    MIXED("mixed") PART("text/x-vcard; name=li.vcf") CARD LAST, CARD,
		    1 },
		{ "text/directory",
		    MIXED("mixed") PART("text/directory; profile=vCard") CARD LAST,
		    CARD, 1 },
		{ "by its name",
		    MIXED("mixed") PART("application/octet-stream; name=\"LI.VCF\"")
			CARD LAST,
		    CARD, 1 },
		{ "by its name in the disposition, encoded",
		    MIXED("mixed") PART("application/octet-stream\n"
					"Content-Disposition: attachment;\n"
					" filename*=UTF-8''%E6%9D%8E.vcf") CARD LAST,
		    CARD, 1 },
		{ "by a name in encoded words",
		    MIXED("mixed") PART("text/plain\nContent-Disposition: attachment;\n"
					" filename=\"=?gb2312?B?wO4udmNm?=\"")
			CARD LAST,
		    CARD, 1 },
		{ "base64, GBK",
		    MIXED("mixed")
			PART("text/x-vcard; charset=gbk; name=li.vcf\n"
			     "Content-Transfer-Encoding: base64") "Rk46wO7LxA==" LAST,
		    "FN:李四", 1 },
		{ "bytes of an unknown charset stay",
		    MIXED("mixed") PART("text/x-vcard") "FN:\xc0\xee" LAST,
		    "FN:\xc0\xee", 1 },
		{ "quoted-printable",
		    MIXED("mixed")
			PART("text/vcard\nContent-Transfer-Encoding: "
			     "quoted-printable") "FN:=E6=9D=8E=\n=E5=9B=9B" LAST,
		    "FN:李四", 1 },
		{ "the mail itself",
		    "From: li@example.com\nContent-Type: text/vcard\n\n" CARD, CARD,
		    1 },
		{ "beside the text it stands for",
		    MIXED("alternative") PART("text/plain") "me" PART("text/vcard")
			CARD LAST,
		    CARD, 1 },
		{ "signed",
		    MIXED("signed") PART("text/vcard")
			CARD PART("application/pgp-signature") "x" LAST,
		    CARD, 1 },
		{ "two",
		    MIXED("mixed") PART("text/vcard") CARD PART("text/vcard") "2" LAST,
		    CARD, 2 },
		{ "nothing in it", MIXED("mixed") PART("text/vcard") " \n" LAST, NULL,
		    0 },
		{ "in a mail within the mail",
		    MIXED("mixed")
			PART("message/rfc822") "Content-Type: text/vcard\n\n" CARD LAST,
		    NULL, 0 },
		{ "only a name that ends alike",
		    MIXED("mixed") PART("text/html; name=vcf") CARD LAST, NULL, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mime_reply reply = read_from(str_of(rows[i].mail));

		check_about(rows[i].row);
		CHECK(!reply.cards_left_out);
		if (CHECK_INT(reply.cards.count, rows[i].count) && reply.cards.count)
			CHECK_STR(reply.cards.at[0], str_of(rows[i].card));
	}
}

/* A mail of so many parts of that type, each so large. */
static str
many(const char *type, size_t count, size_t bytes, const char *head)
{
	struct buf mail = buf_in(arena, MIME_READ_MAX_BYTES);

	buf_addf(&mail, "%s\n", MIXED("mixed"));
	for (size_t i = 0; i < count; i++) {
		char *room;

		buf_addf(&mail, PART("%s") "%s", type, head);
		room = buf_room(&mail, bytes);
		must(room);
		memset(room, 'x', bytes);
		mail.len += bytes;
	}
	buf_add(&mail, STR(LAST));
	return buf_str(&mail);
}

static void
card_limits(void)
{
	struct mime_reply reply = read_from(many("text/vcard", MIME_CARDS_MAX, 10, ""));

	CHECK(reply.cards.count == MIME_CARDS_MAX && !reply.cards_left_out);
	reply = read_from(many("text/vcard", MIME_CARDS_MAX + 1, 10, ""));
	CHECK(reply.cards.count == MIME_CARDS_MAX && reply.cards_left_out);
	reply = read_from(many("text/vcard", 1, MIME_CARD_MAX_BYTES, ""));
	CHECK(reply.cards.count == 1 && !reply.cards_left_out);
	reply = read_from(many("text/vcard", 1, MIME_CARD_MAX_BYTES + 1, ""));
	CHECK(reply.cards.count == 0 && reply.cards_left_out);
}

#define JPEG "\xff\xd8\xff\xe0"
#define PNG  "\x89PNG\r\n\x1a\n"

static void
images(void)
{
	static const struct {
		const char *row, *mail, *type;
	} rows[] = {
		{ "JPEG", MIXED("mixed") PART("image/jpeg") JPEG LAST, "image/jpeg" },
		{ "PNG", MIXED("mixed") PART("image/png; name=a.png") PNG LAST,
		    "image/png" },
		{ "by its name",
		    MIXED("mixed") PART("application/octet-stream; name=IMG_1.JPG")
			JPEG LAST,
		    "image/jpeg" },
		{ "by its bytes, not its type",
		    MIXED("mixed") PART("image/png") JPEG LAST, "image/jpeg" },
		{ "the first",
		    MIXED("mixed") PART("image/png") PNG PART("image/jpeg") JPEG LAST,
		    "image/png" },
		{ "the first that is one",
		    MIXED("mixed") PART("image/jpeg") "GIF89a" PART("image/jpeg")
			JPEG LAST,
		    "image/jpeg" },
		{ "a file nobody called a picture",
		    MIXED("mixed") PART("application/pdf") JPEG LAST, "" },
		{ "a logo in a signature",
		    MIXED("related") PART("text/html") "<p>x" PART(
			"image/png\nContent-ID: <a@b>") PNG LAST,
		    "" },
		{ "attached among those",
		    MIXED("related") PART("text/html") "<p>x" PART(
			"image/png\nContent-Disposition: attachment") PNG LAST,
		    "image/png" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mime_reply reply = read_from(str_of(rows[i].mail));

		check_about(rows[i].row);
		CHECK_STR(reply.image_type, str_of(rows[i].type));
		CHECK((reply.image.len > 0) == (*rows[i].type != '\0'));
		CHECK(!reply.image_left_out);
	}
}

static void
image_limits(void)
{
	size_t most = MIME_IMAGE_MAX_BYTES - strlen(JPEG);
	struct mime_reply reply = read_from(many("image/jpeg", 1, most, JPEG));

	CHECK(reply.image.len == MIME_IMAGE_MAX_BYTES && !reply.image_left_out);
	reply = read_from(many("image/jpeg", 1, most + 1, JPEG));
	CHECK(reply.image.len == 0 && reply.image_left_out);
}

static void
text_limits(void)
{
	struct mime_reply reply =
	    read_from(many("text/plain", 1, MIME_TEXT_MAX_BYTES, ""));

	CHECK(reply.text.len == MIME_TEXT_MAX_BYTES && !reply.text_cut);
	reply = read_from(many("text/plain", 1, MIME_TEXT_MAX_BYTES + 1, ""));
	CHECK(reply.text.len == MIME_TEXT_MAX_BYTES && reply.text_cut);
	reply = read_from(many("text/plain", 1, MIME_RAW_MAX_BYTES + 1, "> "));
	CHECK(reply.text.len == 0 && reply.text_cut);
	reply = read_from(many("text/plain", 3, MIME_RAW_MAX_BYTES - 10, ""));
	CHECK(reply.text.len == MIME_TEXT_MAX_BYTES && reply.text_cut);
}

static void
part_limits(void)
{
	CHECK(!read_from(many("text/plain", MIME_PARTS_MAX - 1, 1, "")).cut);
	CHECK(read_from(many("text/plain", MIME_PARTS_MAX, 1, "")).cut);
}

/* Parts within parts, each with its text. */
static str
nested(size_t depth)
{
	struct buf mail = buf_in(arena, MIME_READ_MAX_BYTES);

	buf_add(&mail, STR("From: li@example.com\n"));
	for (size_t i = 0; i < depth; i++)
		buf_addf(&mail,
		    "Content-Type: multipart/mixed; boundary=b%zu\n\n--b%zu\n\n"
		    "text %zu\n--b%zu\n",
		    i, i, i, i);
	buf_add(&mail, STR("\ninnermost\n"));
	return buf_str(&mail);
}

static void
depth_limits(void)
{
	struct mime_reply reply = read_from(nested(MIME_DEPTH_MAX));

	CHECK(!reply.cut && str_ends(reply.text, STR("innermost")));
	reply = read_from(nested(MIME_DEPTH_MAX + 1));
	CHECK(reply.cut && str_ends(reply.text, STR("\ntext 9")));
	reply = read_from(nested(10000));
	CHECK(reply.cut && str_starts(reply.text, STR("text 0\n")));
}

static void
field_limits(void)
{
	struct buf mail = buf_in(arena, MIME_READ_MAX_BYTES);
	struct mime_reply reply;

	buf_add(&mail, STR("From: li@example.com\n"));
	for (size_t i = 0; i < MIME_FIELDS_MAX; i++)
		buf_addf(&mail, "X-%zu: y\n folded\n", i);
	buf_add(&mail, STR("Subject: too late\n\ntext\n"));
	reply = read_from(buf_str(&mail));
	CHECK(reply.cut && reply.subject.len == 0);
	CHECK_STR(reply.text, STR("text"));
}

/* What is said over and over, where, for a mebibyte. */
static const struct {
	const char *row, *head, *again, *tail;
} hostile[] = {
	{ "a long subject", "Subject: ", "x", "\n\nok" },
	{ "a long folded subject", "Subject: ", "x\n ", "\n\nok" },
	{ "a long name", "", "X", ": y\n\nok" },
	{ "many fields", "", "To: a@b.example\n", "\nok" },
	{ "many encoded words", "Subject: ", "=?gb18030?q?=C4?= ", "\n\nok" },
	{ "encoded words never ended", "Subject: ", "=?utf-8?b?", "\n\nok" },
	{ "addresses", "To: ", "a@b.example, ", "\n\nok" },
	{ "groups in groups", "To: ", "a:", "\n\nok" },
	{ "groups in groups of From", "From: ", "a:", "\n\nok" },
	{ "comments in comments", "To: ", "(", "\n\nok" },
	{ "angles", "To: ", "<<\"<", "\n\nok" },
	{ "ids", "References: ", "<a@b.example> ", "\n\nok" },
	{ "ids never ended", "References: ", "<", "\n\nok" },
	{ "parameters", "Content-Type: text/plain", "; a*1*=utf-8''x", "\n\nok" },
	{ "a boundary as long as the mail",
	    "Content-Type: multipart/mixed; boundary=", "x", "\n\nok" },
	{ "results", "Authentication-Results: mx.home.example; ", "a=b c=d;",
	    "\n\nok" },
	{ "comments in results", "Authentication-Results: mx.home.example; ", "((\\",
	    "\n\nok" },
	{ "NUL bytes", "Subject: x\n\nok\n", NULL, "" },
	{ "CR alone", "Subject: x\r\r", "a\r", "\r" },
	{ "boundaries", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n", "" },
	{ "boundaries of nobody",
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n", "--\n", "" },
	{ "quotes", "Subject: x\n\n", ">\n", "" },
	{ "quotes of quotes", "Subject: x\n\n", ">", "" },
	{ "lines that may be attributions", "Subject: x\n\n", "On 1\n", "" },
	{ "lines that may be header blocks", "Subject: x\n\n", "From: a\n", "" },
	{ "lines that may be footers", "Subject: x\n\n", "Sent from my a\n", "" },
	{ "empty lines", "Subject: x\n\n", "\n", "" },
	{ "soft lines", "Content-Type: text/plain; format=flowed\n\n", "> a \n", "" },
	{ "tags", "Content-Type: text/html\n\n", "<p><", "" },
	{ "attributes", "Content-Type: text/html\n\n<p ", "class=a ", "" },
	{ "classes", "Content-Type: text/html\n\n<p class='", "a ", "'>" },
	{ "quotes in quotes", "Content-Type: text/html\n\n", "<blockquote>", "ok" },
	{ "scripts", "Content-Type: text/html\n\n", "<script>", "ok" },
	{ "comments", "Content-Type: text/html\n\n", "<!--", "ok" },
	{ "entities", "Content-Type: text/html\n\n", "&", "" },
	{ "lists", "Content-Type: text/html\n\n", "<li>", "" },
	{ "blanks", "Content-Type: text/html\n\n", " ", "" },
	{ "bad bytes", "Content-Type: text/plain; charset=utf-8\n\n", "\xff", "" },
	{ "bad bytes of GBK", "Content-Type: text/plain; charset=gbk\n\n", "\xff\xfe",
	    "" },
	{ "bad bytes of Japanese", "Content-Type: text/plain; charset=iso-2022-jp\n\n",
	    "\x1b$B\xff", "" },
	{ "empty blocks of a report",
	    "Content-Type: multipart/report; boundary=b\n\n--b\n"
	    "Content-Type: message/delivery-status\n\n",
	    "a: b\n\n", "" },
	{ "empty lines of a report",
	    "Content-Type: multipart/report; boundary=b\n\n--b\n"
	    "Content-Type: message/delivery-status\n\n",
	    "\n", "" },
	{ "recipients of a report",
	    "Content-Type: multipart/report; boundary=b\n\n--b\n"
	    "Content-Type: message/delivery-status\n\n",
	    "Final-Recipient: rfc822; a@b.example\n\n", "" },
};

static void
harmful(void)
{
	for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
		SCOPED(arena) own = arena_open();
		struct buf mail = buf_in(own, MIME_READ_MAX_BYTES);
		str again = hostile[i].again ? str_of(hostile[i].again) : STR("\0");
		int64_t before_ms = when_steady_ms();
		struct mime_reply reply;
		struct why why = { 0 };

		buf_add(&mail, str_of(hostile[i].head));
		while (mail.len < (size_t)1 << 20)
			buf_add(&mail, again);
		buf_add(&mail, str_of(hostile[i].tail));
		check_about(hostile[i].row);
		CHECK_OK(mime_read(
		    own, buf_str(&mail), STR("mx.home.example"), &reply, &why));
		CHECK(when_steady_ms() - before_ms < SOON_MS);
		CHECK(str_is_utf8(reply.text) && reply.text.len <= MIME_TEXT_MAX_BYTES);
		CHECK(reply.to.count <= MIME_LIST_MAX);
		CHECK(reply.references.count <= MIME_LIST_MAX);
		CHECK(reply.subject.len <= MIME_LINE_MAX_BYTES);
	}
}

int
main(void)
{
	int status;

	arena = arena_open();
	mime_start();
	status = CHECK_RUN({ "cards", cards }, { "limits of cards", card_limits },
	    { "pictures", images }, { "limits of pictures", image_limits },
	    { "limits of text", text_limits }, { "limits of parts", part_limits },
	    { "limits of depth", depth_limits }, { "limits of fields", field_limits },
	    { "mails made to do harm", harmful });
	arena_close(&arena);
	return status;
}

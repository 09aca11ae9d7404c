/* test_reply.c - the fields of a mail, and whether a person wrote it. */
#include "base/buf.h"
#include "base/check.h"
#include "mime/mime.h"
#include "mime/reply.h"

static struct arena *arena;

static struct mime_reply
read_by(const char *mail, const char *trusted)
{
	struct mime_reply reply;
	struct why why = { 0 };

	CHECK_OK(mime_read(arena, str_of(mail), str_of(trusted), &reply, &why));
	return reply;
}

/* "one two three" */
static str
listed(struct mime_list list)
{
	struct buf out = buf_in(arena, MIME_READ_MAX_BYTES);

	for (size_t i = 0; i < list.count; i++) {
		if (i)
			buf_add_char(&out, ' ');
		buf_add(&out, list.at[i]);
	}
	return buf_str(&out);
}

static void
all_fields(void)
{
	struct mime_reply reply =
	    read_by("Return-Path: <li@example.com>\r\n"
		    "X-Original-To: kith+a1b2@home.example\r\n"
		    "Delivered-To: zhang@home.example\r\n"
		    "Envelope-to: kith@home.example\r\n"
		    "Received: from mx.example.com by home.example\r\n"
		    "\twith ESMTP; Fri, 20 Nov 2026 09:20:00 +0800\r\n"
		    "Date: Fri, 20 Nov 2026 17:20:00 +0800\r\n"
		    "From: =?gb2312?B?wO7LxA==?= <Li.Si@Example.COM>\r\n"
		    "To: =?utf-8?Q?=E5=BC=A0=E4=B8=89?= (via Kith)\r\n"
		    " <Kith+A1B2@Home.Example>, zhang@home.example\r\n"
		    "cc: Friends: ada@example.org, bob@example.org;\r\n"
		    "Subject: =?UTF-8?B?5Zue5aSN77ya5qC45a+5?=\r\n"
		    " =?UTF-8?B?6IGU57O75pa55byP?=\r\n"
		    "Message-ID: <abc@mail.example.com>\r\n"
		    "In-Reply-To: <kith.42@home.example>\r\n"
		    "References: <kith.41@home.example>\r\n"
		    "\t<kith.42@home.example>\r\n"
		    "\r\n"
		    "ok\r\n",
		"");

	CHECK_STR(reply.from, STR("Li.Si@example.com"));
	CHECK_STR(reply.from_name, STR("李四"));
	CHECK_STR(listed(reply.to), STR("zhang@home.example kith+a1b2@home.example "
					"kith@home.example Kith+A1B2@home.example "
					"ada@example.org bob@example.org"));
	CHECK_STR(reply.subject, STR("回复：核对联系方式"));
	CHECK_STR(reply.message_id, STR("abc@mail.example.com"));
	CHECK_STR(reply.in_reply_to, STR("kith.42@home.example"));
	CHECK_STR(
	    listed(reply.references), STR("kith.41@home.example kith.42@home.example"));
	CHECK_INT(reply.date_ms, 1795166400000);
	CHECK_STR(reply.text, STR("ok"));
	CHECK(!reply.automatic && !reply.why_automatic && !reply.bounce.is);
	CHECK(!reply.cut && !reply.text_cut && !reply.cards_left_out);
	CHECK_INT(reply.proof, MIME_UNPROVEN);
}

static void
senders(void)
{
	static const struct {
		const char *row, *line, *from, *name;
	} rows[] = {
		{ "bare", "From: li@example.com", "li@example.com", "" },
		{ "a quoted name", "From: \"Li, Si\" <li@example.com>",
		    "li@example.com", "Li, Si" },
		{ "the old way", "From: li@example.com (Li Si)", "li@example.com",
		    "Li Si" },
		{ "bare UTF-8", "From: 李四 <li@example.com>", "li@example.com",
		    "李四" },
		{ "bare GB2312", "From: \xc0\xee\xcb\xc4 <li@example.com>",
		    "li@example.com", "李四" },
		{ "an unknown charset", "From: =?x-martian?q?Li?= <li@example.com>",
		    "li@example.com", NULL },
		{ "marks that hide",
		    "From: =?utf-8?Q?L=E2=80=AEi=0Ax?= <li@example.com>",
		    "li@example.com", "Li x" },
		{ "nobody", "From: <>", "", "" },
		{ "no domain", "From: MAILER-DAEMON (Mail System)", "", "" },
		{ "nothing", "Subject: x", "", "" },
		{ "a blank within", "From: \"li si\"@example.com", "", "" },
		{ "an empty group", "From: undisclosed:;", "", "" },
		{ "the first of two", "From: li@example.com, eve@example.org",
		    "li@example.com", "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mime_reply reply =
		    read_by(arena_printf(arena, "%s\n\nx", rows[i].line).at, "");

		check_about(rows[i].row);
		CHECK_STR(reply.from, str_of(rows[i].from));
		if (rows[i].name)
			CHECK_STR(reply.from_name, str_of(rows[i].name));
	}
}

static void
ids(void)
{
	static const struct {
		const char *line, *id;
	} rows[] = {
		{ "In-Reply-To: <a@b>", "a@b" },
		{ "in-reply-to:<a@b>", "a@b" },
		{ "In-Reply-To: a@b", "a@b" },
		{ "In-Reply-To: Your mail of Friday <a@b> and <c@d>", "a@b" },
		{ "In-Reply-To: <a\n b@c> < d@e >", "d@e" },
		{ "In-Reply-To: <\xe6\x9d\x8e@c>", "" },
		{ "In-Reply-To: <a@b", "" },
		{ "In-Reply-To: <> <c@d>", "c@d" },
		{ "In-Reply-To: your mail", "" },
		{ "In-Reply-To:", "" },
		{ "X: y", "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].line);
		CHECK_STR(read_by(arena_printf(arena, "%s\n\nx", rows[i].line).at, "")
			      .in_reply_to,
		    str_of(rows[i].id));
	}
}

static void
automatic(void)
{
	static const struct {
		const char *lines, *why;
	} rows[] = {
		{ "Auto-Submitted: auto-replied", "auto-submitted" },
		{ "Auto-Submitted: auto-generated; x=y", "auto-submitted" },
		{ "auto-submitted: (why) auto-replied", "auto-submitted" },
		{ "Auto-Submitted: no", NULL },
		{ "Auto-Submitted: No (a person)", NULL },
		{ "Precedence: bulk", "precedence" },
		{ "Precedence: LIST", "precedence" },
		{ "Precedence: junk", "precedence" },
		{ "Precedence: first-class", NULL },
		{ "List-Id: Friends <friends.example.org>", "list" },
		{ "List-Unsubscribe: <mailto:x@example.org>", "list" },
		{ "X-Auto-Response-Suppress: All", "suppress" },
		{ "Return-Path: <>", "no-sender" },
		{ "Return-Path: <li@example.com>", NULL },
		{ "X-Autoreply: yes", "vacation" },
		{ "X-Autoreply-From: li@example.com", "vacation" },
		{ "X-Autorespond: Re: your number", "vacation" },
		{ "X-Autoresponse-To: x", NULL },
		{ "Content-Type: multipart/report; report-type="
		  "disposition-notification; boundary=x",
		    "report" },
		{ "Subject: =?gb2312?B?19S2r7vYuLSjurrLttQ=?=", "subject" },
		{ "Subject: Automatic reply: your number", "subject" },
		{ "Subject: Re: Automatic reply", NULL },
		{ "Subject: =?utf-8?B?5Zue5aSN77ya6Ieq5Yqo5Zue5aSN?=", NULL },
		{ "Received: x", NULL },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mime_reply reply = read_by(arena_printf(arena,
						      "%s\nFrom: li@example.com\n"
						      "\nI am away.\n",
						      rows[i].lines)
						      .at,
		    "");

		check_about(rows[i].lines);
		CHECK(reply.automatic == (rows[i].why != NULL));
		CHECK_STR(str_of(reply.why_automatic), str_of(rows[i].why));
		CHECK(!reply.bounce.is);
	}
	check_about("from the mail system");
	CHECK(read_by("From: MAILER-DAEMON@example.com\n\nx", "").automatic);
}

#define AR "Authentication-Results: "
#define ME "mx.home.example; "

static const struct {
	const char *row, *lines;
	enum mime_proof proof;
} proofs[] = {
	{ "nothing", "X: y", MIME_UNPROVEN },
	{ "DMARC passed", AR ME "dmarc=pass (p=none dis=none) header.from=example.com",
	    MIME_PROVEN },
	{ "DMARC passed, among others",
	    AR ME
	    "\n dkim=pass (2048-bit key) header.d=example.com header.i=@example.com\n"
	    " header.s=s1 header.b=abc; spf=pass (home.example: domain of\n"
	    " li@example.com designates 192.0.2.1) smtp.mailfrom=li@example.com;\n"
	    " dmarc=pass header.from=Example.COM",
	    MIME_PROVEN },
	{ "DMARC failed", AR ME "dmarc=fail (p=reject) header.from=example.com",
	    MIME_FORGED },
	{ "DMARC failed though DKIM passed",
	    AR ME "dkim=pass header.d=example.com; dmarc=fail header.from=example.com",
	    MIME_FORGED },
	{ "DMARC of another domain", AR ME "dmarc=pass header.from=evil.example",
	    MIME_UNPROVEN },
	{ "DMARC failed for another domain",
	    AR ME "dmarc=fail header.from=evil.example", MIME_UNPROVEN },
	{ "DMARC says no domain", AR ME "dmarc=pass", MIME_UNPROVEN },
	{ "no DMARC, SPF",
	    AR ME "dmarc=none header.from=example.com; "
		  "spf=pass smtp.mailfrom=bounce@example.com",
	    MIME_PROVEN },
	{ "SPF of a domain alone", AR ME "spf=pass smtp.mailfrom=example.com",
	    MIME_PROVEN },
	{ "SPF of another domain", AR ME "spf=pass smtp.mailfrom=li@evil.example",
	    MIME_UNPROVEN },
	{ "SPF of a domain below", AR ME "spf=pass smtp.mailfrom=li@a.example.com",
	    MIME_UNPROVEN },
	{ "SPF of the greeting", AR ME "spf=pass smtp.helo=example.com",
	    MIME_UNPROVEN },
	{ "SPF softly failed", AR ME "spf=softfail smtp.mailfrom=li@example.com",
	    MIME_UNPROVEN },
	{ "DKIM", AR ME "dkim=pass header.d=example.com", MIME_PROVEN },
	{ "DKIM as Gmail says it", AR ME "dkim=pass header.i=@example.com header.s=a",
	    MIME_PROVEN },
	{ "DKIM of a mailer", AR ME "dkim=pass header.d=mailer.example",
	    MIME_UNPROVEN },
	{ "the second of two signatures",
	    AR ME "dkim=fail header.d=example.com; dkim=pass header.d=example.com",
	    MIME_PROVEN },
	{ "DKIM failed", AR ME "dkim=fail header.d=example.com", MIME_UNPROVEN },
	{ "versions", AR "mx.home.example 1; dkim/1 = pass header.d = example.com",
	    MIME_PROVEN },
	{ "a quoted name",
	    AR "\"mx.home.example\"; dmarc=pass header.from=\"example.com\"",
	    MIME_PROVEN },
	{ "another case", AR "MX.Home.Example; DMARC=Pass Header.From=example.com",
	    MIME_PROVEN },
	{ "nothing found", AR "mx.home.example; none", MIME_UNPROVEN },
	{ "only the name", AR "mx.home.example", MIME_UNPROVEN },
	{ "somebody else", AR "mx.evil.example; dmarc=pass header.from=example.com",
	    MIME_UNPROVEN },
	{ "a name that begins alike",
	    AR "mx.home.example.evil.example; dmarc=pass header.from=example.com",
	    MIME_UNPROVEN },
	{ "below somebody else's",
	    AR "mx.evil.example; dmarc=pass header.from=example.com\n" AR ME
	       "dmarc=fail header.from=example.com",
	    MIME_FORGED },
	{ "the topmost counts",
	    AR ME "spf=none smtp.mailfrom=example.com\n" AR ME
		  "dmarc=pass header.from=example.com",
	    MIME_UNPROVEN },
	{ "said in a comment",
	    AR ME "spf=fail (; dmarc=pass header.from=example.com) "
		  "smtp.mailfrom=x@example.com",
	    MIME_UNPROVEN },
	{ "said in a comment within one",
	    AR ME "spf=fail (a (b\\) ; dmarc=pass header.from=example.com)) x=y",
	    MIME_UNPROVEN },
	{ "said in a comment never closed",
	    AR ME "spf=fail (; dmarc=pass header.from=example.com", MIME_UNPROVEN },
	{ "said in quotes",
	    AR ME "spf=fail reason=\"x; dmarc=pass header.from=example.com\"",
	    MIME_UNPROVEN },
	{ "said in a reason",
	    AR ME "dmarc=pass reason=\"header.from=example.com\" "
		  "header.from=evil.example",
	    MIME_UNPROVEN },
	{ "a local part that is a domain",
	    AR ME "spf=pass smtp.mailfrom=\"example.com\"@evil.example",
	    MIME_UNPROVEN },
	{ "a local part with blanks",
	    AR ME "spf=pass smtp.mailfrom=\"x smtp.mailfrom=example.com\"@evil.example",
	    MIME_UNPROVEN },
	{ "another way to write it", AR ME "x=y; = ;;; a=\"; dmarc", MIME_UNPROVEN },
};

static void
proven(void)
{
	for (size_t i = 0; i < sizeof proofs / sizeof *proofs; i++) {
		str mail = arena_printf(
		    arena, "%s\nFrom: Li <li@example.com>\n\nx", proofs[i].lines);

		check_about(proofs[i].row);
		CHECK_INT(read_by(mail.at, "mx.home.example").proof, proofs[i].proof);
		CHECK_INT(read_by(mail.at, "").proof, MIME_UNPROVEN);
	}
	check_about("two senders");
	CHECK_INT(read_by(AR ME "dmarc=pass header.from=example.com\n"
				"From: li@example.com\nFrom: eve@example.org\n\nx",
		      "mx.home.example")
		      .proof,
	    MIME_UNPROVEN);
	CHECK_INT(read_by(AR ME "dmarc=pass header.from=example.com\n"
				"From: li@example.com, eve@example.org\n\nx",
		      "mx.home.example")
		      .proof,
	    MIME_UNPROVEN);
}

static void
refused(void)
{
	static const char *const rows[] = { "", "\n", "\r\n\r\nhello", "hello\nworld\n",
		" folded: first\n\n", "hello", "\r\r\r" };
	struct mime_reply reply;
	struct why why = { 0 };
	char *big = arena_get(arena, MIME_READ_MAX_BYTES + 1);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i]);
		CHECK_ERR(mime_read(arena, str_of(rows[i]), STR(""), &reply, &why),
		    ERR_BAD_INPUT);
		CHECK(why.what != NULL);
	}
	CHECK_ERR(mime_read(arena, (str){ big, MIME_READ_MAX_BYTES + 1 }, STR(""),
		      &reply, &why),
	    ERR_TOO_LARGE);
}

int
main(void)
{
	int status;

	arena = arena_open();
	mime_start();
	status = CHECK_RUN({ "fields", all_fields }, { "senders", senders },
	    { "ids", ids }, { "who writes by itself", automatic }, { "proofs", proven },
	    { "what is refused", refused });
	arena_close(&arena);
	return status;
}

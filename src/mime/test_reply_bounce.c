/* test_reply_bounce.c - reports as mail systems write them. */
#include "base/buf.h"
#include "base/check.h"
#include "mime/mime.h"
#include "mime/reply.h"

static struct arena *arena;

static struct mime_reply
read_from(const char *mail)
{
	struct mime_reply reply;
	struct why why = { 0 };

	CHECK_OK(mime_read(arena, str_of(mail), STR(""), &reply, &why));
	return reply;
}

#define REPORT(from)                                                    \
	"Return-Path: <>\nFrom: " from "\nMIME-Version: 1.0\n"          \
	"Content-Type: multipart/report; report-type=delivery-status; " \
	"boundary=\"b\"\n\n"
#define PART(type) "\n--b\nContent-Type: " type "\n\n"
#define STATUS     PART("message/delivery-status")
#define RETURNED   "From: ask@kith.example\nMessage-ID: <kith.42@kith.example>\n\nHello\n"
#define LAST       "\n--b--\n"

static const struct {
	const char *row, *mail;
	const char *address, *status, *words;
	enum mime_action action;
	const char *id;
} reports[] = {
	{ "Postfix",
	    REPORT("MAILER-DAEMON@mx.example.com (Mail Delivery System)") PART(
		"text/plain; charset=us-ascii") "This is the mail system.\n" STATUS
						"Reporting-MTA: dns; "
						"mx.example.com\nX-Postfix-Queue-ID: "
						"4ABC\n"
						"Arrival-Date: Fri, 20 Nov 2026 "
						"09:12:00 +0800 (CST)\n\n"
						"Final-Recipient: rfc822; "
						"li@example.com\n"
						"Original-Recipient: "
						"rfc822;li@example.com\nAction: "
						"failed\n"
						"Status: 5.1.1\nRemote-MTA: dns; "
						"mail.example.com\n"
						"Diagnostic-Code: smtp; 550 5.1.1 "
						"<li@example.com>: Recipient address\n"
						"    rejected: User unknown\n" PART(
						    "message/rfc822") RETURNED LAST,
	    "li@example.com", "5.1.1",
	    "550 5.1.1 <li@example.com>: Recipient address rejected: User unknown",
	    MIME_FAILED, "kith.42@kith.example" },
	{ "Postfix, the header alone",
	    REPORT("MAILER-DAEMON@mx.example.com") STATUS
	    "Reporting-MTA: dns; mx.example.com\n\n"
	    "Final-Recipient: rfc822; li@example.com\nAction: delayed\n"
	    "Status: 4.4.1\nDiagnostic-Code: X-Postfix; connect to\n"
	    " mx.example.com[192.0.2.1]:25: Connection timed out\n" PART(
		"text/rfc822-headers") RETURNED LAST,
	    "li@example.com", "4.4.1",
	    "connect to mx.example.com[192.0.2.1]:25: Connection timed out",
	    MIME_DELAYED, "kith.42@kith.example" },
	{ "Exim",
	    REPORT("Mail Delivery System <Mailer-Daemon@mx.example.com>") PART(
		"text/plain") "A message that you sent could not be delivered.\n" STATUS
			      "Reporting-MTA: dns; mx.example.com\n\nAction: failed\n"
			      "Final-Recipient: rfc822;li@example.com\nStatus: 5.0.0\n"
			      "Remote-MTA: dns; mail.example.com\n"
			      "Diagnostic-Code: smtp; 550 No such user here\n" PART(
				  "message/rfc822") "Return-path: "
						    "<ask@kith.example>\n" RETURNED
							LAST,
	    "li@example.com", "5.0.0", "550 No such user here", MIME_FAILED,
	    "kith.42@kith.example" },
	{ "Exchange",
	    REPORT("postmaster@example.com") PART(
		"text/html") "<p>Delivery has failed" STATUS
			     "Reporting-MTA: dns;EX1.example.com\nReceived-From-MTA: "
			     "dns;mx\n\n"
			     "Original-Recipient: rfc822;li@example.com\n"
			     "Final-Recipient: rfc822;li@EXAMPLE.com\nAction: failed\n"
			     "Status: 5.1.10\nDiagnostic-Code: smtp;550 5.1.10 "
			     "RESOLVER.ADR."
			     "RecipientNotFound; Recipient not found by SMTP address "
			     "lookup\n"
			     "X-Display-Name: Li\n" PART("message/rfc822")
				 RETURNED LAST,
	    "li@example.com", "5.1.10",
	    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP "
	    "address lookup",
	    MIME_FAILED, "kith.42@kith.example" },
	{ "Gmail",
	    REPORT("Mail Delivery Subsystem <mailer-daemon@googlemail.com>") PART(
		"multipart/related; boundary=\"c\"") "--c\nContent-Type: "
						     "multipart/alternative; "
						     "boundary=\"d\"\n\n--d\nContent-"
						     "Type: text/plain\n\n"
						     "** Address not found "
						     "**\n\n--d--\n--c\nContent-Type: "
						     "image/png\n\nx\n"
						     "--c--\n" STATUS
						     "Reporting-MTA: dns; "
						     "googlemail.com\n"
						     "Arrival-Date: Fri, 20 Nov 2026 "
						     "01:12:00 -0800 (PST)\n"
						     "X-Original-Message-ID: "
						     "<kith.42@kith.example>\n\n"
						     "Final-Recipient: rfc822; "
						     "li@gmail.com\nAction: "
						     "failed\nStatus: 5.1.1\n"
						     "Remote-MTA: dns; "
						     "gmail-smtp-in.l.google.com. "
						     "(2001:db8::1, the server)\n"
						     "Diagnostic-Code: smtp; 550-5.1.1 "
						     "The email account that you tried "
						     "to "
						     "reach\n does not "
						     "exist.\nLast-Attempt-Date: Fri, "
						     "20 Nov 2026 01:12:00 "
						     "-0800\n" PART("message/rfc822")
							 RETURNED LAST,
	    "li@gmail.com", "5.1.1",
	    "550-5.1.1 The email account that you tried to reach does not exist.",
	    MIME_FAILED, "kith.42@kith.example" },
	{ "QQ Mail",
	    REPORT("PostMaster@qq.com")
		PART("text/plain; charset=gb18030") "x" STATUS "Reporting-MTA: dns; "
						    "newxmmxszc.qq.com\n\n"
						    "Final-Recipient: RFC822; "
						    "10001@qq.com\nAction: FAILED (at "
						    "once)\n"
						    "Status: 5.2.2 (mailbox full)\n"
						    "Diagnostic-Code: SMTP; "
						    "\xd3\xca\xcf\xe4\xd2\xd1\xc2\xfa"
						    "\n" LAST,
	    "10001@qq.com", "5.2.2", "邮箱已满", MIME_FAILED, "" },
	{ "delivered",
	    REPORT("MAILER-DAEMON@mx.example.com") STATUS
	    "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; li@example.com\n"
	    "Action: delivered\nStatus: 2.0.0\n" LAST,
	    "li@example.com", "2.0.0", "", MIME_DELIVERED, "" },
	{ "in UTF-8, encoded",
	    REPORT("MAILER-DAEMON@mx.example.com")
		PART("message/global-delivery-status\nContent-Transfer-Encoding: "
		     "quoted-printable") "Final-Recipient: utf-8; "
					 "=E6=9D=8E@example.com\nAction: relayed\n"
					 "Status: 2\nDiagnostic-Code: "
					 "=E6=BB=A1=1B[31m\n" LAST,
	    "李@example.com", "", "满 [31m", MIME_DELIVERED, "" },
	{ "an action nobody knows",
	    REPORT("MAILER-DAEMON@mx.example.com") STATUS
	    "Original-Recipient: rfc822; li@example.com\nAction: eaten\n"
	    "Status: a.b.c\n" LAST,
	    "li@example.com", "", "", MIME_OTHER, "" },
};

static void
standard(void)
{
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++) {
		struct mime_reply reply = read_from(reports[i].mail);

		check_about(reports[i].row);
		CHECK(reply.automatic && reply.bounce.is);
		CHECK_STR(reply.bounce.message_id, str_of(reports[i].id));
		if (!CHECK_INT(reply.bounce.count, 1))
			continue;
		CHECK_STR(
		    reply.bounce.recipients[0].address, str_of(reports[i].address));
		CHECK_STR(reply.bounce.recipients[0].status, str_of(reports[i].status));
		CHECK_STR(reply.bounce.recipients[0].words, str_of(reports[i].words));
		CHECK_INT(reply.bounce.recipients[0].action, reports[i].action);
	}
}

static void
several(void)
{
	struct mime_bounce bounce = read_from(REPORT("MAILER-DAEMON@x.example") STATUS
	    "Reporting-MTA: dns; x\n\n\n"
	    "Final-Recipient: rfc822; a@example.com\nAction: failed\n\n"
	    "this is no field\n"
	    "Final-Recipient: rfc822; b@example.com\nAction: delayed\n\n"
	    "Final-Recipient: rfc822;\nAction: failed\n\n" LAST)
					.bounce;

	if (!CHECK_INT(bounce.count, 2))
		return;
	CHECK_STR(bounce.recipients[0].address, STR("a@example.com"));
	CHECK_STR(bounce.recipients[1].address, STR("b@example.com"));
	CHECK_INT(bounce.recipients[1].action, MIME_DELAYED);
}

#define MIXED "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n"
#define BACK  PART("text/plain") "Sorry.\n" PART("message/rfc822") RETURNED LAST

/* A mail that came back in no standard way is a report when a mail system sent it. */
static void
others(void)
{
	static const struct {
		const char *row, *mail;
		bool is;
		size_t failed;
	} rows[] = {
		{ "an empty sender",
		    "Return-Path: <>\nFrom: x@example.com\n" MIXED BACK, true, 0 },
		{ "by the sender's name", "From: Postmaster@example.com\n" MIXED BACK,
		    true, 0 },
		{ "told by Exim",
		    "From: Mailer-Daemon@example.com\n"
		    "X-Failed-Recipients: li@example.com, wu@example.com\n" MIXED BACK,
		    true, 2 },
		{ "forwarded by a person", "From: li@example.com\n" MIXED BACK, false,
		    0 },
		{ "without the mail", "Return-Path: <>\nFrom: x@example.com\n\nNo.\n",
		    false, 0 },
		{ "without its id",
		    "Return-Path: <>\nFrom: x@example.com\n" MIXED PART(
			"message/rfc822") "From: ask@kith.example\n\nHello\n" LAST,
		    false, 0 },
		{ "a report of reading",
		    "Return-Path: <>\nFrom: li@example.com\nContent-Type: "
		    "multipart/report;"
		    " report-type=disposition-notification; boundary=b\n" PART(
			"message/disposition-notification") "Disposition: "
							    "manual-action\n" LAST,
		    false, 0 },
		{ "a status in no report",
		    "From: li@example.com\n" MIXED STATUS
		    "Final-Recipient: rfc822; a@example.com\nAction: failed\n" LAST,
		    false, 0 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct mime_reply reply = read_from(rows[i].mail);

		check_about(rows[i].row);
		CHECK(reply.bounce.is == rows[i].is);
		CHECK_INT(reply.bounce.count, rows[i].failed);
		if (rows[i].is)
			CHECK_STR(reply.bounce.message_id, STR("kith.42@kith.example"));
		if (rows[i].failed)
			CHECK_INT(reply.bounce.recipients[1].action, MIME_FAILED);
	}
}

static void
limits(void)
{
	struct buf mail = buf_in(arena, MIME_READ_MAX_BYTES);
	struct mime_bounce bounce;

	buf_add(&mail, STR(REPORT("MAILER-DAEMON@x.example") STATUS));
	for (unsigned i = 0; i < 2 * MIME_LIST_MAX; i++) {
		buf_addf(&mail, "Final-Recipient: rfc822; a%u@example.com\n", i);
		buf_add(&mail, STR("Diagnostic-Code: smtp; "));
		for (unsigned k = 0; k < MIME_WORDS_MAX_BYTES; k++)
			buf_add(&mail, STR("满"));
		buf_add(&mail, STR("\n\n"));
	}
	buf_add_char(&mail, '\0');
	bounce = read_from(buf_str(&mail).at).bounce;
	if (!CHECK_INT(bounce.count, MIME_LIST_MAX))
		return;
	CHECK_INT(bounce.recipients[0].words.len, MIME_WORDS_MAX_BYTES / 3 * 3);
	CHECK(str_is_utf8(bounce.recipients[0].words));
}

int
main(void)
{
	int status;

	arena = arena_open();
	mime_start();
	status = CHECK_RUN({ "standard reports", standard },
	    { "several recipients", several }, { "other reports", others },
	    { "limits", limits });
	arena_close(&arena);
	return status;
}

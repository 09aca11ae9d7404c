/*
 * inbox.h - what comes back: SMS and MMS from people, delivery reports from gateways.
 *
 * A message that asks is a command of its sender, whom a number proves nothing of: it waits
 * until he has answered a challenge sent to that number (A3), and nothing of his book is
 * looked at before.  Commands: "更新 <identifier>", "ASK <identifier>", a code, "帮助" or
 * "HELP", and the opt-out words of facts: STOP, TD, 退订 ...
 */
#ifndef KITH_INBOX_INBOX_H
#define KITH_INBOX_INBOX_H

#include "ask/ask.h"
#include "base/call.h"
#include "http/http.h"

#define INBOX_SMS_MAX_BYTES      ((size_t)4096)
#define INBOX_BODY_MAX_BYTES     ((size_t)64 * 1024)
#define INBOX_MMS_MAX_BYTES      ((size_t)1024 * 1024)
#define INBOX_MMS_TEXT_MAX_BYTES ((size_t)32 * 1024)
#define INBOX_MMS_MAX_PARTS      16 /* multiparts counted too */

struct inbox {
	const struct ask_rules *rules;
	str secret; /* the last part of the URL a gateway calls */
	str region; /* for senders' numbers without a country */
};

/*
 * The route "/gate/": open, but nothing happens without the secret (404, always the same).
 *
 *	/gate/sms/kannel/<secret>         an SMS: from, to, text (or the body), charset, coding
 *	/gate/sms/kannel/<secret>/report  a delivery report: id (the letter), status
 *	/gate/sms/http/<secret>           the same two from any provider: from, text | id, status
 */
void inbox_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

/*
 * The route "/gate/mms/", which takes more at once; the same otherwise.
 *
 *	/gate/mms/mm7/<secret>            what an MMS relay posts: DeliverReq,
 *	                                  DeliveryReportReq, ReadReplyReq
 */
void inbox_mms_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

#endif

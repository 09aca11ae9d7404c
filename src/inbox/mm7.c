/*
 * mm7.c - what an MMS relay posts to us: delivery reports, and messages people sent
 * (3GPP TS 23.140 release 6, 8.7.2 and 8.7.3; annex L).
 *
 * The relay is answered in its own release's words: its transaction, its namespace, its
 * version.  It hears 1000 whatever came of a message, as an SMS gateway hears nothing;
 * only what cannot be read, and a store that is busy or broken, is told.
 */
#include "courier/soap.h"
#include "http/related.h"
#include "inbox/inbox_int.h"

#define ANSWER_MAX_BYTES ((size_t)16 * 1024)

#define CODE_DONE        "1000"
#define CODE_UNKNOWN_ID  "2005"
#define CODE_CORRUPT     "2007"
#define CODE_REFUSED     "2004"
#define CODE_OPERATION   "4003"
#define CODE_VALIDATION  "4004"
#define CODE_UNAVAILABLE "4006"

struct relayed {
	const struct inbox *inbox;
	const struct call *call;
	struct soap soap;
	const struct http_related *parts;
};

/* --- a delivery report --- */

static enum err
take_report(const struct relayed *r)
{
	return inbox_receipt_take(r->call, STR("mm7"),
	    soap_text(r->soap.message, STR("MessageID")),
	    soap_text(r->soap.message, STR("MMStatus")));
}

/* --- a message --- */

/* "+8613800000000/TYPE=PLMN@mms.example": the number is what stands before the slash. */
static str
sender_of(const struct xml_element *message)
{
	static const str paths[] = { STR_CONST("Sender/Number"),
		STR_CONST("Sender/RFC2822Address"), STR_CONST("Sender/ShortCode"),
		STR_CONST("Sender") /* where relays spare themselves the rest */ };
	str from = { 0 };

	for (size_t i = 0; i < INBOX_COUNT(paths) && !from.len; i++)
		from = soap_text(message, paths[i]);
	return str_trim(str_cut(&from, '/'));
}

/* The multipart that the Content element refers to; without one, whatever stands beside the
 * envelope. */
static struct http_related
content_of(const struct relayed *r)
{
	const struct xml_element *content = soap_find(r->soap.message, STR("Content"));
	const struct http_part *part = NULL;
	struct http_related out = { 0 };

	if (content)
		part = http_related_find(
		    r->call->arena, r->parts, xml_attribute(content, STR("href")));
	if (part && http_is_multipart(part->type)) {
		out.parts[out.count++] = *part;
		return out;
	}
	for (size_t i = 0; i < r->parts->count; i++)
		if (i != r->parts->root)
			out.parts[out.count++] = r->parts->parts[i];
	return out;
}

/* What came of it is between the sender and us: a relay hears no more of it than that. */
static enum err
take_message(const struct relayed *r)
{
	struct inbox_mms mms = { 0 };
	struct http_related content = content_of(r);
	enum err e;

	TRY(inbox_mms_read(r->call->arena, &content, &mms));
	mms.from = sender_of(r->soap.message);
	if (!mms.text.len)
		mms.text = soap_text(r->soap.message, STR("Subject"));
	e = inbox_mms_take(r->inbox, r->call, &mms);
	return inbox_is_ours_to_mend(e) ? e : OK;
}

/* --- the table of operations --- */

static const struct operation {
	str request;
	const char *response;
	enum err (*take)(const struct relayed *r);
} operations[] = {
	{ STR_CONST("DeliverReq"), "DeliverRsp", take_message },
	{ STR_CONST("DeliveryReportReq"), "DeliveryReportRsp", take_report },
	{ STR_CONST("ReadReplyReq"), "ReadReplyRsp", take_report },
};

static const struct operation *
operation_of(const struct soap *soap)
{
	for (size_t i = 0; i < INBOX_COUNT(operations); i++)
		if (str_same(operations[i].request, soap->name))
			return &operations[i];
	return NULL;
}

/* What each outcome is to a relay; whatever has no row is done. */
static const struct status {
	enum err outcome;
	str code, text;
} statuses[] = {
	{ ERR_NOT_FOUND, STR_CONST(CODE_UNKNOWN_ID),
	    STR_CONST("Message ID Not Found") },
	{ ERR_BAD_INPUT, STR_CONST(CODE_CORRUPT), STR_CONST("Message Format Corrupt") },
	{ ERR_UNSUPPORTED, STR_CONST(CODE_REFUSED),
	    STR_CONST("Multimedia Content Refused") },
	{ ERR_TOO_LARGE, STR_CONST(CODE_REFUSED),
	    STR_CONST("Multimedia Content Refused") },
};

static struct status
status_of(enum err outcome)
{
	for (size_t i = 0; i < INBOX_COUNT(statuses); i++)
		if (statuses[i].outcome == outcome)
			return statuses[i];
	return (struct status){ OK, STR(CODE_DONE), STR("Success") };
}

/* --- answering --- */

static void
add_status(struct buf *out, const struct soap *soap, const char *name,
    const struct status *status)
{
	buf_addf(out, "<%s xmlns=\"", name);
	xml_quoted(out, soap->schema);
	buf_add(out, STR("\">"));
	soap_leaf(
	    out, "MM7Version", soap->version.len ? soap->version : STR(SOAP_VERSION));
	buf_add(out, STR("<Status>"));
	soap_leaf(out, "StatusCode", status->code);
	soap_leaf(out, "StatusText", status->text);
	buf_addf(out, "</Status></%s>", name);
}

static void
send(struct http_res *res, unsigned http, const struct buf *out)
{
	str body = { 0 };

	if (buf_text(out, &body) !=
	    OK) /* a namespace or transaction past all measure */
		http = 400;
	http_answer(res, http, STR("text/xml; charset=utf-8"), body);
}

static void
respond(struct http_res *res, struct arena *arena, const struct soap *soap,
    const char *name, enum err outcome)
{
	struct buf out = buf_in(arena, ANSWER_MAX_BYTES);
	struct status status = status_of(outcome);

	soap_open(&out, soap->transaction, soap->schema);
	add_status(&out, soap, name, &status);
	soap_close(&out);
	send(res, 200, &out);
}

static void
fault(struct http_res *res, struct arena *arena, const struct soap *soap, unsigned http,
    struct status status)
{
	struct buf out = buf_in(arena, ANSWER_MAX_BYTES);

	soap_open(&out, soap->transaction, soap->schema);
	buf_addf(&out,
	    "<env:Fault><faultcode>env:%s</faultcode><faultstring>" STR_FMT
	    "</faultstring><detail>",
	    http == 503 ? "Server" : "Client", STR_ARG(status.text));
	add_status(&out, soap, "VASPErrorRsp", &status);
	buf_add(&out, STR("</detail></env:Fault>"));
	soap_close(&out);
	send(res, http, &out);
}

static enum err
read_request(const struct call *call, const struct http_req *req, struct soap *soap,
    struct http_related *parts)
{
	TRY(http_related_read(
	    call->arena, http_field(req, STR("content-type")), req->body, parts));
	return soap_read(call->arena, parts->parts[parts->root].bytes, soap);
}

enum err
inbox_mm7_answer(const struct inbox *inbox, const struct call *call,
    const struct http_req *req, struct http_res *res)
{
	struct http_related parts;
	struct relayed r = { .inbox = inbox, .call = call, .parts = &parts };
	enum err e = read_request(call, req, &r.soap, &parts);
	const struct operation *operation = operation_of(&r.soap);

	if (!r.soap.schema.len)
		r.soap.schema = STR(SOAP_SCHEMA);
	if (e != OK) {
		fault(res, call->arena, &r.soap, 500,
		    (struct status){
			e, STR(CODE_VALIDATION), STR("Validation Error") });
		return e;
	}
	if (!operation) {
		fault(res, call->arena, &r.soap, 500,
		    (struct status){ ERR_UNSUPPORTED, STR(CODE_OPERATION),
			STR("Unsupported Operation") });
		return ERR_UNSUPPORTED;
	}
	e = operation->take(&r);
	if (inbox_is_ours_to_mend(e))
		fault(res, call->arena, &r.soap, 503,
		    (struct status){
			e, STR(CODE_UNAVAILABLE), STR("Service Unavailable") });
	else
		respond(res, call->arena, &r.soap, operation->response, e);
	return e;
}

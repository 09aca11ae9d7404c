/* test_mm7.c - what an MMS relay posts, and what it hears. */
#include "courier/soap.h"
#include "inbox/fixture_int.h"
#include "store/fault.h"

#define SCHEMA \
	"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-5-MM7-1-3"
#define HOOK "/gate/mms/mm7/gatesecret"

#define ENVELOPE(message)                                                              \
	"<?xml version=\"1.0\"?><e:Envelope xmlns:e=\""                                \
	"http://schemas.xmlsoap.org/soap/envelope/\"><e:Header>"                       \
	"<TransactionID xmlns=\"" SCHEMA                                               \
	"\" e:mustUnderstand=\"1\">t&amp;1</TransactionID></e:Header><e:Body>" message \
	"</e:Body></e:Envelope>"
#define DELIVER(sender)                                                        \
	ENVELOPE("<DeliverReq xmlns=\"" SCHEMA                                 \
		 "\"><MM7Version>5.3.0</MM7Version><LinkedID>l-1</LinkedID>"   \
		 "<Sender>" sender "</Sender><Recipients><To><Number>10690000" \
		 "</Number></To></Recipients><Subject>HELP</Subject>"          \
		 "<Content href=\"cid:content\"/></DeliverReq>")
#define REPORT(id, status)                                                        \
	ENVELOPE("<DeliveryReportReq xmlns=\"" SCHEMA                             \
		 "\"><MM7Version>5.3.0</MM7Version><MessageID>" id "</MessageID>" \
		 "<MMStatus>" status "</MMStatus></DeliveryReportReq>")
#define ZHANG "<Number>" ZHANG_NUMBER "</Number>"
#define PLAIN "text/plain; charset=utf-8"

struct heard {
	unsigned status;
	struct soap soap;
};

static struct heard
post_to(struct house *h, const char *path, const char *type, str body)
{
	struct call call = call_of(h, CALL_NOBODY);
	const struct http_field field = { STR("content-type"), str_of(type) };
	struct http_req req = { .method = HTTP_POST,
		.path = str_of(path),
		.fields = &field,
		.field_count = 1,
		.body = body,
		.route = sizeof "/gate/mms/" - 1 };
	struct http_res res = { 0 };
	struct heard heard = { 0 };

	inbox_mms_answer(&h->inbox, &call, &req, &res);
	heard.status = res.status;
	if (res.body.len)
		CHECK_OK(soap_read(h->arena, res.body, &heard.soap));
	return heard;
}

static struct heard
relay_says(struct house *h, const char *envelope)
{
	return post_to(h, HOOK, "text/xml; charset=utf-8", str_of(envelope));
}

/* The message with that content, as one part beside the envelope. */
static struct heard
relay_sends(
    struct house *h, const char *envelope, const char *type, const char *content)
{
	return post_to(h, HOOK, "multipart/related; boundary=o; start=\"<env>\"",
	    arena_printf(h->arena,
		"--o\r\nContent-Type: text/xml\r\nContent-ID: <env>\r\n\r\n%s\r\n"
		"--o\r\nContent-Type: %s\r\nContent-ID: <content>\r\n\r\n%s\r\n"
		"--o--\r\n",
		envelope, type, content));
}

static str
code_of(const struct heard *heard)
{
	const struct xml_element *detail =
	    soap_find(heard->soap.message, STR("detail"));

	return soap_text(
	    detail ? detail->first : heard->soap.message, STR("Status/StatusCode"));
}

/* --- messages --- */

/* The answer is in the request's own words. */
static void
answered_in_kind(void)
{
	struct house h;
	struct heard heard;

	house_open(&h);
	heard = relay_sends(&h, DELIVER(ZHANG), PLAIN, "hello");
	CHECK_INT(heard.status, 200);
	CHECK_STR(heard.soap.name, STR("DeliverRsp"));
	CHECK_STR(heard.soap.transaction, STR("t&1"));
	CHECK_STR(heard.soap.schema, STR(SCHEMA));
	CHECK_STR(heard.soap.version, STR("5.3.0"));
	CHECK_STR(code_of(&heard), STR("1000"));
	CHECK_INT(posted(&h).count, 0); /* a remark */
	house_close(&h);
}

static void
commands(void)
{
	static const struct {
		const char *row, *envelope, *type, *content;
		const char
		    *answer; /* the head of what the sender gets; NULL: nothing */
	} rows[] = {
		{ "a command", DELIVER(ZHANG), PLAIN, "更新 18988888888", "验证码" },
		{ "nested", DELIVER("<Number>" ZHANG_NUMBER "/TYPE=PLMN</Number>"),
		    "multipart/mixed; boundary=i",
		    "--i\r\nContent-Type: application/smil\r\n\r\n<smil/>\r\n"
		    "--i\r\nContent-Type: text/plain; charset=GBK\r\n\r\n"
		    "\xb0\xef\xd6\xfa\r\n--i--\r\n",
		    "发送“更新" },
		{ "by the address of a phone",
		    DELIVER("<RFC2822Address>" ZHANG_NUMBER
			    "/TYPE=PLMN@mms.example</RFC2822Address>"),
		    PLAIN, "帮助", "发送“更新" },
		{ "a relay that writes no Number", DELIVER(ZHANG_NUMBER), PLAIN, "帮助",
		    "发送“更新" },
		{ "only a subject", DELIVER(ZHANG), "application/smil", "<smil/>",
		    "发送“更新" },
		{ "a stranger", DELIVER("<Number>+8613911111111</Number>"), PLAIN,
		    "更新 18988888888", NULL },
		{ "nobody we can answer", DELIVER("<ShortCode>123</ShortCode>"), PLAIN,
		    "帮助", NULL },
		{ "no sender", DELIVER(""), PLAIN, "帮助", NULL },
	};

	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		struct house h;
		struct heard heard;
		struct letters letters;

		check_about(rows[i].row);
		house_open(&h);
		heard =
		    relay_sends(&h, rows[i].envelope, rows[i].type, rows[i].content);
		CHECK_STR(code_of(&heard), STR("1000"));
		letters = posted(&h);
		CHECK_INT(letters.count, rows[i].answer != NULL);
		if (letters.count && rows[i].answer) {
			CHECK_STR(letters.list[0].to, STR(ZHANG_NUMBER));
			CHECK_STR(letters.list[0].channel, STR("sms"));
			CHECK(has(letters.list[0].body, rows[i].answer));
		}
		house_close(&h);
	}
}

/* Where no SMS leads out, an MMS answers. */
static void
answered_by_mms(void)
{
	struct house h;
	struct letters letters;

	house_open(&h);
	h.rules.sms = false;
	h.rules.mms = true;
	(void)relay_sends(&h, DELIVER(ZHANG), PLAIN, "帮助");
	letters = posted(&h);
	CHECK_INT(letters.count, 1);
	CHECK_STR(letters.list[0].channel, STR("mms"));
	house_close(&h);
}

/* No command is longer than an SMS may be, and so nothing comes of it. */
static void
long_text(void)
{
	for (size_t over = 0; over < 2; over++) {
		struct house h;
		struct heard heard;
		struct buf text;

		house_open(&h);
		text = buf_in(h.arena, INBOX_SMS_MAX_BYTES + 1);
		buf_add(&text, STR("ASK "));
		while (text.len < INBOX_SMS_MAX_BYTES + over)
			buf_add_char(&text, '1');
		heard = relay_sends(
		    &h, DELIVER(ZHANG), PLAIN, arena_copy(h.arena, buf_str(&text)).at);
		CHECK_STR(code_of(&heard), STR("1000"));
		CHECK_INT(posted(&h).count, !over);
		house_close(&h);
	}
}

/* A stop word blocks whoever sends it. */
static void
stopped(void)
{
	struct house h;
	struct letters letters;

	house_open(&h);
	(void)relay_sends(&h, DELIVER("<Number>+8613911111111</Number>"), PLAIN, "TD");
	letters = posted(&h);
	CHECK_INT(letters.count, 1);
	CHECK_STR(letters.list[0].to, STR("+8613911111111"));
	(void)relay_sends(&h, DELIVER("<Number>+8613911111111</Number>"), PLAIN, "TD");
	CHECK_INT(posted(&h).count, 0);
	house_close(&h);
}

static enum err
read_content(struct arena *arena, const char *type, str bytes, struct inbox_mms *out)
{
	struct http_related content = { .count = 1 };

	content.parts[0] = (struct http_part){ .type = str_of(type), .bytes = bytes };
	*out = (struct inbox_mms){ 0 };
	return inbox_mms_read(arena, &content, out);
}

static void
parts(void)
{
	SCOPED(arena) arena = arena_open();
	struct inbox_mms mms;

	CHECK_OK(read_content(arena, "multipart/related; boundary=i",
	    STR("--i\r\nContent-Type: application/smil\r\n\r\n<smil/>\r\n"
		"--i\r\nContent-Type: text/plain\r\n\r\n one \r\n"
		"--i\r\nContent-Type: multipart/mixed; boundary=j\r\n\r\n"
		"--j\r\nContent-Type: Text/X-vCard; charset=utf-8\r\n"
		"Content-Transfer-Encoding: base64\r\n\r\n5byg5LiJ\r\n"
		"--j\r\nContent-Type: text/plain; charset=UTF-16BE\r\n\r\n"
		"\x5f\x20\x4e\x09\r\n--j--\r\n\r\n"
		"--i\r\nContent-Type: image/png\r\n\r\n\x89\0\xff\r\n"
		"--i\r\nContent-Type: image/jpeg\r\n\r\nsecond\r\n"
		"--i\r\nContent-Type: text/vcard\r\n\r\nsecond\r\n"
		"--i--\r\n"),
	    &mms));
	CHECK_STR(mms.text, STR("one\n张三"));
	CHECK_STR(mms.card, STR("张三"));
	CHECK_STR(mms.picture_type, STR("image/png"));
	CHECK_STR(mms.picture, STR("\x89\0\xff"));
}

/* `count` parts, each in a multipart of its own that deep. */
static str
nest(struct arena *arena, size_t count, unsigned depth)
{
	struct buf out = buf_in(arena, (size_t)64 * 1024);

	for (size_t i = 0; i < count; i++) {
		buf_addf(&out, "--b%u\r\n", depth);
		if (depth) {
			buf_addf(&out,
			    "Content-Type: multipart/mixed; boundary=b%u\r\n\r\n",
			    depth - 1);
			buf_add(&out, nest(arena, 1, depth - 1));
		} else {
			buf_add(&out, STR("\r\nx"));
		}
		buf_add(&out, STR("\r\n"));
	}
	buf_addf(&out, "--b%u--\r\n", depth);
	return buf_str(&out);
}

static void
limits(void)
{
	SCOPED(arena) arena = arena_open();
	char *much = arena_get(arena, INBOX_MMS_TEXT_MAX_BYTES + 1);
	struct inbox_mms mms;

	for (size_t i = 0; i <= INBOX_MMS_TEXT_MAX_BYTES; i++)
		much[i] = 'x';
	CHECK_OK(
	    read_content(arena, PLAIN, (str){ much, INBOX_MMS_TEXT_MAX_BYTES }, &mms));
	CHECK_ERR(read_content(
		      arena, PLAIN, (str){ much, INBOX_MMS_TEXT_MAX_BYTES + 1 }, &mms),
	    ERR_TOO_LARGE);
	/* One multipart, and the rest of what may be. */
	CHECK_OK(read_content(arena, "multipart/mixed; boundary=b0",
	    nest(arena, INBOX_MMS_MAX_PARTS - 1, 0), &mms));
	CHECK_ERR(read_content(arena, "multipart/mixed; boundary=b0",
		      nest(arena, INBOX_MMS_MAX_PARTS, 0), &mms),
	    ERR_TOO_LARGE);
	CHECK_OK(read_content(
	    arena, "multipart/mixed; boundary=b2", nest(arena, 1, 2), &mms));
	CHECK_STR(mms.text, STR("x"));
	CHECK_ERR(read_content(
		      arena, "multipart/mixed; boundary=b3", nest(arena, 1, 3), &mms),
	    ERR_TOO_LARGE);
}

/* --- reports --- */

static enum err
taken_in(struct store_tx *tx, void *arg)
{
	struct letters *l = arg;

	for (size_t i = 0; i < l->count; i++) {
		l->list[i].state = STR("taken");
		l->list[i].gate = STR("mm7");
		l->list[i].receipt = STR("m-1");
		TRY(store_letter_update(tx, &l->list[i]));
	}
	return OK;
}

/* 李四 is asked by MMS, and the relay has taken it. */
static int64_t
asked(struct house *h)
{
	struct call call = call_of(h, h->zhang);
	struct books books;
	struct book_put put = { .name = STR("li.vcf"),
		.by = BOOK_BY_DAV,
		.bytes = STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\n"
			     "TEL;TYPE=CELL:18988888888\r\nEND:VCARD\r\n") };
	const struct ask_draft draft = { .whom = STR("18988888888"), .by = ASK_BY_MMS };
	struct book_put_done done;
	struct ask_opened opened;
	struct why why = { 0 };
	struct letters letters;

	h->rules.mms = true;
	must(book_list(&call, h->zhang, &books) == OK);
	must(book_put(&call, &books.list[0], &put, &done, &why) == OK);
	CHECK_OK(ask_open(&call, &h->rules, &draft, &opened, &why));
	letters = posted(h);
	CHECK_INT(letters.count, 1);
	CHECK_STR(letters.list[0].channel, STR("mms"));
	CHECK_OK(store_write(h->store, taken_in, &letters));
	return opened.id;
}

static enum ask_state
state_of(struct house *h, int64_t ask)
{
	struct call call = call_of(h, h->zhang);
	struct ask_view view;

	must(ask_find(&call, ask, &view) == OK);
	return view.state;
}

static void
reports(void)
{
	static const struct {
		const char *row, *envelope, *code;
		enum ask_state state;
	} rows[] = {
		{ "Retrieved", REPORT("m-1", "Retrieved"), "1000", ASK_DELIVERED },
		{ "Expired", REPORT("m-1", "Expired"), "1000", ASK_BOUNCED },
		{ "Rejected", REPORT("m-1", "Rejected"), "1000", ASK_BOUNCED },
		{ "Indeterminate", REPORT("m-1", "Indeterminate"), "1000", ASK_QUEUED },
		{ "Forwarded", REPORT("m-1", "Forwarded"), "1000", ASK_QUEUED },
		{ "another's", REPORT("m-2", "Retrieved"), "2005", ASK_QUEUED },
		{ "nobody's", REPORT("", "Retrieved"), "2007", ASK_QUEUED },
		{ "a word of tomorrow", REPORT("m-1", "Beamed"), "2007", ASK_QUEUED },
		{ "no word", REPORT("m-1", ""), "2007", ASK_QUEUED },
	};

	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		struct house h;
		struct heard heard;
		int64_t ask;

		check_about(rows[i].row);
		house_open(&h);
		ask = asked(&h);
		heard = relay_says(&h, rows[i].envelope);
		CHECK_INT(heard.status, 200);
		CHECK_STR(heard.soap.name, STR("DeliveryReportRsp"));
		CHECK_STR(code_of(&heard), str_of(rows[i].code));
		CHECK_INT(state_of(&h, ask), rows[i].state);
		house_close(&h);
	}
}

static void
twice(void)
{
	struct house h;
	struct heard heard;
	int64_t ask;

	house_open(&h);
	ask = asked(&h);
	(void)relay_says(&h, REPORT("m-1", "Retrieved"));
	heard = relay_says(&h, REPORT("m-1", "Retrieved"));
	CHECK_STR(code_of(&heard), STR("1000"));
	(void)relay_says(&h, REPORT("m-1", "Expired")); /* late: changes nothing */
	CHECK_INT(state_of(&h, ask), ASK_DELIVERED);
	house_close(&h);
}

/* --- what cannot be read --- */

static void
faults(void)
{
	static const struct {
		const char *row, *type, *body, *code;
	} rows[] = {
		{ "nothing", "text/xml", "", "4004" },
		{ "no XML", "text/xml", "hello", "4004" },
		{ "no envelope", "text/xml", "<DeliverReq/>", "4004" },
		{ "half of it", "text/xml", "<e:Envelope xmlns:e=\"x\">", "4004" },
		{ "an empty body", "text/xml", ENVELOPE(""), "4004" },
		{ "no part", "multipart/related; boundary=o", "--o--", "4004" },
		{ "no boundary", "multipart/related", ENVELOPE("<DeliverReq/>"),
		    "4004" },
		{ "an operation we have not", "text/xml", ENVELOPE("<SubmitReq/>"),
		    "4003" },
	};

	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		struct house h;
		struct heard heard;

		check_about(rows[i].row);
		house_open(&h);
		heard = post_to(&h, HOOK, rows[i].type, str_of(rows[i].body));
		CHECK_INT(heard.status, 500);
		CHECK_STR(heard.soap.name, STR("Fault"));
		CHECK_STR(
		    soap_text(heard.soap.message, STR("faultcode")), STR("env:Client"));
		CHECK_STR(code_of(&heard), str_of(rows[i].code));
		house_close(&h);
	}
}

/* What would not fit into an answer gets none. */
static void
endless_transaction(void)
{
	struct house h;
	struct buf body;
	struct heard heard;

	house_open(&h);
	body = buf_in(h.arena, (size_t)64 * 1024);
	buf_add(&body, STR("<Envelope><Header><TransactionID>"));
	while (body.len < (size_t)20 * 1024)
		buf_add(&body, STR("0123456789"));
	buf_add(&body,
	    STR("</TransactionID></Header><Body><DeliverReq/></Body></Envelope>"));
	heard = post_to(&h, HOOK, "text/xml", buf_str(&body));
	CHECK_INT(heard.status, 400);
	CHECK(!heard.soap.message);
	house_close(&h);
}

/* A relay without any namespace is answered in the release that is most spoken. */
static void
no_namespace(void)
{
	struct house h;
	struct heard heard;

	house_open(&h);
	heard =
	    relay_says(&h, "<Envelope><Header><TransactionID>7</TransactionID></Header>"
			   "<Body><DeliverReq/></Body></Envelope>");
	CHECK_INT(heard.status, 200);
	CHECK_STR(heard.soap.transaction, STR("7"));
	CHECK_STR(heard.soap.schema, STR(SOAP_SCHEMA));
	CHECK_STR(heard.soap.version, STR(SOAP_VERSION));
	house_close(&h);
}

/* A store that is held or broken: the relay is to call again, and then it is done. */
static void
later(void)
{
	static const enum err how[] = { ERR_BUSY, ERR_STORE, ERR_FULL };

	for (size_t i = 0; i < INBOX_COUNT(how); i++) {
		struct house h;
		struct heard heard;
		struct why why = { 0 };
		int64_t ask;

		house_open(&h);
		ask = asked(&h);
		store_close(&h.store);
		must(store_open_faulty(str_of(h.folder), &h.store, &why) == OK);
		store_fault_at(1, how[i]);
		heard = relay_says(&h, REPORT("m-1", "Retrieved"));
		store_fault_at(0, OK);
		CHECK_INT(heard.status, 503);
		CHECK_STR(code_of(&heard), STR("4006"));
		CHECK_STR(
		    soap_text(heard.soap.message, STR("faultcode")), STR("env:Server"));
		CHECK_INT(state_of(&h, ask), ASK_QUEUED);
		heard = relay_says(&h, REPORT("m-1", "Retrieved"));
		CHECK_STR(code_of(&heard), STR("1000"));
		CHECK_INT(state_of(&h, ask), ASK_DELIVERED);
		house_close(&h);
	}
}

/* A content that cannot be read is refused, and nothing is done. */
static void
refused_contents(void)
{
	static const struct {
		const char *row, *type, *content, *code;
	} rows[] = {
		{ "a broken multipart", "multipart/mixed; boundary=i",
		    "--i\r\n\r\n帮助", "2007" },
		{ "no charset we know", "text/plain; charset=klingon", "\xff\xfe",
		    "2007" },
		{ "an encoding nobody knows", "multipart/mixed; boundary=i",
		    "--i\r\nContent-Transfer-Encoding: x\r\n\r\n帮助\r\n--i--",
		    "2004" },
	};

	for (size_t i = 0; i < INBOX_COUNT(rows); i++) {
		struct house h;
		struct heard heard;

		check_about(rows[i].row);
		house_open(&h);
		heard = relay_sends(&h, DELIVER(ZHANG), rows[i].type, rows[i].content);
		CHECK_STR(heard.soap.name, STR("DeliverRsp"));
		CHECK_STR(code_of(&heard), str_of(rows[i].code));
		CHECK_INT(posted(&h).count, 0);
		house_close(&h);
	}
}

/* Without the secret there is nothing here, and it does not say what would be. */
static void
doors(void)
{
	static const char *const paths[] = { "/gate/mms/mm7/wrong", "/gate/mms/mm7/",
		"/gate/mms/mm7", "/gate/mms/mm4/gatesecret",
		"/gate/mms/mm7/gatesecret/report", "/gate/mms/" };

	for (size_t i = 0; i < INBOX_COUNT(paths); i++) {
		struct house h;
		struct heard heard;

		check_about(paths[i]);
		house_open(&h);
		heard = post_to(&h, paths[i], "text/xml", str_of(DELIVER(ZHANG)));
		CHECK_INT(heard.status, 404);
		CHECK(!heard.soap.message);
		CHECK_INT(posted(&h).count, 0);
		house_close(&h);
	}
}

int
main(void)
{
	return CHECK_RUN({ "answered in kind", answered_in_kind },
	    { "commands", commands }, { "answered by MMS", answered_by_mms },
	    { "a long text", long_text }, { "a stop word", stopped },
	    { "parts", parts }, { "limits", limits }, { "reports", reports },
	    { "a report twice", twice }, { "faults", faults },
	    { "refused contents", refused_contents },
	    { "an endless transaction", endless_transaction },
	    { "no namespace", no_namespace }, { "later", later }, { "doors", doors });
}

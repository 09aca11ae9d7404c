/* test_mm7.c - an MMS as bytes, what relays answer, and the gate between the two. */
#include "courier/attach_int.h"
#include "courier/fixture_int.h"
#include "courier/mm7_int.h"
#include "courier/soap.h"
#include "http/related.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define SCHEMA \
	"http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"

static struct arena *arena;

static const struct courier_mm7 relay = {
	.vaspid = STR_CONST("vasp"),
	.vasid = STR_CONST("kith"),
	.service_code = STR_CONST("cards"),
	.from = STR_CONST("10690000"),
	.version = STR_CONST("6.8.0"),
	.schema = STR_CONST("REL-6-MM7-1-4"),
	.reports = true,
};

static const struct courier_part parts[] = {
	{ STR_CONST("text/x-vcard; charset=utf-8"), STR_CONST("李四.vcf"),
	    STR_CONST("BEGIN:VCARD\r\nEND:VCARD\r\n") },
	{ STR_CONST("image/jpeg"), STR_CONST("zhang.jpg"),
	    STR_CONST("\xff\xd8\0\r\n\xff\xd9") },
};

static struct store_letter
letter_with(const struct courier_part *list, size_t count)
{
	struct store_letter letter = {
		.id = 4711,
		.to = STR("+8618988888888"),
		.subject = STR("张三 asks"),
		.body = STR("请你核对"),
		.made_ms = 1795420800000, /* 2026-11-23T08:00:00Z */
	};

	must(attach_write(arena, list, count, &letter.parts) == OK);
	return letter;
}

/* --- written --- */

#define ENVELOPE                                                                 \
	"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"                           \
	"<env:Envelope xmlns:env=\"http://schemas.xmlsoap.org/soap/envelope/\">" \
	"<env:Header><mm7:TransactionID xmlns:mm7=\"" SCHEMA                     \
	"\" env:mustUnderstand=\"1\">4711</mm7:TransactionID></env:Header>"      \
	"<env:Body><SubmitReq xmlns=\"" SCHEMA "\">"                             \
	"<MM7Version>6.8.0</MM7Version>"                                         \
	"<SenderIdentification><VASPID>vasp</VASPID><VASID>kith</VASID>"         \
	"<SenderAddress><ShortCode>10690000</ShortCode></SenderAddress>"         \
	"</SenderIdentification>"                                                \
	"<Recipients><To><Number>+8618988888888</Number></To></Recipients>"      \
	"<ServiceCode>cards</ServiceCode>"                                       \
	"<MessageClass>Informational</MessageClass>"                             \
	"<TimeStamp>2026-11-23T08:00:00Z</TimeStamp>"                            \
	"<ExpiryDate>2026-11-30T08:00:00Z</ExpiryDate>"                          \
	"<DeliveryReport>true</DeliveryReport><ReadReply>false</ReadReply>"      \
	"<Priority>Normal</Priority><Subject>张三 asks</Subject>"              \
	"<DistributionIndicator>false</DistributionIndicator>"                   \
	"<Content href=\"cid:content@kith\" allowAdaptations=\"true\"/>"         \
	"</SubmitReq></env:Body></env:Envelope>\n"

#define PAGES                                                                      \
	"<smil><head><layout><root-layout width=\"100%\" height=\"100%\"/>"        \
	"<region id=\"Text\" left=\"0\" top=\"0\" width=\"100%\" height=\"50%\"/>" \
	"<region id=\"Image\" left=\"0\" top=\"50%\" width=\"100%\" "              \
	"height=\"50%\" fit=\"meet\"/></layout></head><body><par dur=\"10s\">"     \
	"<text src=\"cid:text@kith\" region=\"Text\"/>"                            \
	"<img src=\"cid:part1@kith\" region=\"Image\"/></par></body></smil>"

static void
every_byte(void)
{
	static const char whole[] =
	    "--kith.4711.0\r\n"
	    "Content-Type: text/xml; charset=utf-8\r\n"
	    "Content-ID: <soap@kith>\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n"
	    "\r\n" ENVELOPE "\r\n"
	    "--kith.4711.0\r\n"
	    "Content-Type: multipart/related; boundary=\"kith.4711.0.content\"; "
	    "type=\"application/smil\"; start=\"<smil@kith>\"\r\n"
	    "Content-ID: <content@kith>\r\n"
	    "\r\n"
	    "--kith.4711.0.content\r\n"
	    "Content-Type: application/smil; charset=utf-8\r\n"
	    "Content-ID: <smil@kith>\r\n"
	    "Content-Location: pages.smil\r\n"
	    "\r\n" PAGES "\r\n"
	    "--kith.4711.0.content\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-ID: <text@kith>\r\n"
	    "Content-Location: text.txt\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n"
	    "\r\n"
	    "请你核对\r\n"
	    "--kith.4711.0.content\r\n"
	    "Content-Type: text/x-vcard; charset=utf-8; name=\"__.vcf\"\r\n"
	    "Content-ID: <part0@kith>\r\n"
	    "Content-Location: __.vcf\r\n"
	    "Content-Transfer-Encoding: binary\r\n"
	    "\r\n"
	    "BEGIN:VCARD\r\nEND:VCARD\r\n\r\n"
	    "--kith.4711.0.content\r\n"
	    "Content-Type: image/jpeg; name=\"zhang.jpg\"\r\n"
	    "Content-ID: <part1@kith>\r\n"
	    "Content-Location: zhang.jpg\r\n"
	    "Content-Transfer-Encoding: binary\r\n"
	    "\r\n"
	    "\xff\xd8\0\r\n\xff\xd9\r\n"
	    "--kith.4711.0.content--\r\n"
	    "\r\n"
	    "--kith.4711.0--\r\n";
	struct store_letter letter = letter_with(parts, COUNT(parts));
	struct mm7_message message;

	CHECK_OK(mm7_write(&relay, arena, &letter, &message));
	CHECK_STR(message.type, STR("multipart/related; boundary=\"kith.4711.0\"; "
				    "type=\"text/xml\"; start=\"<soap@kith>\""));
	CHECK_STR(message.body, ((str){ whole, sizeof whole - 1 }));
}

/* The envelope of what was written for that letter. */
static struct soap
envelope_of(const struct courier_mm7 *mm7, const struct store_letter *letter)
{
	struct mm7_message message;
	struct http_related related;
	struct soap soap = { 0 };

	CHECK_OK(mm7_write(mm7, arena, letter, &message));
	CHECK_OK(http_related_read(arena, message.type, message.body, &related));
	CHECK_INT(related.count, 2);
	CHECK_OK(soap_read(arena, related.parts[related.root].bytes, &soap));
	return soap;
}

static void
senders(void)
{
	static const struct {
		const char *from, *kind;
	} rows[] = {
		{ "10690000", "ShortCode" },
		{ "+8610690000", "Number" },
		{ "kith@mms.example", "RFC2822Address" },
		{ "", NULL },
	};
	struct store_letter letter = letter_with(NULL, 0);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct courier_mm7 mm7 = relay;
		const struct xml_element *at;

		check_about(rows[i].from);
		mm7.from = str_of(rows[i].from);
		at = soap_find(envelope_of(&mm7, &letter).message,
		    STR("SenderIdentification/SenderAddress"));
		CHECK_INT(at != NULL, rows[i].kind != NULL);
		if (at && rows[i].kind)
			CHECK_STR(
			    soap_text(at, str_of(rows[i].kind)), str_of(rows[i].from));
	}
}

/* What the operator or a card says can break no element; what is not set is not there. */
static void
odd_values(void)
{
	struct courier_mm7 odd = { .vaspid = STR("<a & \"b\">"),
		.version = STR("5.3.0"),
		.schema = STR("http://mms.example/x?a&b") };
	struct store_letter letter = letter_with(NULL, 0);
	struct soap soap;

	letter.subject = STR("</Subject><x/>0123456789012345678901234567890123456789");
	soap = envelope_of(&odd, &letter);
	CHECK_STR(soap.schema, STR("http://mms.example/x?a&b"));
	CHECK_STR(soap.version, STR("5.3.0"));
	CHECK_STR(soap.transaction, STR("4711"));
	CHECK_STR(soap_text(soap.message, STR("SenderIdentification/VASPID")),
	    STR("<a & \"b\">"));
	CHECK_STR(soap_text(soap.message, STR("Subject")),
	    STR("</Subject><x/>01234567890123456789012345"));
	CHECK_STR(soap_text(soap.message, STR("DeliveryReport")), STR("false"));
	CHECK(!soap_find(soap.message, STR("ServiceCode")));
	CHECK(!soap_find(soap.message, STR("SenderIdentification/VASID")));
}

/* A text that holds the boundary is still one part, and its own. */
static void
boundaries(void)
{
	struct store_letter letter = letter_with(NULL, 0);
	struct mm7_message message;
	struct http_related whole;
	struct http_related content;

	letter.body = STR("a\r\n--kith.4711.0--\r\n--kith.4711.1.content\r\nb");
	CHECK_OK(mm7_write(&relay, arena, &letter, &message));
	CHECK_OK(http_related_read(arena, message.type, message.body, &whole));
	CHECK_INT(whole.count, 2);
	CHECK_OK(http_related_read(
	    arena, whole.parts[1].type, whole.parts[1].bytes, &content));
	CHECK_INT(content.count, 2);
	CHECK_STR(content.parts[content.root].id, STR("smil@kith"));
	CHECK_STR(content.parts[1].bytes, letter.body);
}

/* The largest letter there can be is written whole. */
static void
largest(void)
{
	char *text = arena_get(arena, COURIER_BODY_MAX_BYTES);
	char *picture = arena_get(arena, COURIER_PARTS_MAX_BYTES);
	const struct courier_part part = { STR("image/png"), STR("p.png"),
		{ picture, COURIER_PARTS_MAX_BYTES } };
	struct store_letter letter = letter_with(&part, 1);
	struct mm7_message message;

	for (size_t i = 0; i < COURIER_BODY_MAX_BYTES; i++)
		text[i] = '&';
	letter.body = (str){ text, COURIER_BODY_MAX_BYTES };
	letter.subject = str_part(letter.body, 0, 998);
	CHECK_OK(mm7_write(&relay, arena, &letter, &message));
	CHECK(message.body.len > COURIER_BODY_MAX_BYTES + COURIER_PARTS_MAX_BYTES);
	letter.parts = STR("\1\1broken");
	CHECK_ERR(mm7_write(&relay, arena, &letter, &message), ERR_BAD_INPUT);
}

/* --- answered --- */

#define OPEN                                                                \
	"<?xml version=\"1.0\"?><soap:Envelope xmlns:soap=\""               \
	"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Header>"         \
	"<m:TransactionID xmlns:m=\"" SCHEMA                                \
	"\" soap:mustUnderstand=\"1\">4711</m:TransactionID></soap:Header>" \
	"<soap:Body>"
#define CLOSE "</soap:Body></soap:Envelope>"
#define RSP(status)                                                              \
	OPEN "<SubmitRsp xmlns=\"" SCHEMA                                        \
	     "\"><MM7Version>6.8.0</MM7Version><Status><StatusCode>" status      \
	     "</StatusCode><StatusText>x</StatusText></Status><MessageID> m-1\n" \
	     "</MessageID></SubmitRsp>" CLOSE
#define FAULT(code, detail)                                            \
	OPEN "<soap:Fault><faultcode>" code                            \
	     "</faultcode><faultstring>x</faultstring><detail>" detail \
	     "</detail></soap:Fault>" CLOSE
#define RS_ERROR(status)                                               \
	"<RSErrorRsp xmlns=\"" SCHEMA                                  \
	"\"><MM7Version>6.8.0</MM7Version><Status><StatusCode>" status \
	"</StatusCode></Status></RSErrorRsp>"

static const struct {
	const char *row;
	unsigned status;
	const char *body;
	enum gate_reply reply;
	const char *receipt, *words;
} answers[] = {
	{ "success", 200, RSP("1000"), GATE_TAKEN, "m-1", "" },
	{ "partly", 200, RSP("1100"), GATE_TAKEN, "m-1", "" },
	{ "no such address", 200, RSP("2002"), GATE_NEVER, "",
	    "the MMS relay cannot reach this number" },
	{ "not found", 200, RSP("2003"), GATE_NEVER, "",
	    "the MMS relay cannot reach this number" },
	{ "refused content", 200, RSP("2004"), GATE_NEVER, "",
	    "the MMS relay refuses the content" },
	{ "corrupt", 200, RSP("2007"), GATE_NEVER, "",
	    "the MMS relay cannot read the message" },
	{ "a client's error", 200, RSP("2000"), GATE_LATER, "",
	    "the MMS relay says 2000" },
	{ "a server's error", 200, RSP("3000"), GATE_LATER, "",
	    "the MMS relay says 3000" },
	{ "not us", 200, RSP("4001"), GATE_LATER, "",
	    "the MMS relay does not know us by our VASP" },
	{ "out of service", 200, RSP("4006"), GATE_LATER, "",
	    "the MMS relay says 4006" },
	{ "no number", 200, RSP("fine"), GATE_LATER, "",
	    "the MMS relay's answer cannot be read" },
	{ "a fault with a status", 500, FAULT("soap:Client", RS_ERROR("2002")),
	    GATE_NEVER, "", "the MMS relay cannot reach this number" },
	{ "a fault that says success", 500, FAULT("soap:Server", RS_ERROR("1000")),
	    GATE_LATER, "", "the MMS relay says soap:Server" },
	{ "a bare fault", 500, FAULT("soap:Client", ""), GATE_LATER, "",
	    "the MMS relay says soap:Client" },
	{ "an error without a fault", 200, OPEN RS_ERROR("3002") CLOSE, GATE_LATER, "",
	    "the MMS relay says 3002" },
	{ "the same, and success", 200, OPEN RS_ERROR("1000") CLOSE, GATE_LATER, "",
	    "the MMS relay's answer cannot be read" },
	{ "garbage", 200, "thanks!", GATE_LATER, "",
	    "the MMS relay's answer cannot be read" },
	{ "nothing", 200, "", GATE_LATER, "", "the MMS relay's answer cannot be read" },
	{ "half of it", 200, OPEN, GATE_LATER, "",
	    "the MMS relay's answer cannot be read" },
	{ "an empty body", 200, OPEN CLOSE, GATE_LATER, "",
	    "the MMS relay's answer cannot be read" },
	{ "entities", 200, "<!DOCTYPE x [<!ENTITY a \"1000\">]>" RSP("&a;"), GATE_LATER,
	    "", "the MMS relay's answer cannot be read" },
	{ "no such page", 404, "<html></html>", GATE_LATER, "",
	    "the MMS relay says 404" },
	{ "wrong password", 401, "", GATE_LATER, "",
	    "the MMS relay refuses our user name or password" },
};

static void
answered(void)
{
	for (size_t i = 0; i < COUNT(answers); i++) {
		const struct wire_res res = { .status = answers[i].status,
			.body = str_of(answers[i].body) };
		struct gate_said said = mm7_answer(arena, &res);

		check_about(answers[i].row);
		CHECK_INT(said.reply, answers[i].reply);
		CHECK_STR(said.receipt, str_of(answers[i].receipt));
		CHECK_STR(said.words, str_of(answers[i].words));
	}
}

/* Some relays send their answer as a part, too. */
static void
answered_in_parts(void)
{
	static struct wire_field type = { STR_CONST("content-type"),
		STR_CONST("multipart/related; boundary=b; type=text/xml") };
	const struct wire_res res = { .status = 200,
		.body = STR("--b\r\nContent-Type: text/xml\r\n\r\n" RSP(
		    "1000") "\r\n--b--\r\n"),
		.fields = &type,
		.field_count = 1 };

	CHECK_INT(mm7_answer(arena, &res).reply, GATE_TAKEN);
	CHECK_STR(mm7_answer(arena, &res).receipt, STR("m-1"));
}

/* More of an answer than there may be: cut, and so it is no XML any more. */
static void
huge_answer(void)
{
	struct buf body = buf_in(arena, WIRE_ANSWER_MAX_BYTES);
	struct wire_res res = { .status = 200 };

	buf_add(&body, STR(OPEN));
	while (body.len + 16 < WIRE_ANSWER_MAX_BYTES)
		buf_add(&body, STR("<SubmitRsp><x>"));
	res.body = buf_str(&body);
	CHECK_INT(mm7_answer(arena, &res).reply, GATE_LATER);
}

/* --- the gate --- */

static struct courier_setup
setup_for(struct fixture *f, const struct gateway *g)
{
	struct courier_setup setup = { .local = true, .told = note_told, .mm7 = relay };

	setup.mm7.url = arena_printf(f->arena, "http://127.0.0.1:%u/mm7", g->port);
	setup.mm7.username = STR("kith");
	setup.mm7.password = STR("sekret");
	return setup;
}

static const struct courier_letter mms = {
	.way = COURIER_MMS,
	.account = 7,
	.ask = 9,
	.to = STR_CONST("+8618988888888"),
	.text = STR_CONST("hello"),
	.parts = parts,
	.part_count = 1,
};

static const char *
http_answer_of(struct fixture *f, unsigned status, const char *body)
{
	return arena_printf(f->arena,
	    "HTTP/1.1 %u x\r\nContent-Type: text/xml\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    status, strlen(body), body)
	    .at;
}

static void
gate(void)
{
	static const struct {
		const char *row;
		unsigned status;
		const char *body, *state, *receipt;
	} rows[] = {
		{ "taken", 200, RSP("1000"), "taken", "m-1" },
		{ "no such number", 200, RSP("2002"), "failed", "" },
		{ "later", 500, FAULT("soap:Server", ""), "due", "" },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fixture f;
		struct gateway g;
		struct courier_setup setup;
		struct store_letter row;
		int64_t id;

		check_about(rows[i].row);
		fixture_open(&f);
		told_count = 0;
		gateway_open(
		    &g, http_answer_of(&f, rows[i].status, rows[i].body), gateway_run);
		setup = setup_for(&f, &g);
		id = fixture_post(&f, &mms);
		fixture_round(&f, &setup, f.call.now_ms);
		gateway_close(&g);
		CHECK(strstr(g.heard, "POST /mm7 ") == g.heard);
		CHECK(strstr(g.heard, "\r\nAuthorization: Basic a2l0aDpzZWtyZXQ=\r\n"));
		CHECK(strstr(g.heard, "\r\nSOAPAction: \"\"\r\n"));
		CHECK(
		    strstr(g.heard, "\r\nContent-Type: multipart/related; boundary="));
		CHECK(strstr(g.heard, "\r\n\r\nBEGIN:VCARD\r\n"));
		row = fixture_letter(&f, id);
		CHECK_STR(row.state, str_of(rows[i].state));
		CHECK_STR(row.receipt, str_of(rows[i].receipt));
		CHECK_INT(row.parts.len > 0, strcmp(rows[i].state, "due") == 0);
		CHECK_INT(told_count, strcmp(rows[i].state, "due") != 0);
		fixture_close(&f);
	}
}

struct looking {
	struct fixture *f;
	str gate, receipt;
	int64_t letter;
};

static enum err
look_in(struct store_tx *tx, void *arg)
{
	struct looking *l = arg;

	return courier_letter_of(tx, &l->f->call, l->gate, l->receipt, &l->letter);
}

/* A report names a letter by the relay's id for it, and no other gate's. */
static void
found_by_receipt(void)
{
	struct fixture f;
	struct gateway g;
	struct courier_setup setup;
	int64_t id;

	fixture_open(&f);
	gateway_open(&g, http_answer_of(&f, 200, RSP("1000")), gateway_run);
	setup = setup_for(&f, &g);
	id = fixture_post(&f, &mms);
	fixture_round(&f, &setup, f.call.now_ms);
	gateway_close(&g);
	{
		struct looking good = { &f, STR("mm7"), STR("m-1"), 0 };
		struct looking other = { &f, STR("sms-http"), STR("m-1"), 0 };
		struct looking none = { &f, STR("mm7"), STR("m-2"), 0 };
		struct looking empty = { &f, STR("mm7"), STR(""), 0 };

		CHECK_OK(store_write(f.store, look_in, &good));
		CHECK_INT(good.letter, id);
		CHECK_ERR(store_write(f.store, look_in, &other), ERR_NOT_FOUND);
		CHECK_ERR(store_write(f.store, look_in, &none), ERR_NOT_FOUND);
		CHECK_ERR(store_write(f.store, look_in, &empty), ERR_NOT_FOUND);
	}
	fixture_close(&f);
}

static void
nobody_answers(void)
{
	struct fixture f;
	struct gateway g;
	struct courier_setup setup;
	int64_t id;

	fixture_open(&f);
	gateway_open(&g, "", gateway_run);
	setup = setup_for(&f, &g);
	gateway_close(&g);
	id = fixture_post(&f, &mms);
	fixture_round(&f, &setup, f.call.now_ms);
	CHECK_STR(fixture_letter(&f, id).state, STR("due"));
	CHECK_STR(fixture_letter(&f, id).trouble, STR("the MMS relay does not answer"));
	CHECK(fixture_letter(&f, id).parts.len > 0);
	fixture_close(&f);
}

static void
bad_setups(void)
{
	static const struct {
		const char *row;
		size_t field;
		str value;
		enum err outcome;
	} rows[] = {
		{ "no schema", offsetof(struct courier_mm7, schema), STR_CONST(""),
		    ERR_BAD_INPUT },
		{ "no version", offsetof(struct courier_mm7, version), STR_CONST(""),
		    ERR_BAD_INPUT },
		{ "two senders", offsetof(struct courier_mm7, from),
		    STR_CONST("1069 1070"), ERR_BAD_INPUT },
		{ "no sender", offsetof(struct courier_mm7, from), STR_CONST(""), OK },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(courier) courier = NULL;
		struct courier_setup setup = { .mm7 = relay };
		struct why why = { 0 };

		check_about(rows[i].row);
		setup.mm7.url = STR("http://a/");
		*(str *)(void *)((char *)&setup.mm7 + rows[i].field) = rows[i].value;
		CHECK_ERR(courier_open(&setup, &courier, &why), rows[i].outcome);
	}
	CHECK(courier_way_open(
	    &(struct courier_setup){ .mm7.url = STR("http://a/") }, COURIER_MMS));
	CHECK(courier_way_open(&(struct courier_setup){ .tray = true }, COURIER_MMS));
	CHECK(!courier_way_open(
	    &(struct courier_setup){ .smtp.url = STR("smtp://a/") }, COURIER_MMS));
}

int
main(void)
{
	SCOPED(arena) own = arena_open();

	arena = own;
	wire_start();
	return CHECK_RUN({ "every byte", every_byte }, { "senders", senders },
	    { "odd values", odd_values }, { "boundaries", boundaries },
	    { "the largest", largest }, { "answered", answered },
	    { "answered in parts", answered_in_parts },
	    { "a huge answer", huge_answer }, { "the gate", gate },
	    { "found by its receipt", found_by_receipt },
	    { "nobody answers", nobody_answers }, { "setups", bad_setups });
}

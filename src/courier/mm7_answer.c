/* mm7_answer.c - what a relay says of a message, and what is to be done then. */
#include "courier/mm7_int.h"
#include "courier/soap.h"
#include "http/related.h"

#define STATUS_UNAUTHORIZED 401
#define STATUS_FORBIDDEN    403

/* TS 23.140 8.7.8.3.  Only what speaks of this message or its receiver is final; what
 * speaks of us can be mended while it waits. */
static const struct code {
	int64_t first, last;
	enum gate_reply reply;
	str words;
} codes[] = {
	{ 1000, 1999, GATE_TAKEN,
	    STR_CONST("") }, /* 1100, partly: of one receiver that is he */
	{ 2002, 2003, GATE_NEVER, STR_CONST("the MMS relay cannot reach this number") },
	{ 2004, 2004, GATE_NEVER, STR_CONST("the MMS relay refuses the content") },
	{ 2007, 2007, GATE_NEVER, STR_CONST("the MMS relay cannot read the message") },
	{ 4001, 4001, GATE_LATER,
	    STR_CONST("the MMS relay does not know us by our VASP") },
};

static struct gate_said
said_by_code(struct arena *arena, int64_t code)
{
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i].first <= code && code <= codes[i].last)
			return (struct gate_said){ .reply = codes[i].reply,
				.words = codes[i].words };
	return (struct gate_said){
		.reply = GATE_LATER,
		.words =
		    arena_printf(arena, "the MMS relay says %lld", (long long)code),
	};
}

static struct gate_said
unreadable(void)
{
	return (struct gate_said){
		.reply = GATE_LATER,
		.words = STR("the MMS relay's answer cannot be read"),
	};
}

/* "env:Client" is about us as much as about the message: only a status says which. */
static struct gate_said
read_fault(struct arena *arena, const struct soap *soap)
{
	const struct xml_element *detail = soap_find(soap->message, STR("detail"));
	str code = soap_text(soap->message, STR("faultcode"));
	int64_t status;

	if (detail && detail->first &&
	    str_number(soap_text(detail->first, STR("Status/StatusCode")), &status) &&
	    status >= 2000)
		return said_by_code(arena, status);
	return (struct gate_said){
		.reply = GATE_LATER,
		.words =
		    arena_printf(arena, "the MMS relay says " STR_FMT, STR_ARG(code)),
	};
}

static struct gate_said
read_message(struct arena *arena, const struct soap *soap)
{
	struct gate_said said;
	int64_t status;

	if (str_same(soap->name, STR("Fault")))
		return read_fault(arena, soap);
	if (!str_number(soap_text(soap->message, STR("Status/StatusCode")), &status))
		return unreadable();
	/* An RSErrorRsp outside of a fault takes nothing, whatever it says. */
	if (!str_same(soap->name, STR("SubmitRsp")) && status < 2000)
		return unreadable();
	said = said_by_code(arena, status);
	if (said.reply == GATE_TAKEN)
		said.receipt = soap_text(soap->message, STR("MessageID"));
	return said;
}

struct gate_said
mm7_answer(struct arena *arena, const struct wire_res *res)
{
	struct http_related related;
	struct soap soap;

	if (res->status == STATUS_UNAUTHORIZED || res->status == STATUS_FORBIDDEN)
		return (struct gate_said){
			.reply = GATE_LATER,
			.words = STR("the MMS relay refuses our user name or password"),
		};
	/* A fault comes with 500 (SOAP 1.1, 6.2), and its words say more than that. */
	if (http_related_read(arena, wire_field(res, STR("content-type")), res->body,
		&related) == OK &&
	    soap_read(arena, related.parts[related.root].bytes, &soap) == OK)
		return read_message(arena, &soap);
	return res->status / 100 == 2 ? unreadable() : said_by_code(arena, res->status);
}

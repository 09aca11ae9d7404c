/* mm7.c - MMS by an operator's MM7 interface: one letter, one SubmitReq, one receiver. */
#include "courier/mm7_int.h"

static bool
is_one_word(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] <= ' ')
			return false;
	return text.len > 0;
}

enum err
mm7_check(const struct courier_setup *setup, struct why *why)
{
	const struct courier_mm7 *mm7 = &setup->mm7;
	const struct {
		str value;
		bool good;
		const char *what;
	} rows[] = {
		{ mm7->version, is_one_word(mm7->version),
		    "[mms] version: MM7 needs one, such as 6.8.0" },
		{ mm7->schema, is_one_word(mm7->schema),
		    "[mms] schema: MM7 needs one, such as REL-6-MM7-1-4" },
		{ mm7->from, !mm7->from.len || is_one_word(mm7->from),
		    "[mms] from: this is no short code, number or address" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].good)
			continue;
		why->what = rows[i].what;
		why->name = rows[i].value;
		return ERR_BAD_INPUT;
	}
	return OK;
}

static struct gate_said
exchange(const struct courier_setup *setup, const struct call *call,
    const struct mm7_message *message)
{
	const struct wire_field fields[] = {
		{ STR("Content-Type"), message->type },
		{ STR("SOAPAction"), STR("\"\"") },
	};
	const struct wire_req req = {
		.method = STR("POST"),
		.url = setup->mm7.url,
		.body = message->body,
		.fields = fields,
		.field_count = sizeof fields / sizeof *fields,
		.username = setup->mm7.username,
		.password = setup->mm7.password,
		.inner = setup->local,
	};
	struct wire_res res;
	struct why why = { 0 };
	enum err e = wire_http(call->arena, &req, &res, &why);

	if (e != OK && e != ERR_TOO_LARGE) /* a status is an answer, however long */
		return (struct gate_said){
			.reply = GATE_LATER,
			.words = STR("the MMS relay does not answer"),
			.down = true,
		};
	return mm7_answer(call->arena, &res);
}

struct gate_said
mm7_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter)
{
	struct mm7_message message;

	if (mm7_write(&setup->mm7, call->arena, letter, &message) != OK)
		return (struct gate_said){
			.reply = GATE_NEVER,
			.words = STR("it cannot be written as an MMS"),
		};
	return exchange(setup, call, &message);
}

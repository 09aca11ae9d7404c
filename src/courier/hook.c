/*
 * hook.c - an owner's webhook: the body is posted to the URL he named, signed with the key
 * he was given.  Whoever answers 2xx has it; 410 wants no more of this one; anything else is
 * tried again.
 */
#include "courier/gate_int.h"
#include "wire/wire.h"

#define STATUS_GONE 410

bool
hook_open(const struct courier_setup *setup)
{
	(void)setup;
	return true;
}

struct gate_said
hook_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter)
{
	const struct wire_field fields[] = {
		{ STR("Content-Type"), STR("application/json") },
		{ STR("Kith-Signature"), letter->subject },
		{ STR("Kith-Delivery"),
		    arena_printf(call->arena, "%lld", (long long)letter->id) },
	};
	const struct wire_req req = { .method = STR("POST"),
		.url = letter->to,
		.body = letter->body,
		.fields = fields,
		.field_count = sizeof fields / sizeof *fields,
		.inner = setup->local_hooks };
	struct wire_res res = { 0 };
	struct why why = { 0 };
	enum err e = wire_http(call->arena, &req, &res, &why);

	if (e == ERR_BAD_INPUT || res.status == STATUS_GONE)
		return (struct gate_said){ .reply = GATE_NEVER };
	if ((e == OK || e == ERR_TOO_LARGE) && res.status / 100 == 2)
		return (struct gate_said){ .reply = GATE_TAKEN };
	return (struct gate_said){ .reply = GATE_LATER,
		.words = arena_printf(call->arena, "%u", res.status) };
}

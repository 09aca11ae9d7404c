/*
 * mm7_int.h - an MMS as MM7 has it: what is posted to the relay, and what its answer means.
 *
 * 3GPP TS 23.140 release 6: 8.7 (the operations), annex L (the bindings).
 */
#ifndef KITH_COURIER_MM7_INT_H
#define KITH_COURIER_MM7_INT_H

#include "courier/gate_int.h"
#include "wire/wire.h"

#define MM7_SUBJECT_MAX_RUNES 40 /* OMA MMS conformance: what every phone shows */

struct mm7_message {
	str type; /* its Content-Type, with the boundary */
	str body;
};

/* A SubmitReq with the letter's text and parts.  ERR_BAD_INPUT when the row's parts cannot
 * be read. */
enum err mm7_write(const struct courier_mm7 *mm7, struct arena *arena,
    const struct store_letter *letter, struct mm7_message *out);

/* What the relay's answer means: a SubmitRsp, a fault, or anything else. */
struct gate_said mm7_answer(struct arena *arena, const struct wire_res *res);

#endif

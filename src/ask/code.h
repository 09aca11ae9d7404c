/*
 * code.h - a code on its way to an address that its owner says is his.
 *
 * Only composes: auth/reach makes the code and takes it back.
 */
#ifndef KITH_ASK_CODE_H
#define KITH_ASK_CODE_H

#include "ask/ask.h"

struct store_tx;

/* "tel" or "email", as typed, in the form an account is known by.
 *
 * ERR_BAD_INPUT    that is no such number or address
 * ERR_UNSUPPORTED  nothing can be sent there from here: no gate, another country, a short or
 *                  premium number
 */
enum err ask_code_address(const struct call *call, const struct ask_rules *rules,
    str kind, str typed, str region, str *out);

/* Posts the code, in a write.  To an address shut to all, nothing goes out, and that is no
 * error: who asks is not told. */
enum err ask_code_in(struct store_tx *tx, const struct call *call,
    const struct ask_rules *rules, str kind, str to, str lang, str code);

#endif

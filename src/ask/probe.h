/*
 * probe.h - a letter that only shows whether a gateway takes what it is given.
 *
 * It says so itself, carries no link, and goes the way of all letters: the outbox, the
 * courier.  Any thread.
 */
#ifndef KITH_ASK_PROBE_H
#define KITH_ASK_PROBE_H

#include "ask/ask.h"
#include "courier/courier.h"

#define ASK_PROBES_PER_DAY 5 /* to one address, by one way */

/*
 * Posts one to a number or address as typed; *out is the letter's id (courier/look.h).
 *
 * ERR_BAD_INPUT    that is no such number or address
 * ERR_UNSUPPORTED  no gate leads there
 * ERR_FORBIDDEN    it is shut: its owner wants nothing from here
 * ERR_LIMIT        ASK_PROBES_PER_DAY
 */
enum err ask_probe(const struct call *call, const struct ask_rules *rules,
    enum courier_way way, str typed, str region, str lang, int64_t *out);

#endif

/*
 * policy.h - which verdicts of a merge are carried out at once and which wait for the
 * owner: mode, cell and evidence in, a decision out.  A table and a short list of floors;
 * no store, no clock.
 *
 * Evidence, how well the answerer is known:
 *
 *	4  logged in, and his verified identifier is the entry's
 *	3  by the link the server delivered to an address that stood in the book for a day
 *	2  by a link the owner sent himself, or to an address younger than that; by a message
 *	   with the ask's code
 *	1  a reply without a code        0  anybody
 */
#ifndef KITH_ASK_POLICY_H
#define KITH_ASK_POLICY_H

#include "ask/ask.h"
#include "base/when.h"

#define ASK_EVIDENCE_ACCOUNT   4
#define ASK_EVIDENCE_DELIVERED 3
#define ASK_EVIDENCE_LINK      2
#define ASK_EVIDENCE_SENDER    1
#define ASK_EVIDENCE_DEAD      (-1)        /* it bounced, or reached somebody else */
#define ASK_SETTLED_MS         WHEN_DAY_MS /* an address older than this is believed */

/* 'a'pply, 'v'erified, 'w'ait or 'n'othing to do, as in ask_item. */
char ask_policy(enum ask_mode mode, const struct card_verdict *verdict, int evidence);

#endif

/*
 * kept.h - answers that somebody without an account keeps for the next who asks him.
 *
 * They lie under a token of his own, /k/TOKEN, that he is shown once and nobody is sent.  The
 * store has the token's digest and a box sealed with a key made of the token, so neither the
 * server's operator nor a stolen store can read them.
 *
 * Whoever merely holds the link of an ask is never shown them: a link is forwarded, a number
 * goes to a new owner, a mailbox is a family's.  They are filled in only for a browser that
 * brings the private token, and never sent without his word.  For that reason the address asked
 * is not kept at all: it would say whose they are, and prove nothing that the token does not.
 *
 * Kept is what he typed himself.  What he only confirmed is the owner's value, masked to him;
 * nor a picture, which is large and quickly chosen again.
 */
#ifndef KITH_ASK_KEPT_H
#define KITH_ASK_KEPT_H

#include "ask/ask.h"

#define ASK_KEPT_MS ((int64_t)365 * 24 * 3600 * 1000)

str ask_kept_token(
    const struct call *call); /* a fresh one; nothing is kept under it yet */

/* Keeps the values of the operations.  A field said anew takes the place of the former, so
 * that the same again changes nothing.
 *
 * ERR_NOT_FOUND  there is no value      ERR_BAD_INPUT  no token of ours */
enum err ask_kept_put(const struct call *call, const struct card_ops *ops, str token);

/* Insertions, one a field.  ERR_NOT_FOUND: nothing there, or past its time. */
enum err ask_kept_find(
    const struct call *call, str token, struct card_ops *out, int64_t *until_ms);

enum err ask_kept_wipe(const struct call *call, str token);

#endif

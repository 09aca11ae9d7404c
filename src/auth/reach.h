/*
 * reach.h - the numbers and addresses an account is known by: added by a code sent there,
 * removed.
 *
 * Whether somebody else is known by one is told only to who has shown that it is his.
 * Any thread.
 */
#ifndef KITH_AUTH_REACH_H
#define KITH_AUTH_REACH_H

#include "auth/auth.h"

#define AUTH_IDENTIFIERS_MAX   10 /* of an account */
#define AUTH_REACH_PER_DAY     5  /* codes of an account: each may cost an SMS */
#define AUTH_REACH_CODE_DIGITS 6

/* Posts the code, in the write that made it. */
typedef enum err (*auth_post)(struct store_tx *tx, str code, void *arg);

/*
 * Makes a code for the caller's new number or address (kind and value as in the store, in
 * normal form): AUTH_CHALLENGE_MS, AUTH_CHALLENGE_TRIES.
 *
 * ERR_EXISTS  it is the caller's already
 * ERR_LIMIT   AUTH_REACH_PER_DAY, AUTH_CHALLENGES_PER_DAY
 * ERR_FULL    AUTH_IDENTIFIERS_MAX
 */
enum err auth_reach_begin(
    const struct call *call, str kind, str value, auth_post post, void *arg);

/* ERR_NOT_FOUND: no code waits; ERR_WHO: a wrong one; ERR_EXISTS: right, but another
 * account is known by it; ERR_FULL. */
enum err auth_reach_confirm(const struct call *call, str kind, str value, str code);

/* ERR_NOT_FOUND. */
enum err auth_reach_remove(const struct call *call, str kind, str value);

#endif

/*
 * leave.h - an account ends, by its own word.
 *
 * All that it has goes in one write, in every table (store_account_remove()); what others
 * asked to be spared (blocks for all) stays.  Any thread.
 */
#ifndef KITH_AUTH_LEAVE_H
#define KITH_AUTH_LEAVE_H

#include "auth/auth.h"

/* With the password, and with a code where one is wanted (factor.h).  ERR_WHO: one of the
 * two is wrong; ERR_LIMIT: throttled; ERR_CONDITION: the last administrator of others. */
enum err auth_leave(
    struct auth *auth, const struct call *call, str password, str code, str peer);

#endif

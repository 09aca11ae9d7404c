/*
 * factor.h - what is asked for beside a password: a code by time (RFC 6238), or one of ten
 * codes for recovery, each good for one time.
 *
 * Codes are throttled for themselves: a right password forgives no wrong code.  A step that
 * was used cannot be used again.  While codes are wanted, the account's own password opens
 * nothing by HTTP Basic; app passwords do as before.  Any thread.
 */
#ifndef KITH_AUTH_FACTOR_H
#define KITH_AUTH_FACTOR_H

#include "auth/auth.h"
#include "seal/totp.h"

#define AUTH_RECOVERY_CODES   10
#define AUTH_TOTP_STEPS_ASIDE 1 /* a clock may be wrong by so many */
#define AUTH_SECOND_MS        ((int64_t)10 * 60 * 1000) /* from password to code */

struct auth_totp {
	bool on;
	int64_t since_ms;
	int64_t recovery_left;
};

enum err auth_totp_find(
    const struct call *call, int64_t account, struct auth_totp *out);

/*
 * Turns codes on for the caller, once `code` shows that the secret (seal_totp_secret())
 * reached an authenticator.  `codes`: AUTH_RECOVERY_CODES of them, stored as digests only.
 *
 * ERR_BAD_INPUT  no secret       ERR_EXISTS  codes are on
 * ERR_WHO        a wrong code    ERR_LIMIT   throttled
 */
enum err auth_totp_on(
    struct auth *auth, const struct call *call, str secret, str code, str *codes);

/* Turns them off, with password and code (or a code for recovery).  ERR_NOT_FOUND: they are
 * off; ERR_WHO: one of the two is wrong; ERR_LIMIT. */
enum err auth_totp_off(
    struct auth *auth, const struct call *call, str password, str code, str peer);

/* The operator's call, for who lost his phone and his codes for recovery: what `kith user
 * codes-off` does.  ERR_NOT_FOUND: they are off. */
enum err auth_totp_drop(const struct call *call, int64_t account);

/*
 * The second step of a log-in that auth_session_open() gave a ticket for.
 *
 * ERR_GONE  the ticket is unknown, used or over: begin again
 * ERR_WHO   a wrong code             ERR_LIMIT  throttled
 */
enum err auth_session_second(
    struct auth *auth, const struct call *call, str ticket, str code, str *token);

#endif

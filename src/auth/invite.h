/*
 * invite.h - how people come to an account without an operator: the code of the first start,
 * invitations, and a link for who has forgotten his password.
 *
 * Each is shown once and kept as a hash, works once, and ends by itself.  Any thread.
 */
#ifndef KITH_AUTH_INVITE_H
#define KITH_AUTH_INVITE_H

#include "auth/auth.h"

#define AUTH_START_GROUPS 4 /* of four letters: 80 bits */
#define AUTH_INVITE_MS    ((int64_t)7 * 24 * 3600 * 1000)
#define AUTH_INVITES_MAX  100 /* waiting at once */
#define AUTH_INVITE_BYTES 100 /* of its note */
#define AUTH_RESET_MS     ((int64_t)24 * 3600 * 1000)

/* --- the first start --- */

/* At the start of a server: a fresh code, the one before being void; empty when there is an
 * account. */
enum err auth_start_code(const struct call *call, str *code);

/* Makes the first account, an administrator, and his session.
 *
 * ERR_EXISTS     there is an account (why->name empty)
 * ERR_WHO        a wrong code           ERR_LIMIT  too many of them: wait
 * ERR_BAD_INPUT  as auth_account_add(); the code is not spent
 */
enum err auth_start(struct auth *auth, const struct call *call, str code,
    const struct auth_new *fresh, str about, str *token, struct why *why);

/* --- invitations --- */

/* `note`: for whom, as the maker will know him again.  ERR_BAD_INPUT: a longer one;
 * ERR_LIMIT: AUTH_INVITES_MAX. */
enum err auth_invite_make(const struct call *call, str note, str *token);

struct auth_invite {
	str id; /* to withdraw it; of no use to take it */
	str note;
	int64_t expires_ms;
};

enum err auth_invite_list(
    const struct call *call, struct auth_invite **out, size_t *count);
enum err auth_invite_withdraw(const struct call *call, str id); /* ERR_NOT_FOUND */

/* ERR_GONE: taken, withdrawn, over, or none. */
enum err auth_invite_find(const struct call *call, str token);

/* Makes the account and its session.  ERR_GONE; ERR_EXISTS and ERR_BAD_INPUT as
 * auth_account_add(): the invitation still stands. */
enum err auth_invite_take(const struct call *call, str token,
    const struct auth_new *fresh, str about, str *session, struct why *why);

/* --- a forgotten password --- */

/* A link for that account; one made before is void.  ERR_NOT_FOUND. */
enum err auth_reset_make(const struct call *call, int64_t account, str *token);

/* Whose it is.  ERR_GONE. */
enum err auth_reset_find(const struct call *call, str token, str *login);

/* All sessions end; codes and devices stay.  ERR_GONE; ERR_BAD_INPUT: a short password. */
enum err auth_reset_take(
    const struct call *call, str token, str password, struct why *why);

#endif

/* account_int.h - accounts made, changed and removed inside a write; and what is noted of it. */
#ifndef KITH_AUTH_ACCOUNT_INT_H
#define KITH_AUTH_ACCOUNT_INT_H

#include "auth/auth_int.h"
#include "auth/deed.h"

/* --- account.c --- */

struct account_adding {
	const struct call *call;
	const struct auth_new *fresh;
	int64_t id;
	str hash;
	str taken; /* out */
};

/* Outside of the write: checks, and hashes the password, which takes its time. */
enum err account_prepare(const struct call *call, const struct auth_new *fresh,
    struct account_adding *out, struct why *why);
enum err account_add_in(struct store_tx *tx, struct account_adding *adding);

/* The write's outcome, with what was taken. */
enum err account_outcome(
    const struct account_adding *adding, enum err outcome, struct why *why);

/* ERR_CONDITION: the last administrator of others. */
enum err account_remove_in(
    struct store_tx *tx, const struct call *call, int64_t account);

enum err password_prepare(
    struct arena *arena, str password, str *hash, struct why *why);
enum err password_put_in(
    struct store_tx *tx, const struct call *call, int64_t account, str hash);

/* --- admin.c --- */

/* Whether this account may stop being an administrator that can sign in.  ERR_CONDITION: it
 * is the last one, and there are other accounts. */
enum err admin_may_go_in(struct store_tx *tx, const struct store_account *account);

/* --- deed.c --- */

/* Notes what happened to an account (0: to the server); the caller did it. */
enum err deed_in(struct store_tx *tx, const struct call *call, int64_t account,
    enum auth_deed deed, str about);

/* A failure to sign in, counted; account 0: a login that nobody has.  Writes. */
void deed_note_failure(const struct call *call, int64_t account);

#endif

/* auth_int.h - what the files of this room share. */
#ifndef KITH_AUTH_AUTH_INT_H
#define KITH_AUTH_AUTH_INT_H

#include <pthread.h>

#include "auth/auth.h"
#include "store/account.h"
#include "store/factor.h"

#define CACHE_KEY_BYTES 16
#define THROTTLE_SLOTS  1024

/* A credential verified lately; no password, and nothing one could be guessed from without
 * the key, which lives in this process only. */
struct verified {
	unsigned char key[CACHE_KEY_BYTES]; /* keyed digest of the whole header */
	int64_t account, credential;
	char name[AUTH_DEVICE_NAME_BYTES + 1]; /* of the device */
	char groups[AUTH_GROUPS_BYTES + 1];
	char hash[128];   /* as it was in the store: a changed password differs */
	int64_t until_ms; /* 0: an empty place */
	uint64_t stamp;   /* of the store when the credential was last seen to stand */
};

/* Failures of one address or account lately. */
struct failures {
	unsigned char key[CACHE_KEY_BYTES];
	unsigned count;
	int64_t wait_until_ms, last_ms;
};

struct auth {
	struct store *store;
	struct arena *arena;
	str cache_key;  /* of this process */
	str dummy_hash; /* what a password of nobody is held against */
	pthread_mutex_t lock;
	struct verified verified[AUTH_CACHE_ENTRIES];
	struct failures failures[THROTTLE_SLOTS];
	pthread_cond_t slot_free;
	unsigned hashing; /* argon2 runs under way */
};

/* Whether this address or login has to wait (throttle.c). */
bool throttle_waits(struct auth *auth, str who, int64_t now_ms);
void throttle_failed(struct auth *auth, str who, int64_t now_ms);
void throttle_forgive(struct auth *auth, str who);

/* argon2, never more than AUTH_HASHES_AT_ONCE at a time (auth.c). */
bool slots_password_fits(struct auth *auth, str hash, str password);

/* What is stored of an app password: dashes, blanks and case do not count. */
str auth_app_hash(struct arena *arena, str password);

/* The account's own password's row.  ERR_NOT_FOUND: it has none. */
enum err auth_main_password(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_credential *out);

/* The password of an account (or of nobody: ERR_WHO after the same time). */
enum err verify_login(struct auth *auth, const struct call *call, str login,
    str password, str peer, struct store_credential *out);
/* The same; *tried is whose login it was, also where it is refused. */
enum err verify_login_of(struct auth *auth, const struct call *call, str login,
    str password, str peer, struct store_credential *out, int64_t *tried);

/* Whether this is the caller's password, as a log-in takes it.  ERR_WHO, ERR_LIMIT. */
enum err auth_is_caller(
    struct auth *auth, const struct call *call, str password, str peer);

/* auth_app_password_make() inside a write (account.c). */
enum err app_password_make_in(
    struct store_tx *tx, const struct call *call, int64_t account, str label, str *out);

/* Groups of four letters that are easily told apart (account.c). */
str auth_letters(struct arena *arena, int groups);

/* --- tickets (ticket.c): what a token stands for until its next step --- */

#define TICKET_SECOND "second" /* a log-in that waits for its code */

/* A fresh token for what was begun; peer empty: it is not counted.  ERR_LIMIT: this peer has
 * AUTH_TICKETS_PER_PEER of the kind. */
enum err ticket_make_in(
    struct store_tx *tx, const struct call *call, struct store_ticket *row, str *token);

/* A code of so many numbers, for a row with account, kind, value and payload (challenge.c).
 * ERR_LIMIT: AUTH_CHALLENGES_PER_DAY. */
enum err challenge_add_in(struct store_tx *tx, const struct call *call,
    struct store_challenge *row, int64_t below, str *code);

/* --- sessions (session.c) --- */

/* A session to be added, and its token. */
struct store_session session_fresh(
    const struct call *call, int64_t account, str about, str *token);
str session_clipped(str text); /* to AUTH_ABOUT_BYTES, at the start of a character */
str session_clipped_to(str text, size_t limit_bytes);

/* ERR_WHO: the account is disabled. */
enum err session_add_in(
    struct store_tx *tx, const struct call *call, const struct store_session *row);

/* A code of the account, spent if it is right (factor.c).  ERR_NOT_FOUND: none is wanted. */
enum err factor_take_in(struct store_tx *tx, const struct call *call, int64_t account,
    str typed, bool *right);

/* Codes are throttled for themselves: whether to wait, and how one turned out: OK or ERR_WHO
 * (factor.c). */
bool factor_waits(struct auth *auth, const struct call *call, int64_t account);
enum err factor_settle(
    struct auth *auth, const struct call *call, int64_t account, bool right);

/* All sessions of the account but the token's (session.c). */
enum err session_end_others_in(
    struct store_tx *tx, struct arena *arena, int64_t account, str token);

#endif

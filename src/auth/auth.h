/*
 * auth.h - who is this.
 *
 * Passwords (argon2id), app passwords per device, sessions of the web, challenges (a code
 * sent to a verified identifier and given back).  A verified "Authorization: Basic" is
 * remembered for a short while under a keyed hash, never the password, so that a poll
 * costs microseconds.  Unknown user and wrong password give the same answer in the same
 * time; failures throttle the address and the account.  Any thread.
 */
#ifndef KITH_AUTH_AUTH_H
#define KITH_AUTH_AUTH_H

#include "base/call.h"
#include "base/err.h"

#define AUTH_CACHE_MS           (10 * 60 * 1000) /* a verified credential is believed */
#define AUTH_CACHE_ENTRIES      4096
#define AUTH_HASHES_AT_ONCE     2    /* bounds argon2's memory: 19 MiB each */
#define AUTH_FREE_TRIES         10   /* failures before waiting starts */
#define AUTH_WAIT_FIRST_MS      1000 /* doubles with each failure after */
#define AUTH_WAIT_MAX_MS        (15 * 60 * 1000)
#define AUTH_PASSWORD_MIN_BYTES 8
#define AUTH_PASSWORD_MAX_BYTES 1024
#define AUTH_SESSION_MS         ((int64_t)30 * 24 * 3600 * 1000)
#define AUTH_CHALLENGE_MS       ((int64_t)10 * 60 * 1000)
#define AUTH_CHALLENGE_TRIES    5
#define AUTH_CHALLENGES_PER_DAY 20 /* to one identifier: a challenge costs an SMS */
#define AUTH_APP_PASSWORD_BYTES 16 /* of randomness */
#define AUTH_GROUPS_BYTES       15
#define AUTH_TICKETS_PER_PEER   60 /* of a kind, begun by strangers and not over */
#define AUTH_DEVICE_NAME_BYTES  64 /* of a label that the history tells; cut there */

struct auth;
struct store_tx;

enum err auth_open(struct store *store, struct auth **out);
void auth_close(struct auth **auth);

/* --- HTTP Basic --- */

/* Who showed a credential, and which. */
struct auth_caller {
	int64_t account;
	struct call_device
	    device;    /* its name is empty for the account's own password */
	int64_t tried; /* whose login it was, also where it was refused; 0: nobody's */
};

/* Whether this exact header was verified lately: no hash, no write, microseconds.  The
 * credential may have been withdrawn since; that is checked here too (one look-up). */
bool auth_basic_known(struct auth *auth, const struct call *call, str authorization,
    struct auth_caller *out);

/*
 * Verifies "Authorization: Basic": an app password first, then the account's own.
 * May take as long as argon2id does: never on a loop thread.
 *
 * ERR_WHO        absent, broken or wrong   ERR_LIMIT  throttled; try later
 * ERR_FORBIDDEN  right, but the account wants a code beside its own password (factor.h):
 *                only app passwords open anything here
 */
enum err auth_basic(struct auth *auth, const struct call *call, str authorization,
    str peer, struct auth_caller *out);

/* --- accounts --- */

struct auth_account {
	int64_t id;
	str login, name;
	str phone;  /* E.164 as shown to targets; empty when none is verified */
	str email;  /* the same */
	str lang;   /* "zh" or "en" */
	str region; /* "CN": how numbers without a country are read */
	str policy; /* "fill", "review" or "auto": how answers are merged */
	bool admin, disabled; /* admin.h */
};

struct auth_new {
	str login, name, password; /* an empty password: only app passwords work */
	str phone, email; /* normalised by the caller; entered as verified by `how` */
	str lang, region;
	str how;    /* "operator" */
	bool admin; /* the first account is one in any case */
};

/* ERR_EXISTS: why->name is the login or identifier that is taken.  ERR_BAD_INPUT: a login
 * that is empty, too long or has ':', control characters or '/'; a short password. */
enum err auth_account_add(const struct call *call, const struct auth_new *fresh,
    int64_t *out, struct why *why);
enum err auth_account_find(
    const struct call *call, int64_t id, struct auth_account *out);
enum err auth_account_by_login(
    const struct call *call, str login, struct auth_account *out);

/* The account that verified this identifier (kind as in store/account.h), unless it is
 * disabled. */
enum err auth_account_by_identifier(
    const struct call *call, str kind, str value, struct auth_account *out);

/* ERR_BAD_INPUT: another language than "zh" and "en", another policy than the three. */
enum err auth_account_set(
    const struct call *call, int64_t account, str lang, str policy, struct why *why);

struct auth_identifier {
	str kind, value; /* "tel", "email" ... */
	str how;         /* who says so: "operator", "sms-code", "mail-code" */
	int64_t verified_ms;
};

enum err auth_identifier_list(const struct call *call, int64_t account,
    struct auth_identifier **out, size_t *count);

struct auth_accounts {
	struct auth_account *list;
	size_t count;
};

/* Operator's calls: what `kith user` does. */
enum err auth_account_list(const struct call *call, struct auth_accounts *out);
enum err auth_account_remove(
    const struct call *call, int64_t id); /* ERR_CONDITION: the last administrator */
enum err auth_password_set(
    const struct call *call, int64_t account, str password, struct why *why);

/* The account's own change: the former password is verified as auth_basic() does, and all
 * sessions but the one of `token` end.  ERR_WHO, ERR_LIMIT; ERR_BAD_INPUT: a short one. */
enum err auth_password_change(struct auth *auth, const struct call *call, str former,
    str fresh, str peer, str token, struct why *why);

/* Makes an app password for one device.  *out is shown once and stored only hashed. */
enum err auth_app_password_make(
    const struct call *call, int64_t account, str label, str *out);

struct auth_device {
	int64_t id;
	str label;
	int64_t made_ms, seen_ms; /* seen_ms 0: never used */
	str groups;               /* as call->device has it */
};

enum err auth_device_list(
    const struct call *call, int64_t account, struct auth_device **out, size_t *count);
/* ERR_NOT_FOUND, ERR_BAD_INPUT (longer than AUTH_GROUPS_BYTES). */
enum err auth_device_set_groups(
    const struct call *call, int64_t account, int64_t id, str groups);
enum err auth_device_remove(const struct call *call, int64_t account, int64_t id);

/* --- sessions of the web --- */

#define AUTH_SESSION_COOKIE "kith"

#define AUTH_ABOUT_BYTES 64 /* cut there */

struct auth_opened {
	str token; /* of the session: it goes into the cookie, only its hash is stored */
	str ticket; /* no token: a code is wanted as well, auth_session_second() takes it */
};

/* Verifies login and password as auth_basic does and opens a session; with an app password
 * only where the account has no other (else ERR_WHO).  `about` tells its owner with what. */
enum err auth_session_open(struct auth *auth, const struct call *call, str login,
    str password, str peer, str about, struct auth_opened *out);

/* ERR_WHO when there is none or it is over.  *csrf is this session's form secret. */
enum err auth_session_find(
    struct auth *auth, const struct call *call, str token, int64_t *out_who, str *csrf);
enum err auth_session_close(const struct call *call, str token);

struct auth_session {
	str id; /* to give to auth_session_end(); of no use to open it */
	str about;
	int64_t made_ms, expires_ms;
	bool is_this; /* that of the token given */
};

/* The caller's, latest first. */
enum err auth_session_list(
    const struct call *call, str token, struct auth_session **out, size_t *count);

/* One of the caller's.  ERR_NOT_FOUND. */
enum err auth_session_end(const struct call *call, str id);

/* --- challenges: proof before look-up --- */

struct auth_challenge {
	str kind,
	    value; /* the verified identifier it is sent to, and must come back from */
	str payload; /* what to do once it is answered: the waiting command, as text */
};

/*
 * Makes a challenge inside the caller's write: four digits to be sent to value.
 *
 * ERR_NOT_FOUND  no account has verified that identifier
 * ERR_LIMIT      AUTH_CHALLENGES_PER_DAY
 */
enum err auth_challenge_make_in(struct store_tx *tx, const struct call *call,
    const struct auth_challenge *challenge, str *code);

/*
 * Answers it: one use, AUTH_CHALLENGE_MS, AUTH_CHALLENGE_TRIES.
 * On OK *account and *payload are what was proven and what waits.
 *
 * ERR_NOT_FOUND  nothing is waiting for this identifier   ERR_WHO  a wrong code
 */
enum err auth_challenge_answer(const struct call *call, str kind, str value, str code,
    int64_t *account, str *payload);

#endif

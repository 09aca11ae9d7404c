/*
 * account.h - rows about accounts: identifiers, credentials, sessions, challenges.
 *
 * All results live in the given arena.  ERR_NOT_FOUND where a find finds nothing;
 * ERR_EXISTS where a key is taken.
 */
#ifndef KITH_STORE_ACCOUNT_H
#define KITH_STORE_ACCOUNT_H

#include "store/store.h"

struct store_account {
	int64_t id;
	str login, name, lang, region;
	str policy; /* "fill", "review" or "auto": how answers are merged */
	int64_t made_ms;
	bool admin;
	int64_t disabled_ms; /* 0: it may sign in */
};

enum err store_account_add(struct store_tx *tx, const struct store_account *account);
enum err store_account_find(
    struct store_tx *tx, struct arena *arena, int64_t id, struct store_account *out);
enum err store_account_by_login(
    struct store_tx *tx, struct arena *arena, str login, struct store_account *out);
enum err store_account_list(struct store_tx *tx, struct arena *arena,
    struct store_account **out, size_t *count);

/* The account's language and policy. */
enum err store_account_set(struct store_tx *tx, int64_t id, str lang, str policy);

enum err store_account_any(struct store_tx *tx, bool *out);

struct store_account_counts {
	int64_t all, admins, disabled; /* admins: those that may sign in */
	int64_t cards;                 /* of all books */
};

enum err store_account_counts(struct store_tx *tx, struct store_account_counts *out);

/* What it may do on this server.  ERR_NOT_FOUND. */
enum err store_account_role(
    struct store_tx *tx, int64_t id, bool admin, int64_t disabled_ms);

struct store_member {
	int64_t id;
	str login, name;
	bool admin;
	int64_t disabled_ms, cards;
	int64_t seen_ms; /* last: a device, or a session's beginning; 0: never */
};

/* The first `limit` whose login comes after that one, by login. */
enum err store_account_page(struct store_tx *tx, struct arena *arena, str after,
    size_t limit, struct store_member **out, size_t *count);

/* Everything the account has, in every table. */
enum err store_account_remove(struct store_tx *tx, int64_t id);

struct store_identifier {
	int64_t account;
	str kind;  /* "tel", "email", "qq", "weibo" ... */
	str value; /* normalised; (kind, value) names one account of the whole server */
	str how;   /* "operator", "sms-code", "mail-code" */
	int64_t verified_ms;
};

enum err store_identifier_add(struct store_tx *tx, const struct store_identifier *row);
enum err store_identifier_find(struct store_tx *tx, struct arena *arena, str kind,
    str value, struct store_identifier *out);
enum err store_identifier_list(struct store_tx *tx, struct arena *arena,
    int64_t account, struct store_identifier **out, size_t *count);

/* ERR_NOT_FOUND. */
enum err store_identifier_remove(
    struct store_tx *tx, int64_t account, str kind, str value);

enum store_credential_kind { STORE_PASSWORD = 1, STORE_APP_PASSWORD = 2 };

struct store_credential {
	int64_t account, id;
	enum store_credential_kind kind;
	str label;
	str hash; /* argon2id's text, or a plain digest of an app password */
	int64_t made_ms, seen_ms;
	str groups; /* how its device wants them, in words of other rooms; may be empty */
};

enum err store_credential_add(struct store_tx *tx, const struct store_credential *row);

/* By id; ERR_NOT_FOUND also when its hash is no longer `hash` (the password changed), and for
 * the account's own password when that alone no longer proves who it is (totp). */
enum err store_credential_still(struct store_tx *tx, struct arena *arena,
    int64_t account, int64_t id, str hash, str *groups);
enum err store_credential_set_groups(
    struct store_tx *tx, int64_t account, int64_t id, str groups);
enum err store_credential_by_hash(struct store_tx *tx, struct arena *arena,
    int64_t account, str hash, struct store_credential *out);
enum err store_credential_list(struct store_tx *tx, struct arena *arena,
    int64_t account, struct store_credential **out, size_t *count);
enum err store_credential_seen(
    struct store_tx *tx, int64_t account, int64_t id, int64_t at_ms);
enum err store_credential_remove(struct store_tx *tx, int64_t account, int64_t id);

struct store_session {
	str hash; /* of the cookie's token */
	int64_t account;
	str csrf;
	str about; /* the program it was opened with, as shown to its owner */
	int64_t made_ms, expires_ms;
};

enum err store_session_add(struct store_tx *tx, const struct store_session *row);
enum err store_session_find(
    struct store_tx *tx, struct arena *arena, str hash, struct store_session *out);
/* The account's, latest first; those that are over among them. */
enum err store_session_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_session **out, size_t *count);
enum err store_session_remove(struct store_tx *tx, str hash);
enum err store_session_drop(struct store_tx *tx, int64_t account); /* all of it */
enum err store_session_sweep(struct store_tx *tx, int64_t expired_before_ms);

struct store_challenge {
	int64_t account, id;
	str kind, value; /* the identifier it went to */
	str code_hash;
	str payload;
	int64_t made_ms, expires_ms;
	int64_t tries; /* left; 0 is spent */
};

enum err store_challenge_add(struct store_tx *tx, const struct store_challenge *row);

/* The newest one of that identifier that still waits. */
enum err store_challenge_waiting(struct store_tx *tx, struct arena *arena, str kind,
    str value, int64_t now_ms, struct store_challenge *out);
enum err store_challenge_tries(
    struct store_tx *tx, int64_t account, int64_t id, int64_t tries);
enum err store_challenge_count(
    struct store_tx *tx, str kind, str value, int64_t since_ms, int64_t *out);

/* Those an account began itself, to be known by more. */
enum err store_challenge_count_of(
    struct store_tx *tx, int64_t account, int64_t since_ms, int64_t *out);

#endif

/*
 * factor.h - rows about what proves who somebody is beside his password: codes by time and
 * for recovery, passkeys; and tickets, that wait for the next step of something begun.
 *
 * Results live in the given arena.  ERR_NOT_FOUND where a find finds nothing, ERR_EXISTS
 * where a key is taken.
 */
#ifndef KITH_STORE_FACTOR_H
#define KITH_STORE_FACTOR_H

#include "store/store.h"

struct store_totp {
	int64_t account;
	str secret;   /* base32 */
	int64_t step; /* the last one used: it and all before it are spent */
	int64_t made_ms;
};

enum err store_totp_add(struct store_tx *tx, const struct store_totp *row);
enum err store_totp_find(
    struct store_tx *tx, struct arena *arena, int64_t account, struct store_totp *out);

/* Spends a step.  ERR_NOT_FOUND: it was spent before. */
enum err store_totp_step(struct store_tx *tx, int64_t account, int64_t step);

/* The secret and what is left of the codes for recovery. */
enum err store_totp_remove(struct store_tx *tx, int64_t account);

enum err store_recovery_add(struct store_tx *tx, int64_t account, str hash);
enum err store_recovery_count(struct store_tx *tx, int64_t account, int64_t *out);

/* Spends one.  ERR_NOT_FOUND. */
enum err store_recovery_take(struct store_tx *tx, int64_t account, str hash);

struct store_passkey {
	str id; /* base64url; of the whole server */
	int64_t account;
	str label;
	int64_t algorithm; /* as COSE numbers it */
	str public_key;
	int64_t counter;
	int64_t made_ms, seen_ms;
};

enum err store_passkey_add(struct store_tx *tx, const struct store_passkey *row);
enum err store_passkey_find(
    struct store_tx *tx, struct arena *arena, str id, struct store_passkey *out);
enum err store_passkey_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_passkey **out, size_t *count);
enum err store_passkey_used(
    struct store_tx *tx, str id, int64_t counter, int64_t at_ms);
enum err store_passkey_remove(struct store_tx *tx, int64_t account, str id);

struct store_ticket {
	str hash;        /* of the token */
	str kind;        /* what was begun */
	int64_t account; /* 0: nobody's yet */
	str peer;        /* who began it */
	str data;
	int64_t expires_ms;
};

enum err store_ticket_add(struct store_tx *tx, const struct store_ticket *row);

/* One that is over is not found. */
enum err store_ticket_find(struct store_tx *tx, struct arena *arena, str hash, str kind,
    int64_t now_ms, struct store_ticket *out);
/* Those of a kind that wait, the youngest first; their hashes are of no use to open them. */
enum err store_ticket_list(struct store_tx *tx, struct arena *arena, str kind,
    int64_t now_ms, size_t limit, struct store_ticket **out, size_t *count);

/* All of a kind that an account has. */
enum err store_ticket_drop(struct store_tx *tx, str kind, int64_t account);
enum err store_ticket_set(struct store_tx *tx, str hash, int64_t account, str data);
enum err store_ticket_count(
    struct store_tx *tx, str peer, str kind, int64_t now_ms, int64_t *out);

/* ERR_NOT_FOUND: somebody was quicker. */
enum err store_ticket_remove(struct store_tx *tx, str hash);
enum err store_ticket_sweep(struct store_tx *tx, int64_t now_ms);

#endif

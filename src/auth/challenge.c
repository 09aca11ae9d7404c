/* challenge.c - a code sent to an identifier, and given back: proof before look-up. */
#include "auth/auth_int.h"
#include "base/when.h"
#include "seal/seal.h"
#include "store/store.h"

#define CODE_BELOW      10000
#define CODE_HASH_BYTES 16

/* Four digits are guessed in no time by whoever reads the store: the hash is salted with
 * the challenge's own id, and a challenge lives for ten minutes and five tries. */
static str
code_hash(struct arena *arena, int64_t id, str code)
{
	return seal_digest(arena, (str){ 0 },
	    arena_printf(arena, "%lld:" STR_FMT, (long long)id, STR_ARG(code)),
	    CODE_HASH_BYTES);
}

/* row: account, kind, value, payload. */
enum err
challenge_add_in(struct store_tx *tx, const struct call *call,
    struct store_challenge *row, int64_t below, str *code)
{
	int digits = 0;
	int64_t today = 0;

	TRY(store_challenge_count(
	    tx, row->kind, row->value, call->now_ms - WHEN_DAY_MS, &today));
	if (today >= AUTH_CHALLENGES_PER_DAY)
		return ERR_LIMIT;
	for (int64_t n = 1; n < below; n *= 10)
		digits++;
	*code = arena_printf(
	    call->arena, "%0*lld", digits, (long long)seal_random_below(below));
	row->id = store_fresh_id();
	row->made_ms = call->now_ms;
	row->expires_ms = call->now_ms + AUTH_CHALLENGE_MS;
	row->tries = AUTH_CHALLENGE_TRIES;
	row->code_hash = code_hash(call->arena, row->id, *code);
	return store_challenge_add(tx, row);
}

enum err
auth_challenge_make_in(struct store_tx *tx, const struct call *call,
    const struct auth_challenge *challenge, str *code)
{
	struct store_identifier who;
	struct store_challenge row = { .kind = challenge->kind,
		.value = challenge->value,
		.payload = challenge->payload };

	TRY(store_identifier_find(
	    tx, call->arena, challenge->kind, challenge->value, &who));
	row.account = who.account;
	return challenge_add_in(tx, call, &row, CODE_BELOW, code);
}

struct answering {
	const struct call *call;
	str kind, value, code;
	struct store_challenge found; /* out */
	bool right;                   /* out */
};

/* A wrong try is written down, so it must not be undone: the outcome comes behind. */
static enum err
try_code(struct store_tx *tx, void *arg)
{
	struct answering *a = arg;
	const struct call *call = a->call;

	TRY(store_challenge_waiting(
	    tx, call->arena, a->kind, a->value, call->now_ms, &a->found));
	a->right =
	    seal_same(a->found.code_hash, code_hash(call->arena, a->found.id, a->code));
	return store_challenge_tries(
	    tx, a->found.account, a->found.id, a->right ? 0 : a->found.tries - 1);
}

enum err
auth_challenge_answer(const struct call *call, str kind, str value, str code,
    int64_t *account, str *payload)
{
	struct answering a = {
		.call = call, .kind = kind, .value = value, .code = code
	};

	TRY(store_write(call->store, try_code, &a));
	if (!a.right)
		return ERR_WHO;
	*account = a.found.account;
	*payload = a.found.payload;
	return OK;
}

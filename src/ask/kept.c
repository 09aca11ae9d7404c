/* kept.c - answers that somebody without an account keeps for himself. */
#include "ask/kept.h"

#include "ask/ask_int.h"
#include "seal/box.h"
#include "seal/seal.h"
#include "store/kept.h"

#define USE STR("kith kept answers") /* of the box's key */

static void
keep(struct card_ops *kept, const struct card_op *op)
{
	if ((op->kind != CARD_INSERT && op->kind != CARD_CHANGE) || !op->value.len ||
	    op->field == CARD_F_PHOTO)
		return;
	for (size_t i = 0; i < kept->count; i++)
		if (kept->list[i].field == op->field)
			return;
	if (kept->count < CARD_MAX_OPS)
		kept->list[kept->count++] = (struct card_op){
			.kind = CARD_INSERT, .field = op->field, .value = op->value
		};
}

enum err
ask_kept_find(
    const struct call *call, str token, struct card_ops *out, int64_t *until_ms)
{
	SCOPED(store_tx) tx = NULL;
	struct store_kept row;
	str text;

	TRY(store_look(call->store, &tx));
	TRY(store_kept_find(
	    tx, call->arena, seal_token_hash(call->arena, token), &row));
	if (row.until_ms <= call->now_ms ||
	    seal_unbox(call->arena, token, USE, row.box, &text) != OK)
		return ERR_NOT_FOUND;
	*until_ms = row.until_ms;
	return card_ops_read(call->arena, text, out);
}

str
ask_kept_token(const struct call *call)
{
	return seal_token(call->arena);
}

static enum err
put_in(struct store_tx *tx, void *arg)
{
	return store_kept_put(tx, arg);
}

enum err
ask_kept_put(const struct call *call, const struct card_ops *ops, str token)
{
	struct card_ops kept = { ARENA_ARRAY(call->arena, struct card_op, CARD_MAX_OPS),
		0 };
	struct card_ops former = { 0 };
	struct store_kept row = { .until_ms = call->now_ms + ASK_KEPT_MS };
	int64_t until_ms;

	for (size_t i = 0; i < ops->count; i++)
		keep(&kept, &ops->list[i]);
	if (!kept.count)
		return ERR_NOT_FOUND;
	if (token.len != SEAL_TOKEN_CHARS)
		return ERR_BAD_INPUT;
	if (ask_kept_find(call, token, &former, &until_ms) != OK)
		former.count = 0;
	for (size_t i = 0; i < former.count; i++)
		keep(&kept, &former.list[i]);
	row.hash = seal_token_hash(call->arena, token);
	row.box = seal_box(call->arena, token, USE, card_ops_write(call->arena, &kept));
	return store_write(call->store, put_in, &row);
}

static enum err
wipe_in(struct store_tx *tx, void *arg)
{
	const str *hash = arg;

	return store_kept_drop(tx, *hash);
}

enum err
ask_kept_wipe(const struct call *call, str token)
{
	str hash = seal_token_hash(call->arena, token);

	return store_write(call->store, wipe_in, &hash);
}

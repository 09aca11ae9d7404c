/* ticket.c - tokens for what was begun and waits for its next step. */
#include "auth/auth_int.h"
#include "seal/seal.h"
#include "store/store.h"

enum err
ticket_make_in(
    struct store_tx *tx, const struct call *call, struct store_ticket *row, str *token)
{
	int64_t begun = 0;

	TRY(store_ticket_sweep(tx, call->now_ms));
	if (row->peer.len)
		TRY(store_ticket_count(tx, row->peer, row->kind, call->now_ms, &begun));
	if (begun >= AUTH_TICKETS_PER_PEER)
		return ERR_LIMIT;
	*token = seal_token(call->arena);
	row->hash = seal_token_hash(call->arena, *token);
	return store_ticket_add(tx, row);
}

#include "store/factor.h"

#include "store/driver_int.h"

static enum err
changed(struct store_tx *tx, enum err otherwise)
{
	return tx->driver->changed(tx->session) ? OK : otherwise;
}

/* --- codes --- */

enum err
store_totp_add(struct store_tx *tx, const struct store_totp *row)
{
	TRY(tx_do(tx, SQL_TOTP_ADD,
	    CELLS(CELL_I(row->account), CELL_T(row->secret), CELL_I(row->step),
		CELL_I(row->made_ms))));
	return changed(tx, ERR_EXISTS);
}

enum err
store_totp_find(
    struct store_tx *tx, struct arena *arena, int64_t account, struct store_totp *out)
{
	TRY(tx_first(tx, SQL_TOTP_FIND, CELLS(CELL_I(account))));
	*out = (struct store_totp){ .account = tx_number(tx, 0),
		.secret = tx_text(tx, arena, 1),
		.step = tx_number(tx, 2),
		.made_ms = tx_number(tx, 3) };
	tx_done(tx);
	return OK;
}

enum err
store_totp_step(struct store_tx *tx, int64_t account, int64_t step)
{
	TRY(tx_do(tx, SQL_TOTP_STEP, CELLS(CELL_I(account), CELL_I(step))));
	return changed(tx, ERR_NOT_FOUND);
}

enum err
store_totp_remove(struct store_tx *tx, int64_t account)
{
	TRY(tx_do(tx, SQL_REMOVE_RECOVERY, CELLS(CELL_I(account))));
	TRY(tx_do(tx, SQL_REMOVE_TOTP, CELLS(CELL_I(account))));
	return changed(tx, ERR_NOT_FOUND);
}

enum err
store_recovery_add(struct store_tx *tx, int64_t account, str hash)
{
	return tx_do(tx, SQL_RECOVERY_ADD, CELLS(CELL_I(account), CELL_T(hash)));
}

enum err
store_recovery_count(struct store_tx *tx, int64_t account, int64_t *out)
{
	TRY(tx_first(tx, SQL_RECOVERY_COUNT, CELLS(CELL_I(account))));
	*out = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

enum err
store_recovery_take(struct store_tx *tx, int64_t account, str hash)
{
	TRY(tx_do(tx, SQL_RECOVERY_TAKE, CELLS(CELL_I(account), CELL_T(hash))));
	return changed(tx, ERR_NOT_FOUND);
}

/* --- passkeys --- */

static void
read_passkey(struct store_tx *tx, struct arena *arena, struct store_passkey *out)
{
	*out = (struct store_passkey){
		.id = tx_text(tx, arena, 0),
		.account = tx_number(tx, 1),
		.label = tx_text(tx, arena, 2),
		.algorithm = tx_number(tx, 3),
		.public_key = tx_text(tx, arena, 4),
		.counter = tx_number(tx, 5),
		.made_ms = tx_number(tx, 6),
		.seen_ms = tx_number(tx, 7),
	};
}

enum err
store_passkey_add(struct store_tx *tx, const struct store_passkey *row)
{
	TRY(tx_do(tx, SQL_PASSKEY_ADD,
	    CELLS(CELL_T(row->id), CELL_I(row->account), CELL_T(row->label),
		CELL_I(row->algorithm), CELL_B(row->public_key), CELL_I(row->counter),
		CELL_I(row->made_ms), CELL_I(row->seen_ms))));
	return changed(tx, ERR_EXISTS);
}

enum err
store_passkey_find(
    struct store_tx *tx, struct arena *arena, str id, struct store_passkey *out)
{
	TRY(tx_first(tx, SQL_PASSKEY_FIND, CELLS(CELL_T(id))));
	read_passkey(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_passkey_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_passkey **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_PASSKEY_LIST, CELLS(CELL_I(account))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_passkey(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_passkey *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_passkey_used(struct store_tx *tx, str id, int64_t counter, int64_t at_ms)
{
	TRY(tx_do(
	    tx, SQL_PASSKEY_USED, CELLS(CELL_T(id), CELL_I(counter), CELL_I(at_ms))));
	return changed(tx, ERR_NOT_FOUND);
}

enum err
store_passkey_remove(struct store_tx *tx, int64_t account, str id)
{
	TRY(tx_do(tx, SQL_PASSKEY_REMOVE, CELLS(CELL_I(account), CELL_T(id))));
	return changed(tx, ERR_NOT_FOUND);
}

/* --- tickets --- */

enum err
store_ticket_add(struct store_tx *tx, const struct store_ticket *row)
{
	return tx_do(tx, SQL_TICKET_ADD,
	    CELLS(CELL_T(row->hash), CELL_T(row->kind), CELL_I(row->account),
		CELL_T(row->peer), CELL_T(row->data), CELL_I(row->expires_ms)));
}

static void
read_ticket(struct store_tx *tx, struct arena *arena, struct store_ticket *out)
{
	*out = (struct store_ticket){
		.hash = tx_text(tx, arena, 0),
		.kind = tx_text(tx, arena, 1),
		.account = tx_number(tx, 2),
		.peer = tx_text(tx, arena, 3),
		.data = tx_text(tx, arena, 4),
		.expires_ms = tx_number(tx, 5),
	};
}

enum err
store_ticket_list(struct store_tx *tx, struct arena *arena, str kind, int64_t now_ms,
    size_t limit, struct store_ticket **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(
	    tx, SQL_TICKET_LIST, CELLS(CELL_T(kind), CELL_I(now_ms), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_ticket(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_ticket *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_ticket_drop(struct store_tx *tx, str kind, int64_t account)
{
	return tx_do(tx, SQL_TICKET_DROP, CELLS(CELL_T(kind), CELL_I(account)));
}

enum err
store_ticket_find(struct store_tx *tx, struct arena *arena, str hash, str kind,
    int64_t now_ms, struct store_ticket *out)
{
	TRY(tx_first(tx, SQL_TICKET_FIND, CELLS(CELL_T(hash))));
	read_ticket(tx, arena, out);
	tx_done(tx);
	return str_same(out->kind, kind) && out->expires_ms > now_ms ? OK
								     : ERR_NOT_FOUND;
}

enum err
store_ticket_set(struct store_tx *tx, str hash, int64_t account, str data)
{
	TRY(tx_do(
	    tx, SQL_TICKET_SET, CELLS(CELL_T(hash), CELL_I(account), CELL_T(data))));
	return changed(tx, ERR_NOT_FOUND);
}

enum err
store_ticket_count(
    struct store_tx *tx, str peer, str kind, int64_t now_ms, int64_t *out)
{
	TRY(tx_first(
	    tx, SQL_TICKET_COUNT, CELLS(CELL_T(peer), CELL_T(kind), CELL_I(now_ms))));
	*out = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

enum err
store_ticket_remove(struct store_tx *tx, str hash)
{
	TRY(tx_do(tx, SQL_TICKET_REMOVE, CELLS(CELL_T(hash))));
	return changed(tx, ERR_NOT_FOUND);
}

enum err
store_ticket_sweep(struct store_tx *tx, int64_t now_ms)
{
	return tx_do(tx, SQL_TICKET_SWEEP, CELLS(CELL_I(now_ms)));
}

#include "store/account.h"

#include "store/driver_int.h"

/* ON CONFLICT DO NOTHING left no row: the key was taken. */
static enum err
added(struct store_tx *tx)
{
	return tx->driver->changed(tx->session) ? OK : ERR_EXISTS;
}

static void
read_account(struct store_tx *tx, struct arena *arena, struct store_account *out)
{
	*out = (struct store_account){
		.id = tx_number(tx, 0),
		.login = tx_text(tx, arena, 1),
		.name = tx_text(tx, arena, 2),
		.lang = tx_text(tx, arena, 3),
		.region = tx_text(tx, arena, 4),
		.policy = tx_text(tx, arena, 5),
		.made_ms = tx_number(tx, 6),
		.admin = tx_number(tx, 7) != 0,
		.disabled_ms = tx_number(tx, 8),
	};
}

enum err
store_account_add(struct store_tx *tx, const struct store_account *a)
{
	TRY(tx_do(tx, SQL_ACCOUNT_ADD,
	    CELLS(CELL_I(a->id), CELL_T(a->login), CELL_T(a->name), CELL_T(a->lang),
		CELL_T(a->region), CELL_T(a->policy), CELL_I(a->made_ms),
		CELL_I(a->admin), CELL_I(a->disabled_ms))));
	return added(tx);
}

enum err
store_account_find(
    struct store_tx *tx, struct arena *arena, int64_t id, struct store_account *out)
{
	TRY(tx_first(tx, SQL_ACCOUNT_FIND, CELLS(CELL_I(id))));
	read_account(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_account_by_login(
    struct store_tx *tx, struct arena *arena, str login, struct store_account *out)
{
	TRY(tx_first(tx, SQL_ACCOUNT_BY_LOGIN, CELLS(CELL_T(login))));
	read_account(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_account_list(
    struct store_tx *tx, struct arena *arena, struct store_account **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_ACCOUNT_LIST, NULL, 0));
	TRY(tx_step(tx, &more));
	while (more) {
		read_account(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_account *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_account_set(struct store_tx *tx, int64_t id, str lang, str policy)
{
	TRY(tx_do(
	    tx, SQL_ACCOUNT_SET, CELLS(CELL_I(id), CELL_T(lang), CELL_T(policy))));
	return tx->driver->changed(tx->session) ? OK : ERR_NOT_FOUND;
}

/* --- who may what --- */

enum err
store_account_any(struct store_tx *tx, bool *out)
{
	enum err e = tx_first(tx, SQL_ACCOUNT_ANY, NULL, 0);

	*out = e == OK;
	if (e == OK)
		tx_done(tx);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err
store_account_counts(struct store_tx *tx, struct store_account_counts *out)
{
	TRY(tx_first(tx, SQL_ACCOUNT_COUNTS, NULL, 0));
	*out = (struct store_account_counts){ tx_number(tx, 0), tx_number(tx, 1),
		tx_number(tx, 2), tx_number(tx, 3) };
	tx_done(tx);
	return OK;
}

enum err
store_account_role(struct store_tx *tx, int64_t id, bool admin, int64_t disabled_ms)
{
	TRY(tx_do(tx, SQL_ACCOUNT_ROLE,
	    CELLS(CELL_I(id), CELL_I(admin), CELL_I(disabled_ms))));
	return tx->driver->changed(tx->session) ? OK : ERR_NOT_FOUND;
}

static void
read_member(struct store_tx *tx, struct arena *arena, struct store_member *out)
{
	int64_t device_ms = tx_number(tx, 6);
	int64_t session_ms = tx_number(tx, 7);

	*out = (struct store_member){
		.id = tx_number(tx, 0),
		.login = tx_text(tx, arena, 1),
		.name = tx_text(tx, arena, 2),
		.admin = tx_number(tx, 3) != 0,
		.disabled_ms = tx_number(tx, 4),
		.cards = tx_number(tx, 5),
		.seen_ms = device_ms > session_ms ? device_ms : session_ms,
	};
}

enum err
store_account_page(struct store_tx *tx, struct arena *arena, str after, size_t limit,
    struct store_member **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_ACCOUNT_PAGE, CELLS(CELL_T(after), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_member(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_member *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_account_remove(struct store_tx *tx, int64_t id)
{
	for (int s = SQL_REMOVE_FIRST; s <= SQL_REMOVE_LAST; s++)
		TRY(tx_do(tx, (enum statement)s, CELLS(CELL_I(id))));
	return tx->driver->changed(tx->session) ? OK : ERR_NOT_FOUND;
}

/* --- identifiers --- */

static void
read_identifier(struct store_tx *tx, struct arena *arena, struct store_identifier *out)
{
	*out = (struct store_identifier){
		.account = tx_number(tx, 0),
		.kind = tx_text(tx, arena, 1),
		.value = tx_text(tx, arena, 2),
		.how = tx_text(tx, arena, 3),
		.verified_ms = tx_number(tx, 4),
	};
}

enum err
store_identifier_add(struct store_tx *tx, const struct store_identifier *row)
{
	TRY(tx_do(tx, SQL_IDENTIFIER_ADD,
	    CELLS(CELL_I(row->account), CELL_T(row->kind), CELL_T(row->value),
		CELL_T(row->how), CELL_I(row->verified_ms))));
	return added(tx);
}

enum err
store_identifier_find(struct store_tx *tx, struct arena *arena, str kind, str value,
    struct store_identifier *out)
{
	TRY(tx_first(tx, SQL_IDENTIFIER_FIND, CELLS(CELL_T(kind), CELL_T(value))));
	read_identifier(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_identifier_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_identifier **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_IDENTIFIER_LIST, CELLS(CELL_I(account))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_identifier(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_identifier *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_identifier_remove(struct store_tx *tx, int64_t account, str kind, str value)
{
	TRY(tx_do(tx, SQL_IDENTIFIER_REMOVE,
	    CELLS(CELL_I(account), CELL_T(kind), CELL_T(value))));
	return tx->driver->changed(tx->session) ? OK : ERR_NOT_FOUND;
}

/* --- credentials --- */

static void
read_credential(struct store_tx *tx, struct arena *arena, struct store_credential *out)
{
	*out = (struct store_credential){
		.account = tx_number(tx, 0),
		.id = tx_number(tx, 1),
		.kind = (enum store_credential_kind)tx_number(tx, 2),
		.label = tx_text(tx, arena, 3),
		.hash = tx_text(tx, arena, 4),
		.made_ms = tx_number(tx, 5),
		.seen_ms = tx_number(tx, 6),
		.groups = tx_text(tx, arena, 7),
	};
}

enum err
store_credential_add(struct store_tx *tx, const struct store_credential *row)
{
	return tx_do(tx, SQL_CREDENTIAL_ADD,
	    CELLS(CELL_I(row->account), CELL_I(row->id), CELL_I(row->kind),
		CELL_T(row->label), CELL_T(row->hash), CELL_I(row->made_ms),
		CELL_I(row->seen_ms), CELL_T(row->groups)));
}

enum err
store_credential_still(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t id, str hash, str *groups)
{
	TRY(tx_first(tx, SQL_CREDENTIAL_STILL,
	    CELLS(CELL_I(account), CELL_I(id), CELL_T(hash))));
	*groups = tx_text(tx, arena, 0);
	tx_done(tx);
	return OK;
}

enum err
store_credential_set_groups(
    struct store_tx *tx, int64_t account, int64_t id, str groups)
{
	TRY(tx_do(tx, SQL_CREDENTIAL_GROUPS,
	    CELLS(CELL_I(account), CELL_I(id), CELL_T(groups))));
	return tx->driver->changed(tx->session) ? OK : ERR_NOT_FOUND;
}

enum err
store_credential_by_hash(struct store_tx *tx, struct arena *arena, int64_t account,
    str hash, struct store_credential *out)
{
	TRY(tx_first(tx, SQL_CREDENTIAL_BY_HASH, CELLS(CELL_I(account), CELL_T(hash))));
	read_credential(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_credential_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_credential **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_CREDENTIAL_LIST, CELLS(CELL_I(account))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_credential(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_credential *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_credential_seen(struct store_tx *tx, int64_t account, int64_t id, int64_t at_ms)
{
	return tx_do(
	    tx, SQL_CREDENTIAL_SEEN, CELLS(CELL_I(account), CELL_I(id), CELL_I(at_ms)));
}

enum err
store_credential_remove(struct store_tx *tx, int64_t account, int64_t id)
{
	TRY(tx_do(tx, SQL_CREDENTIAL_REMOVE, CELLS(CELL_I(account), CELL_I(id))));
	return tx->driver->changed(tx->session) ? OK : ERR_NOT_FOUND;
}

/* --- sessions of the web --- */

enum err
store_session_add(struct store_tx *tx, const struct store_session *row)
{
	return tx_do(tx, SQL_SESSION_ADD,
	    CELLS(CELL_T(row->hash), CELL_I(row->account), CELL_T(row->csrf),
		CELL_T(row->about), CELL_I(row->made_ms), CELL_I(row->expires_ms)));
}

static void
read_session(struct store_tx *tx, struct arena *arena, struct store_session *out)
{
	*out = (struct store_session){
		.hash = tx_text(tx, arena, 0),
		.account = tx_number(tx, 1),
		.csrf = tx_text(tx, arena, 2),
		.about = tx_text(tx, arena, 3),
		.made_ms = tx_number(tx, 4),
		.expires_ms = tx_number(tx, 5),
	};
}

enum err
store_session_find(
    struct store_tx *tx, struct arena *arena, str hash, struct store_session *out)
{
	TRY(tx_first(tx, SQL_SESSION_FIND, CELLS(CELL_T(hash))));
	read_session(tx, arena, out);
	tx_done(tx);
	return OK;
}

enum err
store_session_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_session **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_SESSION_LIST, CELLS(CELL_I(account))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_session(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_session *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_session_remove(struct store_tx *tx, str hash)
{
	return tx_do(tx, SQL_SESSION_REMOVE, CELLS(CELL_T(hash)));
}

enum err
store_session_drop(struct store_tx *tx, int64_t account)
{
	return tx_do(tx, SQL_SESSION_DROP, CELLS(CELL_I(account)));
}

enum err
store_session_sweep(struct store_tx *tx, int64_t expired_before_ms)
{
	return tx_do(tx, SQL_SESSION_SWEEP, CELLS(CELL_I(expired_before_ms)));
}

/* --- challenges --- */

enum err
store_challenge_add(struct store_tx *tx, const struct store_challenge *row)
{
	return tx_do(tx, SQL_CHALLENGE_ADD,
	    CELLS(CELL_I(row->account), CELL_I(row->id), CELL_T(row->kind),
		CELL_T(row->value), CELL_T(row->code_hash), CELL_T(row->payload),
		CELL_I(row->made_ms), CELL_I(row->expires_ms), CELL_I(row->tries)));
}

enum err
store_challenge_waiting(struct store_tx *tx, struct arena *arena, str kind, str value,
    int64_t now_ms, struct store_challenge *out)
{
	TRY(tx_first(tx, SQL_CHALLENGE_WAITING,
	    CELLS(CELL_T(kind), CELL_T(value), CELL_I(now_ms))));
	*out = (struct store_challenge){
		.account = tx_number(tx, 0),
		.id = tx_number(tx, 1),
		.kind = tx_text(tx, arena, 2),
		.value = tx_text(tx, arena, 3),
		.code_hash = tx_text(tx, arena, 4),
		.payload = tx_text(tx, arena, 5),
		.made_ms = tx_number(tx, 6),
		.expires_ms = tx_number(tx, 7),
		.tries = tx_number(tx, 8),
	};
	tx_done(tx);
	return OK;
}

enum err
store_challenge_tries(struct store_tx *tx, int64_t account, int64_t id, int64_t tries)
{
	return tx_do(
	    tx, SQL_CHALLENGE_TRIES, CELLS(CELL_I(account), CELL_I(id), CELL_I(tries)));
}

enum err
store_challenge_count(
    struct store_tx *tx, str kind, str value, int64_t since_ms, int64_t *out)
{
	TRY(tx_first(tx, SQL_CHALLENGE_COUNT,
	    CELLS(CELL_T(kind), CELL_T(value), CELL_I(since_ms))));
	*out = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

enum err
store_challenge_count_of(
    struct store_tx *tx, int64_t account, int64_t since_ms, int64_t *out)
{
	TRY(tx_first(
	    tx, SQL_CHALLENGE_COUNT_OF, CELLS(CELL_I(account), CELL_I(since_ms))));
	*out = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

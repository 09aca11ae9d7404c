/*
 * sqlite.c - the embedded driver.
 *
 * WAL, synchronous=FULL: a commit is on the disk when it returns, readers never wait for
 * the writer.  Cards are clustered by an integer key, book << 24 | n, so that a book is read
 * in one sweep; large values come last in their rows.
 */
#include <errno.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/driver_int.h"
#include "store/gather_int.h"
#include "store/stamp_int.h"

#define FILE_NAME      STAMP_DATABASE
#define PATH_MAX_BYTES 4096
#define SQL_MAX_BYTES  2048
#define APPLICATION_ID 0x4b697468 /* "Kith" */
#define WAL_PAGES_TIDY 12000      /* 48 MB: written back when a tidier comes round */

enum control {
	CONTROL_BEGIN_READ,
	CONTROL_BEGIN_WRITE,
	CONTROL_COMMIT,
	CONTROL_MARK,
	CONTROL_KEEP,
	CONTROL_UNDO,
	CONTROL_COUNT
};

static const char *const controls[CONTROL_COUNT] = {
	[CONTROL_BEGIN_READ] = "BEGIN DEFERRED",
	[CONTROL_BEGIN_WRITE] = "BEGIN IMMEDIATE",
	[CONTROL_COMMIT] = "COMMIT",
	[CONTROL_MARK] = "SAVEPOINT one",
	[CONTROL_KEEP] = "RELEASE one",
	[CONTROL_UNDO] = "ROLLBACK TO one",
};

struct session {
	sqlite3 *db;
	sqlite3_stmt *prepared[SQL_COUNT];
	sqlite3_stmt *control[CONTROL_COUNT];
	sqlite3_stmt *running;
	int wal_pages;
	bool troubled; /* something failed: its view is not to be trusted on */
	const volatile uint64_t *commits; /* the head of the WAL's index, or NULL */
};

static _Thread_local char last_message[200];

static const char *
message(void)
{
	return last_message;
}

static enum err
outcome_of(int code)
{
	switch (code & 0xFF) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE: return OK;
	case SQLITE_FULL: return ERR_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED: return ERR_BUSY;
	default: return ERR_STORE;
	}
}

static enum err
failed(sqlite3 *db, int code)
{
	enum err e = outcome_of(code);

	/* A write that found no room may come back as a failed write. */
	if (e == ERR_STORE && (code & 0xFF) == SQLITE_IOERR && errno == ENOSPC)
		e = ERR_FULL;
	(void)snprintf(last_message, sizeof last_message, "%s",
	    db ? sqlite3_errmsg(db) : sqlite3_errstr(code));
	return e;
}

/* --- the schema, step by step --- */

static const char *const steps[STORE_SCHEMA_VERSION] = {
	"CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT "
	"ROWID;"
	"CREATE TABLE account (id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE,"
	" name TEXT NOT NULL, lang TEXT NOT NULL, region TEXT NOT NULL, policy TEXT "
	"NOT NULL,"
	" made_ms INTEGER NOT NULL, admin INTEGER NOT NULL,"
	" disabled_ms INTEGER NOT NULL);"
	"CREATE TABLE identifier (account INTEGER NOT NULL, kind TEXT NOT NULL,"
	" value TEXT NOT NULL, how TEXT NOT NULL, verified_ms INTEGER NOT NULL,"
	" PRIMARY KEY (kind, value)) WITHOUT ROWID;"
	"CREATE INDEX identifier_account ON identifier (account);"
	"CREATE TABLE credential (account INTEGER NOT NULL, id INTEGER NOT NULL,"
	" kind INTEGER NOT NULL, label TEXT NOT NULL, hash TEXT NOT NULL,"
	" made_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL,"
	" groups TEXT NOT NULL, PRIMARY KEY (account, id)) WITHOUT ROWID;"
	"CREATE TABLE session (hash TEXT PRIMARY KEY, account INTEGER NOT NULL,"
	" csrf TEXT NOT NULL, about TEXT NOT NULL, made_ms INTEGER NOT NULL,"
	" expires_ms INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE INDEX session_account ON session (account, made_ms);"
	"CREATE TABLE challenge (account INTEGER NOT NULL, id INTEGER NOT NULL,"
	" kind TEXT NOT NULL, value TEXT NOT NULL, code_hash TEXT NOT NULL,"
	" payload TEXT NOT NULL, made_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL,"
	" tries INTEGER NOT NULL, PRIMARY KEY (account, id)) WITHOUT ROWID;"
	"CREATE INDEX challenge_value ON challenge (kind, value, made_ms);"
	"CREATE TABLE book (account INTEGER NOT NULL, id INTEGER NOT NULL,"
	" name TEXT NOT NULL, title TEXT NOT NULL, description TEXT NOT NULL,"
	" epoch TEXT NOT NULL, rev INTEGER NOT NULL, made INTEGER NOT NULL,"
	" cards INTEGER NOT NULL, bytes INTEGER NOT NULL, made_ms INTEGER NOT NULL,"
	" gone_ms INTEGER NOT NULL, described INTEGER NOT NULL DEFAULT 0,"
	" plain INTEGER NOT NULL DEFAULT 0, first INTEGER NOT NULL DEFAULT 0,"
	" PRIMARY KEY (account, id),"
	" UNIQUE (account, name, gone_ms)) WITHOUT ROWID;"
	"CREATE UNIQUE INDEX book_id ON book (id);"
	"CREATE TABLE card (id INTEGER PRIMARY KEY, account INTEGER NOT NULL,"
	" book INTEGER NOT NULL, name TEXT NOT NULL, uid TEXT NOT NULL, etag TEXT NOT "
	"NULL,"
	" fn TEXT NOT NULL, sort_key BLOB NOT NULL, rev INTEGER NOT NULL,"
	" size INTEGER NOT NULL, modified_ms INTEGER NOT NULL, is_group INTEGER NOT "
	"NULL, odd INTEGER NOT NULL, door TEXT NOT NULL,"
	" note TEXT NOT NULL, device TEXT NOT NULL, who INTEGER NOT NULL, keys BLOB "
	"NOT NULL, cuts TEXT NOT NULL, data BLOB NOT NULL);"
	"CREATE UNIQUE INDEX card_name ON card (account, book, name);"
	"CREATE UNIQUE INDEX card_uid ON card (account, book, uid) WHERE uid <> '';"
	"CREATE INDEX card_change ON card (account, book, rev);"
	"CREATE INDEX card_order ON card (account, book, sort_key, id);"
	"CREATE TABLE gone (account INTEGER NOT NULL, book INTEGER NOT NULL,"
	" name TEXT NOT NULL, rev INTEGER NOT NULL,"
	" PRIMARY KEY (account, book, name)) WITHOUT ROWID;"
	"CREATE INDEX gone_change ON gone (account, book, rev);"
	"CREATE TABLE card_key (account INTEGER NOT NULL, value TEXT NOT NULL,"
	" kind INTEGER NOT NULL, card INTEGER NOT NULL,"
	" PRIMARY KEY (account, value, kind, card)) WITHOUT ROWID;"
	"CREATE TABLE card_rev (account INTEGER NOT NULL, book INTEGER NOT NULL,"
	" name TEXT NOT NULL, rev INTEGER NOT NULL, uid TEXT NOT NULL, etag TEXT NOT "
	"NULL,"
	" who INTEGER NOT NULL, door TEXT NOT NULL, note TEXT NOT NULL, device TEXT "
	"NOT "
	"NULL,"
	" at_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL, removed INTEGER NOT NULL,"
	" cuts TEXT NOT NULL, data BLOB NOT NULL);"
	/* Stretches of cards, once for all that have them; uses: rows of card, card_rev. */
	"CREATE TABLE cut (account INTEGER NOT NULL, digest TEXT NOT NULL,"
	" uses INTEGER NOT NULL, shown BLOB NOT NULL, data BLOB NOT NULL);"
	"CREATE UNIQUE INDEX cut_digest ON cut (account, digest);"
	"CREATE UNIQUE INDEX card_rev_name ON card_rev (account, book, name, rev);"
	"CREATE INDEX card_rev_until ON card_rev (until_ms);"
	/* What WebDAV keeps beside books and cards.  book 0: the home; name '': the book. */
	"CREATE TABLE prop (account INTEGER NOT NULL, book INTEGER NOT NULL,"
	" name TEXT NOT NULL, space TEXT NOT NULL, local TEXT NOT NULL,"
	" value TEXT NOT NULL, PRIMARY KEY (account, book, name, space, local))"
	" WITHOUT ROWID;"
	"CREATE TABLE lock (account INTEGER NOT NULL, book INTEGER NOT NULL,"
	" name TEXT NOT NULL, token TEXT NOT NULL, deep INTEGER NOT NULL,"
	" exclusive INTEGER NOT NULL, owner TEXT NOT NULL, who INTEGER NOT NULL,"
	" until_ms INTEGER NOT NULL, PRIMARY KEY (account, token)) WITHOUT ROWID;"
	"CREATE TABLE share (account INTEGER NOT NULL, book INTEGER NOT NULL,"
	" grantee INTEGER NOT NULL, may_write INTEGER NOT NULL, made_ms INTEGER NOT "
	"NULL,"
	" PRIMARY KEY (account, book, grantee)) WITHOUT ROWID;"
	"CREATE INDEX share_grantee ON share (grantee);"
	"CREATE TABLE ask (account INTEGER NOT NULL, id INTEGER NOT NULL,"
	" book INTEGER NOT NULL, card TEXT NOT NULL, uid TEXT NOT NULL, fn TEXT NOT "
	"NULL,"
	" stored_ms INTEGER NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL,"
	" sent_to TEXT NOT NULL, fields TEXT NOT NULL, say TEXT NOT NULL, lang TEXT "
	"NOT NULL,"
	" mode TEXT NOT NULL, open_values INTEGER NOT NULL, state TEXT NOT NULL,"
	" made_ms INTEGER NOT NULL, expires_ms INTEGER NOT NULL, token_hash TEXT NOT "
	"NULL,"
	" reminder_hash TEXT NOT NULL, to_hash TEXT NOT NULL, code TEXT NOT NULL,"
	" snapshot BLOB NOT NULL, PRIMARY KEY (account, id));"
	"CREATE UNIQUE INDEX ask_token ON ask (token_hash);"
	"CREATE UNIQUE INDEX ask_reminder ON ask (reminder_hash) "
	"WHERE reminder_hash <> '';"
	"CREATE INDEX ask_to ON ask (to_hash, made_ms) WHERE to_hash <> '';"
	"CREATE INDEX ask_made ON ask (account, made_ms);"
	"CREATE INDEX ask_day ON ask (made_ms, channel);"
	"CREATE INDEX ask_card ON ask (account, book, card);"
	"CREATE INDEX ask_expires ON ask (expires_ms);"
	"CREATE INDEX ask_waits ON ask (account, made_ms) WHERE state IN "
	"('answered', 'partly', 'answered blocked', 'partly blocked');"
	"CREATE TABLE ask_event (account INTEGER NOT NULL, ask INTEGER NOT NULL,"
	" n INTEGER NOT NULL, seq INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
	" state TEXT NOT NULL, note TEXT NOT NULL,"
	" PRIMARY KEY (account, ask, n)) WITHOUT ROWID;"
	"CREATE INDEX ask_event_seq ON ask_event (account, seq);"
	"CREATE TABLE answer (account INTEGER NOT NULL, ask INTEGER NOT NULL,"
	" sent INTEGER NOT NULL, ops BLOB NOT NULL, decisions TEXT NOT NULL,"
	" note TEXT NOT NULL, evidence INTEGER NOT NULL, door TEXT NOT NULL,"
	" at_ms INTEGER NOT NULL, until_ms INTEGER NOT NULL DEFAULT 0,"
	" worded BLOB NOT NULL DEFAULT '', decided_ms INTEGER NOT NULL DEFAULT 0,"
	" forgot_ms INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (account, ask, sent));"
	"CREATE INDEX answer_decided ON answer (decided_ms) WHERE decided_ms > "
	"forgot_ms;"
	"CREATE INDEX answer_until ON answer (until_ms) WHERE until_ms > 0;"
	"CREATE TABLE block (scope INTEGER NOT NULL, hash TEXT NOT NULL,"
	" at_ms INTEGER NOT NULL, PRIMARY KEY (scope, hash)) WITHOUT ROWID;"
	"CREATE TABLE kept (hash TEXT PRIMARY KEY, box BLOB NOT NULL,"
	" until_ms INTEGER NOT NULL);"
	"CREATE INDEX kept_until ON kept (until_ms);"
	"CREATE TABLE letter (id INTEGER PRIMARY KEY, account INTEGER NOT NULL,"
	" ask INTEGER NOT NULL, channel TEXT NOT NULL, sent_to TEXT NOT NULL,"
	" subject TEXT NOT NULL, body TEXT NOT NULL, reply_to TEXT NOT NULL,"
	" from_name TEXT NOT NULL, stop_link TEXT NOT NULL, lang TEXT NOT NULL,"
	" state TEXT NOT NULL, gate TEXT NOT NULL, receipt TEXT NOT NULL,"
	" trouble TEXT NOT NULL, attempts INTEGER NOT NULL, made_ms INTEGER NOT NULL,"
	" due_ms INTEGER NOT NULL, lease_ms INTEGER NOT NULL, parts BLOB NOT NULL);"
	"CREATE INDEX letter_due ON letter (state, due_ms);"
	"CREATE INDEX letter_to ON letter (sent_to, made_ms);"
	"CREATE INDEX letter_ask ON letter (account, ask);"
	"CREATE INDEX letter_gate ON letter (gate, made_ms);"
	"CREATE INDEX letter_receipt ON letter (receipt) WHERE receipt <> '';"
	"CREATE TABLE push (account INTEGER NOT NULL, id INTEGER NOT NULL,"
	" book INTEGER NOT NULL, topic TEXT NOT NULL, resource TEXT NOT NULL,"
	" reader_key BLOB NOT NULL, auth BLOB NOT NULL, content INTEGER NOT NULL,"
	" property INTEGER NOT NULL, expires_ms INTEGER NOT NULL,"
	" pushed_rev INTEGER NOT NULL, next_ms INTEGER NOT NULL,"
	" step INTEGER NOT NULL, failures INTEGER NOT NULL,"
	" failing_ms INTEGER NOT NULL, made_ms INTEGER NOT NULL,"
	" PRIMARY KEY (account, id)) WITHOUT ROWID;"
	/* How far a book was looked through for people to be asked. */
	"CREATE TABLE wish (account INTEGER NOT NULL, book INTEGER NOT NULL,"
	" rev INTEGER NOT NULL, next_ms INTEGER NOT NULL,"
	" PRIMARY KEY (account, book)) WITHOUT ROWID;"
	/* What is to be told of answers, how, and the links that take a change back. */
	"CREATE TABLE news (id INTEGER PRIMARY KEY, account INTEGER NOT NULL,"
	" ask INTEGER NOT NULL, at_ms INTEGER NOT NULL, items TEXT NOT NULL);"
	"CREATE INDEX news_of ON news (account, ask);"
	"CREATE TABLE tell (account INTEGER PRIMARY KEY, tell_by TEXT NOT NULL,"
	" hook TEXT NOT NULL, secret TEXT NOT NULL);"
	"CREATE TABLE recall (hash TEXT PRIMARY KEY, account INTEGER NOT NULL,"
	" ask INTEGER NOT NULL, item INTEGER NOT NULL, until_ms INTEGER NOT NULL)"
	" WITHOUT ROWID;"
	"CREATE INDEX recall_until ON recall (until_ms);"
	"CREATE INDEX recall_newest ON recall (account, until_ms);"
	"CREATE TABLE campaign (account INTEGER NOT NULL, id INTEGER NOT NULL,"
	" made_ms INTEGER NOT NULL, next_ms INTEGER NOT NULL, title TEXT NOT NULL,"
	" kind TEXT NOT NULL, channel TEXT NOT NULL, fields TEXT NOT NULL,"
	" say TEXT NOT NULL, done INTEGER NOT NULL, PRIMARY KEY (account, id))"
	" WITHOUT ROWID;"
	"CREATE INDEX campaign_next ON campaign (done, next_ms);"
	"CREATE TABLE campaign_one (account INTEGER NOT NULL, campaign INTEGER NOT "
	"NULL,"
	" n INTEGER NOT NULL, ask INTEGER NOT NULL, book TEXT NOT NULL,"
	" card TEXT NOT NULL, fn TEXT NOT NULL, outcome TEXT NOT NULL,"
	" done INTEGER NOT NULL, PRIMARY KEY (account, campaign, n)) WITHOUT ROWID;"
	/* Who said a card's values; what an account gave to whom. */
	"CREATE TABLE said (account INTEGER NOT NULL, card INTEGER NOT NULL,"
	" field TEXT NOT NULL, value_key TEXT NOT NULL, channel TEXT NOT NULL,"
	" sent_to TEXT NOT NULL, door TEXT NOT NULL, evidence INTEGER NOT NULL,"
	" ask INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
	" PRIMARY KEY (account, card, field, value_key)) WITHOUT ROWID;"
	"CREATE TABLE given (account INTEGER NOT NULL, owner INTEGER NOT NULL,"
	" field TEXT NOT NULL, value_key TEXT NOT NULL, owner_name TEXT NOT NULL,"
	" ask INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
	" PRIMARY KEY (account, owner, field, value_key)) WITHOUT ROWID;"
	/* Who has a field of somebody's own card by itself; changed_ms: it is coming. */
	"CREATE TABLE follow (account INTEGER NOT NULL, owner INTEGER NOT NULL,"
	" field TEXT NOT NULL, owner_name TEXT NOT NULL, ask INTEGER NOT NULL,"
	" made_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL,"
	" PRIMARY KEY (account, owner, field)) WITHOUT ROWID;"
	"CREATE INDEX follow_due ON follow (changed_ms) WHERE changed_ms > 0;"
	/* What a device has seen of a book: all through rev, and some cards after it. */
	"CREATE TABLE seen (account INTEGER NOT NULL, book INTEGER NOT NULL,"
	" device INTEGER NOT NULL, rev INTEGER NOT NULL, cards BLOB NOT NULL,"
	" at_ms INTEGER NOT NULL, PRIMARY KEY (account, book, device)) WITHOUT ROWID;"
	"CREATE INDEX seen_at ON seen (at_ms);"
	/* Cards that look alike and are of two people. */
	"CREATE TABLE apart (account INTEGER NOT NULL, one TEXT NOT NULL,"
	" other TEXT NOT NULL, at_ms INTEGER NOT NULL,"
	" PRIMARY KEY (account, one, other)) WITHOUT ROWID;"
	/* What proves who somebody is beside his password; tickets wait for a second step. */
	"CREATE TABLE totp (account INTEGER PRIMARY KEY, secret TEXT NOT NULL,"
	" step INTEGER NOT NULL, made_ms INTEGER NOT NULL);"
	"CREATE TABLE recovery (account INTEGER NOT NULL, hash TEXT NOT NULL,"
	" PRIMARY KEY (account, hash)) WITHOUT ROWID;"
	"CREATE TABLE passkey (id TEXT PRIMARY KEY, account INTEGER NOT NULL,"
	" label TEXT NOT NULL, algorithm INTEGER NOT NULL, public_key BLOB NOT NULL,"
	" counter INTEGER NOT NULL, made_ms INTEGER NOT NULL, seen_ms INTEGER NOT NULL)"
	" WITHOUT ROWID;"
	"CREATE INDEX passkey_account ON passkey (account, made_ms);"
	"CREATE TABLE ticket (hash TEXT PRIMARY KEY, kind TEXT NOT NULL,"
	" account INTEGER NOT NULL, peer TEXT NOT NULL, data TEXT NOT NULL,"
	" expires_ms INTEGER NOT NULL) WITHOUT ROWID;"
	"CREATE INDEX ticket_peer ON ticket (peer, kind);"
	"CREATE INDEX ticket_account ON ticket (account) WHERE account <> 0;"
	"CREATE INDEX ticket_expires ON ticket (expires_ms);"
	/* What was done with accounts and with the server, by whom; hour: what is counted. */
	"CREATE TABLE deed (id INTEGER PRIMARY KEY, account INTEGER NOT NULL,"
	" actor INTEGER NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL,"
	" peer TEXT NOT NULL, hour INTEGER NOT NULL, at_ms INTEGER NOT NULL,"
	" count INTEGER NOT NULL);"
	"CREATE INDEX deed_at ON deed (at_ms);"
	"CREATE INDEX deed_of ON deed (account, at_ms);"
	"CREATE INDEX deed_what ON deed (what, at_ms);"
	"CREATE UNIQUE INDEX deed_hour ON deed (account, what, peer, hour)"
	" WHERE hour <> 0;"
	"CREATE UNIQUE INDEX push_resource ON push (account, book, resource);"
	"CREATE INDEX push_expires ON push (expires_ms);",
};

static enum err
execute(sqlite3 *db, const char *sql)
{
	int code = sqlite3_exec(db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK ? OK : failed(db, code);
}

static enum err
pragma_number(sqlite3 *db, const char *sql, int64_t *out)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		*out = sqlite3_column_int64(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return code == SQLITE_ROW ? OK : failed(db, code);
}

static enum err
take_steps(sqlite3 *db, int64_t version)
{
	char done[64];

	for (int64_t at = version; at < STORE_SCHEMA_VERSION; at++) {
		TRY(execute(db, steps[at]));
		(void)snprintf(
		    done, sizeof done, "PRAGMA user_version = %lld", (long long)at + 1);
		TRY(execute(db, done));
	}
	return OK;
}

/* One transaction for all steps: a half-made schema cannot be left behind. */
static enum err
make_schema(sqlite3 *db, struct why *why)
{
	int64_t version = 0;
	int64_t owner = 0;
	enum err e;

	TRY(execute(db, "PRAGMA page_size = 4096"));
	TRY(execute(db, "PRAGMA journal_mode = WAL"));
	TRY(execute(db, "BEGIN IMMEDIATE"));
	e = pragma_number(db, "PRAGMA user_version", &version);
	if (e == OK)
		e = pragma_number(db, "PRAGMA application_id", &owner);
	if (e == OK && version > STORE_SCHEMA_VERSION) {
		*why = (struct why){ .what = "the data was written by a newer kith" };
		e = ERR_NEWER;
	}
	if (e == OK && version && owner != APPLICATION_ID) {
		*why = (struct why){ .what = "this is no store of kith's" };
		e = ERR_STORE;
	}
	if (e == OK)
		e = take_steps(db, version);
	/* Opening a store that is ready writes nothing: who watches it would be woken. */
	if (e == OK && owner != APPLICATION_ID)
		e = execute(db, "PRAGMA application_id = 1265202280");
	if (e == OK)
		return execute(db, "COMMIT");
	(void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return e;
}

/* --- the stamp --- */

#define SHM_REGION_SIZE 32768

static const volatile uint64_t *
find_commits(sqlite3 *db)
{
	sqlite3_file *file = NULL;
	void volatile *at = NULL;
	int64_t version;

	/* The first read opens the log's index. */
	if (pragma_number(db, "PRAGMA schema_version", &version) != OK ||
	    sqlite3_file_control(
		db, "main", SQLITE_FCNTL_FILE_POINTER, (void *)&file) != SQLITE_OK ||
	    !file || !file->pMethods || file->pMethods->iVersion < 2 ||
	    file->pMethods->xShmMap(file, 0, SHM_REGION_SIZE, 0, &at) != SQLITE_OK)
		return NULL;
	return (const volatile uint64_t *)at;
}

static uint64_t
stamp(struct session *s)
{
	return s->commits && !s->troubled ? stamp_read(s->commits) : 0;
}

/* --- sessions --- */

static bool
path_of(str place, char *out, size_t room)
{
	int len = snprintf(out, room, STR_FMT "/" FILE_NAME, STR_ARG(place));

	return len > 0 && (size_t)len < room;
}

static int
on_wal(void *self, sqlite3 *db, const char *name, int pages)
{
	struct session *session = self;

	(void)db;
	(void)name;
	session->wal_pages = pages;
	return SQLITE_OK;
}

static enum err
settle(struct session *session, bool writing)
{
	char cache[64];

	(void)sqlite3_busy_timeout(session->db, STORE_BUSY_WAIT_MS);
	(void)snprintf(cache, sizeof cache, "PRAGMA cache_size = -%zu",
	    (writing ? STORE_CACHE_BYTES : STORE_READER_CACHE_BYTES) / 1024);
	TRY(execute(session->db, cache));
	TRY(execute(session->db, "PRAGMA temp_store = MEMORY"));
	TRY(execute(session->db, "PRAGMA mmap_size = 0"));
	if (!writing)
		return execute(session->db, "PRAGMA query_only = 1");
	TRY(execute(session->db, "PRAGMA synchronous = FULL"));
	TRY(execute(session->db, "PRAGMA wal_autocheckpoint = 0"));
	TRY(execute(session->db, "PRAGMA journal_size_limit = 67108864"));
	(void)sqlite3_wal_hook(session->db, on_wal, session);
	return OK;
}

static void
session_close(struct session **session)
{
	struct session *s = *session;

	if (!s)
		return;
	for (size_t i = 0; i < SQL_COUNT; i++)
		(void)sqlite3_finalize(s->prepared[i]);
	for (size_t i = 0; i < CONTROL_COUNT; i++)
		(void)sqlite3_finalize(s->control[i]);
	(void)sqlite3_close(s->db);
	free(s);
	*session = NULL;
}

static enum err
session_open(str place, bool writing, struct session **out)
{
	char path[PATH_MAX_BYTES];
	SCOPED(session) s = calloc(1, sizeof *s);
	int code;

	must(s);
	if (!path_of(place, path, sizeof path))
		return ERR_IO;
	code = sqlite3_open_v2(path, &s->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, writing ? gather_vfs() : NULL);
	if (code != SQLITE_OK)
		return failed(s->db, code);
	TRY(settle(s, writing));
	if (!writing)
		s->commits = find_commits(s->db);
	*out = s;
	s = NULL;
	return OK;
}

static enum err
prepare(str place, struct why *why)
{
	char path[PATH_MAX_BYTES];
	sqlite3 *db = NULL;
	int code;
	enum err e;

	if (!path_of(place, path, sizeof path))
		return ERR_IO;
	path[place.len] = '\0';
	if (mkdir(path, 0700) != 0 && errno != EEXIST) {
		*why = (struct why){ .what = strerror(errno), .name = place };
		return ERR_IO;
	}
	path[place.len] = '/';
	/* Nobody reads its statistics, and counting takes a lock at every malloc. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	code = sqlite3_open_v2(path, &db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	if (code == SQLITE_OK) {
		(void)sqlite3_busy_timeout(db, STORE_BUSY_WAIT_MS);
		e = make_schema(db, why);
	} else {
		e = (code & 0xFF) == SQLITE_CANTOPEN ? ERR_IO : failed(db, code);
		*why = (struct why){ .what = "it cannot be opened", .name = place };
	}
	(void)sqlite3_close(db);
	return e;
}

/* --- transactions --- */

static enum err
control(struct session *s, enum control which)
{
	sqlite3_stmt **stmt = &s->control[which];
	int code = SQLITE_OK;

	if (!*stmt)
		code = sqlite3_prepare_v3(
		    s->db, controls[which], -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(*stmt);
	if (code != SQLITE_DONE) {
		enum err e = failed(s->db, code);

		(void)sqlite3_reset(*stmt);
		return e;
	}
	(void)sqlite3_reset(*stmt);
	return OK;
}

static enum err
begin(struct session *s, bool writing)
{
	s->troubled = false;
	return control(s, writing ? CONTROL_BEGIN_WRITE : CONTROL_BEGIN_READ);
}

/* Some failures (a full disk) end the whole transaction by themselves; what follows must
 * not run outside of one. */
static bool
is_over(struct session *s)
{
	return sqlite3_get_autocommit(s->db) != 0;
}

static enum err
commit(struct session *s)
{
	return is_over(s) ? ERR_STORE : control(s, CONTROL_COMMIT);
}

static void
rollback(struct session *s)
{
	if (!is_over(s))
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

static enum err
mark(struct session *s)
{
	return is_over(s) ? ERR_STORE : control(s, CONTROL_MARK);
}

static enum err
keep(struct session *s)
{
	return is_over(s) ? ERR_STORE : control(s, CONTROL_KEEP);
}

static void
undo(struct session *s)
{
	if (is_over(s))
		return;
	if (control(s, CONTROL_UNDO) == OK)
		(void)!control(s, CONTROL_KEEP);
}

/* --- statements --- */

static void
done(struct session *s)
{
	if (s->running)
		(void)sqlite3_reset(s->running);
	s->running = NULL;
}

/* "$1" is a name to SQLite, numbered by its first appearance; "?1" is a number. */
static int
prepare_numbered(sqlite3 *db, const char *sql, sqlite3_stmt **out)
{
	char numbered[SQL_MAX_BYTES];
	size_t len = strlen(sql);

	must(len < sizeof numbered);
	for (size_t i = 0; i <= len; i++)
		numbered[i] = (char)(sql[i] == '$' ? '?' : sql[i]);
	return sqlite3_prepare_v3(
	    db, numbered, (int)len + 1, SQLITE_PREPARE_PERSISTENT, out, NULL);
}

static int
bind(sqlite3_stmt *stmt, int at, const struct cell *cell)
{
	const char *bytes = cell->text.at ? cell->text.at : "";

	switch (cell->kind) {
	case CELL_INTEGER: return sqlite3_bind_int64(stmt, at, cell->number);
	case CELL_TEXT:
		return sqlite3_bind_text64(
		    stmt, at, bytes, cell->text.len, SQLITE_STATIC, SQLITE_UTF8);
	case CELL_BYTES:
		return sqlite3_bind_blob64(
		    stmt, at, bytes, cell->text.len, SQLITE_STATIC);
	}
	return SQLITE_MISUSE;
}

static enum err
run(struct session *s, enum statement statement, const struct cell *cells, size_t count)
{
	sqlite3_stmt **stmt = &s->prepared[statement];
	int code = SQLITE_OK;

	must(!s->running);
	if (!*stmt)
		code = prepare_numbered(s->db, statements[statement], stmt);
	for (size_t i = 0; i < count && code == SQLITE_OK; i++)
		code = bind(*stmt, (int)i + 1, &cells[i]);
	if (code != SQLITE_OK)
		return failed(s->db, code);
	s->running = *stmt;
	return OK;
}

static enum err
step(struct session *s, bool *more)
{
	int code = sqlite3_step(s->running);

	*more = code == SQLITE_ROW;
	if (code == SQLITE_ROW || code == SQLITE_DONE)
		return OK;
	s->troubled = true;
	return failed(s->db, code);
}

static int64_t
number(struct session *s, int column)
{
	return sqlite3_column_int64(s->running, column);
}

static str
text(struct session *s, int column)
{
	const char *at = sqlite3_column_blob(s->running, column);

	return (str){ at, (size_t)sqlite3_column_bytes(s->running, column) };
}

static int64_t
changed(struct session *s)
{
	return sqlite3_changes(s->db);
}

/* --- upkeep --- */

static enum err
verify(struct session *s, struct why *why)
{
	sqlite3_stmt *stmt = NULL;
	int code =
	    sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(1)", -1, &stmt, NULL);
	bool good = false;

	if (code == SQLITE_OK)
		code = sqlite3_step(stmt);
	if (code == SQLITE_ROW)
		good = strcmp((const char *)sqlite3_column_text(stmt, 0), "ok") == 0;
	if (!good) {
		*why = (struct why){ .what = "the store's file is damaged" };
		if (code == SQLITE_ROW)
			(void)snprintf(last_message, sizeof last_message, "%s",
			    (const char *)sqlite3_column_text(stmt, 0));
		else
			(void)!failed(s->db, code);
	}
	(void)sqlite3_finalize(stmt);
	return good ? OK : ERR_STORE;
}

/* Writes the log back into the file; never waits for anyone.  The log starts again from its
 * beginning, instead of growing, when all of it was written back by the time of the next
 * commit: so the bulk is done beside the writer, the rest by him. */
static void
tidy(struct session *s)
{
	int log = 0;
	int back = 0;

	if (sqlite3_wal_checkpoint_v2(
		s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, &back) == SQLITE_OK &&
	    log == back)
		s->wal_pages = 0;
}

static bool
wants_tidying(struct session *s)
{
	return s->wal_pages > WAL_PAGES_TIDY;
}

static void
rest(struct session *s)
{
	(void)sqlite3_db_release_memory(s->db);
}

const struct driver driver_sqlite = {
	.name = "sqlite",
	.prepare = prepare,
	.open = session_open,
	.close = session_close,
	.stamp = stamp,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.mark = mark,
	.keep = keep,
	.undo = undo,
	.run = run,
	.step = step,
	.number = number,
	.text = text,
	.done = done,
	.changed = changed,
	.verify = verify,
	.message = message,
	.tidy = tidy,
	.wants_tidying = wants_tidying,
	.rest = rest,
};

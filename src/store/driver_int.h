/*
 * driver_int.h - what a database must do for us: a narrow door.
 *
 * The typed files beside this one speak statements (statements.h) through it and know no
 * database.  A session is one connection; it is used by one thread at a time.
 */
#ifndef KITH_STORE_DRIVER_INT_H
#define KITH_STORE_DRIVER_INT_H

#include "store/statements_int.h"
#include "store/store.h"

struct session;

enum cell_kind { CELL_INTEGER, CELL_TEXT, CELL_BYTES };

/* A parameter of a statement. */
struct cell {
	enum cell_kind kind;
	int64_t number;
	str text;
};

#define CELL_I(n) ((struct cell){ CELL_INTEGER, (int64_t)(n), { 0 } })
#define CELL_T(s) ((struct cell){ CELL_TEXT, 0, (s) })
#define CELL_B(s) ((struct cell){ CELL_BYTES, 0, (s) })

struct driver {
	const char *name;

	/* Makes the place ready: file, schema, settings.  ERR_NEWER, ERR_IO, ERR_STORE. */
	enum err (*prepare)(str place, struct why *why);
	enum err (*open)(str place, bool writing, struct session **out);
	void (*close)(struct session **session);

	/* A number that changes with every commit of anyone, read without a transaction; 0:
	 * not known.  May be NULL. */
	uint64_t (*stamp)(struct session *session);

	enum err (*begin)(struct session *session, bool writing);
	enum err (*commit)(struct session *session);
	void (*rollback)(struct session *session);

	/* A savepoint around one caller's writes in a group. */
	enum err (*mark)(struct session *session);
	enum err (*keep)(struct session *session);
	void (*undo)(struct session *session);

	/* Starts a statement; then step() until *more is false, then done().  done() is also
	 * how a statement is left early. */
	enum err (*run)(struct session *session, enum statement statement,
	    const struct cell *cells, size_t count);
	enum err (*step)(struct session *session, bool *more);
	int64_t (*number)(struct session *session, int column);
	str (*text)(
	    struct session *session, int column); /* valid until the next step */
	void (*done)(struct session *session);
	int64_t (*changed)(struct session *session); /* rows, by the last statement */

	enum err (*verify)(struct session *session, struct why *why);
	const char *(*message)(void);

	/* Whatever the database wants done now and then, when the writer's session says so:
	 * most of it beside the writer, on a session of its own, what is left then on the
	 * writer's own between two transactions.  May be NULL. */
	void (*tidy)(struct session *session);
	bool (*wants_tidying)(struct session *session);

	/* Gives back memory that only speed needs: the session rests.  May be NULL. */
	void (*rest)(struct session *session);
};

extern const struct driver driver_sqlite;

/* store_open() with a driver of the caller's: for tests. */
enum err store_open_with(
    const struct driver *driver, str place, struct store **out, struct why *why);

struct store_tx {
	struct store *store;
	const struct driver *driver;
	struct session *session;
	uint64_t stamp; /* of the view, for readers */
};

/* Runs a statement that returns no rows. */
enum err tx_do(struct store_tx *tx, enum statement statement, const struct cell *cells,
    size_t count);

/* Starts one that does, and steps to its first row: ERR_NOT_FOUND (and done) when there is
 * none.  The caller ends it with tx_done(). */
enum err tx_first(struct store_tx *tx, enum statement statement,
    const struct cell *cells, size_t count);
enum err tx_start(struct store_tx *tx, enum statement statement,
    const struct cell *cells, size_t count);
enum err tx_step(struct store_tx *tx, bool *more);
int64_t tx_number(struct store_tx *tx, int column);
str tx_text(struct store_tx *tx, struct arena *arena, int column); /* copied */
void tx_done(struct store_tx *tx);

#define CELLS(...)                            \
	(const struct cell[]){ __VA_ARGS__ }, \
	    sizeof((const struct cell[]){ __VA_ARGS__ }) / sizeof(struct cell)

/* The whole of a list-returning statement, row by row, into an array in the arena that
 * doubles; `read` fills one element. */
struct rows {
	char *list;
	size_t count, room, each; /* bytes of one element */
};

void *rows_add(struct rows *rows, struct arena *arena);

#endif

/*
 * store.h - rows and transactions.
 *
 * Knows tables, not what they mean: no vCard is read here.  One set of SQL statements
 * (store/statements.h) over a thin driver (store/driver_int.h); SQLite in WAL mode with
 * synchronous=FULL is the driver there is.  What can be stored is in account.h, book.h,
 * card.h, ask.h and letter.h beside this file.  Any thread.
 *
 * A write is a function handed over: store_write(store, fn, arg).  The store's own thread
 * runs all the functions that queue, each in its own savepoint, and commits once for all of
 * them: group commit.  Nobody is answered before his commit is on
 * disk.  Reads see the last commit and never wait for writes.
 */
#ifndef KITH_STORE_STORE_H
#define KITH_STORE_STORE_H

#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

struct store;
struct store_tx;

#define STORE_SCHEMA_VERSION 1
#define STORE_GROUP_MAX      256   /* writes in one commit */
#define STORE_BUSY_WAIT_MS   10000 /* for another process's write; then ERR_BUSY */
#define STORE_READERS_MAX    64    /* connections for reading at once */
/* Of the database's own cache, by connection: the system's does the work, and there is a
 * reader for every call under way. */
#define STORE_CACHE_BYTES        ((size_t)2 << 20)
#define STORE_READER_CACHE_BYTES ((size_t)128 << 10)

/*
 * Opens the data folder, making it and its schema when there is none.
 *
 * ERR_NEWER  written by a newer kith: why->what says which schema
 * ERR_IO     the folder cannot be made or read     ERR_STORE  not a store of ours
 */
enum err store_open(str folder, struct store **out, struct why *why);
void store_close(struct store **store);

/*
 * Runs fn in a write transaction and commits.  fn's outcome is passed on; anything but OK
 * undoes what it did, and only that.  fn runs on the store's thread while this one waits,
 * may be run again after a conflict, and must do nothing but its writes: no locks,
 * no waiting, no other store_write.
 *
 * ERR_FULL  the disk is full     ERR_BUSY  STORE_BUSY_WAIT_MS went by     ERR_STORE
 */
enum err store_write(
    struct store *store, enum err (*fn)(struct store_tx *tx, void *arg), void *arg);

/* A consistent view for reading; close it with store_tx_close(). */
enum err store_look(struct store *store, struct store_tx **out);
void store_tx_close(struct store_tx **tx); /* takes NULL, leaves NULL */

/* Two views with the same stamp show the same data: what was found in the one need not be
 * looked for in the other.  0 is like no other stamp. */
uint64_t store_tx_stamp(const struct store_tx *tx);

/* What the driver said last on this thread; for logs. */
const char *store_message(void);

/* A fresh id: random, positive, fits a JSON number.  Made by us, not by a sequence, so
 * that any number of nodes can write. */
int64_t store_fresh_id(void);

/* One made of bits of the caller's own. */
int64_t store_id_of(uint64_t bits);

/* Small settings of the store itself: its secrets, made on first use and never changed.
 * *out is `bytes` random bytes under that name. */
enum err store_secret(
    struct store *store, struct arena *arena, str name, size_t bytes, str *out);

/* One that somebody else makes: ERR_NOT_FOUND until he has. */
enum err store_secret_find(
    struct store *store, struct arena *arena, str name, str *out);

/* Makes one of a given value; one of that name that is there stays. */
enum err store_secret_keep(struct store *store, str name, str value);

/* Verifies the file itself (PRAGMA integrity_check and the like).  ERR_STORE; *why. */
enum err store_verify(struct store *store, struct why *why);

#endif

/*
 * gather_int.h - the writer's log goes to the system in few, large writes.
 *
 * SQLite writes each frame of its WAL in two calls, the frame's head and its page: some
 * fifty for the cards of one commit, more work for the kernel than for the database.  This
 * VFS is the system's own but for the log: what is appended waits in memory until it is to
 * be durable (xSync, which every commit of ours calls before it tells anyone of its frames),
 * until it is read back, or until GATHER_BYTES of it wait.  What cannot be written then
 * fails that sync, and so the commit.
 *
 * Only for connections with synchronous=FULL: with less, frames are told of unwritten.
 */
#ifndef KITH_STORE_GATHER_INT_H
#define KITH_STORE_GATHER_INT_H

#define GATHER_BYTES ((size_t)64 << 10) /* of each such connection */

/* The VFS's name for sqlite3_open_v2(); NULL, the system's, where it cannot be had. */
const char *gather_vfs(void);

#endif

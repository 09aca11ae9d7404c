/*
 * state_int.h - what a synced folder remembers: DIR/.kith-sync.
 *
 * The first line names the book, the second the sync token; then one line per file: name,
 * href, ETag and a digest of the bytes, separated by tabs.
 */
#ifndef KITH_TERM_STATE_INT_H
#define KITH_TERM_STATE_INT_H

#include "base/arena.h"
#include "base/err.h"

struct synced_file {
	str name; /* in the folder */
	str href, etag;
	str digest; /* of the bytes at the last sync; empty: there was no such file */

	/* Of this run: */
	str now;         /* digest of the file as it is; empty when there is none */
	str there;       /* ETag on the server; empty when it is gone */
	bool there_news; /* the server reported a change */
};

struct synced_state {
	struct arena *arena;
	str folder, book, token;
	struct synced_file *list;
	size_t count, room;
};

enum err state_load(
    struct arena *arena, str folder, struct synced_state *out, struct why *why);

/* Lines of files that are gone on both sides are left out. */
enum err state_save(const struct synced_state *state, struct why *why);

struct synced_file *state_by_name(struct synced_state *state, str name);
struct synced_file *state_by_href(struct synced_state *state, str href);
struct synced_file *state_add(struct synced_state *state, str name, str href);

str state_digest(struct arena *arena, str bytes);
str state_path(const struct synced_state *state, str name); /* NUL-terminated */

/* Written beside and renamed over. */
enum err state_write_file(
    const struct synced_state *state, str name, str bytes, struct why *why);
enum err state_read_file(
    const struct synced_state *state, str name, str *out, struct why *why);

#endif

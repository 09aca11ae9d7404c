/*
 * term.h - the terminal: the server from outside, over HTTP.
 *
 * Knows the JSON interface, and for syncing a folder CardDAV.  The login (URL, user, app
 * password) is kept in $XDG_CONFIG_HOME/kith/login, readable by its owner only.
 */
#ifndef KITH_TERM_TERM_H
#define KITH_TERM_TERM_H

#include "base/arena.h"
#include "base/err.h"

struct term {
	struct arena *arena;
	str url, user, password; /* url without a final '/' */
};

/* ERR_NOT_FOUND: nobody has logged in. */
enum err term_load(struct arena *arena, struct term *out, struct why *why);
enum err term_save(const struct term *term, struct why *why);

struct term_answer {
	unsigned status;
	str body; /* JSON */
};

/* One call of the JSON interface.  path: "/api/v1/asks". */
enum err term_call(const struct term *term, str method, str path, str body,
    struct term_answer *out, struct why *why);

struct term_synced {
	unsigned down, up, removed_here, removed_there, conflicts;
};

/*
 * Makes a folder of .vcf files and the default book equal, both ways.  What was synced last
 * is remembered in DIR/.kith-sync.  Changed on both sides: the server's card stays in the
 * book, the file's is kept beside it as NAME.conflict.vcf.
 */
enum err term_sync(
    const struct term *term, str folder, struct term_synced *out, struct why *why);

#endif

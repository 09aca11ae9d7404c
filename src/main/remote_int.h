/* remote_int.h - what verbs that talk to a server share. */
#ifndef KITH_MAIN_REMOTE_INT_H
#define KITH_MAIN_REMOTE_INT_H

#include "json/json.h"
#include "main/verbs_int.h"
#include "term/term.h"

struct remote {
	struct arena *arena;
	struct term term;
	bool json;         /* --json: print what the server said */
	struct json *said; /* the last answer */
	str text;          /* the same, as text */
};

/* Loads the login.  False, with a line on stderr, when there is none. */
bool remote_open(struct arena *arena, struct remote *remote);

/*
 * Calls and reads the answer.  True when it is a 2xx; otherwise false, with a line on
 * stderr in the server's words (with --json also the answer on stdout).
 */
bool remote_call(struct remote *remote, const char *method, str path, str body);

/* The link or token of an ask as a person pastes it -> server URL (or empty: the one
 * logged in at) and token. */
bool remote_link(str link, str *url, str *token);

/* With --json prints the answer and says so; otherwise the verb prints. */
bool remote_printed(const struct remote *remote);

/* A number as text for a path: "/api/v1/asks/17". */
str remote_path(struct remote *remote, const char *first, str id, const char *last);

#endif

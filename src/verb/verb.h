/*
 * verb.h - what a verb of the command line is made of: its options, its configuration, its
 * store, its words for what went wrong.  Shared by the two programs: kith, which has every
 * verb, and kith-server, which is `kith serve`.
 */
#ifndef KITH_VERB_VERB_H
#define KITH_VERB_VERB_H

#include "base/arena.h"
#include "base/err.h"
#include "conf/conf.h"

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

struct verb {
	const char *name;
	const char *usage;   /* behind the name: "LOGIN FILE..." */
	const char *summary; /* one line for `kith --help`; NULL hides the verb */
	const char *help;    /* more lines for `kith VERB --help` */
	int (*run)(struct arena *arena, int argc, char **argv); /* argv[0]: the verb */
};

/* --- options: each verb's own table --- */

enum option_kind { OPTION_TEXT, OPTION_FLAG };

struct option_row {
	const char *name; /* "--data" */
	enum option_kind kind;
	void *out; /* a str or a bool; untouched when the option is absent */
};

/* Sorts argv into options and operands; operands are moved to argv[1...], their number is
 * *operands.  "--" ends the options.  False, with a line on stderr, for an unknown option
 * or one without its value. */
bool options_read(
    int argc, char **argv, const struct option_row *rows, size_t count, int *operands);

/* A line on stderr and EXIT_USAGE. */
int usage_error(const struct verb *verb, const char *what);

/* A line on stderr in the words of the outcome and the particulars; EXIT_REFUSED. */
int refused(enum err outcome, const struct why *why, const char *doing);

/* --- what verbs on the local store begin with --- */

struct place {
	str conf_file, data; /* --conf and --data as given */
	struct conf conf;
};

#define PLACE_OPTIONS(place)                           \
	{ "--conf", OPTION_TEXT, &(place).conf_file }, \
	{                                              \
		"--data", OPTION_TEXT, &(place).data   \
	}

/* Reads the configuration (--data wins over it) and starts the libraries.  False, with a
 * line on stderr, when it cannot be read. */
bool place_read(struct arena *arena, struct place *place);

struct store;
/* Opens its store.  False, with a line on stderr. */
bool place_store(const struct place *place, struct store **out);

/* A password from the terminal without echo, or from stdin's first line. */
bool password_read(struct arena *arena, bool from_stdin, const char *prompt, str *out);

#endif

/* main.c - which verb. */
#include <stdio.h>
#include <string.h>

#include "main/verbs_int.h"

static const struct verb *const verbs[] = {
	&verb_serve,
	&verb_courier,
	&verb_deliver,
	&verb_user,
	&verb_import,
	&verb_export,
	&verb_check,
	&verb_login,
	&verb_find,
	&verb_ask,
	&verb_asks,
	&verb_accept,
	&verb_refuse,
	&verb_revoke,
	&verb_answer,
	&verb_remind,
	&verb_notices,
	&verb_me,
	&verb_said,
	&verb_plan,
	&verb_campaign,
	&verb_sync,
	&verb_books,
	&verb_devices,
	&verb_history,
	&verb_undo,
	&verb_twins,
	&verb_merge,
	&verb_removed,
	&verb_restore,
	&verb_picture,
	&verb_settings,
};

#define EACH_VERB(v)                              \
	for (const struct verb *const *v = verbs; \
	     v < verbs + sizeof verbs / sizeof *verbs; v++)

static const struct verb *
verb_named(const char *name)
{
	EACH_VERB(v)
	if (strcmp((*v)->name, name) == 0)
		return *v;
	return NULL;
}

static void
print_help(FILE *to)
{
	(void)fprintf(to, "kith - an address book that keeps itself up to date\n\n");
	EACH_VERB(v)
	if ((*v)->summary)
		(void)fprintf(to, "  kith %-8s %s\n", (*v)->name, (*v)->summary);
	(void)fprintf(to, "\nkith VERB --help says more; kith(1) says all.\n");
}

static int
print_verb_help(const struct verb *verb)
{
	printf("usage: kith %s %s\n\n%s\n", verb->name, verb->usage, verb->help);
	return EXIT_DONE;
}

static bool
asks_for_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 ||
	       strcmp(word, "help") == 0;
}

int
main(int argc, char **argv)
{
	SCOPED(arena) arena = arena_open();
	const struct verb *verb;

	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (asks_for_help(argv[1])) {
		print_help(stdout);
		return EXIT_DONE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		printf("kith %s\n", KITH_VERSION);
		return EXIT_DONE;
	}
	verb = verb_named(argv[1]);
	if (!verb) {
		(void)fprintf(stderr,
		    "kith: there is no verb %s; kith --help lists them\n", argv[1]);
		return EXIT_USAGE;
	}
	for (int i = 2; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0)
			return print_verb_help(verb);
	return verb->run(arena, argc - 1, argv + 1);
}

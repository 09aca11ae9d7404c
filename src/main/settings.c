/* settings.c - `kith settings`: the list of kith.conf(5), from the table itself. */
#include <stdio.h>

#include "main/verbs_int.h"

static int
settings_verb(struct arena *arena, int argc, char **argv)
{
	(void)argc;
	(void)argv;
	printf(STR_FMT, STR_ARG(conf_manual(arena)));
	return EXIT_DONE;
}

const struct verb verb_settings = {
	"settings",
	"",
	NULL,
	"Prints the settings as a piece of mdoc(7); the manual is made with it.",
	settings_verb,
};

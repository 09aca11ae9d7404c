/* serve.c - `kith serve` becomes kith-server, the program beside this one. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/program.h"
#include "main/verbs_int.h"

static int
serve_verb(struct arena *arena, int argc, char **argv)
{
	str server = program_beside(arena, STR("kith-server"));

	(void)argc;
	if (server.len)
		(void)execv(server.at, argv);
	(void)fprintf(
	    stderr, "kith serve: kith-server cannot be started: %s\n", strerror(errno));
	return EXIT_REFUSED;
}

const struct verb verb_serve = {
	"serve",
	"[--conf FILE] [--data DIR] [--listen ADDRESS:PORT]",
	"run the server and its courier",
	"Prints one line with its address when it is ready.  SIGTERM ends it in good "
	"order.\n"
	"Without a configuration: a store in ./kith-data, 127.0.0.1:8420, and notices "
	"in\n"
	"the message tray at /tray instead of a gateway.",
	serve_verb,
};

/* login.c - `kith login`: this terminal becomes a device of an account. */
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "main/remote_int.h"
#include "wire/wire.h"

#define BODY_MAX_BYTES ((size_t)4096)
#define HOST_MAX_BYTES 64

/* The server makes an app password for this device; the person's own is not kept. */
static bool
make_device(struct remote *remote)
{
	char host[HOST_MAX_BYTES] = "terminal";
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);

	(void)gethostname(host, sizeof host - 1);
	json_open(&body, '{');
	json_pair(&body, STR("label"), arena_printf(remote->arena, "kith on %s", host));
	json_close(&body, '}');
	return remote_call(remote, "POST", STR("/api/v1/devices"), buf_str(&body));
}

static int
login_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { .arena = arena, .term = { .arena = arena } };
	struct why why = { 0 };
	bool from_stdin = false;
	const struct option_row options[] = {
		{ "--user", OPTION_TEXT, &remote.term.user },
		{ "--password-stdin", OPTION_FLAG, &from_stdin },
	};
	int operands;
	enum err e;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands != 1 || !remote.term.user.len)
		return usage_error(&verb_login, "it takes a URL and --user LOGIN");
	remote.term.url = str_of(argv[1]);
	while (str_ends(remote.term.url, STR("/")))
		remote.term.url.len--;
	if (!password_read(arena, from_stdin, "Password: ", &remote.term.password))
		return EXIT_REFUSED;
	wire_start();
	if (!make_device(&remote))
		return EXIT_REFUSED;
	remote.term.password = json_text(remote.said, STR("password"));
	e = term_save(&remote.term, &why);
	if (e != OK)
		return refused(e, &why, "the login");
	printf("logged in at " STR_FMT " as " STR_FMT "\n", STR_ARG(remote.term.url),
	    STR_ARG(remote.term.user));
	return EXIT_DONE;
}

const struct verb verb_login = {
	"login",
	"URL --user LOGIN [--password-stdin]",
	"make this terminal a device of an account",
	"Asks for the password once; what is kept is an app password of this device, "
	"which\n"
	"can be withdrawn.",
	login_verb,
};

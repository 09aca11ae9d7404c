/* place.c - what verbs on the local store begin with: configuration, libraries, store. */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "seal/seal.h"
#include "store/store.h"
#include "verb/verb.h"

#define PASSWORD_LINE_BYTES 1100

bool
place_read(struct arena *arena, struct place *place)
{
	struct why why = { 0 };
	const char *path = NULL;
	enum err e;

	seal_start();
	if (place->conf_file.len)
		path = arena_copy(arena, place->conf_file).at;
	e = conf_read(arena, path, &place->conf, &why);
	if (e != OK) {
		(void)refused(e, &why, path);
		return false;
	}
	if (place->data.len)
		place->conf.server_data = place->data;
	return true;
}

bool
place_store(const struct place *place, struct store **out)
{
	struct why why = { 0 };
	enum err e = store_open(place->conf.server_data, out, &why);

	if (e == OK)
		return true;
	if (!why.name.len)
		why.name = place->conf.server_data;
	(void)refused(e, &why, "the data folder");
	return false;
}

/* Whether the terminal's echo was changed, so that it can be put back. */
static bool
echo_off(struct termios *before)
{
	struct termios silent;

	if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, before) != 0)
		return false;
	silent = *before;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	return tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
}

bool
password_read(struct arena *arena, bool from_stdin, const char *prompt, str *out)
{
	char line[PASSWORD_LINE_BYTES];
	struct termios before;
	bool silent = !from_stdin && echo_off(&before);
	bool read;

	if (!from_stdin)
		(void)fputs(prompt, stderr);
	read = fgets(line, sizeof line, stdin) != NULL;
	if (silent) {
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		(void)fputc('\n', stderr);
	}
	if (!read) {
		(void)fputs("kith: no password was given\n", stderr);
		return false;
	}
	line[strcspn(line, "\r\n")] = '\0';
	*out = arena_copy(arena, str_of(line));
	return true;
}

/* term.c - the login kept, and one call of the JSON interface. */
#include "term/term.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "wire/wire.h"

#define LOGIN_MAX_BYTES  ((size_t)4096)
#define ANSWER_MAX_BYTES ((size_t)8 << 20)

static enum err
failed(struct why *why, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return ERR_IO;
}

static str
folder(struct arena *arena)
{
	const char *config = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (config && *config)
		return arena_printf(arena, "%s/kith", config);
	return arena_printf(arena, "%s/.config/kith", home ? home : ".");
}

static str
login_path(struct arena *arena)
{
	return arena_printf(arena, STR_FMT "/login", STR_ARG(folder(arena)));
}

enum err
term_load(struct arena *arena, struct term *out, struct why *why)
{
	char text[LOGIN_MAX_BYTES];
	str path = login_path(arena);
	str rest;
	FILE *file = fopen(path.at, "re");
	size_t len;

	if (!file) {
		*why =
		    (struct why){ .what = "nobody has logged in; kith login URL does" };
		return ERR_NOT_FOUND;
	}
	len = fread(text, 1, sizeof text, file);
	(void)fclose(file);
	rest = arena_copy(arena, (str){ text, len });
	*out = (struct term){ .arena = arena };
	out->url = str_cut(&rest, '\n');
	out->user = str_cut(&rest, '\n');
	out->password = str_cut(&rest, '\n');
	return out->password.len ? OK : failed(why, "the login file is broken", path);
}

/* The folder and its parent; those above it are the user's. */
static void
make_folder(struct arena *arena)
{
	str path = folder(arena);
	char *parent = strdup(path.at);
	char *slash = parent ? strrchr(parent, '/') : NULL;

	if (slash) {
		*slash = '\0';
		(void)mkdir(parent, 0700);
	}
	free(parent);
	(void)mkdir(path.at, 0700);
}

/* Written beside and renamed over, so that a full disk leaves the old login whole. */
enum err
term_save(const struct term *term, struct why *why)
{
	str path = login_path(term->arena);
	str fresh = arena_printf(term->arena, STR_FMT ".new", STR_ARG(path));
	struct buf text = buf_in(term->arena, LOGIN_MAX_BYTES);
	bool written;
	int fd;

	make_folder(term->arena);
	buf_add(&text, term->url);
	buf_add_char(&text, '\n');
	buf_add(&text, term->user);
	buf_add_char(&text, '\n');
	buf_add(&text, term->password);
	buf_add_char(&text, '\n');
	if (text.overflowed)
		return ERR_TOO_LARGE;
	fd = open(fresh.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed(why, strerror(errno), fresh);
	written = write(fd, text.at, text.len) == (ssize_t)text.len && fsync(fd) == 0;
	if (close(fd) != 0 || !written || rename(fresh.at, path.at) != 0)
		return failed(why, strerror(errno), path);
	return OK;
}

enum err
term_call(const struct term *term, str method, str path, str body,
    struct term_answer *out, struct why *why)
{
	static const struct wire_field json[] = { { STR_CONST("Content-Type"),
	    STR_CONST("application/json") } };
	struct wire_req req = {
		.method = method,
		.url = arena_printf(
		    term->arena, STR_FMT STR_FMT, STR_ARG(term->url), STR_ARG(path)),
		.body = body,
		.fields = json,
		.field_count = body.len ? 1 : 0,
		.username = term->user,
		.password = term->password,
		.inner = true, /* his own server may well stand at home */
		.answer_max_bytes = ANSWER_MAX_BYTES,
	};
	struct wire_res res;

	TRY(wire_http(term->arena, &req, &res, why));
	*out = (struct term_answer){ .status = res.status, .body = res.body };
	return OK;
}

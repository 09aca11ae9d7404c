#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "seal/seal.h"
#include "term/state_int.h"

#define STATE_NAME     ".kith-sync"
#define FIRST_ROOM     64
#define FILE_MAX_BYTES ((size_t)64 << 20)
#define DIGEST_BYTES   16

static enum err
failed(struct why *why, str name)
{
	*why = (struct why){ .what = strerror(errno), .name = name };
	return ERR_IO;
}

str
state_path(const struct synced_state *state, str name)
{
	return arena_printf(
	    state->arena, STR_FMT "/" STR_FMT, STR_ARG(state->folder), STR_ARG(name));
}

str
state_digest(struct arena *arena, str bytes)
{
	return seal_digest(arena, (str){ 0 }, bytes, DIGEST_BYTES);
}

enum err
state_read_file(const struct synced_state *state, str name, str *out, struct why *why)
{
	str path = state_path(state, name);
	FILE *file = fopen(path.at, "re");
	struct stat about;
	char *bytes;
	size_t len;

	if (!file)
		return errno == ENOENT ? ERR_NOT_FOUND : failed(why, path);
	if (fstat(fileno(file), &about) != 0 ||
	    (size_t)about.st_size > FILE_MAX_BYTES) {
		(void)fclose(file);
		*why = (struct why){ .what = "a file that is too large", .name = path };
		return ERR_TOO_LARGE;
	}
	bytes = arena_get_raw(state->arena, (size_t)about.st_size + 1);
	len = fread(bytes, 1, (size_t)about.st_size, file);
	(void)fclose(file);
	*out = (str){ bytes, len };
	return OK;
}

enum err
state_write_file(const struct synced_state *state, str name, str bytes, struct why *why)
{
	str path = state_path(state, name);
	str fresh = arena_printf(state->arena, STR_FMT ".new", STR_ARG(path));
	int fd = open(fresh.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	size_t done = 0;
	bool good = fd >= 0;

	while (good && done < bytes.len) {
		ssize_t n = write(fd, bytes.at + done, bytes.len - done);

		good = n > 0;
		done += good ? (size_t)n : 0;
	}
	good = good && fsync(fd) == 0;
	if (fd >= 0)
		good = close(fd) == 0 && good;
	if (good && rename(fresh.at, path.at) == 0)
		return OK;
	return failed(why, path);
}

struct synced_file *
state_add(struct synced_state *state, str name, str href)
{
	if (state->count == state->room) {
		size_t room = state->room ? state->room * 2 : FIRST_ROOM;
		struct synced_file *list =
		    ARENA_ARRAY(state->arena, struct synced_file, room);

		if (state->count)
			memcpy(list, state->list, state->count * sizeof *list);
		state->list = list;
		state->room = room;
	}
	state->list[state->count] = (struct synced_file){ .name = name, .href = href };
	return &state->list[state->count++];
}

struct synced_file *
state_by_name(struct synced_state *state, str name)
{
	for (size_t i = 0; i < state->count; i++)
		if (str_same(state->list[i].name, name))
			return &state->list[i];
	return NULL;
}

struct synced_file *
state_by_href(struct synced_state *state, str href)
{
	for (size_t i = 0; i < state->count; i++)
		if (str_same(state->list[i].href, href))
			return &state->list[i];
	return NULL;
}

enum err
state_load(struct arena *arena, str folder, struct synced_state *out, struct why *why)
{
	str text;
	enum err e;

	*out = (struct synced_state){ .arena = arena, .folder = folder };
	e = state_read_file(out, STR(STATE_NAME), &text, why);
	if (e == ERR_NOT_FOUND) {
		(void)mkdir(arena_copy(arena, folder).at, 0755);
		return OK;
	}
	TRY(e);
	out->book = str_cut(&text, '\n');
	out->token = str_cut(&text, '\n');
	while (text.len) {
		str line = str_cut(&text, '\n');
		str name = str_cut(&line, '\t');
		struct synced_file *file = state_add(out, name, str_cut(&line, '\t'));

		file->etag = str_cut(&line, '\t');
		file->digest = line;
		file->there = file->etag;
	}
	return OK;
}

enum err
state_save(const struct synced_state *state, struct why *why)
{
	struct buf text = buf_in(state->arena, FILE_MAX_BYTES);
	str whole;

	buf_addf(&text, STR_FMT "\n" STR_FMT "\n", STR_ARG(state->book),
	    STR_ARG(state->token));
	for (size_t i = 0; i < state->count; i++) {
		const struct synced_file *f = &state->list[i];

		if (f->etag.len)
			buf_addf(&text,
			    STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
			    STR_ARG(f->name), STR_ARG(f->href), STR_ARG(f->etag),
			    STR_ARG(f->digest));
	}
	TRY(buf_text(&text, &whole));
	return state_write_file(state, STR(STATE_NAME), whole, why);
}

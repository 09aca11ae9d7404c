/* shrink.c - the server's side: one helper for one picture, watched by the clock. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/program.h"
#include "base/when.h"
#include "picture/picture_int.h"

#define READ_BYTES ((size_t)16 * 1024)

/* Starts the helper with the socket for input and output.  It sees nothing of our
 * environment; a leak check at its end would need what it is confined from. */
static bool
start(const char *program, bool square, int socket, pid_t *out)
{
	char name[] = "kith";
	char verb[] = "picture";
	char no_leak_check[] = "ASAN_OPTIONS=detect_leaks=0";
	char middle[] = PICTURE_SQUARE;
	char *argv[] = { name, verb, square ? middle : NULL, NULL };
	char *environment[] = { no_leak_check, NULL };
	posix_spawn_file_actions_t actions;
	bool started;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return false;
	started = posix_spawn_file_actions_adddup2(&actions, socket, 0) == 0 &&
		  posix_spawn_file_actions_adddup2(&actions, socket, 1) == 0 &&
		  posix_spawn(out, program, &actions, NULL, argv, environment) == 0;
	(void)posix_spawn_file_actions_destroy(&actions);
	return started;
}

struct talk {
	int socket;
	str left; /* of the upload */
	struct buf heard;
	bool over;
};

static bool
would_wait(void)
{
	return errno == EAGAIN || errno == EINTR;
}

static void
say(struct talk *talk)
{
	ssize_t sent = send(talk->socket, talk->left.at, talk->left.len, MSG_NOSIGNAL);

	if (sent > 0)
		talk->left = str_part(talk->left, (size_t)sent, talk->left.len);
	else if (!would_wait())
		talk->left = STR(""); /* it has ended: its status will say why */
	if (!talk->left.len)
		(void)shutdown(talk->socket, SHUT_WR);
}

static void
hear(struct talk *talk)
{
	char *room = buf_room(&talk->heard, READ_BYTES);
	ssize_t got = room ? read(talk->socket, room, READ_BYTES) : 0;

	if (got > 0)
		talk->heard.len += (size_t)got;
	else
		talk->over = got == 0 || !would_wait();
}

/* Whether the helper came to an end in time. */
static bool
talk_until(struct talk *talk, int64_t end_ms)
{
	while (!talk->over) {
		struct pollfd wait = { .fd = talk->socket, .events = POLLIN };
		int64_t left_ms = end_ms - when_steady_ms();

		if (talk->left.len)
			wait.events |= POLLOUT;
		if (left_ms <= 0)
			return false;
		if (poll(&wait, 1, (int)left_ms) <= 0)
			continue;
		if (talk->left.len && wait.revents & POLLOUT)
			say(talk);
		if (wait.revents & (POLLIN | POLLHUP | POLLERR))
			hear(talk);
	}
	return true;
}

static int
ended(pid_t helper)
{
	int status = 0;

	while (waitpid(helper, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return status;
}

/* What its end means.  One that was struck down had a file that knows how to do that. */
static enum err
judged(int status)
{
	static const struct {
		enum helper_status status;
		enum err outcome;
	} meanings[] = {
		{ HELPER_DONE, OK },
		{ HELPER_BROKEN, ERR_BAD_INPUT },
		{ HELPER_UNKNOWN, ERR_UNSUPPORTED },
		{ HELPER_LARGE, ERR_TOO_LARGE },
	};

	if (status < 0)
		return ERR_IO;
	if (WIFSIGNALED(status))
		return ERR_BAD_INPUT;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (WEXITSTATUS(status) == (int)meanings[i].status)
			return meanings[i].outcome;
	return ERR_IO;
}

static enum err
talk_with(struct talk *talk, const char *program, bool square, int far, int64_t time_ms)
{
	pid_t helper;
	bool started = start(program, square, far, &helper);
	bool in_time;
	enum err e;

	(void)close(far);
	if (!started)
		return ERR_IO;
	in_time = talk_until(talk, when_steady_ms() + time_ms);
	if (!in_time)
		(void)kill(helper, SIGKILL);
	e = judged(ended(helper));
	return in_time ? e : ERR_TOO_LARGE;
}

enum err
picture_run(struct arena *arena, const char *program, int64_t time_ms, bool square,
    str upload, str *out_jpeg)
{
	struct talk talk = { .left = upload };
	int pair[2];
	enum err e;

	if (!upload.len)
		return ERR_UNSUPPORTED;
	if (upload.len > PICTURE_MAX_BYTES)
		return ERR_TOO_LARGE;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return ERR_IO;
	talk.socket = pair[0];
	talk.heard = buf_in(arena, PICTURE_OUT_BYTES + READ_BYTES);
	(void)fcntl(pair[0], F_SETFL, O_NONBLOCK);
	e = talk_with(&talk, program, square, pair[1], time_ms);
	(void)close(pair[0]);
	TRY(e);
	TRY(buf_text(&talk.heard, out_jpeg));
	return out_jpeg->len ? OK : ERR_IO;
}

static enum err
run(struct arena *arena, bool square, str upload, str *out_jpeg)
{
	str helper = program_beside(arena, STR("kith"));

	if (!helper.len)
		return ERR_IO;
	return picture_run(arena, helper.at, PICTURE_TIME_MS, square, upload, out_jpeg);
}

enum err
picture_shrink(struct arena *arena, str upload, str *out_jpeg)
{
	return run(arena, false, upload, out_jpeg);
}

enum err
picture_square(struct arena *arena, str upload, str *out_jpeg)
{
	return run(arena, true, upload, out_jpeg);
}

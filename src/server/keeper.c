#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/when.h"
#include "server/keeper_int.h"
#include "store/watch.h"

#define URL_MAX_BYTES  512
#define ARGS_MAX       12
#define LEFT_MAX_BYTES 128

extern char **environ;

static volatile sig_atomic_t courier_pid;
static volatile sig_atomic_t ending;

static void
on_end(int number)
{
	(void)number;
	ending = 1;
	if (courier_pid > 0)
		(void)kill((pid_t)courier_pid, SIGTERM);
}

/* Set in the child's own start too (main/courier.c), so that no courier outlives us. */
static void
listen_for_the_end(void)
{
	struct sigaction action = { .sa_handler = on_end };

	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGINT, &action, NULL);
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	(void)prctl(PR_SET_NAME, "kith-keeper");
}

/* Reads the URL until the writer closes; false when the server died before it knew. */
static bool
read_order(int pipe, char *url, size_t room)
{
	size_t len = 0;
	ssize_t got;

	while ((got = read(pipe, url + len, room - 1 - len)) > 0)
		len += (size_t)got;
	url[len] = '\0';
	(void)close(pipe);
	return len > 0;
}

/* What keeps couriers: how they are started, and what the last one left. */
struct keeping {
	const char *program;
	char *argv[ARGS_MAX + 6];
	str data;
	char left[LEFT_MAX_BYTES]; /* empty when it died */
	struct store_watch watch;
};

/* Waits until the courier is gone; its line, if it left one, is in k->left. */
static void
wait_for(struct keeping *k, pid_t pid, int out)
{
	size_t len = 0;
	ssize_t got;
	int status;

	while ((got = read(out, k->left + len, sizeof k->left - 1 - len)) > 0 ||
	       (got < 0 && errno == EINTR))
		len += got > 0 ? (size_t)got : 0;
	k->left[len] = '\0';
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !strchr(k->left, '\n'))
		k->left[0] = '\0';
}

static bool
start(const struct keeping *k, int out, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	bool started;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return false;
	started = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0 &&
		  posix_spawn(pid, k->program, &actions, NULL, k->argv, environ) == 0;
	(void)posix_spawn_file_actions_destroy(&actions);
	return started;
}

static void
run_one(struct keeping *k)
{
	int ends[2];
	pid_t pid = 0;
	bool started;

	k->left[0] = '\0';
	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	started = start(k, ends[1], &pid);
	(void)close(ends[1]);
	if (started) {
		courier_pid = pid;
		if (ending)
			(void)kill(pid, SIGTERM);
		wait_for(k, pid, ends[0]);
		courier_pid = 0;
	}
	(void)close(ends[0]);
}

/* Until something was written, or it is time.  The next courier is told what the last one
 * left: behind "--left", without when to come. */
static void
watch(struct keeping *k, char **with_left)
{
	static char rest[LEFT_MAX_BYTES];
	char *end;
	int64_t back_ms = strtoll(k->left, &end, 10);
	uint64_t seen = strtoull(end, &end, 16);

	(void)snprintf(
	    rest, sizeof rest, "%" PRIx64 " %lld", seen, strtoll(end, NULL, 10));
	*with_left = rest;
	while (!ending && when_now_ms() < back_ms &&
	       store_watch_stamp(&k->watch, k->data) == seen)
		(void)usleep(KEEPER_LOOK_MS * 1000);
}

static void
run_couriers(struct keeping *k, char **with_left)
{
	while (!ending) {
		run_one(k);
		if (k->left[0])
			watch(k, with_left);
		else if (!ending)
			(void)usleep(KEEPER_RESTART_MS * 1000);
	}
}

_Noreturn static void
keep(int pipe, const char *program, char *const argv[], str data)
{
	static char url[URL_MAX_BYTES];
	static char flags[][8] = { "--url", "--rest", "--left" };
	static char nothing[1];
	struct keeping k = { .program = program, .data = data };
	size_t n = 0;

	listen_for_the_end();
	if (getppid() == 1 || !read_order(pipe, url, sizeof url))
		_exit(0);
	for (; argv[n] && n < ARGS_MAX; n++)
		k.argv[n] = argv[n];
	k.argv[n++] = flags[0];
	k.argv[n++] = url;
	k.argv[n++] = flags[1];
	k.argv[n++] = flags[2];
	k.argv[n] = nothing;
	run_couriers(&k, &k.argv[n]);
	_exit(0);
}

enum err
keeper_start(struct keeper *keeper, const char *program, char *const argv[], str data)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return ERR_IO;
	keeper->pid = fork();
	if (keeper->pid == 0) {
		(void)close(ends[1]);
		keep(ends[0], program, argv, data);
	}
	(void)close(ends[0]);
	keeper->order = ends[1];
	return keeper->pid > 0 ? OK : ERR_IO;
}

void
keeper_go(struct keeper *keeper, const char *url)
{
	if (!keeper->pid)
		return;
	(void)!write(keeper->order, url, strlen(url));
	(void)close(keeper->order);
}

void
keeper_stop(struct keeper *keeper)
{
	int status;

	if (!keeper->pid)
		return;
	(void)kill(keeper->pid, SIGTERM);
	(void)waitpid(keeper->pid, &status, 0);
	keeper->pid = 0;
}

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "server/keeper_int.h"

#define URL_MAX_BYTES 512
#define ARGS_MAX      12

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

static void
run_couriers(const char *program, char *const argv[])
{
	while (!ending) {
		pid_t pid = 0;
		int status;

		if (posix_spawn(&pid, program, NULL, NULL, argv, environ) == 0) {
			courier_pid = pid;
			if (ending)
				(void)kill(pid, SIGTERM);
			while (waitpid(pid, &status, 0) < 0 && !ending)
				;
			if (ending)
				(void)waitpid(pid, &status, 0);
			courier_pid = 0;
		}
		if (!ending)
			(void)usleep(KEEPER_RESTART_MS * 1000);
	}
}

_Noreturn static void
keep(int pipe, const char *program, char *const argv[])
{
	static char url[URL_MAX_BYTES];
	static char flag[] = "--url";
	char *with_url[ARGS_MAX + 3] = { 0 };
	size_t n = 0;

	listen_for_the_end();
	if (getppid() == 1 || !read_order(pipe, url, sizeof url))
		_exit(0);
	for (; argv[n]; n++)
		with_url[n] = argv[n];
	with_url[n] = flag;
	with_url[n + 1] = url;
	run_couriers(program, with_url);
	_exit(0);
}

enum err
keeper_start(struct keeper *keeper, const char *program, char *const argv[])
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return ERR_IO;
	keeper->pid = fork();
	if (keeper->pid == 0) {
		(void)close(ends[1]);
		keep(ends[0], program, argv);
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

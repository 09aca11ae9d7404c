/* fixture_int.h - for the room's tests: a listener on loopback with a thread of its own. */
#ifndef KITH_WIRE_FIXTURE_INT_H
#define KITH_WIRE_FIXTURE_INT_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/check.h"

#define FIXTURE_HEARD_MAX 65536

struct fixture {
	int listener;
	unsigned port;
	pthread_t thread;
	const void *script;            /* what the talk answers from */
	char heard[FIXTURE_HEARD_MAX]; /* what came in, NUL-terminated */
	size_t heard_bytes;
};

/* Takes one connection in and talks; `talk` is started with the fixture. */
static void
fixture_start(struct fixture *f, const void *script, void *(*talk)(void *))
{
	struct sockaddr_in here = { .sin_family = AF_INET };
	socklen_t bytes = sizeof here;

	*f = (struct fixture){ .script = script };
	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	f->listener = socket(AF_INET, SOCK_STREAM, 0);
	must(f->listener >= 0);
	must(bind(f->listener, (struct sockaddr *)&here, sizeof here) == 0);
	must(listen(f->listener, 8) == 0);
	must(getsockname(f->listener, (struct sockaddr *)&here, &bytes) == 0);
	f->port = ntohs(here.sin_port);
	must(pthread_create(&f->thread, NULL, talk, f) == 0);
}

/* Shuts the listener too, so that a talk nobody called ends. */
static void
fixture_stop(struct fixture *f)
{
	(void)shutdown(f->listener, SHUT_RDWR);
	(void)pthread_join(f->thread, NULL);
	(void)close(f->listener);
}

/* Reads more; false at the end. */
static bool
fixture_hear(struct fixture *f, int fd)
{
	ssize_t got =
	    read(fd, f->heard + f->heard_bytes, FIXTURE_HEARD_MAX - 1 - f->heard_bytes);

	if (got > 0)
		f->heard_bytes += (size_t)got;
	f->heard[f->heard_bytes] = '\0';
	return got > 0;
}

static void
fixture_say(int fd, const char *text, size_t bytes)
{
	while (bytes) {
		ssize_t sent = send(fd, text, bytes, MSG_NOSIGNAL);

		if (sent <= 0)
			return;
		text += sent;
		bytes -= (size_t)sent;
	}
}

#endif

/* listen.c - the address in the settings, as one listening socket per loop. */
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "serve/serve_int.h"

#define HOST_TEXT_BYTES 64

struct place {
	struct sockaddr_storage at;
	socklen_t len;
};

static enum err
unfit(struct why *why, const char *what)
{
	why->what = what;
	return ERR_IO;
}

/* "127.0.0.1:8420", "[::1]:8420" */
static bool
read_place(str text, struct place *out)
{
	char host[HOST_TEXT_BYTES];
	void *at = &out->at;
	bool six = str_starts(text, STR("["));
	int64_t port;
	size_t colon = text.len;

	while (colon && text.at[colon - 1] != ':')
		colon--;
	if (!colon || !str_number(str_part(text, colon, text.len), &port) ||
	    port > UINT16_MAX)
		return false;
	text = str_part(text, 0, colon - 1);
	if (six && !str_ends(text, STR("]")))
		return false;
	if (six)
		text = str_part(text, 1, text.len - 2);
	if (text.len >= sizeof host)
		return false;
	memcpy(host, text.at, text.len);
	host[text.len] = '\0';
	out->len = six ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
	return (six ? uv_ip6_addr(host, (int)port, at)
		    : uv_ip4_addr(host, (int)port, at)) == 0;
}

static void
turn_on(int fd, int level, int option)
{
	int on = 1;

	(void)setsockopt(fd, level, option, &on, sizeof on);
}

/* Accepted sockets inherit TCP_NODELAY. */
static int
bound_socket(const struct place *place, bool shared)
{
	const void *at = &place->at;
	int fd =
	    socket(place->at.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return -1;
	turn_on(fd, SOL_SOCKET, SO_REUSEADDR);
	turn_on(fd, IPPROTO_TCP, TCP_NODELAY);
	if (shared)
		turn_on(fd, SOL_SOCKET, SO_REUSEPORT);
	if (bind(fd, at, place->len) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

static const char *
bind_trouble(void)
{
	switch (errno) {
	case EADDRINUSE: return "the address is in use";
	case EACCES: return "the port needs more rights";
	case EADDRNOTAVAIL: return "the address is none of this machine";
	default: return "the address cannot be bound";
	}
}

/* SO_REUSEPORT would let a second server of the same user share the port in silence. */
static bool
is_free(const struct place *place)
{
	int fd = bound_socket(place, false);

	if (fd < 0)
		return false;
	(void)close(fd);
	return true;
}

static str
url_of(struct arena *arena, const struct place *place)
{
	char host[HOST_TEXT_BYTES] = "";
	const void *at = &place->at;
	const struct sockaddr_in *four = at;
	const struct sockaddr_in6 *six = at;

	if (place->at.ss_family == AF_INET) {
		(void)uv_ip4_name(four, host, sizeof host);
		return arena_printf(
		    arena, "http://%s:%u", host, (unsigned)ntohs(four->sin_port));
	}
	(void)uv_ip6_name(six, host, sizeof host);
	return arena_printf(
	    arena, "http://[%s]:%u", host, (unsigned)ntohs(six->sin6_port));
}

static void
close_all(int *sockets, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		(void)close(sockets[i]);
}

/* The first socket finds the port, if any will do; the others join it there. */
static bool
bind_all(struct place *place, int *sockets, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		void *at = &place->at;

		sockets[i] = bound_socket(place, true);
		if (sockets[i] < 0) {
			close_all(sockets, i);
			return false;
		}
		(void)getsockname(sockets[i], at, &place->len);
	}
	return true;
}

enum err
listen_open(struct serve *serve, int *sockets, struct why *why)
{
	struct place place = { 0 };

	if (!read_place(serve->setup.listen, &place))
		return unfit(why, "the address is not of the form ADDRESS:PORT");
	if (!is_free(&place) || !bind_all(&place, sockets, serve->loop_count))
		return unfit(why, bind_trouble());
	serve->url = url_of(serve->arena, &place);
	return OK;
}

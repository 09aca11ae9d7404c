/* transfer.c - a curl handle that does only what it is told. */
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire/wire_int.h"

void
wire_start(void)
{
	must(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

bool
wire_is_one_line(str text)
{
	return !str_has(text, '\r') && !str_has(text, '\n') && !str_has(text, '\0');
}

/* Curl resolves a name once and comes here with what it is about to connect to: the very
 * address that is judged is the one that is used. */
static curl_socket_t
open_socket(void *self, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct transfer *t = self;

	if (purpose != CURLSOCKTYPE_IPCXN ||
	    (!t->inner && wire_is_inner(&address->addr))) {
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(
	    address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void
transfer_number(struct transfer *t, CURLoption option, long number)
{
	must(curl_easy_setopt(t->curl, option, number) == CURLE_OK);
}

void
transfer_text(struct transfer *t, struct arena *arena, CURLoption option, str text)
{
	if (text.len)
		must(curl_easy_setopt(t->curl, option, arena_copy(arena, text).at) ==
		     CURLE_OK);
}

void
transfer_add(struct transfer *t, struct arena *arena, str line)
{
	struct curl_slist *longer =
	    curl_slist_append(t->list, arena_copy(arena, line).at);

	must(longer);
	t->list = longer;
}

void
transfer_start(struct transfer *t, bool inner, const char *protocols)
{
	*t = (struct transfer){ .curl = curl_easy_init(), .inner = inner };
	must(t->curl);
	must(curl_easy_setopt(t->curl, CURLOPT_PROTOCOLS_STR, protocols) == CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_ERRORBUFFER, t->words) == CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_OPENSOCKETFUNCTION, open_socket) ==
	     CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_OPENSOCKETDATA, t) == CURLE_OK);
	/* Whatever the environment says: a proxy would connect to what we must not. */
	must(curl_easy_setopt(t->curl, CURLOPT_PROXY, "") == CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_NOPROXY, "*") == CURLE_OK);
	transfer_number(t, CURLOPT_NOSIGNAL, 1);
	transfer_number(t, CURLOPT_FOLLOWLOCATION, 0);
	transfer_number(t, CURLOPT_CONNECTTIMEOUT_MS, WIRE_CONNECT_MS);
	transfer_number(t, CURLOPT_TIMEOUT_MS, WIRE_TOTAL_MS);
}

void
transfer_stop(struct transfer *t)
{
	curl_easy_cleanup(t->curl);
	curl_slist_free_all(t->list);
}

enum err
transfer_failed(
    const struct transfer *t, struct arena *arena, CURLcode code, struct why *why)
{
	const char *words = *t->words ? t->words : curl_easy_strerror(code);

	why->what = t->refused ? "it stands at an inner address" : "there is no answer";
	why->name = t->refused ? STR("") : arena_copy(arena, str_of(words));
	return ERR_IO;
}

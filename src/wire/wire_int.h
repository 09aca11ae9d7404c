/* wire_int.h - what the two clients have in common. */
#ifndef KITH_WIRE_WIRE_INT_H
#define KITH_WIRE_WIRE_INT_H

#include <curl/curl.h>

#include "wire/wire.h"

struct sockaddr;

/* Whether the address belongs to this machine, to its net, or to no one: what a stranger's
 * URL must not reach.  RFC 6890 and the registries it founded. */
bool wire_is_inner(const struct sockaddr *address);

/* One transfer: the handle, the lists it looks into, and why it failed. */
struct transfer {
	CURL *curl;
	struct curl_slist *list; /* header fields, or recipients */
	bool inner;              /* inner addresses are allowed */
	bool refused;            /* one was not */
	char words[CURL_ERROR_SIZE];
};

void transfer_start(struct transfer *t, bool inner, const char *protocols);
void transfer_stop(struct transfer *t);

/* A copy of the text for curl, which takes C strings. */
void transfer_text(
    struct transfer *t, struct arena *arena, CURLoption option, str text);
void transfer_number(struct transfer *t, CURLoption option, long number);
void transfer_add(struct transfer *t, struct arena *arena, str line);

/* Fills in *why for a transfer that failed.  Always ERR_IO. */
enum err transfer_failed(
    const struct transfer *t, struct arena *arena, CURLcode code, struct why *why);

/* Nothing that could end a line, or the text. */
bool wire_is_one_line(str text);

#endif

/*
 * api.h - the JSON interface of terminals, "/api/v1/", as share/openapi.json describes it.
 */
#ifndef KITH_API_API_H
#define KITH_API_API_H

#include <pthread.h>

#include "ask/ask.h"
#include "base/call.h"
#include "http/http.h"

struct auth;

#define API_BODY_MAX_BYTES ((size_t)1 << 20)

#define API_LISTENERS_MAX  256 /* to GET /api/v1/events, of all accounts */
#define API_LISTENERS_EACH 16  /* of one: pages that are looked at, and terminals */

struct api_listeners {
	pthread_mutex_t lock;
	int64_t who[API_LISTENERS_MAX];
	size_t count;
};

struct api {
	struct auth *auth;
	struct api_listeners *listeners;
	const struct ask_rules *rules;
};

/* The route "/api/v1/": who is verified. */
void api_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

/* The route "/api/v1/answers/": open; the token of the link is the right. */
void api_target_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

#endif

/*
 * api.h - the JSON interface of terminals, "/api/v1/", as share/openapi.json describes it.
 */
#ifndef KITH_API_API_H
#define KITH_API_API_H

#include "ask/ask.h"
#include "base/call.h"
#include "http/http.h"

struct auth;

#define API_BODY_MAX_BYTES ((size_t)1 << 20)

struct api {
	struct auth *auth;
	const struct ask_rules *rules;
};

/* The route "/api/v1/": who is verified. */
void api_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

/* The route "/api/v1/answers/": open; the token of the link is the right. */
void api_target_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

#endif

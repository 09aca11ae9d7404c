/*
 * web.h - the pages: a target's page for one ask, the owner's own, the message tray.
 *
 * HTML from templates (pages/ beside this file) compiled in with automatic escaping; no
 * script needed; strict CSP; nothing from elsewhere.
 */
#ifndef KITH_WEB_WEB_H
#define KITH_WEB_WEB_H

#include "ask/ask.h"
#include "base/call.h"
#include "http/http.h"
#include "seal/sign.h"

struct auth;
struct book_search;
struct trace;

#define WEB_BODY_MAX_BYTES ((size_t)11 << 20) /* an upload */

struct web_stage;

struct web_stage *web_stage_open(void);
void web_stage_close(struct web_stage **stage); /* takes NULL, leaves NULL */

struct web {
	struct auth *auth;
	const struct ask_rules *rules;
	struct book_search *search; /* of the owners' books, as dav/ has it */
	struct web_stage *stage;    /* uploads that wait for a word of their owner */
	struct trace *trace;        /* what devices asked for lately */
	str region;                 /* of accounts made here: "CN" */
	str data;                   /* the data folder */
	struct seal_signer
	    signer; /* of Apple's profiles; without a key they go unsigned */
	bool tray;  /* its page is shown, to loopback only */
};

/* The route "/": self is a struct web. */
void web_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

/* A page that says what is the matter: res->outcome. */
void web_refuse(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res);

#endif

/*
 * serve.h - sockets, limits, routes, access log.
 *
 * Loop threads own the connections (libuv); llhttp reads requests; the answer to a
 * request is one plain function call.  A call that only reads, and whose caller is
 * already verified, runs on the loop itself; everything else, in particular all that may
 * wait for a commit or hash a password, runs on a bounded pool of workers.  Never connects
 * out.  Knows HTTP/1.1 (RFC 9112) and nothing of what is served.
 */
#ifndef KITH_SERVE_SERVE_H
#define KITH_SERVE_SERVE_H

#include "base/call.h"
#include "http/http.h"
#include "trace/trace.h"

struct auth;
struct serve;

enum route_access {
	ROUTE_OPEN, /* call->who is CALL_NOBODY */
	ROUTE_SLOW, /* the same, and even what only reads takes its time: on a worker */
	ROUTE_ACCOUNT,  /* HTTP Basic, verified before the call; 401 otherwise */
	ROUTE_LISTENER, /* the same, or a session of a page of ours that only reads */
};

/* The longest prefix that fits the path takes the request. */
struct route {
	str prefix;
	enum route_access access;
	size_t body_limit_bytes; /* a longer one is answered 413 before it is read */
	void (*answer)(void *self, const struct call *call, const struct http_req *req,
	    struct http_res *res);
	void *self;
	enum trace_kind kind; /* as which its requests are noted */
	/* What people see when a request is refused before `answer` (too large: 413; no room:
	 * 503), where the status alone would be too little; NULL: it is enough. */
	void (*refuse)(void *self, const struct call *call, const struct http_req *req,
	    struct http_res *res);
};

struct serve_setup {
	str listen;        /* "127.0.0.1:8420", "[::1]:8420", port 0: any free one */
	unsigned loops;    /* 0: one per core */
	unsigned workers;  /* 0: SERVE_WORKERS */
	str trusted_proxy; /* its X-Forwarded-For/-Proto are believed; empty: nobody's */
	str realm;         /* for the Basic challenge */
	bool access_log;
	struct store *store; /* put into every call */
	struct auth *auth;
	struct trace *trace; /* where requests are noted; may be NULL */
	const struct route *routes;
	size_t route_count;
};

#define SERVE_WORKERS          32 /* they mostly wait for a commit */
#define SERVE_MAX_CONNECTIONS  20000
#define SERVE_MAX_PER_PEER     2000
#define SERVE_HEAD_MAX_BYTES   ((size_t)32 * 1024) /* request line and fields: 431 */
#define SERVE_HEAD_MAX_FIELDS  100                 /* 431 */
#define SERVE_TARGET_MAX_BYTES ((size_t)8 * 1024)  /* 414 */
#define SERVE_HEAD_TIME_MS     10000  /* for a whole head: slowloris ends here */
#define SERVE_BODY_STALL_MS    20000  /* without a byte of body */
#define SERVE_IDLE_MS          300000 /* between requests */
#define SERVE_NEWS_MS          500   /* between two looks for what a stream waits for */
#define SERVE_WRITE_STALL_MS   60000 /* a reader that takes nothing */
#define SERVE_QUEUE_MAX        1024  /* calls waiting for a worker; then 503 */
#define SERVE_DRAIN_MS         10000 /* after SIGTERM */

/*
 * Binds and listens.  Clients can connect, and wait until serve_run() answers them: what
 * the routes need may still be made in between.  What `setup` points to has to outlive the
 * server.  Ignores SIGPIPE; from here on SIGTERM, SIGINT and SIGHUP are for serve_run().
 *
 * ERR_IO  the address cannot be bound; why->what says why ("the address is in use")
 */
enum err serve_open(
    const struct serve_setup *setup, struct serve **out, struct why *why);

/* "http://127.0.0.1:8420", with the port that was really bound. */
str serve_url(const struct serve *serve);

/* Once: starts the threads and blocks until SIGTERM or SIGINT (or serve_stop), then takes
 * no more connections, lets running calls finish for SERVE_DRAIN_MS (less at a second
 * signal), and returns.  `reload` (may be NULL) is called at SIGHUP, on this thread. */
void serve_run(struct serve *serve, void (*reload)(void *self), void *self);
void serve_stop(struct serve *serve); /* from any thread */

/* Closes what is left.  Waits for calls that still run: they may use what the caller
 * closes next. */
void serve_close(struct serve **serve);

struct serve_counts {
	uint64_t requests, refused, connections; /* since the start; open now */
	unsigned queued;
};

struct serve_counts serve_counts(const struct serve *serve);

#endif

/*
 * serve_int.h - what one server is made of.
 *
 *	serve   one, with its workers and the table of peers
 *	loop    one per core: a thread, a listening socket, the connections it took
 *	conn    a connection; small, because most of them only wait
 *	turn    one request and its answer; in an arena that lives as long as they do
 *
 * A connection is touched by its loop's thread alone.  A turn is handed to a worker and
 * comes back; while it is away, nobody else touches it.
 */
#ifndef KITH_SERVE_SERVE_INT_H
#define KITH_SERVE_SERVE_INT_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <uv.h>

#include "serve/parse_int.h"
#include "serve/serve.h"

/* --- limits.c --- */

#define SERVE_LINGER_MS  2000 /* after a refusal, for the client to hear of it */
#define SERVE_TICK_MS    500  /* how often deadlines are looked at */
#define SERVE_RETRY_S    "2"  /* Retry-After when the queue is full */
#define SERVE_THROTTLE_S "10" /* the same when logging in is throttled */

/* What a connection waits for.  Each wait has its own limit; a list per wait is in the
 * order of its deadlines, because all in it have the same limit. */
enum wait {
	WAIT_HEAD,   /* the rest of a head */
	WAIT_BODY,   /* more of a body */
	WAIT_IDLE,   /* another request */
	WAIT_WRITE,  /* the client takes the answer */
	WAIT_LINGER, /* the client closes, too */
	WAIT_NEWS,   /* a stream that has nothing yet */
	WAIT_CALL,   /* a worker; for as long as that takes */
	WAIT_COUNT
};

/* The constants of serve.h; tests put smaller ones in their place. */
struct serve_limits {
	unsigned connections, per_peer, queue;
	struct parse_limits head;
	int64_t wait_ms[WAIT_COUNT]; /* 0: for ever */
	int64_t tick_ms, drain_ms;
};

extern const struct serve_limits serve_default_limits;

enum err serve_open_with(const struct serve_setup *setup,
    const struct serve_limits *limits, struct serve **out, struct why *why);

/* --- peers.c: how many connections an address has open --- */

struct peer;

/* Counts one more; NULL when the address, or all together, has its share.  IPv6 counts by
 * /64, which is what one customer has.  `counts` is false for the trusted proxy: all come
 * from there. */
struct peer *peer_enter(struct serve *serve, const struct sockaddr *from, bool counts);
void peer_leave(struct serve *serve, struct peer **peer);

/* --- workers.c --- */

struct turn;

enum task { TASK_ANSWER, TASK_PULL };

struct workers {
	pthread_mutex_t lock;
	pthread_cond_t filled, gone;
	struct turn *first, *last; /* the queue */
	unsigned queued, limit;
	unsigned threads, idle, most;
	bool over;
};

void workers_stop(struct workers *workers); /* lets running calls finish */

/* Hands the turn over; it comes back by loop_give_back().  False when the queue is full:
 * only TASK_ANSWER can be refused, an answer once begun is carried on. */
bool workers_take(struct workers *workers, struct turn *turn, enum task task);

/* --- the actors --- */

enum phase { PHASE_RUN, PHASE_DRAIN, PHASE_OVER };

#define ARENAS_KEPT     16
#define READ_BYTES      ((size_t)64 * 1024)
#define DATE_BYTES      32
#define PEER_TEXT_BYTES 46 /* INET6_ADDRSTRLEN */
#define PEER_BUCKETS    4096

struct conn;

struct wait_list {
	struct conn *oldest, *newest;
};

struct loop {
	struct serve *serve;
	uv_loop_t uv;
	uv_tcp_t listener;
	uv_async_t wake;
	uv_timer_t tick;
	pthread_t thread;
	bool started, draining, drained, over;

	struct wait_list waits[WAIT_COUNT];
	size_t open; /* connections, until their memory is gone */
	struct arena *arenas[ARENAS_KEPT];
	size_t arena_count;
	char date[DATE_BYTES];
	int64_t date_s;
	_Atomic uint64_t requests, refused;

	pthread_mutex_t lock; /* of the two below */
	enum phase phase;
	struct turn *back; /* turns that workers are done with */

	char read[READ_BYTES]; /* one for all its connections */
};

struct serve {
	struct arena *arena;
	struct serve_setup setup;
	struct serve_limits limits;
	str url, challenge;
	struct loop *loops;
	unsigned loop_count;
	struct workers workers;

	pthread_mutex_t peers_lock;
	struct peer *peers[PEER_BUCKETS];
	atomic_uint connections;

	/* The thread in serve_run() waits here. */
	uv_loop_t control;
	uv_signal_t signals[3];
	uv_async_t nudge;
	uv_timer_t patience;
	atomic_bool stop_asked;
	atomic_uint loops_drained;
	bool draining;
	void (*reload)(void *self);
	void *reload_self;
};

struct conn {
	uv_tcp_t tcp; /* first: a handle is its connection */
	struct loop *loop;
	struct peer *peer;
	struct turn *turn; /* NULL between requests */

	struct conn *older, *newer;
	int64_t since_ms;    /* of the loop's clock: when the wait began */
	size_t queued_bytes; /* then, on the socket */
	enum wait wait;

	str rest; /* what came after the request being answered */
	struct arena *rest_arena;

	bool paused;    /* nothing is read: there is a rest */
	bool at_end;    /* the client will send no more */
	bool lingering; /* what comes is thrown away */
	bool gone;      /* closed, by whichever side */
	bool closed;    /* and libuv is done with it */
	char peer_text[PEER_TEXT_BYTES];
};

struct turn {
	struct conn *conn;
	struct loop *loop;
	struct arena *arena;
	struct parse *parse;
	struct turn *next; /* in the workers' queue or the loop's list */
	enum task task;

	struct http_req req;
	const struct route *route; /* NULL for "*" and for what was refused early */
	struct call call;
	int64_t tried; /* whose login was shown, also where it was refused */
	struct http_res res;
	uint64_t start_ns;
	uint64_t sent_bytes;

	str authority;      /* of an absolute target */
	int64_t body_bytes; /* as announced */
	bool has_body;
	bool is_star;     /* OPTIONS *: about the server, no route */
	bool reading;     /* the request is not whole yet */
	bool keeps_alive; /* the connection lives on behind this answer */
	bool refused;     /* unread bytes may come: linger */
	bool wants_100;   /* RFC 9110 10.1.1 */
	bool used_worker; /* pieces are pulled there too */
	bool away;        /* a worker has it */
	bool writing;     /* libuv looks into it */

	uv_write_t write;
	struct arena *scratch; /* of the piece being sent */
	struct buf piece;
	enum err pulled;
	bool last;
	void *gzip; /* the state of a streamed answer that is made smaller */
	char chunk_size[24];
};

/* --- gzip.c --- */

void gzip_choose(struct turn *turn); /* once the answer is there, before it is sent */
void gzip_piece(struct turn *turn);
void gzip_end(struct turn *turn);

/* --- loop.c --- */

void loop_open(struct loop *loop, struct serve *serve, int socket);
void loop_start(struct loop *loop); /* its thread */
void loop_wake(struct loop *loop);
void loop_enter(struct loop *loop, enum phase phase); /* any thread */
void loop_give_back(struct turn *turn);
void loop_join(struct loop *loop); /* in PHASE_OVER */

struct arena *loop_arena(struct loop *loop);
void loop_arena_back(struct loop *loop, struct arena **arena);

/* --- wait.c --- */

void wait_for(struct conn *conn, enum wait wait);
void wait_leave(struct conn *conn);

/* Ends all that waited too long. */
void wait_look(struct loop *loop);

/* --- conn.c --- */

void conn_accept(uv_stream_t *listener, int status);
void conn_close(struct conn *conn);
void conn_reset(struct conn *conn); /* so that the client sees it was cut short */
void conn_resume(
    struct conn *conn); /* an answer is done: on with what came meanwhile */
void conn_turn_over(struct conn *conn); /* its turn has ended */

/* --- head.c --- */

/* Makes the request out of what was parsed.  0, or the status to refuse it with. */
unsigned head_read(struct turn *turn);

/* --- turn.c --- */

struct turn *turn_open(struct conn *conn);

/* A whole request: answers it here or hands it to a worker. */
void turn_run(struct turn *turn);

/* Runs on a worker. */
void turn_work(struct turn *turn);

/* Back from a worker. */
void turn_back(struct turn *turn);

/* Answers with a bare status, and closes. */
void turn_refuse(struct turn *turn, unsigned status, const char *what);
void turn_end(struct turn *turn);

/* --- access.c: who may call, and where the call runs --- */

enum access {
	ACCESS_OK,     /* call it, here */
	ACCESS_WORKER, /* it may wait, or a password has to be verified */
	ACCESS_NONE,   /* 401 */
};

enum access access_here(struct turn *turn);

/* On a worker; fills turn->res unless OK. */
enum err access_verify(struct turn *turn);
void access_challenge(struct turn *turn);

/* --- answer.c --- */

void answer_send(struct turn *turn); /* turn->res */
void answer_plain(
    struct turn *turn, unsigned status, enum err outcome, const char *what);

enum framing { FRAMING_LENGTH, FRAMING_CHUNKED, FRAMING_NONE };

str answer_head(struct turn *turn, enum framing framing, size_t body_bytes);
uv_buf_t answer_piece(str text);

/* Gives the pieces, at most four, to libuv; they have to outlive the writing.  `sent` runs
 * later, with an error, too, when the connection closes first. */
void answer_queue(
    struct turn *turn, uv_buf_t *pieces, unsigned count, uv_write_cb sent);

/* --- stream.c --- */

void stream_pull(struct turn *turn); /* the next piece; on a worker or the loop */
void stream_begin(struct turn *turn);
void stream_again(struct turn *turn); /* one that waited */
void stream_go_on(struct turn *turn); /* a piece was pulled */

/* --- listen.c --- */

/* One socket per loop on one port; *url is set to where they really listen. */
enum err listen_open(struct serve *serve, int *sockets, struct why *why);

/* --- log.c --- */

void log_access(const struct turn *turn);
void log_trace(const struct turn *turn); /* for the account's owner */
void log_tls(const struct conn *conn);   /* the same: a greeting we do not know */

#endif

/*
 * load.c - one HTTP/1.1 request, over and over, over many connections.
 *
 *	bench-load --port 8420 [--connections 8] [--seconds 5] --file request.txt
 *	bench-load --port 8420 --method PUT --path /dav/b/1/contacts/{n}.vcf
 *	    --header 'Authorization: Basic …' --body-file card.vcf
 *
 *	bench-load --port 8420 --list requests [--passes 1]
 *
 * One thread, epoll, keep-alive, to 127.0.0.1 only.  "{n}" in path and body (or anywhere in
 * the file) is a running number, eight digits wide so that lengths stay the same.  A list
 * holds whole requests, each behind a line with its length in bytes; they are sent in turn,
 * from the first again after the last, --passes times at most.  Prints one line of JSON.
 *
 * --quickack 1 acknowledges at once what was read: some servers leave Nagle's algorithm on
 * and would else wait 40 ms for it.  --pace-us N keeps each connection from asking anew
 * before so long.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/program.h"

#define NUMBER_WIDTH    8
#define REQUEST_MAX     ((size_t)16 * 1024 * 1024)
#define LIST_MAX        ((size_t)1024 * 1024 * 1024)
#define LISTED_MAX      1000000
#define HEAD_MAX_BYTES  ((size_t)16 * 1024)
#define READ_BYTES      ((size_t)256 * 1024)
#define EVENTS          256
#define LATENCY_MAX_US  2000000 /* slower ones count as this */
#define CONNECTIONS_MAX 50000
#define HEADERS_MAX     16

struct wish {
	str method, path, headers[HEADERS_MAX], body, file, list;
	size_t header_count;
	int64_t port, connections, seconds, passes, quickack, pace_us;
};

enum reading { READING_HEAD, READING_BODY, READING_CHUNKS, READING_TO_CLOSE };

struct conn {
	int fd;
	enum reading reading;
	char head[HEAD_MAX_BYTES];
	size_t head_bytes;
	uint64_t body_left;
	char tail[5]; /* the last bytes of a chunked body */
	uint64_t start_us, bytes;
	size_t sent;
	uint64_t number;
	bool closing, resting;
};

static struct {
	struct wish wish;
	char *request;
	size_t request_bytes, spots[64], spot_count; /* where the number stands */
	str *listed;
	size_t listed_count;
	struct conn *conns;
	int epoll;
	uint64_t next_number, limit, end_us, done, failed, broken, bytes, smallest,
	    largest;
	uint32_t *latencies; /* how many took so many microseconds */
} load;

static void
die(const char *what)
{
	(void)fprintf(stderr, "bench-load: %s: %s\n", what, strerror(errno));
	exit(1);
}

static uint64_t
now_us(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* --- the request --- */

static str
read_all(struct arena *arena, str path, size_t limit)
{
	FILE *file = fopen(arena_copy(arena, path).at, "rb");
	char *at;
	long len = 0;

	if (!file || fseek(file, 0, SEEK_END) != 0 || (len = ftell(file)) < 0 ||
	    (size_t)len > limit)
		die("cannot read the file");
	rewind(file);
	at = arena_get_raw(arena, (size_t)len + 1);
	if (fread(at, 1, (size_t)len, file) != (size_t)len)
		die("cannot read the file");
	(void)fclose(file);
	return (str){ at, (size_t)len };
}

static void
read_list(struct arena *arena)
{
	str text = read_all(arena, load.wish.list, LIST_MAX);
	int64_t len;

	load.listed = ARENA_ARRAY(arena, str, LISTED_MAX);
	while (text.len && load.listed_count < LISTED_MAX) {
		str line = str_cut(&text, '\n');

		if (!str_number(line, &len) || len <= 0 || (size_t)len > text.len)
			die("a list that is none");
		load.listed[load.listed_count++] = str_part(text, 0, (size_t)len);
		text = str_part(text, (size_t)len, text.len);
	}
	if (!load.listed_count)
		die("an empty list");
}

static size_t
numbered_bytes(str text)
{
	size_t bytes = text.len;

	for (size_t at; (at = str_find(text, STR("{n}"))) != SIZE_MAX;
	     text = str_part(text, at + 3, text.len))
		bytes += NUMBER_WIDTH - 3;
	return bytes;
}

static str
request_text(struct arena *arena, const struct wish *wish)
{
	struct buf text = buf_in(arena, REQUEST_MAX);
	str body =
	    wish->body.len ? read_all(arena, wish->body, REQUEST_MAX) : (str){ 0 };

	if (wish->file.len)
		return read_all(arena, wish->file, REQUEST_MAX);
	buf_addf(&text, STR_FMT " " STR_FMT " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n",
	    STR_ARG(wish->method), STR_ARG(wish->path), (int)wish->port);
	for (size_t i = 0; i < wish->header_count; i++)
		buf_addf(&text, STR_FMT "\r\n", STR_ARG(wish->headers[i]));
	if (body.len)
		buf_addf(&text, "Content-Length: %zu\r\n", numbered_bytes(body));
	buf_add(&text, STR("\r\n"));
	buf_add(&text, body);
	return buf_str(&text);
}

/* Widens each "{n}" to the number's place. */
static void
prepare_request(struct arena *arena)
{
	str text = request_text(arena, &load.wish);
	struct buf out = buf_in(arena, REQUEST_MAX);

	for (size_t at; (at = str_find(text, STR("{n}"))) != SIZE_MAX;
	     text = str_part(text, at + 3, text.len)) {
		if (load.spot_count == sizeof load.spots / sizeof *load.spots)
			break;
		buf_add(&out, str_part(text, 0, at));
		load.spots[load.spot_count++] = out.len;
		buf_add(&out, STR("00000000"));
	}
	buf_add(&out, text);
	load.request = out.at;
	load.request_bytes = out.len;
}

static void
write_number(uint64_t number)
{
	char digits[NUMBER_WIDTH];

	for (size_t i = NUMBER_WIDTH; i--; number /= 10)
		digits[i] = (char)('0' + number % 10);
	for (size_t i = 0; i < load.spot_count; i++)
		memcpy(load.request + load.spots[i], digits, NUMBER_WIDTH);
}

/* --- the connections --- */

static void
watch(struct conn *conn, int how, bool writing)
{
	struct epoll_event event = { .events = EPOLLIN | (writing ? EPOLLOUT : 0U),
		.data.ptr = conn };

	if (epoll_ctl(load.epoll, how, conn->fd, &event) != 0)
		die("epoll_ctl");
}

static void
dial(struct conn *conn)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)load.wish.port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const void *at = &to;
	int on = 1;

	conn->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (conn->fd < 0 || connect(conn->fd, at, sizeof to) != 0)
		die("cannot connect");
	(void)setsockopt(conn->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	watch(conn, EPOLL_CTL_ADD, false);
}

static str
request_of(const struct conn *conn)
{
	if (load.listed_count)
		return load.listed[conn->number % load.listed_count];
	write_number(conn->number);
	return (str){ load.request, load.request_bytes };
}

static void
send_on(struct conn *conn)
{
	str request = request_of(conn);
	size_t before = conn->sent;

	while (conn->sent < request.len) {
		ssize_t sent = send(conn->fd, request.at + conn->sent,
		    request.len - conn->sent, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (sent < 0)
			break;
		conn->sent += (size_t)sent;
	}
	if (conn->sent < request.len || before)
		watch(conn, EPOLL_CTL_MOD, conn->sent < request.len);
}

static void
send_anew(struct conn *conn)
{
	conn->reading = READING_HEAD;
	conn->head_bytes = 0;
	conn->sent = 0;
	conn->bytes = 0;
	conn->closing = false;
	conn->start_us = now_us();
	send_on(conn);
}

static void
begin(struct conn *conn)
{
	conn->resting = load.limit && load.next_number >= load.limit;
	if (conn->resting)
		return;
	conn->number = load.next_number++;
	send_anew(conn);
}

static void
dial_anew(struct conn *conn)
{
	(void)close(conn->fd);
	dial(conn);
}

static void
finish(struct conn *conn)
{
	uint64_t us = now_us() - conn->start_us;

	load.latencies[us < LATENCY_MAX_US ? us : LATENCY_MAX_US]++;
	load.done++;
	load.failed += conn->head[9] != '2';
	load.smallest = conn->bytes < load.smallest ? conn->bytes : load.smallest;
	load.largest = conn->bytes > load.largest ? conn->bytes : load.largest;
	if (conn->closing)
		dial_anew(conn);
	if (load.wish.pace_us) /* the watch for those that rest wakes it */
		conn->resting = true;
	else
		begin(conn);
}

/* An unanswered request is sent again: the end of a kept connection is no failure. */
static void
on_close(struct conn *conn)
{
	if (conn->reading == READING_TO_CLOSE && !conn->resting) {
		conn->closing = true;
		finish(conn);
		return;
	}
	dial_anew(conn);
	if (conn->resting)
		return;
	load.broken++;
	send_anew(conn);
}

/* --- the answers --- */

static str
field(str head, str name)
{
	while (head.len) {
		str value = str_cut(&head, '\n');

		if (str_same_nocase(str_trim(str_cut(&value, ':')), name))
			return str_trim(value);
	}
	return (str){ 0 };
}

static bool
has_no_body(const struct conn *conn)
{
	return str_same(load.wish.method, STR("HEAD")) ||
	       memcmp(conn->head + 9, "204", 3) == 0 ||
	       memcmp(conn->head + 9, "304", 3) == 0;
}

static void
read_framing(struct conn *conn, str head)
{
	str kept = field(head, STR("Connection"));
	str length = field(head, STR("Content-Length"));
	int64_t left = 0;

	conn->closing = str_same_nocase(kept, STR("close")) ||
			(memcmp(conn->head, "HTTP/1.0", 8) == 0 &&
			    !str_same_nocase(kept, STR("keep-alive")));
	conn->reading = READING_BODY;
	if (has_no_body(conn)) {
		left = 0;
	} else if (field(head, STR("Transfer-Encoding")).len) {
		conn->reading = READING_CHUNKS;
		memset(conn->tail, 0, sizeof conn->tail);
	} else if (!str_number(length, &left)) {
		conn->reading = READING_TO_CLOSE;
	}
	conn->body_left = (uint64_t)left;
}

/* Takes what belongs to the head; returns how many bytes that was. */
static size_t
take_head(struct conn *conn, str bytes)
{
	size_t room = HEAD_MAX_BYTES - conn->head_bytes;
	size_t before = conn->head_bytes;
	size_t len = bytes.len < room ? bytes.len : room;
	str head;
	size_t end;

	memcpy(conn->head + before, bytes.at, len);
	conn->head_bytes += len;
	head = (str){ conn->head, conn->head_bytes };
	end = str_find(head, STR("\r\n\r\n"));
	if (end == SIZE_MAX) {
		if (conn->head_bytes == HEAD_MAX_BYTES)
			die("a head without end");
		return len;
	}
	read_framing(conn, str_part(head, 0, end + 2));
	return end + 4 - before;
}

/* A chunked body ends in "0\r\n\r\n"; the bodies we load with do not hold that. */
static void
keep_tail(struct conn *conn, str bytes)
{
	size_t width = sizeof conn->tail;

	if (bytes.len >= width) {
		memcpy(conn->tail, bytes.at + bytes.len - width, width);
		return;
	}
	memmove(conn->tail, conn->tail + bytes.len, width - bytes.len);
	memcpy(conn->tail + width - bytes.len, bytes.at, bytes.len);
}

static bool
is_whole(struct conn *conn, str bytes)
{
	if (conn->reading == READING_CHUNKS) {
		keep_tail(conn, bytes);
		return memcmp(conn->tail, "0\r\n\r\n", sizeof conn->tail) == 0;
	}
	if (conn->reading == READING_TO_CLOSE)
		return false;
	conn->body_left -= bytes.len < conn->body_left ? bytes.len : conn->body_left;
	return !conn->body_left;
}

static void
on_bytes(struct conn *conn, str bytes)
{
	load.bytes += bytes.len;
	conn->bytes += bytes.len;
	if (conn->reading == READING_HEAD)
		bytes = str_part(bytes, take_head(conn, bytes), bytes.len);
	if (conn->reading != READING_HEAD && is_whole(conn, bytes))
		finish(conn);
}

static void
on_event(const struct epoll_event *event)
{
	static char room[READ_BYTES];
	struct conn *conn = event->data.ptr;
	ssize_t len;

	if (event->events & EPOLLOUT)
		send_on(conn);
	if (!(event->events & ~(uint32_t)EPOLLOUT))
		return;
	len = recv(conn->fd, room, sizeof room, MSG_DONTWAIT);
	if (len > 0) {
		if (load.wish.quickack)
			(void)setsockopt(conn->fd, IPPROTO_TCP, TCP_QUICKACK,
			    &(int){ 1 }, sizeof(int));
		on_bytes(conn, (str){ room, (size_t)len });
	} else if (len == 0 || errno != EAGAIN) {
		on_close(conn);
	}
}

static void
wake_paced(void)
{
	uint64_t now = now_us();

	for (int64_t i = 0; i < load.wish.connections; i++)
		if (load.conns[i].resting &&
		    now - load.conns[i].start_us >= (uint64_t)load.wish.pace_us)
			begin(&load.conns[i]);
}

static bool
is_all_done(void)
{
	return load.limit && load.done >= load.limit;
}

static void
run(void)
{
	struct epoll_event events[EVENTS];

	while (now_us() < load.end_us && !is_all_done()) {
		int count =
		    epoll_wait(load.epoll, events, EVENTS, load.wish.pace_us ? 1 : 100);

		for (int i = 0; i < count; i++)
			on_event(&events[i]);
		if (load.wish.pace_us)
			wake_paced();
	}
}

/* --- the result --- */

static uint64_t
percentile(unsigned percent)
{
	uint64_t wanted = load.done * percent / 100, sum = 0;

	for (uint64_t us = 0; us < LATENCY_MAX_US; us++) {
		sum += load.latencies[us];
		if (sum > wanted)
			return us;
	}
	return LATENCY_MAX_US;
}

static void
report(uint64_t us)
{
	printf("{\"connections\": %d, \"requests\": %llu, \"per_second\": %.0f, "
	       "\"p50_us\": %llu, \"p99_us\": %llu, \"not_2xx\": %llu, "
	       "\"broken\": %llu, \"bytes\": %llu, \"smallest\": %llu, "
	       "\"largest\": %llu}\n",
	    (int)load.wish.connections, (unsigned long long)load.done,
	    (double)load.done * 1e6 / (double)us, (unsigned long long)percentile(50),
	    (unsigned long long)percentile(99), (unsigned long long)load.failed,
	    (unsigned long long)load.broken, (unsigned long long)load.bytes,
	    (unsigned long long)load.smallest, (unsigned long long)load.largest);
}

/* --- the wishes --- */

static bool
read_wish(struct wish *wish, str name, str value)
{
	const struct {
		str name;
		str *text;
		int64_t *number;
	} options[] = {
		{ STR("--method"), &wish->method, NULL },
		{ STR("--path"), &wish->path, NULL },
		{ STR("--body-file"), &wish->body, NULL },
		{ STR("--file"), &wish->file, NULL },
		{ STR("--list"), &wish->list, NULL },
		{ STR("--port"), NULL, &wish->port },
		{ STR("--passes"), NULL, &wish->passes },
		{ STR("--quickack"), NULL, &wish->quickack },
		{ STR("--pace-us"), NULL, &wish->pace_us },
		{ STR("--connections"), NULL, &wish->connections },
		{ STR("--seconds"), NULL, &wish->seconds },
	};

	if (str_same(name, STR("--header")) && wish->header_count < HEADERS_MAX) {
		wish->headers[wish->header_count++] = value;
		return true;
	}
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		if (!str_same(name, options[i].name))
			continue;
		if (options[i].number)
			return str_number(value, options[i].number);
		*options[i].text = value;
		return true;
	}
	return false;
}

static bool
read_wishes(int argc, char **argv)
{
	struct wish *wish = &load.wish;

	*wish = (struct wish){
		.method = STR("GET"), .path = STR("/"), .connections = 8, .seconds = 5
	};
	if (argc % 2 == 0)
		return false;
	for (int i = 1; i < argc; i += 2)
		if (!read_wish(wish, str_of(argv[i]), str_of(argv[i + 1])))
			return false;
	return wish->port > 0 && wish->port <= UINT16_MAX && wish->connections > 0 &&
	       wish->connections <= CONNECTIONS_MAX;
}

int
main(int argc, char **argv)
{
	SCOPED(arena) arena = arena_open();
	uint64_t start_us;

	if (!read_wishes(argc, argv)) {
		(void)fprintf(stderr,
		    "usage: bench-load --port N [--connections N] [--seconds N]\n"
		    "    [--list REQUESTS [--passes N] | --file REQUEST |\n"
		    "    --method M --path P --header H... --body-file B]\n"
		    "    [--quickack 1] [--pace-us N]\n");
		return 2;
	}
	load.smallest = UINT64_MAX;
	if (load.wish.list.len)
		read_list(arena);
	else
		prepare_request(arena);
	load.limit = load.listed_count * (uint64_t)load.wish.passes;
	load.latencies = ARENA_ARRAY(arena, uint32_t, LATENCY_MAX_US + 1);
	load.conns = ARENA_ARRAY(arena, struct conn, (size_t)load.wish.connections);
	if (load.wish.pace_us)
		program_thread_short_turns(); /* a clock must not wait for a turn */
	load.epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int64_t i = 0; i < load.wish.connections; i++)
		dial(&load.conns[i]);
	start_us = now_us();
	load.end_us = start_us + (uint64_t)load.wish.seconds * 1000000;
	for (int64_t i = 0; i < load.wish.connections; i++)
		begin(&load.conns[i]);
	run();
	report(now_us() - start_us);
	return 0;
}

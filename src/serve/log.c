/* log.c - the access log: one line per request, and nothing in it that opens a door. */
#include "base/log.h"

#include "base/when.h"
#include "serve/serve_int.h"

#define FNV_START 2166136261U
#define FNV_PRIME 16777619U

/* Ties the lines of one path together without telling it. */
static uint32_t
hash(str path)
{
	uint32_t sum = FNV_START;

	for (size_t i = 0; i < path.len; i++)
		sum = (sum ^ (unsigned char)path.at[i]) * FNV_PRIME;
	return sum;
}

/* Paths of books say which card; any other may hold a token. */
static str
place(const struct turn *turn)
{
	if (!turn->route)
		return STR("-");
	if (str_same(turn->route->prefix, STR("/dav/")))
		return turn->req.path;
	return arena_printf(turn->arena, STR_FMT "#%08x", STR_ARG(turn->route->prefix),
	    hash(turn->req.path));
}

void
log_access(const struct turn *turn)
{
	str method = turn->req.path.len ? http_method_name(turn->req.method) : STR("-");
	str where = place(turn);

	log_line(LOG_INFO, STR_FMT " " STR_FMT " %u %llu bytes %llu us %s%s%s",
	    STR_ARG(method), STR_ARG(where), turn->res.status,
	    (unsigned long long)turn->sent_bytes,
	    (unsigned long long)(uv_hrtime() - turn->start_ns) / 1000,
	    err_word(turn->res.outcome), turn->res.what ? " " : "",
	    turn->res.what ? turn->res.what : "");
}

/* --- what a device's owner is told --- */

static unsigned
depth(str path)
{
	unsigned slashes = 0;

	for (size_t i = 0; i + 1 < path.len; i++)
		slashes += path.at[i] == '/';
	return slashes;
}

/* A path that no route of ours has may hold anything: its first word has to do. */
static str
first_word(str path)
{
	size_t end = 1;

	while (end < path.len && path.at[end] != '/')
		end++;
	return path.len ? str_part(path, 0, end) : path;
}

/* Not which one: that a login was shown which nobody here has. */
static str
unknown_login(const struct turn *turn)
{
	if (turn->res.status == 401 && !turn->tried &&
	    http_has_field(&turn->req, STR("authorization")))
		return STR("login");
	return (str){ 0 };
}

static bool
is_of_pages(enum http_method method)
{
	return method == HTTP_GET || method == HTTP_HEAD || method == HTTP_POST;
}

void
log_trace(const struct turn *turn)
{
	const struct http_req *req = &turn->req;
	enum trace_kind kind = turn->route->kind;
	bool elsewhere = kind == TRACE_ELSEWHERE;
	struct trace_said said;

	if (kind == TRACE_NONE || (elsewhere && is_of_pages(req->method)))
		return;
	said = (struct trace_said){
		.account = turn->call.who != CALL_NOBODY ? turn->call.who : turn->tried,
		.peer = req->peer,
		.device = turn->call.device.name.len ? turn->call.device.id : 0,
		.at_ms = turn->call.now_ms,
		.kind = kind,
		.depth = elsewhere ? 0 : depth(req->path),
		.method = req->method,
		.status = turn->res.status,
		.outcome = turn->res.outcome,
		.secure = req->secure,
		.agent = http_field(req, STR("user-agent")),
		.where = elsewhere ? first_word(req->path) : unknown_login(turn),
	};
	trace_note(turn->loop->serve->setup.trace, &said);
}

void
log_tls(const struct conn *conn)
{
	struct trace_said said = { .peer = str_of(conn->peer_text),
		.at_ms = when_now_ms(),
		.kind = TRACE_TLS,
		.status = 400,
		.outcome = ERR_BAD_INPUT };

	if (conn->loop->serve->setup.trace)
		trace_note(conn->loop->serve->setup.trace, &said);
}

/* log.c - the access log: one line per request, and nothing in it that opens a door. */
#include "base/log.h"

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

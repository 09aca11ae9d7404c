/* head.c - from what was parsed to a request: RFC 9112 3 (target, Host), 6 (framing). */
#include <string.h>

#include "serve/serve_int.h"

#define HOST_MAX_BYTES 255

/* Refuses fields whose values hold control characters; tabs are allowed: RFC 9110 5.5. */
static unsigned
read_fields(struct turn *turn)
{
	size_t count = parse_field_count(turn->parse);
	struct http_field *fields = ARENA_ARRAY(turn->arena, struct http_field, count);

	for (size_t i = 0; i < count; i++) {
		parse_field(turn->parse, i, &fields[i].name, &fields[i].value);
		for (size_t k = 0; k < fields[i].value.len; k++) {
			unsigned char c = (unsigned char)fields[i].value.at[k];

			if ((c < ' ' && c != '\t') || c == 0x7F)
				return 400;
		}
	}
	turn->req.fields = fields;
	turn->req.field_count = count;
	turn->req.method = http_method_read(parse_method(turn->parse));
	return 0;
}

/* How many fields have that name; *last is the last one's value. */
static size_t
find_all(const struct http_req *req, str name, str *last)
{
	size_t found = 0;

	*last = (str){ 0 };
	for (size_t i = 0; i < req->field_count; i++)
		if (str_same(req->fields[i].name, name)) {
			*last = req->fields[i].value;
			found++;
		}
	return found;
}

/* Letters, digits and what ports and IPv6 addresses need: it goes into links. */
static bool
is_host(str host)
{
	for (size_t i = 0; i < host.len; i++) {
		char c = host.at[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
		    !(c >= '0' && c <= '9') && !str_has(STR(".-_:[]"), c))
			return false;
	}
	return host.len && host.len <= HOST_MAX_BYTES;
}

static bool
is_visible(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] <= ' ' || text.at[i] >= 0x7F || text.at[i] == '#')
			return false;
	return text.len;
}

/* Cuts "http://host" off an absolute target: RFC 9112 3.2.2. */
static str
cut_authority(str *target)
{
	size_t scheme = str_find(*target, STR("://"));
	str from = str_part(*target, scheme + 3, target->len);
	size_t end = 0;

	while (end < from.len && from.at[end] != '/' && from.at[end] != '?')
		end++;
	*target = str_part(from, end, from.len);
	return str_part(from, 0, end);
}

static bool
is_absolute(str target)
{
	return str_same_nocase(str_part(target, 0, 7), STR("http://")) ||
	       str_same_nocase(str_part(target, 0, 8), STR("https://"));
}

/* The four forms of a target: RFC 9112 3.2.  "*" is the server's own to answer. */
static unsigned
read_target(struct turn *turn)
{
	struct http_req *req = &turn->req;
	str target = parse_target(turn->parse);

	if (!is_visible(target))
		return 400;
	turn->is_star = req->method == HTTP_OPTIONS && str_same(target, STR("*"));
	if (turn->is_star)
		target = STR("/");
	if (is_absolute(target))
		turn->authority = cut_authority(&target);
	req->path = str_cut(&target, '?');
	req->query = target;
	if (!req->path.len && turn->authority.len)
		req->path = STR("/");
	return str_starts(req->path, STR("/")) ? 0 : 400;
}

/* The last one in the list: what the proxy itself put there, not what it was sent. */
static str
proxy_says(const struct http_req *req, str name)
{
	str list, last;

	(void)find_all(req, name, &list);
	do
		last = str_trim(str_cut(&list, ','));
	while (list.len);
	return last;
}

static bool
is_address(str text)
{
	char copy[PEER_TEXT_BYTES];
	struct in6_addr sink;

	if (!text.len || text.len >= sizeof copy)
		return false;
	memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	return uv_inet_pton(AF_INET, copy, &sink) == 0 ||
	       uv_inet_pton(AF_INET6, copy, &sink) == 0;
}

/* Where the request came from and what it thought it was talking to, as the proxy saw
 * it; believed of nobody else. */
static str
hear_proxy(struct turn *turn, str host)
{
	struct http_req *req = &turn->req;
	str client = proxy_says(req, STR("x-forwarded-for"));
	str named = proxy_says(req, STR("x-forwarded-host"));

	if (is_address(client))
		req->peer = client;
	req->secure =
	    str_same_nocase(proxy_says(req, STR("x-forwarded-proto")), STR("https"));
	return named.len ? named : host;
}

/* Exactly one Host, except in HTTP/1.0: RFC 9112 3.2. */
static unsigned
read_origin(struct turn *turn)
{
	const struct serve *serve = turn->loop->serve;
	struct http_req *req = &turn->req;
	str host;
	size_t hosts = find_all(req, STR("host"), &host);

	req->peer = str_of(turn->conn->peer_text);
	if (hosts > 1 || (!hosts && parse_minor(turn->parse)) ||
	    (hosts && !is_host(host)))
		return 400;
	if (turn->authority.len)
		host = turn->authority;
	if (str_same(req->peer, serve->setup.trusted_proxy))
		host = hear_proxy(turn, host);
	if (host.len && !is_host(host))
		return 400;
	req->origin = host.len
			  ? ARENA_JOIN(turn->arena,
				req->secure ? STR("https://") : STR("http://"), host)
			  : serve->url;
	return 0;
}

/* Where two readers could see two different bodies, there is none: RFC 9112 6.1, 6.3. */
static unsigned
read_framing(struct turn *turn)
{
	str coding, length;
	size_t codings = find_all(&turn->req, STR("transfer-encoding"), &coding);
	size_t lengths = find_all(&turn->req, STR("content-length"), &length);

	turn->body_bytes = 0;
	if (codings > 1 || lengths > 1 || (codings && lengths))
		return 400;
	if (codings && !parse_minor(turn->parse))
		return 400;
	if (codings && !str_same_nocase(coding, STR("chunked")))
		return 501;
	if (lengths && !str_number(length, &turn->body_bytes))
		return 400;
	turn->has_body = codings || turn->body_bytes;
	return 0;
}

static unsigned
read_route(struct turn *turn)
{
	const struct serve_setup *setup = &turn->loop->serve->setup;
	struct http_req *req = &turn->req;

	for (size_t i = 0; i < setup->route_count && !turn->is_star; i++) {
		const struct route *route = &setup->routes[i];

		if (str_starts(req->path, route->prefix) &&
		    (!turn->route || route->prefix.len > turn->route->prefix.len))
			turn->route = route;
	}
	if (!turn->route && !turn->is_star)
		return 404;
	req->route = turn->route ? turn->route->prefix.len : 0;
	return 0;
}

/* Whether nothing that follows can make this call anything but 401; then its body is not
 * worth keeping. */
static bool
is_nobody(const struct turn *turn)
{
	return turn->route && turn->route->access == ROUTE_ACCOUNT &&
	       turn->req.method != HTTP_OPTIONS &&
	       !http_has_field(&turn->req, STR("authorization"));
}

/* A client that waits for "100 Continue" is told at once what it would be told later. */
static unsigned
read_body_wish(struct turn *turn)
{
	size_t limit = turn->route ? turn->route->body_limit_bytes : 0;
	str expect;
	size_t expects = find_all(&turn->req, STR("expect"), &expect);

	if (turn->body_bytes > (int64_t)limit)
		return 413;
	if (expects && !str_same_nocase(expect, STR("100-continue")))
		return 417;
	turn->wants_100 = expects && turn->has_body && parse_minor(turn->parse);
	if (turn->wants_100 && is_nobody(turn))
		return 401;
	parse_expect_body(turn->parse, limit, !is_nobody(turn));
	return 0;
}

unsigned
head_read(struct turn *turn)
{
	static unsigned (*const rules[])(struct turn *) = { read_fields, read_target,
		read_origin, read_framing, read_route, read_body_wish };
	unsigned status = 0;

	for (size_t i = 0; i < sizeof rules / sizeof *rules && !status; i++)
		status = rules[i](turn);
	return status;
}

/* when.c - If-Match and If-None-Match: RFC 9110 8.8.3, 13.1. */
#include "http/http.h"

struct http_when
http_when_read(const struct http_req *req)
{
	return (struct http_when){ http_field(req, STR("if-match")),
		http_field(req, STR("if-none-match")) };
}

bool
http_when_empty(const struct http_when *when)
{
	return !when->if_match.len && !when->if_none_match.len;
}

/* The length of the opaque-tag at the start, quotes included; 0 when there is none. */
static size_t
tag_bytes(str text)
{
	if (!text.len || text.at[0] != '"')
		return 0;
	for (size_t i = 1; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c == '"')
			return i + 1;
		if (c <= ' ' || c == 0x7F)
			return 0;
	}
	return 0;
}

/* Blanks and at most the commas of empty list elements (RFC 9110 5.6.1). */
static str
past_commas(str list)
{
	while (
	    list.len && (list.at[0] == ' ' || list.at[0] == '\t' || list.at[0] == ','))
		list = str_part(list, 1, list.len);
	return list;
}

bool
http_etag_cut(str *list, str *etag, bool *weak)
{
	str rest = past_commas(*list);
	size_t bytes;

	*list = (str){ 0 };
	*weak = false;
	if (str_same(str_trim(rest), STR("*"))) {
		*etag = STR("*");
		return true;
	}
	if (str_starts(rest, STR("W/"))) {
		*weak = true;
		rest = str_part(rest, 2, rest.len);
	}
	bytes = tag_bytes(rest);
	if (!bytes)
		return false;
	*etag = str_part(rest, 0, bytes);
	rest = str_part(rest, bytes, rest.len);
	while (rest.len && (rest.at[0] == ' ' || rest.at[0] == '\t'))
		rest = str_part(rest, 1, rest.len);
	if (rest.len && rest.at[0] != ',') /* something else behind it: not a list */
		return false;
	*list = rest;
	return true;
}

/* A list that cannot be read to its end matches nothing. */
static bool
is_list(str list)
{
	str etag;
	bool weak;

	while (past_commas(list).len)
		if (!http_etag_cut(&list, &etag, &weak))
			return false;
	return true;
}

static bool
lists(str list, str current, bool weakly)
{
	str etag;
	bool weak;

	if (!is_list(list))
		return false;
	while (http_etag_cut(&list, &etag, &weak)) {
		if (str_same(etag, STR("*")))
			return current.len > 0;
		if ((weakly || !weak) && current.len && str_same(etag, current))
			return true;
	}
	return false;
}

bool
http_match_holds(const struct http_when *when, str etag)
{
	return !when->if_match.len || lists(when->if_match, etag, false);
}

bool
http_none_match_holds(const struct http_when *when, str etag)
{
	return !when->if_none_match.len || !lists(when->if_none_match, etag, true);
}

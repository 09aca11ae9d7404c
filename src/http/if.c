#include "http/if.h"

/* What is read so far, and what is being read. */
struct reading {
	str rest;
	str resource;
	size_t lists;
	struct http_if *out;
};

static bool
take(str *rest, char mark)
{
	*rest = str_trim(*rest);
	if (!rest->len || rest->at[0] != mark)
		return false;
	*rest = str_part(*rest, 1, rest->len);
	return true;
}

/* What stands up to the closing mark. */
static enum err
enclosed(str *rest, char end, str *out)
{
	if (!str_has(*rest, end))
		return ERR_BAD_INPUT;
	*out = str_cut(rest, end);
	return out->len ? OK : ERR_BAD_INPUT;
}

static bool
take_not(str *rest)
{
	*rest = str_trim(*rest);
	if (!str_same_nocase(str_part(*rest, 0, 3), STR("Not")))
		return false;
	*rest = str_part(*rest, 3, rest->len);
	return true;
}

static enum err
read_condition(struct reading *r)
{
	struct http_if_condition *c;

	if (r->out->count == HTTP_IF_MAX_CONDITIONS)
		return ERR_BAD_INPUT;
	c = &r->out->list[r->out->count++];
	*c = (struct http_if_condition){ .resource = r->resource, .list = r->lists };
	c->negated = take_not(&r->rest);
	if (take(&r->rest, '<'))
		return enclosed(&r->rest, '>', &c->token);
	if (take(&r->rest, '['))
		return enclosed(&r->rest, ']', &c->etag);
	return ERR_BAD_INPUT;
}

static enum err
read_list(struct reading *r)
{
	do
		TRY(read_condition(r));
	while (!take(&r->rest, ')'));
	r->lists++;
	return OK;
}

enum err
http_if_read(struct arena *arena, str field, struct http_if *out)
{
	struct reading r = { .rest = str_trim(field), .out = out };

	*out = (struct http_if){ 0 };
	if (!r.rest.len)
		return OK;
	out->list =
	    ARENA_ARRAY(arena, struct http_if_condition, HTTP_IF_MAX_CONDITIONS);
	while (r.rest.len) {
		if (take(&r.rest, '<'))
			TRY(enclosed(&r.rest, '>', &r.resource));
		if (!take(&r.rest, '('))
			return ERR_BAD_INPUT;
		TRY(read_list(&r));
		r.rest = str_trim(r.rest);
	}
	return OK;
}

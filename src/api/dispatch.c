/* dispatch.c - from a request to a row, from an outcome to a status. */
#include "api/api_int.h"

#define ROUTE "/api/v1/"

/* Whether `path` has the row's shape; *place is what stands in its hole. */
static bool
fits(struct arena *arena, const char *shape, str path, str *place)
{
	str wanted = str_of(shape);

	while (wanted.len) {
		str part = str_cut(&wanted, '/');
		str segment;

		if (http_path_cut(arena, &path, &segment) != OK)
			return false;
		if (str_starts(part, STR("{")))
			*place = segment;
		else if (!str_same(part, segment))
			return false;
	}
	return path.len == 0;
}

static const struct api_row *
find_row(const struct exchange *x, const struct api_row *rows, size_t count, str *place,
    bool *known)
{
	str path = x->req->path;
	enum http_method method =
	    x->req->method == HTTP_HEAD ? HTTP_GET : x->req->method;

	path = str_part(path, sizeof ROUTE - 2, path.len);
	for (size_t i = 0; i < count; i++) {
		if (!fits(x->call->arena, rows[i].path, path, place))
			continue;
		*known = true;
		if (rows[i].method == method)
			return &rows[i];
	}
	return NULL;
}

static enum err
read_body(struct exchange *x, struct why *why)
{
	struct json *body = NULL;

	if (x->req->body.len)
		TRY(json_read(x->call->arena, x->req->body, &body, why));
	x->body = body;
	return OK;
}

void
api_dispatch(struct exchange *x, const struct api_row *rows, size_t count)
{
	struct why why = { 0 };
	bool known = false;
	str place = { 0 };
	const struct api_row *row = find_row(x, rows, count, &place, &known);
	enum err e;

	if (!row) {
		api_refuse(x, known ? ERR_UNSUPPORTED : ERR_NOT_FOUND, &why);
		return;
	}
	json_open(&x->out, '{');
	e = read_body(x, &why);
	if (e == OK)
		e = row->answer(x, place, &why);
	if (e != OK) {
		api_refuse(x, e, &why);
		return;
	}
	if (x->res->stream.next)
		return;
	json_close(&x->out, '}');
	http_answer(x->res, row->status, STR("application/json"), buf_str(&x->out));
}

static const unsigned statuses[ERR_COUNT] = {
	[OK] = 500,
	[ERR_NOT_FOUND] = 404,
	[ERR_SEVERAL] = 409,
	[ERR_WHO] = 401,
	[ERR_FORBIDDEN] = 403,
	[ERR_CONDITION] = 409,
	[ERR_LOCKED] = 423,
	[ERR_UID_TAKEN] = 409,
	[ERR_EXISTS] = 409,
	[ERR_BAD_INPUT] = 400,
	[ERR_UNSUPPORTED] = 422,
	[ERR_TOO_LARGE] = 413,
	[ERR_TOKEN] = 404,
	[ERR_GONE] = 410,
	[ERR_LIMIT] = 429,
	[ERR_FULL] = 507,
	[ERR_BUSY] = 503,
	[ERR_NEWER] = 500,
	[ERR_STORE] = 500,
	[ERR_IO] = 500,
};

void
api_refuse(struct exchange *x, enum err outcome, const struct why *why)
{
	if (!x->out.len || outcome != ERR_SEVERAL) {
		buf_clear(&x->out);
		json_open(&x->out, '{');
	}
	json_pair(&x->out, STR("error"), str_of(err_word(outcome)));
	if (why->what)
		json_pair(&x->out, STR("what"), str_of(why->what));
	if (why->name.len)
		json_pair(&x->out, STR("name"), why->name);
	json_close(&x->out, '}');
	x->res->outcome = outcome;
	x->res->what = why->what;
	http_answer(
	    x->res, statuses[outcome], STR("application/json"), buf_str(&x->out));
}

enum err
api_id(str place, int64_t *out)
{
	return str_number(place, out) ? OK : ERR_NOT_FOUND;
}

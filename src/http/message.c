/* message.c - fields of requests and answers. */
#include "http/http.h"

str
http_field(const struct http_req *req, str name)
{
	for (size_t i = 0; i < req->field_count; i++)
		if (str_same(req->fields[i].name, name))
			return req->fields[i].value;
	return (str){ 0 };
}

bool
http_has_field(const struct http_req *req, str name)
{
	for (size_t i = 0; i < req->field_count; i++)
		if (str_same(req->fields[i].name, name))
			return true;
	return false;
}

void
http_set(struct http_res *res, str name, str value)
{
	must(res->field_count < HTTP_RES_MAX_FIELDS);
	must(!str_has(value, '\r') && !str_has(value, '\n') && !str_has(value, '\0'));
	res->fields[res->field_count++] = (struct http_field){ name, value };
}

void
http_answer(struct http_res *res, unsigned status, str media_type, str body)
{
	res->status = status;
	res->body = body;
	if (media_type.len)
		http_set(res, STR("Content-Type"), media_type);
}

void
http_redirect(struct http_res *res, unsigned status, str location)
{
	res->status = status;
	http_set(res, STR("Location"), location);
}

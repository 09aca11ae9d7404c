/* form.c - what a page's form sends: urlencoded (HTML) and multipart (RFC 7578). */
#include "http/http.h"

#define BOUNDARY_MAX_BYTES 70 /* RFC 2046 5.1.1 */

str
http_form_get(const struct http_form *form, str name)
{
	const struct http_form_field *field = http_form_find(form, name);

	return field ? field->value : (str){ 0 };
}

const struct http_form_field *
http_form_find(const struct http_form *form, str name)
{
	for (size_t i = 0; i < form->count; i++)
		if (str_same(form->fields[i].name, name))
			return &form->fields[i];
	return NULL;
}

/* A parameter of Content-Disposition.  Browsers write names as quoted strings with %22 for
 * a quote; the backslash they leave alone. */
static str
disposition_param(str value, str name)
{
	while (value.len) {
		size_t at = str_find(value, STR(";"));
		str rest;

		if (at == SIZE_MAX)
			return (str){ 0 };
		value = str_trim(str_part(value, at + 1, value.len));
		if (!str_starts(value, name) || value.len <= name.len ||
		    value.at[name.len] != '=')
			continue;
		rest = str_part(value, name.len + 1, value.len);
		if (str_starts(rest, STR("\""))) {
			rest = str_part(rest, 1, rest.len);
			return str_cut(&rest, '"');
		}
		return str_trim(str_cut(&rest, ';'));
	}
	return (str){ 0 };
}

static void
read_part_head(str head, struct http_form_field *field)
{
	while (head.len) {
		str value = str_trim(str_cut(&head, '\n'));
		str name = str_trim(str_cut(&value, ':'));

		if (str_same_nocase(name, STR("Content-Disposition"))) {
			field->name = disposition_param(value, STR("name"));
			field->file_name = disposition_param(value, STR("filename"));
		} else if (str_same_nocase(name, STR("Content-Type"))) {
			field->media_type = str_trim(value);
		}
	}
}

static enum err
read_part(str part, struct http_form *out)
{
	struct http_form_field *field = &out->fields[out->count];
	size_t blank = str_find(part, STR("\r\n\r\n"));

	if (blank == SIZE_MAX)
		return ERR_BAD_INPUT;
	if (out->count == HTTP_FORM_MAX_FIELDS)
		return ERR_TOO_LARGE;
	*field = (struct http_form_field){ 0 };
	read_part_head(str_part(part, 0, blank), field);
	field->value = str_part(part, blank + 4, part.len);
	if (!field->name.len || !str_is_utf8(field->name))
		return ERR_BAD_INPUT;
	if (!field->media_type.len && !str_is_utf8(field->value))
		return ERR_BAD_INPUT;
	out->count++;
	return OK;
}

/* Parts stand between "--boundary" lines; the last one is followed by "--boundary--". */
static enum err
read_multipart(struct arena *arena, str body, str boundary, struct http_form *out)
{
	str mark;
	size_t at;

	if (!boundary.len || boundary.len > BOUNDARY_MAX_BYTES)
		return ERR_BAD_INPUT;
	mark = arena_printf(arena, "\r\n--" STR_FMT, STR_ARG(boundary));
	if (!str_starts(body, str_part(mark, 2, mark.len)))
		return ERR_BAD_INPUT;
	body = str_part(body, mark.len - 2, body.len);
	while (!str_starts(body, STR("--"))) {
		if (!str_starts(body, STR("\r\n")))
			return ERR_BAD_INPUT;
		at = str_find(body, mark);
		/* A part's own head begins behind the line end; an empty part has none. */
		if (at == SIZE_MAX)
			return ERR_BAD_INPUT;
		TRY(read_part(str_part(body, 2, at < 2 ? 0 : at - 2), out));
		body = str_part(body, at + mark.len, body.len);
	}
	return OK;
}

enum err
http_form_read(struct arena *arena, const struct http_req *req, struct http_form *out)
{
	struct http_media media = http_media_read(http_field(req, STR("content-type")));

	out->count = 0;
	if (!req->body.len)
		return OK;
	if (str_same_nocase(media.type, STR("application/x-www-form-urlencoded")))
		return http_query_read(arena, req->body, out);
	if (str_same_nocase(media.type, STR("multipart/form-data")))
		return read_multipart(arena, req->body, media.boundary, out);
	return ERR_UNSUPPORTED;
}

/* path.c - paths and queries, decoded and encoded the one way. */
#include "http/http.h"

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* Decodes %XX; in forms '+' is a blank too.  A NUL, or a broken %XX, is refused. */
static enum err
decode(struct arena *arena, str text, bool form, str *out)
{
	char *plain = arena_get_raw(arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '%') {
			int high = text.len - i > 2 ? hex_digit(text.at[i + 1]) : -1;
			int low = text.len - i > 2 ? hex_digit(text.at[i + 2]) : -1;

			if (high < 0 || low < 0)
				return ERR_BAD_INPUT;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && form) {
			c = ' ';
		}
		if (!c)
			return ERR_BAD_INPUT;
		plain[len++] = c;
	}
	plain[len] = '\0';
	*out = (str){ plain, len };
	return str_is_utf8(*out) ? OK : ERR_BAD_INPUT;
}

enum err
http_path_cut(struct arena *arena, str *path, str *out)
{
	str rest = *path;
	str segment;

	if (!rest.len)
		return ERR_NOT_FOUND;
	if (rest.at[0] == '/')
		rest = str_part(rest, 1, rest.len);
	segment = rest;
	for (size_t i = 0; i < rest.len; i++)
		if (rest.at[i] == '/') {
			segment.len = i;
			break;
		}
	*path = str_part(rest, segment.len, rest.len);
	TRY(decode(arena, segment, false, out));
	if (str_same(*out, STR(".")) || str_same(*out, STR("..")))
		return ERR_BAD_INPUT;
	return OK;
}

static bool
unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

static void
encode(struct buf *buf, str text)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (unreserved(text.at[i])) {
			buf_add_char(buf, text.at[i]);
			continue;
		}
		buf_add_char(buf, '%');
		buf_add_char(buf, digits[c >> 4]);
		buf_add_char(buf, digits[c & 15]);
	}
}

void
http_path_add(struct buf *buf, str segment)
{
	encode(buf, segment);
}

void
http_query_add(struct buf *buf, str text)
{
	encode(buf, text);
}

static enum err
add_pair(struct arena *arena, str pair, struct http_form *out)
{
	struct http_form_field *field = &out->fields[out->count];
	str value = pair;
	str name = str_cut(&value, '=');

	if (out->count == HTTP_FORM_MAX_FIELDS)
		return ERR_TOO_LARGE;
	*field = (struct http_form_field){ 0 };
	TRY(decode(arena, name, true, &field->name));
	TRY(decode(arena, value, true, &field->value));
	out->count++;
	return OK;
}

enum err
http_query_read(struct arena *arena, str query, struct http_form *out)
{
	out->count = 0;
	while (query.len) {
		str pair = str_cut(&query, '&');

		if (pair.len)
			TRY(add_pair(arena, pair, out));
	}
	return OK;
}

#include "inbox/inbox_int.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static str
decode(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len);

	for (size_t i = 0; i < text.len; i++) {
		int high = i + 2 < text.len ? hex(text.at[i + 1]) : -1;
		int low = i + 2 < text.len ? hex(text.at[i + 2]) : -1;

		if (text.at[i] == '%' && high >= 0 && low >= 0) {
			buf_add_char(&out, (char)(high * 16 + low));
			i += 2;
		} else {
			buf_add_char(&out, text.at[i] == '+' ? ' ' : text.at[i]);
		}
	}
	return buf_str(&out);
}

static bool
find(struct arena *arena, str form, str name, str *out)
{
	while (form.len) {
		str value = str_cut(&form, '&');

		if (str_same(decode(arena, str_cut(&value, '=')), name)) {
			*out = decode(arena, value);
			return true;
		}
	}
	return false;
}

bool
inbox_has_form(const struct http_req *req)
{
	struct http_media media = http_media_read(http_field(req, STR("content-type")));

	return str_same_nocase(media.type, STR("application/x-www-form-urlencoded"));
}

str
inbox_field(struct arena *arena, const struct http_req *req, str name)
{
	str value = { 0 };

	if (!find(arena, req->query, name, &value) && inbox_has_form(req))
		(void)find(arena, req->body, name, &value);
	return value;
}

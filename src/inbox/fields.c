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

/* The byte that stands at the start of text, and how many characters it took. */
static char
byte_at(str text, size_t *took)
{
	int high = text.len > 2 ? hex(text.at[1]) : -1;
	int low = text.len > 2 ? hex(text.at[2]) : -1;

	*took = 1;
	if (text.at[0] == '+')
		return ' ';
	if (text.at[0] != '%' || high < 0 || low < 0)
		return text.at[0];
	*took = 3;
	return (char)(unsigned char)(high * 16 + low);
}

static str
decode(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len);

	while (text.len) {
		size_t took;

		buf_add_char(&out, byte_at(text, &took));
		text = str_part(text, took, text.len);
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

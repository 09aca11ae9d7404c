/* look.c - looking into a JSON value. */
#include "json/json.h"

const struct json *
json_member(const struct json *from, str name)
{
	if (!from || from->kind != JSON_KIND_OBJECT)
		return NULL;
	for (const struct json *m = from->first; m; m = m->next)
		if (str_same(m->name, name))
			return m;
	return NULL;
}

str
json_text(const struct json *from, str name)
{
	const struct json *member = json_member(from, name);

	return member ? member->text : (str){ 0 };
}

int64_t
json_number(const struct json *from, str name)
{
	const struct json *member = json_member(from, name);

	return member ? member->number : 0;
}

bool
json_truth(const struct json *from, str name)
{
	const struct json *member = json_member(from, name);

	return member && member->kind == JSON_KIND_TRUE;
}

/* RFC 6901 4: "~1" is '/', "~0" is '~'. */
static bool
token_is(str token, str name)
{
	size_t at = 0;

	for (size_t i = 0; i < token.len; i++, at++) {
		char c = token.at[i];

		if (c == '~' && i + 1 < token.len)
			c = token.at[++i] == '1' ? '/' : '~';
		if (at >= name.len || name.at[at] != c)
			return false;
	}
	return at == name.len;
}

static const struct json *
step(const struct json *from, str token)
{
	int64_t at = 0;
	int64_t wanted = -1;

	if (from->kind == JSON_KIND_LIST && !str_number(token, &wanted))
		return NULL;
	for (const struct json *m = from->first; m; m = m->next, at++)
		if (from->kind == JSON_KIND_LIST ? at == wanted
						 : token_is(token, m->name))
			return m;
	return NULL;
}

const struct json *
json_pointer(const struct json *from, str pointer)
{
	if (pointer.len && pointer.at[0] != '/')
		return NULL;
	(void)str_cut(&pointer, '/');
	while (from && pointer.len)
		from = step(from, str_cut(&pointer, '/'));
	return from;
}

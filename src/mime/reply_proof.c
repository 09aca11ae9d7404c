/* reply_proof.c - what our own mail server found out about the sender: RFC 8601. */
#include "mime/reply_int.h"

struct reading {
	struct arena *arena;
	str domain; /* of From */
	bool passed, failed;
};

/* The length of a comment at the start (RFC 5322 3.2.2), nested ones with it. */
static size_t
comment_bytes(str text)
{
	size_t deep = 0, i = 0;

	for (; i < text.len; i++) {
		if (text.at[i] == '\\')
			i++;
		else if (text.at[i] == '(')
			deep++;
		else if (text.at[i] == ')' && --deep == 0)
			return i + 1;
	}
	return text.len;
}

/* The length of a quoted string at the start. */
static size_t
quoted_bytes(str text)
{
	for (size_t i = 1; i < text.len; i++) {
		if (text.at[i] == '\\')
			i++;
		else if (text.at[i] == '"')
			return i + 1;
	}
	return text.len;
}

/* Cut at the first ';' that stands in no quotes; comments become a blank. */
static str
cut_result(struct arena *arena, str *rest)
{
	struct buf out = buf_in(arena, rest->len + 1);

	while (rest->len && rest->at[0] != ';') {
		size_t bytes = 1;

		if (rest->at[0] == '"')
			bytes = quoted_bytes(*rest);
		if (rest->at[0] == '(') {
			bytes = comment_bytes(*rest);
			buf_add_char(&out, ' ');
		} else {
			buf_add(&out, str_part(*rest, 0, bytes));
		}
		*rest = str_part(*rest, bytes, rest->len);
	}
	*rest = str_part(*rest, 1, rest->len);
	return str_trim(buf_str(&out));
}

/* The length of a value: atoms and quoted strings up to a blank outside of quotes, so that
 * "good.example"@evil.example is one value. */
static size_t
value_bytes(str text)
{
	size_t bytes = 0;

	while (bytes < text.len && text.at[bytes] != ' ')
		bytes += text.at[bytes] == '"'
			     ? quoted_bytes(str_part(text, bytes, text.len))
			     : 1;
	return bytes;
}

/* "name = value", blanks allowed around "=", taken off *rest. */
static bool
cut_pair(str *rest, str *name, str *value)
{
	size_t bytes;

	if (!str_has(*rest, '='))
		return false;
	*name = str_trim(str_cut(rest, '='));
	*rest = str_trim(*rest);
	bytes = value_bytes(*rest);
	*value = str_part(*rest, 0, bytes);
	if (bytes > 1 && value->at[0] == '"' && quoted_bytes(*value) == bytes)
		*value = str_part(*value, 1, bytes - 2);
	*rest = str_part(*rest, bytes, rest->len);
	return true;
}

/* What stands behind the last "@", or all of it. */
static str
domain_of(str value)
{
	for (size_t i = value.len; i > 0; i--)
		if (value.at[i - 1] == '@')
			return str_part(value, i, value.len);
	return value;
}

/* Which property of a method names the domain it speaks of.  DMARC judges alone. */
static const struct {
	str method, property;
	bool may_fail;
} meanings[] = {
	{ STR_CONST("dmarc"), STR_CONST("header.from"), true },
	{ STR_CONST("spf"), STR_CONST("smtp.mailfrom"), false },
	{ STR_CONST("spf"), STR_CONST("smtp.mail"), false },
	{ STR_CONST("dkim"), STR_CONST("header.d"), false },
	{ STR_CONST("dkim"), STR_CONST("header.i"), false },
};

/* One property of one method's result. */
static void
weigh(struct reading *reading, str method, str result, const str pair[2])
{
	if (!str_same_nocase(domain_of(pair[1]), reading->domain))
		return;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++) {
		if (!str_same_nocase(method, meanings[i].method) ||
		    !str_same_nocase(pair[0], meanings[i].property))
			continue;
		reading->passed |= str_same_nocase(result, STR("pass"));
		reading->failed |=
		    meanings[i].may_fail && str_same_nocase(result, STR("fail"));
	}
}

/* "dkim/1=pass reason="..." header.d=example.com" */
static void
read_result(struct reading *reading, str text)
{
	str method, result, pair[2];

	if (!cut_pair(&text, &method, &result))
		return;
	method = str_trim(str_cut(&method, '/'));
	while (cut_pair(&text, &pair[0], &pair[1]))
		weigh(reading, method, result, pair);
}

/* Whether the field is our server's own; *results is what it found.  Behind the name may
 * stand a version. */
static bool
is_from(struct arena *arena, str value, str trusted, str *results)
{
	str name = cut_result(arena, &value);

	if (str_starts(name, STR("\"")))
		name = str_part(name, 1, quoted_bytes(name) - 2);
	else
		name = str_cut(&name, ' ');
	*results = value;
	return str_same_nocase(name, trusted);
}

enum mime_proof
mime_proof_read(
    struct arena *arena, const struct mime_head *head, str trusted, str from)
{
	struct reading reading = { .arena = arena, .domain = domain_of(from) };
	const struct mime_field *field;
	size_t place = 0;
	str results = { 0 };

	if (!trusted.len || !from.len)
		return MIME_UNPROVEN;
	do
		field = mime_head_next(head, STR("Authentication-Results"), &place);
	while (field && !is_from(arena, mime_value(arena, field), trusted, &results));
	while (field && results.len)
		read_result(&reading, cut_result(arena, &results));
	if (reading.failed)
		return MIME_FORGED;
	return reading.passed ? MIME_PROVEN : MIME_UNPROVEN;
}

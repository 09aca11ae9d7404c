/* related.c - a multipart body that is no form. */
#include "http/related.h"

#include "base/base64.h"

#define BOUNDARY_MAX_BYTES 70 /* RFC 2046 5.1.1 */

bool
http_is_multipart(str type)
{
	return str_same_nocase(
	    str_part(type, 0, sizeof "multipart/" - 1), STR("multipart/"));
}

/* "<a@b>" or "a@b". */
static str
without_angles(str id)
{
	id = str_trim(id);
	if (id.len >= 2 && id.at[0] == '<' && id.at[id.len - 1] == '>')
		return str_trim(str_part(id, 1, id.len - 2));
	return id;
}

/* --- transfer encodings: RFC 2045 6 --- */

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* How many bytes a soft line break at the start of text takes: "=", blanks, a line end. */
static size_t
soft_break(str text)
{
	size_t i = 1;

	while (i < text.len && (text.at[i] == ' ' || text.at[i] == '\t'))
		i++;
	if (i < text.len && text.at[i] == '\r')
		i++;
	return i < text.len && text.at[i] == '\n' ? i + 1 : 0;
}

static enum err
as_quoted(struct arena *arena, str text, str *out)
{
	struct buf bytes = buf_in(arena, text.len);

	while (text.len) {
		size_t soft = text.at[0] == '=' ? soft_break(text) : 0;
		int high = text.len > 2 ? hex(text.at[1]) : -1;
		int low = text.len > 2 ? hex(text.at[2]) : -1;
		size_t took = soft ? soft : 1;

		if (text.at[0] != '=') {
			buf_add_char(&bytes, text.at[0]);
		} else if (!soft) {
			if (high < 0 || low < 0)
				return ERR_BAD_INPUT;
			buf_add_char(&bytes, (char)(unsigned char)(high * 16 + low));
			took = 3;
		}
		text = str_part(text, took, text.len);
	}
	return buf_text(&bytes, out);
}

static enum err
as_it_is(struct arena *arena, str text, str *out)
{
	(void)arena;
	*out = text;
	return OK;
}

static const struct {
	str name;
	enum err (*decode)(struct arena *arena, str text, str *out);
} encodings[] = {
	{ STR_CONST(""), as_it_is },
	{ STR_CONST("7bit"), as_it_is },
	{ STR_CONST("8bit"), as_it_is },
	{ STR_CONST("binary"), as_it_is },
	{ STR_CONST("base64"), base64_read },
	{ STR_CONST("quoted-printable"), as_quoted },
};

static enum err
decode(struct arena *arena, str encoding, str text, str *out)
{
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
		if (str_same_nocase(encodings[i].name, encoding))
			return encodings[i].decode(arena, text, out);
	return ERR_UNSUPPORTED;
}

/* --- one part --- */

/* Cuts the next field off a head; a line that begins with a blank goes on. */
static str
cut_field(str *head)
{
	size_t end = 0;
	str field;

	while (end < head->len) {
		str rest = str_part(*head, end, head->len);
		size_t line = str_find(rest, STR("\n"));

		end += line == SIZE_MAX ? rest.len : line + 1;
		if (end >= head->len || (head->at[end] != ' ' && head->at[end] != '\t'))
			break;
	}
	field = str_part(*head, 0, end);
	*head = str_part(*head, end, head->len);
	return field;
}

/* Cuts the head off a part, which may be empty: then the part begins with a blank line. */
static bool
cut_head(str *part, str *head)
{
	static const str blanks[] = { STR_CONST("\n\r\n"), STR_CONST("\n\n") };
	size_t first = SIZE_MAX;
	size_t behind = 0;

	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
		size_t at = str_find(*part, blanks[i]);

		if (at < first) {
			first = at;
			behind = at + blanks[i].len;
		}
	}
	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
		if (str_starts(*part, str_part(blanks[i], 1, blanks[i].len))) {
			first = 0;
			behind = blanks[i].len - 1;
		}
	if (!part->len) /* its one blank line was the delimiter's */
		first = 0;
	if (first == SIZE_MAX)
		return false;
	*head = str_part(*part, 0, first);
	*part = str_part(*part, behind, part->len);
	return true;
}

static enum err
read_part(struct arena *arena, str part, struct http_part *out)
{
	str encoding = { 0 };
	str head;

	*out = (struct http_part){ .type = STR("text/plain") };
	if (!cut_head(&part, &head))
		return ERR_BAD_INPUT;
	while (head.len) {
		str value = cut_field(&head);
		str name = str_trim(str_cut(&value, ':'));

		value = str_trim(value);
		if (str_same_nocase(name, STR("Content-Type")))
			out->type = value;
		else if (str_same_nocase(name, STR("Content-ID")))
			out->id = without_angles(value);
		else if (str_same_nocase(name, STR("Content-Location")))
			out->location = value;
		else if (str_same_nocase(name, STR("Content-Transfer-Encoding")))
			encoding = value;
	}
	return decode(arena, encoding, part, &out->bytes);
}

/* --- between the parts --- */

struct delimiter {
	size_t before,
	    behind; /* of the body: where its line begins, where the next does */
	bool last;
};

/* Whether what follows the mark ends its line; else it is the head of a longer boundary,
 * or text. */
static bool
ends_line(str rest, struct delimiter *d)
{
	size_t i = 0;

	d->last = str_starts(rest, STR("--"));
	if (d->last)
		return true; /* what stands behind it is nobody's */
	while (i < rest.len && (rest.at[i] == ' ' || rest.at[i] == '\t'))
		i++;
	if (i < rest.len && rest.at[i] == '\r')
		i++;
	d->behind += i + 1;
	return i < rest.len && rest.at[i] == '\n';
}

static bool
find_delimiter(str body, str mark, size_t from, struct delimiter *out)
{
	for (;;) {
		size_t at = str_find(str_part(body, from, body.len), mark);

		if (at == SIZE_MAX)
			return false;
		at += from;
		from = at + mark.len;
		*out = (struct delimiter){ .before = at, .behind = from };
		if ((at == 0 || body.at[at - 1] == '\n') &&
		    ends_line(str_part(body, from, body.len), out))
			return true;
	}
}

/* The line end before a delimiter belongs to it. */
static str
between(str body, const struct delimiter *open, const struct delimiter *close)
{
	size_t end = close->before;

	if (end > open->behind)
		end--; /* the LF that find_delimiter saw */
	if (end > open->behind && body.at[end - 1] == '\r')
		end--;
	return str_part(body, open->behind, end - open->behind);
}

static enum err
read_parts(struct arena *arena, str mark, str body, struct http_related *out)
{
	struct delimiter open;
	struct delimiter close;

	if (!find_delimiter(body, mark, 0, &open) || open.last)
		return ERR_BAD_INPUT;
	for (; !open.last; open = close) {
		if (!find_delimiter(body, mark, open.behind, &close))
			return ERR_BAD_INPUT;
		if (out->count == HTTP_RELATED_MAX_PARTS)
			return ERR_TOO_LARGE;
		TRY(read_part(
		    arena, between(body, &open, &close), &out->parts[out->count]));
		out->count++;
	}
	return OK;
}

static size_t
root_of(const struct http_related *related, str start)
{
	for (size_t i = 0; start.len && i < related->count; i++)
		if (str_same(related->parts[i].id, start))
			return i;
	return 0;
}

enum err
http_related_read(struct arena *arena, str type, str body, struct http_related *out)
{
	str boundary = http_media_read(type).boundary;
	str mark = ARENA_JOIN(arena, STR("--"), boundary);

	out->count = out->root = 0;
	if (!http_is_multipart(type)) {
		out->parts[out->count++] =
		    (struct http_part){ .type = type, .bytes = body };
		return OK;
	}
	if (!boundary.len || boundary.len > BOUNDARY_MAX_BYTES)
		return ERR_BAD_INPUT;
	TRY(read_parts(arena, mark, body, out));
	out->root =
	    root_of(out, without_angles(http_media_parameter(type, STR("start"))));
	return OK;
}

/* A cid: is a URL (RFC 2392): what the Content-ID has as it is may be %XX in it. */
static str
id_in(struct arena *arena, str reference)
{
	str id = str_part(reference, sizeof "cid:" - 1, reference.len);
	struct buf out = buf_in(arena, id.len);

	while (id.len) {
		int high = id.len > 2 ? hex(id.at[1]) : -1;
		int low = id.len > 2 ? hex(id.at[2]) : -1;
		bool coded = id.at[0] == '%' && high >= 0 && low >= 0;

		buf_add_char(
		    &out, coded ? (char)(unsigned char)(high * 16 + low) : id.at[0]);
		id = str_part(id, coded ? 3 : 1, id.len);
	}
	return without_angles(buf_str(&out));
}

const struct http_part *
http_related_find(
    struct arena *arena, const struct http_related *related, str reference)
{
	bool by_id =
	    str_same_nocase(str_part(reference, 0, sizeof "cid:" - 1), STR("cid:"));
	str wanted = by_id ? id_in(arena, reference) : reference;

	for (size_t i = 0; wanted.len && i < related->count; i++)
		if (str_same(by_id ? related->parts[i].id : related->parts[i].location,
			wanted))
			return &related->parts[i];
	return NULL;
}

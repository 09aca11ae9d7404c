/* view_json_read.c - a JSON text (RFC 8259), strictly, and no deeper than cards are. */
#include <stdlib.h>
#include <string.h>

#include "card/view_json_int.h"

struct reader {
	struct arena *arena;
	str text;
	size_t at;
	unsigned line;
	struct why *why;
	size_t values;
};

static enum err
bad(const struct reader *r)
{
	*r->why = (struct why){ .what = "not well-formed JSON", .line = r->line };
	return ERR_BAD_INPUT;
}

static char
peek(const struct reader *r)
{
	return r->at < r->text.len ? r->text.at[r->at] : '\0';
}

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->text.len && strchr(" \t\r\n", peek(r)) && peek(r)) {
		r->line += peek(r) == '\n';
		r->at++;
	}
}

static bool
took(struct reader *r, char c)
{
	skip_blanks(r);
	if (r->at >= r->text.len || peek(r) != c)
		return false;
	r->at++;
	return true;
}

/* --- texts --- */

static bool
hex4(struct reader *r, uint32_t *out)
{
	static const char digits[] = "0123456789abcdef";

	*out = 0;
	for (int i = 0; i < 4; i++, r->at++) {
		char c = peek(r);
		const char *digit = strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);

		if (!c || !digit)
			return false;
		*out = *out * 16 + (uint32_t)(digit - digits);
	}
	return true;
}

static void
add_rune(struct buf *out, uint32_t rune)
{
	if (rune < 0x80) {
		buf_add_char(out, (char)rune);
		return;
	}
	if (rune < 0x800) {
		buf_add_char(out, (char)(0xC0 | rune >> 6));
	} else {
		if (rune < 0x10000) {
			buf_add_char(out, (char)(0xE0 | rune >> 12));
		} else {
			buf_add_char(out, (char)(0xF0 | rune >> 18));
			buf_add_char(out, (char)(0x80 | (rune >> 12 & 0x3F)));
		}
		buf_add_char(out, (char)(0x80 | (rune >> 6 & 0x3F)));
	}
	buf_add_char(out, (char)(0x80 | (rune & 0x3F)));
}

/* Behind "\u": one character, of two halves when it is beyond the first plane. */
static bool
coded_rune(struct reader *r, struct buf *out)
{
	uint32_t rune, low;

	if (!hex4(r, &rune) || (rune >= 0xDC00 && rune <= 0xDFFF))
		return false;
	if (rune >= 0xD800 && rune <= 0xDBFF) {
		if (!str_starts(str_part(r->text, r->at, 2), STR("\\u")))
			return false;
		r->at += 2;
		if (!hex4(r, &low) || low < 0xDC00 || low > 0xDFFF)
			return false;
		rune = 0x10000 + ((rune - 0xD800) << 10) + (low - 0xDC00);
	}
	add_rune(out, rune);
	return true;
}

static bool
escape(struct reader *r, struct buf *out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = peek(r);
	const char *at = strchr(from, c);

	r->at++;
	if (c == 'u')
		return coded_rune(r, out);
	if (!c || !at)
		return false;
	buf_add_char(out, to[at - from]);
	return true;
}

static enum err
read_text(struct reader *r, str *out)
{
	struct buf text = buf_in(r->arena, r->text.len);

	for (;;) {
		size_t from = r->at;

		while (r->at < r->text.len && (unsigned char)peek(r) >= ' ' &&
		       peek(r) != '"' && peek(r) != '\\')
			r->at++;
		buf_add(&text, str_part(r->text, from, r->at - from));
		if (r->at >= r->text.len || (unsigned char)peek(r) < ' ')
			return bad(r);
		if (r->text.at[r->at++] == '"')
			break;
		if (!escape(r, &text))
			return bad(r);
	}
	*out = buf_str(&text);
	return OK;
}

/* --- literals --- */

static size_t
digits(struct reader *r)
{
	size_t from = r->at;

	while (peek(r) >= '0' && peek(r) <= '9')
		r->at++;
	return r->at - from;
}

static bool
number(struct reader *r)
{
	bool zero;

	r->at += peek(r) == '-';
	zero = peek(r) == '0';
	if (zero)
		r->at++;
	else if (!digits(r))
		return false;
	if (peek(r) == '.') {
		r->at++;
		if (!digits(r))
			return false;
	}
	if (peek(r) == 'e' || peek(r) == 'E') {
		r->at++;
		r->at += peek(r) == '+' || peek(r) == '-';
		return digits(r) > 0;
	}
	return true;
}

static enum err
read_literal(struct reader *r, struct view_json *out)
{
	static const str words[] = { STR_CONST("true"), STR_CONST("false"),
		STR_CONST("null") };
	size_t from = r->at;

	out->kind = VIEW_JSON_LITERAL;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_same(str_part(r->text, from, words[i].len), words[i])) {
			r->at += words[i].len;
			out->text = words[i];
			return OK;
		}
	if (!number(r))
		return bad(r);
	out->text = str_part(r->text, from, r->at - from);
	return OK;
}

/* --- lists and objects --- */

static int
by_name(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

/* Which of two would count is left open (RFC 8259 4). */
static enum err
check_names(struct reader *r, const struct view_json *object)
{
	str *names = ARENA_ARRAY(r->arena, str, object->count);
	size_t n = 0;

	for (const struct view_json *m = object->first; m; m = m->next)
		names[n++] = m->name;
	qsort(names, n, sizeof *names, by_name);
	for (size_t i = 1; i < n; i++)
		if (str_same(names[i], names[i - 1])) {
			*r->why = (struct why){ .what = "a name twice in an object",
				.line = r->line };
			return ERR_BAD_INPUT;
		}
	return OK;
}

static enum err read_value(struct reader *r, struct view_json *out, unsigned depth);

static enum err
read_members(struct reader *r, struct view_json *out, char end, unsigned depth)
{
	struct view_json **tail = &out->first;

	out->kind = end == ']' ? VIEW_JSON_LIST : VIEW_JSON_OBJECT;
	if (took(r, end))
		return OK;
	do {
		*tail = ARENA_NEW(r->arena, struct view_json);
		if (end == '}') {
			if (!took(r, '"'))
				return bad(r);
			TRY(read_text(r, &(*tail)->name));
			if (!took(r, ':'))
				return bad(r);
		}
		TRY(read_value(r, *tail, depth + 1));
		out->last = *tail;
		tail = &(*tail)->next;
		if (++out->count > VIEW_JSON_MAX_MEMBERS && end == '}')
			return ERR_TOO_LARGE;
	} while (took(r, ','));
	if (!took(r, end))
		return bad(r);
	return end == '}' && out->count > 1 ? check_names(r, out) : OK;
}

static enum err
read_value(struct reader *r, struct view_json *out, unsigned depth)
{
	if (depth > VIEW_JSON_MAX_DEPTH)
		return bad(r);
	if (++r->values > VIEW_JSON_MAX_VALUES)
		return ERR_TOO_LARGE;
	if (took(r, '['))
		return read_members(r, out, ']', depth);
	if (took(r, '{'))
		return read_members(r, out, '}', depth);
	if (!took(r, '"'))
		return read_literal(r, out);
	out->kind = VIEW_JSON_TEXT;
	return read_text(r, &out->text);
}

enum err
view_json_read(struct arena *arena, str text, struct view_json *out, struct why *why)
{
	struct reader r = { arena, text, 0, 1, why, 0 };

	*out = (struct view_json){ 0 };
	if (!str_is_utf8(text))
		return bad(&r);
	TRY(read_value(&r, out, 1));
	skip_blanks(&r);
	return r.at == text.len ? OK : bad(&r);
}

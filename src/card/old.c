#include <string.h>

#include "card/charset_int.h"
#include "card/line_int.h"
#include "card/name_int.h"
#include "card/old_int.h"

#define CRLF           STR("\r\n")
#define LINE_MAX_BYTES (16 * CARD_MAX_BYTES) /* more than escaping makes of any card */
#define FIRST_IDEOGRAM 0x2E80 /* from here on names are written family first */

enum encoding { AS_IS, QUOTED, BASE64 };

struct reader {
	struct arena *arena;
	str rest;
	const char *charset; /* of what names none */
	str n;               /* the value of N as written, for a card without FN */
	bool named;
};

struct property {
	struct card_line_head head;
	enum card_name is;
	enum encoding encoding;
	const char *charset; /* NULL when it names none */
	struct buf types;    /* "CELL,VOICE" */
	struct buf params;   /* the others, with their ';' */
	str value;           /* first as it stands, then decoded, then in UTF-8 */
};

/* --- parameters --- */

static const struct {
	str word;
	enum encoding encoding;
} encodings[] = {
	{ STR_CONST("QUOTED-PRINTABLE"), QUOTED },
	{ STR_CONST("BASE64"), BASE64 },
	{ STR_CONST("B"), BASE64 },
	{ STR_CONST("8BIT"), AS_IS },
	{ STR_CONST("7BIT"), AS_IS },
};

static bool
is_encoding(struct property *p, str word)
{
	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
		if (!str_same_nocase(word, encodings[i].word))
			continue;
		p->encoding = encodings[i].encoding;
		return true;
	}
	return false;
}

/* VALUE=URL, or URL alone; INLINE is what 3.0 takes for granted. */
static bool
is_place(struct property *p, str word)
{
	if (str_same_nocase(word, STR("URL"))) {
		buf_add(&p->params, STR(";VALUE=uri"));
		return true;
	}
	return str_same_nocase(word, STR("INLINE"));
}

static void
add_types(struct property *p, str types)
{
	while (types.len) {
		str type = str_trim(str_cut(&types, ','));

		if (!type.len)
			continue;
		if (p->types.len)
			buf_add_char(&p->types, ',');
		card_param_add(&p->types, type);
	}
}

static bool
is_name(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!card_name_char(text.at[i]))
			return false;
	return text.len > 0;
}

static str
unquoted(str value)
{
	value = str_trim(value);
	if (str_starts(value, STR("\"")))
		value = str_part(value, 1, value.len);
	if (str_ends(value, STR("\"")))
		value.len--;
	return value;
}

/* 2.1 lets types, encodings and places stand without their "TYPE=". */
static void
read_param(struct property *p, str param)
{
	bool bare = !str_has(param, '=');
	str name = bare ? STR("") : str_trim(str_cut(&param, '='));
	str value = unquoted(param);

	if ((bare || str_same_nocase(name, STR("ENCODING"))) && is_encoding(p, value))
		return;
	if ((bare || str_same_nocase(name, STR("VALUE"))) && is_place(p, value))
		return;
	if (bare || str_same_nocase(name, STR("TYPE"))) {
		add_types(p, value);
	} else if (str_same_nocase(name, STR("CHARSET"))) {
		p->charset = charset_find(value);
	} else if (is_name(name)) {
		buf_add_char(&p->params, ';');
		buf_add(&p->params, name);
		buf_add_char(&p->params, '=');
		card_param_add(&p->params, value);
	}
}

/* --- lines --- */

static str
physical_line(str *rest)
{
	str line = str_cut(rest, '\n');

	while (line.len && line.at[line.len - 1] == '\r')
		line.len--;
	return line;
}

/* A soft line break is a '=' at the end, less the blanks a mail may have put behind; it
 * stands in the last line, which begins at `from`. */
static bool
breaks_softly(struct buf *value, size_t from)
{
	size_t len = value->len;

	while (len > from && (value->at[len - 1] == ' ' || value->at[len - 1] == '\t'))
		len--;
	if (len == from || value->at[len - 1] != '=')
		return false;
	value->len = len - 1;
	return true;
}

/* Whether the next line goes on with the value.  Base64 ends at a blank line, and some
 * write it without indenting: then it is what can be no property. */
static bool
goes_on(const struct reader *r, struct buf *value, size_t from, enum encoding encoding)
{
	str rest = r->rest, line = physical_line(&rest);

	if (encoding == QUOTED && breaks_softly(value, from))
		return true;
	if (!line.len || (encoding == BASE64 && !str_trim(line).len))
		return false;
	return line.at[0] == ' ' || line.at[0] == '\t' ||
	       (encoding == BASE64 && !str_has(line, ':'));
}

/* The white space of a folded line is part of the value in 2.1 (section 2.1.3). */
static str
whole_value(struct reader *r, str first, enum encoding encoding)
{
	struct buf value = buf_in(r->arena, CARD_MAX_BYTES);
	size_t from = 0;

	buf_add(&value, first);
	while (goes_on(r, &value, from, encoding)) {
		from = value.len;
		buf_add(&value, physical_line(&r->rest));
	}
	return buf_str(&value);
}

static int
hex(char c)
{
	static const char digits[] = "0123456789ABCDEF0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) % 16 : -1;
}

/* RFC 2045 6.7; a '=' that starts no byte stays. */
static str
from_quoted(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len), *to = copy;

	for (size_t i = 0; i < text.len; i++) {
		int high = i + 2 < text.len ? hex(text.at[i + 1]) : -1;
		int low = i + 2 < text.len ? hex(text.at[i + 2]) : -1;

		if (text.at[i] == '=' && high >= 0 && low >= 0) {
			*to++ = (char)(high * 16 + low);
			i += 2;
		} else {
			*to++ = text.at[i];
		}
	}
	return (str){ copy, (size_t)(to - copy) };
}

static enum err
to_utf8(struct reader *r, struct property *p)
{
	const char *charset = p->charset ? p->charset : r->charset;

	/* Quoted bytes did not count when the whole card's charset was guessed. */
	if (p->encoding == QUOTED && !p->charset)
		charset = charset_guess(p->value);
	if (strcmp(charset, CHARSET_UTF8) == 0 && !str_is_utf8(p->value))
		charset = charset_guess(p->value);
	if (strcmp(charset, CHARSET_UTF8) == 0)
		return OK;
	return charset_read(r->arena, p->value, charset, &p->value);
}

/* --- values --- */

/* What of a value is text: in 2.1 only ';' was ever escaped, in 3.0 more is. */
static const struct {
	bool comma, semicolon;
} escaped[CARD_X_IM + 1] = {
	[CARD_FN] = { true, true },
	[CARD_NOTE] = { true, true },
	[CARD_TITLE] = { true, true },
	[CARD_ROLE] = { true, true },
	[CARD_LABEL] = { true, true },
	[CARD_X_ABLABEL] = { true, true },
	[CARD_N] = { true, false },
	[CARD_ADR] = { true, false },
	[CARD_ORG] = { true, false },
	[CARD_NICKNAME] = { false, true },
	[CARD_CATEGORIES] = { false, true },
};

/* One character of a value, or a pair that writers of 2.1 borrowed from 3.0. */
static str
unit_at(str value, size_t i)
{
	bool pair = value.at[i] == '\\' && i + 1 < value.len &&
		    strchr("\\,;:nN", value.at[i + 1]) && value.at[i + 1];
	bool crlf = value.at[i] == '\r' && i + 1 < value.len && value.at[i + 1] == '\n';

	return str_part(value, i, pair || crlf ? 2 : 1);
}

static str
unit_escaped(str unit, enum card_name is)
{
	switch (unit.at[0]) {
	case '\r':
	case '\n': return STR("\\n");
	case '\\':
		if (unit.len == 1)
			return is == CARD_OTHER ? unit : STR("\\\\");
		return unit.at[1] == ':' ? STR(":") : unit;
	case ',': return escaped[is].comma ? STR("\\,") : unit;
	case ';': return escaped[is].semicolon ? STR("\\;") : unit;
	default: return unit;
	}
}

static str
text_value(struct arena *arena, str value, enum card_name is)
{
	struct buf out = buf_in(arena, 2 * value.len);
	size_t step;

	for (size_t i = 0; i < value.len; i += step) {
		str unit = unit_at(value, i);

		step = unit.len;
		buf_add(&out, unit_escaped(unit, is));
	}
	return buf_str(&out);
}

static str
base64_value(struct arena *arena, str value)
{
	struct buf out = buf_in(arena, value.len);

	for (size_t i = 0; i < value.len; i++) {
		char c = value.at[i];

		if (c == '+' || c == '/' || c == '=' ||
		    (card_name_char(c) && c != '-' && c != '_'))
			buf_add_char(&out, c);
	}
	return buf_str(&out);
}

/* --- properties --- */

static void
write_property(struct arena *arena, const struct property *p, struct buf *out)
{
	struct buf line = buf_in(arena, LINE_MAX_BYTES);

	if (p->head.group.len) {
		buf_add(&line, p->head.group);
		buf_add_char(&line, '.');
	}
	buf_add(&line, p->head.name);
	if (p->types.len) {
		buf_add(&line, STR(";TYPE="));
		buf_add(&line, buf_str(&p->types));
	}
	buf_add(&line, buf_str(&p->params));
	buf_add(&line, p->encoding == BASE64 ? STR(";ENCODING=b:") : STR(":"));
	buf_add(&line, p->value);
	card_line_add(out, buf_str(&line), CRLF);
}

static enum err
read_value(struct reader *r, struct property *p)
{
	p->value = whole_value(r, p->value, p->encoding);
	if (p->encoding == BASE64) {
		p->value = base64_value(r->arena, p->value);
		return OK;
	}
	if (p->encoding == QUOTED)
		p->value = from_quoted(r->arena, p->value);
	TRY(to_utf8(r, p));
	p->value = text_value(r->arena, p->value, p->is);
	return OK;
}

static enum err
read_property(struct reader *r, str line, struct property *p)
{
	str params = str_cut(&line, ':'), name;

	*p = (struct property){ .head = card_line_head(params),
		.types = buf_in(r->arena, LINE_MAX_BYTES),
		.params = buf_in(r->arena, LINE_MAX_BYTES),
		.value = line };
	p->is = card_name_of(p->head.name);
	name = str_cut(&params, ';');
	if (p->head.name.at + p->head.name.len != name.at + name.len)
		p->head = (struct card_line_head){ .name = name }; /* and be refused */
	while (params.len)
		read_param(p, str_cut(&params, ';'));
	return read_value(r, p);
}

/* FN is a must in 3.0 (RFC 2426 3.1.1), in 2.1 it was not. */
static void
write_name(const struct reader *r, struct buf *out)
{
	str rest = r->n, family = card_component_cut(&rest, ';');
	str given = card_component_cut(&rest, ';'), look = family;
	bool family_first = family.len && str_rune(&look) >= FIRST_IDEOGRAM;
	bool apart = family.len && given.len && !family_first;

	if (r->named || !(family.len || given.len))
		return;
	card_line_add(out,
	    arena_printf(r->arena, "FN:" STR_FMT "%s" STR_FMT,
		STR_ARG(family_first ? family : given), apart ? " " : "",
		STR_ARG(family_first ? given : family)),
	    CRLF);
}

static enum err
write_next(struct reader *r, str line, struct buf *out)
{
	struct property p;

	if (!str_has(line, ':')) { /* card_read() will say so */
		card_line_add(out, line, CRLF);
		return OK;
	}
	TRY(read_property(r, line, &p));
	if (str_same_nocase(p.head.name, STR("VERSION")))
		return OK;
	if (p.is == CARD_FN)
		r->named = true;
	else if (p.is == CARD_N && !r->n.len)
		r->n = p.value;
	else if (str_same_nocase(p.head.name, STR("END")))
		write_name(r, out);
	write_property(r->arena, &p, out);
	return OK;
}

enum err
old_card_write(struct arena *arena, str text, const char *charset, struct buf *out)
{
	struct reader r = { .arena = arena, .rest = text, .charset = charset };
	bool begun = false;

	while (r.rest.len && !out->overflowed) {
		str line = physical_line(&r.rest);

		if (!str_trim(line).len)
			continue;
		TRY(write_next(&r, line, out));
		if (!begun)
			card_line_add(out, STR("VERSION:3.0"), CRLF);
		begun = true;
	}
	return OK;
}

/*
 * write.c - XML straight into a buf.
 *
 * Address data is nearly all of what a sync sends, so text goes in sixteen bytes at a time,
 * up to the first that wants care.
 */
#include <endian.h>
#include <string.h>

#include "xml/names_int.h"

#define LANES       16
#define CHUNK_BYTES 4096
#define GROWTH      6     /* "&quot;" for one byte */
#define SLACK       LANES /* whole words are written, whatever counts of them */

typedef signed char lanes __attribute__((vector_size(LANES)));

/* How many of the sixteen bytes can be copied as they are: up to a control character,
 * & < > " or a byte of a longer character (which, signed, is below a blank, too). */
static size_t
plain_bytes(const char *at)
{
	lanes c, care;
	uint64_t half[2];

	memcpy(&c, at, sizeof c);
	/* '<' and '>' differ in one bit, and so do '"' and '&'. */
	care = (c < ' ') | ((c | ('<' ^ '>')) == '>') | ((c | ('"' ^ '&')) == '&');
	memcpy(half, &care, sizeof half);
	if (half[0])
		return (size_t)__builtin_ctzll(le64toh(half[0])) / 8;
	return half[1] ? 8 + (size_t)__builtin_ctzll(le64toh(half[1])) / 8 : LANES;
}

/* --- longer characters --- */

static bool
goes_on(const unsigned char *at, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if ((at[i] & 0xC0U) != 0x80)
			return false;
	return true;
}

/* The bytes of a character that XML 1.0 (2.2) allows; 0 for anything else: bytes that are
 * no UTF-8, surrogates, U+FFFE and U+FFFF. */
static size_t
long_character(const unsigned char *at, size_t left)
{
	if (at[0] >= 0xC2 && at[0] < 0xE0)
		return left >= 2 && goes_on(at, 2) ? 2 : 0;
	if (at[0] >= 0xE0 && at[0] < 0xF0) {
		if (left < 3 || !goes_on(at, 3) || (at[0] == 0xE0 && at[1] < 0xA0) ||
		    (at[0] == 0xED && at[1] >= 0xA0) ||
		    (at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE))
			return 0;
		return 3;
	}
	if (at[0] >= 0xF0 && at[0] < 0xF5) {
		if (left < 4 || !goes_on(at, 4) || (at[0] == 0xF0 && at[1] < 0x90) ||
		    (at[0] == 0xF4 && at[1] >= 0x90))
			return 0;
		return 4;
	}
	return 0;
}

/* --- what is not copied as it is --- */

/* What stands for an ASCII character that wants care; empty: it is left out. */
static str
written_for(unsigned char c, bool quoted)
{
	switch (c) {
	case '&': return STR("&amp;");
	case '<': return STR("&lt;");
	case '>': return STR("&gt;");
	/* A bare CR would be read as LF (XML 1.0 2.11), and a card's bytes changed. */
	case '\r': return STR("&#13;");
	case '"': return quoted ? STR("&quot;") : STR("\"");
	case '\t': return quoted ? STR("&#9;") : STR("\t");
	case '\n': return quoted ? STR("&#10;") : STR("\n");
	default: return (str){ 0 };
	}
}

/* The longer characters that stand at text[i], up to `end`, without what XML forbids; how
 * many bytes of the text they were. */
static size_t
write_long(char **to, str text, size_t i, size_t end)
{
	const unsigned char *at = (const unsigned char *)text.at;
	size_t from = i, len = 0;

	while (i < end && at[i] >= 0x80 && (len = long_character(at + i, text.len - i)))
		i += len;
	memcpy(*to, text.at + from, i - from);
	*to += i - from;
	if (i < end && at[i] >= 0x80) {
		str rest = str_part(text, i, text.len);

		(void)str_rune(
		    &rest); /* what it holds to be one character, however broken */
		i = text.len - rest.len;
	}
	return i - from;
}

/* Writes the ASCII character at text[i]; how many bytes of the text it was. */
static size_t
write_special(char **to, str text, size_t i, bool quoted)
{
	str written = written_for((unsigned char)text.at[i], quoted);
	/* Each line of a card ends so. */
	bool line_end =
	    !quoted && text.at[i] == '\r' && i + 1 < text.len && text.at[i + 1] == '\n';

	if (line_end)
		written = STR("&#13;\n");
	memcpy(*to, written.at ? written.at : "", written.len);
	*to += written.len;
	return line_end ? 2 : 1;
}

/* Copies what is plain of text[i] on, sixteen bytes at most; how many it was. */
static size_t
write_plain(char *to, str text, size_t i)
{
	char last[LANES] = { 0 }; /* its end is no plain byte */
	const char *at = text.at + i;

	if (i + LANES > text.len) {
		memcpy(last, at, text.len - i);
		at = last;
	}
	memcpy(to, at, LANES);
	return plain_bytes(at);
}

/* Writes what starts before `end`; *from is how far it came. */
static char *
write_chunk(char *to, str text, size_t *from, size_t end, bool quoted)
{
	size_t i = *from;

	while (i < end) {
		size_t plain = write_plain(to, text, i);

		to += plain;
		i += plain;
		if (plain == LANES || i >= end)
			continue;
		i += (unsigned char)text.at[i] < 0x80
			 ? write_special(&to, text, i, quoted)
			 : write_long(&to, text, i, end);
	}
	*from = i;
	return to;
}

static void
escape(struct buf *buf, str text, bool quoted)
{
	char small[(CHUNK_BYTES + 4) * GROWTH + SLACK];
	size_t i = 0;

	while (i < text.len && !buf->overflowed) {
		size_t end = i + CHUNK_BYTES < text.len ? i + CHUNK_BYTES : text.len;
		size_t most = (end - i + 4) * GROWTH + SLACK;
		bool fits = most <= buf->limit - buf->len;
		/* Near the ceiling it is written beside, and added if it fits after all. */
		char *at = fits ? buf_room(buf, most) : small;
		char *to = write_chunk(at, text, &i, end, quoted);

		if (fits)
			buf->len += (size_t)(to - at);
		else
			buf_add(buf, (str){ small, (size_t)(to - at) });
	}
}

void
xml_text(struct buf *buf, str text)
{
	escape(buf, text, false);
}

void
xml_quoted(struct buf *buf, str text)
{
	escape(buf, text, true);
}

static void
add_name(struct buf *buf, enum xml_name name)
{
	const struct xml_name_row *row = &xml_name_rows[name];

	buf_add(buf, xml_space_prefixes[row->space]);
	buf_add_char(buf, ':');
	buf_add(buf, row->local);
}

void
xml_open(struct buf *buf, enum xml_name name)
{
	buf_add_char(buf, '<');
	add_name(buf, name);
	buf_add_char(buf, '>');
}

void
xml_close(struct buf *buf, enum xml_name name)
{
	buf_add(buf, STR("</"));
	add_name(buf, name);
	buf_add_char(buf, '>');
}

void
xml_empty(struct buf *buf, enum xml_name name)
{
	buf_add_char(buf, '<');
	add_name(buf, name);
	buf_add(buf, STR("/>"));
}

void
xml_leaf(struct buf *buf, enum xml_name name, str text)
{
	xml_open(buf, name);
	xml_text(buf, text);
	xml_close(buf, name);
}

void
xml_start(struct buf *buf, enum xml_name root)
{
	buf_add(buf, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<"));
	add_name(buf, root);
	for (size_t i = 0; i < XML_SPACE_COUNT; i++) {
		buf_add(buf, STR(" xmlns:"));
		buf_add(buf, xml_space_prefixes[i]);
		buf_add(buf, STR("=\""));
		buf_add(buf, xml_space_uris[i]);
		buf_add_char(buf, '"');
	}
	buf_add_char(buf, '>');
}

void
xml_empty_foreign(struct buf *buf, str space, str local)
{
	buf_add_char(buf, '<');
	buf_add(buf, local);
	buf_add(buf, STR(" xmlns=\""));
	xml_quoted(buf, space);
	buf_add(buf, STR("\"/>"));
}

static void
add_attribute(struct buf *buf, const struct xml_attribute *a, unsigned n)
{
	bool lang = str_same(a->space, STR("http://www.w3.org/XML/1998/namespace"));

	if (a->space.len && !lang) {
		buf_addf(buf, " xmlns:a%u=\"", n);
		xml_quoted(buf, a->space);
		buf_addf(buf, "\" a%u:", n);
	} else {
		buf_add(buf, lang ? STR(" xml:") : STR(" "));
	}
	buf_add(buf, a->name);
	buf_add(buf, STR("=\""));
	xml_quoted(buf, a->value);
	buf_add_char(buf, '"');
}

/* An element's text is what stands before its children and all their tails. */
static str
lead_of(const struct xml_element *e)
{
	size_t len = e->text.len;

	XML_EACH(e, child)
	len -= child->tail.len;
	return str_part(e->text, 0, len);
}

static void
add_whole(struct buf *buf, const struct xml_element *e, str space_in_scope)
{
	buf_add_char(buf, '<');
	buf_add(buf, e->local);
	if (!str_same(e->space, space_in_scope)) {
		buf_add(buf, STR(" xmlns=\""));
		xml_quoted(buf, e->space);
		buf_add_char(buf, '"');
	}
	for (size_t i = 0; i < e->attribute_count; i++)
		add_attribute(buf, &e->attributes[i], (unsigned)i);
	buf_add_char(buf, '>');
	xml_text(buf, lead_of(e));
	XML_EACH(e, child)
	{
		add_whole(buf, child, e->space);
		xml_text(buf, child->tail);
	}
	buf_add(buf, STR("</"));
	buf_add(buf, e->local);
	buf_add_char(buf, '>');
}

/* The root's language is what was in scope where it stood. */
void
xml_whole(struct buf *buf, const struct xml_element *element)
{
	struct xml_element root = *element;
	bool own = false;

	for (size_t i = 0; i < element->attribute_count; i++)
		own |= str_same(element->attributes[i].name, STR("lang"));
	if (element->lang.len && !own) {
		struct xml_attribute *with = ARENA_ARRAY(
		    buf->arena, struct xml_attribute, element->attribute_count + 1);

		for (size_t i = 0; i < element->attribute_count; i++)
			with[i] = element->attributes[i];
		with[element->attribute_count] =
		    (struct xml_attribute){ STR("http://www.w3.org/XML/1998/namespace"),
			    STR("lang"), element->lang };
		root.attributes = with;
		root.attribute_count++;
	}
	add_whole(buf, &root, STR("\n")); /* like no namespace */
}

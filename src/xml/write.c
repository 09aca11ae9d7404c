/*
 * write.c - XML straight into a buf.
 *
 * Runs of plain characters are found eight bytes at a time and copied whole: address data
 * is nearly all of what a sync sends.
 */
#include <string.h>

#include "xml/names_int.h"

#define ONES  0x0101010101010101ULL
#define HIGHS 0x8080808080808080ULL

/* The high bit of every byte of `word` that is below `n` (1 to 128). */
static uint64_t
below(uint64_t word, unsigned n)
{
	return (word - ONES * n) & ~word & HIGHS;
}

static uint64_t
equal(uint64_t word, unsigned char c)
{
	return below(word ^ (ONES * c), 1);
}

/* Whether one of eight bytes wants care: a control character, & < > ", or a lead byte that
 * may start a character XML forbids (U+FFFE, U+FFFF, or bytes that are no UTF-8). */
static bool
all_plain(const char *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof word);
	return !(below(word, ' ') | equal(word, '&') | equal(word, '<') |
		 equal(word, '>') | equal(word, '"') | (word & HIGHS));
}

static bool
is_plain(unsigned char c)
{
	return c >= ' ' && c < 0x7F && c != '&' && c != '<' && c != '>' && c != '"';
}

/* How many bytes from `from` on can be copied as they are.  Well-formed multi-byte
 * characters of the common planes go the fast way too. */
static size_t
plain_run(str text, size_t from)
{
	size_t i = from;

	for (;;) {
		while (i + 8 <= text.len && all_plain(text.at + i))
			i += 8;
		if (i < text.len && is_plain((unsigned char)text.at[i])) {
			i++;
			continue;
		}
		return i - from;
	}
}

/* XML 1.0 2.2: what a document may hold. */
static bool
is_allowed(uint32_t rune)
{
	return rune == '\t' || rune == '\n' || rune == '\r' ||
	       (rune >= ' ' && rune != 0xFFFE && rune != 0xFFFF);
}

/* Broken bytes come out of str_rune as U+FFFD; the real one has three bytes. */
static bool
is_broken(uint32_t rune, size_t bytes)
{
	return rune == 0xFFFD && bytes != 3;
}

static void
add_special(struct buf *buf, str one, uint32_t rune, bool quoted)
{
	switch (rune) {
	case '&': buf_add(buf, STR("&amp;")); break;
	case '<': buf_add(buf, STR("&lt;")); break;
	case '>': buf_add(buf, STR("&gt;")); break;
	/* A bare CR would be read as LF (XML 1.0 2.11), and a card's bytes changed. */
	case '\r': buf_add(buf, STR("&#13;")); break;
	case '"': buf_add(buf, quoted ? STR("&quot;") : one); break;
	case '\t': buf_add(buf, quoted ? STR("&#9;") : one); break;
	case '\n': buf_add(buf, quoted ? STR("&#10;") : one); break;
	default:
		if (is_allowed(rune) && !is_broken(rune, one.len))
			buf_add(buf, one);
	}
}

static void
escape(struct buf *buf, str text, bool quoted)
{
	size_t i = 0;

	while (i < text.len) {
		size_t run = plain_run(text, i);
		str rest;
		uint32_t rune;

		buf_add(buf, str_part(text, i, run));
		i += run;
		if (i == text.len)
			return;
		rest = str_part(text, i, text.len);
		rune = str_rune(&rest);
		add_special(
		    buf, str_part(text, i, text.len - i - rest.len), rune, quoted);
		i = text.len - rest.len;
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

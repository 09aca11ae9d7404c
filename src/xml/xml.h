/*
 * xml.h - read a small document under ceilings; write a large one in pieces.
 *
 * expat behind it.  Namespaces are resolved at the border: names kith knows become an enum
 * (xml/names.h, one table), all others stay as (namespace, local name).  A DOCTYPE is
 * refused at its first byte, so there are no entities to expand.  Any thread.
 */
#ifndef KITH_XML_XML_H
#define KITH_XML_XML_H

#include "base/buf.h"
#include "xml/names.h"

#define XML_MAX_DEPTH      32
#define XML_MAX_ELEMENTS   50000
#define XML_MAX_ATTRIBUTES 16 /* of one element */

struct xml_attribute {
	str space, name; /* attributes of WebDAV have no namespace */
	str value;
};

struct xml_element {
	enum xml_name is; /* XML_UNKNOWN for a name not in the table */
	str space, local; /* always set */
	const struct xml_attribute *attributes;
	size_t attribute_count;
	str text; /* its character data, children's excluded */
	str tail; /* the character data behind it, before its next sibling */
	str lang; /* xml:lang in scope, or empty */
	struct xml_element *first, *next; /* child, sibling */
};

/*
 * Reads one document into a tree in the arena.
 *
 * ERR_BAD_INPUT  not well-formed, a DOCTYPE, a processing instruction that matters, another
 *                encoding than UTF-8/UTF-16/Latin-1; why->line says where
 * ERR_TOO_LARGE  past a ceiling above
 */
enum err xml_read(
    struct arena *arena, str text, struct xml_element **out, struct why *why);

/* The name of ours, or XML_UNKNOWN. */
enum xml_name xml_name_of(str space, str local);

/* The first child of that name, or NULL; `from` NULL gives NULL. */
const struct xml_element *xml_child(const struct xml_element *from, enum xml_name name);
const struct xml_element *xml_next(const struct xml_element *from, enum xml_name name);
str xml_attribute(const struct xml_element *from, str name); /* empty when absent */

#define XML_EACH(parent, child)                                        \
	for (const struct xml_element *child = (parent)->first; child; \
	     child = child->next)

/* --- writing: straight into a buf --- */

/* Character data: & < > escaped, characters XML 1.0 forbids left out, CR as &#13;. */
void xml_text(struct buf *buf, str text);

/* The same, for inside a quoted attribute. */
void xml_quoted(struct buf *buf, str text);

/* "<D:prop>", "</D:prop>", "<D:prop/>" of a known name, with kith's fixed prefixes, which
 * xml_start declares on the root. */
void xml_open(struct buf *buf, enum xml_name name);
void xml_close(struct buf *buf, enum xml_name name);
void xml_empty(struct buf *buf, enum xml_name name);

/* <name>escaped text</name> */
void xml_leaf(struct buf *buf, enum xml_name name, str text);

/* The declaration (with encoding) and a root element that declares all prefixes. */
void xml_start(struct buf *buf, enum xml_name root);

/* An element whose name came from a client, with its own namespace declaration. */
void xml_empty_foreign(struct buf *buf, str space, str local);

/* A whole element as it was read, to stand anywhere: names, attributes, language, text
 * between and around its children. */
void xml_whole(struct buf *buf, const struct xml_element *element);

#endif

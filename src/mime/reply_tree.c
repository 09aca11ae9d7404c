/* reply_tree.c - a mail as a tree of parts, under limits: RFC 2045, 2046 5.1. */
#include <gmime/gmime.h>

#include "mime/reply_int.h"

#define TYPE_UNSAID "text/plain" /* RFC 2045 5.2 */

struct growing {
	struct arena *arena;
	size_t parts;
	bool cut;
};

static str
copied(struct arena *arena, const char *text)
{
	return arena_copy(arena, str_of(text));
}

/* Parameters of Content-Type and what follows from them. */
static void
read_type(struct arena *arena, struct mime_node *node)
{
	str value = mime_head_value(arena, &node->head, STR("Content-Type"));
	GMimeContentType *type =
	    g_mime_content_type_parse(NULL, value.len ? value.at : TYPE_UNSAID);
	char *name = g_mime_content_type_get_mime_type(type);
	const struct {
		const char *name;
		str *to;
	} wanted[] = {
		{ "charset", &node->charset },
		{ "name", &node->name },
		{ "boundary", &node->boundary },
	};

	node->type = mime_lower(arena, str_of(name));
	g_free(name);
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		*wanted[i].to = copied(
		    arena, g_mime_content_type_get_parameter(type, wanted[i].name));
	node->flowed = str_same_nocase(
	    str_of(g_mime_content_type_get_parameter(type, "format")), STR("flowed"));
	node->joins_up = str_same_nocase(
	    str_of(g_mime_content_type_get_parameter(type, "delsp")), STR("yes"));
	g_object_unref(type);
}

/* Whether it is an attachment, and its file's name (RFC 2183, 2231). */
static void
read_disposition(struct arena *arena, struct mime_node *node)
{
	str value = mime_head_value(arena, &node->head, STR("Content-Disposition"));
	GMimeContentDisposition *said;
	const char *name;

	if (!value.len)
		return;
	said = g_mime_content_disposition_parse(NULL, value.at);
	node->attached =
	    str_same_nocase(str_of(g_mime_content_disposition_get_disposition(said)),
		STR("attachment"));
	name = g_mime_content_disposition_get_parameter(said, "filename");
	if (name && *name)
		node->name = copied(arena, name);
	g_object_unref(said);
}

static struct mime_node *
node_of(struct growing *tree, str bytes)
{
	struct mime_node *node = ARENA_NEW(tree->arena, struct mime_node);

	node->head = mime_head_read(tree->arena, &bytes);
	node->body = bytes;
	tree->cut |= node->head.cut;
	tree->parts++;
	read_type(tree->arena, node);
	read_disposition(tree->arena, node);
	return node;
}

enum mark { MARK_NONE, MARK_NEXT, MARK_END };

/* Whether a line is "--boundary" or "--boundary--", blanks behind it allowed. */
static enum mark
mark_of(str line, str boundary)
{
	if (!str_starts(line, STR("--")) ||
	    !str_starts(str_part(line, 2, line.len), boundary))
		return MARK_NONE;
	line = str_part(line, 2 + boundary.len, line.len);
	if (str_starts(line, STR("--")))
		return MARK_END;
	return str_trim(line).len == 0 ? MARK_NEXT : MARK_NONE;
}

/* Takes the bytes up to the next mark off *rest; the line end before it is the mark's. */
static str
cut_part(str *rest, str boundary, enum mark *mark)
{
	str part = *rest;

	*mark = MARK_NONE;
	while (rest->len && *mark == MARK_NONE) {
		const char *line = rest->at;

		*mark = mark_of(str_cut(rest, '\n'), boundary);
		if (*mark != MARK_NONE)
			part.len = (size_t)(line - part.at);
	}
	if (*mark != MARK_NONE && str_ends(part, STR("\n")))
		part.len--;
	if (*mark != MARK_NONE && str_ends(part, STR("\r")))
		part.len--;
	return part;
}

static bool
may_grow(struct growing *tree, const struct mime_node *node, unsigned depth)
{
	if (!str_starts(node->type, STR("multipart/")) || !node->boundary.len)
		return false;
	tree->cut |= depth >= MIME_DEPTH_MAX;
	return depth < MIME_DEPTH_MAX;
}

/* A multipart whose end was lost ends with the mail. */
static void
grow(struct growing *tree, struct mime_node *node, unsigned depth)
{
	struct mime_node **end = &node->first;
	enum mark mark = MARK_NEXT;
	str rest = node->body;

	if (!may_grow(tree, node, depth))
		return;
	(void)cut_part(&rest, node->boundary, &mark);
	while (mark == MARK_NEXT && tree->parts < MIME_PARTS_MAX) {
		*end = node_of(tree, cut_part(&rest, node->boundary, &mark));
		grow(tree, *end, depth + 1);
		end = &(*end)->next;
	}
	tree->cut |= mark == MARK_NEXT;
}

struct mime_node *
mime_tree_read(struct arena *arena, str bytes, bool *cut)
{
	struct growing tree = { .arena = arena };
	struct mime_node *root = node_of(&tree, bytes);

	grow(&tree, root, 0);
	*cut = tree.cut;
	return root;
}

str
mime_node_bytes(struct arena *arena, const struct mime_node *node)
{
	str name =
	    mime_head_value(arena, &node->head, STR("Content-Transfer-Encoding"));
	GMimeContentEncoding encoding = g_mime_content_encoding_from_string(name.at);
	GMimeEncoding state;
	char *to;

	if (!node->body.len || encoding == GMIME_CONTENT_ENCODING_DEFAULT)
		return node->body;
	g_mime_encoding_init_decode(&state, encoding);
	to = arena_get_raw(arena, g_mime_encoding_outlen(&state, node->body.len));
	return (str){ to,
		g_mime_encoding_flush(&state, node->body.at, node->body.len, to) };
}

const struct mime_node *
mime_node_find(const struct mime_node *root, bool (*fits)(const struct mime_node *node))
{
	const struct mime_node *found = NULL;

	if (fits(root))
		return root;
	for (const struct mime_node *node = root->first; node && !found;
	     node = node->next)
		found = mime_node_find(node, fits);
	return found;
}

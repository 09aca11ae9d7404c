/* reply_text.c - the part a person reads, and what of it the writer wrote himself. */
#include "mime/reply_int.h"

struct told {
	str text;
	bool plain; /* no HTML in it */
};

struct reading {
	struct arena *arena;
	const struct mime_node *root;
	bool cut;
};

/* What has a name is a file, unless there is nothing else. */
static bool
is_body(const struct reading *reading, const struct mime_node *node, str type)
{
	return str_same(node->type, type) && !node->attached &&
	       (!node->name.len || node == reading->root);
}

static str
decoded(struct reading *reading, const struct mime_node *node)
{
	str bytes = mime_node_bytes(reading->arena, node);

	reading->cut |= bytes.len > MIME_RAW_MAX_BYTES;
	return mime_utf8(
	    reading->arena, mime_clipped(bytes, MIME_RAW_MAX_BYTES), node->charset);
}

static struct told
told_by_leaf(struct reading *reading, const struct mime_node *node)
{
	str text;

	if (is_body(reading, node, STR("text/html")))
		return (struct told){ .text = mime_html_text(
					  reading->arena, decoded(reading, node)) };
	if (!is_body(reading, node, STR("text/plain")))
		return (struct told){ .plain = true };
	text = decoded(reading, node);
	if (node->flowed)
		text = mime_unflowed(reading->arena, text, node->joins_up);
	return (struct told){ text, true };
}

static bool
says_more(struct told one, struct told best)
{
	if (!mime_trim(one.text).len)
		return false;
	return !mime_trim(best.text).len || (one.plain && !best.plain);
}

struct joined {
	struct buf text;
	struct told told; /* the best one of a choice */
	bool html;
};

/* One more of the parts that stand beside one another, or instead of one another. */
static void
join(struct joined *all, struct told one, bool choice)
{
	if (choice && says_more(one, all->told))
		all->told = one;
	if (choice || !one.text.len)
		return;
	if (all->text.len && all->text.at[all->text.len - 1] != '\n')
		buf_add_char(&all->text, '\n');
	buf_add(&all->text, one.text);
	all->html |= !one.plain;
}

static struct told
told_by(struct reading *reading, const struct mime_node *node)
{
	bool choice = str_same(node->type, STR("multipart/alternative"));
	struct joined all = {
		.text = buf_in(reading->arena, MIME_RAW_MAX_BYTES),
		.told = { .plain = true },
	};

	if (!node->first)
		return told_by_leaf(reading, node);
	for (const struct mime_node *part = node->first; part; part = part->next) {
		join(&all, told_by(reading, part), choice);
		if (str_same(node->type, STR("multipart/related")))
			break; /* the others are shown within the first: RFC 2387 */
	}
	reading->cut |= all.text.overflowed;
	if (choice)
		return all.told;
	return (struct told){ { all.text.at, all.text.len }, !all.html };
}

void
mime_text_read(
    struct arena *arena, const struct mime_node *root, struct mime_reply *out)
{
	struct reading reading = { .arena = arena, .root = root };
	struct told told = told_by(&reading, root);
	str own = mime_own(arena, mime_clean(arena, told.text));

	out->text = mime_clipped(own, MIME_TEXT_MAX_BYTES);
	out->text_cut = reading.cut || own.len > MIME_TEXT_MAX_BYTES;
}

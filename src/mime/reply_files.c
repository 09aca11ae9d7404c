/* reply_files.c - cards and a picture sent along. */
#include "mime/reply_int.h"

struct found {
	struct arena *arena;
	struct mime_reply *out;
	str *cards;
};

static bool
name_ends(str name, str end)
{
	return name.len > end.len &&
	       str_same_nocase(str_part(name, name.len - end.len, end.len), end);
}

/* Types by which cards are sent (RFC 6350, 2426, and before). */
static const str card_types[] = {
	STR_CONST("text/vcard"),
	STR_CONST("text/x-vcard"),
	STR_CONST("text/directory"),
	STR_CONST("application/vcard"),
};

static bool
is_card(const struct mime_node *node)
{
	for (size_t i = 0; i < sizeof card_types / sizeof *card_types; i++)
		if (str_same(node->type, card_types[i]))
			return true;
	return name_ends(node->name, STR(".vcf"));
}

static void
keep_card(struct found *found, const struct mime_node *node)
{
	str bytes = mime_node_bytes(found->arena, node);

	if (bytes.len > MIME_CARD_MAX_BYTES ||
	    found->out->cards.count == MIME_CARDS_MAX) {
		found->out->cards_left_out = true;
		return;
	}
	if (!str_trim(bytes).len)
		return;
	if (mime_charset_is_known(node->charset))
		bytes = mime_utf8(found->arena, bytes, node->charset);
	found->cards[found->out->cards.count++] = bytes;
}

/* Pictures by their first bytes, whatever the part is called: RFC 2046 4.2, PNG 5.2. */
static const struct {
	str head, type;
} pictures[] = {
	{ STR_CONST("\xff\xd8\xff"), STR_CONST("image/jpeg") },
	{ STR_CONST("\x89PNG\r\n\x1a\n"), STR_CONST("image/png") },
};

static str
picture_type(str bytes)
{
	for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++)
		if (str_starts(bytes, pictures[i].head))
			return pictures[i].type;
	return STR("");
}

/* Some programs call every file application/octet-stream. */
static bool
may_be_picture(const struct mime_node *node)
{
	return str_starts(node->type, STR("image/")) ||
	       name_ends(node->name, STR(".jpg")) ||
	       name_ends(node->name, STR(".jpeg")) ||
	       name_ends(node->name, STR(".png"));
}

static void
keep_picture(struct found *found, const struct mime_node *node)
{
	str bytes, type;

	if (found->out->image.len || !may_be_picture(node))
		return;
	bytes = mime_node_bytes(found->arena, node);
	type = picture_type(bytes);
	if (!type.len)
		return;
	if (bytes.len > MIME_IMAGE_MAX_BYTES) {
		found->out->image_left_out = true;
		return;
	}
	found->out->image = bytes;
	found->out->image_type = type;
}

/* What stands in multipart/related belongs to the text: logos of signatures, smileys. */
static void
look_into(struct found *found, const struct mime_node *node, bool of_text)
{
	bool related = str_same(node->type, STR("multipart/related"));

	for (const struct mime_node *part = node->first; part; part = part->next)
		look_into(found, part, of_text || related);
	if (node->first)
		return;
	if (is_card(node))
		keep_card(found, node);
	else if (node->attached || !of_text)
		keep_picture(found, node);
}

void
mime_files_read(
    struct arena *arena, const struct mime_node *root, struct mime_reply *out)
{
	struct found found = {
		.arena = arena,
		.out = out,
		.cards = ARENA_ARRAY(arena, str, MIME_CARDS_MAX),
	};

	look_into(&found, root, false);
	out->cards.at = found.cards;
}

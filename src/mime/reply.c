/* reply.c - one mail as a value. */
#include "mime/reply.h"

#include "mime/reply_int.h"

static enum err
refused(struct why *why, enum err outcome, const char *what)
{
	why->what = what;
	return outcome;
}

enum err
mime_read(struct arena *arena, str bytes, str trusted, struct mime_reply *out,
    struct why *why)
{
	const struct mime_node *root;

	*out = (struct mime_reply){ 0 };
	if (bytes.len > MIME_READ_MAX_BYTES)
		return refused(why, ERR_TOO_LARGE, "the mail is too large");
	root = mime_tree_read(arena, bytes, &out->cut);
	if (!root->head.count)
		return refused(why, ERR_BAD_INPUT, "the mail has no header");
	if (mime_who_read(arena, &root->head, out) == 1)
		out->proof = mime_proof_read(arena, &root->head, trusted, out->from);
	out->bounce = mime_bounce_read(arena, root, out->from);
	out->why_automatic =
	    out->bounce.is ? "bounce" : mime_automatic(arena, root, out);
	out->automatic = out->why_automatic != NULL;
	mime_text_read(arena, root, out);
	mime_files_read(arena, root, out);
	return OK;
}
